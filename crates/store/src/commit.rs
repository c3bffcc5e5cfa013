//! Committing `Changes`: all of them, or nothing, acknowledged once on disk.
//!
//! The last thing a commit does is to take its position, by updating the one
//! row of `log_head`. The row stays locked until the commit is done, so that
//! positions are dense and in commit order on both engines.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use editorial::Changes;
use sqlx::{Any, AnyConnection, AnyPool, Connection, Executor, pool::PoolConnection};
use tokio::sync::{Notify, mpsc, oneshot};

use crate::{Ready, Store, StoreError, accounts, audit, engine::Engine, turn::Turns};

/// Changes waiting for the writer.
const QUEUE: usize = 1_024;
/// Changes in one commit at the most.
const GROUP_MAX: usize = 128;
/// How long the writer keeps its connection, whose pages are warm, when there
/// is nothing to write.
const HELD_FOR: Duration = Duration::from_millis(500);
/// How often a transaction that lost against another is tried again.
const TRIES: usize = 5;

const TAKE_POSITION: &str =
    "UPDATE log_head SET position = position + 1 WHERE one = 1 RETURNING position, audit_hash";
const SET_AUDIT_HASH: &str = "UPDATE log_head SET audit_hash = $1 WHERE one = 1";
const LOG: &str = "INSERT INTO change_log (position, key) SELECT CAST($1 AS BIGINT), CAST(CAST(value AS TEXT) AS BIGINT) FROM json_each($2)";

impl Store {
    /// Commits `changes` and returns their position in the change log.
    /// When it returns, they are on disk.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where a guard failed; nothing was written.
    pub async fn commit(&self, changes: Changes) -> Result<i64, StoreError> {
        Ok(self.commit_ready(Ready::of(changes)?).await?.position)
    }

    /// Commits what was made ready before, and tells how long that kept others
    /// from writing.
    ///
    /// # Errors
    /// As [`Store::commit`].
    pub async fn commit_ready(&self, ready: Ready) -> Result<Committed, StoreError> {
        let committed = match &self.inner.writer {
            Some(writer) => writer.commit(ready).await?,
            None => commit_alone(&self.inner.pool, &self.inner.engine, &ready).await?,
        };
        self.inner.seen(committed.position);
        Ok(committed)
    }
}

/// Changes that are on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Committed {
    /// Their position in the change log.
    pub position: i64,
    /// How long their transaction held the database, from the moment when it
    /// could begin until it was on disk; with those that were committed
    /// together with it.
    pub held: Duration,
}

async fn commit_alone(
    pool: &AnyPool,
    engine: &Engine,
    ready: &Ready,
) -> Result<Committed, StoreError> {
    let mut tries = 0;
    loop {
        tries += 1;
        let mut transaction = pool.begin_with(engine.begin_write()).await?;
        let began = Instant::now();
        let done = apply(&mut transaction, engine, ready).await;
        let done = match done {
            Ok(position) => transaction
                .commit()
                .await
                .map(|()| Committed {
                    position,
                    held: began.elapsed(),
                })
                .map_err(StoreError::from),
            Err(error) => Err(error),
        };
        match done {
            Err(StoreError::Database(error)) if tries < TRIES && lost_against_another(&error) => {}
            done => return done,
        }
    }
}

/// Serialization failure or deadlock, by their SQLSTATE.
fn lost_against_another(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code)
        .is_some_and(|code| code == "40001" || code == "40P01")
}

type Waiting = (Ready, oneshot::Sender<Result<Committed, StoreError>>);

/// The one writer of SQLite in this process: takes what is waiting and commits
/// it together, so that many small writes share one sync of the disk. While there is work it
/// stays on one connection: SQLite throws the pages that a connection holds
/// away as soon as another one has written.
pub(crate) struct Writer {
    queue: mpsc::Sender<Waiting>,
    release: Arc<Notify>,
}

impl Writer {
    pub(crate) fn start(pool: AnyPool, engine: Engine, turns: Turns) -> Self {
        let (queue, mut waiting) = mpsc::channel::<Waiting>(QUEUE);
        let release = Arc::new(Notify::new());
        let released = Arc::clone(&release);
        tokio::spawn(async move {
            let (mut group, mut held) = (Vec::new(), None);
            loop {
                let count = if held.is_none() {
                    waiting.recv_many(&mut group, GROUP_MAX).await
                } else {
                    tokio::select! {
                        count = waiting.recv_many(&mut group, GROUP_MAX) => count,
                        () = released.notified() => { held = None; continue }
                        () = tokio::time::sleep(HELD_FOR) => { held = None; continue }
                    }
                };
                if count == 0 {
                    return;
                }
                let turn = turns.take().await;
                commit_group(&pool, &engine, &mut held, std::mem::take(&mut group)).await;
                drop(turn);
                if let Some(connection) = &mut held
                    && let Err(error) = copy_back(connection, &engine).await
                {
                    // The log holds all; it only grows until this succeeds.
                    tracing::warn!(%error, "the log of the database cannot be copied back into it");
                }
            }
        });
        Self { queue, release }
    }

