//! The table of queries and right answers, asked of a real index: recall and
//! precision among the first ten results, for each kind, open and kept rows
//! apart. Kept rows are only counted.
#![expect(clippy::cast_precision_loss, reason = "counts of a small table")]

use std::collections::{BTreeMap, BTreeSet};

use arabic::search::variants::Variants;
use editorial::{Id, SearchDocument, Timestamp};
use search::{Index, Query, Rebuild};

const ARTICLES: &str = include_str!("../table/articles.tsv");
const QUERIES: &str = include_str!("../table/queries.tsv");

/// What each kind must reach, open and kept rows together.
const RECALL_MIN: f64 = 0.95;
const PRECISION_MIN: f64 = 0.90;

fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}

/// Sums over the queries of a kind.
#[derive(Clone, Copy, Default)]
struct Sums {
    queries: f64,
    recall: f64,
    precision: f64,
}

impl Sums {
    fn add(&mut self, expected: &BTreeSet<i64>, found: &[i64]) {
        let right = found.iter().filter(|id| expected.contains(id)).count() as f64;
        self.queries += 1.0;
        self.recall += right / expected.len() as f64;
        // What is not found at all is no wrong answer; recall tells it.
        self.precision += if found.is_empty() {
            1.0
        } else {
            right / found.len() as f64
        };
    }

    fn recall(self) -> f64 {
        self.recall / self.queries
    }

    fn precision(self) -> f64 {
        self.precision / self.queries
    }
}

#[test]
fn each_kind_finds_what_readers_would() {
    let folder = super::paper::Folder::new("table");
    let mut rebuild = Rebuild::begin(folder.path()).expect("a new index");
    let number = |id: &str| id[1..].parse::<i64>().expect("a number behind a letter");
    let mut tags: BTreeMap<&str, i64> = BTreeMap::new();
    for row in rows(ARTICLES) {
        let [id, headline, body, names] = row.as_slice() else {
            panic!("four fields: {row:?}")
        };
        let tags = names
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(|name| {
                let next = 10_000 + tags.len() as i64;
                let tag = *tags.entry(name).or_insert(next);
                (Id::new(tag).expect("in range"), name.to_owned())
            })
            .collect();
        rebuild
            .put(SearchDocument {
                id: Id::new(number(id)).expect("in range"),
                headline: (*headline).to_owned(),
                standfirst: String::new(),
                body: (*body).to_owned(),
                authors: Vec::new(),
                agency: String::new(),
                tags,
                section: None,
                language: "ar".to_owned(),
                published_at: None,
            })
            .expect("put");
    }
    drop(rebuild.finish(1).expect("finished"));
    let index = Index::open(folder.path()).expect("opened");

    let mut kinds: BTreeMap<&str, [Sums; 2]> = BTreeMap::new();
    for row in rows(QUERIES) {
        let [kind, half, text, answers, _note] = row.as_slice() else {
            panic!("five fields")
        };
        let expected: BTreeSet<_> = answers.split_whitespace().map(number).collect();
        let query = Query {
            text: (*text).to_owned(),
            ..Query::default()
        };
        let result = index.search(&query, Variants::built_in(), Timestamp(0));
        let found: Vec<_> = if result.some_words {
            // Said to be no answer.
            Vec::new()
        } else {
            result.hits.iter().map(|hit| hit.id.get()).collect()
        };
        let is_kept = *half == "kept";
        kinds.entry(kind).or_default()[usize::from(is_kept)].add(&expected, &found);
        let found: BTreeSet<_> = found.into_iter().collect();
        if !is_kept && found != expected {
            let missing: Vec<_> = expected.difference(&found).collect();
            let wrong: Vec<_> = found.difference(&expected).collect();
            println!("  {kind}: {text}: missing {missing:?}, wrong {wrong:?}");
        }
    }
    println!("kind            open: recall precision   kept: recall precision");
    let mut low = Vec::new();
    for (kind, [open, kept]) in kinds {
        println!(
            "{kind:16} {:12.3} {:9.3} {:14.3} {:9.3}",
            open.recall(),
            open.precision(),
            kept.recall(),
            kept.precision()
        );
        let all = Sums {
            queries: open.queries + kept.queries,
            recall: open.recall + kept.recall,
            precision: open.precision + kept.precision,
        };
        if all.recall() < RECALL_MIN || all.precision() < PRECISION_MIN {
            low.push(kind);
        }
    }
    assert!(
        low.is_empty(),
        "help: too little is found, or too much, of {low:?}"
    );
}
