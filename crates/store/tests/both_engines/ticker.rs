//! The lines of the ticker.

use editorial::{Timestamp, audit::Actor, ticker::TickerItem};
use testing::{Place, on_both_engines};

use crate::paper::{headline, id, published};

on_both_engines! {
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
