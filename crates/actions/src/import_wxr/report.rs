//! What an import did, and what it could not do and why.

use std::{collections::BTreeMap, time::Duration};

use serde::Serialize;

/// Lines kept; the rest are counted.
const LINES_MAX: usize = 200_000;

/// The report of an import.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ImportReport {
    /// How many of each kind of thing: `articles_new`, `comments_new` …
    pub counts: BTreeMap<String, u64>,
    /// How long the longest transaction kept others from writing, in
    /// milliseconds, rounded up; 0 where nothing was written.
    pub longest_transaction_ms: u64,
    /// One line for each thing not imported, or not imported whole.
    pub lines: Vec<ReportLine>,
    /// Lines that did not fit into the report.
    pub lines_left_out: u64,
}

/// One thing and why it is not as it was.
#[derive(Clone, Debug, Serialize)]
pub struct ReportLine {
    /// The line of the file on which the item begins, 0 if unknown.
    pub line: u64,
    /// The byte of the file at which it begins, 0 if unknown.
    pub byte: u64,
    /// What it is: `post`, `attachment`, `comment` …
    pub kind: String,
    /// WordPress's number.
    pub id: String,
    /// What became of it, and why.
    pub why: String,
}

impl ImportReport {
    /// Counts one thing.
    pub fn count(&mut self, what: &str) {
        self.count_many(what, 1);
    }

    /// Counts several things.
    pub fn count_many(&mut self, what: &str, how_many: u64) {
        if how_many > 0 {
            *self.counts.entry(what.to_owned()).or_default() += how_many;
        }
    }

    /// A transaction took so long.
    pub(super) fn transaction(&mut self, took: Duration) {
        let ms = u64::try_from(took.as_micros().div_ceil(1_000)).unwrap_or(u64::MAX);
        self.longest_transaction_ms = self.longest_transaction_ms.max(ms.max(1));
    }

    /// Notes one thing.
    pub fn note(&mut self, line: u64, byte: u64, kind: &str, id: &str, why: &str) {
        if self.lines.len() < LINES_MAX {
            let (kind, id, why) = (kind.to_owned(), id.to_owned(), why.to_owned());
            self.lines.push(ReportLine {
                line,
                byte,
                kind,
                id,
                why,
            });
        } else {
            self.lines_left_out += 1;
        }
    }
}
