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
    /// When it was pushed; the newest stands first.
    pub at: Timestamp,
    /// When it leaves by itself.
    pub expires_at: Option<Timestamp>,
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
}

impl TickerItem {
    /// The changes that put this line into the ticker. Its text is folded to
    /// one line.
    ///
    /// # Errors
    /// [`TickerError`] where it has no text, too much, or an unsafe address.
    pub fn push(mut self, actor: Actor) -> Result<Changes, TickerError> {
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
        let (id, at) = (self.id, self.at);
        Ok(Changes::new()
            .write(Write::TickerItem(self))
            .audit(AuditEntry {
                at,
                actor,
                action: Action::TickerPush,
                subject: id,
                note: String::new(),
            })
            .key(ChangeKey::TICKER))
    }

    /// The changes that take this line out of the ticker.
    pub fn remove(id: Id, actor: Actor, now: Timestamp) -> Changes {
        Changes::new()
            .write(Write::TickerItemRemoved(id))
            .audit(AuditEntry {
                at: now,
                actor,
                action: Action::TickerRemove,
                subject: id,
                note: String::new(),
            })
            .key(ChangeKey::TICKER)
    }
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
}
