//! The search index follows the change log: what is published, corrected or
//! restored goes in, what is withdrawn goes out, and each commit of the index
//! says up to which position it has followed.
//!
//! An article that is written alone is in at once. What was written in bulk, and
//! the articles that show a changed name, wait in a backlog and come in beside
//! it, so that an import delays no headline; while some wait, the index says the
//! position from before them. So whoever is killed reads on from there.
//!
//! Where the log does not go back so far, or there is no index that can be
//! written, a new one is made beside the old one, which is followed on meanwhile.

mod hand;
mod rebuilding;
pub mod requests;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use editorial::Id;
use search::{Rebuild, Writer, WriterError};
use store::{Store, StoreError};

use hand::Hand;
use rebuilding::Rebuilding;

/// Keys of the log read at once.
const KEYS_AT_ONCE: u32 = 10_000;
/// Articles of the backlog put in at once.
const ARTICLES_AT_ONCE: usize = 250;
/// Articles that may wait; more than that are quicker read all anew. Some 30
/// bytes each.
const BACKLOG_MAX: usize = 300_000;
/// Changes that may be in memory before they are written down.
const UNWRITTEN_MAX: usize = 5_000;
/// How long they may be.
const UNWRITTEN_FOR: Duration = Duration::from_secs(2);

/// How often the position alone is written down.
const POSITION_EVERY: Duration = Duration::from_secs(1);

/// Why the index cannot be followed further.
#[derive(Debug, thiserror::Error)]
pub enum IndexingError {
    /// The database fails.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The index cannot be written.
    #[error(transparent)]
    Index(#[from] WriterError),
    /// Its thread ended.
    #[error("the search index is not written any more: start the program again")]
    Ended,
}

/// How far the index is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// The position of the log up to which it was read.
    pub position: i64,
    /// Articles that wait to be put in.
    pub waiting: u64,
    /// Articles of a new index that are done, and how many there are in all.
    pub rebuilding: Option<(u64, u64)>,
}

/// What a step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Something, and there may be more.
    Worked,
    /// Nothing is left to do.
    Idle,
}

/// Keeps one index up with one paper. Only one process can for each folder.
pub struct Follower {
    store: Store,
    folder: PathBuf,
    /// Called first by each thread that works for it.
    stand_back: fn(),
    hand: Hand,
    /// The index that is followed; none while the first one is made.
    writer: Option<Writer>,
    /// The position up to which the log was read.
    position: i64,
    /// What the index on disk says.
    committed: i64,
    /// The position from before the first of those that wait.
    held: Option<i64>,
    waiting: BTreeSet<Id>,
    unwritten: usize,
    unwritten_since: Option<Instant>,
    /// When something was written down last.
    written: Option<Instant>,
    rebuilding: Option<Rebuilding>,
    /// Told of what happens, for logs.
    reason: Option<String>,
}

impl Follower {
    /// The follower of the index in `folder`. Where there is none that can be
    /// written, a new one begins. `stand_back` is called first by the threads
    /// that write: it may let others go before them.
    ///
    /// # Errors
    /// [`WriterError::Busy`] where another process follows it already; where the
    /// disk or the database fails.
    pub async fn open(
        store: Store,
        folder: &Path,
        stand_back: fn(),
    ) -> Result<Self, IndexingError> {
        let hand = Hand::start(stand_back);
        let opened = {
            let folder = folder.to_owned();
            let open = hand.work(move || {
                let writer = Writer::open(&folder)?;
                let position = writer.position()?;
                Ok((writer, position))
            });
            open.await
        };
        let mut follower = Self {
            store,
            folder: folder.to_owned(),
            stand_back,
            hand,
            writer: None,
            position: 0,
            committed: i64::MIN,
            held: None,
            waiting: BTreeSet::new(),
            unwritten: 0,
            unwritten_since: None,
            written: None,
            rebuilding: None,
            reason: None,
        };
        match opened {
            Ok((writer, position)) => {
                follower.writer = Some(writer);
                (follower.position, follower.committed) = (position, position);
            }
            Err(IndexingError::Index(WriterError::Unusable(why))) => {
                follower.begin_rebuild(&why.to_string()).await?;
            }
            Err(error) => return Err(error),
        }
        Ok(follower)
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        Progress {
            position: self.position,
            waiting: self.waiting.len() as u64,
            rebuilding: self.rebuilding.as_ref().map(Rebuilding::progress),
        }
    }

    /// Why the last new index was begun, once.
    pub fn take_reason(&mut self) -> Option<String> {
        self.reason.take()
    }

    /// Begins a new index, if none is being made.
    ///
    /// # Errors
    /// [`IndexingError`].
    pub async fn rebuild(&mut self) -> Result<(), IndexingError> {
        if self.rebuilding.is_none() {
            self.begin_rebuild("it was asked for").await?;
        }
        Ok(())
    }

    /// Does the next piece of work, of some tenths of a second at the most.
    ///
    /// # Errors
    /// [`IndexingError`]: after one of the index, drop this and open it again.
    pub async fn step(&mut self) -> Result<Step, IndexingError> {
        let mut worked = false;
        if self.writer.is_some() {
            worked = match self.follow().await {
                // The old index goes away below its writer when the new one
                // takes its place.
                Err(IndexingError::Index(_)) if self.is_finishing() => true,
                followed => followed?,
            };
        }
        if let Some(rebuilding) = &mut self.rebuilding {
            worked = true;
            if let Some((writer, position)) = rebuilding.work(&self.store).await? {
                self.rebuilding = None;
                self.writer = Some(writer);
                self.begin_at(position);
            }
        }
        Ok(if worked { Step::Worked } else { Step::Idle })
    }

