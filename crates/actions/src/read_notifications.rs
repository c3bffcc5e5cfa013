//! What somebody was told is read.

use editorial::{Changes, Id, Timestamp, Write, workflow::WorkflowWrite};
use store::{Store, StoreError};

/// A user has read what he was told, up to `through`.
///
/// # Errors
/// [`StoreError`] where the store fails.
pub async fn read_notifications(
    store: &Store,
    user: Id,
    through: Id,
    now: Timestamp,
) -> Result<i64, StoreError> {
    let read = WorkflowWrite::NotificationsRead {
        user,
        article: None,
        through,
        at: now,
    };
    store
        .commit(Changes::new().write(Write::Workflow(read)))
        .await
}
