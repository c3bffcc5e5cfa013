//! `warraq backup` as a person meets it: what it keeps, brings back, refuses.

use std::{
    io::{BufRead as _, BufReader},
    net::{IpAddr, Ipv4Addr},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use actions::accounts::{Accounts, NewUser, SignIn, SignInError};
use credentials::{Hashing, Password};
use editorial::{
    Timestamp,
    accounts::{LinkPurpose, Role, Roles},
    audit::Actor,
};
use serde_json::Value;
use store::{Database, Store, seal::EmailSealer};

/// A folder of the test's own, gone at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("backup-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("made");
        Self(folder)
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn warraq(data: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_warraq"))
        .args(words)
        .arg("--data")
        .arg(data)
        .output()
        .expect("the program starts")
}

/// What a command that must succeed says to machines.
fn said(data: &Path, words: &[&str]) -> Value {
    let mut words = words.to_vec();
    words.push("--json");
    let done = warraq(data, &words);
    let text = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{words:?}: {text}");
    serde_json::from_str(&text).expect("one document")
}

/// The sentence of a command that must fail with 1.
fn refused(data: &Path, words: &[&str]) -> String {
    let done = warraq(data, words);
    let sentence = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(1), "{words:?}: {sentence}");
    sentence
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// One article with a picture and two comments, of which one has an address.
fn fill(folder: &Folder, data: &Path) {
    let uploads = folder.at("uploads");
    std::fs::create_dir_all(uploads.join("2019")).expect("made");
    // The smallest PNG: one pixel.
    let png = [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55".as_slice(),
        b"\0\0\0\nIDAT\x78\x9c\x63\x60\0\0\0\x02\0\x01\x48\xaf\xa4\x71\0\0\0\0IEND\xae\x42\x60\x82",
    ]
    .concat();
    std::fs::write(uploads.join("2019/one.png"), png).expect("written");
    let comment = |id: u8, email: &str| {
        format!(
            "<wp:comment><wp:comment_id>{id}</wp:comment_id><wp:comment_author>قارئ</wp:comment_author><wp:comment_author_email>{email}</wp:comment_author_email><wp:comment_date_gmt>2019-03-04 12:30:00</wp:comment_date_gmt><wp:comment_content>تعليق</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>0</wp:comment_parent></wp:comment>"
        )
    };
    let export = format!(
        "<rss><channel><title>اختبار</title><link>https://old.example</link>\
         <item><title>صورة</title><wp:post_id>2</wp:post_id><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status><wp:attachment_url>https://old.example/wp-content/uploads/2019/one.png</wp:attachment_url></item>\
         <item><title>خبر</title><link>https://old.example/s1/</link><content:encoded>نص الخبر.</content:encoded><wp:post_id>1</wp:post_id><wp:post_date_gmt>2019-03-04 10:00:00</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>{}{}</item>\
         </channel></rss>",
        comment(3, "reader@example.com"),
        comment(4, "")
    );
    let file = folder.at("export.xml");
    std::fs::write(&file, export).expect("written");
    said(
        data,
        &["import", "wxr", text(&file), "--media", text(&uploads)],
    );
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in std::fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path
                    .strip_prefix(folder)
                    .expect("within")
                    .display()
                    .to_string();
                found.push((name, std::fs::read(path).expect("a file")));
            }
        }
    }
    found.sort();
    found
}

struct Server(Child);

