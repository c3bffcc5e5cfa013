//! The search index follows the change log: nothing that is published is
//! missing, nothing that is withdrawn stays, whatever the way it was written and
//! whenever the follower was stopped.

use std::{path::Path, time::Duration};

use actions::{
    correct_article,
    indexing::{Follower, IndexingError, Step},
    publish_article, publish_batch, restore_article, withdraw_article,
};
use arabic::search::variants::Variants;
use editorial::{
    Article, ArticleKind, ArticleState, Block, BlockId, BlockKind, Body, Changes, Id, Timestamp,
    Write,
    audit::Actor,
    comment::Commenting,
    places::{Section, Tag},
};
use search::{Index, Query, WriterError};
use store::Store;
use testing::{Place, on_both_engines};

on_both_engines! {
    what_is_published_is_found_and_what_is_withdrawn_is_not
    a_bulk_commit_and_a_new_name_are_followed
    an_article_alone_comes_before_what_was_written_in_bulk
    whoever_is_stopped_reads_on_from_before_what_waited
    a_log_that_ends_too_early_makes_a_new_index
    the_old_index_is_followed_while_a_new_one_is_made
    a_damaged_index_is_made_anew
}

const NOW: Timestamp = Timestamp(1_505_466_000 * Timestamp::SECOND);

fn id(number: i64) -> Id {
    Id::new(number).expect("in range")
}

fn article(number: i64, headline: &str) -> Article {
    Article {
        id: id(number),
        version: 1,
        kind: ArticleKind::Story,
        state: ArticleState::Unpublished,
        slug: "خبر".into(),
        kicker: String::new(),
        headline: headline.into(),
        standfirst: String::new(),
        dateline: String::new(),
        agency: String::new(),
        language: "ar".into(),
        section: Some(id(1)),
        authors: Vec::new(),
        tags: vec![id(2)],
        lead: None,
        body: Body {
            blocks: vec![Block {
                id: BlockId(1),
                lang: None,
                kind: BlockKind::Paragraph {
                    runs: vec!["بدأت الجلسة صباحًا.".into()],
                },
            }],
        },
        revision: id(number + 1_000_000),
        published_at: Some(NOW),
        changed_at: NOW,
        commenting: Commenting::ByAge,
        age_note: true,
        sources: Vec::new(),
        signature: Vec::new(),
    }
}

fn tag(name: &str) -> Write {
    Write::Tag(Tag {
        id: id(2),
        slug: "tag".into(),
        name: name.into(),
    })
}

/// A section, a tag, and unpublished articles of these numbers and headlines.
async fn fill(store: &Store, articles: &[(i64, &str)]) {
    let mut changes = Changes::new()
        .write(Write::Section(Section {
            id: id(1),
            slug: "syria".into(),
            name: "الشام".into(),
            description: String::new(),
            colour: "#123456".into(),
            position: 0,
        }))
        .write(tag("أستانا"));
    for (number, headline) in articles {
        changes = changes.write(Write::Article {
            article: Box::new(article(*number, headline)),
            loaded_version: None,
        });
    }
    store.commit(changes).await.expect("committed");
}

async fn publish(store: &Store, number: i64) {
    let published = publish_article(store, id(number), Actor::System, NOW).await;
    published.expect("published");
}

/// Publishes so many articles in one commit, from this number on.
async fn publish_many(store: &Store, from: i64, count: i64) {
    let articles = (from..from + count).map(|number| article(number, "قمح"));
    let batch = publish_batch(articles.collect(), Actor::Importer, NOW).expect("complete");
    store.commit(batch).await.expect("committed");
}

/// Works until nothing is left to do.
async fn follow(follower: &mut Follower) {
    for _ in 0..10_000 {
        if follower.step().await.expect("a step") == Step::Idle {
            return;
        }
    }
    panic!("it never ends: {:?}", follower.progress());
}

/// The numbers of the articles found, in ascending order.
fn found(folder: &Path, text: &str) -> Vec<i64> {
    let query = Query {
        text: text.into(),
        page_size: 50,
        ..Query::default()
    };
    let index = Index::open(folder).expect("it can be read");
    let found = index.search(&query, Variants::built_in(), NOW);
    let mut numbers: Vec<_> = found.hits.iter().map(|hit| hit.id.get()).collect();
    numbers.sort_unstable();
    numbers
}

