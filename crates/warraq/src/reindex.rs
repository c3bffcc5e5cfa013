//! `warraq reindex`, and how a command comes to an index that is up to date: by a
//! process that follows it, or by its own work.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use actions::indexing::{Follower, IndexingError, Step, requests};
use anyhow::bail;
use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use search::{Index, WriterError};
use store::Store;

use crate::{import::random, output::Output, paper::Paper};

#[derive(Args)]
pub(crate) struct Reindex {}

/// How often it is looked whether the other process has gone on.
const LOOK: Duration = Duration::from_millis(100);
/// After so much silence it is seen whether the other process still lives.
const SILENCE: Duration = Duration::from_secs(3);
/// After so much it is given up.
const SILENCE_MAX: Duration = Duration::from_mins(2);
/// How long another process may take until it has followed.
const CATCH_UP: Duration = Duration::from_secs(3);

impl Reindex {
    pub(crate) async fn run(&self, paper: &Paper, out: Output) -> anyhow::Result<()> {
        let began = Instant::now();
        let store = paper.open().await?;
        let work = Work::new(&store, paper.folder()?, out)?;
        let asked = work.anew().await;
        work.bar.finish_and_clear();
        let by_server = asked?;
        let articles = Index::open(&work.folder)?.articles();
        let seconds = began.elapsed().as_secs_f64();
        let who = if by_server {
            "by the running server"
        } else {
            "by this command"
        };
        out.result(
            &format!("a new search index of {articles} articles was made {who} in {seconds:.1} s"),
            &serde_json::json!({
                "articles": articles,
                "seconds": (seconds * 10.0).round() / 10.0,
                "by_server": by_server,
            }),
        );
        drop(work);
        store.close().await;
        Ok(())
    }
}

/// Work at the index of one paper.
pub(crate) struct Work {
    store: Store,
    pub(crate) folder: PathBuf,
    pub(crate) bar: ProgressBar,
}

impl Work {
    pub(crate) fn new(store: &Store, data: &Path, out: Output) -> anyhow::Result<Self> {
        let folder = data.join(web::INDEX_FOLDER);
        store::files::make_folder(&folder)?;
        let bar = ProgressBar::new(0);
        if out.json {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        bar.set_style(ProgressStyle::with_template(
            "{bar:30} {percent:>3} %  {msg}  {elapsed} gone, about {eta} left",
        )?);
        Ok(Self {
            store: store.clone(),
            folder,
            bar,
        })
    }

    /// The index as it is now, made or brought up to date if nobody does.
    pub(crate) async fn index(&self) -> anyhow::Result<Index> {
        if let Some(mut follower) = self.follower().await? {
            self.work(&mut follower).await?;
            if Index::open(&self.folder).is_err() {
                follower.rebuild().await?;
                self.work(&mut follower).await?;
            }
        } else {
            self.wait_for_another().await?;
        }
        self.bar.finish_and_clear();
        Ok(Index::open(&self.folder)?)
    }

    /// A follower; none where another process has one.
    async fn follower(&self) -> anyhow::Result<Option<Follower>> {
        match Follower::open(self.store.clone(), &self.folder, || {}).await {
            Ok(follower) => Ok(Some(follower)),
            Err(IndexingError::Index(WriterError::Busy)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    async fn work(&self, follower: &mut Follower) -> anyhow::Result<()> {
        let began = Instant::now();
        while follower.step().await? == Step::Worked {
            if let Some((done, of)) = follower.progress().rebuilding {
                self.show(done, of, began);
            }
        }
        Ok(())
    }

    fn show(&self, done: u64, of: u64, began: Instant) {
        self.bar.set_length(of);
        self.bar.set_position(done);
        let seconds = began.elapsed().as_secs().max(1);
        let message = format!("{done} articles, {} a second", done / seconds);
        self.bar.set_message(message);
    }

    /// Waits until a process that follows the index has read what there is now.
    async fn wait_for_another(&self) -> anyhow::Result<()> {
        let (began, wanted) = (Instant::now(), *self.store.position().borrow());
        loop {
            let index = Index::open(&self.folder);
            let is_there = index.is_ok();
            if index.is_ok_and(|index| index.position() >= wanted) {
                return Ok(());
            }
            // What it holds may be older where much is being imported.
            if is_there && began.elapsed() > CATCH_UP {
                return Ok(());
            }
            if began.elapsed() > SILENCE_MAX {
                bail!(
                    "the running server is still making the search index: try again in some minutes"
                );
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Makes a new index: by the process that follows it, or here. Whether that
    /// process did.
    async fn anew(&self) -> anyhow::Result<bool> {
        let number = u64::from_le_bytes(random());
        let mut asked = false;
        let (mut beat, mut heard) = (0, Instant::now());
        let (began, mut looked) = (Instant::now(), None::<Instant>);
        loop {
            // It may have ended since.
            let silent = heard.elapsed() > SILENCE;
            let look = looked.is_none_or(|looked| silent && looked.elapsed() > SILENCE);
            if look {
                looked = Some(Instant::now());
                if let Some(mut follower) = self.follower().await? {
                    // What was asked for is done here.
                    requests::take(&self.folder)?;
                    follower.rebuild().await?;
                    self.work(&mut follower).await?;
                    return Ok(false);
                }
                // Or have lost what it was asked for.
                asked = false;
            }
            if !asked {
                requests::ask(&self.folder, number)?;
                asked = true;
            }
            if let Some(report) = requests::told(&self.folder, number)? {
                if report.is_finished {
                    return Ok(true);
                }
                if report.beat != beat {
                    (beat, heard) = (report.beat, Instant::now());
                }
                self.show(report.done, report.of, began);
            }
            if heard.elapsed() > SILENCE_MAX {
                bail!(
                    "the process that writes the search index does not answer: see whether `warraq serve` runs on this folder, and start it anew"
                );
            }
            tokio::time::sleep(LOOK).await;
        }
    }
}
