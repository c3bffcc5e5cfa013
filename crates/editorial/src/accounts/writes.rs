//! What is written about accounts.

use super::{
    LinkPurpose, OneTimeLink, PasswordHash, SealedSecret, Session, TokenHash, Tries, User,
};
use crate::{Id, Timestamp};

/// One thing to write. They are written in their order.
#[derive(Clone, Debug)]
pub enum AccountWrite {
    /// A new user, or a known one. The guard is the version that the caller
    /// loaded: none for a new user. The address of a new user is nobody else's.
    User {
        /// The user as it shall be.
        user: Box<User>,
        /// The version it was loaded at.
        loaded_version: Option<i64>,
    },
    /// A user's new password.
    Password {
        /// Whose.
        user: Id,
        /// Its hash.
        hash: PasswordHash,
    },
    /// A user's second factor is set up anew, or taken away: its secret, and
    /// the codes that stand in for it once each.
    SecondFactor {
        /// Whose.
        user: Id,
        /// The secret, if there is one from now on.
        secret: Option<SealedSecret>,
        /// The codes.
        recovery: Vec<TokenHash>,
    },
    /// A number of the second factor was used. The guard: neither it nor a
    /// later one was used before.
    SecondFactorUsed {
        /// Whose.
        user: Id,
        /// The step of time it belongs to.
        step: i64,
    },
    /// A code that stands in for the second factor was used. The guard: it is there.
    RecoveryUsed {
        /// Whose.
        user: Id,
        /// The code.
        code: TokenHash,
    },
    /// A session begins.
    Session(Box<Session>),
    /// A session was used.
    SessionUsed {
        /// Which.
        id: Id,
        /// When.
        at: Timestamp,
    },
    /// The password was given again within a session.
    SessionConfirmed {
        /// Which.
        id: Id,
        /// When.
        at: Timestamp,
    },
    /// A session ends.
    SessionEnded(Id),
    /// All sessions of a user end, but for one perhaps.
    SessionsEnded {
        /// Whose.
        user: Id,
        /// The one that goes on.
        but: Option<Id>,
    },
    /// A link is made.
    Link(OneTimeLink),
    /// A link was used. The guard: it is there.
    LinkUsed(Id),
    /// All links of that purpose to a new password of its user are void; there
    /// may be none.
    LinksVoided(LinkPurpose),
    /// The failed tries in a row under one limit. The guard: they are those that
    /// the caller loaded.
    Tries {
        /// Which limit, as the store keeps it: no address in clear.
        key: String,
        /// What they were.
        loaded: Tries,
        /// What they are from now on.
        tries: Tries,
    },
    /// The tries under a limit are forgotten.
    TriesForgotten {
        /// Which limit.
        key: String,
    },
    /// Somebody signed in from a range of addresses.
    RangeKnown {
        /// Which range, as the store keeps it: no address in clear.
        key: String,
        /// When.
        at: Timestamp,
    },
    /// The guard: somebody who may manage users is left when all is written.
    AdministratorStays,
    /// What ended by itself before a moment is forgotten.
    Swept {
        /// Sessions that were not used since.
        sessions_unused_since: Timestamp,
        /// Links that were made before.
        links_made_before: Timestamp,
        /// Tries of which the last one was before.
        tries_before: Timestamp,
        /// Ranges in which nobody signed in since.
        ranges_unused_since: Timestamp,
    },
}
