//! A backup made under writes, restored elsewhere, shows the same paper.
//!
//! The writers push headlines that expire and import drafts: both are rows
//! like any other, but when the writers have stopped and the headlines have
//! expired, the readers' pages are as they were. So the paper restored from the
//! middle of the writing and the paper that was written on must agree in every
//! byte of every page.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    process::Command,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};

use crate::{
    Outcome, Size, http,
    program::{Export, Folder, Program, word},
};

/// How long a pushed headline stays.
const STAYS: &str = "1s";
const EXPIRED: Duration = Duration::from_millis(1_300);
const SERVED: [&str; 2] = ["--origin", "https://paper.example"];
/// Pages beside those of the sitemap. Not `/live/ticker.json`: it tells the
/// position in the change log, which the paper written on has left behind.
const OTHERS: [&str; 6] = [
    "/",
    "/archive",
    "/feed.xml",
    "/atom.xml",
    "/feed.json",
    "/robots.txt",
];

pub(crate) fn prove(program: &Program, size: Size) -> anyhow::Result<Outcome> {
    let (articles, pictures) = match size {
        Size::Slice => (60, 10),
        Size::Full => (10_000, 200),
    };
    let mut outcome = Outcome::new();
    let folder = Folder::new("backup")?;
    let first = Paper::new(program, folder.at("first"), None);
    let (export, uploads) = (folder.at("export.xml"), folder.at("uploads"));
    Export {
        first: 1,
        articles,
        status: "publish",
        pictures,
        words: 400,
    }
    .write(&export, &uploads)?;
    first.run(&["import", "wxr", word(&export), "--media", word(&uploads)])?;

    let file = folder.at("first.backup");
    backed_up_under_writes(&first, &folder, &file, 2_000_001, &mut outcome)?;
    let second = Paper::new(program, folder.at("second"), None);
    refused_while_served(&first, &file)?;
    restored(&second, &file, &mut outcome)?;
    compare(&first, &second, "SQLite to SQLite", articles, &mut outcome)?;
    for name in ["email-1.key", "email-index.key"] {
        let read = |paper: &Paper| std::fs::read(paper.data.join("keys").join(name));
        outcome.expect(
            read(&first)? == read(&second)?,
            "a restored key has other bytes",
        );
    }

    let Some(cluster) = std::env::var("WARRAQ_TEST_POSTGRES")
        .ok()
        .filter(|url| !url.is_empty())
    else {
        outcome.expect(
            std::env::var_os("CI").is_none(),
            "WARRAQ_TEST_POSTGRES is not set: CI proves both engines",
        );
        outcome.say("not proved on PostgreSQL: WARRAQ_TEST_POSTGRES is not set");
        return Ok(outcome);
    };
    let database = EmptyDatabase::make(&cluster)?;
    let third = Paper::new(program, folder.at("third"), Some(&database.url));
    restored(&third, &file, &mut outcome)?;
    compare(
        &first,
        &third,
        "SQLite to PostgreSQL",
        articles,
        &mut outcome,
    )?;
    let file = folder.at("third.backup");
    backed_up_under_writes(&third, &folder, &file, 3_000_001, &mut outcome)?;
    let fourth = Paper::new(program, folder.at("fourth"), None);
    restored(&fourth, &file, &mut outcome)?;
    compare(
        &third,
        &fourth,
        "PostgreSQL to SQLite",
        articles,
        &mut outcome,
    )?;
    Ok(outcome)
}

/// A paper in a folder, and its rows there or in PostgreSQL.
struct Paper {
    program: Program,
    data: PathBuf,
}

impl Paper {
    fn new(program: &Program, data: PathBuf, database: Option<&str>) -> Self {
        let mut program = program.clone();
        if let Some(url) = database {
            program = program.with("WARRAQ_DATABASE", Path::new(url));
        }
        Self { program, data }
    }

    fn run(&self, words: &[&str]) -> anyhow::Result<serde_json::Value> {
        self.program.run(&self.data, words)
    }
}

/// Makes a backup while a server runs, two writers push and one imports.
fn backed_up_under_writes(
    paper: &Paper,
    folder: &Folder,
    file: &Path,
    first_draft: u32,
    outcome: &mut Outcome,
) -> anyhow::Result<()> {
    let (drafts, uploads) = (folder.at("drafts.xml"), folder.at("no-uploads"));
    Export {
        first: first_draft,
        articles: 1_500,
        status: "draft",
        pictures: 0,
        words: 100,
    }
    .write(&drafts, &uploads)?;
    let server = paper.program.serve(&paper.data, &SERVED)?;
    let (stop, pushed) = (AtomicBool::new(false), AtomicUsize::new(0));
    let (took, during) = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..2)
            .map(|writer| {
                let (stop, pushed) = (&stop, &pushed);
                scope.spawn(move || {
                    while !stop.load(Ordering::Relaxed) {
                        paper
                            .program
                            .push(&paper.data, &[&format!("خبر {writer}"), "--for", STAYS])?;
                        pushed.fetch_add(1, Ordering::Relaxed);
                    }
                    anyhow::Ok(())
                })
            })
            .collect();
        let import = scope.spawn(|| paper.run(&["import", "wxr", word(&drafts)]));
        while pushed.load(Ordering::Relaxed) < 4
            && !writers
                .iter()
                .all(std::thread::ScopedJoinHandle::is_finished)
        {
            std::thread::sleep(Duration::from_millis(5));
        }
        let (before, started) = (pushed.load(Ordering::Relaxed), Instant::now());
        let made = paper.run(&["backup", "create", word(file)]);
        let (took, during) = (started.elapsed(), pushed.load(Ordering::Relaxed) - before);
        let importing = !import.is_finished();
        stop.store(true, Ordering::Relaxed);
        for writer in writers {
            writer
                .join()
                .map_err(|_| anyhow::anyhow!("a writer ended badly"))??;
        }
        import
            .join()
            .map_err(|_| anyhow::anyhow!("the import ended badly"))??;
        made?;
        anyhow::Ok((took, (during, importing)))
    })?;
    server.kill()?;
    let bytes = std::fs::metadata(file)?.len();
    outcome.say(format!(
        "backup made under writes in {:.2} s: {bytes} bytes; {} headlines were pushed meanwhile, the import of drafts {}",
        took.as_secs_f64(),
        during.0,
        if during.1 { "went on after it" } else { "ended during it" }
    ));
    std::thread::sleep(EXPIRED);
    outcome.expect(
        during.0 > 0 || during.1,
        "nothing was written while the backup was made",
    );
    Ok(())
}

