//! The accounts of all, for whoever keeps them.

use actions::accounts::{AccountError, Errand, Handed};
use editorial::{
    Id,
    accounts::{LinkPurpose, Role, Roles, UserState},
    audit::Actor,
};
use hyper::StatusCode;
use mail::Undelivered;
use screens::contexts::{Link, Notice, ShownUser, Users};

use super::{Asked, Failure, Visitor, reply::Reply};

impl Asked<'_> {
    pub(super) async fn users(
        &self,
        visitor: &Visitor,
        refused: Option<Notice>,
    ) -> Result<Reply, Failure> {
        let done = match &*self.query("done") {
            "saved" => Some(Notice::done("done-saved")),
            "mailed" => Some(Notice::done("done-mailed")),
            _ => None,
        };
        let status = match refused {
            Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
            None => StatusCode::OK,
        };
        let users = self.site.store.users().await?;
        let users = users.into_iter().map(|user| ShownUser {
            id: user.id.get(),
            roles: Role::ALL
                .map(|role| (role.name(), user.roles.has(role)))
                .to_vec(),
            active: user.state == UserState::Active,
            own: user.id == visitor.user.id,
            since: self.written(user.made_at, "%Y-%m-%d"),
            name: user.name,
        });
        let screen = Users {
            users: users.collect(),
            roles: Role::ALL.map(Role::name).to_vec(),
            mail: self.accounts().sends_letters(),
            trouble: self
                .accounts()
                .trouble()
                .map(|trouble| self.written(trouble.at, "%Y-%m-%d %H:%M")),
        };
        self.show(status, refused.or(done), &screen)
    }

    /// What became of a change to an account.
    async fn changed(
        &self,
        visitor: &Visitor,
        done: Result<(), AccountError>,
    ) -> Result<Reply, Failure> {
        match done {
            Ok(()) => Ok(Reply::see("/newsroom/users?done=saved")),
            Err(error) => match self.refusal(&error) {
                Some(notice) => self.users(visitor, Some(notice)).await,
                None => Err(error.into()),
            },
        }
    }

    fn roles_chosen(&self) -> Roles {
        self.form.all("role").filter_map(Role::parse).collect()
    }

    async fn link_made(&self, visitor: &Visitor, purpose: LinkPurpose) -> Result<Reply, Failure> {
        let errand = Errand {
            purpose,
            address: self.form.one("address").to_owned(),
            language: self.language,
        };
        let (accounts, now) = (self.accounts().clone(), self.now);
        let actor = Actor::User(visitor.user.id);
        // To its end, whether or not the browser waits for it.
        let handed =
            tokio::spawn(async move { accounts.hand_link(errand, actor, now).await }).await;
        let (token, why) = match handed {
            Ok(Ok(Handed::Mailed)) => return Ok(Reply::see("/newsroom/users?done=mailed")),
            Ok(Ok(Handed::Shown { token, why })) => (token, why.map(not_mailed)),
            Ok(Err(error)) => return self.changed(visitor, Err(error)).await,
            // The program ends.
            Err(_) => return Ok(Reply::bare(StatusCode::SERVICE_UNAVAILABLE)),
        };
        let screen = Link {
            link: format!(
                "{}{}/newsroom/link/{}",
                self.way.scheme(),
                self.host,
                token.to_text()
            ),
            invitation: matches!(purpose, LinkPurpose::Invitation(_)),
        };
        self.show(StatusCode::OK, why, &screen)
    }

    pub(super) async fn invite(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        self.link_made(visitor, LinkPurpose::Invitation(self.roles_chosen()))
            .await
    }

    pub(super) async fn reset_user(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        match Id::parse(self.form.one("user")) {
            Some(user) => {
                self.link_made(visitor, LinkPurpose::NewPassword(user))
                    .await
            }
            None => self.users(visitor, Some(Notice::refused("no-user"))).await,
        }
    }

    pub(super) async fn set_user_state(
        &self,
        visitor: &Visitor,
        active: bool,
    ) -> Result<Reply, Failure> {
        let state = if active {
            UserState::Active
        } else {
            UserState::Disabled
        };
        let Some(user) = Id::parse(self.form.one("user")) else {
            return self.users(visitor, Some(Notice::refused("no-user"))).await;
        };
        let actor = Actor::User(visitor.user.id);
        let done = self
            .accounts()
            .set_user_state(user, state, actor, self.now)
            .await;
        self.changed(visitor, done).await
    }

    pub(super) async fn set_roles(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let Some(user) = Id::parse(self.form.one("user")) else {
            return self.users(visitor, Some(Notice::refused("no-user"))).await;
        };
        let actor = Actor::User(visitor.user.id);
        let done = self
            .accounts()
            .set_roles(user, self.roles_chosen(), actor, self.now)
            .await;
        self.changed(visitor, done).await
    }
}

/// Why a letter did not go, for whoever sends its link himself.
fn not_mailed(why: Undelivered) -> Notice {
    let (message, code) = match why {
        Undelivered::Unreachable => ("not-mailed-unreachable", None),
        Undelivered::Insecure => ("not-mailed-insecure", None),
        Undelivered::Unfit => ("not-mailed-unfit", None),
        Undelivered::Login => ("not-mailed-login", None),
        Undelivered::Later(code) => ("not-mailed-later", Some(code)),
        Undelivered::Refused(code) => ("not-mailed-refused", Some(code)),
        Undelivered::Unsendable => ("not-mailed-unsendable", None),
    };
    let notice = Notice::refused(message);
    match code {
        Some(code) => notice.with(code.to_string()),
        None => notice,
    }
}
