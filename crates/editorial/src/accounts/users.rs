//! The users of the newsroom, and what becomes of their accounts.

use super::Roles;
use crate::{Id, Timestamp, email::SealedEmail};

/// The longest name of a user, in code points.
pub const NAME_LETTERS_MAX: usize = 60;
/// The shortest password, in code points (NIST SP 800-63B, rev. 4, 3.1.1.2,
/// where it is the only factor; a second one is not asked of everybody here).
pub const PASSWORD_LETTERS_MIN: usize = 15;
/// The longest password, in code points: more costs time and protects nobody.
pub const PASSWORD_LETTERS_MAX: usize = 256;

/// Whether an account may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserState {
    /// Its user may sign in.
    Active = 0,
    /// Nobody signs in with it; what its user did stays.
    Disabled = 1,
}

impl UserState {
    /// The state kept as `code`.
    pub const fn from_code(code: i64) -> Option<Self> {
        match code {
            0 => Some(Self::Active),
            1 => Some(Self::Disabled),
            _ => None,
        }
    }
}

/// An account of the staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Its id.
    pub id: Id,
    /// Guard against lost updates: goes up by one with each write.
    pub version: i64,
    /// The name by which colleagues know the user; credits nobody.
    pub name: String,
    /// The address that signs in, sealed.
    pub email: SealedEmail,
    /// What the user is in the newsroom.
    pub roles: Roles,
    /// Whether it may be used.
    pub state: UserState,
    /// When it was made.
    pub made_at: Timestamp,
}

/// Why an account cannot be made or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UserError {
    /// No name.
    #[error("the account has no name: give the name by which colleagues know its user")]
    NoName,
    /// The name is too long.
    #[error("the name has {0} letters, more than {NAME_LETTERS_MAX}: shorten it")]
    NameTooLong(usize),
    /// No role.
    #[error("the account has no role: give it at least one")]
    NoRole,
    /// The password is too short.
    #[error(
        "the password has {0} letters, fewer than {PASSWORD_LETTERS_MIN}: several words are easy to keep in mind"
    )]
    PasswordTooShort(usize),
    /// The password is too long.
    #[error("the password has {0} letters, more than {PASSWORD_LETTERS_MAX}: shorten it")]
    PasswordTooLong(usize),
    /// The password is one letter again and again, or holds the name.
    #[error("the password is easily guessed: use several words that have nothing to do with you")]
    PasswordEasy,
    /// The last administrator would go.
    #[error("this is the last administrator: make another one first")]
    LastAdministrator,
}

/// Checks a name and returns it trimmed.
///
/// # Errors
/// [`UserError`].
pub fn name(given: &str) -> Result<String, UserError> {
    let name: String = given.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => Err(UserError::NoName),
        letters if letters > NAME_LETTERS_MAX => Err(UserError::NameTooLong(letters)),
        _ => Ok(name),
    }
}

/// Checks a new password of the user called `name`.
///
/// # Errors
/// [`UserError`].
pub fn password(given: &str, name: &str) -> Result<(), UserError> {
    let letters = given.chars().count();
    if letters < PASSWORD_LETTERS_MIN {
        return Err(UserError::PasswordTooShort(letters));
    }
    if letters > PASSWORD_LETTERS_MAX {
        return Err(UserError::PasswordTooLong(letters));
    }
    let folded = given.to_lowercase();
    let distinct: std::collections::BTreeSet<char> = folded.chars().collect();
    let name = name.to_lowercase();
    let rest = if name.is_empty() {
        folded
    } else {
        folded.replace(&name, "")
    };
    if distinct.len() < 5 || rest.chars().count() < PASSWORD_LETTERS_MIN / 2 {
        return Err(UserError::PasswordEasy);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_trimmed_and_bounded() {
        assert_eq!(name("  ليلى \n حداد "), Ok("ليلى حداد".into()));
        assert_eq!(name(" \u{a0}"), Err(UserError::NoName));
        assert_eq!(name(&"ا".repeat(61)), Err(UserError::NameTooLong(61)));
    }

    #[test]
    fn passwords_are_long_and_not_silly() {
        assert_eq!(password("قطار أزرق في محطة القمح", "ليلى"), Ok(()));
        assert_eq!(
            password("كلمة", "ليلى"),
            Err(UserError::PasswordTooShort(4))
        );
        assert_eq!(
            password(&"aб".repeat(200), "ليلى"),
            Err(UserError::PasswordTooLong(400))
        );
        assert_eq!(
            password("ababababababababab", "ليلى"),
            Err(UserError::PasswordEasy)
        );
        assert_eq!(
            password("Layla Haddad1234", "layla haddad"),
            Err(UserError::PasswordEasy)
        );
    }
}
