//! What a reader does with comments: his own, which he may mend or take back for
//! a while, and others', which he may report.

use std::net::IpAddr;

use credentials::Token;
use editorial::{
    ChangeKey, Changes, Id, Timestamp, Write,
    comment::{
        Comment, CommentState, CommentWrite, DecisionError, REASON_LETTERS_MAX, Report, SEEN_FOR,
        TRUSTED_AFTER, clean_text,
    },
};
use store::WriterStanding;

use super::{CommentError, Comments, receive::Tried};

impl Comments {
    /// What the holder of a cookie wrote lately, the newest first.
    ///
    /// # Errors
    /// [`CommentError`] where the store fails.
    pub async fn own(&self, writer: &Token, now: Timestamp) -> Result<Vec<Comment>, CommentError> {
        let since = now.plus(-SEEN_FOR);
        Ok(self.store.comments_of_writer(writer.hash(), since).await?)
    }

    /// The writer of a comment changes its text.
    ///
    /// # Errors
    /// [`CommentError`]; the comment stays as it was then.
    pub async fn edit_own(
        &self,
        writer: &Token,
        id: Id,
        typed: &str,
        now: Timestamp,
    ) -> Result<CommentState, CommentError> {
        let settings = self.store.settings().await?;
        self.commit_anew(|| async {
            let comment = self.own_one(writer, id).await?;
            let text = clean_text(typed);
            let standing = match &comment.email {
                Some(email) => {
                    let index = &email.blind_index;
                    self.store.writer_standing(index, TRUSTED_AFTER).await?
                }
                None => WriterStanding::default(),
            };
            let known = Tried {
                hidden_field: false,
                too_fast: false,
                standing,
                but: Some(id),
            };
            let trial = self
                .tried(&settings, &comment.name, &text, known, now)
                .await?;
            let state = trial.state;
            Ok((comment.edit(typed, |_| trial, now)?, state))
        })
        .await
    }

    /// The writer of a comment takes it back.
    ///
    /// # Errors
    /// [`CommentError`].
    pub async fn take_back_own(
        &self,
        writer: &Token,
        id: Id,
        now: Timestamp,
    ) -> Result<(), CommentError> {
        self.commit_anew(|| async {
            let comment = self.own_one(writer, id).await?;
            Ok((comment.take_back(now)?, ()))
        })
        .await
    }

    /// A comment of the holder of a cookie; anybody else's is none.
    async fn own_one(&self, writer: &Token, id: Id) -> Result<Comment, CommentError> {
        let comment = self.comment(id).await?;
        if comment.received.writer == Some(writer.hash()) {
            Ok(comment)
        } else {
            Err(DecisionError::TooLate.into())
        }
    }

    /// A reader reports a comment that is shown. The same reader counts once a
    /// day.
    ///
    /// # Errors
    /// [`CommentError`].
    pub async fn report(
        &self,
        id: Id,
        reason: &str,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<(), CommentError> {
        let comment = self.comment(id).await?;
        if comment.state != CommentState::Approved {
            return Err(CommentError::NoComment(id));
        }
        let report = Report {
            id: self.id().await?,
            comment: id,
            at: now,
            reason: clean_text(reason)
                .chars()
                .take(REASON_LETTERS_MAX)
                .collect(),
            sender: self.sender(from, now).await?,
        };
        let changes = Changes::new()
            .key(ChangeKey::MODERATION)
            .write(Write::Comment(CommentWrite::Reported(report)));
        self.store.commit(changes).await?;
        Ok(())
    }
}
