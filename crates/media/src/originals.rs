//! The originals: files as they came, each kept once under the hash of its bytes.
//!
//! A file is written beside its place, synced, renamed into place, and the
//! folder synced, so that a key that was returned is on disk even after the
//! power fails, and a reader never sees half a file. Paths are built from
//! [`MediaKey`] alone: `ab/abcdef…`, two digits as the folder.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::MediaError;
use crate::key::MediaKey;
use crate::kind::MediaKind;

/// Bytes of one original where the newsroom sets nothing else: 32 MiB.
pub const ORIGINAL_BYTES_MAX: u64 = 32 * 1024 * 1024;

const PENDING: &str = "pending";

/// Tells apart the temporary files of this process; no other use.
static SERIAL: AtomicU64 = AtomicU64::new(0);

/// A folder of originals. Cheap to clone; safe to use from many threads and
/// from several processes at once.
#[derive(Debug, Clone)]
pub struct Originals {
    folder: PathBuf,
    bytes_max: u64,
}

/// What became of a file that was handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    /// Its name from now on.
    pub key: MediaKey,
    /// What it is.
    pub kind: MediaKind,
    /// Its length in bytes.
    pub bytes: u64,
    /// Whether these bytes were not here before.
    pub is_new: bool,
}

impl Originals {
    /// Opens a folder (for instance `<data>/media/originals`), made if absent.
    ///
    /// # Errors
    /// [`MediaError::Disk`] where the folder cannot be made.
    pub fn open(folder: impl Into<PathBuf>, bytes_max: u64) -> Result<Self, MediaError> {
        let folder = folder.into();
        let pending = folder.join(PENDING);
        make_folder(&pending)?;
        Ok(Self { folder, bytes_max })
    }

    /// Keeps these bytes; when it returns they are on disk.
    ///
    /// Putting the same bytes again changes nothing, unless the stored file was
    /// damaged in the meantime, which is then repaired.
    ///
    /// # Errors
    /// [`MediaError::TooManyBytes`], [`MediaError::Refused`] for a kind that is
    /// not accepted, [`MediaError::Disk`].
    pub fn put(&self, bytes: &[u8]) -> Result<Stored, MediaError> {
        let length = self.within_limit(bytes.len() as u64)?;
        let kind = MediaKind::sniff(bytes)?;
        let (key, is_new) = self.keep(bytes)?;
        Ok(Stored {
            key,
            kind,
            bytes: length,
            is_new,
        })
    }

    /// Keeps a file of any kind, to be downloaded and never shown; when it
    /// returns the bytes are on disk.
    ///
    /// # Errors
    /// [`MediaError::TooManyBytes`], [`MediaError::Disk`].
    pub fn put_download(&self, bytes: &[u8]) -> Result<MediaKey, MediaError> {
        self.within_limit(bytes.len() as u64)?;
        Ok(self.keep(bytes)?.0)
    }

    /// That many bytes, where an original may have so many.
    ///
    /// # Errors
    /// [`MediaError::TooManyBytes`].
    pub fn within_limit(&self, bytes: u64) -> Result<u64, MediaError> {
        let bytes_max = self.bytes_max;
        if bytes > bytes_max {
            return Err(MediaError::TooManyBytes { bytes, bytes_max });
        }
        Ok(bytes)
    }

    fn keep(&self, bytes: &[u8]) -> Result<(MediaKey, bool), MediaError> {
        let key = MediaKey::of(bytes);
        let is_new = !matches!(self.get(&key), Ok(Some(_)));
        if is_new {
            self.write(&key, bytes)?;
        }
        Ok((key, is_new))
    }

