//! The page of one article, and standing pages.

use std::collections::HashMap;

use editorial::{
    Article, ArticleState, Id,
    correction::{Correction, CorrectionKind},
    media::Media,
    page::ArticlePage,
    places::Tag,
};
use sqlx::{AnyConnection, any::AnyRow};

use super::{
    Reading, Snapshot, in_order, read_authors, read_pictures, read_sections, read_summaries,
    summaries,
};
use crate::{
    Store, StoreError, aggregates, articles,
    rows::{self, Columns},
};

/// Related articles shown.
const RELATED: usize = 4;
/// Tags looked at for related articles, and articles looked at for each.
const RELATED_TAGS: usize = 4;
const RELATED_CANDIDATES: i64 = 10;
/// What a shared tag counts, in shared words.
const SHARED_TAG: i64 = 3;
/// Rare words that two articles without a common tag must share.
const WORDS_ALIKE: i64 = 2;
/// More than the words of a signature.
const SIGNATURE_WORDS: i64 = 1_000;

/// The notes on an article, without why it was away.
const NOTES: &str =
    "SELECT * FROM correction WHERE article = $1 AND kind <> 5 ORDER BY at, id LIMIT 100";
/// Why it is away.
const REASON: &str =
    "SELECT * FROM correction WHERE article = $1 AND kind = 5 ORDER BY at DESC, id DESC LIMIT 1";

impl Store {
    /// The page of an article in any state, with the first page of its comments.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn article_page(
        &self,
        id: Id,
        newest_first: bool,
    ) -> Result<Snapshot<Option<ArticlePage>>, StoreError> {
        let mut reading = Reading::begin(self).await?;
        let connection = &mut *reading.transaction;
        let row = sqlx::query(articles::COLUMNS_WITH_BODY)
            .bind(id.get())
            .fetch_optional(&mut *connection)
            .await?;
        let Some(row) = row else {
            return reading.end(None).await;
        };
        let article = articles::read(&row)?;
        let page = read_page(connection, article, newest_first).await?;
        reading.end(Some(page)).await
    }

    /// The page that `article` would have if it were published as it is given, in the
    /// database or not; with no comments but those it has.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn preview_page(&self, article: Article) -> Result<ArticlePage, StoreError> {
        let mut reading = Reading::begin(self).await?;
        let page = read_page(&mut reading.transaction, article, false).await?;
        Ok(reading.end(page).await?.value)
    }

    /// A standing page by its slug, in any state, with the pictures in its text.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn standing_page(
        &self,
        slug: &str,
    ) -> Result<Snapshot<Option<(Article, Vec<Media>)>>, StoreError> {
        let mut reading = Reading::begin(self).await?;
        if slug.contains('\0') {
            return reading.end(None).await;
        }
        let row = sqlx::query("SELECT article.*, revision.body AS body FROM article JOIN revision ON revision.id = article.revision WHERE article.kind = 1 AND article.slug = $1 ORDER BY article.id LIMIT 1")
            .bind(slug)
            .fetch_optional(&mut *reading.transaction)
            .await?;
        let Some(row) = row else {
            return reading.end(None).await;
        };
        let page = articles::read(&row)?;
        let pictures = read_pictures(&mut reading.transaction, page.body.pictures()).await?;
        reading.end(Some((page, pictures))).await
    }
}

async fn read_page(
    connection: &mut AnyConnection,
    article: Article,
    newest_first: bool,
) -> Result<ArticlePage, StoreError> {
    let id = article.id.get();
    let section = read_sections(connection)
        .await?
        .into_iter()
        .find(|known| Some(known.id) == article.section);
    let authors = read_authors(connection, article.authors.iter().copied()).await?;
    let tags = sqlx::query("SELECT * FROM tag WHERE id IN (SELECT CAST(CAST(value AS TEXT) AS BIGINT) FROM json_each($1))")
        .bind(rows::id_list(article.tags.iter().copied()))
        .fetch_all(&mut *connection)
        .await?;
    let tags: Vec<Tag> = tags
        .iter()
        .map(aggregates::read_tag)
        .collect::<Result<_, _>>()?;
    let in_body: Vec<Id> = article.body.pictures().collect();
    let mut images = read_pictures(
        connection,
        article.lead.into_iter().chain(in_body.iter().copied()),
    )
    .await?;
    let lead = images
        .iter()
        .find(|picture| Some(picture.id) == article.lead)
        .cloned();
    // The lead picture may stand in the text as well.
    images.retain(|picture| in_body.contains(&picture.id));
    let is_withdrawn = article.state == ArticleState::Withdrawn;
    let corrections = sqlx::query(if is_withdrawn { REASON } else { NOTES })
        .bind(id)
        .fetch_all(&mut *connection)
        .await?;
    let corrections = corrections
        .iter()
        .map(read_correction)
        .collect::<Result<_, _>>()?;
    let thread = super::comments::thread(connection, article.id, 1, newest_first).await?;
    let related = match article.state {
        ArticleState::Published => related(connection, &article).await?,
        _ => Vec::new(),
    };
    Ok(ArticlePage {
        section,
        authors: in_order(&article.authors, &authors, |author| author.id),
        tags: in_order(&article.tags, &tags, |tag| tag.id),
        lead,
        images,
        corrections,
        related,
        thread,
        article,
    })
}