    /// Gives the connection back, so that the pool can be closed.
    pub(crate) fn release(&self) {
        self.release.notify_one();
    }

    async fn commit(&self, ready: Ready) -> Result<Committed, StoreError> {
        let (answer, answered) = oneshot::channel();
        let closed = || StoreError::Database(sqlx::Error::PoolClosed);
        self.queue
            .send((ready, answer))
            .await
            .map_err(|_| closed())?;
        answered.await.map_err(|_| closed())?
    }
}

async fn commit_group(
    pool: &AnyPool,
    engine: &Engine,
    held: &mut Option<PoolConnection<Any>>,
    group: Vec<Waiting>,
) {
    let mut answers = Vec::with_capacity(group.len());
    let committed = async {
        let mut connection = if let Some(warm) = held.take() {
            warm
        } else {
            let mut fresh = pool.acquire().await?;
            fresh.execute(engine.prepare_writer()).await?;
            fresh
        };
        let mut transaction = connection.begin_with(engine.begin_write()).await?;
        let began = Instant::now();
        // Under a savepoint SQLite copies each page before it changes: one
        // change alone has the transaction itself to go back to.
        let mut all_fail = true;
        let alone = group.len() == 1;
        for (ready, answer) in group {
            if !alone {
                transaction.execute("SAVEPOINT one_change").await?;
            }
            let done = apply(&mut transaction, engine, &ready).await;
            all_fail &= done.is_err();
            if !alone {
                let end = if done.is_ok() {
                    "RELEASE one_change"
                } else {
                    "ROLLBACK TO one_change"
                };
                transaction.execute(end).await?;
            }
            answers.push((answer, done));
        }
        if all_fail {
            transaction.rollback().await?;
        } else {
            transaction.commit().await?;
        }
        let took = began.elapsed();
        *held = Some(connection);
        Ok::<Duration, sqlx::Error>(took)
    }
    .await
    .map_err(|error| error.to_string());
    for (answer, done) in answers {
        let done = match &committed {
            Ok(held) => done.map(|position| Committed {
                position,
                held: *held,
            }),
            Err(words) => Err(StoreError::Database(sqlx::Error::Protocol(words.clone()))),
        };
        // Whoever asked may be gone; the change is committed all the same.
        let _ = answer.send(done);
    }
}

/// Copies the log back into the database once it has grown long: after the
/// commits are acknowledged, so that none of them waits for it.
async fn copy_back(connection: &mut AnyConnection, engine: &Engine) -> Result<(), sqlx::Error> {
    let Some(checkpoint) = engine.checkpoint() else {
        return Ok(());
    };
    let (_, pages, copied): (i64, i64, i64) = sqlx::query_as(checkpoint.measure)
        .fetch_one(&mut *connection)
        .await?;
    if pages - copied > checkpoint.pages_max {
        connection.execute(checkpoint.copy_back).await?;
    }
    Ok(())
}

async fn apply(
    connection: &mut AnyConnection,
    engine: &Engine,
    ready: &Ready,
) -> Result<i64, StoreError> {
    ready.write(connection).await?;
    let (position, previous): (i64, String) = sqlx::query_as(TAKE_POSITION)
        .fetch_one(&mut *connection)
        .await?;
    if ready.asks_for_an_administrator() {
        accounts::administrator_stays(connection).await?;
    }
    let newest = audit::write(connection, position, previous, &ready.audit).await?;
    sqlx::query(SET_AUDIT_HASH)
        .bind(newest)
        .execute(&mut *connection)
        .await?;
    if let Some(keys) = &ready.keys {
        sqlx::query(LOG)
            .bind(position)
            .bind(keys)
            .execute(&mut *connection)
            .await?;
    }
    if let Some(announce) = engine.announce() {
        sqlx::query(announce)
            .bind(position)
            .execute(&mut *connection)
            .await?;
    }
    Ok(position)
}
