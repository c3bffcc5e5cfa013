//! The documents in which several write at once: their updates, as rows that are
//! only added to, and joined when they have become many.
//!
//! The row of the working copy is locked by whoever writes in its document until he is done, so
//! that the numbers of the updates are dense and in the order of their commits.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use editorial::{
    Id,
    working_copy::{Document, DocumentUpdate, WorkingCopyWrite},
};
use sqlx::AnyConnection;

use crate::{Store, StoreError, rows::Columns as _};

const BEGIN: &str = "UPDATE working_copy SET stem = revision, last_update = 1, settled = 1 WHERE article = $1 AND revision = $2 AND stem IS NULL";
const GO_ON: &str = "UPDATE working_copy SET last_update = last_update + 1 WHERE article = $1 AND stem = $2 AND (last_update = $3 OR CAST($3 AS BIGINT) < 0)";
const ADD: &str = "INSERT INTO document_update (article, number, at, written_by, bytes) SELECT article, last_update, CAST($2 AS BIGINT), CAST($3 AS BIGINT), $4 FROM working_copy WHERE article = $1";
const IS_THERE: &str = "UPDATE working_copy SET last_update = last_update WHERE article = $1 AND stem = $2 AND last_update >= $3";
const REMOVE_FIRST: &str = "DELETE FROM document_update WHERE article = $1 AND number <= $2";
const PUT: &str = "INSERT INTO document_update (article, number, at, written_by, bytes) VALUES ($1, $2, $3, $4, $5)";
const END: &str = "DELETE FROM document_update WHERE article = $1";
const HEAD: &str =
    "SELECT stem, last_update, settled FROM working_copy WHERE article = $1 AND stem IS NOT NULL";
const AFTER: &str = "SELECT document_update.number AS number, document_update.bytes AS bytes FROM document_update JOIN working_copy ON working_copy.article = document_update.article WHERE document_update.article = $1 AND working_copy.stem = $2 AND document_update.number > $3 ORDER BY document_update.number";

impl Store {
    /// How the document of an article stands, if it has one.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn document(&self, article: Id) -> Result<Option<Document>, StoreError> {
        let row = sqlx::query(HEAD)
            .bind(article.get())
            .fetch_optional(self.pool())
            .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        Ok(Some(Document {
            stem: row.id("stem")?,
            last: row.integer("last_update")?,
            settled: row.integer("settled")?,
        }))
    }

    /// The updates of a document after the number `after`, with their numbers, in their order. The
    /// first may hold others that were before it and are joined in it.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn document_updates(
        &self,
        article: Id,
        stem: Id,
        after: i64,
    ) -> Result<Vec<(i64, Vec<u8>)>, StoreError> {
        let rows = sqlx::query(AFTER)
            .bind(article.get())
            .bind(stem.get())
            .bind(after)
            .fetch_all(self.pool())
            .await?;
        rows.iter()
            .map(|row| {
                let bytes = BASE64_STANDARD.decode(row.text("bytes")?);
                let bytes = bytes.map_err(|error| StoreError::Damaged(error.to_string()))?;
                Ok((row.integer("number")?, bytes))
            })
            .collect()
    }
}

/// Writes what is about a document.
pub(crate) async fn write(
    connection: &mut AnyConnection,
    write: &WorkingCopyWrite,
) -> Result<(), StoreError> {
    match write {
        WorkingCopyWrite::DocumentBegun {
            article,
            stem,
            update,
        } => {
            guarded(connection, BEGIN, *article, *stem, None).await?;
            add(connection, *article, update).await
        }
        WorkingCopyWrite::DocumentWritten {
            article,
            stem,
            update,
            over,
        } => {
            let over = Some(over.unwrap_or(-1));
            guarded(connection, GO_ON, *article, *stem, over).await?;
            add(connection, *article, update).await
        }
        WorkingCopyWrite::DocumentJoined {
            article,
            stem,
            through,
            update,
        } => {
            guarded(connection, IS_THERE, *article, *stem, Some(*through)).await?;
            sqlx::query(REMOVE_FIRST)
                .bind(article.get())
                .bind(*through)
                .execute(&mut *connection)
                .await?;
            sqlx::query(PUT)
                .bind(article.get())
                .bind(*through)
                .bind(update.at.0)
                .bind(update.by.map(Id::get))
                .bind(BASE64_STANDARD.encode(&update.bytes))
                .execute(&mut *connection)
                .await?;
            Ok(())
        }
        WorkingCopyWrite::Saved { .. } | WorkingCopyWrite::Ended { .. } => Ok(()),
    }
}

/// Removes all updates of an article whose working copy ends.
pub(crate) async fn end(connection: &mut AnyConnection, article: Id) -> Result<(), StoreError> {
    sqlx::query(END)
        .bind(article.get())
        .execute(&mut *connection)
        .await?;
    Ok(())
}

/// Locks the row that a document stands in, if it stands as the guard says.
async fn guarded(
    connection: &mut AnyConnection,
    statement: &'static str,
    article: Id,
    stem: Id,
    number: Option<i64>,
) -> Result<(), StoreError> {
    let mut query = sqlx::query(statement).bind(article.get()).bind(stem.get());
    if let Some(number) = number {
        query = query.bind(number);
    }
    let done = query.execute(&mut *connection).await?;
    if done.rows_affected() == 1 {
        Ok(())
    } else {
        Err(StoreError::Conflict)
    }
}

async fn add(
    connection: &mut AnyConnection,
    article: Id,
    update: &DocumentUpdate,
) -> Result<(), StoreError> {
    sqlx::query(ADD)
        .bind(article.get())
        .bind(update.at.0)
        .bind(update.by.map(Id::get))
        .bind(BASE64_STANDARD.encode(&update.bytes))
        .execute(&mut *connection)
        .await?;
    Ok(())
}
