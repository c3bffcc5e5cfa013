//! The program as somebody at a terminal meets it: settings, and what it says
//! where it cannot do what it is told.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
    time::{Duration, Instant},
};

use store::{DATABASE_FILE, Database, Store};

struct Folder(PathBuf);

impl Folder {
    fn named(name: &str) -> Self {
        let name = format!("commands-{name}-{}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }

    async fn with_a_paper(self) -> Self {
        let made = Store::open(&Database::Sqlite(self.0.clone())).await;
        made.expect("a paper").close().await;
        self
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn warraq(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_warraq"))
        .args(words)
        .arg("--data")
        .arg(folder)
        .output()
        .expect("it runs")
}

/// Runs with a line on standard input.
fn with_line(folder: &Path, words: &[&str], line: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_warraq"));
    testing::with_line(command.args(words).arg("--data").arg(folder), line)
}

fn told(folder: &Path, words: &[&str]) -> String {
    let done = warraq(folder, words);
    let wrong = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{words:?}: {wrong}");
    String::from_utf8(done.stdout)
        .expect("text")
        .trim()
        .to_owned()
}

/// One line, that says what to do, in a moment.
fn refused(folder: &Path, words: &[&str]) -> String {
    let began = Instant::now();
    let done = warraq(folder, words);
    let wrong = String::from_utf8(done.stderr).expect("text");
    assert_eq!(done.status.code(), Some(1), "{words:?}: {wrong}");
    assert!(began.elapsed() < Duration::from_secs(8), "{words:?}");
    assert_eq!(wrong.trim().lines().count(), 1, "{words:?}: {wrong}");
    for inside in ["sqlx", "SQLSTATE", "code:", "os error", "pool"] {
        assert!(!wrong.contains(inside), "{words:?}: {wrong}");
    }
    wrong
}

#[tokio::test]
async fn the_newsroom_sets_its_site() {
    let folder = Folder::named("settings").with_a_paper().await;
    let folder = &folder.0;
    for (key, value) in [
        ("name", "ورّاق"),
        ("time_zone", "Africa/Tunis"),
        ("dates.months", "algeria_tunisia"),
        ("dates.second_months", "none"),
        ("dates.arabic_digits", "on"),
        ("dates.hijri_offset", "-1"),
        ("ticker_lines", "7"),
        ("freshness.percent", "0"),
        ("freshness.half_life_days", "365"),
        (
            "header_menu",
            r#"[{"label":"سوريا","url":"/section/syria"}]"#,
        ),
    ] {
        told(folder, &["settings", "set", key, value]);
        assert_eq!(told(folder, &["settings", "get", key]), value);
    }
    let all = told(folder, &["settings", "list"]);
    assert!(all.contains("time_zone = Africa/Tunis\n"), "{all}");
    told(folder, &["settings", "reset", "ticker_lines"]);
    assert_eq!(told(folder, &["settings", "get", "ticker_lines"]), "15");
    for (words, expect) in [
        (["set", "time_zone", "Mars/Base"], "there is no time zone"),
        (["set", "dates.months", "june"], "levant, egypt_gulf"),
        (["set", "dates.hijri", "perhaps"], "on or off"),
        (["set", "dates.hijri_offset", "99"], "-1, 0 or 1"),
        (["set", "freshness.percent", "300"], "0 to 200"),
        (["set", "freshness.half_life_days", "0"], "1 to 3650"),
        (["set", "origin", "javascript:alert(1)"], "no origin"),
        (["set", "header_menu", "{}"], "a JSON list"),
        (["set", "colour", "red"], "settings list"),
    ] {
        let wrong = refused(folder, &["settings", words[0], words[1], words[2]]);
        assert!(wrong.contains(expect), "{words:?}: {wrong}");
    }
    assert_eq!(told(folder, &["settings", "get", "name"]), "ورّاق");
}

#[test]
fn no_paper_is_made_by_mistake() {
    let folder = Folder::named("nowhere");
    for words in [
        &["ticker", "list"][..],
        &["ticker", "push", "خبر"],
        &["article", "withdraw", "5"],
        &["article", "list"],
        &["settings", "list"],
        &["keys", "list"],
        &["import", "check", "/dev/null"],
    ] {
        let wrong = refused(&folder.0, words);
        assert!(wrong.contains("there is no paper in"), "{wrong}");
        assert!(!folder.0.exists(), "{words:?}");
    }
}

#[tokio::test]
async fn a_database_that_cannot_be_used_says_why() {
    let folder = Folder::named("broken").with_a_paper().await;
    let folder = &folder.0;
    std::fs::write(
        folder.join(DATABASE_FILE),
        "this is no database at all\n".repeat(99),
    )
    .expect("written");
    // A log that the paper's connections left behind would bring it back.
    for end in ["wal", "shm"] {
        let _ = std::fs::remove_file(folder.join(format!("{DATABASE_FILE}-{end}")));
    }
    let wrong = refused(folder, &["ticker", "list"]);
    assert!(wrong.contains("is no database of a paper"), "{wrong}");
    for (url, expect) in [
        (
            "postgres://editor:secret@127.0.0.1:1/paper",
            "no database answers at 127.0.0.1:1",
        ),
        (
            "postgres://editor:secret@nowhere.invalid/paper",
            "no database answers at nowhere.invalid",
        ),
    ] {
        let wrong = refused(folder, &["ticker", "list", "--database", url]);
        assert!(
            wrong.contains(expect) && !wrong.contains("secret"),
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn articles_are_found_by_their_numbers() {
    let folder = Folder::named("articles").with_a_paper().await;
    assert_eq!(told(&folder.0, &["article", "list"]), "");
    let listed = told(
        &folder.0,
        &["article", "list", "--state", "unpublished", "--json"],
    );
    assert_eq!(listed, r#"{"articles":[]}"#);
    let wrong = refused(&folder.0, &["article", "publish", "7"]);
    assert!(wrong.contains("article list"), "{wrong}");
}

#[tokio::test]
async fn accounts_are_made_and_disabled_and_show_no_address() {
    let folder = Folder::named("users").with_a_paper().await;
    let folder = &folder.0;
    let add = |address: &str, role: &str, password: &str| {
        let words = [
            "user",
            "add",
            address,
            "--name",
            "ليلى حداد",
            "--role",
            role,
        ];
        with_line(folder, &words, password)
    };
    let password = "قطار أزرق في محطة القمح\n";
    let first = add("layla@paper.example", "administrator", password);
    assert!(first.status.success(), "{first:?}");
    for (address, password, expect) in [
        ("layla@paper.example", password, "there is an account"),
        ("omar@paper.example", "قصيرة\n", "fewer than 15"),
        ("omar@paper.example", "\n", "no password came"),
        ("omar", password, "no e-mail address"),
    ] {
        let refused = add(address, "editor", password);
        let wrong = String::from_utf8_lossy(&refused.stderr);
        assert_eq!(refused.status.code(), Some(1), "{address}: {wrong}");
        assert!(wrong.contains(expect), "{address}: {wrong}");
    }
    assert_eq!(
        add("omar@paper.example", "king", password).status.code(),
        Some(2)
    );
    let last = refused(folder, &["user", "disable", "layla@paper.example"]);
    assert!(last.contains("last administrator"), "{last}");
    assert!(
        add("omar@paper.example", "administrator", password)
            .status
            .success()
    );
    told(folder, &["user", "disable", "layla@paper.example"]);
    let listed = told(folder, &["user", "list"]);
    assert!(listed.contains("disabled\tadministrator"), "{listed}");
    let json = told(folder, &["user", "list", "--json"]);
    assert!(
        !listed.contains('@') && !json.contains('@') && !json.contains("sealed"),
        "{json}"
    );
    told(folder, &["user", "enable", "layla@paper.example"]);
    let reset = with_line(
        folder,
        &["user", "reset", "layla@paper.example", "--password"],
        "باب خشبي في حارة ضيقة\n",
    );
    assert!(reset.status.success(), "{reset:?}");
    let nobody = refused(folder, &["user", "reset", "nobody@paper.example"]);
    assert!(nobody.contains("user list"), "{nobody}");
    // Nothing that was typed stands in the database as it was typed.
    let kept = std::fs::read(folder.join(DATABASE_FILE)).expect("read");
    for secret in ["layla@paper", "omar@paper", "قطار أزرق", "باب خشبي"] {
        let found = kept
            .windows(secret.len())
            .any(|window| window == secret.as_bytes());
        assert!(!found, "{secret}");
    }
}
