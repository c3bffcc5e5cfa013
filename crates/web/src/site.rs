//! One running site: the store, the theme, the page cache and what follows
//! the change log.

use std::{
    path::PathBuf,
    sync::{Arc, Weak},
};

use actions::accounts::Accounts;
use editorial::Timestamp;
use ipnet::IpNet;
use store::{Store, StoreError};
use theme::Theme;
use tokio::sync::{Semaphore, watch};

use crate::{
    back::Back,
    cache::PageCache,
    changes::{Changes, KEYS_MAX},
    comments::{self, CommentLimits, Talks},
    date::DateLine,
    files::DOWNLOADS_MAX,
    finding::{self, Finding, Searches},
    frame::SharedParts,
    hot::HotPages,
    metrics::{Event, Metrics},
    newsroom::{Newsroom, Rooms},
    prune, scheduled,
    segments::SegmentStore,
    streams::Streams,
};

/// What the edge of the program decides for a site.
#[derive(Clone, Debug)]
pub struct Config {
    /// The data folder; pictures are kept below it.
    pub data: PathBuf,
    /// Names the site answers to, without a port. Loopback names always work.
    pub hosts: Vec<String>,
    /// The origin of links where the newsroom has set none, such as
    /// `http://127.0.0.1:8080`.
    pub origin: String,
    /// Bytes of compressed pages kept in memory.
    pub cache_bytes_max: u64,
    /// Where and how many rendered pages are kept on disk; none: in memory alone.
    pub segments: Option<SegmentsConfig>,
    /// Networks of our own proxies, whose `X-Forwarded-For` and
    /// `X-Forwarded-Host` are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// How often one client may search.
    pub searches: Searches,
    /// How often comments may be sent.
    pub comments: CommentLimits,
    /// The accounts of the staff; none: there is no newsroom, and no comment is
    /// taken.
    pub accounts: Option<Accounts>,
    /// Reads the clock.
    pub clock: fn() -> Timestamp,
}

/// Rendered pages on disk.
#[derive(Clone, Debug)]
pub struct SegmentsConfig {
    /// Their folder; all in it can be made anew.
    pub folder: PathBuf,
    /// Bytes of them at the most.
    pub bytes_max: u64,
    /// Another number for each program and theme: pages of another one are
    /// thrown away.
    pub epoch: u64,
}

/// A running site. Cheap to share.
pub struct Site {
    pub(crate) store: Store,
    pub(crate) theme: Theme,
    pub(crate) config: Config,
    pub(crate) cache: PageCache,
    /// Joined pages that are asked for again and again.
    pub(crate) hot: HotPages,
    pub(crate) segments: Option<SegmentStore>,
    pub(crate) changes: Changes,
    pub(crate) shared: SharedParts,
    /// Bounds the pages rendered at the same time.
    pub(crate) renders: Semaphore,
    /// Bounds the pictures scaled at the same time.
    pub(crate) scalings: Semaphore,
    /// Bounds the files sent at the same time.
    pub(crate) downloads: Arc<Semaphore>,
    /// Bounds the long texts that the staff send at the same time.
    pub(crate) long_texts: Semaphore,
    /// Bounds the forms with files that are read at the same time.
    pub(crate) uploads: Semaphore,
    /// Bounds the files that are looked at at the same time.
    pub(crate) intakes: Arc<Semaphore>,
    /// The open live streams.
    pub(crate) streams: Arc<Streams>,
    /// The rooms in which articles are written together.
    pub(crate) rooms: Rooms,
    /// The threads for what is not a page for everybody.
    pub(crate) back: Back,
    /// The staff's screens.
    pub(crate) newsroom: Option<Newsroom>,
    /// Readers' comments; none where their addresses cannot be sealed.
    pub(crate) talks: Option<Talks>,
    /// Search.
    pub(crate) finding: Arc<Finding>,
    /// What is counted.
    pub(crate) metrics: Metrics,
    /// The date of answers.
    pub(crate) date: DateLine,
    /// The position followed to, for live streams.
    pub(crate) followed: watch::Sender<i64>,
}

/// Pages rendered at the same time; the rest wait their turn.
const RENDERS_MAX: usize = 16;
/// Texts of more than 64 KB that are taken at the same time; the rest wait.
const LONG_TEXTS_MAX: usize = 16;
/// Forms with files that are read at the same time; the rest wait.
const UPLOADS_MAX: usize = 2;
/// One part in so many of the memory for pages is for those joined already.
const HOT_SHARE: u64 = 4;
/// How long to wait before the change log is read again after a failure.
const RETRY: std::time::Duration = std::time::Duration::from_millis(250);

