//! Comments come in once, change under a guard, are counted, found and forgotten.

use std::time::{Duration, Instant};

use editorial::{
    Changes, Id, Timestamp, Write,
    accounts::TokenHash,
    audit::Actor,
    comment::{
        COMMENTS_PER_PAGE, Comment, CommentState, CommentWrite, DataRequest, Hold, HoldRule,
        Received, Report,
    },
    email::SealedEmail,
};
use store::{Store, StoreError, Wanted, Wants, WriterStanding};
use testing::{Place, on_both_engines};

use crate::paper::{self, id};

on_both_engines! {
    a_comment_comes_in_once
    a_change_has_a_guard
    a_reporter_counts_once
    a_blocked_writer_is_known_by_his_address
    what_is_erased_is_gone
    what_has_had_its_time_is_swept
    requests_for_data_come_and_go
    a_thread_of_five_thousand_is_read_in_pages
    what_moderators_ask_for_is_listed
}

const ARTICLE: i64 = 10;
const DAY: i64 = Timestamp::DAY;

fn email(whose: &str) -> SealedEmail {
    SealedEmail {
        sealed: format!("1:aa:sealed-{whose}"),
        blind_index: format!("index-{whose}"),
    }
}

fn comment(number: i64, whose: &str) -> Comment {
    Comment {
        id: id(number),
        article: id(ARTICLE),
        reply_to: None,
        name: format!("اسم {whose}"),
        email: Some(email(whose)),
        text: format!("نص {whose} رقم {number}"),
        written_at: Timestamp(number),
        state: CommentState::Waiting,
        received: Received {
            writer: Some(TokenHash([7; 32])),
            sender: format!("sender-{whose}"),
            likeness: number,
            holds: vec![Hold::whole(HoldRule::Approval)],
            ..Received::default()
        },
    }
}

fn shown(number: i64, whose: &str) -> Comment {
    Comment {
        state: CommentState::Approved,
        ..comment(number, whose)
    }
}

async fn write(store: &Store, writes: Vec<CommentWrite>) -> Result<i64, StoreError> {
    let changes = writes
        .into_iter()
        .map(Write::Comment)
        .fold(Changes::new(), Changes::write);
    store.commit(changes).await
}

async fn written(store: &Store, comments: Vec<Comment>) {
    let writes = comments
        .into_iter()
        .map(|comment| CommentWrite::Written(Box::new(comment)))
        .collect();
    write(store, writes).await.expect("committed");
}

fn received(comment: Comment, once: &str, sent_before: i64) -> CommentWrite {
    CommentWrite::Received {
        comment: Box::new(comment),
        once: once.into(),
        sent_before: Timestamp(sent_before),
    }
}

async fn all(store: &Store) -> Vec<Comment> {
    listed(store, Wants::All, "").await
}

async fn listed(store: &Store, wants: Wants, words: &str) -> Vec<Comment> {
    let wanted = Wanted {
        wants,
        words: words.into(),
        before: None,
        limit: 100,
    };
    let listed = store.comments(&wanted).await.expect("read");
    listed.items.into_iter().map(|item| item.comment).collect()
}

async fn a_comment_comes_in_once(place: &Place) {
    let store = place.open().await;
    let first = comment(1, "ليلى");
    let sent = vec![received(first.clone(), "key", 0)];
    write(&store, sent).await.expect("committed");
    assert_eq!(store.comment(id(1)).await.expect("read"), Some(first));
    let again = write(&store, vec![received(comment(2, "ليلى"), "key", 0)]).await;
    assert!(matches!(again, Err(StoreError::Conflict)), "{again:?}");
    assert_eq!(store.comment(id(2)).await.expect("read"), None);
    let since = async |at| {
        store
            .comment_sent("key", Timestamp(at))
            .await
            .expect("read")
    };
    assert_eq!((since(1).await, since(2).await), (Some(id(1)), None));
    // Once its time is over, the same may be sent again.
    let later = vec![received(comment(3, "ليلى"), "key", 2)];
    write(&store, later).await.expect("committed");
    assert_eq!(since(3).await, Some(id(3)));
    // At the same moment by two tasks: one of them is told so.
    for round in 0..20 {
        let (key, one) = (format!("round-{round}"), 100 + round * 2);
        let tasks = [one, one + 1].map(|number| {
            let (store, sent) = (store.clone(), received(comment(number, "سعاد"), &key, 0));
            tokio::spawn(async move { write(&store, vec![sent]).await })
        });
        let mut taken = 0;
        for task in tasks {
            match task.await.expect("it ends") {
                Ok(_) => taken += 1,
                Err(StoreError::Conflict) => {}
                Err(error) => panic!("{error}"),
            }
        }
        assert_eq!(taken, 1);
        let mut there = 0;
        for number in [one, one + 1] {
            there += usize::from(store.comment(id(number)).await.expect("read").is_some());
        }
        assert_eq!(there, 1);
    }
    store.close().await;
}

