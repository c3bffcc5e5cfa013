//! The ticker: the strip of latest headlines, and one line of it.

use serde::{Deserialize, Serialize};

use crate::{
    ChangeKey, Changes, Id, Timestamp, Write,
    audit::{Action, Actor, AuditEntry},
    urls,
};

/// The longest line, in code points.
pub const TEXT_LETTERS_MAX: usize = 300;

/// One line of the ticker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TickerItem {
    /// Its id.
    pub id: Id,
    /// The headline.
    pub text: String,
    /// Where it leads: an address on this site or elsewhere; empty for none.
    pub url: String,
    /// Whether it is marked «عاجل».
    pub urgent: bool,
    /// When it was pushed: it stood first then.
    pub at: Timestamp,
    /// When it leaves by itself.
    pub expires_at: Option<Timestamp>,
    /// Counts its changes, from 1: the guard against two who change it at once.
    pub version: i64,
}

/// What of a line may be changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineContent {
    /// Its words.
    pub text: String,
    /// Where it leads, or empty.
    pub url: String,
    /// Whether it is marked «عاجل».
    pub urgent: bool,
    /// When it leaves by itself.
    pub expires_at: Option<Timestamp>,
}

/// Something about the ticker, as the store writes it.
#[derive(Clone, Debug)]
pub enum TickerWrite {
    /// A new line, above all others.
    Pushed(TickerItem),
    /// A line as it shall be. The guard is its version, one less than it will have.
    Changed(TickerItem),
    /// A line leaves. The guard is the version that was seen.
    Removed {
        /// The line.
        id: Id,
        /// The version.
        version: i64,
    },
    /// Lines in another order; each takes the place of one of them. The guard is the
    /// order that was seen: those lines, and no other between them.
    Arranged {
        /// The order that was seen, from the top.
        seen: Vec<Id>,
        /// The order that shall be.
        wanted: Vec<Id>,
    },
}

/// Why a line is refused.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum TickerError {
    /// There is no text.
    #[error("the headline has no text")]
    Empty,
    /// It is too long.
    #[error("the headline has {0} letters; a line of the ticker has at most {TEXT_LETTERS_MAX}")]
    TooLong(usize),
    /// Its address is neither http, https nor on this site.
    #[error("the address must begin with https://, http:// or /")]
    Url,
    /// It would leave before it is shown.
    #[error("the moment at which the headline leaves is past already: choose one ahead")]
    Expired,
    /// An order of other lines than those there are.
    #[error("the order does not name the lines that were seen")]
    Order,
}

impl TickerItem {
    /// The changes that put this line into the ticker, above all others. Its text
    /// is folded to one line.
    ///
    /// # Errors
    /// [`TickerError`] where it has no text, too much, an unsafe address, or leaves
    /// before it comes.
    pub fn push(mut self, actor: Actor) -> Result<Changes, TickerError> {
        self.fold_and_check(self.at)?;
        let (id, at) = (self.id, self.at);
        let entry = AuditEntry::new(id, Action::TickerPush, actor, at);
        Ok(changes(TickerWrite::Pushed(self), entry))
    }

    /// The changes that give this line, as it was seen, another content. It keeps its
    /// place.
    ///
    /// # Errors
    /// As [`TickerItem::push`].
    pub fn change(
        self,
        content: LineContent,
        actor: Actor,
        now: Timestamp,
    ) -> Result<Changes, TickerError> {
        let LineContent {
            text,
            url,
            urgent,
            expires_at,
        } = content;
        let mut changed = Self {
            text,
            url,
            urgent,
            expires_at,
            version: self.version + 1,
            ..self
        };
        changed.fold_and_check(now)?;
        let entry = AuditEntry::new(changed.id, Action::TickerChange, actor, now);
        Ok(changes(TickerWrite::Changed(changed), entry))
    }

    /// The changes that take this line, as it was seen, out of the ticker.
    pub fn remove(&self, actor: Actor, now: Timestamp) -> Changes {
        let (id, version) = (self.id, self.version);
        let entry = AuditEntry::new(id, Action::TickerRemove, actor, now);
        changes(TickerWrite::Removed { id, version }, entry)
    }

