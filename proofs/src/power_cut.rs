//! The power is cut at the moment of each acknowledgement, and between.
//!
//! The program runs under the recorder: a server, writers that push headlines
//! side by side, an import with pictures and sealed addresses, and a backup.
//! Its notes are replayed; at each cut the files are laid out as the disk would
//! hold them, and the paper is opened and held against what had been said.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Mutex,
};

use anyhow::{Context as _, ensure};

use crate::{
    Outcome, Size,
    chance::Chance,
    check::{Acknowledged, faults},
    disk::{Disk, Luck},
    program::{Export, Folder, Program, word},
    record::{self, Event},
};

/// The pragma of the program, and what a control has in its place: texts of one
/// length, put into a copy of the program.
const PRAGMA: &[u8; 26] = b"PRAGMA synchronous = FULL;";
const CONTROLS: [(&str, &[u8; 26]); 2] = [
    ("synchronous = OFF", b"PRAGMA synchronous = OFF ;"),
    ("synchronous = NORMAL", b"PRAGMA synchronous=NORMAL;"),
];
const WRITERS: usize = 3;

/// What a process said means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Headline,
    Import(u32),
    Backup,
}

struct Run {
    folder: Folder,
    events: Vec<Event>,
    roles: BTreeMap<u32, Role>,
}

impl Run {
    fn root(&self) -> PathBuf {
        self.folder.at("disk")
    }
}

pub(crate) fn prove(program: &Program, recorder: &Path, size: Size) -> anyhow::Result<Outcome> {
    let (pushes, articles, between) = match size {
        Size::Slice => (8, 20, 8),
        Size::Full => (60, 300, 60),
    };
    let mut outcome = Outcome::new();
    let run = record_run(program, recorder, pushes, articles)?;
    let differences = Disk::replayed(&run.events, &run.root())?.compare(&run.root(), &["-shm"])?;
    ensure!(
        differences.is_empty(),
        "the recorder missed something: {}",
        differences.join("; ")
    );
    let syncs = run
        .events
        .iter()
        .filter(|event| matches!(event, Event::Synced { .. }))
        .count();
    outcome.say(format!(
        "recorded: {} calls, {syncs} of them syncs; replayed, they give the real files byte for byte",
        run.events.len()
    ));
    let found = cut(&run, program, between, 3)?;
    outcome.say(found.words());
    outcome.expect(
        found.at_acknowledgements >= pushes,
        "too few acknowledgements were met",
    );
    outcome.expect(
        found.failed == 0,
        "a power cut lost what was acknowledged, or harmed the paper",
    );
    for (name, pragma) in CONTROLS {
        let altered = altered_program(program, &run.folder, pragma)?;
        let control = record_run(&altered, recorder, 6, 5)?;
        let found = cut(&control, program, 0, 0)?;
        outcome.say(format!("control, {name}: {}", found.words()));
        outcome.expect(
            found.lost > 0,
            "the control lost nothing: this proof would not notice a missing sync",
        );
    }
    Ok(outcome)
}

/// A copy of the program with another pragma.
fn altered_program(
    program: &Program,
    folder: &Folder,
    pragma: &[u8; 26],
) -> anyhow::Result<Program> {
    let mut bytes = std::fs::read(program.path())?;
    let places: Vec<usize> = bytes
        .windows(PRAGMA.len())
        .enumerate()
        .filter_map(|(at, window)| (window == PRAGMA).then_some(at))
        .collect();
    let [at] = places.as_slice() else {
        anyhow::bail!(
            "the program holds its pragma {} times, not once",
            places.len()
        );
    };
    bytes[*at..at + PRAGMA.len()].copy_from_slice(pragma);
    let path = folder.at("altered-program");
    std::fs::copy(program.path(), &path)?;
    std::fs::write(&path, bytes)?;
    Ok(Program::new(path))
}

