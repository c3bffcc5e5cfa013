//! What the staff write on articles before the public sees it, and their lists.

use editorial::{
    ArticleKind, ArticleState, Content, Id, Timestamp, WorkingCopy,
    working_copy::{Document, WorkingCopyWrite},
};
use sqlx::{AnyConnection, any::AnyRow};

use crate::{
    Store, StoreError, articles, documents,
    rows::{self, Columns},
};

/// Saved texts of one article that the public has not seen: more of them, and
/// the oldest go.
const NOT_SHOWN_MAX: i64 = 100;

const BEGIN: &str = "INSERT INTO working_copy (article, version, base, revision, headline, content, begun_by, saved_by, saved_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING";
const SAVE: &str = "UPDATE working_copy SET version = $2, base = $3, revision = $4, headline = $5, content = $6, begun_by = $7, saved_by = $8, saved_at = $9, settled = $12 WHERE article = $1 AND version = $10 AND COALESCE(stem, 0) = $11";
const END: &str =
    "DELETE FROM working_copy WHERE article = $1 AND version = $2 AND last_update = $3";
const INSERT_REVISION: &str = "INSERT INTO revision (id, article, at, headline, standfirst, body, saved_by, shown) VALUES ($1, $2, $3, $4, $5, $6, $7, 0) ON CONFLICT DO NOTHING";
const FORGET: &str = "DELETE FROM revision WHERE article = $1 AND shown = 0 AND id < COALESCE((SELECT id FROM revision WHERE article = $1 AND shown = 0 ORDER BY id DESC LIMIT 1 OFFSET $2), 0) AND id NOT IN (SELECT revision FROM article WHERE id = $1)";
const BY_ARTICLE: &str = "SELECT working_copy.*, revision.body AS body FROM working_copy JOIN revision ON revision.id = working_copy.revision WHERE working_copy.article = $1";
const IN_WORK: &str = "SELECT working_copy.article AS id, article.kind AS kind, article.state AS state, working_copy.headline AS headline, article.slug AS slug, article.published_at AS published_at, working_copy.saved_at AS saved_at, working_copy.saved_by AS saved_by, working_copy.begun_by AS begun_by FROM working_copy JOIN article ON article.id = working_copy.article WHERE (working_copy.saved_at < $1 OR (working_copy.saved_at = $1 AND working_copy.article < $2)) AND (CAST($4 AS BIGINT) = 0 OR working_copy.begun_by = $4) ORDER BY working_copy.saved_at DESC, working_copy.article DESC LIMIT $3";
const COUNT_IN_WORK: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT 1 FROM working_copy WHERE CAST($2 AS BIGINT) = 0 OR begun_by = $2 LIMIT $1) AS few";

/// An article that somebody is writing on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InWork {
    /// Its number.
    pub id: Id,
    /// A story or a page.
    pub kind: ArticleKind,
    /// Where it stands before the public.
    pub state: ArticleState,
    /// The headline it has in its working copy; perhaps empty.
    pub headline: String,
    /// The last part of its address.
    pub slug: String,
    /// When it was published, if it was.
    pub published_at: Option<Timestamp>,
    /// When its working copy was saved last.
    pub saved_at: Timestamp,
    /// By whom; none: at the command line.
    pub saved_by: Option<Id>,
    /// Who began it.
    pub begun_by: Option<Id>,
}

impl Store {
    /// What is written on an article and not public.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn working_copy(&self, article: Id) -> Result<Option<WorkingCopy>, StoreError> {
        let row = sqlx::query(BY_ARTICLE)
            .bind(article.get())
            .fetch_optional(self.pool())
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// At most `limit` articles that are written on, the newest saved first; those saved before
    /// the moment and the number `before`, if given, and begun by the user `begun_by`, if given.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn in_work(
        &self,
        before: Option<(Timestamp, Id)>,
        begun_by: Option<Id>,
        limit: u32,
    ) -> Result<Vec<InWork>, StoreError> {
        let (at, id) = before.map_or((i64::MAX, i64::MAX), |(at, id)| (at.0, id.get()));
        let rows = sqlx::query(IN_WORK)
            .bind(at)
            .bind(id)
            .bind(i64::from(limit))
            .bind(begun_by.map_or(0, Id::get))
            .fetch_all(self.pool())
            .await?;
        rows.iter()
            .map(|row| {
                Ok(InWork {
                    id: row.id("id")?,
                    kind: articles::read_kind(row)?,
                    state: articles::read_state(row)?,
                    headline: row.text("headline")?,
                    slug: row.text("slug")?,
                    published_at: row.maybe_time("published_at")?,
                    saved_at: row.time("saved_at")?,
                    saved_by: row.maybe_id("saved_by")?,
                    begun_by: row.maybe_id("begun_by")?,
                })
            })
            .collect()
    }

    /// How many articles are written on, begun by the user `begun_by` if given, counted up to
    /// `most`.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn in_work_count(&self, begun_by: Option<Id>, most: u32) -> Result<u32, StoreError> {
        let (count,): (i64,) = sqlx::query_as(COUNT_IN_WORK)
            .bind(i64::from(most))
            .bind(begun_by.map_or(0, Id::get))
            .fetch_one(self.pool())
            .await?;
        Ok(u32::try_from(count).unwrap_or(most))
    }
}

