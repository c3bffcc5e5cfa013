//! The power is cut at the moment of each acknowledgement, and between.
//!
//! The program runs under the recorder: a server, writers that push headlines
//! side by side, an import with pictures and sealed addresses, a backup, and a
//! restore of it, twice.
//! Its notes are replayed; at each cut the files are laid out as the disk would
//! hold them, and the paper is opened and held against what had been said.

use std::{
    collections::{BTreeMap, BTreeSet},
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
/// Where the papers are, below what is recorded. Their folder is made by the
/// program as well.
const PAPER: &str = "papers/paper";
const RESTORED: &str = "papers/restored";

/// What a process said means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Headline,
    Import(u32),
    Backup,
    /// First where there was nothing, then over the paper restored before.
    Restore,
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
    let (pushes, articles, between, mixed) = match size {
        Size::Slice => (8, 20, 8, 1),
        Size::Full => (60, 300, 60, 3),
    };
    let mut outcome = Outcome::new();
    let run = record_run(program, recorder, pushes, articles, true)?;
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
    let found = cut(&run, program, between, mixed)?;
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
        let control = record_run(&altered, recorder, 6, 5, false)?;
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

/// Runs everything once under the recorder; backup and restore if wanted.
fn record_run(
    program: &Program,
    recorder: &Path,
    pushes: usize,
    articles: u32,
    backed_up: bool,
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
    let (paper, backup) = (root.join(PAPER), root.join("paper.backup"));
    let roles = Mutex::new(BTreeMap::new());
    let restored = root.join(RESTORED);
    let run_on = |data: &Path, role: Role, words: &[&str]| -> anyhow::Result<()> {
        let child = recorded.command(data, words).spawn()?;
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
    let run = |role: Role, words: &[&str]| run_on(&paper, role, words);
    // The server makes the folders, too.
    let server = recorded.serve(&paper, &[])?;
    run(Role::Headline, &["ticker", "push", "أول خبر"])?;
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
            if !backed_up {
                return Ok(());
            }
            run(Role::Backup, &["backup", "create", word(&backup), "--json"])?;
            let restore = ["backup", "restore", word(&backup), "--json"];
            run_on(&restored, Role::Restore, &restore)?;
            let over = [&restore[..], &["--replace"]].concat();
            run_on(&restored, Role::Restore, &over)
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
    fn note(&mut self, number: usize, faults: &[String]) {
        self.states += 1;
        let Some(first) = faults.first() else { return };
        self.failed += 1;
        let lost =
            |fault: &String| fault.contains("acknowledged") || fault.contains("does not open");
        self.lost += usize::from(faults.iter().any(lost));
        if self.first.is_none() {
            self.first = Some(format!("after call {number}: {first}"));
        }
    }

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

/// Cuts the power at each acknowledgement, around each step that puts a restored
/// paper into its place, and at `between` moments chosen by chance; each time
/// with nothing of the page cache left, with `mixed` random parts of it, and with
/// all of it.
fn cut(run: &Run, program: &Program, between: usize, mixed: usize) -> anyhow::Result<Found> {
    let runtime = tokio::runtime::Runtime::new()?;
    let mut chance = Chance::new(20_170_915);
    let moments = moments(run, between, &mut chance);
    let root = run.root();
    let (mut disk, mut found) = (Disk::new(word(&root)), Found::default());
    let mut said = Said::default();
    for (number, event) in run.events.iter().enumerate() {
        disk.apply(event)?;
        let heard = match event {
            Event::Said { process, words } => run.roles.get(process).map(|role| (*role, words)),
            _ => None,
        };
        if let Some((role, words)) = heard {
            said.hear(role, words)?;
            found.at_acknowledgements += 1;
        } else if moments.contains(&number) {
            found.between += 1;
        } else {
            continue;
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
            let faults = said.faults(&runtime, program, &after)?;
            found.note(number, &faults);
        }
    }
    Ok(found)
}

/// The numbers of the calls after which the power is cut in any case.
fn moments(run: &Run, between: usize, chance: &mut Chance) -> BTreeSet<usize> {
    let mut moments: BTreeSet<usize> = (0..between)
        .map(|_| usize::try_from(chance.below(run.events.len() as u64)).unwrap_or(0))
        .collect();
    if between > 0 {
        for (number, event) in run.events.iter().enumerate() {
            if let Event::Renamed { to, .. } | Event::Exchanged { to, .. } = event
                && to.contains(RESTORED)
            {
                moments.extend([number.saturating_sub(1), number, number + 1]);
            }
        }
    }
    moments
}

/// What was said up to a moment.
#[derive(Default)]
struct Said {
    acknowledged: Acknowledged,
    backup: bool,
    restored: bool,
    /// What had been said when the backup was begun.
    in_backup: Acknowledged,
}

impl Said {
    fn hear(&mut self, role: Role, words: &str) -> anyhow::Result<()> {
        match role {
            Role::Headline => {
                let id = words.trim().parse().context("a push says its number")?;
                self.acknowledged.headlines.push(id);
            }
            Role::Import(articles) => {
                self.acknowledged.articles = articles;
                self.in_backup = self.acknowledged.clone();
            }
            Role::Backup => self.backup = true,
            Role::Restore => self.restored = true,
        }
        Ok(())
    }

    /// What is wrong with the disk laid out at `after`.
    fn faults(
        &self,
        runtime: &tokio::runtime::Runtime,
        program: &Program,
        after: &Path,
    ) -> anyhow::Result<Vec<String>> {
        let paper = after.join(PAPER);
        std::fs::create_dir_all(&paper)?;
        private(&paper)?;
        let mut found = runtime.block_on(faults(&paper, &self.acknowledged));
        if self.backup {
            let file = after.join("paper.backup");
            if let Err(error) = program.run(&paper, &["backup", "verify", word(&file)]) {
                found.push(format!(
                    "the backup was acknowledged and is lost: {error:#}"
                ));
            }
        }
        let restored = after.join(RESTORED);
        if restored.exists() {
            // Not acknowledged yet, it may be absent, but never half there.
            let there = runtime.block_on(faults(&restored, &self.in_backup));
            found.extend(there.into_iter().map(|fault| format!("restored: {fault}")));
        } else if self.restored {
            found.push("the restored paper was acknowledged and is lost".to_owned());
        }
        Ok(found)
    }
}

/// The store wants its folder closed to others; a folder that never reached the
/// disk is made here.
fn private(folder: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?;
    Ok(())
}
