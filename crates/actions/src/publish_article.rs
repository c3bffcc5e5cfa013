//! Publishing: an article goes before the public.

use editorial::{
    Article, ArticleKind, ArticleState, Changes, Id, Timestamp, Write,
    audit::{Action, Actor, AuditEntry},
};
use store::Store;

use crate::{ActionError, draw_id, general, load};

/// Publishes a stored article, as its working copy says if it has one. Returns
/// the position of the change log. A story without a section, such as a draft
/// that was imported, comes into the section for those.
///
/// # Errors
/// [`ActionError`] where a rule forbids it or the store refuses.
pub async fn publish_article(
    store: &Store,
    id: Id,
    actor: Actor,
    now: Timestamp,
) -> Result<i64, ActionError> {
    let mut article = load(store, id).await?;
    let mut copy = store.working_copy(id).await?;
    let section = match &mut copy {
        Some(copy) => &mut copy.content.section,
        None => &mut article.section,
    };
    let mut made = None;
    if article.kind == ArticleKind::Story && section.is_none() {
        let known = store.sections().await?;
        *section = general::of(&known);
        if section.is_none() {
            let general = general::new(draw_id(store).await?, &known);
            *section = Some(general.id);
            made = Some(general);
        }
    }
    let mut changes = match &copy {
        Some(copy) => article.publish_copy(copy, actor, now)?,
        None => article.publish(actor, now)?,
    };
    if let Some(section) = made {
        // It is named on every page.
        changes.writes.insert(0, Write::Section(section));
        changes = changes.coarse();
    }
    Ok(store.commit(changes).await?)
}

/// The changes that create and publish many new articles in one commit, with
/// one audit entry and the coarse key. For the importer and the demo.
///
/// # Errors
/// [`ActionError::Article`] for the first article a rule refuses; nothing is
/// written then.
pub fn publish_batch(
    articles: Vec<Article>,
    actor: Actor,
    now: Timestamp,
) -> Result<Changes, ActionError> {
    let mut batch = Changes::new();
    let Some(first) = articles.first().map(|article| article.id) else {
        return Ok(batch);
    };
    for article in articles {
        for write in article.publish(actor, now)?.writes {
            batch.writes.push(match write {
                Write::Article { article, .. } => {
                    debug_assert_eq!(article.state, ArticleState::Published);
                    Write::Article {
                        article,
                        loaded_version: None,
                    }
                }
                other => other,
            });
        }
    }
    let entry = AuditEntry {
        at: now,
        actor,
        action: Action::ImportBatch,
        subject: first,
        note: String::new(),
    };
    Ok(batch.audit(entry).coarse())
}
