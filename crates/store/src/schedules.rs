//! Publications to come.

use editorial::{
    Id, Timestamp,
    schedule::{Schedule, ScheduleWrite},
};
use sqlx::{AnyConnection, any::AnyRow};

use crate::{ArticleLine, Store, StoreError, articles, rows::Columns};

const SET: &str = "INSERT INTO schedule (article, at, set_by, set_at) VALUES ($1, $2, $3, $4) ON CONFLICT (article) DO UPDATE SET at = excluded.at, set_by = excluded.set_by, set_at = excluded.set_at";
const END: &str = "DELETE FROM schedule WHERE article = $1 AND at = $2";
const BY_ARTICLE: &str = "SELECT * FROM schedule WHERE article = $1";
const ARTICLES: &str = "SELECT schedule.at AS due, article.id AS id, article.kind AS kind, article.state AS state, article.slug AS slug, COALESCE(working_copy.headline, article.headline) AS headline, article.published_at AS published_at FROM schedule JOIN article ON article.id = schedule.article LEFT JOIN working_copy ON working_copy.article = article.id ORDER BY schedule.at, article.id LIMIT $1";
const NEXT: &str = "SELECT * FROM schedule ORDER BY at, article LIMIT $1";

impl Store {
    /// When an article goes live by itself.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn schedule(&self, article: Id) -> Result<Option<Schedule>, StoreError> {
        let row = sqlx::query(BY_ARTICLE)
            .bind(article.get())
            .fetch_optional(self.pool())
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// At most `limit` articles that are to go live, the next first, with their
    /// moments; their headlines are those of their working copies.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn scheduled_articles(
        &self,
        limit: u32,
    ) -> Result<Vec<(Timestamp, ArticleLine)>, StoreError> {
        let rows = sqlx::query(ARTICLES)
            .bind(i64::from(limit))
            .fetch_all(self.pool())
            .await?;
        rows.iter()
            .map(|row| Ok((row.time("due")?, articles::read_line(row)?)))
            .collect()
    }

    /// At most `limit` publications to come, the next first.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn schedules(&self, limit: u32) -> Result<Vec<Schedule>, StoreError> {
        let rows = sqlx::query(NEXT)
            .bind(i64::from(limit))
            .fetch_all(self.pool())
            .await?;
        rows.iter().map(read).collect()
    }
}

fn read(row: &AnyRow) -> Result<Schedule, StoreError> {
    Ok(Schedule {
        article: row.id("article")?,
        at: row.time("at")?,
        set_by: row.maybe_id("set_by")?,
        set_at: row.time("set_at")?,
    })
}

pub(crate) async fn write(
    connection: &mut AnyConnection,
    write: &ScheduleWrite,
) -> Result<(), StoreError> {
    let written = match write {
        ScheduleWrite::Set(schedule) => {
            sqlx::query(SET)
                .bind(schedule.article.get())
                .bind(schedule.at.0)
                .bind(schedule.set_by.map(Id::get))
                .bind(schedule.set_at.0)
                .execute(connection)
                .await?
        }
        ScheduleWrite::Ended { article, at } => {
            let Timestamp(at) = at;
            sqlx::query(END)
                .bind(article.get())
                .bind(*at)
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
