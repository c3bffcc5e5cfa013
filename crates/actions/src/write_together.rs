//! Writing together: the document in which several write the text of a working
//! copy. What is kept of the copy elsewhere, its revision, is brought up to the
//! document whenever somebody saves, and before anything is done with it.

use editorial::{
    Article, BlockId, Body, Changes, Content, Id, Timestamp, WorkingCopy, Write,
    audit::Actor,
    working_copy::{Document, DocumentUpdate, WorkingCopyWrite},
};
use manuscript::Manuscript;
use store::{Store, StoreError};

use crate::{ActionError, load};

/// How often something is tried again where somebody wrote in between.
pub(crate) const TRIES: usize = 8;

/// The document of a working copy, as of one of its updates.
pub struct Together {
    /// Which one it is: the revision it began with.
    pub stem: Id,
    /// The number of the newest update in it; 0 where nobody wrote in it yet, and nothing of
    /// it is kept.
    pub last: i64,
    /// What it says.
    pub manuscript: Manuscript,
}

/// The document of a working copy; one that nobody wrote in yet says what the
/// copy says, and is the same on every server.
///
/// # Errors
/// [`ActionError::Text`] where what is kept cannot be read, or the store's.
pub async fn open_together(store: &Store, copy: &WorkingCopy) -> Result<Together, ActionError> {
    let begun = document(store, copy).await?;
    Ok(begun.unwrap_or_else(|| Together {
        stem: copy.revision,
        last: 0,
        manuscript: Manuscript::begin(&copy.content.body, copy.revision),
    }))
}

/// The same, where somebody wrote in it.
pub(crate) async fn document(
    store: &Store,
    copy: &WorkingCopy,
) -> Result<Option<Together>, ActionError> {
    let Some(Document { stem, .. }) = copy.document else {
        return Ok(None);
    };
    let updates = store.document_updates(copy.article, stem, 0).await?;
    let Some((last, _)) = updates.last() else {
        // It ended since the copy was read.
        return Err(StoreError::Conflict.into());
    };
    Ok(Some(Together {
        stem,
        last: *last,
        manuscript: Manuscript::of(updates.into_iter().map(|(_, bytes)| bytes))?,
    }))
}

/// Keeps what somebody wrote in a document; the first time, with the document and, where the copy
/// was never saved, with the copy. When it returns, it is on disk.
///
/// # Errors
/// [`StoreError::Conflict`] where the document is at its end, or began at the same moment
/// elsewhere: nothing is written then.
pub async fn keep_update(
    store: &Store,
    copy: &WorkingCopy,
    stem: Id,
    bytes: Vec<u8>,
    actor: Actor,
    now: Timestamp,
) -> Result<i64, ActionError> {
    let article = copy.article;
    let by = actor.user();
    let update = |bytes| DocumentUpdate { bytes, by, at: now };
    let mut changes = Changes::new();
    if copy.document.is_none() {
        // Who writes the first letter begins the copy.
        let begins = WorkingCopy {
            begun_by: by,
            saved_by: by,
            ..copy.clone()
        };
        changes.writes.extend(begins.begun());
        let first = Manuscript::begin(&copy.content.body, copy.revision).snapshot();
        changes = changes.write(Write::WorkingCopy(WorkingCopyWrite::DocumentBegun {
            article,
            stem,
            update: update(first),
        }));
    }
    let written = WorkingCopyWrite::DocumentWritten {
        article,
        stem,
        update: update(bytes),
        over: None,
    };
    Ok(store
        .commit(changes.write(Write::WorkingCopy(written)))
        .await?)
}

/// Joins all updates of a document that are in `together` into one, there and in the store.
///
/// # Errors
/// [`StoreError::Conflict`] where the document is at its end.
pub async fn join_updates(
    store: &Store,
    article: Id,
    together: &mut Together,
    now: Timestamp,
) -> Result<i64, ActionError> {
    together.manuscript.join();
    let joined = WorkingCopyWrite::DocumentJoined {
        article,
        stem: together.stem,
        through: together.last,
        update: DocumentUpdate {
            bytes: together.manuscript.snapshot(),
            by: None,
            at: now,
        },
    };
    let changes = Changes::new().write(Write::WorkingCopy(joined));
    Ok(store.commit(changes).await?)
}

/// Brings the working copy of an article up to its document, if it has one that is ahead.
///
/// # Errors
/// [`ActionError::Content`] where the text has no room, [`StoreError::Conflict`] where others
/// write faster than it can be saved, or the store's.
pub(crate) async fn settle(
    store: &Store,
    id: Id,
    actor: Actor,
    now: Timestamp,
) -> Result<(), ActionError> {
    for _ in 0..TRIES {
        let copy = store.working_copy(id).await?;
        let Some(copy) = copy.filter(|copy| !copy.is_settled()) else {
            return Ok(());
        };
        let article = load(store, id).await?;
        let together = document(store, &copy).await?;
        let content = copy.content.clone();
        let changes = saving(
            store,
            &article,
            copy,
            together,
            (content, None),
            (actor, now),
        )
        .await?;
        match store.commit(changes).await {
            Err(StoreError::Conflict) => {}
            done => return done.map(|_| ()).map_err(ActionError::from),
        }
    }
    Err(StoreError::Conflict.into())
}

/// The changes that save `content`, with the text of the document, over which `typed` is written
/// before, if it is given. Where there is no document, the text is `typed` or stays.
pub(crate) async fn saving(
    store: &Store,
    article: &Article,
    mut copy: WorkingCopy,
    together: Option<Together>,
    (mut content, typed): (Content, Option<Body>),
    (actor, now): (Actor, Timestamp),
) -> Result<Changes, ActionError> {
    let mut ids = store.draw_ids(2).await?;
    let mut draw = || ids.draw().expect("a block of two ids holds two");
    let (revision, writer) = (draw(), draw());
    let mut changes = Changes::new();
    if let (Some(document), Some(mut together)) = (copy.document, together) {
        let highest = highest(&article.body).max(highest(&copy.content.body));
        let manuscript = &mut together.manuscript;
        let mut updates = Vec::new();
        if let Some(body) = &typed {
            updates.extend(manuscript.write(body, writer));
        }
        if manuscript.has_unnumbered() {
            updates.extend(manuscript.number_blocks(highest, writer));
        }
        content.body = manuscript.body();
        let mut last = together.last;
        for bytes in updates {
            let written = WorkingCopyWrite::DocumentWritten {
                article: article.id,
                stem: together.stem,
                update: DocumentUpdate {
                    bytes,
                    by: actor.user(),
                    at: now,
                },
                over: Some(last),
            };
            changes = changes.write(Write::WorkingCopy(written));
            last += 1;
        }
        copy.document = Some(Document { last, ..document });
    } else {
        content.body = typed.unwrap_or_else(|| copy.content.body.clone());
    }
    let saved = copy.save(content, revision, actor.user(), now);
    changes.append(saved.map_err(ActionError::Content)?);
    Ok(changes)
}

fn highest(body: &Body) -> BlockId {
    let ids = body.blocks.iter().map(|block| block.id);
    ids.max().unwrap_or(BlockId(0))
}