async fn a_change_has_a_guard(place: &Place) {
    let store = place.open().await;
    written(&store, vec![comment(1, "ليلى")]).await;
    let mut changed = comment(1, "ليلى");
    changed.state = CommentState::Approved;
    changed.text = "نص آخر".into();
    changed.received.version = 2;
    changed.received.holds.clear();
    changed.received.edited_at = Some(Timestamp(9));
    let change = || CommentWrite::Changed {
        comment: Box::new(changed.clone()),
        loaded_version: 1,
    };
    write(&store, vec![change()]).await.expect("committed");
    assert_eq!(
        store.comment(id(1)).await.expect("read"),
        Some(changed.clone())
    );
    let stale = write(&store, vec![change()]).await;
    assert!(matches!(stale, Err(StoreError::Conflict)), "{stale:?}");
    store.close().await;
}

async fn a_reporter_counts_once(place: &Place) {
    let store = place.open().await;
    written(&store, vec![shown(1, "ليلى")]).await;
    let report = |number, comment, sender: &str| {
        CommentWrite::Reported(Report {
            id: id(number),
            comment: id(comment),
            at: Timestamp(number),
            reason: "إساءة".into(),
            sender: sender.into(),
        })
    };
    for (number, sender) in [(50, "a"), (51, "a"), (52, "b")] {
        let reported = vec![report(number, 1, sender)];
        write(&store, reported).await.expect("committed");
    }
    // Of a comment that is not there nothing is kept.
    let nothing = vec![report(53, 999, "c")];
    write(&store, nothing).await.expect("committed");
    let item = store
        .comment_item(id(1))
        .await
        .expect("read")
        .expect("there");
    assert_eq!(item.comment.received.reports, 2);
    let senders: Vec<_> = item.reports.iter().map(|one| one.sender.as_str()).collect();
    assert_eq!(senders, ["b", "a"]);
    assert_eq!(listed(&store, Wants::Reported, "").await.len(), 1);
    let settled = vec![CommentWrite::ReportsSettled(id(1))];
    write(&store, settled).await.expect("committed");
    let item = store
        .comment_item(id(1))
        .await
        .expect("read")
        .expect("there");
    assert_eq!((item.comment.received.reports, item.reports.len()), (0, 0));
    assert!(listed(&store, Wants::Reported, "").await.is_empty());
    store.close().await;
}

async fn a_blocked_writer_is_known_by_his_address(place: &Place) {
    let store = place.open().await;
    let three = (1..=3).map(|number| shown(number, "ليلى"));
    let others = [comment(4, "ليلى"), shown(5, "سعاد")];
    written(&store, three.chain(others).collect()).await;
    let standing = async |whose: &str, most| {
        let index = email(whose).blind_index;
        store.writer_standing(&index, most).await.expect("read")
    };
    let of = |approved, blocked| WriterStanding { approved, blocked };
    assert_eq!(standing("ليلى", 9).await, of(3, false));
    assert_eq!(standing("ليلى", 2).await, of(2, false));
    assert_eq!(standing("نادر", 9).await, of(0, false));
    let block = |comment| CommentWrite::Blocked {
        index: email("ليلى").blind_index,
        comment: id(comment),
        at: Timestamp(7),
        actor: Actor::CommandLine,
    };
    write(&store, vec![block(1), block(2)])
        .await
        .expect("committed");
    assert_eq!(standing("ليلى", 9).await, of(3, true));
    assert_eq!(standing("سعاد", 9).await, of(1, false));
    let blocked = store.blocked_writers(10).await.expect("read");
    let whose: Vec<_> = blocked
        .iter()
        .map(|one| (one.comment, &*one.actor))
        .collect();
    assert_eq!(whose, [(id(1), "cli")]);
    let index = email("ليلى").blind_index;
    let free = vec![CommentWrite::Unblocked { index }];
    write(&store, free).await.expect("committed");
    assert_eq!(standing("ليلى", 9).await, of(3, false));
    store.close().await;
}

