//! Settings, comments, old addresses, origins, ids, and what is refused.

use editorial::{
    ChangeKey, Changes, SiteSettings, Standing, Timestamp, Write,
    changes::Target,
    comment::{Comment, CommentState, CommentWrite, Received},
    media::Media,
    page::ListSubject,
    places::Tag,
};
use store::{ListOf, Store, StoreError};
use testing::{Place, on_both_engines};

use crate::paper::{id, published, tamper};

on_both_engines! {
    the_small_things_come_back
    ids_are_never_given_twice
    settings_are_changed_from_those_that_were_loaded
    articles_are_listed_by_their_state
    nul_is_refused
    a_newer_schema_is_refused
}

async fn the_small_things_come_back(place: &Place) {
    let store = place.open().await;
    published(&store, [10]).await;
    let settings = SiteSettings {
        name: "ورّاق".into(),
        ..SiteSettings::default()
    };
    let comment = Comment {
        id: id(50),
        article: id(10),
        reply_to: None,
        name: "قارئ".into(),
        email: None,
        text: "تعليق".into(),
        written_at: Timestamp(3),
        state: CommentState::Approved,
        received: Received::default(),
    };
    let waiting = Comment {
        id: id(51),
        state: CommentState::Waiting,
        ..comment.clone()
    };
    let origin = Write::Origin {
        source: "wordpress".into(),
        kind: "post".into(),
        foreign: "12".into(),
        id: id(10),
        fingerprint: "f".into(),
    };
    let sources = store.sources(9).await.expect("read");
    assert!(sources.is_empty(), "{sources:?}");
    let other = |source: &str, foreign: &str| Write::Origin {
        source: source.into(),
        kind: "tag".into(),
        foreign: foreign.into(),
        id: id(10),
        fingerprint: String::new(),
    };
    let changes = Changes::new()
        .write(other("wordpress:https://b.example/blog", "a"))
        .write(other("wordpress:https://a.example", "a"))
        .write(other("wordpress:https://a.example", "b"))
        .write(Write::Settings {
            loaded: Box::default(),
            settings: Box::new(settings.clone()),
        })
        .write(Write::Comment(CommentWrite::Imported(Box::new(comment))))
        .write(Write::Comment(CommentWrite::Imported(Box::new(waiting))))
        .write(Write::OldAddress {
            key: "/2017/09/خبر".into(),
            target: Target::Article(id(10)),
        })
        .write(origin)
        .key(ChangeKey::SETTINGS);
    store.commit(changes).await.expect("committed");
    assert_eq!(store.settings().await.expect("read"), settings);
    let page = store
        .article_page(id(10), false)
        .await
        .expect("read")
        .value
        .expect("there");
    assert_eq!((page.thread.count, page.thread.lines.len()), (1, 1));
    let target = store
        .old_address("/2017/09/خبر")
        .await
        .expect("read")
        .expect("known");
    assert_eq!(target, Target::Article(id(10)));
    let (url, standing) = store.target(target).await.expect("read").expect("there");
    assert!(url.to_string().starts_with("/a/10/"), "{url}");
    assert_eq!(standing, Standing::Shown);
    let moved = |from| Write::OldAddressMoved {
        key: "/2017/09/خبر".into(),
        from,
        to: Target::Media(id(77)),
    };
    let changes = Changes::new().write(moved(Target::Article(id(11))));
    store.commit(changes).await.expect("committed");
    assert_eq!(
        store.old_address("/2017/09/خبر").await.expect("read"),
        Some(target)
    );
    let changes = Changes::new().write(moved(target));
    store.commit(changes).await.expect("committed");
    let now = store
        .old_address("/2017/09/خبر")
        .await
        .expect("read")
        .expect("known");
    assert_eq!(now, Target::Media(id(77)));
    assert_eq!(store.target(now).await.expect("read"), None);
    let file = Media {
        source_url: "https://old.example/a.pdf".into(),
        ..Media::new(id(77))
    };
    for (key, width, expect) in [
        ("", 0, ("/media/77/1200.jpg", Standing::NotCarriedOver)),
        ("aa", 0, ("/file/77/a.pdf", Standing::Shown)),
        ("aa", 9, ("/media/77/1200.jpg", Standing::Shown)),
    ] {
        let held = Media {
            key: key.into(),
            width,
            height: width,
            ..file.clone()
        };
        store
            .commit(Changes::new().write(Write::Media(held)))
            .await
            .expect("committed");
        let (url, standing) = store.target(now).await.expect("read").expect("there");
        assert_eq!((url.to_string().as_str(), standing), expect);
    }
    assert_eq!(
        store.page_standing("none").await.expect("read"),
        Standing::Nothing
    );
    assert_eq!(store.old_address("/nowhere").await.expect("read"), None);
    let origins = store
        .origins("wordpress", "post", &["12".into(), "13".into()])
        .await
        .expect("read");
    assert_eq!(origins.len(), 1);
    assert_eq!(origins[0].version, Some(2));
    let sources = store.sources(9).await.expect("read");
    let expect = [
        "wordpress",
        "wordpress:https://a.example",
        "wordpress:https://b.example/blog",
    ];
    assert_eq!(sources, expect);
    assert_eq!(store.sources(2).await.expect("read").len(), 2);
    assert!(matches!(
        store
            .list(&ListOf::Author("layla".into()), None, 1)
            .await
            .expect("read")
            .value,
        Some((ListSubject::Author(_), _))
    ));
}

