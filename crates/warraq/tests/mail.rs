//! Links by mail, as somebody at a terminal meets them.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::Value;
use store::{Database, Store};
use testing::sink::{Mood, Sink};

struct Place {
    folder: tempfile::TempDir,
    config: PathBuf,
}

impl Place {
    async fn with_mail_to(sink: &Sink) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let paper = Store::open(&Database::Sqlite(folder.path().join("paper"))).await;
        paper.expect("a paper").close().await;
        let config = folder.path().join("warraq.toml");
        std::fs::write(folder.path().join("password"), "سر البريد\n").expect("written");
        let text = format!(
            "listen = \"127.0.0.1:0\"\nhosts = [\"news.example\"]\n\n[mail]\nserver = \"127.0.0.1\"\nport = {}\nsecurity = \"none\"\nuser = \"news\"\npassword_file = \"password\"\nfrom = \"news@paper.example\"\n",
            sink.address().port()
        );
        std::fs::write(&config, text).expect("written");
        Self { folder, config }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("paper")
    }

    fn warraq(&self, words: &[&str], line: &str) -> Output {
        run(&self.data(), words, line, Some(&self.config))
    }

    fn said(&self, words: &[&str]) -> Value {
        let done = self.warraq(&[words, &["--json"]].concat(), "");
        let text = String::from_utf8_lossy(&done.stdout).into_owned();
        assert!(done.status.success(), "{words:?}: {text}");
        serde_json::from_str(&text).expect("one document")
    }
}

fn run(data: &Path, words: &[&str], line: &str, config: Option<&Path>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_warraq"));
    command.args(words).arg("--data").arg(data);
    if let Some(config) = config {
        command.env("WARRAQ_CONFIG", config);
    }
    testing::with_line(&mut command, line)
}

const ADD: [&str; 5] = [
    "user",
    "add",
    "layla@paper.example",
    "--role",
    "administrator",
];

#[tokio::test(flavor = "multi_thread")]
async fn links_are_mailed_or_printed() {
    let sink = Sink::open().await;
    let place = Place::with_mail_to(&sink).await;
    let invited = place.said(&[&ADD[..], &["--invite"]].concat());
    assert_eq!(invited["done"], "mailed");
    let caught = sink.letter(0).await;
    assert_eq!(caught.to, ["<layla@paper.example>"]);
    assert!(caught.login.is_some());
    let words = caught.words();
    assert!(
        words.contains("https://news.example/newsroom/link/"),
        "{words}"
    );

    let added = [&ADD[..], &["--name", "ليلى حداد"]].concat();
    let added = place.warraq(&added, "قطار أزرق في محطة القمح\n");
    assert!(added.status.success(), "{added:?}");
    let id: String = String::from_utf8_lossy(&added.stdout)
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    let reset = place.said(&["user", "reset", "layla@paper.example", "--language", "en"]);
    assert_eq!(
        (&reset["done"], reset["id"].to_string()),
        (&"mailed".into(), id.clone())
    );
    assert!(sink.letter(1).await.words().contains("set a new password"));

    // The server refuses, and repeats the address: the link is printed.
    sink.set(Mood::Refuses(550));
    let down = place.warraq(&["user", "reset", &id], "");
    let (told, why) = (
        String::from_utf8_lossy(&down.stdout).into_owned(),
        String::from_utf8_lossy(&down.stderr).into_owned(),
    );
    assert!(down.status.success(), "{why}");
    assert!(
        told.contains("https://news.example/newsroom/link/"),
        "{told}"
    );
    assert!(why.contains("it said 550"), "{why}");
    assert!(!told.contains('@') && !why.contains('@'), "{told}{why}");
    let down = place.said(&["user", "reset", &id]);
    assert_eq!(down["done"], "link");
    assert!(
        down["not_mailed"]
            .as_str()
            .is_some_and(|why| why.contains("550"))
    );

    // Without mail it is printed, and leads where the site is known to be.
    let plain = run(&place.data(), &["user", "reset", &id], "", None);
    let told = String::from_utf8_lossy(&plain.stdout).into_owned();
    assert!(
        told.contains("\nhttp://127.0.0.1:8080/newsroom/link/"),
        "{told}"
    );
    let set = ["settings", "set", "origin", "https://paper.example"];
    assert!(run(&place.data(), &set, "", None).status.success());
    let plain = run(&place.data(), &["user", "reset", &id], "", None);
    let told = String::from_utf8_lossy(&plain.stdout).into_owned();
    assert!(
        told.contains("\nhttps://paper.example/newsroom/link/"),
        "{told}"
    );
    assert_eq!(sink.letters().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_with_mail_has_a_way_in_for_who_forgot() {
    let sink = Sink::open().await;
    let place = Place::with_mail_to(&sink).await;
    let mut server = Command::new(env!("CARGO_BIN_EXE_warraq"))
        .args(["serve", "--json", "--data"])
        .arg(place.data())
        .arg("--config")
        .arg(&place.config)
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut line = String::new();
    let output = server.stdout.take().expect("piped");
    BufReader::new(output).read_line(&mut line).expect("a line");
    let told: Value = serde_json::from_str(&line).expect("one document");
    let address = told["listening"].as_str().expect("an address");
    let address = address.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).expect("connected");
    write!(
        stream,
        "GET /newsroom/forgotten HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )
    .expect("written");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let ended = Command::new("kill")
        .arg(server.id().to_string())
        .status()
        .expect("kill runs");
    assert!(ended.success());
    assert!(server.wait().expect("it ends").success());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_the_section_is_told_before_anything_is_done() {
    let sink = Sink::open().await;
    let place = Place::with_mail_to(&sink).await;
    let whole = std::fs::read_to_string(&place.config).expect("read");
    for (from, to, expect) in [
        ("user = \"news\"\n", "", "mail.user: give the user"),
        (
            "password_file = \"password\"\n",
            "",
            "mail.password_file: give the file",
        ),
        ("\"password\"", "\"nothing\"", "mail.password_file: "),
        (
            "server = \"127.0.0.1\"",
            "server = \"smtp.paper.example\"",
            "plain connection",
        ),
        ("from =", "form =", "there is no such key here"),
    ] {
        let changed = whole.replacen(from, to, 1);
        assert_ne!(changed, whole, "{from}");
        std::fs::write(&place.config, changed).expect("written");
        let name = place.config.to_str().expect("text");
        for words in [
            &["config", "check", name][..],
            &["user", "list"],
            &["serve"],
        ] {
            let done = place.warraq(words, "");
            let wrong = String::from_utf8_lossy(&done.stderr).into_owned();
            assert_eq!(done.status.code(), Some(1), "{words:?}: {wrong}");
            assert!(wrong.contains(expect), "{words:?}: {wrong}");
            assert!(!wrong.contains("سر البريد") && wrong.trim().lines().count() == 1);
        }
    }
    assert!(sink.letters().is_empty());
}
