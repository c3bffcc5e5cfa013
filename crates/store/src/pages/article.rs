//! The page of one article, and standing pages.

use std::collections::HashMap;

use editorial::{
    Article, ArticleState, BlockKind, Id,
    correction::Correction,
    page::{ArticlePage, CommentLine},
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

/// Comments on one page.
const COMMENTS: i64 = 50;
/// Related articles shown.
const RELATED: usize = 4;
/// Tags looked at for related articles, and articles looked at for each.
const RELATED_TAGS: usize = 4;
const RELATED_CANDIDATES: i64 = 40;
/// What a shared tag counts, in shared words.
const SHARED_TAG: i64 = 3;
/// Rare words that two articles without a common tag must share.
const WORDS_ALIKE: i64 = 2;
/// More than the words of a signature.
const SIGNATURE_WORDS: i64 = 1_000;

impl Store {
    /// The page of an article in any state.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn article_page(&self, id: Id) -> Result<Snapshot<Option<ArticlePage>>, StoreError> {
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
        let page = read_page(connection, article).await?;
        reading.end(Some(page)).await
    }

    /// A standing page by its slug, in any state.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn standing_page(&self, slug: &str) -> Result<Snapshot<Option<Article>>, StoreError> {
        let mut reading = Reading::begin(self).await?;
        if slug.contains('\0') {
            return reading.end(None).await;
        }
        let row = sqlx::query("SELECT article.*, article_body.body AS body FROM article JOIN article_body ON article_body.article = article.id WHERE article.kind = 1 AND article.slug = $1 ORDER BY article.id LIMIT 1")
            .bind(slug)
            .fetch_optional(&mut *reading.transaction)
            .await?;
        let page = row.as_ref().map(articles::read).transpose()?;
        reading.end(page).await
    }
}

async fn read_page(
    connection: &mut AnyConnection,
    article: Article,
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
    let mut images = read_pictures(
        connection,
        article.lead.into_iter().chain(pictures_in(&article)),
    )
    .await?;
    let lead = images
        .iter()
        .position(|picture| Some(picture.id) == article.lead)
        .map(|at| images[at].clone());
    images.retain(|picture| Some(picture.id) != article.lead);
    let corrections =
        sqlx::query("SELECT * FROM correction WHERE article = $1 ORDER BY at, id LIMIT 100")
            .bind(id)
            .fetch_all(&mut *connection)
            .await?;
    let corrections = corrections
        .iter()
        .map(read_correction)
        .collect::<Result<_, _>>()?;
    let comments = sqlx::query("SELECT id, reply_to, name, text, written_at FROM comment WHERE article = $1 AND state = 1 ORDER BY written_at, id LIMIT $2")
        .bind(id)
        .bind(COMMENTS)
        .fetch_all(&mut *connection)
        .await?;
    let comments = comments
        .iter()
        .map(read_comment)
        .collect::<Result<_, _>>()?;
    let (comment_count,): (i64,) = sqlx::query_as(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM comment WHERE article = $1 AND state = 1",
    )
    .bind(id)
    .fetch_one(&mut *connection)
    .await?;
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
        comments,
        comment_count: comment_count.unsigned_abs(),
        article,
    })
}

fn pictures_in(article: &Article) -> Vec<Id> {
    let blocks = article.body.blocks.iter();
    blocks
        .flat_map(|block| match &block.kind {
            BlockKind::Image(image) => std::slice::from_ref(image),
            BlockKind::Gallery { images } => images.as_slice(),
            _ => &[],
        })
        .filter_map(|image| image.media)
        .collect()
}

fn read_correction(row: &AnyRow) -> Result<Correction, StoreError> {
    Ok(Correction {
        id: row.id("id")?,
        article: row.id("article")?,
        at: row.time("at")?,
        text: row.text("text")?,
    })
}

fn read_comment(row: &AnyRow) -> Result<CommentLine, StoreError> {
    Ok(CommentLine {
        id: row.id("id")?,
        reply_to: row.maybe_id("reply_to")?,
        name: row.text("name")?,
        text: row.text("text")?,
        written_at: row.time("written_at")?,
    })
}

/// Articles on the same matter, none that is withdrawn: those that share tags,
/// by how many and by how many rare words; where they are too few, those of the
/// section that share the most rare words.
async fn related(
    connection: &mut AnyConnection,
    article: &Article,
) -> Result<Vec<editorial::page::ArticleSummary>, StoreError> {
    let mut found: HashMap<i64, (i64, AnyRow)> = HashMap::new();
    for tag in article.tags.iter().take(RELATED_TAGS) {
        let near = sqlx::query(summaries!("FROM article_tag JOIN article ON article.id = article_tag.article WHERE article_tag.tag = $1 AND article_tag.article <> $2 ORDER BY article_tag.listed_at DESC, article_tag.article DESC LIMIT $3"))
            .bind(tag.get())
            .bind(article.id.get())
            .bind(RELATED_CANDIDATES)
            .fetch_all(&mut *connection)
            .await?;
        for row in near {
            let words = words_shared(&row, article)?;
            found.entry(row.integer("id")?).or_insert((words, row)).0 += SHARED_TAG;
        }
    }
    if let (true, Some(section)) = (found.len() < RELATED, article.section) {
        let near = sqlx::query(summaries!("FROM article WHERE section = $1 AND listed = 1 AND id <> $2 ORDER BY listed_at DESC, id DESC LIMIT $3"))
            .bind(section.get())
            .bind(article.id.get())
            .bind(RELATED_CANDIDATES)
            .fetch_all(&mut *connection)
            .await?;
        for row in near {
            let words = words_shared(&row, article)?;
            if words >= WORDS_ALIKE {
                // Below any article that shares a tag.
                let score = words - SIGNATURE_WORDS;
                found.entry(row.integer("id")?).or_insert((score, row));
            }
        }
    }
    let mut ranked: Vec<_> = found
        .into_iter()
        .map(|(id, (score, row))| (score, id, row))
        .collect();
    ranked.sort_by_key(|(score, id, _)| std::cmp::Reverse((*score, *id)));
    let rows: Vec<_> = ranked
        .into_iter()
        .take(RELATED)
        .map(|(_, _, row)| row)
        .collect();
    read_summaries(connection, &rows).await
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
