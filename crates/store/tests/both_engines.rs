//! The same tests on SQLite and on PostgreSQL.
//!
//! PostgreSQL is reached through `WARRAQ_TEST_POSTGRES`, the address of a
//! cluster in which the tests may make databases of their own. Where it is not
//! set the tests say so, and fail under CI.

use editorial::{
    Article, ArticleKind, ArticleState, Block, BlockId, BlockKind, Body, ChangeKey, Changes, Id,
    SiteSettings, Standing, Timestamp, Write,
    audit::{Action, Actor, AuditEntry},
    changes::Target,
    comment::{Comment, CommentState},
    media::Media,
    page::{Cursor, ListSubject},
    people::Author,
    places::{Section, Tag},
    ticker::TickerItem,
};
use sqlx::Executor;
use store::{Database, ListOf, Store, StoreError};

use testing::{Place, on_both_engines};

on_both_engines! {
    an_article_comes_back_as_it_was_written
    publishing_lists_and_withdrawing_unlists
    a_write_at_an_old_version_is_a_conflict
    pages_of_a_list_have_no_hole_and_no_repeat
    the_small_things_come_back
    the_ticker_shows_what_has_not_expired
    the_latest_headlines_fill_an_empty_ticker
    the_audit_chain_holds
    a_newer_schema_is_refused
    many_commits_at_once_take_dense_positions
    a_second_store_hears_of_a_commit
    ids_are_never_given_twice
    nul_is_refused
    every_page_reads_an_empty_paper
}

fn id(value: i64) -> Id {
    Id::new(value).expect("in range")
}

fn section() -> Section {
    Section {
        id: id(1),
        slug: "syria".into(),
        name: "سوريا".into(),
        description: String::new(),
        colour: "#123456".into(),
        position: 0,
    }
}

fn article(number: i64) -> Article {
    Article {
        id: id(number),
        version: 1,
        kind: ArticleKind::Story,
        state: ArticleState::Unpublished,
        slug: format!("خبر-{number}"),
        kicker: "أستانا".into(),
        headline: format!("خبر رقم {number}: «اتفاق» على خفض التوتر في سوريــة"),
        standfirst: "مقدمة".into(),
        dateline: "أستانا".into(),
        agency: String::new(),
        language: "ar".into(),
        section: Some(id(1)),
        authors: vec![id(3)],
        tags: vec![id(2)],
        lead: None,
        body: Body {
            blocks: vec![Block {
                id: BlockId(1),
                lang: None,
                kind: BlockKind::Paragraph {
                    runs: vec!["قال الوزير إن \"المحادثات\" بدأت.\nثم انتهت.".into()],
                },
            }],
        },
        revision: id(number + 100_000),
        published_at: Some(Timestamp(number * 1_000)),
        changed_at: Timestamp(number * 1_000),
        comments_open: true,
        age_note: true,
        sources: vec!["https://example.org/a".into()],
        signature: vec![1, 2, u32::MAX],
    }
}

fn frame_things() -> Changes {
    Changes::new()
        .write(Write::Section(section()))
        .write(Write::Tag(Tag {
            id: id(2),
            slug: "أستانا".into(),
            name: "أستانا".into(),
        }))
        .write(Write::Author(Author {
            id: id(3),
            slug: "layla".into(),
            name: "ليلى حداد".into(),
            bio: String::new(),
        }))
}

async fn published(store: &Store, numbers: impl IntoIterator<Item = i64>) {
    store.commit(frame_things()).await.expect("committed");
    for number in numbers {
        let mut changes = article(number)
            .publish(Actor::System, Timestamp(5))
            .expect("publishable");
        if let Some(Write::Article { loaded_version, .. }) = changes.writes.first_mut() {
            *loaded_version = None;
        }
        store.commit(changes).await.expect("committed");
    }
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
        .article_page(id(10))
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
                .withdraw(Actor::System, Timestamp(9))
                .expect("published"),
        )
        .await
        .expect("committed");
    for of in lists {
        assert_eq!(listed(of.clone()).await, Some(vec![10]), "{of:?}");
    }
    let page = store
        .article_page(id(10))
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
    assert_eq!(feed[0].1, article(11).body);
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

