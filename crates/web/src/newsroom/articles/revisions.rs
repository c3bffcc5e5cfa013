//! The saved texts of an article, and the way back to one of them.

use actions::{ActionError, Seen, save_copy};
use arabic::bidi::direction_of_language;
use editorial::{Content, Id};
use hyper::StatusCode;
use screens::{
    articles::{RevisionLine, Revisions, ShownRevision},
    contexts::Notice,
};

use super::{Opened, content::written, form_of};
use crate::newsroom::{Asked, Failure, reply::Reply};

/// Saved texts on the screen, at the most.
const TEXTS: u32 = 200;

impl Asked<'_> {
    pub(super) async fn revisions(
        &self,
        opened: &Opened<'_>,
        refused: Option<(StatusCode, &'static str)>,
    ) -> Result<Reply, Failure> {
        let texts = self.site.store.revisions(opened.article.id, TEXTS).await?;
        let names = self.names_of_users().await?;
        let wanted = match Id::parse(self.form.one("revision")) {
            None => Id::parse(&self.query("show")),
            sent => sent,
        };
        let content = &opened.copy.content;
        let shown = texts.iter().find(|text| Some(text.id) == wanted);
        let shown = shown.map(|text| ShownRevision {
            id: text.id.get(),
            headline: text.headline.clone(),
            standfirst: text.standfirst.clone(),
            body: written(&text.body),
            dir: direction_of_language(&content.language).attribute(),
        });
        let screen = Revisions {
            id: opened.article.id.get(),
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
                    headline: text.headline,
                })
                .collect(),
            shown,
        };
        let status = refused.map_or(StatusCode::OK, |(status, _)| status);
        let notice = refused.map(|(_, message)| Notice::refused(message));
        self.show(status, notice, &screen)
    }

    /// Takes an older text into the working copy.
    pub(super) async fn revert(&self, opened: Opened<'_>) -> Result<Reply, Failure> {
        let (store, id) = (&self.site.store, opened.article.id);
        let wanted = Id::parse(self.form.one("revision"));
        let texts = store.revisions(id, TEXTS).await?;
        let Some(text) = texts.into_iter().find(|text| Some(text.id) == wanted) else {
            let gone = (StatusCode::UNPROCESSABLE_ENTITY, "revision-gone");
            return self.revisions(&opened, Some(gone)).await;
        };
        let content = Content {
            headline: text.headline,
            standfirst: text.standfirst,
            body: text.body,
            ..opened.copy.content.clone()
        };
        let seen = Seen {
            version: self.form.one("seen").parse().unwrap_or(0),
            text: Some(opened.copy.last_update()),
        };
        match save_copy(store, id, seen, content, opened.actor(), self.now).await {
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
