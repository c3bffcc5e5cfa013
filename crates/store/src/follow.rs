//! Following the change log: what this process and all others committed.

use std::{
    collections::BTreeSet,
    sync::{
        Arc, Weak,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use editorial::{ChangeKey, Id};
use sqlx::{Executor, postgres::PgListener};

use crate::{Inner, Store, StoreError, engine::PATIENCE};

/// Keys read at once; more are told as [`ChangeKey::ALL`].
const KEYS_MAX: i64 = 10_000;
/// How long to wait after the database failed to answer.
const RETRY: Duration = Duration::from_millis(200);
/// How long the reading of changes, or a new connection, may take.
const FOLLOW_PATIENCE: Duration = Duration::from_secs(5);
/// After so much silence a connection for announcements is asked whether it lives.
const QUIET: Duration = Duration::from_secs(5);

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
    /// [`StoreError`] where the database fails or takes seconds.
    pub async fn changes_after(&self, position: i64) -> Result<Changed, StoreError> {
        let changed = in_time(FOLLOW_PATIENCE, self.read_changes_after(position)).await?;
        // An announcement may come before the next poll: the database is back.
        self.inner.answered();
        Ok(changed)
    }

    /// One statement, so one moment: the head, the oldest row that is kept, and
    /// the rows. A commit without keys has no row, so the rows alone would not
    /// tell how far they go.
    async fn read_changes_after(&self, position: i64) -> Result<Changed, StoreError> {
        let rows: Vec<(i64, Option<i64>, Option<i64>)> = sqlx::query_as(
            "SELECT head.position, head.oldest, change_log.key FROM (SELECT position, (SELECT MIN(position) FROM change_log) AS oldest FROM log_head WHERE one = 1) AS head LEFT JOIN change_log ON change_log.position > $1 ORDER BY change_log.position LIMIT $2",
        )
        .bind(position)
        .bind(KEYS_MAX + 1)
        .fetch_all(self.pool())
        .await?;
        let (newest, oldest) = rows
            .first()
            .map_or((position, None), |(newest, oldest, _)| (*newest, *oldest));
        let all = rows.len() as i64 > KEYS_MAX || misses(position, newest, oldest);
        let keys = if all {
            BTreeSet::from([ChangeKey::ALL])
        } else {
            let keys = rows.into_iter().filter_map(|(_, _, key)| key);
            keys.map(ChangeKey::from_code).collect()
        };
        Ok(Changed {
            position: newest.max(position),
            keys,
        })
    }
}

/// Whether a change after `position` may be gone from the log, of which `oldest`
/// is the first position that is kept.
fn misses(position: i64, newest: i64, oldest: Option<i64>) -> bool {
    match oldest {
        Some(oldest) => position < oldest - 1,
        None => position < newest,
    }
}

impl Store {
    /// The newest position of each key that changed after `position`; `None`
    /// where they are more than `keys_max`, or the log does not go back so far.
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
        // Asked for after the rows: what goes meanwhile is taken as missed.
        let (newest, oldest): (i64, Option<i64>) = sqlx::query_as(
            "SELECT position, (SELECT MIN(position) FROM change_log) FROM log_head WHERE one = 1",
        )
        .fetch_one(self.pool())
        .await?;
        let whole = rows.len() <= keys_max && !misses(position, newest, oldest);
        Ok(whole.then(|| {
            rows.into_iter()
                .map(|(key, newest)| (ChangeKey::from_code(key), newest))
                .collect()
        }))
    }
}

/// Which articles changed after a position, up to another one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticlesChanged {
    /// The position up to which this tells all.
    pub position: i64,
    /// The newest position there is; before the one asked for where that is of
    /// a later copy of the paper.
    pub newest: i64,
    /// Articles that were written one by one.
    pub articles: BTreeSet<Id>,
    /// Articles that were written in bulk.
    pub in_bulk: BTreeSet<Id>,
    /// Sections, tags, authors and pictures that were written.
    pub names: BTreeSet<Id>,
    /// Whether any article may have changed: the log does not go back so far,
    /// or does not tell which.
    pub is_unknown: bool,
}

