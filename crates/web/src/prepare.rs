//! Rendering the archive before it is asked for: the newest article first,
//! those that are not on disk yet. A server that ends in the middle goes on
//! from there when it starts again.

use std::{
    sync::{Arc, Weak},
    time::{Duration, Instant},
};

use editorial::urls::Url;

use crate::{metrics::Event, site::Site};

/// How eagerly the archive is rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Not at all: a page is rendered when it is first asked for.
    Off,
    /// On one core, and a fifth of the time.
    Gentle,
    /// As fast as the machine can.
    Fast,
}

/// Articles whose ids are read at once.
const BATCH: i64 = 1_000;
/// How long to wait where the writer of the disk does not keep up, or the
/// database does not answer.
const PAUSE: Duration = Duration::from_millis(2);
const RETRY: Duration = Duration::from_secs(5);

/// Renders what `site` has no record of, until all is there, the room is used
/// up, or the site ends. Returns how many were rendered.
pub(crate) async fn run(site: Weak<Site>, pace: Pace) -> u64 {
    let workers = match pace {
        Pace::Off => return 0,
        Pace::Gentle => 1,
        // Half of them wait for the database at any time.
        Pace::Fast => 2 * std::thread::available_parallelism().map_or(1, usize::from),
    };
    let (mut rendered, mut below) = (0, None);
    loop {
        let ids = {
            let Some(site) = site.upgrade() else { break };
            if site.streams.ended() {
                break;
            }
            if site.segments.as_ref().is_none_or(|kept| !kept.has_room()) {
                break;
            }
            match site.store.published_below(below, BATCH).await {
                Ok(ids) => ids,
                Err(error) => {
                    tracing::warn!(%error, "the archive is not rendered ahead for a while");
                    tokio::time::sleep(RETRY).await;
                    continue;
                }
            }
        };
        let Some(last) = ids.last() else { break };
        below = Some(*last);
        let share = ids.len().div_ceil(workers);
        let mut parts = tokio::task::JoinSet::new();
        for part in ids.chunks(share) {
            parts.spawn(render(site.clone(), part.to_vec(), pace));
        }
        while let Some(done) = parts.join_next().await {
            rendered += done.unwrap_or(0);
        }
    }
    let settled = tokio::task::spawn_blocking(move || {
        if let Some(segments) = site
            .upgrade()
            .as_ref()
            .and_then(|site| site.segments.as_ref())
        {
            segments.settle();
        }
    });
    let _ = settled.await;
    rendered
}

async fn render(site: Weak<Site>, ids: Vec<editorial::Id>, pace: Pace) -> u64 {
    let mut rendered = 0;
    for id in ids {
        let Some(site) = site.upgrade() else { break };
        if site.streams.ended() {
            break;
        }
        let Some(segments) = site.segments.as_ref() else {
            break;
        };
        if segments.has(id) {
            continue;
        }
        let begun = Instant::now();
        match site
            .made(&Url::Article(id, String::new()), site.now())
            .await
        {
            Ok(Some(page)) => {
                while !segments.keep(id, &page) {
                    tokio::time::sleep(PAUSE).await;
                }
                site.metrics.count(Event::SegmentKept);
                rendered += 1;
            }
            Ok(None) => {}
            Err(error) => tracing::warn!(article.id = %id, %error, "a page is not rendered ahead"),
        }
        if pace == Pace::Gentle {
            tokio::time::sleep(begun.elapsed() * 4).await;
        }
    }
    rendered
}

impl Site {
    /// Begins to render the archive in the background.
    pub fn prepare(self: &Arc<Self>, pace: Pace) {
        let site = Arc::downgrade(self);
        tokio::spawn(async move {
            let rendered = run(site, pace).await;
            tracing::info!(rendered, "the archive is rendered ahead");
        });
    }
}
