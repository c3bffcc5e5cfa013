//! What a running server counts, for whoever watches it: how much of what was
//! answered and how fast, never whom. No label holds anything of a reader's.
//!
//! The counters of requests stand once for each thread, a span of cache lines
//! apart: a request adds to its own thread's and shares none with another.

mod listener;
mod text;

pub use listener::serve_metrics;

use std::{
    cell::Cell,
    sync::atomic::{AtomicU64, AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use hyper::StatusCode;

/// What kind of address was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Home,
    Article,
    /// A section, tag, author, day, or the archive.
    List,
    Page,
    Feed,
    /// What is written for search engines and browsers: sitemaps, robots.txt,
    /// opensearch.xml.
    Sitemap,
    /// Pages of results.
    Search,
    /// What words that are being typed may become.
    Suggest,
    /// Pages of comments, and what readers send.
    Comments,
    Media,
    Asset,
    Live,
    Health,
    /// Old addresses, addresses where nothing stands, and broken requests.
    Other,
}

impl Kind {
    const ALL: [Self; 14] = [
        Self::Home,
        Self::Article,
        Self::List,
        Self::Page,
        Self::Feed,
        Self::Sitemap,
        Self::Search,
        Self::Suggest,
        Self::Comments,
        Self::Media,
        Self::Asset,
        Self::Live,
        Self::Health,
        Self::Other,
    ];

    const fn word(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Article => "article",
            Self::List => "list",
            Self::Page => "page",
            Self::Feed => "feed",
            Self::Sitemap => "sitemap",
            Self::Search => "search",
            Self::Suggest => "suggest",
            Self::Comments => "comments",
            Self::Media => "media",
            Self::Asset => "asset",
            Self::Live => "live",
            Self::Health => "health",
            Self::Other => "other",
        }
    }

    /// The kind of `path`, by how it begins and ends.
    pub(crate) fn of(path: &str) -> Self {
        let rest = path.strip_prefix('/').unwrap_or(path);
        let (first, more) = match rest.split_once('/') {
            Some((first, more)) => (first, Some(more)),
            None => (rest, None),
        };
        match (first, more) {
            ("a", Some(_)) => Self::Article,
            ("", None) => Self::Home,
            ("section" | "tag" | "author", Some(more)) => match more.rsplit_once('/') {
                Some((_, "feed.xml" | "atom.xml" | "feed.json")) => Self::Feed,
                _ => Self::List,
            },
            ("archive", _) => Self::List,
            ("page", Some(_)) => Self::Page,
            ("feed.xml" | "atom.xml" | "feed.json", None) => Self::Feed,
            ("sitemap.xml" | "news-sitemap.xml" | "robots.txt" | "opensearch.xml", None)
            | ("sitemap", Some(_)) => Self::Sitemap,
            ("search", None) => Self::Search,
            ("search", Some("suggest")) => Self::Suggest,
            ("comments", Some(_)) => Self::Comments,
            ("media", Some(_)) => Self::Media,
            ("assets", Some(_)) | ("favicon.ico", None) => Self::Asset,
            ("live", Some(_)) => Self::Live,
            ("healthz" | "readyz", None) => Self::Health,
            _ => Self::Other,
        }
    }

    /// Whether it is read by people: these are the pages that are timed.
    const fn is_read(self) -> bool {
        matches!(self, Self::Home | Self::Article | Self::List | Self::Page)
    }
}

/// Classes of status, 1xx to 5xx.
const CLASSES: usize = 5;
/// Upper bounds of the times, in microseconds; one bucket more is for the rest.
const BOUNDS: [u64; 14] = [
    25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 100_000, 250_000, 1_000_000,
    2_500_000,
];
/// Threads beyond so many share counters.
const SHARDS: usize = 16;

/// Times of one kind, seldom enough for counters that all threads share.
#[derive(Default)]
pub(crate) struct Times {
    took: [AtomicU64; BOUNDS.len() + 1],
    took_nanoseconds: AtomicU64,
}

impl Times {
    fn count(&self, took: Duration) {
        let nanoseconds = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX);
        self.took[bucket(nanoseconds)].fetch_add(1, Ordering::Relaxed);
        self.took_nanoseconds
            .fetch_add(nanoseconds, Ordering::Relaxed);
    }
}

/// The bucket of a time.
fn bucket(nanoseconds: u64) -> usize {
    BOUNDS
        .iter()
        .position(|bound| nanoseconds <= bound * 1_000)
        .unwrap_or(BOUNDS.len())
}

