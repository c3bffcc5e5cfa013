//! Authors: the people credited in bylines. Who signs in is a user, not here.

use serde::{Deserialize, Serialize};

use crate::Id;

/// A credited person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// Its id.
    pub id: Id,
    /// Its part of the address.
    pub slug: String,
    /// The name as printed.
    pub name: String,
    /// A few sentences about the person, or empty.
    pub bio: String,
}

/// The longest name of an author, in code points.
pub const AUTHOR_NAME_LETTERS_MAX: usize = 120;
/// The longest words about an author, in code points.
pub const BIO_LETTERS_MAX: usize = 1_000;

/// Why an author cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuthorError {
    /// There is no name.
    #[error("the author has no name: give the one that readers are to see")]
    NoName,
    /// The name is too long.
    #[error("the name has {0} letters, more than {AUTHOR_NAME_LETTERS_MAX}: shorten it")]
    NameTooLong(usize),
    /// The words about the author are too long.
    #[error(
        "the words about the author have {0} letters, more than {BIO_LETTERS_MAX}: shorten them"
    )]
    BioTooLong(usize),
    /// There is no such author.
    #[error("there is no such author")]
    NoAuthor,
    /// There is no such account.
    #[error("there is no such account")]
    NoUser,
}

impl Author {
    /// The author under another name, with other words.
    ///
    /// # Errors
    /// [`AuthorError`] where one of them cannot be.
    pub fn described(self, name: &str, bio: &str) -> Result<Self, AuthorError> {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let bio = bio.trim().to_owned();
        match (name.chars().count(), bio.chars().count()) {
            (0, _) => Err(AuthorError::NoName),
            (letters, _) if letters > AUTHOR_NAME_LETTERS_MAX => {
                Err(AuthorError::NameTooLong(letters))
            }
            (_, letters) if letters > BIO_LETTERS_MAX => Err(AuthorError::BioTooLong(letters)),
            _ => Ok(Self { name, bio, ..self }),
        }
    }
}
