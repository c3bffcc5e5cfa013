//! Everything that is kept: all SQL, on SQLite and PostgreSQL.
//!
//! The SQL is written once, in the subset that both engines understand; what
//! differs (how a transaction begins, how a change is announced) stands in
//! `engine`. A write is one [`editorial::Changes`], committed whole and
//! acknowledged once it is on disk.

mod accounts;
mod aggregates;
mod articles;
mod audit;
mod comments;
mod commit;
mod documents;
mod engine;
mod error;
pub mod files;
mod follow;
mod front;
mod ids;
mod media;
mod migrate;
mod origins;
pub mod pages;
mod prune;
mod ready;
mod revisions;
mod rows;
mod schedules;
pub mod seal;
mod serve_lock;
mod tables;
mod ticker;
mod transfer;
mod turn;
mod unusable;
mod workflow;
mod working_copies;

use std::sync::{Arc, Mutex};

use sqlx::AnyPool;
use tokio::sync::watch;

pub use accounts::Credentials;
pub use articles::ArticleLine;
pub use audit::{AuditLine, AuditReport};
pub use comments::{Blocked, Counts, Listed, QueueItem, Wanted, Wants, WriterStanding};
pub use commit::Committed;
pub use engine::Database;
pub use error::StoreError;
pub use follow::{ArticlesChanged, Changed};
pub use media::WantedMedia;
pub use migrate::SCHEMA;
pub use origins::Origin;
pub use pages::{FoundLine, ListOf, Places, Snapshot, Suggested};
pub use prune::COMMITS_KEPT;
pub use ready::Ready;
pub use revisions::RevisionLine;
pub use serve_lock::{ServeLock, lock_for_serving};
pub use transfer::{DATABASE_FILE, SealedAddress, SealedUser};
pub use workflow::Told;
pub use working_copies::{InWork, WorkFilter};

/// How long connections may take to end. What is committed is on disk before.
const CLOSED_WITHIN: std::time::Duration = std::time::Duration::from_secs(5);

/// The store of one paper. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) pool: AnyPool,
    pub(crate) engine: engine::Engine,
    /// The one writer of this process, and its turns among others: SQLite.
    pub(crate) writer: Option<commit::Writer>,
    pub(crate) turns: Option<turn::Turns>,
    pub(crate) position: watch::Sender<i64>,
    pub(crate) trouble: Mutex<Option<String>>,
    pub(crate) heard: follow::Heard,
}

impl Store {
    /// Opens the store: checks the engine, brings the schema up to date under
    /// a lock, and begins to follow the change log.
    ///
    /// # Errors
    /// [`StoreError`] with a sentence that says what to do.
    pub async fn open(database: &Database) -> Result<Self, StoreError> {
        let (pool, engine) = engine::connect(database).await?;
        migrate::run(&pool, &engine).await?;
        let (position,): (i64,) = sqlx::query_as("SELECT position FROM log_head WHERE one = 1")
            .fetch_one(&pool)
            .await?;
        let turns = match database {
            Database::Sqlite(folder) => Some(turn::Turns::of(folder)),
            Database::Postgres(_) => None,
        };
        // PostgreSQL groups commits by itself.
        let writer = turns
            .clone()
            .map(|turns| commit::Writer::start(pool.clone(), engine.clone(), turns));
        let inner = Arc::new(Inner {
            pool,
            engine,
            writer,
            turns,
            position: watch::Sender::new(position),
            trouble: Mutex::new(None),
            heard: follow::Heard::default(),
        });
        follow::start(&inner);
        Ok(Self { inner })
    }

    /// Closes all connections. One that leads to a machine that is gone, and is
    /// asked at this moment whether it still answers, is not waited for.
    pub async fn close(self) {
        if let Some(writer) = &self.inner.writer {
            writer.release();
        }
        let closing = tokio::time::timeout(CLOSED_WITHIN, self.inner.pool.close());
        if closing.await.is_err() {
            tracing::warn!("a connection to the database does not end; it is left");
        }
    }

    /// What is wrong with the database, in a sentence; nothing while it answers.
    pub fn health(&self) -> Option<String> {
        self.inner
            .trouble
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clone()
    }

    /// How long ago the database last told its position.
    pub fn since_heard(&self) -> std::time::Duration {
        self.inner.heard.since()
    }

    /// How often it did not tell, when it was asked.
    pub fn failures(&self) -> u64 {
        self.inner.heard.failures()
    }

    pub(crate) fn pool(&self) -> &AnyPool {
        &self.inner.pool
    }
}
