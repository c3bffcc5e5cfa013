//! Pages as they leave: headers, conditions, freshness over restarts, and what
//! a server does with clients that are slow, many, or speak otherwise.

mod encrypted;
mod finding;
mod metrics;
mod paper;
mod stopped;

use std::time::Duration;

use editorial::{Timestamp, audit::Actor};
use paper::{Folder, Paper, START, id, path, read_all, set_clock, ticker_item};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use web::Limits;

/// The clock is one for the whole program: tests that move it take turns.
static CLOCK: tokio::sync::RwLock<()> = tokio::sync::RwLock::const_new(());

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

#[tokio::test]
async fn each_kind_of_page_states_its_cache_policy() {
    let folder = Folder::new();
    let paper = Paper::serve(&folder, Limits::default()).await;
    let (page, document, never) = ("public, no-cache", "public, max-age=60", "no-store");
    for (path, status, policy) in [
        ("/", 200, page),
        (&*path(11), 200, page),
        ("/a/11/other", 301, document),
        ("/a/11", 301, document),
        ("/section/%D8%B3%D9%88%D8%B1%D9%8A%D8%A7", 200, page),
        ("/tag/%D8%A3%D8%B3%D8%AA%D8%A7%D9%86%D8%A7", 200, page),
        ("/archive", 200, page),
        ("/archive/2017/09/14", 200, page),
        ("/archive/2011/01/01", 404, never),
        ("/nothing", 404, never),
        ("/a/99", 404, never),
        ("/feed.xml", 200, document),
        ("/atom.xml", 200, document),
        ("/feed.json", 200, document),
        ("/sitemap.xml", 200, document),
        ("/sitemap/0.xml", 200, document),
        ("/sitemap/1.xml", 200, document),
        ("/news-sitemap.xml", 200, document),
        ("/robots.txt", 200, document),
        ("/live/ticker.json", 200, page),
        ("/favicon.ico", 200, "public, max-age=2592000"),
        // What browsers look for unasked, and what is not there any more.
        ("/favicon.ico/", 404, never),
        ("/apple-touch-icon.png", 404, never),
        ("/assets/site-000000000000.js", 404, never),
        ("/media/99/share.jpg", 404, never),
        ("/healthz", 200, never),
        ("/readyz", 200, never),
    ] {
        let (head, _) = paper.get(path).await;
        assert!(
            head.starts_with(&format!("http/1.1 {status} ")),
            "{path}: {head}"
        );
        assert_eq!(header(&head, "cache-control"), Some(policy), "{path}");
        assert_eq!(
            header(&head, "x-content-type-options"),
            Some("nosniff"),
            "{path}"
        );
        assert_eq!(header(&head, "set-cookie"), None, "{path}");
        let html = header(&head, "content-type").is_some_and(|kind| kind.starts_with("text/html"));
        let policy = header(&head, "content-security-policy");
        assert_eq!(policy.is_some(), html, "{path}");
        assert!(!policy.unwrap_or("").contains("unsafe-inline"), "{path}");
    }
    paper.end().await;
}

#[tokio::test]
async fn the_icon_is_sent_once() {
    let folder = Folder::new();
    let paper = Paper::serve(&folder, Limits::default()).await;
    let (head, _) = paper.get("/favicon.ico").await;
    assert_eq!(header(&head, "content-type"), Some("image/x-icon"));
    assert_eq!(header(&head, "content-length"), Some("326"));
    let known = format!(
        "If-None-Match: {}\r\n",
        header(&head, "etag").expect("an ETag")
    );
    let (head, body) = paper.ask("GET", "/favicon.ico", &known).await;
    assert!(head.starts_with("http/1.1 304 "), "{head}");
    assert_eq!(body, "");
    // A page names an icon of its own, so that none is asked for beside it.
    let (_, page) = paper.get("/").await;
    assert!(page.contains("<link rel=\"icon\""));
    paper.end().await;
}

