//! The board of the ticker: its lines as readers see them, a new one, and what is
//! done with each.

use actions::{ActionError, change_headline, move_headline, push_headline, remove_headline};
use editorial::{
    Id, SiteSettings, Timestamp,
    accounts::Permission,
    audit::Actor,
    ticker::{LineContent, TEXT_LETTERS_MAX, TickerError, TickerItem},
};
use hyper::StatusCode;
use screens::{
    Script,
    articles::Fault,
    board::{BoardLine, EditLine, Leaves, LineForm, TickerBoard, TypedLine},
    contexts::Notice,
};
use store::StoreError;

use super::{Asked, Failure, Visitor, articles::fault, reply::Reply};

const BOARD: &str = "/newsroom/ticker";
/// How long a line may stay: the names of choices, and minutes.
const STAYS: [(&str, i64); 6] = [
    ("30", 30),
    ("60", 60),
    ("120", 120),
    ("360", 360),
    ("720", 720),
    ("1440", 1_440),
];
/// Until it is recalled.
const KEEP: &str = "keep";
/// Until a moment.
const AT: &str = "at";
/// Letters of an address that are told in a fault.
const ADDRESS_LETTERS_TOLD: usize = 80;
const MINUTE: i64 = 60 * Timestamp::SECOND;
const HOUR: i64 = 60 * MINUTE;

/// What of the board is shown again.
struct Again {
    status: StatusCode,
    notice: Option<Notice>,
    typed: TypedLine,
    faults: Vec<Fault>,
}

impl Again {
    fn refused(status: StatusCode, why: &'static str) -> Self {
        Self {
            status,
            notice: Some(Notice::refused(why)),
            typed: nothing_typed(),
            faults: Vec::new(),
        }
    }
}

fn nothing_typed() -> TypedLine {
    TypedLine {
        stays: KEEP.to_owned(),
        ..TypedLine::default()
    }
}

