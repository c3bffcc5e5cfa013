//! What is kept of a reader, asked for by a link.

use std::{net::IpAddr, time::Duration};

use actions::{
    accounts::Outbox,
    comments::{DataAsked, DataError},
};
use editorial::{ChangeKey, comment::DataRequest, email::EmailAddress};
use mail::{Mailer, Security, Server};
use testing::sink::{Caught, Mood, Sink};
use tokio::{sync::oneshot, task::JoinHandle};

use super::*;

on_both_engines! {
    a_reader_gets_a_link_by_letter
    who_has_nothing_here_gets_no_letter
    a_letter_is_tried_again_and_noted_by_the_number_of_its_request
    without_letters_a_request_waits
    it_is_asked_for_so_often_and_no_oftener
    what_is_handed_out_holds_no_address
    what_is_erased_is_gone
    an_address_is_exported_and_erased_from_here
}

const OMAR: &str = "omar@reader.example";

struct Working {
    end: oneshot::Sender<()>,
    working: JoinHandle<()>,
}

impl Working {
    async fn end(self) {
        let _ = self.end.send(());
        self.working.await.expect("it ends well");
    }
}

fn work(outbox: Outbox, waits: &'static [Duration]) -> Working {
    let (end, ended) = oneshot::channel();
    let working = tokio::spawn(outbox.run(|| NOW, waits, async {
        let _ = ended.await;
    }));
    Working { end, working }
}

impl Paper {
    fn with_letters(mut self, sink: &Sink) -> (Self, Outbox) {
        let server = Server {
            host: "127.0.0.1".into(),
            port: sink.address().port(),
            security: Security::None,
            login: None,
            sender: "news@paper.example".parse().expect("a sender"),
            authorities: Vec::new(),
            patience: Duration::from_secs(10),
        };
        let mailer = Mailer::new(server).expect("usable");
        let origin = "https://news.example".to_owned();
        let (accounts, outbox) = self.accounts.clone().with_letters(mailer, origin);
        self.comments = accounts.comments();
        self.accounts = accounts;
        (self, outbox)
    }

    async fn asks(&self, typed: &str, at: Timestamp) -> Result<DataAsked, DataError> {
        self.comments.ask_for_data(typed, at).await
    }

