//! `warraq backup create | verify | restore`.

mod contents;
mod create;
mod format;
mod restore;
mod scratch;
mod verify;

use std::{
    io::{self, Read},
    path::PathBuf,
};

use clap::Subcommand;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::{output::Output, paper::Paper};

#[derive(Subcommand)]
pub(crate) enum Backup {
    /// Write the paper as it is now into one file; a server may run meanwhile.
    Create {
        /// The file to write; it must not be there yet.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Leave out the keys of readers' e-mail addresses, to keep them elsewhere.
        #[arg(long)]
        without_keys: bool,
    },
    /// Look through a backup: every file's hash, the database, the audit chain.
    Verify {
        /// The backup.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Bring a paper back from a backup, into an empty place.
    Restore {
        /// The backup.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Where the data folder holds something, move it aside first.
        #[arg(long)]
        replace: bool,
    },
}

impl Backup {
    pub(crate) async fn run(self, paper: &Paper, out: Output) -> anyhow::Result<()> {
        match self {
            Self::Create { file, without_keys } => {
                create::run(paper, out, &file, without_keys).await
            }
            Self::Verify { file } => verify::run(out, &file).await,
            Self::Restore { file, replace } => restore::run(paper, out, &file, replace).await,
        }
    }
}

/// A bar of bytes, for people; 0 where their number is not known.
fn bar(out: Output, bytes: u64, what: &'static str) -> anyhow::Result<ProgressBar> {
    let bar = ProgressBar::new(bytes);
    if out.json {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    bar.set_style(ProgressStyle::with_template(if bytes == 0 {
        // How long a database elsewhere is, nobody knows beforehand.
        "{spinner} {msg}  {binary_bytes}  {elapsed}"
    } else {
        "{bar:30} {percent:>3} %  {msg}  {binary_bytes_per_sec}  {elapsed} of about {duration}"
    })?);
    bar.set_message(what);
    Ok(bar)
}

/// Moves a bar by what is read through it.
struct Watched<'a, R> {
    inner: R,
    bar: &'a ProgressBar,
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.bar.inc(read as u64);
        Ok(read)
    }
}
