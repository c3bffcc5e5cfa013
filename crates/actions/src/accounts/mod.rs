//! The accounts of the staff: who may come in, and what becomes of them.

mod change_user;
mod forgotten;
mod letters;
mod links;
mod password;
mod second_factor;
mod sessions;
mod sign_in;

use std::sync::Arc;

use credentials::{Busy, Hashing, Token};
use editorial::{
    Changes, Id, Timestamp, Write,
    accounts::{AccountWrite, User, UserError},
    audit::{Action, Actor, AuditEntry},
    email::EmailAddress,
};
use store::{Store, StoreError, seal::EmailSealer};

use crate::comments::Comments;

pub use change_user::NewUser;
pub use forgotten::{Forgotten, Outbox, WAITS};
pub(crate) use forgotten::{Waiting, Whose, Written};
pub(crate) use letters::Letters;
pub use letters::{Errand, Handed, Trouble};
pub use links::Invited;
pub use second_factor::RecoveryCodes;
pub(crate) use sign_in::count_tries;
pub use sign_in::{SignIn, SignInError, SignedIn};

/// Times that a change is tried again which somebody else's came before.
const TRIES: usize = 5;

/// Why something about an account was not done.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// There is no such account.
    #[error("there is no account {0}: `warraq user list` shows them")]
    NoUser(Id),
    /// The address is none.
    #[error("this is no e-mail address: give one such as layla@example.org")]
    NoAddress,
    /// Somebody has that address.
    #[error("there is an account with this e-mail address: use another, or reset that one")]
    AddressTaken,
    /// The link does not work.
    #[error("this link was used, or is too old: ask for a new one")]
    NoLink,
    /// The paper sends no letters.
    #[error("this paper sends no mail: ask whoever keeps its accounts for a link")]
    NoLetters,
    /// The password is wrong.
    #[error("the password is not right: try again")]
    WrongPassword,
    /// Too many tries failed.
    #[error("too many tries have failed: wait, and try again later")]
    Wait {
        /// When the next try is looked at.
        until: Timestamp,
    },
    /// The number of the second factor is wrong.
    #[error(
        "the number is not right: wait for the next one, and see that the telephone's clock is right"
    )]
    WrongNumber,
    /// A rule of accounts forbids it.
    #[error(transparent)]
    User(#[from] UserError),
    /// Too many passwords are being hashed.
    #[error(transparent)]
    Busy(#[from] Busy),
    /// Somebody else wrote in between, or the store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What the acts on accounts need. Cheap to clone.
#[derive(Clone)]
pub struct Accounts {
    store: Store,
    sealer: Arc<EmailSealer>,
    hashing: Hashing,
    random: fn() -> [u8; 32],
    /// None where no mail server is configured.
    letters: Option<Letters>,
}

impl std::fmt::Debug for Accounts {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Accounts(…)")
    }
}

impl Accounts {
    /// Over a store; `random` gives bytes that nobody can guess, never the same
    /// twice.
    pub const fn new(
        store: Store,
        sealer: Arc<EmailSealer>,
        hashing: Hashing,
        random: fn() -> [u8; 32],
    ) -> Self {
        Self {
            store,
            sealer,
            hashing,
            random,
            letters: None,
        }
    }

    /// The readers' comments of the same paper, sealed under the same keys, with
    /// the same letters.
    pub fn comments(&self) -> Comments {
        Comments::new(self.store.clone(), Arc::clone(&self.sealer), self.random)
            .with_letters(self.letters.clone())
    }

    /// How many passwords were hashed, or compared with a hash, since the start.
    pub fn passwords_hashed(&self) -> u64 {
        self.hashing.taken_up()
    }

    /// The user with that e-mail address.
    ///
    /// # Errors
    /// [`AccountError`] where it is no address, or nobody has it.
    pub async fn find(&self, address: &str) -> Result<Option<User>, AccountError> {
        let address = EmailAddress::parse(address).ok_or(AccountError::NoAddress)?;
        let index = self.sealer.blind_index(&address);
        let found = self.store.user_by_address(&index).await?;
        Ok(found.map(|(user, _)| user))
    }

    async fn user(&self, id: Id) -> Result<User, AccountError> {
        let user = self.store.user(id).await?;
        user.ok_or(AccountError::NoUser(id))
    }

    async fn id(&self) -> Result<Id, StoreError> {
        crate::draw_id(&self.store).await
    }

    /// A token of random bytes.
    pub fn token(&self) -> Token {
        Token::new((self.random)())
    }

    fn some<const BYTES: usize>(&self) -> [u8; BYTES] {
        const { assert!(BYTES <= 32) };
        let random = (self.random)();
        std::array::from_fn(|at| random[at])
    }
}

/// Changes of accounts, with what the audit trail says of them.
fn changes(writes: impl IntoIterator<Item = AccountWrite>) -> Changes {
    writes
        .into_iter()
        .map(Write::Account)
        .fold(Changes::new(), Changes::write)
}

fn entry(action: Action, subject: Id, actor: Actor, at: Timestamp) -> AuditEntry {
    AuditEntry {
        at,
        actor,
        action,
        subject,
        note: String::new(),
    }
}
