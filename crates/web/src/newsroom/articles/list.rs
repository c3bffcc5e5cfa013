//! The lists of articles, and a new one.

use actions::create_article;
use editorial::{ArticleState, Id, accounts::Permission, audit::Actor, urls::Url, workflow::Stage};
use hyper::StatusCode;
use screens::{
    articles::{Articles, Choice, Line, List},
    contexts::Notice,
    workflow::Narrowed,
};
use store::WorkFilter;

use super::{form_of, open_to, place, state_name, work::writers};
use crate::newsroom::{Asked, Failure, Visitor, reply::Reply};

/// Articles on one screen.
const LINES: u32 = 50;

/// What is listed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Listed {
    /// What waits for who asks.
    Waiting,
    /// What is written on.
    Work,
    /// What is to go live by itself.
    Scheduled,
    /// What stands so before the public.
    State(ArticleState),
}

impl Listed {
    const ALL: [Self; 6] = [
        Self::Waiting,
        Self::Work,
        Self::Scheduled,
        Self::State(ArticleState::Unpublished),
        Self::State(ArticleState::Published),
        Self::State(ArticleState::Withdrawn),
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Work => "work",
            Self::Scheduled => "scheduled",
            Self::State(state) => state_name(state),
        }
    }

    /// Whether the visitor may look at it: what was never published is for those
    /// who publish, and who only writes finds his own among what is written on.
    fn is_open_to(self, visitor: &Visitor) -> bool {
        !matches!(
            self,
            Self::Scheduled | Self::State(ArticleState::Unpublished)
        ) || visitor.user.roles.allow(Permission::Publish)
    }
}

