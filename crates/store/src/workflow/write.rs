//! Writing what concerns the work on articles.

use editorial::{
    Id,
    workflow::{
        Assignment, Desk, NOTIFICATIONS_MAX, Notification, PenName, Remark, WorkflowWrite as Write,
    },
};
use sqlx::AnyConnection;

use crate::{StoreError, rows};

const STAGE: &str =
    "UPDATE working_copy SET stage = $4 WHERE article = $1 AND version = $2 AND stage = $3";
const REMARK: &str =
    "INSERT INTO remark (id, article, written_by, at, quote, text) VALUES ($1, $2, $3, $4, $5, $6)";
const SETTLE: &str =
    "UPDATE remark SET settled_by = $2, settled_at = $3 WHERE id = $1 AND settled_at IS NULL";
const ASSIGN: &str = "INSERT INTO assignment (article, user_account, given_by, given_at, deadline) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (article) DO UPDATE SET user_account = excluded.user_account, given_by = excluded.given_by, given_at = excluded.given_at, deadline = excluded.deadline";
const UNASSIGN: &str = "DELETE FROM assignment WHERE article = $1 AND user_account = $2";
const NEW_DESK: &str = "INSERT INTO desk (id, version, name) VALUES ($1, $2, $3)";
const CHANGE_DESK: &str = "UPDATE desk SET version = $2, name = $3 WHERE id = $1 AND version = $4";
const REMOVE_DESK: &str = "DELETE FROM desk WHERE id = $1 AND version = $2";
const CLEAR_MEMBERS: &str = "DELETE FROM desk_member WHERE desk = $1";
const CLEAR_SECTIONS: &str = "DELETE FROM desk_section WHERE desk = $1";
const MEMBERS: &str = "INSERT INTO desk_member (desk, user_account) SELECT CAST($1 AS BIGINT), CAST(CAST(value AS TEXT) AS BIGINT) FROM json_each($2)";
const SECTIONS: &str = "INSERT INTO desk_section (desk, section) SELECT CAST($1 AS BIGINT), CAST(CAST(value AS TEXT) AS BIGINT) FROM json_each($2)";
const NOTIFY: &str = "INSERT INTO notification (id, user_account, kind, article, caused_by, at) VALUES ($1, $2, $3, $4, $5, $6)";
const FORGET: &str = "DELETE FROM notification WHERE user_account = $1 AND id < COALESCE((SELECT id FROM notification WHERE user_account = $1 ORDER BY id DESC LIMIT 1 OFFSET $2), 0)";
const SEE: &str = "UPDATE notification SET read_at = $4 WHERE user_account = $1 AND id <= $3 AND read_at IS NULL AND (CAST($2 AS BIGINT) = 0 OR article = $2)";
const PEN_NAME: &str = "INSERT INTO pen_name (author, user_account) VALUES ($1, $2) ON CONFLICT (author) DO UPDATE SET user_account = excluded.user_account";
const NO_PEN_NAME: &str = "DELETE FROM pen_name WHERE author = $1";

