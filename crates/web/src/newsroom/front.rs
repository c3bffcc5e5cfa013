//! The front page as the newsroom sets it: what is chosen now, and for moments
//! ahead.

use actions::{
    ActionError, FRONTS_TO_COME_MAX, FrontAct, change_front_page, schedule_front_page,
    unschedule_front_page,
};
use arabic::fold::fold;
use editorial::{
    ArticleState, Id, Timestamp,
    audit::Actor,
    front::{CHOSEN_MAX, FrontError, FrontPage},
    urls::Url,
};
use hyper::StatusCode;
use screens::{
    Script,
    articles::Fault,
    board::{FrontBoard, Plan, Story},
    contexts::Notice,
};
use store::{ArticleLine, StoreError};

use super::{
    Asked, Failure, Visitor,
    articles::fault,
    reply::Reply,
    ticker::{ids, place},
};

const BOARD: &str = "/newsroom/front";
/// Stories that are offered at once, and how many of the newest are searched.
const OFFERED: usize = 12;
const SEARCHED: u32 = 400;
/// Letters of an address that are told in a fault.
const ADDRESS_LETTERS_TOLD: usize = 80;

/// What of the board is shown again.
struct Again {
    status: StatusCode,
    notice: Option<Notice>,
    faults: Vec<Fault>,
}

impl Again {
    fn fault(fault: Fault) -> Self {
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            notice: None,
            faults: vec![fault],
        }
    }
}

