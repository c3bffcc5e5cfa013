//! Writing accounts, one statement for each thing: there are few.

use editorial::{
    Id,
    accounts::{AccountWrite, OneTimeLink, Permission, Roles, Session, User, UserState},
};
use sqlx::{AnyConnection, any::AnyArguments};

use super::purpose_row;
use crate::{StoreError, rows::Columns as _};

const INSERT_USER: &str = "INSERT INTO user_account (id, version, name, email_sealed, email_index, roles, state, made_at, password, second_factor, second_factor_step) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', '', 0)";
const UPDATE_USER: &str = "UPDATE user_account SET version = $1, name = $2, email_sealed = $3, email_index = $4, roles = $5, state = $6 WHERE id = $7 AND version = $8";
const PASSWORD: &str = "UPDATE user_account SET password = $1 WHERE id = $2";
const SECOND_FACTOR: &str =
    "UPDATE user_account SET second_factor = $1, second_factor_step = 0 WHERE id = $2";
const SECOND_FACTOR_USED: &str =
    "UPDATE user_account SET second_factor_step = $1 WHERE id = $2 AND second_factor_step < $1";
const CODES_GONE: &str = "DELETE FROM recovery_code WHERE user_account = $1";
const INSERT_CODE: &str = "INSERT INTO recovery_code (user_account, code) VALUES ($1, $2)";
const CODE_USED: &str = "DELETE FROM recovery_code WHERE user_account = $1 AND code = $2";
const INSERT_SESSION: &str = "INSERT INTO session (id, user_account, token, browser, began_at, used_at, confirmed_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
const SESSION_USED: &str = "UPDATE session SET used_at = $1 WHERE id = $2 AND used_at < $1";
const SESSION_CONFIRMED: &str = "UPDATE session SET confirmed_at = $1 WHERE id = $2";
const SESSION_ENDED: &str = "DELETE FROM session WHERE id = $1";
const SESSIONS_ENDED: &str = "DELETE FROM session WHERE user_account = $1 AND id <> $2";
const INSERT_LINK: &str = "INSERT INTO one_time_link (id, token, purpose, user_account, roles, made_at) VALUES ($1, $2, $3, $4, $5, $6)";
const LINK_USED: &str = "DELETE FROM one_time_link WHERE id = $1";
const LINKS_VOIDED: &str = "DELETE FROM one_time_link WHERE purpose = $1 AND user_account = $2";
const TRIES: &str = "INSERT INTO sign_in_tries (key, failed, last) VALUES ($1, $2, $3) ON CONFLICT (key) DO UPDATE SET failed = excluded.failed, last = excluded.last WHERE sign_in_tries.failed = $4 AND sign_in_tries.last = $5";
const TRIES_FORGOTTEN: &str = "DELETE FROM sign_in_tries WHERE key = $1";
const RANGE_KNOWN: &str = "INSERT INTO known_range (key, last) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET last = excluded.last";
const ACTIVE_ROLES: &str = "SELECT DISTINCT roles FROM user_account WHERE state = $1";
const SWEEP_SESSIONS: &str = "DELETE FROM session WHERE used_at < $1";
const SWEEP_LINKS: &str = "DELETE FROM one_time_link WHERE made_at < $1";
const SWEEP_TRIES: &str = "DELETE FROM sign_in_tries WHERE last < $1";
const SWEEP_RANGES: &str = "DELETE FROM known_range WHERE last < $1";

type Query<'q> = sqlx::query::Query<'q, sqlx::Any, AnyArguments>;

