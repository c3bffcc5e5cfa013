//! `Changes`: everything that one editorial act writes, as one value.
//!
//! The store commits it whole or not at all, with its audit entries chained
//! and its keys in the change log.

use std::collections::BTreeSet;

use crate::{
    Id, SiteSettings,
    accounts::AccountWrite,
    article::Article,
    audit::AuditEntry,
    comment::CommentWrite,
    correction::Correction,
    front::FrontWrite,
    media::Media,
    people::Author,
    places::{Section, Tag},
    schedule::ScheduleWrite,
    ticker::TickerWrite,
    workflow::WorkflowWrite,
    working_copy::WorkingCopyWrite,
};

/// What changed, as every follower of the change log reads it: a kind and an
/// id, or a kind alone. It fits into 64 bits, so that a page can carry dozens.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChangeKey(u64);

macro_rules! keys {
    ($($(#[$doc:meta])* $kind:literal $name:ident $word:literal;)*) => {
        impl ChangeKey {
            $($(#[$doc])* pub const fn $name(id: Id) -> Self { Self(($kind << 56) | id.get().cast_unsigned()) })*
            const WORDS: &'static [(u64, &'static str)] = &[(1, "all"), (2, "ticker"), (3, "settings"), (4, "latest"), (5, "moderation"), (6, "schedule"), (7, "workflow"), (8, "front"), $(($kind, $word)),*];
        }
    };
}

keys! {
    /// An article, its corrections and its state.
    16 article "article";
    /// The list of a section.
    17 section "section";
    /// The list of a tag.
    18 tag "tag";
    /// An author and the list of the author's articles.
    19 author "author";
    /// The comments under an article.
    20 comments "comments";
    /// What a section, tag, author or picture says of itself, on every page
    /// that shows it: its name, its words, its address.
    21 named "named";
    /// What the staff write on an article and no reader sees.
    22 writing "writing";
}

impl ChangeKey {
    /// Everything that pages show: written by bulk commits in place of the keys of
    /// their lists.
    pub const ALL: Self = Self(1 << 56);
    /// The ticker.
    pub const TICKER: Self = Self(2 << 56);
    /// The site's settings.
    pub const SETTINGS: Self = Self(3 << 56);
    /// The lists of latest articles: home, archive, feeds, sitemaps.
    pub const LATEST: Self = Self(4 << 56);
    /// What moderators look at: comments that came in, reports, decisions. No page
    /// of the readers shows it.
    pub const MODERATION: Self = Self(5 << 56);

    /// Publications to come: set, taken back, done.
    pub const SCHEDULE: Self = Self(6 << 56);
    /// The work on articles: stages, remarks, assignments, desks. No page of the readers shows it.
    pub const WORKFLOW: Self = Self(7 << 56);
    /// The stories that the front page shows first.
    pub const FRONT: Self = Self(8 << 56);

    /// The article, where it is the key of one.
    pub const fn as_article(self) -> Option<Id> {
        self.of_kind(16)
    }

    /// The section, tag, author or picture, where it is the key of one's names.
    pub const fn as_named(self) -> Option<Id> {
        self.of_kind(21)
    }

    const fn of_kind(self, kind: u64) -> Option<Id> {
        if self.0 >> 56 == kind {
            Id::new((self.0 & ((1 << 56) - 1)).cast_signed())
        } else {
            None
        }
    }

    /// The number that is kept; fits a signed 64-bit column.
    pub const fn code(self) -> i64 {
        self.0.cast_signed()
    }

    /// The key kept as `code`.
    pub const fn from_code(code: i64) -> Self {
        Self(code.cast_unsigned())
    }
}

impl std::fmt::Debug for ChangeKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (kind, id) = (self.0 >> 56, self.0 & ((1 << 56) - 1));
        let word = Self::WORDS
            .iter()
            .find(|(known, _)| *known == kind)
            .map_or("?", |(_, word)| word);
        if id == 0 {
            out.write_str(word)
        } else {
            write!(out, "{word}:{id}")
        }
    }
}

/// One thing to write.
#[derive(Clone, Debug)]
pub enum Write {
    /// A new article, or the whole of a known one, with its text as the revision
    /// it names: a changed text has a new one. The guard is the version that the
    /// caller loaded: none for a new article.
    Article {
        /// The article as it shall be.
        article: Box<Article>,
        /// The version it was loaded at.
        loaded_version: Option<i64>,
    },
    /// Something about what is written on an article and not public yet.
    WorkingCopy(WorkingCopyWrite),
    /// Something about a publication to come.
    Schedule(ScheduleWrite),
    /// Something about how articles go through the hands of their staff.
    Workflow(WorkflowWrite),
    /// A note on an article.
    Correction(Correction),
    /// A section, new or changed.
    Section(Section),
    /// A tag, new or changed.
    Tag(Tag),
    /// An author, new or changed.
    Author(Author),
    /// A picture, new or changed.
    Media(Media),
    /// Something about the front page.
    Front(FrontWrite),
    /// Something about the ticker.
    Ticker(TickerWrite),
    /// A picture is described anew. The guard is the version that the caller loaded.
    MediaDescribed {
        /// The picture as it shall be.
        media: Box<Media>,
        /// The version it was loaded at.
        loaded_version: i64,
    },
    /// Something about readers' comments.
    Comment(CommentWrite),
    /// The site's settings, changed from those that the caller loaded: the guard.
    Settings {
        /// The settings as they were.
        loaded: Box<SiteSettings>,
        /// The settings as they shall be.
        settings: Box<SiteSettings>,
    },
    /// Something about the accounts of the staff.
    Account(AccountWrite),
    /// An address of the old site and where it leads now. The first target
    /// stays.
    OldAddress {
        /// The folded address, as `importer::address::Keeping` makes it.
        key: String,
        /// Where it leads.
        target: Target,
    },
    /// An address of the old site leads to another thing than before; one that
    /// leads elsewhere than to `from` stays.
    OldAddressMoved {
        /// The folded address.
        key: String,
        /// Where it led.
        from: Target,
        /// Where it leads from now on.
        to: Target,
    },
    /// The id that a thing had in the system it came from.
    Origin {
        /// Which system, such as `wordpress:https://example.org`.
        source: String,
        /// What it was there, such as `post`.
        kind: String,
        /// Its id there.
        foreign: String,
        /// Its id here.
        id: Id,
        /// Hash of what was imported, to see what changed there since.
        fingerprint: String,
    },
}

