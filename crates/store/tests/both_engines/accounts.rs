//! Users, sessions, links and tries are kept, and what is guarded is guarded.

use editorial::{
    Changes, Timestamp, Write,
    accounts::{
        AccountWrite, LinkPurpose, OneTimeLink, PasswordHash, Role, Roles, SealedSecret, Session,
        TokenHash, Tries, User, UserState,
    },
    email::SealedEmail,
};
use store::{Store, StoreError};
use testing::{Place, on_both_engines};

use crate::paper::id;

on_both_engines! {
    a_user_comes_back
    an_address_has_one_user
    sessions_end
    a_link_works_once
    a_number_of_the_second_factor_works_once
    tries_are_counted_and_forgotten
    the_last_administrator_stays
}

fn user(number: i64) -> User {
    User {
        id: id(number),
        version: 1,
        name: "ليلى حداد".into(),
        email: SealedEmail {
            sealed: format!("1:aa:{number}"),
            blind_index: format!("index-{number}"),
        },
        roles: Roles::from_iter([Role::Editor, Role::Moderator]),
        state: UserState::Active,
        made_at: Timestamp(5),
    }
}

fn session(number: i64, of: i64) -> Session {
    Session {
        id: id(number),
        user: id(of),
        token: TokenHash([u8::try_from(number).expect("small"); 32]),
        browser: "متصفح".into(),
        began_at: Timestamp(10),
        used_at: Timestamp(10),
        confirmed_at: Timestamp(10),
    }
}

async fn write(store: &Store, writes: Vec<AccountWrite>) -> Result<i64, StoreError> {
    let changes = writes
        .into_iter()
        .map(Write::Account)
        .fold(Changes::new(), Changes::write);
    store.commit(changes).await
}

async fn with_user(place: &Place, number: i64) -> Store {
    let store = place.open().await;
    let made = AccountWrite::User {
        user: Box::new(user(number)),
        loaded_version: None,
    };
    write(&store, vec![made]).await.expect("committed");
    store
}

async fn a_user_comes_back(place: &Place) {
    let store = with_user(place, 1).await;
    assert_eq!(store.user(id(1)).await.expect("read"), Some(user(1)));
    assert_eq!(store.user(id(2)).await.expect("read"), None);
    let (found, credentials) = store
        .user_by_address("index-1")
        .await
        .expect("read")
        .expect("there");
    assert_eq!((&found, &credentials.password), (&user(1), &None));
    let changed = User {
        version: 2,
        state: UserState::Disabled,
        ..found
    };
    let change = |loaded| AccountWrite::User {
        user: Box::new(changed.clone()),
        loaded_version: Some(loaded),
    };
    let hash = PasswordHash("$argon2id$x".into());
    let password = AccountWrite::Password {
        user: id(1),
        hash: hash.clone(),
    };
    write(&store, vec![change(1), password])
        .await
        .expect("committed");
    let late = write(&store, vec![change(1)]).await;
    assert!(matches!(late, Err(StoreError::Conflict)), "{late:?}");
    assert_eq!(store.users().await.expect("read"), [changed]);
    let credentials = store.credentials(id(1)).await.expect("read");
    assert_eq!(credentials.expect("there").password, Some(hash));
    store.close().await;
}

async fn an_address_has_one_user(place: &Place) {
    let store = with_user(place, 1).await;
    let twin = AccountWrite::User {
        user: Box::new(User {
            id: id(2),
            ..user(1)
        }),
        loaded_version: None,
    };
    let refused = write(&store, vec![twin]).await;
    assert!(matches!(refused, Err(StoreError::Conflict)), "{refused:?}");
    assert_eq!(store.users().await.expect("read").len(), 1);
    store.close().await;
}

