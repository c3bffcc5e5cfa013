//! The change log: dense, in commit order, heard of, and kept short.

use editorial::{
    ChangeKey, Changes, Timestamp,
    audit::{Action, Actor, AuditEntry},
};
use sqlx::Executor;
use store::Database;
use testing::{Place, on_both_engines};

use crate::paper::{headline, id};

on_both_engines! {
    many_commits_at_once_take_dense_positions
    a_second_store_hears_of_a_commit
    a_commit_without_keys_is_followed_past
    who_was_away_too_long_is_told_that_all_changed
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

async fn a_commit_without_keys_is_followed_past(place: &Place) {
    let store = place.open().await;
    let before = store.commit(headline(60, None)).await.expect("committed");
    let entry = AuditEntry {
        at: Timestamp(1),
        actor: Actor::System,
        action: Action::ArticleImport,
        subject: id(10),
        note: String::new(),
    };
    let silent = store
        .commit(Changes::new().audit(entry))
        .await
        .expect("committed");
    let changed = store.changes_after(before).await.expect("read");
    assert_eq!((changed.position, changed.keys.len()), (silent, 0));
    store.close().await;
}

async fn who_was_away_too_long_is_told_that_all_changed(place: &Place) {
    let store = place.open().await;
    let first = store.commit(headline(60, None)).await.expect("committed");
    for number in 61..90 {
        store
            .commit(headline(number, None))
            .await
            .expect("committed");
    }
    let newest = first + 29;
    assert_eq!(store.prune_changes(30, 7).await.expect("pruned"), 0);
    // In steps, until ten commits are left.
    let mut steps = 0;
    while store.prune_changes(10, 7).await.expect("pruned") > 0 {
        steps += 1;
    }
    assert_eq!(steps, 3);
    let oldest = newest - 9;
    for position in [oldest - 1, oldest, newest] {
        let changed = store.changes_after(position).await.expect("read");
        assert_eq!(changed.position, newest);
        assert!(!changed.keys.contains(&ChangeKey::ALL), "{position}");
        let known = store.keys_changed_after(position, 100).await.expect("read");
        assert_eq!(
            known.is_some_and(|keys| !keys.is_empty()),
            position < newest
        );
    }
    for position in [0, first, oldest - 2] {
        let changed = store.changes_after(position).await.expect("read");
        assert_eq!(changed.position, newest);
        assert!(changed.keys.contains(&ChangeKey::ALL), "{position}");
        let known = store.keys_changed_after(position, 100).await.expect("read");
        assert!(known.is_none(), "{position}");
    }
    // With nothing left, only who has seen everything has missed nothing.
    while store.prune_changes(0, 7).await.expect("pruned") > 0 {}
    let changed = store.changes_after(newest).await.expect("read");
    assert!(changed.keys.is_empty() && changed.position == newest);
    let changed = store.changes_after(newest - 1).await.expect("read");
    assert!(changed.keys.contains(&ChangeKey::ALL));
    store.close().await;
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
