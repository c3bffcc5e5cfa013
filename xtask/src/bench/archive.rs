//! A large archive asked for uniformly at random, from Warraq and from nginx:
//! every page has the ticker of now. And what the archive costs: memory, disk,
//! the start.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};

use super::{
    load::{self, CONNECTIONS, Folder, PAIRS, SECONDS, curl},
    reader::Reader,
};
use crate::tools;

/// Megabytes of pages kept in memory: small, so that nearly all come from disk.
const CACHE_MB: &str = "32";
/// Files that nginx keeps open: each needs a handle, and a process may have
/// 20,000 of them where no right to raise that is given.
const OPEN_FILES: u32 = 15_000;
/// Megabytes of pages kept on disk.
const SEGMENTS_MB: &str = "32768";

/// Runs the comparison over `articles` and prints it. A data folder named in
/// `WARRAQ_BENCH_DATA` is used, and kept; else one is made, and removed.
pub(super) fn run(articles: u32) -> anyhow::Result<bool> {
    tools::need(
        &["nginx", "wrk", "curl", "taskset"],
        &["nginx-light", "wrk", "curl"],
    )?;
    let program = load::program()?;
    let folder = Folder::new("bench-archive")?;
    let data = match std::env::var_os("WARRAQ_BENCH_DATA") {
        Some(given) => PathBuf::from(given),
        None => made(&program, &folder.0.join("paper"), articles)?,
    };
    render(&program, &data)?;
    let options = [
        "--prepare",
        "off",
        "--cache",
        CACHE_MB,
        "--segments",
        SEGMENTS_MB,
    ];
    let (own, base, _) = load::serve(&program, &data, &options, None)?;
    let paths = Reader::connect(&base)?.articles()?;
    println!("{} addresses in the sitemap", paths.len());
    let web = folder.0.join("web");
    let first_bytes = copy_for_nginx(&base, &paths, &web)?;
    drop(own);

    let random = paths
        .get(paths.len() / 3)
        .context("the sitemap is empty")?
        .clone();
    let begun = Instant::now();
    let (own, base, _) = load::serve(&program, &data, &options, Some("0"))?;
    curl(&["-f", "-o", "/dev/null", &format!("{base}{random}")])?;
    println!(
        "start to first page: {:.0} ms",
        begun.elapsed().as_secs_f64() * 1e3
    );
    let headers = load::headers_for_nginx(&format!("{base}{random}"))?;
    let probe = file_name(0);
    let (nginx, nginx_base) = load::start_nginx(
        &folder.0,
        &web,
        &headers,
        OPEN_FILES,
        &format!("/{probe}.html"),
        first_bytes,
    )?;
    let lists = [folder.0.join("ours"), folder.0.join("theirs")];
    fs::write(&lists[0], paths.join("\n"))?;
    let names: Vec<String> = (0..paths.len())
        .map(|number| format!("/{}.html", file_name(number)))
        .collect();
    fs::write(&lists[1], names.join("\n"))?;
    let scripts = lists.each_ref().map(|list| script(list));
    let scripts = [scripts[0].as_ref(), scripts[1].as_ref()].map(|made| match made {
        Ok(path) => Ok(path.to_string_lossy().into_owned()),
        Err(error) => Err(anyhow::anyhow!("{error:#}")),
    });
    let [ours, theirs] = scripts;
    let (ours, theirs) = (ours?, theirs?);
    // Both read what they can into memory before it counts.
    load::measure(own.id(), &base, &["-s", &ours])?;
    load::measure(nginx.id(), &nginx_base, &["-s", &theirs])?;
    let pairs = load::pairs(
        || load::measure(own.id(), &base, &["-s", &ours]),
        || load::measure(nginx.id(), &nginx_base, &["-s", &theirs]),
    )?;
    println!(
        "{} articles uniformly at random, gzip, {CONNECTIONS} connections, {PAIRS} pairs of {SECONDS} s; medians",
        paths.len()
    );
    load::print(&pairs, "nginx");
    println!(
        "own memory after it: {:.0} MB (mapped files apart)",
        load::own_megabytes(own.id())?
    );
    Ok(true)
}

