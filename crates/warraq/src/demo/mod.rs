//! `warraq demo`: the sample newspaper, and as many generated articles as asked.

mod calendar;
mod chance;
mod coin;
mod disk;
mod generate;
mod grammar;
mod plan;
mod print;
mod sample;
mod stock;
#[cfg(test)]
mod tests;
mod voice;
mod wording;

use std::time::Duration;

use anyhow::{Context as _, bail};
use clap::Args;
use editorial::{Id, Timestamp};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::tz::TimeZone;
use media::{Originals, originals::ORIGINAL_BYTES_MAX};
use store::Store;

use self::{
    generate::Press,
    plan::{ARTICLES_MAX, Plan},
    print::Printer,
    sample::Sample,
    stock::Stock,
};
use crate::{
    output::Output,
    paper::{Paper, now},
    room::{self, Room},
};

#[derive(Args)]
pub(crate) struct Demo {
    /// Articles in all; beyond the sample's own they are generated, and a run
    /// that was cut short is taken up again.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=ARTICLES_MAX))]
    articles: Option<u64>,
    /// Decides the generated texts: the same number and seed give the same.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// The moment of the newest generated article at the latest, such as
    /// 2026-11-25T00:00:00Z; now if it is not given.
    #[arg(long, value_name = "TIME", value_parser = moment)]
    until: Option<Timestamp>,
}

fn moment(text: &str) -> Result<Timestamp, String> {
    Timestamp::parse(text)
        .filter(|moment| *moment >= calendar::earliest_until())
        .ok_or_else(|| "give a moment after January 2015, such as 2026-11-25T00:00:00Z".to_owned())
}

impl Demo {
    pub(crate) async fn run(self, paper: &Paper, out: Output) -> anyhow::Result<()> {
        let sample = Sample::read()?;
        let own = sample.articles.len() as u64;
        let wanted = self.articles.unwrap_or(own).saturating_sub(own);
        let folder = paper.folder()?.to_owned();
        let store = paper.open_or_make().await?;
        let found = Plan::find(&store).await?;
        let before = match &found {
            Some(plan) => self.fits(plan, wanted, own)?,
            None if !store.is_empty().await? => {
                bail!("this paper has articles already: give an empty folder with --data")
            }
            None => 0,
        };
        let begun = std::time::Instant::now();
        let room = Room::measure(&folder, disk::needed(wanted - before))?;
        if wanted > before {
            say_room(out, &room, paper.is_embedded(), wanted - before, before);
            if paper.is_embedded() {
                room.check(
                    &folder,
                    "ask for fewer articles, or give a folder on a larger disk with --data",
                )?;
            }
        }
        let now = now();
        let plan = if found.is_some() {
            found
        } else {
            let originals = Originals::open(folder.join("media/originals"), ORIGINAL_BYTES_MAX)?;
            let until = Timestamp(now.seconds() * Timestamp::SECOND);
            let until = self.until.unwrap_or(until);
            begin(&store, &sample, originals, now, (wanted, self.seed, until)).await?
        };
        if let Some(plan) = plan {
            fill(&store, &sample, plan, now, out).await?;
        }
        store.close().await;
        let count = own + wanted;
        let mut document = serde_json::json!({ "articles": count });
        if wanted > 0 {
            document["generated"] = wanted.into();
            document["generated_before"] = before.into();
            document["seed"] = self.seed.into();
            document["seconds"] = begun.elapsed().as_secs().into();
            document["disk_bytes_needed"] = room.needed.into();
            document["disk_bytes_free"] = room.free.into();
        }
        let words = format!("{count} articles are printed; read them with `warraq serve`");
        out.result(&words, &document);
        Ok(())
    }

    /// How many articles of this plan are there already; refuses where another
    /// one is asked for.
    fn fits(&self, plan: &Plan, wanted: u64, own: u64) -> anyhow::Result<u64> {
        let same = plan.articles == wanted
            && plan.seed == self.seed
            && self.until.is_none_or(|until| until == plan.until);
        if !same {
            bail!(
                "this paper is filled by `warraq demo --articles {} --seed {}`, and {} of its articles are generated: repeat that command to go on, or give an empty folder with --data",
                plan.articles + own,
                plan.seed,
                plan.written
            );
        }
        Ok(plan.written)
    }
}

fn say_room(out: Output, disk: &Room, embedded: bool, articles: u64, before: u64) {
    let needed = room::size(disk.needed);
    let mut words = if embedded {
        format!(
            "{articles} generated articles take about {needed}; {} are free",
            room::size(disk.free)
        )
    } else {
        format!("{articles} generated articles take about {needed} on the database's disk")
    };
    if before > 0 {
        words = format!("{words}; {before} are there already");
    }
    out.note(&words);
}

/// Writes the sample, and with it what generated articles share and the plan
/// for them, in one commit.
async fn begin(
    store: &Store,
    sample: &Sample,
    originals: Originals,
    now: Timestamp,
    (articles, seed, until): (u64, u64, Timestamp),
) -> anyhow::Result<Option<Plan>> {
    // Drawing takes seconds: ids are drawn behind it, so that a run that is
    // killed meanwhile takes none.
    let pictures = print::pictures(sample, &originals)?;
    let stock = match articles {
        0 => None,
        _ => Some((stock::topics(sample)?, stock::draw(sample, &originals)?)),
    };
    let own = 1 + sample.ids_needed();
    let planned = stock.as_ref().map_or(0, |_| Plan::ids_needed(articles));
    let mut ids = store.draw_ids(own + planned).await?;
    let first = ids.draw().context("the store gives no ids")?;
    let mut printer = Printer { ids, now, pictures };
    let mut changes = printer.changes(sample)?;
    let mut plan = None;
    if let Some((topics, drawn)) = stock {
        let begun = Plan {
            seed,
            articles,
            until,
            written: 0,
            first: Id::new(first.get() + own).context("the store's ids are used up")?,
        };
        changes.append(stock::lay_in(sample, &topics, drawn, begun.first)?);
        changes = changes.write(begun.write());
        plan = Some(begun);
    }
    store.commit(changes).await?;
    Ok(plan)
}

/// Generates what the plan lacks, with a progress bar for people.
async fn fill(
    store: &Store,
    sample: &Sample,
    plan: Plan,
    now: Timestamp,
    out: Output,
) -> anyhow::Result<()> {
    let topics = stock::topics(sample)?;
    let bar = ProgressBar::new(plan.articles);
    if out.json {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    bar.set_style(ProgressStyle::with_template(
        "{bar:30} {percent:>3} %  {msg}  {elapsed} of about {duration}",
    )?);
    let before = plan.written;
    bar.set_position(before);
    bar.reset_eta();
    let zone = store.settings().await?.time_zone;
    let press = Press {
        stock: Stock::find(store, sample, &topics, plan.first).await?,
        topics,
        plan,
        zone: TimeZone::get(&zone).unwrap_or(TimeZone::UTC),
        now,
    };
    generate::run(store, press, |written| {
        bar.set_position(written);
        let seconds = bar.elapsed().max(Duration::from_secs(1)).as_secs();
        let rate = (written - before) / seconds;
        bar.set_message(format!("{written} articles, {rate} a second"));
    })
    .await?;
    bar.finish_and_clear();
    Ok(())
}