fn refused_while_served(paper: &Paper, file: &Path) -> anyhow::Result<()> {
    let server = paper.program.serve(&paper.data, &SERVED)?;
    let words = ["backup", "restore", word(file), "--replace"];
    let done = paper.program.command(&paper.data, &words).output()?;
    ensure!(
        done.status.code() == Some(1)
            && String::from_utf8_lossy(&done.stderr).contains("another server"),
        "a restore over a served paper was not refused"
    );
    server.kill()
}

fn restored(paper: &Paper, file: &Path, outcome: &mut Outcome) -> anyhow::Result<()> {
    let started = Instant::now();
    let verified = paper.run(&["backup", "verify", word(file)])?;
    let verifying = started.elapsed();
    let started = Instant::now();
    let done = paper.run(&["backup", "restore", word(file)])?;
    let found = &verified["found"];
    outcome.say(format!(
        "verified in {:.2} s, restored in {:.2} s: {} audit entries, {} pictures, {} sealed addresses, {} without their key",
        verifying.as_secs_f64(),
        started.elapsed().as_secs_f64(),
        found["audit_entries"],
        found["originals"],
        found["sealed_addresses"],
        found["sealed_addresses_without_key"]
    ));
    outcome.expect(
        found["sealed_addresses"].as_u64() > Some(0) && found["sealed_addresses_without_key"] == 0,
        "the backup holds no key for its sealed addresses",
    );
    outcome.expect(
        found["originals_missing"] == 0,
        "the backup misses a picture",
    );
    outcome.expect(
        done["found"] == *found,
        "what was restored is not what was verified",
    );
    Ok(())
}

/// Reads every page of both papers at rest.
fn compare(
    one: &Paper,
    other: &Paper,
    what: &str,
    articles: u32,
    outcome: &mut Outcome,
) -> anyhow::Result<()> {
    let servers = [
        one.program.serve(&one.data, &SERVED)?,
        other.program.serve(&other.data, &SERVED)?,
    ];
    let mut paths: BTreeSet<String> = OTHERS.map(str::to_owned).into();
    let mut sitemaps = vec!["/sitemap.xml".to_owned()];
    while let Some(sitemap) = sitemaps.pop() {
        for path in http::locations(&http::get(&servers[0].address, &sitemap)?) {
            if path.starts_with("/sitemap") {
                sitemaps.push(path);
            } else {
                paths.insert(path);
            }
        }
        paths.insert(sitemap);
    }
    let (mut bytes, mut differing, mut pages) = (0, Vec::new(), 0);
    for path in paths {
        let read = |at: usize| {
            http::get(&servers[at].address, &path).with_context(|| format!("from paper {}", at + 1))
        };
        let (from_one, from_other) = (read(0)?, read(1)?);
        pages += usize::from(path.starts_with("/a/"));
        bytes += from_one.len();
        if from_one != from_other {
            differing.push(path);
        }
    }
    outcome.say(format!(
        "{what}: {pages} articles and the other pages of the sitemap, {bytes} bytes, {} differ",
        differing.len()
    ));
    outcome.expect(
        pages >= articles as usize,
        "the sitemap does not list every article",
    );
    let first = differing.first().map_or("", String::as_str);
    outcome.expect(
        differing.is_empty(),
        &format!("{first} differs between the papers"),
    );
    Ok(())
}

/// A database of the proof's own, made and dropped with psql.
struct EmptyDatabase {
    cluster: String,
    name: String,
    url: String,
}

impl EmptyDatabase {
    fn make(cluster: &str) -> anyhow::Result<Self> {
        let name = format!("warraq_proof_{}", std::process::id());
        psql(cluster, &format!("CREATE DATABASE {name}"))?;
        let (base, _) = cluster
            .rsplit_once('/')
            .context("the address names a database")?;
        Ok(Self {
            cluster: cluster.to_owned(),
            url: format!("{base}/{name}"),
            name,
        })
    }
}

impl Drop for EmptyDatabase {
    fn drop(&mut self) {
        // The cluster is thrown away in any case.
        let _ = psql(
            &self.cluster,
            &format!("DROP DATABASE {} WITH (FORCE)", self.name),
        );
    }
}

fn psql(cluster: &str, statement: &str) -> anyhow::Result<()> {
    let done = Command::new("psql")
        .args(["-q", "-d", cluster, "-c", statement])
        .output()
        .context("psql does not start: install postgresql-client")?;
    ensure!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    Ok(())
}
