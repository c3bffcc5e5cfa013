//! Writing what comes in, and what moderators decide: one statement for each
//! thing.

use editorial::{
    accounts::TokenHash,
    comment::{Comment, CommentWrite, Report},
};
use serde_json::json;
use sqlx::AnyConnection;

use crate::{StoreError, rows};

/// Requests for data that are kept at the same time.
const REQUESTS_MAX: i64 = 10_000;

const ONCE: &str = "INSERT INTO comment_once (key, comment, at) VALUES ($1, $2, $3) ON CONFLICT (key) DO UPDATE SET comment = excluded.comment, at = excluded.at WHERE comment_once.at < $4";
const INSERT: &str = "INSERT INTO comment (id, article, reply_to, name, email_sealed, email_index, text, written_at, state, version, writer, sender, likeness, holds, staff) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
const UPDATE: &str = "UPDATE comment SET name = $1, text = $2, state = $3, version = $4, likeness = $5, holds = $6, edited_at = $7 WHERE id = $8 AND version = $9";
const REPORT: &str = "INSERT INTO comment_report (id, comment, at, reason, sender) SELECT $1, $2, $3, $4, $5 WHERE EXISTS (SELECT 1 FROM comment WHERE id = $2) ON CONFLICT (comment, sender) DO NOTHING";
const REPORTED: &str = "UPDATE comment SET reports = reports + 1 WHERE id = $1";
const SETTLED: &str = "UPDATE comment SET reports = 0 WHERE id = $1";
const REPORTS_BACK: &str = "UPDATE comment SET reports = $1 WHERE id = $2";
const BLOCK: &str = "INSERT INTO blocked_writer (email_index, comment, at, actor) VALUES ($1, $2, $3, $4) ON CONFLICT (email_index) DO NOTHING";
const UNBLOCK: &str = "DELETE FROM blocked_writer WHERE email_index = $1";
const ERASE_REPORTS: &str =
    "DELETE FROM comment_report WHERE comment IN (SELECT id FROM comment WHERE email_index = $1)";
const ERASE: &str = "UPDATE comment SET name = '', text = '', email_sealed = NULL, email_index = NULL, state = 3, version = version + 1, writer = '', sender = '', likeness = 0, holds = '[]', reports = 0 WHERE email_index = $1";
const ERASE_REQUESTS: &str = "DELETE FROM data_request WHERE email_index = $1";
const ASK: &str = "INSERT INTO data_request (id, email_sealed, email_index, token, at) SELECT $1, $2, $3, $4, $5 WHERE (SELECT COUNT(*) FROM data_request) < $6";
const LINK: &str = "UPDATE data_request SET token = $1, at = $2 WHERE id = $3";
const ANSWERED: &str = "DELETE FROM data_request WHERE id = $1";
const SENDER_KEY: &str =
    "INSERT INTO sender_key (day, sealed) VALUES ($1, $2) ON CONFLICT (day) DO NOTHING";
const SWEEP_SENDERS: &str = "UPDATE comment SET sender = '' WHERE sender <> '' AND written_at < $1";
const SWEEP_REPORTERS: &str = "DELETE FROM comment_report WHERE at < $1";
const SWEEP_KEYS: &str = "DELETE FROM sender_key WHERE day < $1";
const SWEEP_WRITERS: &str = "UPDATE comment SET writer = '' WHERE writer <> '' AND written_at < $1";
const SWEEP_REQUESTS: &str = "DELETE FROM data_request WHERE at < $1";
const SWEEP_ONCE: &str = "DELETE FROM comment_once WHERE at < $1";

