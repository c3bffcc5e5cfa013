//! Words written without the gaps between them: «كلكمحثالةالبشر».
//!
//! A long word that is none is cut where each piece is a word; what is then met
//! was hidden in it.

use std::ops::Range;

use arabic::disguise::{Met, Seen};

use super::list::{Kind, WordList};

/// Letters of a word from which it may be several: fewer are in many that are
/// one.
const LETTERS_MIN: usize = 9;
/// Letters from which it is rather something else than words.
const LETTERS_MAX: usize = 60;
/// Letters of the longest piece.
const PIECE_MAX: usize = 12;
/// Words of two letters and less, which would else be found anywhere.
const SHORT: [&str; 37] = [
    "و", "هال", "ها", "يا", "ما", "من", "مع", "لا", "في", "هو", "هي", "هم", "كل", "ام", "اب", "ابن",
    "بن", "ست", "عن", "لك", "بس", "مو", "مش", "دا", "دي", "طز", "لص", "ع", "ya", "w", "el", "al",
    "ibn", "ebn", "bn", "wa", "enta",
];

/// The bytes of the words of `seen` that hold an insult and other words.
pub(super) fn held(seen: &Seen, list: &WordList) -> Vec<Range<usize>> {
    let mut held = Vec::new();
    for at in 0..seen.words() {
        let word = seen.word(at).unwrap_or_default();
        let letters: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
        if !(LETTERS_MIN..=LETTERS_MAX).contains(&letters.len()) || list.is_clean(word) {
            continue;
        }
        if is_hiding(word, &letters, list) {
            held.extend(seen.bytes(at));
        }
    }
    held
}

/// Letters from which a word is several, whatever they are.
const SURELY: usize = 15;

/// Whether a word that is too long to be one opens with an insult, or holds one of
/// many letters: «والكلبداجايبكلامهمنين».
fn is_surely_hiding(word: &str, letters: &[usize], list: &WordList) -> bool {
    let count = letters.len();
    if count < SURELY || word.is_ascii() || arabic::search::stem::is_known(word) {
        return false;
    }
    let place = |at: usize| letters.get(at).copied().unwrap_or(word.len());
    let leads = ["", "و", "ال", "وال", "يا", "هال", "ب", "ف"];
    let opens = leads
        .iter()
        .filter(|lead| word.starts_with(**lead))
        .any(|lead| {
            let lead = lead.chars().count();
            (lead + 3..(lead + PIECE_MAX).min(count))
                .any(|end| list.is_slur(&word[place(lead)..place(end)]))
        });
    let holds = (2..count).any(|from| {
        (from + 4..(from + PIECE_MAX).min(count + 1)).any(|end| {
            (end - from > 4 || count > 17) && list.is_slur(&word[place(from)..place(end)])
        })
    });
    opens || holds
}

fn is_hiding(word: &str, letters: &[usize], list: &WordList) -> bool {
    if is_surely_hiding(word, letters, list) {
        return true;
    }
    if let Some(cut) = cut(word, letters, list) {
        let seen = Seen::of(&cut);
        let found = list.lexicon().find(&seen, 20);
        // «والصراصير» is one word.
        let pieces = cut.split(' ').filter(|piece| piece.chars().count() > 1);
        return pieces.count() > 1 && found.iter().any(|met| is_abuse(met, list));
    }
    // «ياكلبالحكومة»: whoever is addressed goes without saying.
    let before = ["يا", "هال", "ال"];
    let Some(rest) = before.iter().find_map(|before| word.strip_prefix(before)) else {
        return false;
    };
    let ends = rest.char_indices().skip(3).map(|(at, _)| at);
    ends.take(PIECE_MAX)
        .any(|end| list.is_slur(&rest[..end]) && rest[end..].starts_with("ال"))
}

fn is_abuse(met: &Met, list: &WordList) -> bool {
    let kind = list.row(met.id).map(|(kind, _)| kind);
    !met.is_misspelt && kind.is_some_and(|kind| kind <= Kind::Doubtful)
}

/// `word` with gaps, if it is words from its first letter to its last.
fn cut(word: &str, letters: &[usize], list: &WordList) -> Option<String> {
    // How the letters before each place are words: what the pieces cost, an insult
    // less than others, and where the last one begins.
    let count = letters.len();
    let place = |at: usize| letters.get(at).copied().unwrap_or(word.len());
    let mut ways: Vec<Option<(usize, usize)>> = vec![None; count + 1];
    ways[0] = Some((0, 0));
    for end in 1..=count {
        for start in end.saturating_sub(PIECE_MAX)..end {
            let Some((before, _)) = ways[start] else {
                continue;
            };
            let piece = &word[place(start)..place(end)];
            let cost = before + if list.is_slur(piece) { 2 } else { 3 };
            let is_better = ways[end].is_none_or(|(least, _)| cost < least);
            if is_better && is_word(piece, end - start, list) {
                ways[end] = Some((cost, start));
            }
        }
    }
    let mut end = count;
    let mut pieces = Vec::new();
    while end > 0 {
        let (_, start) = ways[end]?;
        pieces.push(&word[place(start)..place(end)]);
        end = start;
    }
    pieces.reverse();
    Some(pieces.join(" "))
}

fn is_word(piece: &str, letters: usize, list: &WordList) -> bool {
    if letters < 3 || SHORT.contains(&piece) {
        return SHORT.contains(&piece);
    }
    list.has_word(piece)
        || arabic::disguise::is_common(piece)
        || !piece.is_ascii() && arabic::search::stem::is_known(piece)
}