fn read(row: &AnyRow) -> Result<WorkingCopy, StoreError> {
    let mut content: Content = row.json("content")?;
    content.body = articles::read_body(row)?;
    Ok(WorkingCopy {
        article: row.id("article")?,
        version: row.integer("version")?,
        base: row.id("base")?,
        revision: row.id("revision")?,
        content,
        begun_by: row.maybe_id("begun_by")?,
        saved_by: row.maybe_id("saved_by")?,
        saved_at: row.time("saved_at")?,
        document: match row.maybe_id("stem")? {
            None => None,
            Some(stem) => Some(Document {
                stem,
                last: row.integer("last_update")?,
                settled: row.integer("settled")?,
            }),
        },
    })
}

/// Something about a working copy that is ready to be written.
pub(crate) struct Ready {
    write: WorkingCopyWrite,
    content: String,
    body: String,
}

impl Ready {
    pub(crate) fn of(mut write: WorkingCopyWrite) -> Result<Self, StoreError> {
        let (mut content, mut body) = (String::new(), String::new());
        if let WorkingCopyWrite::Saved { copy, .. } = &mut write {
            body = std::mem::take(&mut copy.content.body).to_json();
            content = serde_json::to_string(&copy.content)
                .map_err(|error| StoreError::Damaged(error.to_string()))?;
            rows::without_nul(&body)?;
            rows::without_nul(&content)?;
        }
        Ok(Self {
            write,
            content,
            body,
        })
    }

    pub(crate) async fn write(&self, connection: &mut AnyConnection) -> Result<(), StoreError> {
        let written = match &self.write {
            WorkingCopyWrite::Saved {
                copy,
                loaded_version,
            } => {
                self.save_text(connection, copy).await?;
                let statement = if *loaded_version == 0 { BEGIN } else { SAVE };
                let mut query = sqlx::query(statement)
                    .bind(copy.article.get())
                    .bind(copy.version)
                    .bind(copy.base.get())
                    .bind(copy.revision.get())
                    .bind(&copy.content.headline)
                    .bind(&self.content)
                    .bind(copy.begun_by.map(Id::get))
                    .bind(copy.saved_by.map(Id::get))
                    .bind(copy.saved_at.0);
                if *loaded_version != 0 {
                    query = query
                        .bind(*loaded_version)
                        .bind(copy.document.map_or(0, |document| document.stem.get()))
                        .bind(copy.document.map_or(0, |document| document.settled));
                }
                query.execute(&mut *connection).await?
            }
            WorkingCopyWrite::Ended {
                article,
                loaded_version,
                last,
            } => {
                documents::end(connection, *article).await?;
                sqlx::query(END)
                    .bind(article.get())
                    .bind(*loaded_version)
                    .bind(*last)
                    .execute(&mut *connection)
                    .await?
            }
            WorkingCopyWrite::DocumentBegun { .. }
            | WorkingCopyWrite::DocumentWritten { .. }
            | WorkingCopyWrite::DocumentJoined { .. } => {
                return documents::write(connection, &self.write).await;
            }
        };
        if written.rows_affected() == 1 {
            Ok(())
        } else {
            Err(StoreError::Conflict)
        }
    }

    async fn save_text(
        &self,
        connection: &mut AnyConnection,
        copy: &WorkingCopy,
    ) -> Result<(), StoreError> {
        sqlx::query(INSERT_REVISION)
            .bind(copy.revision.get())
            .bind(copy.article.get())
            .bind(copy.saved_at.0)
            .bind(&copy.content.headline)
            .bind(&copy.content.standfirst)
            .bind(&self.body)
            .bind(copy.saved_by.map(Id::get))
            .execute(&mut *connection)
            .await?;
        sqlx::query(FORGET)
            .bind(copy.article.get())
            .bind(NOT_SHOWN_MAX - 1)
            .execute(&mut *connection)
            .await?;
        Ok(())
    }
}
