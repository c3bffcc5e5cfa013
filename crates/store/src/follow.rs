//! Following the change log: what this process and all others committed.

use std::{
    collections::BTreeSet,
    sync::{
        Arc, Weak,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use editorial::ChangeKey;
use sqlx::postgres::PgListener;

use crate::{Inner, Store, StoreError};

/// Keys read at once; more are told as [`ChangeKey::ALL`].
const KEYS_MAX: i64 = 10_000;
/// How long to wait after the database failed to answer.
const RETRY: Duration = Duration::from_millis(200);

/// What changed after a position.
#[derive(Clone, Debug)]
pub struct Changed {
    /// The newest position.
    pub position: i64,
    /// What changed up to it.
    pub keys: BTreeSet<ChangeKey>,
}

impl Store {
    /// The newest position this process has seen; its own commits at once,
    /// others' as soon as they are noticed.
    pub fn position(&self) -> tokio::sync::watch::Receiver<i64> {
        self.inner.position.subscribe()
    }

    /// What changed after `position`.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn changes_after(&self, position: i64) -> Result<Changed, StoreError> {
        let rows: Vec<(i64, i64)> = sqlx::query_as(
            "SELECT position, key FROM change_log WHERE position > $1 ORDER BY position LIMIT $2",
        )
        .bind(position)
        .bind(KEYS_MAX + 1)
        .fetch_all(self.pool())
        .await?;
        if rows.len() as i64 > KEYS_MAX {
            let newest = read_head(&self.inner).await?;
            return Ok(Changed {
                position: newest,
                keys: BTreeSet::from([ChangeKey::ALL]),
            });
        }
        let newest = rows.last().map_or(position, |(newest, _)| *newest);
        let keys = rows
            .into_iter()
            .map(|(_, key)| ChangeKey::from_code(key))
            .collect();
        Ok(Changed {
            position: newest,
            keys,
        })
    }
}

impl Store {
    /// The newest position of each key that changed after `position`; `None`
    /// where they are more than `keys_max`.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn keys_changed_after(
        &self,
        position: i64,
        keys_max: usize,
    ) -> Result<Option<Vec<(ChangeKey, i64)>>, StoreError> {
        let limit = i64::try_from(keys_max).unwrap_or(i64::MAX);
        let rows: Vec<(i64, i64)> = sqlx::query_as(
            "SELECT key, CAST(MAX(position) AS BIGINT) FROM change_log WHERE position > $1 GROUP BY key LIMIT $2",
        )
        .bind(position)
        .bind(limit.saturating_add(1))
        .fetch_all(self.pool())
        .await?;
        Ok((rows.len() <= keys_max).then(|| {
            rows.into_iter()
                .map(|(key, newest)| (ChangeKey::from_code(key), newest))
                .collect()
        }))
    }
}

/// When the database last told its position, and how often it failed to.
pub(crate) struct Heard {
    opened: Instant,
    /// Microseconds after `opened`.
    last: AtomicU64,
    failures: AtomicU64,
}

impl Default for Heard {
    fn default() -> Self {
        Self {
            opened: Instant::now(),
            last: AtomicU64::new(0),
            failures: AtomicU64::new(0),
        }
    }
}

impl Heard {
    pub(crate) fn since(&self) -> Duration {
        let last = Duration::from_micros(self.last.load(Ordering::Relaxed));
        self.opened.elapsed().saturating_sub(last)
    }

    pub(crate) fn failures(&self) -> u64 {
        self.failures.load(Ordering::Relaxed)
    }

    fn note(&self) {
        let after = u64::try_from(self.opened.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.last.store(after, Ordering::Relaxed);
    }

    fn note_failure(&self) {
        self.failures.fetch_add(1, Ordering::Relaxed);
    }
}

impl Inner {
    /// Takes note of a position, never going back.
    pub(crate) fn seen(&self, newest: i64) {
        self.position.send_if_modified(|position| {
            let later = newest > *position;
            if later {
                *position = newest;
            }
            later
        });
    }

    fn set_trouble(&self, words: Option<String>) {
        *self
            .trouble
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = words;
    }
}

pub(crate) fn start(inner: &Arc<Inner>) {
    tokio::spawn(poll(Arc::downgrade(inner), inner.engine.poll()));
    if let Some(url) = inner.engine.announcements() {
        tokio::spawn(listen(Arc::downgrade(inner), url.to_owned()));
    }
}

async fn poll(inner: Weak<Inner>, every: Duration) {
    loop {
        tokio::time::sleep(every).await;
        let Some(inner) = inner.upgrade() else { return };
        if inner.pool.is_closed() {
            inner.set_trouble(Some("the database is closed".to_owned()));
            return;
        }
        match read_head(&inner).await {
            Ok(position) => {
                inner.heard.note();
                inner.set_trouble(None);
                inner.seen(position);
            }
            Err(error) => {
                inner.heard.note_failure();
                inner.set_trouble(Some(error.to_string()));
                tokio::time::sleep(RETRY).await;
            }
        }
    }
}

async fn read_head(inner: &Inner) -> Result<i64, StoreError> {
    let (position,): (i64,) = sqlx::query_as("SELECT position FROM log_head WHERE one = 1")
        .fetch_one(&inner.pool)
        .await?;
    Ok(position)
}

async fn listen(inner: Weak<Inner>, url: String) {
    while inner.strong_count() > 0 {
        if let Err(error) = listen_once(&inner, &url).await {
            tracing::warn!(%error, "announcements of changes are not heard; polling goes on");
        }
        tokio::time::sleep(RETRY).await;
    }
}

async fn listen_once(inner: &Weak<Inner>, url: &str) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect(url).await?;
    listener.listen("warraq_changes").await?;
    loop {
        let announced = tokio::time::timeout(Duration::from_secs(5), listener.recv()).await;
        let Some(inner) = inner.upgrade() else {
            return Ok(());
        };
        if inner.pool.is_closed() {
            return Ok(());
        }
        if let Ok(announcement) = announced
            && let Ok(position) = announcement?.payload().parse()
        {
            inner.seen(position);
        }
    }
}
