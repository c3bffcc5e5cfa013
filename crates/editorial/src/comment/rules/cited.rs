//! What is told and not said: titles, words that are spoken of, what the accused
//! of an article said, and advertising that somebody warns of.

use std::{collections::HashSet, ops::Range};

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
        .any(|before| seen.signs_after(before).any(is_quote))
        || met.words.start < 4 && seen.signs_before().any(is_quote);
    let closes =
        (met.words.end - 1..met.words.end + 5).any(|behind| seen.signs_after(behind).any(is_quote));
    if opens && closes {
        let is_spoken_of = kind <= Kind::Doubtful
            && near(seen, met, list, NEAR)
                .any(|(context, by)| by < 0 && matches!(context, Kind::Spare | Kind::Thing))
            || near_word(seen, met, list, Kind::Spare);
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

/// Whether a word close before it is one of `kind`.
fn near_word(seen: &Seen, met: &Met, list: &WordList, kind: Kind) -> bool {
    (met.words.start.saturating_sub(NEAR)..met.words.start)
        .filter_map(|at| seen.word(at))
        .any(|word| list.is_named(kind, word))
}

/// Whether a word close by tells whose words these are.
fn tells(seen: &Seen, met: &Met, list: &WordList) -> bool {
    let from = met.words.start.saturating_sub(TOLD_WITHIN);
    let words = (from..met.words.start).chain(met.words.end..met.words.end + TOLD_WITHIN);
    words
        .filter_map(|at| seen.word(at))
        .any(|word| list.is_named(Kind::Report, word))
}

/// The bytes of what stands in quotation marks and is told of somebody: «قالولو «يا
/// جاهل» فالبلاطو».
pub(super) fn told(text: &str, seen: &Seen, list: &WordList) -> Vec<Range<usize>> {
    const LONGEST: usize = 120;
    let mut told = Vec::new();
    let mut from: Option<usize> = None;
    for (at, sign) in text.char_indices() {
        match (from, sign) {
            (Some(start), '"' | '»' | '”') => {
                if at - start < LONGEST {
                    told.push(start..at);
                }
                from = None;
            }
            (_, '"' | '«' | '“') => from = Some(at),
            _ => {}
        }
    }
    told.retain(|range| {
        let words = (0..seen.words()).filter(|at| {
            seen.bytes(*at)
                .is_some_and(|bytes| bytes.end <= range.start || bytes.start >= range.end)
        });
        words
            .filter_map(|at| seen.word(at))
            .any(|word| list.is_named(Kind::Report, word) || list.is_named(Kind::Spare, word))
    });
    told.extend(retold(seen));
    told
}

/// What is told without quotation marks, behind «قال له» and the like: «ويقوله يا
/// فاشل يا بليد».
fn retold(seen: &Seen) -> Vec<Range<usize>> {
    const SAYS: [&str; 32] = [
        "قالي",
        "قاللي",
        "قالت",
        "قالتلي",
        "قالولي",
        "قالوله",
        "قالولو",
        "قاله",
        "قالها",
        "قالو",
        "يقوله",
        "يقولها",
        "ويقوله",
        "ويقولها",
        "يقولو",
        "بيقوله",
        "بيقولها",
        "بيقولي",
        "يقولي",
        "سماني",
        "ناداني",
        "وصفني",
        "نعتني",
        "قالهم",
        "قلي",
        "قلتله",
        "قلتلها",
        "كتبلي",
        "بعتلي",
        "نادوه",
        "سموه",
        "وقاله",
    ];
    const WITHIN: usize = 6;
    let mut told = Vec::new();
    for at in 0..seen.words() {
        let says = seen.word(at).is_some_and(|word| SAYS.contains(&word));
        if says && seen.word(at + 1) == Some("يا") {
            let last = (at + WITHIN).min(seen.words() - 1);
            if let (Some(from), Some(to)) = (seen.bytes(at + 1), seen.bytes(last)) {
                told.push(from.start..to.end);
            }
        }
    }
    told
}

/// Whether the text warns of what is sold, or complains of it, in two words.
pub(super) fn speaks_of_trade(seen: &Seen, list: &WordList) -> bool {
    let words = (0..seen.words()).filter_map(|at| seen.word(at));
    let warnings: HashSet<&str> = words
        .filter(|word| list.is_named(Kind::Warning, word))
        .collect();
    warnings.len() >= WARNINGS
}
