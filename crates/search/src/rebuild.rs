//! A new index made beside the old one, which goes on answering meanwhile.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{self, SyncSender},
    },
    thread::JoinHandle,
};

use editorial::SearchDocument;
use tantivy::{IndexWriter, TantivyError};

use crate::{
    Writer, WriterError,
    document::Reader,
    fields,
    folder::{self, Lock},
    writer::merging,
};

/// Memory for each thread that writes, in bytes: segments of some 25,000 articles,
/// so that a million are merged once and not twice.
const MEMORY: usize = 128 << 20;
/// Threads that read texts, and threads that write, at most.
const THREADS_MAX: usize = 4;
/// Articles that wait for a thread.
const WAITING: usize = 256;

/// A new index in the making. Dropped before [`Rebuild::finish`], it leaves
/// nothing: its files are removed here, or by the next writer where the process
/// was killed.
pub struct Rebuild {
    folder: PathBuf,
    number: u64,
    lock: Arc<Lock>,
    /// None once finished.
    work: Option<Work>,
}

struct Work {
    writer: Arc<IndexWriter>,
    articles: SyncSender<SearchDocument>,
    readers: Vec<JoinHandle<Result<(), TantivyError>>>,
}

impl Rebuild {
    /// Begins one in a folder that has no index that can be written.
    ///
    /// # Errors
    /// [`WriterError::Busy`] where somebody writes there: use [`Writer::rebuild`].
    pub fn begin(folder: &Path) -> Result<Self, WriterError> {
        let lock = Lock::take(folder)?.ok_or(WriterError::Busy)?;
        Self::with_lock(folder, Arc::new(lock))
    }

    pub(crate) fn with_lock(folder: &Path, lock: Arc<Lock>) -> Result<Self, WriterError> {
        let number = folder::highest(folder)? + 1;
        let generation = folder::generation(folder, number);
        fs::create_dir_all(&generation)?;
        let (schema, fields) = fields::schema();
        let index = tantivy::Index::create_in_dir(&generation, schema)?;
        fields::prepare(&index);
        let threads = std::thread::available_parallelism()
            .map_or(1, usize::from)
            .min(THREADS_MAX);
        let writer = index.writer_with_num_threads(threads, MEMORY * threads)?;
        writer.set_merge_policy(Box::new(merging()));
        let writer = Arc::new(writer);
        let (articles, waiting) = mpsc::sync_channel(WAITING);
        let waiting = Arc::new(std::sync::Mutex::new(waiting));
        let readers = (0..threads)
            .map(|_| {
                let (waiting, writer) = (Arc::clone(&waiting), Arc::clone(&writer));
                std::thread::spawn(move || {
                    let mut reader = Reader::new(fields);
                    loop {
                        let next = match waiting.lock() {
                            Ok(waiting) => waiting.recv(),
                            Err(_) => return Ok(()),
                        };
                        let Ok(article) = next else { return Ok(()) };
                        writer.add_document(reader.read(&article))?;
                    }
                })
            })
            .collect();
        Ok(Self {
            folder: folder.to_owned(),
            number,
            lock,
            work: Some(Work {
                writer,
                articles,
                readers,
            }),
        })
    }

    /// Puts an article in, once each: a second one of the same id stands beside
    /// the first. What changes meanwhile is told to the writer that
    /// [`Rebuild::close`] gives back.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn put(&mut self, article: SearchDocument) -> Result<(), WriterError> {
        let Some(work) = &self.work else {
            return Ok(());
        };
        if work.articles.send(article).is_ok() {
            return Ok(());
        }
        // All readers ended, which they do on an error only.
        let work = self.work.take();
        Err(work.map_or(WriterError::Busy, |work| match work.join() {
            Err(error) => error,
            Ok(_) => std::io::Error::other("a thread ended").into(),
        }))
    }

    /// Finishes the index at this change-log position and puts it in the place
    /// of the old one: [`Rebuild::close`] and [`Writer::take_over`].
    ///
    /// # Errors
    /// Where the disk refuses: the old index stands.
    pub fn finish(self, position: i64) -> Result<Writer, WriterError> {
        let mut writer = self.close(position)?;
        writer.take_over()?;
        Ok(writer)
    }

    /// Ends the making at this change-log position; the writer of the new index,
    /// which no reader sees before [`Writer::take_over`]. Between the two it can
    /// be told what changed while it was made.
    ///
    /// # Errors
    /// Where the disk refuses: the old index stands.
    pub fn close(mut self, position: i64) -> Result<Writer, WriterError> {
        let Some(work) = self.work.take() else {
            return Err(std::io::Error::other("the rebuild has failed before").into());
        };
        let mut writer = work.join()?;
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&position.to_string());
        commit.commit()?;
        writer.wait_merging_threads()?;
        folder::sync(&folder::generation(&self.folder, self.number))?;
        folder::sync(&self.folder)?;
        Writer::of(&self.folder, self.number, Arc::clone(&self.lock))
    }
}

impl Work {
    /// Waits until all articles are read; the writer, which nobody else has.
    fn join(self) -> Result<IndexWriter, WriterError> {
        drop(self.articles);
        for reader in self.readers {
            match reader.join() {
                Ok(result) => result?,
                Err(_) => return Err(std::io::Error::other("a thread ended early").into()),
            }
        }
        Arc::into_inner(self.writer).ok_or_else(|| std::io::Error::other("a thread goes on").into())
    }
}

impl Drop for Rebuild {
    fn drop(&mut self) {
        if let Some(work) = self.work.take() {
            // Nobody waits for what is thrown away.
            drop(work.join());
            let _ = fs::remove_dir_all(folder::generation(&self.folder, self.number));
        }
    }
}
