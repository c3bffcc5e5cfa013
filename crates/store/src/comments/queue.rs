//! What moderators look at: comments by state, with their article, the thread
//! around them, the reports on them, and their writer's standing.

use std::collections::HashMap;

use editorial::{
    Id, Timestamp,
    comment::{Comment, CommentState, Report},
};
use sqlx::AnyConnection;

use super::read;
use crate::{
    Store, StoreError,
    pages::Reading,
    rows::{self, Columns},
};

/// Comments looked through for words that are searched.
const LOOKED_THROUGH: i64 = 5_000;
/// Counted up to here: [`Counts::MAX`] as the databases take it.
const COUNTED_MAX: i64 = 10_000;
/// Reports of one comment that are shown.
const REPORTS: i64 = 20;
/// Comments of the thread that are shown: those above, and those that answer.
const ABOVE: usize = 4;
const BELOW: i64 = 5;

const OF_STATE: &str =
    "SELECT * FROM comment WHERE state = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
const REPORTED: &str =
    "SELECT * FROM comment WHERE reports > 0 AND id < $1 ORDER BY id DESC LIMIT $2";
const OF_ARTICLE: &str =
    "SELECT * FROM comment WHERE article = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
const ALL: &str = "SELECT * FROM comment WHERE id < $1 ORDER BY id DESC LIMIT $2";
const COUNT_STATE: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT 1 FROM comment WHERE state = $1 LIMIT $2) AS few";
const COUNT_REPORTED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT 1 FROM comment WHERE reports > 0 LIMIT $1) AS few";
const ARTICLES: &str = "SELECT id, slug, headline, comments_open, published_at FROM article WHERE id IN (SELECT CAST(CAST(value AS TEXT) AS BIGINT) FROM json_each($1))";
const BY_ID: &str = "SELECT * FROM comment WHERE id = $1";
const BELOW_IT: &str =
    "SELECT * FROM comment WHERE article = $1 AND reply_to = $2 ORDER BY id LIMIT $3";
const REPORTS_ON: &str =
    "SELECT * FROM comment_report WHERE comment = $1 ORDER BY id DESC LIMIT $2";
const STATES_OF: &str = "SELECT state, CAST(COUNT(*) AS BIGINT) AS count FROM comment WHERE email_index = $1 GROUP BY state";
const BLOCKED: &str = "SELECT * FROM blocked_writer ORDER BY at DESC LIMIT $1";
const BLOCKED_FOR: &str = "SELECT email_index FROM blocked_writer WHERE comment = $1";
const IS_BLOCKED: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM blocked_writer WHERE email_index = $1";

/// Which comments are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    /// Those of one state.
    State(CommentState),
    /// Those that readers report.
    Reported,
    /// Those under one article, in any state.
    Article(Id),
    /// All.
    All,
}

/// A page of comments that is wanted, the newest first.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Which.
    pub wants: Wants,
    /// Words that name or text hold, folded; empty for any.
    pub words: String,
    /// Only those before this one.
    pub before: Option<Id>,
    /// How many at the most.
    pub limit: usize,
}

/// A page of comments.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The comments, the newest first; perhaps none, where words are searched and
    /// older ones are left to look through.
    pub items: Vec<QueueItem>,
    /// Where the next page begins; none on the last one.
    pub next: Option<Id>,
}

/// A comment as moderators see it.
#[derive(Clone, Debug)]
pub struct QueueItem {
    /// The comment.
    pub comment: Comment,
    /// Its article's part of the address.
    pub slug: String,
    /// Its article's headline; empty where the article is gone.
    pub headline: String,
    /// What it answers, and what that answers, from the top.
    pub above: Vec<Comment>,
    /// What answers it.
    pub below: Vec<Comment>,
    /// What readers say of it, the newest first.
    pub reports: Vec<Report>,
    /// Its writer's comments by state, in the order of [`CommentState::ALL`].
    pub of_writer: [u32; 5],
    /// Whether its writer is blocked.
    pub blocked: bool,
}

/// How many comments there are of each kind, counted up to some thousands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// By state, in the order of [`CommentState::ALL`].
    pub states: [u32; 5],
    /// Reported ones.
    pub reported: u32,
}

