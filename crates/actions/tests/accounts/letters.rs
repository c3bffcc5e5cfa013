//! Links that go by letter, to a mail server that keeps them.

use std::time::Duration;

use actions::accounts::{Errand, Forgotten, Handed, Outbox};
use credentials::Token;
use mail::{Mailer, Security, Server, Undelivered};
use screens::Language;
use testing::sink::{Caught, Mood, Sink};
use tokio::{sync::oneshot, task::JoinHandle};

use super::*;

on_both_engines! {
    an_invitation_goes_by_letter
    a_link_to_a_new_password_goes_to_its_user
    what_is_not_mailed_is_handed_back
    who_forgot_his_password_gets_a_link
    nobody_and_who_is_disabled_get_nothing
    letters_are_asked_for_so_often_and_no_oftener
    a_letter_is_tried_again_and_given_up
}

const WAITS: [Duration; 2] = [Duration::from_millis(20); 2];
const SOON: [Duration; 1] = [Duration::from_millis(200)];
const MUCH_LATER: [Duration; 1] = [Duration::from_mins(10)];

/// The outbox at work.
struct Working {
    end: oneshot::Sender<()>,
    working: JoinHandle<()>,
}

impl Working {
    fn on(outbox: Outbox, waits: &'static [Duration]) -> Self {
        let (end, ended) = oneshot::channel();
        let working = tokio::spawn(outbox.run(|| NOW, waits, async {
            let _ = ended.await;
        }));
        Self { end, working }
    }

    async fn end(self) {
        let _ = self.end.send(());
        self.working.await.expect("it ends well");
    }
}

impl Newsroom {
    /// With letters, to a sink or to where none is.
    fn with_letters(mut self, port: u16) -> (Self, Outbox) {
        let server = Server {
            host: "127.0.0.1".into(),
            port,
            security: Security::None,
            login: None,
            sender: "news@paper.example".parse().expect("a sender"),
            authorities: Vec::new(),
            patience: Duration::from_secs(10),
        };
        let mailer = Mailer::new(server).expect("usable");
        let origin = "https://news.example".to_owned();
        let (accounts, outbox) = self.accounts.clone().with_letters(mailer, origin);
        self.accounts = accounts;
        (self, outbox)
    }

    /// Waits until the trail holds so many entries of an action.
    async fn noted(&self, action: &str, times: usize) {
        for _ in 0..1_000 {
            let trail = self.actions().await;
            if trail.iter().filter(|own| *own == action).count() >= times {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{action} is not there {times} times");
    }

    async fn forgets(&self, address: &str, now: Timestamp) -> Result<(), AccountError> {
        let asked = Forgotten {
            address: address.into(),
            from: IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7)),
            language: Language::Arabic,
        };
        self.accounts.ask_for_password(asked, now).await
    }
}

fn token(caught: &Caught) -> Token {
    let path = caught.link();
    let text = path.strip_prefix("/newsroom/link/").expect("a link");
    Token::parse(text).expect("a token")
}

fn invitation(address: &str) -> Errand {
    Errand {
        purpose: LinkPurpose::Invitation(Roles::from_iter([Role::Editor])),
        address: address.into(),
        language: Language::Arabic,
    }
}

