//! Pictures as the domain knows them: what they show and whose they are; and
//! the other files of the paper.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    ChangeKey, Changes, Id, Timestamp, Write,
    audit::{Action, Actor, AuditEntry},
    urls::{Url, decode},
};

/// The most letters of a file's name.
const NAME_LETTERS_MAX: usize = 120;
/// The width at which a picture answers for its old address, in pixels.
const WIDTH: u32 = 1200;
/// The most letters of what a picture shows.
pub const ALT_LETTERS_MAX: usize = 500;
/// The most letters of the words below it, and of its rights.
pub const CAPTION_LETTERS_MAX: usize = 1_000;
/// The most letters of a credit.
pub const CREDIT_LETTERS_MAX: usize = 200;
/// The far end of a focal point: thousandths.
pub const FOCAL_MAX: i64 = 1_000;
/// Words by which one is found, at the most.
const WORDS_MAX: usize = 400;

/// What a file is, as far as the library tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MediaKind {
    /// Something that came with an import, or that this paper does not hold.
    Other = 0,
    /// A picture.
    Picture = 1,
    /// Sound.
    Sound = 2,
    /// A film.
    Film = 3,
    /// A document.
    Document = 4,
}

impl MediaKind {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Picture,
        Self::Sound,
        Self::Film,
        Self::Document,
        Self::Other,
    ];

    /// The kind kept as `code`.
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| *kind as i64 == code)
    }

    /// Its name in addresses and messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Other => "other",
            Self::Picture => "picture",
            Self::Sound => "sound",
            Self::Film => "film",
            Self::Document => "document",
        }
    }
}

/// A picture of the paper, or another file: one with a key and without a size.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// Its id.
    pub id: Id,
    /// Guard against lost updates: goes up by one when it is described.
    pub version: i64,
    /// What it is.
    pub kind: MediaKind,
    /// The key of its original in the media store, or empty where only
    /// `source_url` is known.
    pub key: String,
    /// Where it stood on the old site, or empty.
    pub source_url: String,
    /// The name its file had where it was uploaded from, or empty.
    pub name: String,
    /// Bytes of its original, 0 if unknown.
    pub bytes: i64,
    /// Width in pixels, 0 if unknown.
    pub width: i64,
    /// Height in pixels, 0 if unknown.
    pub height: i64,
    /// The colour that stands for it until it is there, as `#rrggbb`, or empty.
    pub colour: String,
    /// What it shows.
    pub alt: String,
    /// Words below it, or empty.
    pub caption: String,
    /// Whose picture it is, or empty.
    pub credit: String,
    /// On what terms the paper may show it, or empty.
    pub rights: String,
    /// From when on the paper may not show it any more; none: without an end.
    pub expires_at: Option<Timestamp>,
    /// The point that must stay in view, in thousandths from the left.
    pub focal_x: i64,
    /// The same from the top.
    pub focal_y: i64,
    /// When it was uploaded in the newsroom; none: it came another way.
    pub uploaded_at: Option<Timestamp>,
    /// The user who uploaded it.
    pub uploaded_by: Option<Id>,
}

/// What the newsroom says of a picture or a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Description {
    /// What it shows.
    pub alt: String,
    /// Words below it.
    pub caption: String,
    /// Whose it is.
    pub credit: String,
    /// On what terms the paper may show it.
    pub rights: String,
    /// From when on it may not.
    pub expires_at: Option<Timestamp>,
    /// The point that must stay in view, in thousandths from the left.
    pub focal_x: i64,
    /// The same from the top.
    pub focal_y: i64,
}

/// A part of a description that cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field} goes up to {most}: shorten it")]
pub struct DescriptionFault {
    /// The name of the part.
    pub field: &'static str,
    /// How many letters it may have, or how large its number may be.
    pub most: usize,
}

impl Description {
    /// What cannot be kept as it is.
    pub fn faults(&self) -> Vec<DescriptionFault> {
        let texts = [
            ("alt", &self.alt, ALT_LETTERS_MAX),
            ("caption", &self.caption, CAPTION_LETTERS_MAX),
            ("credit", &self.credit, CREDIT_LETTERS_MAX),
            ("rights", &self.rights, CAPTION_LETTERS_MAX),
        ];
        let texts = texts
            .into_iter()
            .filter(|(_, text, most)| text.chars().count() > *most)
            .map(|(field, _, most)| DescriptionFault { field, most });
        let points = [("focal_x", self.focal_x), ("focal_y", self.focal_y)];
        let points = points
            .into_iter()
            .filter(|(_, at)| !(0..=FOCAL_MAX).contains(at))
            .map(|(field, _)| DescriptionFault { field, most: 100 });
        texts.chain(points).collect()
    }
}

