//! The task that publishes articles and puts up front pages at their moment. Every
//! server runs it; the store lets one alone do each.

use std::{sync::Weak, time::Duration};

use actions::{publish_due, put_up_due};
use editorial::{ChangeKey, Timestamp};
use store::StoreError;

use crate::site::Site;

/// How often the clock is looked at: it may have been set.
const TICK: Duration = Duration::from_millis(100);
/// How often the store is asked though nothing was heard of it.
const ASK_EVERY: Duration = Duration::from_mins(1);
/// How long to wait after the store failed.
const RETRY: Duration = Duration::from_secs(1);

/// Publishes what is due until the site is gone.
pub(crate) async fn run(site: Weak<Site>) {
    loop {
        let Some(here) = site.upgrade() else { return };
        // Before the store is asked, so that nothing set meanwhile is missed.
        let seen = here.changes.position();
        let due = async {
            let published = publish_due(&here.store, here.now()).await?;
            let put_up = put_up_due(&here.store, here.now()).await?;
            Ok::<_, StoreError>(published.into_iter().chain(put_up).min())
        };
        let next = match due.await {
            Ok(next) => next,
            Err(error) => {
                tracing::warn!(%error, "what is due is not done yet");
                drop(here);
                tokio::time::sleep(RETRY).await;
                continue;
            }
        };
        drop(here);
        if !wait(&site, seen, next).await {
            return;
        }
    }
}

/// Waits until something is due, or schedules changed; false where the site is
/// gone.
async fn wait(site: &Weak<Site>, seen: i64, next: Option<Timestamp>) -> bool {
    let asked = tokio::time::Instant::now();
    loop {
        {
            let Some(here) = site.upgrade() else {
                return false;
            };
            let is_due = next.is_some_and(|at| at <= here.now());
            let is_news = !here.changes.fresh(seen, &[ChangeKey::SCHEDULE]);
            if is_due || is_news || asked.elapsed() > ASK_EVERY {
                return true;
            }
        }
        tokio::time::sleep(TICK).await;
    }
}
