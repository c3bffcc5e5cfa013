//! What stands first on the front page, now and from moments on.

use editorial::{
    Id, Timestamp,
    front::{FrontPage, FrontWrite},
};
use serde_json::json;
use sqlx::{AnyConnection, any::AnyRow};

use crate::{ArticleLine, Store, StoreError, articles, rows, rows::Columns};

/// The moment of the one that stands now.
const NOW: i64 = 0;

const NEW: &str = "INSERT INTO front_page (begins, version, stories, set_by) VALUES ($1, 1, $2, $3) ON CONFLICT (begins) DO NOTHING";
const CHANGE: &str = "UPDATE front_page SET version = $1, stories = $2, set_by = $3 WHERE begins = $4 AND version = $5";
const END: &str = "DELETE FROM front_page WHERE begins = $1 AND version = $2";
const ONE: &str = "SELECT * FROM front_page WHERE begins = $1";
const TO_COME: &str = "SELECT * FROM front_page WHERE begins > 0 ORDER BY begins LIMIT $1";
const LATEST: &str = "SELECT id, kind, state, slug, headline, published_at FROM article WHERE listed = 1 ORDER BY listed_at DESC, id DESC LIMIT $1";
const LINES: &str = "SELECT id, kind, state, slug, headline, published_at FROM article WHERE id IN (SELECT CAST(CAST(value AS TEXT) AS BIGINT) FROM json_each($1))";

fn begins(front: &FrontPage) -> i64 {
    front.from.map_or(NOW, |at| at.0)
}

fn read(row: &AnyRow) -> Result<FrontPage, StoreError> {
    let begins = row.time("begins")?;
    Ok(FrontPage {
        from: (begins.0 != NOW).then_some(begins),
        version: row.integer("version")?,
        stories: row.json("stories")?,
        set_by: row.maybe_id("set_by")?,
    })
}

/// The stories that are chosen now.
pub(crate) async fn chosen(connection: &mut AnyConnection) -> Result<Vec<Id>, StoreError> {
    let row = sqlx::query(ONE)
        .bind(NOW)
        .fetch_optional(connection)
        .await?;
    row.map_or_else(|| Ok(Vec::new()), |row| row.json("stories"))
}

pub(crate) async fn write(
    connection: &mut AnyConnection,
    write: &FrontWrite,
) -> Result<(), StoreError> {
    let written = match write {
        FrontWrite::Set(front) if front.version == 1 => {
            sqlx::query(NEW)
                .bind(begins(front))
                .bind(json!(front.stories).to_string())
                .bind(front.set_by.map(Id::get))
                .execute(connection)
                .await?
        }
        FrontWrite::Set(front) => {
            sqlx::query(CHANGE)
                .bind(front.version)
                .bind(json!(front.stories).to_string())
                .bind(front.set_by.map(Id::get))
                .bind(begins(front))
                .bind(front.version - 1)
                .execute(connection)
                .await?
        }
        FrontWrite::Ended { from, version } => {
            sqlx::query(END)
                .bind(from.0)
                .bind(*version)
                .execute(connection)
                .await?
        }
    };
    if written.rows_affected() == 1 {
        Ok(())
    } else {
        Err(StoreError::Conflict)
    }
}

impl Store {
    /// The front page that stands now, or the one that is to come at a moment; one
    /// without a version where nothing was set.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn front_page(&self, from: Option<Timestamp>) -> Result<FrontPage, StoreError> {
        let row = sqlx::query(ONE)
            .bind(from.map_or(NOW, |at| at.0))
            .fetch_optional(self.pool())
            .await?;
        let none = || FrontPage {
            from,
            ..FrontPage::default()
        };
        row.map_or_else(|| Ok(none()), |row| read(&row))
    }

    /// At most `limit` front pages to come, the next first.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn front_pages_to_come(&self, limit: u32) -> Result<Vec<FrontPage>, StoreError> {
        let rows = sqlx::query(TO_COME)
            .bind(i64::from(limit))
            .fetch_all(self.pool())
            .await?;
        rows.iter().map(read).collect()
    }

    /// At most `limit` published stories, the newest first.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn latest_stories(&self, limit: u32) -> Result<Vec<ArticleLine>, StoreError> {
        let rows = sqlx::query(LATEST)
            .bind(i64::from(limit))
            .fetch_all(self.pool())
            .await?;
        rows.iter().map(articles::read_line).collect()
    }

    /// Articles as lines, in the order of `ids`; one that is not there is left out.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn article_lines(&self, ids: &[Id]) -> Result<Vec<ArticleLine>, StoreError> {
        let rows = sqlx::query(LINES)
            .bind(rows::id_list(ids.iter().copied()))
            .fetch_all(self.pool())
            .await?;
        let lines: Vec<ArticleLine> = rows
            .iter()
            .map(articles::read_line)
            .collect::<Result<_, _>>()?;
        let of = |id: &Id| lines.iter().find(|line| line.id == *id).cloned();
        Ok(ids.iter().filter_map(of).collect())
    }
}
