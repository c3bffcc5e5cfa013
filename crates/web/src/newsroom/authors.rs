//! Authors: what readers see of them; and whose the names are, for the chief editor alone.

use actions::{ActionError, describe_author, set_pen_name};
use arabic::fold::fold;
use editorial::{Id, accounts::Permission, audit::Actor, people::AuthorError, urls::Url};
use hyper::StatusCode;
use screens::{
    articles::Choice,
    contexts::Notice,
    workflow::{AuthorForm, Authors, DeskFault},
};

use super::{Asked, Failure, Visitor, reply::Reply};

pub(super) const PATH: &str = "/newsroom/authors";

/// Authors on one screen.
const LINES: usize = 50;

impl Asked<'_> {
    /// The authors whose names hold what is looked for; with what was typed of the one that is
    /// wrong.
    pub(super) async fn authors(
        &self,
        visitor: &Visitor,
        fault: Option<DeskFault>,
    ) -> Result<Reply, Failure> {
        let store = &self.site.store;
        let query = match self.form.one("q") {
            "" => self.query("q"),
            sent => sent.to_owned(),
        };
        let wanted = fold(query.trim());
        let mut authors = store.authors().await?;
        authors.retain(|author| fold(&author.name).contains(&wanted));
        authors.sort_by_cached_key(|author| arabic::fold::sort_key(&author.name));
        // The one that is wrong is there, wherever it stands.
        if let Some(fault) = &fault
            && let Some(at) = authors.iter().position(|one| one.id.get() == fault.desk)
        {
            authors[..=at].rotate_right(1);
        }
        let more = authors.len() > LINES;
        authors.truncate(LINES);
        let knows = visitor.user.roles.allow(Permission::KnowPenNames);
        let (owners, users) = if knows {
            let owners = store.pen_names(authors.iter().map(|one| one.id)).await?;
            (owners, store.users().await?)
        } else {
            Default::default()
        };
        let typed = |author: &editorial::people::Author| {
            let wrong = fault
                .as_ref()
                .is_some_and(|one| one.desk == author.id.get());
            wrong && self.form.has("name")
        };
        let lines = authors.iter().map(|author| AuthorForm {
            id: author.id.get(),
            path: Url::Author(author.slug.clone(), None).to_string(),
            name: if typed(author) {
                self.form.one("name").to_owned()
            } else {
                author.name.clone()
            },
            bio: if typed(author) {
                self.form.one("bio").to_owned()
            } else {
                author.bio.clone()
            },
            user: owners
                .get(&author.id)
                .map_or_else(String::new, Id::to_string),
        });
        let done = (self.query("done") == "saved").then(|| Notice::done("done-saved"));
        let is_gone = fault
            .as_ref()
            .is_some_and(|fault| !authors.iter().any(|one| one.id.get() == fault.desk));
        let gone = is_gone.then(|| Notice::refused("author-gone"));
        let status = match &fault {
            Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
            None => StatusCode::OK,
        };
        let screen = Authors {
            lines: lines.collect(),
            query,
            more,
            users: users
                .into_iter()
                .map(|user| Choice {
                    value: user.id.to_string(),
                    name: user.name,
                })
                .collect(),
            knows,
            fault,
        };
        self.show(status, gone.or(done), &screen)
    }

    pub(super) async fn describe_author(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let (name, bio) = (self.form.one("name"), self.form.one("bio"));
        let actor = Actor::User(visitor.user.id);
        let done = match Id::parse(self.part) {
            None => Err(AuthorError::NoAuthor.into()),
            Some(id) => describe_author(&self.site.store, id, name, bio, actor, self.now).await,
        };
        self.author_done(visitor, done).await
    }

    pub(super) async fn set_pen_name(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let actor = Actor::User(visitor.user.id);
        let user = match self.form.one("user") {
            "" => Ok(None),
            typed => Id::parse(typed).map(Some).ok_or(AuthorError::NoUser),
        };
        let done = match (Id::parse(self.part), user) {
            (None, _) => Err(AuthorError::NoAuthor.into()),
            (_, Err(rule)) => Err(rule.into()),
            (Some(id), Ok(user)) => set_pen_name(&self.site.store, id, user, actor, self.now).await,
        };
        self.author_done(visitor, done).await
    }

    async fn author_done(
        &self,
        visitor: &Visitor,
        done: Result<i64, ActionError>,
    ) -> Result<Reply, Failure> {
        let message = match done {
            Ok(_) => return Ok(Reply::see("/newsroom/authors?done=saved")),
            Err(ActionError::Author(rule)) => match rule {
                AuthorError::NoName => "no-name",
                AuthorError::NameTooLong(_) => "name-too-long",
                AuthorError::BioTooLong(_) => "bio-too-long",
                AuthorError::NoAuthor => "gone",
                AuthorError::NoUser => "no-user",
            },
            Err(error) => return Err(error.into()),
        };
        let fault = DeskFault {
            desk: Id::parse(self.part).map_or(0, Id::get),
            message,
            value: String::new(),
        };
        self.authors(visitor, Some(fault)).await
    }
}
