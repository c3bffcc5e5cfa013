//! What search reads: documents of what is published, what changed since, and
//! what a page of results shows.

use editorial::{
    ArticleKind, Changes, Id, SearchDocument, Timestamp, Write,
    audit::Actor,
    people::Author,
    places::{Section, Tag},
};
use store::Store;
use testing::{Place, on_both_engines};

use crate::paper::{article, headline, id, media, published, section, tamper};

on_both_engines! {
    a_published_article_is_a_document_and_no_other_is
    a_scan_meets_every_published_article_once
    names_tell_the_articles_that_show_them
    the_log_tells_each_article_of_every_commit
    a_log_that_ends_too_early_says_so
    found_articles_come_in_order_with_what_a_page_shows
    suggestions_hold_what_readers_may_see
}

fn numbers(ids: impl IntoIterator<Item = Id>) -> Vec<i64> {
    ids.into_iter().map(Id::get).collect()
}

fn ids(numbers: impl IntoIterator<Item = i64>) -> Vec<Id> {
    numbers.into_iter().map(id).collect()
}

async fn withdraw(store: &Store, number: i64) {
    let known = store.article(id(number)).await.expect("read");
    let known = known.expect("it is there");
    let changes = known.withdraw(None, Actor::System, Timestamp(9));
    store
        .commit(changes.expect("it is published"))
        .await
        .expect("committed");
}

/// A standing page under the author and the tag of the stories.
async fn page(store: &Store, number: i64) {
    let mut page = article(number);
    page.kind = ArticleKind::Page;
    page.kicker = String::new();
    page.dateline = String::new();
    let mut changes = page.publish(Actor::System, Timestamp(5)).expect("complete");
    if let Some(Write::Article { loaded_version, .. }) = changes.writes.first_mut() {
        *loaded_version = None;
    }
    store.commit(changes).await.expect("committed");
}

async fn a_published_article_is_a_document_and_no_other_is(place: &Place) {
    let store = place.open().await;
    published(&store, [10, 11]).await;
    page(&store, 12).await;
    let unpublished = Write::Article {
        article: Box::new(article(13)),
        loaded_version: None,
    };
    store
        .commit(Changes::new().write(unpublished))
        .await
        .expect("committed");
    withdraw(&store, 11).await;
    let story = SearchDocument {
        id: id(10),
        headline: "أستانا خبر رقم 10: «اتفاق» على خفض التوتر في سوريــة".into(),
        standfirst: "مقدمة".into(),
        body: "أستانا\nقال الوزير إن \"المحادثات\" بدأت.\nثم انتهت.".into(),
        authors: vec![(id(3), "ليلى حداد".into())],
        agency: String::new(),
        tags: vec![(id(2), "أستانا".into())],
        section: Some((id(1), "سوريا".into())),
        language: "ar".into(),
        published_at: Some(Timestamp(10_000)),
    };
    let standing = SearchDocument {
        id: id(12),
        headline: "خبر رقم 12: «اتفاق» على خفض التوتر في سوريــة".into(),
        body: "قال الوزير إن \"المحادثات\" بدأت.\nثم انتهت.".into(),
        section: None,
        published_at: Some(Timestamp(12_000)),
        ..story.clone()
    };
    let asked = ids([13, 12, 11, 10, 99]);
    let read = store.search_documents(&asked).await.expect("read");
    assert_eq!(read, [story, standing]);
    assert_eq!(store.published_count().await.expect("read"), 2);
    assert!(store.search_documents(&[]).await.expect("read").is_empty());
}

async fn a_scan_meets_every_published_article_once(place: &Place) {
    let store = place.open().await;
    published(&store, 10..17).await;
    withdraw(&store, 13).await;
    let (mut met, mut after) = (Vec::new(), None);
    loop {
        let page = store.search_documents_after(after, 2).await.expect("read");
        assert!(page.len() <= 2);
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        met.extend(page.iter().map(|document| document.id));
    }
    assert_eq!(numbers(met), [10, 11, 12, 14, 15, 16]);
}

async fn names_tell_the_articles_that_show_them(place: &Place) {
    let store = place.open().await;
    published(&store, [10, 11]).await;
    page(&store, 12).await;
    withdraw(&store, 11).await;
    for name in [1, 2, 3] {
        let showing = store.articles_showing([id(name)], 9).await.expect("read");
        assert_eq!(numbers(showing.expect("few")), [10, 12], "{name}");
    }
    // A page may show any name: it is in no list that tells.
    let showing = store.articles_showing([id(99)], 9).await.expect("read");
    assert_eq!(numbers(showing.expect("few")), [12]);
    assert_eq!(
        store.articles_showing([id(1)], 1).await.expect("read"),
        None
    );
}

