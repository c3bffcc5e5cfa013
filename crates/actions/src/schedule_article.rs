//! Scheduling: an article goes live at a moment by itself, exactly once however
//! many servers there are.

use editorial::{Id, Timestamp, audit::Actor, schedule::Schedule};
use store::{Store, StoreError};

use crate::{
    ActionError, is_ready, load, pictures_of,
    publish_article::{fill_section, publication},
    write_together::settle,
};

/// Publications that are looked at in one turn.
const AT_ONCE: u32 = 50;

/// Has an article published at a moment, as its working copy says then; in
/// place of any moment it had.
///
/// # Errors
/// [`ActionError`] where a rule forbids it or the store refuses.
pub async fn schedule_article(
    store: &Store,
    id: Id,
    at: Timestamp,
    actor: Actor,
    now: Timestamp,
) -> Result<i64, ActionError> {
    settle(store, id, actor, now).await?;
    let mut article = load(store, id).await?;
    let mut copy = store.working_copy(id).await?;
    is_ready(store, copy.as_ref()).await?;
    // When it is published it comes into the section for those without one.
    fill_section(store, &mut article, copy.as_mut()).await?;
    let pictures = pictures_of(store, &article, copy.as_ref()).await?;
    let changes = article.schedule(copy.as_ref(), &pictures, at, actor, now)?;
    Ok(store.commit(changes).await?)
}

/// Takes a schedule back.
///
/// # Errors
/// [`ActionError::NotScheduled`] where there is none, or the store's.
pub async fn unschedule_article(
    store: &Store,
    id: Id,
    actor: Actor,
    now: Timestamp,
) -> Result<i64, ActionError> {
    let schedule = store.schedule(id).await?;
    let schedule = schedule.ok_or(ActionError::NotScheduled(id))?;
    Ok(store.commit(schedule.cancel(actor, now)).await?)
}

/// Publishes what is due. Returns the moment of the next publication to come, if
/// there is one.
///
/// # Errors
/// [`StoreError`] where the store fails; what was published till then is.
pub async fn publish_due(store: &Store, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let next = store.schedules(AT_ONCE).await?;
    for schedule in &next {
        if schedule.at > now {
            return Ok(Some(schedule.at));
        }
        match publish(store, *schedule, now).await {
            // Another server was first, or somebody changed it: looked at again.
            Ok(()) | Err(ActionError::Store(StoreError::Conflict)) => {}
            Err(ActionError::Store(error)) => return Err(error),
            Err(refused) => {
                let ended = store.commit(schedule.fail(&refused.to_string(), now)).await;
                match ended {
                    Ok(_) | Err(StoreError::Conflict) => {}
                    Err(error) => return Err(error),
                }
                tracing::warn!(article = %schedule.article, %refused, "an article was not published at its moment");
            }
        }
    }
    // Whatever is left is due as well, or became so meanwhile.
    Ok((!next.is_empty()).then_some(now))
}

async fn publish(store: &Store, schedule: Schedule, now: Timestamp) -> Result<(), ActionError> {
    let actor = schedule.set_by.map_or(Actor::System, Actor::User);
    // With it the schedule ends: both or none.
    let changes = publication(store, schedule.article, actor, now).await?;
    store.commit(changes).await?;
    Ok(())
}
