//! The task that keeps the index up with the change log, and does what is asked
//! of it by files: a new index, another file of spellings.

use std::{
    sync::{Arc, PoisonError, Weak},
    time::{Duration, Instant, SystemTime},
};

use actions::{
    SPELLINGS_FILE,
    indexing::{Follower, IndexingError, Step, requests},
    read_spellings, stamp,
};
use search::{Index, WriterError};

use super::Finding;
use crate::{back::stand_back, metrics::Event, site::Site};

/// How often files are looked at where nothing happens.
const TICK: Duration = Duration::from_millis(150);
/// How long to wait after a failure, and for another process to end.
const RETRY: Duration = Duration::from_millis(500);
/// How often a report is written.
const REPORT_EVERY: Duration = Duration::from_millis(300);
/// How far the threads that write stand back.
const STAND_BACK: i32 = 8;
/// When the whole index is looked through, and how far that stands back.
const CHECK_AFTER: Duration = Duration::from_secs(20);
const CHECK_STAND_BACK: i32 = 15;

/// Follows until the site ends.
pub(crate) async fn follow(site: Weak<Site>) {
    let (mut said, mut spellings) = (String::new(), Spellings::default());
    tokio::spawn(check(site.clone()));
    loop {
        let (store, finding) = match site.upgrade() {
            Some(site) if !site.streams.ended() => (site.store.clone(), Arc::clone(&site.finding)),
            _ => return,
        };
        spellings.take(&finding).await;
        let folder = finding.folder.clone();
        drop(finding);
        if let Err(error) = store::files::make_folder(&folder) {
            tell(
                &mut said,
                &format!("the search index has no folder: {error}"),
            );
            tokio::time::sleep(RETRY).await;
            continue;
        }
        let opened = Follower::open(store, &folder, || stand_back(STAND_BACK)).await;
        let ended = match opened {
            Ok(follower) => run(&site, follower, &mut spellings, &mut said).await,
            Err(error) => error,
        };
        let Some(site) = site.upgrade() else { return };
        if site.streams.ended() {
            return;
        }
        // Another process may be at it: it will end, or go on for good.
        if !matches!(ended, IndexingError::Index(WriterError::Busy)) {
            site.metrics.count(Event::IndexFailed);
        }
        tell(&mut said, &ended.to_string());
        site.finding.look(true);
        drop(site);
        tokio::time::sleep(RETRY).await;
    }
}

/// Writes a line to the log, unless it was the last one.
fn tell(said: &mut String, words: &str) {
    if said != words {
        tracing::warn!(reason = words, "the search index is not followed for now");
        words.clone_into(said);
    }
}

/// Works until something fails.
async fn run(
    site: &Weak<Site>,
    mut follower: Follower,
    spellings: &mut Spellings,
    said: &mut String,
) -> IndexingError {
    let mut errands = Errands::default();
    let Some(mut positions) = site.upgrade().map(|site| site.store.position()) else {
        return IndexingError::Ended;
    };
    loop {
        {
            let Some(site) = site.upgrade() else {
                return IndexingError::Ended;
            };
            if site.streams.ended() {
                return IndexingError::Ended;
            }
            spellings.take(&site.finding).await;
            if let Err(error) = errands.run(&site.finding, &mut follower).await {
                return error;
            }
        }
        positions.mark_unchanged();
        match follower.step().await {
            Ok(step) => {
                let Some(site) = site.upgrade() else {
                    return IndexingError::Ended;
                };
                said.clear();
                if let Some(reason) = follower.take_reason() {
                    tracing::info!(reason, "a new search index is made");
                }
                site.finding.note(&follower);
                if step == Step::Worked {
                    continue;
                }
            }
            // The database comes back; the index is where it was.
            Err(error @ IndexingError::Store(_)) => {
                tell(said, &error.to_string());
                tokio::time::sleep(RETRY).await;
                continue;
            }
            Err(error) => return error,
        }
        tokio::select! {
            changed = positions.changed() => {
                if changed.is_err() {
                    return IndexingError::Ended;
                }
            }
            () = tokio::time::sleep(TICK) => {}
        }
    }
}

