//! Generated articles, one from each number, and the batches they are written
//! in.

use actions::publish_batch;
use anyhow::Context as _;
use editorial::{
    Article, Changes, Id, Timestamp, Write,
    audit::Actor,
    comment::{Comment, CommentState, CommentWrite, Received},
    correction::{Correction, CorrectionKind},
};
use jiff::tz::TimeZone;
use tokio::sync::mpsc;

use store::Store;

use super::{
    calendar,
    chance::Chance,
    plan::Plan,
    print,
    stock::Stock,
    wording::{KICKER, Text, Topic},
};

/// Articles in one commit.
const BATCH: u64 = 500;
/// Letters of a slug.
const SLUG_LETTERS_MAX: usize = 60;
/// Apart from the draws of the words, so that a change there moves no date.
const APART: u64 = 0x00DA_7E5D;
/// The same for the order of topics.
const ORDER: u64 = 0x0707_1C5D;

/// Makes articles.
pub(super) struct Press {
    pub(super) topics: Vec<Topic>,
    pub(super) stock: Stock,
    pub(super) plan: Plan,
    /// Where the paper is.
    pub(super) zone: TimeZone,
    /// The time that goes into the audit entries.
    pub(super) now: Timestamp,
}

/// An article with what belongs to it.
pub(super) struct Generated {
    pub(super) article: Article,
    pub(super) correction: Option<Correction>,
    pub(super) comments: Vec<Comment>,
}

impl Press {
    /// The article with that number, from 0.
    pub(super) fn article(&self, number: u64) -> Generated {
        let plan = &self.plan;
        let mut chance = Chance::new(plan.seed ^ APART, number);
        let published_at = calendar::published_at(number, plan.articles, plan.until, chance);
        let (topic, turn) = self.topic(number);
        let day = self.zone.to_datetime(published_at.to_jiff()).date();
        let text = topic.word(Chance::new(plan.seed, number), day, turn);
        let id = plan.id(number, 0);
        let mut later = |most: i64| {
            let room = (plan.until.seconds() - published_at.seconds()).clamp(0, most);
            published_at.plus(chance.between(0, room) * Timestamp::SECOND)
        };
        let correction = text.correction.as_ref().map(|words| Correction {
            id: plan.id(number, 2),
            article: id,
            kind: CorrectionKind::Correction,
            at: later(5 * 86_400),
            text: words.clone(),
        });
        let mut times: Vec<Timestamp> = text.comments.iter().map(|_| later(3 * 86_400)).collect();
        times.sort_unstable();
        let comments = self.comments(number, &text, &times, &mut chance);
        let changed_at = correction.as_ref().map_or(published_at, |note| note.at);
        Generated {
            article: self.lay_out(number, topic, text, published_at, changed_at, &mut chance),
            correction,
            comments,
        }
    }

    /// The topic of an article, and how many articles on it come before: each
    /// topic comes once in a round, and each round has an order of its own.
    fn topic(&self, number: u64) -> (&Topic, u64) {
        let count = self.topics.len() as u64;
        let round = number / count;
        let mut order = Chance::new(self.plan.seed ^ ORDER, round);
        let shift = order.below(self.topics.len()) as u64;
        let back = order.percent(50);
        let place = number % count;
        let place = if back { count - 1 - place } else { place };
        let at = usize::try_from((place + shift) % count).unwrap_or(0);
        // Seeds begin with different headlines.
        (&self.topics[at], round + self.plan.seed % 97)
    }

