//! Describing: what a picture shows, whose it is, on what terms it is shown, and
//! the point that stays in view.

use editorial::{
    Id, Timestamp,
    audit::Actor,
    media::{Description, Media},
};
use store::{Store, StoreError};

use crate::ActionError;

/// Gives a picture or a file another description over the version `seen`. Returns it as it was
/// before.
///
/// # Errors
/// [`ActionError::NoMedia`], [`ActionError::Description`]; the store's
/// [`StoreError::Conflict`] where somebody described it in between.
pub async fn describe_media(
    store: &Store,
    id: Id,
    seen: i64,
    words: Description,
    actor: Actor,
    now: Timestamp,
) -> Result<Media, ActionError> {
    let media = store.media(id).await?.ok_or(ActionError::NoMedia(id))?;
    if media.version != seen {
        return Err(StoreError::Conflict.into());
    }
    let changes = media.clone().describe(words, actor, now);
    let changes = changes.map_err(ActionError::Description)?;
    store.commit(changes).await?;
    Ok(media)
}
