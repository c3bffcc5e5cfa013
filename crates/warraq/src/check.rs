//! `warraq import check`: how each address of a list answers now, by the rule
//! that the server answers by, without a page being made.

use std::{
    fs::File,
    io::{BufRead as _, BufReader},
    path::Path,
};

use actions::old_address::{Answer, answer_among, old_sites};
use anyhow::{Context as _, bail};
use editorial::{Id, Standing};

use crate::{output::Output, paper::Paper};

/// Lines that are printed at once.
const LINES_HELD: usize = 1_000;
/// Lines of a list of addresses that are printed again when they do not answer.
const UNANSWERED_PRINTED: usize = 50;

/// How many addresses answer in each way.
#[derive(Default)]
struct Counts {
    shown: u64,
    gone: u64,
    not_carried_over: u64,
    missing: u64,
}

impl Counts {
    fn count(&mut self, standing: Standing) {
        *match standing {
            Standing::Shown => &mut self.shown,
            Standing::Gone => &mut self.gone,
            Standing::NotCarriedOver => &mut self.not_carried_over,
            Standing::Unpublished | Standing::Nothing => &mut self.missing,
        } += 1;
    }

    fn answered(&self) -> u64 {
        self.shown + self.gone + self.not_carried_over
    }
}

pub(crate) async fn check(
    paper: &Paper,
    out: Output,
    list: &Path,
    host: Option<&str>,
) -> anyhow::Result<()> {
    let unreadable = || format!("{} cannot be read", list.display());
    let list = BufReader::new(File::open(list).with_context(unreadable)?);
    let store = paper.open().await?;
    let sites = old_sites(&store).await?;
    let (mut counts, mut unanswered) = (Counts::default(), Vec::new());
    let (mut lines, mut answers) = (Vec::new(), Vec::new());
    for line in list.lines() {
        let line = line.with_context(unreadable)?;
        let url = line.trim();
        if url.is_empty() || url.starts_with('#') {
            continue;
        }
        let Answer {
            moved_to,
            standing,
            unpublished,
        } = answer_among(&store, &sites, url, host).await?;
        counts.count(standing);
        let (code, why) = (standing.code(), why(standing, unpublished));
        if code == 404 && unanswered.len() < UNANSWERED_PRINTED {
            unanswered.push(format!("404 {url}{why}"));
        }
        let leads_to = moved_to.map(|to| to.to_string());
        if out.json {
            let why = why.trim_matches([' ', '(', ')']);
            answers.push(serde_json::json!({
                "url": url, "leads_to": leads_to, "status": code, "why": why,
            }));
        } else {
            let way = leads_to.map_or_else(String::new, |to| format!("301 {to} "));
            lines.push(format!("{way}{code} {url}{why}"));
            if lines.len() == LINES_HELD {
                out.result(&lines.join("\n"), &serde_json::Value::Null);
                lines.clear();
            }
        }
    }
    store.close().await;
    let Counts {
        gone,
        not_carried_over,
        missing,
        ..
    } = counts;
    lines.push(format!(
        "{} of {} addresses answer ({gone} of them with 410: taken back; {not_carried_over} with 410: the file was not carried over)",
        counts.answered(),
        counts.answered() + missing
    ));
    lines.extend(unanswered);
    out.result(
        &lines.join("\n"),
        &serde_json::json!({
            "answered": counts.answered(), "gone": gone, "not_carried_over": not_carried_over,
            "unanswered": missing, "answers": answers,
        }),
    );
    if missing > 0 {
        bail!(
            "{missing} addresses would be not found: see whether they stand in an export that was not imported"
        );
    }
    Ok(())
}

/// Why an address does not show what it was the address of.
fn why(standing: Standing, unpublished: Option<Id>) -> String {
    match (standing, unpublished) {
        (Standing::NotCarriedOver, _) => {
            " (the file was not carried over: give the folder that has it with import wxr --media)"
                .to_owned()
        }
        (Standing::Unpublished, Some(id)) => {
            format!(" (article {id} is not published: warraq article publish {id})")
        }
        (Standing::Unpublished, None) => " (the article is not published)".to_owned(),
        (Standing::Gone, _) => " (the article was taken back)".to_owned(),
        (Standing::Shown | Standing::Nothing, _) => String::new(),
    }
}
