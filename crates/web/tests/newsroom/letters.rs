//! Links by letter, from the screens: invitations, resets, «forgot your password?».

use std::time::{Duration, Instant};

use editorial::accounts::Role;
use testing::sink::{Mood, Sink};

use crate::{
    browser::{Answer, Browser},
    desk::{self, Desk, PASSWORD},
    is_let_through, spellings,
};

const FORGOTTEN: &str = "/newsroom/forgotten";

/// A page without what is another for each browser.
fn plain(page: &Answer) -> String {
    let mark = "name=\"form\" value=\"";
    let mut parts = page.body.split(mark);
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.extend(part.chars().skip(43));
    }
    plain
}

async fn ask(desk: &Desk, address: &str) -> (Answer, Answer) {
    let mut browser = Browser::new(desk.address);
    let asked = browser
        .send("POST", FORGOTTEN, &[("address", address)])
        .await;
    let to = asked.header("location").unwrap_or(FORGOTTEN).to_owned();
    let page = browser.get(&to).await;
    (asked, page)
}

#[tokio::test]
async fn an_invitation_arrives_and_works_once() {
    let sink = Sink::open().await;
    let desk = Desk::with_letters(&sink).await;
    let mut browser = desk.signed_in(Role::Administrator).await;
    let users = browser.get("/newsroom/users").await;
    assert!(users.body.contains("name=\"address\""), "{}", users.body);
    let fields = [("role", "editor"), ("address", "omar@paper.example")];
    let sent = browser
        .send("POST", "/newsroom/users/invite", &fields)
        .await;
    assert_eq!(
        sent.header("location"),
        Some("/newsroom/users?done=mailed"),
        "{}",
        sent.body
    );
    let told = browser.get("/newsroom/users?done=mailed").await;
    assert!(told.body.contains("أُرسل الرابط بالبريد"));
    let caught = sink.letter(0).await;
    assert_eq!(caught.to, ["<omar@paper.example>"]);
    // The paper's own address, whatever host was asked.
    assert!(
        caught
            .words()
            .contains("https://news.example/newsroom/link/")
    );
    let mut colleague = Browser::new(desk.address);
    let person = [
        ("name", "عمر"),
        ("address", "omar@paper.example"),
        ("password", "باب خشبي في حارة ضيقة"),
    ];
    let link = caught.link();
    assert_eq!(colleague.send("POST", &link, &person).await.status, 303);
    assert_eq!(colleague.send("POST", &link, &person).await.status, 404);
    let entered = colleague.send("POST", "/newsroom/sign-in", &person).await;
    assert_eq!(entered.header("location"), Some("/newsroom"));
    // Without an address it is shown, as where no mail is sent.
    let shown = browser
        .send("POST", "/newsroom/users/invite", &[("role", "editor")])
        .await;
    assert!(shown.status == 200 && shown.body.contains("/newsroom/link/"));
    let bad = [("role", "editor"), ("address", "omar")];
    let refused = browser.send("POST", "/newsroom/users/invite", &bad).await;
    assert_eq!(refused.status, 422);
    desk.end().await;
}

#[tokio::test]
async fn where_the_server_is_down_the_link_is_shown() {
    let sink = Sink::open().await;
    let desk = Desk::with_letters(&sink).await;
    let mut browser = desk.signed_in(Role::Administrator).await;
    sink.set(Mood::Refuses(451));
    let user = {
        let users = browser.get("/newsroom/users").await;
        let mark = "name=\"user\" value=\"";
        let at = users.body.find(mark).expect("a user") + mark.len();
        let digits = users.body[at..].chars();
        digits.take_while(char::is_ascii_digit).collect::<String>()
    };
    let fields = [("user", &*user)];
    let shown = browser.send("POST", "/newsroom/users/reset", &fields).await;
    assert_eq!(shown.status, 200);
    assert!(shown.body.contains("/newsroom/link/") && shown.body.contains("451"));
    assert!(!shown.body.contains('@'), "{}", shown.body);
    let users = browser.get("/newsroom/users").await;
    assert!(users.body.contains("آخر رسالة لم تُرسل"), "{}", users.body);
    let trail = browser.get("/newsroom/trail").await;
    assert!(trail.body.contains("لم تُرسل رسالة") && !trail.body.contains('@'));
    sink.set(Mood::Takes);
    let sent = browser.send("POST", "/newsroom/users/reset", &fields).await;
    assert_eq!(sent.header("location"), Some("/newsroom/users?done=mailed"));
    let users = browser.get("/newsroom/users").await;
    assert!(!users.body.contains("آخر رسالة لم تُرسل"));
    desk.end().await;
}

