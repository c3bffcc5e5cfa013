//! Pictures and other files: their rows, and the library that the newsroom looks
//! for them in.

use editorial::{
    Id, Timestamp,
    media::{Media, MediaKind},
};
use serde_json::{Value, json};
use sqlx::{AnyConnection, any::AnyRow};

use crate::{
    Store, StoreError,
    articles::{self, ArticleLine},
    rows::{self, Columns},
};

const DESCRIBE: &str = "WITH list AS MATERIALIZED (SELECT value FROM json_each($1)) UPDATE media SET alt = list.value->>'alt', caption = list.value->>'caption', credit = list.value->>'credit', focal_x = CAST(list.value->>'focal_x' AS BIGINT), focal_y = CAST(list.value->>'focal_y' AS BIGINT), version = CAST(list.value->>'version' AS BIGINT), rights = list.value->>'rights', expires_at = CAST(list.value->>'expires_at' AS BIGINT), words = list.value->>'words' FROM list WHERE media.id = CAST(list.value->>'id' AS BIGINT) AND media.version = $2";
const BY_IDS: &str = "SELECT * FROM media WHERE id IN (SELECT CAST(CAST(value AS TEXT) AS BIGINT) FROM json_each($1))";
/// A word is searched by its beginning as written, or by its whole stem.
const LIBRARY: &str = "SELECT * FROM media WHERE id < $1 AND (CAST($2 AS BIGINT) = -1 OR kind = $2) AND (CAST($3 AS BIGINT) = 0 OR expires_at <= $3) AND (COALESCE(words, '') LIKE $5 OR COALESCE(words, '') LIKE $6) AND (COALESCE(words, '') LIKE $7 OR COALESCE(words, '') LIKE $8) AND (COALESCE(words, '') LIKE $9 OR COALESCE(words, '') LIKE $10) AND (COALESCE(words, '') LIKE $11 OR COALESCE(words, '') LIKE $12) ORDER BY id DESC LIMIT $4";
const LEADS: &str = "SELECT id, kind, state, headline, slug, published_at FROM article WHERE lead = $1 ORDER BY id DESC LIMIT $2";
const WITHOUT_WORDS: &str = "SELECT * FROM media WHERE words IS NULL ORDER BY id LIMIT $1";
const SET_WORDS: &str = "WITH list AS MATERIALIZED (SELECT value FROM json_each($1)) UPDATE media SET words = list.value->>'words' FROM list WHERE media.id = CAST(list.value->>'id' AS BIGINT) AND media.words IS NULL";

/// Words of a search that count; more are not looked at.
const WORDS_MAX: usize = 4;

/// What is looked for in the library.
#[derive(Clone, Debug, Default)]
pub struct WantedMedia {
    /// Words of its description or its file's name, in any form.
    pub words: String,
    /// What it is.
    pub kind: Option<MediaKind>,
    /// Only what the paper may not show any more at this moment.
    pub expired_at: Option<Timestamp>,
    /// Only what came before it.
    pub before: Option<Id>,
}

impl WantedMedia {
    /// Two patterns for each word: its beginning as written, and its stem.
    fn patterns(&self) -> Vec<String> {
        let words = arabic::search::words(&self.words).into_iter();
        let mut patterns: Vec<String> = words
            .take(WORDS_MAX)
            .flat_map(|word| [format!("% {}%", word.form), format!("% {} %", word.stem)])
            .collect();
        patterns.resize(2 * WORDS_MAX, "%".to_owned());
        patterns
    }
}

/// A picture or file as a row, with the words by which it is found.
pub(crate) fn row(media: &Media) -> Value {
    let mut row = json!(media);
    row["kind"] = Value::from(media.kind as i64);
    row["words"] = Value::from(media.search_words());
    row
}

pub(crate) fn read(row: &AnyRow) -> Result<Media, StoreError> {
    let kind = row.integer("kind")?;
    Ok(Media {
        id: row.id("id")?,
        version: row.integer("version")?,
        kind: MediaKind::from_code(kind)
            .ok_or_else(|| StoreError::Damaged(format!("media of kind {kind}")))?,
        key: row.text("key")?,
        source_url: row.text("source_url")?,
        name: row.text("name")?,
        bytes: row.integer("bytes")?,
        width: row.integer("width")?,
        height: row.integer("height")?,
        colour: row.text("colour")?,
        alt: row.text("alt")?,
        caption: row.text("caption")?,
        credit: row.text("credit")?,
        rights: row.text("rights")?,
        expires_at: row.maybe_time("expires_at")?,
        focal_x: row.integer("focal_x")?,
        focal_y: row.integer("focal_y")?,
        uploaded_at: row.maybe_time("uploaded_at")?,
        uploaded_by: row.maybe_id("uploaded_by")?,
    })
}

/// Writes a description, where the version is still the one that was loaded.
pub(crate) async fn describe(
    connection: &mut AnyConnection,
    row: &str,
    loaded_version: i64,
) -> Result<(), StoreError> {
    let written = sqlx::query(DESCRIBE)
        .bind(row)
        .bind(loaded_version)
        .execute(connection)
        .await?;
    if written.rows_affected() == 1 {
        Ok(())
    } else {
        Err(StoreError::Conflict)
    }
}

impl Store {
    /// A picture or a file.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn media(&self, id: Id) -> Result<Option<Media>, StoreError> {
        Ok(self.media_among(&[id]).await?.pop())
    }

    /// Those of these that there are, in no order.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn media_among(&self, ids: &[Id]) -> Result<Vec<Media>, StoreError> {
        let rows = sqlx::query(BY_IDS)
            .bind(rows::id_list(ids.iter().copied()))
            .fetch_all(self.pool())
            .await?;
        rows.iter().map(read).collect()
    }

    /// At most `limit` of those that are looked for, the newest first.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn library(
        &self,
        wanted: &WantedMedia,
        limit: u32,
    ) -> Result<Vec<Media>, StoreError> {
        let query = sqlx::query(LIBRARY)
            .bind(wanted.before.map_or(i64::MAX, Id::get))
            .bind(wanted.kind.map_or(-1, |kind| kind as i64))
            .bind(wanted.expired_at.map_or(0, |at| at.0))
            .bind(i64::from(limit));
        let patterns = wanted.patterns().into_iter();
        let query = patterns.fold(query, sqlx::query::Query::bind);
        let rows = query.fetch_all(self.pool()).await?;
        rows.iter().map(read).collect()
    }

    /// At most `limit` articles whose lead picture it is, the newest first.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn led_by(&self, media: Id, limit: u32) -> Result<Vec<ArticleLine>, StoreError> {
        let rows = sqlx::query(LEADS)
            .bind(media.get())
            .bind(i64::from(limit))
            .fetch_all(self.pool())
            .await?;
        rows.iter().map(articles::read_line).collect()
    }

    /// Makes the words by which at most `limit` of the oldest are found that have none yet: they
    /// were kept by an older program. Returns how many had none.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn make_media_words(&self, limit: u32) -> Result<usize, StoreError> {
        let found = sqlx::query(WITHOUT_WORDS)
            .bind(i64::from(limit))
            .fetch_all(self.pool())
            .await?;
        let list = found.iter().map(|found| {
            let media = read(found)?;
            Ok(json!({ "id": media.id, "words": media.search_words() }))
        });
        let list: Vec<Value> = list.collect::<Result<_, StoreError>>()?;
        let count = list.len();
        if count > 0 {
            let mut connection = self.pool().acquire().await?;
            rows::write(&mut connection, SET_WORDS, list).await?;
        }
        Ok(count)
    }
}
