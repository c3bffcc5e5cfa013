//! The ids that things had in the system they came from.

use editorial::{ArticleState, Id, changes::Target, places::Tag};
use serde_json::json;
use sqlx::any::AnyRow;

use crate::{Store, StoreError, aggregates, rows::Columns};

pub(crate) const INSERT: &str = "WITH list AS MATERIALIZED (SELECT value FROM json_each($1)) INSERT INTO origin (source, kind, foreign_id, id, fingerprint) SELECT value->>'source', value->>'kind', value->>'foreign', CAST(value->>'id' AS BIGINT), value->>'fingerprint' FROM list WHERE true ON CONFLICT (source, kind, foreign_id) DO UPDATE SET fingerprint = excluded.fingerprint";

const TAGS_NAMED: &str = "SELECT id, slug, name FROM tag WHERE name IN (SELECT value->>'id' FROM json_each($1)) ORDER BY id";

/// A statement that reads origins: their columns, then the rest.
macro_rules! origin_columns {
    () => {
        "SELECT origin.foreign_id AS foreign_id, origin.id AS id, origin.fingerprint AS fingerprint, article.version AS version, article.state AS state FROM origin LEFT JOIN article ON article.id = origin.id "
    };
}

/// A thing that was imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Its id in the other system.
    pub foreign: String,
    /// Its id here.
    pub id: Id,
    /// Hash of what was imported.
    pub fingerprint: String,
    /// The version of the article here, if it is one.
    pub version: Option<i64>,
    /// The state of the article here, if it is one.
    pub state: Option<ArticleState>,
}

impl Store {
    /// Those of `foreign` that were imported from `source` as `kind`.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn origins(
        &self,
        source: &str,
        kind: &str,
        foreign: &[String],
    ) -> Result<Vec<Origin>, StoreError> {
        let rows = sqlx::query(concat!(
            origin_columns!(),
            "WHERE origin.source = $1 AND origin.kind = $2 AND origin.foreign_id IN (SELECT value->>'id' FROM json_each($3))"
        ))
        .bind(source)
        .bind(kind)
        .bind(list_of(foreign)?)
        .fetch_all(self.pool())
        .await?;
        rows.iter().map(read).collect()
    }

    /// Everything imported from `source` as `kind`, in the order of its id
    /// there, a page at a time: what comes behind `after`.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn origins_after(
        &self,
        source: &str,
        kind: &str,
        after: &str,
        limit: u32,
    ) -> Result<Vec<Origin>, StoreError> {
        let rows = sqlx::query(concat!(
            origin_columns!(),
            "WHERE origin.source = $1 AND origin.kind = $2 AND origin.foreign_id > $3 ORDER BY origin.foreign_id LIMIT $4"
        ))
        .bind(source)
        .bind(kind)
        .bind(after)
        .bind(i64::from(limit))
        .fetch_all(self.pool())
        .await?;
        rows.iter().map(read).collect()
    }

    /// The systems that things were imported from, such as
    /// `wordpress:https://example.org`, in order; at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn sources(&self, limit: u32) -> Result<Vec<String>, StoreError> {
        // One step of an index from each to the next, however much came of it.
        let rows = sqlx::query("WITH RECURSIVE found (source) AS (SELECT MIN(source) FROM origin UNION ALL SELECT (SELECT MIN(origin.source) FROM origin WHERE origin.source > found.source) FROM found WHERE found.source IS NOT NULL) SELECT source FROM found WHERE source IS NOT NULL LIMIT $1")
            .bind(i64::from(limit))
            .fetch_all(self.pool())
            .await?;
        rows.iter().map(|row| row.text("source")).collect()
    }

    /// Where addresses of the old site lead now; those that lead nowhere are
    /// left out.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn old_addresses(
        &self,
        keys: &[String],
    ) -> Result<Vec<(String, Target)>, StoreError> {
        let rows = sqlx::query("SELECT key, kind, target FROM old_address WHERE key IN (SELECT value->>'id' FROM json_each($1))")
            .bind(list_of(keys)?)
            .fetch_all(self.pool())
            .await?;
        rows.iter()
            .map(|row| Ok((row.text("key")?, aggregates::read_target(row)?)))
            .collect()
    }

    /// The tags of these names, spelled as they are kept; of several with one name the oldest.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn tags_named(&self, names: &[String]) -> Result<Vec<Tag>, StoreError> {
        let rows = sqlx::query(TAGS_NAMED)
            .bind(list_of(names)?)
            .fetch_all(self.pool())
            .await?;
        let mut tags = Vec::new();
        for row in &rows {
            let tag = aggregates::read_tag(row)?;
            if !tags.iter().any(|known: &Tag| known.name == tag.name) {
                tags.push(tag);
            }
        }
        Ok(tags)
    }

    /// The tags with one of those slugs or ids.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn tags(&self, slugs: &[String], ids: &[Id]) -> Result<Vec<Tag>, StoreError> {
        let rows = sqlx::query("SELECT id, slug, name FROM tag WHERE slug IN (SELECT value->>'id' FROM json_each($1)) OR id IN (SELECT CAST(CAST(value AS TEXT) AS BIGINT) FROM json_each($2))")
            .bind(list_of(slugs)?)
            .bind(crate::rows::id_list(ids.iter().copied()))
            .fetch_all(self.pool())
            .await?;
        rows.iter().map(aggregates::read_tag).collect()
    }
}

fn list_of(texts: &[String]) -> Result<String, StoreError> {
    crate::rows::list(texts.iter().map(|text| json!({ "id": text })).collect())
}

fn read(row: &AnyRow) -> Result<Origin, StoreError> {
    Ok(Origin {
        foreign: row.text("foreign_id")?,
        id: row.id("id")?,
        fingerprint: row.text("fingerprint")?,
        version: row.maybe_id("version")?.map(Id::get),
        state: row
            .maybe_integer("state")?
            .and_then(ArticleState::from_code),
    })
}
