//! `warraq import wxr | check`.

use std::path::{Path, PathBuf};

use actions::import_wxr::{ImportError, ImportOptions, ImportReport, import_wxr};
use anyhow::{Context as _, bail};
use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};
use media::{Originals, originals::ORIGINAL_BYTES_MAX};
use store::{Database, Store, seal::EmailSealer};

use crate::{
    check::check,
    output::Output,
    paper::{Paper, now},
};

#[derive(Subcommand)]
pub(crate) enum Import {
    /// Import a WordPress export; may be run again at any time.
    Wxr {
        /// The exported files, in their order.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Read and count only.
        #[arg(long)]
        dry_run: bool,
        /// Write what was and was not imported to this file, as JSON.
        #[arg(long, value_name = "FILE")]
        report: Option<PathBuf>,
        /// The old site's wp-content/uploads folder, for the pictures.
        #[arg(long, value_name = "DIR")]
        media: Option<PathBuf>,
    },
    /// Say how each address of a list answers now.
    Check {
        /// A file with one address a line.
        #[arg(value_name = "FILE")]
        urls: PathBuf,
        /// The host that addresses without one are asked of.
        #[arg(long, value_name = "NAME")]
        host: Option<String>,
    },
}

impl Import {
    pub(crate) async fn run(self, paper: &Paper, out: Output) -> anyhow::Result<()> {
        match self {
            Self::Wxr {
                files,
                dry_run,
                report,
                media,
            } => {
                let mut done = ImportReport::default();
                let result = wxr(paper, out, &files, dry_run, media.as_deref(), &mut done).await;
                if let Some(path) = report {
                    let text = serde_json::to_vec_pretty(&done)?;
                    std::fs::write(&path, text).with_context(|| {
                        format!("the report cannot be written to {}", path.display())
                    })?;
                }
                let counts = done.counts.iter();
                let words: String = counts
                    .map(|(what, count)| format!("{what}: {count}\n"))
                    .collect();
                let notes = done.lines.len() as u64 + done.lines_left_out;
                let words = format!(
                    "{words}longest transaction: {} ms\n{notes} notes; --report FILE writes them",
                    done.longest_transaction_ms
                );
                if result.is_ok() {
                    out.result(
                        &words,
                        &serde_json::json!({
                            "counts": done.counts,
                            "longest_transaction_ms": done.longest_transaction_ms,
                            "notes": notes,
                        }),
                    );
                } else {
                    out.note(&words);
                }
                result
            }
            Self::Check { urls, host } => check(paper, out, &urls, host.as_deref()).await,
        }
    }
}

async fn wxr(
    paper: &Paper,
    out: Output,
    files: &[PathBuf],
    dry_run: bool,
    uploads: Option<&Path>,
    report: &mut ImportReport,
) -> anyhow::Result<()> {
    if let Some(folder) = uploads.filter(|folder| !folder.is_dir()) {
        bail!(
            "there is no folder {}: give the old site's wp-content/uploads with --media",
            folder.display()
        );
    }
    let scratch = (dry_run && paper.is_there().is_err())
        .then(Scratch::new)
        .transpose()?;
    let folder = match &scratch {
        Some(Scratch(folder)) => folder.clone(),
        None => paper.folder()?.to_owned(),
    };
    let database = paper.elsewhere();
    let store = Store::open(&database.unwrap_or_else(|| Database::Sqlite(folder.clone()))).await?;
    let originals = Originals::open(folder.join("media/originals"), ORIGINAL_BYTES_MAX)?;
    let sealer = EmailSealer::open(&folder.join("keys"), random)?;
    let bar = ProgressBar::new(0);
    if out.json {
        bar.set_draw_target(indicatif::ProgressDrawTarget::hidden());
    }
    bar.set_style(ProgressStyle::with_template(
        "{bar:30} {percent:>3} %  {msg}  {elapsed} gone, about {eta} left",
    )?);
    let mut progress = |done: u64, of: u64, items: u64| {
        bar.set_length(of);
        bar.set_position(done);
        let seconds = bar.elapsed().as_secs().max(1);
        bar.set_message(format!("{items} items, {} a second", items / seconds));
    };
    let options = ImportOptions {
        dry_run,
        uploads,
        originals: &originals,
        sealer: &sealer,
        nonce: &mut random,
        now: now(),
        progress: &mut progress,
    };
    let done = import_wxr(&store, files, options, report).await;
    bar.finish_and_clear();
    if let Err(error @ ImportError::Wxr { .. }) = &done {
        report.note(0, 0, "file", "", &error.to_string());
    }
    store.close().await;
    done.context(if dry_run {
        "nothing was written"
    } else if report.longest_transaction_ms == 0 {
        "nothing new was imported"
    } else {
        "what came before was imported; run the command again after mending this"
    })
}

/// A folder for a dry run where there is no paper yet; gone when it ends.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> anyhow::Result<Self> {
        let number = u64::from_le_bytes(random());
        let folder = std::env::temp_dir().join(format!("warraq-dry-run-{number:016x}"));
        store::files::make_folder(&folder).with_context(|| {
            format!(
                "the folder {} for the dry run cannot be made",
                folder.display()
            )
        })?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What stays is in the folder that the system clears itself.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Random bytes from the system.
pub(crate) fn random<const BYTES: usize>() -> [u8; BYTES] {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    bytes
}
