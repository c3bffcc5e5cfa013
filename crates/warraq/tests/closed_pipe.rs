//! A command whose output nobody reads any more ends well: `warraq … | head`.

use std::process::{Command, Stdio};

use store::{Database, Store};

#[tokio::test]
async fn a_reader_who_stops_is_no_fault() {
    let folder = std::env::temp_dir().join(format!("closed-pipe-{}", std::process::id()));
    let made = Store::open(&Database::Sqlite(folder.clone())).await;
    made.expect("a paper").close().await;
    for json in [&[][..], &["--json"][..]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_warraq"))
            .args(["ticker", "list", "--data"])
            .arg(&folder)
            .args(json)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        drop(child.stdout.take());
        let done = child.wait_with_output().expect("it ends");
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(
            done.status.success() && !said.contains("panicked"),
            "{said}"
        );
    }
    std::fs::remove_dir_all(folder).expect("removed");
}
