//! Which of the old site's numbers this run has met: an item may stand twice
//! in a file, and what was imported once and is met no more was deleted there.

use std::collections::HashSet;

use editorial::Id;

/// Numbers of one kind of thing.
#[derive(Default)]
pub(super) struct Numbers {
    /// WordPress counts.
    counted: HashSet<u64>,
    /// Whatever else a file may hold.
    others: HashSet<String>,
}

/// Numbers met, by what they number.
#[derive(Default)]
pub(super) struct Met {
    pub(super) posts: Numbers,
    pub(super) attachments: Numbers,
    pub(super) comments: Numbers,
    /// Ids here of the posts.
    pub(super) articles: HashSet<Id>,
    /// Logins.
    pub(super) authors: Numbers,
    /// Slugs.
    pub(super) categories: Numbers,
    pub(super) tags: Numbers,
    /// Whether the export declares any, beside those that its items name.
    pub(super) declares_authors: bool,
    pub(super) declares_categories: bool,
    pub(super) declares_tags: bool,
    /// Kinds of things that this site never gave before: none of them is known.
    new_kinds: HashSet<&'static str>,
}

impl Met {
    pub(super) fn is_new_kind(&mut self, kind: &'static str) {
        self.new_kinds.insert(kind);
    }

    pub(super) fn first_time(&self, kind: &str) -> bool {
        self.new_kinds.contains(kind)
    }
}

impl Numbers {
    /// Notes a number; whether it is met for the first time.
    pub(super) fn insert(&mut self, number: &str) -> bool {
        match plain(number) {
            Some(counted) => self.counted.insert(counted),
            None => self.others.insert(number.to_owned()),
        }
    }

    pub(super) fn contains(&self, number: &str) -> bool {
        match plain(number) {
            Some(counted) => self.counted.contains(&counted),
            None => self.others.contains(number),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.counted.is_empty() && self.others.is_empty()
    }
}

/// `12`, but not `012`: what is written back in the same way.
fn plain(number: &str) -> Option<u64> {
    number
        .parse()
        .ok()
        .filter(|counted: &u64| counted.to_string() == number)
}
