//! What stands first on the front page: set by hand at once, or from a moment on,
//! exactly once however many servers there are.

use editorial::{
    ArticleKind, ArticleState, Id, Timestamp,
    audit::Actor,
    front::{FrontError, FrontPage},
};
use store::{Store, StoreError};

use crate::{ActionError, draw_id, load};

/// Front pages to come that are kept at the most.
pub const FRONTS_TO_COME_MAX: u32 = 50;

/// What is done with the stories that stand first.
#[derive(Clone, Copy, Debug)]
pub enum FrontAct {
    /// A story comes at the end.
    Add(Id),
    /// A story leaves.
    Remove(Id),
    /// A story goes to a place, from 0 at the top; one beyond the last is the last.
    Move(Id, usize),
}

/// Changes the front page that stands now, or the one from a moment on, as it was
/// seen: with these stories. Returns the position of the change log; none where
/// nothing was to change.
///
/// # Errors
/// [`ActionError`] where somebody else changed it in between, a rule forbids it, the
/// article is no published story, or the store fails.
pub async fn change_front_page(
    store: &Store,
    (from, seen): (Option<Timestamp>, &[Id]),
    act: FrontAct,
    actor: Actor,
    now: Timestamp,
) -> Result<Option<i64>, ActionError> {
    let front = store.front_page(from).await?;
    if front.stories != seen || from.is_some() && front.version == 0 {
        return Err(StoreError::Conflict.into());
    }
    let mut stories = front.stories.clone();
    match act {
        FrontAct::Add(id) => {
            let article = load(store, id).await?;
            let is_shown = article.state == ArticleState::Published;
            if !is_shown || article.kind != ArticleKind::Story {
                return Err(ActionError::NothingThere(id.to_string()));
            }
            stories.push(id);
        }
        FrontAct::Remove(id) => stories.retain(|story| *story != id),
        FrontAct::Move(id, place) => {
            let at = stories.iter().position(|story| *story == id);
            stories.remove(at.ok_or(StoreError::Conflict)?);
            stories.insert(place.min(stories.len()), id);
        }
    }
    if stories == front.stories {
        return Ok(None);
    }
    let subject = draw_id(store).await?;
    let changes = front.set(stories, subject, actor, now)?;
    Ok(Some(store.commit(changes).await?))
}

/// Makes a front page from a moment on, with the stories that stand first now.
///
/// # Errors
/// [`ActionError`] where the moment cannot be, there is one from that moment on
/// already, there are too many, or the store fails.
pub async fn schedule_front_page(
    store: &Store,
    from: Timestamp,
    actor: Actor,
    now: Timestamp,
) -> Result<i64, ActionError> {
    let to_come = store.front_pages_to_come(FRONTS_TO_COME_MAX).await?;
    if to_come.len() >= FRONTS_TO_COME_MAX as usize {
        return Err(FrontError::TooMany.into());
    }
    let stories = store.front_page(None).await?.stories;
    let front = FrontPage {
        from: Some(from),
        ..FrontPage::default()
    };
    let changes = front.set(stories, draw_id(store).await?, actor, now)?;
    Ok(store.commit(changes).await?)
}

/// Takes back the front page from a moment on.
///
/// # Errors
/// A conflict where there is none, or the store's error.
pub async fn unschedule_front_page(
    store: &Store,
    from: Timestamp,
    actor: Actor,
    now: Timestamp,
) -> Result<i64, ActionError> {
    let front = store.front_page(Some(from)).await?;
    let changes = front.cancel(draw_id(store).await?, actor, now);
    Ok(store.commit(changes).await?)
}

/// Puts up the front pages whose moment has come. Returns the moment of the next one,
/// if there is one.
///
/// # Errors
/// [`StoreError`] where the store fails; what was put up till then stands.
pub async fn put_up_due(store: &Store, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    for front in store.front_pages_to_come(FRONTS_TO_COME_MAX).await? {
        if front.from.is_some_and(|from| from > now) {
            return Ok(front.from);
        }
        let standing = store.front_page(None).await?;
        let changes = front.put_up(&standing, draw_id(store).await?, now);
        match store.commit(changes).await {
            Ok(_) => {}
            // Another server was first, or somebody changed what stands: looked at
            // again.
            Err(StoreError::Conflict) => return Ok(Some(now)),
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}