impl Server {
    fn start(data: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_warraq"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        BufReader::new(process.stdout.take().expect("piped"))
            .read_line(&mut line)
            .expect("a line");
        assert!(line.starts_with("listening on "), "{line}");
        Self(process)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_paper_comes_back_with_its_pictures_and_keys() {
    let folder = Folder::new("whole");
    let (paper, file, back) = (
        folder.at("paper"),
        folder.at("paper.backup"),
        folder.at("back"),
    );
    fill(&folder, &paper);
    let rotated = said(&paper, &["keys", "rotate"]);
    assert_eq!(rotated["versions"], serde_json::json!([1, 2]));
    let server = Server::start(&paper);
    let made = said(&paper, &["backup", "create", text(&file)]);
    drop(server);
    // The key of the comment, the one that seals now, and the index's.
    assert_eq!((&made["originals"], &made["keys"]), (&1.into(), &3.into()));
    let verified = said(&paper, &["backup", "verify", text(&file)]);
    assert_eq!(verified["found"]["sealed_addresses"], 1);
    assert_eq!(verified["found"]["sealed_addresses_without_key"], 0);
    assert_eq!(verified["found"]["originals_missing"], 0);
    assert_eq!(verified["notes"], Value::Array(Vec::new()));
    // Nothing is left of the work beside it.
    let mut names: Vec<_> = std::fs::read_dir(&folder.0)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["export.xml", "paper", "paper.backup", "uploads"]);

    said(&back, &["backup", "restore", text(&file)]);
    for place in ["media/originals", "keys"] {
        let kept = files(&paper.join(place));
        assert!(!kept.is_empty(), "{place}");
        assert_eq!(files(&back.join(place)), kept, "{place}");
    }
    let again = said(&back, &["import", "wxr", text(&folder.at("export.xml"))]);
    assert_eq!(again["counts"]["articles_unchanged"], 1);
}

#[test]
fn keys_that_are_not_in_it_are_named_and_awaited() {
    let folder = Folder::new("keyless");
    let (paper, file, back) = (
        folder.at("paper"),
        folder.at("paper.backup"),
        folder.at("back"),
    );
    fill(&folder, &paper);
    let made = said(&paper, &["backup", "create", text(&file), "--without-keys"]);
    assert_eq!(
        (&made["keys_included"], &made["keys"]),
        (&false.into(), &0.into())
    );
    for (data, words) in [(&paper, "verify"), (&back, "restore")] {
        let done = warraq(data, &["backup", words, text(&file)]);
        let notes = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.success(), "{notes}");
        assert!(notes.contains("MISSING: the keys of 1 sealed"), "{notes}");
    }
    // No new keys are made over the ones that are awaited.
    let export = folder.at("export.xml");
    let sentence = refused(&back, &["import", "wxr", text(&export)]);
    assert!(sentence.contains("MISSING"), "{sentence}");
    for name in ["email-1.key", "email-index.key"] {
        std::fs::copy(paper.join("keys").join(name), back.join("keys").join(name)).expect("copied");
    }
    std::fs::remove_file(back.join("keys/MISSING")).expect("removed");
    said(&back, &["import", "wxr", text(&export)]);
}

#[tokio::test]
async fn who_was_signed_in_is_not_when_a_paper_comes_back() {
    let folder = Folder::new("sessions");
    let (paper, file, keyless, back) = (
        folder.at("paper"),
        folder.at("paper.backup"),
        folder.at("keyless.backup"),
        folder.at("back"),
    );
    let now = Timestamp(1_760_000_000_000_000);
    let store = Store::open(&Database::Sqlite(paper.clone())).await;
    let store = store.expect("a paper");
    let accounts = |store: &Store, folder: &Path| {
        let sealer = EmailSealer::open(&folder.join("keys"), random).expect("keys");
        let hashing = Hashing::start(1, [1; 16], || {});
        Accounts::new(store.clone(), Arc::new(sealer), hashing, random)
    };
    let doors = accounts(&store, &paper);
    let password = "قطار أزرق في محطة القمح";
    let user = NewUser {
        address: "layla@paper.example".into(),
        name: "ليلى حداد".into(),
        roles: Roles::from_iter([Role::Administrator]),
        password: Password::new(password),
    };
    let id = doors.add_user(user, Actor::CommandLine, now).await;
    let id = id.expect("added");
    let entering = || SignIn {
        address: "layla@paper.example".into(),
        password: Password::new(password),
        number: String::new(),
        from: IpAddr::V4(Ipv4Addr::LOCALHOST),
        browser: String::new(),
        known_browser: None,
    };
    let signed_in = doors.sign_in(entering(), now).await.expect("in");
    let factor = doors.new_second_factor();
    let number = factor.number(now);
    let set = doors.set_second_factor(id, &factor, &number, now).await;
    set.expect("set");
    let link = doors.make_link(LinkPurpose::NewPassword(id), Actor::CommandLine, now);
    let link = link.await.expect("made");
    let open = doors.session(&signed_in.token, now).await;
    assert!(open.expect("read").is_some());
    store.close().await;

    said(&paper, &["backup", "create", text(&file)]);
    said(
        &paper,
        &["backup", "create", text(&keyless), "--without-keys"],
    );
    // The address of the user, and the secret of the second factor.
    for (file, without) in [(&file, 0), (&keyless, 2)] {
        let verified = said(&paper, &["backup", "verify", text(file)]);
        assert_eq!(verified["found"]["sealed_addresses"], 2);
        assert_eq!(verified["found"]["sealed_addresses_without_key"], without);
    }
    said(&back, &["backup", "restore", text(&file)]);
    let store = Store::open(&Database::Sqlite(back.clone())).await;
    let store = store.expect("a paper");
    let doors = accounts(&store, &back);
    let open = doors.session(&signed_in.token, now).await;
    assert!(open.expect("read").is_none());
    assert!(store.sessions(id).await.expect("read").is_empty());
    assert!(doors.link(&link, now).await.expect("read").is_none());
    // The account is there as it was.
    let refused = doors.sign_in(entering(), now).await;
    assert!(
        matches!(refused, Err(SignInError::NumberNeeded)),
        "{refused:?}"
    );
    store.close().await;
}

