//! Setting passwords.

use credentials::Password;
use editorial::{
    Id, Timestamp,
    accounts::{AccountWrite, users},
    audit::{Action, Actor},
};

use super::{AccountError, Accounts, changes, entry};

impl Accounts {
    /// Sets a password, by somebody who may. All sessions of the user end, but
    /// for one perhaps, and waiting times at the account with them.
    ///
    /// # Errors
    /// [`AccountError`] where there is no such account or a rule forbids the
    /// password.
    pub async fn set_password(
        &self,
        id: Id,
        password: Password,
        but: Option<Id>,
        actor: Actor,
        now: Timestamp,
    ) -> Result<(), AccountError> {
        let writes = self.writes_of_password(id, password, but).await?;
        let changes = changes(writes).audit(entry(Action::PasswordChange, id, actor, now));
        self.store.commit(changes).await?;
        Ok(())
    }

    /// What is written for a new password.
    pub(super) async fn writes_of_password(
        &self,
        id: Id,
        password: Password,
        but: Option<Id>,
    ) -> Result<Vec<AccountWrite>, AccountError> {
        let user = self.user(id).await?;
        users::password(password.expose_for_check(), &user.name)?;
        let hash = self.hashing.hash(password, self.some()).await?;
        Ok(vec![
            AccountWrite::Password { user: id, hash },
            AccountWrite::SessionsEnded { user: id, but },
            AccountWrite::TriesForgotten {
                key: super::sign_in::account_key(&user.email.blind_index),
            },
            AccountWrite::TriesForgotten {
                key: super::forgotten::letters_key(&user.email.blind_index),
            },
        ])
    }
}