async fn open(store: &Store, folder: &Path) -> Follower {
    let opened = Follower::open(store.clone(), folder, || {}).await;
    opened.expect("nobody else follows it")
}

async fn what_is_published_is_found_and_what_is_withdrawn_is_not(place: &Place) {
    let (store, folder) = (place.open().await, tempfile::tempdir().expect("a folder"));
    let folder = folder.path();
    fill(&store, &[(10, "زيتون الشمال"), (11, "زيتون الجنوب")]).await;
    publish(&store, 10).await;
    let mut follower = open(&store, folder).await;
    follow(&mut follower).await;
    assert_eq!(found(folder, "زيتون"), [10]);
    publish(&store, 11).await;
    follow(&mut follower).await;
    assert_eq!(found(folder, "زيتون"), [10, 11]);
    withdraw_article(&store, id(10), None, Actor::System, NOW)
        .await
        .expect("withdrawn");
    follow(&mut follower).await;
    assert_eq!(found(folder, "زيتون"), [11]);
    correct_article(
        &store,
        id(11),
        editorial::correction::CorrectionKind::Correction,
        "الصحيح غير ذلك.",
        Actor::System,
        NOW,
    )
    .await
    .expect("corrected");
    restore_article(&store, id(10), Actor::System, NOW)
        .await
        .expect("restored");
    follow(&mut follower).await;
    assert_eq!(found(folder, "زيتون"), [10, 11]);
    assert_eq!(found(folder, "«الصحيح غير ذلك»"), [11]);
    let index = Index::open(folder).expect("it can be read");
    assert_eq!(index.position(), *store.position().borrow());
    assert_eq!(index.articles(), 2);
    // One folder has one follower.
    let second = Follower::open(store.clone(), folder, || {}).await;
    assert!(matches!(
        second.err(),
        Some(IndexingError::Index(WriterError::Busy))
    ));
}

async fn a_bulk_commit_and_a_new_name_are_followed(place: &Place) {
    let (store, folder) = (place.open().await, tempfile::tempdir().expect("a folder"));
    let folder = folder.path();
    fill(&store, &[]).await;
    let mut follower = open(&store, folder).await;
    follow(&mut follower).await;
    publish_many(&store, 100, 20).await;
    follow(&mut follower).await;
    assert_eq!(found(folder, "قمح"), (100..120).collect::<Vec<_>>());
    assert_eq!(found(folder, "أستانا").len(), 20);
    let renamed = Changes::new().write(tag("جنيف"));
    store.commit(renamed).await.expect("committed");
    follow(&mut follower).await;
    assert_eq!(found(folder, "أستانا"), [0; 0]);
    assert_eq!(found(folder, "جنيف").len(), 20);
    // One of an import that wrote addresses alone: the position follows, though
    // not for each such commit.
    let bulk = Changes::new().coarse();
    store.commit(bulk).await.expect("committed");
    follow(&mut follower).await;
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    follow(&mut follower).await;
    assert_eq!(
        follower.take_reason().as_deref(),
        Some("the paper has no search index yet: make one with `warraq reindex`"),
        "the first index is the only one that was made"
    );
    let index = Index::open(folder).expect("it can be read");
    assert_eq!(index.position(), *store.position().borrow());
}

async fn an_article_alone_comes_before_what_was_written_in_bulk(place: &Place) {
    let (store, folder) = (place.open().await, tempfile::tempdir().expect("a folder"));
    let folder = folder.path();
    fill(&store, &[(10, "زيتون")]).await;
    let mut follower = open(&store, folder).await;
    follow(&mut follower).await;
    publish_many(&store, 1_000, 1_500).await;
    publish(&store, 10).await;
    let worked = follower.step().await.expect("a step");
    assert_eq!(worked, Step::Worked);
    assert!(
        follower.progress().waiting > 500,
        "{:?}",
        follower.progress()
    );
    assert_eq!(found(folder, "زيتون"), [10]);
    follow(&mut follower).await;
    assert_eq!(Index::open(folder).expect("read").articles(), 1_501);
}

