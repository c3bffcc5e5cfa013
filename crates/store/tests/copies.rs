//! A paper copied while it is written, and a paper filled from a copy: on both
//! engines, and from each to the other.

use std::path::{Path, PathBuf};

use editorial::{
    ChangeKey, Changes, Id, SiteSettings, Timestamp, Write,
    audit::{Action, Actor, AuditEntry},
    changes::Target,
    comment::{Comment, CommentState, CommentWrite, Received},
    email::SealedEmail,
    media::Media,
    ticker::TickerItem,
};
use sqlx::{Column as _, Row as _, TypeInfo as _, ValueRef as _};
use store::{DATABASE_FILE, Database, Store, StoreError};

use testing::{Place, on_both_engines};

on_both_engines! {
    a_copy_holds_every_row
    a_copy_made_under_writes_is_one_moment
    a_paper_that_was_written_to_is_not_filled
    what_a_backup_needs_to_know_is_read_in_steps
}

fn id(value: i64) -> Id {
    Id::new(value).expect("in range")
}

fn headline(number: i64) -> Changes {
    TickerItem {
        id: id(number),
        text: format!("خبر {number} «مقتبس» \"و'ثانٍ\" \\ 🗞"),
        url: "/".into(),
        urgent: number % 2 == 0,
        at: Timestamp(number),
        expires_at: (number % 3 == 0).then_some(Timestamp(i64::MAX / 2)),
        version: 1,
    }
    .push(Actor::CommandLine)
    .expect("a headline")
}

fn comment(number: i64, sealed: Option<&str>) -> Write {
    Write::Comment(CommentWrite::Imported(Box::new(Comment {
        id: id(number),
        article: id(1),
        reply_to: None,
        name: "قارئ".into(),
        email: sealed.map(|sealed| SealedEmail {
            sealed: sealed.into(),
            blind_index: "b".into(),
        }),
        text: "سطر\nوثانٍ".into(),
        written_at: Timestamp(number),
        state: CommentState::Waiting,
        received: Received::default(),
    })))
}

fn picture(number: i64, key: &str) -> Write {
    Write::Media(Media {
        key: key.into(),
        width: 3,
        height: 2,
        ..Media::new(id(number))
    })
}

fn odds_and_ends() -> Changes {
    Changes::new()
        .write(Write::Settings {
            loaded: Box::default(),
            settings: Box::new(SiteSettings {
                name: "ورّاق".into(),
                ..SiteSettings::default()
            }),
        })
        .write(picture(10, "bb"))
        .write(picture(11, "aa"))
        .write(picture(12, ""))
        .write(picture(13, "aa"))
        .write(comment(20, Some("1:aa:bb")))
        .write(comment(21, None))
        .write(comment(22, Some("2:cc:dd")))
        .write(Write::OldAddress {
            key: "/قديم".into(),
            target: Target::Article(id(1)),
        })
        .key(ChangeKey::SETTINGS)
        .audit(AuditEntry {
            at: Timestamp(9),
            actor: Actor::System,
            action: Action::SettingsChange,
            subject: id(1),
            note: String::new(),
        })
}

fn scratch(name: &str) -> PathBuf {
    static NUMBER: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("{name}-{}-{number}", std::process::id()));
    store::files::make_folder(&folder).expect("made");
    folder
}

