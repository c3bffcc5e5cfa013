//! Lists of articles, newest first, page by page from a cursor.

use editorial::{
    Timestamp,
    page::{ArticleList, Before, Cursor, ListSubject, PAGES_COUNTED},
};
use sqlx::AnyConnection;

use super::{Reading, Snapshot, add_teasers, read_summaries, summaries};
use crate::{Store, StoreError, aggregates, rows::Columns};

/// Which list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListOf {
    /// Of the section with this slug.
    Section(String),
    /// Of the tag with this slug.
    Tag(String),
    /// Of the author with this slug.
    Author(String),
    /// Of everything.
    Latest,
    /// Of a day.
    Between {
        /// Its first moment.
        from: Timestamp,
        /// The first moment of the next day.
        until: Timestamp,
        /// The day, as year, month, day.
        day: (i16, i8, i8),
    },
}

/// Stands before every article.
const NEWEST: Cursor = Cursor {
    published_at: Timestamp(i64::MAX),
    id: editorial::Id::new(editorial::Id::MAX).expect("the largest id is an id"),
};

impl Store {
    /// A page of a list; none where there is no such section, tag or author.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn list(
        &self,
        of: &ListOf,
        after: Option<Cursor>,
        limit: u32,
    ) -> Result<Snapshot<Option<(ListSubject, ArticleList)>>, StoreError> {
        let mut reading = Reading::begin(self).await?;
        let connection = &mut *reading.transaction;
        let Some(subject) = subject(connection, of).await? else {
            return reading.end(None).await;
        };
        let limit = i64::from(limit.max(1));
        let before = match after {
            Some(cursor) => before(connection, of, &subject, cursor, limit).await?,
            None => Before::Nothing,
        };
        let after = after.unwrap_or(NEWEST);
        let mut found = select(connection, of, &subject, after, limit + 1).await?;
        let more = found.len() as i64 > limit;
        found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        let next = match found.last() {
            Some(last) if more => Some(Cursor {
                published_at: last.time("listed_at")?,
                id: last.id("id")?,
            }),
            _ => None,
        };
        let mut articles = read_summaries(connection, &found).await?;
        add_teasers(connection, &mut articles).await?;
        reading
            .end(Some((
                subject,
                ArticleList {
                    articles,
                    next,
                    before,
                },
            )))
            .await
    }
}

pub(super) async fn subject(
    connection: &mut AnyConnection,
    of: &ListOf,
) -> Result<Option<ListSubject>, StoreError> {
    let (statement, slug) = match of {
        ListOf::Latest => return Ok(Some(ListSubject::Latest)),
        ListOf::Between {
            day: (year, month, day),
            ..
        } => {
            return Ok(Some(ListSubject::Day(*year, *month, *day)));
        }
        ListOf::Section(slug) => ("SELECT * FROM section WHERE slug = $1", slug),
        ListOf::Tag(slug) => ("SELECT * FROM tag WHERE slug = $1", slug),
        ListOf::Author(slug) => ("SELECT * FROM author WHERE slug = $1", slug),
    };
    if slug.contains('\0') {
        return Ok(None);
    }
    let row = sqlx::query(statement)
        .bind(slug.as_str())
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(match of {
        ListOf::Section(_) => ListSubject::Section(aggregates::read_section(&row)?),
        ListOf::Tag(_) => ListSubject::Tag(aggregates::read_tag(&row)?),
        _ => ListSubject::Author(aggregates::read_author(&row)?),
    }))
}

