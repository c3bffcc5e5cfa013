//! Articles and their revisions: writing rows and reading them whole.

use editorial::{
    Article, ArticleKind, ArticleState, Body, Id, Timestamp, article::ArticleKind::Story,
    comment::Commenting,
};
use serde_json::json;
use sqlx::{AnyConnection, any::AnyRow};

use crate::{
    Store, StoreError,
    rows::{self, Columns},
};

const INSERT: &str = "WITH list AS MATERIALIZED (SELECT value FROM json_each($1)) INSERT INTO article (id, version, kind, state, slug, kicker, headline, standfirst, dateline, agency, language, section, lead, revision, published_at, changed_at, comments_open, age_note, authors, tags, sources, signature, listed, listed_at)
SELECT CAST(value->>'id' AS BIGINT), CAST(value->>'version' AS BIGINT), CAST(value->>'kind' AS BIGINT), CAST(value->>'state' AS BIGINT), value->>'slug', value->>'kicker', value->>'headline', value->>'standfirst', value->>'dateline', value->>'agency', value->>'language', CAST(value->>'section' AS BIGINT), CAST(value->>'lead' AS BIGINT), CAST(value->>'revision' AS BIGINT), CAST(value->>'published_at' AS BIGINT), CAST(value->>'changed_at' AS BIGINT), CAST(value->>'comments_open' AS BIGINT), CAST(value->>'age_note' AS BIGINT), value->>'authors', value->>'tags', value->>'sources', value->>'signature', CAST(value->>'listed' AS BIGINT), CAST(value->>'listed_at' AS BIGINT)
FROM list";
const DELETE_TAGS: &str = "DELETE FROM article_tag WHERE article = $1";
const DELETE_AUTHORS: &str = "DELETE FROM article_author WHERE article = $1";
const INSERT_TAGS: &str = "WITH list AS MATERIALIZED (SELECT value FROM json_each($1)) INSERT INTO article_tag (tag, listed_at, article) SELECT CAST(value->>'of' AS BIGINT), CAST(value->>'at' AS BIGINT), CAST(value->>'article' AS BIGINT) FROM list WHERE true ON CONFLICT DO NOTHING";
const INSERT_AUTHORS: &str = "WITH list AS MATERIALIZED (SELECT value FROM json_each($1)) INSERT INTO article_author (author, listed_at, article) SELECT CAST(value->>'of' AS BIGINT), CAST(value->>'at' AS BIGINT), CAST(value->>'article' AS BIGINT) FROM list WHERE true ON CONFLICT DO NOTHING";
const GUARD: &str = "DELETE FROM article WHERE id = $1 AND version = $2";
const INSERT_REVISION: &str = "INSERT INTO revision (id, article, at, headline, standfirst, body, shown) VALUES ($1, $2, $3, $4, $5, $6, $7)";
/// Eight at once. A body is the largest text there is, and travels as it is, not within a list.
const INSERT_REVISIONS: &str = "INSERT INTO revision (id, article, at, headline, standfirst, body, shown) VALUES ($1, $2, $3, $4, $5, $6, $7), ($8, $9, $10, $11, $12, $13, $14), ($15, $16, $17, $18, $19, $20, $21), ($22, $23, $24, $25, $26, $27, $28), ($29, $30, $31, $32, $33, $34, $35), ($36, $37, $38, $39, $40, $41, $42), ($43, $44, $45, $46, $47, $48, $49), ($50, $51, $52, $53, $54, $55, $56)";
/// A text that was saved before the public saw it, and now is seen.
const SHOW: &str = "UPDATE revision SET shown = 1 WHERE id = $1 AND shown = 0";
const REVISIONS_AT_ONCE: usize = 8;
const NEWEST: &str = "SELECT id, kind, state, slug, headline, published_at FROM article WHERE id < $1 AND state BETWEEN $2 AND $3 ORDER BY id DESC LIMIT $4";
const NOT_SHOWN: &str = "SELECT article.id AS id, article.kind AS kind, article.state AS state, article.slug AS slug, COALESCE(working_copy.headline, article.headline) AS headline, article.published_at AS published_at FROM article LEFT JOIN working_copy ON working_copy.article = article.id WHERE article.id < $1 AND article.state = $2 AND article.state <> 1 ORDER BY article.id DESC LIMIT $3";
const REVISION: &str = "SELECT headline, standfirst, body FROM revision WHERE id = $1";

pub(crate) const COLUMNS_WITH_BODY: &str = "SELECT article.*, revision.body AS body FROM article JOIN revision ON revision.id = article.revision WHERE article.id = $1";

/// Articles that are ready to be written with their texts: new ones, and known
/// ones guarded by the version they were loaded at, whose rows are replaced.
#[derive(Default)]
pub(crate) struct Ready {
    known: Vec<Known>,
    lists: rows::Lists,
    /// The texts of the new ones.
    texts: Vec<Text>,
}

