//! `cargo xtask test`: every check and test, with the time each took.

use std::{
    io::{BufRead as _, BufReader},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::Context as _;

use crate::{e2e, e2e::Counts, in_ci, licences, postgres::Cluster, prove, root, tidy, tools};

struct Step {
    name: &'static str,
    took: Duration,
    counts: Counts,
}

struct Run {
    steps: Vec<Step>,
}

/// Runs everything; the last line printed is `N passed, N failed`.
pub(crate) fn run() -> anyhow::Result<bool> {
    let started = Instant::now();
    let mut run = Run { steps: Vec::new() };
    run.check("format", || {
        tools::cargo(&["fmt", "--all", "--check"]).map(|status| status.success())
    });
    run.check("tidy", tidy::run);
    // Before anything is compiled: the program takes it in.
    run.check("editor", || {
        tools::editor()?;
        let mut npm = Command::new("npm");
        npm.arg("test").current_dir(root().join("editor"));
        tools::quietly(&mut npm).map(|_| true)
    });
    run.check("lints", || {
        tools::cargo(&[
            "clippy",
            "--quiet",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ])
        .map(|status| status.success())
    });
    run.check("licences", licences::run);
    let cluster = match Cluster::start() {
        Ok(cluster) => Some(cluster),
        Err(error) if in_ci() => return Err(error.context("CI runs both databases")),
        Err(error) => {
            println!("PostgreSQL is left out: {error:#}");
            None
        }
    };
    run.count("Rust tests", || rust_tests(cluster.as_ref()));
    run.count("proofs", || prove::slices(cluster.as_ref()));
    drop(cluster);
    run.check("templates", || {
        let program = crate::built_program()?;
        Ok(Command::new(program)
            .args(["templates", "check"])
            .status()?
            .success())
    });
    run.count("browser tests", e2e::run);
    println!();
    for step in &run.steps {
        let counts = step.counts;
        println!(
            "{:<14} {:>6.1} s  {} passed, {} failed",
            step.name,
            step.took.as_secs_f64(),
            counts.passed,
            counts.failed
        );
    }
    println!("{:<14} {:>6.1} s", "all", started.elapsed().as_secs_f64());
    let sum = |of: fn(&Step) -> u64| run.steps.iter().map(of).sum::<u64>();
    let (passed, failed) = (
        sum(|step| step.counts.passed),
        sum(|step| step.counts.failed),
    );
    println!("{passed} passed, {failed} failed");
    Ok(failed == 0)
}

impl Run {
    /// A check that passes or fails as one.
    fn check(&mut self, name: &'static str, check: impl FnOnce() -> anyhow::Result<bool>) {
        self.count(name, || {
            let passed = check()?;
            Ok(Counts {
                passed: passed.into(),
                failed: (!passed).into(),
            })
        });
    }

    fn count(&mut self, name: &'static str, test: impl FnOnce() -> anyhow::Result<Counts>) {
        println!("== {name}");
        let started = Instant::now();
        let counts = test().unwrap_or_else(|error| {
            println!("{name}: {error:#}");
            Counts {
                passed: 0,
                failed: 1,
            }
        });
        self.steps.push(Step {
            name,
            took: started.elapsed(),
            counts,
        });
    }
}

/// Runs the workspace's tests and counts what the harness prints.
fn rust_tests(cluster: Option<&Cluster>) -> anyhow::Result<Counts> {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(["test", "--workspace", "--no-fail-fast"])
        .current_dir(root())
        .stdout(Stdio::piped());
    // The same cases in every run; a longer search is a developer's own.
    command.env("PROPTEST_RNG_SEED", "20170915");
    // The editor is built: the program must hold it.
    command.env("WARRAQ_TEST_EDITOR", "1");
    if let Some(cluster) = cluster {
        command.env("WARRAQ_TEST_POSTGRES", &cluster.url);
    }
    let mut process = command.spawn().context("cargo does not start")?;
    let printed = process.stdout.take().context("cargo's output is closed")?;
    let mut counts = Counts::default();
    for line in BufReader::new(printed).lines() {
        let line = line?;
        if let Some(result) = line.strip_prefix("test result: ") {
            counts.passed += number_before(result, " passed");
            counts.failed += number_before(result, " failed");
        }
        if !line.is_empty()
            && !line.ends_with(" ... ok")
            && !line.starts_with("running ")
            && !line.contains(" 0 failed")
        {
            println!("{line}");
        }
    }
    let status = process.wait()?;
    if !status.success() && counts.failed == 0 {
        anyhow::bail!("the tests do not build or ended early ({status})");
    }
    anyhow::ensure!(counts.passed > 0, "no test ran");
    Ok(counts)
}

pub(crate) fn number_before(text: &str, word: &str) -> u64 {
    let before = text.split(word).next().unwrap_or("");
    before
        .rsplit(|c: char| !c.is_ascii_digit())
        .next()
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0)
}