impl Asked<'_> {
    pub(super) async fn front(&self) -> Result<Reply, Failure> {
        let notice = match &*self.query("done") {
            "add" => Some("done-front-add"),
            "remove" => Some("done-front-remove"),
            "order" => Some("done-front-order"),
            "plan" => Some("done-front-plan"),
            "cancel" => Some("done-front-cancel"),
            _ => None,
        };
        let again = Again {
            status: StatusCode::OK,
            notice: notice.map(Notice::done),
            faults: Vec::new(),
        };
        self.front_board(again).await
    }

    /// From when the page is that the address names; none: it stands now.
    fn from(&self) -> Option<Timestamp> {
        self.query("from").parse().ok().map(Timestamp)
    }

    async fn front_board(&self, again: Again) -> Result<Reply, Failure> {
        // Before anything is read, so that nothing is missed by whoever goes on
        // from here.
        let position = self.site.changes.position();
        let store = &self.site.store;
        let from = self.from();
        let front = store.front_page(from).await?;
        if from.is_some() && front.version == 0 {
            return self.problem(StatusCode::NOT_FOUND, "front-plan-gone");
        }
        let to_come = store.front_pages_to_come(FRONTS_TO_COME_MAX).await?;
        let words = self.query("q");
        let lines = store.article_lines(&front.stories).await?;
        let offered = self.offered(&front, &words).await?;
        let next = to_come.first().and_then(|front| front.from);
        let screen = FrontBoard {
            from: from.map_or_else(String::new, |at| at.0.to_string()),
            begins: from.map(|at| self.moment(at)),
            stories: self.stories(&front.stories, lines),
            offered,
            words,
            typed: self.form.one("typed").to_owned(),
            plans: to_come
                .iter()
                .filter_map(|front| self.plan(front, from))
                .collect(),
            at: self.form.one("at").to_owned(),
            zone: self.zone.iana_name().unwrap_or("UTC").to_owned(),
            faulty: again.faults.iter().map(|fault| fault.field).collect(),
            faults: again.faults,
            next: next.map_or(0, |at| at.0 / 1_000),
            position,
            script: self.script(Script::Board),
        };
        self.show(again.status, again.notice, &screen)
    }

    fn plan(&self, front: &FrontPage, shown: Option<Timestamp>) -> Option<Plan> {
        let at = front.from?;
        Some(Plan {
            path: board(Some(at), ""),
            at: self.moment(at),
            count: front.stories.len(),
            here: shown == Some(at),
        })
    }

    /// The stories that are chosen; one that is gone for good has its number alone.
    fn stories(&self, chosen: &[Id], lines: Vec<ArticleLine>) -> Vec<Story> {
        let mut stories: Vec<Story> = lines.into_iter().map(|line| self.story(line)).collect();
        let each = chosen.iter().map(|id| {
            let at = stories.iter().position(|story| story.id == id.get());
            at.map_or_else(|| lost(*id), |at| stories.swap_remove(at))
        });
        each.collect()
    }

    fn story(&self, line: ArticleLine) -> Story {
        let is_shown = line.state == ArticleState::Published;
        Story {
            id: line.id.get(),
            path: is_shown.then(|| Url::of_article(line.kind, line.id, line.slug).to_string()),
            published: line.published_at.map(|at| self.moment(at)),
            headline: line.headline,
        }
    }

    /// Stories that may be added: the newest, or those of them that hold all words.
    async fn offered(&self, front: &FrontPage, words: &str) -> Result<Vec<Story>, Failure> {
        let wanted = fold(words);
        let wanted: Vec<&str> = wanted.split_whitespace().collect();
        let many = if wanted.is_empty() {
            u32::try_from(OFFERED + CHOSEN_MAX).unwrap_or(SEARCHED)
        } else {
            SEARCHED
        };
        let newest = self.site.store.latest_stories(many).await?;
        let fits = |line: &ArticleLine| {
            let headline = fold(&line.headline);
            !front.stories.contains(&line.id) && wanted.iter().all(|word| headline.contains(word))
        };
        let found = newest.into_iter().filter(fits).take(OFFERED);
        Ok(found.map(|line| self.story(line)).collect())
    }

    pub(super) async fn add_story(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let typed = match self.form.one("story") {
            "" => self.form.one("typed").trim(),
            story => story,
        };
        let settings = self.site.store.settings().await?;
        let own = self.own_path(typed, &settings);
        let id = Id::parse(&own).or_else(|| {
            let path = own.split(['?', '#']).next().unwrap_or_default();
            match Url::parse(path, None) {
                Some(Url::Article(id, _)) => Some(id),
                _ => None,
            }
        });
        match id {
            Some(id) => self.on_front(visitor, FrontAct::Add(id), "add").await,
            None => self.front_board(Again::fault(nothing(typed))).await,
        }
    }

    pub(super) async fn remove_story(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        match Id::parse(self.form.one("line")) {
            Some(id) => self.on_front(visitor, FrontAct::Remove(id), "remove").await,
            None => self.problem(StatusCode::UNPROCESSABLE_ENTITY, "article-gone"),
        }
    }

    pub(super) async fn move_story(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let Some(id) = Id::parse(self.form.one("line")) else {
            return self.problem(StatusCode::UNPROCESSABLE_ENTITY, "article-gone");
        };
        let seen = ids(self.form.one("seen"));
        let at = seen.iter().position(|story| *story == id);
        let to = place(self.form.one("to"), at);
        self.on_front(visitor, FrontAct::Move(id, to), "order")
            .await
    }

    async fn on_front(
        &self,
        visitor: &Visitor,
        act: FrontAct,
        did: &str,
    ) -> Result<Reply, Failure> {
        let (from, seen) = (self.from(), ids(self.form.one("seen")));
        let actor = Actor::User(visitor.user.id);
        let store = &self.site.store;
        match change_front_page(store, (from, &seen), act, actor, self.now).await {
            Ok(_) => Ok(Reply::see(&board(from, did))),
            Err(error) => self.front_refused(error, "typed").await,
        }
    }

    pub(super) async fn schedule_front(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let zone = self.zone.iana_name().unwrap_or("UTC");
        let Some(at) = Timestamp::parse_local(self.form.one("at"), zone) else {
            let fault = fault("at", "front-no-moment", 0);
            return self.front_board(Again::fault(fault)).await;
        };
        let actor = Actor::User(visitor.user.id);
        match schedule_front_page(&self.site.store, at, actor, self.now).await {
            Ok(_) => Ok(Reply::see(&board(Some(at), "plan"))),
            Err(ActionError::Store(StoreError::Conflict)) => {
                let fault = fault("at", "front-moment-taken", 0);
                self.front_board(Again::fault(fault)).await
            }
            Err(error) => self.front_refused(error, "at").await,
        }
    }

    pub(super) async fn unschedule_front(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let Some(from) = self.from() else {
            return self.problem(StatusCode::UNPROCESSABLE_ENTITY, "front-plan-gone");
        };
        let actor = Actor::User(visitor.user.id);
        match unschedule_front_page(&self.site.store, from, actor, self.now).await {
            Ok(_) => Ok(Reply::see(&board(None, "cancel"))),
            Err(ActionError::Store(StoreError::Conflict)) => {
                self.problem(StatusCode::CONFLICT, "front-plan-gone")
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The board with what was refused by a rule.
    async fn front_refused(
        &self,
        error: ActionError,
        field: &'static str,
    ) -> Result<Reply, Failure> {
        let wrong = match error {
            ActionError::Store(StoreError::Conflict) => {
                let again = Again {
                    status: StatusCode::CONFLICT,
                    notice: Some(Notice::refused("front-changed-meanwhile")),
                    faults: Vec::new(),
                };
                return self.front_board(again).await;
            }
            ActionError::Front(rule) => match rule {
                FrontError::TooMany => fault(field, "front-full", CHOSEN_MAX),
                FrontError::Twice => fault(field, "front-twice", 0),
                FrontError::Past => fault(field, "front-moment-past", 0),
                FrontError::TooFar => fault(field, "moment-far", 0),
            },
            ActionError::NoArticle(id) => nothing(&id.to_string()),
            ActionError::NothingThere(typed) => nothing(&typed),
            error => return Err(error.into()),
        };
        self.front_board(Again::fault(wrong)).await
    }
}

/// A story that is gone for good.
fn lost(id: Id) -> Story {
    Story {
        id: id.get(),
        headline: id.to_string(),
        path: None,
        published: None,
    }
}

/// The address of the board of a page, with what was done.
fn board(from: Option<Timestamp>, did: &str) -> String {
    let from = from.map(|at| format!("from={}", at.0));
    let did = (!did.is_empty()).then(|| format!("done={did}"));
    let query: Vec<String> = from.into_iter().chain(did).collect();
    if query.is_empty() {
        BOARD.to_owned()
    } else {
        format!("{BOARD}?{}", query.join("&"))
    }
}

fn nothing(typed: &str) -> Fault {
    Fault {
        value: typed.chars().take(ADDRESS_LETTERS_TOLD).collect(),
        ..fault("typed", "front-nothing", 0)
    }
}