    fn is_finishing(&self) -> bool {
        self.rebuilding
            .as_ref()
            .is_some_and(Rebuilding::is_finishing)
    }

    fn begin_at(&mut self, position: i64) {
        (self.position, self.committed) = (position, position);
        self.held = None;
        self.waiting.clear();
        self.unwritten = 0;
        self.unwritten_since = None;
    }

    /// Reads on in the log and puts in what it tells; whether there was anything.
    async fn follow(&mut self) -> Result<bool, IndexingError> {
        let known = *self.store.position().borrow();
        let is_followed = known == self.position && self.waiting.is_empty();
        if is_followed && self.unwritten == 0 {
            if self.is_position_late() {
                self.write_down().await?;
            }
            return Ok(false);
        }
        let changed = self
            .store
            .articles_changed_after(self.position, KEYS_AT_ONCE)
            .await?;
        let names = changed.names.iter().copied();
        let most = u32::try_from(BACKLOG_MAX).unwrap_or(u32::MAX);
        let showing = if changed.names.is_empty() {
            Some(Vec::new())
        } else {
            self.store.articles_showing(names, most).await?
        };
        // A log that ends before our position is that of an older copy.
        let lost = if changed.is_unknown || self.position > changed.newest {
            Some("the log of changes does not go back so far")
        } else if showing.is_none() || self.waiting.len() > BACKLOG_MAX {
            Some("too many articles changed at once")
        } else {
            None
        };
        let later: Vec<Id> = (changed.in_bulk.into_iter())
            .chain(showing.into_iter().flatten())
            .collect();
        if (lost.is_some() || !later.is_empty()) && self.held.is_none() {
            self.held = Some(self.position);
        }
        if let Some(why) = lost {
            // What is written alone goes on coming in until the new one is there.
            self.waiting.clear();
            if self.rebuilding.is_none() {
                self.begin_rebuild(why).await?;
            }
        } else {
            self.waiting.extend(later);
        }
        let mut worked = changed.position != self.position;
        self.position = changed.position.min(changed.newest);
        let alone: Vec<Id> = changed.articles.into_iter().collect();
        for id in &alone {
            self.waiting.remove(id);
        }
        if !alone.is_empty() {
            self.put(alone).await?;
            self.write_down().await?;
        }
        let mut next = Vec::new();
        while next.len() < ARTICLES_AT_ONCE
            && let Some(id) = self.waiting.pop_first()
        {
            next.push(id);
        }
        worked |= !next.is_empty();
        self.put(next).await?;
        // What was given up is in the new index alone: until it is there, the
        // old one keeps the position it had.
        if self.waiting.is_empty() && self.rebuilding.is_none() {
            self.held = None;
        }
        let long = (self.unwritten_since).is_some_and(|since| since.elapsed() > UNWRITTEN_FOR);
        let all_in = self.waiting.is_empty() && self.unwritten > 0;
        if all_in || long || self.unwritten >= UNWRITTEN_MAX {
            self.write_down().await?;
        }
        Ok(worked)
    }

    /// Whether the position on disk should move on although no article did:
    /// others look there how far the index is.
    fn is_position_late(&self) -> bool {
        let rested = (self.written).is_none_or(|written| written.elapsed() >= POSITION_EVERY);
        self.held.unwrap_or(self.position) != self.committed && rested
    }

    /// Puts in those of these articles that are published, takes out the others.
    async fn put(&mut self, ids: Vec<Id>) -> Result<(), IndexingError> {
        if ids.is_empty() {
            return Ok(());
        }
        for ids in ids.chunks(ARTICLES_AT_ONCE) {
            let ids = ids.to_vec();
            let documents = self.store.search_documents(&ids).await?;
            self.unwritten += ids.len();
            self.unwritten_since.get_or_insert_with(Instant::now);
            let Some(mut writer) = self.writer.take() else {
                return Err(IndexingError::Ended);
            };
            let writer = self.hand.work(move || {
                for id in ids {
                    writer.remove(id);
                }
                for document in &documents {
                    writer.put(document)?;
                }
                Ok(writer)
            });
            self.writer = Some(writer.await?);
        }
        Ok(())
    }

    /// Makes what was put in durable, for readers to see.
    async fn write_down(&mut self) -> Result<(), IndexingError> {
        let position = self.held.unwrap_or(self.position);
        let Some(mut writer) = self.writer.take() else {
            return Err(IndexingError::Ended);
        };
        let writer = self.hand.work(move || {
            writer.commit(position)?;
            Ok(writer)
        });
        self.writer = Some(writer.await?);
        self.committed = position;
        self.unwritten = 0;
        self.unwritten_since = None;
        self.written = Some(Instant::now());
        Ok(())
    }

    async fn begin_rebuild(&mut self, why: &str) -> Result<(), IndexingError> {
        let made = if let Some(writer) = &self.writer {
            writer.rebuild()?
        } else {
            let folder = self.folder.clone();
            let begin = move || Ok(Rebuild::begin(&folder)?);
            self.hand.work(begin).await?
        };
        let hand = Hand::start(self.stand_back);
        self.rebuilding = Some(Rebuilding::begin(&self.store, hand, made).await?);
        self.reason = Some(why.to_owned());
        Ok(())
    }
}
