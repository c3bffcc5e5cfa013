//! What a server tells those who watch it: its form, and that the counters
//! move with the traffic.
#![expect(
    clippy::float_cmp,
    clippy::cast_precision_loss,
    reason = "samples are written as floats; those compared are small whole numbers"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
};
use web::Limits;

use crate::paper::{Folder, Paper, path, read_all, ticker_item};

/// The listener for metrics beside a paper.
struct Watched {
    address: std::net::SocketAddr,
    end: oneshot::Sender<()>,
    served: JoinHandle<()>,
}

impl Watched {
    async fn beside(paper: &Paper) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("known");
        let (end, ended) = oneshot::channel();
        let site = Arc::clone(&paper.site);
        let served = tokio::spawn(web::serve_metrics(site, listener, async {
            let _ = ended.await;
        }));
        Self {
            address,
            end,
            served,
        }
    }

    async fn say(&self, bytes: &str) -> String {
        let mut stream = TcpStream::connect(self.address).await.expect("connected");
        stream.write_all(bytes.as_bytes()).await.expect("written");
        read_all(&mut stream).await
    }

    /// What is told now, by sample.
    async fn read(&self) -> BTreeMap<String, f64> {
        let answer = self
            .say("GET /metrics HTTP/1.1\r\nHost: watcher\r\n\r\n")
            .await;
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
        let head = head.to_lowercase();
        assert!(
            head.contains("content-type: text/plain; version=0.0.4; charset=utf-8"),
            "{head}"
        );
        assert!(head.contains("cache-control: no-store"), "{head}");
        parse(body)
    }

    async fn end(self) {
        let _ = self.end.send(());
        self.served.await.expect("the listener ends well");
    }
}

/// Reads the exposition format, version 0.0.4, and refuses what a scraper might:
/// a sample without its family, a family told twice or in two places, a name or
/// number that is none, a histogram that does not add up.
fn parse(text: &str) -> BTreeMap<String, f64> {
    let is_name = |name: &str| {
        name.chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '_' || letter == ':')
            && name.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_')
    };
    assert!(text.ends_with('\n'), "the last line ends");
    let (mut samples, mut families) = (BTreeMap::new(), BTreeSet::new());
    let (mut help, mut family) = (String::new(), (String::new(), String::new()));
    for line in text.lines() {
        if let Some(words) = line.strip_prefix("# HELP ") {
            let (name, words) = words.split_once(' ').expect("a name and words");
            assert!(is_name(name) && !words.trim().is_empty(), "{line}");
            name.clone_into(&mut help);
        } else if let Some(words) = line.strip_prefix("# TYPE ") {
            let (name, kind) = words.split_once(' ').expect("a name and a type");
            assert!(["counter", "gauge", "histogram"].contains(&kind), "{line}");
            assert_eq!(name, help, "the words stand before the type");
            assert!(families.insert(name.to_owned()), "{name} is told twice");
            assert_eq!(name.ends_with("_total"), kind == "counter", "{line}");
            family = (name.to_owned(), kind.to_owned());
        } else {
            let (sample, value) = line.rsplit_once(' ').expect("a sample and its value");
            let value: f64 = value.parse().expect("a number");
            assert!(value.is_finite() && value >= 0.0, "{line}");
            let (name, labels) = match sample.split_once('{') {
                Some((name, labels)) => (name, labels.strip_suffix('}').expect("closed")),
                None => (sample, ""),
            };
            let ending = name.strip_prefix(&*family.0).expect("of its family");
            let allowed: &[&str] = match &*family.1 {
                "histogram" => &["_bucket", "_sum", "_count"],
                _ => &[""],
            };
            assert!(is_name(name) && allowed.contains(&ending), "{line}");
            for label in labels.split(',').filter(|label| !label.is_empty()) {
                let (label, word) = label.split_once('=').expect("a label and its word");
                // No label is of a reader's.
                let known = ["kind", "status", "le", "state", "at", "version"];
                assert!(known.contains(&label), "{line}");
                let word = word
                    .strip_prefix('"')
                    .and_then(|word| word.strip_suffix('"'));
                let word = word.expect("quoted");
                assert!(!word.contains(['"', '\\', '\n']), "{line}");
            }
            assert!(samples.insert(sample.to_owned(), value).is_none(), "{line}");
        }
    }
    for name in &families {
        let count = samples.get(&format!("{name}_count"));
        let buckets: Vec<(f64, f64)> = samples
            .iter()
            .filter_map(|(sample, value)| {
                let bound = sample.strip_prefix(&format!("{name}_bucket{{le=\""))?;
                let bound = bound.strip_suffix("\"}").expect("one label");
                Some((bound.parse().expect("a bound"), *value))
            })
            .collect();
        let Some(count) = count else {
            assert!(buckets.is_empty());
            continue;
        };
        let mut in_order = buckets.clone();
        in_order.sort_by(|one, other| one.0.total_cmp(&other.0));
        assert!(in_order.is_sorted_by(|one, other| one.1 <= other.1));
        assert_eq!(in_order.last(), Some(&(f64::INFINITY, *count)));
        assert!(samples.contains_key(&format!("{name}_sum")));
    }
    samples
}