async fn an_invitation_goes_by_letter(place: &Place) {
    let (newsroom, layla) = Newsroom::with_layla(place).await;
    let sink = Sink::open().await;
    let (newsroom, _outbox) = newsroom.with_letters(sink.address().port());
    let accounts = &newsroom.accounts;
    let hand = |address| accounts.hand_link(invitation(address), Actor::User(layla), NOW);
    let handed = hand(" omar@paper.example ").await.expect("made");
    assert!(matches!(handed, Handed::Mailed), "{handed:?}");
    let caught = sink.letter(0).await;
    assert_eq!(caught.to, ["<omar@paper.example>"]);
    let subject = caught.header("Subject").expect("a subject");
    assert!(subject.starts_with("دعوة إلى غرفة أخبار"), "{subject}");
    assert!(
        caught
            .words()
            .contains("\r\n\r\nhttps://news.example/newsroom/link/")
    );
    let omar = Invited {
        address: "omar@paper.example".into(),
        name: "عمر".into(),
        password: Password::new(PASSWORD),
    };
    let token = token(&caught);
    let accepted = accounts.accept_invitation(&token, omar.clone(), NOW).await;
    accepted.expect("made");
    let again = accounts.accept_invitation(&token, omar, NOW).await;
    assert!(matches!(again, Err(AccountError::NoLink)), "{again:?}");
    // Whoever has an account is not invited again; what is no address is none.
    let taken = hand(ADDRESS).await;
    assert!(
        matches!(taken, Err(AccountError::AddressTaken)),
        "{taken:?}"
    );
    for bad in ["omar", "o@p.example\r\nBcc: x@y.example", "a b@c.example"] {
        let refused = hand(bad).await;
        assert!(
            matches!(refused, Err(AccountError::NoAddress)),
            "{refused:?}"
        );
    }
    // Without an address it is shown.
    let shown = hand("").await.expect("made");
    assert!(
        matches!(shown, Handed::Shown { why: None, .. }),
        "{shown:?}"
    );
    assert_eq!(sink.letters().len(), 1);
    let trail = newsroom.actions().await;
    assert_eq!(
        trail,
        [
            "user.add",
            "link.make",
            "letter.send",
            "user.add",
            "link.make"
        ]
    );
    newsroom.end().await;
}

async fn a_link_to_a_new_password_goes_to_its_user(place: &Place) {
    let (newsroom, layla) = Newsroom::with_layla(place).await;
    let sink = Sink::open().await;
    let (newsroom, _outbox) = newsroom.with_letters(sink.address().port());
    let errand = Errand {
        purpose: LinkPurpose::NewPassword(layla),
        // Nobody else's address is taken for it.
        address: "evil@elsewhere.example".into(),
        language: Language::English,
    };
    let handed = newsroom
        .accounts
        .hand_link(errand, Actor::CommandLine, NOW)
        .await
        .expect("made");
    assert!(matches!(handed, Handed::Mailed), "{handed:?}");
    let caught = sink.letter(0).await;
    assert_eq!(caught.to, [format!("<{ADDRESS}>")]);
    assert!(
        caught.words().starts_with("Whoever keeps the accounts"),
        "{}",
        caught.words()
    );
    let whose = newsroom
        .accounts
        .accept_new_password(&token(&caught), Password::new("باب خشبي في حارة ضيقة"), NOW)
        .await;
    assert_eq!(whose.expect("set"), layla);
    newsroom.end().await;
}

async fn what_is_not_mailed_is_handed_back(place: &Place) {
    let (newsroom, layla) = Newsroom::with_layla(place).await;
    let sink = Sink::open().await;
    let (newsroom, _outbox) = newsroom.with_letters(sink.address().port());
    let accounts = &newsroom.accounts;
    let errand = Errand {
        purpose: LinkPurpose::NewPassword(layla),
        address: String::new(),
        language: Language::Arabic,
    };
    sink.set(Mood::Refuses(550));
    let handed = accounts.hand_link(errand.clone(), Actor::User(layla), NOW);
    let Handed::Shown { token, why } = handed.await.expect("made") else {
        panic!("it was refused");
    };
    assert_eq!(why, Some(Undelivered::Refused(550)));
    let trouble = accounts.trouble().expect("some");
    assert_eq!((trouble.at, trouble.why), (NOW, Undelivered::Refused(550)));
    assert!(accounts.link(&token, NOW).await.expect("read").is_some());
    let trail = newsroom.actions().await;
    assert_eq!(trail, ["user.add", "link.make", "letter.fail"]);
    // The server comes back, and the trouble is over.
    sink.set(Mood::Takes);
    let handed = accounts.hand_link(errand.clone(), Actor::User(layla), NOW);
    assert!(matches!(handed.await.expect("made"), Handed::Mailed));
    assert_eq!(accounts.trouble(), None);
    drop(sink);
    let handed = accounts.hand_link(errand, Actor::User(layla), NOW);
    let handed = handed.await.expect("made");
    assert!(
        matches!(
            handed,
            Handed::Shown {
                why: Some(Undelivered::Unreachable),
                ..
            }
        ),
        "{handed:?}"
    );
    newsroom.end().await;
}

