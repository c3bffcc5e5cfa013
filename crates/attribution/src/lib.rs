//! Who said what: the statements of a news text, with their exact spans, by
//! rules over words and lexicons that a linguist can read and correct.
//!
//! `read` takes an article and gives its statements, and what looked like one
//! and was rejected, with the rule and the reason. It knows nothing of
//! storage or the web, asks no model and no network, and is linear in the
//! length of the text. The lexicons are the files under `lexicon/`.

mod clause;
mod complement;
mod days;
mod ends;
mod find;
mod flags;
mod forms;
mod headline;
mod lexicon;
mod phrase;
mod quotes;
mod record;
mod settle;
mod speakers;
mod statement;
mod surroundings;
mod tokens;

pub use record::{Record, records};
pub use statement::{
    Act, Article, Field, Kind, Reading, Rejected, Resolution, Span, SpeakerKind, Stance, Statement,
};

/// The statements of an article, in the order of the text: those of the
/// headline first.
///
/// «قال لافروف إن موسكو لم تشارك» gives one: what stands after «إن», said by
/// لافروف. Any text is taken; what is not understood is left out.
pub fn read(article: &Article<'_>) -> Reading {
    settle::read(article)
}