/// One thread's counters. Two cache lines are fetched together, so it begins on
/// a pair of its own.
#[derive(Default)]
#[repr(align(128))]
struct Shard {
    answers: [[AtomicU64; CLASSES]; Kind::ALL.len()],
    took: [AtomicU64; BOUNDS.len() + 1],
    took_nanoseconds: AtomicU64,
    reads: [AtomicU64; Source::ALL.len()],
}

/// Where a page came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// The page cache.
    Memory,
    /// A file of segments that the system held in memory.
    DiskWarm,
    /// A file of segments that had to be waited for.
    DiskCold,
    /// The database: it was rendered.
    Rendered,
}

impl Source {
    const ALL: [Self; 4] = [Self::Memory, Self::DiskWarm, Self::DiskCold, Self::Rendered];
}

/// What happens seldom enough for one counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    ConnectionRefused,
    /// A connection was not encrypted in time, or cannot be.
    HandshakeFailed,
    StreamRefused,
    SegmentKept,
    SegmentDiscarded,
    /// A page could not be made because the database failed.
    PageFailed,
    /// The change log could not be read.
    FollowFailed,
    /// A client searched more often than it may.
    SearchRefused,
    /// A search found no thread free.
    SearchBusy,
    /// The search index could not be followed.
    IndexFailed,
    /// A comment is on disk.
    CommentTaken,
    /// One of a flood was not taken.
    CommentRefused,
    /// Its writer was asked to look at it again.
    CommentDoubted,
}

const EVENTS: usize = 13;

/// All counters of one server.
pub(crate) struct Metrics {
    shards: [Shard; SHARDS],
    events: [AtomicU64; EVENTS],
    /// Times of searches and of suggestions, from the question to the answer of
    /// the index.
    searches: Times,
    suggestions: Times,
    /// Connections of readers that are open.
    connections: AtomicU64,
    started: Instant,
    /// When the change log was followed last, in microseconds after `started`.
    followed: AtomicU64,
}

impl Default for Metrics {
    fn default() -> Self {
        Self {
            shards: Default::default(),
            events: Default::default(),
            searches: Times::default(),
            suggestions: Times::default(),
            connections: AtomicU64::new(0),
            started: Instant::now(),
            followed: AtomicU64::new(0),
        }
    }
}

/// The calling thread's shard.
fn own_shard() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    thread_local! {
        static OWN: Cell<usize> = const { Cell::new(usize::MAX) };
    }
    OWN.with(|own| {
        if own.get() == usize::MAX {
            own.set(NEXT.fetch_add(1, Ordering::Relaxed) % SHARDS);
        }
        own.get()
    })
}

impl Metrics {
    /// An answer of this kind was ready `took` after its request was read.
    pub(crate) fn answered(&self, kind: Kind, status: StatusCode, took: Duration) {
        let shard = &self.shards[own_shard()];
        let class = usize::from(status.as_u16() / 100).clamp(1, CLASSES) - 1;
        shard.answers[kind as usize][class].fetch_add(1, Ordering::Relaxed);
        if !kind.is_read() {
            return;
        }
        let nanoseconds = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX);
        shard.took[bucket(nanoseconds)].fetch_add(1, Ordering::Relaxed);
        shard
            .took_nanoseconds
            .fetch_add(nanoseconds, Ordering::Relaxed);
    }

    /// The index was searched.
    pub(crate) fn searched(&self, took: Duration) {
        self.searches.count(took);
    }

    /// The index was asked for suggestions.
    pub(crate) fn suggested(&self, took: Duration) {
        self.suggestions.count(took);
    }

    /// A page was had from here.
    pub(crate) fn read_from(&self, source: Source) {
        self.shards[own_shard()].reads[source as usize].fetch_add(1, Ordering::Relaxed);
    }

    /// Something happened once more.
    pub(crate) fn count(&self, event: Event) {
        self.events[event as usize].fetch_add(1, Ordering::Relaxed);
    }

    /// One more open connection, until what is returned is dropped.
    pub(crate) fn connection(site: &std::sync::Arc<crate::site::Site>) -> OpenConnection {
        site.metrics.connections.fetch_add(1, Ordering::Relaxed);
        OpenConnection(std::sync::Arc::clone(site))
    }

    /// The change log is followed to where the database was heard to be.
    pub(crate) fn followed(&self) {
        let after = u64::try_from(self.started.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.followed.store(after, Ordering::Relaxed);
    }

    /// How long ago that was.
    fn since_followed(&self) -> Duration {
        let after = Duration::from_micros(self.followed.load(Ordering::Relaxed));
        self.started.elapsed().saturating_sub(after)
    }

    fn events(&self, event: Event) -> u64 {
        self.events[event as usize].load(Ordering::Relaxed)
    }

    fn sum(&self, of: impl Fn(&Shard) -> &AtomicU64) -> u64 {
        let loaded = |shard| of(shard).load(Ordering::Relaxed);
        self.shards.iter().map(loaded).sum()
    }

    fn reads(&self, source: Source) -> u64 {
        self.sum(|shard| &shard.reads[source as usize])
    }
}