async fn sessions_end(place: &Place) {
    let store = with_user(place, 1).await;
    let begun: Vec<AccountWrite> = (10..14)
        .map(|number| AccountWrite::Session(Box::new(session(number, 1))))
        .collect();
    write(&store, begun).await.expect("committed");
    let token = |number| session(number, 1).token;
    let (found, whose) = store
        .session(token(10))
        .await
        .expect("read")
        .expect("there");
    assert_eq!((found, whose), (session(10, 1), user(1)));
    let used = vec![
        AccountWrite::SessionUsed {
            id: id(11),
            at: Timestamp(20),
        },
        // A node whose clock is behind takes nothing back.
        AccountWrite::SessionUsed {
            id: id(11),
            at: Timestamp(15),
        },
        AccountWrite::SessionConfirmed {
            id: id(11),
            at: Timestamp(21),
        },
    ];
    write(&store, used).await.expect("committed");
    let newest = store.sessions(id(1)).await.expect("read").remove(0);
    assert_eq!(
        (newest.id, newest.used_at, newest.confirmed_at),
        (id(11), Timestamp(20), Timestamp(21))
    );
    write(&store, vec![AccountWrite::SessionEnded(id(10))])
        .await
        .expect("committed");
    assert_eq!(store.session(token(10)).await.expect("read"), None);
    let but = AccountWrite::SessionsEnded {
        user: id(1),
        but: Some(id(12)),
    };
    write(&store, vec![but]).await.expect("committed");
    let left: Vec<_> = store.sessions(id(1)).await.expect("read");
    assert_eq!(left, [session(12, 1)]);
    let swept = AccountWrite::Swept {
        sessions_unused_since: Timestamp(11),
        links_made_before: Timestamp(0),
        tries_before: Timestamp(0),
        ranges_unused_since: Timestamp(31),
    };
    for (key, at) in [("one", 30), ("other", 30), ("other", 40)] {
        let known = AccountWrite::RangeKnown {
            key: key.to_owned(),
            at: Timestamp(at),
        };
        write(&store, vec![known]).await.expect("committed");
    }
    let used_at = async |key| store.range_used_at(key).await.expect("read");
    assert_eq!(used_at("one").await, Some(Timestamp(30)));
    write(&store, vec![swept]).await.expect("committed");
    assert_eq!(used_at("one").await, None);
    assert_eq!(used_at("other").await, Some(Timestamp(40)));
    assert!(store.sessions(id(1)).await.expect("read").is_empty());
    store.close().await;
}

async fn a_link_works_once(place: &Place) {
    let store = with_user(place, 1).await;
    let purposes = [
        LinkPurpose::FirstAccount,
        LinkPurpose::Invitation(Roles::from_iter([Role::Reporter])),
        LinkPurpose::NewPassword(id(1)),
        LinkPurpose::ForgottenPassword(id(1)),
        LinkPurpose::ForgottenPassword(id(1)),
        LinkPurpose::ForgottenPassword(id(2)),
    ];
    let links: Vec<OneTimeLink> = (20..)
        .zip(purposes)
        .map(|(number, purpose)| OneTimeLink {
            id: id(number),
            token: TokenHash([u8::try_from(number).expect("small"); 32]),
            purpose,
            made_at: Timestamp(number),
        })
        .collect();
    let made = links.iter().copied().map(AccountWrite::Link).collect();
    write(&store, made).await.expect("committed");
    assert_eq!(store.one_time_links().await.expect("read"), links);
    let found = store.one_time_link(links[1].token).await.expect("read");
    assert_eq!(found, Some(links[1]));
    let used = || vec![AccountWrite::LinkUsed(id(21))];
    write(&store, used()).await.expect("committed");
    let again = write(&store, used()).await;
    assert!(matches!(again, Err(StoreError::Conflict)), "{again:?}");
    assert_eq!(
        store.one_time_link(links[1].token).await.expect("read"),
        None
    );
    // All of one purpose and user, and no other; there may be none.
    let void = || vec![AccountWrite::LinksVoided(purposes[3])];
    for _ in 0..2 {
        write(&store, void()).await.expect("committed");
        let left = store.one_time_links().await.expect("read");
        assert_eq!(left, [links[0], links[2], links[5]]);
    }
    let nobodys = vec![AccountWrite::LinksVoided(LinkPurpose::FirstAccount)];
    write(&store, nobodys).await.expect("committed");
    assert_eq!(store.one_time_links().await.expect("read").len(), 3);
    // A copy that comes back has none, and no session.
    write(
        &store,
        vec![AccountWrite::Session(Box::new(session(10, 1)))],
    )
    .await
    .expect("committed");
    store.end_what_was_open().await.expect("ended");
    assert!(store.one_time_links().await.expect("read").is_empty());
    assert!(store.sessions(id(1)).await.expect("read").is_empty());
    let sealed = store.sealed_users(None, 10).await.expect("read");
    assert_eq!(sealed.len(), 1);
    assert_eq!(sealed[0].user, id(1));
    store.close().await;
}

