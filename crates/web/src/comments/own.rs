//! `/comments/mine`: what somebody wrote lately, known by a cookie, and what he
//! changes of it.

use std::collections::HashMap;

use actions::comments::CommentError;
use credentials::Token;
use editorial::{
    Id,
    comment::{Comment, DecisionError, DraftFault},
    urls::Url,
};
use hyper::StatusCode;
use theme::{Notice, OwnComment, OwnView};

use super::{Asked, reply::Reply};
use crate::{
    forms::Form,
    guard::{self, Cookie},
    pages::PageError,
};

/// A change that was refused: of which comment, what was typed, and why.
pub(super) type Refused = (Id, String, DraftFault);

impl Asked<'_> {
    fn writer(&self) -> Option<Token> {
        let text = Cookie::Commenter.read(&self.parts.headers, self.way)?;
        Token::parse(&text)
    }

    /// What somebody wrote lately.
    pub(super) async fn show_own(
        &self,
        notice: Option<Notice>,
        refused: Option<Refused>,
    ) -> Result<Reply, PageError> {
        let query = Form::read(self.parts.uri.query().unwrap_or_default().as_bytes());
        let done = match query.one("done") {
            "waits" => Some(Notice::Waits),
            "shown" => Some(Notice::Shown),
            "before" => Some(Notice::SentBefore),
            "edited" => Some(Notice::Edited),
            "withdrawn" => Some(Notice::Withdrawn),
            _ => None,
        };
        let status = match (&refused, notice) {
            (Some(_), _) => StatusCode::UNPROCESSABLE_ENTITY,
            (None, Some(_)) => StatusCode::CONFLICT,
            (None, None) => StatusCode::OK,
        };
        let writer = self.writer();
        let comments = match &writer {
            Some(writer) => self.own_of(writer).await?,
            None => Vec::new(),
        };
        let typed = |id: Id| {
            let refused = refused.as_ref().filter(|(own, ..)| *own == id);
            refused.map(|(_, typed, fault)| (typed.clone(), *fault))
        };
        let titles = self.titles(&comments).await?;
        let view = OwnView {
            comments: own_comments(&comments, &titles, typed),
            notice: notice.or(done.filter(|_| !comments.is_empty())),
            form: writer.map_or_else(String::new, |writer| guard::form_token(&writer).to_text()),
        };
        let settings = &self.shared.frame.settings;
        let parts = self.site.theme.own_comments(settings, view, &self.meta())?;
        Ok(self.page(status, &parts))
    }

    async fn own_of(&self, writer: &Token) -> Result<Vec<Comment>, PageError> {
        Ok(self
            .site
            .store
            .comments_of_writer(writer.hash(), self.now.plus(-editorial::comment::SEEN_FOR))
            .await?)
    }

    /// Slug and headline of the articles of comments.
    pub(super) async fn titles(
        &self,
        comments: &[Comment],
    ) -> Result<HashMap<Id, (String, String)>, PageError> {
        let mut titles = HashMap::new();
        for comment in comments {
            if !titles.contains_key(&comment.article)
                && let Some(article) = self.site.store.article(comment.article).await?
            {
                titles.insert(comment.article, (article.slug, article.headline));
            }
        }
        Ok(titles)
    }

    /// Changes a comment, or takes it back.
    pub(super) async fn change_own(&self) -> Result<Reply, PageError> {
        let own = self.writer().zip(Id::parse(self.form.one("comment")));
        let Some((writer, id)) = own else {
            return self.show_own(Some(Notice::TooLate), None).await;
        };
        if !self.is_from_here() || !guard::is_form_of(&writer, self.form.one("form")) {
            return self.show_own(Some(Notice::Stale), None).await;
        }
        let (comments, now) = (self.talks.comments.clone(), self.now);
        let typed = self.form.one("text").to_owned();
        let withdraw = self.form.one("do") == "withdraw";
        let text = typed.clone();
        let changed = tokio::spawn(async move {
            if withdraw {
                comments.take_back_own(&writer, id, now).await
            } else {
                let edited = comments.edit_own(&writer, id, &text, now).await;
                edited.map(|_| ())
            }
        });
        let Ok(done) = changed.await else {
            return Ok(Reply::bare(StatusCode::SERVICE_UNAVAILABLE));
        };
        let seen = |done: &str| Ok(Reply::see(&format!("{}?done={done}", Url::OwnComments)));
        match done {
            Ok(()) if withdraw => seen("withdrawn"),
            // Nothing was changed: it is kept as it is.
            Ok(()) | Err(CommentError::Decision(DecisionError::AlreadySo(_))) => seen("edited"),
            Err(CommentError::Decision(DecisionError::Draft(fault))) => {
                self.show_own(None, Some((id, typed, fault))).await
            }
            Err(CommentError::Store(error)) => Err(error.into()),
            Err(_) => self.show_own(Some(Notice::TooLate), None).await,
        }
    }
}

/// Comments with what stands around them.
pub(super) fn own_comments<'a>(
    comments: &'a [Comment],
    titles: &HashMap<Id, (String, String)>,
    typed: impl Fn(Id) -> Option<(String, DraftFault)>,
) -> Vec<OwnComment<'a>> {
    comments
        .iter()
        .map(|comment| {
            let (slug, headline) = titles.get(&comment.article).cloned().unwrap_or_default();
            OwnComment {
                comment,
                slug,
                headline,
                typed: typed(comment.id),
            }
        })
        .collect()
}
