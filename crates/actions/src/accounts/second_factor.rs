//! Setting up a second factor, and taking it away.

use credentials::{SecondFactor, second_factor};
use editorial::{
    Id, Timestamp,
    accounts::AccountWrite,
    audit::{Action, Actor},
};

use super::{AccountError, Accounts, changes, entry};

/// Codes that stand in for the second factor once each; told this one time.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCodes(pub Vec<String>);

impl std::fmt::Debug for RecoveryCodes {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("RecoveryCodes(…)")
    }
}

impl Accounts {
    /// A secret for a telephone; nothing is written until a number of it comes
    /// back.
    pub fn new_second_factor(&self) -> SecondFactor {
        SecondFactor::new(self.some())
    }

    /// Sets up a second factor of which a number was typed.
    ///
    /// # Errors
    /// [`AccountError::WrongNumber`].
    pub async fn set_second_factor(
        &self,
        user: Id,
        factor: &SecondFactor,
        number: &str,
        now: Timestamp,
    ) -> Result<RecoveryCodes, AccountError> {
        let step = factor
            .step_of(number, now)
            .ok_or(AccountError::WrongNumber)?;
        let codes: Vec<String> = (0..second_factor::CODES)
            .map(|_| second_factor::code(self.some()))
            .collect();
        let secret = self
            .sealer
            .seal_secret(factor.expose_for_sealing(), self.some());
        let writes = [
            AccountWrite::SecondFactor {
                user,
                secret: Some(secret),
                recovery: codes
                    .iter()
                    .map(|code| second_factor::code_hash(code))
                    .collect(),
            },
            // The number that was typed signs nobody in.
            AccountWrite::SecondFactorUsed { user, step },
        ];
        let entry = entry(Action::SecondFactorChange, user, Actor::User(user), now);
        self.store.commit(changes(writes).audit(entry)).await?;
        Ok(RecoveryCodes(codes))
    }

    /// Takes the second factor away.
    ///
    /// # Errors
    /// [`AccountError`] where there is no such user or the store fails.
    pub async fn remove_second_factor(
        &self,
        user: Id,
        actor: Actor,
        now: Timestamp,
    ) -> Result<(), AccountError> {
        self.user(user).await?;
        let write = AccountWrite::SecondFactor {
            user,
            secret: None,
            recovery: Vec::new(),
        };
        let entry = entry(Action::SecondFactorChange, user, actor, now);
        self.store.commit(changes([write]).audit(entry)).await?;
        Ok(())
    }
}
