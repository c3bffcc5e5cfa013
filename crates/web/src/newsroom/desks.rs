//! Desks: who is at which, and which sections are whose.

use std::collections::BTreeSet;

use actions::{ActionError, DeskWanted, dissolve_desk, keep_desk};
use editorial::{Id, accounts::UserState, audit::Actor, workflow::DeskError};
use hyper::StatusCode;
use screens::{
    articles::Choice,
    contexts::Notice,
    workflow::{DeskFault, DeskForm, Desks},
};
use store::StoreError;

use super::{Asked, Failure, Visitor, reply::Reply};

pub(super) const PATH: &str = "/newsroom/desks";

impl Asked<'_> {
    /// The desks; with what was typed into the one that is wrong.
    pub(super) async fn desks(&self, fault: Option<DeskFault>) -> Result<Reply, Failure> {
        let store = &self.site.store;
        let users = store.users().await?;
        let sections = store.sections().await?;
        let wanted = self.desk_typed();
        let typed = |id: i64| fault.as_ref().is_some_and(|fault| fault.desk == id);
        let form = |id: i64, seen: i64, is: &DeskWanted| DeskForm {
            id,
            seen,
            name: is.name.clone(),
            members: users
                .iter()
                .filter(|user| user.state == UserState::Active || is.members.contains(&user.id))
                .map(|user| {
                    let choice = Choice {
                        value: user.id.to_string(),
                        name: user.name.clone(),
                    };
                    (choice, is.members.contains(&user.id))
                })
                .collect(),
            sections: sections
                .iter()
                .map(|section| {
                    let choice = Choice {
                        value: section.id.to_string(),
                        name: section.name.clone(),
                    };
                    (choice, is.sections.contains(&section.id))
                })
                .collect(),
        };
        let mut forms = Vec::new();
        for desk in store.desks().await? {
            let id = desk.id.get();
            let own = DeskWanted {
                name: desk.name,
                members: desk.members,
                sections: desk.sections,
            };
            let shown = if typed(id) { &wanted } else { &own };
            forms.push(form(id, desk.version, shown));
        }
        let nothing = DeskWanted {
            name: String::new(),
            members: BTreeSet::new(),
            sections: BTreeSet::new(),
        };
        let shown = if typed(0) { &wanted } else { &nothing };
        forms.push(form(0, 0, shown));
        let done = self.query("done") == "saved";
        let status = match &fault {
            Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
            None => StatusCode::OK,
        };
        let notice = done.then(|| Notice::done("done-saved"));
        let screen = Desks {
            desks: forms,
            fault,
        };
        self.show(status, notice, &screen)
    }

    fn desk_typed(&self) -> DeskWanted {
        let ids = |name: &str| self.form.all(name).filter_map(Id::parse).collect();
        DeskWanted {
            name: self.form.one("name").to_owned(),
            members: ids("member"),
            sections: ids("section"),
        }
    }

    /// The desk that the form names, as it was seen.
    fn desk_seen(&self) -> Option<(Id, i64)> {
        let seen = self.form.one("seen").parse().unwrap_or(0);
        Id::parse(self.form.one("desk")).map(|id| (id, seen))
    }

    pub(super) async fn keep_desk(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let actor = Actor::User(visitor.user.id);
        let store = &self.site.store;
        let known = self.desk_seen();
        let done = keep_desk(store, known, self.desk_typed(), actor, self.now).await;
        self.desk_done(done.map(drop)).await
    }

    pub(super) async fn dissolve_desk(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let actor = Actor::User(visitor.user.id);
        let done = match self.desk_seen() {
            None => Err(DeskError::NoDesk.into()),
            Some((id, seen)) => dissolve_desk(&self.site.store, id, seen, actor, self.now).await,
        };
        self.desk_done(done.map(drop)).await
    }

    async fn desk_done(&self, done: Result<(), ActionError>) -> Result<Reply, Failure> {
        let (message, value) = match done {
            Ok(()) => return Ok(Reply::see("/newsroom/desks?done=saved")),
            Err(ActionError::Desk(rule)) => match rule {
                DeskError::NoName => ("no-name", String::new()),
                DeskError::NameTooLong(_) => ("name-too-long", String::new()),
                DeskError::TooManyMembers => ("too-many-members", String::new()),
                DeskError::TooMany => ("too-many", String::new()),
                DeskError::SectionTaken { desk, .. } => ("section-taken", desk),
                DeskError::NameTaken => ("name-taken", String::new()),
                DeskError::NoDesk => ("gone", String::new()),
            },
            Err(ActionError::Store(StoreError::Conflict)) => ("changed", String::new()),
            Err(error) => return Err(error.into()),
        };
        let desk = self.desk_seen().map_or(0, |(id, _)| id.get());
        // A desk that is gone has no form to tell it on.
        let there = self.site.store.desks().await?;
        let is_there = there.iter().any(|one| one.id.get() == desk);
        let fault = DeskFault {
            desk: if is_there { desk } else { 0 },
            message,
            value,
        };
        self.desks(Some(fault)).await
    }
}
