//! Remarks beside a text: left, and settled.

use editorial::{
    Id, Timestamp, WorkingCopy,
    accounts::User,
    audit::Actor,
    workflow::{NotificationKind, RemarkError},
};
use store::{Store, StoreError};

use crate::{
    ActionError, load,
    move_stage::{Telling, remark, writers},
};

/// Leaves a remark beside an article; `quote` are the words of its text that it is about, or
/// nothing. Whom it names with @, and whoever writes the text, is told.
///
/// # Errors
/// [`ActionError::Remark`] where it cannot be taken, or the store's.
pub async fn leave_remark(
    store: &Store,
    id: Id,
    quote: &str,
    text: &str,
    by: &User,
    now: Timestamp,
) -> Result<i64, ActionError> {
    let article = load(store, id).await?;
    let copy = store.working_copy(id).await?;
    let copy = copy.unwrap_or_else(|| WorkingCopy::begin(&article, None, now));
    let actor = Actor::User(by.id);
    let remark = remark(store, id, quote, text, actor, now).await?;
    let there_are = store.remark_count(id).await?;
    let mut told = Telling::begin(Some(by.id), id, now);
    told.mentioned(&remark.text, &store.users().await?);
    let team = store.team(id, copy.content.section).await?;
    told.each(writers(&copy, &team), NotificationKind::Remarked);
    let mut changes = remark.say(there_are, actor)?;
    changes.append(told.changes(store).await?);
    Ok(store.commit(changes).await?)
}

/// Says that nothing is left to do about a remark beside that article.
///
/// # Errors
/// [`RemarkError::NoRemark`] where there is none, or it is settled already.
pub async fn settle_remark(
    store: &Store,
    article: Id,
    id: Id,
    by: Id,
    now: Timestamp,
) -> Result<i64, ActionError> {
    let remark = store.remark(id).await?;
    let remark = remark.filter(|remark| remark.article == article);
    let changes = remark.ok_or(RemarkError::NoRemark)?.settle(by, now)?;
    match store.commit(changes).await {
        Err(StoreError::Conflict) => Err(RemarkError::NoRemark.into()),
        done => Ok(done?),
    }
}