    fn fold_and_check(&mut self, now: Timestamp) -> Result<(), TickerError> {
        self.text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let letters = self.text.chars().count();
        if letters == 0 {
            return Err(TickerError::Empty);
        }
        if letters > TEXT_LETTERS_MAX {
            return Err(TickerError::TooLong(letters));
        }
        if !(self.url.is_empty()
            || urls::is_path(&self.url)
            || self.url.starts_with("https://")
            || self.url.starts_with("http://"))
        {
            return Err(TickerError::Url);
        }
        if self.expires_at.is_some_and(|at| at <= now) {
            return Err(TickerError::Expired);
        }
        Ok(())
    }
}

/// The changes that put the lines that were seen into another order; `moved` is the
/// one that somebody moved.
///
/// # Errors
/// [`TickerError::Order`] where `wanted` names other lines than `seen`, or one twice.
pub fn arrange(
    seen: Vec<Id>,
    wanted: Vec<Id>,
    moved: Id,
    actor: Actor,
    now: Timestamp,
) -> Result<Changes, TickerError> {
    let sorted = |ids: &[Id]| {
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids
    };
    let lines = sorted(&seen);
    let is_once = lines.windows(2).all(|pair| pair[0] != pair[1]);
    if !is_once || lines != sorted(&wanted) || !seen.contains(&moved) {
        return Err(TickerError::Order);
    }
    let entry = AuditEntry::new(moved, Action::TickerOrder, actor, now);
    Ok(changes(TickerWrite::Arranged { seen, wanted }, entry))
}

fn changes(write: TickerWrite, entry: AuditEntry) -> Changes {
    Changes::new()
        .write(Write::Ticker(write))
        .audit(entry)
        .key(ChangeKey::TICKER)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(text: &str, url: &str) -> TickerItem {
        TickerItem {
            id: Id::new(1).expect("in range"),
            text: text.into(),
            url: url.into(),
            urgent: false,
            at: Timestamp(0),
            expires_at: None,
            version: 1,
        }
    }

    #[test]
    fn refuses_what_cannot_be_shown() {
        let push = |text: &str, url: &str| item(text, url).push(Actor::System).map(|_| ());
        assert_eq!(push("هدنة في الجنوب", "/a/1/x"), Ok(()));
        assert_eq!(push(" \n ", ""), Err(TickerError::Empty));
        assert_eq!(push(&"ا".repeat(301), ""), Err(TickerError::TooLong(301)));
        for url in ["javascript:alert(1)", "//evil.example", "data:,x"] {
            assert_eq!(push("خبر", url), Err(TickerError::Url), "{url}");
        }
    }
    #[test]
    fn a_line_that_is_changed_is_checked_again() {
        let change = |content: LineContent| {
            let changed = item("خبر", "").change(content, Actor::System, Timestamp(5));
            changed.map(|changes| changes.writes.len())
        };
        let content = LineContent {
            text: "خبر آخر".into(),
            expires_at: Some(Timestamp(6)),
            ..LineContent::default()
        };
        assert_eq!(change(content.clone()), Ok(1));
        let expires_at = Some(Timestamp(5));
        let past = LineContent {
            expires_at,
            ..content
        };
        assert_eq!(change(past), Err(TickerError::Expired));
        assert_eq!(change(LineContent::default()), Err(TickerError::Empty));
    }

    #[test]
    fn an_order_names_the_lines_that_were_seen() {
        let ids = |numbers: &[i64]| -> Vec<Id> {
            let ids = numbers.iter().map(|number| Id::new(*number));
            ids.map(|id| id.expect("in range")).collect()
        };
        let order = |seen: &[i64], wanted: &[i64]| {
            let moved = Id::new(1).expect("in range");
            let (seen, wanted) = (ids(seen), ids(wanted));
            arrange(seen, wanted, moved, Actor::System, Timestamp(0)).map(|_| ())
        };
        assert_eq!(order(&[3, 1, 2], &[1, 3, 2]), Ok(()));
        for (seen, wanted) in [
            (&[3, 1][..], &[1, 2][..]),
            (&[3, 1], &[1]),
            (&[1, 1], &[1, 1]),
            (&[3, 2], &[2, 3]),
        ] {
            assert_eq!(order(seen, wanted), Err(TickerError::Order));
        }
    }
}