async fn the_log_tells_each_article_of_every_commit(place: &Place) {
    let store = place.open().await;
    let start = *store.position().borrow();
    published(&store, [10]).await;
    // A bulk commit, and one that writes nothing that is searched for.
    let bulk = Changes::new()
        .write(Write::Article {
            article: Box::new(article(20)),
            loaded_version: None,
        })
        .write(Write::Tag(Tag {
            id: id(5),
            slug: "حلب".into(),
            name: "حلب".into(),
        }))
        .write(Write::Media(media(6)))
        .coarse();
    store.commit(bulk).await.expect("committed");
    store.commit(headline(30, None)).await.expect("committed");
    let last = store.commit(Changes::new()).await.expect("committed");
    let changed = store
        .articles_changed_after(start, 1_000)
        .await
        .expect("read");
    assert!(!changed.is_unknown, "{changed:?}");
    assert_eq!((changed.position, changed.newest), (last, last));
    assert_eq!(numbers(changed.articles), [10]);
    assert_eq!(numbers(changed.in_bulk), [20]);
    assert_eq!(numbers(changed.names), [1, 2, 3, 5]);
    // In small steps the same is told, commit by commit.
    let (mut position, mut articles, mut steps) = (start, Vec::new(), 0);
    while position < last {
        let changed = store
            .articles_changed_after(position, 6)
            .await
            .expect("read");
        assert!(!changed.is_unknown, "{changed:?}");
        assert!(changed.position > position);
        position = changed.position;
        articles.extend(changed.articles.into_iter().chain(changed.in_bulk));
        steps += 1;
    }
    assert_eq!(numbers(articles), [10, 20]);
    assert!(steps > 1, "{steps}");
    let changed = store.articles_changed_after(last, 6).await.expect("read");
    assert!(changed.articles.is_empty() && !changed.is_unknown);
    // A commit of which not all keys can be read is not told in part.
    let changed = store.articles_changed_after(start, 1).await.expect("read");
    assert!(changed.is_unknown);
}

async fn a_log_that_ends_too_early_says_so(place: &Place) {
    let store = place.open().await;
    published(&store, 10..14).await;
    let last = *store.position().borrow();
    while store.prune_changes(2, 100).await.expect("pruned") > 0 {}
    let changed = store.articles_changed_after(0, 100).await.expect("read");
    assert!(changed.is_unknown);
    let changed = store
        .articles_changed_after(last - 2, 100)
        .await
        .expect("read");
    assert!(!changed.is_unknown);
    assert_eq!(numbers(changed.articles), [12, 13]);
    // A bulk commit without articles says that it has none.
    let all = Changes::new().coarse();
    let newest = store.commit(all).await.expect("committed");
    let changed = store.articles_changed_after(last, 100).await.expect("read");
    assert!(!changed.is_unknown && changed.in_bulk.is_empty());
    assert_eq!(changed.position, newest);
    // One of an older program says nothing.
    tamper(
        place,
        "DELETE FROM change_log WHERE key = 288230376151711744",
    )
    .await;
    let changed = store.articles_changed_after(last, 100).await.expect("read");
    assert!(changed.is_unknown);
    assert_eq!(changed.position, newest);
}

async fn found_articles_come_in_order_with_what_a_page_shows(place: &Place) {
    let store = place.open().await;
    published(&store, [10, 11]).await;
    page(&store, 12).await;
    let asked = ids([12, 99, 10, 11]);
    withdraw(&store, 11).await;
    let read = store.found_articles(&asked).await.expect("read");
    assert_eq!(read.position, *store.position().borrow());
    let [page, story] = read.value.as_slice() else {
        panic!("two are published: {:?}", read.value)
    };
    assert_eq!((page.summary.id, page.kind), (id(12), ArticleKind::Page));
    assert_eq!((story.summary.id, story.kind), (id(10), ArticleKind::Story));
    assert_eq!(story.summary.slug, "خبر-10");
    assert_eq!(story.summary.section, Some(section()));
    assert_eq!(story.summary.published_at, Some(Timestamp(10_000)));
    assert_eq!(story.tags[0].name, "أستانا");
    assert!(story.text.starts_with("أستانا – قال الوزير"));
}

async fn suggestions_hold_what_readers_may_see(place: &Place) {
    let store = place.open().await;
    published(&store, [10, 11]).await;
    withdraw(&store, 10).await;
    let unused = Changes::new()
        .write(Write::Section(Section {
            id: id(51),
            slug: "none".into(),
            ..section()
        }))
        .write(Write::Tag(Tag {
            id: id(52),
            slug: "لا".into(),
            name: "لا".into(),
        }))
        .write(Write::Author(Author {
            id: id(53),
            slug: "nobody".into(),
            name: "لا أحد".into(),
            bio: String::new(),
        }));
    store.commit(unused).await.expect("committed");
    let (articles, tags) = (ids([10, 11]), ids([2, 52]));
    let (authors, sections) = (ids([3, 53]), ids([1, 51]));
    let found = store
        .suggested(&articles, &tags, &authors, &sections)
        .await
        .expect("read");
    assert_eq!(numbers(found.articles.iter().map(|line| line.id)), [11]);
    assert_eq!(numbers(found.tags.iter().map(|tag| tag.id)), [2]);
    assert_eq!(numbers(found.authors.iter().map(|author| author.id)), [3]);
    assert_eq!(numbers(found.sections.iter().map(|place| place.id)), [1]);
    withdraw(&store, 11).await;
    let found = store
        .suggested(&articles, &tags, &authors, &sections)
        .await
        .expect("read");
    assert!(found.articles.is_empty() && found.tags.is_empty());
    assert!(found.authors.is_empty() && found.sections.is_empty());
    let places = store
        .places(Some("syria"), Some("nowhere\0"), Some("أستانا"))
        .await
        .expect("read");
    assert_eq!(places.section.map(|place| place.id), Some(id(1)));
    assert_eq!(places.author, None);
    assert_eq!(places.tag.map(|tag| tag.id), Some(id(2)));
}
