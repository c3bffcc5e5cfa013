//! The lines of the ticker.

use editorial::{
    Id, Timestamp,
    audit::Actor,
    ticker::{LineContent, arrange},
};
use store::StoreError;
use testing::{Place, on_both_engines};

use crate::paper::{headline, id, published};

on_both_engines! {
    lines_keep_the_order_that_they_were_given
    a_line_is_changed_as_it_was_seen
    the_ticker_shows_what_has_not_expired
    the_latest_headlines_fill_an_empty_ticker
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
    let line = store.ticker_item(id(60)).await.expect("read");
    let removed = line
        .expect("there")
        .remove(Actor::CommandLine, Timestamp(1));
    store.commit(removed.clone()).await.expect("committed");
    assert_eq!(lines(99).await, [61]);
    assert!(store.ticker_item(id(60)).await.expect("read").is_none());
    let again = store.commit(removed).await;
    assert!(matches!(again, Err(StoreError::Conflict)));
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

async fn lines_keep_the_order_that_they_were_given(place: &Place) {
    let store = place.open().await;
    for number in [60, 61, 62] {
        store
            .commit(headline(number, None))
            .await
            .expect("committed");
    }
    let lines = async || -> Vec<i64> {
        let items = store.ticker_items(Timestamp(0)).await.expect("read");
        items.iter().map(|item| item.id.get()).collect()
    };
    let order = |seen: [i64; 3], wanted: [i64; 3]| {
        let ids = |numbers: [i64; 3]| -> Vec<Id> { numbers.map(id).to_vec() };
        let moved = id(wanted[0]);
        arrange(ids(seen), ids(wanted), moved, Actor::System, Timestamp(1)).expect("a good order")
    };
    let moved = store.commit(order([62, 61, 60], [60, 62, 61])).await;
    moved.expect("committed");
    assert_eq!(lines().await, [60, 62, 61]);
    // What was seen is not so any more: nothing is written.
    let late = store.commit(order([62, 61, 60], [61, 62, 60])).await;
    assert!(matches!(late, Err(StoreError::Conflict)));
    let gone = store.commit(order([60, 62, 63], [63, 62, 60])).await;
    assert!(matches!(gone, Err(StoreError::Conflict)));
    assert_eq!(lines().await, [60, 62, 61]);
    // A push comes above; the rest keeps its order.
    store.commit(headline(63, None)).await.expect("committed");
    assert_eq!(lines().await, [63, 60, 62, 61]);
    // Below it the others can be moved still.
    let below = store.commit(order([60, 62, 61], [61, 60, 62])).await;
    below.expect("committed");
    assert_eq!(lines().await, [63, 61, 60, 62]);
}

async fn a_line_is_changed_as_it_was_seen(place: &Place) {
    let store = place.open().await;
    store.commit(headline(60, None)).await.expect("committed");
    let seen = store
        .ticker_item(id(60))
        .await
        .expect("read")
        .expect("there");
    let content = LineContent {
        text: "غيره".to_owned(),
        ..LineContent::default()
    };
    let change = seen
        .change(content, Actor::System, Timestamp(1))
        .expect("good");
    store.commit(change.clone()).await.expect("committed");
    let late = store.commit(change).await;
    assert!(matches!(late, Err(StoreError::Conflict)));
    let now = store
        .ticker_item(id(60))
        .await
        .expect("read")
        .expect("there");
    assert_eq!(
        (now.text.as_str(), now.version, now.urgent),
        ("غيره", 2, false)
    );
}
