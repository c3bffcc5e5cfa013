//! A paper's own spellings: `spellings.tsv` in its data folder, beside those that
//! every paper has. They are looked up when a query is read, so that a new line
//! needs no new index.

use std::path::{Path, PathBuf};

use arabic::search::variants::{Variants, VariantsError};

use crate::own_file::{OwnFileError, read_own_file};

/// The name of the file in the data folder.
pub const SPELLINGS_FILE: &str = "spellings.tsv";

/// Why the file is not taken.
#[derive(Debug, thiserror::Error)]
pub enum SpellingsError {
    /// It cannot be read.
    #[error(transparent)]
    File(#[from] OwnFileError),
    /// A line is wrong.
    #[error("{}: {fault}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// Which, and what is wrong; part of the sentence.
        fault: VariantsError,
    },
}

/// The spellings of the paper in `data`: ours and its own; ours alone where it
/// has no file.
///
/// # Errors
/// [`SpellingsError`], a sentence that names the file and the line.
pub fn read_spellings(data: &Path) -> Result<Variants, SpellingsError> {
    let path = data.join(SPELLINGS_FILE);
    let Some(text) = read_own_file(&path)? else {
        return Ok(Variants::built_in().clone());
    };
    let read = Variants::built_in().with(&text);
    read.map_err(|fault| SpellingsError::Line { path, fault })
}

#[cfg(test)]
mod tests {
    use super::*;
    use arabic::search::words;

    #[test]
    fn a_papers_own_spellings_come_beside_ours() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join(SPELLINGS_FILE);
        let spellings = |text: &str| {
            let read = read_spellings(folder.path()).expect("a good file");
            read.at(&words(text))
                .map_or(0, |found| found.spellings.len())
        };
        assert_eq!(spellings("قسطاكي"), 0);
        let ours = spellings("سوريا");
        std::fs::write(&file, "\u{FEFF}# ours\nقسطاكي\tكوستاكي\n").expect("written");
        assert_eq!(spellings("قسطاكي"), 2);
        assert_eq!(spellings("سوريا"), ours);
        std::fs::write(&file, "قسطاكي\tكوستاكي\nحلب\n").expect("written");
        let words = read_spellings(folder.path())
            .expect_err("alone")
            .to_string();
        assert!(words.contains("spellings.tsv: line 2 has one"), "{words}");
        std::fs::write(&file, b"\xff\xfe").expect("written");
        let words = read_spellings(folder.path())
            .expect_err("no text")
            .to_string();
        assert!(words.contains("UTF-8"), "{words}");
    }
}