impl Media {
    /// One of which nothing is known yet.
    pub const fn new(id: Id) -> Self {
        Self {
            id,
            version: 1,
            kind: MediaKind::Other,
            key: String::new(),
            source_url: String::new(),
            name: String::new(),
            bytes: 0,
            width: 0,
            height: 0,
            colour: String::new(),
            alt: String::new(),
            caption: String::new(),
            credit: String::new(),
            rights: String::new(),
            expires_at: None,
            focal_x: FOCAL_MAX / 2,
            focal_y: FOCAL_MAX / 2,
            uploaded_at: None,
            uploaded_by: None,
        }
    }

    /// A file that was uploaded comes into the library.
    pub fn upload(mut self, actor: Actor, now: Timestamp) -> Changes {
        self.uploaded_at = Some(now);
        self.uploaded_by = actor.user();
        let entry = AuditEntry::new(self.id, Action::MediaKeep, actor, now);
        Changes::new().audit(entry).write(Write::Media(self))
    }

    /// Gives it another description. Pages that show it are made anew.
    ///
    /// # Errors
    /// Every [`DescriptionFault`]; nothing changes then.
    pub fn describe(
        self,
        words: Description,
        actor: Actor,
        now: Timestamp,
    ) -> Result<Changes, Vec<DescriptionFault>> {
        let faults = words.faults();
        if !faults.is_empty() {
            return Err(faults);
        }
        let loaded_version = self.version;
        let entry = AuditEntry::new(self.id, Action::MediaDescribe, actor, now);
        let media = Self {
            version: loaded_version + 1,
            alt: words.alt,
            caption: words.caption,
            credit: words.credit,
            rights: words.rights,
            expires_at: words.expires_at,
            focal_x: words.focal_x,
            focal_y: words.focal_y,
            ..self
        };
        Ok(Changes::new()
            .audit(entry)
            .key(ChangeKey::named(media.id))
            .write(Write::MediaDescribed {
                media: Box::new(media),
                loaded_version,
            }))
    }

    /// Whether the right to show it has ended.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|end| end <= now)
    }

    /// The words by which it is found, each with a blank on both sides: as
    /// written in one spelling, and their stems.
    pub fn search_words(&self) -> String {
        let name = self.file_name().replace(['-', '_', '.'], " ");
        let told = [&self.alt, &self.caption, &self.credit, &name];
        let words: BTreeSet<String> = told
            .into_iter()
            .flat_map(|text| arabic::search::words(text))
            .flat_map(|word| [word.form, word.stem])
            .take(WORDS_MAX)
            .collect();
        words
            .into_iter()
            .fold(String::from(" "), |line, word| line + &word + " ")
    }

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
    /// # let mut media = Media::new(Id::new(7).unwrap());
    /// # media.key = "k".into();
    /// media.source_url = "https://old.example/wp-content/uploads/%D8%A8%D9%8A%D8%A7%D9%86.pdf?x=1".into();
    /// assert_eq!(media.file_name(), "بيان.pdf");
    /// media.source_url = "https://old.example/..".into();
    /// assert_eq!(media.file_name(), "file-7");
    /// ```
    pub fn file_name(&self) -> String {
        let path = self.source_url.split(['?', '#']).next().unwrap_or("");
        let last = if self.name.is_empty() {
            decode(path.rsplit('/').next().unwrap_or(""))
        } else {
            self.name.clone()
        };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_found_by_other_forms_of_its_words() {
        let media = Media {
            alt: "الوزراءُ يصلون".to_owned(),
            name: "IMG_2041-حلب.jpg".to_owned(),
            ..Media::new(Id::new(7).expect("in range"))
        };
        let words = media.search_words();
        for word in ["الوزرا", "وزير", "حلب", "2041", "img"] {
            assert!(words.contains(&format!(" {word} ")), "{words}");
        }
    }

    #[test]
    fn a_description_has_room_for_so_much() {
        let words = Description {
            alt: "ا".repeat(ALT_LETTERS_MAX + 1),
            focal_y: FOCAL_MAX + 1,
            ..Description::default()
        };
        let fields: Vec<_> = words.faults().iter().map(|fault| fault.field).collect();
        assert_eq!(fields, ["alt", "focal_y"]);
        let media = Media::new(Id::new(7).expect("in range"));
        let now = Timestamp(9);
        assert!(media.clone().describe(words, Actor::System, now).is_err());
        let until = Description {
            expires_at: Some(now),
            ..Description::default()
        };
        let changes = media
            .describe(until, Actor::System, Timestamp(5))
            .expect("allowed");
        let [
            Write::MediaDescribed {
                media,
                loaded_version: 1,
            },
        ] = &*changes.writes
        else {
            panic!("{changes:?}");
        };
        assert_eq!(media.version, 2);
        assert!(media.is_expired(now) && !media.is_expired(Timestamp(8)));
    }
}
