//! The parts that stand on every page: opening, masthead with ticker, closing.
//! Made once for each change of theirs, by whichever request comes first.

use std::sync::{
    Arc, RwLock,
    atomic::{AtomicI64, Ordering},
};

use editorial::{ChangeKey, Timestamp, page::Frame};
use splice::Segment;
use store::StoreError;

use crate::{
    changes::Changes,
    comments::{PAGE_FOR, page_token},
    hot, respond,
    site::Site,
};

/// The shared parts at one position of the change log.
pub(crate) struct Shared {
    pub(crate) position: i64,
    /// When a headline of the ticker expires, the form for comments is due anew,
    /// or the day ends.
    pub(crate) valid_until: Timestamp,
    pub(crate) frame: Frame,
    pub(crate) opening: Segment,
    pub(crate) masthead: Segment,
    pub(crate) closing: Segment,
    /// The form for comments, which ends the main part of a page that has it.
    pub(crate) comment_form: Segment,
    /// The same parts for pages that are a reader's own.
    pub(crate) plain: Plain,
    /// The lines of the ticker for open pages, as JSON.
    pub(crate) ticker_json: String,
    /// The inline style's hash for the content security policy.
    pub(crate) policy: hyper::header::HeaderValue,
    /// Their number in this process.
    pub(crate) number: u64,
    /// The position up to which it was found fresh.
    checked_at: AtomicI64,
}

/// Shared parts as they are, not compressed.
pub(crate) struct Plain {
    opening: String,
    masthead: String,
    closing: String,
}

impl Plain {
    /// A whole page around its own parts.
    pub(crate) fn around(&self, page: &theme::Parts) -> String {
        let (opening, masthead, closing) = (&self.opening, &self.masthead, &self.closing);
        [opening, &page.head, masthead, &page.main, closing]
            .map(String::as_str)
            .concat()
    }
}

impl Shared {
    /// Whether it still shows what the store holds. The look at its keys is
    /// made once for each position of the change log.
    fn fresh(&self, changes: &Changes, now: Timestamp) -> bool {
        if now >= self.valid_until {
            return false;
        }
        let position = changes.position();
        if self.checked_at.load(Ordering::Relaxed) == position {
            return true;
        }
        let fresh = changes.fresh(self.position, &KEYS);
        if fresh {
            self.checked_at.store(position, Ordering::Relaxed);
        }
        fresh
    }
}

/// How long a page may wait for the parts around it, before it takes the last ones.
const DATABASE_DEADLINE: std::time::Duration = std::time::Duration::from_secs(2);

#[derive(Default)]
pub(crate) struct SharedParts {
    newest: RwLock<Option<Arc<Shared>>>,
    filling: tokio::sync::Mutex<()>,
}

/// What the shared parts show.
const KEYS: [ChangeKey; 3] = [ChangeKey::TICKER, ChangeKey::SETTINGS, ChangeKey::LATEST];

impl SharedParts {
    fn newest(&self) -> Option<Arc<Shared>> {
        self.newest
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clone()
    }
}

impl Site {
    /// The shared parts as of the position followed to.
    ///
    /// # Errors
    /// [`StoreError`] where they had to be made anew and the store failed.
    pub(crate) async fn shared(&self, now: Timestamp) -> Result<Arc<Shared>, StoreError> {
        if let Some(shared) = self.shared_now(now) {
            return Ok(shared);
        }
        let made = tokio::time::timeout(DATABASE_DEADLINE, self.shared_made(now)).await;
        // What waits for a database that says nothing goes on with what there is.
        made.unwrap_or_else(|_| self.shared.newest().ok_or(StoreError::Silent))
    }

    async fn shared_made(&self, now: Timestamp) -> Result<Arc<Shared>, StoreError> {
        let _one_at_a_time = self.shared.filling.lock().await;
        if let Some(shared) = self.shared_now(now) {
            return Ok(shared);
        }
        // A database that has stopped takes no page with it: those made go on
        // with the parts they had.
        let newest = self.shared.newest();
        if let (Some(_), Some(newest)) = (self.store.health(), &newest) {
            return Ok(Arc::clone(newest));
        }
        let read = match self.store.frame(now).await {
            Ok(read) => read,
            Err(error) => return newest.ok_or(error),
        };
        let shared = Arc::new(self.make_shared(read.position, read.value, now));
        *self
            .shared
            .newest
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = Some(Arc::clone(&shared));
        Ok(shared)
    }

    /// The shared parts if they are made and fresh.
    pub(crate) fn shared_now(&self, now: Timestamp) -> Option<Arc<Shared>> {
        let newest = self
            .shared
            .newest
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let shared = newest.as_ref()?;
        shared.fresh(&self.changes, now).then(|| Arc::clone(shared))
    }

    fn make_shared(&self, position: i64, frame: Frame, now: Timestamp) -> Shared {
        let settings = &frame.settings;
        let midnight = self.theme.masthead_valid_until(settings, now);
        let expiries = frame.ticker.iter().filter_map(|item| item.expires_at);
        let form_until = Timestamp((now.0.div_euclid(PAGE_FOR) + 1).saturating_mul(PAGE_FOR));
        let valid_until = expiries.fold(midnight.min(form_until), Timestamp::min);
        let plain = Plain {
            opening: self.theme.opening(settings),
            masthead: self.theme.masthead(&frame, now),
            closing: self.theme.closing(&frame),
        };
        let page = self
            .talks
            .as_ref()
            .map(|talks| page_token(talks.comments.sealer(), now));
        let comment_form = self.theme.comment_form(settings, page.as_deref());
        Shared {
            position,
            valid_until,
            opening: respond::compress_first(plain.opening.as_bytes()),
            masthead: respond::compress(plain.masthead.as_bytes()),
            closing: respond::compress(plain.closing.as_bytes()),
            comment_form: respond::compress(comment_form.as_bytes()),
            plain,
            ticker_json: ticker_json(&self.theme, &frame, position, now),
            policy: respond::content_policy(self.theme.style_hash()),
            number: hot::number(),
            checked_at: AtomicI64::new(i64::MIN),
            frame,
        }
    }
}

fn ticker_json(theme: &theme::Theme, frame: &Frame, position: i64, now: Timestamp) -> String {
    let items: Vec<_> = frame
        .ticker
        .iter()
        .map(|item| {
            serde_json::json!({
                "id": item.id,
                "text": item.text,
                "url": item.url,
                "urgent": item.urgent,
                "at": item.at.rfc3339(),
                "when": theme.ticker_time(&frame.settings, item.at, now),
            })
        })
        .collect();
    serde_json::json!({ "position": position, "items": items }).to_string()
}