/// Every row of every table of a SQLite copy, as text.
async fn rows(folder: &Path) -> Vec<String> {
    let pool = sqlx::any::AnyPoolOptions::new()
        .max_connections(1)
        .connect(&format!(
            "sqlite://{}",
            folder.join(DATABASE_FILE).display()
        ))
        .await
        .expect("opens");
    let tables: Vec<(String,)> =
        sqlx::query_as("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            .fetch_all(&pool)
            .await
            .expect("read");
    let mut found = Vec::new();
    for (table,) in tables {
        let all = sqlx::query(sqlx::AssertSqlSafe(format!("SELECT * FROM {table}")))
            .fetch_all(&pool)
            .await
            .expect("read");
        for row in all {
            let mut line = table.clone();
            for column in row.columns() {
                let raw = row.try_get_raw(column.ordinal()).expect("a value");
                let cell = if raw.is_null() {
                    "NULL".to_owned()
                } else if raw.type_info().name() == "TEXT" {
                    format!("{:?}", row.get::<String, _>(column.ordinal()))
                } else {
                    row.get::<i64, _>(column.ordinal()).to_string()
                };
                line.push_str(&format!(" {}={cell}", column.name()));
            }
            found.push(line);
        }
    }
    found.sort();
    pool.close().await;
    found
}

async fn a_copy_holds_every_row(place: &Place) {
    let store = place.open().await;
    store.draw_ids(5_000).await.expect("drawn");
    store.commit(odds_and_ends()).await.expect("committed");
    for number in 100..130 {
        store.commit(headline(number)).await.expect("committed");
    }
    let (first, second, third) = (scratch("copy"), scratch("filled"), scratch("again"));
    store.copy_to(&first).await.expect("copied");
    let copy = Store::open(&Database::Sqlite(first.clone()))
        .await
        .expect("opens");
    assert_eq!(copy.integrity().await.expect("read"), None);
    let audit = copy.audit_verify().await.expect("read");
    assert_eq!((audit.entries, audit.broken_at), (31, None));

    let filled = Store::open(&Database::Sqlite(second.clone()))
        .await
        .expect("opens");
    filled.fill_from(&store).await.expect("filled");
    assert_eq!(*filled.position().borrow(), 31);
    assert!(
        filled
            .draw_ids(1)
            .await
            .expect("drawn")
            .draw()
            .expect("an id")
            .get()
            > 5_000
    );
    filled.close().await;
    copy.close().await;

    // And on, from the copy into a fresh paper of the same engine as the first.
    let other = match &place.database {
        Database::Sqlite(_) => Some(Place::sqlite()),
        Database::Postgres(_) => Place::postgres().await,
    }
    .expect("the engine is there");
    let onward = other.open().await;
    let copy = Store::open(&Database::Sqlite(first.clone()))
        .await
        .expect("opens");
    onward.fill_from(&copy).await.expect("filled");
    onward.copy_to(&third).await.expect("copied");
    copy.close().await;
    onward.close().await;
    store.close().await;
    let expected = rows(&first).await;
    assert!(expected.len() > 60, "{}", expected.len());
    assert_eq!(rows(&third).await, expected);
    let without_ids = |rows: Vec<String>| -> Vec<String> {
        rows.into_iter()
            .filter(|row| !row.starts_with("id_sequence "))
            .collect()
    };
    assert_eq!(without_ids(rows(&second).await), without_ids(expected));
    other.end().await;
    for folder in [first, second, third] {
        std::fs::remove_dir_all(folder).expect("removed");
    }
}

async fn a_copy_made_under_writes_is_one_moment(place: &Place) {
    let store = place.open().await;
    store.commit(headline(1)).await.expect("committed");
    let writer = {
        let store = store.clone();
        tokio::spawn(async move {
            for number in 2..400 {
                store.commit(headline(number)).await.expect("committed");
            }
        })
    };
    let (mut copies, mut newest) = (Vec::new(), 0);
    while !writer.is_finished() {
        // Read from the database: the position that this process has heard of
        // is behind while a commit is being acknowledged.
        let before = store.home_page().await.expect("read").position;
        let folder = scratch("moment");
        store.copy_to(&folder).await.expect("copied");
        let after = store.home_page().await.expect("read").position;
        copies.push((folder, before, after));
    }
    writer.await.expect("written");
    assert!(copies.len() > 1, "no copy was made under writes");
    for (folder, before, after) in copies {
        let copy = Store::open(&Database::Sqlite(folder.clone()))
            .await
            .expect("opens");
        let position = *copy.position().borrow();
        assert!((before..=after).contains(&position) && position >= newest);
        newest = position;
        // One entry and one headline for each position: no half of a commit.
        let audit = copy.audit_verify().await.expect("read");
        assert_eq!((audit.entries, audit.broken_at), (position, None));
        assert!(
            copy.ticker_item(id(position))
                .await
                .expect("read")
                .is_some()
        );
        assert!(
            copy.ticker_item(id(position + 1))
                .await
                .expect("read")
                .is_none()
        );
        copy.close().await;
        std::fs::remove_dir_all(folder).expect("removed");
    }
    store.close().await;
}

async fn a_paper_that_was_written_to_is_not_filled(place: &Place) {
    let store = place.open().await;
    assert!(store.is_untouched().await.expect("read"));
    store.commit(headline(1)).await.expect("committed");
    assert!(!store.is_untouched().await.expect("read"));
    let folder = scratch("other");
    let other = Store::open(&Database::Sqlite(folder.clone()))
        .await
        .expect("opens");
    other.commit(headline(7)).await.expect("committed");
    let refused = store.fill_from(&other).await;
    assert!(matches!(refused, Err(StoreError::NotEmpty)));
    assert!(store.ticker_item(id(1)).await.expect("read").is_some());
    assert!(store.ticker_item(id(7)).await.expect("read").is_none());
    // The refused transaction holds nothing back.
    store.commit(headline(2)).await.expect("committed");
    other.close().await;
    store.close().await;
    std::fs::remove_dir_all(folder).expect("removed");
}

async fn what_a_backup_needs_to_know_is_read_in_steps(place: &Place) {
    let store = place.open().await;
    store.commit(odds_and_ends()).await.expect("committed");
    assert_eq!(store.original_keys("", 1).await.expect("read"), ["aa"]);
    assert_eq!(store.original_keys("aa", 9).await.expect("read"), ["bb"]);
    let first = store.sealed_addresses(None, 1).await.expect("read");
    assert_eq!(
        (first[0].comment, first[0].sealed.as_str()),
        (id(20), "1:aa:bb")
    );
    let rest = store.sealed_addresses(Some(id(20)), 9).await.expect("read");
    assert_eq!(rest.len(), 1);
    assert_eq!(rest[0].comment, id(22));
    store.close().await;
}
