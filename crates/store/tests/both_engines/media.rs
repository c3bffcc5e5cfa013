//! The library: found by words, by kind, by rights; described under a guard.

use editorial::{
    Article, Changes, Timestamp, Write,
    audit::Actor,
    media::{Description, Media, MediaKind},
};
use store::{Store, StoreError, WantedMedia};
use testing::{Place, on_both_engines};

use crate::paper::{article, id, tamper};

on_both_engines! {
    a_library_is_looked_through
    what_an_older_program_kept_is_found
    a_description_does_not_write_over_another
}

fn picture(number: i64, alt: &str) -> Media {
    Media {
        kind: MediaKind::Picture,
        alt: alt.into(),
        name: format!("img-{number}.jpg"),
        ..crate::paper::media(number)
    }
}

async fn filled(place: &Place) -> Store {
    let store = place.open().await;
    let sound = Media {
        kind: MediaKind::Sound,
        expires_at: Some(Timestamp(50)),
        uploaded_at: Some(Timestamp(40)),
        uploaded_by: Some(id(3)),
        colour: "#102030".into(),
        rights: "حتى نهاية العام".into(),
        bytes: 9,
        ..Media::new(id(103))
    };
    let changes = Changes::new()
        .write(Write::Media(picture(101, "وصول الوزراء إلى حلب")))
        .write(Write::Media(picture(102, "جسر على الفرات")))
        .write(Write::Media(sound.clone()));
    store.commit(changes).await.expect("committed");
    assert_eq!(store.media(id(103)).await.expect("read"), Some(sound));
    store
}

async fn numbers(store: &Store, wanted: WantedMedia) -> Vec<i64> {
    let found = store.library(&wanted, 2).await.expect("read");
    found.iter().map(|media| media.id.get()).collect()
}

fn words(words: &str) -> WantedMedia {
    WantedMedia {
        words: words.into(),
        ..WantedMedia::default()
    }
}

async fn a_library_is_looked_through(place: &Place) {
    let store = filled(place).await;
    assert_eq!(numbers(&store, WantedMedia::default()).await, [103, 102]);
    for (asked, expect) in [
        ("وزير", &[101][..]),
        ("للوزراءِ حلب", &[101]),
        ("الفر", &[102]),
        ("img", &[102, 101]),
        ("102", &[102]),
        ("حلب الفرات", &[]),
        ("100%", &[]),
        ("_", &[103, 102]),
    ] {
        assert_eq!(numbers(&store, words(asked)).await, expect, "{asked}");
    }
    let next = WantedMedia {
        before: Some(id(102)),
        ..WantedMedia::default()
    };
    assert_eq!(numbers(&store, next).await, [101]);
    let sounds = WantedMedia {
        kind: Some(MediaKind::Sound),
        ..WantedMedia::default()
    };
    assert_eq!(numbers(&store, sounds).await, [103]);
    for (at, expect) in [(49, &[][..]), (50, &[103])] {
        let expired = WantedMedia {
            expired_at: Some(Timestamp(at)),
            ..WantedMedia::default()
        };
        assert_eq!(numbers(&store, expired).await, expect);
    }
    let led = Write::Article {
        article: Box::new(Article {
            lead: Some(id(102)),
            ..article(10)
        }),
        loaded_version: None,
    };
    store
        .commit(Changes::new().write(led))
        .await
        .expect("committed");
    let led = store.led_by(id(102), 5).await.expect("read");
    assert_eq!(led.iter().map(|line| line.id).collect::<Vec<_>>(), [id(10)]);
    store.close().await;
}

async fn what_an_older_program_kept_is_found(place: &Place) {
    filled(place).await.close().await;
    tamper(place, "UPDATE media SET words = NULL").await;
    let store = place.open().await;
    assert_eq!(numbers(&store, WantedMedia::default()).await, [103, 102]);
    assert_eq!(numbers(&store, words("وزير")).await, [0; 0]);
    assert_eq!(store.make_media_words(2).await.expect("made"), 2);
    assert_eq!(store.make_media_words(2).await.expect("made"), 1);
    assert_eq!(store.make_media_words(2).await.expect("made"), 0);
    assert_eq!(numbers(&store, words("وزير")).await, [101]);
    store.close().await;
}

async fn a_description_does_not_write_over_another(place: &Place) {
    let store = filled(place).await;
    let media = store.media(id(102)).await.expect("read").expect("there");
    let described = |alt: &str| {
        let words = Description {
            alt: alt.into(),
            expires_at: Some(Timestamp(90)),
            focal_x: 100,
            focal_y: 900,
            ..Description::default()
        };
        let changes = media.clone().describe(words, Actor::System, Timestamp(60));
        changes.expect("allowed")
    };
    store
        .commit(described("سد الطبقة"))
        .await
        .expect("committed");
    let refused = store.commit(described("شيء آخر")).await;
    assert!(matches!(refused, Err(StoreError::Conflict)), "{refused:?}");
    let now = store.media(id(102)).await.expect("read").expect("there");
    assert_eq!((now.alt.as_str(), now.version), ("سد الطبقة", 2));
    assert_eq!((now.focal_x, now.focal_y), (100, 900));
    assert_eq!(now.expires_at, Some(Timestamp(90)));
    assert_eq!(now.name, media.name);
    assert_eq!(numbers(&store, words("الفرات")).await, [0; 0]);
    assert_eq!(numbers(&store, words("الطبقة")).await, [102]);
    store.close().await;
}