async fn what_is_erased_is_gone(place: &Place) {
    let store = place.open().await;
    let other = shown(3, "سعاد");
    written(
        &store,
        vec![shown(1, "ليلى"), comment(2, "ليلى"), other.clone()],
    )
    .await;
    let reported = CommentWrite::Reported(Report {
        id: id(50),
        comment: id(1),
        at: Timestamp(5),
        reason: "ليلى قالت".into(),
        sender: "x".into(),
    });
    let asked = CommentWrite::DataAsked(request(60, "ليلى", 5));
    write(&store, vec![reported, asked])
        .await
        .expect("committed");
    let index = email("ليلى").blind_index;
    let kept = store.comments_of_address(&index, None).await.expect("read");
    assert_eq!(kept.len(), 2);
    let behind = store.comments_of_address(&index, Some(id(1))).await;
    assert_eq!(behind.expect("read").len(), 1);
    assert!(store.keeps_of_address(&index).await.expect("read"));
    let erased = vec![CommentWrite::Erased {
        index: index.clone(),
    }];
    write(&store, erased).await.expect("committed");
    assert!(!store.keeps_of_address(&index).await.expect("read"));
    assert_eq!(store.data_request(id(60)).await.expect("read"), None);
    for number in [1, 2] {
        let item = store.comment_item(id(number)).await.expect("read");
        let item = item.expect("it keeps its place");
        let left = item.comment;
        assert_eq!(left.state, CommentState::Withdrawn);
        assert_eq!((left.email, left.received.writer), (None, None));
        let texts = [left.name, left.text, left.received.sender];
        assert_eq!(texts, ["", "", ""]);
        assert!(left.received.holds.is_empty() && item.reports.is_empty());
        assert_eq!((left.received.likeness, left.received.version), (0, 2));
    }
    assert_eq!(store.comment(id(3)).await.expect("read"), Some(other));
    // Whoever loaded it before writes nothing back.
    let mut late = comment(2, "ليلى");
    late.received.version = 2;
    let back = write(
        &store,
        vec![CommentWrite::Changed {
            comment: Box::new(late),
            loaded_version: 1,
        }],
    );
    assert!(matches!(back.await, Err(StoreError::Conflict)));
    store.close().await;
}

async fn what_has_had_its_time_is_swept(place: &Place) {
    let store = place.open().await;
    let at = |number, days: i64| Comment {
        written_at: Timestamp(days * DAY),
        ..comment(number, "ليلى")
    };
    written(&store, vec![at(1, 10), at(2, 20)]).await;
    let key = |day| CommentWrite::SenderKey {
        day,
        sealed: format!("sealed-{day}"),
    };
    // The first key of a day stays.
    let twin = CommentWrite::SenderKey {
        day: 20,
        sealed: "other".into(),
    };
    let asked = |number, days: i64| {
        CommentWrite::DataAsked(request(number, &format!("من {number}"), days * DAY))
    };
    let sent = received(at(3, 20), "key", 0);
    let writes = vec![key(10), key(20), twin, asked(60, 10), asked(61, 20), sent];
    write(&store, writes).await.expect("committed");
    let keys = store.sender_keys().await.expect("read");
    assert_eq!(keys, ["sealed-10", "sealed-20"]);
    let swept = CommentWrite::Swept {
        senders_before: Timestamp(15 * DAY),
        writers_before: Timestamp(15 * DAY),
        requests_before: Timestamp(15 * DAY),
        sent_before: Timestamp(15 * DAY),
    };
    write(&store, vec![swept]).await.expect("committed");
    let one = store.comment(id(1)).await.expect("read").expect("there");
    assert_eq!(
        (one.received.writer, one.received.sender.as_str()),
        (None, "")
    );
    assert_eq!(one.email, at(1, 10).email);
    assert_eq!(store.comment(id(2)).await.expect("read"), Some(at(2, 20)));
    let left = async |day| store.sender_key(day).await.expect("read");
    assert_eq!(left(10).await, None);
    assert_eq!(left(20).await.as_deref(), Some("sealed-20"));
    let requests = store.data_requests(10).await.expect("read");
    let numbers: Vec<Id> = requests.iter().map(|request| request.id).collect();
    assert_eq!(numbers, [id(61)]);
    let since = |at| store.comment_sent("key", Timestamp(at));
    assert_eq!(since(0).await.expect("read"), Some(id(3)));
    let all_of_it = CommentWrite::Swept {
        senders_before: Timestamp(0),
        writers_before: Timestamp(0),
        requests_before: Timestamp(0),
        sent_before: Timestamp(21 * DAY),
    };
    write(&store, vec![all_of_it]).await.expect("committed");
    assert_eq!(since(0).await.expect("read"), None);
    store.close().await;
}

