//! Making accounts, and changing what their users may do.

use credentials::Password;
use editorial::{
    Id, Timestamp,
    accounts::{AccountWrite, LinkPurpose, Roles, User, UserError, UserState, users},
    audit::{Action, Actor},
    email::EmailAddress,
};
use store::StoreError;

use super::{AccountError, Accounts, TRIES, changes, entry};

/// An account as it is asked for.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// The address that signs in.
    pub address: String,
    /// The name by which colleagues know the user.
    pub name: String,
    /// What the user is in the newsroom.
    pub roles: Roles,
    /// The password.
    pub password: Password,
}

impl Accounts {
    /// Makes an account. Returns its number.
    ///
    /// # Errors
    /// [`AccountError`] where a rule forbids it or somebody has the address.
    pub async fn add_user(
        &self,
        new: NewUser,
        actor: Actor,
        now: Timestamp,
    ) -> Result<Id, AccountError> {
        let id = self.id().await?;
        let writes = self.writes_of_new(id, new, now).await?;
        let changes = changes(writes).audit(entry(Action::UserAdd, id, actor, now));
        match self.store.commit(changes).await {
            Err(StoreError::Conflict) => Err(AccountError::AddressTaken),
            done => {
                done?;
                Ok(id)
            }
        }
    }

    /// What is written for a new account.
    pub(super) async fn writes_of_new(
        &self,
        id: Id,
        new: NewUser,
        now: Timestamp,
    ) -> Result<Vec<AccountWrite>, AccountError> {
        let address = EmailAddress::parse(&new.address).ok_or(AccountError::NoAddress)?;
        let name = users::name(&new.name)?;
        if new.roles.is_empty() {
            return Err(UserError::NoRole.into());
        }
        users::password(new.password.expose_for_check(), &name)?;
        let email = self.sealer.seal(&address, self.some());
        let taken = self.store.user_by_address(&email.blind_index).await?;
        if taken.is_some() {
            return Err(AccountError::AddressTaken);
        }
        let hash = self.hashing.hash(new.password, self.some()).await?;
        let user = User {
            id,
            version: 1,
            name,
            email,
            roles: new.roles,
            state: UserState::Active,
            made_at: now,
        };
        Ok(vec![
            AccountWrite::User {
                user: Box::new(user),
                loaded_version: None,
            },
            AccountWrite::Password { user: id, hash },
        ])
    }

    /// Disables an account, or lets it be used again. Disabling ends its
    /// sessions, and its links to a new password are void.
    ///
    /// # Errors
    /// [`AccountError`] where it is the last administrator's.
    pub async fn set_user_state(
        &self,
        id: Id,
        state: UserState,
        actor: Actor,
        now: Timestamp,
    ) -> Result<(), AccountError> {
        let action = match state {
            UserState::Active => Action::UserEnable,
            UserState::Disabled => Action::UserDisable,
        };
        self.change_user(id, action, actor, now, |user| User { state, ..user })
            .await
    }

    /// Gives an account other roles. Its sessions go on with them.
    ///
    /// # Errors
    /// [`AccountError`] where there is none, or the last administrator would go.
    pub async fn set_roles(
        &self,
        id: Id,
        roles: Roles,
        actor: Actor,
        now: Timestamp,
    ) -> Result<(), AccountError> {
        if roles.is_empty() {
            return Err(UserError::NoRole.into());
        }
        let change = |user| User { roles, ..user };
        self.change_user(id, Action::UserChange, actor, now, change)
            .await
    }

    async fn change_user(
        &self,
        id: Id,
        action: Action,
        actor: Actor,
        now: Timestamp,
        change: impl Fn(User) -> User,
    ) -> Result<(), AccountError> {
        let mut tries = 0;
        loop {
            tries += 1;
            let user = self.user(id).await?;
            let loaded = user.version;
            let changed = User {
                version: loaded + 1,
                ..change(user.clone())
            };
            let mut writes = vec![AccountWrite::User {
                user: Box::new(changed.clone()),
                loaded_version: Some(loaded),
            }];
            if changed.state == UserState::Disabled {
                writes.push(AccountWrite::SessionsEnded {
                    user: id,
                    but: None,
                });
                writes.extend(LinkPurpose::passwords_of(id).map(AccountWrite::LinksVoided));
            }
            let goes = administers(&user) && !administers(&changed);
            if goes {
                let all = self.store.users().await?;
                if !all.iter().any(|user| user.id != id && administers(user)) {
                    return Err(UserError::LastAdministrator.into());
                }
                writes.push(AccountWrite::AdministratorStays);
            }
            let changes = changes(writes).audit(entry(action, id, actor, now));
            match self.store.commit(changes).await {
                Err(StoreError::Conflict) if tries < TRIES => {}
                done => {
                    done?;
                    return Ok(());
                }
            }
        }
    }
}

fn administers(user: &User) -> bool {
    user.state == UserState::Active
        && user
            .roles
            .allow(editorial::accounts::Permission::ManageUsers)
}
