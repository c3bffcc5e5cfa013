//! An article from its first line to its end, on both engines: what is written
//! is not shown before it is published, and nothing writes past what is
//! written on.

use actions::{
    ActionError, Seen, amend_article, authors_named, create_article, create_authors, create_tags,
    discard_copy, open_copy, publish_article, publish_due, save_copy, schedule_article, tags_named,
    unschedule_article, withdraw_article,
};
use editorial::{
    ArticleState, Block, BlockId, BlockKind, Body, Content, Id, Timestamp, WorkingCopy,
    article::ArticleError, audit::Actor, correction::CorrectionKind, schedule::ScheduleError,
    working_copy::Part,
};
use store::Store;
use testing::{Place, on_both_engines};

on_both_engines! {
    an_article_is_written_published_and_amended
    two_who_save_at_once_do_not_lose_a_text
    what_another_door_changed_is_not_overwritten
    tags_and_authors_are_found_by_their_names_or_made
    a_reason_is_told_where_the_article_was
    an_article_goes_live_at_its_moment_once
    what_cannot_go_live_at_its_moment_says_why
}

const NOW: Timestamp = Timestamp(1_760_000_000_000_000);

fn actor(user: i64) -> Actor {
    Actor::User(Id::new(user).expect("in range"))
}

fn later(minutes: i64) -> Timestamp {
    NOW.plus(minutes * 60 * Timestamp::SECOND)
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

/// What a form has seen that was made of `copy`.
fn seen(copy: &WorkingCopy) -> Seen {
    Seen {
        version: copy.version,
        text: Some(copy.last_update()),
    }
}

fn with(copy: &WorkingCopy, headline: &str) -> Content {
    Content {
        headline: headline.into(),
        body: body(headline),
        ..copy.content.clone()
    }
}

async fn written(store: &Store, id: Id, headline: &str, by: i64, minutes: i64) -> WorkingCopy {
    let (_, copy) = open_copy(store, id, actor(by), NOW).await.expect("opened");
    let content = with(&copy, headline);
    let saved = save_copy(store, id, seen(&copy), content, actor(by), later(minutes)).await;
    saved.expect("saved")
}

async fn an_article_is_written_published_and_amended(place: &Place) {
    let store = place.open().await;
    let id = create_article(&store, actor(3), NOW).await.expect("begun");
    let empty = publish_article(&store, id, actor(3), NOW).await;
    assert!(
        matches!(empty, Err(ActionError::Article(ArticleError::NoHeadline))),
        "{empty:?}"
    );
    let copy = written(&store, id, "اجتماع في أستانا", 3, 1).await;
    assert_eq!(copy.saved_by, actor(3).user());
    // The same once more is saved already.
    let again = save_copy(
        &store,
        id,
        Seen {
            version: 0,
            text: Some(0),
        },
        copy.content.clone(),
        actor(3),
        later(2),
    )
    .await;
    assert_eq!(again.expect("the same").version, copy.version);
    let kept = store.article(id).await.expect("read").expect("there");
    assert_eq!(
        (kept.state, kept.headline.as_str()),
        (ArticleState::Unpublished, "")
    );

    publish_article(&store, id, actor(4), later(3))
        .await
        .expect("published");
    let shown = store.article(id).await.expect("read").expect("there");
    assert_eq!(shown.state, ArticleState::Published);
    assert_eq!(shown.headline, "اجتماع في أستانا");
    assert_eq!(shown.slug, "اجتماع-في-أستانا");
    assert_eq!(shown.published_at, Some(later(3)));
    assert!(!shown.signature.is_empty(), "its rare words are known");
    assert!(
        shown.section.is_some(),
        "it stands in the section for what has none"
    );
    assert_eq!(store.working_copy(id).await.expect("read"), None);

    written(&store, id, "اجتماع في آستانا", 3, 4).await;
    amend_article(&store, id, None, actor(4), later(5))
        .await
        .expect("amended");
    let shown = store.article(id).await.expect("read").expect("there");
    assert_eq!(shown.headline, "اجتماع في آستانا");
    assert_eq!(shown.changed_at, later(3), "a slip of the pen is no news");
    assert_eq!(shown.slug, "اجتماع-في-أستانا", "its address stays");

    written(&store, id, "اجتماعان في أستانا", 3, 6).await;
    let note = (CorrectionKind::Correction, "كانا اجتماعين.");
    amend_article(&store, id, Some(note), actor(4), later(7))
        .await
        .expect("amended");
    let page = store
        .article_page(id, false)
        .await
        .expect("read")
        .value
        .expect("there");
    assert_eq!(page.article.changed_at, later(7));
    assert_eq!(page.corrections.len(), 1);
    assert_eq!(page.corrections[0].text, "كانا اجتماعين.");
    let nothing = amend_article(&store, id, None, actor(4), later(8)).await;
    assert!(
        matches!(nothing, Err(ActionError::NothingWritten(_))),
        "{nothing:?}"
    );

    let copy = written(&store, id, "لا شيء", 3, 9).await;
    let unseen = discard_copy(&store, id, copy.version - 1, actor(3), later(10)).await;
    assert!(
        unseen.is_err(),
        "a text that was not seen is not thrown away"
    );
    discard_copy(&store, id, copy.version, actor(3), later(10))
        .await
        .expect("thrown away");
    assert_eq!(store.working_copy(id).await.expect("read"), None);
    let texts = store.revisions(id, 20).await.expect("read");
    assert!(
        texts.iter().any(|text| text.headline == "لا شيء"),
        "its text is kept"
    );
    let report = store.audit_verify().await.expect("read");
    assert_eq!(report.broken_at, None);
    store.close().await;
}

async fn two_who_save_at_once_do_not_lose_a_text(place: &Place) {
    let store = place.open().await;
    let id = create_article(&store, actor(3), NOW).await.expect("begun");
    let copy = written(&store, id, "الأول", 3, 1).await;
    written(&store, id, "الثاني", 4, 2).await;
    let late = save_copy(
        &store,
        id,
        seen(&copy),
        with(&copy, "الثالث"),
        actor(3),
        later(3),
    )
    .await;
    let Err(ActionError::SavedByAnother(by)) = late else {
        panic!("{late:?}");
    };
    assert_eq!(by, actor(4).user());
    let kept = store.working_copy(id).await.expect("read").expect("there");
    assert_eq!(kept.content.headline, "الثاني");
    // Truly at once: one of them is told.
    let one = save_copy(
        &store,
        id,
        seen(&kept),
        with(&kept, "من هنا"),
        actor(3),
        later(4),
    );
    let other = save_copy(
        &store,
        id,
        seen(&kept),
        with(&kept, "من هناك"),
        actor(4),
        later(4),
    );
    let (one, other) = tokio::join!(one, other);
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    let too_long = Content {
        kicker: "ك".repeat(300),
        ..kept.content
    };
    let refused = save_copy(
        &store,
        id,
        Seen {
            version: kept.version + 1,
            text: Some(0),
        },
        too_long,
        actor(3),
        later(5),
    )
    .await;
    let Err(ActionError::Content(faults)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(faults[0].part, Part::Kicker);
    store.close().await;
}

async fn what_another_door_changed_is_not_overwritten(place: &Place) {
    let store = place.open().await;
    let id = create_article(&store, actor(3), NOW).await.expect("begun");
    written(&store, id, "النص", 3, 1).await;
    publish_article(&store, id, actor(4), later(2))
        .await
        .expect("published");
    let begun = written(&store, id, "نص أطول", 3, 3).await;
    // An import brings another text meanwhile.
    let shown = store.article(id).await.expect("read").expect("there");
    let loaded_version = Some(shown.version);
    let imported = editorial::Article {
        version: shown.version + 1,
        headline: "نص من الخارج".into(),
        revision: Id::new(begun.revision.get() + 1_000_000).expect("in range"),
        ..shown
    };
    let write = editorial::Write::Article {
        article: Box::new(imported),
        loaded_version,
    };
    store
        .commit(editorial::Changes::new().write(write))
        .await
        .expect("written");
    let refused = amend_article(&store, id, None, actor(4), later(5)).await;
    assert!(
        matches!(
            refused,
            Err(ActionError::Article(ArticleError::ChangedElsewhere))
        ),
        "{refused:?}"
    );
    let shown = store.article(id).await.expect("read").expect("there");
    assert_eq!(shown.headline, "نص من الخارج");
    assert!(
        store.working_copy(id).await.expect("read").is_some(),
        "nothing is lost"
    );
    store.close().await;
}

async fn tags_and_authors_are_found_by_their_names_or_made(place: &Place) {
    let store = place.open().await;
    let names = ["أستانا", "هدنة", "أستانا", "!!", "؟؟"]
        .map(String::from)
        .to_vec();
    let named = tags_named(&store, &names).await.expect("read");
    assert_eq!(named.found, []);
    assert_eq!(named.missing, ["أستانا", "هدنة", "!!", "؟؟"]);
    create_tags(&store, &named.missing, actor(3), NOW)
        .await
        .expect("made");
    let named = tags_named(&store, &names).await.expect("read");
    assert_eq!((named.found.len(), named.missing.len()), (4, 0));
    // Another name with the same slug is another tag.
    create_tags(&store, &["هدنة.".into()], actor(3), NOW)
        .await
        .expect("made");
    let slugs = store.tags(&["هدنة-2".into()], &[]).await.expect("read");
    assert_eq!(slugs[0].name, "هدنة.");
    let people = ["ليلى حداد".to_owned()];
    create_authors(&store, &people, actor(3), NOW)
        .await
        .expect("made");
    assert_eq!(
        authors_named(&store, &people)
            .await
            .expect("read")
            .found
            .len(),
        1
    );
    store.close().await;
}

async fn a_reason_is_told_where_the_article_was(place: &Place) {
    let store = place.open().await;
    let id = create_article(&store, actor(3), NOW).await.expect("begun");
    written(&store, id, "خبر لم يصح", 3, 1).await;
    publish_article(&store, id, actor(4), later(2))
        .await
        .expect("published");
    withdraw_article(&store, id, Some(" لم يصح الخبر. "), actor(4), later(3))
        .await
        .expect("done");
    let page = store
        .article_page(id, false)
        .await
        .expect("read")
        .value
        .expect("there");
    assert_eq!(page.corrections.len(), 1);
    assert_eq!(page.corrections[0].text, "لم يصح الخبر.");
    actions::restore_article(&store, id, actor(4), later(4))
        .await
        .expect("restored");
    let page = store
        .article_page(id, false)
        .await
        .expect("read")
        .value
        .expect("there");
    assert_eq!(
        page.corrections,
        [],
        "what is back needs no reason to be away"
    );
    store.close().await;
}

async fn an_article_goes_live_at_its_moment_once(place: &Place) {
    let (store, other) = (place.open().await, place.open().await);
    let id = create_article(&store, actor(3), NOW).await.expect("begun");
    let too_soon = schedule_article(&store, id, later(5), actor(4), NOW).await;
    assert!(
        matches!(too_soon, Err(ActionError::Schedule(_))),
        "it has no headline: {too_soon:?}"
    );
    written(&store, id, "خبر الصباح", 3, 1).await;
    let past = schedule_article(&store, id, NOW, actor(4), NOW).await;
    assert!(
        matches!(past, Err(ActionError::Schedule(ScheduleError::Past))),
        "{past:?}"
    );
    schedule_article(&store, id, later(10), actor(4), NOW)
        .await
        .expect("scheduled");
    schedule_article(&store, id, later(20), actor(4), NOW)
        .await
        .expect("moved");
    assert_eq!(
        publish_due(&store, later(19)).await.expect("looked"),
        Some(later(20))
    );
    let kept = store.article(id).await.expect("read").expect("there");
    assert_eq!(kept.state, ArticleState::Unpublished);
    // What is written after it was scheduled goes live with it.
    written(&store, id, "خبر الصباح كاملًا", 3, 12).await;
    let both = tokio::join!(
        publish_due(&store, later(20)),
        publish_due(&other, later(20))
    );
    assert!(both.0.is_ok() && both.1.is_ok(), "{both:?}");
    assert_eq!(publish_due(&other, later(20)).await.expect("looked"), None);
    let shown = store.article(id).await.expect("read").expect("there");
    assert_eq!(shown.state, ArticleState::Published);
    assert_eq!(shown.headline, "خبر الصباح كاملًا");
    assert_eq!(shown.published_at, Some(later(20)));
    let trail = store.audit_entries(0, 50).await.expect("read");
    let published: Vec<_> = trail
        .iter()
        .filter(|line| line.action == "article.publish")
        .collect();
    assert_eq!(published.len(), 1, "once");
    assert_eq!(published[0].actor, "user:4", "by whom it was scheduled");
    other.close().await;
    store.close().await;
}

async fn what_cannot_go_live_at_its_moment_says_why(place: &Place) {
    let store = place.open().await;
    let id = create_article(&store, actor(3), NOW).await.expect("begun");
    written(&store, id, "خبر", 3, 1).await;
    schedule_article(&store, id, later(10), actor(4), NOW)
        .await
        .expect("scheduled");
    // Its headline is gone by then.
    written(&store, id, "", 3, 2).await;
    publish_due(&store, later(10)).await.expect("looked");
    assert_eq!(
        publish_due(&store, later(10)).await.expect("looked"),
        None,
        "it is not tried for ever"
    );
    let trail = store.audit_entries(0, 50).await.expect("read");
    let failed = trail
        .iter()
        .find(|line| line.action == "article.schedule-fail")
        .expect("told");
    assert!(failed.note.contains("headline"), "{failed:?}");

    written(&store, id, "خبر من جديد", 3, 11).await;
    schedule_article(&store, id, later(30), actor(4), later(12))
        .await
        .expect("scheduled");
    unschedule_article(&store, id, actor(4), later(13))
        .await
        .expect("taken back");
    let nothing = unschedule_article(&store, id, actor(4), later(13)).await;
    assert!(
        matches!(nothing, Err(ActionError::NotScheduled(_))),
        "{nothing:?}"
    );
    assert_eq!(publish_due(&store, later(60)).await.expect("looked"), None);
    // Published by hand, it is scheduled no more.
    schedule_article(&store, id, later(90), actor(4), later(61))
        .await
        .expect("scheduled");
    publish_article(&store, id, actor(4), later(62))
        .await
        .expect("published");
    assert_eq!(store.schedule(id).await.expect("read"), None);
    store.close().await;
}