impl Asked<'_> {
    pub(super) async fn ticker(&self) -> Result<Reply, Failure> {
        let notice = match &*self.query("done") {
            "push" => Some("done-line-push"),
            "change" => Some("done-line-change"),
            "order" => Some("done-line-order"),
            "urgent" => Some("done-line-urgent"),
            "plain" => Some("done-line-plain"),
            "recall" => Some("done-line-recall"),
            _ => None,
        };
        let again = Again {
            status: StatusCode::OK,
            notice: notice.map(Notice::done),
            typed: nothing_typed(),
            faults: Vec::new(),
        };
        self.board(again).await
    }

    async fn board(&self, again: Again) -> Result<Reply, Failure> {
        // Before anything is read, so that nothing is missed by whoever goes on
        // from here.
        let position = self.site.changes.position();
        let store = &self.site.store;
        let settings = store.settings().await?;
        let items = store.ticker_items(self.now).await?;
        let room = usize::try_from(settings.ticker_lines).unwrap_or(usize::MAX);
        let next = items.iter().filter_map(|item| item.expires_at).min();
        let lines = items.into_iter().enumerate();
        let screen = TickerBoard {
            lines: lines.map(|(at, item)| self.line(item, at < room)).collect(),
            room,
            filled: settings.ticker_fill && room > 0,
            new: self.line_form(again.typed, again.faults),
            next: next.map_or(0, |at| at.0 / 1_000),
            position,
            script: self.script(Script::Board),
        };
        self.show(again.status, again.notice, &screen)
    }

    fn line(&self, item: TickerItem, shown: bool) -> BoardLine {
        BoardLine {
            id: item.id.get(),
            version: item.version,
            text: item.text,
            url: item.url,
            urgent: item.urgent,
            at: self.moment(item.at),
            leaves: item.expires_at.map(|at| self.leaves(at)),
            shown,
        }
    }

    /// A moment ahead, and how long it is till then.
    pub(super) fn leaves(&self, at: Timestamp) -> Leaves {
        let left = at.0.saturating_sub(self.now.0);
        let (unit, long) = match left {
            left if left < 90 * MINUTE => ("minutes", MINUTE),
            left if left < 36 * HOUR => ("hours", HOUR),
            _ => ("days", Timestamp::DAY),
        };
        Leaves {
            at: self.moment(at),
            unit,
            count: (left + long / 2) / long,
        }
    }

    fn line_form(&self, typed: TypedLine, faults: Vec<Fault>) -> LineForm {
        let stays = [KEEP].into_iter().chain(STAYS.map(|(name, _)| name));
        LineForm {
            typed,
            stays: stays.chain([AT]).collect(),
            most: TEXT_LETTERS_MAX,
            zone: self.zone.iana_name().unwrap_or("UTC").to_owned(),
            faulty: faults.iter().map(|fault| fault.field).collect(),
            faults,
        }
    }

    fn typed_line(&self) -> TypedLine {
        let sent = |name: &str| self.form.one(name).replace("\r\n", "\n");
        TypedLine {
            text: sent("text"),
            url: sent("url"),
            urgent: self.form.one("urgent") == "1",
            stays: sent("stays"),
            until: sent("until"),
        }
    }

    /// What was typed as the content of a line.
    async fn read_line(&self, typed: &TypedLine) -> Result<Result<LineContent, Fault>, Failure> {
        let for_minutes = STAYS.iter().find(|(name, _)| *name == typed.stays);
        let expires_at = match for_minutes {
            Some((_, minutes)) => Some(self.now.plus(minutes * MINUTE)),
            None if typed.stays == AT => {
                let zone = self.zone.iana_name().unwrap_or("UTC");
                match Timestamp::parse_local(&typed.until, zone) {
                    Some(at) => Some(at),
                    None => return Ok(Err(fault("until", "line-no-until", 0))),
                }
            }
            None => None,
        };
        let settings = self.site.store.settings().await?;
        Ok(Ok(LineContent {
            text: typed.text.clone(),
            url: self.own_path(&typed.url, &settings),
            urgent: typed.urgent,
            expires_at,
        }))
    }

    /// An address as it is kept: one of this site is a path.
    pub(super) fn own_path(&self, typed: &str, settings: &SiteSettings) -> String {
        let typed = typed.trim();
        let here = format!("https://{}", self.host);
        for origin in [&settings.origin, &self.site.config.origin, &here] {
            if let Some(path) = typed.strip_prefix(origin.as_str())
                && !origin.is_empty()
                && path.starts_with('/')
            {
                return path.to_owned();
            }
        }
        typed.to_owned()
    }

    pub(super) async fn push_headline(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let typed = self.typed_line();
        let again = |faults| Again {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            notice: None,
            typed: typed.clone(),
            faults,
        };
        let content = match self.read_line(&typed).await? {
            Ok(content) => content,
            Err(fault) => return self.board(again(vec![fault])).await,
        };
        let actor = Actor::User(visitor.user.id);
        match push_headline(&self.site.store, content, actor, self.now).await {
            Ok(_) => Ok(done("push")),
            Err(error) => match line_fault(&error) {
                Some(fault) => self.board(again(vec![fault])).await,
                None => Err(error.into()),
            },
        }
    }

    pub(super) async fn move_headline(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let seen: Vec<Id> = ids(self.form.one("seen"));
        let Some(id) = Id::parse(self.form.one("line")) else {
            return self.problem(StatusCode::UNPROCESSABLE_ENTITY, "line-gone");
        };
        let from = seen.iter().position(|line| *line == id);
        let place = place(self.form.one("to"), from);
        let actor = Actor::User(visitor.user.id);
        let moved = move_headline(&self.site.store, seen, (id, place), actor, self.now).await;
        self.after(moved.map(|_| ()), "order").await
    }

    pub(super) async fn set_urgent(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let urgent = self.form.one("urgent") == "1";
        let (Some(id), version) = (Id::parse(self.part), self.version("version")) else {
            return self.problem(StatusCode::NOT_FOUND, "line-gone");
        };
        let Some(item) = self.site.store.ticker_item(id).await? else {
            return self.board(gone()).await;
        };
        let content = LineContent {
            text: item.text,
            url: item.url,
            urgent,
            expires_at: item.expires_at,
        };
        let actor = Actor::User(visitor.user.id);
        let store = &self.site.store;
        let set = change_headline(store, (id, version), content, actor, self.now).await;
        let did = if urgent { "urgent" } else { "plain" };
        self.after(set.map(|_| ()), did).await
    }

    pub(super) async fn recall_headline(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let (Some(id), version) = (Id::parse(self.part), self.version("version")) else {
            return self.problem(StatusCode::NOT_FOUND, "line-gone");
        };
        let (store, actor) = (&self.site.store, Actor::User(visitor.user.id));
        let removed = remove_headline(store, id, Some(version), actor, self.now).await;
        self.after(removed.map(|_| ()), "recall").await
    }

    fn version(&self, name: &str) -> i64 {
        self.form.one(name).parse().unwrap_or(0)
    }

    /// The board after something was done, or was not since somebody else changed
    /// it.
    async fn after(&self, done: Result<(), ActionError>, did: &str) -> Result<Reply, Failure> {
        match done {
            Ok(()) => Ok(self::done(did)),
            Err(
                ActionError::Store(StoreError::Conflict)
                | ActionError::Ticker(TickerError::Order | TickerError::Expired),
            ) => {
                let again = Again::refused(StatusCode::CONFLICT, "line-changed-meanwhile");
                self.board(again).await
            }
            Err(ActionError::NoHeadline(_)) => self.board(gone()).await,
            Err(error) => Err(error.into()),
        }
    }

    pub(super) async fn show_headline(&self) -> Result<Reply, Failure> {
        let item = match Id::parse(self.part) {
            Some(id) => self.site.store.ticker_item(id).await?,
            None => None,
        };
        let Some(item) = item else {
            return self.problem(StatusCode::NOT_FOUND, "line-gone");
        };
        let typed = TypedLine {
            text: item.text.clone(),
            url: item.url.clone(),
            urgent: item.urgent,
            stays: if item.expires_at.is_some() { AT } else { KEEP }.to_owned(),
            until: item
                .expires_at
                .map_or_else(String::new, |at| self.written(at, "%Y-%m-%dT%H:%M:%S")),
        };
        let again = Again {
            status: StatusCode::OK,
            notice: None,
            typed,
            faults: Vec::new(),
        };
        self.headline_form(&item, item.version, again)
    }

    fn headline_form(&self, item: &TickerItem, seen: i64, again: Again) -> Result<Reply, Failure> {
        let other = again.status == StatusCode::CONFLICT;
        let screen = EditLine {
            id: item.id.get(),
            seen,
            new: self.line_form(again.typed, again.faults),
            other: other.then(|| item.text.clone()),
            script: self.script(Script::Board),
        };
        self.show(again.status, again.notice, &screen)
    }

    pub(super) async fn change_headline(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let typed = self.typed_line();
        let Some(id) = Id::parse(self.part) else {
            return self.problem(StatusCode::NOT_FOUND, "line-gone");
        };
        let (store, seen) = (&self.site.store, self.version("seen"));
        let Some(item) = store.ticker_item(id).await? else {
            return self.typed_for_what_is_gone(typed).await;
        };
        let again = |status, notice: Option<&'static str>, faults| Again {
            status,
            notice: notice.map(Notice::refused),
            typed: typed.clone(),
            faults,
        };
        let unfit = StatusCode::UNPROCESSABLE_ENTITY;
        let content = match self.read_line(&typed).await? {
            Ok(content) => content,
            Err(fault) => {
                return self.headline_form(&item, seen, again(unfit, None, vec![fault]));
            }
        };
        let actor = Actor::User(visitor.user.id);
        match change_headline(store, (id, seen), content, actor, self.now).await {
            Ok(_) => Ok(done("change")),
            Err(ActionError::Store(StoreError::Conflict)) => {
                let Some(item) = store.ticker_item(id).await? else {
                    return self.typed_for_what_is_gone(typed).await;
                };
                let notice = Some("line-other-saved");
                let again = again(StatusCode::CONFLICT, notice, Vec::new());
                self.headline_form(&item, item.version, again)
            }
            Err(ActionError::NoHeadline(_)) => self.typed_for_what_is_gone(typed).await,
            Err(error) => match line_fault(&error) {
                Some(fault) => self.headline_form(&item, seen, again(unfit, None, vec![fault])),
                None => Err(error.into()),
            },
        }
    }

    async fn typed_for_what_is_gone(&self, typed: TypedLine) -> Result<Reply, Failure> {
        let again = Again::refused(StatusCode::NOT_FOUND, "line-gone-typed");
        self.board(Again { typed, ..again }).await
    }

    /// What is answered to a headline whose form is not ours any more.
    pub(super) async fn headline_not_saved(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        if !visitor.user.roles.allow(Permission::PushHeadlines) {
            return self.kept(StatusCode::FORBIDDEN, "not-allowed");
        }
        let typed = self.typed_line();
        let again = Again::refused(StatusCode::FORBIDDEN, "line-stale");
        let again = Again { typed, ..again };
        let item = match Id::parse(self.part) {
            Some(id) => self.site.store.ticker_item(id).await?,
            None => None,
        };
        match item {
            Some(item) => self.headline_form(&item, self.version("seen"), again),
            None => self.board(again).await,
        }
    }
}

