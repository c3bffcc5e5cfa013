//! The index of a paper's articles: what is written into it, and what is found.
//!
//! The index holds words and ids, no texts: whoever shows a result reads the
//! article from the store, and shows it only where the store says that it is
//! published. It is derived: [`Index::open`] tells why it cannot be used, and
//! [`Rebuild`] makes a new one beside it.
//!
//! * [`Index`] reads: [`Index::search`], [`Index::suggest`];
//! * [`Writer`] takes what was published and withdrawn; one for a folder;
//! * [`snippet`] marks what was found in the original text.
//!
//! A text is read by [`arabic::search`] on both sides. `reading` says what a
//! query means, `matching` what matches a word, `scan` how many articles there
//! are, `ranking` what comes first.

mod correction;
mod dictionary;
mod document;
mod fields;
mod folder;
mod guard;
mod index;
mod marks;
mod matching;
mod query;
mod ranking;
mod reading;
mod rebuild;
mod scan;
mod snippet;
mod suggestions;
mod writer;

pub use folder::Unusable;
pub use guard::is_guarded;
pub use index::Index;
pub use marks::Marks;
pub use query::{Found, Hit, LETTERS_MAX, Order, PAGE_SIZE_MAX, PAGES_MAX, Query, WORDS_MAX};
pub use rebuild::Rebuild;
pub use snippet::{Piece, snippet};
pub use suggestions::Suggestion;
pub use writer::{Writer, WriterError};
