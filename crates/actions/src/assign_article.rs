//! Assigning: an article is somebody's to do.

use editorial::{
    Id, Timestamp,
    accounts::{Permission, UserState},
    audit::Actor,
    workflow::{Assignment, AssignmentError, NotificationKind},
};
use store::Store;

use crate::{ActionError, load, move_stage::Telling};

/// Gives an article to a user, until a moment if one is given; he is told.
///
/// # Errors
/// [`ActionError::Assignment`] where he does not write or the moment cannot be.
pub async fn assign_article(
    store: &Store,
    id: Id,
    user: Id,
    deadline: Option<Timestamp>,
    by: Id,
    now: Timestamp,
) -> Result<i64, ActionError> {
    load(store, id).await?;
    let writer = store
        .user(user)
        .await?
        .filter(|user| user.state == UserState::Active && user.roles.allow(Permission::Write));
    if writer.is_none() {
        return Err(AssignmentError::NoWriter.into());
    }
    let given = Assignment {
        article: id,
        user,
        given_by: Some(by),
        given_at: now,
        deadline,
    };
    let mut told = Telling::begin(Some(by), id, now);
    told.each([user], NotificationKind::Assigned);
    let mut changes = given.give(Actor::User(by))?;
    changes.append(told.changes(store).await?);
    Ok(store.commit(changes).await?)
}

/// Takes it from whoever has it; nothing is done where nobody has.
///
/// # Errors
/// The store's.
pub async fn unassign_article(
    store: &Store,
    id: Id,
    by: Id,
    now: Timestamp,
) -> Result<(), ActionError> {
    if let Some(given) = store.assignment(id).await? {
        store.commit(given.take_back(Actor::User(by), now)).await?;
    }
    Ok(())
}
