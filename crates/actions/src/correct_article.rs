//! Correcting: a visible note on a published article.

use editorial::{
    Id, Timestamp,
    audit::Actor,
    correction::{Correction, CorrectionKind},
};
use store::Store;

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
    let note = Correction {
        id: draw_id(store).await?,
        article: id,
        at: now,
        kind,
        text: text.trim().to_owned(),
    };
    Ok(store.commit(article.correct(note, actor)?).await?)
}