fn answers(kind: &str, status: &str) -> String {
    format!("warraq_http_requests_total{{kind=\"{kind}\",status=\"{status}\"}}")
}

/// Waits until what is told fits; counters of a request move once it is answered.
async fn until(
    watched: &Watched,
    what: &str,
    fits: impl Fn(&BTreeMap<String, f64>) -> bool,
) -> BTreeMap<String, f64> {
    for _ in 0..200 {
        let told = watched.read().await;
        if fits(&told) {
            return told;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{what}: {:#?}", watched.read().await);
}

#[tokio::test]
async fn the_counters_move_with_the_traffic() {
    let folder = Folder::new();
    let limits = Limits {
        connections_max: 3,
        ..Limits::default()
    };
    let paper = Paper::serve(&folder, limits).await;
    let watched = Watched::beside(&paper).await;
    let before = watched.read().await;
    assert_eq!(before.get(&answers("article", "2xx")), None);
    assert_eq!(before["warraq_page_seconds_count"], 0.0);
    assert_eq!(before["warraq_ready"], 1.0);
    assert_eq!(before["warraq_database_errors_total{at=\"page\"}"], 0.0);
    assert!(before["warraq_change_log_position"] >= 1.0);
    assert!(before["warraq_memory_anonymous_bytes"] > 1e6);
    assert!(before["process_cpu_seconds_total"] > 0.0);
    assert_eq!(
        before[&format!(
            "warraq_build_info{{version=\"{}\"}}",
            env!("CARGO_PKG_VERSION")
        )],
        1.0
    );

    // Rendered once, then from memory; each way of answering counts.
    for _ in 0..4 {
        assert!(paper.get(&path(11)).await.0.starts_with("http/1.1 200 "));
    }
    let (head, _) = paper.get(&path(11)).await;
    let tag = head
        .lines()
        .find_map(|line| line.strip_prefix("etag: w/"))
        .expect("an ETag");
    let known = format!("If-None-Match: W/{tag}\r\n");
    let (head, _) = paper.ask("GET", &path(11), &known).await;
    assert!(head.starts_with("http/1.1 304 "), "{head}");
    for (asked, status) in [
        ("/a/11", 301),
        ("/nothing", 404),
        ("/healthz", 200),
        ("/feed.xml", 200),
    ] {
        let (head, _) = paper.get(asked).await;
        assert!(head.starts_with(&format!("http/1.1 {status} ")), "{head}");
    }
    let (head, _) = paper.ask("POST", "/", "Content-Length: 0\r\n").await;
    assert!(head.starts_with("http/1.1 405 "), "{head}");
    assert!(
        paper
            .say("GET / HTTP/1.1\r\nno colon\r\n\r\n")
            .await
            .starts_with("HTTP/1.1 400 ")
    );
    let told = until(&watched, "all are counted", |told| {
        told.get(&answers("other", "4xx")) == Some(&2.0)
    })
    .await;
    for (kind, status, count) in [
        ("article", "2xx", 5.0),
        ("article", "3xx", 2.0),
        ("other", "4xx", 2.0),
        ("health", "2xx", 1.0),
        ("feed", "2xx", 1.0),
        ("home", "4xx", 1.0),
    ] {
        let sample = answers(kind, status);
        assert_eq!(told.get(&sample), Some(&count), "{sample}");
    }
    // Seven of an article and one of the front page; machines are not timed.
    assert_eq!(told["warraq_page_seconds_count"], 8.0);
    assert!(told["warraq_page_seconds_sum"] > 0.0);
    assert_eq!(told["warraq_pages_rendered_total"], 2.0);
    assert_eq!(told["warraq_page_cache_misses_total"], 2.0);
    // Four whole, one known, one that moved.
    assert_eq!(told["warraq_page_cache_hits_total"], 6.0);
    assert!(told["warraq_page_cache_bytes"] > 1_000.0);
    assert_eq!(told["warraq_segment_fills_total"], 1.0);

    // A commit moves the position, and pages follow it.
    let commit = ticker_item(905, "خبر", None);
    let position = paper.store.commit(commit).await.expect("committed");
    let told = until(&watched, "followed", |told| {
        told["warraq_change_log_position"] == position as f64
    })
    .await;
    assert_eq!(told["warraq_change_log_behind"], 0.0);
    assert!(told["warraq_follow_age_seconds"] < 5.0);

    // A stream is open, and no connection is left for one more.
    let mut stream = paper.connect().await;
    stream
        .write_all(b"GET /live/ticker HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .await
        .expect("written");
    assert!(stream.read(&mut [0; 64]).await.expect("answered") > 0);
    let idle = [paper.connect().await, paper.connect().await];
    let told = until(&watched, "three connections", |told| {
        told["warraq_connections_open"] == 3.0
    })
    .await;
    assert_eq!(told["warraq_live_streams_open"], 1.0);
    assert_eq!(told["warraq_connections_refused_total"], 0.0);
    assert!(paper.get("/").await.0.starts_with("http/1.1 503 "));
    let told = watched.read().await;
    assert_eq!(told["warraq_connections_refused_total"], 1.0);
    drop((stream, idle));
    until(&watched, "closed", |told| {
        told["warraq_connections_open"] == 0.0 && told["warraq_live_streams_open"] == 0.0
    })
    .await;
    watched.end().await;
    paper.end().await;
}

#[tokio::test]
async fn pages_from_the_disk_are_told_apart() {
    let folder = Folder::new();
    let paper = Paper::serve(&folder, Limits::default()).await;
    paper.get(&path(12)).await;
    let watched = Watched::beside(&paper).await;
    until(&watched, "kept", |told| {
        told["warraq_segment_bytes"] > 500.0
    })
    .await;
    watched.end().await;
    paper.end().await;
    let paper = Paper::serve(&folder, Limits::default()).await;
    let watched = Watched::beside(&paper).await;
    paper.get(&path(12)).await;
    let told = watched.read().await;
    let read = told["warraq_segment_reads_total{state=\"warm\"}"]
        + told["warraq_segment_reads_total{state=\"cold\"}"];
    assert_eq!(read, 1.0, "{told:#?}");
    assert_eq!(told["warraq_page_cache_misses_total"], 1.0);
    assert_eq!(told["warraq_pages_rendered_total"], 0.0);
    // A database that is gone is told, and counted.
    paper.store.clone().close().await;
    assert!(paper.get(&path(13)).await.0.starts_with("http/1.1 503 "));
    until(&watched, "not ready", |told| told["warraq_ready"] == 0.0).await;
    watched.end().await;
    paper.end().await;
}

#[tokio::test]
async fn the_listener_answers_one_address_and_ends() {
    let folder = Folder::new();
    let paper = Paper::serve(&folder, Limits::default()).await;
    let watched = Watched::beside(&paper).await;
    for (request, status) in [
        ("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "404"),
        ("GET /a/11/x HTTP/1.1\r\nHost: x\r\n\r\n", "404"),
        (
            "POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
            "405",
        ),
        ("nonsense\r\n\r\n", "400"),
    ] {
        let answer = watched.say(request).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{answer}"
        );
    }
    let head = watched
        .say("HEAD /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
        .await;
    assert!(
        head.starts_with("HTTP/1.1 200 ") && head.ends_with("\r\n\r\n"),
        "{head}"
    );
    // The readers' own address tells nothing.
    assert!(paper.get("/metrics").await.0.starts_with("http/1.1 404 "));
    // More connections than it takes: those beyond are closed, the others are
    // answered, and none of them holds up the end.
    let mut many = Vec::new();
    for _ in 0..16 {
        many.push(
            TcpStream::connect(watched.address)
                .await
                .expect("connected"),
        );
    }
    tokio::time::sleep(Duration::from_millis(50)).await;
    let mut beyond = TcpStream::connect(watched.address)
        .await
        .expect("connected");
    assert_eq!(read_all(&mut beyond).await, "");
    let mut last = many.pop().expect("one");
    last.write_all(b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
        .await
        .expect("written");
    assert!(read_all(&mut last).await.starts_with("HTTP/1.1 200 "));
    let begun = std::time::Instant::now();
    watched.end().await;
    assert!(begun.elapsed() < Duration::from_secs(5));
    paper.end().await;
}
