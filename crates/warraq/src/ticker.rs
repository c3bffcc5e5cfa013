//! `warraq ticker push | list | remove`.

use anyhow::Context as _;
use clap::Subcommand;
use editorial::{Id, audit::Actor, ticker::LineContent};

use crate::{
    output::Output,
    paper::{Paper, local, now},
};

#[derive(Subcommand)]
pub(crate) enum Ticker {
    /// Push a headline: it is on every page within a second.
    Push {
        /// The words.
        text: String,
        /// Where it leads: an address, a path of this site, or the number of an article.
        #[arg(long, value_name = "URL", default_value = "")]
        url: String,
        /// Mark it «عاجل».
        #[arg(long)]
        urgent: bool,
        /// How long it stays, such as 2h or 30m; without, until it is removed.
        #[arg(long = "for", value_name = "TIME", value_parser = microseconds)]
        stays: Option<i64>,
    },
    /// List the headlines that are shown, in their order.
    List,
    /// Remove a headline.
    Remove {
        /// Its number, as `list` shows it.
        id: String,
    },
}

impl Ticker {
    pub(crate) async fn run(self, paper: &Paper, out: Output) -> anyhow::Result<()> {
        let store = paper.open().await?;
        match self {
            Self::Push {
                text,
                url,
                urgent,
                stays,
            } => {
                let now = now();
                let headline = LineContent {
                    text,
                    url,
                    urgent,
                    expires_at: stays.map(|stays| now.plus(stays)),
                };
                let id = actions::push_headline(&store, headline, Actor::CommandLine, now).await?;
                out.result(&format!("{id}"), &serde_json::json!({ "id": id }));
            }
            Self::List => {
                let settings = store.settings().await?;
                let items = store.ticker_items(now()).await?;
                let lines: Vec<String> = items
                    .iter()
                    .map(|item| {
                        let urgent = if item.urgent { "عاجل: " } else { "" };
                        let until = item.expires_at.map_or_else(String::new, |at| {
                            format!("\tuntil {}", local(at, &settings))
                        });
                        let url = match &*item.url {
                            "" => String::new(),
                            url => format!("\t{url}"),
                        };
                        format!(
                            "{}\t{}\t{urgent}{}{url}{until}",
                            item.id,
                            local(item.at, &settings),
                            item.text
                        )
                    })
                    .collect();
                let document: Vec<_> = items
                    .iter()
                    .map(|item| {
                        serde_json::json!({
                            "id": item.id, "text": item.text, "url": item.url, "urgent": item.urgent,
                            "at": item.at.rfc3339(), "expires_at": item.expires_at.map(editorial::Timestamp::rfc3339),
                        })
                    })
                    .collect();
                out.result(&lines.join("\n"), &serde_json::json!({ "items": document }));
            }
            Self::Remove { id } => {
                let id = Id::parse(&id).with_context(|| {
                    format!("{id} is no number of a headline: see `warraq ticker list`")
                })?;
                actions::remove_headline(&store, id, None, Actor::CommandLine, now()).await?;
                out.result("removed", &serde_json::json!({ "removed": id }));
            }
        }
        store.close().await;
        Ok(())
    }
}

/// Reads `90s`, `30m`, `2h` or `3d` as microseconds.
fn microseconds(text: &str) -> Result<i64, String> {
    let said = || "give a number and a unit, such as 30m, 2h or 3d".to_owned();
    let unit = match text.chars().last() {
        Some('s') => 1,
        Some('m') => 60,
        Some('h') => 3_600,
        Some('d') => 86_400,
        _ => return Err(said()),
    };
    let count: i64 = text[..text.len() - 1].parse().map_err(|_| said())?;
    if !(1..=1_000_000).contains(&count) {
        return Err(said());
    }
    Ok(count * unit * editorial::Timestamp::SECOND)
}