/// A connection that is counted as open.
pub(crate) struct OpenConnection(std::sync::Arc<crate::site::Site>);

impl Drop for OpenConnection {
    fn drop(&mut self) {
        self.0.metrics.connections.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use editorial::{
        search::Asked,
        urls::{FeedFormat, FeedOf, Url},
    };

    #[test]
    fn every_address_has_its_kind() {
        let id = editorial::Id::new(7).expect("in range");
        let slug = || "سوريا".to_owned();
        for (url, expect) in [
            (Url::Home, Kind::Home),
            (Url::Article(id, slug()), Kind::Article),
            (Url::Article(id, String::new()), Kind::Article),
            (Url::Section(slug(), None), Kind::List),
            (Url::Tag(slug(), None), Kind::List),
            (Url::Author(slug(), None), Kind::List),
            (Url::Archive(None), Kind::List),
            (Url::Day(2017, 9, 15, None), Kind::List),
            (Url::Page(slug()), Kind::Page),
            (Url::Media(id, 640), Kind::Media),
            (Url::Feed(FeedOf::Site, FeedFormat::Rss), Kind::Feed),
            (Url::Feed(FeedOf::Tag(slug()), FeedFormat::Json), Kind::Feed),
            (Url::SitemapIndex, Kind::Sitemap),
            (Url::Sitemap(1), Kind::Sitemap),
            (Url::NewsSitemap, Kind::Sitemap),
            (Url::Robots, Kind::Sitemap),
            (Url::OpenSearch, Kind::Sitemap),
            (Url::Search(Asked::parse(None)), Kind::Search),
            (Url::LiveTicker, Kind::Live),
            (Url::LiveTickerJson, Kind::Live),
            (Url::Health, Kind::Health),
            (Url::Ready, Kind::Health),
            (Url::Asset("site.js".to_owned()), Kind::Asset),
            (Url::Icon, Kind::Asset),
        ] {
            let path = url.to_string();
            assert_eq!(Kind::of(&path), expect, "{path}");
        }
        for path in [
            "",
            "/nothing",
            "/2017/09/15/x/",
            "//",
            "/a",
            "/wp-content/x",
        ] {
            let expect = if path.is_empty() {
                Kind::Home
            } else {
                Kind::Other
            };
            assert_eq!(Kind::of(path), expect, "{path}");
        }
    }

    #[test]
    fn kinds_and_sources_stand_at_their_own_place() {
        for (at, kind) in Kind::ALL.iter().enumerate() {
            assert_eq!(*kind as usize, at);
        }
        for (at, source) in Source::ALL.iter().enumerate() {
            assert_eq!(*source as usize, at);
        }
        assert_eq!(Event::CommentDoubted as usize + 1, EVENTS);
    }

    #[test]
    fn all_threads_are_summed() {
        let metrics = std::sync::Arc::new(Metrics::default());
        let threads: Vec<_> = (0..2 * SHARDS)
            .map(|_| {
                let metrics = std::sync::Arc::clone(&metrics);
                std::thread::spawn(move || {
                    for _ in 0..1_000 {
                        metrics.answered(Kind::Home, StatusCode::OK, Duration::from_micros(7));
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().expect("ended well");
        }
        let answers = metrics.sum(|shard| &shard.answers[Kind::Home as usize][1]);
        assert_eq!(answers, 32_000);
        assert_eq!(metrics.sum(|shard| &shard.took[0]), 32_000);
        let nanoseconds = metrics.sum(|shard| &shard.took_nanoseconds);
        assert_eq!(nanoseconds, 32_000 * 7_000);
    }

    #[test]
    fn shards_share_no_cache_line() {
        assert_eq!(align_of::<Shard>(), 128);
        assert_eq!(size_of::<Shard>() % 128, 0);
    }
}
