//! What is kept of an authority: the account, one for each directory, and the
//! last certificate with its key, in one file, so that both change at once.
//! Both files are for their owner alone.

use std::{
    fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    io::{self, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};

use instant_acme::AccountCredentials;
use rustls::crypto::ring;

use super::{Acme, AcmeError};
use crate::pem::Loaded;

/// The certificate's file.
const CERTIFICATE: &str = "certificate.pem";

/// The account kept for this directory.
pub(super) fn account(acme: &Acme) -> Result<Option<AccountCredentials>, AcmeError> {
    let path = account_path(acme);
    let Some(text) = read(&path)? else {
        return Ok(None);
    };
    let credentials = serde_json::from_str(&text);
    let credentials = credentials.map_err(|error| fault(&path, io::Error::other(error)))?;
    Ok(Some(credentials))
}

pub(super) fn keep_account(acme: &Acme, credentials: &AccountCredentials) -> Result<(), AcmeError> {
    let path = account_path(acme);
    let text = serde_json::to_string(credentials);
    let text = text.map_err(|error| fault(&path, io::Error::other(error)))?;
    write(&path, &text)
}

/// Forgets an account that the authority does not know any more: the next try
/// makes another.
pub(super) fn forget_account(acme: &Acme) -> Result<(), AcmeError> {
    let path = account_path(acme);
    fs::remove_file(&path).map_err(|error| fault(&path, error))
}

/// The certificate kept for these names from this directory.
pub(super) fn certificate(acme: &Acme) -> Result<Option<Loaded>, AcmeError> {
    let path = acme.folder.join(CERTIFICATE);
    let Some(text) = read(&path)? else {
        return Ok(None);
    };
    if !text.starts_with(&label(acme)) {
        return Ok(None);
    }
    Ok(Some(loaded(acme, &text)?))
}

/// Keeps a new one, once it is seen that it can be used.
pub(super) fn keep_certificate(acme: &Acme, chain: &str, key: &str) -> Result<Loaded, AcmeError> {
    let text = format!("{}{key}\n{chain}\n", label(acme));
    let loaded = loaded(acme, &text)?;
    write(&acme.folder.join(CERTIFICATE), &text)?;
    Ok(loaded)
}

fn loaded(acme: &Acme, text: &str) -> Result<Loaded, AcmeError> {
    let path = acme.folder.join(CERTIFICATE).display().to_string();
    let provider = ring::default_provider();
    let bytes = text.as_bytes();
    Ok(Loaded::read(bytes, bytes, (&path, &path), &provider)?)
}

/// What a certificate is for: what stands before the first line of PEM is a
/// comment.
fn label(acme: &Acme) -> String {
    format!("{}\n{}\n", acme.directory, acme.names.join(" "))
}

fn account_path(acme: &Acme) -> PathBuf {
    // Only a name for the file: of another directory it is found by another.
    let mut hash = DefaultHasher::new();
    acme.directory.hash(&mut hash);
    acme.folder
        .join(format!("account-{:016x}.json", hash.finish()))
}

fn read(path: &Path) -> Result<Option<String>, AcmeError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(fault(path, error)),
    }
}

/// Writes a file that stands there whole or not at all, after a loss of power
/// too.
fn write(path: &Path, text: &str) -> Result<(), AcmeError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let written = || {
        if !folder.is_dir() {
            fs::DirBuilder::new().mode(0o700).create(folder)?;
            if let Some(above) = folder.parent() {
                fs::File::open(above)?.sync_all()?;
            }
        }
        let new = path.with_extension("new");
        let _ = fs::remove_file(&new);
        let mut options = fs::OpenOptions::new();
        let mut file = options
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&new)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&new, path)?;
        fs::File::open(folder)?.sync_all()
    };
    written().map_err(|error| fault(path, error))
}

fn fault(path: &Path, source: io::Error) -> AcmeError {
    AcmeError::Folder {
        path: path.display().to_string(),
        source,
    }
}
