//! Insults with a letter more, less or other than they have, said to somebody:
//! «يا حيون», «انت حقر». Only where the word is no other one that is known.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use arabic::disguise::Seen;

use super::{
    aim::tells_what_somebody_does,
    list::{Kind, WordList},
    rasm::shape,
};

/// Letters of a form that is looked for.
const LETTERS: std::ops::RangeInclusive<usize> = 3..=8;
/// Of [`NEIGHBOURS`], those by ear: the only ones in words of three letters.
const BY_EAR: usize = 5;
/// Letters that are taken for each other by ear, eye or finger.
const NEIGHBOURS: [&str; 15] = [
    "سصثش",
    "تطدض",
    "ذزظضد",
    "حهخ",
    "قكغجخ",
    "قاكي",
    "عغا",
    "جحخ",
    "بتثني",
    "رزذد",
    "فقث",
    "اويه",
    "بف",
    "نمل",
    "رغل",
];

/// Forms by what is left of them without one of their letters.
#[derive(Clone, Debug, Default)]
pub(super) struct Slips {
    forms: HashSet<String>,
    without_one: HashMap<String, Vec<String>>,
}

impl Slips {
    /// Adds a form as it is compared.
    pub(super) fn add(&mut self, form: &str) {
        let is_arabic = form.chars().all(|c| matches!(c, 'ا'..='ي'));
        if !is_arabic || !LETTERS.contains(&form.chars().count()) {
            return;
        }
        self.forms.insert(form.to_owned());
        for less in without_one(form) {
            self.without_one
                .entry(less)
                .or_default()
                .push(form.to_owned());
        }
    }

    /// Whether it is a form as it stands.
    pub(super) fn has(&self, word: &str) -> bool {
        self.forms.contains(word)
    }

    /// Whether `word` is a form but for one letter; with `more`, for one more than
    /// it has.
    fn are_in(&self, word: &str, more: bool) -> bool {
        let letters = word.chars().count();
        let is_left_out = || letters >= 3 && self.without_one.contains_key(word);
        // «سافيل», «غابي»
        let is_drawn_out = || {
            letters >= 4
                && word
                    .char_indices()
                    .skip(1)
                    .filter(|(_, c)| matches!(c, 'ا' | 'و' | 'ي'))
                    .any(|(at, c)| {
                        let less = [&word[..at], &word[at + c.len_utf8()..]].concat();
                        self.forms.contains(&less)
                    })
        };
        let is_added = || {
            is_drawn_out()
                || more && letters >= 4 && without_one(word).any(|less| self.forms.contains(&less))
        };
        let is_other = || {
            without_one(word).any(|less| {
                let forms = self.without_one.get(&less).into_iter().flatten();
                forms.into_iter().any(|form| is_swapped(word, form))
            })
        };
        is_left_out()
            || is_added()
            || (more || letters >= 4) && is_other()
            || more && letters >= 5 && self.forms.iter().any(|form| is_swapped_twice(word, form))
    }
}

/// `word` without each of its letters in turn.
fn without_one(word: &str) -> impl Iterator<Item = String> {
    word.char_indices().map(move |(at, c)| {
        let (before, behind) = (&word[..at], &word[at + c.len_utf8()..]);
        [before, behind].concat()
    })
}

/// Whether two letters of as many are other ones by ear or without dots: «حنذير»
/// for «خنزير».
fn is_swapped_twice(one: &str, other: &str) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let others = || one.chars().zip(other.chars()).filter(|(a, b)| a != b);
    others().count() == 2
        && others().all(|(a, b)| {
            shape(a) == shape(b)
                || NEIGHBOURS
                    .iter()
                    .any(|near| near.contains(a) && near.contains(b))
        })
}

/// Whether one letter is a neighbour of the other word's, or two beside each
/// other have changed places.
fn is_swapped(one: &str, other: &str) -> bool {
    let pairs: Vec<(char, char)> = one
        .chars()
        .zip(other.chars())
        .filter(|(a, b)| a != b)
        .collect();
    let is_short = one.chars().count() < 4;
    let near = if is_short {
        &NEIGHBOURS[..BY_EAR]
    } else {
        &NEIGHBOURS[..]
    };
    match pairs[..] {
        [(a, b)] => near.iter().any(|near| near.contains(a) && near.contains(b)),
        [(a, b), (c, d)] => a == d && b == c && !is_short,
        _ => false,
    }
}

/// The bytes of such words in `seen`.
pub(super) fn held(seen: &Seen, list: &WordList) -> Vec<Range<usize>> {
    let mut held = Vec::new();
    for at in 0..seen.words() {
        let is_called = at > 0 && context(seen, at - 1, list) == Some(Kind::You);
        let opens = at == 0 && tells_what_somebody_does(seen, 1);
        let is_son = is_a_son(seen, at, list);
        if !is_called && !opens && !is_son && !is_said_to_somebody(seen, at, list) {
            continue;
        }
        let word = seen.word(at).unwrap_or_default();
        let bare = word.strip_prefix("ال").unwrap_or(word);
        let is_free = |word: &str| {
            !list.has_word(word)
                && !list.is_clean(word)
                && list.context(word).is_none()
                && !arabic::disguise::is_common(word)
                && arabic::search::lexicon::find(word).is_none()
        };
        let is_you = is_called
            || opens
            || is_son
            || at > 0
                && seen
                    .word(at - 1)
                    .is_some_and(|word| word.starts_with("انت"));
        // «ندل ابن ندل»: whatever the word is else.
        let is_word = !is_free(word) || !is_free(bare);
        let is_other_word =
            is_word && !(is_son && !list.is_clean(word) && list.context(word).is_none());
        if !is_other_word && list.slips().are_in(bare, is_you) {
            held.extend(seen.bytes(at));
        }
    }
    held
}

fn context(seen: &Seen, at: usize, list: &WordList) -> Option<Kind> {
    list.context(seen.word(at)?)
}

/// Whether it is said of father and son: «وصخ ابن وصخ».
fn is_a_son(seen: &Seen, at: usize, list: &WordList) -> bool {
    seen.word(at + 2) == seen.word(at) && context(seen, at + 1, list) == Some(Kind::Child)
}

/// Whether the word stands right beside «انت», behind «انت انسان», or is said of
/// father and son.
fn is_said_to_somebody(seen: &Seen, at: usize, list: &WordList) -> bool {
    let is_you = |at: Option<usize>| {
        at.and_then(|at| seen.word(at))
            .is_some_and(|word| word.starts_with("انت"))
    };
    let is_folk = |at: usize| context(seen, at, list) == Some(Kind::Folk);
    let (one, two) = (at.checked_sub(1), at.checked_sub(2));
    // «اولاد الجحبه»
    let is_of_a_son = || {
        one.is_some_and(|one| context(seen, one, list) == Some(Kind::Child))
            && seen.word(at).is_some_and(|word| word.starts_with("ال"))
    };
    is_of_a_son()
        || is_you(one)
        || is_you(two) && one.is_some_and(is_folk)
        || at == 0 && is_you(Some(1))
}
