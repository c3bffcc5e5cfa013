//! The promise below the form: a thousand comments are sent with addresses that
//! are known, from networks that are known; then every byte that the paper gives
//! out, logs or keeps is searched for them, and for what MD5, SHA-1 and SHA-256
//! make of them. A control shows that the search finds one.

use std::{
    collections::BTreeSet,
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    path::Path,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use aho_corasick::AhoCorasick;
use anyhow::Context as _;
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD},
};
use editorial::{
    Timestamp,
    audit::Actor,
    comment::{CommentState, Decision},
};
use sha2::Digest as _;
use store::{Database, Store, Wanted, Wants};

use super::{
    Post,
    paper::{Paper, UNLIMITED, open_articles, ripe_ticket},
};
use crate::{
    Outcome, Size,
    program::{Program, word},
    wire::Wire,
};

/// Addresses that are asked for at the most.
const PAGES_MAX: usize = 20_000;
/// How long the live ticker is listened to.
const LISTENED: Duration = Duration::from_millis(1_500);

pub(crate) fn prove(program: &Program, size: Size) -> anyhow::Result<Outcome> {
    let (comments, articles) = match size {
        Size::Slice => (100, 50),
        Size::Full => (1_000, 300),
    };
    let mut outcome = Outcome::new();
    let paper = Paper::open(program, articles, UNLIMITED)?;
    let logged = paper.data.with_extension("log");
    let loud = program.clone().with("WARRAQ_LOG", Path::new("trace"));
    let words = ["--trusted-proxy", "127.0.0.0/8"];
    let config = ["--config", word(&paper.config), "--prepare", "off"];
    let (server, metrics) =
        loud.serve_logged(&paper.data, &[&config[..], &words].concat(), &logged)?;
    let marks: Vec<Mark> = (0..comments).map(Mark::new).collect();
    let open = open_articles(&server.address)?;
    let runtime = tokio::runtime::Runtime::new()?;
    let mut given = Given::default();
    send(&server.address, &open, &marks, &mut given)?;
    runtime.block_on(decide(&paper))?;
    // What a server has in hand is shown within a second.
    std::thread::sleep(Duration::from_secs(1));
    given.crawl(&server.address, &marks)?;
    given.bytes.push(listen(&server.address)?);
    given.bytes.push(crate::http::get(&metrics, "/metrics")?);
    for words in [
        &[
            "comments", "list", "--state", "all", "--limit", "500", "--json",
        ][..],
        &["comments", "list", "--state", "all", "--limit", "500"],
        &["article", "list", "--json"],
        &["settings", "list", "--json"],
    ] {
        let said = program.command(&paper.data, words).output()?;
        anyhow::ensure!(
            said.status.success(),
            "warraq {} failed: {}",
            words.join(" "),
            String::from_utf8_lossy(&said.stderr)
        );
        given.bytes.push([said.stdout, said.stderr].concat());
    }
    let public = given.bytes.len();
    let backup = paper.data.with_extension("backup");
    program.run(&paper.data, &["backup", "create", word(&backup)])?;
    given.bytes.push(fs::read(&backup)?);
    given.bytes.push(fs::read(&logged)?);
    let logged_bytes = given.bytes.last().map_or(0, Vec::len);
    read_all(&paper.data, &mut given.bytes)?;
    let needles = Needles::of(&marks)?;
    let found = needles.found_in(&given.bytes);
    let megabytes = given.bytes.iter().map(Vec::len).sum::<usize>() >> 20;
    outcome.say(format!(
        "{comments} comments, decided on in every way; {} answers read, {public} public documents, {} MB of log at its most talkative, the backup and the data folder: {megabytes} MB searched for {} spellings of their addresses; {} found",
        given.answers,
        logged_bytes >> 20,
        needles.words.len(),
        found.len(),
    ));
    for word in found.iter().take(5) {
        outcome.say(format!("found: {word}"));
    }
    outcome.expect(
        found.is_empty(),
        "an address of a reader, or a hash of it, is given away",
    );
    outcome.expect(
        given.answers > comments && logged_bytes > 1_000,
        "too little was read for this to prove anything",
    );
    control(
        &server.address,
        &open,
        &marks,
        &paper,
        &runtime,
        &needles,
        &mut outcome,
    )?;
    drop(server);
    Ok(outcome)
}

/// A reader who is known.
struct Mark {
    email: String,
    local: String,
    from: String,
}

impl Mark {
    fn new(number: usize) -> Self {
        let local = format!("mk{number:04}zqv");
        Self {
            email: format!("{local}@leak{number:04}.example"),
            local,
            from: format!("100.77.{}.{}", number / 200 + 10, number % 200 + 10),
        }
    }
}

