//! Publishing: an article goes before the public.

use editorial::{
    Article, ArticleKind, ArticleState, ChangeKey, Changes, Id, Timestamp, WorkingCopy, Write,
    audit::{Action, Actor, AuditEntry},
    places::Section,
    workflow::{NotificationKind, WorkflowWrite},
};
use store::Store;

use crate::{
    ActionError, draw_id, general, is_ready, load,
    move_stage::{Telling, writers},
    pictures_of,
    write_together::settle,
};

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
    let changes = publication(store, id, actor, now).await?;
    Ok(store.commit(changes).await?)
}

/// The changes that publish an article, end what it was scheduled for and whose it was to do, and
/// tell those who wrote it.
pub(crate) async fn publication(
    store: &Store,
    id: Id,
    actor: Actor,
    now: Timestamp,
) -> Result<Changes, ActionError> {
    settle(store, id, actor, now).await?;
    let mut article = load(store, id).await?;
    let mut copy = store.working_copy(id).await?;
    is_ready(store, copy.as_ref()).await?;
    let made = fill_section(store, &mut article, copy.as_mut()).await?;
    let pictures = pictures_of(store, &article, copy.as_ref()).await?;
    let mut changes = if let Some(copy) = &copy {
        article.publish_copy(copy, &pictures, actor, now)?
    } else {
        article.can_be_published()?;
        article.may_show(&pictures, now)?;
        article.publish(actor, now)?
    };
    if let Some(section) = made {
        // It is named on every page.
        changes.writes.insert(0, Write::Section(section));
        changes = changes.coarse();
    }
    let section = copy.as_ref().and_then(|copy| copy.content.section);
    let team = store.team(id, section).await?;
    if let Some(copy) = &copy {
        let mut told = Telling::begin(actor.user(), id, now);
        told.each(writers(copy, &team), NotificationKind::Published);
        changes.append(told.changes(store).await?);
    }
    if let Some(user) = team.assigned {
        let done = WorkflowWrite::Unassigned { article: id, user };
        changes = changes
            .key(ChangeKey::WORKFLOW)
            .write(Write::Workflow(done));
    }
    if let Some(schedule) = store.schedule(id).await? {
        changes = changes.key(ChangeKey::SCHEDULE).write(schedule.ended());
    }
    Ok(changes)
}

/// Puts a story without a section into the section for those; returns that
/// section where the paper had none.
pub(crate) async fn fill_section(
    store: &Store,
    article: &mut Article,
    copy: Option<&mut WorkingCopy>,
) -> Result<Option<Section>, ActionError> {
    let section = match copy {
        Some(copy) => &mut copy.content.section,
        None => &mut article.section,
    };
    if article.kind != ArticleKind::Story || section.is_some() {
        return Ok(None);
    }
    let known = store.sections().await?;
    *section = general::of(&known);
    if section.is_some() {
        return Ok(None);
    }
    let general = general::new(draw_id(store).await?, &known);
    *section = Some(general.id);
    Ok(Some(general))
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
