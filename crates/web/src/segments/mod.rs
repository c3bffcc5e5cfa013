//! Segments of articles on disk, beside the database: what was rendered once
//! is read, not rendered, when it is asked for again, after years or after a
//! restart. All of it can be made anew, so nothing here is synced.
//!
//! Records are appended to files of a fixed size; a smaller file beside each
//! says what stands where, so that a start reads the small ones alone. When
//! all together outgrow their limit, the oldest file goes. Every record is
//! checked when it is read: one that is damaged is simply not there.
//!
//! A record is read with `preadv2(RWF_NOWAIT)`: from memory at once, or not at
//! all. One that is cold is read on a thread that may wait for the disk, so
//! that a cold record holds up its own reader and nobody else's.

mod files;
mod record;
mod writer;

use std::{
    collections::HashMap,
    fs::File,
    hash::{BuildHasherDefault, Hasher},
    io,
    path::Path,
    sync::{
        Arc, RwLock,
        atomic::{AtomicBool, Ordering},
        mpsc::{SyncSender, sync_channel},
    },
};

use editorial::Id;
use tokio::sync::Semaphore;

use crate::cache::Stored;

/// Records waiting to be written; one more is let go, and made again when it is asked for.
const QUEUE: usize = 512;

/// Cold records read at the same time. Each has a thread, and a thread its own
/// part of the memory; a disk answers no faster when it is asked for more.
const COLD_READS: usize = 16;

/// Where one record stands.
#[derive(Clone, Copy, Debug)]
struct Place {
    file: u32,
    offset: u32,
    length: u32,
}

/// What reading a record came to.
pub(crate) enum Read {
    /// The record as it was kept.
    There(Arc<Stored>),
    /// It is on the disk, not in memory: read it where waiting is allowed.
    Cold,
    /// There is none.
    Nothing,
}

/// Spreads ids, which are small and dense, over the whole range.
#[derive(Default)]
struct ById(u64);

impl Hasher for ById {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, id: u64) {
        self.0 = (self.0 ^ id)
            .wrapping_mul(0x9e37_79b9_7f4a_7c15)
            .rotate_left(32);
    }
}

/// What stands where.
#[derive(Default)]
struct Index {
    places: HashMap<u64, Place, BuildHasherDefault<ById>>,
    files: HashMap<u32, Arc<File>>,
}

/// The segments of articles kept on disk.
pub(crate) struct SegmentStore {
    index: Arc<RwLock<Index>>,
    full: Arc<AtomicBool>,
    queue: SyncSender<writer::Task>,
    cold: Semaphore,
}

impl SegmentStore {
    /// Opens the folder, makes it if it is not there, and returns with it the
    /// oldest position of a record in it. Records of another `epoch`, or from
    /// after `newest`, the position of the database, are thrown away.
    ///
    /// # Errors
    /// Where the folder cannot be read or written.
    pub(crate) fn open(
        folder: &Path,
        epoch: u64,
        newest: i64,
        bytes_max: u64,
    ) -> io::Result<(Self, Option<i64>)> {
        std::fs::create_dir_all(folder)?;
        let found = files::find(folder, epoch, newest)?;
        let mut index = Index::default();
        let mut oldest: Option<i64> = None;
        for file in &found {
            for entry in &file.entries {
                oldest = Some(oldest.map_or(entry.position, |known| known.min(entry.position)));
                index.places.insert(
                    entry.id,
                    Place {
                        file: file.number,
                        offset: entry.offset,
                        length: entry.length,
                    },
                );
            }
            index.files.insert(file.number, Arc::clone(&file.data));
        }
        let index = Arc::new(RwLock::new(index));
        let (queue, waiting) = sync_channel(QUEUE);
        let full = Arc::new(AtomicBool::new(false));
        let writer = writer::Writer::new(
            (folder, epoch, bytes_max),
            &found,
            Arc::clone(&index),
            Arc::clone(&full),
        );
        std::thread::Builder::new()
            .name("segments".into())
            .spawn(move || writer.run(&waiting))?;
        let cold = Semaphore::new(COLD_READS);
        let store = Self {
            index,
            full,
            queue,
            cold,
        };
        Ok((store, oldest))
    }

    /// How many articles have a record.
    #[cfg(test)]
    pub(crate) fn count(&self) -> usize {
        self.index().places.len()
    }

