//! A certificate and its key in two files.

use std::{
    fs, io,
    os::unix::fs::{MetadataExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

use rustls::crypto::ring;

use crate::pem::{CertificateError, Loaded};

/// Bytes of such a file at the most.
const BYTES_MAX: u64 = 1024 * 1024;
/// What others than the owner and the group may do with a file.
const OTHERS: u32 = 0o007;

/// Where a certificate, with the chain that leads to its authority, and its
/// key stand, both in PEM.
#[derive(Clone, Debug)]
pub struct CertificateFiles {
    /// The certificate, and those between it and the authority.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// What tells a file from the one that stood there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct FileStamp {
    device: u64,
    inode: u64,
    bytes: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

/// The same of both files; nothing for one that is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp([Option<FileStamp>; 2]);

impl CertificateFiles {
    /// Reads both and checks that they can be used together.
    ///
    /// # Errors
    /// What is wrong with them, and which file it is in.
    pub fn load(&self) -> Result<Loaded, CertificateError> {
        let named = |path: &Path| path.display().to_string();
        let (certificate, key) = (named(&self.certificate), named(&self.key));
        let chain = read(&self.certificate)?;
        let mode = fs::metadata(&self.key).map_err(|error| unreadable(&self.key, &error))?;
        if mode.permissions().mode() & OTHERS != 0 {
            return Err(CertificateError::OpenKey { path: key });
        }
        let secret = read(&self.key)?;
        let provider = ring::default_provider();
        Loaded::read(&chain, &secret, (&certificate, &key), &provider)
    }

    pub(crate) fn stamp(&self) -> Stamp {
        Stamp([&self.certificate, &self.key].map(|path| {
            let found = fs::metadata(path).ok()?;
            Some(FileStamp {
                device: found.dev(),
                inode: found.ino(),
                bytes: found.size(),
                modified: (found.mtime(), found.mtime_nsec()),
                changed: (found.ctime(), found.ctime_nsec()),
            })
        }))
    }
}

fn read(path: &Path) -> Result<Vec<u8>, CertificateError> {
    let length = fs::metadata(path).map(|found| found.len());
    let length = length.map_err(|error| unreadable(path, &error))?;
    if length > BYTES_MAX {
        return Err(CertificateError::Unreadable {
            path: path.display().to_string(),
            reason: "it is longer than a megabyte".to_owned(),
        });
    }
    fs::read(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &io::Error) -> CertificateError {
    CertificateError::Unreadable {
        path: path.display().to_string(),
        reason: match error.kind() {
            io::ErrorKind::NotFound => "it is not there".to_owned(),
            io::ErrorKind::PermissionDenied => "it may not be read by this user".to_owned(),
            _ => error.to_string(),
        },
    }
}
