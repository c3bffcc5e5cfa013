//! `warraq keys list | rotate`: the keys that seal e-mail addresses of readers and
//! staff. A backup holds all versions.

use clap::Subcommand;
use store::seal::EmailSealer;

use crate::{import::random, output::Output, paper::Paper};

#[derive(Subcommand)]
pub(crate) enum Keys {
    /// List the versions of the keys; the last one seals.
    List,
    /// Add a key that seals from now on; what is sealed stays under its own. A
    /// running server takes it when it is started again.
    Rotate,
}

impl Keys {
    pub(crate) fn run(&self, paper: &Paper, out: Output) -> anyhow::Result<()> {
        paper.is_there()?;
        let mut sealer = EmailSealer::open(&paper.folder()?.join("keys"), random)?;
        if matches!(self, Self::Rotate) {
            sealer.rotate(random)?;
            out.note(
                "restart a running server, and give all servers of this paper the same keys: until then it seals under the key before, and cannot open what is sealed under this one",
            );
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
