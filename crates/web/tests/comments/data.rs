//! `/comments/data`: asked for, handed out and erased by a link.

use std::time::{Duration, Instant};

use editorial::{comment::Decision, urls::Url};
use testing::sink::Sink;

use crate::paper::{ARTICLE, Paper, Reader, between, id};

const LAYLA: &str = "layla@reader.example";
const NOBODY: &str = "nobody@reader.example";
const SHOWN: &str = "شكرًا على هذا التقرير الواضح";
const WAITING: &str = "أين كانت البلدية حين انقطع الماء؟";

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_gets_and_erases_what_is_kept_of_him() {
    let sink = Sink::open().await;
    let paper = Paper::open(Some(&sink)).await;
    paper.comment(LAYLA, SHOWN, Some(Decision::Approve)).await;
    paper.comment(LAYLA, WAITING, None).await;
    let other = "مررت بالسوق أمس ولم أجد فيه أحدًا";
    paper.comment(NOBODY, other, Some(Decision::Approve)).await;
    let article = Url::Article(id(ARTICLE), "ماء".into()).to_string();
    let mut reader = Reader::new(&paper, 1);
    let before = reader.get(&article).await;
    assert!(before.body.contains(SHOWN) && !before.body.contains(WAITING));

    let asked = reader.asks(LAYLA).await;
    assert_eq!(asked.status, 200);
    assert!(asked.body.contains("إن كنّا نحفظ شيئًا لهذا العنوان"));
    assert!(!asked.body.contains("reader.example") && asked.header("set-cookie").is_none());
    let link = sink.letter(0).await.link();
    let page = reader.get(&link).await;
    assert_eq!(page.status, 200);
    for (name, value) in [
        ("cache-control", "no-store"),
        ("x-robots-tag", "noindex"),
        ("referrer-policy", "same-origin"),
    ] {
        let told = page.header(name).unwrap_or_default();
        assert!(told.contains(value), "{name}: {told}");
    }
    for words in [
        SHOWN,
        WAITING,
        "منشور",
        "ينتظر هيئة التحرير",
        "تعليقان",
        "عودة الماء",
    ] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    assert!(
        !page.body.contains(other) && !page.body.contains("reader.example"),
        "{}",
        page.body
    );

    let copy = reader.get(&format!("{link}?download")).await;
    let disposition = copy.header("content-disposition").unwrap_or_default();
    assert!(disposition.starts_with("attachment"), "{disposition}");
    let told: serde_json::Value = serde_json::from_str(&copy.body).expect("json");
    let comments = told["comments"].as_array().expect("a list");
    assert_eq!(comments.len(), 2);
    assert_eq!(
        (&comments[0]["text"], &comments[0]["state"]),
        (&SHOWN.into(), &"approved".into())
    );
    let address = comments[0]["article"].as_str().expect("an address");
    assert!(
        address.starts_with("https://news.example/a/40/"),
        "{address}"
    );
    assert!(
        !copy.body.contains('@') && !copy.body.contains("198.51"),
        "{}",
        copy.body
    );

    // Asked once more, from here alone; nothing is gone by then.
    let elsewhere = reader.post_from(&link, "https://evil.example", &[("do", "erase-now")]);
    assert_eq!(elsewhere.await.status, 403);
    let sure = reader.post(&link, &[("do", "erase")]).await;
    assert!(sure.status == 200 && sure.body.contains("value=\"erase-now\""));
    assert!(reader.get(&article).await.body.contains(SHOWN));
    let erased = reader.post(&link, &[("do", "erase-now")]).await;
    assert!(erased.status == 200 && erased.body.contains("حُذف كل ما كتبته"));
    for path in [link.clone(), format!("{link}?download")] {
        assert_eq!(reader.get(&path).await.status, 404, "{path}");
    }
    let again = reader.post(&link, &[("do", "erase-now")]).await;
    assert_eq!(again.status, 404);
    // The shared page shows it no more, and the others' words as before.
    let began = Instant::now();
    let mut after = reader.get(&article).await;
    while after.body.contains(SHOWN) && began.elapsed() < Duration::from_secs(1) {
        after = reader.get(&article).await;
    }
    assert!(!after.body.contains(SHOWN) && after.body.contains(other));
    let trail = paper.store.audit_entries(0, 100).await.expect("read");
    let erased = trail.iter().find(|entry| entry.action == "comments.erase");
    assert_eq!(erased.expect("noted").actor, "reader");
    paper.end().await;
}