async fn who_forgot_his_password_gets_a_link(place: &Place) {
    let (newsroom, layla) = Newsroom::with_layla(place).await;
    let sink = Sink::open().await;
    let (newsroom, outbox) = newsroom.with_letters(sink.address().port());
    let working = Working::on(outbox, &WAITS);
    let accounts = &newsroom.accounts;
    let factor = accounts.new_second_factor();
    accounts
        .set_second_factor(layla, &factor, &factor.number(NOW), NOW)
        .await
        .expect("set");
    let number = factor.number(later(1));
    let session = newsroom
        .comes(
            SignIn {
                number,
                ..with(PASSWORD)
            },
            later(1),
        )
        .await
        .expect("in");
    newsroom
        .forgets("Layla@Paper.example", NOW)
        .await
        .expect("asked");
    let first = token(&sink.letter(0).await);
    let given = accounts.make_link(LinkPurpose::NewPassword(layla), Actor::CommandLine, NOW);
    let given = given.await.expect("made");
    newsroom.forgets(ADDRESS, NOW).await.expect("asked");
    let second = sink.letter(1).await;
    assert_eq!(second.to, [format!("<{ADDRESS}>")]);
    let second = token(&second);
    // Asking again voids the older one, and none that somebody gave.
    let works = async |token: &Token, now| accounts.link(token, now).await.expect("read").is_some();
    assert!(!works(&first, NOW).await);
    assert!(works(&second, NOW).await && works(&given, NOW).await);
    assert!(works(&second, later(59)).await && !works(&second, later(60)).await);
    // Nobody is signed out by asking.
    let open = accounts.session(&session.token, later(1)).await;
    assert!(open.expect("read").is_some());
    let new = "باب خشبي في حارة ضيقة";
    let set = accounts
        .accept_new_password(&second, Password::new(new), NOW)
        .await;
    assert_eq!(set.expect("set"), layla);
    let open = accounts.session(&session.token, later(1)).await;
    assert!(open.expect("read").is_none());
    for void in [&first, &second, &given] {
        let again = accounts
            .accept_new_password(void, Password::new(new), NOW)
            .await;
        assert!(matches!(again, Err(AccountError::NoLink)), "{again:?}");
    }
    // The second factor is asked for as before.
    let asked = newsroom.comes(with(new), later(2)).await;
    assert!(matches!(asked, Err(SignInError::NumberNeeded)), "{asked:?}");
    let number = factor.number(later(3));
    let in_again = SignIn {
        number,
        ..with(new)
    };
    newsroom.comes(in_again, later(3)).await.expect("in");
    newsroom.noted("letter.send", 2).await;
    newsroom.noted("user.password-ask", 2).await;
    working.end().await;
    newsroom.end().await;
}

async fn nobody_and_who_is_disabled_get_nothing(place: &Place) {
    let (newsroom, layla) = Newsroom::with_layla(place).await;
    let omar = newsroom.add("omar@paper.example", &[Role::Editor]).await;
    let sink = Sink::open().await;
    let (newsroom, outbox) = newsroom.with_letters(sink.address().port());
    let working = Working::on(outbox, &WAITS);
    let accounts = &newsroom.accounts;
    newsroom
        .forgets("omar@paper.example", NOW)
        .await
        .expect("asked");
    let link = token(&sink.letter(0).await);
    accounts
        .set_user_state(omar, UserState::Disabled, Actor::User(layla), NOW)
        .await
        .expect("disabled");
    // What was on its way is void.
    assert!(accounts.link(&link, NOW).await.expect("read").is_none());
    for address in ["omar@paper.example", "nobody@paper.example"] {
        newsroom.forgets(address, NOW).await.expect("asked");
    }
    newsroom.noted("user.password-ask", 3).await;
    // A letter to somebody comes after those two, and is the next there is.
    newsroom.forgets(ADDRESS, NOW).await.expect("asked");
    assert_eq!(sink.letter(1).await.to, [format!("<{ADDRESS}>")]);
    newsroom.noted("letter.send", 2).await;
    assert_eq!(sink.letters().len(), 2);
    let links = newsroom.store.one_time_links().await.expect("read");
    assert_eq!(links.len(), 1);
    let wrong = newsroom.forgets("no address", NOW).await;
    assert!(matches!(wrong, Err(AccountError::NoAddress)), "{wrong:?}");
    working.end().await;
    newsroom.end().await;
    // Where no mail is sent, nobody can ask.
    let plain = Newsroom::open(place).await;
    let none = plain.forgets(ADDRESS, NOW).await;
    assert!(matches!(none, Err(AccountError::NoLetters)), "{none:?}");
    plain.end().await;
}

