//! A pushed headline: from the return of `warraq ticker push` until a random
//! page shows it, on one node and on the second of two, and what it costs.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};

use super::load::{self, Folder, Process, curl};
use crate::{postgres::Cluster, tools};

/// Headlines pushed for each figure.
const PUSHES: u32 = 50;
/// When a page that still does not show it ends the measuring.
const PATIENCE: Duration = Duration::from_secs(5);

/// Measures over `articles`, or over the data folder in `WARRAQ_BENCH_DATA`.
pub(super) fn run(articles: u32) -> anyhow::Result<bool> {
    tools::need(&["curl"], &["curl"])?;
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
    println!("{} articles, {PUSHES} headlines each", count(&base)?);
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
    println!("{} articles, {PUSHES} headlines each", count(&first_base)?);
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

/// Articles of the paper, by its sitemap.
fn count(base: &str) -> anyhow::Result<usize> {
    let maps = curl(&[&format!("{base}/sitemap.xml")])?
        .matches("<loc>")
        .count();
    let last = curl(&[&format!("{base}/sitemap/{maps}.xml")])?
        .matches("/a/")
        .count();
    Ok(maps.saturating_sub(1) * 10_000 + last)
}

/// Addresses of a few hundred articles, spread over the archive.
fn paths(base: &str) -> anyhow::Result<Vec<String>> {
    let maps = curl(&[&format!("{base}/sitemap.xml")])?
        .matches("<loc>")
        .count();
    let mut paths = Vec::new();
    for number in [1, maps.div_ceil(2), maps] {
        let map = curl(&[&format!("{base}/sitemap/{number}.xml")])?;
        let found = map.split("<loc>").skip(1).filter_map(|rest| {
            let whole = rest.split("</loc>").next()?;
            whole.find("/a/").map(|at| whole[at..].to_owned())
        });
        paths.extend(found.step_by(37));
    }
    ensure!(!paths.is_empty(), "the sitemap names no article");
    Ok(paths)
}

fn measure(
    what: &str,
    program: &Path,
    place: &[String],
    server: &Process,
    base: &str,
) -> anyhow::Result<()> {
    let paths = paths(base)?;
    let mut reader = Reader::connect(base)?;
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

/// A reader on one connection.
struct Reader {
    write: TcpStream,
    read: BufReader<TcpStream>,
}

impl Reader {
    fn connect(base: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(base.strip_prefix("http://").context("an address")?)?;
        stream.set_nodelay(true)?;
        Ok(Self {
            write: stream.try_clone()?,
            read: BufReader::with_capacity(64 * 1024, stream),
        })
    }

    /// Whether the page at `path` holds `text`.
    fn shows(&mut self, path: &str, text: &str) -> anyhow::Result<bool> {
        self.write
            .write_all(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").as_bytes())?;
        let (mut length, mut line) = (0, String::new());
        while line != "\r\n" {
            line.clear();
            ensure!(self.read.read_line(&mut line)? > 0, "the server closed");
            if let Some(value) = line.strip_prefix("content-length: ") {
                length = value.trim().parse()?;
            }
        }
        let mut body = vec![0; length];
        self.read.read_exact(&mut body)?;
        Ok(String::from_utf8_lossy(&body).contains(text))
    }
}
