//! The comments under an article, in threads, a page at a time.

use std::collections::HashMap;

use editorial::{
    Article, Id,
    comment::{COMMENTS_PER_PAGE, Line, in_threads},
    page::{CommentLine, CommentThread},
};
use sqlx::AnyConnection;

use super::{Reading, Snapshot};
use crate::{
    Store, StoreError, articles,
    rows::{self, Columns},
};

/// Comments of one article that are put in order; the oldest stay.
const ORDERED_MAX: i64 = 20_000;

const PLACES: &str = "SELECT id, reply_to, written_at FROM comment WHERE article = $1 AND state = 1 ORDER BY written_at, id LIMIT $2";
const LINES: &str = "SELECT id, reply_to, name, text, written_at, staff FROM comment WHERE state = 1 AND id IN (SELECT CAST(CAST(value AS TEXT) AS BIGINT) FROM json_each($1))";
const ARTICLE_OF: &str = "SELECT article.id AS id, article.slug AS slug FROM comment JOIN article ON article.id = comment.article WHERE comment.id = $1 AND comment.state = 1 AND article.state = 1";
const NAMES: &str = "SELECT id, name FROM comment WHERE state = 1 AND id IN (SELECT CAST(CAST(value AS TEXT) AS BIGINT) FROM json_each($1))";

impl Store {
    /// A page of the comments under an article, whatever state that is in. A
    /// page behind the last one is the last one.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn comment_thread(
        &self,
        article: Id,
        page: u32,
        newest_first: bool,
    ) -> Result<Snapshot<CommentThread>, StoreError> {
        let mut reading = Reading::begin(self).await?;
        let thread = thread(&mut reading.transaction, article, page, newest_first).await?;
        reading.end(thread).await
    }

    /// The same with the article, where there is one.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn comments_page(
        &self,
        article: Id,
        page: u32,
        newest_first: bool,
    ) -> Result<Snapshot<Option<(Article, CommentThread)>>, StoreError> {
        let mut reading = Reading::begin(self).await?;
        let row = sqlx::query(articles::COLUMNS_WITH_BODY)
            .bind(article.get())
            .fetch_optional(&mut *reading.transaction)
            .await?;
        let Some(row) = row else {
            return reading.end(None).await;
        };
        let found = articles::read(&row)?;
        let thread = thread(&mut reading.transaction, article, page, newest_first).await?;
        reading.end(Some((found, thread))).await
    }
}

impl Store {
    /// Where a comment is shown: its article, that one's part of the address, and
    /// the page of its comments; none where it is not.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn comment_place(
        &self,
        id: Id,
        newest_first: bool,
    ) -> Result<Option<(Id, String, u32)>, StoreError> {
        let mut reading = Reading::begin(self).await?;
        let connection = &mut *reading.transaction;
        let found = sqlx::query(ARTICLE_OF)
            .bind(id.get())
            .fetch_optional(&mut *connection)
            .await?;
        let Some(row) = found else {
            return Ok(reading.end(None).await?.value);
        };
        let (article, slug) = (row.id("id")?, row.text("slug")?);
        let places = places(connection, article).await?;
        let placed = in_threads(&places, newest_first);
        let at = placed.iter().position(|placed| placed.id == id);
        let page = at.map(|at| u32::try_from(at / COMMENTS_PER_PAGE + 1).unwrap_or(u32::MAX));
        let place = page.map(|page| (article, slug, page));
        Ok(reading.end(place).await?.value)
    }
}

async fn places(connection: &mut AnyConnection, article: Id) -> Result<Vec<Line>, StoreError> {
    let rows = sqlx::query(PLACES)
        .bind(article.get())
        .bind(ORDERED_MAX)
        .fetch_all(connection)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Line {
                id: row.id("id")?,
                reply_to: row.maybe_id("reply_to")?,
                written_at: row.time("written_at")?,
            })
        })
        .collect()
}

pub(super) async fn thread(
    connection: &mut AnyConnection,
    article: Id,
    page: u32,
    newest_first: bool,
) -> Result<CommentThread, StoreError> {
    let places = places(connection, article).await?;
    let pages = places.len().div_ceil(COMMENTS_PER_PAGE).max(1);
    let page = usize::try_from(page).unwrap_or(pages).clamp(1, pages);
    let placed = in_threads(&places, newest_first);
    let first = (page - 1) * COMMENTS_PER_PAGE;
    let shown = &placed[first..placed.len().min(first + COMMENTS_PER_PAGE)];
    if shown.is_empty() {
        return Ok(CommentThread {
            lines: Vec::new(),
            count: 0,
            page: 1,
            pages: 1,
            newest_first,
        });
    }
    let found = sqlx::query(LINES)
        .bind(rows::id_list(shown.iter().map(|placed| placed.id)))
        .fetch_all(&mut *connection)
        .await?;
    let mut by_id = HashMap::new();
    for row in &found {
        by_id.insert(row.id("id")?, row);
    }
    let mut answered = Vec::new();
    for row in &found {
        answered.extend(row.maybe_id("reply_to")?);
    }
    let found_names = sqlx::query(NAMES)
        .bind(rows::id_list(answered))
        .fetch_all(connection)
        .await?;
    let mut names = HashMap::new();
    for row in &found_names {
        names.insert(row.id("id")?, row.text("name")?);
    }
    let mut lines = Vec::with_capacity(shown.len());
    for placed in shown {
        let Some(row) = by_id.get(&placed.id) else {
            continue;
        };
        let answers = row.maybe_id("reply_to")?;
        lines.push(CommentLine {
            id: placed.id,
            depth: placed.depth,
            answers: answers.and_then(|id| Some((id, names.get(&id)?.clone()))),
            name: row.text("name")?,
            text: row.text("text")?,
            written_at: row.time("written_at")?,
            is_staff: row.maybe_integer("staff")?.is_some(),
        });
    }
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(CommentThread {
        lines,
        count: places.len() as u64,
        page: number(page),
        pages: number(pages),
        newest_first,
    })
}
