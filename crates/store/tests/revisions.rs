//! The text of an article is the text of the revision it names: on both engines.

use editorial::{
    Article, ArticleKind, ArticleState, Block, BlockId, BlockKind, Body, Changes, Content, Id,
    Timestamp, WorkingCopy, Write,
    article::{Amendment, ArticleError},
    audit::Actor,
    comment::Commenting,
};
use store::{StoreError, WorkFilter};
use testing::{Place, on_both_engines};

on_both_engines! {
    a_new_revision_keeps_the_one_before
    a_change_of_state_alone_needs_no_revision
    a_text_never_changes_under_its_revision
    what_is_written_is_not_shown_until_it_is_published
    somebody_else_may_have_saved
    texts_that_nobody_saw_are_forgotten_in_time
}

fn id(value: i64) -> Id {
    Id::new(value).expect("in range")
}

fn body(words: &str) -> Body {
    Body {
        blocks: vec![Block {
            id: BlockId(1),
            lang: None,
            kind: BlockKind::Paragraph {
                runs: vec![words.into()],
            },
        }],
    }
}

fn article() -> Article {
    Article {
        id: id(7),
        version: 1,
        kind: ArticleKind::Page,
        state: ArticleState::Published,
        slug: "about".into(),
        kicker: String::new(),
        headline: "من نحن".into(),
        standfirst: String::new(),
        dateline: String::new(),
        agency: String::new(),
        language: "ar".into(),
        section: None,
        authors: Vec::new(),
        tags: Vec::new(),
        lead: None,
        body: body("النص الأول"),
        revision: id(8),
        published_at: Some(Timestamp(1_000)),
        changed_at: Timestamp(1_000),
        commenting: Commenting::Closed,
        age_note: false,
        sources: Vec::new(),
        signature: Vec::new(),
    }
}

fn write(article: Article, loaded_version: Option<i64>) -> Changes {
    Changes::new().write(Write::Article {
        article: Box::new(article),
        loaded_version,
    })
}

async fn a_new_revision_keeps_the_one_before(place: &Place) {
    let store = place.open().await;
    store.commit(write(article(), None)).await.expect("written");
    let second = Article {
        version: 2,
        headline: "عنّا".into(),
        body: body("النص الثاني"),
        revision: id(9),
        changed_at: Timestamp(2_000),
        ..article()
    };
    store
        .commit(write(second.clone(), Some(1)))
        .await
        .expect("written");
    assert_eq!(store.article(id(7)).await.expect("read"), Some(second));
    let revisions = store.revisions(id(7), 10).await.expect("read");
    let said: Vec<_> = revisions
        .iter()
        .map(|revision| (revision.id, revision.headline.as_str(), &revision.body))
        .collect();
    assert_eq!(
        said,
        [
            (id(9), "عنّا", &body("النص الثاني")),
            (id(8), "من نحن", &body("النص الأول"))
        ]
    );
    assert_eq!(store.revisions(id(7), 1).await.expect("read").len(), 1);
    store.close().await;
}

async fn a_change_of_state_alone_needs_no_revision(place: &Place) {
    let store = place.open().await;
    store.commit(write(article(), None)).await.expect("written");
    let withdrawn = Article {
        version: 2,
        state: ArticleState::Withdrawn,
        ..article()
    };
    store
        .commit(write(withdrawn.clone(), Some(1)))
        .await
        .expect("written");
    assert_eq!(store.article(id(7)).await.expect("read"), Some(withdrawn));
    assert_eq!(store.revisions(id(7), 10).await.expect("read").len(), 1);
    store.close().await;
}

async fn a_text_never_changes_under_its_revision(place: &Place) {
    let store = place.open().await;
    store.commit(write(article(), None)).await.expect("written");
    for changed in [
        Article {
            body: body("غيره"),
            ..article()
        },
        Article {
            headline: "غيره".into(),
            ..article()
        },
        Article {
            standfirst: "غيره".into(),
            ..article()
        },
    ] {
        let refused = store.commit(write(changed, Some(1))).await;
        assert!(
            matches!(refused, Err(StoreError::TextWithoutRevision(article)) if article == id(7)),
            "{refused:?}"
        );
    }
    assert_eq!(store.article(id(7)).await.expect("read"), Some(article()));
    store.close().await;
}

fn written(copy: WorkingCopy, headline: &str, revision: i64, at: i64) -> Changes {
    let content = Content {
        headline: headline.into(),
        body: body(headline),
        ..copy.content.clone()
    };
    copy.save(content, id(revision), Some(id(3)), Timestamp(at))
        .expect("it has room")
}

