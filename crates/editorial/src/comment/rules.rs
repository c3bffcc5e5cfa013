//! What the words of a comment say against it.

use super::Hold;

/// The words that hold a comment.
#[derive(Clone, Debug, Default)]
pub struct WordList {}

impl WordList {
    /// The list that comes with the program.
    pub fn built_in() -> &'static Self {
        static LIST: WordList = WordList {};
        &LIST
    }
}

/// Why `text` is held, by its words alone: the list, links, telephones,
/// repetition.
pub fn holds_in(_text: &str, _words: &WordList) -> Vec<Hold> {
    Vec::new()
}

/// A number by which texts are compared: those of texts that are nearly the same
/// differ in few bits. 0 for a text that is too short to compare.
pub fn likeness(_text: &str) -> i64 {
    0
}

/// What a name looks like: names that readers take for the same one have the
/// same skeleton.
pub fn skeleton(name: &str) -> String {
    arabic::fold::fold(name)
}
