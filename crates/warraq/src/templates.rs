//! `warraq templates check`.

use std::path::PathBuf;

use anyhow::bail;
use clap::Subcommand;
use theme::Theme;

use crate::output::Output;

#[derive(Subcommand)]
pub(crate) enum Templates {
    /// Render every template from samples and say what is wrong.
    Check {
        /// A folder of templates that replace the built-in ones.
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
}

impl Templates {
    pub(crate) fn run(self, out: Output) -> anyhow::Result<()> {
        let Self::Check { folder } = self;
        if let Some(folder) = folder.as_ref().filter(|folder| !folder.is_dir()) {
            bail!("there is no folder {}", folder.display());
        }
        let problems = Theme::new(folder.as_deref())?.check();
        if problems.is_empty() {
            out.result(
                "every template renders",
                &serde_json::json!({ "problems": [] }),
            );
            return Ok(());
        }
        bail!("{}", problems.join("\n"));
    }
}
