//! What the search index is made of, and what a page of results shows.

use std::collections::HashMap;

use editorial::{
    Id, SearchDocument,
    page::{ArticleSummary, FoundArticle, TEASER_LETTERS},
    people::Author,
    places::{Section, Tag},
};
use sqlx::{AnyConnection, any::AnyRow};

use super::{
    Reading, Snapshot, in_order, lists, read_authors, read_sections, read_summaries, summaries,
};
use crate::{
    ListOf, Store, StoreError, aggregates, articles,
    rows::{self, Columns},
};

/// A statement that reads what search takes of published articles: its columns,
/// then the rest.
macro_rules! documents {
    ($rest:literal) => {
        concat!(
            "SELECT article.id AS id, article.kind AS kind, article.kicker AS kicker, article.headline AS headline, article.standfirst AS standfirst, article.dateline AS dateline, article.agency AS agency, article.language AS language, article.section AS section, article.published_at AS published_at, article.authors AS authors, article.tags AS tags, revision.body AS body FROM article JOIN revision ON revision.id = article.revision WHERE article.state = 1 AND ",
            $rest
        )
    };
}

const BY_ID: &str = documents!(
    "article.id IN (SELECT CAST(CAST(value AS TEXT) AS BIGINT) FROM json_each($1)) ORDER BY article.id"
);
const AFTER: &str = documents!("article.id > $1 ORDER BY article.id LIMIT $2");
/// The articles that show a name. Standing pages are few and in no list: they
/// are all taken.
const SHOWING: &str = "SELECT id FROM (SELECT article AS id FROM article_tag WHERE tag IN (SELECT CAST(CAST(value AS TEXT) AS BIGINT) FROM json_each($1)) UNION SELECT article AS id FROM article_author WHERE author IN (SELECT CAST(CAST(value AS TEXT) AS BIGINT) FROM json_each($1)) UNION SELECT id FROM article WHERE listed = 1 AND section IN (SELECT CAST(CAST(value AS TEXT) AS BIGINT) FROM json_each($1)) UNION SELECT id FROM article WHERE kind = 1 AND state = 1) AS showing ORDER BY id LIMIT $2";
const TAGS: &str =
    "SELECT * FROM tag WHERE id IN (SELECT CAST(CAST(value AS TEXT) AS BIGINT) FROM json_each($1))";
const CORRECTIONS: &str = "SELECT article, text FROM correction WHERE kind <> 5 AND article IN (SELECT CAST(CAST(value AS TEXT) AS BIGINT) FROM json_each($1)) ORDER BY at, id";
/// Tags, authors and sections under which something is published.
const TAGS_SHOWN: &str = "SELECT * FROM tag WHERE id IN (SELECT CAST(CAST(value AS TEXT) AS BIGINT) FROM json_each($1)) AND EXISTS (SELECT 1 FROM article_tag WHERE article_tag.tag = tag.id)";
const AUTHORS_SHOWN: &str = "SELECT * FROM author WHERE id IN (SELECT CAST(CAST(value AS TEXT) AS BIGINT) FROM json_each($1)) AND EXISTS (SELECT 1 FROM article_author WHERE article_author.author = author.id)";
const SECTIONS_SHOWN: &str = "SELECT * FROM section WHERE id IN (SELECT CAST(CAST(value AS TEXT) AS BIGINT) FROM json_each($1)) AND EXISTS (SELECT 1 FROM article WHERE article.section = section.id AND article.listed = 1)";

/// Where a search looks, by the slugs that its address names; none where there
/// is no such place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The section.
    pub section: Option<Section>,
    /// The author.
    pub author: Option<Author>,
    /// The tag.
    pub tag: Option<Tag>,
}

/// What is suggested, as far as readers may see it: no order.
#[derive(Clone, Debug, Default)]
pub struct Suggested {
    /// Published articles.
    pub articles: Vec<FoundLine>,
    /// Tags under which something is published.
    pub tags: Vec<Tag>,
    /// Authors of something that is published.
    pub authors: Vec<Author>,
    /// Sections in which something is published.
    pub sections: Vec<Section>,
}

/// A headline and where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundLine {
    /// The article.
    pub id: Id,
    /// A story or a page.
    pub kind: editorial::ArticleKind,
    /// The last part of its address.
    pub slug: String,
    /// Its headline.
    pub headline: String,
}

