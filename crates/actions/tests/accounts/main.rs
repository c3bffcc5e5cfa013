//! Accounts from the first link to the last session, on both engines.

mod letters;

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use actions::accounts::{AccountError, Accounts, Invited, NewUser, SignIn, SignInError, SignedIn};
use credentials::{Hashing, Password};
use editorial::{
    Id, Timestamp,
    accounts::{LinkPurpose, Role, Roles, UserError, UserState, sessions},
    audit::Actor,
};
use store::{Store, seal::EmailSealer};
use testing::{Place, on_both_engines};

on_both_engines! {
    the_first_account_is_made_by_a_link
    somebody_signs_in_and_out
    a_session_ends_by_itself
    guesses_reach_the_hash_a_few_times
    guesses_at_the_same_moment_are_counted_one_by_one
    who_was_here_before_is_not_locked_out
    strangers_wait_for_each_other_and_nobody_else_does
    who_comes_by_a_link_is_no_stranger
    a_range_is_known_for_a_while
    a_second_factor_is_asked_for
    a_new_password_ends_all_sessions
    roles_and_states_change
}

const NOW: Timestamp = Timestamp(1_760_000_000_000_000);
const PASSWORD: &str = "قطار أزرق في محطة القمح";
const ADDRESS: &str = "layla@paper.example";

/// Never the same twice, and nothing but tests would guess by it.
fn random() -> [u8; 32] {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let next = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    credentials::token::hash_of(&next).0
}

struct Newsroom {
    accounts: Accounts,
    store: Store,
    folder: tempfile::TempDir,
}

impl Newsroom {
    async fn open(place: &Place) -> Self {
        let folder = tempfile::tempdir().expect("made");
        let sealer = EmailSealer::open(&folder.path().join("keys"), random).expect("keys");
        let store = place.open().await;
        let hashing = Hashing::start(2, [1; 16], || {});
        let accounts = Accounts::new(store.clone(), Arc::new(sealer), hashing, random);
        Self {
            accounts,
            store,
            folder,
        }
    }

    async fn with_layla(place: &Place) -> (Self, Id) {
        let newsroom = Self::open(place).await;
        let layla = newsroom.add(ADDRESS, &[Role::Administrator]).await;
        (newsroom, layla)
    }

    async fn add(&self, address: &str, roles: &[Role]) -> Id {
        let new = NewUser {
            address: address.into(),
            name: "ليلى حداد".into(),
            roles: roles.iter().copied().collect(),
            password: Password::new(PASSWORD),
        };
        let added = self.accounts.add_user(new, Actor::CommandLine, NOW).await;
        added.expect("added")
    }

    async fn comes(&self, asked: SignIn, now: Timestamp) -> Result<SignedIn, SignInError> {
        self.accounts.sign_in(asked, now).await
    }

    async fn actions(&self) -> Vec<String> {
        let trail = self.store.audit_entries(0, 1_000).await.expect("read");
        trail.into_iter().map(|entry| entry.action).collect()
    }

    async fn end(self) {
        self.store.close().await;
        drop(self.folder);
    }
}

fn with(password: &str) -> SignIn {
    SignIn {
        address: ADDRESS.into(),
        password: Password::new(password),
        number: String::new(),
        from: IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7)),
        browser: "متصفح".into(),
        known_browser: None,
    }
}

fn later(minutes: i64) -> Timestamp {
    NOW.plus(minutes * 60 * Timestamp::SECOND)
}

async fn the_first_account_is_made_by_a_link(place: &Place) {
    let newsroom = Newsroom::open(place).await;
    let accounts = &newsroom.accounts;
    let make = |purpose| accounts.make_link(purpose, Actor::System, NOW);
    let first = make(LinkPurpose::FirstAccount).await.expect("made");
    let other = make(LinkPurpose::FirstAccount).await.expect("made");
    let invited = |password: &str| Invited {
        address: ADDRESS.into(),
        name: "ليلى حداد".into(),
        password: Password::new(password),
    };
    // What is refused does not use the link up.
    let refused = accounts
        .accept_invitation(&first, invited("قصيرة"), NOW)
        .await;
    assert!(
        matches!(
            refused,
            Err(AccountError::User(UserError::PasswordTooShort(_)))
        ),
        "{refused:?}"
    );
    let too_late = accounts
        .link(&first, NOW.plus(Timestamp::DAY))
        .await
        .expect("read");
    assert!(too_late.is_none());
    let id = accounts
        .accept_invitation(&first, invited(PASSWORD), NOW)
        .await
        .expect("made");
    let user = newsroom.store.user(id).await.expect("read").expect("there");
    assert!(user.roles.has(Role::Administrator) && user.roles.has(Role::ChiefEditor));
    for used in [&first, &other] {
        let again = accounts
            .accept_invitation(used, invited(PASSWORD), NOW)
            .await;
        assert!(matches!(again, Err(AccountError::NoLink)), "{again:?}");
    }
    let found = accounts.find("Layla@PAPER.example ").await.expect("read");
    assert_eq!(found.expect("there").id, id);
    assert_eq!(
        newsroom.actions().await,
        ["link.make", "link.make", "user.add"]
    );
    newsroom.end().await;
}

