//! One letter, sign, word or phrase over and over, beyond what joy writes:
//! «هههههه», «حلووووو» and «!!!» are fine.

use std::ops::Range;

use arabic::disguise::Seen;

/// The same letter in a row.
const LETTERS_MAX: usize = 16;
/// The same letter in a row, of laughter.
const LAUGHTER_MAX: usize = 40;
/// The same sign in a row.
const SIGNS_MAX: usize = 16;
/// The same picture in a row.
const PICTURES_MAX: usize = 9;
/// Pictures that stand in one text beside few words.
const PICTURES_IN_ALL: usize = 15;
/// Letters after which a part of a word may be repeated.
const PART_MAX: usize = 8;
/// Times that a word stands in a row.
const WORDS_MAX: usize = 6;
/// Times that a phrase stands in a row.
const PHRASES_MAX: usize = 4;
/// Words of a phrase.
const PHRASE_WORDS: usize = 8;

/// Keys beside each other that no word has in this order.
const KEYS: [&str; 26] = [
    "asdf", "sdfg", "dfgh", "fghj", "ghjk", "hjkl", "qwer", "werty", "zxcv", "xcvb", "سيبس",
    "يبسي", "شسيب", "بيسش", "ضصثق", "صثقف", "ثقفغ", "قفغع", "فغعه", "غعهخ", "عهخح", "هخحج", "خحجد",
    "طكمن", "غفقث", "وزظ",
];

/// What is repeated in `text`.
pub(super) fn held(text: &str, seen: &Seen) -> Vec<Range<usize>> {
    let mut found = signs(text);
    if found.is_empty() {
        found.extend(nothing_but_signs(text));
    }
    found.extend(words(seen));
    found.extend(parts(seen));
    found.extend(mostly_one_word(seen));
    found.extend(keys(seen));
    found
}

/// Words that are keys beside each other: «شسيب ضصثق».
fn keys(seen: &Seen) -> Vec<Range<usize>> {
    let has_keys = |at: &usize| {
        let word = seen.word(*at).unwrap_or_default();
        KEYS.iter().any(|keys| word.contains(keys))
    };
    let words: Vec<usize> = (0..seen.words()).filter(has_keys).collect();
    match words[..] {
        [first, .., last] => span(seen, first, last),
        _ => Vec::new(),
    }
}

fn is_picture(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{27BF}' | '\u{1F000}'..='\u{1FAFF}')
}

fn signs(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut from, mut last, mut run) = (0, '\0', 0);
    let mut pictures = 0;
    let mut is_known = false;
    for (at, c) in text.char_indices() {
        pictures += usize::from(is_picture(c));
        if matches!(c, '\u{FE0F}' | 'ـ' | '\u{1F3FB}'..='\u{1F3FF}') || c == ' ' && is_picture(last)
        {
            continue;
        }
        if c != last {
            (from, last, run, is_known) = (at, c, 0, false);
        }
        run += 1;
        let most = match c {
            'ه' | 'خ' | 'h' | 'H' => LAUGHTER_MAX,
            c if is_picture(c) => PICTURES_MAX,
            _ if run <= LETTERS_MAX.min(SIGNS_MAX) => usize::MAX,
            c if c.is_alphabetic() => LETTERS_MAX,
            c if c.is_numeric() || c.is_whitespace() => usize::MAX,
            _ => SIGNS_MAX,
        };
        let to = at + c.len_utf8();
        if is_known {
            if let Some(Range { end, .. }) = found.last_mut() {
                *end = to;
            }
        } else if run > most {
            found.push(from..to);
            is_known = true;
        }
    }
    let letters = || text.chars().filter(|c| c.is_alphabetic()).count();
    if found.is_empty() && pictures > PICTURES_IN_ALL && pictures > letters() / 2 {
        let first = text.find(is_picture).unwrap_or(0);
        let last = text.char_indices().rfind(|(_, c)| is_picture(*c));
        found.push(first..last.map_or(text.len(), |(at, c)| at + c.len_utf8()));
    }
    found
}

/// A text of signs alone, which says nothing: «@@@ ### @@@ ###».
fn nothing_but_signs(text: &str) -> Option<Range<usize>> {
    const LEAST: usize = 12;
    let says = |c: char| c.is_alphanumeric() || is_picture(c) || "!؟?.…،:()".contains(c);
    let signs = text.chars().filter(|c| !c.is_whitespace()).count();
    (signs >= LEAST && !text.contains(says)).then_some(0..text.len())
}

/// Words and phrases in a row.
fn words(seen: &Seen) -> Vec<Range<usize>> {
    for length in 1..=PHRASE_WORDS {
        let most = if length == 1 { WORDS_MAX } else { PHRASES_MAX };
        let mut same = 0;
        for at in length..seen.words() {
            if seen.word(at) == seen.word(at - length) {
                same += 1;
                if same >= length * (most - 1) {
                    let first = at + 1 - length - same;
                    return span(seen, first, at);
                }
            } else {
                same = 0;
            }
        }
    }
    Vec::new()
}

/// A part of a word that the word is made of: «شسيبشسيبشسيب».
fn parts(seen: &Seen) -> Vec<Range<usize>> {
    for at in 0..seen.words() {
        let letters: Vec<char> = seen.word(at).unwrap_or_default().chars().collect();
        if letters.len() < 12 || letters.iter().all(char::is_ascii_digit) {
            continue;
        }
        let repeats = |length: &usize| {
            let same = letters[*length..]
                .iter()
                .zip(&letters)
                .take_while(|(a, b)| a == b);
            same.count() + length >= (length * 4).max(12)
        };
        // «هاهاهاهاها», «hahaha», «lol».
        let is_laughter = letters.iter().all(|c| "هاخيحhaxieloj".contains(*c));
        if (2..=PART_MAX).any(|length| repeats(&length)) && !(is_laughter && letters.len() < 40) {
            return span(seen, at, at);
        }
    }
    Vec::new()
}

/// A word that is most of a text.
fn mostly_one_word(seen: &Seen) -> Vec<Range<usize>> {
    let count = seen.words().min(400);
    if count < 8 {
        return Vec::new();
    }
    let mut words: Vec<&str> = (0..count).filter_map(|at| seen.word(at)).collect();
    words.sort_unstable();
    let most = words.chunk_by(|a, b| a == b).max_by_key(|same| same.len());
    match most {
        Some(same) if same.len() * 10 >= count * 6 && same.len() > WORDS_MAX => {
            let first = (0..count)
                .find(|at| seen.word(*at) == Some(same[0]))
                .unwrap_or(0);
            let last = (0..count)
                .rfind(|at| seen.word(*at) == Some(same[0]))
                .unwrap_or(first);
            span(seen, first, last)
        }
        _ => Vec::new(),
    }
}

fn span(seen: &Seen, first: usize, last: usize) -> Vec<Range<usize>> {
    match (seen.bytes(first), seen.bytes(last)) {
        (Some(first), Some(last)) => std::iter::once(first.start..last.end).collect(),
        _ => Vec::new(),
    }
}
