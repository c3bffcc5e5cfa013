//! Articles: written, listed, guarded, withdrawn.

use editorial::{
    Article, ArticleKind, ArticleState, Block, BlockId, BlockKind, Body, Changes, Timestamp, Write,
    audit::Actor,
    body::Image,
    page::{ArticleSummary, Before, Cursor},
    places::{Section, Tag},
    urls::Url,
};
use store::{ListOf, StoreError};
use testing::{Place, on_both_engines};

use crate::paper::{article, frame_things, id, media, published, section};

on_both_engines! {
    an_article_comes_back_as_it_was_written
    publishing_lists_and_withdrawing_unlists
    a_lead_picture_in_the_text_is_read_with_the_text
    the_front_page_reads_enough_below_its_top
    a_write_at_an_old_version_is_a_conflict
    pages_of_a_list_have_no_hole_and_no_repeat
    every_page_reads_an_empty_paper
}

async fn an_article_comes_back_as_it_was_written(place: &Place) {
    let store = place.open().await;
    let written = article(7);
    let write = Write::Article {
        article: Box::new(written.clone()),
        loaded_version: None,
    };
    store
        .commit(frame_things().write(write))
        .await
        .expect("committed");
    assert_eq!(
        store.article(id(7)).await.expect("read"),
        Some(written.clone())
    );
    assert_eq!(store.article(id(8)).await.expect("read"), None);
    assert!(!store.is_empty().await.expect("read"));
    store.close().await;
    let store = place.open().await;
    assert_eq!(store.article(id(7)).await.expect("read"), Some(written));
}

async fn publishing_lists_and_withdrawing_unlists(place: &Place) {
    let store = place.open().await;
    published(&store, [10, 11]).await;
    let listed = async |of: ListOf| {
        let read = store.list(&of, None, 10).await.expect("read").value;
        read.map(|(_, list)| {
            list.articles
                .iter()
                .map(|line| line.id.get())
                .collect::<Vec<_>>()
        })
    };
    let lists = [
        ListOf::Latest,
        ListOf::Section("syria".into()),
        ListOf::Tag("أستانا".into()),
        ListOf::Author("layla".into()),
        ListOf::Between {
            from: Timestamp(10_000),
            until: Timestamp(12_000),
            day: (1970, 1, 1),
        },
    ];
    for of in lists.clone() {
        assert_eq!(listed(of.clone()).await, Some(vec![11, 10]), "{of:?}");
    }
    let between = ListOf::Between {
        from: Timestamp(10_001),
        until: Timestamp(11_000),
        day: (1970, 1, 1),
    };
    assert_eq!(listed(between).await, Some(vec![]));
    assert_eq!(listed(ListOf::Tag("nowhere".into())).await, None);
    let page = store
        .article_page(id(10), false)
        .await
        .expect("read")
        .value
        .expect("there");
    assert_eq!(
        page.related
            .iter()
            .map(|line| line.id.get())
            .collect::<Vec<_>>(),
        [11]
    );
    let loaded = store.article(id(11)).await.expect("read").expect("there");
    store
        .commit(
            loaded
                .withdraw(None, Actor::System, Timestamp(9))
                .expect("published"),
        )
        .await
        .expect("committed");
    for of in lists {
        assert_eq!(listed(of.clone()).await, Some(vec![10]), "{of:?}");
    }
    let page = store
        .article_page(id(10), false)
        .await
        .expect("read")
        .value
        .expect("there");
    assert!(
        page.related.is_empty(),
        "a withdrawn article is related to nothing"
    );
    let loaded = store.article(id(11)).await.expect("read").expect("there");
    assert_eq!(loaded.state, ArticleState::Withdrawn);
    store
        .commit(
            loaded
                .restore(Actor::System, Timestamp(10))
                .expect("withdrawn"),
        )
        .await
        .expect("committed");
    assert_eq!(listed(ListOf::Latest).await, Some(vec![11, 10]));
    assert_eq!(store.sitemap_count(1).await.expect("read").value, 2);
    let second = store.sitemap_page(2, 1).await.expect("read").value;
    assert_eq!(
        second.iter().map(|line| line.id.get()).collect::<Vec<_>>(),
        [11]
    );
    let feed = store
        .feed_articles(&ListOf::Latest, 1)
        .await
        .expect("read")
        .value
        .expect("there")
        .1;
    assert_eq!(feed[0].body, article(11).body);
    assert_eq!(
        store.home_page().await.expect("read").value.sections[0]
            .1
            .len(),
        2
    );
    assert_eq!(
        store
            .latest_since(Timestamp(11_000), 9)
            .await
            .expect("read")
            .value
            .len(),
        1
    );
}

