//! Which comments a screen shows, as its address says it; and what was just
//! decided, as the address of the screen after it says it.

use std::fmt::Write as _;

use actions::comments::Decided;
use credentials::Token;
use editorial::{
    Id, Timestamp,
    comment::{COMMENTS_PER_PAGE, CommentState, Decision},
    urls::encode,
};
use store::{Wanted, Wants};

use crate::forms::Form;

/// Where the queue is.
pub(super) const QUEUE: &str = "/newsroom/comments";
/// The longest search, in code points.
const WORDS_LETTERS_MAX: usize = 100;
/// For how long it is said what was done, and offered to take it back.
const SAID_FOR: i64 = 10 * Timestamp::SECOND;

/// Which comments are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct View {
    pub(super) wants: Wants,
    /// What is searched, as it was typed.
    pub(super) words: String,
    pub(super) before: Option<Id>,
}

impl View {
    /// All of one kind.
    pub(super) const fn of(wants: Wants) -> Self {
        Self {
            wants,
            words: String::new(),
            before: None,
        }
    }

    /// The view that fields name; the waiting comments where they name none.
    pub(super) fn read(fields: &Form) -> Self {
        let shown = match fields.one("show") {
            "reported" => Wants::Reported,
            "all" => Wants::All,
            name => Wants::State(CommentState::parse(name).unwrap_or(CommentState::Waiting)),
        };
        let words = fields.one("q").trim().chars().take(WORDS_LETTERS_MAX);
        Self {
            wants: Id::parse(fields.one("article")).map_or(shown, Wants::Article),
            words: words.collect(),
            before: Id::parse(fields.one("before")),
        }
    }

    /// The view that [`View::query`] wrote.
    pub(super) fn parse(query: &str) -> Self {
        Self::read(&Form::read(query.as_bytes()))
    }

    /// The fields that name it.
    pub(super) fn query(&self) -> String {
        let mut out = match self.wants {
            Wants::Article(id) => format!("article={id}"),
            wants => format!("show={}", name(wants)),
        };
        // Writing to a text cannot fail.
        if !self.words.is_empty() {
            let _ = write!(out, "&q={}", encode(&self.words));
        }
        if let Some(before) = self.before {
            let _ = write!(out, "&before={before}");
        }
        out
    }

    /// Its address.
    pub(super) fn path(&self) -> String {
        format!("{QUEUE}?{}", self.query())
    }

    /// The same comments from another one on.
    pub(super) fn from(&self, before: Option<Id>) -> Self {
        Self {
            before,
            ..self.clone()
        }
    }

    /// What is asked of the store.
    pub(super) fn wanted(&self) -> Wanted {
        Wanted {
            wants: self.wants,
            words: arabic::fold::fold(&self.words),
            before: self.before,
            limit: COMMENTS_PER_PAGE,
        }
    }
}

/// The name of a choice; `article` where it is one article's.
pub(super) const fn name(wants: Wants) -> &'static str {
    match wants {
        Wants::State(state) => state.name(),
        Wants::Reported => "reported",
        Wants::Article(_) => "article",
        Wants::All => "all",
    }
}

/// What a button does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Decide(Decision),
    Block,
    Unblock,
    /// What was done before is taken back.
    Undo,
}

impl Act {
    pub(super) fn parse(name: &str) -> Option<Self> {
        match name {
            "block" => Some(Self::Block),
            "unblock" => Some(Self::Unblock),
            "undo" => Some(Self::Undo),
            name => Decision::parse(name).map(Self::Decide),
        }
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Decide(decision) => decision.name(),
            Self::Block => "block",
            Self::Unblock => "unblock",
            Self::Undo => "undo",
        }
    }
}

/// What was done to some comments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Done {
    pub(super) act: Act,
    pub(super) at: Timestamp,
    /// Comments that somebody else changed meanwhile.
    pub(super) changed: u32,
    /// Comments that stood so already, or could not be brought there.
    pub(super) left: u32,
    /// Those that it was done to, with what they were before.
    pub(super) decided: Vec<Decided>,
}