    /// Whether the article has a record, fresh or not.
    pub(crate) fn has(&self, id: Id) -> bool {
        self.index().places.contains_key(&id.get().unsigned_abs())
    }

    /// The article's record, if it is in memory.
    pub(crate) fn read_now(&self, id: Id) -> Read {
        let Some((file, place)) = self.find(id) else {
            return Read::Nothing;
        };
        let Some(mut buffer) = record::buffer(place) else {
            return Read::Nothing;
        };
        match files::read_now(&file, &mut buffer, place.offset.into()) {
            Ok(()) => record::parse(buffer, id).map_or(Read::Nothing, Read::There),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Read::Cold,
            Err(_) => Read::Nothing,
        }
    }

    /// The article's record, wherever it is; waits for the disk. The buffer is
    /// made and freed here: a thread that only reads needs no memory of its own.
    pub(crate) async fn read(&self, id: Id) -> Option<Arc<Stored>> {
        let (file, place) = self.find(id)?;
        let mut buffer = record::buffer(place)?;
        let _turn = self.cold.acquire().await.ok()?;
        let read = move || {
            let done = files::read(&file, &mut buffer, place.offset.into());
            done.map(|()| buffer)
        };
        let buffer = tokio::task::spawn_blocking(read).await.ok()?.ok()?;
        record::parse(buffer, id)
    }

    /// Keeps the article's page, soon; false where too many wait already.
    pub(crate) fn keep(&self, id: Id, page: &Stored) -> bool {
        let Some(bytes) = record::write(id, page) else {
            return true;
        };
        let kept = writer::Kept {
            id,
            position: page.position,
            bytes,
        };
        self.queue.try_send(writer::Task::Keep(kept)).is_ok()
    }

    /// Lets the article's record go: it was found stale, and need not be read again.
    pub(crate) fn forget(&self, id: Id) {
        self.index
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .places
            .remove(&id.get().unsigned_abs());
    }

    /// Whether more records fit before the oldest have to go.
    pub(crate) fn has_room(&self) -> bool {
        !self.full.load(Ordering::Relaxed)
    }

    /// Waits until what was given to [`SegmentStore::keep`] can be read.
    pub(crate) fn settle(&self) {
        let (done, wait) = sync_channel(1);
        if self.queue.send(writer::Task::Settle(done)).is_ok() {
            let _ = wait.recv();
        }
    }

