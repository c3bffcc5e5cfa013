//! What is told and not said: titles, words that are spoken of, what the accused
//! of an article said, and advertising that somebody warns of.

use std::collections::HashSet;

use arabic::disguise::{Guise, Met, Seen};

use super::{
    aim::{NEAR, near},
    list::{Kind, WordList},
};

/// Words before and behind a quotation in which it is told whose it is.
const TOLD_WITHIN: usize = 9;

/// Words that warn, from which a text does.
const WARNINGS: usize = 2;

/// Whether it is the title of something, a word that is spoken of (كلمة "وغد"), or
/// what others said: «قال المتهم «سأقتلك»».
pub(super) fn is_cited(seen: &Seen, met: &Met, kind: Kind, list: &WordList) -> bool {
    let is_quote = |sign: char| matches!(sign, '"' | '«' | '»' | '“' | '”');
    // «film "el kha2en"»
    let opens = (met.words.start.saturating_sub(4)..met.words.start)
        .any(|before| seen.signs_after(before).any(is_quote));
    let closes =
        (met.words.end - 1..met.words.end + 5).any(|behind| seen.signs_after(behind).any(is_quote));
    if opens && closes {
        let is_spoken_of = kind <= Kind::Doubtful
            && near(seen, met, list, NEAR)
                .any(|(context, by)| by < 0 && matches!(context, Kind::Spare | Kind::Thing));
        let is_told = || tells(seen, met, list);
        return is_spoken_of || is_told();
    }
    // «كلمة عاهرة وردت في الحكم»
    let names = |at: usize| {
        seen.word(at).is_some_and(|word| {
            matches!(word, "كلمه" | "لفظ" | "لفظه" | "عباره" | "مصطلح" | "شتيمه")
        })
    };
    kind <= Kind::Doubtful
        && met.guise == Guise::Plain
        && !met.is_addressed
        && met.words.start.checked_sub(1).is_some_and(names)
        && tells(seen, met, list)
}

/// Whether a word close by tells whose words these are.
fn tells(seen: &Seen, met: &Met, list: &WordList) -> bool {
    let from = met.words.start.saturating_sub(TOLD_WITHIN);
    let words = (from..met.words.start).chain(met.words.end..met.words.end + TOLD_WITHIN);
    words
        .filter_map(|at| seen.word(at))
        .any(|word| list.is_named(Kind::Report, word))
}

/// Whether the text warns of what is sold, or complains of it, in two words.
pub(super) fn speaks_of_trade(seen: &Seen, list: &WordList) -> bool {
    let words = (0..seen.words()).filter_map(|at| seen.word(at));
    let warnings: HashSet<&str> = words
        .filter(|word| list.is_named(Kind::Warning, word))
        .collect();
    warnings.len() >= WARNINGS
}
