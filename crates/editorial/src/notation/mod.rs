//! The text form of a [`Body`](crate::Body): what staff edit in a plain text area and the
//! command line reads and writes.
//!
//! A closed notation of our own that looks like Markdown. Every block and mark
//! has one form when written; reading is lenient, and what is nothing else is
//! a paragraph. `docs/notation.md` tells it to those who write by hand.
//!
//! **Blocks.** Each line says by its beginning what it is; an empty line ends
//! a block. Further lines of a paragraph are line breaks in it.
//!
//! | line | block |
//! |---|---|
//! | `## عنوان`, `### …`, `#### …` | a heading of level 2 to 4 |
//! | `- بند`, `1. بند` | an item of a list; two spaces before it: one level down |
//! | `> كلام`, `>`, `> — القائل` | a quotation, the end of its paragraph, its source (last) |
//! | `![وصف](media:17 "شرح" "مصدر")` | a picture; several lines are a gallery |
//! | `\| أ \| ب \|`, `\|---\|---\|`, `\|— شرح` | a row, the sign that the row before it is a header, the caption (last) |
//! | `@[عنوان](https://…)` | something on another site |
//! | `---` | a break between parts |
//! | `{en} …` | any of these in another language |
//!
//! A numbered list begins with 1 and then takes any number, so that «15. آذار»
//! is text; «١. » is read as well. In a picture, `-` stands for what it does
//! not have: an address, a caption of its own before a credit of its own.
//!
//! **Marks.** `**strong**`, `*emphasis*`, `[words](address)`, `[BBC]{en}`. They
//! may nest and overlap, across line breaks too. One or two stars begin
//! where what follows is neither blank nor one of `,;،؛)»`, and end where what
//! precedes is not blank; three are both marks. Stars between two digits, four
//! and more, and what has no partner in its block are text: `2*3`. What stars
//! cannot mark is written `[3]{*}` or `[3]{**}`.
//!
//! **Escape.** `\` before an ASCII sign, `—`, `“` or `”` takes its meaning. At
//! the end of a line, `\` goes on with the next line as the same line, and
//! means a line break.

mod inline;
mod letters;
mod lines;
mod picture;
mod read;
mod tidy;
mod write;

pub use letters::{is_link, is_picture_address, is_web_address};
pub use read::read;
pub use tidy::tidied;
pub use write::write;

/// The longest text that is read, in Unicode code points.
pub const TEXT_LETTERS_MAX: usize = 500_000;
/// The longest address that is read, in Unicode code points.
pub const ADDRESS_LETTERS_MAX: usize = 4_000;
/// Levels of lists in lists; what is deeper stands on the last level.
pub const LIST_LEVELS_MAX: usize = 8;
/// The most faults told of one text.
pub const FAULTS_MAX: usize = 100;

/// Letters of an address that are told in a fault.
const ADDRESS_LETTERS_TOLD: usize = 100;

/// What keeps a text from being read: something of it would be lost. Lines
/// are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotationFault {
    /// It has more than [`TEXT_LETTERS_MAX`] code points.
    #[error(
        "line {line}: the text is longer than {TEXT_LETTERS_MAX} letters here: part it into several articles"
    )]
    TextTooLong {
        /// The line in which the limit is passed.
        line: usize,
    },
    /// It has more than [`BLOCKS_MAX`](crate::body::BLOCKS_MAX) blocks.
    #[error(
        "line {line}: the text has more than {} blocks here: part it into several articles",
        crate::body::BLOCKS_MAX
    )]
    TooManyBlocks {
        /// Where the first block too many begins.
        line: usize,
    },
    /// It begins like a picture and goes on otherwise.
    #[error(
        "line {line}: the picture cannot be read: write ![what it shows](media:17 \"caption\" \"credit\"), or \\! if you mean the sign"
    )]
    BrokenPicture {
        /// Its line.
        line: usize,
    },
    /// A picture stands among words.
    #[error(
        "line {line}: a picture stands within a text: give it a line of its own, or write \\! if you mean the sign"
    )]
    PictureInText {
        /// Its line.
        line: usize,
    },
    /// A line of a table that has no end.
    #[error(
        "line {line}: the row of the table has no end: close it with |, or write \\| if you mean the sign"
    )]
    BrokenRow {
        /// Its line.
        line: usize,
    },
    /// An address that no page may lead to.
    #[error(
        "line {line}: «{address}» is no address for a link: begin it with https://, http://, mailto:, tel:, / or #, without spaces, or write \\[ if you mean the sign"
    )]
    BadAddress {
        /// The line in which it stands.
        line: usize,
        /// The beginning of it.
        address: String,
    },
    /// The marks within a link change so often that the text would be many
    /// times as long as it is.
    #[error(
        "line {line}: the marks within a link change too often: mark the link as a whole, or take a shorter address"
    )]
    TooManyMarks {
        /// The line in which the text begins.
        line: usize,
    },
    /// An address of more than [`ADDRESS_LETTERS_MAX`] code points.
    #[error(
        "line {line}: the address is longer than {ADDRESS_LETTERS_MAX} letters: take a shorter one"
    )]
    AddressTooLong {
        /// The line in which it stands.
        line: usize,
    },
}

impl NotationFault {
    /// The line it is about, from 1.
    pub fn line(&self) -> usize {
        match self {
            Self::TextTooLong { line }
            | Self::TooManyBlocks { line }
            | Self::BrokenPicture { line }
            | Self::PictureInText { line }
            | Self::BrokenRow { line }
            | Self::BadAddress { line, .. }
            | Self::TooManyMarks { line }
            | Self::AddressTooLong { line } => *line,
        }
    }

    fn address(line: usize, address: &str) -> Self {
        if address.chars().count() > ADDRESS_LETTERS_MAX {
            Self::AddressTooLong { line }
        } else {
            Self::BadAddress {
                line,
                address: address.chars().take(ADDRESS_LETTERS_TOLD).collect(),
            }
        }
    }
}

/// The first [`FAULTS_MAX`] faults.
#[derive(Default)]
struct Faults(Vec<NotationFault>);

impl Faults {
    /// The fault is made only while there is room for it.
    fn add(&mut self, fault: impl FnOnce() -> NotationFault) {
        if self.0.len() < FAULTS_MAX {
            self.0.push(fault());
        }
    }
}
