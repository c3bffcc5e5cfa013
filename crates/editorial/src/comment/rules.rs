//! What the words of a comment say against it.
//!
//! Pure: the same text and list give the same holds. What sees through disguise
//! is [`arabic::disguise`]; what the words mean is here and in `words.tsv`.

mod aim;
mod cited;
mod frames;
mod likeness;
mod links;
mod list;
mod masks;
mod merged;
mod pattern;
mod pictures;
mod rasm;
mod repetition;
pub mod resemblance;
mod skeleton;
mod slips;
mod telephone;
mod threats;

use std::ops::Range;

use arabic::disguise::Seen;

use super::{Hold, HoldRule};

pub use likeness::likeness;
pub use list::{WordList, WordListError};
pub use skeleton::skeleton;

/// Holds of one text; what is beyond says nothing new.
const HOLDS_MAX: usize = 20;

/// Why `text` is held, by its words alone: the list, links, telephones,
/// repetition, and where none of them says anything, what it resembles. In the
/// order of the rules, then of the text; at most 20, no two of one rule at one
/// place.
///
/// «يا ك.ل.ب» is held for «ك.ل.ب»; «نهر الكلب» is not held.
pub fn holds_in(text: &str, words: &WordList) -> Vec<Hold> {
    let (mut holds, excused) = by_rule(text, words);
    if holds.is_empty() {
        // What was met and excused is not held after all for its letters.
        let range = if excused {
            None
        } else {
            resemblance::held(text)
        };
        let hold = range.map(|range| Hold::in_text(HoldRule::Resemblance, range));
        return hold.into_iter().collect();
    }
    if resemblance::reads_clean(text) {
        // What the paper's own words meet is held whatever it resembles.
        let ours = WordList::built_in();
        let of_ours = if std::ptr::eq(words, ours) {
            holds.clone()
        } else {
            by_rule(text, ours).0
        };
        holds.retain(|hold| !(hold.rule.may_be_outweighed() && of_ours.contains(hold)));
    }
    holds
}

/// The same, by the rules alone; and whether they met something that they excuse:
/// what is denied, or told of others.
fn by_rule(text: &str, words: &WordList) -> (Vec<Hold>, bool) {
    let seen = Seen::of(text);
    let mut holds = Vec::new();
    let mut add = |rule, ranges: Vec<Range<usize>>| {
        for range in apart(ranges) {
            if holds.len() < HOLDS_MAX {
                holds.push(Hold::in_text(rule, range));
            }
        }
    };
    let links = links::links(text);
    let mut met = aim::met(&seen, words, links.has_plain);
    met.words.extend(merged::held(&seen, words));
    met.words.extend(slips::held(&seen, words));
    met.words.extend(rasm::held(&seen, words));
    met.words.extend(pictures::held(text, &seen, words));
    met.words.extend(masks::held(&seen, words));
    met.words.extend(threats::held(&seen, words));
    let warns = cited::speaks_of_trade(&seen, words);
    for (says, range) in words.frames().held(&seen) {
        match says {
            frames::Says::Abuse => met.words.push(range),
            frames::Says::Trade if warns => {}
            frames::Says::Trade => met.advertising.push(range),
        }
    }
    let told = cited::told(text, &seen, words);
    let all = met.words.len();
    met.words.retain(|word| {
        !told
            .iter()
            .any(|told| told.start <= word.start && word.end <= told.end)
    });
    let excused = met.excused || met.words.len() < all;
    add(HoldRule::Word, met.words);
    add(HoldRule::Advertising, met.advertising);
    add(HoldRule::Links, links.held);
    add(HoldRule::Telephone, telephone::held(text));
    add(HoldRule::Repetition, repetition::held(text, &seen));
    (holds, excused)
}

/// The ranges by their place, of those that overlap the longest one.
fn apart(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, usize::MAX - range.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match out.last_mut() {
            Some(last) if range.start < last.end => {
                if range.len() > last.len() {
                    *last = range;
                }
            }
            _ => out.push(range),
        }
    }
    out
}
