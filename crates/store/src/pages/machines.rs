//! What feeds, sitemaps and redirects read.

use editorial::{
    Body, Id, Timestamp,
    page::{ArticleSummary, Cursor, FeedEntry, ListSubject, TEASER_LETTERS},
    urls::Url,
};

use super::{BODIES, Reading, Snapshot, in_order, lists, read_pictures, read_summaries, summaries};
use crate::{
    ListOf, Store, StoreError, articles,
    rows::{self, Columns},
};

/// The address of a slug.
type ToUrl = fn(String) -> Url;

impl Store {
    /// The newest articles of a list with their texts and the pictures in them.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn feed_articles(
        &self,
        of: &ListOf,
        limit: u32,
    ) -> Result<Snapshot<Option<(ListSubject, Vec<FeedEntry>)>>, StoreError> {
        let mut reading = Reading::begin(self).await?;
        let connection = &mut *reading.transaction;
        let Some(subject) = lists::subject(connection, of).await? else {
            return reading.end(None).await;
        };
        let newest = Cursor {
            published_at: Timestamp(i64::MAX),
            id: Id::new(Id::MAX).expect("an id"),
        };
        let found = lists::select(connection, of, &subject, newest, i64::from(limit)).await?;
        let lines = read_summaries(connection, &found).await?;
        let bodies = sqlx::query(BODIES)
            .bind(rows::id_list(lines.iter().map(|line| line.id)))
            .fetch_all(&mut *connection)
            .await?;
        let mut by_article = std::collections::HashMap::new();
        for row in &bodies {
            by_article.insert(row.id("article")?, articles::read_body(row)?);
        }
        let pictures = by_article.values().flat_map(Body::pictures);
        let pictures = read_pictures(connection, pictures).await?;
        let entries = lines
            .into_iter()
            .map(|mut summary| {
                let body: Body = by_article.remove(&summary.id).unwrap_or_default();
                if summary.standfirst.is_empty() {
                    summary.teaser = body.teaser(TEASER_LETTERS);
                }
                let in_body: Vec<Id> = body.pictures().collect();
                let images = in_order(&in_body, &pictures, |media| media.id);
                FeedEntry {
                    summary,
                    body,
                    images,
                }
            })
            .collect();
        reading.end(Some((subject, entries))).await
    }

    /// How many sitemaps of `per_page` addresses there are.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn sitemap_count(&self, per_page: u32) -> Result<Snapshot<u32>, StoreError> {
        let mut reading = Reading::begin(self).await?;
        let (articles,): (i64,) =
            sqlx::query_as("SELECT CAST(COUNT(*) AS BIGINT) FROM article WHERE listed = 1")
                .fetch_one(&mut *reading.transaction)
                .await?;
        let pages = articles.unsigned_abs().div_ceil(u64::from(per_page.max(1)));
        reading.end(u32::try_from(pages).unwrap_or(u32::MAX)).await
    }

    /// The addresses of what is no article: the front page, the archive, the
    /// sections and tags with something published, the standing pages.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn sitemap_places(&self, limit: u32) -> Result<Snapshot<Vec<Url>>, StoreError> {
        let mut reading = Reading::begin(self).await?;
        let mut places = vec![Url::Home, Url::Archive(None)];
        let slugs: [(&str, ToUrl); 3] = [
            (
                "SELECT slug FROM section WHERE EXISTS (SELECT 1 FROM article WHERE article.section = section.id AND article.listed = 1) ORDER BY position, id LIMIT $1",
                |slug| Url::Section(slug, None),
            ),
            (
                "SELECT slug FROM article WHERE kind = 1 AND state = 1 ORDER BY id LIMIT $1",
                Url::Page,
            ),
            (
                "SELECT slug FROM tag WHERE EXISTS (SELECT 1 FROM article_tag WHERE article_tag.tag = tag.id) ORDER BY id LIMIT $1",
                |slug| Url::Tag(slug, None),
            ),
        ];
        for (statement, url) in slugs {
            let found = sqlx::query(statement)
                .bind(i64::from(limit))
                .fetch_all(&mut *reading.transaction)
                .await?;
            for row in &found {
                places.push(url(row.text("slug")?));
            }
        }
        reading.end(places).await
    }

    /// The articles of sitemap `number`, from 1, oldest id first, so that a
    /// full sitemap keeps its addresses.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn sitemap_page(
        &self,
        number: u32,
        per_page: u32,
    ) -> Result<Snapshot<Vec<ArticleSummary>>, StoreError> {
        let mut reading = Reading::begin(self).await?;
        let skipped = i64::from(number.saturating_sub(1)) * i64::from(per_page);
        let found = sqlx::query(summaries!("FROM article WHERE listed = 1 AND id > (SELECT COALESCE(MAX(id), 0) FROM (SELECT id FROM article WHERE listed = 1 ORDER BY id LIMIT $1) AS before) ORDER BY id LIMIT $2"))
            .bind(skipped)
            .bind(i64::from(per_page))
            .fetch_all(&mut *reading.transaction)
            .await?;
        let lines = read_summaries(&mut reading.transaction, &found).await?;
        reading.end(lines).await
    }

    /// The ids of published articles below `below`, the highest first.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn published_below(
        &self,
        below: Option<Id>,
        limit: i64,
    ) -> Result<Vec<Id>, StoreError> {
        let found = sqlx::query(
            "SELECT id FROM article WHERE listed = 1 AND id < $1 ORDER BY id DESC LIMIT $2",
        )
        .bind(below.map_or(i64::MAX, Id::get))
        .bind(limit)
        .fetch_all(self.pool())
        .await?;
        found.iter().map(|row| row.id("id")).collect()
    }

    /// The newest articles published since `from`.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn latest_since(
        &self,
        from: Timestamp,
        limit: u32,
    ) -> Result<Snapshot<Vec<ArticleSummary>>, StoreError> {
        let mut reading = Reading::begin(self).await?;
        let found = sqlx::query(summaries!("FROM article WHERE listed = 1 AND listed_at >= $1 ORDER BY listed_at DESC, id DESC LIMIT $2"))
            .bind(from.0)
            .bind(i64::from(limit))
            .fetch_all(&mut *reading.transaction)
            .await?;
        let lines = read_summaries(&mut reading.transaction, &found).await?;
        reading.end(lines).await
    }
}
