//! Why a database cannot be used, in sentences that say what to do.

use std::path::Path;

use crate::StoreError;

/// What an SQLite file says when it is opened; its codes by
/// <https://sqlite.org/rescode.html>, of which the low byte is the kind.
pub(crate) fn sqlite(file: &Path, error: sqlx::Error) -> StoreError {
    let code = error
        .as_database_error()
        .and_then(|error| error.code()?.parse::<u32>().ok());
    let file = file.display();
    StoreError::Folder(match code.map(|code| code & 0xff) {
        Some(8) => format!(
            "{file} cannot be written by this user: run the program as the user who owns it"
        ),
        Some(11) => format!("{file} is damaged: bring the paper back with `warraq backup restore`"),
        Some(13) => format!("there is no room on the disk for {file}: make some"),
        Some(14) => format!(
            "{file} cannot be opened: see who owns it and its folder, and what may be done with them"
        ),
        Some(26) => format!(
            "{file} is no database of a paper: give another folder with --data, or bring the paper back with `warraq backup restore`"
        ),
        _ => return error.into(),
    })
}

/// What a PostgreSQL server says when it is reached; its codes by
/// <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
pub(crate) fn postgres(url: &str, error: sqlx::Error) -> StoreError {
    let code = error
        .as_database_error()
        .and_then(|error| error.code().map(std::borrow::Cow::into_owned));
    let at = place(url);
    StoreError::Unreachable(match (code.as_deref(), &error) {
        (Some("28P01" | "28000"), _) => {
            format!("the database at {at} refuses this user: see the name and password in --database")
        }
        (Some("3D000"), _) => format!(
            "the database server at {at} has no database of that name: make it with createdb, or see --database"
        ),
        (Some("53300"), _) => {
            format!("the database at {at} has too many connections: raise max_connections")
        }
        (Some("57P03"), _) => format!("the database at {at} is starting: try again in a moment"),
        (None, sqlx::Error::Configuration(_)) => {
            "the address of the database cannot be read: give one such as postgres://user@host/database".into()
        }
        (None, _) => return unreachable(url),
        _ => return error.into(),
    })
}

/// A server that does not answer.
pub(crate) fn unreachable(url: &str) -> StoreError {
    StoreError::Unreachable(format!(
        "no database answers at {}: see whether PostgreSQL runs there, and the address in --database",
        place(url)
    ))
}

/// Host and port of an address, without user and password.
fn place(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    authority.rsplit('@').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_is_told() {
        assert_eq!(
            place("postgres://editor:secret@db.example:5432/paper?x=@"),
            "db.example:5432"
        );
        assert_eq!(place("postgresql://localhost"), "localhost");
    }
}
