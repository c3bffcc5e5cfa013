//! Pushing a headline into the ticker.

use editorial::{
    ArticleState, Id, Standing, Timestamp,
    audit::Actor,
    ticker::{LineContent, TickerItem},
    urls::Url,
};
use store::Store;

use crate::{ActionError, draw_id, old_address};

/// Pushes a headline and returns its id once it is on disk: it stands above all
/// others. Where it leads may be the number of an article, too.
///
/// # Errors
/// [`ActionError`] where the text or address is refused or the store fails.
pub async fn push_headline(
    store: &Store,
    headline: LineContent,
    actor: Actor,
    now: Timestamp,
) -> Result<Id, ActionError> {
    let LineContent {
        text,
        url,
        urgent,
        expires_at,
    } = headline;
    let url = where_it_leads(store, &url).await?;
    let id = draw_id(store).await?;
    let item = TickerItem {
        id,
        text,
        url,
        urgent,
        at: now,
        expires_at,
        version: 1,
    };
    store.commit(item.push(actor)?).await?;
    Ok(id)
}

/// The address that was meant: of the number of an article, that of the article.
///
/// # Errors
/// [`ActionError::NothingThere`] where nothing is shown at an address of this
/// site, or the store's error.
pub(crate) async fn where_it_leads(store: &Store, typed: &str) -> Result<String, ActionError> {
    let typed = typed.trim();
    let nothing = || ActionError::NothingThere(typed.to_owned());
    if let Some(id) = Id::parse(typed) {
        let article = store.article(id).await?.ok_or_else(nothing)?;
        return match article.state {
            ArticleState::Published => {
                Ok(Url::of_article(article.kind, id, article.slug).to_string())
            }
            _ => Err(nothing()),
        };
    }
    if typed.starts_with('/') {
        let answer = old_address::answer(store, typed, None).await?;
        if answer.standing != Standing::Shown {
            return Err(nothing());
        }
    }
    Ok(typed.to_owned())
}
