//! Headlines are pushed side by side while the writers, and now and then the
//! server, are killed with `kill -9`: what was acknowledged is kept.

use std::{
    path::Path,
    process::Child,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use anyhow::Context as _;

use crate::{
    Outcome, Size,
    chance::Chance,
    check::{Acknowledged, faults},
    program::{Folder, Program},
};

const WRITERS: u64 = 3;
/// Kills of writers between two looks at the paper.
const ROUND: usize = 20;
/// A command is killed at some time within this, in microseconds: about what
/// one takes.
const WITHIN: u64 = 40_000;

pub(crate) fn prove(program: &Program, size: Size) -> anyhow::Result<Outcome> {
    let wanted = match size {
        Size::Slice => ROUND,
        Size::Full => 10 * ROUND,
    };
    let runtime = tokio::runtime::Runtime::new()?;
    let folder = Folder::new("kill-ticker")?;
    let paper = folder.at("paper");
    let mut outcome = Outcome::new();
    let mut writing = Writing::default();
    let mut servers = 0;
    let mut round = 0;
    while writing.kills.load(Ordering::Relaxed) < wanted {
        round += 1;
        let until = round * ROUND;
        let server = program.serve(&paper, &[])?;
        std::thread::scope(|scope| {
            let writers: Vec<_> = (0..WRITERS)
                .map(|writer| {
                    let (writing, paper) = (&writing, &paper);
                    let chance = Chance::new(round as u64 * 1_000 + writer);
                    scope.spawn(move || writing.go_on(program, paper, until, chance))
                })
                .collect();
            // In the middle of the round, the server goes the same way.
            while writing.kills.load(Ordering::Relaxed) + ROUND / 2 < until
                && !writers
                    .iter()
                    .all(std::thread::ScopedJoinHandle::is_finished)
            {
                std::thread::sleep(Duration::from_millis(1));
            }
            server.kill()?;
            servers += 1;
            for writer in writers {
                writer
                    .join()
                    .map_err(|_| anyhow::anyhow!("a writer ended badly"))??;
            }
            anyhow::Ok(())
        })?;
        for fault in runtime.block_on(faults(&paper, &writing.acknowledged())) {
            outcome.expect(false, &fault);
        }
    }
    let kept = writing.acknowledged().headlines.len();
    let (kills, pushes) = (*writing.kills.get_mut(), *writing.pushes.get_mut());
    outcome.say(format!(
        "{pushes} pushes by {WRITERS} writers; {kills} of them, and the server {servers} times, ended by kill -9; {kept} were acknowledged"
    ));
    outcome.expect(
        kept > kills / 2,
        "too few pushes were acknowledged for this to prove anything",
    );
    if outcome.holds() {
        outcome.say(
            "every acknowledged headline is kept, the database whole, the audit chain unbroken",
        );
    }
    Ok(outcome)
}

/// What the writers did so far.
#[derive(Default)]
struct Writing {
    pushes: AtomicUsize,
    kills: AtomicUsize,
    acknowledged: Mutex<Acknowledged>,
}

impl Writing {
    /// Pushes, and kills every other push, until there were so many kills.
    fn go_on(
        &self,
        program: &Program,
        paper: &Path,
        until: usize,
        mut chance: Chance,
    ) -> anyhow::Result<()> {
        while self.kills.load(Ordering::Relaxed) < until {
            let number = self.pushes.fetch_add(1, Ordering::Relaxed);
            let words = format!("خبر {number}");
            let child = program
                .command(paper, &["ticker", "push", &words])
                .spawn()?;
            let after = chance
                .coin()
                .then(|| Duration::from_micros(chance.below(WITHIN)));
            let (said, was_killed) = end(child, after)?;
            self.kills
                .fetch_add(usize::from(was_killed), Ordering::Relaxed);
            if let Some(id) = said.strip_suffix('\n').and_then(|id| id.parse().ok()) {
                self.lock().headlines.push(id);
            }
        }
        Ok(())
    }

    fn acknowledged(&self) -> Acknowledged {
        self.lock().clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Acknowledged> {
        self.acknowledged
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits for a command, and kills it before that if `after` says so. What it
/// said, and whether it was the kill that ended it.
pub(crate) fn end(mut child: Child, after: Option<Duration>) -> anyhow::Result<(String, bool)> {
    use std::{io::Read as _, os::unix::process::ExitStatusExt as _};
    if let Some(after) = after {
        std::thread::sleep(after);
        child.kill()?;
    }
    let mut said = String::new();
    child
        .stdout
        .take()
        .context("the output is piped")?
        .read_to_string(&mut said)?;
    let status = child.wait()?;
    Ok((said, status.signal() == Some(9)))
}