async fn somebody_signs_in_and_out(place: &Place) {
    let (newsroom, layla) = Newsroom::with_layla(place).await;
    let accounts = &newsroom.accounts;
    let one = newsroom.comes(with(PASSWORD), NOW).await.expect("in");
    let other = newsroom.comes(with(PASSWORD), NOW).await.expect("in");
    let whose = accounts.session(&one.token, NOW).await.expect("read");
    assert_eq!(whose.expect("open").1.id, layla);
    accounts
        .end_session(one.session.id, layla, Actor::User(layla), NOW)
        .await
        .expect("ended");
    let is_open = async |token| accounts.session(token, NOW).await.expect("read").is_some();
    assert!(!is_open(&one.token).await && is_open(&other.token).await);
    // Nobody ends the session of somebody else.
    let stranger = newsroom.add("omar@paper.example", &[Role::Reporter]).await;
    accounts
        .end_session(other.session.id, stranger, Actor::User(stranger), NOW)
        .await
        .expect("nothing to end");
    assert!(is_open(&other.token).await);
    for wrong in [
        with("قطار أحمر في محطة القمح"),
        SignIn {
            address: "nobody@paper.example".into(),
            ..with(PASSWORD)
        },
        SignIn {
            address: "no address".into(),
            ..with(PASSWORD)
        },
    ] {
        let refused = newsroom.comes(wrong, NOW).await;
        assert!(matches!(refused, Err(SignInError::Wrong)), "{refused:?}");
    }
    let wrong = accounts
        .confirm(&other.session, Password::new("غيرها"), later(20))
        .await;
    assert!(
        matches!(wrong, Err(AccountError::WrongPassword)),
        "{wrong:?}"
    );
    let session = async |now| {
        let open = accounts.session(&other.token, now).await.expect("read");
        open.expect("open").0
    };
    assert!(!session(later(20)).await.is_confirmed(later(20)));
    accounts
        .confirm(&other.session, Password::new(PASSWORD), later(20))
        .await
        .expect("confirmed");
    assert!(session(later(20)).await.is_confirmed(later(20)));
    let mut waits = 0;
    for _ in 0..15 {
        let guess = accounts.confirm(&other.session, Password::new("تخمين"), later(21));
        waits += i32::from(matches!(guess.await, Err(AccountError::Wait { .. })));
    }
    assert_eq!(waits, 5);
    let trail = newsroom.actions().await;
    let count = |what: &str| trail.iter().filter(|action| *action == what).count();
    assert_eq!(count("session.begin"), 2);
    assert_eq!(count("session.end"), 1);
    assert_eq!(count("session.fail"), 3 + 1 + 10);
    newsroom.end().await;
}

async fn a_session_ends_by_itself(place: &Place) {
    let (newsroom, _) = Newsroom::with_layla(place).await;
    let accounts = &newsroom.accounts;
    let one = newsroom.comes(with(PASSWORD), NOW).await.expect("in");
    let is_open = async |now| {
        let open = accounts.session(&one.token, now).await;
        open.expect("read").is_some()
    };
    let idle = sessions::IDLE_MAX;
    // Used every while, it goes on, and ends all the same.
    let mut now = NOW;
    while now.0 + idle / 2 < NOW.0 + sessions::LENGTH_MAX {
        now = now.plus(idle / 2);
        assert!(is_open(now).await, "{}", now.0 - NOW.0);
    }
    assert!(!is_open(NOW.plus(sessions::LENGTH_MAX)).await);
    let unused = newsroom.comes(with(PASSWORD), NOW).await.expect("in");
    let open = accounts.session(&unused.token, NOW.plus(idle)).await;
    assert!(open.expect("read").is_none());
    accounts
        .sweep(NOW.plus(2 * sessions::LENGTH_MAX))
        .await
        .expect("swept");
    let left = newsroom.store.sessions(one.user.id).await.expect("read");
    assert!(left.is_empty(), "{left:?}");
    newsroom.end().await;
}

