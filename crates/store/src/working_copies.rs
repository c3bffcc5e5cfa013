//! What the staff write on articles before the public sees it, and their lists.

use editorial::{
    ArticleKind, ArticleState, Content, Id, Timestamp, WorkingCopy,
    workflow::Stage,
    working_copy::{Document, WorkingCopyWrite},
};
use sqlx::{
    Any, AnyConnection, Row,
    any::{AnyArguments, AnyRow},
    query::Query,
};

use crate::{
    Store, StoreError, articles, documents,
    rows::{self, Columns},
};

/// Saved texts of one article that the public has not seen: more of them, and
/// the oldest go.
const NOT_SHOWN_MAX: i64 = 100;

/// What `WorkFilter` says, as conditions on a working copy and its assignment.
macro_rules! filter {
    () => {
        "(CAST($1 AS BIGINT) = 0 OR working_copy.begun_by = $1 OR assignment.user_account = $1 OR EXISTS (SELECT 1 FROM desk_section JOIN desk_member ON desk_member.desk = desk_section.desk WHERE desk_section.section = working_copy.section AND desk_member.user_account = $1)) AND (CAST($2 AS BIGINT) < 0 OR working_copy.stage = $2) AND (CAST($3 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM desk_section WHERE desk_section.section = working_copy.section AND desk_section.desk = $3)) AND (CAST($4 AS BIGINT) = 0 OR working_copy.begun_by = $4 OR assignment.user_account = $4) AND (CAST($5 AS BIGINT) = 0 OR assignment.user_account = $5 OR (working_copy.begun_by = $5 AND working_copy.stage = 2) OR (CAST($6 AS BIGINT) = 1 AND working_copy.stage = 1 AND (working_copy.begun_by IS NULL OR working_copy.begun_by <> $5) AND (EXISTS (SELECT 1 FROM desk_section JOIN desk_member ON desk_member.desk = desk_section.desk WHERE desk_section.section = working_copy.section AND desk_member.user_account = $5) OR NOT EXISTS (SELECT 1 FROM desk_section WHERE desk_section.section = working_copy.section))))"
    };
}

const BEGIN: &str = "INSERT INTO working_copy (article, version, base, revision, headline, content, begun_by, saved_by, saved_at, stage, section) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING";
const SAVE: &str = "UPDATE working_copy SET version = $2, base = $3, revision = $4, headline = $5, content = $6, begun_by = $7, saved_by = $8, saved_at = $9, stage = $10, section = $11, settled = $14 WHERE article = $1 AND version = $12 AND COALESCE(stem, 0) = $13";
const END: &str =
    "DELETE FROM working_copy WHERE article = $1 AND version = $2 AND last_update = $3";
const INSERT_REVISION: &str = "INSERT INTO revision (id, article, at, headline, standfirst, body, saved_by, shown) VALUES ($1, $2, $3, $4, $5, $6, $7, 0) ON CONFLICT DO NOTHING";
const FORGET: &str = "DELETE FROM revision WHERE article = $1 AND shown = 0 AND id < COALESCE((SELECT id FROM revision WHERE article = $1 AND shown = 0 ORDER BY id DESC LIMIT 1 OFFSET $2), 0) AND id NOT IN (SELECT revision FROM article WHERE id = $1)";
const BY_ARTICLE: &str = "SELECT working_copy.*, revision.body AS body FROM working_copy JOIN revision ON revision.id = working_copy.revision WHERE working_copy.article = $1";
const IN_WORK: &str = concat!(
    "SELECT working_copy.article AS id, article.kind AS kind, article.state AS state, working_copy.headline AS headline, article.slug AS slug, article.published_at AS published_at, working_copy.saved_at AS saved_at, working_copy.saved_by AS saved_by, working_copy.begun_by AS begun_by, working_copy.stage AS stage, assignment.user_account AS assigned, assignment.deadline AS deadline FROM working_copy JOIN article ON article.id = working_copy.article LEFT JOIN assignment ON assignment.article = working_copy.article WHERE ",
    filter!(),
    " AND (working_copy.saved_at < $7 OR (working_copy.saved_at = $7 AND working_copy.article < $8)) ORDER BY working_copy.saved_at DESC, working_copy.article DESC LIMIT $9"
);
const COUNT_IN_WORK: &str = concat!(
    "SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT 1 FROM working_copy LEFT JOIN assignment ON assignment.article = working_copy.article WHERE ",
    filter!(),
    " LIMIT $7) AS few"
);

/// Which of the articles in work are meant; by default all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WorkFilter {
    /// Those alone that this user may open who only writes: what he began, what is his to do, what
    /// is at his desks.
    pub open_to: Option<Id>,
    /// Those that wait for this user: what is his to do, what he began and needs changes, and, for
    /// somebody who reviews, what others began and is in review at his desks, or at no desk.
    pub waiting_for: Option<(Id, bool)>,
    /// Those at this stage.
    pub stage: Option<Stage>,
    /// Those in the sections of this desk.
    pub desk: Option<Id>,
    /// Those that this user began, or that are his to do.
    pub hands: Option<Id>,
}

impl WorkFilter {
    fn bind(self, query: Query<'_, Any, AnyArguments>) -> Query<'_, Any, AnyArguments> {
        let number = |id: Option<Id>| id.map_or(0, Id::get);
        query
            .bind(number(self.open_to))
            .bind(self.stage.map_or(-1, |stage| stage as i64))
            .bind(number(self.desk))
            .bind(number(self.hands))
            .bind(number(self.waiting_for.map(|(user, _)| user)))
            .bind(i64::from(
                self.waiting_for.is_some_and(|(_, reviews)| reviews),
            ))
    }
}

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
    /// How far the work is.
    pub stage: Stage,
    /// Whose it is to do.
    pub assigned: Option<Id>,
    /// Until when.
    pub deadline: Option<Timestamp>,
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
    /// the moment and the number `before`, if given.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn in_work(
        &self,
        before: Option<(Timestamp, Id)>,
        filter: WorkFilter,
        limit: u32,
    ) -> Result<Vec<InWork>, StoreError> {
        let (at, id) = before.map_or((i64::MAX, i64::MAX), |(at, id)| (at.0, id.get()));
        let rows = filter
            .bind(sqlx::query(IN_WORK))
            .bind(at)
            .bind(id)
            .bind(i64::from(limit))
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
                    stage: read_stage(row)?,
                    assigned: row.maybe_id("assigned")?,
                    deadline: row.maybe_time("deadline")?,
                })
            })
            .collect()
    }

    /// How many articles are written on, counted up to `most`.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn in_work_count(&self, filter: WorkFilter, most: u32) -> Result<u32, StoreError> {
        let row = filter
            .bind(sqlx::query(COUNT_IN_WORK))
            .bind(i64::from(most))
            .fetch_one(self.pool())
            .await?;
        let count: i64 = row.try_get(0)?;
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
        stage: read_stage(row)?,
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

fn read_stage(row: &AnyRow) -> Result<Stage, StoreError> {
    let stage = Stage::from_code(row.integer("stage")?);
    stage.ok_or_else(|| StoreError::Damaged("the stage of a working copy".into()))
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
                    .bind(copy.saved_at.0)
                    .bind(copy.stage as i64)
                    .bind(copy.content.section.map(Id::get));
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
                let ended = sqlx::query(END)
                    .bind(article.get())
                    .bind(*loaded_version)
                    .bind(*last)
                    .execute(&mut *connection)
                    .await?;
                documents::end(connection, *article).await?;
                ended
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
