//! Sections and tags: the one editorial place of an article, and the many
//! subjects it touches.

use serde::{Deserialize, Serialize};

use crate::Id;

/// The editorial place of an article, such as «اقتصاد». Each article has one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Its id.
    pub id: Id,
    /// Its part of the address.
    pub slug: String,
    /// The name as printed.
    pub name: String,
    /// A sentence about it, or empty.
    pub description: String,
    /// Its colour as `#rrggbb`, or empty.
    pub colour: String,
    /// Its place among the sections, from 0.
    pub position: i64,
}

/// Slugs of the category that WordPress gives to what was given none.
pub const DEFAULT_CATEGORIES: [&str; 3] = ["uncategorized", "غير-مصنف", "غير-مصنفة"];
/// The slug of the section that is made for what was given none.
pub const GENERAL: &str = "general";

impl Section {
    /// Whether it holds what was given no section, such as «غير مصنف»: its name
    /// says nothing to a reader.
    pub fn holds_the_rest(&self) -> bool {
        self.slug == GENERAL || DEFAULT_CATEGORIES.contains(&self.slug.as_str())
    }
}

/// A subject, such as «أستانا».
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// Its id.
    pub id: Id,
    /// Its part of the address.
    pub slug: String,
    /// The name as printed.
    pub name: String,
}