/// Never the same twice.
fn random() -> [u8; 32] {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let next = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    credentials::token::hash_of(&next).0
}

#[test]
fn what_is_there_is_never_lost_to_a_restore() {
    let folder = Folder::new("target");
    let (paper, file) = (folder.at("paper"), folder.at("paper.backup"));
    fill(&folder, &paper);
    said(&paper, &["backup", "create", text(&file)]);
    let taken = refused(&paper, &["backup", "create", text(&file)]);
    assert!(taken.contains("is there already"), "{taken}");

    let server = Server::start(&paper);
    for words in [
        vec!["backup", "restore", text(&file)],
        vec!["backup", "restore", text(&file), "--replace"],
    ] {
        let sentence = refused(&paper, &words);
        assert!(sentence.contains("another server is running"), "{sentence}");
    }
    drop(server);
    let full = refused(&paper, &["backup", "restore", text(&file)]);
    assert!(full.contains("is not empty"), "{full}");
    said(&paper, &["ticker", "push", "خبر بعد النسخة"]);
    let done = said(&paper, &["backup", "restore", text(&file), "--replace"]);
    let aside = PathBuf::from(done["moved_aside"].as_str().expect("a path"));
    let lines = |data: &Path| {
        said(data, &["ticker", "list"])["items"]
            .as_array()
            .map_or(9, Vec::len)
    };
    assert_eq!((lines(&paper), lines(&aside)), (0, 1));

    // A folder that was made beforehand will do.
    let empty = folder.at("empty");
    std::fs::create_dir(&empty).expect("made");
    said(&empty, &["backup", "restore", text(&file)]);
    assert_eq!(lines(&empty), 0);
}

#[test]
fn a_damaged_backup_restores_nothing() {
    let folder = Folder::new("damaged");
    let (paper, file, back) = (
        folder.at("paper"),
        folder.at("paper.backup"),
        folder.at("back"),
    );
    fill(&folder, &paper);
    said(&paper, &["backup", "create", text(&file)]);
    let whole = std::fs::read(&file).expect("read");
    let damaged = folder.at("damaged.backup");
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    for (bytes, word) in [
        (flipped.as_slice(), "is not what was put in"),
        (&whole[..whole.len() / 2], "cut short"),
        (&whole[..0], "no backup of Warraq"),
        (b"not a backup at all", "no backup of Warraq"),
    ] {
        std::fs::write(&damaged, bytes).expect("written");
        for words in ["verify", "restore"] {
            let sentence = refused(&back, &["backup", words, text(&damaged)]);
            assert!(sentence.contains(word), "{words}: {sentence}");
            assert!(!back.exists(), "{words} left something behind");
        }
    }
    let nothing = refused(
        &folder.at("nowhere"),
        &["backup", "create", text(&folder.at("x"))],
    );
    assert!(nothing.contains("there is no paper"), "{nothing}");
    assert!(!folder.at("nowhere").exists());
    let file = folder.at("no/such/folder/x");
    let nowhere = refused(&paper, &["backup", "create", text(&file)]);
    assert!(nowhere.contains("make it first"), "{nowhere}");
    // The one folder that is another disk everywhere.
    let file = folder.at("paper.backup");
    let mounted = refused(Path::new("/proc"), &["backup", "restore", text(&file)]);
    assert!(mounted.contains("/proc is a mounted disk"), "{mounted}");
}

/// Made by the first program that made backups, of the paper of
/// `crates/store/tests/fixtures`; it stays as it is.
#[test]
fn a_backup_of_the_first_format_comes_back() {
    let folder = Folder::new("older");
    let (file, back) = (folder.at("older.backup"), folder.at("back"));
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/format-1.backup");
    std::fs::copy(kept, &file).expect("copied");
    let verified = said(&back, &["backup", "verify", text(&file)]);
    assert_eq!(
        (&verified["format"], &verified["schema"]),
        (&1.into(), &1.into())
    );
    let done = said(&back, &["backup", "restore", text(&file)]);
    assert_eq!(done["found"], verified["found"]);
    assert_eq!(done["found"]["sealed_addresses"], 1);
    assert_eq!(done["found"]["sealed_addresses_without_key"], 0);
    assert_eq!(done["found"]["originals_missing"], 0);
    let lines = said(&back, &["ticker", "list"]);
    assert_eq!(lines["items"][0]["text"], "خبر عاجل من البلدة");
}
