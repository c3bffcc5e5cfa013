//! Readers' comments: what is read to take one in, and what moderators read.

mod queue;
mod write;

use editorial::{
    Id, Timestamp,
    accounts::TokenHash,
    comment::{Comment, CommentState, DataRequest, Received},
    email::SealedEmail,
};
use sqlx::any::AnyRow;

use crate::{Store, StoreError, rows::Columns};

pub use queue::{Blocked, Counts, Listed, QueueItem, Wanted, Wants};
pub(crate) use write::write;

/// The most comments of one reader that are read at once.
const READ_MAX: i64 = 5_000;

const BY_ID: &str = "SELECT * FROM comment WHERE id = $1";
const OF_WRITER: &str = "SELECT * FROM comment WHERE writer = $1 AND written_at >= $2 AND writer <> '' ORDER BY id DESC LIMIT 50";
const OF_ADDRESS: &str =
    "SELECT * FROM comment WHERE email_index = $1 AND id > $2 ORDER BY id LIMIT $3";
const SENT: &str = "SELECT comment FROM comment_once WHERE key = $1 AND at >= $2";
const APPROVED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT 1 FROM comment WHERE email_index = $1 AND state = 1 LIMIT $2) AS few";
const IS_BLOCKED: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM blocked_writer WHERE email_index = $1";
const NEWEST: &str = "SELECT likeness FROM comment WHERE likeness <> 0 AND id <> $1 AND written_at >= $2 ORDER BY id DESC LIMIT $3";
const IS_KEPT: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT 1 FROM comment WHERE email_index = $1 LIMIT 1) AS few";
const SENDER_KEYS: &str = "SELECT sealed FROM sender_key ORDER BY day";
const SENDER_KEY: &str = "SELECT sealed FROM sender_key WHERE day = $1";
const REQUEST: &str = "SELECT * FROM data_request WHERE token = $1 AND token <> ''";
const REQUEST_BY_ID: &str = "SELECT * FROM data_request WHERE id = $1";
const REQUESTS: &str = "SELECT * FROM data_request ORDER BY id DESC LIMIT $1";

/// What is known of whoever has an address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WriterStanding {
    /// His approved comments, up to a few.
    pub approved: u32,
    /// Whether he is blocked.
    pub blocked: bool,
}

