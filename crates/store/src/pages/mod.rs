//! Read models by page: one function a page, one snapshot each.

mod article;
mod comments;
mod home;
mod lists;
mod machines;
mod search;
mod standing;

use std::collections::HashMap;

use editorial::{
    Id, Timestamp,
    page::{ArticleSummary, Frame, TEASER_LETTERS},
    people::Author,
    places::Section,
    ticker::TickerItem,
    urls::Url,
};
use sqlx::{Any, AnyConnection, Transaction, any::AnyRow};

use crate::{
    Store, StoreError, aggregates, articles,
    rows::{self, Columns},
    ticker,
};

pub use lists::ListOf;
pub use search::{FoundLine, Places, Suggested};

/// What was read, and the position of the change log it was read at.
#[derive(Clone, Debug)]
pub struct Snapshot<T> {
    /// The newest position that `value` shows.
    pub position: i64,
    /// What was read.
    pub value: T,
}

/// A read transaction and the position it sees.
pub(crate) struct Reading {
    pub(crate) transaction: Transaction<'static, Any>,
    pub(crate) position: i64,
}

impl Reading {
    pub(crate) async fn begin(store: &Store) -> Result<Self, StoreError> {
        let mut transaction = store
            .pool()
            .begin_with(store.inner.engine.begin_read())
            .await?;
        let (position,): (i64,) = sqlx::query_as("SELECT position FROM log_head WHERE one = 1")
            .fetch_one(&mut *transaction)
            .await?;
        Ok(Self {
            transaction,
            position,
        })
    }

    pub(crate) async fn end<T>(self, value: T) -> Result<Snapshot<T>, StoreError> {
        self.transaction.commit().await?;
        Ok(Snapshot {
            position: self.position,
            value,
        })
    }
}

/// A statement that reads lines of a list: the columns of a line, then the rest.
macro_rules! summaries {
    ($rest:literal) => {
        concat!(
            "SELECT article.id AS id, article.slug AS slug, article.kicker AS kicker, article.headline AS headline, article.standfirst AS standfirst, article.language AS language, article.section AS section, article.lead AS lead, article.authors AS authors, article.tags AS tags, article.agency AS agency, article.published_at AS published_at, article.listed_at AS listed_at, article.changed_at AS changed_at, article.signature AS signature ",
            $rest
        )
    };
}
pub(crate) use summaries;

/// Lines of a list from their rows, with their sections, authors and pictures.
pub(crate) async fn read_summaries(
    connection: &mut AnyConnection,
    found: &[AnyRow],
) -> Result<Vec<ArticleSummary>, StoreError> {
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let sections = read_sections(connection).await?;
    let mut leads = Vec::new();
    let mut credited: Vec<Vec<Id>> = Vec::new();
    for row in found {
        leads.extend(row.maybe_id("lead")?);
        credited.push(row.json("authors")?);
    }
    let pictures = read_pictures(connection, leads).await?;
    let authors = read_authors(connection, credited.iter().flatten().copied()).await?;
    found
        .iter()
        .zip(credited)
        .map(|(row, credited)| {
            let (section, lead) = (row.maybe_id("section")?, row.maybe_id("lead")?);
            Ok(ArticleSummary {
                id: row.id("id")?,
                slug: row.text("slug")?,
                kicker: row.text("kicker")?,
                headline: row.text("headline")?,
                standfirst: row.text("standfirst")?,
                teaser: String::new(),
                language: row.text("language")?,
                section: sections
                    .iter()
                    .find(|known| Some(known.id) == section)
                    .cloned(),
                authors: in_order(&credited, &authors, |author| author.id),
                agency: row.text("agency")?,
                lead: pictures
                    .iter()
                    .find(|known| Some(known.id) == lead)
                    .cloned(),
                published_at: row.maybe_time("published_at")?,
                changed_at: row.time("changed_at")?,
            })
        })
        .collect()
}