async fn a_number_of_the_second_factor_works_once(place: &Place) {
    let store = with_user(place, 1).await;
    let codes = [TokenHash([1; 32]), TokenHash([2; 32])];
    let set_up = AccountWrite::SecondFactor {
        user: id(1),
        secret: Some(SealedSecret("1:aa:bb".into())),
        recovery: codes.to_vec(),
    };
    write(&store, vec![set_up]).await.expect("committed");
    let step = |step| vec![AccountWrite::SecondFactorUsed { user: id(1), step }];
    write(&store, step(9)).await.expect("committed");
    for old in [9, 8] {
        let again = write(&store, step(old)).await;
        assert!(matches!(again, Err(StoreError::Conflict)), "{again:?}");
    }
    let credentials = store.credentials(id(1)).await.expect("read");
    let credentials = credentials.expect("there");
    assert_eq!(credentials.second_factor_step, 9);
    assert_eq!(
        credentials.second_factor,
        Some(SealedSecret("1:aa:bb".into()))
    );
    let code = || {
        vec![AccountWrite::RecoveryUsed {
            user: id(1),
            code: codes[0],
        }]
    };
    write(&store, code()).await.expect("committed");
    let again = write(&store, code()).await;
    assert!(matches!(again, Err(StoreError::Conflict)), "{again:?}");
    assert_eq!(store.recovery_codes_left(id(1)).await.expect("read"), 1);
    store.close().await;
}

async fn tries_are_counted_and_forgotten(place: &Place) {
    let store = place.open().await;
    assert_eq!(store.tries("account:1").await.expect("read"), Tries::NONE);
    let mut loaded = Tries::NONE;
    for failed in 1..4 {
        let tries = Tries {
            failed,
            last: Timestamp(i64::from(failed)),
        };
        let counted = || {
            let key = "account:1".into();
            vec![AccountWrite::Tries { key, loaded, tries }]
        };
        write(&store, counted()).await.expect("committed");
        assert_eq!(store.tries("account:1").await.expect("read"), tries);
        // Two at the same time are two.
        let late = write(&store, counted()).await;
        assert!(matches!(late, Err(StoreError::Conflict)), "{late:?}");
        loaded = tries;
    }
    let key = "account:1".into();
    write(&store, vec![AccountWrite::TriesForgotten { key }])
        .await
        .expect("committed");
    assert_eq!(store.tries("account:1").await.expect("read"), Tries::NONE);
    store.close().await;
}

async fn the_last_administrator_stays(place: &Place) {
    let store = place.open().await;
    let administrator = |number, state| User {
        roles: Roles::from_iter([Role::Administrator]),
        version: 1 + state as i64,
        state,
        ..user(number)
    };
    let made = (1..3).map(|number| AccountWrite::User {
        user: Box::new(administrator(number, UserState::Active)),
        loaded_version: None,
    });
    write(&store, made.collect()).await.expect("committed");
    let goes = |number| {
        vec![
            AccountWrite::User {
                user: Box::new(administrator(number, UserState::Disabled)),
                loaded_version: Some(1),
            },
            AccountWrite::AdministratorStays,
        ]
    };
    // Two that disable each other at the same time: one of them stays.
    let both = tokio::join!(write(&store, goes(1)), write(&store, goes(2)));
    let gone = [&both.0, &both.1]
        .iter()
        .filter(|done| done.is_ok())
        .count();
    assert_eq!(gone, 1, "{both:?}");
    let users = store.users().await.expect("read");
    let active = users.iter().filter(|user| user.state == UserState::Active);
    assert_eq!(active.count(), 1);
    store.close().await;
}