impl Done {
    pub(super) const fn new(act: Act, at: Timestamp) -> Self {
        Self {
            act,
            at,
            changed: 0,
            left: 0,
            decided: Vec::new(),
        }
    }

    /// Letters that stand in an address as they are.
    pub(super) fn to_text(&self) -> String {
        let (name, at) = (self.act.name(), self.at.0);
        let mut out = format!("{name}.{at}.{}.{}.", self.changed, self.left);
        for one in &self.decided {
            let (state, reports) = (one.before as i64, one.reports);
            let _ = write!(out, "{}-{}-{state}-{reports}_", one.id, one.version);
        }
        out
    }

    /// What [`Done::to_text`] wrote, under the seal of `holder`.
    pub(super) fn parse(text: &str, seal: &str, holder: &Token) -> Option<Self> {
        if Token::parse(seal)?.hash() != sealed(text, holder).hash() {
            return None;
        }
        let mut parts = text.split('.');
        let (act, at) = (Act::parse(parts.next()?)?, parts.next()?.parse().ok()?);
        let (changed, left) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let each = parts.next()?.split_terminator('_').map(decided);
        Some(Self {
            act,
            at: Timestamp(at),
            changed,
            left,
            decided: each.collect::<Option<_>>()?,
        })
    }

    /// The seal that nobody but `holder` can make.
    pub(super) fn seal(text: &str, holder: &Token) -> String {
        sealed(text, holder).to_text()
    }

    /// Whether it is still said.
    pub(super) fn is_news(&self, now: Timestamp) -> bool {
        (0..SAID_FOR).contains(&(now.0 - self.at.0))
    }
}

fn sealed(text: &str, holder: &Token) -> Token {
    holder.derived(&format!("done {text}"))
}

fn decided(text: &str) -> Option<Decided> {
    let mut parts = text.split('-');
    Some(Decided {
        id: Id::parse(parts.next()?)?,
        version: parts.next()?.parse().ok()?,
        before: CommentState::from_code(parts.next()?.parse().ok()?)?,
        reports: parts.next()?.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: i64) -> Id {
        Id::new(number).expect("in range")
    }

    #[test]
    fn a_view_is_its_address() {
        for (query, wants) in [
            ("show=waiting", Wants::State(CommentState::Waiting)),
            ("show=reported", Wants::Reported),
            ("show=all", Wants::All),
            ("article=7", Wants::Article(id(7))),
        ] {
            let view = View::parse(query);
            assert_eq!((view.wants, view.query()), (wants, query.to_owned()));
        }
        let view = View {
            words: "قال & كان?#".to_owned(),
            before: Some(id(9)),
            ..View::of(Wants::All)
        };
        assert_eq!(View::parse(&view.query()), view);
        // Whatever comes leads to the queue and nowhere else.
        let strange = View::parse("show=//evil.example&before=x&q=%0d%0aLocation: x");
        assert_eq!(
            strange.path(),
            "/newsroom/comments?show=waiting&q=Location%3A%20x"
        );
    }

    #[test]
    fn what_was_done_is_read_back_under_its_own_seal_alone() {
        let (own, other) = (Token::new([1; 32]), Token::new([2; 32]));
        let one = |number, before| Decided {
            id: id(number),
            version: 2,
            before,
            reports: 3,
        };
        let done = Done {
            changed: 1,
            left: 4,
            decided: vec![
                one(5, CommentState::Waiting),
                one(6, CommentState::Rejected),
            ],
            ..Done::new(Act::Decide(Decision::Approve), Timestamp(8))
        };
        let text = done.to_text();
        let seal = Done::seal(&text, &own);
        assert_eq!(Done::parse(&text, &seal, &own), Some(done.clone()));
        assert_eq!(Done::parse(&text, &seal, &other), None);
        assert_eq!(Done::parse(&text.replace("5-2", "7-2"), &seal, &own), None);
        assert!(done.is_news(Timestamp(8 + SAID_FOR - 1)));
        assert!(!done.is_news(Timestamp(8 + SAID_FOR)) && !done.is_news(Timestamp(7)));
    }
}