/// Opens the pages on disk and learns what changed since they were rendered.
async fn resume(
    store: &Store,
    position: i64,
    config: &SegmentsConfig,
    origin: &str,
) -> Result<(Option<SegmentStore>, Changes), StoreError> {
    // Links hold the origin, so it is part of what a page was rendered from.
    let epoch = origin.bytes().fold(config.epoch, |epoch, byte| {
        (epoch.rotate_left(5) ^ u64::from(byte)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    });
    let opened = SegmentStore::open(&config.folder, epoch, position, config.bytes_max);
    let (segments, oldest) = match opened {
        Ok(opened) => opened,
        Err(error) => {
            tracing::warn!(%error, "rendered pages cannot be kept on disk; they are kept in memory alone");
            return Ok((None, Changes::starting_at(position)));
        }
    };
    let Some(oldest) = oldest else {
        return Ok((Some(segments), Changes::starting_at(position)));
    };
    if let Some(newest) = store.keys_changed_after(oldest, KEYS_MAX).await? {
        let changes = Changes::resumed(oldest, position, newest);
        return Ok((Some(segments), changes));
    }
    // The log does not go back so far: every record may be stale, and none is
    // kept by opening as if all were from later.
    drop(segments);
    let emptied = SegmentStore::open(&config.folder, epoch, i64::MIN, config.bytes_max);
    let segments = emptied.ok().map(|(segments, _)| segments);
    Ok((segments, Changes::starting_at(position)))
}

/// Media that get their words in one step, and the rest after it.
const WORDS_AT_ONCE: u32 = 200;
const WORDS_REST: std::time::Duration = std::time::Duration::from_millis(100);

/// Makes the words by which the library finds what an older program kept.
async fn find_media(site: Weak<Site>) {
    while let Some(site) = site.upgrade() {
        match site.store.make_media_words(WORDS_AT_ONCE).await {
            Ok(0) => return,
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(%error, "older media are not found by words until the next start");
                return;
            }
        }
        drop(site);
        tokio::time::sleep(WORDS_REST).await;
    }
}

impl Site {
    /// A site on `store`. It follows the change log until the store is closed.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub async fn start(
        store: Store,
        theme: Theme,
        config: Config,
    ) -> Result<Arc<Self>, StoreError> {
        let position = *store.position().borrow();
        let (segments, changes) = match &config.segments {
            None => (None, Changes::starting_at(position)),
            Some(given) => resume(&store, position, given, &config.origin).await?,
        };
        let newsroom = config.accounts.clone().map(Newsroom::new).transpose();
        let newsroom = newsroom.map_err(|error| StoreError::Folder(error.to_string()))?;
        let own = config.accounts.as_ref().map(Accounts::comments);
        let talks = own.map(|own| Talks::new(own, config.comments));
        let back = Back::start().map_err(|error| StoreError::Folder(error.to_string()))?;
        let site = Arc::new(Self {
            cache: PageCache::new(config.cache_bytes_max - config.cache_bytes_max / HOT_SHARE),
            hot: HotPages::new(config.cache_bytes_max / HOT_SHARE),
            segments,
            changes,
            shared: SharedParts::default(),
            renders: Semaphore::new(RENDERS_MAX),
            scalings: Semaphore::new(1),
            downloads: Arc::new(Semaphore::new(DOWNLOADS_MAX)),
            long_texts: Semaphore::new(LONG_TEXTS_MAX),
            uploads: Semaphore::new(UPLOADS_MAX),
            intakes: Arc::new(Semaphore::new(1)),
            streams: Arc::default(),
            rooms: Rooms::default(),
            back,
            newsroom,
            talks,
            finding: Arc::new(Finding::new(&config.data, config.searches)),
            metrics: Metrics::default(),
            date: DateLine::default(),
            followed: watch::Sender::new(position),
            store,
            theme,
            config,
        });
        site.shared(site.now()).await?;
        tokio::spawn(prune::run(Arc::downgrade(&site)));
        tokio::spawn(find_media(Arc::downgrade(&site)));
        tokio::spawn(scheduled::run(Arc::downgrade(&site)));
        tokio::spawn(finding::follow(Arc::downgrade(&site)));
        tokio::spawn(comments::follow_words(Arc::downgrade(&site)));
        let follower = Arc::downgrade(&site);
        let mut positions = site.store.position();
        tokio::spawn(async move {
            while positions.changed().await.is_ok() {
                let newest = *positions.borrow_and_update();
                let Some(site) = follower.upgrade() else {
                    return;
                };
                while site.changes.position() < newest {
                    if let Err(error) = site.follow().await {
                        site.metrics.count(Event::FollowFailed);
                        tracing::warn!(%error, "the change log cannot be read; pages stay as they are");
                        tokio::time::sleep(RETRY).await;
                    }
                }
            }
        });
        Ok(site)
    }

    /// The time now.
    pub(crate) fn now(&self) -> Timestamp {
        (self.config.clock)()
    }

    /// Ends the live streams, which would not end by themselves.
    pub(crate) fn end_streams(&self) {
        self.streams.end();
        self.followed.send_modify(|_| {});
    }

    async fn follow(&self) -> Result<(), StoreError> {
        let changed = self.store.changes_after(self.changes.position()).await?;
        self.changes.note(changed.position, &changed.keys);
        self.metrics.followed();
        self.followed.send_replace(changed.position);
        Ok(())
    }
}