#[tokio::test]
async fn who_forgot_his_password_sets_another() {
    let sink = Sink::open().await;
    let desk = Desk::with_letters(&sink).await;
    let mut inside = desk.signed_in(Role::Editor).await;
    let mut browser = Browser::new(desk.address);
    let door = browser.get("/newsroom/sign-in").await;
    assert!(door.body.contains("href=\"/newsroom/forgotten\""));
    let (asked, page) = ask(&desk, &desk::address_of(Role::Editor)).await;
    assert_eq!(
        asked.header("location"),
        Some("/newsroom/forgotten?done=asked")
    );
    assert!(page.body.contains("إن كان لهذا البريد حساب"));
    let link = sink.letter(0).await.link();
    assert_eq!(inside.get("/newsroom").await.status, 200);
    let new = [("password", "باب خشبي في حارة ضيقة")];
    assert_eq!(browser.send("POST", &link, &new).await.status, 303);
    assert_eq!(browser.send("POST", &link, &new).await.status, 404);
    assert_eq!(inside.get("/newsroom").await.status, 303);
    let address = desk::address_of(Role::Editor);
    let old = [("address", &*address), ("password", PASSWORD)];
    let refused = browser.send("POST", "/newsroom/sign-in", &old).await;
    assert_eq!(refused.status, 403);
    let fields = [("address", &*address), new[0]];
    let entered = browser.send("POST", "/newsroom/sign-in", &fields).await;
    assert_eq!(entered.header("location"), Some("/newsroom"));
    desk.end().await;
}

/// Neither by what is answered nor by how long it takes.
#[tokio::test]
async fn nobody_learns_who_has_an_account() {
    let sink = Sink::open().await;
    let desk = Desk::with_letters(&sink).await;
    let known = desk::address_of(Role::Moderator);
    let (mut answers, mut pages) = (Vec::new(), Vec::new());
    for address in [&*known, "nobody@paper.example"] {
        for _ in 0..4 {
            let (asked, page) = ask(&desk, address).await;
            let to = asked.header("location").map(str::to_owned);
            let told = plain(&asked).replace(address, "…");
            answers.push((asked.status, to, told));
            pages.push(plain(&page));
        }
    }
    // Three times, and then to wait.
    assert_eq!(answers.iter().filter(|asked| asked.0 == 303).count(), 6);
    assert_eq!(answers[3].0, 429);
    assert_eq!(answers[..4], answers[4..]);
    assert_eq!(pages[..4], pages[4..]);
    sink.letter(2).await;
    assert!(
        sink.letters()
            .iter()
            .all(|caught| caught.to == [format!("<{known}>")])
    );
    desk.end().await;

    // A server that answers nothing holds nobody up who asks.
    sink.set(Mood::Silent);
    let desk = Desk::with_letters(&sink).await;
    let mut times = [Vec::new(), Vec::new()];
    for number in 0..3 {
        for (time, address) in times.iter_mut().zip([&*known, "nobody@paper.example"]) {
            let mut browser = Browser::new(desk.address);
            let form = browser.form_of(FORGOTTEN).await;
            let fields = [("form", &*form), ("address", address)];
            let headers = [("sec-fetch-site", "same-origin")];
            let began = Instant::now();
            let asked = browser.raw("POST", FORGOTTEN, &headers, &fields).await;
            time.push(began.elapsed());
            assert_eq!(asked.status, 303, "{number}");
        }
    }
    let fastest = times.map(|time| *time.iter().min().expect("some"));
    let ratio = fastest[0].as_secs_f64() / fastest[1].as_secs_f64();
    assert!((0.33..3.0).contains(&ratio), "{fastest:?}");
    assert!(fastest[0] < Duration::from_secs(1), "{fastest:?}");
    desk.end().await;
}

#[tokio::test]
async fn it_stands_at_one_address_and_only_where_mail_is_sent() {
    let sink = Sink::open().await;
    let (with, without) = (Desk::with_letters(&sink).await, Desk::open().await);
    let methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"];
    let mut tried = 0;
    for (desk, sends) in [(&with, true), (&without, false)] {
        for (spelling, is_right) in spellings(FORGOTTEN) {
            for method in methods {
                let mut browser = Browser::new(desk.address);
                let answer = browser
                    .send(method, &spelling, &[("address", "nobody")])
                    .await;
                let expected = sends && is_right && matches!(method, "GET" | "POST");
                assert_eq!(
                    is_let_through(&answer),
                    expected,
                    "{method} {spelling}: {}",
                    answer.status
                );
                tried += 1;
            }
        }
    }
    assert_eq!(tried, 2 * 8 * 7);
    let mut browser = Browser::new(without.address);
    let door = browser.get("/newsroom/sign-in").await;
    assert!(!door.body.contains(FORGOTTEN));
    // Over a plain connection from elsewhere nothing is asked.
    browser.host = "news.example".into();
    assert_eq!(browser.get(FORGOTTEN).await.status, 403);
    with.end().await;
    without.end().await;
}
