//! Removing a headline from the ticker.

use editorial::{Id, Timestamp, audit::Actor, ticker::TickerItem};
use store::{Store, StoreError};

use crate::ActionError;

/// Removes a headline, as it was seen: at this version, or however it is now.
/// Returns the position of the change log.
///
/// # Errors
/// [`ActionError::NoHeadline`] where it is not there, a conflict where somebody
/// else changed it in between, or the store's error.
pub async fn remove_headline(
    store: &Store,
    id: Id,
    version: Option<i64>,
    actor: Actor,
    now: Timestamp,
) -> Result<i64, ActionError> {
    let item = match version {
        Some(version) => as_seen(store, id, version).await?,
        None => load(store, id).await?,
    };
    Ok(store.commit(item.remove(actor, now)).await?)
}

async fn load(store: &Store, id: Id) -> Result<TickerItem, ActionError> {
    let item = store.ticker_item(id).await?;
    item.ok_or(ActionError::NoHeadline(id))
}

/// The line at the version that was seen.
pub(crate) async fn as_seen(
    store: &Store,
    id: Id,
    version: i64,
) -> Result<TickerItem, ActionError> {
    let item = load(store, id).await?;
    if item.version == version {
        Ok(item)
    } else {
        Err(StoreError::Conflict.into())
    }
}