/// What is searched for.
struct Needles {
    words: Vec<String>,
    search: AhoCorasick,
}

impl Needles {
    fn of(marks: &[Mark]) -> anyhow::Result<Self> {
        let mut words = Vec::new();
        for mark in marks {
            for plain in [&mark.email, &mark.local, &mark.from] {
                words.push(plain.clone());
                for text in [plain.clone(), plain.to_uppercase()] {
                    let bytes = text.as_bytes();
                    spellings(&md5::Md5::digest(bytes), &mut words);
                    spellings(&sha1::Sha1::digest(bytes), &mut words);
                    spellings(&sha2::Sha256::digest(bytes), &mut words);
                    words.push(STANDARD_NO_PAD.encode(bytes));
                    words.push(editorial::urls::encode(&text));
                }
            }
        }
        words.sort();
        words.dedup();
        let search = AhoCorasick::new(&words)?;
        Ok(Self { words, search })
    }

    fn found_in(&self, all: &[Vec<u8>]) -> BTreeSet<&str> {
        let found = all.iter().flat_map(|bytes| {
            let found = self.search.find_overlapping_iter(bytes);
            found.map(|found| self.words[found.pattern()].as_str())
        });
        found.collect()
    }
}

fn spellings(hash: &[u8], words: &mut Vec<String>) {
    let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    words.push(hex.to_uppercase());
    words.push(hex);
    words.push(STANDARD_NO_PAD.encode(hash));
    words.push(URL_SAFE_NO_PAD.encode(hash));
}

/// What the paper gave out.
#[derive(Default)]
struct Given {
    bytes: Vec<Vec<u8>>,
    answers: usize,
}

impl Given {
    fn keep(&mut self, answer: crate::wire::Answer) {
        self.answers += 1;
        self.bytes.push(answer.head.join("\n").into_bytes());
        self.bytes.push(answer.body);
    }

    /// Reads every page that a link leads to, and what machines read.
    fn crawl(&mut self, address: &str, marks: &[Mark]) -> anyhow::Result<()> {
        let mut left: Vec<String> = [
            "/",
            "/robots.txt",
            "/sitemap.xml",
            "/news-sitemap.xml",
            "/opensearch.xml",
            "/live/ticker.json",
            "/feed.xml",
            "/atom.xml",
            "/feed.json",
            "/healthz",
            "/readyz",
            "/comments/mine",
            "/comments/data",
            "/comments/ticket",
            "/newsroom",
            "/nowhere",
        ]
        .map(str::to_owned)
        .to_vec();
        for mark in marks.iter().take(20) {
            for asked in [&mark.local, &mark.email] {
                let asked = editorial::urls::encode(asked);
                left.push(format!("/search?q={asked}"));
                left.push(format!("/search/suggest?q={asked}"));
            }
        }
        let mut seen: BTreeSet<String> = left.iter().cloned().collect();
        let mut wire = Wire::to(address);
        while let Some(path) = left.pop() {
            if path.starts_with("/media/") || path.starts_with("/file/") {
                continue;
            }
            let host = address.to_owned();
            let request =
                format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: identity\r\n\r\n");
            let answer = wire.ask(&request).with_context(|| path.clone())?;
            // A page of results says what was asked for, and nothing else may.
            let asked = path.contains("?q=");
            let mut links = links(&answer.text());
            links.extend(answer.values("location").map(str::to_owned));
            for link in links {
                let link = link.replace("&amp;", "&");
                let link = link.split('#').next().unwrap_or_default().to_owned();
                let own = link.strip_prefix(&format!("http://{address}"));
                let link = own.map_or(link.clone(), str::to_owned);
                if link.starts_with('/')
                    && !link.starts_with("//")
                    && !link.contains("?q=")
                    && seen.len() < PAGES_MAX
                    && seen.insert(link.clone())
                {
                    left.push(link);
                }
            }
            if asked {
                let body = answer.text();
                let mut body = body.replace(&*path, "");
                for mark in marks.iter().take(20) {
                    for echoed in [&mark.email, &mark.local] {
                        body = body
                            .replace(echoed.as_str(), "")
                            .replace(&editorial::urls::encode(echoed), "");
                    }
                }
                self.answers += 1;
                self.bytes.push(body.into_bytes());
            } else {
                self.keep(answer);
            }
        }
        Ok(())
    }
}

/// Addresses in links and sitemaps.
fn links(text: &str) -> Vec<String> {
    let mut links = Vec::new();
    for (before, after) in [
        ("href=\"", '"'),
        ("src=\"", '"'),
        ("<loc>", '<'),
        ("<link>", '<'),
    ] {
        for rest in text.split(before).skip(1) {
            links.extend(rest.split(after).next().map(str::to_owned));
        }
    }
    links
}