/// Writes one thing.
///
/// # Errors
/// [`StoreError::Conflict`] where its guard fails.
pub(crate) async fn write(
    connection: &mut AnyConnection,
    write: &CommentWrite,
) -> Result<(), StoreError> {
    use CommentWrite as W;
    match write {
        // Written with the lists of an import.
        W::Imported(_) => Ok(()),
        W::Received {
            comment,
            once,
            sent_before,
        } => {
            let first = sqlx::query(ONCE)
                .bind(once)
                .bind(comment.id.get())
                .bind(comment.written_at.0)
                .bind(sent_before.0);
            guarded(&first.execute(&mut *connection).await?)?;
            insert(connection, comment).await
        }
        W::Written(comment) => insert(connection, comment).await,
        W::Changed {
            comment,
            loaded_version,
        } => update(connection, comment, *loaded_version).await,
        W::Reported(report) => reported(connection, report).await,
        W::ReportsSettled(id) => plain(connection, sqlx::query(SETTLED).bind(id.get())).await,
        W::ReportsBack { id, reports } => {
            let back = sqlx::query(REPORTS_BACK).bind(i64::from(*reports));
            plain(connection, back.bind(id.get())).await
        }
        W::Blocked {
            index,
            comment,
            at,
            actor,
        } => {
            let block = sqlx::query(BLOCK)
                .bind(index)
                .bind(comment.get())
                .bind(at.0)
                .bind(actor.label());
            plain(connection, block).await
        }
        W::Unblocked { index } => plain(connection, sqlx::query(UNBLOCK).bind(index)).await,
        W::Erased { index } => {
            for statement in [ERASE_REPORTS, ERASE, ERASE_REQUESTS] {
                plain(connection, sqlx::query(statement).bind(index)).await?;
            }
            Ok(())
        }
        W::DataAsked(request) => {
            let older = sqlx::query(ERASE_REQUESTS).bind(&request.email.blind_index);
            plain(connection, older).await?;
            let ask = sqlx::query(ASK)
                .bind(request.id.get())
                .bind(&request.email.sealed)
                .bind(&request.email.blind_index)
                .bind(request.token.map_or_else(String::new, TokenHash::to_hex))
                .bind(request.at.0)
                .bind(REQUESTS_MAX);
            guarded(&ask.execute(connection).await?)
        }
        W::DataLinked { id, token, at } => {
            let link = sqlx::query(LINK)
                .bind(token.to_hex())
                .bind(at.0)
                .bind(id.get());
            guarded(&link.execute(&mut *connection).await?)
        }
        W::DataSettled(id) => plain(connection, sqlx::query(ANSWERED).bind(id.get())).await,
        W::SenderKey { day, sealed } => {
            plain(connection, sqlx::query(SENDER_KEY).bind(day).bind(sealed)).await
        }
        W::Swept {
            senders_before,
            writers_before,
            requests_before,
            sent_before,
        } => {
            let day = senders_before.0.div_euclid(editorial::Timestamp::DAY);
            for (statement, before) in [
                (SWEEP_SENDERS, senders_before.0),
                (SWEEP_REPORTERS, senders_before.0),
                (SWEEP_KEYS, day),
                (SWEEP_WRITERS, writers_before.0),
                (SWEEP_REQUESTS, requests_before.0),
                (SWEEP_ONCE, sent_before.0),
            ] {
                plain(connection, sqlx::query(statement).bind(before)).await?;
            }
            Ok(())
        }
    }
}

async fn insert(connection: &mut AnyConnection, comment: &Comment) -> Result<(), StoreError> {
    let email = comment.email.as_ref();
    let received = &comment.received;
    let insert = sqlx::query(INSERT)
        .bind(comment.id.get())
        .bind(comment.article.get())
        .bind(comment.reply_to.map(editorial::Id::get))
        .bind(&comment.name)
        .bind(email.map(|email| &email.sealed))
        .bind(email.map(|email| &email.blind_index))
        .bind(&comment.text)
        .bind(comment.written_at.0)
        .bind(comment.state as i64)
        .bind(received.version)
        .bind(received.writer.map_or_else(String::new, TokenHash::to_hex))
        .bind(&received.sender)
        .bind(received.likeness)
        .bind(holds(comment)?)
        .bind(received.staff.map(editorial::Id::get));
    plain(connection, insert).await
}

async fn update(
    connection: &mut AnyConnection,
    comment: &Comment,
    loaded_version: i64,
) -> Result<(), StoreError> {
    let received = &comment.received;
    let update = sqlx::query(UPDATE)
        .bind(&comment.name)
        .bind(&comment.text)
        .bind(comment.state as i64)
        .bind(received.version)
        .bind(received.likeness)
        .bind(holds(comment)?)
        .bind(received.edited_at.map(|at| at.0))
        .bind(comment.id.get())
        .bind(loaded_version);
    guarded(&update.execute(connection).await?)
}

async fn reported(connection: &mut AnyConnection, report: &Report) -> Result<(), StoreError> {
    let new = sqlx::query(REPORT)
        .bind(report.id.get())
        .bind(report.comment.get())
        .bind(report.at.0)
        .bind(&report.reason)
        .bind(&report.sender)
        .execute(&mut *connection)
        .await?;
    if new.rows_affected() == 1 {
        let counted = sqlx::query(REPORTED).bind(report.comment.get());
        plain(connection, counted).await?;
    }
    Ok(())
}

fn holds(comment: &Comment) -> Result<String, StoreError> {
    let json = json!(comment.received.holds).to_string();
    rows::without_nul(&json)?;
    Ok(json)
}

async fn plain(
    connection: &mut AnyConnection,
    query: sqlx::query::Query<'_, sqlx::Any, sqlx::any::AnyArguments>,
) -> Result<(), StoreError> {
    query.execute(connection).await?;
    Ok(())
}

/// A statement that must have met one row.
fn guarded(done: &sqlx::any::AnyQueryResult) -> Result<(), StoreError> {
    if done.rows_affected() == 1 {
        Ok(())
    } else {
        Err(StoreError::Conflict)
    }
}