async fn what_is_written_is_not_shown_until_it_is_published(place: &Place) {
    let store = place.open().await;
    let kept = article();
    store
        .commit(write(kept.clone(), None))
        .await
        .expect("written");
    let copy = WorkingCopy::begin(&kept, Some(id(3)), Timestamp(2_000));
    store
        .commit(written(copy, "عنّا", 9, 3_000))
        .await
        .expect("saved");
    let copy = store
        .working_copy(kept.id)
        .await
        .expect("read")
        .expect("there");
    assert_eq!((copy.version, copy.base), (1, kept.revision));
    assert_eq!(copy.content.body, body("عنّا"));
    let shown = store.article(kept.id).await.expect("read").expect("there");
    assert_eq!(shown, kept);
    let in_work = store
        .in_work(None, WorkFilter::default(), 10)
        .await
        .expect("read");
    assert_eq!(in_work.len(), 1);
    assert_eq!(in_work[0].headline, "عنّا");
    assert_eq!(in_work[0].saved_by, Some(id(3)));
    let begun_by = in_work[0].begun_by;
    assert!(begun_by.is_some());
    for (by, expect) in [(None, 1), (begun_by, 1), (Some(id(99)), 0)] {
        let filter = WorkFilter {
            open_to: by,
            ..WorkFilter::default()
        };
        let listed = store.in_work(None, filter, 10).await.expect("read");
        let counted = store.in_work_count(filter, 10).await.expect("read");
        assert_eq!((listed.len(), counted as usize), (expect, expect), "{by:?}");
    }
    let before = Some((Timestamp(3_000), kept.id));
    assert_eq!(
        store
            .in_work(before, WorkFilter::default(), 10)
            .await
            .expect("read"),
        []
    );

    let actor = Actor::User(id(3));
    let changes = kept
        .clone()
        .amend(&copy, &[], Amendment::Typo, actor, Timestamp(4_000));
    store
        .commit(changes.expect("allowed"))
        .await
        .expect("amended");
    let shown = store.article(kept.id).await.expect("read").expect("there");
    assert_eq!(shown.headline, "عنّا");
    assert_eq!(shown.revision, id(9));
    assert_eq!(
        shown.changed_at, kept.changed_at,
        "a slip of the pen is no news"
    );
    assert_eq!(store.working_copy(kept.id).await.expect("read"), None);
    let revisions = store.revisions(kept.id, 10).await.expect("read");
    let told: Vec<_> = (revisions
        .iter()
        .map(|saved| (saved.id, saved.by, saved.is_public)))
    .collect();
    assert_eq!(told, [(id(9), Some(id(3)), true), (id(8), None, true)]);
    // What was begun from the text before writes nothing past the one after.
    let late = WorkingCopy::begin(&kept, None, Timestamp(5_000));
    let refused = shown.amend(&late, &[], Amendment::Typo, actor, Timestamp(5_000));
    assert_eq!(refused.err(), Some(ArticleError::ChangedElsewhere));
    store.close().await;
}

async fn somebody_else_may_have_saved(place: &Place) {
    let store = place.open().await;
    let kept = article();
    store
        .commit(write(kept.clone(), None))
        .await
        .expect("written");
    let begun = WorkingCopy::begin(&kept, None, Timestamp(2_000));
    store
        .commit(written(begun.clone(), "الأول", 9, 3_000))
        .await
        .expect("saved");
    let again = store.commit(written(begun, "الثاني", 10, 3_001)).await;
    assert!(matches!(again, Err(StoreError::Conflict)), "{again:?}");
    let first = store
        .working_copy(kept.id)
        .await
        .expect("read")
        .expect("there");
    store
        .commit(written(first.clone(), "الثالث", 11, 3_002))
        .await
        .expect("saved");
    let late = store
        .commit(written(first.clone(), "الرابع", 12, 3_003))
        .await;
    assert!(matches!(late, Err(StoreError::Conflict)), "{late:?}");
    let late = store
        .commit(first.discard(Actor::System, Timestamp(3_004)))
        .await;
    assert!(matches!(late, Err(StoreError::Conflict)), "{late:?}");
    let saved = store
        .working_copy(kept.id)
        .await
        .expect("read")
        .expect("there");
    assert_eq!(saved.content.headline, "الثالث");
    let texts = store.revisions(kept.id, 10).await.expect("read");
    assert_eq!(texts.len(), 3, "what was refused left no text: {texts:?}");
    store.close().await;
}

async fn texts_that_nobody_saw_are_forgotten_in_time(place: &Place) {
    let store = place.open().await;
    let kept = article();
    store
        .commit(write(kept.clone(), None))
        .await
        .expect("written");
    let mut copy = WorkingCopy::begin(&kept, None, Timestamp(2_000));
    for turn in 0..120 {
        let headline = format!("نص {turn}");
        store
            .commit(written(copy, &headline, 20 + turn, 3_000 + turn))
            .await
            .expect("saved");
        copy = store
            .working_copy(kept.id)
            .await
            .expect("read")
            .expect("there");
    }
    let texts = store.revisions(kept.id, 1_000).await.expect("read");
    assert_eq!(texts.len(), 101);
    assert_eq!(
        texts.last().map(|text| text.id),
        Some(kept.revision),
        "what was shown stays"
    );
    assert_eq!(texts.first().map(|text| text.id), Some(copy.revision));
    // The list without the texts, page by page, is the same.
    let (mut listed, mut before) = (Vec::new(), None);
    loop {
        let lines = store.revision_lines(kept.id, before, 40).await;
        let lines = lines.expect("read");
        let Some(last) = lines.last() else { break };
        before = Some((last.at, last.id));
        listed.extend(lines);
    }
    let named = |id, at, headline: &str| (id, at, headline.to_owned());
    assert!(
        listed
            .iter()
            .map(|line| named(line.id, line.at, &line.headline))
            .eq(texts
                .iter()
                .map(|text| named(text.id, text.at, &text.headline)))
    );
    let one = store.revision(kept.id, copy.revision).await.expect("read");
    assert_eq!(one.as_ref(), texts.first());
    let other = store.revision(id(999), copy.revision).await.expect("read");
    assert_eq!(other, None, "a text of another article");
    store.close().await;
}
