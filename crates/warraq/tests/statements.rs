//! `warraq statements` on text, HTML, an article and lines of JSON.

use std::{
    fs,
    io::Write as _,
    path::PathBuf,
    process::{Command, Output, Stdio},
};

use serde_json::Value;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("statements-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        fs::write(&path, text).expect("a file");
        path.to_string_lossy().into_owned()
    }

    fn run(&self, words: &[&str], input: &str) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_warraq"))
            .args(words)
            .arg("--data")
            .arg(self.0.join("paper"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        let mut to = child.stdin.take().expect("piped");
        to.write_all(input.as_bytes()).expect("written");
        drop(to);
        child.wait_with_output().expect("it ends")
    }

    fn told(&self, words: &[&str], input: &str) -> String {
        let done = self.run(words, input);
        assert!(
            done.status.success(),
            "{words:?}: {}",
            String::from_utf8_lossy(&done.stderr)
        );
        String::from_utf8(done.stdout).expect("text")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const TEXT: &str =
    "قال وزير الخارجية الروسي سيرغي لافروف، الجمعة، إن الاتفاق قريب. يذكر أن الحرب بدأت عام 2011.\n";

#[test]
fn a_text_and_a_page_give_the_same() {
    let folder = Folder::new("page");
    let text = folder.file("text.txt", TEXT);
    let page = folder.file("page.html", &format!("<p>{}</p>", TEXT.trim()));
    let document = |path: &str| -> Value {
        let words = ["statements", path, "--published", "2017-09-13", "--json"];
        serde_json::from_str(&folder.told(&words, "")).expect("one document")
    };
    let of_text = document(&text);
    assert_eq!(of_text, document(&page));
    let statement = &of_text[0];
    assert_eq!(statement["quote"], "الاتفاق قريب");
    assert_eq!(statement["speaker_canonical"], "سيرغي لافروف");
    assert_eq!(statement["date"], "2017-09-08");
    let start = usize::try_from(statement["start"].as_u64().expect("a number")).expect("small");
    assert!(
        TEXT.chars()
            .skip(start)
            .collect::<String>()
            .starts_with("الاتفاق قريب")
    );
}

#[test]
fn it_says_why() {
    let folder = Folder::new("why");
    let text = folder.file("text.txt", TEXT);
    let told = folder.told(&["statements", &text, "--explain"], "");
    assert!(told.contains("rule verb-that"), "{told}");
    assert!(
        told.contains("[يذكر]") && told.contains("impersonal"),
        "{told}"
    );
}

#[test]
fn lines_are_answered_by_lines() {
    let folder = Folder::new("lines");
    let line = |id: u32| {
        serde_json::json!({ "id": id, "title": "", "text": TEXT, "published": "2017-09-13" })
            .to_string()
    };
    let told = folder.told(
        &["statements", "--jsonl", "-"],
        &format!("{}\n\n{}\n", line(7), line(8)),
    );
    let answers: Vec<Value> = told
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(answers.len(), 2);
    assert_eq!(
        (&answers[0]["id"], &answers[1]["id"]),
        (&7.into(), &8.into())
    );
    assert_eq!(answers[0]["statements"], answers[1]["statements"]);
    let wrong = folder.run(&["statements", "--jsonl", "-"], "{\"text\":\n");
    assert_eq!(wrong.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("line 1 is not"));
}

#[test]
fn an_article_is_read_by_its_number() {
    let folder = Folder::new("article");
    folder.told(&["demo"], "");
    let list: Value =
        serde_json::from_str(&folder.told(&["article", "list", "--json"], "")).expect("JSON");
    let articles = list
        .as_array()
        .or_else(|| list["articles"].as_array())
        .expect("a list");
    let found = articles
        .iter()
        .filter_map(|article| {
            article["id"]
                .as_u64()
                .map(|id| id.to_string())
                .or_else(|| article["id"].as_str().map(str::to_owned))
        })
        .map(|id| folder.told(&["statements", &id, "--json"], ""))
        .any(|told| {
            serde_json::from_str::<Value>(&told)
                .is_ok_and(|document| document.as_array().is_some_and(|all| !all.is_empty()))
        });
    assert!(found, "no article of the sample has a statement: {list}");
    let missing = folder.run(&["statements", "999999"], "");
    assert!(String::from_utf8_lossy(&missing.stderr).contains("there is no article 999999"));
}
