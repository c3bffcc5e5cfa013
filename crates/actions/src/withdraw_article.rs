//! Withdrawing: an article leaves the site; its address answers 410.

use editorial::{Id, Timestamp, audit::Actor, correction::CorrectionKind, urls::Url};
use store::Store;

use crate::{ActionError, correct_article::new_note, load};

/// Withdraws a published article, and takes the headlines that lead to it out
/// of the ticker; where there is a reason, the address tells it. Returns the position of the change log.
///
/// # Errors
/// [`ActionError`] where a rule forbids it or the store refuses.
pub async fn withdraw_article(
    store: &Store,
    id: Id,
    reason: Option<&str>,
    actor: Actor,
    now: Timestamp,
) -> Result<i64, ActionError> {
    let article = load(store, id).await?;
    let own = Url::of_article(article.kind, id, article.slug.clone());
    let reason = match reason.map(str::trim).filter(|reason| !reason.is_empty()) {
        None => None,
        Some(reason) => Some(new_note(store, id, CorrectionKind::Withdrawal, reason, now).await?),
    };
    let mut changes = article.withdraw(reason, actor, now)?;
    for item in store.ticker_items(now).await? {
        let (path, _) = importer::address::path_and_query(&item.url);
        let leads_here = item.url.starts_with('/')
            && match Url::parse(path, None) {
                Some(Url::Article(there, _)) => there == id,
                there => there.as_ref() == Some(&own),
            };
        if leads_here {
            changes.append(item.remove(actor, now));
        }
    }
    Ok(store.commit(changes).await?)
}
