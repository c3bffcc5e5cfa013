//! A folder for work in progress beside the file or folder it is for, so that
//! the last step is one rename on one file system.

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use store::files;

/// Removed when dropped; what a killed run left is removed by the next one.
pub(super) struct Scratch {
    folder: PathBuf,
    _lock: File,
}

impl Scratch {
    /// Makes `.NAME.PURPOSE` beside `path`.
    pub(super) fn beside(path: &Path, purpose: &str) -> anyhow::Result<Self> {
        let name = path
            .file_name()
            .with_context(|| format!("{} names no file", path.display()))?;
        let mut own = std::ffi::OsString::from(".");
        own.push(name);
        own.push(format!(".{purpose}"));
        let folder = files::above(path).join(own);
        let said = || {
            format!(
                "there must be a place for work in progress at {}",
                folder.display()
            )
        };
        files::make_folder(&folder).with_context(said)?;
        let lock = File::create(folder.join("lock")).with_context(said)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(std::fs::TryLockError::WouldBlock) => bail!(
                "the same is under way already, in {}: wait for it",
                folder.display()
            ),
            Err(std::fs::TryLockError::Error(error)) => return Err(error).with_context(said),
        }
        let scratch = Self {
            folder,
            _lock: lock,
        };
        let work = scratch.work();
        if work.exists() {
            std::fs::remove_dir_all(&work)
                .with_context(|| format!("{} cannot be removed", work.display()))?;
        }
        files::make_folder(&work).with_context(|| work.display().to_string())?;
        Ok(scratch)
    }

    /// The empty folder to work in.
    pub(super) fn work(&self) -> PathBuf {
        self.folder.join("work")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What stays is removed by the next run.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