#[tokio::test]
async fn a_page_the_client_has_is_not_sent_again() {
    let folder = Folder::new();
    let paper = Paper::serve(&folder, Limits::default()).await;
    let mut tags = Vec::new();
    for accepted in ["gzip", "br", "identity"] {
        let encoding = format!("Accept-Encoding: {accepted}\r\n");
        let (head, body) = paper.ask("GET", &path(11), &encoding).await;
        assert_eq!(header(&head, "vary"), Some("accept-encoding"));
        let sent = header(&head, "content-encoding");
        assert_eq!(sent, (accepted != "identity").then_some(accepted));
        let length: usize = header(&head, "content-length")
            .expect("told")
            .parse()
            .expect("a number");
        assert!(length > 500 && !body.is_empty());
        let tag = header(&head, "etag").expect("an ETag").to_owned();
        // The clock of the date may move on between the two.
        let undated = |head: &str| {
            head.lines()
                .filter(|line| !line.starts_with("date"))
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let (same, nothing) = paper.ask("HEAD", &path(11), &encoding).await;
        assert_eq!(undated(&same), undated(&head));
        assert_eq!(nothing, "");
        let known = tag.replacen('w', "W", 1);
        let known = format!("{encoding}If-None-Match: W/\"x\", {known}\r\n");
        let (again, _) = paper.ask("GET", &path(11), &known).await;
        assert!(again.starts_with("http/1.1 304 "), "{again}");
        assert_eq!(header(&again, "etag"), Some(&*tag));
        tags.push(tag);
    }
    tags.dedup();
    assert_eq!(tags.len(), 3, "each encoding has its own");
    let commit = ticker_item(900, "خبر جديد", None);
    paper.store.commit(commit).await.expect("committed");
    wait_for(&paper, &path(11), "خبر جديد").await;
    let (head, _) = paper
        .ask("GET", &path(11), "Accept-Encoding: gzip\r\n")
        .await;
    assert!(!tags.contains(&header(&head, "etag").expect("an ETag").to_owned()));
    paper.end().await;
}

/// Asks until the page holds the words; at most a second, as is promised.
async fn wait_for(paper: &Paper, path: &str, words: &str) -> String {
    for _ in 0..100 {
        let (_, body) = paper.get(path).await;
        if body.contains(words) {
            return body;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{path} does not show «{words}» within a second");
}

#[tokio::test]
async fn time_alone_changes_pages() {
    let _turn = CLOCK.write().await;
    let folder = Folder::new();
    set_clock(START);
    let paper = Paper::serve(&folder, Limits::default()).await;
    let soon = START.plus(3_600 * Timestamp::SECOND);
    let commit = ticker_item(901, "خبر إلى حين", Some(soon));
    paper.store.commit(commit).await.expect("committed");
    wait_for(&paper, &path(12), "خبر إلى حين").await;
    set_clock(soon.plus(-1));
    assert!(paper.get(&path(12)).await.1.contains("خبر إلى حين"));
    set_clock(soon);
    assert!(!paper.get(&path(12)).await.1.contains("خبر إلى حين"));
    // Two days old, then thirty: the note on its age appears.
    let young = paper.get(&path(12)).await.1;
    assert!(!young.contains("class=\"note old\""), "{young}");
    set_clock(START.plus(30 * Timestamp::DAY));
    let old = paper.get(&path(12)).await.1;
    assert!(old.contains("class=\"note old\""), "{old}");
    set_clock(START);
    paper.end().await;
}

#[tokio::test]
async fn a_restarted_server_reads_pages_and_knows_what_changed() {
    let folder = Folder::new();
    let paper = Paper::serve(&folder, Limits::default()).await;
    for number in [11, 12] {
        assert!(paper.get(&path(number)).await.0.starts_with("http/1.1 200"));
    }
    // The records are written by a thread of their own.
    tokio::time::sleep(Duration::from_millis(200)).await;
    paper.end().await;

    // Another process corrects an article while no server runs.
    let store = store::Store::open(&store::Database::Sqlite(folder.0.clone()))
        .await
        .expect("opened");
    let note = "ورد في نسخة سابقة رقم خاطئ.";
    actions::correct_article(
        &store,
        id(11),
        editorial::correction::CorrectionKind::Correction,
        note,
        Actor::System,
        START,
    )
    .await
    .expect("corrected");
    store.close().await;

    let paper = Paper::serve(&folder, Limits::default()).await;
    assert!(paper.get(&path(11)).await.1.contains(note));
    assert!(paper.get(&path(12)).await.0.starts_with("http/1.1 200"));
    tokio::time::sleep(Duration::from_millis(200)).await;
    paper.end().await;

    // What is on disk needs no database; what is not, does, and says so.
    let paper = Paper::serve(&folder, Limits::default()).await;
    paper.store.clone().close().await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    let (head, body) = paper.get(&path(12)).await;
    assert!(head.starts_with("http/1.1 200"), "{head}");
    assert!(body.contains("العنوان رقم 12"));
    let (head, body) = paper.get(&path(13)).await;
    assert!(head.starts_with("http/1.1 503"), "{head}");
    assert_eq!(header(&head, "retry-after"), Some("5"));
    assert!(body.contains("أعد المحاولة"), "{body}");
    let (head, body) = paper.get("/readyz").await;
    assert!(head.starts_with("http/1.1 503"), "{head}");
    assert!(body.contains("closed"), "{body}");
    assert!(paper.get("/healthz").await.0.starts_with("http/1.1 200"));
    paper.end().await;
}

#[tokio::test]
async fn pages_on_disk_from_before_the_log_begins_are_dropped() {
    let folder = Folder::new();
    let paper = Paper::serve(&folder, Limits::default()).await;
    for number in [11, 12] {
        assert!(paper.get(&path(number)).await.0.starts_with("http/1.1 200"));
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    paper.end().await;
    // While no server runs an article is corrected, and the log forgets it.
    let store = store::Store::open(&store::Database::Sqlite(folder.0.clone()))
        .await
        .expect("opened");
    let note = "ورد في نسخة سابقة رقم خاطئ.";
    actions::correct_article(
        &store,
        id(11),
        editorial::correction::CorrectionKind::Correction,
        note,
        Actor::System,
        START,
    )
    .await
    .expect("corrected");
    store
        .commit(ticker_item(920, "خبر بعده", None))
        .await
        .expect("committed");
    while store.prune_changes(1, 1_000).await.expect("pruned") > 0 {}
    store.close().await;
    let records = || {
        std::fs::read_dir(folder.0.join("segments"))
            .expect("a folder")
            .count()
    };
    assert!(records() > 0);
    let paper = Paper::serve(&folder, Limits::default()).await;
    assert_eq!(records(), 0, "all that was kept may be stale");
    assert!(paper.get(&path(11)).await.1.contains(note));
    assert!(paper.get(&path(12)).await.0.starts_with("http/1.1 200"));
    paper.end().await;
}

#[tokio::test]
async fn verbs_reach_pages_that_are_on_disk() {
    let folder = Folder::new();
    let paper = Paper::serve(&folder, Limits::default()).await;
    assert!(paper.get(&path(11)).await.0.starts_with("http/1.1 200"));
    tokio::time::sleep(Duration::from_millis(200)).await;
    actions::withdraw_article(&paper.store, id(11), None, Actor::System, START)
        .await
        .expect("withdrawn");
    for _ in 0..100 {
        if paper.get(&path(11)).await.0.starts_with("http/1.1 410") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(paper.get(&path(11)).await.0.starts_with("http/1.1 410"));
    tokio::time::sleep(Duration::from_millis(200)).await;
    paper.end().await;
    let paper = Paper::serve(&folder, Limits::default()).await;
    assert!(paper.get(&path(11)).await.0.starts_with("http/1.1 410"));
    paper.end().await;
}

#[tokio::test]
async fn a_headline_leads_to_what_is_shown() {
    let folder = Folder::new();
    let paper = Paper::serve(&folder, Limits::default()).await;
    let push = |url: &str| {
        let headline = editorial::ticker::LineContent {
            text: "خبر من الشريط".to_owned(),
            url: url.to_owned(),
            ..editorial::ticker::LineContent::default()
        };
        actions::push_headline(&paper.store, headline, Actor::System, START)
    };
    for nothing in ["/a/999999", "/section/nowhere", "/no/page"] {
        let refused = push(nothing).await.expect_err("it leads to nothing");
        assert!(refused.to_string().contains(nothing), "{refused}");
    }
    for shown in ["/a/11", &path(11), "/", "https://elsewhere.example/x"] {
        push(shown).await.expect("pushed");
    }
    assert_eq!(
        paper.store.ticker_items(START).await.expect("read").len(),
        4
    );
    actions::withdraw_article(&paper.store, id(11), None, Actor::System, START)
        .await
        .expect("withdrawn");
    let left = paper.store.ticker_items(START).await.expect("read");
    let left: Vec<&str> = left.iter().map(|item| &*item.url).collect();
    assert_eq!(left.len(), 2, "{left:?}");
    assert!(left.iter().all(|url| !url.contains("/a/")), "{left:?}");
    paper.end().await;
}

#[tokio::test]
async fn another_spelling_of_an_address_leads_to_it() {
    let folder = Folder::new();
    let paper = Paper::serve(&folder, Limits::default()).await;
    for (asked, expect) in [
        (format!("{}/", path(11)), path(11)),
        ("/archive/".to_owned(), "/archive".to_owned()),
        ("/feed.xml/".to_owned(), "/feed.xml".to_owned()),
        (
            "/section/%D8%B3%D9%88%D8%B1%D9%8A%D8%A7/".to_owned(),
            "/section/%D8%B3%D9%88%D8%B1%D9%8A%D8%A7".to_owned(),
        ),
    ] {
        let (head, _) = paper.get(&asked).await;
        assert!(head.starts_with("http/1.1 301"), "{asked}: {head}");
        let place = format!("location: {expect}\r\n").to_lowercase();
        assert!(head.contains(&place), "{asked}: {head}");
        let (head, _) = paper.get(&expect).await;
        assert!(head.starts_with("http/1.1 200"), "{expect}: {head}");
        let answer = actions::old_address::answer(&paper.store, &asked, None).await;
        let moved_to = answer
            .expect("answered")
            .moved_to
            .map(|url| url.to_string());
        assert_eq!(moved_to.as_ref(), Some(&expect));
    }
    let (head, _) = paper.get("/section/nowhere/").await;
    assert!(head.starts_with("http/1.1 404"), "{head}");
    paper.end().await;
}

#[tokio::test]
async fn requests_in_a_row_are_answered_in_order() {
    let folder = Folder::new();
    let paper = Paper::serve(&folder, Limits::default()).await;
    let one =
        |path: &str, more: &str| format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{more}\r\n");
    let many: String = (0..40).map(|at| one(&path(11 + at % 3), "")).collect();
    let answer = paper
        .say(&(many + &one("/healthz", "Connection: close\r\n")))
        .await;
    let places: Vec<_> = answer
        .match_indices("<title>")
        .map(|(at, _)| &answer[at..(at + 80).min(answer.len())])
        .filter_map(|title| {
            ["11", "12", "13"]
                .iter()
                .position(|number| title.contains(number))
        })
        .collect();
    let expect: Vec<_> = (0..40).map(|at| at % 3).collect();
    assert_eq!(places, expect);
    assert!(answer.ends_with("ok\n"));
    paper.end().await;
}

#[tokio::test]
async fn a_head_that_does_not_come_ends_the_connection() {
    let folder = Folder::new();
    let limits = Limits {
        header_deadline: Duration::from_millis(300),
        ..Limits::default()
    };
    let paper = Paper::serve(&folder, limits).await;
    // One byte at a time does not move the deadline.
    let mut stream = paper.connect().await;
    let begun = std::time::Instant::now();
    for byte in b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " {
        if stream.write_all(&[*byte]).await.is_err() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
        if begun.elapsed() > Duration::from_secs(5) {
            break;
        }
    }
    let _ = tokio::time::timeout(Duration::from_secs(5), stream.read(&mut [0; 16])).await;
    assert!(
        begun.elapsed() < Duration::from_secs(2),
        "{:?}",
        begun.elapsed()
    );
    // One that says nothing at all.
    let begun = std::time::Instant::now();
    assert_eq!(read_all(&mut paper.connect().await).await, "");
    assert!(begun.elapsed() < Duration::from_secs(2));
    // One that is far too long.
    let long = format!(
        "GET / HTTP/1.1\r\nHost: localhost\r\nX: {}",
        "a".repeat(20_000)
    );
    assert!(paper.say(&long).await.starts_with("HTTP/1.1 431 "));
    paper.end().await;
}

#[tokio::test]
async fn one_too_many_is_told_to_come_back() {
    let folder = Folder::new();
    let limits = Limits {
        connections_max: 2,
        ..Limits::default()
    };
    let paper = Paper::serve(&folder, limits).await;
    let (one, two) = (paper.connect().await, paper.connect().await);
    tokio::time::sleep(Duration::from_millis(50)).await;
    let (head, body) = paper.get("/").await;
    assert!(head.starts_with("http/1.1 503 "), "{head}");
    assert_eq!(header(&head, "retry-after"), Some("5"));
    let length: usize = header(&head, "content-length")
        .expect("told")
        .parse()
        .expect("a number");
    assert_eq!(length, body.len());
    drop((one, two));
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(paper.get("/").await.0.starts_with("http/1.1 200 "));
    paper.end().await;
}

#[tokio::test]
async fn other_requests_are_handed_over() {
    let folder = Folder::new();
    let paper = Paper::serve(&folder, Limits::default()).await;
    let (head, _) = paper.ask("POST", "/", "Content-Length: 3\r\n").await;
    assert!(head.starts_with("http/1.1 405 "), "{head}");
    assert_eq!(header(&head, "allow"), Some("get, head"));
    let old = paper
        .say("GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n")
        .await;
    assert!(
        old.starts_with("HTTP/1.0 200 ") && old.ends_with("ok\n"),
        "{old}"
    );
    let whole = paper
        .say("GET http://news.example/healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        .await;
    assert!(whole.starts_with("HTTP/1.1 200 "), "{whole}");
    let other = paper
        .say("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
        .await;
    assert!(other.starts_with("HTTP/1.1 421 "), "{other}");
    let none = paper
        .say("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
        .await;
    assert!(none.starts_with("HTTP/1.1 421 "), "{none}");
    let broken = paper.say("GET / HTTP/1.1\r\nno colon\r\n\r\n").await;
    assert!(broken.starts_with("HTTP/1.1 400 "), "{broken}");
    paper.end().await;
}

#[tokio::test]
async fn http2_is_spoken_from_the_first_byte() {
    let folder = Folder::new();
    let paper = Paper::serve(&folder, Limits::default()).await;
    let stream = hyper_util::rt::TokioIo::new(paper.connect().await);
    let executor = hyper_util::rt::TokioExecutor::new();
    let (mut sender, connection) =
        hyper::client::conn::http2::handshake::<_, _, http_body_util::Empty<bytes::Bytes>>(
            executor, stream,
        )
        .await
        .expect("HTTP/2 is understood");
    let driven = tokio::spawn(connection);
    let (_, plain) = paper.get(&path(11)).await;
    for _ in 0..3 {
        let request = hyper::Request::get(format!("http://news.example{}", path(11)))
            .body(http_body_util::Empty::new())
            .expect("a request");
        let response = sender.send_request(request).await.expect("answered");
        assert_eq!(response.status(), 200);
        let body = http_body_util::BodyExt::collect(response.into_body())
            .await
            .expect("whole");
        assert_eq!(body.to_bytes(), plain);
    }
    drop(sender);
    let _ = driven.await;
    paper.end().await;
}

#[tokio::test]
async fn a_server_ends_soon_and_cuts_no_answer() {
    let folder = Folder::new();
    let paper = Paper::serve(&folder, Limits::default()).await;
    // Idle connections and open streams hold nothing up.
    let mut idle = paper.connect().await;
    idle.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .await
        .expect("written");
    let mut first = [0; 512];
    let count = idle.read(&mut first).await.expect("answered");
    assert!(first[..count].ends_with(b"ok\n"));
    let mut stream = paper.connect().await;
    stream
        .write_all(b"GET /live/ticker HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .await
        .expect("written");
    let count = stream.read(&mut first).await.expect("answered");
    assert!(first[..count].starts_with(b"HTTP/1.1 200"));
    let took = paper.end().await;
    assert!(took < Duration::from_secs(2), "{took:?}");
    assert_eq!(idle.read(&mut first).await.unwrap_or(0), 0);
}

#[tokio::test]
async fn the_live_stream_tells_of_a_pushed_line() {
    let folder = Folder::new();
    let paper = Paper::serve(&folder, Limits::default()).await;
    let mut stream = paper.connect().await;
    stream
        .write_all(b"GET /live/ticker HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .await
        .expect("written");
    let commit = ticker_item(902, "خبر حي", None);
    paper.store.commit(commit).await.expect("committed");
    let mut heard = Vec::new();
    let heard_it = tokio::time::timeout(Duration::from_secs(1), async {
        while !String::from_utf8_lossy(&heard).contains("خبر حي") {
            assert!(stream.read_buf(&mut heard).await.expect("open") > 0);
        }
    });
    heard_it.await.expect("within a second");
    let line = paper.store.ticker_item(id(902)).await.expect("read");
    let removed = line.expect("there").remove(Actor::System, START);
    paper.store.commit(removed).await.expect("committed");
    for _ in 0..100 {
        if !paper.get(&path(11)).await.1.contains("خبر حي") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(!paper.get(&path(11)).await.1.contains("خبر حي"));
    paper.end().await;
}