impl Store {
    /// Those of these articles that are published, as search takes them; the
    /// lowest ids first.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn search_documents(&self, ids: &[Id]) -> Result<Vec<SearchDocument>, StoreError> {
        let mut reading = Reading::begin(self).await?;
        let found = sqlx::query(BY_ID)
            .bind(rows::id_list(ids.iter().copied()))
            .fetch_all(&mut *reading.transaction)
            .await?;
        let documents = read_documents(&mut reading.transaction, &found).await?;
        Ok(reading.end(documents).await?.value)
    }

    /// At most `limit` published articles with ids above `after`, as search
    /// takes them; the lowest ids first.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn search_documents_after(
        &self,
        after: Option<Id>,
        limit: u32,
    ) -> Result<Vec<SearchDocument>, StoreError> {
        let mut reading = Reading::begin(self).await?;
        let found = sqlx::query(AFTER)
            .bind(after.map_or(0, Id::get))
            .bind(i64::from(limit))
            .fetch_all(&mut *reading.transaction)
            .await?;
        let documents = read_documents(&mut reading.transaction, &found).await?;
        Ok(reading.end(documents).await?.value)
    }

    /// How many articles are published: stories and pages.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn published_count(&self) -> Result<u64, StoreError> {
        let (count,): (i64,) =
            sqlx::query_as("SELECT CAST(COUNT(*) AS BIGINT) FROM article WHERE state = 1")
                .fetch_one(self.pool())
                .await?;
        Ok(count.unsigned_abs())
    }

    /// The published articles that show the name of one of these sections, tags
    /// and authors, the lowest ids first; none where they are more than
    /// `articles_max`.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn articles_showing(
        &self,
        names: impl IntoIterator<Item = Id>,
        articles_max: u32,
    ) -> Result<Option<Vec<Id>>, StoreError> {
        let found = sqlx::query(SHOWING)
            .bind(rows::id_list(names))
            .bind(i64::from(articles_max) + 1)
            .fetch_all(self.pool())
            .await?;
        if found.len() as u64 > u64::from(articles_max) {
            return Ok(None);
        }
        let ids: Result<_, _> = found.iter().map(|row| row.id("id")).collect();
        ids.map(Some)
    }

    /// Those of these articles that are published, in the order of `ids`, with
    /// what a page of results shows of them.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn found_articles(
        &self,
        ids: &[Id],
    ) -> Result<Snapshot<Vec<FoundArticle>>, StoreError> {
        let mut reading = Reading::begin(self).await?;
        let connection = &mut *reading.transaction;
        let found = sqlx::query(summaries!(
            ", article.kind AS kind, article.dateline AS dateline, revision.body AS body FROM article JOIN revision ON revision.id = article.revision WHERE article.state = 1 AND article.id IN (SELECT CAST(CAST(value AS TEXT) AS BIGINT) FROM json_each($1))"
        ))
        .bind(rows::id_list(ids.iter().copied()))
        .fetch_all(&mut *connection)
        .await?;
        let lines = read_summaries(connection, &found).await?;
        let named = tags_of(connection, &found).await?;
        let corrections = corrections_of(connection, &found).await?;
        let articles = found
            .iter()
            .zip(lines)
            .map(|(row, summary)| found_article(row, summary, &named, &corrections))
            .collect::<Result<Vec<_>, _>>()?;
        let articles = in_order(ids, &articles, |article| article.summary.id);
        reading.end(articles).await
    }

    /// The places that a search names by their slugs.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn places(
        &self,
        section: Option<&str>,
        author: Option<&str>,
        tag: Option<&str>,
    ) -> Result<Places, StoreError> {
        let mut reading = Reading::begin(self).await?;
        let mut places = Places::default();
        for of in [
            section.map(|slug| ListOf::Section(slug.to_owned())),
            author.map(|slug| ListOf::Author(slug.to_owned())),
            tag.map(|slug| ListOf::Tag(slug.to_owned())),
        ] {
            let Some(of) = of else { continue };
            match lists::subject(&mut reading.transaction, &of).await? {
                Some(editorial::page::ListSubject::Section(section)) => {
                    places.section = Some(section);
                }
                Some(editorial::page::ListSubject::Author(author)) => places.author = Some(author),
                Some(editorial::page::ListSubject::Tag(tag)) => places.tag = Some(tag),
                _ => {}
            }
        }
        Ok(reading.end(places).await?.value)
    }

    /// What readers may see of what is suggested to them.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn suggested(
        &self,
        articles: &[Id],
        tags: &[Id],
        authors: &[Id],
        sections: &[Id],
    ) -> Result<Suggested, StoreError> {
        let mut reading = Reading::begin(self).await?;
        let connection = &mut *reading.transaction;
        let mut suggested = Suggested::default();
        let statements = [
            (
                articles,
                "SELECT id, kind, slug, headline FROM article WHERE state = 1 AND id IN (SELECT CAST(CAST(value AS TEXT) AS BIGINT) FROM json_each($1))",
            ),
            (tags, TAGS_SHOWN),
            (authors, AUTHORS_SHOWN),
            (sections, SECTIONS_SHOWN),
        ];
        for (at, (ids, statement)) in statements.into_iter().enumerate() {
            if ids.is_empty() {
                continue;
            }
            let found = sqlx::query(statement)
                .bind(rows::id_list(ids.iter().copied()))
                .fetch_all(&mut *connection)
                .await?;
            for row in &found {
                match at {
                    0 => suggested.articles.push(FoundLine {
                        id: row.id("id")?,
                        kind: articles::read_kind(row)?,
                        slug: row.text("slug")?,
                        headline: row.text("headline")?,
                    }),
                    1 => suggested.tags.push(aggregates::read_tag(row)?),
                    2 => suggested.authors.push(aggregates::read_author(row)?),
                    _ => suggested.sections.push(aggregates::read_section(row)?),
                }
            }
        }
        Ok(reading.end(suggested).await?.value)
    }
}

