//! `cargo xtask bench`: the figures of docs/performance.md, each beside one of
//! something known, taken in the same run.

mod archive;
mod comments;
mod headline;
mod import;
mod load;
mod page;
mod reader;
mod search;
mod varnish;

use anyhow::Context as _;

/// Articles of the archive where no number is given.
const ARCHIVE: u32 = 1_000_000;

/// Runs one comparison, or `page` where none is named.
pub(crate) fn run(words: &[&str]) -> anyhow::Result<bool> {
    let number = |text: &str| {
        text.replace('_', "")
            .parse()
            .with_context(|| format!("{text} is no number of articles"))
    };
    match words {
        [] | ["page"] => page::run(),
        ["archive"] => archive::run(ARCHIVE),
        ["archive", articles] => archive::run(number(articles)?),
        ["headline"] => headline::run(1_000),
        ["headline", articles] => headline::run(number(articles)?),
        ["import", words @ ..] => import::run(words),
        ["comments"] => comments::run(),
        ["search"] => search::run(ARCHIVE),
        ["search", articles] => search::run(number(articles)?),
        _ => anyhow::bail!(
            "there is no such figure: page, archive [N], comments, headline [N], import [--articles N], search [N]"
        ),
    }
}