impl Counts {
    /// Beyond this nothing is counted.
    pub const MAX: u32 = 10_000;
}

/// A blocked writer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// The blind index of the address.
    pub index: String,
    /// The comment for which.
    pub comment: Id,
    /// When.
    pub at: Timestamp,
    /// By whom: see [`editorial::audit::Actor::label`].
    pub actor: String,
}

impl Store {
    /// A page of comments for moderators.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn comments(&self, wanted: &Wanted) -> Result<Listed, StoreError> {
        let mut reading = Reading::begin(self).await?;
        let connection = &mut *reading.transaction;
        let words: Vec<&str> = wanted.words.split_whitespace().collect();
        // One more tells whether there is a next page.
        let limit = i64::try_from(wanted.limit)
            .unwrap_or(i64::MAX)
            .saturating_add(1);
        let read_max = if words.is_empty() {
            limit
        } else {
            LOOKED_THROUGH
        };
        let before = wanted.before.map_or(i64::MAX, Id::get);
        let query = match wanted.wants {
            Wants::State(state) => sqlx::query(OF_STATE).bind(state as i64),
            Wants::Reported => sqlx::query(REPORTED),
            Wants::Article(article) => sqlx::query(OF_ARTICLE).bind(article.get()),
            Wants::All => sqlx::query(ALL),
        };
        let rows = query
            .bind(before)
            .bind(read_max)
            .fetch_all(&mut *connection)
            .await?;
        let looked_to = rows.last().map(|row| row.id("id")).transpose()?;
        let mut found: Vec<Comment> = Vec::new();
        for row in &rows {
            let comment = read(row)?;
            let says = |word: &&str| {
                arabic::fold::fold(&comment.text).contains(word)
                    || arabic::fold::fold(&comment.name).contains(word)
            };
            if words.iter().all(says) {
                found.push(comment);
            }
            if found.len() > wanted.limit {
                break;
            }
        }
        let more = found.len() > wanted.limit;
        found.truncate(wanted.limit);
        let next = if more {
            found.last().map(|last| last.id)
        } else {
            // Older ones were not looked through.
            looked_to.filter(|_| !words.is_empty() && rows.len() as i64 == read_max)
        };
        let items = with_all_around(connection, found).await?;
        reading.end(()).await?;
        Ok(Listed { items, next })
    }

    /// One comment as moderators see it.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn comment_item(&self, id: Id) -> Result<Option<QueueItem>, StoreError> {
        let mut reading = Reading::begin(self).await?;
        let connection = &mut *reading.transaction;
        let found = by_id(connection, id).await?;
        let items = with_all_around(connection, found.into_iter().collect()).await?;
        reading.end(()).await?;
        Ok(items.into_iter().next())
    }

    /// How many comments there are of each kind.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn comment_counts(&self) -> Result<Counts, StoreError> {
        let number = |count: i64| u32::try_from(count).unwrap_or(Counts::MAX);
        let mut counts = Counts::default();
        for (state, count) in CommentState::ALL.into_iter().zip(&mut counts.states) {
            let (found,): (i64,) = sqlx::query_as(COUNT_STATE)
                .bind(state as i64)
                .bind(COUNTED_MAX)
                .fetch_one(self.pool())
                .await?;
            *count = number(found);
        }
        let (reported,): (i64,) = sqlx::query_as(COUNT_REPORTED)
            .bind(COUNTED_MAX)
            .fetch_one(self.pool())
            .await?;
        counts.reported = number(reported);
        Ok(counts)
    }

    /// How many comments wait, counted up to [`Counts::MAX`].
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn comments_waiting(&self) -> Result<u32, StoreError> {
        let (found,): (i64,) = sqlx::query_as(COUNT_STATE)
            .bind(CommentState::Waiting as i64)
            .bind(COUNTED_MAX)
            .fetch_one(self.pool())
            .await?;
        Ok(u32::try_from(found).unwrap_or(Counts::MAX))
    }

    /// Blocked writers, the newest first; at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn blocked_writers(&self, limit: u32) -> Result<Vec<Blocked>, StoreError> {
        let rows = sqlx::query(BLOCKED)
            .bind(i64::from(limit))
            .fetch_all(self.pool())
            .await?;
        rows.iter()
            .map(|row| {
                Ok(Blocked {
                    index: row.text("email_index")?,
                    comment: row.id("comment")?,
                    at: row.time("at")?,
                    actor: row.text("actor")?,
                })
            })
            .collect()
    }

    /// The blind index of whoever was blocked for a comment.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn blocked_for(&self, comment: Id) -> Result<Option<String>, StoreError> {
        let row = sqlx::query(BLOCKED_FOR)
            .bind(comment.get())
            .fetch_optional(self.pool())
            .await?;
        row.map(|row| row.text("email_index")).transpose()
    }
}

