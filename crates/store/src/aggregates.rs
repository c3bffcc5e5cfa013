//! The small things: sections, tags, authors, pictures, corrections, comments,
//! settings, old addresses. Each is written in one statement for a whole list.

use editorial::{
    Id, SiteSettings,
    changes::Target,
    comment::Comment,
    correction::Correction,
    people::Author,
    places::{Section, Tag},
};
use serde_json::{Value, json};
use sqlx::{AnyConnection, any::AnyRow};

use crate::{
    Store, StoreError,
    rows::{self, Columns},
};

pub(crate) const SECTIONS: &str = "INSERT INTO section (id, slug, name, description, colour, position) SELECT CAST(value->>'id' AS BIGINT), value->>'slug', value->>'name', value->>'description', value->>'colour', CAST(value->>'position' AS BIGINT) FROM json_each($1) WHERE true ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, name = excluded.name, description = excluded.description, colour = excluded.colour, position = excluded.position";
pub(crate) const TAGS: &str = "INSERT INTO tag (id, slug, name) SELECT CAST(value->>'id' AS BIGINT), value->>'slug', value->>'name' FROM json_each($1) WHERE true ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, name = excluded.name";
pub(crate) const AUTHORS: &str = "INSERT INTO author (id, slug, name, bio) SELECT CAST(value->>'id' AS BIGINT), value->>'slug', value->>'name', value->>'bio' FROM json_each($1) WHERE true ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, name = excluded.name, bio = excluded.bio";
pub(crate) const MEDIA: &str = "WITH list AS MATERIALIZED (SELECT value FROM json_each($1)) INSERT INTO media (id, key, source_url, width, height, alt, caption, credit, focal_x, focal_y, version, kind, name, bytes, colour, rights, expires_at, uploaded_at, uploaded_by, words) SELECT CAST(value->>'id' AS BIGINT), value->>'key', value->>'source_url', CAST(value->>'width' AS BIGINT), CAST(value->>'height' AS BIGINT), value->>'alt', value->>'caption', value->>'credit', CAST(value->>'focal_x' AS BIGINT), CAST(value->>'focal_y' AS BIGINT), CAST(value->>'version' AS BIGINT), CAST(value->>'kind' AS BIGINT), value->>'name', CAST(value->>'bytes' AS BIGINT), value->>'colour', value->>'rights', CAST(value->>'expires_at' AS BIGINT), CAST(value->>'uploaded_at' AS BIGINT), CAST(value->>'uploaded_by' AS BIGINT), value->>'words' FROM list WHERE true ON CONFLICT (id) DO UPDATE SET key = excluded.key, source_url = excluded.source_url, width = excluded.width, height = excluded.height, alt = excluded.alt, caption = excluded.caption, credit = excluded.credit, focal_x = excluded.focal_x, focal_y = excluded.focal_y, kind = excluded.kind, name = excluded.name, bytes = excluded.bytes, colour = excluded.colour, rights = excluded.rights, expires_at = excluded.expires_at, uploaded_at = excluded.uploaded_at, uploaded_by = excluded.uploaded_by, words = excluded.words, version = media.version + 1";
pub(crate) const CORRECTIONS: &str = "INSERT INTO correction (id, article, at, text, kind) SELECT CAST(value->>'id' AS BIGINT), CAST(value->>'article' AS BIGINT), CAST(value->>'at' AS BIGINT), value->>'text', CAST(value->>'kind' AS BIGINT) FROM json_each($1)";
pub(crate) const COMMENTS: &str = "WITH list AS MATERIALIZED (SELECT value FROM json_each($1)) INSERT INTO comment (id, article, reply_to, name, email_sealed, email_index, text, written_at, state) SELECT CAST(value->>'id' AS BIGINT), CAST(value->>'article' AS BIGINT), CAST(value->>'reply_to' AS BIGINT), value->>'name', value->>'email_sealed', value->>'email_index', value->>'text', CAST(value->>'written_at' AS BIGINT), CAST(value->>'state' AS BIGINT) FROM list WHERE true ON CONFLICT (id) DO UPDATE SET name = excluded.name, text = excluded.text, state = excluded.state, version = comment.version + 1";
pub(crate) const OLD_ADDRESSES: &str = "WITH list AS MATERIALIZED (SELECT value FROM json_each($1)) INSERT INTO old_address (key, kind, target) SELECT value->>'key', CAST(value->>'kind' AS BIGINT), CAST(value->>'target' AS BIGINT) FROM list WHERE true ON CONFLICT (key) DO NOTHING";
pub(crate) const OLD_ADDRESSES_MOVED: &str = "UPDATE old_address SET kind = CAST(value->>'kind' AS BIGINT), target = CAST(value->>'target' AS BIGINT) FROM json_each($1) WHERE old_address.key = value->>'key' AND old_address.kind = CAST(value->>'from_kind' AS BIGINT) AND old_address.target = CAST(value->>'from' AS BIGINT)";
/// Takes the one row of the settings for this transaction, new or as it is.
const HOLD_SETTINGS: &str = "INSERT INTO settings (one, json) VALUES (1, '{}') ON CONFLICT (one) DO UPDATE SET json = settings.json";
const SETTINGS: &str = "UPDATE settings SET json = $1 WHERE one = 1";