/// Runs everything once under the recorder.
fn record_run(
    program: &Program,
    recorder: &Path,
    pushes: usize,
    articles: u32,
) -> anyhow::Result<Run> {
    let folder = Folder::new("power-cut")?;
    let (root, log) = (folder.at("disk"), folder.at("log"));
    std::fs::create_dir(&root)?;
    let (export, uploads) = (folder.at("export.xml"), folder.at("uploads"));
    Export {
        first: 1,
        articles,
        status: "publish",
        pictures: articles.min(10),
        words: 80,
    }
    .write(&export, &uploads)?;
    let recorded = program
        .clone()
        .with("LD_PRELOAD", recorder)
        .with("WARRAQ_RECORD_ROOT", &root)
        .with("WARRAQ_RECORD_LOG", &log);
    let (paper, backup) = (root.join("papers/paper"), root.join("paper.backup"));
    let roles = Mutex::new(BTreeMap::new());
    let run = |role: Role, words: &[&str]| -> anyhow::Result<()> {
        let child = recorded.command(&paper, words).spawn()?;
        let process = child.id();
        let done = child.wait_with_output()?;
        ensure!(
            done.status.success(),
            "warraq {} failed: {}",
            words.join(" "),
            String::from_utf8_lossy(&done.stderr)
        );
        roles
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .insert(process, role);
        Ok(())
    };
    // The first write makes the folders, too.
    run(Role::Headline, &["ticker", "push", "أول خبر"])?;
    let server = recorded.serve(&paper, &[])?;
    std::thread::scope(|scope| {
        let import = scope.spawn(|| {
            run(
                Role::Import(articles),
                &[
                    "import",
                    "wxr",
                    word(&export),
                    "--media",
                    word(&uploads),
                    "--json",
                ],
            )?;
            run(Role::Backup, &["backup", "create", word(&backup), "--json"])
        });
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                scope.spawn(move || {
                    (writer..pushes).step_by(WRITERS).try_for_each(|number| {
                        run(
                            Role::Headline,
                            &["ticker", "push", &format!("خبر {number}")],
                        )
                    })
                })
            })
            .collect();
        for done in writers.into_iter().chain([import]) {
            done.join()
                .map_err(|_| anyhow::anyhow!("a writer ended badly"))??;
        }
        anyhow::Ok(())
    })?;
    server.kill()?;
    Ok(Run {
        folder,
        events: record::read(&log)?,
        roles: roles
            .into_inner()
            .unwrap_or_else(std::sync::PoisonError::into_inner),
    })
}

#[derive(Default)]
struct Found {
    at_acknowledgements: usize,
    between: usize,
    states: usize,
    failed: usize,
    lost: usize,
    first: Option<String>,
}

impl Found {
    fn words(&self) -> String {
        let mut words = format!(
            "{} cuts at acknowledgements, {} between; {} disks opened, {} with a fault, {} without something acknowledged",
            self.at_acknowledgements, self.between, self.states, self.failed, self.lost
        );
        if let Some(first) = &self.first {
            words.push_str(&format!("; the first: {first}"));
        }
        words
    }
}

/// Cuts the power at each acknowledgement and at `between` moments chosen by
/// chance; each time with nothing of the page cache left, with `mixed` random
/// parts of it, and with all of it.
fn cut(run: &Run, program: &Program, between: usize, mixed: usize) -> anyhow::Result<Found> {
    let runtime = tokio::runtime::Runtime::new()?;
    let mut chance = Chance::new(20_170_915);
    let mut moments: Vec<usize> = (0..between)
        .map(|_| usize::try_from(chance.below(run.events.len() as u64)).unwrap_or(0))
        .collect();
    moments.sort_unstable();
    moments.dedup();
    let root = run.root();
    let (mut disk, mut found) = (Disk::new(word(&root)), Found::default());
    let (mut acknowledged, mut backup) = (Acknowledged::default(), false);
    for (number, event) in run.events.iter().enumerate() {
        disk.apply(event)?;
        let said = match event {
            Event::Said { process, words } => run.roles.get(process).map(|role| (*role, words)),
            _ => None,
        };
        match said {
            Some((Role::Headline, words)) => {
                let id = words.trim().parse().context("a push says its number")?;
                acknowledged.headlines.push(id);
            }
            Some((Role::Import(articles), _)) => acknowledged.articles = articles,
            Some((Role::Backup, _)) => backup = true,
            None if moments.binary_search(&number).is_err() => continue,
            None => {}
        }
        if said.is_some() {
            found.at_acknowledgements += 1;
        } else {
            found.between += 1;
        }
        for state in 0..mixed + 2 {
            let mut luck = match state {
                0 => Luck::None,
                1 => Luck::All,
                _ => Luck::Some(&mut chance),
            };
            let place = Folder::new("after-cut")?;
            let after = place.at("disk");
            disk.cut(&mut luck, &after)?;
            let paper = after.join("papers/paper");
            std::fs::create_dir_all(&paper)?;
            private(&paper)?;
            let mut faults = runtime.block_on(faults(&paper, &acknowledged));
            if backup {
                let file = after.join("paper.backup");
                if let Err(error) = program.run(&paper, &["backup", "verify", word(&file)]) {
                    faults.push(format!(
                        "the backup was acknowledged and is lost: {error:#}"
                    ));
                }
            }
            found.states += 1;
            found.failed += usize::from(!faults.is_empty());
            let lost =
                |fault: &String| fault.contains("acknowledged") || fault.contains("does not open");
            found.lost += usize::from(faults.iter().any(lost));
            if found.first.is_none() && !faults.is_empty() {
                found.first = Some(format!("after call {number}: {}", faults[0]));
            }
        }
    }
    Ok(found)
}

/// The store wants its folder closed to others; a folder that never reached the
/// disk is made here.
fn private(folder: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?;
    Ok(())
}