    /// Waits until the trail holds so many entries of an action.
    async fn waits_for(&self, action: &str, times: usize) -> Vec<Id> {
        for _ in 0..1_000 {
            let noted = self.noted(action).await;
            if noted.len() >= times {
                return noted.into_iter().map(|one| one.1).collect();
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{action} is not there {times} times");
    }

    /// A token of somebody who asked where no letters are sent.
    async fn link(&self, email: &str) -> Token {
        let DataAsked::Waits(request) = self.asks(email, NOW).await.expect("taken") else {
            panic!("no letters are sent");
        };
        let actor = Actor::User(id(7));
        let made = self.comments.link_to_data(request, email, actor, NOW);
        made.await.expect("made")
    }
}

fn token(caught: &Caught) -> Token {
    let path = caught.link();
    let text = path.strip_prefix("/comments/data/").expect("a link");
    Token::parse(text).expect("a token")
}

const SOON: [Duration; 1] = [Duration::from_millis(100)];
const MUCH_LATER: [Duration; 1] = [Duration::from_mins(10)];

async fn a_reader_gets_a_link_by_letter(place: &Place) {
    let sink = Sink::open().await;
    let (paper, outbox) = Paper::open(place).await.with_letters(&sink);
    let working = work(outbox, &SOON);
    let own = paper.taken(LAYLA, TEXTS[0]).await;
    let asked = paper.asks(" Layla@Reader.example ", NOW).await;
    assert_eq!(asked.expect("taken"), DataAsked::ByLetter);
    let caught = sink.letter(0).await;
    assert_eq!(caught.to, [format!("<{LAYLA}>")]);
    assert!(
        caught
            .words()
            .contains("https://news.example/comments/data/")
    );
    assert!(
        caught
            .header("Subject")
            .is_some_and(|it| it.contains("عنك"))
    );
    let first = token(&caught);
    let request = paper
        .comments
        .data_request(&first, NOW)
        .await
        .expect("it works");
    let kept = paper.comments.kept_of(&request.email.blind_index).await;
    assert_eq!(
        kept.expect("read")
            .iter()
            .map(|one| one.id)
            .collect::<Vec<_>>(),
        [own]
    );
    assert_eq!(paper.waits_for("letter.send", 1).await, [request.id]);
    let works = DataRequest::WORKS_FOR;
    assert!(
        paper
            .comments
            .data_request(&first, later(works - 1))
            .await
            .is_ok()
    );
    let late = paper.comments.data_request(&first, later(works)).await;
    assert!(matches!(late, Err(DataError::NoLink)), "{late:?}");
    // A newer link voids it.
    paper.asks(LAYLA, NOW).await.expect("taken");
    let second = token(&sink.letter(1).await);
    assert!(paper.comments.data_request(&second, NOW).await.is_ok());
    let void = paper.comments.data_request(&first, NOW).await;
    assert!(matches!(void, Err(DataError::NoLink)), "{void:?}");
    working.end().await;
    paper.end().await;
}

async fn who_has_nothing_here_gets_no_letter(place: &Place) {
    let sink = Sink::open().await;
    let (paper, outbox) = Paper::open(place).await.with_letters(&sink);
    paper.taken(LAYLA, TEXTS[0]).await;
    // The same answer, and the same kept by then: nobody looked yet.
    for address in [OMAR, LAYLA] {
        let asked = paper.asks(address, NOW).await.expect("taken");
        assert_eq!(asked, DataAsked::ByLetter);
    }
    assert_eq!(paper.store.data_requests(10).await.expect("read").len(), 2);
    let working = work(outbox, &SOON);
    // Behind the other in the queue: what was asked first was looked at.
    sink.letter(0).await;
    paper.waits_for("letter.send", 1).await;
    assert_eq!(sink.letters().len(), 1);
    assert_eq!(sink.letters()[0].to, [format!("<{LAYLA}>")]);
    assert_eq!(paper.store.data_requests(10).await.expect("read").len(), 1);
    let bad = paper.asks("layla", NOW).await;
    assert!(matches!(bad, Err(DataError::NoAddress)), "{bad:?}");
    working.end().await;
    paper.end().await;
}

async fn a_letter_is_tried_again_and_noted_by_the_number_of_its_request(place: &Place) {
    let sink = Sink::open().await;
    let (paper, outbox) = Paper::open(place).await.with_letters(&sink);
    paper.taken(LAYLA, TEXTS[0]).await;
    sink.set(Mood::Refuses(451));
    let working = work(outbox, &SOON);
    paper.asks(LAYLA, NOW).await.expect("taken");
    // Tried twice, and given up; the request is there for an administrator.
    let failed = paper.waits_for("letter.fail", 1).await;
    let requests = paper.store.data_requests(10).await.expect("read");
    assert_eq!(failed, [requests[0].id]);
    let made = paper
        .comments
        .link_to_data(failed[0], LAYLA, Actor::User(id(7)), NOW)
        .await;
    assert!(
        paper
            .comments
            .data_request(&made.expect("made"), NOW)
            .await
            .is_ok()
    );
    working.end().await;
    // What waits as all ends is noted as not sent.
    let (paper, outbox) = paper.with_letters(&sink);
    paper.asks(LAYLA, NOW).await.expect("taken");
    let working = work(outbox, &MUCH_LATER);
    working.end().await;
    let failed = paper.waits_for("letter.fail", 2).await;
    let requests = paper.store.data_requests(10).await.expect("read");
    assert_eq!(failed[1], requests[0].id);
    let trail = format!("{:?}", paper.trail().await);
    assert!(!trail.contains('@') && !trail.contains("layla"), "{trail}");
    paper.end().await;
}

async fn without_letters_a_request_waits(place: &Place) {
    let paper = Paper::open(place).await;
    paper.taken(LAYLA, TEXTS[0]).await;
    let mut numbers = Vec::new();
    for address in [LAYLA, OMAR] {
        match paper.asks(address, NOW).await.expect("taken") {
            DataAsked::Waits(number) => numbers.push(number),
            DataAsked::ByLetter => panic!("no letters are sent"),
        }
    }
    let requests = paper.store.data_requests(10).await.expect("read");
    assert!(requests.iter().all(|request| request.token.is_none()));
    let link = |address, at| {
        let actor = Actor::User(id(7));
        paper.comments.link_to_data(numbers[0], address, actor, at)
    };
    // Whoever asked with somebody else's address gets no link to his comments.
    let other = link(OMAR, NOW).await;
    assert!(matches!(other, Err(DataError::OtherAddress)), "{other:?}");
    let late = link(LAYLA, later(DataRequest::WORKS_FOR)).await;
    assert!(matches!(late, Err(DataError::NoRequest(_))), "{late:?}");
    assert!(paper.noted("link.make").await.is_empty());
    let first = link(LAYLA, NOW).await.expect("made");
    let second = link("LAYLA@reader.example", NOW).await.expect("made");
    let works = async |token| paper.comments.data_request(token, NOW).await.is_ok();
    assert_eq!((works(&first).await, works(&second).await), (false, true));
    let noted = paper.noted("link.make").await;
    let own = ("user:7".to_owned(), numbers[0], String::new());
    assert_eq!(noted, [own.clone(), own]);
    paper.end().await;
}

async fn it_is_asked_for_so_often_and_no_oftener(place: &Place) {
    let paper = Paper::open(place).await;
    paper.taken(LAYLA, TEXTS[0]).await;
    // Whether or not anything is kept.
    for address in [LAYLA, OMAR] {
        for _ in 0..3 {
            paper.asks(address, NOW).await.expect("taken");
        }
        let wait = paper.asks(address, NOW).await;
        let Err(DataError::Wait { until }) = wait else {
            panic!("{wait:?}");
        };
        assert!(until > NOW);
        paper.asks(address, until).await.expect("taken");
    }
    assert_eq!(paper.store.data_requests(10).await.expect("read").len(), 2);
    paper.end().await;
}

async fn what_is_handed_out_holds_no_address(place: &Place) {
    let paper = Paper::open(place).await;
    let shown = paper.shown(LAYLA, TEXTS[0]).await;
    let waits = paper.taken(LAYLA, TEXTS[1]).await;
    paper.taken(OMAR, TEXTS[2]).await;
    let link = paper.link(LAYLA).await;
    let kept = paper
        .comments
        .export_by_link(&link, "https://news.example", NOW);
    let kept = kept.await.expect("handed out");
    let numbers: Vec<Id> = kept.iter().map(|one| one.id).collect();
    assert_eq!(numbers, [shown, waits]);
    assert_eq!(kept[0].state, "approved");
    assert_eq!(kept[1].state, "waiting");
    assert_eq!(kept[0].headline, "خبر رقم 40");
    assert!(kept[0].article.starts_with("https://news.example/a/40/"));
    assert_eq!((&*kept[1].name, &*kept[1].text), ("قارئ", TEXTS[1]));
    let json = serde_json::to_string(&kept).expect("json");
    let row = paper.comment(shown).await;
    let email = row.email.expect("an address");
    for secret in [
        "layla",
        "reader.example",
        &email.sealed,
        &email.blind_index,
        &row.received.sender,
    ] {
        assert!(!json.contains(secret), "{json}");
    }
    let noted = paper.noted("comments.export").await;
    let request = paper
        .comments
        .data_request(&link, NOW)
        .await
        .expect("works");
    assert_eq!(noted, [("reader".into(), request.id, String::new())]);
    paper.end().await;
}

async fn what_is_erased_is_gone(place: &Place) {
    let paper = Paper::open(place).await;
    let shown = paper.shown(LAYLA, TEXTS[0]).await;
    let other = paper.shown(OMAR, TEXTS[1]).await;
    let link = paper.link(LAYLA).await;
    let request = paper
        .comments
        .data_request(&link, NOW)
        .await
        .expect("works");
    let before = *paper.store.position().borrow();
    let erased = paper.comments.erase_by_link(&link, NOW).await;
    assert_eq!(erased.expect("erased"), 1);
    // Every page that showed one is made anew.
    let changed = paper.store.changes_after(before).await.expect("read");
    for key in [ChangeKey::comments(id(ARTICLE)), ChangeKey::MODERATION] {
        assert!(changed.keys.contains(&key), "{key:?}");
    }
    let left = paper.comment(shown).await;
    assert_eq!(
        (left.name.as_str(), left.text.as_str(), left.email),
        ("", "", None)
    );
    let thread = paper.store.comment_thread(id(ARTICLE), 1, false).await;
    let lines = thread.expect("read").value.lines;
    assert_eq!(
        lines.iter().map(|line| line.id).collect::<Vec<_>>(),
        [other]
    );
    let again = paper.comments.erase_by_link(&link, NOW).await;
    assert!(matches!(again, Err(DataError::NoLink)), "{again:?}");
    let noted = paper.noted("comments.erase").await;
    assert_eq!(noted, [("reader".into(), request.id, String::new())]);
    assert!(
        paper
            .store
            .data_requests(10)
            .await
            .expect("read")
            .is_empty()
    );
    paper.end().await;
}

async fn an_address_is_exported_and_erased_from_here(place: &Place) {
    let paper = Paper::open(place).await;
    let own = paper.taken(LAYLA, TEXTS[0]).await;
    // One from elsewhere on the same day, under the same address.
    let mut second = sent(LAYLA, TEXTS[1]);
    second.from = IpAddr::V4(Ipv4Addr::new(198, 51, 100, 9));
    let newest = paper.takes(second, NOW).await.expect("taken").id;
    let address = EmailAddress::parse(LAYLA).expect("an address");
    let nobody = EmailAddress::parse(OMAR).expect("an address");
    let actor = Actor::CommandLine;
    let comments = &paper.comments;
    let kept = comments
        .export_of(&address, actor, NOW)
        .await
        .expect("read");
    assert_eq!(
        kept.iter().map(|one| one.id).collect::<Vec<_>>(),
        [own, newest]
    );
    assert!(
        comments
            .export_of(&nobody, actor, NOW)
            .await
            .expect("read")
            .is_empty()
    );
    assert_eq!(
        comments.erase_of(&nobody, actor, NOW).await.expect("done"),
        0
    );
    assert_eq!(
        comments.erase_of(&address, actor, NOW).await.expect("done"),
        2
    );
    assert_eq!(
        comments.erase_of(&address, actor, NOW).await.expect("done"),
        0
    );
    for number in [own, newest] {
        assert_eq!(paper.comment(number).await.email, None);
    }
    for action in ["comments.export", "comments.erase"] {
        let noted = paper.noted(action).await;
        assert_eq!(noted, [("cli".into(), newest, String::new())], "{action}");
    }
    paper.end().await;
}
