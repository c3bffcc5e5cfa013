//! The work on articles: desks, assignments, remarks, notifications, pen names.

mod desks;
mod notifications;
mod write;

use editorial::{
    Id,
    workflow::{Assignment, Remark, Team},
};
use sqlx::any::AnyRow;

use crate::{Store, StoreError, rows::Columns};

pub use notifications::Told;
pub(crate) use write::write;

const ASSIGNMENT: &str = "SELECT * FROM assignment WHERE article = $1";
const TEAM: &str = "SELECT desk_member.user_account AS user_account FROM desk_section JOIN desk_member ON desk_member.desk = desk_section.desk WHERE desk_section.section = $1";
const REMARKS: &str = "SELECT * FROM remark WHERE article = $1 ORDER BY id LIMIT $2";
const REMARK: &str = "SELECT * FROM remark WHERE id = $1";
const COUNT_REMARKS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM remark WHERE article = $1";

impl Store {
    /// Whose an article is to do.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn assignment(&self, article: Id) -> Result<Option<Assignment>, StoreError> {
        let row = sqlx::query(ASSIGNMENT)
            .bind(article.get())
            .fetch_optional(self.pool())
            .await?;
        let read = |row: &AnyRow| {
            Ok(Assignment {
                article,
                user: row.id("user_account")?,
                given_by: row.maybe_id("given_by")?,
                given_at: row.time("given_at")?,
                deadline: row.maybe_time("deadline")?,
            })
        };
        row.as_ref().map(read).transpose()
    }

    /// Who works on an article that stands in a section, beside whoever began it.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn team(&self, article: Id, section: Option<Id>) -> Result<Team, StoreError> {
        let assigned = self.assignment(article).await?.map(|given| given.user);
        let rows = match section {
            None => Vec::new(),
            Some(section) => {
                sqlx::query(TEAM)
                    .bind(section.get())
                    .fetch_all(self.pool())
                    .await?
            }
        };
        let members: Result<_, StoreError> =
            rows.iter().map(|row| row.id("user_account")).collect();
        Ok(Team {
            assigned,
            members: members?,
        })
    }

    /// What is said beside an article, the oldest first; at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn remarks(&self, article: Id, limit: u32) -> Result<Vec<Remark>, StoreError> {
        let rows = sqlx::query(REMARKS)
            .bind(article.get())
            .bind(i64::from(limit))
            .fetch_all(self.pool())
            .await?;
        rows.iter().map(read_remark).collect()
    }

    /// A remark.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn remark(&self, id: Id) -> Result<Option<Remark>, StoreError> {
        let row = sqlx::query(REMARK)
            .bind(id.get())
            .fetch_optional(self.pool())
            .await?;
        row.as_ref().map(read_remark).transpose()
    }

    /// How much is said beside an article.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn remark_count(&self, article: Id) -> Result<u32, StoreError> {
        let (count,): (i64,) = sqlx::query_as(COUNT_REMARKS)
            .bind(article.get())
            .fetch_one(self.pool())
            .await?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }
}

fn read_remark(row: &AnyRow) -> Result<Remark, StoreError> {
    let settled_by = row.maybe_id("settled_by")?;
    Ok(Remark {
        id: row.id("id")?,
        article: row.id("article")?,
        written_by: row.maybe_id("written_by")?,
        at: row.time("at")?,
        quote: row.text("quote")?,
        text: row.text("text")?,
        settled: settled_by.zip(row.maybe_time("settled_at")?),
    })
}
