//! What moderators do: decide, block, answer as the newsroom, read an address
//! with a reason, open and close the comments of an article.

use editorial::{
    ChangeKey, Changes, Id, Timestamp, Write,
    accounts::User,
    audit::{Action, Actor, AuditEntry, NOTE_LETTERS_MAX},
    comment::{
        Comment, CommentState, CommentWrite, Commenting, Decision, DecisionError, Received,
        clean_text,
    },
    email::EmailAddress,
};
use store::StoreError;

use super::{CommentError, Comments};

/// A decision that was made, with what takes it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The comment.
    pub id: Id,
    /// Its version since then.
    pub version: i64,
    /// Where it stood before.
    pub before: CommentState,
    /// How many reports waited then.
    pub reports: u32,
}

impl Comments {
    /// Decides on a comment; where `seen` is given, only if it is still the version
    /// that was seen.
    ///
    /// # Errors
    /// [`CommentError`]; [`StoreError::Conflict`] where it has changed since.
    pub async fn decide(
        &self,
        id: Id,
        decision: Decision,
        seen: Option<i64>,
        actor: Actor,
        now: Timestamp,
    ) -> Result<Decided, CommentError> {
        self.commit_anew(|| async {
            let comment = self.comment(id).await?;
            if seen.is_some_and(|seen| seen != comment.received.version) {
                return Err(StoreError::Conflict.into());
            }
            let decided = Decided {
                id,
                version: comment.received.version + 1,
                before: comment.state,
                reports: comment.received.reports,
            };
            Ok((comment.decide(decision, actor, now)?, decided))
        })
        .await
    }

    /// Takes a decision back, where nothing became of the comment since.
    ///
    /// # Errors
    /// [`CommentError`]; [`StoreError::Conflict`] where it has changed since.
    pub async fn put_back(
        &self,
        decided: Decided,
        actor: Actor,
        now: Timestamp,
    ) -> Result<(), CommentError> {
        let comment = self.comment(decided.id).await?;
        if comment.received.version != decided.version {
            return Err(StoreError::Conflict.into());
        }
        let changes = comment.put_back(decided.before, decided.reports, actor, now)?;
        self.store.commit(changes).await?;
        Ok(())
    }

    /// Blocks whoever wrote a comment, or lets him in again. What he wrote stays
    /// as it is. Whether anything was to be done.
    ///
    /// # Errors
    /// [`CommentError::NoAddress`] where nothing is known of him.
    pub async fn set_blocked(
        &self,
        id: Id,
        blocked: bool,
        actor: Actor,
        now: Timestamp,
    ) -> Result<bool, CommentError> {
        let email = self.comment(id).await?.email;
        let index = match email {
            Some(email) => Some(email.blind_index),
            // It was erased since.
            None => self.store.blocked_for(id).await?,
        };
        let index = index.ok_or(CommentError::NoAddress)?;
        if self.store.writer_standing(&index, 0).await?.blocked == blocked {
            return Ok(false);
        }
        let (write, action) = if blocked {
            let block = CommentWrite::Blocked {
                index,
                comment: id,
                at: now,
                actor,
            };
            (block, Action::CommentBlock)
        } else {
            (CommentWrite::Unblocked { index }, Action::CommentUnblock)
        };
        let changes = Changes::new()
            .key(ChangeKey::MODERATION)
            .write(Write::Comment(write))
            .audit(entry(action, id, actor, now));
        self.store.commit(changes).await?;
        Ok(true)
    }

    /// The address of whoever wrote a comment. It is told once the trail holds who
    /// asked for it, and why.
    ///
    /// # Errors
    /// [`CommentError::NoReason`], [`CommentError::NoAddress`] or
    /// [`CommentError::KeyAway`].
    pub async fn reveal(
        &self,
        id: Id,
        reason: &str,
        actor: Actor,
        now: Timestamp,
    ) -> Result<EmailAddress, CommentError> {
        let note: String = clean_text(reason).chars().take(NOTE_LETTERS_MAX).collect();
        if note.is_empty() {
            return Err(CommentError::NoReason);
        }
        let email = self.comment(id).await?.email;
        let email = email.ok_or(CommentError::NoAddress)?;
        let opened = self.sealer.open_sealed(&email.sealed);
        let opened = opened.ok_or(CommentError::KeyAway)?;
        let entry = AuditEntry {
            note,
            ..entry(Action::CommentReveal, id, actor, now)
        };
        self.store.commit(Changes::new().audit(entry)).await?;
        Ok(opened)
    }

    /// Somebody of the newsroom answers a comment, shown at once. Returns its
    /// number.
    ///
    /// # Errors
    /// [`CommentError`].
    pub async fn answer_as_staff(
        &self,
        id: Id,
        user: &User,
        typed: &str,
        now: Timestamp,
    ) -> Result<Id, CommentError> {
        let answered = self.comment(id).await?;
        if answered.state != CommentState::Approved {
            return Err(CommentError::NothingToAnswer);
        }
        let text = editorial::comment::read_text(typed).map_err(DecisionError::from)?;
        let own = self.id().await?;
        let comment = Comment {
            id: own,
            article: answered.article,
            reply_to: Some(id),
            name: user.name.clone(),
            email: None,
            text,
            written_at: now,
            state: CommentState::Approved,
            received: Received {
                staff: Some(user.id),
                ..Received::default()
            },
        };
        let changes = Changes::new()
            .key(ChangeKey::MODERATION)
            .key(ChangeKey::comments(answered.article))
            .write(Write::Comment(CommentWrite::Written(Box::new(comment))))
            .audit(entry(
                Action::CommentApprove,
                own,
                Actor::User(user.id),
                now,
            ));
        self.store.commit(changes).await?;
        Ok(own)
    }

    /// Opens or closes the comments of an article.
    ///
    /// # Errors
    /// [`CommentError`].
    pub async fn set_commenting(
        &self,
        id: Id,
        commenting: Commenting,
        actor: Actor,
        now: Timestamp,
    ) -> Result<(), CommentError> {
        if self.article(id).await?.commenting == commenting {
            return Ok(());
        }
        self.commit_anew(|| async {
            let article = self.article(id).await?;
            Ok((article.set_commenting(commenting, actor, now), ()))
        })
        .await
    }
}

pub(super) fn entry(action: Action, subject: Id, actor: Actor, at: Timestamp) -> AuditEntry {
    AuditEntry {
        at,
        actor,
        action,
        subject,
        note: String::new(),
    }
}