fn read_correction(row: &AnyRow) -> Result<Correction, StoreError> {
    Ok(Correction {
        id: row.id("id")?,
        article: row.id("article")?,
        at: row.time("at")?,
        kind: CorrectionKind::from_code(row.integer("kind")?).unwrap_or_default(),
        text: row.text("text")?,
    })
}

/// Articles on the same matter, none that is withdrawn: those that share tags,
/// by how many and by how many rare words; where they are too few, those of the
/// section that share the most rare words. Looked at are those nearest in time,
/// so that an article of 2017 leads to what was written around it, and does
/// not change with every new one.
async fn related(
    connection: &mut AnyConnection,
    article: &Article,
) -> Result<Vec<editorial::page::ArticleSummary>, StoreError> {
    let at = article.published_at.map_or(0, |at| at.0);
    let mut tags_shared: HashMap<i64, i64> = HashMap::new();
    for tag in article.tags.iter().take(RELATED_TAGS) {
        for id in near(connection, NEAR_IN_TAG, *tag, article.id, at).await? {
            *tags_shared.entry(id).or_default() += 1;
        }
    }
    if let (true, Some(section)) = (tags_shared.len() < RELATED, article.section) {
        for id in near(connection, NEAR_IN_SECTION, section, article.id, at).await? {
            tags_shared.entry(id).or_default();
        }
    }
    let candidates = tags_shared.keys().filter_map(|id| Id::new(*id));
    let signatures = sqlx::query("SELECT id, signature FROM article WHERE listed = 1 AND id IN (SELECT CAST(CAST(value AS TEXT) AS BIGINT) FROM json_each($1))")
        .bind(rows::id_list(candidates))
        .fetch_all(&mut *connection)
        .await?;
    let mut ranked = Vec::with_capacity(signatures.len());
    for row in &signatures {
        let id = row.integer("id")?;
        let words = words_shared(row, article)?;
        let tags = tags_shared.get(&id).copied().unwrap_or(0);
        if tags > 0 || words >= WORDS_ALIKE {
            // Any article that shares a tag stands above those that share none.
            let alike = if tags == 0 {
                words - SIGNATURE_WORDS
            } else {
                words
            };
            ranked.push((tags * SHARED_TAG + alike, id));
        }
    }
    ranked.sort_unstable_by_key(|best| std::cmp::Reverse(*best));
    ranked.truncate(RELATED);
    let best: Vec<Id> = ranked.iter().filter_map(|(_, id)| Id::new(*id)).collect();
    let found = sqlx::query(summaries!(
        "FROM article WHERE id IN (SELECT CAST(CAST(value AS TEXT) AS BIGINT) FROM json_each($1))"
    ))
    .bind(rows::id_list(best.iter().copied()))
    .fetch_all(&mut *connection)
    .await?;
    let summaries = read_summaries(connection, &found).await?;
    Ok(in_order(&best, &summaries, |summary| summary.id))
}

/// The articles nearest in time under a tag or in a section, on both sides.
const NEAR_IN_TAG: &str = "SELECT id FROM (SELECT article AS id FROM article_tag WHERE tag = $1 AND article <> $2 AND listed_at <= $3 ORDER BY listed_at DESC, article DESC LIMIT $4) AS before UNION ALL SELECT id FROM (SELECT article AS id FROM article_tag WHERE tag = $1 AND article <> $2 AND listed_at > $3 ORDER BY listed_at, article LIMIT $4) AS after";
const NEAR_IN_SECTION: &str = "SELECT id FROM (SELECT id FROM article WHERE section = $1 AND id <> $2 AND listed = 1 AND listed_at <= $3 ORDER BY listed_at DESC, id DESC LIMIT $4) AS before UNION ALL SELECT id FROM (SELECT id FROM article WHERE section = $1 AND id <> $2 AND listed = 1 AND listed_at > $3 ORDER BY listed_at, id LIMIT $4) AS after";

async fn near(
    connection: &mut AnyConnection,
    statement: &'static str,
    place: Id,
    article: Id,
    at: i64,
) -> Result<Vec<i64>, StoreError> {
    let found = sqlx::query(statement)
        .bind(place.get())
        .bind(article.get())
        .bind(at)
        .bind(RELATED_CANDIDATES)
        .fetch_all(connection)
        .await?;
    found.iter().map(|row| row.integer("id")).collect()
}

/// Rare words that an article of a list shares with `article`.
fn words_shared(row: &AnyRow, article: &Article) -> Result<i64, StoreError> {
    let signature: Vec<u32> = row.json("signature")?;
    let shared = signature
        .iter()
        .filter(|word| article.signature.contains(word))
        .count();
    Ok(i64::try_from(shared).unwrap_or(i64::MAX))
}
