//! `warraq search` and `warraq reindex`, beside a running server and without one.

use std::{
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;

struct Folder(PathBuf);

impl Folder {
    fn with_the_sample(name: &str) -> Self {
        let name = format!("searching-{name}-{}", std::process::id());
        let folder = Self(std::env::temp_dir().join(name));
        told(&folder.0, &["demo"]);
        folder
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn run(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_warraq"))
        .args(words)
        .arg("--data")
        .arg(folder)
        .output()
        .expect("it runs")
}

fn told(folder: &Path, words: &[&str]) -> String {
    let done = run(folder, words);
    let wrong = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{words:?}: {wrong}");
    String::from_utf8(done.stdout).expect("text")
}

fn refused(folder: &Path, words: &[&str]) -> String {
    let done = run(folder, words);
    assert_eq!(done.status.code(), Some(1), "{words:?}");
    let wrong = String::from_utf8(done.stderr).expect("text");
    assert_eq!(wrong.trim().lines().count(), 1, "{words:?}: {wrong}");
    wrong
}

fn json(folder: &Path, words: &[&str]) -> Value {
    let words = [words, &["--json"]].concat();
    serde_json::from_str(&told(folder, &words)).expect("one document")
}

/// The numbers of the articles that are found, in ascending order.
fn found(folder: &Path, query: &str) -> Vec<i64> {
    let document = json(folder, &["search", query, "--limit", "500"]);
    let results = document["results"].as_array().expect("a list");
    let mut numbers: Vec<_> = results
        .iter()
        .map(|result| result["id"].as_i64().expect("a number"))
        .collect();
    assert_eq!(document["total"].as_u64(), Some(numbers.len() as u64));
    numbers.sort_unstable();
    numbers
}

/// `warraq serve` on a free port.
struct Server {
    child: Child,
}

impl Server {
    fn start(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_warraq"))
            .args([
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--prepare",
                "off",
                "--data",
            ])
            .arg(folder)
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let printed = child.stdout.take().expect("piped");
        let mut line = String::new();
        BufReader::new(printed).read_line(&mut line).expect("read");
        assert!(line.starts_with("listening on "), "{line}");
        Self { child }
    }

    fn kill(&mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_query_is_answered_without_a_server_and_beside_one() {
    let folder = Folder::with_the_sample("query");
    let folder = &folder.0;
    // The index is made by the first search.
    let spellings = ["سوريا", "سورية", "سوريــة", "لسوريا", "Syria"];
    let first = found(folder, spellings[0]);
    assert!(first.len() > 5, "{first:?}");
    for spelling in spellings {
        assert_eq!(found(folder, spelling), first, "{spelling}");
    }
    // What was written since is caught up with.
    let number = first[0].to_string();
    told(folder, &["article", "withdraw", &number]);
    assert_eq!(found(folder, "سوريا"), first[1..]);
    let mut server = Server::start(folder);
    assert_eq!(found(folder, "سوريا"), first[1..]);
    told(folder, &["article", "restore", &number]);
    assert_eq!(found(folder, "سوريا"), first);
    server.kill();
    assert_eq!(found(folder, "سوريا"), first);
    let document = json(folder, &["search", "أستانا", "--limit", "2"]);
    let keys = |value: &Value| {
        let object = value.as_object().expect("an object");
        object.keys().cloned().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(keys(&document), "also results total");
    let results = document["results"].as_array().expect("a list");
    assert_eq!(results.len(), 2);
    for result in results {
        assert_eq!(keys(result), "headline id published score snippet url");
        let id = result["id"].as_i64().expect("a number");
        let url = result["url"].as_str().expect("an address");
        assert!(url.starts_with(&format!("/a/{id}/")), "{url}");
        assert!(result["score"].as_f64().is_some_and(|score| score > 0.0));
        let published = result["published"].as_str().expect("a moment");
        assert!(published.ends_with('Z'), "{published}");
    }
    let words = told(folder, &["search", "زقزقةزقزقة"]);
    assert_eq!(words.trim(), "nothing was found");
    let words = told(folder, &["search", "-أستانا سوريا"]);
    assert!(words.contains(" articles\n"), "{words}");
}

/// Overwrites all but the ends of the index's files with this ending.
fn damage(search: &Path, ending: &str) {
    let current = std::fs::read_to_string(search.join("current")).expect("named");
    let number = current.split(' ').next().unwrap_or_default();
    let mut damaged = 0;
    let generation = search.join(format!("generation-{number}"));
    for entry in std::fs::read_dir(generation).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|own| own == ending) {
            let mut bytes = std::fs::read(&path).expect("read");
            let end = bytes.len().saturating_sub(80);
            bytes[..end].fill(0xA5);
            std::fs::write(&path, bytes).expect("written");
            damaged += 1;
        }
    }
    assert!(damaged > 0, "help: no file of the index ends in {ending}");
}

#[test]
fn a_new_index_is_made_by_the_server_or_without_it() {
    let folder = Folder::with_the_sample("reindex");
    let folder = &folder.0;
    let alone = json(folder, &["reindex"]);
    assert_eq!(alone["by_server"], false);
    let articles = alone["articles"].as_u64().expect("a number");
    assert!(articles > 20, "{alone}");
    let generation = || std::fs::read_to_string(folder.join("search/current")).expect("named");
    let before = generation();
    let mut server = Server::start(folder);
    let began = Instant::now();
    // A server answers readers a moment before it has taken the index.
    let mut asked = json(folder, &["reindex"]);
    while asked["by_server"] != true && began.elapsed() < Duration::from_secs(4) {
        asked = json(folder, &["reindex"]);
    }
    assert_eq!(asked["by_server"], true, "{asked}");
    assert_eq!(asked["articles"].as_u64(), Some(articles));
    assert!(began.elapsed() < Duration::from_secs(5), "{began:?}");
    assert_ne!(generation(), before);
    assert!(!found(folder, "سوريا").is_empty());
    let words = told(folder, &["reindex"]);
    assert!(words.contains("by the running server"), "{words}");
    // A server that dies leaves the work to whoever asked.
    server.kill();
    // What is damaged within is no answer of «nothing found», and no panic.
    for end in ["fast", "term"] {
        damage(&folder.join("search"), end);
        assert!(!found(folder, "سوريا").is_empty(), "{end}");
    }
    let after = json(folder, &["reindex"]);
    assert_eq!(after["by_server"], false);
    assert_eq!(after["articles"].as_u64(), Some(articles));
    // One that does not answer has died in the end.
    let server = Server::start(folder);
    let stopped = rustix::process::Pid::from_child(&server.child);
    rustix::process::kill_process(stopped, rustix::process::Signal::STOP).expect("it stops");
    let asking = Command::new(env!("CARGO_BIN_EXE_warraq"))
        .args(["reindex", "--json", "--data"])
        .arg(folder)
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    std::thread::sleep(Duration::from_millis(700));
    drop(server);
    let done = asking.wait_with_output().expect("it ends");
    assert!(done.status.success());
    let done: Value = serde_json::from_slice(&done.stdout).expect("one document");
    assert_eq!(done["by_server"], false);
    assert!(!folder.join("search/reindex.request").exists());
}

#[test]
fn a_papers_own_spellings_are_read_and_checked() {
    let folder = Folder::with_the_sample("spellings");
    let folder = &folder.0;
    let config = folder.join("warraq.toml");
    std::fs::write(&config, "").expect("written");
    let config = config.to_str().expect("text");
    let known = found(folder, "حلب");
    assert!(!known.is_empty() && found(folder, "شهباءنا").is_empty());
    let spellings = folder.join("spellings.tsv");
    std::fs::write(&spellings, "# ours\nشهباءنا\tحلب\n").expect("written");
    assert_eq!(found(folder, "شهباءنا"), known);
    told(folder, &["config", "check", config]);
    std::fs::write(&spellings, "شهباءنا\tحلب\nوحده\n").expect("written");
    let wrong = refused(folder, &["config", "check", config]);
    assert!(wrong.contains("spellings.tsv: line 2 has one"), "{wrong}");
    // A search goes on with what the program knows.
    let done = run(folder, &["search", "حلب"]);
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success());
    assert!(said.contains("spellings.tsv: line 2 has one"), "{said}");
}
