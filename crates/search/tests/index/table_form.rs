//! The table by which search is judged is well formed: articles and queries
//! with all their right answers, in `../table/`. It was written before any rule
//! of stemming and before the index, so that the rules are made for readers and
//! not the table for the rules. Its kept half is not to be looked at while
//! rules are changed; `../table/queries.tsv` says how answers were judged.

use std::collections::{BTreeMap, BTreeSet};

const ARTICLES: &str = include_str!("../table/articles.tsv");
const QUERIES: &str = include_str!("../table/queries.tsv");
const KINDS: [&str; 18] = [
    "alef-maqsura",
    "arabizi",
    "clitics",
    "countries",
    "diacritics",
    "digits",
    "dual",
    "exclusion",
    "hamza",
    "latin",
    "mixed",
    "months",
    "names",
    "phrases",
    "plural-broken",
    "plural-sound",
    "ta-marbuta",
    "tatweel",
];
/// Queries there must be, in all and of each kind.
const QUERIES_MIN: usize = 300;
const KIND_MIN: usize = 16;
/// Answers a query may have: recall is counted among the first ten results.
const ANSWERS_MAX: usize = 10;

/// The lines of a table that say something, each cut into its fields.
fn rows<const FIELDS: usize>(table: &'static str) -> Vec<[&'static str; FIELDS]> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let fields: Vec<_> = line.split('\t').collect();
            fields
                .try_into()
                .unwrap_or_else(|_| panic!("help: write {FIELDS} fields, by tabs, in: {line}"))
        })
        .collect()
}

#[test]
fn articles_have_an_id_of_their_own_a_headline_and_a_body() {
    let mut ids = BTreeSet::new();
    for [id, headline, body, _tags] in rows(ARTICLES) {
        assert!(ids.insert(id), "help: give a new id to the second {id}");
        for text in [id, headline, body] {
            assert!(
                !text.is_empty() && text.trim() == text,
                "help: fill and trim the fields of article {id}"
            );
        }
    }
}

#[test]
fn queries_have_answers_that_exist_and_stand_once() {
    let ids: BTreeSet<_> = rows::<4>(ARTICLES).iter().map(|row| row[0]).collect();
    let mut seen = BTreeSet::new();
    for [kind, half, query, answers, _note] in rows(QUERIES) {
        assert!(
            !query.is_empty() && query.trim() == query,
            "help: fill and trim the query of a row of {kind}"
        );
        assert!(
            KINDS.contains(&kind),
            "help: {query}: no kind is called {kind}"
        );
        assert!(
            ["open", "kept"].contains(&half),
            "help: {query}: write open or kept, not {half}"
        );
        assert!(seen.insert(query), "help: {query} stands twice: remove one");
        let list: Vec<_> = answers.split_whitespace().collect();
        let set: BTreeSet<_> = list.iter().copied().collect();
        assert_eq!(
            list.len(),
            set.len(),
            "help: {query} names an answer twice: {answers}"
        );
        assert!(
            (1..=ANSWERS_MAX).contains(&list.len()),
            "help: {query} has {} answers: make it 1 to {ANSWERS_MAX}",
            list.len()
        );
        for id in list {
            assert!(
                ids.contains(id),
                "help: {query} wants {id}: no such article"
            );
        }
    }
}

#[test]
fn each_kind_has_enough_rows_and_two_equal_halves() {
    let queries = rows::<5>(QUERIES);
    assert!(
        queries.len() >= QUERIES_MIN,
        "help: {} queries: write {QUERIES_MIN}",
        queries.len()
    );
    let mut halves: BTreeMap<&str, [usize; 2]> =
        KINDS.into_iter().map(|kind| (kind, [0, 0])).collect();
    for [kind, half, ..] in queries {
        halves.entry(kind).or_default()[usize::from(half == "kept")] += 1;
    }
    for (kind, [open, kept]) in halves {
        assert!(
            open + kept >= KIND_MIN,
            "help: {kind} has {} rows: write {KIND_MIN}",
            open + kept
        );
        assert!(
            open.abs_diff(kept) <= 1,
            "help: {kind} has {open} open rows and {kept} kept: balance them"
        );
    }
}

#[test]
fn no_more_than_a_quarter_of_the_articles_is_wanted_by_nobody() {
    let wanted: BTreeSet<_> = rows::<5>(QUERIES)
        .iter()
        .flat_map(|row| row[3].split_whitespace())
        .collect();
    let articles = rows::<4>(ARTICLES);
    let unwanted: Vec<_> = articles
        .iter()
        .map(|row| row[0])
        .filter(|id| !wanted.contains(id))
        .collect();
    assert!(
        unwanted.len() * 4 <= articles.len(),
        "help: ask for some of these: {unwanted:?}"
    );
}