pub(super) async fn select(
    connection: &mut AnyConnection,
    of: &ListOf,
    subject: &ListSubject,
    after: Cursor,
    limit: i64,
) -> Result<Vec<sqlx::any::AnyRow>, StoreError> {
    let (at, id) = (after.published_at.0, after.id.get());
    let query = match (subject, of) {
        (ListSubject::Section(section), _) => sqlx::query(summaries!("FROM article WHERE section = $1 AND listed = 1 AND (listed_at, id) < ($2, $3) ORDER BY listed_at DESC, id DESC LIMIT $4"))
            .bind(section.id.get()),
        (ListSubject::Tag(tag), _) => sqlx::query(summaries!("FROM article_tag JOIN article ON article.id = article_tag.article WHERE article_tag.tag = $1 AND (article_tag.listed_at, article_tag.article) < ($2, $3) ORDER BY article_tag.listed_at DESC, article_tag.article DESC LIMIT $4"))
            .bind(tag.id.get()),
        (ListSubject::Author(author), _) => sqlx::query(summaries!("FROM article_author JOIN article ON article.id = article_author.article WHERE article_author.author = $1 AND (article_author.listed_at, article_author.article) < ($2, $3) ORDER BY article_author.listed_at DESC, article_author.article DESC LIMIT $4"))
            .bind(author.id.get()),
        (_, ListOf::Between { from, until, .. }) => {
            let query = sqlx::query(summaries!("FROM article WHERE listed = 1 AND published_at IS NOT NULL AND listed_at >= $1 AND (listed_at, id) < ($2, $3) ORDER BY listed_at DESC, id DESC LIMIT $4"))
                .bind(from.0);
            let at = at.min(until.0);
            let id = if at == until.0 { 0 } else { id };
            return Ok(query.bind(at).bind(id).bind(limit).fetch_all(connection).await?);
        }
        _ => sqlx::query(summaries!("FROM article WHERE listed = $1 AND (listed_at, id) < ($2, $3) ORDER BY listed_at DESC, id DESC LIMIT $4"))
            .bind(1i64),
    };
    Ok(query
        .bind(at)
        .bind(id)
        .bind(limit)
        .fetch_all(connection)
        .await?)
}

/// What stands before the page that begins after `cursor`: the newer lines are
/// counted up to a limit, so that a page deep in the archive costs no more.
async fn before(
    connection: &mut AnyConnection,
    of: &ListOf,
    subject: &ListSubject,
    cursor: Cursor,
    limit: i64,
) -> Result<Before, StoreError> {
    let most = limit * i64::from(PAGES_COUNTED);
    let newer = newer(connection, of, subject, cursor, most).await?;
    let lines = i64::try_from(newer.len()).unwrap_or(most);
    // Lists grow at their head: a page shows what it showed, and its number is
    // the nearest one.
    let number = ((lines + limit / 2) / limit + 1).max(2);
    let back = usize::try_from(limit).ok().and_then(|at| newer.get(at));
    Ok(Before::Pages {
        number: u32::try_from(number).ok().filter(|_| lines < most),
        back: back.copied(),
    })
}

/// The lines from `cursor` on to the newest, oldest first.
async fn newer(
    connection: &mut AnyConnection,
    of: &ListOf,
    subject: &ListSubject,
    cursor: Cursor,
    limit: i64,
) -> Result<Vec<Cursor>, StoreError> {
    let (at, id) = (cursor.published_at.0, cursor.id.get());
    let query = match (subject, of) {
        (ListSubject::Section(section), _) => sqlx::query("SELECT listed_at, id FROM article WHERE section = $1 AND listed = 1 AND (listed_at, id) >= ($2, $3) ORDER BY listed_at, id LIMIT $4")
            .bind(section.id.get()),
        (ListSubject::Tag(tag), _) => sqlx::query("SELECT listed_at, article AS id FROM article_tag WHERE tag = $1 AND (listed_at, article) >= ($2, $3) ORDER BY listed_at, article LIMIT $4")
            .bind(tag.id.get()),
        (ListSubject::Author(author), _) => sqlx::query("SELECT listed_at, article AS id FROM article_author WHERE author = $1 AND (listed_at, article) >= ($2, $3) ORDER BY listed_at, article LIMIT $4")
            .bind(author.id.get()),
        (_, ListOf::Between { until, .. }) => sqlx::query("SELECT listed_at, id FROM article WHERE listed = 1 AND published_at IS NOT NULL AND listed_at < $1 AND (listed_at, id) >= ($2, $3) ORDER BY listed_at, id LIMIT $4")
            .bind(until.0),
        _ => sqlx::query("SELECT listed_at, id FROM article WHERE listed = $1 AND (listed_at, id) >= ($2, $3) ORDER BY listed_at, id LIMIT $4")
            .bind(1i64),
    };
    let found = query
        .bind(at)
        .bind(id)
        .bind(limit)
        .fetch_all(connection)
        .await?;
    found
        .iter()
        .map(|row| {
            Ok(Cursor {
                published_at: row.time("listed_at")?,
                id: row.id("id")?,
            })
        })
        .collect()
}
