//! A folder of a test's own, removed when the test ends.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// The folder.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// A new one; the name says whose it is.
    pub(crate) fn new(name: &str) -> Self {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!(
            "warraq-search-{name}-{}-{number}",
            std::process::id()
        ));
        std::fs::create_dir_all(&path).expect("a folder for the test");
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder in /tmp that stays is a nuisance, not a fault.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
