//! The whole paper copied as one moment saw it, and a copy looked through.
//!
//! A copy is always a SQLite file, whatever the paper is kept in, so that a
//! backup has one form and a paper can move from one engine to the other.

use std::path::Path;

use editorial::{Id, accounts::SealedSecret};
use futures_util::TryStreamExt as _;
use serde_json::{Map, Value};
use sqlx::{Row as _, any::AnyRow};

use crate::{
    Database, Store, StoreError,
    rows::{self, Columns},
    tables::{Kind, TABLES, Table},
};

/// Rows and bytes of text written in one statement.
const BATCH_ROWS: usize = 1_000;
const BATCH_BYTES: usize = 1024 * 1024;

/// The name of the database file in a data folder.
pub const DATABASE_FILE: &str = "warraq.db";

/// A comment's address, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedAddress {
    /// The comment.
    pub comment: Id,
    /// The sealed text.
    pub sealed: String,
}

/// What is sealed of a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedUser {
    /// The user.
    pub user: Id,
    /// The sealed address.
    pub address: String,
    /// The sealed secret of the second factor, where one is set up.
    pub second_factor: Option<SealedSecret>,
}

impl Store {
    /// Writes the paper as it is at this moment into `folder`, as a new SQLite
    /// file named [`DATABASE_FILE`]. Readers and writers go on meanwhile. The
    /// file is not synced.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails, there is no room, or the file
    /// is there already.
    pub async fn copy_to(&self, folder: &Path) -> Result<(), StoreError> {
        let Some(statement) = self.inner.engine.copy_to_file() else {
            let target = Self::open(&Database::Sqlite(folder.to_owned())).await?;
            let done = target.fill_from(self).await;
            target.close().await;
            done?;
            return in_one_file(folder);
        };
        let file = folder.join(DATABASE_FILE);
        let file = std::path::absolute(&file)
            .ok()
            .and_then(|file| file.to_str().map(str::to_owned))
            .ok_or_else(|| {
                StoreError::Folder(format!(
                    "the name of the folder {} is not UTF-8: choose another",
                    folder.display()
                ))
            })?;
        sqlx::query(statement)
            .bind(file)
            .execute(self.pool())
            .await?;
        Ok(())
    }

    /// Fills this paper, to which nothing was ever written, with all rows of
    /// another, as one moment saw them. All of them, or none.
    ///
    /// # Errors
    /// [`StoreError::NotEmpty`], or where a database fails.
    pub async fn fill_from(&self, other: &Self) -> Result<(), StoreError> {
        let (from, into) = (&other.inner, &self.inner);
        let mut reading = from.pool.begin_with(from.engine.begin_read()).await?;
        sqlx::query(from.engine.lift_time_limit())
            .execute(&mut *reading)
            .await?;
        let mut writing = into.pool.begin_with(into.engine.begin_write()).await?;
        sqlx::query(into.engine.lift_time_limit())
            .execute(&mut *writing)
            .await?;
        let (position,): (i64,) = sqlx::query_as(
            "UPDATE log_head SET position = position WHERE one = 1 RETURNING position",
        )
        .fetch_one(&mut *writing)
        .await?;
        if position != 0 {
            return Err(StoreError::NotEmpty);
        }
        for table in TABLES {
            tracing::debug!(table = table.name, "copying");
            sqlx::query(table.clear).execute(&mut *writing).await?;
            let mut rows = sqlx::query(table.read).fetch(&mut *reading);
            let (mut batch, mut bytes) = (Vec::new(), 0);
            while let Some(row) = rows.try_next().await? {
                let (value, size) = value(table, &row)?;
                batch.push(value);
                bytes += size;
                if batch.len() == BATCH_ROWS || bytes >= BATCH_BYTES {
                    rows::write(&mut writing, table.write, std::mem::take(&mut batch)).await?;
                    bytes = 0;
                }
            }
            rows::write(&mut writing, table.write, batch).await?;
        }
        writing.commit().await?;
        reading.commit().await?;
        let (position,): (i64,) = sqlx::query_as("SELECT position FROM log_head WHERE one = 1")
            .fetch_one(self.pool())
            .await?;
        self.inner.seen(position);
        Ok(())
    }

