//! A new index in the making: all published articles, by ascending id.

use std::{sync::Arc, time::Duration};

use editorial::SearchDocument;
use search::{Rebuild, Writer};
use store::{Store, StoreError};
use tokio::task::JoinHandle;

use super::{IndexingError, hand::Hand};

/// Articles read at once. Some kilobytes each.
const ARTICLES_AT_ONCE: u32 = 500;

/// How long the end of a new index is waited for, before the old one is followed
/// on again.
const PATIENCE: Duration = Duration::from_millis(20);

type Finishing = JoinHandle<Result<Writer, IndexingError>>;

/// A new index, and how far it is.
pub(super) struct Rebuilding {
    hand: Arc<Hand>,
    /// None once all is put in.
    made: Option<Rebuild>,
    finishing: Option<Finishing>,
    /// The position of the log before the first article was read: what changes
    /// after it is followed when the index is there.
    position: i64,
    /// Articles that were read and are not yet put in.
    ahead: Vec<SearchDocument>,
    done: u64,
    of: u64,
}

impl Rebuilding {
    pub(super) async fn begin(
        store: &Store,
        hand: Hand,
        made: Rebuild,
    ) -> Result<Self, StoreError> {
        // What this process has not noticed yet is read twice, which is no harm.
        let position = *store.position().borrow();
        let of = store.published_count().await?;
        let ahead = store.search_documents_after(None, ARTICLES_AT_ONCE).await?;
        Ok(Self {
            hand: Arc::new(hand),
            made: Some(made),
            finishing: None,
            position,
            ahead,
            done: 0,
            of,
        })
    }

    pub(super) fn progress(&self) -> (u64, u64) {
        (self.done, self.of.max(self.done))
    }

    pub(super) fn is_finishing(&self) -> bool {
        self.finishing.is_some()
    }

    /// Goes on; its writer and the position it holds, once it is in the place of
    /// the old one.
    pub(super) async fn work(
        &mut self,
        store: &Store,
    ) -> Result<Option<(Writer, i64)>, IndexingError> {
        if let Some(finishing) = &mut self.finishing {
            return match tokio::time::timeout(PATIENCE, finishing).await {
                Ok(done) => Ok(Some((
                    done.unwrap_or(Err(IndexingError::Ended))?,
                    self.position,
                ))),
                Err(_) => Ok(None),
            };
        }
        let mut made = self.made.take().ok_or(IndexingError::Ended)?;
        let Some(last) = self.ahead.last().map(|document| document.id) else {
            let position = self.position;
            let hand = Arc::clone(&self.hand);
            let finish = async move { hand.work(move || Ok(made.finish(position)?)).await };
            self.finishing = Some(tokio::spawn(finish));
            return Ok(None);
        };
        let read = std::mem::take(&mut self.ahead);
        let count = read.len() as u64;
        let put = self.hand.work(move || {
            for document in read {
                made.put(document)?;
            }
            Ok(made)
        });
        // The next ones are read meanwhile.
        let next = store.search_documents_after(Some(last), ARTICLES_AT_ONCE);
        let (made, ahead) = tokio::join!(put, next);
        self.made = Some(made?);
        self.ahead = ahead?;
        self.done += count;
        Ok(None)
    }
}
