//! `cargo xtask bench import`: a generated export into an empty paper, and
//! headlines pushed while it is read.

mod generate;

use std::{
    io::Read as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail, ensure};

use super::{
    load::{self, Process},
    reader::Reader,
};
use crate::tools;

/// Articles of the figure in docs/performance.md.
const ARTICLES: u64 = 200_000;
/// The second finds nothing to do.
const ROUNDS: [&str; 2] = ["first run", "second run"];
/// How often the memory is looked at.
const LOOK: Duration = Duration::from_millis(20);
/// How long a headline may take before the run is given up.
const HEADLINE_TIME_MAX: Duration = Duration::from_secs(5);

/// Generates, imports, prints. `words` are `--articles N`, `--headlines` (a
/// server and headlines beside the import), `--once` (no second run), `--keep`
/// (the folder stays),
/// `--program PATH` (another build, to compare).
pub(super) fn run(words: &[&str]) -> anyhow::Result<bool> {
    let (mut articles, mut headlines, mut keep) = (ARTICLES, false, false);
    let mut rounds = &ROUNDS[..];
    let mut given = None;
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--articles" => {
                let number = words.next().context("--articles takes a number")?;
                articles = number.parse().context("--articles takes a number")?;
            }
            "--headlines" => headlines = true,
            "--keep" => keep = true,
            "--once" => rounds = &ROUNDS[..1],
            "--program" => {
                given = Some(PathBuf::from(
                    words.next().context("--program takes a path")?,
                ));
            }
            other => bail!(
                "{other} is not known here: --articles N, --headlines, --once, --keep, --program PATH"
            ),
        }
    }
    let program = match given {
        Some(program) => program,
        None => load::program()?,
    };
    let folder = std::env::temp_dir().join(format!("warraq-import-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let export = folder.join("export.xml");
    let bytes = generate::write_export(&export, articles)?;
    println!(
        "an export of {articles} articles, {} MB, into an empty paper on SQLite",
        bytes / 1_000_000
    );
    let data = folder.join("paper");
    let done = if headlines {
        with_headlines(&program, &data, &export)
    } else {
        alone(&program, &data, &export, articles, rounds)
    };
    if keep {
        println!("kept: {}", folder.display());
    } else {
        std::fs::remove_dir_all(&folder)?;
    }
    done.map(|()| true)
}

/// The import by itself: its rate and its peak of memory; then once more, when
/// there is nothing to do.
fn alone(
    program: &Path,
    data: &Path,
    export: &Path,
    articles: u64,
    rounds: &[&str],
) -> anyhow::Result<()> {
    for round in rounds {
        let mut import = begin(program, data, export)?;
        let started = Instant::now();
        let (mut peak_kb, mut cpu) = (0, 0.0_f64);
        while import.0.try_wait()?.is_none() {
            peak_kb = peak_kb.max(peak_of(import.id()).unwrap_or(0));
            cpu = cpu.max(load::cpu_seconds(import.id()).unwrap_or(0.0));
            std::thread::sleep(LOOK);
        }
        let took = started.elapsed().as_secs_f64();
        let told = printed(&mut import)?;
        let of = |what: &str| told["counts"][what].as_u64().unwrap_or(0);
        let (new, unchanged) = (of("articles_new"), of("articles_unchanged"));
        ensure!(new + unchanged == articles, "the import went wrong: {told}");
        #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
        let rate = articles as f64 / took;
        println!(
            "{round}: {took:.1} s, {rate:.0} articles a second, {cpu:.1} s of processor time, {} MB at the peak, {} ms in the longest transaction ({new} new, {unchanged} unchanged)",
            peak_kb / 1024,
            told["longest_transaction_ms"]
        );
    }
    Ok(())
}

/// Headlines pushed during an import: from the command's return until the page
/// of an article shows it.
fn with_headlines(program: &Path, data: &Path, export: &Path) -> anyhow::Result<()> {
    let (server, base, _) = load::serve(program, data, &[], None)?;
    let mut reader = Reader::connect(&base)?;
    let mut import = begin(program, data, export)?;
    let page = loop {
        ensure!(
            import.0.try_wait()?.is_none(),
            "the import ended before its first article: {}",
            printed(&mut import)?
        );
        if let Some(place) = reader.get("/?p=1", "identity")?.location {
            break place;
        }
        std::thread::sleep(LOOK);
    };
    let (mut shown, mut pushed) = (Vec::new(), Vec::new());
    while import.0.try_wait()?.is_none() {
        let words = format!("headline {}", shown.len());
        let started = Instant::now();
        tools::quietly(
            Command::new(program)
                .args(["ticker", "push", &words, "--data"])
                .arg(data),
        )?;
        pushed.push(started.elapsed());
        let returned = Instant::now();
        while !reader.shows(&page, &words)? {
            ensure!(
                returned.elapsed() < HEADLINE_TIME_MAX,
                "the headline is not shown"
            );
        }
        shown.push(returned.elapsed());
        std::thread::sleep(Duration::from_millis(500));
    }
    let told = printed(&mut import)?;
    drop(server);
    ensure!(
        told["counts"]["articles_new"].as_u64() > Some(0) && !shown.is_empty(),
        "the import went wrong: {told}"
    );
    for (what, mut times) in [("until shown", shown), ("the command itself", pushed)] {
        times.sort();
        println!(
            "{} headlines pushed during the import, {what}: median {:.0} ms, worst {:.0} ms",
            times.len(),
            times[times.len() / 2].as_secs_f64() * 1e3,
            times[times.len() - 1].as_secs_f64() * 1e3
        );
    }
    Ok(())
}

/// An import at work.
fn begin(program: &Path, data: &Path, export: &Path) -> anyhow::Result<Process> {
    let child = Command::new(program)
        .args(["import", "wxr", "--json", "--data"])
        .arg(data)
        .arg(export)
        .stdout(Stdio::piped())
        .spawn()?;
    Ok(Process(child))
}

/// The document that an ended import printed.
fn printed(import: &mut Process) -> anyhow::Result<serde_json::Value> {
    let mut text = String::new();
    import
        .0
        .stdout
        .take()
        .context("no output")?
        .read_to_string(&mut text)?;
    Ok(serde_json::from_str(&text)?)
}

/// The most memory a process has had, in KB.
fn peak_of(process: u32) -> Option<u64> {
    let text = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?
        .trim();
    line.split(' ').next()?.parse().ok()
}
