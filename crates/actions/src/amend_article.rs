//! Amending: a published article gets the text of its working copy, with a note
//! or, for a slip of the pen, without.

use editorial::{Id, Timestamp, article::Amendment, audit::Actor, correction::CorrectionKind};
use store::Store;

use crate::{
    ActionError, correct_article::new_note, is_ready, load, pictures_of, write_together::settle,
};

/// Gives the article its new text. With a note of its kind and words its date
/// changes; without, it does not. Returns the position of the change log.
///
/// # Errors
/// [`ActionError`] where a rule forbids it or the store refuses.
pub async fn amend_article(
    store: &Store,
    id: Id,
    note: Option<(CorrectionKind, &str)>,
    actor: Actor,
    now: Timestamp,
) -> Result<i64, ActionError> {
    settle(store, id, actor, now).await?;
    let article = load(store, id).await?;
    let copy = store.working_copy(id).await?;
    let copy = copy.ok_or(ActionError::NothingWritten(id))?;
    is_ready(store, Some(&copy)).await?;
    let how = match note {
        None => Amendment::Typo,
        Some((kind, text)) => Amendment::Noted(new_note(store, id, kind, text, now).await?),
    };
    let pictures = pictures_of(store, &article, Some(&copy)).await?;
    let changes = article.amend(&copy, &pictures, how, actor, now)?;
    Ok(store.commit(changes).await?)
}
