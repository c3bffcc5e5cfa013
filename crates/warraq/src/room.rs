//! Whether what is to be written fits on the disk.

use std::path::Path;

use anyhow::bail;

/// The disk that a run needs and what is free, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Room {
    pub(crate) needed: u64,
    pub(crate) free: u64,
}

impl Room {
    /// What is free where `folder` is, for `needed` bytes.
    ///
    /// # Errors
    /// Where the folder's disk cannot be asked.
    pub(crate) fn measure(folder: &Path, needed: u64) -> anyhow::Result<Self> {
        Ok(Self {
            needed,
            free: crate::paper::free_bytes(folder)?,
        })
    }

    /// Refuses where it does not fit, and gives the advice.
    ///
    /// # Errors
    /// A sentence for people.
    pub(crate) fn check(self, folder: &Path, advice: &str) -> anyhow::Result<()> {
        if self.needed > self.free {
            bail!(
                "{} are needed in {}, and {} are free: {advice}",
                size(self.needed),
                folder.display(),
                size(self.free)
            );
        }
        Ok(())
    }
}

/// «15.3 GB» or «0.4 MB», in powers of ten as disks are sold, rounded up.
pub(crate) fn size(bytes: u64) -> String {
    let (tenth, unit) = if bytes >= 1_000_000_000 {
        (100_000_000, "GB")
    } else {
        (100_000, "MB")
    };
    let tenths = bytes.div_ceil(tenth);
    format!("{}.{} {unit}", tenths / 10, tenths % 10)
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
        let advice = "ask for less";
        assert!(room(16_100_000_000).check(folder, advice).is_ok());
        let refused = room(900_000_000).check(folder, advice);
        assert_eq!(
            refused.expect_err("too small").to_string(),
            "16.1 GB are needed in /srv/paper, and 900.0 MB are free: ask for less"
        );
        assert!(
            Room::measure(Path::new("/"), 1)
                .expect("a root folder")
                .free
                > 0
        );
    }
}
