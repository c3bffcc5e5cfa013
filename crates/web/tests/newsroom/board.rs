//! The ticker and the front page from outside: set by editors, and seen by readers
//! within a second.

use std::time::{Duration, Instant};

use editorial::accounts::Role;

use crate::{
    browser::{Answer, Browser},
    desk::Desk,
};

/// How soon something must show, and how long it is waited for at the most.
const SOON: Duration = Duration::from_secs(1);
const PATIENCE: Duration = Duration::from_secs(20);
const BOARD: &str = "/newsroom/ticker";

/// What is sent of a form.
type Fields<'a> = &'a [(&'a str, &'a str)];

/// What was said, without the signs that isolate values.
fn plain(answer: &Answer) -> String {
    answer.body.replace(['\u{2068}', '\u{2069}'], "")
}

fn says(answer: &Answer, words: &str) {
    let status = answer.status;
    assert!(
        plain(answer).contains(words),
        "{status} does not say {words}"
    );
}

/// Where each of the texts stands on a page: in this order, all of them.
fn in_order(page: &str, texts: &[&str]) -> bool {
    let places: Option<Vec<usize>> = texts.iter().map(|text| page.find(text)).collect();
    places.is_some_and(|places| places.is_sorted())
}

async fn act(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
    let answer = browser.send("POST", path, fields).await;
    assert_eq!(answer.status, 303, "{path}: {}", answer.body);
    let to = answer.header("location").expect("a place").to_owned();
    browser.get(&to).await
}

/// Waits until the front page is as wanted; how long it took.
async fn until(reader: &mut Browser, is_so: impl Fn(&str) -> bool) -> Duration {
    let began = Instant::now();
    loop {
        let page = reader.get("/").await;
        if page.status == 200 && is_so(&page.body) {
            return began.elapsed();
        }
        assert!(began.elapsed() < PATIENCE, "it does not show");
    }
}

/// The number of the line that says `text`.
fn number(board: &Answer, text: &str) -> String {
    let before = board.body.find(text).map(|at| &board.body[..at]);
    let from = before.and_then(|before| before.rsplit("data-id=\"").next());
    from.and_then(|rest| rest.split('"').next())
        .expect("a line")
        .to_owned()
}

