//! A paper of a test's own, and imports into it.

use std::path::{Path, PathBuf};

use actions::import_wxr::{ImportError, ImportOptions, ImportReport, import_wxr};
use editorial::{Timestamp, changes::Target};
use media::{Originals, originals::ORIGINAL_BYTES_MAX};
use store::{Store, seal::EmailSealer};
use testing::Place;

pub(crate) const NOW: Timestamp = Timestamp(1_600_000_000_000_000);

pub(crate) struct Paper {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) store: Store,
}

impl Paper {
    pub(crate) async fn new(place: &Place) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = place.open().await;
        Self { folder, store }
    }

    pub(crate) async fn import(
        &self,
        path: &Path,
        uploads: Option<&Path>,
    ) -> (ImportReport, Result<(), ImportError>) {
        self.import_all(&[path.to_owned()], uploads, false).await
    }

    pub(crate) async fn import_all(
        &self,
        paths: &[PathBuf],
        uploads: Option<&Path>,
        dry_run: bool,
    ) -> (ImportReport, Result<(), ImportError>) {
        let originals = Originals::open(self.folder.path().join("originals"), ORIGINAL_BYTES_MAX)
            .expect("a folder");
        let sealer = EmailSealer::open(&self.folder.path().join("keys"), || [7; 32]).expect("keys");
        let mut count = 0_u16;
        let mut nonce = || {
            count += 1;
            let mut nonce = [0; 24];
            nonce[..2].copy_from_slice(&count.to_le_bytes());
            nonce
        };
        let mut report = ImportReport::default();
        let options = ImportOptions {
            dry_run,
            uploads,
            originals: &originals,
            sealer: &sealer,
            nonce: &mut nonce,
            now: NOW,
            progress: &mut |_, _, _| {},
        };
        let done = import_wxr(&self.store, paths, options, &mut report).await;
        (report, done)
    }

    /// Imports a text in place of the file, changed by `change`.
    pub(crate) async fn import_text(&self, text: &str) -> (ImportReport, Result<(), ImportError>) {
        let path = self.folder.path().join("export.xml");
        std::fs::write(&path, text).expect("written");
        self.import(&path, None).await
    }

    pub(crate) async fn article(&self, key: &str) -> editorial::Article {
        let target = self
            .store
            .old_address(key)
            .await
            .expect("read")
            .unwrap_or_else(|| panic!("{key} is unknown"));
        let Target::Article(id) = target else {
            panic!("{key} is no article: {target:?}")
        };
        self.store.article(id).await.expect("read").expect("there")
    }
}

pub(crate) fn count(report: &ImportReport, what: &str) -> u64 {
    report.counts.get(what).copied().unwrap_or(0)
}
