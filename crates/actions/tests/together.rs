//! Several who write in one text, on both engines: all of it is kept, all of it is
//! published, and nothing writes past it.

use actions::{
    ActionError, Seen, create_article, discard_copy, join_updates, keep_update, open_copy,
    open_together, publish_article, save_copy,
};
use editorial::{
    ArticleState, Block, BlockId, BlockKind, Body, Content, Id, Timestamp, WorkingCopy,
    article::ArticleError, audit::Actor,
};
use manuscript::Manuscript;
use store::{Store, StoreError};
use testing::{Place, on_both_engines};

on_both_engines! {
    what_two_write_at_once_is_published
    a_document_begins_once
    a_form_writes_over_the_text_that_it_showed
    nothing_is_published_past_what_is_written
    joined_updates_say_the_same
}

const NOW: Timestamp = Timestamp(1_760_000_000_000_000);

fn id(number: i64) -> Id {
    Id::new(number).expect("in range")
}

fn actor(user: i64) -> Actor {
    Actor::User(id(user))
}

fn paragraph(number: u32, words: &str) -> Block {
    Block {
        id: BlockId(number),
        lang: None,
        kind: BlockKind::Paragraph {
            runs: vec![words.into()],
        },
    }
}

fn words(body: &Body) -> Vec<(u32, String)> {
    let block = |block: &Block| (block.id.0, block.kind.plain_text().trim_end().to_owned());
    body.blocks.iter().map(block).collect()
}

fn said(pairs: &[(u32, &str)]) -> Vec<(u32, String)> {
    pairs
        .iter()
        .map(|(id, text)| (*id, (*text).to_owned()))
        .collect()
}

async fn opened(store: &Store, article: Id) -> WorkingCopy {
    open_copy(store, article, actor(3), NOW)
        .await
        .expect("opened")
        .1
}

/// An article with two paragraphs, saved.
async fn begun(store: &Store) -> Id {
    let article = create_article(store, actor(3), NOW).await.expect("begun");
    let copy = opened(store, article).await;
    let content = Content {
        headline: "اجتماع في أستانا".into(),
        body: Body {
            blocks: vec![paragraph(1, "الأولى"), paragraph(2, "الثانية")],
        },
        ..copy.content.clone()
    };
    let seen = Seen {
        version: copy.version,
        text: Some(0),
    };
    save_copy(store, article, seen, content, actor(3), NOW)
        .await
        .expect("saved");
    article
}

/// One who writes in his browser: the whole text as he has it there.
struct Writer {
    manuscript: Manuscript,
    name: i64,
}

impl Writer {
    async fn comes(store: &Store, article: Id, name: i64) -> Self {
        let copy = opened(store, article).await;
        let together = open_together(store, &copy).await.expect("opened");
        Self {
            manuscript: Manuscript::of([together.manuscript.snapshot()]).expect("one"),
            name,
        }
    }

    /// Changes the text of his, and sends that.
    async fn writes(
        &mut self,
        store: &Store,
        article: Id,
        change: impl FnOnce(&mut Vec<Block>),
    ) -> Result<i64, ActionError> {
        let copy = opened(store, article).await;
        let together = open_together(store, &copy).await?;
        let mut body = self.manuscript.body();
        change(&mut body.blocks);
        let update = self.manuscript.write(&body, id(1_000 + self.name));
        let update = update.expect("something is new");
        keep_update(store, &copy, together.stem, update, actor(self.name), NOW).await
    }
}

async fn what_two_write_at_once_is_published(place: &Place) {
    let store = place.open().await;
    let article = begun(&store).await;
    let mut one = Writer::comes(&store, article, 3).await;
    let mut other = Writer::comes(&store, article, 4).await;
    one.writes(&store, article, |blocks| {
        blocks[0] = paragraph(1, "الأولى معدّلة")
    })
    .await
    .expect("kept");
    other
        .writes(&store, article, |blocks| blocks.push(paragraph(0, "ثالثة")))
        .await
        .expect("kept");
    let copy = opened(&store, article).await;
    assert!(!copy.is_settled());
    let all = [(1, "الأولى معدّلة"), (2, "الثانية"), (0, "ثالثة")];
    assert_eq!(
        words(&copy.content.body),
        said(&all),
        "a new one has no number yet"
    );

    // Whoever saves saves the text of all, even where another one saved in between.
    let seen = Seen {
        version: 0,
        text: None,
    };
    let saved = save_copy(&store, article, seen, copy.content, actor(4), NOW).await;
    let saved = saved.expect("saved");
    let all = [(1, "الأولى معدّلة"), (2, "الثانية"), (3, "ثالثة")];
    assert_eq!(words(&saved.content.body), said(&all));
    assert!(saved.is_settled());
    assert_eq!(saved.saved_by, Some(id(4)));

    // What comes after the last saving is published too.
    let mut late = Writer::comes(&store, article, 3).await;
    late.writes(&store, article, |blocks| {
        blocks[1] = paragraph(2, "الثانية معدّلة")
    })
    .await
    .expect("kept");
    publish_article(&store, article, actor(4), NOW)
        .await
        .expect("published");
    let shown = store.article(article).await.expect("read").expect("there");
    assert_eq!(shown.state, ArticleState::Published);
    let all = [(1, "الأولى معدّلة"), (2, "الثانية معدّلة"), (3, "ثالثة")];
    assert_eq!(words(&shown.body), said(&all));
    // With it the document is at its end.
    assert_eq!(store.document(article).await.expect("read"), None);
    let stem = saved.document.expect("it had one").stem;
    let left = store.document_updates(article, stem, 0).await;
    assert_eq!(left.expect("read"), []);
    store.close().await;
}

