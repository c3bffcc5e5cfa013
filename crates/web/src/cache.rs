//! The page cache: compressed segments of pages, bounded in bytes.

use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU64, Ordering},
};

use editorial::{ChangeKey, Id, Timestamp};
use splice::Segment;

use crate::{changes::Changes, hot, respond};

/// A page without its shared parts, ready to join.
#[derive(Debug)]
pub(crate) struct Stored {
    /// The change-log position of the snapshot it was rendered from.
    pub(crate) position: i64,
    /// What it shows.
    pub(crate) keys: Box<[ChangeKey]>,
    /// The moment at which time alone makes it stale.
    pub(crate) valid_until: Timestamp,
    /// The status it is answered with.
    pub(crate) status: u16,
    /// Its canonical address; another spelling of it is redirected here.
    pub(crate) canonical: Box<str>,
    /// What kind of document it is.
    pub(crate) content: Content,
    checked_at: AtomicI64,
    /// Its number in this process.
    pub(crate) number: u64,
    /// The number of the shared parts it was last asked for with.
    asked_with: AtomicU64,
}

/// What a cached answer consists of.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// An HTML page: its own head and main, joined with the shared parts.
    Page {
        /// Title, description and the rest of the head.
        head: Segment,
        /// The main part; where a talk follows, up to it.
        main: Segment,
        /// The comments, a fragment that is made anew by itself.
        talk: Option<Talk>,
    },
    /// A whole document: a feed, a sitemap.
    Document {
        /// Its media type.
        media_type: &'static str,
        /// Its bytes.
        body: Segment,
    },
}

/// The comments on an article's page.
#[derive(Clone, Debug)]
pub(crate) struct Talk {
    /// The change-log position of the snapshot they were rendered from.
    pub(crate) position: i64,
    /// The article.
    pub(crate) article: Id,
    /// The comments; where no more may be written, to the end of the main part.
    pub(crate) thread: Segment,
    /// Whether the form follows, which every page shares.
    pub(crate) open: bool,
}

impl Talk {
    fn fresh(&self, changes: &Changes) -> bool {
        changes.fresh(self.position, &[ChangeKey::comments(self.article)])
    }
}

impl Content {
    /// A page's own parts, compressed.
    pub(crate) fn page(parts: &theme::Parts) -> Self {
        Self::Page {
            head: respond::compress(parts.head.as_bytes()),
            main: respond::compress(parts.main.as_bytes()),
            talk: None,
        }
    }

    /// The same with the comments that follow.
    pub(crate) fn with_talk(mut self, made: Option<Talk>) -> Self {
        if let Self::Page { talk, .. } = &mut self {
            *talk = made;
        }
        self
    }

    /// The comments that follow.
    pub(crate) fn talk(&self) -> Option<&Talk> {
        match self {
            Self::Page { talk, .. } => talk.as_ref(),
            Self::Document { .. } => None,
        }
    }
}

impl Stored {
    /// A page rendered from the snapshot at `position`.
    pub(crate) fn new(position: i64, canonical: String, content: Content) -> Self {
        Self {
            position,
            keys: Box::new([]),
            valid_until: Timestamp(i64::MAX),
            status: 200,
            canonical: canonical.into(),
            content,
            checked_at: AtomicI64::new(i64::MIN),
            number: hot::number(),
            asked_with: AtomicU64::new(0),
        }
    }

    /// With what it depends on.
    pub(crate) fn depends_on(mut self, keys: impl IntoIterator<Item = ChangeKey>) -> Self {
        self.keys = keys.into_iter().collect();
        self
    }

    /// With the moment at which it goes stale by itself.
    pub(crate) fn until(mut self, moment: Timestamp) -> Self {
        self.valid_until = moment;
        self
    }

    /// With another status than 200.
    pub(crate) fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// Whether it still shows what the store holds. The look at its keys is
    /// made once for each position of the change log.
    pub(crate) fn fresh(&self, changes: &Changes, now: Timestamp) -> bool {
        if now >= self.valid_until {
            return false;
        }
        let position = changes.position();
        if self.checked_at.load(Ordering::Relaxed) == position {
            return true;
        }
        let fresh = self.fresh_but_for_time(changes);
        if fresh {
            self.checked_at.store(position, Ordering::Relaxed);
        }
        fresh
    }

    /// Whether it was asked for with these shared parts before.
    pub(crate) fn asked_again(&self, shared: u64) -> bool {
        self.asked_with.swap(shared, Ordering::Relaxed) == shared
    }

