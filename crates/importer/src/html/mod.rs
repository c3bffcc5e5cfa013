//! HTML reduced to the tree of a body. What the tree cannot hold degrades to
//! its text, never to nothing, and is named in the losses.

mod dom;
mod inline;
mod later;
mod reduce;
mod words;

use editorial::{Body, Id};

pub use later::PictureNames;
pub use reduce::{link, reduce};
pub use words::words;

/// How line ends in the text are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// As in HTML: a space.
    Collapse,
    /// As in WordPress's classic editor: one is a line break, two a new
    /// paragraph.
    Meaningful,
}

/// A picture as a page names it.
#[derive(Clone, Copy, Debug, Default)]
pub struct PictureName<'a> {
    /// The address it is shown from.
    pub url: Option<&'a str>,
    /// WordPress's number of the attachment (`class="wp-image-12"`).
    pub attachment: Option<u64>,
}

/// A text reduced to the tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reduced {
    /// The text; its blocks are numbered from 1.
    pub body: Body,
    /// What the tree could not hold, in words such as `iframe kept as a link`,
    /// each once for each occurrence.
    pub losses: Vec<String>,
    /// Letters put right (presentation forms, Persian letters, controls).
    pub repaired: usize,
}

/// Finds the picture of that name among those this paper holds.
pub type FindPicture<'a> = &'a dyn Fn(PictureName<'_>) -> Option<Id>;