fn found_article(
    row: &AnyRow,
    mut summary: ArticleSummary,
    named: &HashMap<Id, Tag>,
    corrections: &HashMap<Id, String>,
) -> Result<FoundArticle, StoreError> {
    let body = articles::read_body(row)?;
    let tags: Vec<Id> = row.json("tags")?;
    if summary.standfirst.is_empty() {
        summary.teaser = body.teaser(TEASER_LETTERS);
    }
    let mut text = match row.text("dateline")?.as_str() {
        "" => body.plain_text(),
        dateline => format!("{dateline} – {}", body.plain_text()),
    };
    if let Some(corrections) = corrections.get(&summary.id) {
        text = format!("{text}\n{corrections}");
    }
    Ok(FoundArticle {
        summary,
        kind: articles::read_kind(row)?,
        tags: tags
            .iter()
            .filter_map(|id| named.get(id).cloned())
            .collect(),
        text,
    })
}

/// Rows as documents, with the names they show.
async fn read_documents(
    connection: &mut AnyConnection,
    found: &[AnyRow],
) -> Result<Vec<SearchDocument>, StoreError> {
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let sections = read_sections(connection).await?;
    let sections: HashMap<Id, String> = (sections.into_iter())
        .map(|section| (section.id, section.name))
        .collect();
    let tags = tags_of(connection, found).await?;
    let corrections = corrections_of(connection, found).await?;
    let credited: Vec<Vec<Id>> = (found.iter())
        .map(|row| row.json("authors"))
        .collect::<Result<_, _>>()?;
    let mut wanted: Vec<Id> = credited.iter().flatten().copied().collect();
    wanted.sort_unstable();
    wanted.dedup();
    let authors = read_authors(connection, wanted).await?;
    let authors: HashMap<Id, String> = (authors.into_iter())
        .map(|author| (author.id, author.name))
        .collect();
    let with_name = |ids: Vec<Id>, name: &dyn Fn(Id) -> Option<String>| {
        let named = ids.into_iter().filter_map(|id| Some((id, name(id)?)));
        named.collect::<Vec<_>>()
    };
    found
        .iter()
        .zip(credited)
        .map(|(row, credited)| {
            let is_story = articles::read_kind(row)? == editorial::ArticleKind::Story;
            let section = row.maybe_id("section")?.filter(|_| is_story);
            let (kicker, headline) = (row.text("kicker")?, row.text("headline")?);
            Ok(SearchDocument {
                id: row.id("id")?,
                headline: if kicker.is_empty() {
                    headline
                } else {
                    format!("{kicker} {headline}")
                },
                standfirst: row.text("standfirst")?,
                body: whole_text(row, &corrections)?,
                authors: with_name(credited, &|id| authors.get(&id).cloned()),
                agency: row.text("agency")?,
                tags: with_name(row.json("tags")?, &|id| {
                    tags.get(&id).map(|tag| tag.name.clone())
                }),
                section: section.and_then(|id| Some((id, sections.get(&id)?.clone()))),
                language: row.text("language")?,
                published_at: row.maybe_time("published_at")?,
            })
        })
        .collect()
}

/// What an article says below its standfirst: dateline, text, and what was wrong
/// in it; a line for each.
fn whole_text(row: &AnyRow, corrections: &HashMap<Id, String>) -> Result<String, StoreError> {
    let text = with_dateline(
        &row.text("dateline")?,
        &articles::read_body(row)?.plain_text(),
    );
    Ok(match corrections.get(&row.id("id")?) {
        Some(corrections) => format!("{text}\n{corrections}"),
        None => text,
    })
}

/// The corrections of these rows, a line for each.
async fn corrections_of(
    connection: &mut AnyConnection,
    found: &[AnyRow],
) -> Result<HashMap<Id, String>, StoreError> {
    let ids: Vec<Id> = found
        .iter()
        .map(|row| row.id("id"))
        .collect::<Result<_, _>>()?;
    let rows = sqlx::query(CORRECTIONS)
        .bind(rows::id_list(ids))
        .fetch_all(connection)
        .await?;
    let mut out: HashMap<Id, String> = HashMap::new();
    for row in rows {
        let text = out.entry(row.id("article")?).or_default();
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&row.text("text")?);
    }
    Ok(out)
}

/// The tags that these rows name.
async fn tags_of(
    connection: &mut AnyConnection,
    found: &[AnyRow],
) -> Result<HashMap<Id, Tag>, StoreError> {
    let mut wanted: Vec<Id> = Vec::new();
    for row in found {
        wanted.extend(row.json::<Vec<Id>>("tags")?);
    }
    wanted.sort_unstable();
    wanted.dedup();
    let tags = sqlx::query(TAGS)
        .bind(rows::id_list(wanted))
        .fetch_all(connection)
        .await?;
    tags.iter()
        .map(|row| aggregates::read_tag(row).map(|tag| (tag.id, tag)))
        .collect()
}

fn with_dateline(dateline: &str, text: &str) -> String {
    match dateline {
        "" => text.to_owned(),
        dateline => format!("{dateline}\n{text}"),
    }
}
