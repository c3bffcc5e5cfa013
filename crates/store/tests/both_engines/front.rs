//! What stands first on the front page.

use editorial::{Id, Timestamp, audit::Actor, front::FrontPage};
use store::{Store, StoreError};
use testing::{Place, on_both_engines};

use crate::paper::{id, published};

on_both_engines! {
    what_is_chosen_stands_first_and_once
    a_front_page_is_put_up_once
}

fn ids(numbers: &[i64]) -> Vec<Id> {
    numbers.iter().map(|number| id(*number)).collect()
}

async fn top(store: &Store) -> (usize, Vec<i64>) {
    let page = store.home_page().await.expect("read").value;
    let lines = page.latest.iter().map(|line| line.id.get());
    (page.chosen, lines.collect())
}

async fn what_is_chosen_stands_first_and_once(place: &Place) {
    let store = place.open().await;
    published(&store, 10..40).await;
    let latest: Vec<i64> = (24..40).rev().collect();
    assert_eq!(top(&store).await, (0, latest));
    let set = |front: FrontPage, stories: &[i64]| {
        let changes = front.set(ids(stories), id(900), Actor::System, Timestamp(1));
        changes.expect("a good front page")
    };
    let none = store.front_page(None).await.expect("read");
    let first = set(none.clone(), &[11, 39, 30]);
    store.commit(first).await.expect("committed");
    let mut wanted = vec![11, 39, 30];
    wanted.extend((25..39).rev().filter(|number| *number != 30));
    wanted.truncate(16);
    assert_eq!(top(&store).await, (3, wanted));
    let page = store.home_page().await.expect("read").value;
    let own = &page.sections[0].1;
    let mut numbers: Vec<i64> = own.iter().map(|line| line.id.get()).collect();
    let many = numbers.len();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), many, "no line twice");
    // From the same page another goes on: it is told.
    let late = store.commit(set(none, &[12])).await;
    assert!(matches!(late, Err(StoreError::Conflict)));
    let seen = store.front_page(None).await.expect("read");
    assert_eq!((seen.version, seen.stories.len()), (1, 3));
    let next = set(seen.clone(), &[30]);
    store.commit(next.clone()).await.expect("committed");
    assert!(matches!(
        store.commit(next).await,
        Err(StoreError::Conflict)
    ));
    // What readers do not see is left out by itself.
    let article = store.article(id(30)).await.expect("read").expect("there");
    let withdrawn = article.withdraw(None, Actor::System, Timestamp(50));
    store
        .commit(withdrawn.expect("published"))
        .await
        .expect("committed");
    let (chosen, lines) = top(&store).await;
    assert_eq!((chosen, lines[0]), (0, 39));
    let lines = store.article_lines(&ids(&[30, 11, 999])).await;
    let lines: Vec<i64> = lines
        .expect("read")
        .iter()
        .map(|line| line.id.get())
        .collect();
    assert_eq!(lines, [30, 11]);
}

async fn a_front_page_is_put_up_once(place: &Place) {
    let store = place.open().await;
    published(&store, 10..13).await;
    let plan = FrontPage {
        from: Some(Timestamp(500)),
        ..FrontPage::default()
    };
    let planned = plan.set(ids(&[10, 11]), id(900), Actor::System, Timestamp(1));
    store
        .commit(planned.expect("good"))
        .await
        .expect("committed");
    assert_eq!(top(&store).await.0, 0, "not yet");
    let to_come = store.front_pages_to_come(9).await.expect("read");
    let standing = store.front_page(None).await.expect("read");
    let up = to_come[0].put_up(&standing, id(901), Timestamp(500));
    let (one, other) = tokio::join!(store.commit(up.clone()), store.commit(up));
    assert_eq!(
        [&one, &other].iter().filter(|done| done.is_ok()).count(),
        1,
        "{one:?} {other:?}"
    );
    assert_eq!(top(&store).await, (2, vec![10, 11, 12]));
    assert!(store.front_pages_to_come(9).await.expect("read").is_empty());
}