    fn lay_out(
        &self,
        number: u64,
        topic: &Topic,
        text: Text,
        published_at: Timestamp,
        changed_at: Timestamp,
        chance: &mut Chance,
    ) -> Article {
        let stock = &self.stock;
        let section = stock.sections.get(&topic.section);
        let lead = section.and_then(|(_, pictures)| {
            let drawn = chance.below(pictures.len());
            (!chance.percent(12)).then(|| pictures.get(drawn).copied())?
        });
        let mut authors = Vec::new();
        if text.agency.is_empty() || chance.percent(30) {
            for _ in 0..if chance.percent(8) { 2 } else { 1 } {
                let author = stock
                    .authors
                    .get(chance.below(stock.authors.len()))
                    .copied();
                authors.extend(author.filter(|author| !authors.contains(author)));
            }
        }
        Article {
            slug: arabic::slug::slug(&text.headline, SLUG_LETTERS_MAX),
            kicker: KICKER.to_owned(),
            signature: arabic::keywords::signature(&format!("{} {}", text.headline, text.matter)),
            headline: text.headline,
            standfirst: text.standfirst,
            dateline: text.dateline,
            agency: text.agency,
            section: section.map(|(id, _)| *id),
            authors,
            tags: text
                .tags
                .iter()
                .filter_map(|name| stock.tags.get(name).copied())
                .collect(),
            lead,
            body: text.body,
            published_at: Some(published_at),
            ..print::blank(self.plan.id(number, 0), self.plan.id(number, 1), changed_at)
        }
    }

    fn comments(
        &self,
        number: u64,
        text: &Text,
        times: &[Timestamp],
        chance: &mut Chance,
    ) -> Vec<Comment> {
        let article = self.plan.id(number, 0);
        let mut before: Option<Id> = None;
        let mut comments = Vec::new();
        for ((part, reader), written_at) in (3..).zip(&text.comments).zip(times) {
            let id = self.plan.id(number, part);
            comments.push(Comment {
                id,
                article,
                reply_to: before.filter(|_| reader.answers),
                name: reader.name.clone(),
                email: None,
                text: reader.text.clone(),
                written_at: *written_at,
                state: if chance.percent(90) {
                    CommentState::Approved
                } else {
                    CommentState::Waiting
                },
                received: Received::default(),
            });
            before = Some(id);
        }
        comments
    }

    /// The next articles from `number` on as one set of changes, and the
    /// number that follows them.
    ///
    /// # Errors
    /// Where a rule refuses an article: a fault of the generator.
    pub(super) fn batch(&self, number: u64) -> anyhow::Result<(Changes, u64)> {
        let end = (number + BATCH).min(self.plan.articles);
        let mut articles = Vec::new();
        let mut after = Vec::new();
        for number in number..end {
            let made = self.article(number);
            after.extend(made.correction.map(Write::Correction));
            after.extend(
                made.comments
                    .into_iter()
                    .map(|comment| Write::Comment(CommentWrite::Imported(Box::new(comment)))),
            );
            articles.push(made.article);
        }
        let mut changes = publish_batch(articles, Actor::System, self.now)?;
        changes.writes.extend(after);
        let plan = Plan {
            written: end,
            ..self.plan.clone()
        };
        Ok((changes.write(plan.write()), end))
    }
}

/// Batches that wait for the writer.
const WAITING: usize = 1;

/// Writes what the plan still lacks. The next batch is made while one is
/// written. `progress` is told the number of articles written.
///
/// # Errors
/// Where the store fails; what was written stays, and another run goes on.
pub(super) async fn run(
    store: &Store,
    press: Press,
    mut progress: impl FnMut(u64),
) -> anyhow::Result<()> {
    let (ready, mut batches) = mpsc::channel(WAITING);
    let making = tokio::task::spawn_blocking(move || {
        let mut number = press.plan.written;
        while number < press.plan.articles {
            let (changes, end) = press.batch(number)?;
            number = end;
            if ready.blocking_send((changes, end)).is_err() {
                break;
            }
        }
        anyhow::Ok(())
    });
    while let Some((changes, end)) = batches.recv().await {
        store
            .commit(changes)
            .await
            .context("what came before is written; run the same command again to go on")?;
        progress(end);
    }
    making.await.context("a generated article is at fault")?
}