pub(crate) async fn write(connection: &mut AnyConnection, write: &Write) -> Result<(), StoreError> {
    let written = match write {
        Write::Staged {
            article,
            version,
            from,
            to,
        } => {
            sqlx::query(STAGE)
                .bind(article.get())
                .bind(*version)
                .bind(*from as i64)
                .bind(*to as i64)
                .execute(connection)
                .await?
        }
        Write::Remark(remark) => return say(connection, remark).await,
        Write::RemarkSettled { id, by, at } => {
            sqlx::query(SETTLE)
                .bind(id.get())
                .bind(by.get())
                .bind(at.0)
                .execute(connection)
                .await?
        }
        Write::Assigned(assignment) => return assign(connection, assignment).await,
        Write::Unassigned { article, user } => {
            sqlx::query(UNASSIGN)
                .bind(article.get())
                .bind(user.get())
                .execute(connection)
                .await?
        }
        Write::Desk {
            desk,
            loaded_version,
        } => return keep_desk(connection, desk, *loaded_version).await,
        Write::DeskRemoved { id, loaded_version } => {
            let removed = sqlx::query(REMOVE_DESK)
                .bind(id.get())
                .bind(*loaded_version)
                .execute(&mut *connection)
                .await?;
            clear_desk(connection, *id).await?;
            removed
        }
        Write::Notified(notification) => return notify(connection, notification).await,
        Write::NotificationsRead {
            user,
            article,
            through,
            at,
        } => {
            sqlx::query(SEE)
                .bind(user.get())
                .bind(article.map_or(0, Id::get))
                .bind(through.get())
                .bind(at.0)
                .execute(connection)
                .await?;
            // To have read them already is no conflict.
            return Ok(());
        }
        Write::PenName(PenName { author, user }) => {
            let statement = if user.is_some() {
                PEN_NAME
            } else {
                NO_PEN_NAME
            };
            let mut query = sqlx::query(statement).bind(author.get());
            if let Some(user) = user {
                query = query.bind(user.get());
            }
            query.execute(connection).await?;
            return Ok(());
        }
    };
    if written.rows_affected() == 1 {
        Ok(())
    } else {
        Err(StoreError::Conflict)
    }
}

async fn say(connection: &mut AnyConnection, remark: &Remark) -> Result<(), StoreError> {
    rows::plain(&remark.text)?;
    rows::plain(&remark.quote)?;
    sqlx::query(REMARK)
        .bind(remark.id.get())
        .bind(remark.article.get())
        .bind(remark.written_by.map(Id::get))
        .bind(remark.at.0)
        .bind(&remark.quote)
        .bind(&remark.text)
        .execute(connection)
        .await?;
    Ok(())
}

async fn assign(connection: &mut AnyConnection, given: &Assignment) -> Result<(), StoreError> {
    sqlx::query(ASSIGN)
        .bind(given.article.get())
        .bind(given.user.get())
        .bind(given.given_by.map(Id::get))
        .bind(given.given_at.0)
        .bind(given.deadline.map(|at| at.0))
        .execute(connection)
        .await?;
    Ok(())
}

async fn clear_desk(connection: &mut AnyConnection, desk: Id) -> Result<(), StoreError> {
    for clear in [CLEAR_MEMBERS, CLEAR_SECTIONS] {
        sqlx::query(clear)
            .bind(desk.get())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

async fn keep_desk(
    connection: &mut AnyConnection,
    desk: &Desk,
    loaded_version: Option<i64>,
) -> Result<(), StoreError> {
    rows::plain(&desk.name)?;
    let statement = match loaded_version {
        None => NEW_DESK,
        Some(_) => CHANGE_DESK,
    };
    let mut query = sqlx::query(statement)
        .bind(desk.id.get())
        .bind(desk.version)
        .bind(&desk.name);
    if let Some(loaded) = loaded_version {
        query = query.bind(loaded);
    }
    if query.execute(&mut *connection).await?.rows_affected() != 1 {
        return Err(StoreError::Conflict);
    }
    clear_desk(connection, desk.id).await?;
    for (statement, ids) in [(MEMBERS, &desk.members), (SECTIONS, &desk.sections)] {
        sqlx::query(statement)
            .bind(desk.id.get())
            .bind(rows::id_list(ids.iter().copied()))
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

async fn notify(connection: &mut AnyConnection, told: &Notification) -> Result<(), StoreError> {
    sqlx::query(NOTIFY)
        .bind(told.id.get())
        .bind(told.user.get())
        .bind(told.kind as i64)
        .bind(told.article.get())
        .bind(told.caused_by.map(Id::get))
        .bind(told.at.0)
        .execute(&mut *connection)
        .await?;
    sqlx::query(FORGET)
        .bind(told.user.get())
        .bind(NOTIFICATIONS_MAX - 1)
        .execute(&mut *connection)
        .await?;
    Ok(())
}
