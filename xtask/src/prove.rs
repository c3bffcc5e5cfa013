//! `cargo xtask prove NAME`: a proof in full, its output written down; and the
//! small slice of each that every run of the tests takes.

use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Command, Stdio},
};

use anyhow::Context as _;

use crate::{
    built, built_program, built_release, e2e::Counts, postgres::Cluster, root, test::number_before,
    tools,
};

/// Runs one in full and writes docs/proofs/NAME.md.
pub(crate) fn full(name: &str) -> anyhow::Result<bool> {
    let cluster = if name == "backup" {
        Some(Cluster::start()?)
    } else {
        None
    };
    // What is timed is timed in the program that is handed out.
    let program = if matches!(name, "guesses" | "comment-flood") {
        built_release()?
    } else {
        built_program()?
    };
    let (output, counts) = run(&program, &[name, "full"], cluster.as_ref())?;
    if counts.passed + counts.failed == 0 {
        return Ok(false);
    }
    let git = |words: &[&str]| {
        tools::quietly(Command::new("git").args(words).current_dir(root()))
            .map(|text| text.trim().to_owned())
    };
    let changed = !git(&["status", "--porcelain", "--", ":!docs/proofs"])?.is_empty();
    let commit = git(&["rev-parse", "HEAD"])?;
    let with = if changed {
        ", with changes not committed"
    } else {
        ""
    };
    let date = tools::quietly(Command::new("date").args(["-u", "+%Y-%m-%d %H:%M UTC"]))?;
    let folder = root().join("docs/proofs");
    std::fs::create_dir_all(&folder)?;
    let text = format!(
        "# {name}\n\n`cargo xtask prove {name}`, {}, commit {commit}{with}.\n\n```\n{output}```\n",
        date.trim()
    );
    std::fs::write(folder.join(format!("{name}.md")), text)?;
    Ok(counts.failed == 0)
}

/// Runs the slice of each, from its fixed seed.
pub(crate) fn slices(cluster: Option<&Cluster>) -> anyhow::Result<Counts> {
    let (_, counts) = run(&built_program()?, &[], cluster)?;
    anyhow::ensure!(counts.passed + counts.failed > 0, "no proof ran");
    Ok(counts)
}

/// Builds the proofs, and runs them on a program; what they printed, and how
/// many held.
fn run(
    program: &Path,
    words: &[&str],
    cluster: Option<&Cluster>,
) -> anyhow::Result<(String, Counts)> {
    let packages = [
        "build",
        "--quiet",
        "--package",
        "proofs",
        "--package",
        "recorder",
    ];
    anyhow::ensure!(
        tools::cargo(&packages)?.success(),
        "the proofs do not build"
    );
    let mut command = Command::new(built("proofs"));
    command
        .args(words)
        .env("WARRAQ_PROGRAM", program)
        .env("WARRAQ_RECORDER", built("librecorder.so"))
        .stdout(Stdio::piped());
    if let Some(cluster) = cluster {
        command.env("WARRAQ_TEST_POSTGRES", &cluster.url);
    }
    let mut process = command.spawn().context("the proofs do not start")?;
    let printed = process.stdout.take().context("their output is closed")?;
    let (mut output, mut counts) = (String::new(), Counts::default());
    for line in BufReader::new(printed).lines() {
        let line = line?;
        println!("{line}");
        if line.ends_with(" failed") && line.contains(" passed, ") {
            counts.passed += number_before(&line, " passed");
            counts.failed += number_before(&line, " failed");
        }
        output.push_str(&line);
        output.push('\n');
    }
    let status = process.wait()?;
    anyhow::ensure!(
        status.success() == (counts.failed == 0),
        "the proofs ended with {status}"
    );
    Ok((output, counts))
}
