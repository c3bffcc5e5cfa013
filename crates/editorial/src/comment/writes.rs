//! What is written about comments.

use super::Comment;
use crate::{
    Id, Timestamp,
    accounts::TokenHash,
    audit::Actor,
    email::{EmailAddress, SealedEmail},
};

/// One thing to write. They are written in their order.
#[derive(Clone, Debug)]
pub enum CommentWrite {
    /// A comment of another system, new or changed there.
    Imported(Box<Comment>),
    /// A reader's comment, new. The guard: nothing with this key was sent after
    /// `sent_before`.
    Received {
        /// The comment.
        comment: Box<Comment>,
        /// Tells what was sent twice: a keyed hash of address, article and text.
        once: String,
        /// The beginning of [`super::SAME_FOR`].
        sent_before: Timestamp,
    },
    /// A comment as it shall be, but for its article, its address and its time.
    /// The guard is the version that the caller loaded.
    Changed {
        /// The comment, with its next version.
        comment: Box<Comment>,
        /// The version it was loaded at.
        loaded_version: i64,
    },
    /// A reader reports a comment. The same reader counts once.
    Reported(Report),
    /// Nobody has to look at the reports on a comment any more.
    ReportsSettled(Id),
    /// Whoever has that address is blocked.
    Blocked {
        /// The blind index of the address.
        index: String,
        /// The comment for which.
        comment: Id,
        /// When.
        at: Timestamp,
        /// By whom.
        actor: Actor,
    },
    /// He is not any more.
    Unblocked {
        /// The blind index of the address.
        index: String,
    },
    /// Everything from that address is emptied: text, name, address, sender.
    Erased {
        /// The blind index of the address.
        index: String,
    },
    /// Somebody asks for what is kept of him.
    DataAsked(DataRequest),
    /// A link to it is made anew; older ones are void.
    DataLinked {
        /// The request.
        id: Id,
        /// What the link's token hashes to.
        token: TokenHash,
        /// When.
        at: Timestamp,
    },
    /// The request is answered.
    DataSettled(Id),
    /// The key of a day, sealed; the first one stays.
    SenderKey {
        /// The day, as days since 1970 in UTC.
        day: i64,
        /// The key, sealed under the keys outside the database.
        sealed: String,
    },
    /// What has had its time is forgotten.
    Swept {
        /// Senders of comments written before, with the keys of those days.
        senders_before: Timestamp,
        /// Cookies of comments written before.
        writers_before: Timestamp,
        /// Requests for data made before.
        requests_before: Timestamp,
        /// What was sent before may be sent again.
        sent_before: Timestamp,
    },
}

/// A reader's report of a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Its id.
    pub id: Id,
    /// The comment.
    pub comment: Id,
    /// When.
    pub at: Timestamp,
    /// What the reader says, or nothing.
    pub reason: String,
    /// Who: a keyed hash, as [`super::Received::sender`].
    pub sender: String,
}

/// A reader asks for all that is kept of him.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataRequest {
    /// Its id.
    pub id: Id,
    /// His address.
    pub email: SealedEmail,
    /// What the link's token hashes to; none while there is no link.
    pub token: Option<TokenHash>,
    /// When he asked, or the link was made.
    pub at: Timestamp,
}

impl DataRequest {
    /// How long a request, and a link, work.
    pub const WORKS_FOR: i64 = 3 * Timestamp::DAY;

    /// Whether it still works.
    pub fn works(&self, now: Timestamp) -> bool {
        (0..Self::WORKS_FOR).contains(&(now.0 - self.at.0))
    }
}

/// What makes a comment the same as another that was sent before, to be hashed
/// under a key: address, article and text as [`arabic::fold::fold`] writes it.
pub fn once(email: &EmailAddress, article: Id, text: &str) -> Vec<u8> {
    let mut bytes = email.expose_for_sealing().to_vec();
    bytes.push(0);
    bytes.extend(article.get().to_be_bytes());
    bytes.extend(arabic::fold::fold(text).as_bytes());
    bytes
}
