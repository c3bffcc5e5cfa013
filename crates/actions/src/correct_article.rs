//! Correcting: a visible note on a published article.

use editorial::{
    Id, Timestamp,
    audit::Actor,
    correction::{Correction, CorrectionKind},
};
use store::{Store, StoreError};

use crate::{ActionError, draw_id, load};

/// Puts a note on an article. Returns the position of the change log.
///
/// # Errors
/// [`ActionError`] where a rule forbids it or the store refuses.
pub async fn correct_article(
    store: &Store,
    id: Id,
    kind: CorrectionKind,
    text: &str,
    actor: Actor,
    now: Timestamp,
) -> Result<i64, ActionError> {
    let article = load(store, id).await?;
    let note = new_note(store, id, kind, text, now).await?;
    Ok(store.commit(article.correct(note, actor)?).await?)
}

/// A note on an article, not written yet.
pub(crate) async fn new_note(
    store: &Store,
    article: Id,
    kind: CorrectionKind,
    text: &str,
    at: Timestamp,
) -> Result<Correction, StoreError> {
    Ok(Correction {
        id: draw_id(store).await?,
        article,
        at,
        kind,
        text: text.trim().to_owned(),
    })
}
