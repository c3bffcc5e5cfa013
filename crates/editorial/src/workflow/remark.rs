//! Remarks: what colleagues say to each other beside a text, and whom they name in it with @.

use arabic::fold::fold;

use super::WorkflowWrite;
use crate::{
    ChangeKey, Changes, Id, Timestamp, Write,
    audit::{Action, Actor, AuditEntry},
};

/// The longest remark, in code points.
pub const REMARK_LETTERS_MAX: usize = 2_000;
/// The longest words of the text that a remark is about, in code points.
pub const QUOTE_LETTERS_MAX: usize = 300;
/// The most remarks beside one article.
pub const REMARKS_MAX: u32 = 300;

/// What somebody says beside a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Its id.
    pub id: Id,
    /// The article.
    pub article: Id,
    /// Who says it; none: somebody at the command line.
    pub written_by: Option<Id>,
    /// When.
    pub at: Timestamp,
    /// The words of the text that it is about, or empty.
    pub quote: String,
    /// What is said.
    pub text: String,
    /// By whom and when it was settled.
    pub settled: Option<(Id, Timestamp)>,
}

/// Why a remark is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RemarkError {
    /// It says nothing.
    #[error("the remark has no words")]
    Empty,
    /// It is too long.
    #[error("the remark has {0} letters, more than {REMARK_LETTERS_MAX}: shorten it")]
    TooLong(usize),
    /// What it quotes is too long.
    #[error("the quoted words have {0} letters, more than {QUOTE_LETTERS_MAX}: quote fewer")]
    QuoteTooLong(usize),
    /// There are too many.
    #[error("the article has {REMARKS_MAX} remarks, and no room for more")]
    TooMany,
    /// There is no such remark.
    #[error("there is no such remark, or it is settled already")]
    NoRemark,
}

impl Remark {
    /// Says it, beside as many as there are.
    ///
    /// # Errors
    /// [`RemarkError`].
    pub fn say(mut self, there_are: u32, actor: Actor) -> Result<Changes, RemarkError> {
        let text = self.text.trim().to_owned();
        self.text = text;
        self.quote = self.quote.split_whitespace().collect::<Vec<_>>().join(" ");
        let letters = self.text.chars().count();
        if letters == 0 {
            return Err(RemarkError::Empty);
        }
        if letters > REMARK_LETTERS_MAX {
            return Err(RemarkError::TooLong(letters));
        }
        let quoted = self.quote.chars().count();
        if quoted > QUOTE_LETTERS_MAX {
            return Err(RemarkError::QuoteTooLong(quoted));
        }
        if there_are >= REMARKS_MAX {
            return Err(RemarkError::TooMany);
        }
        let entry = AuditEntry::new(self.article, Action::ArticleRemark, actor, self.at);
        Ok(Changes::new()
            .key(ChangeKey::WORKFLOW)
            .audit(entry)
            .write(Write::Workflow(WorkflowWrite::Remark(self))))
    }

    /// Says that nothing is left to do about it.
    ///
    /// # Errors
    /// [`RemarkError::NoRemark`] where that was said already.
    pub fn settle(self, by: Id, now: Timestamp) -> Result<Changes, RemarkError> {
        if self.settled.is_some() {
            return Err(RemarkError::NoRemark);
        }
        let settled = WorkflowWrite::RemarkSettled {
            id: self.id,
            by,
            at: now,
        };
        Ok(Changes::new()
            .key(ChangeKey::WORKFLOW)
            .write(Write::Workflow(settled)))
    }
}

/// The users whom a remark names with @, each once: the longest name that fits, in whatever
/// spelling, and whole.
///
/// ```
/// # use editorial::{Id, workflow::mentioned};
/// let (layla, ali) = (Id::new(1).unwrap(), Id::new(2).unwrap());
/// let users = [(layla, "ليلى حدّاد"), (ali, "علي"), (Id::new(3).unwrap(), "ليلى")];
/// assert_eq!(mentioned("@ليلي حداد راجعي الرقم مع @علي.", &users), [layla, ali]);
/// assert_eq!(mentioned("اكتب إلى ali@example.org أو @عليّان", &users), []);
/// ```
pub fn mentioned(text: &str, users: &[(Id, &str)]) -> Vec<Id> {
    let text = fold(text);
    let mut names: Vec<(String, Id)> = users
        .iter()
        .map(|(id, name)| (fold(name), *id))
        .filter(|(name, _)| !name.is_empty())
        .collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    let mut found = Vec::new();
    for (at, _) in text.match_indices('@') {
        if text[..at].ends_with(char::is_alphanumeric) {
            continue;
        }
        let after = &text[at + 1..];
        let named = names.iter().find(|(name, _)| {
            after
                .strip_prefix(name.as_str())
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        });
        if let Some((_, id)) = named
            && !found.contains(id)
        {
            found.push(*id);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remark(text: &str, quote: &str) -> Remark {
        let id = Id::new(1).expect("in range");
        Remark {
            id,
            article: id,
            written_by: Some(id),
            at: Timestamp(0),
            quote: quote.to_owned(),
            text: text.to_owned(),
            settled: None,
        }
    }

    #[test]
    fn a_remark_has_words_and_room() {
        for (text, quote, there_are, expect) in [
            (" \n", "", 0, Some(RemarkError::Empty)),
            (
                &*"ا".repeat(2_001),
                "",
                0,
                Some(RemarkError::TooLong(2_001)),
            ),
            (
                "نعم",
                &*"ا".repeat(301),
                0,
                Some(RemarkError::QuoteTooLong(301)),
            ),
            ("نعم", "", 300, Some(RemarkError::TooMany)),
            ("نعم", "", 299, None),
        ] {
            let said = remark(text, quote).say(there_are, Actor::CommandLine);
            assert_eq!(said.err(), expect);
        }
    }

    #[test]
    fn a_settled_remark_is_not_settled_again() {
        let by = Id::new(2).expect("in range");
        let open = remark("نعم", "");
        assert!(open.clone().settle(by, Timestamp(1)).is_ok());
        let settled = Remark {
            settled: Some((by, Timestamp(1))),
            ..open
        };
        let again = settled.settle(by, Timestamp(2));
        assert_eq!(again.err(), Some(RemarkError::NoRemark));
    }
}
