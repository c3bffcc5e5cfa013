//! Writing: an article is begun, its working copy saved or thrown away. The
//! public sees none of it.

use editorial::{
    Article, ArticleKind, ArticleState, Body, Content, Id, Timestamp, WorkingCopy, Write,
    audit::Actor,
    comment::Commenting,
    notation,
    working_copy::{Document, WorkingCopyWrite},
};
use store::{Store, StoreError};

use crate::{
    ActionError, load,
    write_together::{self, TRIES, saving},
};

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

/// The article, and what is written on it: its working copy, with all that was
/// written in its document, or one that is begun now and says what the article says.
///
/// # Errors
/// [`ActionError::NoArticle`], or the store's.
pub async fn open_copy(
    store: &Store,
    id: Id,
    actor: Actor,
    now: Timestamp,
) -> Result<(Article, WorkingCopy), ActionError> {
    let (article, mut copy) = load_copy(store, id, actor, now).await?;
    if !copy.is_settled()
        && let Some(document) = copy.document
        && let Some(together) = write_together::document(store, &copy).await?
    {
        copy.content.body = together.manuscript.body();
        copy.document = Some(Document {
            last: together.last,
            ..document
        });
    }
    Ok((article, copy))
}

/// The same, with the text that was saved last.
async fn load_copy(
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

/// What somebody had before him who saves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The version of the working copy; 0 where there was none.
    pub version: i64,
    /// The newest update of the document that he wrote his text over, 0 where there was no
    /// document; none: he wrote in the document itself, and the text is what it says.
    pub text: Option<i64>,
}

/// Saves what was written over what was `seen` of the working copy. Returns the copy as it is kept
/// now. What is saved already is not saved again.
///
/// # Errors
/// [`ActionError::Content`] where a part has no room, [`ActionError::SavedByAnother`] where
/// somebody else saved, or wrote in the text, in between; nothing is written then.
pub async fn save_copy(
    store: &Store,
    id: Id,
    seen: Seen,
    content: Content,
    actor: Actor,
    now: Timestamp,
) -> Result<WorkingCopy, ActionError> {
    for _ in 0..TRIES {
        let (article, copy) = load_copy(store, id, actor, now).await?;
        let together = write_together::document(store, &copy).await?;
        let (text, last) = match &together {
            Some(together) => (together.manuscript.body(), together.last),
            None => (copy.content.body.clone(), 0),
        };
        let typed = seen.text.map(|_| content.body.clone());
        let wanted = Content {
            body: typed.clone().unwrap_or_else(|| text.clone()),
            ..content.clone()
        };
        if copy.is_settled() && says_the_same(&copy.content, &wanted) {
            return Ok(copy);
        }
        let is_over_another = seen.text.is_some_and(|text| text != last)
            && notation::tidied(&wanted.body) != notation::tidied(&text);
        // Who wrote nothing but the text, together with others, takes nothing back.
        let is_text_alone = seen.text.is_none()
            && says_the_same(
                &wanted,
                &Content {
                    body: wanted.body.clone(),
                    ..copy.content.clone()
                },
            );
        if is_over_another || (copy.version != seen.version && !is_text_alone) {
            return Err(ActionError::SavedByAnother(copy.saved_by));
        }
        let content = (wanted, typed);
        let changes = saving(store, &article, copy, together, content, (actor, now)).await?;
        match store.commit(changes).await {
            // Looked at again: perhaps somebody saved, perhaps somebody wrote a letter.
            Err(StoreError::Conflict) => {}
            done => {
                done?;
                let copy = store.working_copy(id).await?;
                return copy.ok_or(ActionError::NoArticle(id));
            }
        }
    }
    let by = store.working_copy(id).await?.and_then(|copy| copy.saved_by);
    Err(ActionError::SavedByAnother(by))
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
/// it was begun, as of the version `seen`. Its last text stays among the saved ones, with what was
/// written in its document.
///
/// # Errors
/// [`ActionError::NothingWritten`] where there is no working copy, or the store's.
pub async fn discard_copy(
    store: &Store,
    id: Id,
    seen: i64,
    actor: Actor,
    now: Timestamp,
) -> Result<i64, ActionError> {
    write_together::settle(store, id, actor, now).await?;
    let copy = store.working_copy(id).await?;
    let copy = copy.ok_or(ActionError::NothingWritten(id))?;
    if copy.version != seen {
        return Err(StoreError::Conflict.into());
    }
    Ok(store.commit(copy.discard(actor, now)).await?)
}
