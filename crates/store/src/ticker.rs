//! The lines of the ticker.

use editorial::{Id, Timestamp, ticker::TickerItem};
use serde_json::json;
use sqlx::{AnyConnection, any::AnyRow};

use crate::{Store, StoreError, rows::Columns};

pub(crate) const INSERT: &str = "INSERT INTO ticker_item (id, text, url, urgent, at, expires_at) SELECT CAST(value->>'id' AS BIGINT), value->>'text', value->>'url', CAST(value->>'urgent' AS BIGINT), CAST(value->>'at' AS BIGINT), CAST(value->>'expires_at' AS BIGINT) FROM json_each($1)";
pub(crate) const DELETE: &str = "DELETE FROM ticker_item WHERE id = $1";

/// The most lines read.
pub(crate) const LINES_MAX: i64 = 50;

pub(crate) fn row(item: &TickerItem) -> serde_json::Value {
    json!({
        "id": item.id, "text": item.text, "url": item.url, "urgent": i64::from(item.urgent),
        "at": item.at, "expires_at": item.expires_at,
    })
}

fn read(row: &AnyRow) -> Result<TickerItem, StoreError> {
    Ok(TickerItem {
        id: row.id("id")?,
        text: row.text("text")?,
        url: row.text("url")?,
        urgent: row.integer("urgent")? != 0,
        at: row.time("at")?,
        expires_at: row.maybe_time("expires_at")?,
    })
}

/// Lines that have not expired, newest first.
pub(crate) async fn current(
    connection: &mut AnyConnection,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<TickerItem>, StoreError> {
    let rows = sqlx::query("SELECT * FROM ticker_item WHERE expires_at IS NULL OR expires_at > $1 ORDER BY at DESC, id DESC LIMIT $2")
        .bind(now.0)
        .bind(limit.min(LINES_MAX))
        .fetch_all(connection)
        .await?;
    rows.iter().map(read).collect()
}

impl Store {
    /// The lines of the ticker that have not expired at `now`, newest first.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn ticker_items(&self, now: Timestamp) -> Result<Vec<TickerItem>, StoreError> {
        current(&mut *self.pool().acquire().await?, now, LINES_MAX).await
    }

    /// Whether there is such a line, expired or not.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn ticker_item_exists(&self, id: Id) -> Result<bool, StoreError> {
        let found: Option<(i64,)> = sqlx::query_as("SELECT id FROM ticker_item WHERE id = $1")
            .bind(id.get())
            .fetch_optional(self.pool())
            .await?;
        Ok(found.is_some())
    }
}
