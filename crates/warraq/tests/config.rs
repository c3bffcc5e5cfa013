//! The configuration file as somebody at a terminal meets it.

use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Output, Stdio},
};

fn warraq(words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_warraq"));
    command.args(words).output().expect("it runs")
}

struct Served(Child, String);

impl Served {
    /// A server with the options `words`, and the line it prints first.
    fn start(data: &Path, words: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_warraq"))
            .args(["serve", "--json", "--data"])
            .arg(data)
            .args(words)
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut line = String::new();
        let output = child.stdout.take().expect("piped");
        BufReader::new(output).read_line(&mut line).expect("a line");
        Self(child, line)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_file_is_looked_through_before_it_is_used() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("warraq.toml");
    let name = file.to_str().expect("text");
    std::fs::write(&file, "listen = \"127.0.0.1:0\"\n").expect("written");
    let fine = warraq(&["config", "check", name]);
    assert_eq!(fine.status.code(), Some(0));
    assert_eq!(
        String::from_utf8_lossy(&fine.stdout).trim(),
        format!("{name} is fine")
    );
    for (text, expect) in [
        (
            "listen = \"127.0.0.1:0\"\nlsten = 1\n",
            "line 2, lsten: there is no such key here",
        ),
        ("templates = \"none\"\n", "templates: there is no folder"),
    ] {
        std::fs::write(&file, text).expect("written");
        let wrong = warraq(&["config", "check", name, "--json"]);
        assert_eq!(wrong.status.code(), Some(1), "{text}");
        let told: serde_json::Value = serde_json::from_slice(&wrong.stdout).expect("a document");
        let told = told["error"].as_str().expect("a sentence");
        assert!(told.starts_with(name) && told.contains(expect), "{told}");
        let data = folder.path().join("paper");
        let served = warraq(&[
            "serve",
            "--config",
            name,
            "--data",
            data.to_str().expect("text"),
        ]);
        let told = String::from_utf8_lossy(&served.stderr);
        assert_eq!(served.status.code(), Some(1), "{told}");
        assert!(told.contains(expect), "{told}");
        assert!(!data.exists(), "nothing is made before the file is read");
    }
    let absent = warraq(&["config", "check", "/nowhere/warraq.toml"]);
    assert_eq!(absent.status.code(), Some(1));
}

#[test]
fn an_option_wins_over_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("warraq.toml");
    let text = "listen = \"127.0.0.2:0\"\nmetrics = \"127.0.0.2:0\"\nsegments = 0\n";
    std::fs::write(&file, text).expect("written");
    let config = file.to_str().expect("text");
    let data = folder.path().join("paper");
    let served = Served::start(&data, &["--config", config, "--metrics", "127.0.0.3:0"]);
    let told = &served.1;
    assert!(told.contains("\"listening\":\"http://127.0.0.2:"), "{told}");
    assert!(told.contains("\"metrics\":\"http://127.0.0.3:"), "{told}");
    assert!(!data.join("segments").exists(), "the file says so");
}
