//! Removing a headline from the ticker.

use editorial::{Id, Timestamp, audit::Actor, ticker::TickerItem};
use store::Store;

use crate::ActionError;

/// Removes a headline. Returns the position of the change log.
///
/// # Errors
/// [`ActionError::NoHeadline`] where it is not there, or the store's error.
pub async fn remove_headline(
    store: &Store,
    id: Id,
    actor: Actor,
    now: Timestamp,
) -> Result<i64, ActionError> {
    if !store.ticker_item_exists(id).await? {
        return Err(ActionError::NoHeadline(id));
    }
    Ok(store.commit(TickerItem::remove(id, actor, now)).await?)
}
