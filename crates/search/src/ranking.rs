//! What comes first: BM25 over the stems of an article, in which a stem of the
//! headline counts as several of the body, then, for the best of them, what
//! cannot be asked of a million.
//!
//! The first pass gives an exact total and the best [`CANDIDATES`]. The second
//! adds, for each word of the query and times its weight, what stands in
//! headline, standfirst and labels, how often the word stands there as typed (BM25
//! again, over forms), and whether neighbours in the query are neighbours in the
//! text. A title or name
//! typed in full so comes before texts that merely use the same words.

use tantivy::{
    DocSet as _, Searcher, TERMINATED, Term,
    postings::{Postings as _, SegmentPostings},
    schema::{Field, IndexRecordOption},
};

use crate::{
    fields::Fields,
    matching::{Group, Way, idf},
    query::RESULTS_MAX,
    scan::Candidate,
};

/// Articles that the second pass looks at; as many as can be paged through, so
/// that the order does not change from page to page.
pub(crate) const CANDIDATES: usize = RESULTS_MAX;

/// What a word adds where it stands in the headline.
const IN_HEADLINE: f32 = 2.0;
/// The same as typed.
const TYPED_IN_HEADLINE: f32 = 0.5;
const IN_STANDFIRST: f32 = 0.2;
const IN_LABELS: f32 = 0.3;
/// Anywhere as typed, for each point of BM25.
const TYPED: f32 = 0.3;
/// What two neighbours add that are neighbours in the text.
const NEIGHBOURS: f32 = 0.5;

/// Adds what the second pass sees, and orders by it.
pub(crate) fn rank(
    candidates: &mut [Candidate],
    groups: &[Group],
    searcher: &Searcher,
    fields: Fields,
) -> tantivy::Result<()> {
    candidates.sort_unstable_by_key(|candidate| (candidate.segment, candidate.doc));
    let average = average_length(searcher, fields.all_form)?;
    for (segment, reader) in searcher.segment_readers().iter().enumerate() {
        let range = candidates.partition_point(|candidate| candidate.segment < segment)
            ..candidates.partition_point(|candidate| candidate.segment <= segment);
        let here = &mut candidates[range];
        if here.is_empty() {
            continue;
        }
        let postings = |field: Field, text: &str, option| {
            reader
                .inverted_index(field)?
                .read_postings(&Term::from_field_text(field, text), option)
                .map_err(tantivy::TantivyError::from)
        };
        let lengths = reader.get_fieldnorms_reader(fields.all_form)?;
        let mut before: Option<(&Group, Vec<Vec<u32>>)> = None;
        for group in groups {
            for (field, weight) in [
                (fields.headline_stem, IN_HEADLINE),
                (fields.standfirst_stem, IN_STANDFIRST),
                (fields.label_stem, IN_LABELS),
            ] {
                let mut lists = Vec::new();
                for (way, _) in &group.ways {
                    if let Way::Stem(stem) = way {
                        lists.extend(postings(field, stem, IndexRecordOption::Basic)?);
                    }
                }
                add_where_any(here, lists, weight * group.weight);
            }
            let [word] = group.typed.as_slice() else {
                before = None;
                continue;
            };
            let typed = postings(fields.headline_form, &word.form, IndexRecordOption::Basic)?;
            add_where_any(
                here,
                typed.into_iter().collect(),
                TYPED_IN_HEADLINE * group.weight,
            );

            let option = IndexRecordOption::WithFreqsAndPositions;
            let places = match postings(fields.all_form, &word.form, option)? {
                Some(list) => places(here, list),
                None => vec![Vec::new(); here.len()],
            };
            let articles =
                searcher.doc_freq(&Term::from_field_text(fields.all_form, &word.form))?;
            let rarity = idf(articles, searcher.num_docs());
            for (at, candidate) in here.iter_mut().enumerate() {
                if places[at].is_empty() {
                    continue;
                }
                let length = lengths.fieldnorm(candidate.doc);
                let typed = rarity * saturated(places[at].len(), length, average);
                candidate.score += candidate.freshness * TYPED * typed;
                if let Some((neighbour, before)) = &before
                    && before[at].iter().any(|place| {
                        places[at]
                            .binary_search(&(place + apart(neighbour, group)))
                            .is_ok()
                    })
                {
                    let both = f32::midpoint(neighbour.weight, group.weight);
                    candidate.score += candidate.freshness * NEIGHBOURS * both;
                }
            }
            before = Some((group, places));
        }
    }
    candidates.sort_unstable_by(|one, other| {
        other
            .score
            .total_cmp(&one.score)
            .then(other.published.cmp(&one.published))
            .then(other.id.cmp(&one.id))
    });
    Ok(())
}

/// How many words one stands behind the other in the query: stop words between
/// them are not searched, but they are between them in the text too.
fn apart(one: &Group, other: &Group) -> u32 {
    u32::try_from(other.place - one.place).unwrap_or(1)
}

/// What a word tells of an article that has it so often among so many words: BM25
/// with its usual constants.
#[expect(clippy::cast_precision_loss, reason = "words of one article")]
fn saturated(often: usize, length: u32, average: f32) -> f32 {
    let often = often as f32;
    often * 2.2 / (often + 1.2 * (0.25 + 0.75 * length as f32 / average))
}

/// Words of an article, on average.
#[expect(clippy::cast_precision_loss, reason = "an average")]
fn average_length(searcher: &Searcher, field: Field) -> tantivy::Result<f32> {
    let mut words = 0;
    for reader in searcher.segment_readers() {
        words += reader.inverted_index(field)?.total_num_tokens();
    }
    Ok((words as f32 / searcher.num_docs().max(1) as f32).max(1.0))
}

/// Adds `weight` to each candidate that one of `lists` has.
fn add_where_any(candidates: &mut [Candidate], mut lists: Vec<SegmentPostings>, weight: f32) {
    for candidate in candidates {
        if lists.iter_mut().any(|list| has(list, candidate.doc)) {
            candidate.score += candidate.freshness * weight;
        }
    }
}

fn has(list: &mut SegmentPostings, doc: u32) -> bool {
    if list.doc() < doc {
        list.seek(doc);
    }
    list.doc() == doc && doc != TERMINATED
}

/// Where the word stands in each candidate, in order.
fn places(candidates: &[Candidate], mut list: SegmentPostings) -> Vec<Vec<u32>> {
    candidates
        .iter()
        .map(|candidate| {
            let mut places = Vec::new();
            if has(&mut list, candidate.doc) {
                list.positions(&mut places);
            }
            places
        })
        .collect()
}
