//! The files of the index: which generation is the present one.
//!
//! `DATA/search/` holds a folder for each generation, and `current`, which names
//! one and the version it was made with. `current` is written last, synced, by
//! renaming: whoever is killed while a new generation is made leaves the old one.
//! Whoever writes holds the lock of `lock`; readers need none.

use std::{
    fs::{self, File, TryLockError},
    io::{self, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};

use crate::fields;

/// Why an index cannot be searched.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// There is none yet.
    #[error("the paper has no search index yet: make one with `warraq reindex`")]
    Missing,
    /// Its files are not what was written.
    #[error("the search index is damaged ({0}): make a new one with `warraq reindex`")]
    Broken(String),
    /// It was made by another version of the program, which reads words otherwise.
    #[error("the search index is of another version: make a new one with `warraq reindex`")]
    OtherVersion,
}

impl Unusable {
    pub(crate) fn broken(error: impl std::fmt::Display) -> Self {
        // One line, without what only a developer reads.
        let text = error.to_string();
        Self::Broken(
            text.lines()
                .next()
                .unwrap_or_default()
                .chars()
                .take(200)
                .collect(),
        )
    }
}

const CURRENT: &str = "current";
/// How often a lock that is held is tried again, and after how long.
pub(crate) const TRIES: u32 = 10;
pub(crate) const BETWEEN_TRIES: Duration = Duration::from_millis(10);

/// The present generation: its number.
pub(crate) fn current(folder: &Path) -> Result<u64, Unusable> {
    let text = match fs::read_to_string(folder.join(CURRENT)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(Unusable::Missing),
        Err(error) => return Err(Unusable::broken(error)),
    };
    let (number, version) = text
        .strip_suffix('\n')
        .and_then(|line| line.split_once(' '))
        .ok_or_else(|| Unusable::broken("its file `current` cannot be read"))?;
    let number = number
        .parse()
        .map_err(|_| Unusable::broken("its file `current` cannot be read"))?;
    if version != fields::version() {
        return Err(Unusable::OtherVersion);
    }
    Ok(number)
}

/// The folder of a generation.
pub(crate) fn generation(folder: &Path, number: u64) -> PathBuf {
    folder.join(format!("generation-{number}"))
}

/// Makes `number` the present generation, durably.
pub(crate) fn set_current(folder: &Path, number: u64) -> io::Result<()> {
    let next = folder.join("current.next");
    let mut file = File::create(&next)?;
    file.write_all(format!("{number} {}\n", fields::version()).as_bytes())?;
    file.sync_all()?;
    fs::rename(&next, folder.join(CURRENT))?;
    sync(folder)
}

/// Puts a folder's names on disk.
pub(crate) fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// What changes when `current` is replaced; none where it is not there.
pub(crate) fn stamp(path: &Path) -> Option<Stamp> {
    use std::os::unix::fs::MetadataExt as _;
    let data = fs::metadata(path).ok()?;
    Some(Stamp {
        file: data.ino(),
        seconds: data.mtime(),
        nanoseconds: data.mtime_nsec(),
        bytes: data.size(),
    })
}

/// The stamp of the file that names the present generation.
pub(crate) fn current_stamp(folder: &Path) -> Option<Stamp> {
    stamp(&folder.join(CURRENT))
}

/// A file's identity and state, as far as the system tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    file: u64,
    seconds: i64,
    nanoseconds: i64,
    bytes: u64,
}

/// The right to write, held until it is dropped or the process ends.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes it; `None` where another has it. What earlier writers left
    /// unfinished is removed.
    pub(crate) fn take(folder: &Path) -> io::Result<Option<Self>> {
        fs::create_dir_all(folder)?;
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(folder.join("lock"))?;
        let mut tries = 0;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                // A process that is just being started holds its parent's locks,
                // for a moment, even those that the parent has given up since.
                Err(TryLockError::WouldBlock) if tries < TRIES => {
                    tries += 1;
                    std::thread::sleep(BETWEEN_TRIES);
                }
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
        let lock = Self { _file: file };
        remove_others(folder)?;
        Ok(Some(lock))
    }
}

/// Removes all generations but the present one. Where `current` cannot be read
/// nothing is removed, but what cannot be used any more: see [`highest`].
pub(crate) fn remove_others(folder: &Path) -> io::Result<()> {
    let Ok(present) = current(folder) else {
        return Ok(());
    };
    for (number, path) in generations(folder)? {
        if number != present {
            fs::remove_dir_all(path)?;
        }
    }
    Ok(())
}

/// The highest number of a generation, or 0.
pub(crate) fn highest(folder: &Path) -> io::Result<u64> {
    Ok(generations(folder)?
        .into_iter()
        .map(|(number, _)| number)
        .max()
        .unwrap_or(0))
}

fn generations(folder: &Path) -> io::Result<Vec<(u64, PathBuf)>> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        if let Some(number) = name
            .to_str()
            .and_then(|name| name.strip_prefix("generation-"))
            && let Ok(number) = number.parse()
        {
            out.push((number, entry.path()));
        }
    }
    Ok(out)
}
