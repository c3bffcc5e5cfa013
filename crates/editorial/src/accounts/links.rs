//! Links that work once: the first account, an invitation, a new password.

use super::{Roles, TokenHash};
use crate::{Id, Timestamp};

/// No link works longer.
pub const WORKS_MAX: i64 = 7 * Timestamp::DAY;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkPurpose {
    /// The first account of a paper: the server prints it while there is none.
    FirstAccount,
    /// A new account with these roles.
    Invitation(Roles),
    /// A new password for this user, who was given the link by whoever keeps
    /// the accounts.
    NewPassword(Id),
    /// The same for a user who asked for it himself, or for whom somebody else
    /// did: it goes to the address that he signs in with, and nowhere else.
    ForgottenPassword(Id),
}

impl LinkPurpose {
    /// How long a link works.
    pub const fn works_for(self) -> i64 {
        match self {
            Self::FirstAccount | Self::NewPassword(_) => Timestamp::DAY,
            Self::Invitation(_) => WORKS_MAX,
            Self::ForgottenPassword(_) => Timestamp::DAY / 24,
        }
    }

    /// The user whose new password it leads to.
    pub const fn user(self) -> Option<Id> {
        match self {
            Self::NewPassword(user) | Self::ForgottenPassword(user) => Some(user),
            Self::FirstAccount | Self::Invitation(_) => None,
        }
    }

    /// All purposes that lead to a new password of this user.
    pub const fn passwords_of(user: Id) -> [Self; 2] {
        [Self::NewPassword(user), Self::ForgottenPassword(user)]
    }
}

/// A link that works once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OneTimeLink {
    /// Its id.
    pub id: Id,
    /// What its token hashes to.
    pub token: TokenHash,
    /// What it is for.
    pub purpose: LinkPurpose,
    /// When it was made.
    pub made_at: Timestamp,
}

impl OneTimeLink {
    /// Whether it still works.
    pub fn works(&self, now: Timestamp) -> bool {
        (0..self.purpose.works_for()).contains(&(now.0 - self.made_at.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::Role;

    #[test]
    fn a_link_ends_by_itself() {
        let purpose = LinkPurpose::Invitation(Roles::NONE.with(Role::Editor));
        let link = OneTimeLink {
            id: Id::new(1).expect("in range"),
            token: TokenHash([1; 32]),
            purpose,
            made_at: Timestamp(100),
        };
        assert!(link.works(Timestamp(100)));
        assert!(!link.works(Timestamp(99)));
        assert!(link.works(Timestamp(99 + 7 * Timestamp::DAY)));
        assert!(!link.works(Timestamp(100 + 7 * Timestamp::DAY)));
        let asked = OneTimeLink {
            purpose: LinkPurpose::ForgottenPassword(link.id),
            ..link
        };
        let hour = 3_600 * Timestamp::SECOND;
        assert!(asked.works(Timestamp(99 + hour)) && !asked.works(Timestamp(100 + hour)));
    }
}
