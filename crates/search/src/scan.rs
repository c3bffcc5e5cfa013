//! Going through all articles that match: how many there are, and which come
//! first.

use std::{
    cmp::Reverse,
    collections::BinaryHeap,
    time::{Duration, Instant},
};

use editorial::{Timestamp, settings::Freshness};
use tantivy::{
    DocId, Searcher, TERMINATED,
    query::{EnableScoring, Query},
};

use crate::{
    Order,
    fields::{ID, PUBLISHED},
};

/// How long a question may go through articles, all its scans together; after
/// that it answers with what it has.
pub(crate) const TIME_MAX: Duration = Duration::from_millis(1500);
/// Articles between two looks at the clock.
const STRIDE: u32 = 4096;

/// What limits and orders a scan beside the query.
#[derive(Clone, Debug)]
pub(crate) struct Scan {
    /// The first moment of publication, and the first one after it.
    pub(crate) from: Option<i64>,
    pub(crate) until: Option<i64>,
    pub(crate) order: Order,
    /// How many to keep.
    pub(crate) keep: usize,
    pub(crate) now: Timestamp,
    /// Of [`factors`]; empty where only the newest count.
    pub(crate) factors: Vec<f32>,
    /// When to stop.
    pub(crate) deadline: Instant,
}

/// An article that matches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) score: f32,
    /// What its score was multiplied by for its age.
    pub(crate) freshness: f32,
    /// [`i64::MIN`] where not known.
    pub(crate) published: i64,
    pub(crate) id: u64,
    pub(crate) segment: usize,
    pub(crate) doc: DocId,
}

/// What a scan saw.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) total: u64,
    /// The first ones, in order.
    pub(crate) first: Vec<Candidate>,
    /// Whether all were looked at.
    pub(crate) in_time: bool,
}

/// Candidates by what comes first: the key, then id.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Ranked(i64, i64, Candidate);

impl Eq for Ranked {}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.0, self.1, self.2.id).cmp(&(other.0, other.1, other.2.id))
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Scan {
    /// Goes through all that `query` matches.
    pub(crate) fn run(&self, searcher: &Searcher, query: &dyn Query) -> tantivy::Result<Seen> {
        let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
        let mut total = 0;
        let mut in_time = true;
        let mut heap: BinaryHeap<Reverse<Ranked>> = BinaryHeap::with_capacity(self.keep + 1);
        'segments: for (segment, reader) in searcher.segment_readers().iter().enumerate() {
            let ids = reader.fast_fields().u64(ID)?;
            let published = reader.fast_fields().column_opt::<i64>(PUBLISHED)?;
            let alive = reader.alive_bitset();
            let mut scorer = weight.scorer(reader, 1.0)?;
            let mut doc = scorer.doc();
            let mut looked = 0_u32;
            while doc != TERMINATED {
                looked = looked.wrapping_add(1);
                if looked.is_multiple_of(STRIDE) && Instant::now() > self.deadline {
                    in_time = false;
                    break 'segments;
                }
                let moment = published.as_ref().and_then(|column| column.first(doc));
                if alive.is_none_or(|alive| alive.is_alive(doc)) && self.is_within(moment) {
                    total += 1;
                    let freshness = factor(moment, self.now, &self.factors);
                    let published = moment.unwrap_or(i64::MIN);
                    let score = scorer.score() * freshness;
                    let (first, second) = match self.order {
                        Order::Relevance => (i64::from(score.max(0.0).to_bits()), published),
                        Order::Newest => (published, 0),
                    };
                    let is_full = heap.len() >= self.keep;
                    if !is_full
                        || heap
                            .peek()
                            .is_some_and(|Reverse(last)| (first, second) >= (last.0, last.1))
                    {
                        let candidate = Candidate {
                            score,
                            freshness,
                            published,
                            id: ids.first(doc).unwrap_or(0),
                            segment,
                            doc,
                        };
                        heap.push(Reverse(Ranked(first, second, candidate)));
                        if is_full {
                            heap.pop();
                        }
                    }
                }
                doc = scorer.advance();
            }
        }
        let mut first: Vec<_> = heap.into_iter().map(|Reverse(ranked)| ranked).collect();
        first.sort_unstable_by(|one, other| other.cmp(one));
        Ok(Seen {
            total,
            first: first.into_iter().map(|ranked| ranked.2).collect(),
            in_time,
        })
    }

    fn is_within(&self, moment: Option<i64>) -> bool {
        match (self.from, self.until) {
            (None, None) => true,
            (from, until) => moment.is_some_and(|moment| {
                from.is_none_or(|from| moment >= from) && until.is_none_or(|until| moment < until)
            }),
        }
    }
}

/// Days for which the factor is kept; older articles have the last one.
const DAYS_MAX: usize = 4000;

/// The factor by which each age, in days, multiplies a score: 1 and more for an
/// article of today.
pub(crate) fn factors(freshness: Freshness) -> Vec<f32> {
    #[expect(clippy::cast_precision_loss, reason = "below 2^23")]
    let [weight, half_life] = [
        freshness.percent as f32 / 100.0,
        freshness.half_life_days.max(1) as f32,
    ];
    let mut factors = Vec::with_capacity(DAYS_MAX + 1);
    let mut age = 0.0;
    while factors.len() <= DAYS_MAX {
        factors.push(1.0 + weight * f32::exp2(-age / half_life));
        age += 1.0;
    }
    factors
}

/// The factor of an article.
fn factor(published: Option<i64>, now: Timestamp, factors: &[f32]) -> f32 {
    let Some(published) = published else {
        return 1.0;
    };
    let days = now.0.saturating_sub(published).max(0) / Timestamp::DAY;
    let days = usize::try_from(days).unwrap_or(DAYS_MAX).min(DAYS_MAX);
    factors.get(days).copied().unwrap_or(1.0)
}

impl Candidate {
    /// The article; none where the index holds a number that is no id.
    pub(crate) fn id(&self) -> Option<editorial::Id> {
        i64::try_from(self.id).ok().and_then(editorial::Id::new)
    }
}

#[cfg(test)]
mod tests {
    use tantivy::{TantivyDocument, query::AllQuery};

    use super::*;
    use crate::fields;

    #[test]
    fn a_scan_ends_at_its_deadline_and_says_so() {
        let (schema, own) = fields::schema();
        let index = tantivy::Index::create_in_ram(schema);
        fields::prepare(&index);
        let mut writer = index
            .writer_with_num_threads(1, 15 << 20)
            .expect("a writer");
        for number in 1..=u64::from(2 * STRIDE) {
            let mut document = TantivyDocument::default();
            document.add_u64(own.id, number);
            writer.add_document(document).expect("added");
        }
        writer.commit().expect("committed");
        let searcher = index.reader().expect("a reader").searcher();
        let all = |deadline| {
            Scan {
                factors: Vec::new(),
                from: None,
                until: None,
                order: Order::Newest,
                keep: 10,
                now: Timestamp(0),
                deadline,
            }
            .run(&searcher, &AllQuery)
            .expect("scanned")
        };
        let begun = Instant::now();
        let seen = all(begun);
        assert!(!seen.in_time && seen.total < u64::from(2 * STRIDE));
        assert_eq!(seen.first.len(), 10);
        let seen = all(begun + Duration::from_mins(10));
        assert!(seen.in_time);
        assert_eq!(seen.total, u64::from(2 * STRIDE));
        // Of articles of one age the newest ids come first.
        assert_eq!(seen.first[0].id, u64::from(2 * STRIDE));
    }
}
