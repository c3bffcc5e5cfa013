//! `warraq comments` as somebody at a terminal meets it, beside a running paper.

use std::{
    net::{IpAddr, Ipv4Addr},
    os::unix::fs::PermissionsExt as _,
    path::PathBuf,
    process::{Command, Output},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use actions::comments::{Comments, Sent};
use credentials::Token;
use editorial::{
    Article, Changes, Id, Timestamp, Write,
    comment::{Commenting, NewComment},
};
use serde_json::Value;
use store::{Database, Store, seal::EmailSealer};

const LAYLA: &str = "layla@reader.example";
const OMAR: &str = "omar@reader.example";
const NOW: Timestamp = Timestamp(1_760_000_000_000_000);

/// Never the same twice.
fn random() -> [u8; 32] {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let next = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    credentials::token::hash_of(&next).0
}

fn id(number: i64) -> Id {
    Id::new(number).expect("in range")
}

fn article() -> Article {
    testing::article(id(40), id(41), "ماء", "عودة الماء", NOW)
}

/// A paper that stays open here, as a server has it, while the program runs.
struct Paper {
    folder: tempfile::TempDir,
    store: Store,
    comments: Comments,
}

impl Paper {
    async fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().join("paper");
        let store = Store::open(&Database::Sqlite(data.clone())).await;
        let store = store.expect("a paper");
        let written = Changes::new().write(Write::Article {
            article: Box::new(article()),
            loaded_version: None,
        });
        store.commit(written).await.expect("committed");
        let sealer = EmailSealer::open(&data.join("keys"), random).expect("keys");
        let comments = Comments::new(store.clone(), Arc::new(sealer), random);
        Self {
            folder,
            store,
            comments,
        }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("paper")
    }

    async fn comment(&self, email: &str, text: &str) -> String {
        self.comment_of("قارئ", email, text).await
    }

    async fn comment_of(&self, name: &str, email: &str, text: &str) -> String {
        let new = NewComment::read(name, email, text, None, None);
        let sent = Sent {
            article: id(40),
            comment: new.expect("a comment"),
            writer: Token::new([5; 32]),
            from: IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7)),
            hidden_field: false,
            too_fast: false,
        };
        let taken = self.comments.receive(sent, NOW).await.expect("taken");
        taken.id.to_string()
    }

    fn runs(&self, words: &[&str], line: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_warraq"));
        command.args(words).arg("--data").arg(self.data());
        testing::with_line(&mut command, line)
    }

    /// What a command that must succeed says to people.
    fn told(&self, words: &[&str]) -> String {
        let done = self.runs(words, "");
        let wrong = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.success(), "{words:?}: {wrong}");
        String::from_utf8(done.stdout).expect("text").trim().into()
    }

    /// What it says to machines.
    fn said(&self, words: &[&str]) -> Value {
        let text = self.told(&[words, &["--json"]].concat());
        serde_json::from_str(&text).expect("one document")
    }

    /// What it says where it must fail with that status.
    fn refused(&self, words: &[&str], line: &str, status: i32) -> String {
        let done = self.runs(words, line);
        let wrong = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(status), "{words:?}: {wrong}");
        wrong
    }

    fn ids(&self, words: &[&str]) -> Vec<String> {
        let said = self.said(&[&["comments", "list"], words].concat());
        let comments = said["comments"].as_array().expect("a list").clone();
        comments.iter().map(|one| one["id"].to_string()).collect()
    }

    async fn end(self) {
        self.store.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn comments_are_listed_and_decided_on() {
    let paper = Paper::open().await;
    let mut all = Vec::new();
    for (name, text) in [
        ("قارئ", "شكرًا على هذا التقرير\n\nالواضح"),
        ("المشـرف", "أين كانت البلدية حين انقطع الماء؟"),
        ("قارئ", "مررت بالسوق أمس ولم أجد فيه أحدًا"),
    ] {
        all.insert(0, paper.comment_of(name, LAYLA, text).await);
    }
    let (third, second, first) = (&*all[0], &*all[1], &*all[2]);
    assert_eq!(paper.ids(&[]), all);
    let words = paper.told(&["comments", "list"]);
    assert_eq!(words.lines().count(), 3, "{words}");
    let line = words.lines().nth(1).expect("a line");
    assert!(line.starts_with(&format!("{second}\t40\t")), "{line}");
    assert!(
        line.contains("\twaiting\t") && line.contains("staff-name «المشـرف»"),
        "{line}"
    );
    assert!(words.contains("approval") && words.contains("شكرًا على هذا التقرير الواضح"));
    assert!(
        !words.contains('@') && !words.contains("192.0.2"),
        "{words}"
    );
    let document = paper.told(&["comments", "list", "--json"]);
    assert!(
        !document.contains('@') && !document.contains("sealed"),
        "{document}"
    );

    assert_eq!(
        paper
            .told(&["comments", "approve", first, third])
            .lines()
            .count(),
        2
    );
    assert_eq!(paper.ids(&["--state", "approved"]), [third, first]);
    assert_eq!(paper.ids(&["--state", "waiting"]), [second]);
    assert_eq!(
        paper.ids(&["--state", "all", "--limit", "2"]),
        [third, second]
    );
    assert_eq!(paper.ids(&["--state", "all", "--before", second]), [first]);
    assert_eq!(
        paper.ids(&["--state", "all", "--search", "التقريــر شُكرا"]),
        [first]
    );
    assert_eq!(paper.ids(&["--article", "40"]), all);
    assert!(
        paper.ids(&["--article", "41"]).is_empty()
            && paper.ids(&["--state", "reported"]).is_empty()
    );

    // What fails is told one by one; the others are done.
    let some = paper.refused(&["comments", "spam", second, "999", "x", first], "", 1);
    assert!(some.contains("999: there is no comment 999"), "{some}");
    assert!(
        some.contains("x: x is no number") && some.contains("2 of 4"),
        "{some}"
    );
    assert_eq!(paper.ids(&["--state", "spam"]), [second, first]);
    let hidden = paper.refused(&["comments", "withdraw", first], "", 1);
    assert!(hidden.contains("not shown"), "{hidden}");
    assert_eq!(
        paper.said(&["comments", "withdraw", third])["done"][0],
        third
    );
    assert_eq!(
        paper.said(&["comments", "reject", first])["state"],
        "rejected"
    );
    let failed = paper.runs(&["comments", "approve", "999", "--json"], "");
    let failed: Value = serde_json::from_slice(&failed.stdout).expect("one document");
    assert!(
        failed["error"]
            .as_str()
            .is_some_and(|error| error.contains("999"))
    );
    for bad in [
        &["comments", "approve"][..],
        &["comments", "list", "--state", "bad"],
    ] {
        paper.refused(bad, "", 2);
    }
    paper.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_gets_his_data_and_has_it_erased() {
    let paper = Paper::open().await;
    paper.comment(LAYLA, "شكرًا على هذا التقرير").await;
    paper
        .comment(OMAR, "مررت بالسوق أمس ولم أجد فيه أحدًا")
        .await;
    // On standard input, or as an argument: the same.
    let read = paper.runs(&["comments", "export", "-"], " Layla@reader.example\n");
    assert!(read.status.success(), "{read:?}");
    let read: Value = serde_json::from_slice(&read.stdout).expect("one document");
    let given = paper.said(&["comments", "export", LAYLA]);
    assert_eq!(read["comments"], given["comments"]);
    assert_eq!(given["comments"].as_array().map(Vec::len), Some(1));
    assert_eq!(given["comments"][0]["headline"], "عودة الماء");
    let text = given.to_string();
    assert!(!text.contains('@') && !text.contains("layla"), "{text}");
    let file = paper.folder.path().join("layla.json");
    let name = file.to_str().expect("UTF-8");
    paper.told(&["comments", "export", LAYLA, "--output", name]);
    let written: Value =
        serde_json::from_slice(&std::fs::read(&file).expect("read")).expect("json");
    assert_eq!(written["comments"], given["comments"]);
    let mode = file.metadata().expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let there = paper.refused(&["comments", "export", LAYLA, "--output", name], "", 1);
    assert!(there.contains("a file that is not there"), "{there}");

    // Nobody can be asked: it has to be said.
    for words in [
        &["comments", "erase", LAYLA][..],
        &["comments", "erase", "-"],
    ] {
        let refused = paper.refused(words, "yes\n", 1);
        assert!(refused.contains("--yes"), "{refused}");
    }
    assert_eq!(paper.ids(&[]).len(), 2);
    let bad = paper.refused(&["comments", "erase", "--yes", "-"], "layla\n", 1);
    assert!(bad.contains("no e-mail address"), "{bad}");
    let erased = paper.runs(
        &["comments", "erase", "--yes", "-"],
        "layla@reader.example\n",
    );
    assert!(String::from_utf8_lossy(&erased.stdout).contains("1 comments erased"));
    assert_eq!(
        paper.said(&["comments", "erase", LAYLA, "--yes"])["erased"],
        0
    );
    let left = paper.said(&["comments", "export", LAYLA]);
    assert_eq!(left["comments"].as_array().map(Vec::len), Some(0));
    let other = paper.said(&["comments", "export", OMAR]);
    assert_eq!(other["comments"].as_array().map(Vec::len), Some(1));
    paper.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_read_with_a_reason_and_articles_close() {
    let paper = Paper::open().await;
    let comment = paper.comment(LAYLA, "شكرًا على هذا التقرير").await;
    paper.refused(&["comments", "reveal", &comment], "", 2);
    let none = paper.refused(&["comments", "reveal", &comment, "--reason", " "], "", 1);
    assert!(none.contains("give a reason"), "{none}");
    let why = "طلبت النيابة عنوانه";
    let told = paper.told(&["comments", "reveal", &comment, "--reason", why]);
    assert_eq!(told, LAYLA);
    let trail = paper.store.audit_entries(0, 100).await.expect("read");
    let noted: Vec<_> = trail
        .iter()
        .filter(|one| one.action == "comment.reveal")
        .collect();
    assert_eq!(
        (noted.len(), &*noted[0].note, &*noted[0].actor),
        (1, why, "cli")
    );

    let commenting = async || {
        let article = paper.store.article(id(40)).await.expect("read");
        article.expect("there").commenting
    };
    for (words, expected) in [
        (&["close", "40"][..], Commenting::Closed),
        (&["open", "40"], Commenting::Open),
        (&["open", "40", "--by-age"], Commenting::ByAge),
    ] {
        paper.told(&[&["comments"], words].concat());
        assert_eq!(commenting().await, expected, "{words:?}");
    }
    let missing = paper.refused(&["comments", "close", "999"], "", 1);
    assert!(missing.contains("there is no article 999"), "{missing}");
    paper.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_sealed_opens_after_the_keys_turned() {
    let paper = Paper::open().await;
    let old = paper.comment(LAYLA, "شكرًا على هذا التقرير").await;
    let turned = paper.runs(&["keys", "rotate"], "");
    assert!(turned.status.success(), "{turned:?}");
    let note = String::from_utf8_lossy(&turned.stderr).into_owned();
    assert!(note.contains("restart"), "{note}");
    assert_eq!(
        paper.said(&["keys", "list"])["versions"],
        serde_json::json!([1, 2])
    );
    // A server started since seals under the new one, and opens both.
    let sealer = EmailSealer::open(&paper.data().join("keys"), random).expect("keys");
    let restarted = Comments::new(paper.store.clone(), Arc::new(sealer), random);
    let paper = Paper {
        comments: restarted,
        ..paper
    };
    let new = paper
        .comment(LAYLA, "أين كانت البلدية حين انقطع الماء؟")
        .await;
    for (number, version) in [(&old, "1:"), (&new, "2:")] {
        let told = paper.told(&["comments", "reveal", number, "--reason", "تجربة"]);
        assert_eq!(told, LAYLA);
        let number = Id::parse(number).expect("a number");
        let comment = paper.store.comment(number).await.expect("read");
        let sealed = comment
            .and_then(|one| one.email)
            .expect("an address")
            .sealed;
        assert!(sealed.starts_with(version), "{sealed}");
    }
    // The same address is found under both.
    let both = paper.said(&["comments", "export", LAYLA]);
    assert_eq!(both["comments"].as_array().map(Vec::len), Some(2));
    assert_eq!(
        paper.said(&["comments", "erase", LAYLA, "--yes"])["erased"],
        2
    );
    paper.end().await;
}

/// What is sealed of readers is counted, and a request ends with the copy.
#[tokio::test(flavor = "multi_thread")]
async fn a_backup_holds_what_is_sealed_of_readers() {
    let paper = Paper::open().await;
    paper.comment(LAYLA, "شكرًا على هذا التقرير").await;
    let asked = paper.comments.ask_for_data(OMAR, NOW).await;
    asked.expect("taken");
    let backup = paper.folder.path().join("paper.backup");
    let keyless = paper.folder.path().join("keyless.backup");
    let (backup, keyless) = (
        backup.to_str().expect("UTF-8"),
        keyless.to_str().expect("UTF-8"),
    );
    paper.said(&["backup", "create", backup]);
    paper.said(&["backup", "create", keyless, "--without-keys"]);
    // A comment's address, a request's, and the key of that day's senders.
    for (file, without) in [(backup, 0), (keyless, 3)] {
        let found = paper.said(&["backup", "verify", file])["found"].clone();
        assert_eq!(found["sealed_addresses"], 3, "{found}");
        assert_eq!(found["sealed_addresses_without_key"], without, "{found}");
    }
    let back = paper.folder.path().join("back");
    let restored = Command::new(env!("CARGO_BIN_EXE_warraq"))
        .args(["backup", "restore", backup, "--data"])
        .arg(&back)
        .output()
        .expect("it runs");
    assert!(restored.status.success(), "{restored:?}");
    let store = Store::open(&Database::Sqlite(back)).await.expect("opened");
    assert!(store.data_requests(10).await.expect("read").is_empty());
    assert_eq!(
        store.sealed_addresses(None, 10).await.expect("read").len(),
        1
    );
    store.close().await;
    assert_eq!(paper.store.data_requests(10).await.expect("read").len(), 1);
    paper.end().await;
}
