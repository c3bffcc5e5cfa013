//! A pushed headline: from the return of `warraq ticker push` until a random
//! page shows it, on one node and on the second of two, and what it costs.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use anyhow::ensure;

use super::{
    load::{self, Folder, Process},
    reader::Reader,
};
use crate::{postgres::Cluster, tools};

/// Headlines pushed for each figure.
const PUSHES: u32 = 50;
/// When a page that still does not show it ends the measuring.
const PATIENCE: Duration = Duration::from_secs(5);

/// Measures over `articles`, or over the data folder in `WARRAQ_BENCH_DATA`.
pub(super) fn run(articles: u32) -> anyhow::Result<bool> {
    let program = load::program()?;
    let folder = Folder::new("bench-headline")?;
    let articles_text = articles.to_string();
    let demo = ["demo", "--articles", &articles_text, "--seed", "1"];
    let data = if let Some(given) = std::env::var_os("WARRAQ_BENCH_DATA") {
        PathBuf::from(given)
    } else {
        let data = folder.0.join("paper");
        tools::quietly(Command::new(&program).args(demo).arg("--data").arg(&data))?;
        data
    };
    let (own, base, _) = load::serve(&program, &data, &["--prepare", "off"], None)?;
    let place = ["--data".to_owned(), data.to_string_lossy().into_owned()];
    measure("one node, SQLite", &program, &place, &own, &base)?;
    drop(own);

    let cluster = Cluster::start()?;
    let [one, two] = ["one", "two"].map(|name| folder.0.join(name));
    let at = |data: &Path| {
        vec![
            "--data".to_owned(),
            data.to_string_lossy().into_owned(),
            "--database".to_owned(),
            cluster.url.clone(),
        ]
    };
    tools::quietly(Command::new(&program).args(demo).args(at(&one)))?;
    let more = ["--prepare", "off", "--database", &cluster.url];
    let (first, first_base, _) = load::serve(&program, &one, &more, None)?;
    let (second, second_base, _) = load::serve(&program, &two, &more, None)?;
    let place = at(&one);
    measure(
        "first of two nodes, PostgreSQL",
        &program,
        &place,
        &first,
        &first_base,
    )?;
    measure(
        "second of two nodes, PostgreSQL",
        &program,
        &place,
        &second,
        &second_base,
    )?;
    Ok(true)
}

/// Articles whose pages are asked for, spread over the archive.
const PAGES: usize = 300;

fn measure(
    what: &str,
    program: &Path,
    place: &[String],
    server: &Process,
    base: &str,
) -> anyhow::Result<()> {
    let mut reader = Reader::connect(base)?;
    let all = reader.articles()?;
    println!("{} articles, {PUSHES} headlines", all.len());
    let paths: Vec<String> = all
        .iter()
        .step_by(all.len().div_ceil(PAGES))
        .cloned()
        .collect();
    // Pages that are rendered already, as a running paper's are.
    for path in &paths {
        reader.shows(path, "")?;
    }
    let push = |text: &str| {
        tools::quietly(
            Command::new(program)
                .args(["ticker", "push", text])
                .args(place),
        )
    };
    let (mut waits, mut commands) = (Vec::new(), Vec::new());
    for number in 0..PUSHES {
        let text = format!("خبر القياس رقم {number} من {what}");
        let begun = Instant::now();
        push(&text)?;
        commands.push(begun.elapsed());
        let returned = Instant::now();
        let mut at = number as usize * 7;
        while !reader.shows(&paths[at % paths.len()], &text)? {
            ensure!(
                returned.elapsed() < PATIENCE,
                "no page shows the headline after {PATIENCE:?}"
            );
            at += 1;
        }
        waits.push(returned.elapsed());
    }
    // The same number of pages with and without a push before each.
    let calm = cost(server, &mut reader, &paths, |_| Ok(()))?;
    let busy = cost(server, &mut reader, &paths, |number| {
        push(&format!("خبر الكلفة رقم {number}")).map(|_| ())
    })?;
    waits.sort();
    commands.sort();
    let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
    println!(
        "{what}: median {:.1} ms, worst {:.1} ms after the command's return; the command took {:.1} ms (median); {:.2} ms of the server's processor a headline",
        milliseconds(waits[waits.len() / 2]),
        milliseconds(waits[waits.len() - 1]),
        milliseconds(commands[commands.len() / 2]),
        (busy - calm) * 1e3
    );
    Ok(())
}

/// The server's processor seconds for one page after `before`.
fn cost(
    server: &Process,
    reader: &mut Reader,
    paths: &[String],
    before: impl Fn(u32) -> anyhow::Result<()>,
) -> anyhow::Result<f64> {
    let begun = (load::cpu_seconds(server.id())?, Instant::now());
    for number in 0..PUSHES {
        before(number)?;
        std::thread::sleep(Duration::from_millis(30));
        reader.shows(&paths[number as usize % paths.len()], "")?;
    }
    // What a server uses while nothing happens is not the headline's.
    let (used, took) = (load::cpu_seconds(server.id())? - begun.0, begun.1.elapsed());
    let idle = load::cpu_seconds(server.id())?;
    std::thread::sleep(Duration::from_secs(2));
    let idle = (load::cpu_seconds(server.id())? - idle) / 2.0;
    Ok((used - idle * took.as_secs_f64()) / f64::from(PUSHES))
}
