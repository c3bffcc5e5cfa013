//! Pictures as the domain knows them: what they show and whose they are.

use serde::{Deserialize, Serialize};

use crate::Id;

/// A picture of the paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// Its id.
    pub id: Id,
    /// The key of its original in the media store, or empty where only
    /// `source_url` is known.
    pub key: String,
    /// Where it stood on the old site, or empty.
    pub source_url: String,
    /// Width in pixels, 0 if unknown.
    pub width: i64,
    /// Height in pixels, 0 if unknown.
    pub height: i64,
    /// What it shows.
    pub alt: String,
    /// Words below it, or empty.
    pub caption: String,
    /// Whose picture it is, or empty.
    pub credit: String,
    /// The point that must stay in view, in thousandths from the left.
    pub focal_x: i64,
    /// The same from the top.
    pub focal_y: i64,
}