/// Where an old address leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// To an article.
    Article(Id),
    /// To a section.
    Section(Id),
    /// To a tag.
    Tag(Id),
    /// To an author.
    Author(Id),
    /// To a picture.
    Media(Id),
}

impl Target {
    /// What it leads to.
    pub const fn id(self) -> Id {
        match self {
            Self::Article(id)
            | Self::Section(id)
            | Self::Tag(id)
            | Self::Author(id)
            | Self::Media(id) => id,
        }
    }
}

/// All that one act writes.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// The writes, in the order in which they are made.
    pub writes: Vec<Write>,
    /// The audit entries.
    pub audit: Vec<AuditEntry>,
    /// What followers have to look at again.
    pub keys: BTreeSet<ChangeKey>,
}

impl Changes {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// With one more write.
    #[must_use]
    pub fn write(mut self, write: Write) -> Self {
        self.writes.push(write);
        self
    }

    /// With one more audit entry.
    #[must_use]
    pub fn audit(mut self, entry: AuditEntry) -> Self {
        self.audit.push(entry);
        self
    }

    /// With one more key.
    #[must_use]
    pub fn key(mut self, key: ChangeKey) -> Self {
        self.keys.insert(key);
        self
    }

    /// Adds all of `other`.
    pub fn append(&mut self, other: Self) {
        self.writes.extend(other.writes);
        self.audit.extend(other.audit);
        self.keys.extend(other.keys);
    }

    /// All keys: those given, those of the names that are written, and, of a
    /// bulk commit, those of its articles: what follows articles one by one
    /// need not look at all of them again. That a bulk commit names all of its
    /// articles is seen by [`ChangeKey::LATEST`] beside the coarse key, which
    /// stood alone before.
    pub fn all_keys(&self) -> BTreeSet<ChangeKey> {
        let is_coarse = self.keys.contains(&ChangeKey::ALL);
        let names_all = is_coarse.then_some(ChangeKey::LATEST);
        let named = self.writes.iter().filter_map(|write| match write {
            Write::Section(Section { id, .. })
            | Write::Tag(Tag { id, .. })
            | Write::Author(Author { id, .. }) => Some(ChangeKey::named(*id)),
            Write::Media(Media { id, .. }) if !is_coarse => Some(ChangeKey::named(*id)),
            Write::Article { article, .. } => Some(ChangeKey::article(article.id)),
            Write::Settings { .. } => Some(ChangeKey::SETTINGS),
            Write::WorkingCopy(write) => Some(ChangeKey::writing(write.article())),
            _ => None,
        });
        let given = self.keys.iter().copied();
        given.chain(names_all).chain(named).collect()
    }

    /// Puts the one coarse key in place of those given: for bulk commits.
    #[must_use]
    pub fn coarse(mut self) -> Self {
        self.keys = BTreeSet::from([ChangeKey::ALL]);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_written_has_its_key() {
        let id = Id::new(7).expect("in range");
        let tag = Tag {
            id,
            slug: "حلب".to_owned(),
            name: "حلب".to_owned(),
        };
        let changes = Changes::new().write(Write::Tag(tag)).key(ChangeKey::LATEST);
        let expect = BTreeSet::from([ChangeKey::LATEST, ChangeKey::named(id)]);
        assert_eq!(changes.all_keys(), expect);
        assert_eq!(
            changes.coarse().all_keys(),
            BTreeSet::from([ChangeKey::ALL, ChangeKey::LATEST, ChangeKey::named(id)])
        );
    }

    #[test]
    fn keys_differ_by_kind_and_survive_the_store() {
        let id = Id::new(Id::MAX).expect("in range");
        let keys = [
            ChangeKey::article(id),
            ChangeKey::tag(id),
            ChangeKey::TICKER,
            ChangeKey::ALL,
        ];
        let distinct: BTreeSet<_> = keys.iter().map(|key| key.code()).collect();
        assert_eq!(distinct.len(), keys.len());
        for key in keys {
            assert_eq!(ChangeKey::from_code(key.code()), key);
        }
        assert_eq!(ChangeKey::article(id).as_article(), Some(id));
        assert_eq!(ChangeKey::article(id).as_named(), None);
        assert_eq!(ChangeKey::named(id).as_named(), Some(id));
        assert_eq!(ChangeKey::ALL.as_article(), None);
        assert_eq!(
            format!("{:?}", ChangeKey::article(Id::new(7).expect("in range"))),
            "article:7"
        );
    }
}
