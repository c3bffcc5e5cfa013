//! The first screen, and one's own account.

use credentials::{Password, SecondFactor};
use editorial::{
    Id,
    accounts::{Permission, Role},
    audit::Actor,
};
use hyper::StatusCode;
use screens::contexts::{self, Account, Codes, Home, Notice, OpenSession};

use super::{Asked, Failure, Visitor, browsers::short_name, reply::Reply};

/// What each permission lets somebody do, as the names of messages.
const MAY: [(Permission, &str); 10] = [
    (Permission::Write, "may-write"),
    (Permission::Publish, "may-publish"),
    (Permission::Withdraw, "may-withdraw"),
    (Permission::PushHeadlines, "may-ticker"),
    (Permission::Moderate, "may-moderate"),
    (Permission::ChangeSettings, "may-settings"),
    (Permission::ReadAudit, "may-trail"),
    (Permission::ManageDesks, "may-desks"),
    (Permission::KnowPenNames, "may-pen-names"),
    (Permission::ManageUsers, "may-users"),
];

fn roles(visitor: &Visitor) -> Vec<&'static str> {
    visitor.user.roles.each().map(Role::name).collect()
}

impl Asked<'_> {
    pub(super) fn home(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let may = MAY
            .iter()
            .filter(|(permission, _)| visitor.user.roles.allow(*permission))
            .map(|(_, message)| *message);
        let screen = Home {
            roles: roles(visitor),
            may: may.collect(),
        };
        self.show(StatusCode::OK, None, &screen)
    }

    pub(super) async fn account(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let notice = match &*self.query("done") {
            "password" => Some(Notice::done("done-password")),
            "ended" => Some(Notice::done("done-ended")),
            "second-factor-removed" => Some(Notice::done("done-second-factor-removed")),
            _ => None,
        };
        self.account_screen(visitor, StatusCode::OK, notice).await
    }

    async fn account_screen(
        &self,
        visitor: &Visitor,
        status: StatusCode,
        notice: Option<Notice>,
    ) -> Result<Reply, Failure> {
        let store = &self.site.store;
        let credentials = store.credentials(visitor.user.id).await?;
        let sessions = store.sessions(visitor.user.id).await?;
        let sessions = sessions
            .into_iter()
            .filter(|session| {
                session.standing(self.now) == editorial::accounts::SessionStanding::Open
            })
            .map(|session| OpenSession {
                id: session.id.get(),
                own: session.id == visitor.session.id,
                used: self.written(session.used_at, "%Y-%m-%d %H:%M"),
                browser: short_name(&session.browser),
            })
            .collect();
        let screen = Account {
            roles: roles(visitor),
            second_factor: credentials.is_some_and(|known| known.second_factor.is_some()),
            codes: store.recovery_codes_left(visitor.user.id).await?,
            sessions,
        };
        self.show(status, notice, &screen)
    }

    pub(super) async fn set_password(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let (now, new) = (
            Password::new(self.form.one("now")),
            Password::new(self.form.one("password")),
        );
        let (user, session) = (visitor.user.id, &visitor.session);
        let done = match self.accounts().confirm(session, now, self.now).await {
            Ok(()) => {
                let actor = Actor::User(user);
                self.accounts()
                    .set_password(user, new, Some(session.id), actor, self.now)
                    .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(()) => Ok(Reply::see("/newsroom/account?done=password")),
            Err(error) => match self.refusal(&error) {
                Some(notice) => {
                    let status = StatusCode::UNPROCESSABLE_ENTITY;
                    self.account_screen(visitor, status, Some(notice)).await
                }
                None => Err(error.into()),
            },
        }
    }

    pub(super) async fn end_session(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let user = visitor.user.id;
        if let Some(session) = Id::parse(self.form.one("session")) {
            self.accounts()
                .end_session(session, user, Actor::User(user), self.now)
                .await?;
        }
        Ok(Reply::see("/newsroom/account?done=ended"))
    }

    pub(super) async fn end_other_sessions(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let (user, own) = (visitor.user.id, Some(visitor.session.id));
        self.accounts()
            .end_sessions(user, own, Actor::User(user), self.now)
            .await?;
        Ok(Reply::see("/newsroom/account?done=ended"))
    }

    pub(super) fn show_second_factor(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let factor = self.accounts().new_second_factor();
        self.second_factor_screen(visitor, StatusCode::OK, None, &factor)
    }

    fn second_factor_screen(
        &self,
        visitor: &Visitor,
        status: StatusCode,
        notice: Option<Notice>,
        factor: &SecondFactor,
    ) -> Result<Reply, Failure> {
        let screen = contexts::SecondFactor {
            secret: factor.to_text(),
            address: factor.to_address(&self.paper, &visitor.user.name),
        };
        self.show(status, notice, &screen)
    }

    pub(super) async fn set_second_factor(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let Some(factor) = SecondFactor::parse(self.form.one("secret")) else {
            return self.problem(StatusCode::UNPROCESSABLE_ENTITY, "stale-form");
        };
        let number = self.form.one("number");
        let done = self
            .accounts()
            .set_second_factor(visitor.user.id, &factor, number, self.now)
            .await;
        match done {
            Ok(codes) => self.show(StatusCode::OK, None, &Codes { codes: codes.0 }),
            Err(error) => match self.refusal(&error) {
                Some(notice) => {
                    let status = StatusCode::UNPROCESSABLE_ENTITY;
                    self.second_factor_screen(visitor, status, Some(notice), &factor)
                }
                None => Err(error.into()),
            },
        }
    }

    pub(super) async fn remove_second_factor(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let user = visitor.user.id;
        self.accounts()
            .remove_second_factor(user, Actor::User(user), self.now)
            .await?;
        Ok(Reply::see("/newsroom/account?done=second-factor-removed"))
    }
}