fn done(what: &str) -> Reply {
    Reply::see(&format!("{BOARD}?done={what}"))
}

fn gone() -> Again {
    Again::refused(StatusCode::NOT_FOUND, "line-gone")
}

/// Ids with hyphens between them, in the order of a list.
pub(super) fn ids(text: &str) -> Vec<Id> {
    text.split('-').filter_map(Id::parse).collect()
}

/// Where something goes: one up, one down, or to a place, from 0 at the top.
pub(super) fn place(to: &str, from: Option<usize>) -> usize {
    let from = from.unwrap_or(0);
    match to {
        "up" => from.saturating_sub(1),
        "down" => from + 1,
        place => place.parse().unwrap_or(from),
    }
}

/// What is wrong with which field; `None` where the fault is ours.
fn line_fault(error: &ActionError) -> Option<Fault> {
    Some(match error {
        ActionError::NothingThere(address) => Fault {
            value: address.chars().take(ADDRESS_LETTERS_TOLD).collect(),
            ..fault("url", "line-nothing", 0)
        },
        ActionError::Ticker(rule) => match rule {
            TickerError::Empty => fault("text", "line-empty", 0),
            TickerError::TooLong(letters) => fault("text", "line-long", *letters),
            TickerError::Url => fault("url", "line-url", 0),
            TickerError::Expired => fault("until", "line-past", 0),
            TickerError::Order => return None,
        },
        _ => return None,
    })
}