async fn a_lead_picture_in_the_text_is_read_with_the_text(place: &Place) {
    let store = place.open().await;
    let mut changes = frame_things();
    for number in [50, 51, 52] {
        changes = changes.write(Write::Media(media(number)));
    }
    let image = |number| Image {
        media: Some(id(number)),
        ..Image::default()
    };
    let kinds = [
        BlockKind::Image(image(50)),
        BlockKind::Gallery {
            images: vec![image(51), image(50)],
        },
    ];
    let blocks = kinds.into_iter().zip(1..).map(|(kind, number)| Block {
        id: BlockId(number),
        lang: None,
        kind,
    });
    let story = Article {
        state: ArticleState::Published,
        lead: Some(id(50)),
        body: Body {
            blocks: blocks.collect(),
        },
        ..article(7)
    };
    let standing = Article {
        kind: ArticleKind::Page,
        slug: "about".into(),
        lead: None,
        ..Article {
            id: id(8),
            revision: id(100_008),
            ..story.clone()
        }
    };
    let apart = Article {
        lead: Some(id(52)),
        id: id(9),
        revision: id(100_009),
        ..story.clone()
    };
    for article in [story, standing, apart] {
        changes = changes.write(Write::Article {
            article: Box::new(article),
            loaded_version: None,
        });
    }
    store.commit(changes).await.expect("committed");
    let page = async |number| {
        let read = store.article_page(id(number), false).await.expect("read");
        let page = read.value.expect("there");
        let mut images: Vec<_> = page.images.iter().map(|media| media.id.get()).collect();
        images.sort_unstable();
        (page.lead.map(|media| media.id.get()), images)
    };
    assert_eq!(page(7).await, (Some(50), vec![50, 51]));
    assert_eq!(page(9).await, (Some(52), vec![50, 51]));
    let feed = store.feed_articles(&ListOf::Latest, 9).await.expect("read");
    let (_, entries) = feed.value.expect("there");
    assert_eq!(entries.len(), 2);
    for entry in entries {
        let images: Vec<_> = entry.images.iter().map(|media| media.id.get()).collect();
        assert_eq!(images, [50, 51, 50], "{}", entry.summary.id);
    }
    let read = store.standing_page("about").await.expect("read").value;
    let (about, images) = read.expect("there");
    assert_eq!((about.id.get(), images.len()), (8, 2));
    let places = store.sitemap_places(100).await.expect("read").value;
    assert!(places.contains(&Url::Page("about".into())), "{places:?}");
}

async fn the_front_page_reads_enough_below_its_top(place: &Place) {
    let store = place.open().await;
    let empty = Section {
        id: id(4),
        slug: "empty".into(),
        ..section()
    };
    let other = Section {
        id: id(5),
        slug: "other".into(),
        ..section()
    };
    let changes = Changes::new()
        .write(Write::Section(empty))
        .write(Write::Section(other));
    store.commit(changes).await.expect("committed");
    // The newest forty stand in one section, older ones in the other.
    published(&store, 20..60).await;
    let mut older = Changes::new();
    for number in 10..13 {
        let article = Article {
            section: Some(id(5)),
            standfirst: String::new(),
            ..article(number)
        };
        older.append(
            article
                .publish(Actor::System, Timestamp(5))
                .expect("publishable"),
        );
    }
    for write in &mut older.writes {
        if let Write::Article { loaded_version, .. } = write {
            *loaded_version = None;
        }
    }
    store.commit(older).await.expect("committed");
    let page = store.home_page().await.expect("read").value;
    let ids =
        |lines: &[ArticleSummary]| -> Vec<_> { lines.iter().map(|line| line.id.get()).collect() };
    assert_eq!(ids(&page.latest), (44..60).rev().collect::<Vec<_>>());
    let slugs: Vec<_> = (page.sections.iter())
        .map(|(section, _)| section.slug.as_str())
        .collect();
    assert_eq!(slugs, ["syria", "other"]);
    assert_eq!(ids(&page.sections[0].1), (38..60).rev().collect::<Vec<_>>());
    assert_eq!(ids(&page.sections[1].1), [12, 11, 10]);
    assert_eq!(page.latest[0].teaser, "", "it has a standfirst");
    let teaser = "قال الوزير إن \"المحادثات\" بدأت. ثم انتهت.";
    assert_eq!(page.sections[1].1[0].teaser, teaser);
    let list = store.list(&ListOf::Section("other".into()), None, 1).await;
    let (_, list) = list.expect("read").value.expect("there");
    assert_eq!(list.articles[0].teaser, teaser);
    let places = store.sitemap_places(100).await.expect("read").value;
    let places: Vec<_> = places.iter().map(ToString::to_string).collect();
    assert_eq!(
        places,
        [
            "/",
            "/archive",
            "/section/syria",
            "/section/other",
            "/tag/%D8%A3%D8%B3%D8%AA%D8%A7%D9%86%D8%A7"
        ]
    );
    // Menus made by default name no section in which nothing is published.
    let frame = store.frame(Timestamp(0)).await.expect("read").value;
    let slugs: Vec<_> = (frame.sections.iter())
        .map(|section| section.slug.as_str())
        .collect();
    assert_eq!(slugs, ["syria", "other"]);
}

