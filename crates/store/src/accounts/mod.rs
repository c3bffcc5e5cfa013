//! The accounts of the staff: users, sessions, one-time links, failed tries.
//!
//! Sessions are read from the database with each request that shows one, so
//! that a session that was ended is ended on every node at once.

mod write;

use editorial::{
    Id, Timestamp,
    accounts::{
        LinkPurpose, OneTimeLink, PasswordHash, Roles, SealedSecret, Session, TokenHash, Tries,
        User, UserState,
    },
    email::SealedEmail,
};
use sqlx::any::AnyRow;

use crate::{Store, StoreError, rows::Columns};

pub(crate) use write::{administrator_stays, write};

/// The most users, sessions of one user, and links that are read at once.
const READ_MAX: i64 = 1_000;

const USER_BY_ID: &str = "SELECT * FROM user_account WHERE id = $1";
const USER_BY_INDEX: &str = "SELECT * FROM user_account WHERE email_index = $1";
const USERS: &str = "SELECT * FROM user_account ORDER BY id LIMIT $1";
const SESSION: &str = "SELECT session.*, user_account.version, user_account.name, user_account.email_sealed, user_account.email_index, user_account.roles, user_account.state, user_account.made_at FROM session JOIN user_account ON user_account.id = session.user_account WHERE session.token = $1";
const SESSIONS: &str =
    "SELECT * FROM session WHERE user_account = $1 ORDER BY used_at DESC, id DESC LIMIT $2";
const LINK: &str = "SELECT * FROM one_time_link WHERE token = $1";
const LINKS: &str = "SELECT * FROM one_time_link ORDER BY id LIMIT $1";
const TRIES: &str = "SELECT failed, last FROM sign_in_tries WHERE key = $1";
const RANGE: &str = "SELECT last FROM known_range WHERE key = $1";
const CODES: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM recovery_code WHERE user_account = $1";

/// What proves that somebody is a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// The hash of the password; none before the first one is set.
    pub password: Option<PasswordHash>,
    /// The sealed secret of the second factor, where one is set up.
    pub second_factor: Option<SealedSecret>,
    /// The newest step of time whose number was used.
    pub second_factor_step: i64,
}

impl Store {
    /// A user.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn user(&self, id: Id) -> Result<Option<User>, StoreError> {
        let row = sqlx::query(USER_BY_ID)
            .bind(id.get())
            .fetch_optional(self.pool())
            .await?;
        row.as_ref().map(|row| read_user(row, "id")).transpose()
    }

    /// The user whose address has that blind index, and what proves to be him.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn user_by_address(
        &self,
        blind_index: &str,
    ) -> Result<Option<(User, Credentials)>, StoreError> {
        let row = sqlx::query(USER_BY_INDEX)
            .bind(blind_index)
            .fetch_optional(self.pool())
            .await?;
        row.as_ref()
            .map(|row| Ok((read_user(row, "id")?, read_credentials(row)?)))
            .transpose()
    }

    /// What proves to be that user.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn credentials(&self, user: Id) -> Result<Option<Credentials>, StoreError> {
        let row = sqlx::query(USER_BY_ID)
            .bind(user.get())
            .fetch_optional(self.pool())
            .await?;
        row.as_ref().map(read_credentials).transpose()
    }

    /// All users, the oldest first.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn users(&self) -> Result<Vec<User>, StoreError> {
        let rows = sqlx::query(USERS)
            .bind(READ_MAX)
            .fetch_all(self.pool())
            .await?;
        rows.iter().map(|row| read_user(row, "id")).collect()
    }

    /// The session with that token, and its user.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn session(&self, token: TokenHash) -> Result<Option<(Session, User)>, StoreError> {
        let row = sqlx::query(SESSION)
            .bind(token.to_hex())
            .fetch_optional(self.pool())
            .await?;
        row.as_ref()
            .map(|row| Ok((read_session(row)?, read_user(row, "user_account")?)))
            .transpose()
    }

    /// The sessions of a user, the last used first.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn sessions(&self, user: Id) -> Result<Vec<Session>, StoreError> {
        let rows = sqlx::query(SESSIONS)
            .bind(user.get())
            .bind(READ_MAX)
            .fetch_all(self.pool())
            .await?;
        rows.iter().map(read_session).collect()
    }

    /// The one-time link with that token.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn one_time_link(&self, token: TokenHash) -> Result<Option<OneTimeLink>, StoreError> {
        let row = sqlx::query(LINK)
            .bind(token.to_hex())
            .fetch_optional(self.pool())
            .await?;
        row.as_ref().map(read_link).transpose()
    }

    /// All one-time links that were not used, the oldest first.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn one_time_links(&self) -> Result<Vec<OneTimeLink>, StoreError> {
        let rows = sqlx::query(LINKS)
            .bind(READ_MAX)
            .fetch_all(self.pool())
            .await?;
        rows.iter().map(read_link).collect()
    }

    /// The failed tries in a row under a limit.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn tries(&self, key: &str) -> Result<Tries, StoreError> {
        let row = sqlx::query(TRIES)
            .bind(key)
            .fetch_optional(self.pool())
            .await?;
        let Some(row) = row else {
            return Ok(Tries::NONE);
        };
        Ok(Tries {
            failed: u32::try_from(row.integer("failed")?).unwrap_or(u32::MAX),
            last: row.time("last")?,
        })
    }

    /// When somebody signed in last from a range of addresses.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn range_used_at(&self, key: &str) -> Result<Option<Timestamp>, StoreError> {
        let row = sqlx::query(RANGE)
            .bind(key)
            .fetch_optional(self.pool())
            .await?;
        row.as_ref().map(|row| row.time("last")).transpose()
    }

    /// How many codes a user has left that stand in for the second factor.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn recovery_codes_left(&self, user: Id) -> Result<i64, StoreError> {
        let (count,): (i64,) = sqlx::query_as(CODES)
            .bind(user.get())
            .fetch_one(self.pool())
            .await?;
        Ok(count)
    }
}

