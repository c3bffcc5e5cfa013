//! Threats and wishes of harm by what meets in them: that it shall be, what
//! violence, and whom it is for: «يا رب السرطان ياكلك ببطء».

use std::ops::Range;

use arabic::disguise::Seen;

use super::list::{Kind, WordList};

/// Words within which these meet.
const WITHIN: usize = 7;
/// What may stand before the stem of a verb.
const BEFORE: [&str; 37] = [
    "", "ي", "ت", "ن", "ا", "ين", "تن", "يت", "تت", "نت", "ب", "بي", "بت", "بن", "ه", "هي", "هت",
    "هن", "ح", "حي", "حت", "حن", "س", "سي", "ست", "سن", "غ", "غي", "غت", "غن", "ال", "بال", "لل",
    "و", "ون", "وي", "وا",
];
/// What may stand behind it.
const BEHIND: [&str; 20] = [
    "", "ك", "كم", "كو", "كي", "وك", "وكم", "ه", "ها", "هم", "و", "وا", "وه", "وها", "وهم", "ون",
    "ي", "ين", "ات", "تك",
];

/// What a word says here.
#[expect(
    clippy::struct_excessive_bools,
    reason = "a word says several of them at once"
)]
#[derive(Clone, Copy, Default)]
struct Says {
    wish: bool,
    must: bool,
    violence: bool,
    you: bool,
    them: bool,
}

/// The bytes of such sentences in `seen`.
pub(super) fn held(seen: &Seen, list: &WordList) -> Option<Range<usize>> {
    let is_told = |at| {
        seen.word(at).is_some_and(|word| {
            [Kind::Report, Kind::Care, Kind::Game]
                .iter()
                .any(|kind| list.is_named(*kind, word))
        })
    };
    if (0..seen.words()).any(is_told) {
        return None;
    }
    let says: Vec<Says> = (0..seen.words())
        .map(|at| says(seen.word(at).unwrap_or_default(), list))
        .collect();
    for (first, part) in says.windows(WITHIN.min(says.len().max(1))).enumerate() {
        let count = |is: fn(&Says) -> bool| part.iter().filter(|says| is(says)).count();
        let violence = count(|says| says.violence);
        let is_for_you = count(|says| says.you) > 0 && count(|says| says.wish || says.must) > 0;
        // «يستاهل الرجم حتى الموت», but «يجب وقف القتل والذبح».
        let is_due = part.windows(2).any(|two| two[0].must && two[1].violence);
        let is_for_them = is_due && violence > 1
            || count(|says| says.them && says.violence) > 0 && count(|says| says.wish) > 0;
        if violence > 0 && (is_for_you || is_for_them) {
            let is_said = |says: &Says| says.violence || says.wish || says.must || says.you;
            let from = part.iter().position(is_said).unwrap_or(0);
            let to = part.iter().rposition(is_said).unwrap_or(0);
            if let (Some(from), Some(to)) = (seen.bytes(first + from), seen.bytes(first + to)) {
                return Some(from.start..to.end);
            }
        }
    }
    None
}

fn says(word: &str, list: &WordList) -> Says {
    let letters = word.chars().count();
    let is_yours = (letters > 3 && word.ends_with('ك') || letters > 4 && word.ends_with("كم"))
        && !word.starts_with("ال")
        && !matches!(
            word,
            "هناك"
                | "كذلك"
                | "لذلك"
                | "هنالك"
                | "بذلك"
                | "وكذلك"
                | "اولئك"
                | "مشترك"
                | "مبارك"
                | "تشارك"
                | "يشارك"
                | "الك"
        )
        && !arabic::disguise::is_common(word);
    let is_violent = BEFORE.iter().any(|before| {
        word.strip_prefix(before).is_some_and(|rest| {
            BEHIND.iter().any(|behind| {
                rest.strip_suffix(behind).is_some_and(|stem| {
                    stem.chars().count() > 1 && list.is_exactly(Kind::Violence, stem)
                })
            })
        })
    });
    Says {
        wish: list.is_exactly(Kind::Wish, word),
        must: list.is_exactly(Kind::Must, word),
        violence: is_violent,
        you: is_yours
            || word.starts_with("انت")
            || matches!(word, "فيك" | "فيكم" | "عليك" | "عليكم"),
        them: word.ends_with("وهم") && !word.starts_with(['ي', 'ت']),
    }
}
