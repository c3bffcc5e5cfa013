//! The saved texts of an article, as its staff look through them.

use editorial::{Id, Revision, Timestamp};
use sqlx::any::AnyRow;

use crate::{Store, StoreError, articles::read_body, rows::Columns};

const WHOLE: &str = "SELECT * FROM revision WHERE article = $1 ORDER BY at DESC, id DESC LIMIT $2";
const ONE: &str = "SELECT * FROM revision WHERE article = $1 AND id = $2";
const LINES: &str = "SELECT id, at, headline, saved_by, shown FROM revision WHERE article = $1 AND (at < $2 OR (at = $2 AND id < $3)) ORDER BY at DESC, id DESC LIMIT $4";

/// A saved text in a list, without the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionLine {
    /// Its id.
    pub id: Id,
    /// When it was saved.
    pub at: Timestamp,
    /// The headline then.
    pub headline: String,
    /// The user who saved it; none: it came another way.
    pub by: Option<Id>,
    /// Whether it was before the public.
    pub is_public: bool,
}

fn read(row: &AnyRow, article: Id) -> Result<Revision, StoreError> {
    Ok(Revision {
        id: row.id("id")?,
        article,
        at: row.time("at")?,
        headline: row.text("headline")?,
        standfirst: row.text("standfirst")?,
        body: read_body(row)?,
        by: row.maybe_id("saved_by")?,
        is_public: row.integer("shown")? != 0,
    })
}

impl Store {
    /// The saved texts of an article, newest first; at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn revisions(&self, article: Id, limit: u32) -> Result<Vec<Revision>, StoreError> {
        let rows = sqlx::query(WHOLE)
            .bind(article.get())
            .bind(i64::from(limit))
            .fetch_all(self.pool())
            .await?;
        rows.iter().map(|row| read(row, article)).collect()
    }

    /// One saved text of an article.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn revision(&self, article: Id, id: Id) -> Result<Option<Revision>, StoreError> {
        let row = sqlx::query(ONE)
            .bind(article.get())
            .bind(id.get())
            .fetch_optional(self.pool())
            .await?;
        row.as_ref().map(|row| read(row, article)).transpose()
    }

    /// The saved texts of an article without their words, newest first, those
    /// saved before the one of that moment and id if given; at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn revision_lines(
        &self,
        article: Id,
        before: Option<(Timestamp, Id)>,
        limit: u32,
    ) -> Result<Vec<RevisionLine>, StoreError> {
        let (at, id) = before.map_or((i64::MAX, i64::MAX), |(at, id)| (at.0, id.get()));
        let rows = sqlx::query(LINES)
            .bind(article.get())
            .bind(at)
            .bind(id)
            .bind(i64::from(limit))
            .fetch_all(self.pool())
            .await?;
        let line = |row: &AnyRow| {
            Ok(RevisionLine {
                id: row.id("id")?,
                at: row.time("at")?,
                headline: row.text("headline")?,
                by: row.maybe_id("saved_by")?,
                is_public: row.integer("shown")? != 0,
            })
        };
        rows.iter().map(line).collect()
    }
}
