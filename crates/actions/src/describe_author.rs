//! Authors: what they are called and said to be, and the account behind a name.

use editorial::{
    Changes, Id, Timestamp, Write,
    audit::{Action, Actor, AuditEntry},
    people::{Author, AuthorError},
    workflow::PenName,
};
use store::Store;

use crate::ActionError;

/// Gives an author another name and other words; the address stays.
///
/// # Errors
/// [`ActionError::Author`] where a rule forbids it or there is none.
pub async fn describe_author(
    store: &Store,
    id: Id,
    name: &str,
    bio: &str,
    actor: Actor,
    now: Timestamp,
) -> Result<i64, ActionError> {
    let author = author(store, id).await?.described(name, bio)?;
    let entry = AuditEntry::new(id, Action::AuthorChange, actor, now);
    let changes = Changes::new().audit(entry).write(Write::Author(author));
    Ok(store.commit(changes).await?)
}

/// Keeps whose a name is.
///
/// # Errors
/// [`ActionError::Author`] where there is no such author or account.
pub async fn set_pen_name(
    store: &Store,
    id: Id,
    user: Option<Id>,
    actor: Actor,
    now: Timestamp,
) -> Result<i64, ActionError> {
    author(store, id).await?;
    if let Some(user) = user
        && store.user(user).await?.is_none()
    {
        return Err(AuthorError::NoUser.into());
    }
    let changes = PenName { author: id, user }.keep(actor, now);
    Ok(store.commit(changes).await?)
}

async fn author(store: &Store, id: Id) -> Result<Author, ActionError> {
    let author = store.author_by_id(id).await?;
    Ok(author.ok_or(AuthorError::NoAuthor)?)
}
