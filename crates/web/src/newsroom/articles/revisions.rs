//! The saved texts of an article, and the way back to one of them.

use actions::{ActionError, Seen, save_copy};
use arabic::bidi::direction_of_language;
use editorial::{ArticleState, Content, Id};
use hyper::StatusCode;
use screens::{
    articles::{RevisionLine, Revisions, ShownRevision},
    contexts::Notice,
};

use super::{Opened, content::written, form_of, place};
use crate::newsroom::{Asked, Failure, reply::Reply};

/// Saved texts on one screen.
const TEXTS: u32 = 50;

impl Asked<'_> {
    pub(super) async fn revisions(
        &self,
        opened: &Opened<'_>,
        refused: Option<(StatusCode, &'static str)>,
    ) -> Result<Reply, Failure> {
        let (store, article) = (&self.site.store, &opened.article);
        let fields = self.fields();
        let before = place(fields.one("before"));
        let mut texts = store.revision_lines(article.id, before, TEXTS + 1).await?;
        let goes_on = texts.len() > usize::try_from(TEXTS).unwrap_or(usize::MAX);
        if goes_on {
            texts.pop();
        }
        let last = texts.last().filter(|_| goes_on);
        let older = last.map(|last| format!("{}-{}", last.at.0, last.id));
        let names = self.names_of_users().await?;
        let wanted = match Id::parse(self.form.one("revision")) {
            None => Id::parse(fields.one("show")),
            sent => sent,
        };
        let content = &opened.copy.content;
        let shown = match wanted {
            Some(id) => store.revision(article.id, id).await?,
            None => None,
        };
        let shown = shown.map(|text| ShownRevision {
            id: text.id.get(),
            headline: text.headline.clone(),
            standfirst: text.standfirst.clone(),
            body: written(&text.body),
            dir: direction_of_language(&content.language).attribute(),
        });
        let (one, other) = (Id::parse(fields.one("one")), Id::parse(fields.one("other")));
        let since = published_and_written(opened);
        let screen = Revisions {
            id: article.id.get(),
            headline: content.headline.clone(),
            seen: opened.copy.version,
            lines: texts
                .into_iter()
                .map(|text| RevisionLine {
                    id: text.id.get(),
                    named: text.by.is_some(),
                    saved: self.saved(text.by, text.at, &names),
                    public: text.is_public,
                    here: Some(text.id) == wanted,
                    chosen: match Some(text.id) {
                        id if id == one => "one",
                        id if id == other => "other",
                        _ => "",
                    },
                    headline: text.headline,
                })
                .collect(),
            shown,
            since: since.map(|(one, other)| (one.get(), other.get())),
            older,
            newest: before.is_some(),
        };
        let status = refused.map_or(StatusCode::OK, |(status, _)| status);
        let notice = refused.map(|(_, message)| Notice::refused(message));
        self.show(status, notice, &screen)
    }

    /// Takes an older text into the working copy.
    pub(super) async fn revert(&self, opened: Opened<'_>) -> Result<Reply, Failure> {
        let (store, id) = (&self.site.store, opened.article.id);
        let text = match Id::parse(self.form.one("revision")) {
            Some(wanted) => store.revision(id, wanted).await?,
            None => None,
        };
        let Some(text) = text else {
            let gone = (StatusCode::UNPROCESSABLE_ENTITY, "revision-gone");
            return self.revisions(&opened, Some(gone)).await;
        };
        let content = Content {
            headline: text.headline,
            standfirst: text.standfirst,
            body: text.body,
            ..opened.copy.content.clone()
        };
        let seen = self.form.one("seen").parse().unwrap_or(0);
        let reverted = async {
            let copy = &opened.copy;
            if copy.version != seen {
                return Err(ActionError::SavedByAnother(copy.saved_by));
            }
            // What others wrote in its document stays among the saved texts.
            let seen = Seen {
                version: seen,
                text: None,
            };
            let own = copy.content.clone();
            let copy = save_copy(store, id, seen, own, opened.actor(), self.now).await?;
            let seen = Seen {
                version: copy.version,
                text: Some(copy.last_update()),
            };
            save_copy(store, id, seen, content, opened.actor(), self.now).await
        };
        match reverted.await {
            Ok(_) => Ok(Reply::see(&form_of(id, "revert"))),
            Err(ActionError::SavedByAnother(_)) => {
                let changed = (StatusCode::CONFLICT, "changed-meanwhile");
                self.revisions(&opened, Some(changed)).await
            }
            Err(ActionError::Content(_)) => {
                let long = (StatusCode::UNPROCESSABLE_ENTITY, "revision-too-long");
                self.revisions(&opened, Some(long)).await
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// The text that the public saw last, and the one that is written on it, where
/// they are two.
fn published_and_written(opened: &Opened<'_>) -> Option<(Id, Id)> {
    let (article, copy) = (&opened.article, &opened.copy);
    let was_public = article.state != ArticleState::Unpublished;
    let is_written = copy.version > 0 && copy.revision != article.revision;
    (was_public && is_written).then_some((article.revision, copy.revision))
}