struct Known {
    article: Box<Article>,
    loaded_version: i64,
    text: Text,
}

/// The text of an article, as the row of the revision it names.
struct Text {
    revision: i64,
    article: i64,
    at: i64,
    headline: String,
    standfirst: String,
    body: String,
    /// Whether the public sees it.
    shown: bool,
}

impl Ready {
    pub(crate) fn of(written: Vec<(Box<Article>, Option<i64>)>) -> Result<Self, StoreError> {
        let mut ready = Self::default();
        let (mut rows, mut tags, mut authors) = (Vec::new(), Vec::new(), Vec::new());
        for (article, loaded_version) in written {
            rows.push(row(&article));
            if listed(&article) {
                for (list, ids) in [(&mut tags, &article.tags), (&mut authors, &article.authors)] {
                    list.extend(ids.iter().map(
                        |id| json!({ "of": id, "at": listed_at(&article), "article": article.id }),
                    ));
                }
            }
            let text = Text::of(&article)?;
            match loaded_version {
                None => ready.texts.push(text),
                Some(loaded_version) => ready.known.push(Known {
                    article,
                    loaded_version,
                    text,
                }),
            }
        }
        for (statement, values) in [
            (INSERT, rows),
            (INSERT_TAGS, tags),
            (INSERT_AUTHORS, authors),
        ] {
            ready.lists.push(statement, values)?;
        }
        Ok(ready)
    }

    pub(crate) async fn write(&self, connection: &mut AnyConnection) -> Result<(), StoreError> {
        let mut texts: Vec<&Text> = self.texts.iter().collect();
        for known in &self.known {
            let id = known.article.id.get();
            let done = sqlx::query(GUARD)
                .bind(id)
                .bind(known.loaded_version)
                .execute(&mut *connection)
                .await?;
            if done.rows_affected() != 1 {
                return Err(StoreError::Conflict);
            }
            for statement in [DELETE_TAGS, DELETE_AUTHORS] {
                sqlx::query(statement)
                    .bind(id)
                    .execute(&mut *connection)
                    .await?;
            }
            if !is_saved(connection, &known.article).await? {
                texts.push(&known.text);
            } else if known.text.shown {
                sqlx::query(SHOW)
                    .bind(known.text.revision)
                    .execute(&mut *connection)
                    .await?;
            }
        }
        self.lists.write(connection).await?;
        write_texts(connection, &texts).await
    }
}

impl Text {
    fn of(article: &Article) -> Result<Self, StoreError> {
        let body = article.body.to_json();
        // The other texts stand in the article's own row and are looked at there.
        rows::without_nul(&body)?;
        Ok(Self {
            revision: article.revision.get(),
            article: article.id.get(),
            at: article.changed_at.0,
            headline: article.headline.clone(),
            standfirst: article.standfirst.clone(),
            body,
            shown: article.state != ArticleState::Unpublished,
        })
    }
}

/// Saves the texts of articles as the revisions they name.
async fn write_texts(connection: &mut AnyConnection, texts: &[&Text]) -> Result<(), StoreError> {
    let (many, rest) = texts.as_chunks::<REVISIONS_AT_ONCE>();
    let many = many.iter().map(|some| (INSERT_REVISIONS, &some[..]));
    let rest = rest.chunks(1).map(|one| (INSERT_REVISION, one));
    for (statement, texts) in many.chain(rest) {
        let mut query = sqlx::query(statement);
        for text in texts {
            query = query
                .bind(text.revision)
                .bind(text.article)
                .bind(text.at)
                .bind(&text.headline)
                .bind(&text.standfirst)
                .bind(&text.body)
                .bind(i64::from(text.shown));
        }
        query.execute(&mut *connection).await?;
    }
    Ok(())
}

/// Whether the article's text is saved as its revision. One that is there says
/// the same: a text never changes without a revision of its own.
async fn is_saved(connection: &mut AnyConnection, article: &Article) -> Result<bool, StoreError> {
    let row = sqlx::query(REVISION)
        .bind(article.revision.get())
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else {
        return Ok(false);
    };
    let same = row.text("headline")? == article.headline
        && row.text("standfirst")? == article.standfirst
        && read_body(&row)? == article.body;
    if same {
        Ok(true)
    } else {
        Err(StoreError::TextWithoutRevision(article.id))
    }
}

/// The body in a row.
pub(crate) fn read_body(row: &AnyRow) -> Result<Body, StoreError> {
    Body::from_json(&row.text("body")?).map_err(|error| StoreError::Damaged(error.to_string()))
}

fn listed(article: &Article) -> bool {
    article.state == ArticleState::Published && article.kind == Story
}

/// The moment by which lists are ordered; an article without a date stands last.
fn listed_at(article: &Article) -> i64 {
    article.published_at.map_or(0, |at| at.0)
}

