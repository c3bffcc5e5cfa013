//! What `warraq import` says, and what it leaves behind, where there is nothing
//! to import or only a look is asked for.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// A folder of a test's own; gone when it ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("import-says-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }

    fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, text).expect("written");
        path
    }

    /// Runs a command on the paper in this folder: whether it did its work, and
    /// all that it said.
    fn warraq(&self, words: &[&str], file: &Path) -> (bool, String) {
        let done = Command::new(env!("CARGO_BIN_EXE_warraq"))
            .args(words)
            .arg(file)
            .arg("--data")
            .arg(self.0.join("paper"))
            .env_remove("WARRAQ_DATABASE")
            .env("TMPDIR", &self.0)
            .output()
            .expect("it starts");
        let said = [done.stdout, done.stderr].concat();
        (
            done.status.success(),
            String::from_utf8_lossy(&said).into_owned(),
        )
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.0).expect("read");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("read").file_name().to_string_lossy().into())
            .collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn export(items: &str) -> String {
    format!(
        "<rss><channel><title>ص</title><link>https://old.example</link><wp:wxr_version>1.2</wp:wxr_version>{items}</channel></rss>"
    )
}

fn post(number: u32, status: &str) -> String {
    format!(
        "<item><title>خبر</title><link>https://old.example/{number}/</link><wp:post_id>{number}</wp:post_id><wp:post_type>post</wp:post_type><wp:status>{status}</wp:status><content:encoded>نص</content:encoded></item>"
    )
}

#[test]
fn a_dry_run_leaves_nothing_where_there_is_no_paper() {
    let folder = Folder::new("dry");
    let file = folder.file("site.xml", export(&post(1, "publish")));
    let dry = ["import", "wxr", "--dry-run"];
    let (done, said) = folder.warraq(&dry, &file);
    assert!(done && said.contains("articles_new: 1"), "{said}");
    assert_eq!(folder.names(), ["site.xml"]);
    // Where there is one, it is read.
    let (done, said) = folder.warraq(&["import", "wxr"], &file);
    assert!(done && said.contains("articles_new: 1"), "{said}");
    let (done, said) = folder.warraq(&dry, &file);
    assert!(done && said.contains("articles_unchanged: 1"), "{said}");
    assert_eq!(folder.names(), ["paper", "site.xml"]);
}

#[test]
fn what_cannot_be_read_is_said_once_and_as_it_is() {
    let folder = Folder::new("faults");
    let broken = post(1, "publish") + "<item></wrong>";
    for (name, text, what, preface) in [
        (
            "there-is-none.xml",
            None,
            "cannot be read",
            "nothing new was imported: ",
        ),
        (
            "empty.xml",
            Some(String::new()),
            "the file is empty",
            "nothing new was imported: ",
        ),
        (
            "broken.xml",
            Some(export(&broken)),
            "the XML is broken here",
            "what came before was imported; ",
        ),
    ] {
        let file = match text {
            Some(text) => folder.file(name, text),
            None => folder.0.join(name),
        };
        let (done, said) = folder.warraq(&["import", "wxr"], &file);
        assert!(!done && said.contains(preface), "{said}");
        assert_eq!(said.matches(what).count(), 1, "{said}");
        assert_eq!(said.matches(name).count(), 1, "{said}");
    }
}

#[test]
fn an_address_of_what_is_unpublished_names_the_article() {
    let folder = Folder::new("check");
    let file = folder.file("site.xml", export(&post(1, "draft")));
    let (done, said) = folder.warraq(&["import", "wxr"], &file);
    assert!(done, "{said}");
    let list = folder.file("urls.txt", "https://old.example/?p=1\n");
    let (done, said) = folder.warraq(&["import", "check"], &list);
    assert!(!done && said.contains("is not published: "), "{said}");
    let (_, command) = said.split_once("is not published: warraq ").expect("named");
    let words: Vec<&str> = command
        .split([')', '\n'])
        .next()
        .unwrap_or("")
        .split(' ')
        .collect();
    let (number, verb) = words.split_last().expect("words");
    let (done, said) = folder.warraq(verb, Path::new(number));
    assert!(done && said.contains("published"), "{said}");
    let (done, said) = folder.warraq(&["import", "check"], &list);
    assert!(done && said.contains("1 of 1 addresses answer"), "{said}");
}