async fn a_document_begins_once(place: &Place) {
    let store = place.open().await;
    let article = begun(&store).await;
    publish_article(&store, article, actor(4), NOW)
        .await
        .expect("published");
    assert_eq!(store.working_copy(article).await.expect("read"), None);
    // Two servers that have seen no document yet.
    let copy = opened(&store, article).await;
    let mut here = open_together(&store, &copy).await.expect("opened");
    let there = open_together(&store, &copy).await.expect("opened");
    assert_eq!(here.manuscript.snapshot(), there.manuscript.snapshot());
    let body = Body::default();
    let update = here.manuscript.write(&body, id(1_003)).expect("new");
    let keep = || keep_update(&store, &copy, here.stem, update.clone(), actor(3), NOW);
    keep().await.expect("kept");
    let again = keep().await;
    assert!(
        matches!(again, Err(ActionError::Store(StoreError::Conflict))),
        "{again:?}"
    );
    // With the first letter it is among what is written on.
    let begun = store
        .working_copy(article)
        .await
        .expect("read")
        .expect("there");
    assert_eq!((begun.begun_by, begun.version), (Some(id(3)), 1));
    assert_eq!(begun.document.map(|document| document.last), Some(2));
    // Thrown away, it is gone with all that was written in it.
    let unseen = discard_copy(&store, article, begun.version, actor(3), NOW).await;
    assert!(unseen.is_err(), "what was written since is saved first");
    discard_copy(&store, article, begun.version + 1, actor(3), NOW)
        .await
        .expect("thrown away");
    assert_eq!(store.document(article).await.expect("read"), None);
    store.close().await;
}

async fn a_form_writes_over_the_text_that_it_showed(place: &Place) {
    let store = place.open().await;
    let article = begun(&store).await;
    let mut writer = Writer::comes(&store, article, 3).await;
    writer
        .writes(&store, article, |blocks| {
            blocks[0] = paragraph(1, "كتبها الأول")
        })
        .await
        .expect("kept");
    let shown = opened(&store, article).await;
    let form = Content {
        body: Body {
            blocks: vec![paragraph(1, "كتبها الأول"), paragraph(2, "كتبها الثاني")],
        },
        ..shown.content.clone()
    };
    let seen = Seen {
        version: shown.version,
        text: Some(shown.last_update()),
    };
    save_copy(&store, article, seen, form.clone(), actor(4), NOW)
        .await
        .expect("saved");
    // It is a change in the document: who writes there gets it.
    let copy = opened(&store, article).await;
    let together = open_together(&store, &copy).await.expect("opened");
    let lacks = together.manuscript.missing_from(&writer.manuscript.state());
    writer
        .manuscript
        .take(&lacks.expect("a state"))
        .expect("taken");
    let all = [(1, "كتبها الأول"), (2, "كتبها الثاني")];
    assert_eq!(words(&writer.manuscript.body()), said(&all));
    // A form that showed an older text is told, and nothing is lost.
    let late = Content {
        body: Body::default(),
        ..form
    };
    let seen = Seen {
        version: copy.version,
        ..seen
    };
    let refused = save_copy(&store, article, seen, late, actor(4), NOW).await;
    assert!(
        matches!(refused, Err(ActionError::SavedByAnother(_))),
        "{refused:?}"
    );
    let kept = opened(&store, article).await;
    assert_eq!(words(&kept.content.body), said(&all));
    store.close().await;
}

async fn nothing_is_published_past_what_is_written(place: &Place) {
    let store = place.open().await;
    let article = begun(&store).await;
    let mut writer = Writer::comes(&store, article, 3).await;
    let loaded = store.article(article).await.expect("read").expect("there");
    let settled = store
        .working_copy(article)
        .await
        .expect("read")
        .expect("there");
    let end = settled.discard(actor(4), NOW);
    writer
        .writes(&store, article, |blocks| {
            blocks.push(paragraph(0, "في آخر لحظة"))
        })
        .await
        .expect("kept");
    let past = store.commit(end).await;
    assert!(matches!(past, Err(StoreError::Conflict)), "{past:?}");
    let behind = store
        .working_copy(article)
        .await
        .expect("read")
        .expect("there");
    let refused = loaded.publish_copy(&behind, &[], actor(4), NOW);
    assert_eq!(refused.err(), Some(ArticleError::TextNotSaved));
    store.close().await;
}

async fn joined_updates_say_the_same(place: &Place) {
    let store = place.open().await;
    let article = begun(&store).await;
    let mut writer = Writer::comes(&store, article, 3).await;
    for number in 0..5 {
        let text = format!("نص {number}");
        writer
            .writes(&store, article, |blocks| blocks[0] = paragraph(1, &text))
            .await
            .expect("kept");
    }
    let copy = opened(&store, article).await;
    let mut together = open_together(&store, &copy).await.expect("opened");
    let before = together.manuscript.body();
    writer
        .writes(&store, article, |blocks| blocks[1] = paragraph(2, "بعدها"))
        .await
        .expect("kept");
    join_updates(&store, article, &mut together, NOW)
        .await
        .expect("joined");
    let left = store
        .document_updates(article, together.stem, 0)
        .await
        .expect("read");
    assert_eq!(
        left.iter().map(|(number, _)| *number).collect::<Vec<_>>(),
        [6, 7]
    );
    let copy = opened(&store, article).await;
    assert_eq!(
        words(&copy.content.body),
        said(&[(1, "نص 4"), (2, "بعدها")])
    );
    assert_eq!(words(&before), said(&[(1, "نص 4"), (2, "الثانية")]));
    store.close().await;
}
