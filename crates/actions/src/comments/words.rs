//! A paper's own words that hold a comment: `comment-words.tsv` in its data
//! folder, beside those that every paper has.

use std::path::{Path, PathBuf};

use editorial::comment::rules::{WordList, WordListError};

use crate::own_file::{OwnFileError, read_own_file};

/// The name of the file in the data folder.
pub const WORDS_FILE: &str = "comment-words.tsv";

/// Why the file is not taken.
#[derive(Debug, thiserror::Error)]
pub enum WordsError {
    /// It cannot be read.
    #[error(transparent)]
    File(#[from] OwnFileError),
    /// A line is wrong.
    #[error("{}: {fault}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// Which, and what is wrong; part of the sentence.
        fault: WordListError,
    },
}

/// The words of the paper in `data`: ours and its own; ours alone where it has
/// no file.
///
/// # Errors
/// [`WordsError`], a sentence that names the file and the line.
pub fn read_words(data: &Path) -> Result<WordList, WordsError> {
    let path = data.join(WORDS_FILE);
    let Some(text) = read_own_file(&path)? else {
        return Ok(WordList::built_in().clone());
    };
    let read = WordList::built_in().with(&text);
    read.map_err(|fault| WordsError::Line { path, fault })
}

#[cfg(test)]
mod tests {
    use super::*;
    use editorial::comment::rules::holds_in;

    #[test]
    fn a_papers_own_words_come_beside_ours() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join(WORDS_FILE);
        let held = |text: &str| {
            let words = read_words(folder.path()).expect("a good file");
            !holds_in(text, &words).is_empty()
        };
        assert!(!held("هذا زقزوق كبير"));
        assert!(held("أنت حقير"));
        std::fs::write(&file, "\u{FEFF}# ours\ninsult\tزقزوق\n-\tحقير\n").expect("written");
        assert!(held("هذا زقزوق كبير"));
        assert!(!held("أنت حقير"));
        std::fs::write(&file, "# ours\nزقزوق\n").expect("written");
        let words = read_words(folder.path()).expect_err("no kind").to_string();
        assert!(words.contains(WORDS_FILE) && words.contains('2'), "{words}");
    }
}
