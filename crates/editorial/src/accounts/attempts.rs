//! How often a password may be tried: by account, by the range of addresses
//! that tries come from, by a browser that was signed in before, and by all
//! strangers together.
//!
//! A browser that was signed in to an account before is counted apart (the
//! "device cookie" of OWASP's authentication guide), so that whoever guesses
//! from elsewhere locks nobody out of his own account. A stranger is a browser
//! that its account does not know, in a range where nobody signed in lately:
//! guesses at many accounts, from many ranges, are many tries of strangers.

use std::net::IpAddr;

use crate::Timestamp;

/// Failed tries are forgotten after so long without another one, or earlier.
pub const FORGOTTEN_AFTER: i64 = Timestamp::DAY;
/// How long a range stays known in which somebody signed in.
pub const RANGE_KNOWN_FOR: i64 = 90 * Timestamp::DAY;

const MINUTE: i64 = 60 * Timestamp::SECOND;

/// What is counted, and how strictly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TryLimit {
    /// Tries at one account from browsers it does not know.
    Account,
    /// Tries at one account from one browser that it knows.
    KnownBrowser,
    /// Tries from one range of addresses, at whatever account.
    Range,
    /// Tries of all strangers, at whatever account: those of a flood too, so
    /// the wait is short, and does not grow.
    Strangers,
    /// Letters asked for to one address, whether or not there is an account.
    Letter,
}

/// The failed tries in a row under one limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tries {
    /// How many.
    pub failed: u32,
    /// When the last one was.
    pub last: Timestamp,
}

impl TryLimit {
    /// Tries that cost no waiting.
    pub const fn free(self) -> u32 {
        match self {
            Self::Account => 4,
            Self::Strangers => 5,
            Self::KnownBrowser => 9,
            Self::Range => 29,
            Self::Letter => 2,
        }
    }

    /// The longest wait.
    const fn wait_max(self) -> i64 {
        match self {
            Self::Account | Self::Range | Self::Letter => 4 * 3_600 * Timestamp::SECOND,
            Self::KnownBrowser => 15 * MINUTE,
            Self::Strangers => MINUTE,
        }
    }

    const fn forgotten_after(self) -> i64 {
        match self {
            Self::Account | Self::KnownBrowser | Self::Range | Self::Letter => FORGOTTEN_AFTER,
            Self::Strangers => 10 * MINUTE,
        }
    }

    /// Whether others try under the same limit: who succeeds takes back one
    /// failure, his own, and no more.
    pub const fn is_shared(self) -> bool {
        match self {
            Self::Range | Self::Strangers => true,
            Self::Account | Self::KnownBrowser | Self::Letter => false,
        }
    }

    /// The tries after one more at `now`.
    #[must_use]
    pub const fn failed_again(self, tries: Tries, now: Timestamp) -> Tries {
        let before = if now.0 - tries.last.0 >= self.forgotten_after() {
            0
        } else {
            tries.failed
        };
        Tries {
            failed: before.saturating_add(1),
            last: now,
        }
    }

    /// From when on the next try is let through to the password's hash: a
    /// minute after the first that is not free, then twice as long each time.
    pub fn next_try(self, tries: Tries) -> Timestamp {
        let Some(beyond) = tries.failed.checked_sub(self.free() + 1) else {
            return tries.last;
        };
        let wait = MINUTE.saturating_mul(1_i64.checked_shl(beyond.min(40)).unwrap_or(i64::MAX));
        Timestamp(tries.last.0.saturating_add(wait.min(self.wait_max())))
    }
}

impl Tries {
    /// None yet.
    pub const NONE: Self = Self {
        failed: 0,
        last: Timestamp(0),
    };
}

/// The range that an address belongs to, as its first address: what one
/// household or office usually has, /24 of IPv4 and /56 of IPv6.
pub fn range_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(four) => IpAddr::V4((u32::from(four) & 0xffff_ff00).into()),
        IpAddr::V6(six) => IpAddr::V6((u128::from(six) & (u128::MAX << 72)).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(limit: TryLimit, failed: u32) -> i64 {
        let last = Timestamp(1_000);
        limit.next_try(Tries { failed, last }).0 - last.0
    }

    #[test]
    fn the_wait_doubles_up_to_a_limit() {
        assert_eq!(after(TryLimit::Account, 4), 0);
        assert_eq!(after(TryLimit::Account, 5), MINUTE);
        assert_eq!(after(TryLimit::Account, 6), 2 * MINUTE);
        assert_eq!(after(TryLimit::Account, 12), 128 * MINUTE);
        assert_eq!(after(TryLimit::Account, 13), 240 * MINUTE);
        assert_eq!(after(TryLimit::Account, u32::MAX), 240 * MINUTE);
        assert_eq!(after(TryLimit::KnownBrowser, u32::MAX), 15 * MINUTE);
        assert_eq!(after(TryLimit::Range, 29), 0);
        assert_eq!(after(TryLimit::Range, 30), MINUTE);
        assert_eq!(after(TryLimit::Strangers, 5), 0);
        assert_eq!(after(TryLimit::Strangers, 6), MINUTE);
        assert_eq!(after(TryLimit::Strangers, u32::MAX), MINUTE);
        assert_eq!(after(TryLimit::Letter, 2), 0);
        assert_eq!(after(TryLimit::Letter, 3), MINUTE);
        assert_eq!(after(TryLimit::Letter, u32::MAX), 240 * MINUTE);
    }

    /// The guesses that reach the hash of those that come each millisecond.
    fn through(limit: TryLimit, time: i64) -> usize {
        let (mut tries, mut now, mut through) = (Tries::NONE, Timestamp(0), 0);
        while now.0 < time {
            if now >= limit.next_try(tries) {
                through += 1;
                tries = limit.failed_again(tries, now);
            }
            now = now.plus(Timestamp::SECOND / 1_000);
        }
        through
    }

    #[test]
    fn guessing_at_an_account_gets_nowhere() {
        let day = through(TryLimit::Account, Timestamp::DAY);
        assert!(day < 20, "{day} of 86,400,000");
    }

    /// At whatever accounts, from however many ranges.
    #[test]
    fn a_flood_of_strangers_gets_nowhere() {
        assert_eq!(through(TryLimit::Strangers, 2 * MINUTE), 7);
        assert_eq!(through(TryLimit::Strangers, 60 * MINUTE), 65);
    }

    #[test]
    fn failures_are_forgotten() {
        let tries = Tries {
            failed: 9,
            last: Timestamp(0),
        };
        for (limit, after) in [
            (TryLimit::Account, FORGOTTEN_AFTER),
            (TryLimit::Strangers, 10 * MINUTE),
        ] {
            assert_eq!(limit.failed_again(tries, Timestamp(after)).failed, 1);
            assert_eq!(limit.failed_again(tries, Timestamp(after - 1)).failed, 10);
        }
    }

    #[test]
    fn neighbours_share_a_range() {
        for (one, other, same) in [
            ("192.0.2.7", "192.0.2.250", true),
            ("192.0.2.7", "192.0.3.7", false),
            ("::ffff:192.0.2.7", "192.0.2.9", true),
            ("2001:db8:1:ff00::1", "2001:db8:1:ffaa::2", true),
            ("2001:db8:1:ff00::1", "2001:db8:1:fe00::1", false),
        ] {
            let ranges = [one, other].map(|text| range_of(text.parse().expect("an address")));
            assert_eq!(ranges[0] == ranges[1], same, "{one} {other}");
        }
    }
}
