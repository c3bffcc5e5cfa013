//! Why a comment is held for a moderator: the rule, and the words it met.

use serde::{Deserialize, Serialize};

/// A rule that holds comments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HoldRule {
    /// The paper reads every comment before it is shown.
    Approval,
    /// A word or phrase of the list: an insult, a threat, hate.
    Word,
    /// Advertising, by a phrase of the list.
    Advertising,
    /// More links than a comment needs, or one that is disguised.
    Links,
    /// A telephone number.
    Telephone,
    /// It resembles what is held, as a whole.
    Resemblance,
    /// The same text stands elsewhere.
    Duplicate,
    /// Nearly the same text stands elsewhere.
    NearDuplicate,
    /// One letter, word or sign over and over.
    Repetition,
    /// Something was written into the field that no reader sees.
    HiddenField,
    /// It was sent faster than anybody writes.
    TooFast,
    /// Its writer is blocked.
    Blocked,
    /// The name looks like that of somebody in the newsroom.
    StaffName,
    /// It was shown already, and its writer changed it.
    Edited,
    /// Its writer took it back: nobody shows it again.
    TakenBack,
}

impl HoldRule {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Approval,
        Self::Word,
        Self::Advertising,
        Self::Links,
        Self::Telephone,
        Self::Resemblance,
        Self::Duplicate,
        Self::NearDuplicate,
        Self::Repetition,
        Self::HiddenField,
        Self::TooFast,
        Self::Blocked,
        Self::StaffName,
        Self::Edited,
        Self::TakenBack,
    ];

    /// Whether what it meets is no reason where the text as a whole resembles what
    /// is not held.
    pub(super) const fn may_be_outweighed(self) -> bool {
        matches!(
            self,
            Self::Word | Self::Advertising | Self::Telephone | Self::Repetition
        )
    }

    /// Its name on the command line, and in messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Approval => "approval",
            Self::Word => "word",
            Self::Advertising => "advertising",
            Self::Links => "links",
            Self::Telephone => "telephone",
            Self::Resemblance => "resemblance",
            Self::Duplicate => "duplicate",
            Self::NearDuplicate => "near-duplicate",
            Self::Repetition => "repetition",
            Self::HiddenField => "hidden-field",
            Self::TooFast => "too-fast",
            Self::Blocked => "blocked",
            Self::StaffName => "staff-name",
            Self::Edited => "edited",
            Self::TakenBack => "taken-back",
        }
    }
}

/// The part of a comment that a rule met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Its text.
    #[default]
    Text,
    /// The name of its writer.
    Name,
}

/// One reason why a comment is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// The rule.
    pub rule: HoldRule,
    /// Where the words stand that it met.
    #[serde(default)]
    pub part: Part,
    /// Their first byte; as `to`, where the whole comment is meant.
    #[serde(default)]
    pub from: u32,
    /// The byte behind their last.
    #[serde(default)]
    pub to: u32,
}

impl Hold {
    /// A reason that lies in no words.
    pub const fn whole(rule: HoldRule) -> Self {
        Self {
            rule,
            part: Part::Text,
            from: 0,
            to: 0,
        }
    }

    /// A reason that lies in the words `range` of the text.
    pub fn in_text(rule: HoldRule, range: std::ops::Range<usize>) -> Self {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self {
            rule,
            part: Part::Text,
            from: place(range.start),
            to: place(range.end),
        }
    }

    /// The same reason, found in the name.
    #[must_use]
    pub const fn of_name(self) -> Self {
        Self {
            part: Part::Name,
            ..self
        }
    }

    /// The words it met in `text`, which is the part it names; nothing where the
    /// whole is meant, or the text is another one.
    pub fn words<'a>(&self, text: &'a str) -> Option<&'a str> {
        let words = text.get(self.from as usize..self.to as usize)?;
        (!words.is_empty()).then_some(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_are_kept_as_short_json_and_read_back() {
        let text = "قال شيئا";
        let hold = Hold::in_text(HoldRule::Word, 0..6);
        assert_eq!(hold.words(text), Some("قال"));
        assert_eq!(hold.words("ق"), None);
        assert_eq!(Hold::whole(HoldRule::Approval).words(text), None);
        let json = serde_json::to_string(&hold).expect("json");
        assert_eq!(json, r#"{"rule":"word","part":"text","from":0,"to":6}"#);
        assert_eq!(serde_json::from_str::<Hold>(&json).expect("read"), hold);
        for rule in HoldRule::ALL {
            let json = serde_json::to_string(&rule).expect("json");
            assert_eq!(json, format!("\"{}\"", rule.name()));
        }
    }
}
