//! The room of an article in which several write: its document in memory, kept
//! up with the store. Every server has a room of its own; what is written in one
//! comes to the others by the change log.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use actions::{ActionError, Together, join_updates, keep_update, open_copy, open_together};
use bytes::Bytes;
use editorial::{ChangeKey, Id, WorkingCopy, audit::Actor};
use manuscript::{Taken, UpdateFault};
use store::StoreError;
use tokio::sync::broadcast;

use crate::site::Site;

/// What is said in a room that a slow listener may be behind.
const SAID_MAX: usize = 256;
/// Browsers in one room of one server.
const PEOPLE_MAX: usize = 50;

/// The rooms that somebody is in.
#[derive(Default)]
pub(crate) struct Rooms(Mutex<HashMap<Id, Weak<Room>>>);

impl Rooms {
    /// The room of an article.
    pub(super) fn enter(&self, article: Id) -> Arc<Room> {
        let mut rooms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        rooms.retain(|_, room| room.strong_count() > 0);
        if let Some(room) = rooms.get(&article).and_then(Weak::upgrade) {
            return room;
        }
        let room = Arc::new(Room {
            article,
            text: tokio::sync::Mutex::default(),
            said: broadcast::Sender::new(SAID_MAX),
        });
        rooms.insert(article, Arc::downgrade(&room));
        room
    }
}

/// One of them.
pub(super) struct Room {
    article: Id,
    /// Nothing until it is read, and after something failed.
    text: tokio::sync::Mutex<Option<Text>>,
    said: broadcast::Sender<Said>,
}

/// What is said to everybody in a room.
#[derive(Clone)]
pub(super) enum Said {
    /// Somebody wrote: which socket of this server, 0 for another server's.
    Written(u64, Bytes),
    /// Where somebody's caret is, as it was sent.
    Present(u64, Bytes),
    /// The document was read anew: ask what is missing.
    Anew,
    /// The document is at its end; whether the article is written on in another one.
    Ended(bool),
}

/// The document as it is kept.
struct Text {
    copy: WorkingCopy,
    together: Together,
    /// The position of the change log up to which it is.
    position: i64,
}

