//! A visible note on a changed article.

use serde::{Deserialize, Serialize};

use crate::{Id, Timestamp};

/// What a note says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CorrectionKind {
    /// Something was wrong, and is right now.
    #[default]
    Correction = 0,
    /// Something could be misunderstood.
    Clarification = 1,
    /// Something happened since.
    Update = 2,
    /// What the editors want known of the article.
    EditorsNote = 3,
    /// The paper no longer stands by the article.
    Retraction = 4,
    /// Why the article was taken off the site; shown where it was.
    Withdrawal = 5,
}

impl CorrectionKind {
    /// All that stand on an article that is shown, in the order in which they are offered.
    pub const SHOWN: [Self; 5] = [
        Self::Correction,
        Self::Clarification,
        Self::Update,
        Self::EditorsNote,
        Self::Retraction,
    ];

    /// The kind kept as `code`.
    pub const fn from_code(code: i64) -> Option<Self> {
        match code {
            0 => Some(Self::Correction),
            1 => Some(Self::Clarification),
            2 => Some(Self::Update),
            3 => Some(Self::EditorsNote),
            4 => Some(Self::Retraction),
            5 => Some(Self::Withdrawal),
            _ => None,
        }
    }

    /// The name in forms, on the command line and in templates.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Correction => "correction",
            Self::Clarification => "clarification",
            Self::Update => "update",
            Self::EditorsNote => "editors-note",
            Self::Retraction => "retraction",
            Self::Withdrawal => "withdrawal",
        }
    }

    /// The kind of that [`CorrectionKind::name`].
    pub fn parse(name: &str) -> Option<Self> {
        let all = Self::SHOWN.into_iter().chain([Self::Withdrawal]);
        all.into_iter().find(|kind| kind.name() == name)
    }
}

/// The longest text of a note, in code points.
pub const CORRECTION_LETTERS_MAX: usize = 2_000;

/// A note on an article: what was wrong and when it was put right, or what its kind says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// Its id.
    pub id: Id,
    /// The article.
    pub article: Id,
    /// What it says.
    #[serde(default)]
    pub kind: CorrectionKind,
    /// When.
    pub at: Timestamp,
    /// What was wrong or is to be known, in a sentence.
    pub text: String,
}
