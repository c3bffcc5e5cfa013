//! A text cut into the words that search takes.
//!
//! Marks, tatweel and invisible controls belong to the word they stand in, so
//! that «دي\u{200F}ميستورا» and «سوريــة» are one word each. Letters and digits
//! of Arabic are apart: «بـ200» is ب and 200. Latin ones are together: «7alab»
//! and "F16" are one word. A number keeps its separators: «1,250», «3.5». Single
//! letters with points between them are one word: «أ.ف.ب».

use std::ops::Range;

use crate::letters::{TATWEEL, is_control, is_mark};

/// Letters a word may have; what is longer is cut there. No word of a language
/// reaches it; a text without spaces shall not become one term.
pub const LETTERS_MAX: usize = 60;

/// What a character is to the cutting.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A letter of Arabic, or of another script that is not Latin.
    Letter,
    Latin,
    Digit,
    /// Belongs to whatever word it stands in.
    Within,
    /// An apostrophe, which may stand between Latin letters.
    Apostrophe,
    /// . , and their Arabic forms, which may stand between digits.
    Separator,
    Other,
}

fn kind(c: char) -> Kind {
    match c {
        'ء'..='غ' | 'ف'..='ي' => Kind::Letter,
        'a'..='z' | 'A'..='Z' => Kind::Latin,
        '0'..='9' | '٠'..='٩' | '۰'..='۹' => Kind::Digit,
        TATWEEL => Kind::Within,
        '\'' | '\u{2019}' | '\u{02BC}' => Kind::Apostrophe,
        '.' | ',' | '٫' | '٬' | '،' => Kind::Separator,
        ' ' | '\n' => Kind::Other,
        c if is_mark(c) || is_control(c) || matches!(c, '\u{0300}'..='\u{036F}') => Kind::Within,
        c if c.is_ascii() => Kind::Other,
        c if matches!(c, '\u{00C0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' | '\u{FF21}'..='\u{FF5A}')
            && c.is_alphabetic() =>
        {
            Kind::Latin
        }
        c if c.is_numeric() => Kind::Digit,
        c if c.is_alphabetic() => Kind::Letter,
        _ => Kind::Other,
    }
}

/// Where the words of `text` stand, in bytes, in order and apart. A span begins
/// and ends with a letter, a digit, a mark or a tatweel, never with a control.
pub fn spans(text: &str) -> Spans<'_> {
    Spans { text, at: 0 }
}

/// The iterator of [`spans`].
#[derive(Clone, Debug)]
pub struct Spans<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Spans<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Self::Item> {
        let (start, first) = self.text[self.at..]
            .char_indices()
            .map(|(offset, c)| (self.at + offset, kind(c)))
            .find(|(_, kind)| matches!(kind, Kind::Letter | Kind::Latin | Kind::Digit))?;
        let end = match first {
            Kind::Digit => number_or_latin(self.text, start),
            Kind::Latin => run(self.text, start, is_latin_part),
            _ => letters(self.text, start),
        };
        self.at = end;
        Some(start..trimmed(self.text, start, end))
    }
}

/// The end without the controls that stand there: a direction mark after a word
/// is not the word's.
fn trimmed(text: &str, start: usize, end: usize) -> usize {
    start + text[start..end].trim_end_matches(is_control).len()
}

/// The end of the run of characters of which `belongs` holds, or of
/// [`LETTERS_MAX`] of them.
fn run(text: &str, start: usize, belongs: impl Fn(Kind, Option<Kind>) -> bool) -> usize {
    let mut characters = text[start..].char_indices().peekable();
    let mut letters = 0;
    while let Some((offset, c)) = characters.next() {
        let this = kind(c);
        let next = characters.peek().map(|(_, c)| kind(*c));
        if letters == LETTERS_MAX || !belongs(this, next) {
            return start + offset;
        }
        // Marks count too where they are heaped on one letter.
        letters +=
            usize::from(this != Kind::Within || letters > 0 && is_heaped(text, start + offset));
    }
    text.len()
}

