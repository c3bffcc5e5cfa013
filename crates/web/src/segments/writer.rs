//! The one thread that writes the segment store.

use std::{
    fs::{File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::{
        Arc, RwLock,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, SyncSender},
    },
    time::Duration,
};

use editorial::Id;

use super::{
    Index, Place,
    files::{self, ENTRY, Entry, Found, HEADER},
};

/// Bytes of one file; a limit below holds at least eight files.
const FILE_BYTES: u64 = 256 << 20;
const FILES_MIN: u64 = 8;
/// After the disk refused a record (it is full), how long none is tried.
const PAUSE: Duration = Duration::from_secs(30);

/// A record to be kept.
pub(super) struct Kept {
    pub(super) id: Id,
    pub(super) position: i64,
    pub(super) bytes: Vec<u8>,
}

/// What the thread is asked for.
pub(super) enum Task {
    /// Keep a record.
    Keep(Kept),
    /// Say when all that came before is done.
    Settle(SyncSender<()>),
}

/// The pair of files that grows.
struct Current {
    number: u32,
    data: File,
    index: File,
    offset: u64,
    entries: u64,
}

pub(super) struct Writer {
    folder: PathBuf,
    epoch: u64,
    file_bytes: u64,
    bytes_max: u64,
    /// Files that no longer grow, oldest first, with their bytes.
    full: Vec<(u32, u64)>,
    current: Option<Current>,
    index: Arc<RwLock<Index>>,
    /// Told to the others: the next file takes the place of the oldest.
    is_full: Arc<AtomicBool>,
}

impl Writer {
    pub(super) fn new(
        (folder, epoch, bytes_max): (&Path, u64, u64),
        found: &[Found],
        index: Arc<RwLock<Index>>,
        is_full: Arc<AtomicBool>,
    ) -> Self {
        Self {
            is_full,
            folder: folder.to_owned(),
            epoch,
            file_bytes: FILE_BYTES.min(bytes_max / FILES_MIN),
            bytes_max,
            full: found.iter().map(|file| (file.number, file.bytes)).collect(),
            current: None,
            index,
        }
    }

    /// Writes what comes until nobody can send any more.
    pub(super) fn run(mut self, waiting: &Receiver<Task>) {
        while let Ok(task) = waiting.recv() {
            let kept = match task {
                Task::Keep(kept) => kept,
                Task::Settle(done) => {
                    let _ = done.send(());
                    continue;
                }
            };
            if let Err(error) = self.write(&kept) {
                tracing::warn!(%error, "rendered pages cannot be kept on disk; they are made again when asked for");
                // What the file holds now is not known: begin another.
                self.retire();
                std::thread::sleep(PAUSE);
                while waiting.try_recv().is_ok() {}
            }
        }
    }

    fn write(&mut self, kept: &Kept) -> io::Result<()> {
        let length = kept.bytes.len() as u64;
        if self
            .current
            .as_ref()
            .is_some_and(|current| current.offset + length > self.file_bytes)
        {
            self.retire();
        }
        let mut current = match self.current.take() {
            Some(current) => current,
            None => self.begin()?,
        };
        let place = Place {
            file: current.number,
            // Files are far below 4 GiB.
            offset: u32::try_from(current.offset).map_err(io::Error::other)?,
            length: u32::try_from(length).map_err(io::Error::other)?,
        };
        let entry = Entry {
            id: kept.id.get().unsigned_abs(),
            position: kept.position,
            offset: place.offset,
            length: place.length,
        };
        current.data.write_all(&kept.bytes)?;
        current.index.write_all(&entry.write())?;
        current.offset += length;
        current.entries += 1;
        self.current = Some(current);
        let mut index = self
            .index
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        index.places.insert(entry.id, place);
        Ok(())
    }

    /// The growing pair grows no more.
    fn retire(&mut self) {
        if let Some(current) = self.current.take() {
            let index_bytes = HEADER as u64 + current.entries * ENTRY as u64;
            self.full
                .push((current.number, current.offset + index_bytes));
        }
    }

    /// Begins a pair, and removes the oldest until there is room for it.
    fn begin(&mut self) -> io::Result<Current> {
        let number = self.full.last().map_or(1, |(newest, _)| newest + 1);
        let too_many = |full: &[(u32, u64)], more: u64| {
            full.iter().map(|(_, bytes)| bytes).sum::<u64>() + more > self.bytes_max
        };
        while !self.full.is_empty() && too_many(&self.full, 2 * self.file_bytes) {
            let (oldest, _) = self.full.remove(0);
            // Its records are misses from here on; readers at work keep the file open.
            self.index
                .write()
                .unwrap_or_else(std::sync::PoisonError::into_inner)
                .files
                .remove(&oldest);
            files::remove(&self.folder, oldest);
        }
        self.is_full
            .store(too_many(&self.full, 3 * self.file_bytes), Ordering::Relaxed);
        let (data_path, index_path) = files::names(&self.folder, number);
        let make = |path: &Path| {
            OpenOptions::new()
                .write(true)
                .read(true)
                .create(true)
                .truncate(true)
                .open(path)
        };
        let (mut data, mut index) = (make(&data_path)?, make(&index_path)?);
        let header = files::header(self.epoch);
        data.write_all(&header)?;
        index.write_all(&header)?;
        self.index
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .files
            .insert(number, Arc::new(File::open(&data_path)?));
        Ok(Current {
            number,
            data,
            index,
            offset: HEADER as u64,
            entries: 0,
        })
    }
}
