//! Sessions: how long somebody stays signed in.

use super::TokenHash;
use crate::{Id, Timestamp};

/// A session nobody uses ends after so long.
pub const IDLE_MAX: i64 = 12 * 3_600 * Timestamp::SECOND;
/// A session ends after so long, used or not.
pub const LENGTH_MAX: i64 = 14 * Timestamp::DAY;
/// For so long after the password was given, dangerous acts need no other one.
pub const CONFIRMED_FOR: i64 = 15 * 60 * Timestamp::SECOND;
/// How often the use of a session is written down, at the most.
pub const NOTED_EVERY: i64 = 60 * Timestamp::SECOND;

/// One browser in which a user is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its id: names it in the list of sessions and in the audit trail.
    pub id: Id,
    /// Whose it is.
    pub user: Id,
    /// What its token hashes to.
    pub token: TokenHash,
    /// The browser, as it named itself; shown to its user alone.
    pub browser: String,
    /// When it began.
    pub began_at: Timestamp,
    /// When it was used last, to the minute.
    pub used_at: Timestamp,
    /// When the password was given last.
    pub confirmed_at: Timestamp,
}

/// How a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionStanding {
    /// It may be used.
    Open,
    /// It was not used for [`IDLE_MAX`].
    Idle,
    /// It is older than [`LENGTH_MAX`].
    Over,
}

impl Session {
    /// How it stands at `now`.
    pub fn standing(&self, now: Timestamp) -> SessionStanding {
        if now.0 - self.began_at.0 >= LENGTH_MAX {
            SessionStanding::Over
        } else if now.0 - self.used_at.0 >= IDLE_MAX {
            SessionStanding::Idle
        } else {
            SessionStanding::Open
        }
    }

    /// Whether a dangerous act may be done without the password.
    pub fn is_confirmed(&self, now: Timestamp) -> bool {
        (0..CONFIRMED_FOR).contains(&(now.0 - self.confirmed_at.0))
    }

    /// Whether its use at `now` is worth writing down.
    pub fn is_to_be_noted(&self, now: Timestamp) -> bool {
        now.0 - self.used_at.0 >= NOTED_EVERY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(began: i64, used: i64, confirmed: i64) -> Session {
        Session {
            id: Id::new(2).expect("in range"),
            user: Id::new(1).expect("in range"),
            token: TokenHash([7; 32]),
            browser: String::new(),
            began_at: Timestamp(began),
            used_at: Timestamp(used),
            confirmed_at: Timestamp(confirmed),
        }
    }

    #[test]
    fn a_session_ends_unused_and_ends_used() {
        let unused = session(0, 0, 0);
        assert_eq!(
            unused.standing(Timestamp(IDLE_MAX - 1)),
            SessionStanding::Open
        );
        assert_eq!(unused.standing(Timestamp(IDLE_MAX)), SessionStanding::Idle);
        let used = session(0, LENGTH_MAX - 1, 0);
        assert_eq!(
            used.standing(Timestamp(LENGTH_MAX - 1)),
            SessionStanding::Open
        );
        assert_eq!(used.standing(Timestamp(LENGTH_MAX)), SessionStanding::Over);
    }

    #[test]
    fn a_password_counts_for_a_while_and_not_ahead_of_time() {
        let confirmed = session(0, 0, 1_000);
        assert!(confirmed.is_confirmed(Timestamp(1_000)));
        assert!(!confirmed.is_confirmed(Timestamp(999)));
        assert!(!confirmed.is_confirmed(Timestamp(1_000 + CONFIRMED_FOR)));
    }
}
