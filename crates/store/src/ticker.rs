//! The lines of the ticker.

use editorial::{
    Id, Timestamp,
    ticker::{TickerItem, TickerWrite},
};
use sqlx::{AnyConnection, any::AnyRow};

use crate::{
    Store, StoreError,
    rows::{self, Columns},
};

/// The place of a line is the id of the one that came to it first: a newer line
/// stands above, and lines that change places exchange these numbers.
const PUSH: &str = "INSERT INTO ticker_item (id, text, url, urgent, at, expires_at, place, version) VALUES ($1, $2, $3, $4, $5, $6, $1, $7)";
const CHANGE: &str = "UPDATE ticker_item SET text = $1, url = $2, urgent = $3, expires_at = $4, version = $5 WHERE id = $6 AND version = $7";
const REMOVE: &str = "DELETE FROM ticker_item WHERE id = $1 AND version = $2";
/// Takes the rows for this transaction.
const HOLD: &str = "UPDATE ticker_item SET place = place WHERE id IN (SELECT CAST(CAST(value AS TEXT) AS BIGINT) FROM json_each($1))";
const PLACES: &str = "SELECT id, place FROM ticker_item WHERE id IN (SELECT CAST(CAST(value AS TEXT) AS BIGINT) FROM json_each($1)) ORDER BY place DESC, id DESC";
const MOVE: &str = "UPDATE ticker_item SET place = $1 WHERE id = $2";
const CURRENT: &str = "SELECT * FROM ticker_item WHERE expires_at IS NULL OR expires_at > $1 ORDER BY place DESC, id DESC LIMIT $2";

/// The most lines read.
pub(crate) const LINES_MAX: i64 = 50;

fn read(row: &AnyRow) -> Result<TickerItem, StoreError> {
    Ok(TickerItem {
        id: row.id("id")?,
        text: row.text("text")?,
        url: row.text("url")?,
        urgent: row.integer("urgent")? != 0,
        at: row.time("at")?,
        expires_at: row.maybe_time("expires_at")?,
        version: row.integer("version")?,
    })
}

/// Lines that have not expired, in their order.
pub(crate) async fn current(
    connection: &mut AnyConnection,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<TickerItem>, StoreError> {
    let rows = sqlx::query(CURRENT)
        .bind(now.0)
        .bind(limit.min(LINES_MAX))
        .fetch_all(connection)
        .await?;
    rows.iter().map(read).collect()
}

/// Writes something about the ticker.
pub(crate) async fn write(
    connection: &mut AnyConnection,
    write: &TickerWrite,
) -> Result<(), StoreError> {
    let written = match write {
        TickerWrite::Pushed(item) => {
            sqlx::query(PUSH)
                .bind(item.id.get())
                .bind(&item.text)
                .bind(&item.url)
                .bind(i64::from(item.urgent))
                .bind(item.at.0)
                .bind(item.expires_at.map(|at| at.0))
                .bind(item.version)
                .execute(connection)
                .await?
        }
        TickerWrite::Changed(item) => {
            sqlx::query(CHANGE)
                .bind(&item.text)
                .bind(&item.url)
                .bind(i64::from(item.urgent))
                .bind(item.expires_at.map(|at| at.0))
                .bind(item.version)
                .bind(item.id.get())
                .bind(item.version - 1)
                .execute(connection)
                .await?
        }
        TickerWrite::Removed { id, version } => {
            sqlx::query(REMOVE)
                .bind(id.get())
                .bind(*version)
                .execute(connection)
                .await?
        }
        TickerWrite::Arranged { seen, wanted } => return arrange(connection, seen, wanted).await,
    };
    if written.rows_affected() == 1 {
        Ok(())
    } else {
        Err(StoreError::Conflict)
    }
}

/// Puts lines into another order, where they stand as they were seen.
async fn arrange(
    connection: &mut AnyConnection,
    seen: &[Id],
    wanted: &[Id],
) -> Result<(), StoreError> {
    let list = rows::id_list(seen.iter().copied());
    sqlx::query(HOLD)
        .bind(&list)
        .execute(&mut *connection)
        .await?;
    let found = sqlx::query(PLACES)
        .bind(&list)
        .fetch_all(&mut *connection)
        .await?;
    let mut places = Vec::with_capacity(found.len());
    let mut standing = Vec::with_capacity(found.len());
    for row in &found {
        standing.push(row.id("id")?);
        places.push(row.integer("place")?);
    }
    if standing != seen {
        return Err(StoreError::Conflict);
    }
    for ((id, place), before) in wanted.iter().zip(places).zip(seen) {
        if id != before {
            sqlx::query(MOVE)
                .bind(place)
                .bind(id.get())
                .execute(&mut *connection)
                .await?;
        }
    }
    Ok(())
}

impl Store {
    /// The lines of the ticker that have not expired at `now`, in their order: the
    /// newest first, where nobody moved one.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn ticker_items(&self, now: Timestamp) -> Result<Vec<TickerItem>, StoreError> {
        current(&mut *self.pool().acquire().await?, now, LINES_MAX).await
    }

    /// A line of the ticker, expired or not.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn ticker_item(&self, id: Id) -> Result<Option<TickerItem>, StoreError> {
        let row = sqlx::query("SELECT * FROM ticker_item WHERE id = $1")
            .bind(id.get())
            .fetch_optional(self.pool())
            .await?;
        row.as_ref().map(read).transpose()
    }
}
