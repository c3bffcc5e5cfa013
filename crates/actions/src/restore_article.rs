//! Restoring: a withdrawn article comes back under its old address and date.

use editorial::{Id, Timestamp, audit::Actor};
use store::Store;

use crate::{ActionError, load};

/// Restores a withdrawn article. Returns the position of the change log.
///
/// # Errors
/// [`ActionError`] where a rule forbids it or the store refuses.
pub async fn restore_article(
    store: &Store,
    id: Id,
    actor: Actor,
    now: Timestamp,
) -> Result<i64, ActionError> {
    let changes = load(store, id).await?.restore(actor, now)?;
    Ok(store.commit(changes).await?)
}