/// The order in which the lines of the board were seen.
fn seen(board: &Answer) -> String {
    let mark = "name=\"seen\" value=\"";
    let at = board.body.find(mark).expect("an order") + mark.len();
    board.body[at..].split('"').next().expect("one").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_headline_from_its_push_to_its_recall() {
    for (place, desk) in Desk::on_each_engine().await {
        desk.publish(600).await;
        let mut editor = desk.signed_in(Role::Editor).await;
        let mut reader = Browser::new(desk.address);
        let mut stream = reader.events("/live/ticker").await;
        assert!(stream.hold("retry:").await);
        for text in ["الخبر الأول", "الخبر الثاني", "الخبر الثالث"]
        {
            let fields = [("text", text), ("url", "600"), ("stays", "keep")];
            let began = Instant::now();
            let board = act(&mut editor, "/newsroom/ticker/push", &fields).await;
            says(&board, "الخبر في الشريط.");
            let told = tokio::time::timeout(PATIENCE, stream.hold(text));
            assert!(told.await.expect("in time"));
            until(&mut reader, |page| page.contains(text)).await;
            assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
        }
        let board = editor.get(BOARD).await;
        let newest_first = ["الخبر الثالث", "الخبر الثاني", "الخبر الأول"];
        assert!(in_order(&board.body, &newest_first));
        says(&board, "href=\"/a/600/");

        // Moved up, by the button of a page without script; then to the top.
        let first = number(&board, "الخبر الأول");
        let seen_before = seen(&board);
        let fields = [("seen", &*seen_before), ("line", &*first), ("to", "up")];
        let board = act(&mut editor, "/newsroom/ticker/move", &fields).await;
        says(&board, "نُقل الخبر.");
        assert!(in_order(
            &board.body,
            &["الخبر الثالث", "الخبر الأول", "الخبر الثاني"]
        ));
        let now_seen = seen(&board);
        let fields = [("seen", &*now_seen), ("line", &*first), ("to", "0")];
        act(&mut editor, "/newsroom/ticker/move", &fields).await;
        let wanted = ["الخبر الأول", "الخبر الثالث", "الخبر الثاني"];
        let took = until(&mut reader, |page| in_order(page, &wanted)).await;
        assert!(took < SOON, "{took:?}");
        // Of what was seen before, nothing is moved any more.
        let fields = [("seen", &*seen_before), ("line", &*first), ("to", "up")];
        let conflict = editor.send("POST", "/newsroom/ticker/move", &fields).await;
        assert_eq!(conflict.status, 409);
        says(&conflict, "غيّر غيرك الشريط");
        assert!(in_order(&conflict.body, &wanted));
        // What is pushed comes above; the rest keeps its order.
        let fields = [("text", "الخبر الرابع"), ("stays", "60")];
        let board = act(&mut editor, "/newsroom/ticker/push", &fields).await;
        assert!(in_order(
            &board.body,
            &["الخبر الرابع", "الخبر الأول", "الخبر الثالث", "الخبر الثاني"]
        ));
        says(&board, "بعد 60 دقيقة");

        // Urgent, changed, recalled: each as it was seen.
        let urgent = format!("/newsroom/ticker/urgent/{first}");
        let fields = [("version", "1"), ("urgent", "1")];
        says(&act(&mut editor, &urgent, &fields).await, "صار الخبر عاجلًا.");
        let took = until(&mut reader, |page| {
            page.contains("<b class=\"urgent\">عاجل</b> <a href=\"/a/600/")
        })
        .await;
        assert!(took < SOON, "{took:?}");
        assert_eq!(editor.send("POST", &urgent, &fields).await.status, 409);
        let edit = format!("/newsroom/ticker/edit/{first}");
        let form = editor.get(&edit).await;
        says(&form, "الخبر الأول</textarea>");
        let mut other = desk.signed_in(Role::ChiefEditor).await;
        let fields = [("seen", "2"), ("text", "نص الرئيس"), ("stays", "keep")];
        act(&mut other, &edit, &fields).await;
        let fields = [("seen", "2"), ("text", "نص المحرر"), ("stays", "keep")];
        let conflict = editor.send("POST", &edit, &fields).await;
        assert_eq!(conflict.status, 409);
        says(&conflict, "نص المحرر</textarea>");
        says(&conflict, "<bdi>نص الرئيس</bdi>");
        let fields = [("seen", "3"), fields[1], fields[2]];
        act(&mut editor, &edit, &fields).await;
        let took = until(&mut reader, |page| page.contains("نص المحرر")).await;
        assert!(took < SOON, "{took:?}");
        let recall = format!("/newsroom/ticker/recall/{first}");
        let stale = editor.send("POST", &recall, &[("version", "3")]).await;
        assert_eq!(stale.status, 409);
        let board = act(&mut editor, &recall, &[("version", "4")]).await;
        says(&board, "أُزيل الخبر من الشريط.");
        let took = until(&mut reader, |page| !page.contains("نص المحرر")).await;
        assert!(took < SOON, "{took:?}");
        // What is typed for a line that is gone is not lost.
        let typed = [("seen", "4"), ("text", "ما كتبته"), ("stays", "keep")];
        let gone = editor.send("POST", &edit, &typed).await;
        assert_eq!(gone.status, 404);
        says(&gone, "ما كتبته</textarea>");
        let trail = other.get("/newsroom/trail").await;
        for did in ["دفع خبرًا", "نقل خبرًا", "عدّل خبرًا", "أزال خبرًا"]
        {
            says(&trail, did);
        }
        desk.end().await;
        place.end().await;
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_headline_stands_beside_it() {
    let desk = Desk::open().await;
    let mut editor = desk.signed_in(Role::Editor).await;
    let long = "خ".repeat(301);
    let cases: [(Fields, &str); 6] = [
        (&[("text", " ")], "اكتب الخبر."),
        (&[("text", &long)], "في الخبر 301 حرفًا"),
        (
            &[("text", "خبر"), ("url", "javascript:x")],
            "ليس هذا عنوانًا. اكتب رقم مقال",
        ),
        (&[("text", "خبر"), ("url", "999")], "لا شيء منشورًا هنا: 999"),
        (
            &[
                ("text", "خبر"),
                ("stays", "at"),
                ("until", "2001-01-01T00:00"),
            ],
            "مضى هذا الموعد",
        ),
        (&[("text", "خبر"), ("stays", "at")], "اكتب يوم المغادرة"),
    ];
    for (fields, words) in cases {
        let refused = editor.send("POST", "/newsroom/ticker/push", fields).await;
        assert_eq!(refused.status, 422, "{words}");
        says(&refused, words);
        says(&refused, "aria-invalid=\"true\"");
        says(&refused, fields[0].1.trim());
    }
    assert!(
        desk.store()
            .ticker_items(crate::desk::now())
            .await
            .expect("read")
            .is_empty()
    );
    // An old form loses nothing either.
    let here = [("sec-fetch-site", "same-origin")];
    let fields = [("form", "x"), ("text", "خبر لم يُدفع")];
    let stale = editor
        .raw("POST", "/newsroom/ticker/push", &here, &fields)
        .await;
    assert_eq!(stale.status, 403);
    says(&stale, "خبر لم يُدفع</textarea>");
    let mut nobody = Browser::new(desk.address);
    let kept = nobody
        .raw("POST", "/newsroom/ticker/push", &here, &fields)
        .await;
    assert!(matches!(kept.status, 401 | 403));
    says(&kept, "خبر لم يُدفع");
    desk.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_editors_push_is_told_at_once() {
    let desk = Desk::open().await;
    let browser = desk.signed_in(Role::Editor).await;
    let mut stream = browser.events("/newsroom/ticker/live").await;
    assert!(stream.hold("retry:").await);
    let mut other = desk.signed_in(Role::ChiefEditor).await;
    let began = Instant::now();
    let fields = [("text", "خبر من زميل"), ("stays", "keep")];
    act(&mut other, "/newsroom/ticker/push", &fields).await;
    let told = tokio::time::timeout(PATIENCE, stream.hold("event: changed"));
    assert!(told.await.expect("in time"));
    assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
    // Nothing of what was written is in it.
    assert!(!stream.hold_now("خبر"));
    desk.end().await;
}

/// The number of each story on the front page, as often as it stands there.
fn stories(page: &str) -> Vec<i64> {
    let main = page.split("<main").nth(1).unwrap_or_default();
    let links = main
        .split("<h2><a href=\"/a/")
        .flat_map(|part| part.split("<h3><a href=\"/a/"));
    let number = |part: &str| part.split('/').next()?.parse().ok();
    links.skip(1).filter_map(number).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_front_page_set_by_hand_and_for_a_moment_ahead() {
    let desk = Desk::alone().await;
    for number in [600, 610, 620, 630] {
        desk.publish(number).await;
    }
    let mut editor = desk.signed_in(Role::Editor).await;
    let mut reader = Browser::new(desk.address);
    let board = editor.get("/newsroom/front").await;
    says(&board, "لا شيء مختارًا");
    says(&board, "name=\"story\" value=\"600\"");
    // By a button, by an address, by a number.
    for (seen, field, value) in [
        ("", "story", "600"),
        ("600", "typed", "https://news.example/a/610/x"),
        ("600-610", "typed", "620"),
    ] {
        let fields = [("seen", seen), (field, value)];
        let board = act(&mut editor, "/newsroom/front/add", &fields).await;
        says(&board, "أُضيف الخبر.");
    }
    let took = until(&mut reader, |page| stories(page)[..3] == [600, 610, 620]).await;
    assert!(took < SOON, "{took:?}");
    let fields = [("seen", "600-610-620"), ("line", "620"), ("to", "0")];
    act(&mut editor, "/newsroom/front/move", &fields).await;
    let took = until(&mut reader, |page| stories(page) == [620, 600, 610, 630]).await;
    assert!(took < SOON, "{took:?}");
    // Refused in words: seen otherwise, twice, nothing there.
    let cases: [(Fields, u16, &str); 4] = [
        (
            &[("seen", "600-610-620"), ("story", "630")],
            409,
            "غيّر غيرك",
        ),
        (&[("seen", "620-600-610"), ("typed", "600")], 422, "من قبل"),
        (
            &[("seen", "620-600-610"), ("typed", "999")],
            422,
            "لا خبر منشورًا هنا: 999",
        ),
        (
            &[("seen", "620-600-610"), ("typed", "/nowhere")],
            422,
            "/nowhere",
        ),
    ];
    for (fields, status, words) in cases {
        let refused = editor.send("POST", "/newsroom/front/add", fields).await;
        assert_eq!(refused.status, status, "{words}");
        says(&refused, words);
    }
    // A withdrawn one leaves by itself, and comes back with its article.
    let mut chief = desk.signed_in(Role::ChiefEditor).await;
    let withdrawn = chief
        .send("POST", "/newsroom/articles/withdraw/600", &[])
        .await;
    assert_eq!(withdrawn.status, 303);
    let took = until(&mut reader, |page| stories(page) == [620, 610, 630]).await;
    assert!(took < SOON, "{took:?}");
    says(&editor.get("/newsroom/front").await, "لا يراه القراء الآن");
    let fields = [("seen", "620-600-610"), ("line", "600")];
    act(&mut editor, "/newsroom/front/remove", &fields).await;

    // For a moment ahead: a copy of what is chosen, set as one likes.
    let past = [("at", "2001-01-01T00:00")];
    let refused = editor.send("POST", "/newsroom/front/schedule", &past).await;
    assert_eq!(refused.status, 422);
    says(&refused, "مضى هذا الموعد");
    says(&refused, "value=\"2001-01-01T00:00\"");
    let ahead = [("at", "2025-10-10T08:00")];
    let made = editor
        .send("POST", "/newsroom/front/schedule", &ahead)
        .await;
    let to = made.header("location").expect("its board").to_owned();
    says(&editor.get(&to).await, "الصفحة جاهزة لموعدها");
    let again = editor
        .send("POST", "/newsroom/front/schedule", &ahead)
        .await;
    says(&again, "لهذا الموعد صفحة من قبل");
    let (_, from) = to.split_once("from=").expect("a moment");
    let from = from.split('&').next().expect("one");
    let path = format!("/newsroom/front/move?from={from}");
    let fields = [("seen", "620-610"), ("line", "610"), ("to", "up")];
    act(&mut editor, &path, &fields).await;
    let page = reader.get("/").await;
    assert_eq!(stories(&page.body), [620, 610, 630], "not yet");
    crate::desk::later(2 * 86_400);
    let took = until(&mut reader, |page| stories(page)[..2] == [610, 620]).await;
    assert!(took < SOON, "{took:?}");
    let gone = editor.get(&to).await;
    assert!(matches!(gone.status, 303 | 404), "{}", gone.status);
    desk.end().await;
}