async fn whoever_is_stopped_reads_on_from_before_what_waited(place: &Place) {
    let (store, folder) = (place.open().await, tempfile::tempdir().expect("a folder"));
    let folder = folder.path();
    fill(&store, &[(10, "زيتون")]).await;
    let mut follower = open(&store, folder).await;
    follow(&mut follower).await;
    let before = *store.position().borrow();
    publish_many(&store, 1_000, 1_500).await;
    publish(&store, 10).await;
    follower.step().await.expect("a step");
    // What was committed last says less than it holds.
    drop(follower);
    assert_eq!(Index::open(folder).expect("read").position(), before);
    let mut follower = open(&store, folder).await;
    follow(&mut follower).await;
    assert!(follower.take_reason().is_none(), "no new index was needed");
    let index = Index::open(folder).expect("it can be read");
    assert_eq!(index.articles(), 1_501);
    assert_eq!(index.position(), *store.position().borrow());
}

async fn a_log_that_ends_too_early_makes_a_new_index(place: &Place) {
    let (store, folder) = (place.open().await, tempfile::tempdir().expect("a folder"));
    let folder = folder.path();
    fill(&store, &[(10, "زيتون"), (11, "زيتون"), (12, "زيتون")]).await;
    publish(&store, 10).await;
    let mut follower = open(&store, folder).await;
    follow(&mut follower).await;
    drop(follower);
    publish(&store, 11).await;
    withdraw_article(&store, id(10), None, Actor::System, NOW)
        .await
        .expect("withdrawn");
    publish(&store, 12).await;
    while store.prune_changes(1, 100).await.expect("pruned") > 0 {}
    let mut follower = open(&store, folder).await;
    follow(&mut follower).await;
    let reason = follower.take_reason().expect("a new index was made");
    assert!(reason.contains("does not go back so far"), "{reason}");
    assert_eq!(found(folder, "زيتون"), [11, 12]);
}

async fn the_old_index_is_followed_while_a_new_one_is_made(place: &Place) {
    let (store, folder) = (place.open().await, tempfile::tempdir().expect("a folder"));
    let folder = folder.path();
    fill(&store, &[(10, "زيتون"), (11, "زيتون")]).await;
    publish_many(&store, 1_000, 1_200).await;
    publish(&store, 10).await;
    let mut follower = open(&store, folder).await;
    follow(&mut follower).await;
    let position = Index::open(folder).expect("read").position();
    follower.rebuild().await.expect("begun");
    follower.step().await.expect("a step");
    let (done, of) = follower.progress().rebuilding.expect("it is being made");
    assert!(done > 0 && done < of && of == 1_201, "{done} of {of}");
    // Asked for again it goes on, and does not begin once more.
    follower.rebuild().await.expect("it goes on");
    assert_eq!(
        follower.progress().rebuilding.map(|(done, _)| done),
        Some(done)
    );
    publish(&store, 11).await;
    withdraw_article(&store, id(10), None, Actor::System, NOW)
        .await
        .expect("withdrawn");
    follower.step().await.expect("a step");
    assert!(follower.progress().rebuilding.is_some());
    assert_eq!(found(folder, "زيتون"), [11], "in the old index");
    follow(&mut follower).await;
    assert!(follower.progress().rebuilding.is_none());
    assert_eq!(found(folder, "زيتون"), [11], "in the new index");
    let index = Index::open(folder).expect("it can be read");
    assert_eq!(index.articles(), 1_201);
    assert!(index.position() > position);
}

async fn a_damaged_index_is_made_anew(place: &Place) {
    let (store, folder) = (place.open().await, tempfile::tempdir().expect("a folder"));
    let folder = folder.path();
    fill(&store, &[(10, "زيتون")]).await;
    publish(&store, 10).await;
    let mut follower = open(&store, folder).await;
    follow(&mut follower).await;
    drop(follower);
    std::fs::write(folder.join("current"), "nothing of ours").expect("written");
    assert!(Index::open(folder).is_err());
    let mut follower = open(&store, folder).await;
    follow(&mut follower).await;
    assert_eq!(found(folder, "زيتون"), [10]);
}
