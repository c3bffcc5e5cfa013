//! Comments as browsers send them, and what comes of them.

use std::time::{Duration, Instant};

use editorial::{SiteSettings, Timestamp, comment::Decision, urls::Url};

use crate::paper::{ARTICLE, NOW, Paper, Reader, between, id};

const LAYLA: &str = "layla@reader.example";
const TEXT: &str = "عاد الماء إلى حيّنا أيضًا، شكرًا لكم.";

fn article() -> String {
    Url::Article(id(ARTICLE), "ماء".into()).to_string()
}

/// The token of a page that was made half an hour ago.
fn older_page(paper: &Paper) -> String {
    let step = NOW
        .plus(-1_800 * Timestamp::SECOND)
        .0
        .div_euclid(600 * Timestamp::SECOND);
    let mut signature = paper
        .comments
        .sealer()
        .blind("comment page", &step.to_be_bytes());
    signature.truncate(24);
    format!("{step}-{signature}")
}

fn fields<'a>(page: &'a str, email: &'a str, text: &'a str) -> [(&'static str, &'a str); 4] {
    [
        ("page", page),
        ("name", "ليلى"),
        ("email", email),
        ("text", text),
    ]
}

/// Waits until a page says something, a second at the most.
async fn shows(reader: &mut Reader, path: &str, words: &str, wanted: bool) {
    let began = Instant::now();
    while reader.get(path).await.body.contains(words) != wanted {
        assert!(
            began.elapsed() < Duration::from_secs(1),
            "{words}: {wanted}"
        );
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

async fn stored(paper: &Paper) -> usize {
    let counts = paper.store.comment_counts().await.expect("counted");
    counts.states.iter().map(|count| *count as usize).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_waits_for_a_moderator_and_is_then_for_everybody() {
    let paper = Paper::open(None).await;
    let (mut reader, mut other) = (Reader::new(&paper, 1), Reader::new(&paper, 2));
    let before = other.get(&article()).await;
    assert!(before.body.contains("id=\"write\"") && before.body.contains("لا تعليقات"));
    let page = older_page(&paper);
    let sent = reader.post(&article(), &fields(&page, LAYLA, TEXT)).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    assert_eq!(sent.header("location"), Some("/comments/mine?done=waits"));
    let own = reader.get("/comments/mine?done=waits").await;
    assert!(own.body.contains(TEXT) && own.body.contains("ينتظر هيئة التحرير"));
    assert!(!own.body.contains("layla@"), "{}", own.body);
    assert_eq!(own.header("cache-control"), Some("no-store"));
    assert!(!other.get("/comments/mine").await.body.contains(TEXT));
    // The same once more is the same comment.
    let again = reader.post(&article(), &fields(&page, LAYLA, TEXT)).await;
    assert_eq!(again.header("location"), Some("/comments/mine?done=before"));
    assert_eq!(stored(&paper).await, 1);
    let waiting = other.get(&article()).await;
    assert_eq!(waiting.header("etag"), before.header("etag"));

    let id = paper
        .store
        .comments_of_address(&index(&paper, LAYLA), None)
        .await;
    let id = id.expect("read")[0].id;
    let actor = editorial::audit::Actor::CommandLine;
    let approve = paper
        .comments
        .decide(id, Decision::Approve, None, actor, NOW);
    approve.await.expect("decided");
    shows(&mut other, &article(), TEXT, true).await;
    // What everybody gets does not vary by cookie.
    let (with, without) = (reader.get(&article()).await, other.get(&article()).await);
    assert_eq!(with.body, without.body);
    assert_eq!(with.header("set-cookie"), None);
    assert_eq!(with.header("vary"), Some("accept-encoding"));
    let place = other.get(&format!("/comments/at/{id}")).await;
    let found = place.header("location").unwrap_or_default();
    assert_eq!(
        (place.status, found),
        (302, &*format!("{}#comment-{id}", article()))
    );
    let withdraw = paper
        .comments
        .decide(id, Decision::Withdraw, None, actor, NOW);
    withdraw.await.expect("decided");
    shows(&mut other, &article(), TEXT, false).await;
    paper.end().await;
}

fn index(paper: &Paper, email: &str) -> String {
    let email = editorial::email::EmailAddress::parse(email).expect("an address");
    paper.comments.sealer().blind_index(&email)
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_refused_the_text_comes_back() {
    let paper = Paper::open(None).await;
    let page = older_page(&paper);
    let mut reader = Reader::new(&paper, 1);
    let typed = [
        ("page", &*page),
        ("name", "\"ليلى\""),
        ("email", "ليس عنوانًا"),
        ("text", "<b>\n"),
    ];
    let faulty = reader.post(&article(), &typed).await;
    assert_eq!(faulty.status, 422);
    for words in [
        "ليس هذا عنوان بريد",
        "value=\"&quot;ليلى&quot;\"",
        "value=\"ليس عنوانًا\"",
        "&lt;b&gt;",
        "aria-describedby=\"write-email-fault\"",
    ] {
        assert!(faulty.body.contains(words), "{words}: {}", faulty.body);
    }
    // From elsewhere, and from nowhere.
    let good = fields(&page, LAYLA, TEXT);
    for origin in [
        "https://evil.example",
        "null",
        "http://news.example.evil.example",
    ] {
        let refused = reader.post_from(&article(), origin, &good).await;
        assert_eq!(refused.status, 403, "{origin}");
        assert!(refused.body.contains(TEXT), "{origin}");
    }
    // Without a sign of time: once more, with a ticket.
    let now = between(
        &reader.get(&article()).await.body,
        "name=\"page\" value=\"",
        "\"",
    );
    let doubted = reader.post(&article(), &fields(&now, LAYLA, TEXT)).await;
    assert_eq!(doubted.status, 200);
    assert!(doubted.body.contains("راجع تعليقك") && doubted.body.contains(TEXT));
    assert_eq!(stored(&paper).await, 0);
    let ticket = between(&doubted.body, "name=\"ticket\" value=\"", "\"");
    let write = format!("/comments/{ARTICLE}/write");
    let mut with_ticket = fields(&now, LAYLA, TEXT).to_vec();
    with_ticket.push(("ticket", &ticket));
    with_ticket.push(("website", "http://spam.example"));
    assert_eq!(reader.post(&write, &with_ticket).await.status, 303);
    // Sent at once, and with the hidden field: it is there, and says why it waits.
    let kept = paper
        .store
        .comments_of_address(&index(&paper, LAYLA), None)
        .await;
    let rules: Vec<_> = kept.expect("read")[0]
        .received
        .holds
        .iter()
        .map(|hold| hold.rule.name())
        .collect();
    assert_eq!(rules, ["hidden-field", "too-fast"]);
    paper.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_waits_and_loses_nothing() {
    let paper = Paper::open(None).await;
    let page = older_page(&paper);
    let (mut one, mut other) = (Reader::new(&paper, 1), Reader::new(&paper, 2));
    let mut told = Vec::new();
    for number in 0..14 {
        let text = format!("{TEXT} {number}");
        let sent = one.post(&article(), &fields(&page, LAYLA, &text)).await;
        if sent.status == 429 {
            assert!(sent.body.contains(&text), "{}", sent.body);
            let wait: u64 = sent
                .header("retry-after")
                .expect("told")
                .parse()
                .expect("seconds");
            assert!((1..=60).contains(&wait), "{wait}");
        }
        told.push(sent.status);
    }
    assert_eq!(told[..10], [303; 10]);
    assert!(told[10..].contains(&429), "{told:?}");
    assert_eq!(
        other
            .post(&article(), &fields(&page, "b@reader.example", TEXT))
            .await
            .status,
        303
    );
    paper.end().await;
}

/// Sends a change to one's own comments: the status, and where it leads.
async fn change(reader: &mut Reader, fields: [(&str, String); 4]) -> (u16, String) {
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let answer = reader.post("/comments/mine", &fields).await;
    let location = answer.header("location").unwrap_or_default().to_owned();
    (answer.status, location)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_ones_own_is_changed_by_oneself() {
    let paper = Paper::open(None).await;
    let page = older_page(&paper);
    let (mut reader, mut other) = (Reader::new(&paper, 1), Reader::new(&paper, 2));
    reader.post(&article(), &fields(&page, LAYLA, TEXT)).await;
    other
        .post(&article(), &fields(&page, "b@reader.example", "رأي آخر"))
        .await;
    let mine = reader.get("/comments/mine").await.body;
    let (own, form) = (
        between(&mine, "name=\"comment\" value=\"", "\""),
        between(&mine, "name=\"form\" value=\"", "\""),
    );
    let other_form = between(
        &other.get("/comments/mine").await.body,
        "name=\"form\" value=\"",
        "\"",
    );
    let edit = |form: &str, text: &str| {
        [
            ("comment", own.clone()),
            ("form", form.to_owned()),
            ("do", "edit".into()),
            ("text", text.to_owned()),
        ]
    };
    assert_eq!(change(&mut other, edit(&other_form, "سرقة")).await.0, 409);
    assert_eq!(change(&mut reader, edit(&other_form, "سرقة")).await.0, 409);
    assert_eq!(change(&mut reader, edit(&form, " ")).await.0, 422);
    let edited = change(&mut reader, edit(&form, "عاد الماء والكهرباء.")).await;
    assert_eq!(edited, (303, "/comments/mine?done=edited".into()));
    let mut withdraw = edit(&form, "");
    withdraw[2].1 = "withdraw".into();
    assert_eq!(
        change(&mut reader, withdraw).await.1,
        "/comments/mine?done=withdrawn"
    );
    let kept = paper
        .store
        .comments_of_address(&index(&paper, LAYLA), None)
        .await;
    let kept = &kept.expect("read")[0];
    assert_eq!(
        (kept.text.as_str(), kept.state.name()),
        ("عاد الماء والكهرباء.", "withdrawn")
    );
    paper.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn comments_close_and_stay_readable() {
    let paper = Paper::open(None).await;
    paper.comment(LAYLA, TEXT, Some(Decision::Approve)).await;
    let mut reader = Reader::new(&paper, 1);
    shows(&mut reader, &article(), TEXT, true).await;
    let loaded = paper.store.settings().await.expect("read");
    let mut settings = SiteSettings::clone(&loaded);
    settings.comments.open = false;
    let write = editorial::Write::Settings {
        loaded: Box::new(loaded),
        settings: Box::new(settings),
    };
    let changes = editorial::Changes::new().write(write);
    paper.store.commit(changes).await.expect("committed");
    shows(&mut reader, &article(), "id=\"write\"", false).await;
    let shown = reader.get(&article()).await.body;
    assert!(shown.contains(TEXT) && shown.contains("أُغلق باب التعليق"));
    let page = older_page(&paper);
    let late = reader
        .post(&article(), &fields(&page, "b@reader.example", "متأخر"))
        .await;
    assert_eq!(late.status, 403);
    assert!(late.body.contains("متأخر") && late.body.contains("أُغلق باب التعليق"));
    assert_eq!(stored(&paper).await, 1);
    paper.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_comments_are_a_page_in_either_order() {
    let paper = Paper::open(None).await;
    for number in 0..60 {
        let text = format!("تعليق عن حال الماء رقم {number}.");
        let email = format!("r{number}@reader.example");
        paper.comment(&email, &text, Some(Decision::Approve)).await;
    }
    let mut reader = Reader::new(&paper, 1);
    let all = format!("/comments/{ARTICLE}");
    let count = |body: &str| body.matches("<article class=\"comment").count();
    shows(&mut reader, &article(), "60 تعليقًا", true).await;
    let shown = reader.get(&article()).await.body;
    assert_eq!(count(&shown), 50);
    assert!(shown.contains(&format!("href=\"{all}\"")));
    for (query, first, lines) in [
        ("", "رقم 0.", 50),
        ("?page=2", "رقم 50.", 10),
        ("?order=newest", "رقم 59.", 50),
        ("?order=newest&page=2", "رقم 9.", 10),
    ] {
        let page = reader.get(&format!("{all}{query}")).await;
        assert_eq!((page.status, count(&page.body)), (200, lines), "{query}");
        let top = between(&page.body, "<div class=\"words\">", "</div>");
        assert!(top.contains(first), "{query}: {top}");
    }
    assert_eq!(reader.get(&format!("{all}?page=3")).await.status, 404);
    paper.end().await;
}
