//! The words that hold a comment, taken anew when their file has changed.

use std::{sync::Weak, time::Duration};

use actions::{
    comments::{WORDS_FILE, read_words},
    stamp,
};

use crate::site::Site;

/// How often the file is looked at.
const EVERY: Duration = Duration::from_secs(1);

/// Follows the file until the site is gone.
pub(crate) async fn follow_words(site: Weak<Site>) {
    let mut known = None;
    loop {
        {
            let Some(site) = site.upgrade() else { return };
            let Some(talks) = &site.talks else { return };
            let data = site.config.data.clone();
            let stamp = stamp(&data.join(WORDS_FILE));
            if known != Some(stamp) {
                known = Some(stamp);
                match tokio::task::spawn_blocking(move || read_words(&data)).await {
                    Ok(Ok(words)) => talks.comments.set_words(words),
                    Ok(Err(error)) => {
                        tracing::warn!(%error, "the words that hold a comment stay as they were");
                    }
                    Err(error) => tracing::warn!(%error, "the words cannot be read"),
                }
            }
        }
        tokio::time::sleep(EVERY).await;
    }
}
