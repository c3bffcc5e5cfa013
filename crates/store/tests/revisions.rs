//! The text of an article is the text of the revision it names: on both engines.

use editorial::{
    Article, ArticleKind, ArticleState, Block, BlockId, BlockKind, Body, Changes, Id, Timestamp,
    Write, comment::Commenting,
};
use store::StoreError;
use testing::{Place, on_both_engines};

on_both_engines! {
    a_new_revision_keeps_the_one_before
    a_change_of_state_alone_needs_no_revision
    a_text_never_changes_under_its_revision
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