/// Neither by what is answered, nor by what is written, nor by how long it takes.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_learns_for_whom_something_is_kept() {
    let sink = Sink::open().await;
    for sink in [Some(&sink), None] {
        let paper = Paper::open(sink).await;
        paper.comment(LAYLA, SHOWN, None).await;
        let mut answers = Vec::new();
        let mut taken = Vec::new();
        for (range, address) in [(1, LAYLA), (2, NOBODY)] {
            let mut reader = Reader::new(&paper, range);
            // Three with one address, and the fourth has to wait.
            for _ in 0..3 {
                let began = Instant::now();
                let asked = reader.asks(address).await;
                taken.push(began.elapsed());
                let mut body = asked.body;
                if body.contains("رقم طلبك") {
                    let number = between(&body, "رقم طلبك <bdi>", "</bdi>");
                    assert!(number.parse::<i64>().is_ok_and(|number| number > 0));
                    body = body.replace(&number, "…");
                }
                answers.push((asked.status, body));
            }
            let mut elsewhere = Reader::new(&paper, range + 100);
            let fourth = elsewhere.asks(address).await;
            assert_eq!(fourth.status, 429, "{}", fourth.body);
            assert!(fourth.header("retry-after").is_some());
        }
        assert!(answers.iter().all(|(status, _)| *status == 200));
        assert_eq!(answers[0], answers[3]);
        let (known, unknown) = taken.split_at(3);
        let median = |times: &[Duration]| {
            let mut times = times.to_vec();
            times.sort_unstable();
            times[1]
        };
        let (known, unknown) = (median(known), median(unknown));
        let apart = known.abs_diff(unknown);
        assert!(apart < Duration::from_millis(60), "{known:?} {unknown:?}");
        paper.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_come_from_the_form_is_refused() {
    let paper = Paper::open(None).await;
    let mut reader = Reader::new(&paper, 1);
    let page = reader.get("/comments/data").await;
    assert!(page.body.contains("ما نحفظه عنك"));
    let token = between(&page.body, "name=\"page\" value=\"", "\"");
    let ask = [("page", &*token), ("email", LAYLA)];
    let elsewhere = reader.post_from("/comments/data", "https://evil.example", &ask);
    assert_eq!(elsewhere.await.status, 403);
    let mut other = Reader::new(&paper, 2);
    for page in ["", "1-aaaa"] {
        let stale = [("page", page), ("email", LAYLA)];
        assert_eq!(other.post("/comments/data", &stale).await.status, 403);
    }
    let mut third = Reader::new(&paper, 3);
    for (typed, words) in [("", "اكتب عنوان بريدك"), ("<ليلى>", "ليس هذا عنوان بريد")]
    {
        let refused = third.asks(typed).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains(words), "{}", refused.body);
        assert!(!refused.body.contains("<ليلى>"));
    }
    // Too often from one range: a sentence, and when to come again.
    assert_eq!(third.asks(LAYLA).await.status, 200);
    let flood = third.asks(LAYLA).await;
    assert_eq!(flood.status, 429);
    assert!(flood.header("retry-after").is_some() && flood.body.contains("إرسال كثير"));
    for link in [
        "/comments/data/x",
        "/comments/data/AAAA",
        &format!("/comments/data/{}", "A".repeat(43)),
    ] {
        let nothing = reader.get(link).await;
        assert_eq!(nothing.status, 404, "{link}");
        assert!(nothing.body.contains("لا يعمل هذا الرابط"));
    }
    assert_eq!(paper.store.data_requests(10).await.expect("read").len(), 1);
    paper.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_mail_the_administrator_hands_the_link_out() {
    let paper = Paper::open(None).await;
    paper.comment(LAYLA, SHOWN, None).await;
    let mut reader = Reader::new(&paper, 1);
    let asked = reader.asks(LAYLA).await;
    assert!(
        asked.body.contains("اطلب الرابط من هيئة التحرير"),
        "{}",
        asked.body
    );
    let number = between(&asked.body, "رقم طلبك <bdi>", "</bdi>");

    let mut keeper = paper.keeper().await;
    let list = keeper.get("/newsroom/comments/data").await;
    assert_eq!(list.status, 200);
    assert!(
        list.body
            .contains(&format!("name=\"request\" value=\"{number}\""))
    );
    assert!(!list.body.contains('@'), "{}", list.body);
    let path = "/newsroom/comments/data";
    for (request, address, words) in [
        (&*number, NOBODY, "ليس هذا العنوان الذي طُلب به"),
        (&*number, "layla", "هذا ليس عنوان بريد"),
        ("9007199254740000", LAYLA, "لا طلب بهذا الرقم"),
        ("", LAYLA, "لا طلب بهذا الرقم"),
    ] {
        let fields = [("request", request), ("address", address)];
        let refused = keeper.send("POST", path, &fields).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains(words), "{}", refused.body);
        assert!(!refused.body.contains("/comments/data/"));
    }
    let fields = [("request", &*number), ("address", LAYLA)];
    let made = keeper.send("POST", path, &fields).await;
    let link = between(&made.body, "<code>", "</code>");
    let own = link.strip_prefix(&format!("http://{}", paper.address));
    let own = own.expect("a link of this paper").to_owned();
    assert!(
        !keeper.get(path).await.body.contains(&own),
        "it is told once"
    );
    let page = reader.get(&own).await;
    assert!(page.status == 200 && page.body.contains(SHOWN));
    // A reader who is nobody in the newsroom sees no list.
    let door = reader.get(path).await;
    assert!(matches!(door.status, 303 | 403), "{}", door.status);
    let trail = keeper.get("/newsroom/trail").await;
    assert!(
        trail.status == 200 && trail.body.contains("صنع رابطًا"),
        "{}",
        trail.body
    );
    paper.end().await;
}
