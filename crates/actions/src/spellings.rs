//! A paper's own spellings: `spellings.tsv` in its data folder, beside those that
//! every paper has. They are looked up when a query is read, so that a new line
//! needs no new index.

use std::{
    io::{self, ErrorKind, Read as _},
    path::{Path, PathBuf},
};

use arabic::search::variants::{Variants, VariantsError};

/// The name of the file in the data folder.
pub const SPELLINGS_FILE: &str = "spellings.tsv";
/// Bytes the file may have.
const BYTES_MAX: u64 = 4 << 20;

/// Why the file is not taken.
#[derive(Debug, thiserror::Error)]
pub enum SpellingsError {
    /// It cannot be read.
    #[error("{} cannot be read ({fault}): see whether it may be", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why; part of the sentence.
        fault: io::Error,
    },
    /// It is no text.
    #[error("{} is no text in UTF-8: save it as that", .0.display())]
    Encoding(PathBuf),
    /// It is too large.
    #[error("{} has more than {} megabytes: shorten it", .0.display(), BYTES_MAX >> 20)]
    TooLarge(PathBuf),
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
    let file = match std::fs::File::open(&path) {
        Ok(file) => file,
        Err(fault) if fault.kind() == ErrorKind::NotFound => {
            return Ok(Variants::built_in().clone());
        }
        Err(fault) => return Err(SpellingsError::File { path, fault }),
    };
    let mut bytes = Vec::new();
    if let Err(fault) = file.take(BYTES_MAX + 1).read_to_end(&mut bytes) {
        return Err(SpellingsError::File { path, fault });
    }
    if bytes.len() as u64 > BYTES_MAX {
        return Err(SpellingsError::TooLarge(path));
    }
    let Ok(text) = String::from_utf8(bytes) else {
        return Err(SpellingsError::Encoding(path));
    };
    // Editors on Windows put a mark before the first letter.
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
    let read = Variants::built_in().with(text);
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
