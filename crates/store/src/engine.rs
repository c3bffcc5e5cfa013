//! What differs between SQLite and PostgreSQL. No other file asks which it is.

use std::{path::PathBuf, time::Duration};

use sqlx::{AnyConnection, AnyPool, Connection, Executor, any::AnyPoolOptions};

use crate::{StoreError, files, transfer::DATABASE_FILE, unusable};

/// Where the paper is kept.
#[derive(Clone, Debug)]
pub enum Database {
    /// In a folder, with SQLite.
    Sqlite(PathBuf),
    /// At a PostgreSQL address, `postgres://…`.
    Postgres(String),
}

#[derive(Clone, Debug)]
pub(crate) enum Engine {
    Sqlite,
    Postgres { url: String },
}

/// How the log of the database is copied back into it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Checkpoint {
    /// Tells in its second column how many pages the log has.
    pub(crate) measure: &'static str,
    /// Copies back what no reader still needs; keeps no writer waiting.
    pub(crate) copy_back: &'static str,
    /// Pages after which the log is copied back.
    pub(crate) pages_max: i64,
}

/// How long the database may take for its least answer before it is taken as gone.
pub(crate) const PATIENCE: Duration = Duration::from_secs(2);
/// How long a database elsewhere may take to be reached.
const REACHED_WITHIN: Duration = Duration::from_secs(5);
/// What every connection to SQLite needs. A static: the proof of power cuts looks
/// for it in the program, and it stands there once.
static PREPARE_SQLITE: &str = "PRAGMA busy_timeout = 20000; PRAGMA journal_mode = WAL; \
     PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
     PRAGMA cache_size = -16000; PRAGMA mmap_size = 0;";
/// The oldest SQLite whose WAL is without known faults.
const SQLITE_MIN: (u32, u32, u32) = (3, 51, 3);

impl Engine {
    /// Begins a transaction that will write.
    pub(crate) const fn begin_write(&self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres { .. } => "BEGIN",
        }
    }

    /// What the connection of the one writer needs: room for the pages that a
    /// run of large commits touches, what a statement may have to take back kept
    /// in memory, and commits that copy nothing back from the log;
    /// [`Engine::checkpoint`] does that when nobody waits.
    pub(crate) const fn prepare_writer(&self) -> &'static str {
        match self {
            Self::Sqlite => {
                "PRAGMA cache_size = -48000; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 0;"
            }
            Self::Postgres { .. } => "SELECT 1",
        }
    }

    /// How the log is measured and copied back, where that is for us to do.
    pub(crate) const fn checkpoint(&self) -> Option<Checkpoint> {
        match self {
            Self::Sqlite => Some(Checkpoint {
                measure: "PRAGMA wal_checkpoint(NOOP)",
                copy_back: "PRAGMA wal_checkpoint(PASSIVE)",
                pages_max: 8_000,
            }),
            Self::Postgres { .. } => None,
        }
    }

    /// Begins a transaction that sees one snapshot.
    pub(crate) const fn begin_read(&self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN",
            Self::Postgres { .. } => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }

    /// Takes the lock under which migrations run, within a transaction.
    pub(crate) const fn lock_for_migration(&self) -> &'static str {
        match self {
            Self::Sqlite => "SELECT 1",
            Self::Postgres { .. } => "SELECT CAST(pg_advisory_xact_lock(724117) AS TEXT)",
        }
    }

    /// What only this engine needs before the first migration.
    pub(crate) const fn prelude(&self) -> &'static str {
        match self {
            Self::Sqlite => "SELECT 1",
            // SQLite's json_each takes text; PostgreSQL gets the same name for text.
            Self::Postgres { .. } => {
                "CREATE OR REPLACE FUNCTION json_each(list text) RETURNS TABLE (key bigint, value json) \
                 LANGUAGE sql IMMUTABLE AS \
                 'SELECT ordinality - 1, element FROM json_array_elements(CAST(list AS json)) WITH ORDINALITY AS e(element, ordinality)'"
            }
        }
    }

    /// Frees one transaction that reads or writes everything from the limit of
    /// a statement's time.
    pub(crate) const fn lift_time_limit(&self) -> &'static str {
        match self {
            Self::Sqlite => "SELECT 1",
            Self::Postgres { .. } => "SET LOCAL statement_timeout = 0",
        }
    }

    /// Copies the database into the new file `$1`, where the engine does that
    /// itself.
    pub(crate) const fn copy_to_file(&self) -> Option<&'static str> {
        match self {
            Self::Sqlite => Some("VACUUM INTO $1"),
            Self::Postgres { .. } => None,
        }
    }

    /// Looks through the database file; its first row says `ok`.
    pub(crate) const fn integrity(&self) -> Option<&'static str> {
        match self {
            Self::Sqlite => Some("PRAGMA integrity_check"),
            Self::Postgres { .. } => None,
        }
    }

    /// Announces a commit within its transaction.
    pub(crate) const fn announce(&self) -> Option<&'static str> {
        match self {
            Self::Sqlite => None,
            Self::Postgres { .. } => {
                Some("SELECT CAST(pg_notify('warraq_changes', CAST($1 AS TEXT)) AS TEXT)")
            }
        }
    }

    /// The address on which commits are announced.
    pub(crate) fn announcements(&self) -> Option<&str> {
        match self {
            Self::Sqlite => None,
            Self::Postgres { url } => Some(url),
        }
    }

    /// How often the change log's head is looked at.
    pub(crate) const fn poll(&self) -> Duration {
        match self {
            Self::Sqlite => Duration::from_millis(10),
            Self::Postgres { .. } => Duration::from_millis(500),
        }
    }
}

