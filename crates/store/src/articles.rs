//! Articles and their revisions: writing rows and reading them whole.

use std::collections::HashMap;

use editorial::{
    Article, ArticleKind, ArticleState, Body, Id, Revision, article::ArticleKind::Story,
};
use serde_json::json;
use sqlx::{AnyConnection, any::AnyRow};

use crate::{
    Store, StoreError,
    rows::{self, Columns},
};

const INSERT: &str = "INSERT INTO article (id, version, kind, state, slug, kicker, headline, standfirst, dateline, agency, language, section, lead, revision, published_at, changed_at, comments_open, age_note, authors, tags, sources, signature, listed, listed_at)
SELECT CAST(value->>'id' AS BIGINT), CAST(value->>'version' AS BIGINT), CAST(value->>'kind' AS BIGINT), CAST(value->>'state' AS BIGINT), value->>'slug', value->>'kicker', value->>'headline', value->>'standfirst', value->>'dateline', value->>'agency', value->>'language', CAST(value->>'section' AS BIGINT), CAST(value->>'lead' AS BIGINT), CAST(value->>'revision' AS BIGINT), CAST(value->>'published_at' AS BIGINT), CAST(value->>'changed_at' AS BIGINT), CAST(value->>'comments_open' AS BIGINT), CAST(value->>'age_note' AS BIGINT), value->>'authors', value->>'tags', value->>'sources', value->>'signature', CAST(value->>'listed' AS BIGINT), CAST(value->>'listed_at' AS BIGINT)
FROM json_each($1)";
const INSERT_BODY: &str = "INSERT INTO article_body (article, body) SELECT CAST(value->>'id' AS BIGINT), value->>'body' FROM json_each($1)";
const DELETE_TAGS: &str = "DELETE FROM article_tag WHERE article = $1";
const DELETE_AUTHORS: &str = "DELETE FROM article_author WHERE article = $1";
const INSERT_TAGS: &str = "INSERT INTO article_tag (tag, listed_at, article) SELECT CAST(value->>'of' AS BIGINT), CAST(value->>'at' AS BIGINT), CAST(value->>'article' AS BIGINT) FROM json_each($1) WHERE true ON CONFLICT DO NOTHING";
const INSERT_AUTHORS: &str = "INSERT INTO article_author (author, listed_at, article) SELECT CAST(value->>'of' AS BIGINT), CAST(value->>'at' AS BIGINT), CAST(value->>'article' AS BIGINT) FROM json_each($1) WHERE true ON CONFLICT DO NOTHING";
const GUARD: &str = "DELETE FROM article WHERE id = $1 AND version = $2";
const DELETE_BODY: &str = "DELETE FROM article_body WHERE article = $1";
const INSERT_REVISION: &str = "INSERT INTO revision (id, article, at, headline, standfirst, body) SELECT CAST(value->>'id' AS BIGINT), CAST(value->>'article' AS BIGINT), CAST(value->>'at' AS BIGINT), value->>'headline', value->>'standfirst', value->>'body' FROM json_each($1)";
const INSERT_REVISION_OF_BODY: &str = "INSERT INTO revision (id, article, at, headline, standfirst, body) SELECT CAST(value->>'id' AS BIGINT), article_body.article, CAST(value->>'at' AS BIGINT), value->>'headline', value->>'standfirst', article_body.body FROM json_each($1) JOIN article_body ON article_body.article = CAST(value->>'article' AS BIGINT)";

pub(crate) const COLUMNS_WITH_BODY: &str = "SELECT article.*, article_body.body AS body FROM article JOIN article_body ON article_body.article = article.id WHERE article.id = $1";

