//! Keeping the change log short and forgetting ended sessions and what comments
//! no longer need, beside serving: rarely, in small steps with rests between
//! them, so that no headline waits for one.

use std::{sync::Weak, time::Duration};

use store::COMMITS_KEPT;

use crate::{newsroom, site::Site};

/// How often it is looked whether something is to go.
const EVERY: Duration = Duration::from_mins(10);
/// Commits in one step, and the rest after it.
const COMMITS_AT_ONCE: i64 = 100;
const REST: Duration = Duration::from_millis(250);

/// Prunes until the site is gone.
pub(crate) async fn run(site: Weak<Site>) {
    loop {
        tokio::time::sleep(EVERY).await;
        sweep(&site).await;
        loop {
            let Some(site) = site.upgrade() else { return };
            match site
                .store
                .prune_changes(COMMITS_KEPT, COMMITS_AT_ONCE)
                .await
            {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(%error, "old changes stay in the log for now");
                    break;
                }
            }
            drop(site);
            tokio::time::sleep(REST).await;
        }
    }
}

/// Forgets sessions, links, tries and known ranges that ended by themselves, and
/// of comments where they came from, once it has had its time.
async fn sweep(site: &Weak<Site>) {
    let Some(site) = site.upgrade() else { return };
    if let Some(newsroom) = &site.newsroom
        && let Err(error) = newsroom.accounts.sweep(site.now()).await
    {
        tracing::warn!(%error, "ended sessions stay for now");
    }
    newsroom::sweep_uploads(&site).await;
    if let Some(talks) = &site.talks {
        let swept = async {
            let settings = site.store.settings().await?;
            talks.comments.sweep(&settings, site.now()).await
        };
        if let Err(error) = swept.await {
            tracing::warn!(%error, "senders of comments stay for now");
        }
    }
}
