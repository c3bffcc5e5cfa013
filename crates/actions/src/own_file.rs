//! A file of a paper's own in its data folder, in which people write: spellings
//! for search, words that hold a comment.

use std::{
    io::{self, ErrorKind, Read as _},
    path::{Path, PathBuf},
    time::SystemTime,
};

/// Bytes such a file may have.
const BYTES_MAX: u64 = 4 << 20;

/// Why a file is not taken.
#[derive(Debug, thiserror::Error)]
pub enum OwnFileError {
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
}

/// The text of a file; none where it is not there.
///
/// # Errors
/// [`OwnFileError`], a sentence that names the file.
pub(crate) fn read_own_file(path: &Path) -> Result<Option<String>, OwnFileError> {
    let own = || path.to_owned();
    let file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(fault) if fault.kind() == ErrorKind::NotFound => return Ok(None),
        Err(fault) => return Err(OwnFileError::File { path: own(), fault }),
    };
    let mut bytes = Vec::new();
    if let Err(fault) = file.take(BYTES_MAX + 1).read_to_end(&mut bytes) {
        return Err(OwnFileError::File { path: own(), fault });
    }
    if bytes.len() as u64 > BYTES_MAX {
        return Err(OwnFileError::TooLarge(own()));
    }
    let text = String::from_utf8(bytes).map_err(|_| OwnFileError::Encoding(own()))?;
    // Editors on Windows put a mark before the first letter.
    Ok(Some(
        text.strip_prefix('\u{FEFF}')
            .map_or_else(|| text.clone(), str::to_owned),
    ))
}

/// When a file was written, and how long it is: tells whether it has changed.
/// Nothing where it is not there.
pub fn stamp(path: &Path) -> Option<(SystemTime, u64)> {
    let data = std::fs::metadata(path).ok()?;
    Some((data.modified().ok()?, data.len()))
}
