//! The newsroom: the staff's screens, behind one guard.
//!
//! Every request meets the same checks in the same order: the host, the row of
//! the table, the connection, the form's origin and token, the session, the
//! permission, the password given lately. A screen is never compressed: it
//! holds secrets beside what somebody typed (BREACH).

mod account;
mod articles;
mod authors;
mod away;
mod browsers;
mod comments;
mod data;
mod desks;
mod forgotten;
mod front;
mod keys;
mod live;
mod media;
mod notifications;
mod reply;
mod routes;
mod settings;
mod sign_in;
mod ticker;
mod trail;
mod users;

use std::{collections::HashMap, net::IpAddr, sync::Arc};

use actions::{
    ActionError,
    accounts::{AccountError, Accounts},
    comments::CommentError,
};
use bytes::Bytes;
use credentials::Token;
use editorial::{
    Timestamp,
    accounts::{Permission, Session, User},
};
use hyper::{HeaderMap, Method, Response, StatusCode, header, http::request::Parts};
use jiff::tz::TimeZone;
use screens::{
    Frame, Language, Screen, ScreenError, Screens, Script,
    contexts::{Notice, Place, Problem, Refused},
};
use store::{Counts, StoreError};

use crate::{
    back::BrokenOff,
    clients,
    forms::Form,
    guard::{self, Cookie, Way},
    multipart::{self, File},
    peer::Peer,
    respond::Body,
    site::Site,
};
use reply::Reply;
use routes::{Act, Door, Found, Guarded, Open, Room};

pub(crate) use articles::Rooms;
pub(crate) use routes::{is_live, is_own, takes_files, takes_part, takes_text};

/// What the newsroom stands on.
pub(crate) struct Newsroom {
    pub(crate) accounts: Accounts,
    pub(crate) screens: Screens,
}

impl Newsroom {
    pub(crate) fn new(accounts: Accounts) -> Result<Self, ScreenError> {
        Ok(Self {
            accounts,
            screens: Screens::new()?,
        })
    }
}

/// Somebody who is signed in.
struct Visitor {
    token: Token,
    session: Session,
    user: User,
}

/// One request, as the acts see it.
struct Asked<'a> {
    newsroom: &'a Newsroom,
    site: &'a Arc<Site>,
    parts: &'a Parts,
    form: Form,
    /// The files of a form that has some.
    files: Vec<File>,
    /// What was sent, as it came.
    body: Bytes,
    host: String,
    way: Way,
    from: IpAddr,
    language: Language,
    visitor: Option<Visitor>,
    /// Whose form a page of this request holds: the session's, or the visit's.
    holder: Token,
    /// The part of the path that the row leaves open.
    part: &'a str,
    now: Timestamp,
    paper: String,
    zone: TimeZone,
    /// Comments that wait; none where nobody moderates who asks.
    waiting: u32,
    /// Articles that are written on, of those that who asks may edit.
    in_work: u32,
    /// What who asks was told and has not read.
    unread: u32,
}

