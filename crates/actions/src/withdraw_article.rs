//! Withdrawing: an article leaves the site; its address answers 410.

use editorial::{Id, Timestamp, audit::Actor};
use store::Store;

use crate::{ActionError, load};

/// Withdraws a published article. Returns the position of the change log.
///
/// # Errors
/// [`ActionError`] where a rule forbids it or the store refuses.
pub async fn withdraw_article(
    store: &Store,
    id: Id,
    actor: Actor,
    now: Timestamp,
) -> Result<i64, ActionError> {
    let changes = load(store, id).await?.withdraw(actor, now)?;
    Ok(store.commit(changes).await?)
}