fn damaged(what: &str) -> StoreError {
    StoreError::Damaged(format!("an account's {what}"))
}

fn read_user(row: &AnyRow, id: &str) -> Result<User, StoreError> {
    Ok(User {
        id: row.id(id)?,
        version: row.integer("version")?,
        name: row.text("name")?,
        email: SealedEmail {
            sealed: row.text("email_sealed")?,
            blind_index: row.text("email_index")?,
        },
        roles: Roles::from_code(row.integer("roles")?).ok_or_else(|| damaged("roles"))?,
        state: UserState::from_code(row.integer("state")?).ok_or_else(|| damaged("state"))?,
        made_at: row.time("made_at")?,
    })
}

fn read_credentials(row: &AnyRow) -> Result<Credentials, StoreError> {
    let kept = |column: &str| {
        row.text(column)
            .map(|text| Some(text).filter(|text| !text.is_empty()))
    };
    Ok(Credentials {
        password: kept("password")?.map(PasswordHash),
        second_factor: kept("second_factor")?.map(SealedSecret),
        second_factor_step: row.integer("second_factor_step")?,
    })
}

fn read_token(row: &AnyRow) -> Result<TokenHash, StoreError> {
    TokenHash::from_hex(&row.text("token")?).ok_or_else(|| damaged("token"))
}

fn read_session(row: &AnyRow) -> Result<Session, StoreError> {
    Ok(Session {
        id: row.id("id")?,
        user: row.id("user_account")?,
        token: read_token(row)?,
        browser: row.text("browser")?,
        began_at: row.time("began_at")?,
        used_at: row.time("used_at")?,
        confirmed_at: row.time("confirmed_at")?,
    })
}

fn read_link(row: &AnyRow) -> Result<OneTimeLink, StoreError> {
    let user = row.maybe_id("user_account")?;
    let purpose = match (row.integer("purpose")?, user) {
        (0, _) => LinkPurpose::FirstAccount,
        (1, _) => {
            let roles = Roles::from_code(row.integer("roles")?);
            LinkPurpose::Invitation(roles.ok_or_else(|| damaged("roles"))?)
        }
        (2, Some(user)) => LinkPurpose::NewPassword(user),
        (3, Some(user)) => LinkPurpose::ForgottenPassword(user),
        _ => return Err(damaged("link")),
    };
    Ok(OneTimeLink {
        id: row.id("id")?,
        token: read_token(row)?,
        purpose,
        made_at: row.time("made_at")?,
    })
}

/// How the purpose of a link is kept: number, user, roles.
fn purpose_row(purpose: LinkPurpose) -> (i64, Option<i64>, i64) {
    match purpose {
        LinkPurpose::FirstAccount => (0, None, 0),
        LinkPurpose::Invitation(roles) => (1, None, roles.code()),
        LinkPurpose::NewPassword(user) => (2, Some(user.get()), 0),
        LinkPurpose::ForgottenPassword(user) => (3, Some(user.get()), 0),
    }
}