/// Sends a comment for each mark, some of them twice, wrong first, or as answers;
/// reports some; asks for data.
fn send(
    address: &str,
    articles: &[String],
    marks: &[Mark],
    given: &mut Given,
) -> anyhow::Result<()> {
    let ticket = ripe_ticket(address)?;
    let mut wire = Wire::to(address);
    for (number, mark) in marks.iter().enumerate() {
        let text = format!("رأي القارئ {number} في هذا الخبر: لا بأس به، وننتظر التتمة.");
        let mut post = Post {
            path: &articles[number % articles.len()],
            name: "قارئ متخيَّل",
            email: &mark.email,
            text: &text,
            ticket: &ticket,
            forwarded: Some(&mark.from),
            reply_to: None,
        };
        if number % 10 == 3 {
            // Without a text: the form comes back, to its writer alone.
            post.text = "";
            let answer = wire.ask(&post.request(address))?;
            anyhow::ensure!(answer.status == 422, "an empty comment: {}", answer.status);
            post.text = &text;
        }
        let times = if number % 10 == 5 { 2 } else { 1 };
        for _ in 0..times {
            let answer = wire.ask(&post.request(address))?;
            anyhow::ensure!(answer.status == 303, "a comment: {}", answer.status);
            given.keep(answer);
        }
        if number % 10 == 7 {
            let body = format!("email={}", editorial::urls::encode(&mark.email));
            let asked = format!(
                "POST /comments/data HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nX-Forwarded-For: {}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
                mark.from,
                body.len()
            );
            wire.ask(&asked)?;
        }
    }
    Ok(())
}

/// Decides on them in every way there is.
async fn decide(paper: &Paper) -> anyhow::Result<()> {
    let store = Store::open(&Database::Sqlite(paper.data.clone())).await?;
    let mut before = None;
    loop {
        let listed = store
            .comments(&Wanted {
                wants: Wants::State(CommentState::Waiting),
                words: String::new(),
                before,
                limit: 200,
            })
            .await?;
        for (at, item) in listed.items.into_iter().enumerate() {
            let decision = match at % 10 {
                8 => Decision::Spam,
                9 => Decision::Reject,
                7 => continue,
                _ => Decision::Approve,
            };
            let changes = item.comment.decide(decision, Actor::CommandLine, now()?)?;
            store.commit(changes).await?;
        }
        before = listed.next;
        if before.is_none() {
            break;
        }
    }
    store.close().await;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the edge of the program")]
fn now() -> anyhow::Result<Timestamp> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH)?;
    Ok(Timestamp(i64::try_from(since.as_micros())?))
}

/// What the live ticker says for a while.
fn listen(address: &str) -> anyhow::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(LISTENED))?;
    write!(
        stream,
        "GET /live/ticker HTTP/1.1\r\nHost: {address}\r\n\r\n"
    )?;
    let (mut bytes, mut part) = (Vec::new(), [0; 4096]);
    // Ends with the time-out.
    while let Ok(count @ 1..) = stream.read(&mut part) {
        bytes.extend_from_slice(&part[..count]);
    }
    Ok(bytes)
}

/// Every file below a folder.
fn read_all(folder: &Path, all: &mut Vec<Vec<u8>>) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read_all(&path, all)?;
        } else if path.is_file() {
            all.push(fs::read(&path)?);
        }
    }
    Ok(())
}

/// Somebody gives two addresses away in a comment: the search finds them.
fn control(
    address: &str,
    articles: &[String],
    marks: &[Mark],
    paper: &Paper,
    runtime: &tokio::runtime::Runtime,
    needles: &Needles,
    outcome: &mut Outcome,
) -> anyhow::Result<()> {
    let hash: String = md5::Md5::digest(marks[1].email.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let text = format!("أعرف صاحب التعليق: {} و {hash}", marks[0].local);
    let ticket = ripe_ticket(address)?;
    let post = Post {
        path: &articles[0],
        name: "واشٍ",
        email: "tell@paper.example",
        text: &text,
        ticket: &ticket,
        forwarded: None,
        reply_to: None,
    };
    let answer = Wire::to(address).ask(&post.request(address))?;
    anyhow::ensure!(answer.status == 303, "the control: {}", answer.status);
    runtime.block_on(decide(paper))?;
    std::thread::sleep(Duration::from_secs(1));
    // The newest comment, however many stand before it.
    let article = articles[0].split('/').nth(2).context("an article")?;
    let page = crate::http::get(address, &format!("/comments/{article}?order=newest"))?;
    let found = needles.found_in(&[page]);
    outcome.expect(
        found.contains(marks[0].local.as_str()) && found.contains(hash.as_str()),
        "the search does not find what a page gives away",
    );
    Ok(())
}
