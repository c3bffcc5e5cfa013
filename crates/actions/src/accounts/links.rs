//! Links that work once.

use credentials::{Password, Token};
use editorial::{
    Id, Timestamp,
    accounts::{AccountWrite, LinkPurpose, OneTimeLink, Role, Roles},
    audit::{Action, Actor},
};
use store::StoreError;

use super::{AccountError, Accounts, NewUser, changes, entry};

/// What somebody tells who follows a link to a new account.
#[derive(Clone, Debug)]
pub struct Invited {
    /// The address that will sign in.
    pub address: String,
    /// The name by which colleagues know the user.
    pub name: String,
    /// The password.
    pub password: Password,
}

impl Accounts {
    /// Makes a link that works once, and returns its token: it is told this one
    /// time. Earlier links to a new password of the same user go on working
    /// until one of them is used.
    ///
    /// # Errors
    /// [`AccountError`] where there is no such user, or no role.
    pub async fn make_link(
        &self,
        purpose: LinkPurpose,
        actor: Actor,
        now: Timestamp,
    ) -> Result<Token, AccountError> {
        let made = self.make_link_with_id(purpose, actor, now).await?;
        Ok(made.0)
    }

    /// The same, with the link's number.
    pub(super) async fn make_link_with_id(
        &self,
        purpose: LinkPurpose,
        actor: Actor,
        now: Timestamp,
    ) -> Result<(Token, Id), AccountError> {
        match purpose {
            LinkPurpose::NewPassword(user) | LinkPurpose::ForgottenPassword(user) => {
                self.user(user).await?;
            }
            LinkPurpose::Invitation(roles) if roles.is_empty() => {
                return Err(editorial::accounts::UserError::NoRole.into());
            }
            LinkPurpose::Invitation(_) | LinkPurpose::FirstAccount => {}
        }
        let token = self.token();
        let link = OneTimeLink {
            id: self.id().await?,
            token: token.hash(),
            purpose,
            made_at: now,
        };
        let entry = entry(Action::LinkMake, link.id, actor, now);
        let changes = changes([AccountWrite::Link(link)]);
        let id = entry.subject;
        self.store.commit(changes.audit(entry)).await?;
        Ok((token, id))
    }

    /// What a link is for; `None` where it was used or is too old. The link to
    /// the first account works only while there is none.
    ///
    /// # Errors
    /// [`AccountError`] where the store fails.
    pub async fn link(
        &self,
        token: &Token,
        now: Timestamp,
    ) -> Result<Option<OneTimeLink>, AccountError> {
        let link = self.store.one_time_link(token.hash()).await?;
        let Some(link) = link.filter(|link| link.works(now)) else {
            return Ok(None);
        };
        let is_first = link.purpose == LinkPurpose::FirstAccount;
        if is_first && !self.store.users().await?.is_empty() {
            return Ok(None);
        }
        Ok(Some(link))
    }

    /// Makes the account that a link leads to. Returns its number.
    ///
    /// # Errors
    /// [`AccountError`]; the link works on unless the account was made.
    pub async fn accept_invitation(
        &self,
        token: &Token,
        invited: Invited,
        now: Timestamp,
    ) -> Result<Id, AccountError> {
        let link = self.link(token, now).await?.ok_or(AccountError::NoLink)?;
        let roles = match link.purpose {
            LinkPurpose::FirstAccount => Roles::from_iter([Role::ChiefEditor, Role::Administrator]),
            LinkPurpose::Invitation(roles) => roles,
            LinkPurpose::NewPassword(_) | LinkPurpose::ForgottenPassword(_) => {
                return Err(AccountError::NoLink);
            }
        };
        let id = self.id().await?;
        let new = NewUser {
            address: invited.address,
            name: invited.name,
            roles,
            password: invited.password,
        };
        let mut writes = self.writes_of_new(id, new, now).await?;
        writes.push(AccountWrite::LinkUsed(link.id));
        let changes = changes(writes).audit(entry(Action::UserAdd, id, Actor::User(id), now));
        match self.store.commit(changes).await {
            // The link was used in between, or the address taken.
            Err(StoreError::Conflict) => Err(AccountError::NoLink),
            done => {
                done?;
                Ok(id)
            }
        }
    }

    /// Sets the password that a link asks for. Returns its user, whose other
    /// links to a new password are void then; the second factor stays as it is.
    ///
    /// # Errors
    /// [`AccountError`]; the link works on unless the password was set.
    pub async fn accept_new_password(
        &self,
        token: &Token,
        password: Password,
        now: Timestamp,
    ) -> Result<Id, AccountError> {
        let link = self.link(token, now).await?.ok_or(AccountError::NoLink)?;
        let user = link.purpose.user().ok_or(AccountError::NoLink)?;
        let mut writes = self.writes_of_password(user, password, None).await?;
        writes.push(AccountWrite::LinkUsed(link.id));
        writes.extend(LinkPurpose::passwords_of(user).map(AccountWrite::LinksVoided));
        let entry = entry(Action::PasswordChange, user, Actor::User(user), now);
        match self.store.commit(changes(writes).audit(entry)).await {
            Err(StoreError::Conflict) => Err(AccountError::NoLink),
            done => {
                done?;
                Ok(user)
            }
        }
    }
}