/// Why a screen cannot be shown.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Account(#[from] AccountError),
    #[error(transparent)]
    Comment(#[from] CommentError),
    #[error(transparent)]
    Action(#[from] ActionError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Screen(#[from] ScreenError),
    #[error(transparent)]
    Theme(#[from] theme::ThemeError),
    #[error(transparent)]
    Media(#[from] ::media::MediaError),
}

/// Answers a request for an address behind /newsroom.
pub(crate) async fn answer(
    site: &Arc<Site>,
    parts: &Parts,
    body: Bytes,
    peer: Peer,
) -> Response<Body> {
    let (own, parts) = (Arc::clone(site), parts.clone());
    let made = site.back.run(async move {
        let Some(newsroom) = &own.newsroom else {
            return Reply::bare(StatusCode::NOT_FOUND).response();
        };
        // Boxed: it is as large as the largest of all screens.
        let done = Box::pin(asked(&own, newsroom, &parts, body.clone(), peer)).await;
        let reply = done.unwrap_or_else(|error| {
            tracing::warn!(%error, "a screen of the newsroom cannot be shown");
            away::kept(&own, newsroom, &parts, &body, peer)
                .unwrap_or_else(|| Reply::bare(StatusCode::SERVICE_UNAVAILABLE).retry())
        });
        reply.response()
    });
    made.await.unwrap_or_else(|BrokenOff| {
        Reply::bare(StatusCode::SERVICE_UNAVAILABLE)
            .retry()
            .response()
    })
}

async fn asked(
    site: &Arc<Site>,
    newsroom: &Newsroom,
    parts: &Parts,
    body: Bytes,
    peer: Peer,
) -> Result<Reply, Failure> {
    let (path, headers) = (parts.uri.path(), &parts.headers);
    if !site.answers_to(headers, parts.uri.authority()) {
        return Ok(Reply::bare(StatusCode::MISDIRECTED_REQUEST));
    }
    let proxies = &site.config.trusted_proxies;
    let host = clients::host(peer.address, headers, parts.uri.authority(), proxies);
    let host = host.unwrap_or_default().to_owned();
    let way = Way::of(peer, headers, &host, proxies);
    let (guarded, part) = match routes::find(&parts.method, path) {
        Found::Row(route, part) => match route.act {
            Act::Open(Open::Asset) => {
                let asset = newsroom.screens.asset(path);
                return Ok(asset.map_or_else(
                    || Reply::bare(StatusCode::NOT_FOUND),
                    |(asset, media_type)| Reply::asset(asset.bytes, media_type),
                ));
            }
            Act::Open(Open::Language) => return Ok(set_language(part, way)),
            Act::Guarded(guarded) => (Some(guarded), part),
        },
        Found::OtherMethod(others) => {
            return Ok(
                Reply::bare(StatusCode::METHOD_NOT_ALLOWED).with(header::ALLOW, &others.join(", "))
            );
        }
        Found::Nothing => (None, ""),
    };
    let settings = site.store.settings().await?;
    let now = site.now();
    // No session is looked for over a connection that could give it away.
    let token = Cookie::Session
        .read(headers, way)
        .filter(|_| way != Way::PlainElsewhere)
        .and_then(|text| Token::parse(&text));
    let visitor = match token {
        None => None,
        Some(token) => {
            let open = newsroom.accounts.session(&token, now).await?;
            open.map(|(session, user)| Visitor {
                token,
                session,
                user,
            })
        }
    };
    let visit = Cookie::Visit
        .read(headers, way)
        .and_then(|text| Token::parse(&text));
    let is_new = visitor.is_none() && visit.is_none();
    let holder = match (&visitor, visit) {
        (Some(visitor), _) => visitor.token.clone(),
        (None, Some(visit)) => visit,
        (None, None) => newsroom.accounts.token(),
    };
    let language = language_of(headers, way);
    let moderates = visitor.as_ref().is_some_and(|visitor| {
        let is_screen = !is_live(path);
        is_screen && visitor.user.roles.allow(Permission::Moderate)
    });
    let waiting = if moderates {
        site.store.comments_waiting().await?
    } else {
        0
    };
    let in_work = match &visitor {
        Some(visitor) if !is_live(path) => articles::in_work(site, visitor).await?,
        _ => 0,
    };
    let unread = match &visitor {
        Some(visitor) if !is_live(path) => {
            let user = visitor.user.id;
            site.store.unread_count(user, Counts::MAX).await?
        }
        _ => 0,
    };
    let (form, files) = read_form(headers, path, &body);
    let asked = Asked {
        waiting,
        in_work,
        unread,
        newsroom,
        site,
        parts,
        form,
        files,
        body,
        from: clients::client(peer.address, headers, proxies),
        host,
        way,
        language,
        visitor,
        holder,
        part,
        now,
        zone: TimeZone::get(&settings.time_zone).unwrap_or(TimeZone::UTC),
        paper: settings.name,
    };
    let reply = match guarded {
        None => asked.problem(StatusCode::NOT_FOUND, "not-found")?,
        Some(guarded) => asked.guarded(guarded).await?,
    };
    Ok(if is_new && way != Way::PlainElsewhere {
        reply.cookie(&Cookie::Visit.set(&asked.holder.to_text(), way))
    } else {
        reply
    })
}

/// The language that somebody chose, or that his browser accepts.
fn language_of(headers: &HeaderMap, way: Way) -> Language {
    let accepted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|line| line.to_str().ok());
    Cookie::Language
        .read(headers, way)
        .and_then(|code| Language::of(&code))
        .unwrap_or_else(|| Language::accepted(accepted.unwrap_or_default()))
}

/// What was sent as a form, and its files. A part of a file is no form: its token
/// stands in a header, which no page of another site can send.
fn read_form(headers: &HeaderMap, path: &str, body: &Bytes) -> (Form, Vec<File>) {
    let text = |name: &str| headers.get(name).and_then(|line| line.to_str().ok());
    if takes_part(path) {
        let token = text("warraq-form").unwrap_or_default().to_owned();
        return (Form::of(vec![("form".to_owned(), token)]), Vec::new());
    }
    let files = text("content-type").and_then(|kind| multipart::read(kind, body));
    files.unwrap_or_else(|| (Form::read(body), Vec::new()))
}

/// Whether somebody who is signed in sends something from a page of this site: asked
/// before much is read.
pub(crate) async fn may_send(site: &Arc<Site>, parts: &Parts, peer: Peer) -> bool {
    let (headers, proxies) = (&parts.headers, &site.config.trusted_proxies);
    let host = clients::host(peer.address, headers, parts.uri.authority(), proxies);
    let host = host.unwrap_or_default();
    let way = Way::of(peer, headers, host, proxies);
    let token = Cookie::Session.read(headers, way);
    let token = token.and_then(|text| Token::parse(&text));
    let (Some(newsroom), Some(token)) = (&site.newsroom, token) else {
        return false;
    };
    way != Way::PlainElsewhere
        && guard::is_from_here(headers, host, way)
        && matches!(
            newsroom.accounts.session(&token, site.now()).await,
            Ok(Some((_, user))) if user.roles.allow(Permission::Write)
        )
}

/// Removes uploads that have been left.
pub(crate) async fn sweep_uploads(site: &Site) {
    let (uploads, now) = (media::uploads(site), site.now());
    let swept = tokio::task::spawn_blocking(move || uploads.sweep(now)).await;
    if let Ok(Err(error)) = swept {
        tracing::warn!(%error, "old uploads stay on the disk for now");
    }
}

/// Keeps the language of the path, and goes to the first screen.
fn set_language(code: &str, way: Way) -> Reply {
    match Language::of(code) {
        Some(_) => Reply::see("/newsroom").cookie(&Cookie::Language.set(code, way)),
        None => Reply::bare(StatusCode::NOT_FOUND),
    }
}

impl Asked<'_> {
    /// Does what a row says, where all that it needs is there.
    async fn guarded(&self, guarded: Guarded) -> Result<Reply, Failure> {
        if self.way == Way::PlainElsewhere {
            return self.show(StatusCode::FORBIDDEN, None, &Refused {});
        }
        if self.parts.method == Method::POST && !self.is_own_form() {
            // What was typed is not lost; from elsewhere nothing is taken.
            return if self.holds_text() && self.is_from_here() {
                self.text_not_saved().await
            } else {
                self.problem(StatusCode::FORBIDDEN, "stale-form")
            };
        }
        let (needs, confirmed, act) = match guarded {
            Guarded::Door(act) => return self.at_the_door(act).await,
            Guarded::Room {
                needs,
                confirmed,
                act,
            } => (needs, confirmed, act),
        };
        let Some(visitor) = &self.visitor else {
            if self.holds_text() {
                return self.text_not_saved().await;
            }
            let next = if self.parts.method == Method::POST {
                "/newsroom"
            } else {
                self.parts.uri.path()
            };
            return Ok(Reply::see(&format!("/newsroom/sign-in?next={next}")));
        };
        if !visitor.user.roles.allow(needs) {
            if self.holds_text() {
                return self.kept(StatusCode::FORBIDDEN, "not-allowed");
            }
            return self.problem(StatusCode::FORBIDDEN, "not-allowed");
        }
        if confirmed && !visitor.session.is_confirmed(self.now) {
            let next = match needs {
                _ if self.parts.uri.path() == data::PATH => data::PATH,
                Permission::ManageUsers => "/newsroom/users",
                // What is sent to such an address is also read there.
                Permission::Moderate => self.parts.uri.path(),
                Permission::KnowPenNames => authors::PATH,
                _ => "/newsroom/account",
            };
            return Ok(Reply::see(&format!("/newsroom/confirm?next={next}")));
        }
        self.in_the_room(act, visitor).await
    }

    /// Whether what was sent comes from a form that was made for whom it comes
    /// from.
    fn is_own_form(&self) -> bool {
        self.is_from_here() && guard::is_form_of(&self.holder, self.form.one("form"))
    }

    /// Whether what was sent comes from a page of this site.
    fn is_from_here(&self) -> bool {
        guard::is_from_here(&self.parts.headers, &self.host, self.way)
    }

    async fn at_the_door(&self, act: Door) -> Result<Reply, Failure> {
        match act {
            Door::ShowSignIn => self.show_sign_in(),
            Door::SignIn => self.sign_in().await,
            Door::ShowForgotten => self.show_forgotten(),
            Door::AskForPassword => self.ask_for_password().await,
            Door::ShowLink => self.show_link().await,
            Door::UseLink => self.use_link().await,
        }
    }

    async fn in_the_room(&self, act: Room, visitor: &Visitor) -> Result<Reply, Failure> {
        match act {
            Room::SignOut => self.sign_out(visitor).await,
            Room::ShowConfirm => self.show_confirm(),
            Room::Confirm => self.confirm(visitor).await,
            Room::Home => self.home(visitor),
            Room::Account => self.account(visitor).await,
            Room::SetPassword => self.set_password(visitor).await,
            Room::EndSession => self.end_session(visitor).await,
            Room::EndOtherSessions => self.end_other_sessions(visitor).await,
            Room::ShowSecondFactor => self.show_second_factor(visitor),
            Room::SetSecondFactor => self.set_second_factor(visitor).await,
            Room::RemoveSecondFactor => self.remove_second_factor(visitor).await,
            Room::Users => self.users(visitor, None).await,
            Room::Invite => self.invite(visitor).await,
            Room::ResetUser => self.reset_user(visitor).await,
            Room::DisableUser => self.set_user_state(visitor, false).await,
            Room::EnableUser => self.set_user_state(visitor, true).await,
            Room::SetRoles => self.set_roles(visitor).await,
            Room::Keys => self.keys(visitor),
            Room::Trail => self.trail().await,
            Room::DataRequests => self.data_requests(None).await,
            Room::LinkToData => self.link_to_data(visitor).await,
            Room::Comments => self.comments().await,
            Room::DecideComments => self.decide_comments(visitor).await,
            Room::UndoDecisions => self.undo_decisions(visitor).await,
            Room::LiveComments => Ok(self.live(visitor, live::QUEUE)),
            Room::BlockedWriters => self.blocked_writers().await,
            Room::ShowReveal => self.show_one("reveal").await,
            Room::Reveal => self.reveal(visitor).await,
            Room::ShowAnswer => self.show_one("answer").await,
            Room::Answer => self.answer_comment(visitor).await,
            Room::SetCommenting => self.set_commenting(visitor).await,
            Room::Ticker => self.ticker().await,
            Room::LiveTicker => Ok(self.live(visitor, live::TICKER)),
            Room::PushHeadline => self.push_headline(visitor).await,
            Room::MoveHeadline => self.move_headline(visitor).await,
            Room::SetUrgent => self.set_urgent(visitor).await,
            Room::RecallHeadline => self.recall_headline(visitor).await,
            Room::ShowHeadline => self.show_headline().await,
            Room::ChangeHeadline => self.change_headline(visitor).await,
            Room::Front => self.front().await,
            Room::LiveFront => Ok(self.live(visitor, live::FRONT)),
            Room::AddStory => self.add_story(visitor).await,
            Room::RemoveStory => self.remove_story(visitor).await,
            Room::MoveStory => self.move_story(visitor).await,
            Room::ScheduleFront => self.schedule_front(visitor).await,
            Room::UnscheduleFront => self.unschedule_front(visitor).await,
            Room::Settings => self.settings().await,
            Room::SaveSettings => self.save_settings(visitor).await,
            Room::SettingsExample => self.settings_example().await,
            Room::Articles => self.articles(visitor).await,
            Room::NewArticle => self.new_article(visitor).await,
            Room::ShowArticle
            | Room::SaveArticle
            | Room::PreviewArticle
            | Room::ArticlePage
            | Room::WriteTogether
            | Room::PublishArticle
            | Room::ScheduleArticle
            | Room::UnscheduleArticle
            | Room::AmendArticle
            | Room::NoteArticle
            | Room::WithdrawArticle
            | Room::RestoreArticle
            | Room::ShowDiscard
            | Room::DiscardText
            | Room::Revisions
            | Room::RevertArticle
            | Room::StageArticle
            | Room::LeaveRemark
            | Room::SettleRemark
            | Room::AssignArticle
            | Room::SetLead => self.on_article(act, visitor).await,
            Room::Notifications => self.notifications(visitor).await,
            Room::ReadNotifications => self.read_notifications(visitor).await,
            Room::Desks => self.desks(None).await,
            Room::KeepDesk => self.keep_desk(visitor).await,
            Room::DissolveDesk => self.dissolve_desk(visitor).await,
            Room::Authors => self.authors(visitor, None).await,
            Room::DescribeAuthor => self.describe_author(visitor).await,
            Room::SetPenName => self.set_pen_name(visitor).await,
            Room::Library => self.library().await,
            Room::UploadMedia => self.upload_media(visitor).await,
            Room::BeginUpload => self.begin_upload(visitor).await,
            Room::ShowUpload => self.show_upload(visitor).await,
            Room::SendPart => self.send_part(visitor).await,
            Room::FinishUpload => self.finish_upload(visitor).await,
            Room::ShowMedia => self.show_media().await,
            Room::DescribeMedia => self.describe_media(visitor).await,
        }
    }

    /// A screen in its frame.
    fn show<S: Screen>(
        &self,
        status: StatusCode,
        notice: Option<Notice>,
        screen: &S,
    ) -> Result<Reply, Failure> {
        let path = self.parts.uri.path();
        let user = self.visitor.as_ref().map(|visitor| &visitor.user);
        let places = [
            ("/newsroom", "nav-home", Permission::Enter),
            ("/newsroom/articles", "nav-articles", Permission::Write),
            (notifications::PATH, "nav-notifications", Permission::Write),
            ("/newsroom/media", "nav-media", Permission::Write),
            ("/newsroom/front", "nav-front", Permission::Publish),
            ("/newsroom/ticker", "nav-ticker", Permission::PushHeadlines),
            ("/newsroom/comments", "nav-comments", Permission::Moderate),
            (authors::PATH, "nav-authors", Permission::ChangeSettings),
            (desks::PATH, "nav-desks", Permission::ManageDesks),
            (
                "/newsroom/settings",
                "nav-settings",
                Permission::ChangeSettings,
            ),
            ("/newsroom/account", "nav-account", Permission::Enter),
            ("/newsroom/users", "nav-users", Permission::ManageUsers),
            (data::PATH, "nav-data", Permission::ManageUsers),
            ("/newsroom/trail", "nav-trail", Permission::ReadAudit),
        ];
        let places = places
            .into_iter()
            .filter(|(.., needs)| user.is_some_and(|user| user.roles.allow(*needs)))
            .map(|(own, name, _)| {
                let count = match own {
                    "/newsroom/articles" => self.in_work,
                    "/newsroom/comments" => self.waiting,
                    notifications::PATH => self.unread,
                    _ => 0,
                };
                Place {
                    path: own,
                    name,
                    count: match count {
                        0 => String::new(),
                        count => comments::counted(count),
                    },
                    here: own == path,
                }
            })
            .collect();
        let frame = Frame {
            lang: self.language,
            paper: self.paper.clone(),
            user: user.map(|user| user.name.clone()),
            places,
            form: guard::form_token(&self.holder).to_text(),
            notice,
        };
        let html = self.newsroom.screens.render(&frame, screen)?;
        let reply = Reply::screen(status, html);
        // The script of the keys stands on every screen behind the door.
        Ok(if frame.user.is_some() {
            reply.scripted()
        } else {
            reply
        })
    }

    /// The address of a script.
    fn script(&self, script: Script) -> String {
        self.newsroom.screens.script(script).path.clone()
    }

    fn problem(&self, status: StatusCode, message: &'static str) -> Result<Reply, Failure> {
        self.show(status, None, &Problem { message })
    }

    /// The fields of the query.
    fn fields(&self) -> Form {
        Form::read(self.parts.uri.query().unwrap_or_default().as_bytes())
    }

    /// A value of the query.
    fn query(&self, name: &str) -> String {
        self.fields().one(name).to_owned()
    }

    /// The names of users, by what the trail calls them.
    async fn names_of_users(&self) -> Result<HashMap<String, String>, StoreError> {
        let users = self.site.store.users().await?;
        let named = users
            .into_iter()
            .map(|user| (editorial::audit::Actor::User(user.id).label(), user.name));
        Ok(named.collect())
    }

    /// A moment in the paper's time.
    fn written(&self, at: Timestamp, form: &str) -> String {
        self.zone
            .to_datetime(at.to_jiff())
            .strftime(form)
            .to_string()
    }

    fn accounts(&self) -> &Accounts {
        &self.newsroom.accounts
    }
}

impl Asked<'_> {
    /// The sentence on something that was refused by a rule; `None` where the
    /// fault is ours.
    fn refusal(&self, error: &AccountError) -> Option<Notice> {
        if let AccountError::Wait { until } = error {
            return Some(self.wait(*until));
        }
        refusal(error)
    }

    fn wait(&self, until: Timestamp) -> Notice {
        Notice::refused("wait").with(self.written(until, "%H:%M:%S"))
    }
}

fn refusal(error: &AccountError) -> Option<Notice> {
    use editorial::accounts::UserError as Rule;
    Some(Notice::refused(match error {
        AccountError::NoUser(_) => "no-user",
        AccountError::NoAddress => "no-address",
        AccountError::AddressTaken => "address-taken",
        AccountError::NoLink => "no-link",
        AccountError::NoLetters => "no-letters",
        AccountError::WrongPassword => "wrong-password",
        AccountError::WrongNumber => "wrong-number",
        AccountError::Busy(_) => "busy",
        AccountError::User(rule) => match rule {
            Rule::NoName => "no-name",
            Rule::NameTooLong(_) => "name-too-long",
            Rule::NoRole => "no-role",
            Rule::PasswordTooShort(_) => "password-too-short",
            Rule::PasswordTooLong(_) => "password-too-long",
            Rule::PasswordEasy => "password-easy",
            Rule::LastAdministrator => "last-administrator",
        },
        AccountError::Store(StoreError::Conflict) => "changed-meanwhile",
        AccountError::Store(_) | AccountError::Wait { .. } => return None,
    }))
}