/// Whether a fourth character in a row only belongs to what stands before it.
fn is_heaped(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev().take(3);
    (0..3).all(|_| before.next().is_some_and(|c| kind(c) == Kind::Within))
}

const fn is_latin_part(this: Kind, next: Option<Kind>) -> bool {
    match this {
        Kind::Latin | Kind::Digit | Kind::Within => true,
        Kind::Apostrophe => matches!(next, Some(Kind::Latin | Kind::Digit)),
        _ => false,
    }
}

/// The end of a word that begins with a digit: Arabizi (7alab), or a number.
fn number_or_latin(text: &str, start: usize) -> usize {
    let digits = run(text, start, |this, _| {
        matches!(this, Kind::Digit | Kind::Within)
    });
    match text[digits..].chars().next().map(kind) {
        Some(Kind::Latin) => run(text, start, is_latin_part),
        Some(Kind::Apostrophe) if is_latin_after(text, digits) => run(text, start, is_latin_part),
        _ => run(text, start, |this, next| match this {
            Kind::Digit | Kind::Within => true,
            Kind::Separator => next == Some(Kind::Digit),
            _ => false,
        }),
    }
}

fn is_latin_after(text: &str, at: usize) -> bool {
    text[at..].chars().nth(1).map(kind) == Some(Kind::Latin)
}

/// The end of a word of letters, or of single letters with points between.
fn letters(text: &str, start: usize) -> usize {
    let is_part = |this, _| matches!(this, Kind::Letter | Kind::Within);
    let mut end = run(text, start, is_part);
    let mut from = start;
    let mut joined = 0;
    // «أ.ف.ب»: as long as each part is one letter and a point and a letter follow.
    while joined < LETTERS_MAX && is_single(&text[from..end]) {
        let mut rest = text[end..].chars();
        if rest.next() != Some('.') || rest.next().map(kind) != Some(Kind::Letter) {
            break;
        }
        let next = run(text, end + 1, is_part);
        if !is_single(&text[end + 1..next]) {
            break;
        }
        (from, end) = (end + 1, next);
        joined += 1;
    }
    end
}

fn is_single(part: &str) -> bool {
    part.chars().filter(|c| kind(*c) == Kind::Letter).count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        spans(text).map(|span| &text[span]).collect()
    }

    #[test]
    fn words_are_cut_where_a_reader_cuts_them() {
        for (text, expected) in [
            ("قال: «نعم»، وأضاف", &["قال", "نعم", "وأضاف"][..]),
            (
                "سوريــة دي\u{200F}ميستورا",
                &["سوريــة", "دي\u{200F}ميستورا"],
            ),
            ("\u{2067}حلب\u{2069} و\u{200C}", &["حلب", "و"]),
            ("بـ200 شخص", &["بـ", "200", "شخص"]),
            (
                "7alab F16 sa3d's Le\u{00A0}Drian",
                &["7alab", "F16", "sa3d's", "Le", "Drian"],
            ),
            (
                "1,250 و3.5 و٣٫٥، ثم 2017.",
                &["1,250", "و", "3.5", "و", "٣٫٥", "ثم", "2017"],
            ),
            ("وكالة أ.ف.ب. قالت", &["وكالة", "أ.ف.ب", "قالت"]),
            ("سبتمبر/أيلول 13–15", &["سبتمبر", "أيلول", "13", "15"]),
            ("مُحَادَثَاتٌ", &["مُحَادَثَاتٌ"]),
            ("نهاية.بداية", &["نهاية", "بداية"]),
            ("", &[]),
            ("ـــ ً َ \u{200F}", &[]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn what_has_no_end_is_cut() {
        for text in [
            "ب".repeat(10_000),
            format!("ب{}", "\u{064E}".repeat(10_000)),
            "1".repeat(10_000),
            "ا.".repeat(5_000),
        ] {
            assert!(
                words(&text)
                    .iter()
                    .all(|word| word.chars().count() <= 4 * LETTERS_MAX),
                "help: {} letters in a word",
                text.chars().count()
            );
        }
    }
}