async fn letters_are_asked_for_so_often_and_no_oftener(place: &Place) {
    let (newsroom, _) = Newsroom::with_layla(place).await;
    let sink = Sink::open().await;
    let (newsroom, outbox) = newsroom.with_letters(sink.address().port());
    let working = Working::on(outbox, &WAITS);
    for (address, at) in [(ADDRESS, NOW), ("nobody@paper.example", later(2))] {
        for _ in 0..3 {
            newsroom.forgets(address, at).await.expect("asked");
        }
        let until = match newsroom.forgets(address, at).await {
            Err(AccountError::Wait { until }) => until,
            other => panic!("{other:?}"),
        };
        // Nobody learns by it who has an account.
        assert_eq!(until, at.plus(60 * Timestamp::SECOND));
        newsroom.forgets(address, until).await.expect("asked");
    }
    // Signing in is not counted with it.
    newsroom.comes(with(PASSWORD), NOW).await.expect("in");
    // A range has its limit over all accounts.
    let mut waits = 0;
    for number in 0..40 {
        let address = format!("n{number}@paper.example");
        match newsroom.forgets(&address, later(4)).await {
            Ok(()) => newsroom.noted("user.password-ask", 8 + number + 1).await,
            Err(AccountError::Wait { .. }) => waits += 1,
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(waits, 40 - (30 - 8));
    newsroom.noted("letter.send", 4).await;
    working.end().await;
    assert_eq!(sink.letters().len(), 4);
    newsroom.end().await;
}

async fn a_letter_is_tried_again_and_given_up(place: &Place) {
    let (newsroom, layla) = Newsroom::with_layla(place).await;
    let sink = Sink::open().await;
    let (newsroom, outbox) = newsroom.with_letters(sink.address().port());
    let working = Working::on(outbox, &WAITS);
    // Refused for good, and three times for now.
    for (times, code) in [(1, 550), (2, 451)] {
        sink.set(Mood::Refuses(code));
        newsroom.forgets(ADDRESS, NOW).await.expect("asked");
        newsroom.noted("letter.fail", times).await;
        assert!(newsroom.accounts.trouble().is_some());
    }
    assert!(sink.letters().is_empty());
    working.end().await;

    // It comes with a later try; and what has not gone when all ends is noted.
    let port = sink.address().port();
    let (newsroom, outbox) = newsroom.with_letters(port);
    let working = Working::on(outbox, &SOON);
    newsroom.forgets(ADDRESS, NOW).await.expect("asked");
    newsroom.noted("user.password-ask", 3).await;
    while newsroom.accounts.trouble().is_none() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    sink.set(Mood::Takes);
    sink.letter(0).await;
    newsroom.noted("letter.send", 1).await;
    assert_eq!(newsroom.accounts.trouble(), None);
    working.end().await;

    sink.set(Mood::Refuses(451));
    let (newsroom, outbox) = newsroom.with_letters(port);
    let working = Working::on(outbox, &MUCH_LATER);
    newsroom.forgets(ADDRESS, later(1)).await.expect("asked");
    newsroom.noted("user.password-ask", 4).await;
    while newsroom.accounts.trouble().is_none() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    working.end().await;
    newsroom.noted("letter.fail", 3).await;
    let trail = newsroom.store.audit_entries(0, 100).await.expect("read");
    let failed = trail.iter().filter(|entry| entry.action == "letter.fail");
    assert!(failed.clone().all(|entry| entry.subject == layla));
    assert_eq!(failed.count(), 3);
    newsroom.end().await;
}
