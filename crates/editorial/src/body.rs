//! The body of an article: a small, closed tree of blocks and marks.
//!
//! Nothing is ever kept as HTML. What comes from outside is reduced to this
//! tree; what leaves is rendered from it. The JSON form carries a schema
//! version, and [`Body::from_json`] reads every version there has been.

use serde::{Deserialize, Serialize};

use crate::{Id, text::cut_at_word};

/// The newest schema version, written by [`Body::to_json`].
pub const SCHEMA: u32 = 1;
/// The most blocks a body may hold.
pub const BLOCKS_MAX: usize = 5_000;

/// Names a block within its article for good: kept through editing, import of
/// a later export and restoring an old revision; never given to another block
/// of the same article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BlockId(pub u32);

/// A stretch of text in one block of one revision, in Unicode code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The revision whose text is meant.
    pub revision: Id,
    /// The block within it.
    pub block: BlockId,
    /// First code point of the stretch, from 0.
    pub start: u32,
    /// The code point after the last.
    pub end: u32,
}

/// The whole text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// Blocks in reading order.
    pub blocks: Vec<Block>,
}

/// One block: a paragraph, a heading, a list and so on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Its name within the article.
    pub id: BlockId,
    /// BCP 47 language if it differs from the article's, such as `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// What it is and holds.
    #[serde(flatten)]
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum BlockKind {
    /// Running text.
    Paragraph {
        /// Its text.
        runs: Vec<Run>,
    },
    /// A subheading of level 2 to 4.
    Heading {
        /// 2 to 4; the headline is level 1.
        level: u8,
        /// Its text.
        runs: Vec<Run>,
    },
    /// A list, ordered or not.
    List {
        /// Whether the items are numbered.
        ordered: bool,
        /// The items in order.
        items: Vec<ListItem>,
    },
    /// A quotation set off from the text.
    Quotation {
        /// Its paragraphs.
        paragraphs: Vec<Vec<Run>>,
        /// Who said it, if given with it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source: Option<String>,
    },
    /// A picture.
    Image(Image),
    /// Several pictures.
    Gallery {
        /// The pictures in order.
        images: Vec<Image>,
    },
    /// A table of text cells.
    Table {
        /// Whether the first row is a header.
        header: bool,
        /// Rows of cells.
        rows: Vec<Vec<Vec<Run>>>,
        /// Words above or below it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        caption: Option<String>,
    },
    /// Something on another site, shown as a link card.
    Embed {
        /// Its address, http or https.
        url: String,
        /// Words to show in place of the address.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
    },
    /// A break between parts of the text.
    Separator,
}

/// An item of a list, with a list below it or without.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListItem {
    /// Its text.
    pub runs: Vec<Run>,
    /// Whether the items below are numbered.
    #[serde(default)]
    pub ordered: bool,
    /// The items one level down.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ListItem>,
}

/// A picture in the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// The picture, where this paper holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media: Option<Id>,
    /// Its address elsewhere, where this paper does not hold it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// What it shows, for those who do not see it.
    #[serde(default)]
    pub alt: String,
    /// Words below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// Whose picture it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<String>,
}

/// A stretch of text under the same marks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The text; `\n` is a line break.
    pub text: String,
    /// Its marks, each at most once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
}

/// What is marked on a stretch of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "mark", rename_all = "snake_case")]
pub enum Mark {
    /// Strong importance.
    Strong,
    /// Stress.
    Emphasis,
    /// A link.
    Link {
        /// http, https, mailto, or an address on this site.
        url: String,
    },
    /// Words of another language.
    Language {
        /// BCP 47, such as `en` or `ckb`.
        lang: String,
    },
}

/// A stored body that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum BodyError {
    /// It was written by a newer program.
    #[error("the text has schema {0}, newer than this program knows: update the program")]
    Newer(u32),
    /// It is not the JSON of a body.
    #[error("the text is damaged: {0}")]
    Damaged(#[from] serde_json::Error),
}