impl Finding {
    /// Takes note of how far the index is.
    fn note(&self, follower: &Follower) {
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner) = follower.progress();
        self.look(false);
    }

    /// Opens the index, where there was none or it is to be opened anew.
    fn look(&self, anew: bool) {
        let is_there = || {
            let index = self.index.read().unwrap_or_else(PoisonError::into_inner);
            index.is_some()
        };
        if (anew || !is_there())
            && let Ok(index) = Index::open(&self.folder)
        {
            *self.index.write().unwrap_or_else(PoisonError::into_inner) = Some(index);
        }
    }
}

/// What is done beside following.
#[derive(Default)]
struct Errands {
    report: requests::Report,
    reported: Option<Instant>,
    looked: Option<Instant>,
}

/// The state of a file, by which a change is seen; none where it is not there.
type Stamp = Option<(SystemTime, u64)>;

impl Errands {
    async fn run(
        &mut self,
        finding: &Arc<Finding>,
        follower: &mut Follower,
    ) -> Result<(), IndexingError> {
        let asked = requests::take(&finding.folder).unwrap_or_default();
        if let Some(number) = asked {
            follower.rebuild().await?;
            self.report.answer(number);
            self.reported = None;
        }
        self.tell(finding, follower);
        if self.looked.is_some_and(|looked| looked.elapsed() < TICK) {
            return Ok(());
        }
        self.looked = Some(Instant::now());
        // Somebody removed it, or a search has met a fault in it.
        let is_broken = match finding.index() {
            Some(index) => index.state().is_err(),
            // It can be written, perhaps, and not read.
            None => {
                follower.progress().rebuilding.is_none() && Index::open(&finding.folder).is_err()
            }
        };
        if is_broken || !finding.folder.join("current").exists() {
            follower.rebuild().await?;
        }
        Ok(())
    }

    /// Tells those who asked for a new index how far it is.
    fn tell(&mut self, finding: &Finding, follower: &Follower) {
        let late = (self.reported).is_none_or(|reported| reported.elapsed() >= REPORT_EVERY);
        let rebuilding = follower.progress().rebuilding;
        if self.report.requests.is_empty()
            || self.report.is_finished
            || !(late || rebuilding.is_none())
        {
            return;
        }
        self.report.beat += 1;
        if let Some((done, of)) = rebuilding {
            (self.report.done, self.report.of) = (done, of);
        } else {
            self.report.done = self.report.of;
            self.report.is_finished = true;
        }
        if let Err(error) = requests::report(&finding.folder, &self.report) {
            tracing::warn!(%error, "how far the search index is cannot be told");
        }
        self.reported = Some(Instant::now());
        if self.report.is_finished {
            self.report.requests.clear();
        }
    }
}

/// The paper's own spellings: the file that was read last.
#[derive(Default)]
struct Spellings(Option<Stamp>);

impl Spellings {
    /// Reads the file, where it has changed.
    async fn take(&mut self, finding: &Arc<Finding>) {
        let stamp = stamp(&finding.data.join(SPELLINGS_FILE));
        if self.0 == Some(stamp) {
            return;
        }
        self.0 = Some(stamp);
        let own = Arc::clone(finding);
        let read = tokio::task::spawn_blocking(move || read_spellings(&own.data)).await;
        match read {
            Ok(Ok(variants)) => {
                *finding
                    .spellings
                    .write()
                    .unwrap_or_else(PoisonError::into_inner) = Arc::new(variants);
            }
            Ok(Err(error)) => {
                tracing::warn!(%error, "the spellings stay as they were");
            }
            Err(error) => tracing::warn!(%error, "the spellings cannot be read"),
        }
    }
}

/// Looks through the whole index once, a while after the start: what is damaged
/// within a file no search may meet for long.
async fn check(site: Weak<Site>) {
    tokio::time::sleep(CHECK_AFTER).await;
    let index = site.upgrade().and_then(|site| site.finding.index());
    if let Some(index) = index {
        std::thread::spawn(move || {
            stand_back(CHECK_STAND_BACK);
            if let Err(error) = index.check() {
                tracing::warn!(%error, "the search index is damaged");
            }
        });
    }
}
