//! The work on articles as it is kept: on both engines.

use editorial::{
    Changes, Content, Id, Timestamp, WorkingCopy, Write,
    audit::Actor,
    workflow::{
        Assignment, Desk, NOTIFICATIONS_MAX, Notification, NotificationKind, Stage, WorkflowWrite,
    },
};
use store::{Store, StoreError, WorkFilter};
use testing::{Place, on_both_engines};

on_both_engines! {
    a_stage_is_that_of_the_text_that_was_seen
    each_is_shown_what_is_in_his_hands
    what_somebody_is_told_has_a_limit
    a_desk_is_kept_whole_or_not_at_all
    whose_a_name_is_is_kept_once
}

fn id(value: i64) -> Id {
    Id::new(value).expect("in range")
}

fn write(write: WorkflowWrite) -> Changes {
    Changes::new().write(Write::Workflow(write))
}

/// A working copy that `by` began, at a stage, in a section.
async fn begun(store: &Store, number: i64, by: i64, stage: Stage, section: Option<i64>) {
    let article = testing::article(id(number), id(number + 1), "s", "عنوان", Timestamp(1));
    let kept = Changes::new().write(Write::Article {
        article: Box::new(article.clone()),
        loaded_version: None,
    });
    store.commit(kept).await.expect("written");
    let copy = WorkingCopy::begin(&article, Some(id(by)), Timestamp(1));
    let content = Content {
        headline: format!("{number}"),
        section: section.map(id),
        ..copy.content.clone()
    };
    let saved = copy.save(content, id(number + 2), Some(id(by)), Timestamp(number));
    store
        .commit(saved.expect("it has room"))
        .await
        .expect("saved");
    if stage != Stage::Draft {
        store
            .commit(staged(number, 1, Stage::Draft, stage))
            .await
            .expect("staged");
    }
}

fn staged(number: i64, version: i64, from: Stage, to: Stage) -> Changes {
    write(WorkflowWrite::Staged {
        article: id(number),
        version,
        from,
        to,
    })
}

fn desk(number: i64, members: &[i64], sections: &[i64]) -> Desk {
    Desk {
        id: id(number),
        version: 1,
        name: format!("مكتب {number}"),
        members: members.iter().copied().map(id).collect(),
        sections: sections.iter().copied().map(id).collect(),
    }
}

fn new_desk(desk: Desk) -> Changes {
    write(WorkflowWrite::Desk {
        desk: Box::new(desk),
        loaded_version: None,
    })
}

async fn a_stage_is_that_of_the_text_that_was_seen(place: &Place) {
    let store = place.open().await;
    begun(&store, 100, 1, Stage::Draft, None).await;
    for (version, from) in [(2, Stage::Draft), (0, Stage::Draft), (1, Stage::InReview)] {
        let refused = store
            .commit(staged(100, version, from, Stage::Approved))
            .await;
        assert!(matches!(refused, Err(StoreError::Conflict)), "{refused:?}");
    }
    store
        .commit(staged(100, 1, Stage::Draft, Stage::Approved))
        .await
        .expect("staged");
    let copy = store
        .working_copy(id(100))
        .await
        .expect("read")
        .expect("there");
    assert_eq!((copy.version, copy.stage), (1, Stage::Approved));
    // Another text is to be reviewed again.
    let content = Content {
        headline: "غيره".into(),
        ..copy.content.clone()
    };
    let saved = copy.save(content, id(103), Some(id(1)), Timestamp(200));
    store
        .commit(saved.expect("it has room"))
        .await
        .expect("saved");
    let copy = store
        .working_copy(id(100))
        .await
        .expect("read")
        .expect("there");
    assert_eq!((copy.version, copy.stage), (2, Stage::InReview));
    store.close().await;
}