#[derive(Serialize, Deserialize)]
struct Stored<B> {
    schema: u32,
    #[serde(flatten)]
    body: B,
}

impl Body {
    /// The JSON form with its schema version.
    pub fn to_json(&self) -> String {
        serde_json::to_string(&Stored {
            schema: SCHEMA,
            body: self,
        })
        .expect("a tree of strings and numbers always has a JSON form")
    }

    /// The pictures of this paper in the text, in their order.
    pub fn pictures(&self) -> impl Iterator<Item = Id> + '_ {
        let images = self.blocks.iter().flat_map(|block| match &block.kind {
            BlockKind::Image(image) => std::slice::from_ref(image),
            BlockKind::Gallery { images } => images.as_slice(),
            _ => &[],
        });
        images.filter_map(|image| image.media)
    }

    /// Reads the JSON form of any schema version up to [`SCHEMA`].
    ///
    /// # Errors
    /// [`BodyError`] where it is newer or damaged.
    pub fn from_json(json: &str) -> Result<Self, BodyError> {
        #[derive(Deserialize)]
        struct Version {
            schema: u32,
        }
        let Version { schema } = serde_json::from_str(json)?;
        if schema > SCHEMA {
            return Err(BodyError::Newer(schema));
        }
        Ok(serde_json::from_str::<Stored<Self>>(json)?.body)
    }

    /// The text alone, a line for each paragraph, item, cell or caption.
    pub fn plain_text(&self) -> String {
        let mut out = String::new();
        for block in &self.blocks {
            block.kind.write_text(&mut out);
        }
        out.truncate(out.trim_end().len());
        out
    }

    /// The beginning of the text for a list: its first paragraphs and
    /// quotations, until they fill half of `letters_max` code points, cut at
    /// `letters_max` between words with «…».
    pub fn teaser(&self, letters_max: usize) -> String {
        let mut out = String::new();
        let mut letters = 0;
        for block in &self.blocks {
            if letters >= letters_max / 2 {
                break;
            }
            if let BlockKind::Paragraph { .. } | BlockKind::Quotation { .. } = block.kind {
                let text = block.kind.plain_text();
                for word in text.split_whitespace() {
                    if !out.is_empty() {
                        out.push(' ');
                    }
                    out.push_str(word);
                }
                letters = out.chars().count();
            }
        }
        cut_at_word(&out, letters_max)
    }

    /// Words in the text, counted between spaces.
    pub fn word_count(&self) -> usize {
        self.plain_text().split_whitespace().count()
    }

    /// Gives the blocks of this newer text the names of the same blocks in
    /// `older`: first those whose content is unchanged, then, between two kept
    /// ones, those of the same type in order. The rest get names never used
    /// before (above both `older`'s and `highest`).
    #[must_use]
    pub fn with_ids_kept_from(mut self, older: &Self, highest: BlockId) -> Self {
        let mut next = older
            .blocks
            .iter()
            .map(|block| block.id.0)
            .chain([highest.0])
            .max()
            .unwrap_or(0);
        let mut taken = 0;
        for block in &mut self.blocks {
            let rest = &older.blocks[taken..];
            let same = rest.iter().position(|old| old.kind == block.kind);
            let alike = || {
                rest.first().filter(|old| {
                    std::mem::discriminant(&old.kind) == std::mem::discriminant(&block.kind)
                })
            };
            if let Some(at) = same {
                block.id = rest[at].id;
                taken += at + 1;
            } else if let Some(old) = alike() {
                block.id = old.id;
                taken += 1;
            } else {
                next += 1;
                block.id = BlockId(next);
            }
        }
        self
    }
}

impl BlockKind {
    /// The text alone, a line for each paragraph, item, cell or caption.
    pub fn plain_text(&self) -> String {
        let mut out = String::new();
        self.write_text(&mut out);
        out
    }

