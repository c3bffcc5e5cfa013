//! An import is killed with `kill -9` again and again, and run again: nothing
//! that was kept is lost, and in the end everything is there once.

use std::{
    path::Path,
    process::Child,
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};

use crate::{
    Outcome, Size,
    chance::Chance,
    check::{Acknowledged, faults, kept_articles},
    kill_ticker::end,
    program::{Export, Folder, OLD_SITE, Program, word},
};

pub(crate) fn prove(program: &Program, size: Size) -> anyhow::Result<Outcome> {
    let (wanted, least, articles) = match size {
        Size::Slice => (6, 2, 1_200),
        Size::Full => (200, 50, 4_000),
    };
    let runtime = tokio::runtime::Runtime::new()?;
    let mut outcome = Outcome::new();
    let mut chance = Chance::new(2_017);
    let source = Folder::new("kill-import")?;
    let (export, uploads) = (source.at("export.xml"), source.at("uploads"));
    Export {
        first: 1,
        articles,
        status: "publish",
        pictures: 20,
        words: 120,
    }
    .write(&export, &uploads)?;
    let urls = source.at("urls.txt");
    let list: Vec<String> = (1..=articles)
        .map(|number| format!("{OLD_SITE}/s{number}/"))
        .collect();
    std::fs::write(&urls, list.join("\n"))?;
    let import = ["import", "wxr", word(&export), "--media", word(&uploads)];
    let whole = {
        let folder = Folder::new("kill-import-whole")?;
        let started = Instant::now();
        program.run(&folder.at("paper"), &import)?;
        u64::try_from(started.elapsed().as_millis())?
    };
    let (mut killed, mut papers, mut at_work) = (0, 0, 0);
    // Chance decides how many are killed at work: enough of them must be.
    let enough = |killed, at_work| killed >= wanted && (at_work >= least || killed >= 3 * wanted);
    while !enough(killed, at_work) {
        papers += 1;
        let folder = Folder::new("kill-import-paper")?;
        let paper = folder.at("paper");
        let mut kept = 0;
        // A paper is done after so many kills, or when an import got through.
        for _ in 0..40 {
            if enough(killed, at_work) {
                break;
            }
            // At any time within what a whole import takes, or while it writes.
            let child = program.command(&paper, &import).spawn()?;
            let was_killed = if chance.coin() {
                let after = Duration::from_millis(chance.below(whole + 1));
                end(child, Some(after))?.1
            } else {
                let commits = 1 + chance.below(6);
                let late = Duration::from_micros(chance.below(20_000));
                end_at_work(child, &paper, commits, late)?
            };
            if !was_killed {
                break;
            }
            killed += 1;
            std::fs::create_dir_all(&paper)?;
            private(&paper)?;
            for fault in runtime.block_on(faults(&paper, &Acknowledged::default())) {
                outcome.expect(false, &fault);
            }
            let now = runtime.block_on(kept_articles(&paper, articles))?;
            outcome.expect(
                now >= kept,
                "articles that were kept before a kill are lost after it",
            );
            at_work += usize::from(now > kept);
            kept = now;
        }
        program.run(&paper, &import)?;
        let again = program.run(&paper, &import)?;
        let unchanged = again["counts"]["articles_unchanged"]
            .as_u64()
            .context("a count")?;
        let twice = again["counts"]["articles_new"].as_u64().unwrap_or(0);
        ensure!(
            unchanged == u64::from(articles) && twice == 0,
            "in the end {unchanged} of {articles} articles are there, and {twice} came twice"
        );
        let checked = program.run(&paper, &["import", "check", word(&urls)])?;
        outcome.expect(
            checked["answered"] == articles,
            "an old address does not answer",
        );
        let all = Acknowledged {
            articles,
            ..Acknowledged::default()
        };
        for fault in runtime.block_on(faults(&paper, &all)) {
            outcome.expect(false, &fault);
        }
    }
    outcome.say(format!(
        "{killed} imports of {articles} articles ended by kill -9, {at_work} of them after articles were written; {papers} papers complete in the end, each article once, every address answered"
    ));
    outcome.expect(at_work >= least, "too few imports were killed at work");
    Ok(outcome)
}

/// Kills an import soon after it was seen to commit so many times; whether it
/// was the kill that ended it.
fn end_at_work(
    mut child: Child,
    paper: &Path,
    commits: u64,
    late: Duration,
) -> anyhow::Result<bool> {
    let log = paper.join("warraq.db-wal");
    let written = || log.metadata().and_then(|data| data.modified()).ok();
    let (mut last, mut seen) = (written(), 0);
    while seen < commits && child.try_wait()?.is_none() {
        std::thread::sleep(Duration::from_millis(1));
        let now = written();
        seen += u64::from(now != last);
        last = now;
    }
    Ok(end(child, Some(late))?.1)
}

/// An import that was killed at once may not have made the folder.
fn private(folder: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?;
    Ok(())
}