async fn a_write_at_an_old_version_is_a_conflict(place: &Place) {
    let store = place.open().await;
    published(&store, [10]).await;
    let loaded = store.article(id(10)).await.expect("read").expect("there");
    let stale = loaded.clone();
    store
        .commit(
            loaded
                .withdraw(None, Actor::System, Timestamp(9))
                .expect("published"),
        )
        .await
        .expect("committed");
    let before = *store.position().borrow();
    let lost = stale
        .withdraw(None, Actor::System, Timestamp(10))
        .expect("published when loaded");
    let lost = lost.write(Write::Tag(Tag {
        id: id(99),
        slug: "lost".into(),
        name: "x".into(),
    }));
    assert!(matches!(
        store.commit(lost).await,
        Err(StoreError::Conflict)
    ));
    assert_eq!(*store.position().borrow(), before);
    let tag = store
        .list(&ListOf::Tag("lost".into()), None, 1)
        .await
        .expect("read");
    assert!(
        tag.value.is_none(),
        "nothing of a refused change is written"
    );
}

async fn pages_of_a_list_have_no_hole_and_no_repeat(place: &Place) {
    let store = place.open().await;
    published(&store, 20..47).await;
    let (mut seen, mut after) = (Vec::new(), None::<Cursor>);
    let (mut number, mut began) = (1, None);
    loop {
        let (_, list) = store
            .list(&ListOf::Section("syria".into()), after, 10)
            .await
            .expect("read")
            .value
            .expect("there");
        assert!(list.articles.len() <= 10);
        let expect = match number {
            1 => Before::Nothing,
            number => Before::Pages {
                number: Some(number),
                back: began,
            },
        };
        assert_eq!(list.before, expect);
        (number, began) = (number + 1, after);
        seen.extend(list.articles.iter().map(|line| line.id.get()));
        match list.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    assert_eq!(seen, (20..47).rev().collect::<Vec<_>>());
    assert_eq!(number, 4, "three pages");
    // A page after the last line of another list's, and before every line.
    let lists = [
        ListOf::Latest,
        ListOf::Tag("أستانا".into()),
        ListOf::Author("layla".into()),
        ListOf::Between {
            from: Timestamp(0),
            until: Timestamp(47_000),
            day: (1970, 1, 1),
        },
    ];
    for of in lists {
        let first = store.list(&of, None, 9).await.expect("read").value;
        let cursor = first.expect("there").1.next;
        let second = store.list(&of, cursor, 9).await.expect("read").value;
        let (_, second) = second.expect("there");
        let expect = Before::Pages {
            number: Some(2),
            back: None,
        };
        assert_eq!(second.before, expect, "{of:?}");
        let third = store.list(&of, second.next, 9).await.expect("read").value;
        let expect = Before::Pages {
            number: Some(3),
            back: cursor,
        };
        assert_eq!(third.expect("there").1.before, expect, "{of:?}");
    }
}

async fn every_page_reads_an_empty_paper(place: &Place) {
    let store = place.open().await;
    assert!(store.is_empty().await.expect("read"));
    assert!(
        store
            .home_page()
            .await
            .expect("read")
            .value
            .latest
            .is_empty()
    );
    assert!(
        store
            .article_page(id(1), false)
            .await
            .expect("read")
            .value
            .is_none()
    );
    assert!(
        store
            .standing_page("about")
            .await
            .expect("read")
            .value
            .is_none()
    );
    assert!(
        store
            .frame(Timestamp(0))
            .await
            .expect("read")
            .value
            .ticker
            .is_empty()
    );
    assert_eq!(store.sitemap_count(10).await.expect("read").value, 0);
    assert!(store.media(id(1)).await.expect("read").is_none());
    assert!(store.health().is_none());
}