async fn ids_are_never_given_twice(place: &Place) {
    let store = place.open().await;
    let mut seen = std::collections::BTreeSet::new();
    for count in [1, 5, 100] {
        let mut block = store.draw_ids(count).await.expect("drawn");
        assert_eq!(block.left(), count);
        while let Some(id) = block.draw() {
            assert!(seen.insert(id), "{id} twice");
        }
    }
    assert_eq!(seen.len(), 106);
}

async fn nul_is_refused(place: &Place) {
    let store = place.open().await;
    let tag = Tag {
        id: id(2),
        slug: "a\0b".into(),
        name: "x".into(),
    };
    let refused = store.commit(Changes::new().write(Write::Tag(tag))).await;
    assert!(matches!(refused, Err(StoreError::Nul)));
    assert!(store.old_address("\0").await.expect("read").is_none());
}

async fn a_newer_schema_is_refused(place: &Place) {
    place.open().await.close().await;
    tamper(place, "INSERT INTO schema_version (number) VALUES (999)").await;
    let refused = Store::open(&place.database).await.err().expect("refused");
    assert!(
        matches!(refused, StoreError::NewerSchema { found: 999, .. }),
        "{refused}"
    );
}

async fn settings_are_changed_from_those_that_were_loaded(place: &Place) {
    let store = place.open().await;
    let named = |name: &str| SiteSettings {
        name: name.into(),
        ..SiteSettings::default()
    };
    let change = |from: SiteSettings, to: SiteSettings| {
        let write = Write::Settings {
            loaded: Box::new(from),
            settings: Box::new(to),
        };
        store.commit(Changes::new().write(write))
    };
    change(SiteSettings::default(), named("أولى"))
        .await
        .expect("committed");
    let late = change(SiteSettings::default(), named("ثانية")).await;
    assert!(matches!(late, Err(StoreError::Conflict)), "{late:?}");
    assert_eq!(store.settings().await.expect("read"), named("أولى"));
    // Two at the same time: one of them loses, and says so.
    let both = tokio::join!(
        change(named("أولى"), named("ثالثة")),
        change(named("أولى"), named("رابعة"))
    );
    let won = [&both.0, &both.1]
        .iter()
        .filter(|done| done.is_ok())
        .count();
    assert_eq!(won, 1, "{both:?}");
    store.close().await;
}

async fn articles_are_listed_by_their_state(place: &Place) {
    let store = place.open().await;
    published(&store, [10, 11, 12]).await;
    let article = store.article(id(11)).await.expect("read").expect("there");
    let changes = article
        .withdraw(None, editorial::audit::Actor::System, Timestamp(9))
        .expect("it is published");
    store.commit(changes).await.expect("committed");
    let numbers = async |state, before, limit| -> Vec<i64> {
        let lines = store.newest_articles(state, before, limit).await;
        let lines = lines.expect("read").into_iter();
        lines.map(|line| line.id.get()).collect()
    };
    assert_eq!(numbers(None, None, 9).await, [12, 11, 10]);
    assert_eq!(numbers(None, Some(id(12)), 1).await, [11]);
    let published = Some(editorial::ArticleState::Published);
    assert_eq!(numbers(published, None, 9).await, [12, 10]);
    let withdrawn = Some(editorial::ArticleState::Withdrawn);
    assert_eq!(numbers(withdrawn, None, 9).await, [11]);
    let unpublished = Some(editorial::ArticleState::Unpublished);
    assert!(numbers(unpublished, None, 9).await.is_empty());
    store.close().await;
}