/// A comment as a row. Its address stays sealed.
pub(crate) fn comment_row(comment: &Comment) -> Value {
    let email = comment.email.as_ref();
    json!({
        "id": comment.id, "article": comment.article, "reply_to": comment.reply_to, "name": comment.name,
        "email_sealed": email.map(|email| &email.sealed), "email_index": email.map(|email| &email.blind_index),
        "text": comment.text, "written_at": comment.written_at, "state": comment.state as i64,
    })
}

pub(crate) fn correction_row(correction: &Correction) -> Value {
    json!({
        "id": correction.id, "article": correction.article, "at": correction.at,
        "text": correction.text, "kind": correction.kind as i64,
    })
}

pub(crate) fn old_address_row(key: &str, target: Target) -> Value {
    json!({ "key": key, "kind": kind_of(target), "target": target.id() })
}

pub(crate) fn moved_address_row(key: &str, from: Target, to: Target) -> Value {
    json!({
        "key": key, "from_kind": kind_of(from), "from": from.id(),
        "kind": kind_of(to), "target": to.id(),
    })
}

const fn kind_of(target: Target) -> i64 {
    match target {
        Target::Article(_) => 0,
        Target::Section(_) => 1,
        Target::Tag(_) => 2,
        Target::Author(_) => 3,
        Target::Media(_) => 4,
    }
}

pub(crate) fn read_section(row: &AnyRow) -> Result<Section, StoreError> {
    Ok(Section {
        id: row.id("id")?,
        slug: row.text("slug")?,
        name: row.text("name")?,
        description: row.text("description")?,
        colour: row.text("colour")?,
        position: row.integer("position")?,
    })
}

pub(crate) fn read_tag(row: &AnyRow) -> Result<Tag, StoreError> {
    Ok(Tag {
        id: row.id("id")?,
        slug: row.text("slug")?,
        name: row.text("name")?,
    })
}

pub(crate) fn read_author(row: &AnyRow) -> Result<Author, StoreError> {
    Ok(Author {
        id: row.id("id")?,
        slug: row.text("slug")?,
        name: row.text("name")?,
        bio: row.text("bio")?,
    })
}

pub(crate) async fn settings(connection: &mut AnyConnection) -> Result<SiteSettings, StoreError> {
    let row = sqlx::query("SELECT json FROM settings WHERE one = 1")
        .fetch_optional(connection)
        .await?;
    row.map_or_else(|| Ok(SiteSettings::default()), |row| row.json("json"))
}

/// Changes the settings, where they are still those that were loaded.
pub(crate) async fn write_settings(
    connection: &mut AnyConnection,
    loaded: &SiteSettings,
    wanted: &SiteSettings,
) -> Result<(), StoreError> {
    let text = json!(wanted).to_string();
    rows::without_nul(&text)?;
    sqlx::query(HOLD_SETTINGS).execute(&mut *connection).await?;
    if settings(&mut *connection).await? != *loaded {
        return Err(StoreError::Conflict);
    }
    sqlx::query(SETTINGS).bind(text).execute(connection).await?;
    Ok(())
}

impl Store {
    /// The site's settings.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn settings(&self) -> Result<SiteSettings, StoreError> {
        settings(&mut *self.pool().acquire().await?).await
    }

    /// The sections in order.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn sections(&self) -> Result<Vec<Section>, StoreError> {
        let rows = sqlx::query("SELECT * FROM section ORDER BY position, id")
            .fetch_all(self.pool())
            .await?;
        rows.iter().map(read_section).collect()
    }

    /// The tag with that slug.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn tag(&self, slug: &str) -> Result<Option<Tag>, StoreError> {
        let row = sqlx::query("SELECT * FROM tag WHERE slug = $1")
            .bind(slug)
            .fetch_optional(self.pool())
            .await?;
        row.as_ref().map(read_tag).transpose()
    }

    /// An author.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn author_by_id(&self, id: Id) -> Result<Option<Author>, StoreError> {
        let row = sqlx::query("SELECT * FROM author WHERE id = $1")
            .bind(id.get())
            .fetch_optional(self.pool())
            .await?;
        row.as_ref().map(read_author).transpose()
    }

    /// All authors.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn authors(&self) -> Result<Vec<Author>, StoreError> {
        let rows = sqlx::query("SELECT * FROM author ORDER BY id LIMIT 10000")
            .fetch_all(self.pool())
            .await?;
        rows.iter().map(read_author).collect()
    }

    /// Where an address of the old site leads now.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn old_address(&self, key: &str) -> Result<Option<Target>, StoreError> {
        if key.contains('\0') {
            return Ok(None);
        }
        let row = sqlx::query("SELECT kind, target FROM old_address WHERE key = $1")
            .bind(key)
            .fetch_optional(self.pool())
            .await?;
        row.as_ref().map(read_target).transpose()
    }
}

/// Where an old address leads, from its row.
pub(crate) fn read_target(row: &AnyRow) -> Result<Target, StoreError> {
    let id = row.id("target")?;
    Ok(match row.integer("kind")? {
        0 => Target::Article(id),
        1 => Target::Section(id),
        2 => Target::Tag(id),
        3 => Target::Author(id),
        4 => Target::Media(id),
        other => {
            return Err(StoreError::Damaged(format!(
                "an old address of kind {other}"
            )));
        }
    })
}
