//! `warraq article schedule`: an article goes live at its moment, not before,
//! and also where the server was away then.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use editorial::{Content, Id, Timestamp, audit::Actor};
use store::{Database, Store};

struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the program reads the same clock"
)]
fn now() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("after 1970");
    Timestamp(i64::try_from(since.as_micros()).expect("in range"))
}

/// A paper with one article that is written and not published; its number.
fn paper(folder: &Path, headline: &str) -> Id {
    let runtime = tokio::runtime::Runtime::new().expect("threads");
    runtime.block_on(async {
        let store = Store::open(&Database::Sqlite(folder.to_owned()))
            .await
            .expect("opened");
        let id = actions::create_article(&store, Actor::System, now())
            .await
            .expect("begun");
        let (_, copy) = actions::open_copy(&store, id, Actor::System, now())
            .await
            .expect("opened");
        let seen = copy.version;
        let content = Content {
            headline: headline.into(),
            ..copy.content
        };
        let saved = actions::save_copy(
            &store,
            id,
            actions::Seen {
                version: seen,
                text: Some(0),
            },
            content,
            Actor::System,
            now(),
        )
        .await;
        saved.expect("saved");
        store.close().await;
        id
    })
}

fn told(folder: &Path, words: &[&str]) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_warraq"))
        .args(words)
        .arg("--data")
        .arg(folder)
        .output()
        .expect("it runs");
    let wrong = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{words:?}: {wrong}");
    String::from_utf8(done.stdout).expect("text")
}

/// `warraq serve` on a free port, and its address.
struct Server {
    child: Child,
    address: String,
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
        let mut line = String::new();
        let printed = child.stdout.take().expect("piped");
        BufReader::new(printed).read_line(&mut line).expect("read");
        let address = line
            .trim()
            .strip_prefix("listening on http://")
            .expect("its address");
        let address = address.to_owned();
        Self { child, address }
    }

    /// The status of an address, and what it says.
    fn get(&self, path: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).expect("connected");
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.address
        )
        .expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("read");
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer.split(' ').nth(1).and_then(|code| code.parse().ok());
        (status.expect("a status"), answer)
    }

    fn shows(&self, headline: &str) -> bool {
        ["/", "/feed.xml", "/sitemap.xml", "/archive"]
            .into_iter()
            .any(|path| self.get(path).1.contains(headline))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn an_article_is_nowhere_before_its_moment_and_everywhere_within_a_second_of_it() {
    let folder = Folder(std::env::temp_dir().join(format!("scheduled-{}", std::process::id())));
    let headline = "خبر ينتظر موعده";
    let id = paper(&folder.0, headline).to_string();
    let server = Server::start(&folder.0);
    let at = now().plus(4 * Timestamp::SECOND);
    let at = Timestamp(at.seconds() * Timestamp::SECOND);
    told(
        &folder.0,
        &["article", "schedule", &id, "--at", &at.rfc3339()],
    );
    let path = format!("/a/{id}/");
    while now() < at.plus(-Timestamp::SECOND / 5) {
        assert_eq!(server.get(&path).0, 404);
        assert!(!server.shows(headline), "it is told before its moment");
        std::thread::sleep(Duration::from_millis(100));
    }
    while server.get(&path).0 == 404 {
        assert!(now() < at.plus(Timestamp::SECOND), "it is late");
        std::thread::sleep(Duration::from_millis(10));
    }
    let late = now().0 - at.0;
    println!("shown {} ms after its moment", late / 1_000);
    assert!(late >= 0, "it was shown {} µs too early", -late);
    assert!(server.shows(headline));
}

#[test]
fn what_was_due_while_the_server_was_away_goes_live_when_it_is_back() {
    let folder = Folder(std::env::temp_dir().join(format!("was-due-{}", std::process::id())));
    let id = paper(&folder.0, "خبر فات موعده").to_string();
    let at = now().plus(2 * Timestamp::SECOND);
    let mut server = Server::start(&folder.0);
    told(
        &folder.0,
        &["article", "schedule", &id, "--at", &at.rfc3339()],
    );
    server.child.kill().expect("it runs");
    server.child.wait().expect("it ends");
    while now() < at.plus(Timestamp::SECOND) {
        std::thread::sleep(Duration::from_millis(50));
    }
    let server = Server::start(&folder.0);
    let began = Instant::now();
    let path = format!("/a/{id}/");
    while server.get(&path).0 == 404 {
        assert!(began.elapsed() < Duration::from_secs(1), "it is late");
        std::thread::sleep(Duration::from_millis(10));
    }
    let published = told(&folder.0, &["article", "list", "--state", "published"]);
    assert!(published.contains(&id), "{published}");
}
