//! What each of the staff is told.

use editorial::{
    Id, Timestamp,
    workflow::{Notification, NotificationKind},
};

use crate::{Store, StoreError, rows::Columns};

const OF_USER: &str = "SELECT notification.*, COALESCE(working_copy.headline, article.headline) AS headline FROM notification JOIN article ON article.id = notification.article LEFT JOIN working_copy ON working_copy.article = notification.article WHERE notification.user_account = $1 AND notification.id < $2 ORDER BY notification.id DESC LIMIT $3";
const UNREAD: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT 1 FROM notification WHERE user_account = $1 AND read_at IS NULL LIMIT $2) AS few";

/// What somebody is told, with the headline that its article has now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What.
    pub notification: Notification,
    /// The article's headline: its working copy's where it has one.
    pub headline: String,
}

impl Store {
    /// What a user is told, the newest first; at most `limit`, older than `before` if given.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn notifications(
        &self,
        user: Id,
        before: Option<Id>,
        limit: u32,
    ) -> Result<Vec<Told>, StoreError> {
        let rows = sqlx::query(OF_USER)
            .bind(user.get())
            .bind(before.map_or(i64::MAX, Id::get))
            .bind(i64::from(limit))
            .fetch_all(self.pool())
            .await?;
        rows.iter()
            .map(|row| {
                let kind = NotificationKind::from_code(row.integer("kind")?);
                let at: Timestamp = row.time("at")?;
                Ok(Told {
                    notification: Notification {
                        id: row.id("id")?,
                        user,
                        kind: kind
                            .ok_or_else(|| StoreError::Damaged("a kind of notification".into()))?,
                        article: row.id("article")?,
                        caused_by: row.maybe_id("caused_by")?,
                        at,
                        read_at: row.maybe_time("read_at")?,
                    },
                    headline: row.text("headline")?,
                })
            })
            .collect()
    }

    /// How many of them a user has not read, counted up to `most`.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn unread_count(&self, user: Id, most: u32) -> Result<u32, StoreError> {
        let (count,): (i64,) = sqlx::query_as(UNREAD)
            .bind(user.get())
            .bind(i64::from(most))
            .fetch_one(self.pool())
            .await?;
        Ok(u32::try_from(count).unwrap_or(most))
    }
}