pub(crate) async fn connect(database: &Database) -> Result<(AnyPool, Engine), StoreError> {
    sqlx::any::install_default_drivers();
    match database {
        Database::Sqlite(folder) => {
            prepare_folder(folder)?;
            let path = folder.join(DATABASE_FILE);
            let name = path.to_str().ok_or_else(|| {
                StoreError::Folder(
                    "the name of the data folder is not UTF-8: choose another".into(),
                )
            })?;
            let url = format!("sqlite://{}?mode=rwc", encode_path(name));
            // A pool tries again and again what cannot be; one connection tells.
            let probe = async {
                let mut connection = AnyConnection::connect(&url).await?;
                connection.execute(PREPARE_SQLITE).await?;
                connection.close().await
            };
            probe
                .await
                .map_err(|error| unusable::sqlite(&path, error))?;
            let pool = AnyPoolOptions::new()
                .max_connections(6)
                .after_connect(|connection, _| {
                    Box::pin(async move {
                        connection.execute(PREPARE_SQLITE).await?;
                        Ok(())
                    })
                })
                .connect(&url)
                .await?;
            let (version,): (String,) = sqlx::query_as("SELECT sqlite_version()")
                .fetch_one(&pool)
                .await?;
            check_sqlite(&version)?;
            Ok((pool, Engine::Sqlite))
        }
        Database::Postgres(url) => {
            let probe = async {
                let mut connection = AnyConnection::connect(url).await?;
                connection.ping().await?;
                connection.close().await
            };
            match tokio::time::timeout(REACHED_WITHIN, probe).await {
                Ok(reached) => reached.map_err(|error| unusable::postgres(url, error))?,
                Err(_) => return Err(unusable::unreachable(url)),
            }
            let pool = AnyPoolOptions::new()
                .max_connections(8)
                .acquire_timeout(REACHED_WITHIN)
                // The pool asks a connection whether it still answers before it
                // takes it back, and waits for good: one that leads to a machine
                // that is gone would hold its place in the pool until the system
                // gives it up, a quarter of an hour later.
                .after_release(|connection, _| {
                    Box::pin(async move {
                        let asked = tokio::time::timeout(PATIENCE, connection.ping()).await;
                        asked.map_err(|_| std::io::Error::from(std::io::ErrorKind::TimedOut))??;
                        Ok(true)
                    })
                })
                .after_connect(|connection, _| {
                    Box::pin(async move {
                        connection.execute("SET statement_timeout = '60s'").await?;
                        Ok(())
                    })
                })
                .connect(url)
                .await?;
            Ok((pool, Engine::Postgres { url: url.clone() }))
        }
    }
}

fn check_sqlite(version: &str) -> Result<(), StoreError> {
    let mut numbers = version
        .split('.')
        .map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = || numbers.next().unwrap_or(0);
    let found = (next(), next(), next());
    if found < SQLITE_MIN {
        return Err(StoreError::Folder(format!(
            "SQLite {version} is too old: build the program with the bundled one, 3.51.3 or later"
        )));
    }
    Ok(())
}

/// Makes the data folder, open to its owner alone, or checks that it is.
fn prepare_folder(folder: &std::path::Path) -> Result<(), StoreError> {
    use std::os::unix::fs::PermissionsExt as _;
    let said = |error: std::io::Error| {
        StoreError::Folder(format!(
            "the data folder {} cannot be used: {error}",
            folder.display()
        ))
    };
    files::make_folder(folder).map_err(said)?;
    let mode = std::fs::metadata(folder)
        .map_err(said)?
        .permissions()
        .mode();
    if mode & 0o077 != 0 {
        return Err(StoreError::Folder(format!(
            "the data folder {} can be read by others: run `chmod 700` on it",
            folder.display()
        )));
    }
    Ok(())
}

fn encode_path(path: &str) -> String {
    path.split('/')
        .map(editorial::urls::encode)
        .collect::<Vec<_>>()
        .join("/")
}
