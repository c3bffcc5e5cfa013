//! `warraq article publish | correct | withdraw | restore`.

use anyhow::Context as _;
use clap::Subcommand;
use editorial::{Id, audit::Actor};

use crate::{
    output::Output,
    paper::{Paper, now},
};

#[derive(Subcommand)]
pub(crate) enum ArticleCommand {
    /// Put an unpublished article before the public.
    Publish {
        /// Its number, as in its address: /a/NUMBER/…
        id: String,
    },
    /// Put a visible note of correction on a published article.
    Correct {
        /// Its number.
        id: String,
        /// The words of the note.
        text: String,
    },
    /// Take an article off the site; its address answers 410 from then on.
    Withdraw {
        /// Its number.
        id: String,
    },
    /// Bring a withdrawn article back.
    Restore {
        /// Its number.
        id: String,
    },
}

impl ArticleCommand {
    pub(crate) async fn run(self, paper: &Paper, out: Output) -> anyhow::Result<()> {
        let store = paper.open().await?;
        let (actor, now) = (Actor::CommandLine, now());
        let (id, done) = match &self {
            Self::Publish { id } => (id, "published"),
            Self::Correct { id, .. } => (id, "corrected"),
            Self::Withdraw { id } => (id, "withdrawn"),
            Self::Restore { id } => (id, "restored"),
        };
        let id = Id::parse(id).with_context(|| {
            format!("{id} is no number of an article: see its address, /a/NUMBER/…")
        })?;
        match &self {
            Self::Publish { .. } => actions::publish_article(&store, id, actor, now).await?,
            Self::Correct { text, .. } => {
                actions::correct_article(&store, id, text, actor, now).await?
            }
            Self::Withdraw { .. } => actions::withdraw_article(&store, id, actor, now).await?,
            Self::Restore { .. } => actions::restore_article(&store, id, actor, now).await?,
        };
        out.result(
            &format!("{id} {done}"),
            &serde_json::json!({ "id": id, "done": done }),
        );
        store.close().await;
        Ok(())
    }
}