/// Writes one thing.
///
/// # Errors
/// [`StoreError::Conflict`] where its guard fails.
pub(crate) async fn write(
    connection: &mut AnyConnection,
    write: &AccountWrite,
) -> Result<(), StoreError> {
    use AccountWrite as W;
    match write {
        W::User {
            user,
            loaded_version,
        } => write_user(connection, user, *loaded_version).await,
        W::Password { user, hash } => {
            let set = sqlx::query(PASSWORD).bind(&hash.0).bind(user.get());
            guarded(connection, set).await
        }
        W::SecondFactor {
            user,
            secret,
            recovery,
        } => {
            let secret = secret.as_ref().map_or("", |secret| &*secret.0);
            let set = sqlx::query(SECOND_FACTOR).bind(secret).bind(user.get());
            guarded(connection, set).await?;
            plain(connection, sqlx::query(CODES_GONE).bind(user.get())).await?;
            for code in recovery {
                let code = sqlx::query(INSERT_CODE)
                    .bind(user.get())
                    .bind(code.to_hex());
                plain(connection, code).await?;
            }
            Ok(())
        }
        W::SecondFactorUsed { user, step } => {
            let used = sqlx::query(SECOND_FACTOR_USED).bind(step).bind(user.get());
            guarded(connection, used).await
        }
        W::RecoveryUsed { user, code } => {
            let used = sqlx::query(CODE_USED).bind(user.get()).bind(code.to_hex());
            guarded(connection, used).await
        }
        W::Session(session) => guarded(connection, session_row(session)).await,
        W::SessionUsed { id, at } => {
            let used = sqlx::query(SESSION_USED).bind(at.0).bind(id.get());
            plain(connection, used).await
        }
        W::SessionConfirmed { id, at } => {
            let confirmed = sqlx::query(SESSION_CONFIRMED).bind(at.0).bind(id.get());
            guarded(connection, confirmed).await
        }
        W::SessionEnded(id) => plain(connection, sqlx::query(SESSION_ENDED).bind(id.get())).await,
        W::SessionsEnded { user, but } => {
            let ended = sqlx::query(SESSIONS_ENDED).bind(user.get());
            plain(connection, ended.bind(but.map_or(0, Id::get))).await
        }
        W::Link(link) => guarded(connection, link_row(link)).await,
        W::LinkUsed(id) => guarded(connection, sqlx::query(LINK_USED).bind(id.get())).await,
        W::LinksVoided(purpose) => {
            let (purpose, user, _) = purpose_row(*purpose);
            let voided = sqlx::query(LINKS_VOIDED).bind(purpose).bind(user);
            plain(connection, voided).await
        }
        W::Tries { key, loaded, tries } => {
            let counted = sqlx::query(TRIES)
                .bind(key)
                .bind(i64::from(tries.failed))
                .bind(tries.last.0)
                .bind(i64::from(loaded.failed))
                .bind(loaded.last.0);
            guarded(connection, counted).await
        }
        W::TriesForgotten { key } => {
            plain(connection, sqlx::query(TRIES_FORGOTTEN).bind(key)).await
        }
        W::RangeKnown { key, at } => {
            plain(connection, sqlx::query(RANGE_KNOWN).bind(key).bind(at.0)).await
        }
        // Looked at once the position is taken: see `administrator_stays`.
        W::AdministratorStays => Ok(()),
        W::Swept {
            sessions_unused_since,
            links_made_before,
            tries_before,
            ranges_unused_since,
        } => {
            for (statement, before) in [
                (SWEEP_SESSIONS, sessions_unused_since),
                (SWEEP_LINKS, links_made_before),
                (SWEEP_TRIES, tries_before),
                (SWEEP_RANGES, ranges_unused_since),
            ] {
                plain(connection, sqlx::query(statement).bind(before.0)).await?;
            }
            Ok(())
        }
    }
}

/// Whether an active user is left who may manage users. To be asked once the
/// position of the change log is taken: no other commit comes in between.
///
/// # Errors
/// [`StoreError::Conflict`] where none is left.
pub(crate) async fn administrator_stays(connection: &mut AnyConnection) -> Result<(), StoreError> {
    let rows = sqlx::query(ACTIVE_ROLES)
        .bind(UserState::Active as i64)
        .fetch_all(connection)
        .await?;
    for row in rows {
        let roles = Roles::from_code(row.integer("roles")?);
        if roles.is_some_and(|roles| roles.allow(Permission::ManageUsers)) {
            return Ok(());
        }
    }
    Err(StoreError::Conflict)
}

async fn plain(connection: &mut AnyConnection, query: Query<'_>) -> Result<(), StoreError> {
    query.execute(connection).await?;
    Ok(())
}

/// Runs a statement that must meet one row.
async fn guarded(connection: &mut AnyConnection, query: Query<'_>) -> Result<(), StoreError> {
    let done = query.execute(connection).await?;
    if done.rows_affected() == 1 {
        Ok(())
    } else {
        Err(StoreError::Conflict)
    }
}

async fn write_user(
    connection: &mut AnyConnection,
    user: &User,
    loaded_version: Option<i64>,
) -> Result<(), StoreError> {
    let query = match loaded_version {
        None => sqlx::query(INSERT_USER).bind(user.id.get()),
        Some(_) => sqlx::query(UPDATE_USER),
    };
    let query = query
        .bind(user.version)
        .bind(&user.name)
        .bind(&user.email.sealed)
        .bind(&user.email.blind_index)
        .bind(user.roles.code())
        .bind(user.state as i64);
    let query = match loaded_version {
        None => query.bind(user.made_at.0),
        Some(version) => query.bind(user.id.get()).bind(version),
    };
    guarded(connection, query).await
}

fn session_row(session: &Session) -> Query<'_> {
    sqlx::query(INSERT_SESSION)
        .bind(session.id.get())
        .bind(session.user.get())
        .bind(session.token.to_hex())
        .bind(&session.browser)
        .bind(session.began_at.0)
        .bind(session.used_at.0)
        .bind(session.confirmed_at.0)
}

fn link_row(link: &OneTimeLink) -> Query<'_> {
    let (purpose, user, roles) = purpose_row(link.purpose);
    sqlx::query(INSERT_LINK)
        .bind(link.id.get())
        .bind(link.token.to_hex())
        .bind(purpose)
        .bind(user)
        .bind(roles)
        .bind(link.made_at.0)
}