/// A thousand guesses at one account from a hundred ranges, within a minute.
async fn guesses_reach_the_hash_a_few_times(place: &Place) {
    let (newsroom, _) = Newsroom::with_layla(place).await;
    let (mut looked_at, mut until_last) = (0, NOW);
    for guess in 0..1_000_u32 {
        let at = NOW.plus(i64::from(guess) * 50_000);
        let [_, _, range, host] = guess.to_be_bytes();
        let asked = SignIn {
            from: IpAddr::V4(Ipv4Addr::new(198, range, host % 100, 1)),
            ..with("لا أعرف كلمة المرور أبدا")
        };
        match newsroom.comes(asked, at).await {
            Err(SignInError::Wrong) => looked_at += 1,
            Err(SignInError::Wait { until }) => {
                assert!(until > at);
                until_last = until;
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(looked_at, 5);
    // The right password waits as well, and says nothing of being right.
    let at = later(1).plus(-Timestamp::SECOND);
    let early = newsroom.comes(with(PASSWORD), at).await;
    assert!(matches!(early, Err(SignInError::Wait { .. })), "{early:?}");
    newsroom
        .comes(with(PASSWORD), until_last)
        .await
        .expect("in");
    newsroom.end().await;
}

async fn guesses_at_the_same_moment_are_counted_one_by_one(place: &Place) {
    let (newsroom, _) = Newsroom::with_layla(place).await;
    let all: Vec<_> = (0..60)
        .map(|_| {
            let accounts = newsroom.accounts.clone();
            let asked = with("لا أعرف كلمة المرور أبدا");
            tokio::spawn(async move { accounts.sign_in(asked, NOW).await })
        })
        .collect();
    let mut looked_at = 0;
    for one in all {
        match one.await.expect("it ends") {
            Err(SignInError::Wrong) => looked_at += 1,
            Err(SignInError::Wait { .. }) => {}
            other => panic!("{other:?}"),
        }
    }
    assert!((1..=5).contains(&looked_at), "{looked_at}");
    newsroom.end().await;
}

async fn who_was_here_before_is_not_locked_out(place: &Place) {
    let (newsroom, _) = Newsroom::with_layla(place).await;
    let before = newsroom.comes(with(PASSWORD), NOW).await.expect("in");
    for _ in 0..9 {
        let guess = with("لا أعرف كلمة المرور أبدا");
        newsroom.comes(guess, NOW).await.expect_err("wrong");
    }
    let locked = newsroom.comes(with(PASSWORD), NOW).await;
    assert!(
        matches!(locked, Err(SignInError::Wait { .. })),
        "{locked:?}"
    );
    let known = |shown: &str| SignIn {
        known_browser: Some(shown.to_owned()),
        ..with(PASSWORD)
    };
    let shown = &before.known_browser;
    let again = newsroom.comes(known(shown), NOW).await.expect("in");
    assert_eq!(&again.known_browser, shown);
    // What was not given to this browser for this account is nothing.
    let omar = newsroom.add("omar@paper.example", &[Role::Reporter]).await;
    let as_omar = SignIn {
        address: "omar@paper.example".into(),
        from: IpAddr::V4(Ipv4Addr::new(203, 0, 113, 5)),
        ..known(shown)
    };
    let omars = newsroom.comes(as_omar, NOW).await.expect("in");
    assert_eq!(omars.user.id, omar);
    assert_ne!(&omars.known_browser, shown);
    for false_one in [&*omars.known_browser, "", ".", "x.y"] {
        let locked = newsroom.comes(known(false_one), NOW).await;
        assert!(
            matches!(locked, Err(SignInError::Wait { .. })),
            "{locked:?}"
        );
    }
    newsroom.end().await;
}

/// A range of addresses in which nobody has signed in.
fn elsewhere(range: u8) -> IpAddr {
    IpAddr::V4(Ipv4Addr::new(203, 0, range, 5))
}

/// Guesses at addresses of nobody, each from a range of its own, until one
/// waits; how many were looked at, and until when it waits.
async fn flood(newsroom: &Newsroom, now: Timestamp) -> (u8, Timestamp) {
    for guess in 0..100 {
        let asked = SignIn {
            address: format!("nobody{guess}@paper.example"),
            from: elsewhere(guess),
            ..with("لا أعرف كلمة المرور أبدا")
        };
        match newsroom.comes(asked, now).await {
            Err(SignInError::Wrong) => {}
            Err(SignInError::Crowd { until }) => return (guess, until),
            other => panic!("{other:?}"),
        }
    }
    panic!("a hundred guesses were looked at");
}

async fn strangers_wait_for_each_other_and_nobody_else_does(place: &Place) {
    let (newsroom, _) = Newsroom::with_layla(place).await;
    newsroom.add("omar@paper.example", &[Role::Reporter]).await;
    let before = newsroom.comes(with(PASSWORD), NOW).await.expect("in");
    let (looked_at, until) = flood(&newsroom, NOW).await;
    assert_eq!((looked_at, until), (6, later(1)));
    // In a new browser elsewhere: the same for somebody and for nobody, with
    // the right password and with another.
    for (address, password) in [
        ("omar@paper.example", PASSWORD),
        ("omar@paper.example", "لا أعرف كلمة المرور أبدا"),
        ("nobody@paper.example", PASSWORD),
    ] {
        let stranger = SignIn {
            address: address.into(),
            from: elsewhere(200),
            ..with(password)
        };
        let told = newsroom.comes(stranger, NOW).await;
        assert!(
            matches!(told, Err(SignInError::Crowd { until: at }) if at == until),
            "{told:?}"
        );
    }
    let known = SignIn {
        known_browser: Some(before.known_browser),
        from: elsewhere(201),
        ..with(PASSWORD)
    };
    newsroom.comes(known, NOW).await.expect("in");
    let new_at_home = SignIn {
        address: "omar@paper.example".into(),
        ..with(PASSWORD)
    };
    newsroom.comes(new_at_home, NOW).await.expect("in");
    // A minute later one stranger is looked at. Who knows the password leaves
    // the place to the next.
    let stranger = |range| SignIn {
        from: elsewhere(range),
        ..with(PASSWORD)
    };
    newsroom.comes(stranger(202), until).await.expect("in");
    newsroom.comes(stranger(203), until).await.expect("in");
    assert_eq!(flood(&newsroom, until).await, (1, later(2)));
    newsroom.end().await;
}

async fn who_comes_by_a_link_is_no_stranger(place: &Place) {
    let (newsroom, layla) = Newsroom::with_layla(place).await;
    flood(&newsroom, NOW).await;
    let accounts = &newsroom.accounts;
    let purpose = LinkPurpose::NewPassword(layla);
    let link = accounts.make_link(purpose, Actor::CommandLine, NOW).await;
    let new = "باب خشبي في حارة ضيقة";
    let set = accounts
        .accept_new_password(&link.expect("made"), Password::new(new), NOW)
        .await;
    let asked = SignIn {
        from: elsewhere(200),
        known_browser: Some(accounts.known_browser(set.expect("set"))),
        ..with(new)
    };
    newsroom.comes(asked, NOW).await.expect("in");
    newsroom.end().await;
}

async fn a_range_is_known_for_a_while(place: &Place) {
    let (newsroom, _) = Newsroom::with_layla(place).await;
    newsroom.comes(with(PASSWORD), NOW).await.expect("in");
    for (days, is_known) in [(90, true), (91 + 90, false)] {
        let now = NOW.plus(days * Timestamp::DAY);
        flood(&newsroom, now).await;
        let came = newsroom.comes(with(PASSWORD), now).await;
        let is_crowd = matches!(came, Err(SignInError::Crowd { .. }));
        assert!(is_known == came.is_ok() && is_known != is_crowd, "{came:?}");
    }
    newsroom.end().await;
}

async fn a_second_factor_is_asked_for(place: &Place) {
    let (newsroom, layla) = Newsroom::with_layla(place).await;
    let accounts = &newsroom.accounts;
    let factor = accounts.new_second_factor();
    let number = |now: Timestamp| factor.number(now);
    let wrong = accounts
        .set_second_factor(layla, &factor, "000 000x", NOW)
        .await;
    assert!(matches!(wrong, Err(AccountError::WrongNumber)), "{wrong:?}");
    let codes = accounts
        .set_second_factor(layla, &factor, &number(NOW), NOW)
        .await
        .expect("set");
    let asked = |number: &str| SignIn {
        number: number.to_owned(),
        ..with(PASSWORD)
    };
    let needed = newsroom.comes(with(PASSWORD), NOW).await;
    assert!(
        matches!(needed, Err(SignInError::NumberNeeded)),
        "{needed:?}"
    );
    // The number that set it up signs nobody in.
    let used = newsroom.comes(asked(&number(NOW)), NOW).await;
    assert!(matches!(used, Err(SignInError::WrongNumber)), "{used:?}");
    let at = later(1);
    newsroom.comes(asked(&number(at)), at).await.expect("in");
    let again = newsroom.comes(asked(&number(at)), at).await;
    assert!(matches!(again, Err(SignInError::WrongNumber)), "{again:?}");
    let code = codes.0[3].to_uppercase();
    newsroom.comes(asked(&code), at).await.expect("in");
    let again = newsroom.comes(asked(&code), at).await;
    assert!(matches!(again, Err(SignInError::WrongNumber)), "{again:?}");
    let left = newsroom.store.recovery_codes_left(layla).await;
    assert_eq!(left.expect("read"), 9);
    accounts
        .remove_second_factor(layla, Actor::User(layla), at)
        .await
        .expect("removed");
    newsroom.comes(with(PASSWORD), at).await.expect("in");
    newsroom.end().await;
}

async fn a_new_password_ends_all_sessions(place: &Place) {
    let (newsroom, layla) = Newsroom::with_layla(place).await;
    let accounts = &newsroom.accounts;
    let before = newsroom.comes(with(PASSWORD), NOW).await.expect("in");
    let make = || accounts.make_link(LinkPurpose::NewPassword(layla), Actor::CommandLine, NOW);
    let (link, twin) = (make().await.expect("made"), make().await.expect("made"));
    let new = "باب خشبي في حارة ضيقة";
    let whose = accounts
        .accept_new_password(&link, Password::new(new), NOW)
        .await
        .expect("set");
    assert_eq!(whose, layla);
    let open = accounts.session(&before.token, NOW).await.expect("read");
    assert!(open.is_none());
    for used in [&link, &twin] {
        let again = accounts
            .accept_new_password(used, Password::new(new), NOW)
            .await;
        assert!(matches!(again, Err(AccountError::NoLink)), "{again:?}");
    }
    let old = newsroom.comes(with(PASSWORD), NOW).await;
    assert!(matches!(old, Err(SignInError::Wrong)), "{old:?}");
    newsroom.comes(with(new), NOW).await.expect("in");
    newsroom.end().await;
}

async fn roles_and_states_change(place: &Place) {
    let (newsroom, layla) = Newsroom::with_layla(place).await;
    let accounts = &newsroom.accounts;
    let twin = accounts
        .add_user(
            NewUser {
                address: ADDRESS.into(),
                name: "غيرها".into(),
                roles: Roles::from_iter([Role::Editor]),
                password: Password::new(PASSWORD),
            },
            Actor::CommandLine,
            NOW,
        )
        .await;
    assert!(matches!(twin, Err(AccountError::AddressTaken)), "{twin:?}");
    let state = |id, state| accounts.set_user_state(id, state, Actor::CommandLine, NOW);
    let last = state(layla, UserState::Disabled).await;
    assert!(
        matches!(last, Err(AccountError::User(UserError::LastAdministrator))),
        "{last:?}"
    );
    let editor = Roles::from_iter([Role::Editor]);
    let last = accounts
        .set_roles(layla, editor, Actor::CommandLine, NOW)
        .await;
    assert!(
        matches!(last, Err(AccountError::User(UserError::LastAdministrator))),
        "{last:?}"
    );
    let omar = newsroom
        .add("omar@paper.example", &[Role::Administrator])
        .await;
    let session = newsroom.comes(with(PASSWORD), NOW).await.expect("in");
    accounts
        .set_roles(layla, editor, Actor::User(omar), NOW)
        .await
        .expect("changed");
    let open = accounts.session(&session.token, NOW).await.expect("read");
    assert_eq!(open.expect("open").1.roles, editor);
    state(layla, UserState::Disabled).await.expect("disabled");
    let open = accounts.session(&session.token, NOW).await.expect("read");
    assert!(open.is_none());
    let refused = newsroom.comes(with(PASSWORD), NOW).await;
    assert!(matches!(refused, Err(SignInError::Wrong)), "{refused:?}");
    state(layla, UserState::Active).await.expect("enabled");
    newsroom.comes(with(PASSWORD), NOW).await.expect("in");
    newsroom.end().await;
}
