//! What can go wrong, by what the caller can do about it.

/// Why the store did not do what was asked. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else changed the same thing in between: load it and try again.
    #[error("somebody else changed this in the meantime: load it again and repeat the change")]
    Conflict,
    /// A text that differs from the revision it names: give it a new revision.
    #[error("the text of article {0} was changed without a new revision")]
    TextWithoutRevision(editorial::Id),
    /// The data was written by a newer program.
    #[error(
        "the data has schema {found}, this program knows up to {known}: start a newer version of the program"
    )]
    NewerSchema {
        /// The schema found.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// The data folder cannot be used.
    #[error("{0}")]
    Folder(String),
    /// Something was committed to a paper that should be filled from a copy.
    #[error("the database holds a paper already: give an empty one")]
    NotEmpty,
    /// A second server on the same folder.
    #[error(
        "another server is running on this data folder: stop it first, or use another folder with --data"
    )]
    AlreadyServed,
    /// A text holds the NUL character, which PostgreSQL cannot keep.
    #[error("a text holds the character U+0000, which cannot be stored: remove it")]
    Nul,
    /// What is stored cannot be read.
    #[error("the stored data is damaged: {0}")]
    Damaged(String),
    /// The database says nothing at all.
    #[error("the database does not answer: see whether it runs and can be reached")]
    Silent,
    /// The database elsewhere cannot be used.
    #[error("{0}")]
    Unreachable(String),
    /// The database fails or refuses.
    #[error("{}", words(.0))]
    Database(sqlx::Error),
}

fn words(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::PoolTimedOut => {
            "the database has no connection free, or does not answer: try again in a moment".into()
        }
        sqlx::Error::Io(_) | sqlx::Error::PoolClosed => {
            "the connection to the database was lost: see whether it runs, and try again".into()
        }
        other => format!("the database failed: {other}"),
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let conflict = error
            .as_database_error()
            .is_some_and(sqlx::error::DatabaseError::is_unique_violation);
        if conflict {
            Self::Conflict
        } else {
            Self::Database(error)
        }
    }
}