    fn index(&self) -> std::sync::RwLockReadGuard<'_, Index> {
        self.index
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn find(&self, id: Id) -> Option<(Arc<File>, Place)> {
        let index = self.index();
        let place = *index.places.get(&id.get().unsigned_abs())?;
        Some((Arc::clone(index.files.get(&place.file)?), place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{cache::Content, respond};
    use editorial::{ChangeKey, Timestamp};

    fn id(number: i64) -> Id {
        Id::new(number).expect("in range")
    }

    fn page(number: i64, position: i64, words: &str) -> Stored {
        let content = Content::Page {
            head: respond::compress(format!("<title>{words}</title>").as_bytes()),
            main: respond::compress(words.as_bytes()),
            talk: None,
        };
        Stored::new(position, format!("/a/{number}/x"), content)
            .depends_on([ChangeKey::article(id(number)), ChangeKey::SETTINGS])
            .until(Timestamp(9_000))
            .status(410)
    }

    fn words(store: &SegmentStore, number: i64) -> Option<String> {
        let Read::There(page) = store.read_now(id(number)) else {
            return None;
        };
        let Content::Page { head, main, .. } = &page.content else {
            return None;
        };
        let first = respond::compress_first(b"");
        let text = splice::join(&[&first, head, main], splice::Encoding::Identity).expect("whole");
        Some(String::from_utf8(text.to_vec()).expect("UTF-8"))
    }

    struct Folder(std::path::PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("segments-{name}-{}", std::process::id()));
            let _ = std::fs::remove_dir_all(&path);
            Self(path)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_record_outlives_the_program() {
        let folder = Folder::new("outlives");
        let (store, oldest) = SegmentStore::open(&folder.0, 7, 20, 1 << 30).expect("opened");
        assert_eq!(oldest, None);
        store.keep(id(5), &page(5, 12, "خبر"));
        store.keep(id(6), &page(6, 11, "نبأ"));
        store.keep(id(5), &page(5, 13, "خبر جديد"));
        store.settle();
        drop(store);
        let (store, oldest) = SegmentStore::open(&folder.0, 7, 20, 1 << 30).expect("opened");
        assert_eq!(oldest, Some(11));
        assert_eq!(store.count(), 2);
        assert_eq!(
            words(&store, 5).as_deref(),
            Some("<title>خبر جديد</title>خبر جديد")
        );
        let Read::There(read) = store.read_now(id(6)) else {
            panic!("kept");
        };
        assert_eq!(read.position, 11);
        assert_eq!(read.valid_until, Timestamp(9_000));
        assert_eq!(read.status, 410);
        assert_eq!(&*read.canonical, "/a/6/x");
        assert_eq!(*read.keys, [ChangeKey::article(id(6)), ChangeKey::SETTINGS]);
        assert!(matches!(store.read_now(id(7)), Read::Nothing));
    }

    #[test]
    fn another_epoch_begins_empty() {
        let folder = Folder::new("epoch");
        let (store, _) = SegmentStore::open(&folder.0, 7, 20, 1 << 30).expect("opened");
        store.keep(id(5), &page(5, 12, "خبر"));
        store.settle();
        drop(store);
        let (store, oldest) = SegmentStore::open(&folder.0, 8, 20, 1 << 30).expect("opened");
        assert_eq!((store.count(), oldest), (0, None));
    }

    #[test]
    fn records_from_after_the_database_are_thrown_away() {
        let folder = Folder::new("rewound");
        let (store, _) = SegmentStore::open(&folder.0, 7, 20, 1 << 30).expect("opened");
        store.keep(id(5), &page(5, 19, "خبر"));
        store.settle();
        drop(store);
        let (store, oldest) = SegmentStore::open(&folder.0, 7, 18, 1 << 30).expect("opened");
        assert_eq!((store.count(), oldest), (0, None));
    }

    #[test]
    fn damage_is_a_miss() {
        let folder = Folder::new("damage");
        let (store, _) = SegmentStore::open(&folder.0, 7, 20, 1 << 30).expect("opened");
        store.keep(id(5), &page(5, 12, "خبر"));
        store.settle();
        drop(store);
        let data = folder.0.join("000001.segments");
        let whole = std::fs::read(&data).expect("there");
        for at in 16..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x20;
            std::fs::write(&data, damaged).expect("written");
            let (store, _) = SegmentStore::open(&folder.0, 7, 20, 1 << 30).expect("opened");
            assert!(words(&store, 5).is_none(), "byte {at}");
        }
        for length in [0, 10, 16, 40, whole.len() - 1] {
            std::fs::write(&data, &whole[..length]).expect("written");
            let (store, _) = SegmentStore::open(&folder.0, 7, 20, 1 << 30).expect("opened");
            assert!(words(&store, 5).is_none(), "cut at {length}");
        }
    }

    #[test]
    fn the_oldest_file_goes_first() {
        let folder = Folder::new("limit");
        let (store, _) = SegmentStore::open(&folder.0, 7, 20, 60_000).expect("opened");
        // Text that does not compress, so that records have a known size.
        let noise = |seed: i64| -> String {
            let mut state = seed;
            (0..3_000)
                .map(|_| {
                    state = state
                        .wrapping_mul(6_364_136_223_846_793_005)
                        .wrapping_add(1);
                    b"abcdefghijklmnopqrstuvwxyz012345"[(state.unsigned_abs() >> 58) as usize % 32]
                        as char
                })
                .collect()
        };
        for number in 1..=60 {
            store.keep(id(number), &page(number, 12, &noise(number)));
            if number % 10 == 0 {
                store.settle();
            }
        }
        store.settle();
        assert!(words(&store, 1).is_none(), "the oldest is gone");
        assert!(words(&store, 60).is_some(), "the newest is there");
        let bytes: u64 = std::fs::read_dir(&folder.0)
            .expect("there")
            .map(|file| file.expect("one").metadata().expect("known").len())
            .sum();
        assert!(bytes <= 60_000, "{bytes}");
        drop(store);
        let (store, _) = SegmentStore::open(&folder.0, 7, 20, 60_000).expect("opened");
        assert!(words(&store, 60).is_some(), "after a restart too");
    }
}