    /// The bytes of an original, or `None` where there is none of that name.
    ///
    /// # Errors
    /// [`MediaError::Altered`] where the bytes no longer match their name,
    /// [`MediaError::Disk`].
    pub fn get(&self, key: &MediaKey) -> Result<Option<Vec<u8>>, MediaError> {
        let path = self.path(key);
        let Some(file) = open_to_read(&path)? else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        file.take(self.bytes_max.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(at(&path))?;
        if MediaKey::of(&bytes) == *key {
            Ok(Some(bytes))
        } else {
            Err(MediaError::Altered { path })
        }
    }

    /// The file and its length in bytes, to be streamed without a check of its
    /// bytes; `None` where there is none of that name.
    ///
    /// # Errors
    /// [`MediaError::Disk`].
    pub fn file(&self, key: &MediaKey) -> Result<Option<(File, u64)>, MediaError> {
        let path = self.path(key);
        let Some(file) = open_to_read(&path)? else {
            return Ok(None);
        };
        let length = file.metadata().map_err(at(&path))?.len();
        Ok(Some((file, length)))
    }

    /// Whether an original of that name is kept.
    ///
    /// # Errors
    /// [`MediaError::Disk`].
    pub fn contains(&self, key: &MediaKey) -> Result<bool, MediaError> {
        let path = self.path(key);
        path.try_exists().map_err(at(&path))
    }

    /// Removes an original, durably; says whether there was one.
    ///
    /// # Errors
    /// [`MediaError::Disk`].
    pub fn remove(&self, key: &MediaKey) -> Result<bool, MediaError> {
        let path = self.path(key);
        match fs::remove_file(&path) {
            Ok(()) => sync_folder(&self.shelf(key)).map(|()| true),
            Err(fault) if fault.kind() == ErrorKind::NotFound => Ok(false),
            Err(fault) => Err(at(&path)(fault)),
        }
    }

    /// Where the original of that name lies, whether or not it exists.
    pub fn path(&self, key: &MediaKey) -> PathBuf {
        self.shelf(key).join(key.to_string())
    }

    fn shelf(&self, key: &MediaKey) -> PathBuf {
        self.folder.join(format!("{:02x}", key.as_bytes()[0]))
    }

    fn write(&self, key: &MediaKey, bytes: &[u8]) -> Result<(), MediaError> {
        let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
        let pending = self
            .folder
            .join(PENDING)
            .join(format!("{key}.{}.{serial}", process::id()));
        let written = self.write_through(&pending, key, bytes);
        if written.is_err() {
            // The first error is the one to report; a leftover only costs space.
            let _ = fs::remove_file(&pending);
        }
        written
    }

    fn write_through(
        &self,
        pending: &Path,
        key: &MediaKey,
        bytes: &[u8],
    ) -> Result<(), MediaError> {
        // A file of this name can only be a leftover of a dead process with our number.
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .open(pending)
            .map_err(at(pending))?;
        file.write_all(bytes).map_err(at(pending))?;
        file.sync_all().map_err(at(pending))?;
        drop(file);
        let shelf = self.shelf(key);
        make_folder(&shelf)?;
        let path = self.path(key);
        fs::rename(pending, &path).map_err(at(&path))?;
        sync_folder(&shelf)
    }
}

fn open_to_read(path: &Path) -> Result<Option<File>, MediaError> {
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(fault) if fault.kind() == ErrorKind::NotFound => Ok(None),
        Err(fault) => Err(at(path)(fault)),
    }
}

/// Makes a folder and those above it that are missing; when it returns the
/// names of all of them are on disk, for a picture is lost with the folder of
/// its folder.
fn make_folder(folder: &Path) -> Result<(), MediaError> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    let above = folder.parent().unwrap_or(Path::new(""));
    make_folder(above)?;
    match fs::create_dir(folder) {
        Err(fault) if fault.kind() == ErrorKind::AlreadyExists && folder.is_dir() => {}
        done => done.map_err(at(folder))?,
    }
    sync_folder(if above.as_os_str().is_empty() {
        Path::new(".")
    } else {
        above
    })
}

fn sync_folder(folder: &Path) -> Result<(), MediaError> {
    File::open(folder)
        .and_then(|opened| opened.sync_all())
        .map_err(at(folder))
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> MediaError {
    move |source| MediaError::Disk {
        path: path.to_owned(),
        source,
    }
}
