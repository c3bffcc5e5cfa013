//! One server for each SQLite folder.

use std::{fs::File, path::Path};

use crate::StoreError;

/// Held while a server runs on a folder; free once the process ends.
#[derive(Debug)]
pub struct ServeLock {
    _file: File,
}

/// Takes the folder for one server.
///
/// # Errors
/// [`StoreError::AlreadyServed`] where another process holds it, or
/// [`StoreError::Folder`].
pub fn lock_for_serving(folder: &Path) -> Result<ServeLock, StoreError> {
    let file = File::create(folder.join("serving.lock")).map_err(|error| {
        StoreError::Folder(format!("the data folder cannot be locked: {error}"))
    })?;
    match file.try_lock() {
        Ok(()) => Ok(ServeLock { _file: file }),
        Err(std::fs::TryLockError::WouldBlock) => Err(StoreError::AlreadyServed),
        Err(std::fs::TryLockError::Error(error)) => Err(StoreError::Folder(format!(
            "the data folder cannot be locked: {error}"
        ))),
    }
}