impl Asked<'_> {
    pub(in crate::newsroom) async fn articles(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let fields = self.fields();
        let open = Listed::ALL
            .into_iter()
            .filter(|list| list.is_open_to(visitor));
        let wanted = fields.one("list");
        let shown = open.clone().find(|list| list.name() == wanted);
        let shown = shown.unwrap_or(Listed::Work);
        let before = fields.one("before");
        let filter = self.filter(visitor, shown);
        let (mut lines, next) = match shown {
            Listed::Waiting | Listed::Work => self.in_work(filter, before).await?,
            Listed::Scheduled => (self.scheduled().await?, None),
            Listed::State(state) => self.in_state(visitor, state, before).await?,
        };
        lines.truncate(LINES as usize);
        let mut path = format!("/newsroom/articles?list={}", shown.name());
        let narrowed = match shown {
            Listed::Work => Some(self.narrowed(visitor, filter).await?),
            _ => None,
        };
        if let Some(narrowed) = &narrowed {
            for (name, value) in [
                ("stage", &narrowed.stage),
                ("desk", &narrowed.desk),
                ("user", &narrowed.user),
            ] {
                if !value.is_empty() {
                    path.push_str(&format!("&{name}={value}"));
                }
            }
        }
        let screen = Articles {
            lists: open
                .map(|list| List {
                    name: list.name(),
                    here: list == shown,
                })
                .collect(),
            narrowed,
            lines,
            older: next.map(|next| format!("{path}&before={next}")),
            newest: (!before.is_empty()).then_some(path),
        };
        let done = fields.one("done") == "discard";
        let notice = done.then(|| Notice::done("article-did-discard"));
        self.show(StatusCode::OK, notice, &screen)
    }

    /// Which articles in work are meant, by the list and what it is narrowed to.
    fn filter(&self, visitor: &Visitor, shown: Listed) -> WorkFilter {
        let (fields, user) = (self.fields(), &visitor.user);
        let open = WorkFilter {
            open_to: open_to(visitor),
            ..WorkFilter::default()
        };
        match shown {
            Listed::Waiting => WorkFilter {
                waiting_for: Some((user.id, user.roles.allow(Permission::Publish))),
                ..open
            },
            _ => WorkFilter {
                stage: Stage::parse(fields.one("stage")),
                desk: Id::parse(fields.one("desk")),
                hands: Id::parse(fields.one("user")),
                ..open
            },
        }
    }

    /// What the list can be narrowed to, and is.
    async fn narrowed(&self, visitor: &Visitor, filter: WorkFilter) -> Result<Narrowed, Failure> {
        let store = &self.site.store;
        let desks = store.desks().await?.into_iter().map(|desk| Choice {
            value: desk.id.to_string(),
            name: desk.name,
        });
        let users = if visitor.user.roles.allow(Permission::Publish) {
            writers(&store.users().await?)
        } else {
            Vec::new()
        };
        let chosen = |id: Option<Id>| id.map_or_else(String::new, |id| id.to_string());
        Ok(Narrowed {
            stages: Stage::ALL.map(Stage::name).to_vec(),
            stage: filter
                .stage
                .map_or_else(String::new, |stage| stage.name().to_owned()),
            desks: desks.collect(),
            desk: chosen(filter.desk),
            users,
            user: chosen(filter.hands),
        })
    }

    /// One line more than a screen holds, and where it goes on.
    async fn in_work(
        &self,
        filter: WorkFilter,
        before: &str,
    ) -> Result<(Vec<Line>, Option<String>), Failure> {
        let store = &self.site.store;
        let found = store.in_work(place(before), filter, LINES + 1).await?;
        let last = found.get(LINES as usize - 1);
        let next = last
            .filter(|_| found.len() > LINES as usize)
            .map(|last| format!("{}-{}", last.saved_at.0, last.id));
        let names = self.names_of_users().await?;
        let lines = found.into_iter().map(|one| Line {
            id: one.id.get(),
            state: state_name(one.state),
            stage: Some(one.stage.name()),
            assigned: one
                .assigned
                .map(|user| self.assigned(user, one.deadline, &names)),
            saved: Some(self.saved(one.saved_by, one.saved_at, &names)),
            published: None,
            due: None,
            path: (one.state == ArticleState::Published)
                .then(|| Url::of_article(one.kind, one.id, one.slug).to_string()),
            headline: one.headline,
            open: true,
        });
        Ok((lines.collect(), next))
    }

    /// What is to go live, the next first.
    async fn scheduled(&self) -> Result<Vec<Line>, Failure> {
        let found = self.site.store.scheduled_articles(LINES).await?;
        let lines = found.into_iter().map(|(due, one)| Line {
            id: one.id.get(),
            state: state_name(one.state),
            stage: None,
            assigned: None,
            saved: None,
            published: None,
            due: Some(self.moment(due)),
            path: None,
            headline: one.headline,
            open: true,
        });
        Ok(lines.collect())
    }

    async fn in_state(
        &self,
        visitor: &Visitor,
        state: ArticleState,
        before: &str,
    ) -> Result<(Vec<Line>, Option<String>), Failure> {
        let store = &self.site.store;
        let found = store
            .newest_articles(Some(state), Id::parse(before), LINES + 1)
            .await?;
        let last = found.get(LINES as usize - 1);
        let next = last
            .filter(|_| found.len() > LINES as usize)
            .map(|last| last.id.to_string());
        let open = visitor.user.roles.allow(Permission::Publish);
        let lines = found.into_iter().map(|one| Line {
            id: one.id.get(),
            state: state_name(one.state),
            stage: None,
            assigned: None,
            saved: None,
            published: one.published_at.map(|at| self.moment(at)),
            due: None,
            path: (one.state == ArticleState::Published)
                .then(|| Url::of_article(one.kind, one.id, one.slug).to_string()),
            headline: one.headline,
            open,
        });
        Ok((lines.collect(), next))
    }

    pub(in crate::newsroom) async fn new_article(
        &self,
        visitor: &Visitor,
    ) -> Result<Reply, Failure> {
        let actor = Actor::User(visitor.user.id);
        let id = create_article(&self.site.store, actor, self.now).await?;
        Ok(Reply::see(&form_of(id, "new")))
    }
}
