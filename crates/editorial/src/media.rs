//! Pictures as the domain knows them: what they show and whose they are; and
//! the other files that came with a site.

use serde::{Deserialize, Serialize};

use crate::{
    Id,
    urls::{Url, decode},
};

/// The most letters of a file's name.
const NAME_LETTERS_MAX: usize = 120;
/// The width at which a picture answers for its old address, in pixels.
const WIDTH: u32 = 1200;

/// A picture of the paper, or another file: one with a key and without a size.
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

impl Media {
    /// Whether this paper holds it, and it is a picture.
    pub fn is_picture(&self) -> bool {
        !self.key.is_empty() && self.width > 0 && self.height > 0
    }

    /// Where it is shown, or where it can be had; `None` where this paper does
    /// not hold it.
    pub fn address(&self) -> Option<Url> {
        if self.key.is_empty() {
            None
        } else if self.is_picture() {
            Some(Url::Media(self.id, WIDTH))
        } else {
            Some(Url::File(self.id, self.file_name()))
        }
    }

    /// The name under which the file is downloaded: the one it had, without
    /// what has a meaning in a path or a header.
    ///
    /// ```
    /// # use editorial::{Id, media::Media};
    /// # let mut media = Media { id: Id::new(7).unwrap(), key: "k".into(), source_url: String::new(),
    /// #     width: 0, height: 0, alt: String::new(), caption: String::new(), credit: String::new(),
    /// #     focal_x: 500, focal_y: 500 };
    /// media.source_url = "https://old.example/wp-content/uploads/%D8%A8%D9%8A%D8%A7%D9%86.pdf?x=1".into();
    /// assert_eq!(media.file_name(), "بيان.pdf");
    /// media.source_url = "https://old.example/..".into();
    /// assert_eq!(media.file_name(), "file-7");
    /// ```
    pub fn file_name(&self) -> String {
        let path = self.source_url.split(['?', '#']).next().unwrap_or("");
        let last = decode(path.rsplit('/').next().unwrap_or(""));
        let plain: String = last
            .chars()
            .filter(|c| !c.is_control() && !"/\\\"<>|:*?\u{FFFD}".contains(*c))
            .collect();
        let plain = plain.trim_matches(['.', ' ']);
        let letters = plain.chars().count();
        if plain.is_empty() {
            return format!("file-{}", self.id);
        }
        // The ending is what a reader's computer knows the file by.
        plain
            .chars()
            .skip(letters.saturating_sub(NAME_LETTERS_MAX))
            .collect()
    }
}
