//! Whether what is to be written fits on the disk.

use std::path::Path;

use anyhow::bail;

/// Bytes that a generated article takes in the database, its revision and its
/// places in the lists included: 8,235 over 1,000,000 of them on SQLite, and a
/// tenth more.
const ARTICLE_BYTES: u64 = 9_060;
/// What a paper takes beside them: the sample, pictures, the write-ahead log.
const REST_BYTES: u64 = 100_000_000;

/// The disk that a run needs and what is free, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Room {
    pub(super) needed: u64,
    pub(super) free: u64,
}

impl Room {
    /// What so many articles need in that folder.
    ///
    /// # Errors
    /// Where the folder's disk cannot be asked.
    pub(super) fn measure(folder: &Path, articles: u64) -> anyhow::Result<Self> {
        Ok(Self {
            needed: needed(articles),
            free: crate::paper::free_bytes(folder)?,
        })
    }

    /// Refuses where it does not fit.
    ///
    /// # Errors
    /// A sentence for people.
    pub(super) fn check(self, folder: &Path) -> anyhow::Result<()> {
        if self.needed > self.free {
            bail!(
                "{} are needed in {}, and {} are free: ask for fewer articles, or give a folder on a larger disk with --data",
                gigabytes(self.needed),
                folder.display(),
                gigabytes(self.free)
            );
        }
        Ok(())
    }
}

/// The bytes that so many articles need.
pub(super) fn needed(articles: u64) -> u64 {
    articles
        .saturating_mul(ARTICLE_BYTES)
        .saturating_add(REST_BYTES)
}

/// «15.3 GB», in powers of ten as disks are sold, rounded up.
pub(super) fn gigabytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000_000);
    format!("{}.{} GB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_refused_with_a_sentence() {
        let folder = Path::new("/srv/paper");
        let room = |free| Room {
            needed: 16_100_000_000,
            free,
        };
        assert!(room(16_100_000_000).check(folder).is_ok());
        let refused = room(900_000_000).check(folder).expect_err("too small");
        assert!(
            refused
                .to_string()
                .starts_with("16.1 GB are needed in /srv/paper, and 0.9 GB are free")
        );
        let here = Room::measure(Path::new("/"), 1).expect("a root folder");
        assert!(here.free > 0 && here.needed > REST_BYTES);
    }
}
