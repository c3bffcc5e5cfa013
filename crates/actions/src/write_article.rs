//! Writing: an article is begun, its working copy saved or thrown away. The
//! public sees none of it.

use editorial::{
    Article, ArticleKind, ArticleState, Body, Content, Id, Timestamp, WorkingCopy, Write,
    audit::Actor, comment::Commenting, notation, working_copy::WorkingCopyWrite,
};
use store::Store;

use crate::{ActionError, draw_id, load};

/// Begins a story that says nothing yet, with the working copy of who begins it. Returns its number.
///
/// # Errors
/// [`ActionError::Store`].
pub async fn create_article(
    store: &Store,
    actor: Actor,
    now: Timestamp,
) -> Result<Id, ActionError> {
    let mut ids = store.draw_ids(2).await?;
    let mut draw = || ids.draw().expect("a block of two ids holds two");
    let article = Article {
        id: draw(),
        version: 1,
        kind: ArticleKind::Story,
        state: ArticleState::Unpublished,
        slug: String::new(),
        kicker: String::new(),
        headline: String::new(),
        standfirst: String::new(),
        dateline: String::new(),
        agency: String::new(),
        language: store.settings().await?.language,
        section: None,
        authors: Vec::new(),
        tags: Vec::new(),
        lead: None,
        body: Body::default(),
        revision: draw(),
        published_at: None,
        changed_at: now,
        commenting: Commenting::default(),
        age_note: true,
        sources: Vec::new(),
        signature: Vec::new(),
    };
    let id = article.id;
    let copy = WorkingCopy {
        version: 1,
        ..WorkingCopy::begin(&article, actor.user(), now)
    };
    let begun = WorkingCopyWrite::Saved {
        copy: Box::new(copy),
        loaded_version: 0,
    };
    let changes = article.create(actor, now);
    store
        .commit(changes.write(Write::WorkingCopy(begun)))
        .await?;
    Ok(id)
}

/// The article, and what is written on it: its working copy, or one that is
/// begun now and says what the article says.
///
/// # Errors
/// [`ActionError::NoArticle`], or the store's.
pub async fn open_copy(
    store: &Store,
    id: Id,
    actor: Actor,
    now: Timestamp,
) -> Result<(Article, WorkingCopy), ActionError> {
    let article = load(store, id).await?;
    let copy = store.working_copy(id).await?;
    let copy = copy.unwrap_or_else(|| WorkingCopy::begin(&article, actor.user(), now));
    Ok((article, copy))
}

/// Saves what was written over the version `seen` of the working copy, 0 where
/// there was none. Returns the copy as it is kept now. What is saved already
/// is not saved again.
///
/// # Errors
/// [`ActionError::Content`] where a part has no room, [`ActionError::SavedByAnother`] where
/// somebody else saved in between; nothing is written then.
pub async fn save_copy(
    store: &Store,
    id: Id,
    seen: i64,
    content: Content,
    actor: Actor,
    now: Timestamp,
) -> Result<WorkingCopy, ActionError> {
    let (_, copy) = open_copy(store, id, actor, now).await?;
    if says_the_same(&copy.content, &content) {
        return Ok(copy);
    }
    if copy.version != seen {
        return Err(ActionError::SavedByAnother(copy.saved_by));
    }
    let revision = draw_id(store).await?;
    let changes = copy
        .save(content, revision, actor.user(), now)
        .map_err(ActionError::Content)?;
    match store.commit(changes).await {
        Err(store::StoreError::Conflict) => {
            let by = store.working_copy(id).await?.and_then(|copy| copy.saved_by);
            Err(ActionError::SavedByAnother(by))
        }
        done => {
            done?;
            let copy = store.working_copy(id).await?;
            copy.ok_or(ActionError::NoArticle(id))
        }
    }
}

/// Whether two contents differ in nothing that a reader could see.
fn says_the_same(one: &Content, other: &Content) -> bool {
    let tidy = |content: &Content| Content {
        body: notation::tidied(&content.body),
        ..content.clone()
    };
    tidy(one) == tidy(other)
}

/// Throws away what was written on an article since it was published, or since
/// it was begun.
///
/// # Errors
/// [`ActionError::NothingWritten`] where there is no working copy, or the store's.
pub async fn discard_copy(
    store: &Store,
    id: Id,
    actor: Actor,
    now: Timestamp,
) -> Result<i64, ActionError> {
    let copy = store.working_copy(id).await?;
    let copy = copy.ok_or(ActionError::NothingWritten(id))?;
    Ok(store.commit(copy.discard(actor, now)).await?)
}