fn request(number: i64, whose: &str, at: i64) -> DataRequest {
    DataRequest {
        id: id(number),
        email: email(whose),
        token: None,
        at: Timestamp(at),
    }
}

async fn requests_for_data_come_and_go(place: &Place) {
    let store = place.open().await;
    let asked = |request| vec![CommentWrite::DataAsked(request)];
    let linked = DataRequest {
        token: Some(TokenHash([1; 32])),
        ..request(1, "ليلى", 5)
    };
    write(&store, asked(linked.clone()))
        .await
        .expect("committed");
    let of = async |byte| {
        let found = store.data_request_of(TokenHash([byte; 32])).await;
        found.expect("read")
    };
    assert_eq!(of(1).await, Some(linked));
    // A newer request voids the older one's link; others' stay.
    for own in [request(2, "سعاد", 6), request(3, "ليلى", 7)] {
        write(&store, asked(own)).await.expect("committed");
    }
    assert_eq!(of(1).await, None);
    let waiting = store.data_requests(10).await.expect("read");
    assert_eq!(waiting, [request(3, "ليلى", 7), request(2, "سعاد", 6)]);
    let link = |number, byte| CommentWrite::DataLinked {
        id: id(number),
        token: TokenHash([byte; 32]),
        at: Timestamp(9),
    };
    write(&store, vec![link(3, 3)]).await.expect("committed");
    let found = of(3).await.expect("there");
    assert_eq!((found.id, found.at), (id(3), Timestamp(9)));
    let settled = vec![CommentWrite::DataSettled(id(3))];
    write(&store, settled).await.expect("committed");
    assert_eq!(of(3).await, None);
    let gone = write(&store, vec![link(3, 4)]).await;
    assert!(matches!(gone, Err(StoreError::Conflict)), "{gone:?}");
    store.close().await;
}

const MANY: i64 = 5_000;

/// Every tenth answers the one before it.
async fn with_many(store: &Store) {
    paper::published(store, [ARTICLE]).await;
    let comments: Vec<Comment> = (1..=MANY)
        .map(|number| Comment {
            reply_to: (number % 10 == 0).then(|| id(1_000_000 + number - 1)),
            id: id(1_000_000 + number),
            written_at: Timestamp(number * 1_000),
            ..shown(number, "ليلى")
        })
        .collect();
    for some in comments.chunks(500) {
        written(store, some.to_vec()).await;
    }
}