    fn write_text(&self, out: &mut String) {
        match self {
            Self::Paragraph { runs } | Self::Heading { runs, .. } => write_line(out, runs),
            Self::List { items, .. } => write_items(out, items),
            Self::Quotation { paragraphs, .. } => {
                paragraphs.iter().for_each(|runs| write_line(out, runs))
            }
            Self::Image(image) => write_caption(out, image),
            Self::Gallery { images } => images.iter().for_each(|image| write_caption(out, image)),
            Self::Table { rows, .. } => {
                rows.iter().flatten().for_each(|runs| write_line(out, runs))
            }
            Self::Embed { title, .. } => {
                if let Some(title) = title {
                    out.push_str(title);
                    out.push('\n');
                }
            }
            Self::Separator => {}
        }
    }
}

fn write_line(out: &mut String, runs: &[Run]) {
    runs.iter().for_each(|run| out.push_str(&run.text));
    out.push('\n');
}

fn write_items(out: &mut String, items: &[ListItem]) {
    for item in items {
        write_line(out, &item.runs);
        write_items(out, &item.items);
    }
}

fn write_caption(out: &mut String, image: &Image) {
    if let Some(caption) = &image.caption {
        out.push_str(caption);
        out.push('\n');
    }
}

/// A run of text without marks.
impl From<&str> for Run {
    fn from(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            marks: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(id: u32, text: &str) -> Block {
        Block {
            id: BlockId(id),
            lang: None,
            kind: BlockKind::Paragraph {
                runs: vec![text.into()],
            },
        }
    }

    fn body(blocks: &[(u32, &str)]) -> Body {
        Body {
            blocks: blocks
                .iter()
                .map(|(id, text)| paragraph(*id, text))
                .collect(),
        }
    }

    #[test]
    fn json_round_trip_and_versions() {
        let body = body(&[(1, "قال الوزير، الجمعة، إن المحادثات بدأت.")]);
        let json = body.to_json();
        assert!(json.contains(r#""schema":1"#), "{json}");
        assert_eq!(Body::from_json(&json).expect("own form"), body);
        assert!(matches!(
            Body::from_json(r#"{"schema":2,"blocks":[]}"#),
            Err(BodyError::Newer(2))
        ));
        assert!(matches!(Body::from_json("[]"), Err(BodyError::Damaged(_))));
    }

    #[test]
    fn a_teaser_is_the_beginning_of_the_paragraphs() {
        let mut body = body(&[(1, "اجتمعت\nالوفود  في أستانا."), (2, "وقال الوزير.")]);
        let heading = BlockKind::Heading {
            level: 2,
            runs: vec!["عنوان".into()],
        };
        body.blocks.insert(
            0,
            Block {
                id: BlockId(3),
                lang: None,
                kind: heading,
            },
        );
        assert_eq!(body.teaser(99), "اجتمعت الوفود في أستانا. وقال الوزير.");
        assert_eq!(body.teaser(14), "اجتمعت الوفود…");
        assert_eq!(Body::default().teaser(14), "");
    }

    #[test]
    fn names_of_blocks_are_kept() {
        let old = body(&[(1, "أ"), (2, "ب"), (3, "ج")]);
        let ids = |new: Body| new.blocks.iter().map(|b| b.id.0).collect::<Vec<_>>();
        let new = |texts: &[&str]| body(&texts.iter().map(|t| (0, *t)).collect::<Vec<_>>());
        let kept = |texts: &[&str]| ids(new(texts).with_ids_kept_from(&old, BlockId(9)));
        assert_eq!(kept(&["أ", "ب", "ج"]), [1, 2, 3]);
        assert_eq!(kept(&["أ", "ج"]), [1, 3]);
        assert_eq!(kept(&["أ", "ب معدّلة", "ج"]), [1, 2, 3]);
        assert_eq!(kept(&["أ", "ب", "ج", "د"]), [1, 2, 3, 10]);
    }
}
