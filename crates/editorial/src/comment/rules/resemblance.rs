//! How much a text resembles those that moderators hold, by the threes and fours
//! of its letters: a second opinion beside the list, which can name only what
//! somebody thought of.
//!
//! A linear model (logistic regression): the sum of the weights of what stands
//! in the text, by the root of how many they are. `resemblance.tsv` holds the
//! weights, made from the comments in `tests/comments` but those that are kept
//! unseen: `cargo run --release -p editorial --example weigh_comments`.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    sync::OnceLock,
};

use arabic::fold::fold;

/// The weights: letters and their weight on each line, a blank as `_`; the one
/// of no letters is that of every text.
const WEIGHTS: &str = include_str!("../resemblance.tsv");
/// How many letters are weighed together.
const SIZES: [usize; 2] = [3, 4];
/// Above it a text is held though no rule names why. Both bounds were chosen on a
/// set that neither rules nor weights were made from then.
const HELD_ABOVE: f64 = 1.5;
/// Below it what the list meets is no reason: nearly all of what is held rightly
/// lies above.
const CLEAN_BELOW: f64 = -1.5;
/// A text of fewer words is what the list says of it.
const WORDS_LEAST: usize = 4;
/// Letters that are looked at: more say nothing new.
const LETTERS_MAX: usize = 5_000;

/// The form of a text in which it is weighed: folded, no letter more than twice
/// in a row, digits as one, a blank at both ends.
///
/// «يااااا ســلام ٢٠٢٦» gives « ياا سلام 00 ».
pub fn weighed(text: &str) -> String {
    let mut out = String::from(" ");
    let (mut last, mut times) = (' ', 1);
    for letter in fold(text).chars().take(LETTERS_MAX) {
        let letter = match letter {
            '0'..='9' => '0',
            '_' => '-',
            letter => letter,
        };
        times = if letter == last { times + 1 } else { 1 };
        last = letter;
        if times <= 2 {
            out.push(letter);
        }
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
    out
}

/// The threes and fours of letters in a weighed form, each once.
pub fn pieces(weighed: &str) -> HashSet<&str> {
    let starts: Vec<usize> = (weighed.char_indices().map(|(at, _)| at))
        .chain([weighed.len()])
        .collect();
    let mut found = HashSet::new();
    for size in SIZES {
        let ends = starts.iter().skip(size);
        found.extend((starts.iter().zip(ends)).filter_map(|(from, to)| weighed.get(*from..*to)));
    }
    found
}

/// Weights in hundredths: whole numbers, so that a sum is the same in any order.
struct Weights {
    of: HashMap<String, i32>,
    every: i32,
}

fn weights() -> &'static Weights {
    static WEIGHTS_READ: OnceLock<Weights> = OnceLock::new();
    WEIGHTS_READ.get_or_init(|| {
        let (mut of, mut every) = (HashMap::new(), 0);
        for line in WEIGHTS.lines() {
            let Some((piece, weight)) = line.split_once('\t') else {
                continue;
            };
            let weight = hundredths(weight);
            if piece.is_empty() {
                every = weight;
            } else {
                of.insert(piece.replace('_', " "), weight);
            }
        }
        Weights { of, every }
    })
}

/// «-1.25» as -125.
fn hundredths(weight: &str) -> i32 {
    let (sign, size) = match weight.strip_prefix('-') {
        Some(size) => (-1, size),
        None => (1, weight),
    };
    let (whole, parts) = size.split_once('.').unwrap_or((size, "0"));
    let number = |digits: &str| digits.parse::<i32>().unwrap_or_default();
    sign * (100 * number(whole) + number(parts))
}

/// How much a text resembles those that are held: above nought more than not.
fn resemblance(text: &str) -> f64 {
    let weights = weights();
    let text = weighed(text);
    let (mut sum, mut count) = (0, 0);
    for piece in pieces(&text) {
        if let Some(weight) = weights.of.get(piece) {
            sum += weight;
            count += 1;
        }
    }
    (f64::from(weights.every) + f64::from(sum) / f64::from(count.max(1)).sqrt()) / 100.0
}

/// Whether what the list meets in the text is no reason to hold it.
pub(super) fn reads_clean(text: &str) -> bool {
    resemblance(text) < CLEAN_BELOW
}

/// Where the text resembles most what is held, if it does as a whole.
pub(super) fn held(text: &str) -> Option<Range<usize>> {
    if text.split_whitespace().count() < WORDS_LEAST || resemblance(text) <= HELD_ABOVE {
        return None;
    }
    let words = text.split_whitespace().map(|word| {
        // A word is a part of the text: where it begins is its distance from there.
        let from = word.as_ptr() as usize - text.as_ptr() as usize;
        (resemblance(word), from..from + word.len())
    });
    let most = words.max_by(|(one, _), (other, _)| one.total_cmp(other));
    most.map(|(_, range)| range)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_weighed_in_one_form() {
        assert_eq!(weighed("يااااا ســلام ٢٠٢٦"), " ياا سلام 00 ");
        assert_eq!(weighed("  "), " ");
        let text = weighed("ab");
        let mut found: Vec<_> = pieces(&text).into_iter().collect();
        found.sort_unstable();
        assert_eq!(found, [" ab", " ab ", "ab "]);
    }

    #[test]
    fn the_weights_are_read() {
        assert_eq!(["-1.25", "0.07", "3.00"].map(hundredths), [-125, 7, 300]);
        assert!(weights().of.len() > 10_000);
        assert!(resemblance("والله انك غبي وما تفهم يا حمار") > 1.0);
        assert!(resemblance("شكرًا على التقرير، متى يُفتح الطريق بين القريتين؟") < -1.0);
        assert_eq!(held("شكرًا على التقرير"), None);
    }
}