/// Writes articles: new ones, and known ones guarded by the version they were
/// loaded at, whose rows are replaced.
pub(crate) async fn write(
    connection: &mut AnyConnection,
    articles: &[(&Article, Option<i64>)],
) -> Result<(), StoreError> {
    for (article, loaded) in articles {
        let Some(version) = loaded else { continue };
        let id = article.id.get();
        let done = sqlx::query(GUARD)
            .bind(id)
            .bind(version)
            .execute(&mut *connection)
            .await?;
        if done.rows_affected() != 1 {
            return Err(StoreError::Conflict);
        }
        for statement in [DELETE_BODY, DELETE_TAGS, DELETE_AUTHORS] {
            sqlx::query(statement)
                .bind(id)
                .execute(&mut *connection)
                .await?;
        }
    }
    let articles = || articles.iter().map(|(article, _)| *article);
    let rows = rows::list(articles().map(row).collect())?;
    sqlx::query(INSERT)
        .bind(rows)
        .execute(&mut *connection)
        .await?;
    let bodies = rows::list(
        articles()
            .map(|article| json!({ "id": article.id, "body": article.body.to_json() }))
            .collect(),
    )?;
    sqlx::query(INSERT_BODY)
        .bind(bodies)
        .execute(&mut *connection)
        .await?;
    let joined = |of: fn(&Article) -> &[Id]| {
        articles()
            .filter(|article| listed(article))
            .flat_map(|article| {
                of(article)
                    .iter()
                    .map(|id| json!({ "of": id, "at": listed_at(article), "article": article.id }))
            })
            .collect::<Vec<_>>()
    };
    for (statement, values) in [
        (INSERT_TAGS, joined(|article| &article.tags)),
        (INSERT_AUTHORS, joined(|article| &article.authors)),
    ] {
        if !values.is_empty() {
            sqlx::query(statement)
                .bind(rows::list(values)?)
                .execute(&mut *connection)
                .await?;
        }
    }
    Ok(())
}

/// Writes revisions. The text of one that an article written just before is
/// the copy of is taken from there, and does not travel twice.
pub(crate) async fn write_revisions(
    connection: &mut AnyConnection,
    revisions: &[&Revision],
    written: &[(&Article, Option<i64>)],
) -> Result<(), StoreError> {
    let current: HashMap<Id, &Article> = written
        .iter()
        .map(|(article, _)| (article.revision, *article))
        .collect();
    let (copies, others): (Vec<&Revision>, Vec<&Revision>) =
        revisions.iter().copied().partition(|revision| {
            current.get(&revision.id).is_some_and(|article| {
                article.id == revision.article && article.body == revision.body
            })
        });
    let values = |revisions: Vec<&Revision>, whole: bool| {
        let rows = revisions.into_iter().map(|revision| {
            json!({
                "id": revision.id, "article": revision.article, "at": revision.at,
                "headline": revision.headline, "standfirst": revision.standfirst,
                "body": whole.then(|| revision.body.to_json()),
            })
        });
        rows::list(rows.collect())
    };
    for (statement, rows) in [
        (INSERT_REVISION, values(others, true)?),
        (INSERT_REVISION_OF_BODY, values(copies, false)?),
    ] {
        if rows != "[]" {
            sqlx::query(statement)
                .bind(rows)
                .execute(&mut *connection)
                .await?;
        }
    }
    Ok(())
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
        "comments_open": i64::from(article.comments_open), "age_note": i64::from(article.age_note),
        "authors": text(&json!(article.authors)), "tags": text(&json!(article.tags)),
        "sources": text(&json!(article.sources)), "signature": text(&json!(article.signature)),
        "listed": i64::from(listed(article)), "listed_at": listed_at(article),
    })
}

/// An article from its row joined with its body.
pub(crate) fn read(row: &AnyRow) -> Result<Article, StoreError> {
    let damaged = |what: &str| StoreError::Damaged(format!("an article's {what}"));
    Ok(Article {
        id: row.id("id")?,
        version: row.integer("version")?,
        kind: if row.integer("kind")? == 0 {
            Story
        } else {
            ArticleKind::Page
        },
        state: ArticleState::from_code(row.integer("state")?).ok_or_else(|| damaged("state"))?,
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
        body: Body::from_json(&row.text("body")?)
            .map_err(|error| StoreError::Damaged(error.to_string()))?,
        revision: row.id("revision")?,
        published_at: row.maybe_time("published_at")?,
        changed_at: row.time("changed_at")?,
        comments_open: row.integer("comments_open")? != 0,
        age_note: row.integer("age_note")? != 0,
        sources: row.json("sources")?,
        signature: row.json("signature")?,
    })
}

impl Store {
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
