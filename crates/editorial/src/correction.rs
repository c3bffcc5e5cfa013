//! A visible note on a changed article.

use serde::{Deserialize, Serialize};

use crate::{Id, Timestamp};

/// What was wrong and when it was put right, shown with the article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// Its id.
    pub id: Id,
    /// The article.
    pub article: Id,
    /// When.
    pub at: Timestamp,
    /// What was wrong, in a sentence.
    pub text: String,
}
