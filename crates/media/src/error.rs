//! What can go wrong with a picture, named by what the caller can do about it.

use std::io;
use std::path::PathBuf;

use crate::kind::Refusal;

/// Why a picture was not kept, read or rendered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MediaError {
    /// The bytes are more than the limit: ask for a smaller file.
    #[error("the file has {bytes} bytes, more than the limit of {bytes_max}")]
    TooManyBytes {
        /// Bytes of the file.
        bytes: u64,
        /// The limit in force, in bytes.
        bytes_max: u64,
    },
    /// The picture has more pixels than the limit: ask for a smaller picture.
    #[error(
        "the picture is {width} by {height} pixels, more than the limit of {pixels_max} pixels"
    )]
    TooManyPixels {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
        /// The limit in force, in pixels.
        pixels_max: u64,
    },
    /// The kind of file is not accepted: ask for another format.
    #[error("this kind of file is not accepted: {0}")]
    Refused(Refusal),
    /// Decoding it would take more memory or time than a picture is worth: ask
    /// for it saved anew.
    #[error("the picture takes too much to decode; save it anew as a plain JPEG or PNG")]
    TooCostly,
    /// The file is of a known kind but damaged or cut short: ask for it again.
    #[error("the picture is damaged: {0}")]
    Damaged(String),
    /// The text is not a key: answer as for a picture that does not exist.
    #[error("not a media key: 64 lower-case hexadecimal digits are expected")]
    NotAKey,
    /// The stored bytes no longer match their name: restore them from a backup.
    #[error("the stored file {path} does not match its name; restore it from a backup")]
    Altered {
        /// The file whose bytes changed.
        path: PathBuf,
    },
    /// The disk refused: look at space and permissions, then try again.
    #[error("the disk refused at {path}")]
    Disk {
        /// The file or folder concerned.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
}

impl MediaError {
    /// Whether the file itself is at fault, so that a retry cannot help.
    pub fn is_fault_of_input(&self) -> bool {
        !matches!(self, Self::Disk { .. } | Self::Altered { .. })
    }
}
