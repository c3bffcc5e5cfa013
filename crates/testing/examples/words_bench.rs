//! What it costs to see through the words of a comment, beside a plain search
//! for the same list (Aho and Corasick, 1975) in the folded text: time, and what
//! each holds of the same comments.
#![expect(clippy::print_stdout, reason = "a tool that prints")]

use std::time::{Duration, Instant};

use aho_corasick::{AhoCorasick, MatchKind};
use arabic::fold::fold;
use editorial::comment::rules::{WordList, holds_in};

const EVASIONS: &str = include_str!("../../editorial/tests/comments/evasions-seen.tsv");
const CLEAN: &str = include_str!("../../editorial/tests/comments/clean-seen.tsv");
const WORDS: &str = include_str!("../../editorial/src/comment/words.tsv");
/// Kinds of the list that are held wherever they stand.
const PLAIN: [&str; 6] = ["insult", "obscene", "hate", "threat", "phrase", "spam"];
/// How often all comments are gone through; the quickest turn counts.
const TURNS: usize = 15;

fn main() {
    let texts = |table: &'static str| -> Vec<&'static str> {
        let last = |line: &'static str| line.rsplit('\t').next().unwrap_or_default();
        table.lines().map(last).collect()
    };
    let (evasions, clean) = (texts(EVASIONS), texts(CLEAN));
    let words: Vec<String> = WORDS
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter(|(kind, form)| PLAIN.contains(kind) && !form.contains('{'))
        .map(|(_, rest)| fold(rest.split('\t').next().unwrap_or_default()))
        .filter(|form| !form.is_empty())
        .collect();
    let plain = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(&words)
        .expect("the list is small");
    let list = WordList::built_in();
    let rules = |text: &str| !holds_in(text, list).is_empty();
    let search = |text: &str| plain.is_match(&fold(text));
    println!("{} words in a plain search", words.len());
    let of_rules = measure("rules", &evasions, &clean, rules);
    let of_search = measure("plain search", &evasions, &clean, search);
    let ratio = of_rules.as_secs_f64() / of_search.as_secs_f64();
    println!("the rules take {ratio:.1} times the plain search");
}

/// Time for one comment, with what is held said.
fn measure(name: &str, evasions: &[&str], clean: &[&str], held: impl Fn(&str) -> bool) -> Duration {
    let count = |texts: &[&str]| texts.iter().filter(|text| held(text)).count();
    let mut best = Duration::MAX;
    for _ in 0..TURNS {
        let began = Instant::now();
        std::hint::black_box(count(evasions) + count(clean));
        best = best.min(began.elapsed());
    }
    let texts = u32::try_from(evasions.len() + clean.len()).unwrap_or(u32::MAX);
    let one = best / texts;
    println!(
        "{name}: {:.1} µs a comment; {} of {} evasions held, {} of {} clean ones",
        one.as_secs_f64() * 1e6,
        count(evasions),
        evasions.len(),
        count(clean),
        clean.len()
    );
    one
}