async fn a_thread_of_five_thousand_is_read_in_pages(place: &Place) {
    let store = place.open().await;
    with_many(&store).await;
    let mut taken = Vec::new();
    for newest_first in [false, true] {
        let mut seen = Vec::new();
        for page in 1..=100 {
            let began = Instant::now();
            let thread = store.comment_thread(id(ARTICLE), page, newest_first);
            let thread = thread.await.expect("read").value;
            taken.push(began.elapsed());
            assert_eq!(
                (thread.page, thread.pages, thread.count),
                (page, 100, 5_000)
            );
            assert_eq!(thread.lines.len(), COMMENTS_PER_PAGE);
            seen.extend(thread.lines.iter().map(|line| (line.id, line.depth)));
            // An answer stands below what it answers, in either order.
            for pair in thread.lines.windows(2) {
                if pair[1].depth > 0 {
                    let answers = pair[1].answers.as_ref().map(|(id, _)| *id);
                    assert_eq!(answers, Some(pair[0].id));
                }
            }
        }
        let mut ids: Vec<Id> = seen.iter().map(|(id, _)| *id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 5_000);
        let first = if newest_first { MANY - 1 } else { 1 };
        assert_eq!(seen[0].0, id(1_000_000 + first));
        assert_eq!(seen.iter().filter(|(_, depth)| *depth == 1).count(), 500);
        // Each is found on the page that shows it.
        for (at, (own, _)) in seen.iter().enumerate().step_by(977) {
            let began = Instant::now();
            let found = store.comment_place(*own, newest_first).await.expect("read");
            taken.push(began.elapsed());
            let page = u32::try_from(at / COMMENTS_PER_PAGE + 1).expect("small");
            assert_eq!(
                found,
                Some((id(ARTICLE), paper::article(ARTICLE).slug, page))
            );
        }
    }
    assert_eq!(store.comment_place(id(1), false).await.expect("read"), None);
    // Behind the last page is the last page.
    let behind = store.comment_thread(id(ARTICLE), 500, false).await;
    assert_eq!(behind.expect("read").value.page, 100);
    // Of two hundred pages and more, beside other tests: half are read so fast.
    taken.sort_unstable();
    let (median, slowest) = (taken[taken.len() / 2], taken[taken.len() - 1]);
    #[expect(clippy::print_stdout, reason = "a figure that is measured is told")]
    {
        println!("a page of {MANY} comments: median {median:?}, slowest {slowest:?}");
    }
    assert!(median < Duration::from_millis(50), "{median:?}");
    store.close().await;
}

async fn what_moderators_ask_for_is_listed(place: &Place) {
    let store = place.open().await;
    let elsewhere = Comment {
        article: id(11),
        ..comment(3, "نادر")
    };
    let answer = Comment {
        reply_to: Some(id(1)),
        ..comment(4, "ليلى")
    };
    let comments = vec![shown(1, "ليلى"), comment(2, "سعاد"), elsewhere, answer];
    written(&store, comments).await;
    let numbers = async |wants, words: &str| {
        let found = listed(&store, wants, &arabic::fold::fold(words)).await;
        found.iter().map(|one| one.id.get()).collect::<Vec<_>>()
    };
    assert_eq!(all(&store).await.len(), 4);
    let waiting = Wants::State(CommentState::Waiting);
    assert_eq!(numbers(waiting, "").await, [4, 3, 2]);
    assert_eq!(numbers(Wants::Article(id(11)), "").await, [3]);
    assert_eq!(numbers(Wants::All, "لَيْلــى رقم").await, [4, 1]);
    let counts = store.comment_counts().await.expect("read");
    assert_eq!((counts.states, counts.reported), ([3, 1, 0, 0, 0], 0));
    let page = Wanted {
        wants: Wants::All,
        words: String::new(),
        before: Some(id(4)),
        limit: 2,
    };
    let page = store.comments(&page).await.expect("read");
    let ids: Vec<i64> = page
        .items
        .iter()
        .map(|item| item.comment.id.get())
        .collect();
    assert_eq!((ids, page.next), (vec![3, 2], Some(id(2))));
    let item = store
        .comment_item(id(4))
        .await
        .expect("read")
        .expect("there");
    assert_eq!(
        item.above.iter().map(|one| one.id).collect::<Vec<_>>(),
        [id(1)]
    );
    assert_eq!(item.of_writer, [1, 1, 0, 0, 0]);
    assert!(!item.blocked);
    let above = store
        .comment_item(id(1))
        .await
        .expect("read")
        .expect("there");
    assert_eq!(
        above.below.iter().map(|one| one.id).collect::<Vec<_>>(),
        [id(4)]
    );
    store.close().await;
}
