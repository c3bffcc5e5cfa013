//! What is asked and what is found.

use editorial::{Id, Timestamp, settings::Freshness};

use crate::Marks;

/// Letters of a query that are read.
pub const LETTERS_MAX: usize = 500;
/// Words of a query that are searched.
pub const WORDS_MAX: usize = 16;
/// Results a page may have.
pub const PAGE_SIZE_MAX: usize = 50;
/// Results that can be paged through: what comes later is reached by asking
/// more closely.
pub(crate) const RESULTS_MAX: usize = 500;
/// Pages of ten.
pub const PAGES_MAX: usize = RESULTS_MAX / 10;

/// A question. What is outside of the limits is moved to them.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// What was typed: words, phrases in «» or "", words behind a - that must
    /// not be there. Empty with a filter: everything that passes the filter.
    pub text: String,
    /// Only this section.
    pub section: Option<Id>,
    /// Only by this author.
    pub author: Option<Id>,
    /// Only with this tag.
    pub tag: Option<Id>,
    /// Only in this language (as in [`editorial::SearchDocument`]).
    pub language: Option<String>,
    /// Only published at this moment or later.
    pub from: Option<Timestamp>,
    /// Only published before this moment.
    pub until: Option<Timestamp>,
    /// What comes first.
    pub order: Order,
    /// How much new articles come before old ones.
    pub freshness: Freshness,
    /// Which page, from 1; 0 is the first too.
    pub page: usize,
    /// Results of a page, to [`PAGE_SIZE_MAX`]; 0 is ten.
    pub page_size: usize,
}

impl Query {
    /// Results of a page, within the limits.
    pub fn page_size(&self) -> usize {
        match self.page_size {
            0 => 10,
            size => size.min(PAGE_SIZE_MAX),
        }
    }
}

/// What comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// What answers best; newer before older where both answer alike.
    #[default]
    Relevance,
    /// The newest.
    Newest,
}

/// An article that answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// The article.
    pub id: Id,
    /// How well it answers; means something only beside the others.
    pub score: f32,
}

/// What was found.
#[derive(Clone, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is another sentence for the reader"
)]
pub struct Found {
    /// Articles that answer, exactly, unless [`Found::in_time`] is false.
    pub total: u64,
    /// Those of the page.
    pub hits: Vec<Hit>,
    /// The page shown, from 1: the last one where a later one was asked for.
    pub page: usize,
    /// Pages there are, at least 1.
    pub pages: usize,
    /// What to mark in headlines and texts.
    pub marks: Marks,
    /// The query with a word that is found more often; offered where little was
    /// found and it finds more.
    pub did_you_mean: Option<String>,
    /// No article has all the words; these have a third of them or more.
    pub some_words: bool,
    /// Where those that have all the words do not fill the first page: what has
    /// a third of them or more, to fill it. Not counted in `total`.
    pub also: Vec<Hit>,
    /// The query was longer than the limits, and its end is not searched.
    pub shortened: bool,
    /// Whether all articles were looked at in the time a query may take.
    pub in_time: bool,
    /// Whether the index could be read; if not, nothing was found, and
    /// [`crate::Index::state`] says why.
    pub usable: bool,
}
