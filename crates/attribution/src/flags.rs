//! What the lexicons say of a word: a set of classes.

use std::ops::BitOr;

/// A set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Flags(u64);

impl Flags {
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const OFFICE: Self = Self(1);
    pub(crate) const TITLE: Self = Self(1 << 1);
    pub(crate) const MANY: Self = Self(1 << 2);
    pub(crate) const BODY: Self = Self(1 << 3);
    pub(crate) const NAMED: Self = Self(1 << 4);
    pub(crate) const PROPER: Self = Self(1 << 5);
    pub(crate) const MINISTRY: Self = Self(1 << 6);
    pub(crate) const DOCUMENT: Self = Self(1 << 7);
    pub(crate) const MEDIUM: Self = Self(1 << 8);
    pub(crate) const STATE: Self = Self(1 << 9);
    pub(crate) const CAPITAL: Self = Self(1 << 10);
    pub(crate) const PLACE: Self = Self(1 << 11);
    pub(crate) const GIVEN: Self = Self(1 << 12);
    pub(crate) const WOMAN: Self = Self(1 << 13);
    pub(crate) const AFTER: Self = Self(1 << 14);
    pub(crate) const SWITCH: Self = Self(1 << 15);
    pub(crate) const CLOSER: Self = Self(1 << 16);
    pub(crate) const CONNECTOR: Self = Self(1 << 17);
    pub(crate) const ADJUNCT: Self = Self(1 << 18);
    pub(crate) const NEGATION: Self = Self(1 << 19);
    pub(crate) const OCCASION: Self = Self(1 << 20);
    pub(crate) const WEEKDAY: Self = Self(1 << 21);
    pub(crate) const MONTH: Self = Self(1 << 22);
    pub(crate) const NEARDAY: Self = Self(1 << 23);
    pub(crate) const PAST: Self = Self(1 << 24);
    pub(crate) const COMING: Self = Self(1 << 25);
    pub(crate) const NOUN: Self = Self(1 << 26);
    pub(crate) const ADJECTIVE: Self = Self(1 << 27);
    pub(crate) const NEUTRAL: Self = Self(1 << 28);
    pub(crate) const THAT: Self = Self(1 << 29);
    pub(crate) const RELATIVE: Self = Self(1 << 30);
    pub(crate) const QUANTIFIER: Self = Self(1 << 31);

    /// Heads of a phrase that may speak.
    pub(crate) const SPEAKER: Self = Self(
        Self::OFFICE.0
            | Self::TITLE.0
            | Self::MANY.0
            | Self::BODY.0
            | Self::NAMED.0
            | Self::PROPER.0
            | Self::DOCUMENT.0
            | Self::MEDIUM.0
            | Self::STATE.0
            | Self::CAPITAL.0
            | Self::QUANTIFIER.0
            | Self::GIVEN.0,
    );

    /// What a word with ال may be by the word without it.
    pub(crate) const OF_NOUNS: Self = Self(
        Self::OFFICE.0
            | Self::WOMAN.0
            | Self::MANY.0
            | Self::BODY.0
            | Self::NAMED.0
            | Self::MINISTRY.0
            | Self::DOCUMENT.0
            | Self::MEDIUM.0
            | Self::OCCASION.0
            | Self::NOUN.0
            | Self::ADJECTIVE.0
            | Self::NEUTRAL.0,
    );

    /// The classes that are in `classes`, too.
    pub(crate) const fn among(self, classes: Self) -> Self {
        Self(self.0 & classes.0)
    }

    /// The classes without `classes`.
    pub(crate) const fn without(self, classes: Self) -> Self {
        Self(self.0 & !classes.0)
    }

    /// Whether one of `classes` is in the set.
    pub(crate) const fn any(self, classes: Self) -> bool {
        self.0 & classes.0 != 0
    }

    /// The class that a lexicon names; none for an unknown name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "office" => Self::OFFICE,
            "title" => Self::TITLE,
            "many" => Self::MANY,
            "body" => Self::BODY,
            "named" => Self::NAMED,
            "proper" => Self::PROPER,
            "ministry" => Self::MINISTRY,
            "document" => Self::DOCUMENT,
            "medium" => Self::MEDIUM,
            "state" => Self::STATE,
            "capital" => Self::CAPITAL,
            "place" => Self::PLACE,
            "m" => Self::GIVEN,
            "f" => Self::GIVEN | Self::WOMAN,
            "after" => Self::AFTER,
            "switch" => Self::SWITCH,
            "closer" => Self::CLOSER,
            "connector" => Self::CONNECTOR,
            "adjunct" => Self::ADJUNCT,
            "negation" => Self::NEGATION,
            "occasion" => Self::OCCASION,
            "weekday" => Self::WEEKDAY,
            "month" => Self::MONTH,
            "nearday" => Self::NEARDAY,
            "past" => Self::PAST,
            "coming" => Self::COMING,
            "noun" => Self::NOUN,
            "adjective" => Self::ADJECTIVE,
            "quantifier" => Self::QUANTIFIER,
            "neutral-head" => Self::NEUTRAL,
            _ => return None,
        })
    }
}

impl BitOr for Flags {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