impl Store {
    /// Which articles changed after `position`: of as many commits as have about
    /// `keys_max` keys. Call it again from its position until that is the newest.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails or takes seconds.
    pub async fn articles_changed_after(
        &self,
        position: i64,
        keys_max: u32,
    ) -> Result<ArticlesChanged, StoreError> {
        let read = sqlx::query_as(CHANGES)
            .bind(position)
            .bind(i64::from(keys_max) + 1)
            .fetch_all(self.pool());
        let rows: Vec<LoggedRow> = in_time(FOLLOW_PATIENCE, async { Ok(read.await?) }).await?;
        Ok(told(position, &rows, keys_max as usize))
    }
}

/// The newest position, the oldest that is kept, and a row of the log.
type LoggedRow = (i64, Option<i64>, Option<i64>, Option<i64>);

const CHANGES: &str = "SELECT head.position, head.oldest, change_log.position, change_log.key FROM (SELECT position, (SELECT MIN(position) FROM change_log) AS oldest FROM log_head WHERE one = 1) AS head LEFT JOIN change_log ON change_log.position > $1 ORDER BY change_log.position, change_log.key LIMIT $2";

fn told(position: i64, rows: &[LoggedRow], keys_max: usize) -> ArticlesChanged {
    let (newest, oldest) = rows
        .first()
        .map_or((position, None), |(newest, oldest, ..)| (*newest, *oldest));
    let mut changed = ArticlesChanged {
        position: newest.max(position),
        newest,
        is_unknown: misses(position, newest, oldest),
        ..ArticlesChanged::default()
    };
    let mut keys: Vec<(i64, ChangeKey)> = (rows.iter())
        .filter_map(|(_, _, at, key)| Some(((*at)?, ChangeKey::from_code((*key)?))))
        .collect();
    // Of the last commit some keys may be missing: it is told next time.
    if keys.len() > keys_max
        && let Some((last, _)) = keys.last().copied()
    {
        keys.retain(|(at, _)| *at < last);
        match keys.last() {
            Some((at, _)) => changed.position = *at,
            None => changed.is_unknown = true,
        }
    }
    for commit in keys.chunk_by(|one, next| one.0 == next.0) {
        // A program before this one wrote a bulk commit without its articles.
        changed.is_unknown |= matches!(commit, [(_, key)] if *key == ChangeKey::ALL);
        let is_bulk = commit.iter().any(|(_, key)| *key == ChangeKey::ALL);
        let articles = if is_bulk {
            &mut changed.in_bulk
        } else {
            &mut changed.articles
        };
        articles.extend(commit.iter().filter_map(|(_, key)| key.as_article()));
        let names = commit.iter().filter_map(|(_, key)| key.as_named());
        changed.names.extend(names);
    }
    changed
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

    /// The database answers.
    fn answered(&self) {
        self.heard.note();
        self.set_trouble(None);
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
    let mut wait = every;
    loop {
        tokio::time::sleep(wait).await;
        let Some(inner) = inner.upgrade() else { return };
        if inner.pool.is_closed() {
            inner.set_trouble(Some("the database is closed".to_owned()));
            return;
        }
        match in_time(PATIENCE, read_head(&inner)).await {
            Ok(position) => {
                wait = every;
                inner.answered();
                inner.seen(position);
            }
            Err(error) => {
                inner.heard.note_failure();
                inner.set_trouble(Some(error.to_string()));
                wait = RETRY;
            }
        }
    }
}

/// What `asked` comes to, or [`StoreError::Silent`] where that takes too long.
async fn in_time<T>(
    patience: Duration,
    asked: impl Future<Output = Result<T, StoreError>>,
) -> Result<T, StoreError> {
    tokio::time::timeout(patience, asked)
        .await
        .unwrap_or(Err(StoreError::Silent))
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
    let silent = |_| sqlx::Error::Io(std::io::ErrorKind::TimedOut.into());
    let connected = tokio::time::timeout(FOLLOW_PATIENCE, PgListener::connect(url)).await;
    let mut listener = connected.map_err(silent)??;
    listener.listen("warraq_changes").await?;
    loop {
        let announced = tokio::time::timeout(QUIET, listener.recv()).await;
        let Some(inner) = inner.upgrade() else {
            return Ok(());
        };
        if inner.pool.is_closed() {
            return Ok(());
        }
        let Ok(announcement) = announced else {
            // Nothing changed, or nobody is there any more.
            let asked = tokio::time::timeout(PATIENCE, listener.execute("SELECT 1")).await;
            asked.map_err(silent)??;
            continue;
        };
        if let Ok(position) = announcement?.payload().parse() {
            inner.seen(position);
        }
    }
}
