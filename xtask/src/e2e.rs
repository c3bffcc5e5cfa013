//! The browser tests: a served sample paper, read in Chromium.

use std::{
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use anyhow::Context as _;

use crate::{built_example, built_program, root, tools};

/// How many tests passed and failed.
#[derive(Clone, Copy, Default)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

/// Serves a fresh sample paper and runs Playwright against it.
pub(crate) fn run() -> anyhow::Result<Counts> {
    let folder = root().join("e2e");
    let chromium = tools::chromium()?;
    tools::java()?;
    tools::need(&["w3m", "faketime"], &["w3m", "faketime"])?;
    tools::npm_packages(&folder)?;
    let program = built_program()?;
    let joins = built_example("splice", "serve_joins")?;
    let data = std::env::temp_dir().join(format!("warraq-e2e-{}", std::process::id()));
    let server = Server::start(&program, &data)?;
    let report = folder.join("results/report.json");
    let status = Command::new("node")
        .args(["node_modules/@playwright/test/cli.js", "test"])
        .current_dir(&folder)
        .env("WARRAQ_URL", &server.url)
        .env("WARRAQ_DATA", &data)
        .env("WARRAQ_PROGRAM", &program)
        .env("WARRAQ_JOINS", &joins)
        .env("CHROMIUM", chromium)
        .env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report)
        .status()
        .context("Playwright does not start")?;
    let text = std::fs::read_to_string(&report).context("Playwright wrote no report")?;
    let report: serde_json::Value = serde_json::from_str(&text)?;
    let count = |name: &str| report["stats"][name].as_u64().unwrap_or(0);
    let counts = Counts {
        passed: count("expected"),
        failed: count("unexpected") + count("flaky") + count("skipped"),
    };
    anyhow::ensure!(
        status.success() == (counts.failed == 0),
        "Playwright ended with {status}"
    );
    anyhow::ensure!(counts.passed > 0, "no browser test ran");
    Ok(counts)
}

/// Writes the pictures of docs/screenshots/.
pub(crate) fn screenshots() -> anyhow::Result<bool> {
    let folder = root().join("e2e");
    let chromium = tools::chromium()?;
    tools::npm_packages(&folder)?;
    let data = std::env::temp_dir().join(format!("warraq-shots-{}", std::process::id()));
    let server = Server::start(&built_program()?, &data)?;
    let status = Command::new("node")
        .arg("screenshots.js")
        .current_dir(&folder)
        .env("WARRAQ_URL", &server.url)
        .env("CHROMIUM", chromium)
        .status()
        .context("Node does not start")?;
    Ok(status.success())
}

/// A served paper; ended and removed when dropped.
struct Server {
    process: Child,
    data: PathBuf,
    url: String,
}

impl Server {
    fn start(program: &Path, data: &Path) -> anyhow::Result<Self> {
        tools::quietly(Command::new(program).arg("demo").arg("--data").arg(data))?;
        let mut process = Command::new(program)
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        let printed = process
            .stdout
            .take()
            .context("the server's output is closed")?;
        BufReader::new(printed).read_line(&mut line)?;
        let url = line
            .trim()
            .strip_prefix("listening on ")
            .context("the server does not listen")?
            .to_owned();
        Ok(Self {
            process,
            data: data.to_owned(),
            url,
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It is our own child: ended by its handle, whatever became of it.
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.data);
    }
}