    /// Whether time alone made it stale: what it shows has not changed.
    pub(crate) fn fresh_but_for_time(&self, changes: &Changes) -> bool {
        changes.fresh(self.position, &self.keys)
            && self.content.talk().is_none_or(|talk| talk.fresh(changes))
    }

    /// The comments that are to be made anew, where nothing else has changed.
    pub(crate) fn stale_talk(&self, changes: &Changes, now: Timestamp) -> Option<&Talk> {
        let talk = self.content.talk()?;
        let is_own_fresh = now < self.valid_until && changes.fresh(self.position, &self.keys);
        (is_own_fresh && !talk.fresh(changes)).then_some(talk)
    }

    /// The same page with other comments.
    pub(crate) fn with_talk(&self, talk: Talk) -> Self {
        let content = self.content.clone().with_talk(Some(talk));
        Self {
            keys: self.keys.clone(),
            valid_until: self.valid_until,
            status: self.status,
            ..Self::new(self.position, self.canonical.to_string(), content)
        }
    }

    fn weight(&self) -> u64 {
        let bytes = match &self.content {
            Content::Page { head, main, talk } => {
                let talk = talk.as_ref().map_or(0, |talk| talk.thread.weight());
                head.weight() + main.weight() + talk
            }
            Content::Document { body, .. } => body.weight(),
        };
        (bytes + self.keys.len() * 8 + self.canonical.len() + 200) as u64
    }
}

#[derive(Clone)]
struct ByBytes;

impl quick_cache::Weighter<Box<str>, Arc<Stored>> for ByBytes {
    fn weight(&self, key: &Box<str>, page: &Arc<Stored>) -> u64 {
        page.weight() + key.len() as u64
    }
}

/// Pages by the key of their address, at most so many bytes of them.
pub(crate) struct PageCache {
    pages: quick_cache::sync::Cache<Box<str>, Arc<Stored>, ByBytes>,
}

impl PageCache {
    /// Room for `bytes_max` bytes.
    pub(crate) fn new(bytes_max: u64) -> Self {
        let pages_expected = usize::try_from(bytes_max / 8_192)
            .unwrap_or(usize::MAX)
            .max(16);
        Self {
            pages: quick_cache::sync::Cache::with_weighter(pages_expected, bytes_max, ByBytes),
        }
    }

    /// Bytes of the pages it holds.
    pub(crate) fn bytes(&self) -> u64 {
        self.pages.weight()
    }

    /// The page under `key`, fresh or not.
    pub(crate) fn get(&self, key: &str) -> Option<Arc<Stored>> {
        self.pages.get(key)
    }

    /// Keeps `page` under `key`, unless a newer one is there.
    pub(crate) fn put(&self, key: &str, page: &Arc<Stored>) {
        let newer = self
            .pages
            .peek(key)
            .is_some_and(|known| known.position > page.position);
        if !newer {
            self.pages.insert(key.into(), Arc::clone(page));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use editorial::Id;
    use std::collections::BTreeSet;

    fn page(position: i64) -> Stored {
        let body = respond::compress(b"<p>x</p>");
        Stored::new(
            position,
            "/a/1".into(),
            Content::Document {
                media_type: "text/html",
                body,
            },
        )
        .depends_on([ChangeKey::article(Id::new(1).expect("in range"))])
        .until(Timestamp(1_000))
    }

    #[test]
    fn time_makes_a_page_stale() {
        let changes = Changes::starting_at(5);
        assert!(page(5).fresh(&changes, Timestamp(999)));
        assert!(!page(5).fresh(&changes, Timestamp(1_000)));
    }

    #[test]
    fn a_delayed_fill_does_not_replace_a_newer_page() {
        let cache = PageCache::new(1 << 20);
        cache.put("a", &Arc::new(page(7)));
        cache.put("a", &Arc::new(page(6)));
        assert_eq!(cache.get("a").expect("kept").position, 7);
    }

    #[test]
    fn a_delayed_fill_is_not_served_across_a_commit() {
        let changes = Changes::starting_at(5);
        let cache = PageCache::new(1 << 20);
        changes.note(
            6,
            &BTreeSet::from([ChangeKey::article(Id::new(1).expect("in range"))]),
        );
        cache.put("a", &Arc::new(page(5)));
        assert!(!cache.get("a").expect("kept").fresh(&changes, Timestamp(0)));
    }

    #[test]
    fn the_cache_is_bounded() {
        let cache = PageCache::new(20_000);
        for number in 0..1_000 {
            cache.put(&format!("key-{number}"), &Arc::new(page(5)));
        }
        assert!(cache.pages.weight() <= 20_000);
    }
}
