//! The screens on which articles are made: lists, the form, what is done with
//! an article, its saved texts, and the page as readers will see it.
//!
//! Every address of one article goes through [`Asked::on_article`], which asks
//! whose the article is. What was typed is never lost: whatever goes wrong, the
//! answer holds it.

mod acts;
mod content;
mod difference;
mod edit;
mod house;
mod lead;
mod list;
mod preview;
mod revisions;
mod together;
mod work;

use std::{collections::HashMap, sync::Arc};

use actions::{ActionError, open_copy};
use editorial::{
    Article, ArticleState, Id, Timestamp, WorkingCopy, accounts::Permission, audit::Actor,
    urls::Url,
};
use hyper::{Method, StatusCode};
use screens::articles::{KeptText, Saved};
use store::{Counts, StoreError, WorkFilter};

pub(super) use self::content::fault;
pub(crate) use self::together::Rooms;
use self::{acts::Act, edit::Again, work::Work};
use super::{
    Asked, Failure, Visitor,
    reply::Reply,
    routes::{self, Room},
};
use crate::site::Site;

/// An article with its working copy, in the hands of somebody who may write it.
struct Opened<'a> {
    article: Article,
    copy: WorkingCopy,
    visitor: &'a Visitor,
}

impl Opened<'_> {
    fn actor(&self) -> Actor {
        Actor::User(self.visitor.user.id)
    }

    /// The public address, where something is shown there.
    fn public_path(&self) -> Option<String> {
        let article = &self.article;
        (article.state == ArticleState::Published)
            .then(|| Url::of_article(article.kind, article.id, article.slug.clone()).to_string())
    }
}

/// Why an article is not opened: the status, and the name of the sentence.
type Shut = (StatusCode, &'static str);

/// How many articles are written on, of those that the visitor may edit.
pub(super) async fn in_work(site: &Arc<Site>, visitor: &Visitor) -> Result<u32, StoreError> {
    match open_to(visitor) {
        _ if !visitor.user.roles.allow(Permission::Write) => Ok(0),
        open_to => {
            let filter = WorkFilter {
                open_to,
                ..WorkFilter::default()
            };
            site.store.in_work_count(filter, Counts::MAX).await
        }
    }
}

/// Whose working copies the visitor sees; none: everybody's.
fn open_to(visitor: &Visitor) -> Option<Id> {
    let sees_all = visitor.user.roles.allow(Permission::Publish);
    (!sees_all).then_some(visitor.user.id)
}

/// The name of a state in messages.
const fn state_name(state: ArticleState) -> &'static str {
    match state {
        ArticleState::Unpublished => "unpublished",
        ArticleState::Published => "published",
        ArticleState::Withdrawn => "withdrawn",
    }
}

/// The place in a list that an address names, as a moment and a number: `moment-id`.
fn place(text: &str) -> Option<(Timestamp, Id)> {
    let (at, id) = text.split_once('-')?;
    Some((Timestamp(at.parse().ok()?), Id::parse(id)?))
}

/// The address of the form of an article.
fn form_of(article: Id, done: &str) -> String {
    format!("/newsroom/articles/edit/{article}?done={done}")
}

