//! What is done with one comment beside deciding on it: its writer's address is
//! revealed, the newsroom answers; comments under an article are opened or
//! closed; blocked writers are let in again.

use std::collections::HashMap;

use actions::comments::CommentError;
use editorial::{
    audit::Actor,
    comment::{Commenting, DecisionError, DraftFault, TEXT_LETTERS_MAX},
};
use hyper::StatusCode;
use screens::{
    comments::{BlockedWriter, BlockedWriters, OneComment},
    contexts::Notice,
};
use store::{StoreError, Wants};

use super::{item::beginning, view::View};
use crate::newsroom::{Asked, Failure, Visitor, reply::Reply};

/// Blocked writers on the screen, at the most.
const BLOCKED: u32 = 100;

impl Asked<'_> {
    /// A comment on a screen of its own, with the form for what is done with it.
    pub(in crate::newsroom) async fn show_one(&self, act: &'static str) -> Result<Reply, Failure> {
        let view = View::read(&self.fields());
        self.one_comment(act, &view, None, None).await
    }

    async fn one_comment(
        &self,
        act: &'static str,
        view: &View,
        refused: Option<Notice>,
        address: Option<String>,
    ) -> Result<Reply, Failure> {
        let found = match self.comment_asked() {
            Some(id) => self.site.store.comment_item(id).await?,
            None => None,
        };
        let Some(found) = found else {
            return self.problem(StatusCode::NOT_FOUND, "no-comment");
        };
        let status = match refused {
            Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
            None => StatusCode::OK,
        };
        let typed = self.form.one("typed").chars().take(2 * TEXT_LETTERS_MAX);
        let screen = OneComment {
            act,
            item: self.item(found),
            view: view.query(),
            typed: typed.collect(),
            address,
        };
        self.show(status, refused, &screen)
    }

    /// Shows the address of a comment's writer, on this answer alone.
    pub(in crate::newsroom) async fn reveal(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let view = View::parse(self.form.one("view"));
        let (Some(id), Some(talks)) = (self.comment_asked(), self.talks()) else {
            return self.problem(StatusCode::NOT_FOUND, "no-comment");
        };
        let actor = Actor::User(visitor.user.id);
        match talks
            .reveal(id, self.form.one("typed"), actor, self.now)
            .await
        {
            Ok(address) => {
                let address = address.expose_for_reveal().to_owned();
                self.one_comment("reveal", &view, None, Some(address)).await
            }
            Err(error) => self.refused("reveal", &view, error).await,
        }
    }

    /// The newsroom answers a comment.
    pub(in crate::newsroom) async fn answer_comment(
        &self,
        visitor: &Visitor,
    ) -> Result<Reply, Failure> {
        let view = View::parse(self.form.one("view"));
        let (Some(id), Some(talks)) = (self.comment_asked(), self.talks()) else {
            return self.problem(StatusCode::NOT_FOUND, "no-comment");
        };
        let typed = self.form.one("typed");
        match talks
            .answer_as_staff(id, &visitor.user, typed, self.now)
            .await
        {
            Ok(_) => Ok(Reply::see(&format!("{}&done=answered", view.path()))),
            Err(error) => self.refused("answer", &view, error).await,
        }
    }

    async fn refused(
        &self,
        act: &'static str,
        view: &View,
        error: CommentError,
    ) -> Result<Reply, Failure> {
        match refusal(&error) {
            Some(message) => {
                let notice = Notice::refused(message);
                self.one_comment(act, view, Some(notice), None).await
            }
            None => Err(error.into()),
        }
    }

    /// Opens or closes the comments of an article.
    pub(in crate::newsroom) async fn set_commenting(
        &self,
        visitor: &Visitor,
    ) -> Result<Reply, Failure> {
        let commenting = Commenting::parse(self.form.one("commenting"));
        let article = self.comment_asked();
        let (Some(article), Some(commenting), Some(talks)) = (article, commenting, self.talks())
        else {
            return self.problem(StatusCode::UNPROCESSABLE_ENTITY, "comments-no-act");
        };
        let actor = Actor::User(visitor.user.id);
        match talks
            .set_commenting(article, commenting, actor, self.now)
            .await
        {
            Ok(()) => {
                let view = View::of(Wants::Article(article));
                Ok(Reply::see(&format!("{}&done=set", view.path())))
            }
            Err(CommentError::NoArticle(_)) => {
                self.problem(StatusCode::NOT_FOUND, "comments-no-article")
            }
            Err(CommentError::Store(StoreError::Conflict)) => {
                self.problem(StatusCode::CONFLICT, "changed-meanwhile")
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Blocked writers.
    pub(in crate::newsroom) async fn blocked_writers(&self) -> Result<Reply, Failure> {
        let store = &self.site.store;
        let users: HashMap<String, String> = self.names_of_users().await?;
        let mut writers = Vec::new();
        for blocked in store.blocked_writers(BLOCKED).await? {
            let comment = store.comment(blocked.comment).await?;
            let (name, text) = comment
                .map(|found| (found.name, found.text))
                .unwrap_or_default();
            let user = users.get(&blocked.actor);
            writers.push(BlockedWriter {
                comment: blocked.comment.get(),
                name,
                dir: arabic::bidi::direction(&text).attribute(),
                text: beginning(&text),
                at: self.moment(blocked.at),
                named: user.is_some() || blocked.actor.starts_with("user:"),
                actor: user.cloned().unwrap_or(blocked.actor),
            });
        }
        let screen = BlockedWriters {
            writers,
            did: self.done(),
        };
        self.show(StatusCode::OK, None, &screen)
    }
}

/// The sentence on something that was refused by a rule; `None` where the fault
/// is ours.
fn refusal(error: &CommentError) -> Option<&'static str> {
    Some(match error {
        CommentError::NoComment(_) => "no-comment",
        CommentError::NoReason => "reveal-no-reason",
        CommentError::NoAddress => "reveal-no-address",
        CommentError::KeyAway => "reveal-key-away",
        CommentError::NothingToAnswer => "answer-not-shown",
        CommentError::Decision(DecisionError::Draft(DraftFault::TextTooLong(_))) => {
            "answer-too-long"
        }
        CommentError::Decision(_) => "answer-no-text",
        CommentError::Store(StoreError::Conflict) => "changed-meanwhile",
        _ => return None,
    })
}
