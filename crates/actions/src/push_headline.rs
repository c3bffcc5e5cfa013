//! Pushing a headline into the ticker.

use editorial::{Id, Standing, Timestamp, audit::Actor, ticker::TickerItem};
use store::Store;

use crate::{ActionError, draw_id, old_address};

/// A headline as it is given.
#[derive(Clone, Debug, Default)]
pub struct NewHeadline {
    /// Its words.
    pub text: String,
    /// Where it leads, or empty.
    pub url: String,
    /// Whether it is marked «عاجل».
    pub urgent: bool,
    /// When it leaves by itself.
    pub expires_at: Option<Timestamp>,
}

/// Pushes a headline and returns its id once it is on disk.
///
/// # Errors
/// [`ActionError`] where the text or address is refused or the store fails.
pub async fn push_headline(
    store: &Store,
    headline: NewHeadline,
    actor: Actor,
    now: Timestamp,
) -> Result<Id, ActionError> {
    let NewHeadline {
        text,
        url,
        urgent,
        expires_at,
    } = headline;
    if url.starts_with('/') {
        let answer = old_address::answer(store, &url, None).await?;
        if answer.standing != Standing::Shown {
            return Err(ActionError::NothingThere(url));
        }
    }
    let id = draw_id(store).await?;
    let item = TickerItem {
        id,
        text,
        url,
        urgent,
        at: now,
        expires_at,
    };
    store.commit(item.push(actor)?).await?;
    Ok(id)
}
