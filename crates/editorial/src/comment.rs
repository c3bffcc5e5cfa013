//! Readers' comments as they are kept and shown.

use crate::{Id, Timestamp, email::SealedEmail};

/// Where a comment stands with the moderators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommentState {
    /// Waits for a moderator.
    Waiting = 0,
    /// Shown.
    Approved = 1,
    /// Spam.
    Spam = 2,
    /// Taken away.
    Removed = 3,
}

impl CommentState {
    /// The state kept as `code`.
    pub const fn from_code(code: i64) -> Option<Self> {
        match code {
            0 => Some(Self::Waiting),
            1 => Some(Self::Approved),
            2 => Some(Self::Spam),
            3 => Some(Self::Removed),
            _ => None,
        }
    }
}

/// A comment as it is written to the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Its id.
    pub id: Id,
    /// The article it stands under.
    pub article: Id,
    /// The comment it answers.
    pub reply_to: Option<Id>,
    /// The name the reader gave.
    pub name: String,
    /// The reader's address, sealed; none where the old site had none.
    pub email: Option<SealedEmail>,
    /// Plain text, paragraphs between blank lines.
    pub text: String,
    /// When it was written.
    pub written_at: Timestamp,
    /// Where it stands.
    pub state: CommentState,
}
