//! Withdrawing: an article leaves the site; its address answers 410.

use editorial::{Id, Timestamp, audit::Actor, ticker::TickerItem, urls::Url};
use store::Store;

use crate::{ActionError, load};

/// Withdraws a published article, and takes the headlines that lead to it out
/// of the ticker. Returns the position of the change log.
///
/// # Errors
/// [`ActionError`] where a rule forbids it or the store refuses.
pub async fn withdraw_article(
    store: &Store,
    id: Id,
    actor: Actor,
    now: Timestamp,
) -> Result<i64, ActionError> {
    let article = load(store, id).await?;
    let own = Url::of_article(article.kind, id, article.slug.clone());
    let mut changes = article.withdraw(actor, now)?;
    for item in store.ticker_items(now).await? {
        let (path, _) = importer::address::path_and_query(&item.url);
        let leads_here = item.url.starts_with('/')
            && match Url::parse(path, None) {
                Some(Url::Article(there, _)) => there == id,
                there => there.as_ref() == Some(&own),
            };
        if leads_here {
            changes.append(TickerItem::remove(item.id, actor, now));
        }
    }
    Ok(store.commit(changes).await?)
}