/// Why an update is not kept.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotKept {
    /// It is of a document that is at its end.
    #[error("the document is at its end")]
    Ended,
    /// It is not taken.
    #[error(transparent)]
    Fault(#[from] UpdateFault),
    /// The store fails: it is to be sent again.
    #[error(transparent)]
    Failed(#[from] ActionError),
}

impl Room {
    /// Whether nobody more has room in it.
    pub(super) fn is_full(&self) -> bool {
        self.said.receiver_count() >= PEOPLE_MAX
    }

    /// Hears what is said from now on.
    pub(super) fn listen(&self) -> broadcast::Receiver<Said> {
        self.said.subscribe()
    }

    /// Tells the others where somebody is.
    pub(super) fn tell(&self, from: u64, bytes: Bytes) {
        let _ = self.said.send(Said::Present(from, bytes));
    }

    /// Which document it is, and what is in it of each writer.
    pub(super) async fn state(&self, site: &Site) -> Result<(Id, Vec<u8>), NotKept> {
        let mut text = self.text.lock().await;
        let text = self.current(site, &mut text).await?;
        Ok((text.together.stem, text.together.manuscript.state()))
    }

    /// What somebody lacks of the document `stem`.
    pub(super) async fn missing_from(
        &self,
        site: &Site,
        stem: Id,
        state: &[u8],
    ) -> Result<Vec<u8>, NotKept> {
        let mut text = self.text.lock().await;
        let text = self.current(site, &mut text).await?;
        if text.together.stem != stem {
            return Err(NotKept::Ended);
        }
        Ok(text.together.manuscript.missing_from(state)?)
    }

    /// Keeps what somebody wrote in the document `stem`. When it returns, it is on disk.
    pub(super) async fn write(
        &self,
        site: &Site,
        from: u64,
        stem: Id,
        bytes: Bytes,
        actor: Actor,
    ) -> Result<(), NotKept> {
        let mut held = self.text.lock().await;
        let text = self.current(site, &mut held).await?;
        if text.together.stem != stem {
            return Err(NotKept::Ended);
        }
        if text.together.manuscript.take(&bytes)? == Taken::Known {
            return Ok(());
        }
        let (store, now) = (&site.store, site.now());
        let kept = keep_update(store, &text.copy, stem, bytes.to_vec(), actor, now).await;
        if let Err(error) = kept {
            // It is in memory and nowhere else: all is read anew.
            *held = None;
            let _ = self.said.send(Said::Anew);
            return Err(error.into());
        }
        let _ = self.said.send(Said::Written(from, bytes));
        if let Err(error) = self.catch_up(site, text).await {
            tracing::debug!(%error, "a text is read anew");
            *held = None;
            let _ = self.said.send(Said::Anew);
            return Ok(());
        }
        if text.together.manuscript.is_long() {
            let joined = join_updates(store, self.article, &mut text.together, now).await;
            if let Err(error) = joined {
                tracing::warn!(%error, "the updates of a text are not joined");
            }
        }
        Ok(())
    }

    /// Looks at what other servers did.
    pub(super) async fn follow(&self, site: &Site) -> Result<(), NotKept> {
        let mut text = self.text.lock().await;
        self.current(site, &mut text).await.map(|_| ())
    }

    /// The document as it is now.
    async fn current<'a>(
        &self,
        site: &Site,
        held: &'a mut Option<Text>,
    ) -> Result<&'a mut Text, NotKept> {
        let position = site.changes.position();
        let key = [ChangeKey::writing(self.article)];
        let mut is_ended = false;
        if let Some(mut text) = held.take() {
            if site.changes.fresh(text.position, &key) {
                return Ok(held.insert(text));
            }
            text.position = position;
            match self.catch_up(site, &mut text).await {
                Ok(()) => return Ok(held.insert(text)),
                Err(NotKept::Ended) => is_ended = true,
                Err(NotKept::Fault(_)) => {
                    let _ = self.said.send(Said::Anew);
                }
                Err(error) => return Err(error),
            }
        }
        let (_, copy) = open_copy(&site.store, self.article, Actor::System, site.now()).await?;
        let together = open_together(&site.store, &copy).await?;
        if is_ended {
            let _ = self.said.send(Said::Ended(copy.version > 0));
        }
        Ok(held.insert(Text {
            copy,
            together,
            position,
        }))
    }

    /// Takes what is kept and not in memory yet, and tells it.
    async fn catch_up(&self, site: &Site, text: &mut Text) -> Result<(), NotKept> {
        let stem = text.together.stem;
        let Some(document) = self.document(site, text).await? else {
            return Ok(());
        };
        if document.stem != stem {
            return Err(NotKept::Ended);
        }
        text.copy.document = Some(document);
        let after = text.together.last;
        let updates = site.store.document_updates(self.article, stem, after).await;
        for (number, bytes) in updates.map_err(ActionError::from)? {
            if text.together.manuscript.take(&bytes)? == Taken::News {
                let _ = self.said.send(Said::Written(0, Bytes::from(bytes)));
            }
            text.together.last = number;
        }
        Ok(())
    }

    /// The document as the store has it; nothing while nobody wrote in it.
    async fn document(
        &self,
        site: &Site,
        text: &Text,
    ) -> Result<Option<editorial::working_copy::Document>, NotKept> {
        let kept = site.store.document(self.article).await;
        let kept = kept.map_err(ActionError::from)?;
        if kept.is_some() {
            return Ok(kept);
        }
        if text.copy.document.is_some() {
            return Err(NotKept::Ended);
        }
        // Nobody wrote in it, but perhaps another text was saved.
        let (_, copy) = open_copy(&site.store, self.article, Actor::System, site.now()).await?;
        if copy.revision == text.together.stem {
            Ok(None)
        } else {
            Err(NotKept::Ended)
        }
    }
}

impl NotKept {
    /// Whether the same may be kept if it is sent again.
    pub(super) fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Failed(ActionError::Store(_)) | Self::Fault(UpdateFault::Missing)
        )
    }
}

impl From<StoreError> for NotKept {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}
