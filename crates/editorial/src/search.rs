//! What search knows of an article: its words, and what it can be found by.

use crate::{Id, Timestamp};

/// A published article as search takes it. Only what readers may see is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchDocument {
    /// The article.
    pub id: Id,
    /// Its headline, with the kicker before it where there is one.
    pub headline: String,
    /// Its standfirst, or empty.
    pub standfirst: String,
    /// Its dateline and its text without marks of form; a line for each block.
    pub body: String,
    /// Its authors: id and name. Hidden authors are left out.
    pub authors: Vec<(Id, String)>,
    /// The credited agency, or empty.
    pub agency: String,
    /// Its tags: id and name.
    pub tags: Vec<(Id, String)>,
    /// Its section: id and name; none for standing pages.
    pub section: Option<(Id, String)>,
    /// BCP 47 language.
    pub language: String,
    /// When it went live; none where that is not known.
    pub published_at: Option<Timestamp>,
}
