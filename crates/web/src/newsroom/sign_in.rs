//! Coming in and going out: sign-in, links that work once, the password once more.

use actions::accounts::{Invited, SignIn as Entering, SignInError};
use credentials::{Password, Token};
use editorial::accounts::{LinkPurpose, OneTimeLink, Role};
use editorial::audit::Actor;
use hyper::{StatusCode, header};
use screens::contexts::{Confirm, NewAccount, NewPassword, Notice, SignIn};

use super::{Asked, Failure, Visitor, reply::Reply};
use crate::guard::Cookie;

/// Where to go after signing in: a path behind /newsroom, and nothing else.
fn next(wanted: &str) -> String {
    let is_plain = wanted
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"/-".contains(&byte));
    if super::is_own(wanted) && is_plain && !wanted.contains("//") {
        wanted.to_owned()
    } else {
        "/newsroom".to_owned()
    }
}

impl Asked<'_> {
    pub(super) fn show_sign_in(&self) -> Result<Reply, Failure> {
        if self.visitor.is_some() {
            return Ok(Reply::see("/newsroom"));
        }
        let notice = (self.query("done") == "account").then(|| Notice::done("done-account"));
        let screen = SignIn {
            address: String::new(),
            number: false,
            next: next(&self.query("next")),
            forgotten: self.accounts().sends_letters(),
        };
        self.show(StatusCode::OK, notice, &screen)
    }

    pub(super) async fn sign_in(&self) -> Result<Reply, Failure> {
        let text = |name| {
            self.parts
                .headers
                .get(name)
                .and_then(|value| value.to_str().ok())
        };
        let entering = Entering {
            address: self.form.one("address").to_owned(),
            password: Password::new(self.form.one("password")),
            number: self.form.one("number").to_owned(),
            from: self.from,
            browser: text(header::USER_AGENT).unwrap_or_default().to_owned(),
            known_browser: Cookie::Browser.read(&self.parts.headers, self.way),
        };
        let next = next(self.form.one("next"));
        let refused = match self.accounts().sign_in(entering, self.now).await {
            Ok(signed_in) => {
                return Ok(Reply::see(&next)
                    .cookie(&Cookie::Session.set(&signed_in.token.to_text(), self.way))
                    .cookie(&Cookie::Browser.set(&signed_in.known_browser, self.way))
                    .cookie(&Cookie::Visit.clear(self.way)));
            }
            Err(refused) => refused,
        };
        let asks_number = matches!(
            refused,
            SignInError::NumberNeeded | SignInError::WrongNumber
        );
        let (status, notice) = match refused {
            SignInError::Wrong => (StatusCode::FORBIDDEN, Notice::refused("wrong")),
            SignInError::WrongNumber => (StatusCode::FORBIDDEN, Notice::refused("wrong-number")),
            SignInError::NumberNeeded => (StatusCode::OK, Notice::done("number-needed")),
            SignInError::Wait { until } => (StatusCode::TOO_MANY_REQUESTS, self.wait(until)),
            SignInError::Crowd { until } => {
                let notice = Notice::refused("crowd").with(self.written(until, "%H:%M:%S"));
                (StatusCode::TOO_MANY_REQUESTS, notice)
            }
            SignInError::Account(error) => {
                let notice = self.refusal(&error).ok_or(error)?;
                (StatusCode::SERVICE_UNAVAILABLE, notice)
            }
        };
        let screen = SignIn {
            address: self.form.one("address").chars().take(254).collect(),
            number: asks_number,
            next,
            forgotten: self.accounts().sends_letters(),
        };
        self.show(status, Some(notice), &screen)
    }

    pub(super) async fn sign_out(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let (session, user) = (visitor.session.id, visitor.user.id);
        self.accounts()
            .end_session(session, user, Actor::User(user), self.now)
            .await?;
        Ok(Reply::see("/newsroom/sign-in").cookie(&Cookie::Session.clear(self.way)))
    }

    pub(super) fn show_confirm(&self) -> Result<Reply, Failure> {
        let next = next(&self.query("next"));
        self.show(StatusCode::OK, None, &Confirm { next })
    }

    pub(super) async fn confirm(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let next = next(self.form.one("next"));
        let password = Password::new(self.form.one("password"));
        match self
            .accounts()
            .confirm(&visitor.session, password, self.now)
            .await
        {
            Ok(()) => Ok(Reply::see(&next)),
            Err(error) => match self.refusal(&error) {
                Some(notice) => self.show(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    Some(notice),
                    &Confirm { next },
                ),
                None => Err(error.into()),
            },
        }
    }

    async fn link(&self) -> Result<Option<(Token, OneTimeLink)>, Failure> {
        let Some(token) = Token::parse(self.part) else {
            return Ok(None);
        };
        let link = self.accounts().link(&token, self.now).await?;
        Ok(link.map(|link| (token, link)))
    }

    pub(super) async fn show_link(&self) -> Result<Reply, Failure> {
        match self.link().await? {
            None => self.problem(StatusCode::NOT_FOUND, "no-link"),
            Some((_, link)) => self.link_screen(StatusCode::OK, None, link.purpose),
        }
    }

    fn link_screen(
        &self,
        status: StatusCode,
        notice: Option<Notice>,
        purpose: LinkPurpose,
    ) -> Result<Reply, Failure> {
        let roles = match purpose {
            LinkPurpose::NewPassword(_) | LinkPurpose::ForgottenPassword(_) => {
                return self.show(status, notice, &NewPassword {});
            }
            LinkPurpose::FirstAccount => vec![Role::ChiefEditor.name(), Role::Administrator.name()],
            LinkPurpose::Invitation(roles) => roles.each().map(Role::name).collect(),
        };
        let typed = |name: &str| self.form.one(name).chars().take(254).collect();
        let screen = NewAccount {
            address: typed("address"),
            name: typed("name"),
            roles,
        };
        self.show(status, notice, &screen)
    }

    pub(super) async fn use_link(&self) -> Result<Reply, Failure> {
        let Some((token, link)) = self.link().await? else {
            return self.problem(StatusCode::NOT_FOUND, "no-link");
        };
        let password = Password::new(self.form.one("password"));
        let done = match link.purpose {
            LinkPurpose::NewPassword(_) | LinkPurpose::ForgottenPassword(_) => {
                self.accounts()
                    .accept_new_password(&token, password, self.now)
                    .await
            }
            LinkPurpose::FirstAccount | LinkPurpose::Invitation(_) => {
                let invited = Invited {
                    address: self.form.one("address").to_owned(),
                    name: self.form.one("name").to_owned(),
                    password,
                };
                self.accounts()
                    .accept_invitation(&token, invited, self.now)
                    .await
            }
        };
        match done {
            // In this browser nobody waits for strangers who guess.
            Ok(user) => Ok(Reply::see("/newsroom/sign-in?done=account")
                .cookie(&Cookie::Browser.set(&self.accounts().known_browser(user), self.way))),
            Err(error) => match self.refusal(&error) {
                Some(notice) => {
                    self.link_screen(StatusCode::UNPROCESSABLE_ENTITY, Some(notice), link.purpose)
                }
                None => Err(error.into()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn nobody_is_led_away() {
        assert_eq!(next("/newsroom/users"), "/newsroom/users");
        for away in [
            "",
            "/",
            "/newsroom//evil.example",
            "//evil.example",
            "https://evil.example",
            "/newsroom/../a",
            "/newsroomx",
            "/newsroom/\\evil",
            "/newsroom?x\r\n",
        ] {
            assert_eq!(next(away), "/newsroom", "{away}");
        }
    }
}