async fn each_is_shown_what_is_in_his_hands(place: &Place) {
    let store = place.open().await;
    store
        .commit(new_desk(desk(900, &[1, 2], &[50, 51])))
        .await
        .expect("kept");
    store
        .commit(new_desk(desk(901, &[3], &[52])))
        .await
        .expect("kept");
    begun(&store, 110, 1, Stage::Draft, Some(50)).await;
    begun(&store, 120, 2, Stage::InReview, Some(51)).await;
    begun(&store, 130, 3, Stage::InReview, Some(52)).await;
    begun(&store, 140, 3, Stage::NeedsChanges, None).await;
    begun(&store, 150, 4, Stage::InReview, None).await;
    let given = Assignment {
        article: id(140),
        user: id(1),
        given_by: Some(id(9)),
        given_at: Timestamp(1),
        deadline: Some(Timestamp(2)),
    };
    store
        .commit(write(WorkflowWrite::Assigned(given)))
        .await
        .expect("given");
    assert_eq!(store.assignment(id(140)).await.expect("read"), Some(given));
    let all = WorkFilter::default();
    let open_to = |user| WorkFilter {
        open_to: Some(id(user)),
        ..all
    };
    let waiting = |user, reviews| WorkFilter {
        waiting_for: Some((id(user), reviews)),
        ..all
    };
    for (name, filter, expect) in [
        ("all", all, &[150, 140, 130, 120, 110][..]),
        ("own, of the desk and given", open_to(1), &[140, 120, 110]),
        ("of the desk", open_to(2), &[120, 110]),
        ("own and of the desk", open_to(3), &[140, 130]),
        ("own", open_to(4), &[150]),
        ("nobody's", open_to(5), &[]),
        (
            "in review",
            WorkFilter {
                stage: Some(Stage::InReview),
                ..all
            },
            &[150, 130, 120],
        ),
        (
            "of a desk",
            WorkFilter {
                desk: Some(id(900)),
                ..all
            },
            &[120, 110],
        ),
        (
            "of a writer",
            WorkFilter {
                hands: Some(id(1)),
                ..all
            },
            &[140, 110],
        ),
        (
            "both",
            WorkFilter {
                desk: Some(id(900)),
                hands: Some(id(2)),
                ..all
            },
            &[120],
        ),
        // What others handed in at his desk or at none, and what is his to do.
        ("reviews at his desk", waiting(1, true), &[150, 140, 120]),
        ("reviews no text of his own", waiting(2, true), &[150]),
        ("reviews elsewhere", waiting(3, true), &[150, 140]),
        ("writes alone", waiting(3, false), &[140]),
        ("to do", waiting(1, false), &[140]),
    ] {
        let found = store.in_work(None, filter, 10).await.expect("read");
        let numbers: Vec<i64> = found.iter().map(|one| one.id.get()).collect();
        assert_eq!(numbers, expect, "{name}");
        let counted = store.in_work_count(filter, 10).await.expect("read");
        assert_eq!(counted as usize, expect.len(), "{name}");
        let behind = store
            .in_work(Some((Timestamp(130), id(130))), filter, 10)
            .await;
        let numbers: Vec<i64> = behind
            .expect("read")
            .iter()
            .map(|one| one.id.get())
            .collect();
        let older: Vec<i64> = expect.iter().copied().filter(|one| *one < 130).collect();
        assert_eq!(numbers, older, "{name}");
    }
    let found = store.in_work(None, open_to(1), 1).await.expect("read");
    assert_eq!(
        (found[0].assigned, found[0].deadline),
        (Some(id(1)), Some(Timestamp(2)))
    );
    let team = store.team(id(140), Some(id(52))).await.expect("read");
    assert_eq!(
        (team.assigned, team.has(id(3)), team.has(id(2))),
        (Some(id(1)), true, false)
    );
    // It is taken from whoever has it, once.
    let taken = || {
        write(WorkflowWrite::Unassigned {
            article: id(140),
            user: id(1),
        })
    };
    store.commit(taken()).await.expect("taken");
    assert!(matches!(
        store.commit(taken()).await,
        Err(StoreError::Conflict)
    ));
    store.close().await;
}

async fn what_somebody_is_told_has_a_limit(place: &Place) {
    let store = place.open().await;
    begun(&store, 100, 1, Stage::Draft, None).await;
    let most = NOTIFICATIONS_MAX + 20;
    let mut changes = Changes::new();
    for number in 0..most {
        changes = changes.write(Write::Workflow(WorkflowWrite::Notified(Notification {
            id: id(1_000 + number),
            user: id(7),
            kind: NotificationKind::Assigned,
            article: id(100),
            caused_by: None,
            at: Timestamp(number),
            read_at: None,
        })));
    }
    store.commit(changes).await.expect("told");
    assert_eq!(store.unread_count(id(7), 1_000).await.expect("read"), 300);
    assert_eq!(store.unread_count(id(8), 1_000).await.expect("read"), 0);
    let newest = store.notifications(id(7), None, 2).await.expect("read");
    assert_eq!(newest[0].notification.id, id(1_000 + most - 1));
    assert_eq!(newest[0].headline, "100");
    let seen = write(WorkflowWrite::NotificationsRead {
        user: id(7),
        article: None,
        through: newest[1].notification.id,
        at: Timestamp(5),
    });
    store.commit(seen).await.expect("read");
    assert_eq!(store.unread_count(id(7), 1_000).await.expect("read"), 1);
    store.close().await;
}

async fn a_desk_is_kept_whole_or_not_at_all(place: &Place) {
    let store = place.open().await;
    store
        .commit(new_desk(desk(900, &[1, 2], &[50])))
        .await
        .expect("kept");
    let changed = |loaded_version| {
        let desk = Desk {
            version: 2,
            ..desk(900, &[2, 3], &[51, 52])
        };
        write(WorkflowWrite::Desk {
            desk: Box::new(desk),
            loaded_version: Some(loaded_version),
        })
    };
    assert!(matches!(
        store.commit(changed(7)).await,
        Err(StoreError::Conflict)
    ));
    assert_eq!(
        store.desks().await.expect("read"),
        [desk(900, &[1, 2], &[50])]
    );
    store.commit(changed(1)).await.expect("changed");
    let kept = store.desks().await.expect("read");
    assert_eq!(
        kept,
        [Desk {
            version: 2,
            ..desk(900, &[2, 3], &[51, 52])
        }]
    );
    // A section is at one desk, whatever the rules above say.
    assert!(store.commit(new_desk(desk(901, &[], &[52]))).await.is_err());
    assert_eq!(store.desks().await.expect("read"), kept);
    let gone = write(WorkflowWrite::DeskRemoved {
        id: id(900),
        loaded_version: 2,
    });
    store.commit(gone).await.expect("dissolved");
    assert_eq!(store.desks().await.expect("read"), []);
    let team = store.team(id(1), Some(id(51))).await.expect("read");
    assert!(team.members.is_empty());
    store.close().await;
}

async fn whose_a_name_is_is_kept_once(place: &Place) {
    let store = place.open().await;
    for (author, user) in [(1, Some(7)), (2, Some(8)), (1, Some(9)), (2, None)] {
        let name = editorial::workflow::PenName {
            author: id(author),
            user: user.map(id),
        };
        store
            .commit(name.keep(Actor::CommandLine, Timestamp(1)))
            .await
            .expect("kept");
    }
    let known = store.pen_names([id(1), id(2), id(3)]).await.expect("read");
    assert_eq!(known.into_iter().collect::<Vec<_>>(), [(id(1), id(9))]);
    assert_eq!(store.pen_names([id(2)]).await.expect("read").len(), 0);
    store.close().await;
}
