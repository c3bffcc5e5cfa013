//! Ids: integers from 1 to 2^53 − 1, unique over all kinds, never reused.
//!
//! The upper bound is the largest integer that a JSON reader in JavaScript
//! keeps exactly. Ids are drawn in blocks from one row of the store and passed
//! to the rules as an [`IdBlock`].

use serde::{Deserialize, Serialize};

/// The id of anything the paper keeps: article, section, tag, author, picture,
/// headline of the ticker, comment, revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(i64);

impl Id {
    /// The largest id, 2^53 − 1.
    pub const MAX: i64 = (1 << 53) - 1;

    /// An id, or `None` outside of 1 to [`Id::MAX`].
    pub const fn new(value: i64) -> Option<Self> {
        if value >= 1 && value <= Self::MAX {
            Some(Self(value))
        } else {
            None
        }
    }

    /// The number itself.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Reads the decimal form used in addresses: digits only, no sign, no
    /// leading zero.
    pub fn parse(text: &str) -> Option<Self> {
        let canonical = !text.is_empty()
            && text.len() <= 16
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && !text.starts_with('0');
        if canonical {
            text.parse().ok().and_then(Self::new)
        } else {
            None
        }
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(out)
    }
}

/// Fresh ids in hand: a range drawn from the store and used up one by one.
#[derive(Debug)]
pub struct IdBlock {
    next: i64,
    end: i64,
}

impl IdBlock {
    /// The ids from `first` up to but without `end`.
    pub const fn new(first: Id, end: i64) -> Self {
        Self {
            next: first.get(),
            end,
        }
    }

    /// The next fresh id, or `None` when the block is used up.
    pub fn draw(&mut self) -> Option<Id> {
        if self.next >= self.end {
            return None;
        }
        let id = Id::new(self.next);
        self.next += 1;
        id
    }

    /// How many ids are left.
    pub const fn left(&self) -> i64 {
        self.end - self.next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_canonical_digits_are_an_id() {
        for (text, expect) in [
            ("1", Some(1)),
            ("4821", Some(4821)),
            ("9007199254740991", Some(Id::MAX)),
        ] {
            assert_eq!(Id::parse(text).map(Id::get), expect);
        }
        for text in [
            "",
            "0",
            "01",
            "-1",
            "+1",
            "٤",
            "9007199254740992",
            "99999999999999999999",
        ] {
            assert_eq!(Id::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_block_gives_each_id_once() {
        let mut block = IdBlock::new(Id::new(7).expect("in range"), 9);
        assert_eq!(block.draw().map(Id::get), Some(7));
        assert_eq!(block.draw().map(Id::get), Some(8));
        assert_eq!(block.draw(), None);
    }
}