/// Gives those lines that have no standfirst the beginning of their text.
pub(crate) async fn add_teasers(
    connection: &mut AnyConnection,
    lines: &mut [ArticleSummary],
) -> Result<(), StoreError> {
    let bare = |line: &&ArticleSummary| line.standfirst.is_empty();
    let wanted: Vec<Id> = (lines.iter().filter(bare).map(|line| line.id)).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let found = sqlx::query(BODIES)
        .bind(rows::id_list(wanted))
        .fetch_all(connection)
        .await?;
    let mut teasers = HashMap::new();
    for row in &found {
        let body = articles::read_body(row)?;
        teasers.insert(row.id("article")?, body.teaser(TEASER_LETTERS));
    }
    for line in lines.iter_mut().filter(|line| line.standfirst.is_empty()) {
        line.teaser = teasers.get(&line.id).cloned().unwrap_or_default();
    }
    Ok(())
}

/// The texts of articles.
pub(crate) const BODIES: &str = "SELECT article.id AS article, revision.body AS body FROM article JOIN revision ON revision.id = article.revision WHERE article.id IN (SELECT CAST(CAST(value AS TEXT) AS BIGINT) FROM json_each($1))";

/// Those of `things` whose ids are in `ids`, in the order of `ids`.
pub(crate) fn in_order<T: Clone>(ids: &[Id], things: &[T], id: impl Fn(&T) -> Id) -> Vec<T> {
    ids.iter()
        .filter_map(|wanted| things.iter().find(|thing| id(thing) == *wanted).cloned())
        .collect()
}

pub(crate) async fn read_sections(
    connection: &mut AnyConnection,
) -> Result<Vec<Section>, StoreError> {
    let found = sqlx::query("SELECT * FROM section ORDER BY position, id")
        .fetch_all(connection)
        .await?;
    found.iter().map(aggregates::read_section).collect()
}

pub(crate) async fn read_authors(
    connection: &mut AnyConnection,
    ids: impl IntoIterator<Item = Id>,
) -> Result<Vec<Author>, StoreError> {
    let found = sqlx::query("SELECT * FROM author WHERE id IN (SELECT CAST(CAST(value AS TEXT) AS BIGINT) FROM json_each($1))")
        .bind(rows::id_list(ids))
        .fetch_all(connection)
        .await?;
    found.iter().map(aggregates::read_author).collect()
}

pub(crate) async fn read_pictures(
    connection: &mut AnyConnection,
    ids: impl IntoIterator<Item = Id>,
) -> Result<Vec<editorial::media::Media>, StoreError> {
    let found = sqlx::query("SELECT * FROM media WHERE id IN (SELECT CAST(CAST(value AS TEXT) AS BIGINT) FROM json_each($1))")
        .bind(rows::id_list(ids))
        .fetch_all(connection)
        .await?;
    found.iter().map(crate::media::read).collect()
}

impl Store {
    /// What stands on every page. Where no headline is pushed and the settings
    /// say so, the latest articles fill the ticker.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn frame(&self, now: Timestamp) -> Result<Snapshot<Frame>, StoreError> {
        let mut reading = Reading::begin(self).await?;
        let connection = &mut *reading.transaction;
        let settings = aggregates::settings(connection).await?;
        let found = sqlx::query("SELECT * FROM section WHERE EXISTS (SELECT 1 FROM article WHERE article.section = section.id AND article.listed = 1) ORDER BY position, id")
            .fetch_all(&mut *connection)
            .await?;
        let sections = (found.iter().map(aggregates::read_section)).collect::<Result<_, _>>()?;
        let lines = i64::from(settings.ticker_lines);
        let mut items = ticker::current(connection, now, lines).await?;
        if items.is_empty() && settings.ticker_fill {
            let found = sqlx::query("SELECT id, slug, headline, published_at, changed_at FROM article WHERE listed = 1 AND published_at IS NOT NULL ORDER BY listed_at DESC, id DESC LIMIT $1")
                .bind(lines.min(ticker::LINES_MAX))
                .fetch_all(connection)
                .await?;
            for row in &found {
                let id = row.id("id")?;
                items.push(TickerItem {
                    id,
                    text: row.text("headline")?,
                    url: Url::Article(id, row.text("slug")?).to_string(),
                    urgent: false,
                    at: row.maybe_time("published_at")?.unwrap_or(Timestamp(0)),
                    expires_at: None,
                    version: 1,
                });
            }
        }
        reading
            .end(Frame {
                settings,
                sections,
                ticker: items,
            })
            .await
    }
}