impl Asked<'_> {
    /// Does what a row says with the article that its path names.
    pub(super) async fn on_article(&self, act: Room, visitor: &Visitor) -> Result<Reply, Failure> {
        let opened = match self.opened(visitor).await? {
            Ok(opened) => opened,
            Err((status, why)) if self.holds_text() => return self.kept(status, why),
            Err((status, why)) => return self.problem(status, why),
        };
        match act {
            Room::SaveArticle => self.save_article(opened).await,
            Room::PreviewArticle => self.preview(&opened).await,
            Room::ArticlePage => self.article_page(&opened).await,
            Room::WriteTogether => Ok(self.write_together(&opened)),
            Room::PublishArticle => self.act(opened, Act::Publish).await,
            Room::ScheduleArticle => self.act(opened, Act::Schedule).await,
            Room::UnscheduleArticle => self.act(opened, Act::Unschedule).await,
            Room::AmendArticle => self.act(opened, Act::Amend).await,
            Room::NoteArticle => self.act(opened, Act::Note).await,
            Room::WithdrawArticle => self.act(opened, Act::Withdraw).await,
            Room::RestoreArticle => self.act(opened, Act::Restore).await,
            Room::ShowDiscard => self.show_discard(&opened, None).await,
            Room::DiscardText => self.discard(opened).await,
            Room::Revisions => self.compared(&opened).await,
            Room::RevertArticle => self.revert(opened).await,
            Room::StageArticle => self.work_on(opened, Work::Stage).await,
            Room::LeaveRemark => self.work_on(opened, Work::Remark).await,
            Room::SettleRemark => self.work_on(opened, Work::Settle).await,
            Room::AssignArticle => self.work_on(opened, Work::Assign).await,
            Room::SetLead => self.set_lead(opened).await,
            _ => self.show_article(&opened).await,
        }
    }

    /// The article that the path names, where the visitor may write it.
    async fn opened<'a>(&self, visitor: &'a Visitor) -> Result<Result<Opened<'a>, Shut>, Failure> {
        let gone = (StatusCode::NOT_FOUND, "article-gone");
        let Some(id) = Id::parse(self.part) else {
            return Ok(Err(gone));
        };
        let (user, store) = (&visitor.user, &self.site.store);
        let (article, copy) = match open_copy(store, id, Actor::User(user.id), self.now).await {
            Err(ActionError::NoArticle(_)) => return Ok(Err(gone)),
            found => found?,
        };
        let team = store.team(id, copy.content.section).await?;
        if !copy.is_open_to(user.id, user.roles, &team) {
            return Ok(Err((StatusCode::FORBIDDEN, "article-not-yours")));
        }
        Ok(Ok(Opened {
            article,
            copy,
            visitor,
        }))
    }

    /// Whether what was sent holds something that somebody wrote: the text of an
    /// article, or a headline of the ticker.
    pub(super) fn holds_text(&self) -> bool {
        self.parts.method == Method::POST && routes::holds_text(self.parts.uri.path(), &self.form)
    }

    /// What is answered to a text whose form is not ours any more: because
    /// nobody is signed in, or because somebody signed in anew.
    pub(super) async fn text_not_saved(&self) -> Result<Reply, Failure> {
        let Some(visitor) = &self.visitor else {
            return self.kept(StatusCode::UNAUTHORIZED, "kept-signed-out");
        };
        if self.parts.uri.path() == routes::SETTINGS {
            if !visitor.user.roles.allow(Permission::ChangeSettings) {
                return self.kept(StatusCode::FORBIDDEN, "not-allowed");
            }
            return self.settings_not_saved().await;
        }
        if routes::takes_headline(self.parts.uri.path()) {
            return self.headline_not_saved(visitor).await;
        }
        match self.opened(visitor).await? {
            Ok(opened) => self.edit_again(&opened, Again::stale()).await,
            Err((status, why)) => self.kept(status, why),
        }
    }

    /// A screen that holds what was typed, and says why it is not saved. Who is
    /// not signed in can send it again from there.
    pub(super) fn kept(&self, status: StatusCode, why: &'static str) -> Result<Reply, Failure> {
        let path = self.parts.uri.path();
        let fields = self.form.each().filter(|(name, _)| *name != "form");
        let own = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        let screen = KeptText {
            why,
            again: self.visitor.is_none().then(|| path.to_owned()),
            signed_out: self.visitor.is_none(),
            fields: fields.map(own).collect(),
            headline: ["headline", "name"]
                .map(|name| self.form.one(name))
                .concat(),
            body: ["body", "text"].map(|name| self.form.one(name)).concat(),
        };
        self.show(status, None, &screen)
    }

    /// Who saved something, and when.
    pub(super) fn saved(
        &self,
        by: Option<Id>,
        at: Timestamp,
        names: &HashMap<String, String>,
    ) -> Saved {
        let name = by.map(|id| {
            let known = names.get(&Actor::User(id).label()).cloned();
            known.unwrap_or_else(|| id.to_string())
        });
        Saved {
            named: name.is_some(),
            by: name.unwrap_or_else(|| Actor::CommandLine.label()),
            at: self.moment(at),
        }
    }
}