fn row(article: &Article) -> serde_json::Value {
    let text = |value: &serde_json::Value| value.to_string();
    json!({
        "id": article.id, "version": article.version, "kind": article.kind as i64, "state": article.state as i64,
        "slug": article.slug, "kicker": article.kicker, "headline": article.headline,
        "standfirst": article.standfirst, "dateline": article.dateline, "agency": article.agency,
        "language": article.language, "section": article.section, "lead": article.lead,
        "revision": article.revision, "published_at": article.published_at, "changed_at": article.changed_at,
        "comments_open": article.commenting as i64, "age_note": i64::from(article.age_note),
        "authors": text(&json!(article.authors)), "tags": text(&json!(article.tags)),
        "sources": text(&json!(article.sources)), "signature": text(&json!(article.signature)),
        "listed": i64::from(listed(article)), "listed_at": listed_at(article),
    })
}

/// An article from its row joined with its body.
pub(crate) fn read(row: &AnyRow) -> Result<Article, StoreError> {
    Ok(Article {
        id: row.id("id")?,
        version: row.integer("version")?,
        kind: read_kind(row)?,
        state: read_state(row)?,
        slug: row.text("slug")?,
        kicker: row.text("kicker")?,
        headline: row.text("headline")?,
        standfirst: row.text("standfirst")?,
        dateline: row.text("dateline")?,
        agency: row.text("agency")?,
        language: row.text("language")?,
        section: row.maybe_id("section")?,
        authors: row.json("authors")?,
        tags: row.json("tags")?,
        lead: row.maybe_id("lead")?,
        body: read_body(row)?,
        revision: row.id("revision")?,
        published_at: row.maybe_time("published_at")?,
        changed_at: row.time("changed_at")?,
        commenting: Commenting::from_code(row.integer("comments_open")?).unwrap_or_default(),
        age_note: row.integer("age_note")? != 0,
        sources: row.json("sources")?,
        signature: row.json("signature")?,
    })
}

pub(crate) fn read_kind(row: &AnyRow) -> Result<ArticleKind, StoreError> {
    Ok(match row.integer("kind")? {
        0 => Story,
        _ => ArticleKind::Page,
    })
}

pub(crate) fn read_state(row: &AnyRow) -> Result<ArticleState, StoreError> {
    ArticleState::from_code(row.integer("state")?)
        .ok_or_else(|| StoreError::Damaged("state of an article".into()))
}

/// One line of a list for the newsroom: an article in any state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleLine {
    /// Its number.
    pub id: Id,
    /// A story or a page.
    pub kind: ArticleKind,
    /// Where it stands before the public.
    pub state: ArticleState,
    /// Its headline; of one that is not shown, that of its working copy if it has one.
    pub headline: String,
    /// The last part of its address.
    pub slug: String,
    /// When it was published, if it says so.
    pub published_at: Option<Timestamp>,
}

/// A line from its row.
pub(crate) fn read_line(row: &AnyRow) -> Result<ArticleLine, StoreError> {
    Ok(ArticleLine {
        id: row.id("id")?,
        kind: read_kind(row)?,
        state: read_state(row)?,
        headline: row.text("headline")?,
        slug: row.text("slug")?,
        published_at: row.maybe_time("published_at")?,
    })
}

impl Store {
    /// At most `limit` articles, the newest numbers first: all, or those in one
    /// state; those before the number `before`, if one is given.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn newest_articles(
        &self,
        state: Option<ArticleState>,
        before: Option<Id>,
        limit: u32,
    ) -> Result<Vec<ArticleLine>, StoreError> {
        let before = before.map_or(i64::MAX, Id::get);
        let query = match state {
            // Few among many: found by an index of their own.
            Some(state @ (ArticleState::Unpublished | ArticleState::Withdrawn)) => {
                sqlx::query(NOT_SHOWN).bind(before).bind(state as i64)
            }
            Some(ArticleState::Published) => {
                sqlx::query(NEWEST).bind(before).bind(1_i64).bind(1_i64)
            }
            None => sqlx::query(NEWEST).bind(before).bind(0_i64).bind(i64::MAX),
        };
        let rows = query.bind(i64::from(limit)).fetch_all(self.pool()).await?;
        rows.iter().map(read_line).collect()
    }

    /// The article, in any state.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn article(&self, id: Id) -> Result<Option<Article>, StoreError> {
        let row = sqlx::query(COLUMNS_WITH_BODY)
            .bind(id.get())
            .fetch_optional(self.pool())
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// Whether there is no article yet.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn is_empty(&self) -> Result<bool, StoreError> {
        let found: Option<(i64,)> = sqlx::query_as("SELECT id FROM article LIMIT 1")
            .fetch_optional(self.pool())
            .await?;
        Ok(found.is_none())
    }
}
