//! Readers' comments: what one is, what it must be to be taken, and what
//! becomes of it.

mod decision;
mod draft;
mod hold;
pub mod rules;
mod standing;
mod thread;
mod trial;
mod writes;

use crate::{Id, Timestamp, accounts::TokenHash, email::SealedEmail};

pub use decision::{Decision, DecisionError};
pub use draft::{
    DraftFault, NAME_LETTERS_MAX, Named, NewComment, TEXT_LETTERS_MAX, clean_name, clean_text,
};
pub use hold::{Hold, HoldRule, Part};
pub use standing::{Commenting, may_be_written_until};
pub use thread::{DEPTH_MAX, Line, Placed, in_threads};
pub use trial::{Circumstances, try_comment};
pub use writes::{CommentWrite, DataRequest, Report, once};

/// Comments on one page.
pub const COMMENTS_PER_PAGE: usize = 50;

/// For how long a reader may change or take back what he wrote.
pub const OWN_FOR: i64 = 600 * Timestamp::SECOND;

/// For how long the same text under the same article from the same address is
/// the same comment, sent again.
pub const SAME_FOR: i64 = 600 * Timestamp::SECOND;

/// For how long a reader finds what he wrote on his own page.
pub const SEEN_FOR: i64 = Timestamp::DAY;

/// Approved comments after which a writer may be published at once, where the
/// site allows it.
pub const TRUSTED_AFTER: u32 = 3;

/// Where a comment stands with the moderators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CommentState {
    /// Waits for a moderator.
    Waiting = 0,
    /// Shown.
    Approved = 1,
    /// Spam.
    Spam = 2,
    /// Taken away, by its writer or after it was shown.
    Withdrawn = 3,
    /// Not shown: a moderator decided so.
    Rejected = 4,
}

impl CommentState {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Waiting,
        Self::Approved,
        Self::Spam,
        Self::Withdrawn,
        Self::Rejected,
    ];

    /// The state kept as `code`.
    pub const fn from_code(code: i64) -> Option<Self> {
        match code {
            0 => Some(Self::Waiting),
            1 => Some(Self::Approved),
            2 => Some(Self::Spam),
            3 => Some(Self::Withdrawn),
            4 => Some(Self::Rejected),
            _ => None,
        }
    }

    /// The name on the command line and in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Approved => "approved",
            Self::Spam => "spam",
            Self::Withdrawn => "withdrawn",
            Self::Rejected => "rejected",
        }
    }

    /// The state of that [`CommentState::name`].
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
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
    /// The reader's address, sealed; none where the old site had none, or where
    /// its writer has it erased.
    pub email: Option<SealedEmail>,
    /// Plain text, paragraphs between blank lines.
    pub text: String,
    /// When it was written.
    pub written_at: Timestamp,
    /// Where it stands.
    pub state: CommentState,
    /// How it came in. One that was imported has the default.
    pub received: Received,
}

/// What is kept of how a comment came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Counts its changes: the guard of the next one.
    pub version: i64,
    /// What the cookie of its writer hashes to, for as long as he may see it.
    pub writer: Option<TokenHash>,
    /// A keyed hash of the network address it came from, of that day alone;
    /// empty where it is not kept.
    pub sender: String,
    /// Tells texts that are nearly the same: see [`rules::likeness`].
    pub likeness: i64,
    /// Why it was held.
    pub holds: Vec<Hold>,
    /// The user of the newsroom who wrote it.
    pub staff: Option<Id>,
    /// When its writer last changed it.
    pub edited_at: Option<Timestamp>,
    /// Readers' reports that nobody has looked at.
    pub reports: u32,
}

impl Default for Received {
    fn default() -> Self {
        Self {
            version: 1,
            writer: None,
            sender: String::new(),
            likeness: 0,
            holds: Vec::new(),
            staff: None,
            edited_at: None,
            reports: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_read_back() {
        for state in CommentState::ALL {
            assert_eq!(CommentState::from_code(state as i64), Some(state));
            assert_eq!(CommentState::parse(state.name()), Some(state));
        }
        assert_eq!(CommentState::from_code(5), None);
    }
}