    /// Whether anything was ever committed to this paper.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn is_untouched(&self) -> Result<bool, StoreError> {
        let (position,): (i64,) = sqlx::query_as("SELECT position FROM log_head WHERE one = 1")
            .fetch_one(self.pool())
            .await?;
        Ok(position == 0)
    }

    /// Has the engine look through its file; what it found wrong, if anything.
    /// PostgreSQL has no such look.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn integrity(&self) -> Result<Option<String>, StoreError> {
        let Some(statement) = self.inner.engine.integrity() else {
            return Ok(None);
        };
        let (found,): (String,) = sqlx::query_as(statement).fetch_one(self.pool()).await?;
        Ok((found != "ok").then_some(found))
    }

    /// The names of originals that pictures refer to, in order, after `after`;
    /// at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn original_keys(&self, after: &str, limit: i64) -> Result<Vec<String>, StoreError> {
        let rows = sqlx::query(
            "SELECT DISTINCT key FROM media WHERE key <> '' AND key > $1 ORDER BY key LIMIT $2",
        )
        .bind(after)
        .bind(limit)
        .fetch_all(self.pool())
        .await?;
        rows.iter().map(|row| row.text("key")).collect()
    }

    /// What is sealed of the users after the user `after`, in order; at most
    /// `limit`.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn sealed_users(
        &self,
        after: Option<Id>,
        limit: i64,
    ) -> Result<Vec<SealedUser>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, email_sealed, second_factor FROM user_account WHERE id > $1 ORDER BY id LIMIT $2",
        )
        .bind(after.map_or(0, Id::get))
        .bind(limit)
        .fetch_all(self.pool())
        .await?;
        rows.iter()
            .map(|row| {
                let secret = row.text("second_factor")?;
                Ok(SealedUser {
                    user: row.id("id")?,
                    address: row.text("email_sealed")?,
                    second_factor: (!secret.is_empty()).then_some(SealedSecret(secret)),
                })
            })
            .collect()
    }

    /// Ends all sessions and voids all one-time links of a copy that nobody
    /// serves yet: what was ended after the copy was made stays ended. The change
    /// log says nothing of it, since no page shows it.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn end_what_was_open(&self) -> Result<(), StoreError> {
        let mut writing = self
            .pool()
            .begin_with(self.inner.engine.begin_write())
            .await?;
        for statement in [
            "DELETE FROM session",
            "DELETE FROM one_time_link",
            "DELETE FROM data_request",
        ] {
            sqlx::query(statement).execute(&mut *writing).await?;
        }
        writing.commit().await?;
        Ok(())
    }

    /// The sealed addresses of comments after the comment `after`, in order; at
    /// most `limit`.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn sealed_addresses(
        &self,
        after: Option<Id>,
        limit: i64,
    ) -> Result<Vec<SealedAddress>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, email_sealed FROM comment WHERE id > $1 AND email_sealed IS NOT NULL ORDER BY id LIMIT $2",
        )
        .bind(after.map_or(0, Id::get))
        .bind(limit)
        .fetch_all(self.pool())
        .await?;
        rows.iter()
            .map(|row| {
                Ok(SealedAddress {
                    comment: row.id("id")?,
                    sealed: row.text("email_sealed")?,
                })
            })
            .collect()
    }
}

/// Makes sure that a copy that was closed is its database file alone.
fn in_one_file(folder: &Path) -> Result<(), StoreError> {
    let log = folder.join(format!("{DATABASE_FILE}-wal"));
    if log.metadata().is_ok_and(|data| data.len() > 0) {
        return Err(StoreError::Folder(format!(
            "the copy in {} was kept open by another program: try again",
            folder.display()
        )));
    }
    Ok(())
}

/// A row as the object that `json_each` reads, and about how long it is.
fn value(table: &Table, row: &AnyRow) -> Result<(Value, usize), StoreError> {
    let (mut object, mut bytes) = (Map::new(), 0);
    for (column, kind) in table.columns {
        let cell = match kind {
            Kind::Integer => {
                let number: Option<i64> = row.try_get(*column)?;
                number.map(Value::from)
            }
            Kind::Text => {
                let text: Option<String> = row.try_get(*column)?;
                bytes += text.as_ref().map_or(0, String::len);
                text.map(Value::from)
            }
        };
        bytes += column.len();
        object.insert((*column).to_owned(), cell.unwrap_or(Value::Null));
    }
    Ok((Value::Object(object), bytes))
}