/// The sample newspaper with generated articles.
fn made(program: &Path, data: &Path, articles: u32) -> anyhow::Result<PathBuf> {
    let begun = Instant::now();
    tools::quietly(
        Command::new(program)
            .args(["demo", "--articles", &articles.to_string(), "--seed", "1"])
            .arg("--data")
            .arg(data),
    )?;
    println!(
        "{articles} articles are written in {:.0} s",
        begun.elapsed().as_secs_f64()
    );
    // Else the first server would make it beside what is measured.
    let begun = Instant::now();
    tools::quietly(Command::new(program).args(["reindex", "--data"]).arg(data))?;
    println!(
        "their search index is made in {:.0} s",
        begun.elapsed().as_secs_f64()
    );
    Ok(data.to_owned())
}

/// Lets a server render the whole archive, until its folder grows no more.
fn render(program: &Path, data: &Path) -> anyhow::Result<()> {
    let begun = Instant::now();
    let options = ["--prepare", "fast", "--segments", SEGMENTS_MB];
    let (own, _, _) = load::serve(program, data, &options, None)?;
    let folder = data.join("segments");
    let bytes = || -> u64 {
        let files = fs::read_dir(&folder).into_iter().flatten();
        files
            .filter_map(|file| Some(file.ok()?.metadata().ok()?.len()))
            .sum()
    };
    let (mut before, mut still) = (bytes(), 0);
    let first = before;
    while still < 8 {
        std::thread::sleep(Duration::from_millis(500));
        let now = bytes();
        still = if now == before { still + 1 } else { 0 };
        before = now;
    }
    println!(
        "the archive is rendered: {:.0} s, {} MB of segments ({} MB were there), {:.0} MB of memory",
        begun.elapsed().as_secs_f64() - 4.0,
        before >> 20,
        first >> 20,
        load::own_megabytes(own.id())?
    );
    Ok(())
}

/// A file for each thousand in a folder of its own.
fn file_name(number: usize) -> String {
    format!("{:04}/{number}", number / 1_000)
}

/// Asks for every page once and writes what came as a file for nginx; how many
/// bytes the first has.
fn copy_for_nginx(base: &str, paths: &[String], web: &Path) -> anyhow::Result<u64> {
    let begun = Instant::now();
    let (mut reader, mut first) = (Reader::connect(base)?, 0);
    for (number, path) in paths.iter().enumerate() {
        if number.is_multiple_of(1_000) {
            fs::create_dir_all(web.join(format!("{:04}", number / 1_000)))?;
        }
        let answer = reader.get(path, "gzip")?;
        ensure!(
            answer.status.starts_with("HTTP/1.1 200 "),
            "{path}: {}",
            answer.status
        );
        if number == 0 {
            first = answer.body.len() as u64;
        }
        let name = format!("{}.html.gz", file_name(number));
        fs::write(web.join(name), &answer.body)?;
    }
    println!(
        "copied for nginx in {:.0} s, one page after the other",
        begun.elapsed().as_secs_f64()
    );
    Ok(first)
}

/// A script for wrk that asks for a random line of `list` each time.
fn script(list: &Path) -> anyhow::Result<PathBuf> {
    let path = list.with_extension("lua");
    fs::write(
        &path,
        format!(
            "local paths = {{}}\n\
             for line in io.lines({:?}) do paths[#paths + 1] = line end\n\
             math.randomseed(20170915)\n\
             local before, after = 'GET ', ' HTTP/1.1\\r\\nHost: localhost\\r\\nAccept-Encoding: gzip\\r\\n\\r\\n'\n\
             function request() return before .. paths[math.random(#paths)] .. after end\n",
            list.to_string_lossy()
        ),
    )?;
    Ok(path)
}
