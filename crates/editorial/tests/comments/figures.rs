//! Two halves of evasions and clean comments, and more of either: at least 95 %
//! held, at most 2 % wrongly. Of the half `kept` only two totals are printed.

use std::collections::BTreeMap;

use editorial::comment::{
    clean_text,
    rules::{WordList, holds_in},
};

/// Of evasions so many per cent are held, of clean comments at most so many.
const HELD_LEAST: usize = 95;
const WRONGLY_MOST: usize = 2;

/// Rows of a file: its labels, and its text as it would be stored.
fn rows(file: &'static str, labels: usize) -> Vec<(String, String)> {
    let rows = file.lines().map(|line| {
        let mut fields = line.splitn(labels + 1, '\t');
        let label: Vec<&str> = fields.by_ref().take(labels).collect();
        (
            label.join(" "),
            clean_text(fields.next().unwrap_or_default()),
        )
    });
    rows.collect()
}

/// Counts those held, for each label and in all; and shows the rows that are
/// held or not, where `show` says so.
fn count(
    name: &str,
    rows: &[(String, String)],
    by_label: bool,
    show: Option<bool>,
) -> (usize, usize) {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (label, text) in rows {
        let holds = holds_in(text, WordList::built_in());
        let count = counts.entry(label).or_default();
        count.0 += usize::from(!holds.is_empty());
        count.1 += 1;
        if show == Some(!holds.is_empty()) {
            let rules: Vec<_> = holds
                .iter()
                .map(|hold| {
                    format!(
                        "{} «{}»",
                        hold.rule.name(),
                        hold.words(text).unwrap_or_default()
                    )
                })
                .collect();
            println!("  {label}: {text} {rules:?}");
        }
    }
    let held = counts.values().map(|(held, _)| held).sum();
    if by_label {
        for (label, (held, all)) in &counts {
            println!("{name} {label}: {held} of {all} held");
        }
    }
    println!("{name}: {held} of {} held", rows.len());
    (held, rows.len())
}

/// Asserts that enough of `evasions` are held and few enough of `clean`; with `show`, prints the others and the figures of each label.
fn measure(name: &str, evasions: &'static str, clean: &'static str, show: bool) {
    let evasions = rows(evasions, 1);
    let clean = rows(clean, 2);
    assert!(evasions.len() >= 450 && clean.len() >= 450);
    let (held, all) = count(
        &format!("{name} evasions"),
        &evasions,
        show,
        show.then_some(false),
    );
    let (wrongly, clean) = count(&format!("{name} clean"), &clean, show, show.then_some(true));
    assert!(
        held * 100 >= all * HELD_LEAST,
        "{name}: {held} of {all} evasions held"
    );
    assert!(
        wrongly * 100 <= clean * WRONGLY_MOST,
        "{name}: {wrongly} of {clean} clean comments held"
    );
}

macro_rules! sets {
    ($($(#[$doc:meta])* $test:ident $name:literal $show:literal;)*) => {$(
        $(#[$doc])*
        #[test]
        fn $test() {
            measure(
                $name,
                include_str!(concat!("evasions-", $name, ".tsv")),
                include_str!(concat!("clean-", $name, ".tsv")),
                $show,
            );
        }
    )*};
}

sets! {
    evasions_are_held_and_clean_comments_are_not "seen" true;
    so_it_is_with_more_of_them "more" true;
    so_it_is_with_those_that_were_written_later "later" true;
    so_it_is_with_the_last_of_them "last" true;
    so_it_is_with_fresh_ones "fresh" true;
    so_it_is_with_the_final_ones "final" true;
    so_it_is_with_those_that_no_rule_was_made_from "kept" false;
}