async fn a_write_at_an_old_version_is_a_conflict(place: &Place) {
    let store = place.open().await;
    published(&store, [10]).await;
    let loaded = store.article(id(10)).await.expect("read").expect("there");
    let stale = loaded.clone();
    store
        .commit(
            loaded
                .withdraw(Actor::System, Timestamp(9))
                .expect("published"),
        )
        .await
        .expect("committed");
    let before = *store.position().borrow();
    let lost = stale
        .withdraw(Actor::System, Timestamp(10))
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
    loop {
        let (_, list) = store
            .list(&ListOf::Section("syria".into()), after, 10)
            .await
            .expect("read")
            .value
            .expect("there");
        assert!(list.articles.len() <= 10);
        seen.extend(list.articles.iter().map(|line| line.id.get()));
        match list.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    assert_eq!(seen, (20..47).rev().collect::<Vec<_>>());
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
        .write(Write::Settings(Box::new(settings.clone())))
        .write(Write::Comment(Box::new(comment)))
        .write(Write::Comment(Box::new(waiting)))
        .write(Write::OldAddress {
            key: "/2017/09/خبر".into(),
            target: Target::Article(id(10)),
        })
        .write(origin)
        .key(ChangeKey::SETTINGS);
    store.commit(changes).await.expect("committed");
    assert_eq!(store.settings().await.expect("read"), settings);
    let page = store
        .article_page(id(10))
        .await
        .expect("read")
        .value
        .expect("there");
    assert_eq!((page.comment_count, page.comments.len()), (1, 1));
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
        id: id(77),
        key: String::new(),
        source_url: "https://old.example/a.pdf".into(),
        width: 0,
        height: 0,
        alt: String::new(),
        caption: String::new(),
        credit: String::new(),
        focal_x: 500,
        focal_y: 500,
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

fn headline(number: i64, expires_at: Option<i64>) -> Changes {
    let item = TickerItem {
        id: id(number),
        text: format!("عاجل {number}"),
        url: String::new(),
        urgent: true,
        at: Timestamp(number),
        expires_at: expires_at.map(Timestamp),
    };
    item.push(Actor::CommandLine).expect("a good headline")
}

async fn the_ticker_shows_what_has_not_expired(place: &Place) {
    let store = place.open().await;
    store.commit(headline(60, None)).await.expect("committed");
    store
        .commit(headline(61, Some(100)))
        .await
        .expect("committed");
    let lines = async |now| {
        store
            .frame(Timestamp(now))
            .await
            .expect("read")
            .value
            .ticker
            .iter()
            .map(|i| i.id.get())
            .collect::<Vec<_>>()
    };
    assert_eq!(lines(99).await, [61, 60]);
    assert_eq!(lines(100).await, [60]);
    store
        .commit(TickerItem::remove(id(60), Actor::CommandLine, Timestamp(1)))
        .await
        .expect("committed");
    assert_eq!(lines(99).await, [61]);
    assert!(!store.ticker_item_exists(id(60)).await.expect("read"));
}

async fn the_latest_headlines_fill_an_empty_ticker(place: &Place) {
    let store = place.open().await;
    published(&store, [10, 11]).await;
    let frame = store.frame(Timestamp(0)).await.expect("read").value;
    assert_eq!(
        frame
            .ticker
            .iter()
            .map(|line| line.id.get())
            .collect::<Vec<_>>(),
        [11, 10]
    );
    store.commit(headline(60, None)).await.expect("committed");
    assert_eq!(
        store
            .frame(Timestamp(0))
            .await
            .expect("read")
            .value
            .ticker
            .len(),
        1
    );
}

async fn the_audit_chain_holds(place: &Place) {
    let store = place.open().await;
    published(&store, 10..15).await;
    let report = store.audit_verify().await.expect("read");
    assert_eq!((report.entries, report.broken_at), (5, None));
    let entry = AuditEntry {
        at: Timestamp(1),
        actor: Actor::User(id(9)),
        action: Action::ArticleImport,
        subject: id(10),
    };
    store
        .commit(Changes::new().audit(entry))
        .await
        .expect("committed");
    tamper(
        place,
        "UPDATE audit_entry SET subject = 99 WHERE number = 3",
    )
    .await;
    assert_eq!(store.audit_verify().await.expect("read").broken_at, Some(3));
    tamper(
        place,
        "UPDATE audit_entry SET subject = 12 WHERE number = 3",
    )
    .await;
    assert_eq!(store.audit_verify().await.expect("read").broken_at, None);
    tamper(place, "DELETE FROM audit_entry WHERE number = 6").await;
    assert_eq!(store.audit_verify().await.expect("read").broken_at, Some(6));
}

async fn tamper(place: &Place, statement: &'static str) {
    let address = match &place.database {
        Database::Sqlite(folder) => format!("sqlite://{}", folder.join("warraq.db").display()),
        Database::Postgres(url) => url.clone(),
    };
    let pool = sqlx::any::AnyPoolOptions::new()
        .max_connections(1)
        .connect(&address)
        .await
        .expect("opens");
    pool.execute(statement).await.expect("done");
    pool.close().await;
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

async fn many_commits_at_once_take_dense_positions(place: &Place) {
    let store = place.open().await;
    let before = *store.position().borrow();
    let commits = (0..64).map(|number| {
        let store = store.clone();
        tokio::spawn(async move {
            store
                .commit(headline(100 + number, None))
                .await
                .expect("committed")
        })
    });
    let mut positions = Vec::new();
    for commit in commits.collect::<Vec<_>>() {
        positions.push(commit.await.expect("finished"));
    }
    positions.sort_unstable();
    assert_eq!(positions, (before + 1..=before + 64).collect::<Vec<_>>());
    assert_eq!(store.audit_verify().await.expect("read").broken_at, None);
}

async fn a_second_store_hears_of_a_commit(place: &Place) {
    let (here, there) = (place.open().await, place.open().await);
    let mut heard = there.position();
    let before = *heard.borrow_and_update();
    let position = here.commit(headline(60, None)).await.expect("committed");
    let wait = heard.wait_for(|newest| *newest >= position);
    tokio::time::timeout(std::time::Duration::from_secs(1), wait)
        .await
        .expect("within a second")
        .expect("open");
    let changed = there.changes_after(before).await.expect("read");
    assert_eq!(changed.position, position);
    assert!(changed.keys.contains(&ChangeKey::TICKER));
    here.close().await;
    there.close().await;
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
            .article_page(id(1))
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

/// The row of the head is locked until its commit is done: a transaction that
/// wrote first but commits later gets the later position, and a follower that
/// has seen the earlier one misses nothing.
#[tokio::test(flavor = "multi_thread")]
async fn commits_in_reverse_order_are_followed_without_a_gap() {
    let Some(place) = Place::postgres().await else {
        return;
    };
    let store = place.open().await;
    let Database::Postgres(url) = &place.database else {
        unreachable!("made on PostgreSQL")
    };
    let pool = sqlx::any::AnyPoolOptions::new()
        .connect(url)
        .await
        .expect("opens");
    // The slow transaction writes its rows first …
    let mut slow = pool.begin().await.expect("begun");
    slow.execute("INSERT INTO tag (id, slug, name) VALUES (900, 'slow', 'slow')")
        .await
        .expect("written");
    // … a quick one writes, takes its position and commits meanwhile …
    let quick = store.commit(headline(61, None)).await.expect("committed");
    let followed = store.changes_after(0).await.expect("read");
    assert_eq!(followed.position, quick);
    // … and the slow one takes the next.
    let (late,): (i64,) = sqlx::query_as(
        "UPDATE log_head SET position = position + 1 WHERE one = 1 RETURNING position",
    )
    .fetch_one(&mut *slow)
    .await
    .expect("taken");
    sqlx::query("INSERT INTO change_log (position, key) VALUES ($1, $2)")
        .bind(late)
        .bind(ChangeKey::tag(id(900)).code())
        .execute(&mut *slow)
        .await
        .expect("logged");
    // A third waits for the slow one and comes after it.
    let waiting = tokio::spawn({
        let store = store.clone();
        async move { store.commit(headline(62, None)).await.expect("committed") }
    });
    assert!(
        store
            .changes_after(quick)
            .await
            .expect("read")
            .keys
            .is_empty()
    );
    slow.commit().await.expect("committed");
    let last = waiting.await.expect("finished");
    assert_eq!((late, last), (quick + 1, quick + 2));
    let followed = store.changes_after(quick).await.expect("read");
    assert_eq!(followed.position, last);
    assert!(followed.keys.contains(&ChangeKey::tag(id(900))));
    assert!(followed.keys.contains(&ChangeKey::TICKER));
    pool.close().await;
    store.close().await;
    place.end().await;
}