impl Store {
    /// A comment, in any state.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn comment(&self, id: Id) -> Result<Option<Comment>, StoreError> {
        let row = sqlx::query(BY_ID)
            .bind(id.get())
            .fetch_optional(self.pool())
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// What somebody wrote since, by his cookie, the newest first; at most 50.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn comments_of_writer(
        &self,
        writer: TokenHash,
        since: Timestamp,
    ) -> Result<Vec<Comment>, StoreError> {
        let rows = sqlx::query(OF_WRITER)
            .bind(writer.to_hex())
            .bind(since.0)
            .fetch_all(self.pool())
            .await?;
        rows.iter().map(read).collect()
    }

    /// What came from an address behind the comment `after`, in order; at most
    /// some thousands at once.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn comments_of_address(
        &self,
        blind_index: &str,
        after: Option<Id>,
    ) -> Result<Vec<Comment>, StoreError> {
        let rows = sqlx::query(OF_ADDRESS)
            .bind(blind_index)
            .bind(after.map_or(0, Id::get))
            .bind(READ_MAX)
            .fetch_all(self.pool())
            .await?;
        rows.iter().map(read).collect()
    }

    /// The comment that was sent with that key since.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn comment_sent(
        &self,
        once: &str,
        since: Timestamp,
    ) -> Result<Option<Id>, StoreError> {
        let row = sqlx::query(SENT)
            .bind(once)
            .bind(since.0)
            .fetch_optional(self.pool())
            .await?;
        row.map(|row| row.id("comment")).transpose()
    }

    /// Whether anything from an address is kept.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn keeps_of_address(&self, blind_index: &str) -> Result<bool, StoreError> {
        let (kept,): (i64,) = sqlx::query_as(IS_KEPT)
            .bind(blind_index)
            .fetch_one(self.pool())
            .await?;
        Ok(kept > 0)
    }

    /// What is known of whoever has an address; approved comments are counted up
    /// to `approved_max`.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn writer_standing(
        &self,
        blind_index: &str,
        approved_max: u32,
    ) -> Result<WriterStanding, StoreError> {
        let (approved,): (i64,) = sqlx::query_as(APPROVED)
            .bind(blind_index)
            .bind(i64::from(approved_max))
            .fetch_one(self.pool())
            .await?;
        let (blocked,): (i64,) = sqlx::query_as(IS_BLOCKED)
            .bind(blind_index)
            .fetch_one(self.pool())
            .await?;
        Ok(WriterStanding {
            approved: u32::try_from(approved).unwrap_or(u32::MAX),
            blocked: blocked > 0,
        })
    }

    /// The likeness of the newest comments written since, but for one; at most
    /// `limit`.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn newest_likenesses(
        &self,
        but: Option<Id>,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<i64>, StoreError> {
        let rows = sqlx::query(NEWEST)
            .bind(but.map_or(0, Id::get))
            .bind(since.0)
            .bind(i64::from(limit))
            .fetch_all(self.pool())
            .await?;
        rows.iter().map(|row| row.integer("likeness")).collect()
    }

    /// The sealed key of a day, as days since 1970.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn sender_key(&self, day: i64) -> Result<Option<String>, StoreError> {
        let row = sqlx::query(SENDER_KEY)
            .bind(day)
            .fetch_optional(self.pool())
            .await?;
        row.map(|row| row.text("sealed")).transpose()
    }

    /// The sealed keys of all days, in order.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn sender_keys(&self) -> Result<Vec<String>, StoreError> {
        let rows = sqlx::query(SENDER_KEYS).fetch_all(self.pool()).await?;
        rows.iter().map(|row| row.text("sealed")).collect()
    }

    /// The request for data with that link.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn data_request_of(
        &self,
        token: TokenHash,
    ) -> Result<Option<DataRequest>, StoreError> {
        let row = sqlx::query(REQUEST)
            .bind(token.to_hex())
            .fetch_optional(self.pool())
            .await?;
        row.as_ref().map(read_request).transpose()
    }

    /// A request for data.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn data_request(&self, id: Id) -> Result<Option<DataRequest>, StoreError> {
        let row = sqlx::query(REQUEST_BY_ID)
            .bind(id.get())
            .fetch_optional(self.pool())
            .await?;
        row.as_ref().map(read_request).transpose()
    }

    /// The newest requests for data, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn data_requests(&self, limit: u32) -> Result<Vec<DataRequest>, StoreError> {
        let rows = sqlx::query(REQUESTS)
            .bind(i64::from(limit))
            .fetch_all(self.pool())
            .await?;
        rows.iter().map(read_request).collect()
    }
}

pub(crate) fn read(row: &AnyRow) -> Result<Comment, StoreError> {
    let email = match (
        row.maybe_text("email_sealed")?,
        row.maybe_text("email_index")?,
    ) {
        (Some(sealed), Some(blind_index)) => Some(SealedEmail {
            sealed,
            blind_index,
        }),
        _ => None,
    };
    Ok(Comment {
        id: row.id("id")?,
        article: row.id("article")?,
        reply_to: row.maybe_id("reply_to")?,
        name: row.text("name")?,
        email,
        text: row.text("text")?,
        written_at: row.time("written_at")?,
        state: CommentState::from_code(row.integer("state")?)
            .ok_or_else(|| StoreError::Damaged("a comment's state".into()))?,
        received: Received {
            version: row.integer("version")?,
            writer: TokenHash::from_hex(&row.text("writer")?),
            sender: row.text("sender")?,
            likeness: row.integer("likeness")?,
            holds: row.json("holds")?,
            staff: row.maybe_id("staff")?,
            edited_at: row.maybe_time("edited_at")?,
            reports: u32::try_from(row.integer("reports")?).unwrap_or(u32::MAX),
        },
    })
}

fn read_request(row: &AnyRow) -> Result<DataRequest, StoreError> {
    Ok(DataRequest {
        id: row.id("id")?,
        email: SealedEmail {
            sealed: row.text("email_sealed")?,
            blind_index: row.text("email_index")?,
        },
        token: TokenHash::from_hex(&row.text("token")?),
        at: row.time("at")?,
    })
}
