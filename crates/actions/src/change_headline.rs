//! Changing a headline of the ticker, and moving one among the others.

use editorial::{
    Id, Timestamp,
    audit::Actor,
    ticker::{self, LineContent},
};
use store::{Store, StoreError};

use crate::{ActionError, push_headline::where_it_leads, remove_headline::as_seen};

/// Changes a headline where it stands, as it was seen: at this version. Returns the
/// position of the change log.
///
/// # Errors
/// [`ActionError`] where it is not there, somebody else changed it in between, the
/// text or address is refused, or the store fails.
pub async fn change_headline(
    store: &Store,
    (id, version): (Id, i64),
    content: LineContent,
    actor: Actor,
    now: Timestamp,
) -> Result<i64, ActionError> {
    let item = as_seen(store, id, version).await?;
    // What leads where it led is not looked at again: it may have gone meanwhile.
    let url = if content.url == item.url {
        content.url
    } else {
        where_it_leads(store, &content.url).await?
    };
    let content = LineContent { url, ..content };
    Ok(store.commit(item.change(content, actor, now)?).await?)
}

/// Moves a headline to a place among those that were seen, from 0 at the top; a
/// place beyond the last is the last. Returns the position of the change log; where
/// it stands there already, nothing is written.
///
/// # Errors
/// [`ActionError`] where the lines stand otherwise by now, or the store fails.
pub async fn move_headline(
    store: &Store,
    seen: Vec<Id>,
    (id, place): (Id, usize),
    actor: Actor,
    now: Timestamp,
) -> Result<Option<i64>, ActionError> {
    let from = seen.iter().position(|line| *line == id);
    let from = from.ok_or(StoreError::Conflict)?;
    let place = place.min(seen.len() - 1);
    if place == from {
        return Ok(None);
    }
    let mut wanted = seen.clone();
    wanted.remove(from);
    wanted.insert(place, id);
    let changes = ticker::arrange(seen, wanted, id, actor, now)?;
    Ok(Some(store.commit(changes).await?))
}
