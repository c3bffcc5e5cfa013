//! `warraq keys list | rotate`: the keys that seal readers' e-mail addresses.

use clap::Subcommand;
use store::seal::EmailSealer;

use crate::{import::random, output::Output, paper::Paper};

#[derive(Subcommand)]
pub(crate) enum Keys {
    /// List the versions of the keys; the last one seals.
    List,
    /// Add a key that seals from now on; what is sealed stays under its own.
    Rotate,
}

impl Keys {
    pub(crate) fn run(&self, paper: &Paper, out: Output) -> anyhow::Result<()> {
        paper.is_there()?;
        let mut sealer = EmailSealer::open(&paper.folder()?.join("keys"), random)?;
        if matches!(self, Self::Rotate) {
            sealer.rotate(random)?;
        }
        let versions: Vec<u32> = sealer.versions().collect();
        let sealing = versions.last().copied().unwrap_or(0);
        out.result(
            &format!("{} keys; number {sealing} seals", versions.len()),
            &serde_json::json!({ "versions": versions, "sealing": sealing }),
        );
        Ok(())
    }
}