async fn by_id(connection: &mut AnyConnection, id: Id) -> Result<Option<Comment>, StoreError> {
    let row = sqlx::query(BY_ID)
        .bind(id.get())
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(read).transpose()
}

async fn with_all_around(
    connection: &mut AnyConnection,
    found: Vec<Comment>,
) -> Result<Vec<QueueItem>, StoreError> {
    let rows = sqlx::query(ARTICLES)
        .bind(rows::id_list(found.iter().map(|comment| comment.article)))
        .fetch_all(&mut *connection)
        .await?;
    let mut articles: HashMap<Id, (String, String)> = HashMap::new();
    for row in &rows {
        articles.insert(row.id("id")?, (row.text("slug")?, row.text("headline")?));
    }
    let mut items = Vec::with_capacity(found.len());
    for comment in found {
        let (slug, headline) = articles.get(&comment.article).cloned().unwrap_or_default();
        let (of_writer, blocked) = match &comment.email {
            Some(email) => of_writer(connection, &email.blind_index).await?,
            None => ([0; 5], false),
        };
        items.push(QueueItem {
            above: above(connection, &comment).await?,
            below: below(connection, &comment).await?,
            reports: reports(connection, &comment).await?,
            comment,
            slug,
            headline,
            of_writer,
            blocked,
        });
    }
    Ok(items)
}

async fn above(
    connection: &mut AnyConnection,
    comment: &Comment,
) -> Result<Vec<Comment>, StoreError> {
    let (mut above, mut next): (Vec<Comment>, _) = (Vec::new(), comment.reply_to);
    while let (Some(id), true) = (next, above.len() < ABOVE) {
        let Some(found) = by_id(connection, id).await? else {
            break;
        };
        next = found.reply_to;
        above.push(found);
    }
    above.reverse();
    Ok(above)
}

async fn below(
    connection: &mut AnyConnection,
    comment: &Comment,
) -> Result<Vec<Comment>, StoreError> {
    let rows = sqlx::query(BELOW_IT)
        .bind(comment.article.get())
        .bind(comment.id.get())
        .bind(BELOW)
        .fetch_all(connection)
        .await?;
    rows.iter().map(read).collect()
}

async fn reports(
    connection: &mut AnyConnection,
    comment: &Comment,
) -> Result<Vec<Report>, StoreError> {
    if comment.received.reports == 0 {
        return Ok(Vec::new());
    }
    let rows = sqlx::query(REPORTS_ON)
        .bind(comment.id.get())
        // Older ones are settled.
        .bind(REPORTS.min(i64::from(comment.received.reports)))
        .fetch_all(connection)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Report {
                id: row.id("id")?,
                comment: row.id("comment")?,
                at: row.time("at")?,
                reason: row.text("reason")?,
                sender: row.text("sender")?,
            })
        })
        .collect()
}

async fn of_writer(
    connection: &mut AnyConnection,
    index: &str,
) -> Result<([u32; 5], bool), StoreError> {
    let rows = sqlx::query(STATES_OF)
        .bind(index)
        .fetch_all(&mut *connection)
        .await?;
    let mut counts = [0; 5];
    for row in &rows {
        let state = CommentState::from_code(row.integer("state")?);
        let at = CommentState::ALL
            .iter()
            .position(|known| Some(*known) == state);
        if let Some(count) = at.and_then(|at| counts.get_mut(at)) {
            *count = u32::try_from(row.integer("count")?).unwrap_or(u32::MAX);
        }
    }
    let (blocked,): (i64,) = sqlx::query_as(IS_BLOCKED)
        .bind(index)
        .fetch_one(connection)
        .await?;
    Ok((counts, blocked > 0))
}
