//! The write side: one for a folder.

use std::{io, path::Path, path::PathBuf, sync::Arc};

use editorial::{Id, SearchDocument};
use tantivy::{IndexWriter, TantivyError, Term, indexer::LogMergePolicy};

use crate::{
    Rebuild, Unusable,
    document::{Reader, number},
    fields::{self, Fields},
    folder::{self, Lock},
};

/// Memory for what is not yet committed, in bytes: a few thousand articles.
const MEMORY: usize = 32 << 20;
/// Part of a segment that may be of withdrawn or changed articles before it is
/// written anew.
const DELETED_MAX: f32 = 0.3;

/// Why nothing can be written.
#[derive(Debug, thiserror::Error)]
pub enum WriterError {
    /// Another process writes this index, or another writer in this one.
    #[error("another process is writing the search index: stop it, or let it do the work")]
    Busy,
    /// There is no index to write to: make one by [`Rebuild::begin`].
    #[error(transparent)]
    Unusable(#[from] Unusable),
    /// The disk refused.
    #[error("the search index cannot be written ({0}): check the disk, then try again")]
    Io(#[from] io::Error),
    /// The index refused.
    #[error("the search index cannot be written ({0}): make a new one with `warraq reindex`")]
    Index(TantivyError),
}

impl From<TantivyError> for WriterError {
    fn from(error: TantivyError) -> Self {
        match error {
            TantivyError::LockFailure(..) => Self::Busy,
            error => Self::Index(error),
        }
    }
}

/// Takes articles as they are published, corrected and withdrawn. Readers see
/// nothing of it before [`Writer::commit`].
///
/// Dropped without a commit, what was put since the last one is gone, and the
/// index holds the position of that last one.
pub struct Writer {
    folder: PathBuf,
    number: u64,
    generation: PathBuf,
    lock: Arc<Lock>,
    fields: Fields,
    reader: Reader,
    inner: IndexWriter,
}

impl Writer {
    /// The writer of the index in `folder`.
    ///
    /// # Errors
    /// [`WriterError::Busy`] where there is another one, in any process;
    /// [`WriterError::Unusable`] where the index must be made first.
    pub fn open(folder: &Path) -> Result<Self, WriterError> {
        let lock = Lock::take(folder)?.ok_or(WriterError::Busy)?;
        Self::of(folder, folder::current(folder)?, Arc::new(lock))
    }

    pub(crate) fn of(folder: &Path, number: u64, lock: Arc<Lock>) -> Result<Self, WriterError> {
        let generation = folder::generation(folder, number);
        let index = tantivy::Index::open_in_dir(&generation).map_err(Unusable::broken)?;
        fields::prepare(&index);
        let writer = sole_writer(&index)?;
        writer.set_merge_policy(Box::new(merging()));
        let (_, fields) = fields::schema();
        Ok(Self {
            folder: folder.to_owned(),
            number,
            generation,
            lock,
            fields,
            reader: Reader::new(fields),
            inner: writer,
        })
    }

    /// The change-log position that the last commit holds.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn position(&self) -> Result<i64, WriterError> {
        position(self.inner.index()).map_err(WriterError::Unusable)
    }

    /// Puts an article in, in the place of what stood there of the same id.
    ///
    /// # Errors
    /// Where the index cannot be written any more: drop this and open anew.
    pub fn put(&mut self, article: &SearchDocument) -> Result<(), WriterError> {
        self.remove(article.id);
        self.inner.add_document(self.reader.read(article))?;
        Ok(())
    }

    /// Takes an article out; nothing where it is not there.
    pub fn remove(&mut self, id: Id) {
        self.inner.delete_term(id_term(self.fields, id));
    }

    /// Writes all that was put and removed, with the change-log position that it
    /// reaches. Returns when it is on disk and readers see it.
    ///
    /// # Errors
    /// Where the disk refuses; the last commit still stands.
    pub fn commit(&mut self, position: i64) -> Result<(), WriterError> {
        let mut commit = self.inner.prepare_commit()?;
        commit.set_payload(&position.to_string());
        commit.commit()?;
        folder::sync(&self.generation)?;
        Ok(())
    }

    /// Puts the index that [`Rebuild::close`] made in the place of the old one,
    /// durably, with all that was committed; readers come over by themselves. A
    /// writer of the old one writes to what nobody reads any more: drop it.
    ///
    /// # Errors
    /// Where the disk refuses: the old index stands.
    pub fn take_over(&mut self) -> Result<(), WriterError> {
        folder::set_current(&self.folder, self.number)?;
        folder::remove_others(&self.folder)?;
        Ok(())
    }

    /// Begins a new index beside this one, which goes on as it is.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn rebuild(&self) -> Result<Rebuild, WriterError> {
        Rebuild::with_lock(&self.folder, Arc::clone(&self.lock))
    }
}

/// tantivy's own lock is ours with the folder's: where it is held, a process that
/// is just being started has it from a writer that is gone, for a moment.
fn sole_writer(index: &tantivy::Index) -> Result<IndexWriter, WriterError> {
    let mut tries = 0;
    loop {
        match index.writer_with_num_threads(1, MEMORY) {
            Err(TantivyError::LockFailure(..)) if tries < folder::TRIES => {
                tries += 1;
                std::thread::sleep(folder::BETWEEN_TRIES);
            }
            result => return Ok(result?),
        }
    }
}

pub(crate) fn id_term(fields: Fields, id: Id) -> Term {
    Term::from_field_u64(fields.id, number(id))
}

pub(crate) fn merging() -> LogMergePolicy {
    let mut policy = LogMergePolicy::default();
    policy.set_del_docs_ratio_before_merge(DELETED_MAX);
    policy
}

/// The position in an index's last commit.
pub(crate) fn position(index: &tantivy::Index) -> Result<i64, Unusable> {
    index
        .load_metas()
        .map_err(Unusable::broken)?
        .payload
        .and_then(|payload| payload.parse().ok())
        .ok_or_else(|| Unusable::broken("its last commit names no position"))
}
