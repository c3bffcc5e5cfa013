//! What a query says: its words, phrases and exclusions.
//!
//! Never fails: a quotation mark that is not closed, a dash alone and every
//! other sign are nothing, and what is left are words.

use std::ops::Range;

use arabic::{
    letters::is_control,
    search::{Word, words},
};

use crate::query::{LETTERS_MAX, WORDS_MAX};

/// A query as it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reading {
    /// What must be there, in the order typed. Spans are places in the query.
    pub(crate) wanted: Vec<Part>,
    /// What must not be there.
    pub(crate) excluded: Vec<Part>,
    /// Something beyond the limits was left out.
    pub(crate) shortened: bool,
}

/// A part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Words that stand anywhere; never empty.
    Words(Vec<Word>),
    /// Words side by side, in their order; never empty.
    Phrase(Vec<Word>),
}

/// Reads what was typed.
pub(crate) fn read(text: &str) -> Reading {
    let end = text
        .char_indices()
        .nth(LETTERS_MAX)
        .map_or(text.len(), |(at, _)| at);
    let mut out = Reading {
        shortened: !text[end..].trim().is_empty(),
        ..Reading::default()
    };
    let mut left = WORDS_MAX;
    for piece in pieces(&text[..end]) {
        let mut words = words(&text[piece.range.clone()]);
        if words.len() > left {
            words.truncate(left);
            out.shortened = true;
        }
        left -= words.len();
        for word in &mut words {
            word.span = word.span.start + piece.range.start..word.span.end + piece.range.start;
        }
        if words.is_empty() {
            continue;
        }
        let side = if piece.excluded {
            &mut out.excluded
        } else {
            &mut out.wanted
        };
        if piece.phrase || piece.excluded && words.len() > 1 {
            side.push(Part::Phrase(words));
        } else {
            side.push(Part::Words(words));
        }
    }
    out
}

struct Piece {
    range: Range<usize>,
    phrase: bool,
    excluded: bool,
}

/// Cuts a query at quotations and at words behind a dash.
fn pieces(text: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut plain = 0;
    let mut at = 0;
    let mut may_exclude = true;
    while let Some(c) = text[at..].chars().next() {
        let next = at + c.len_utf8();
        let excluded = may_exclude && is_dash(c);
        // A direction mark between the dash and what follows is not seen.
        let from = if excluded {
            skip_controls(text, next)
        } else {
            at
        };
        may_exclude = c.is_whitespace() || may_exclude && is_control(c);
        let first = text[from..].chars().next();
        let phrase = first.and_then(|open| quotation(text, from, open));
        let (range, end, phrase) = match (phrase, excluded, first) {
            (Some((range, end)), ..) => (range, end, true),
            (None, true, Some(first)) if first.is_alphanumeric() => {
                let end = text[from..]
                    .find(char::is_whitespace)
                    .map_or(text.len(), |length| from + length);
                (from..end, end, false)
            }
            _ => {
                at = next;
                continue;
            }
        };
        out.push(Piece {
            range: plain..at,
            phrase: false,
            excluded: false,
        });
        out.push(Piece {
            range,
            phrase,
            excluded,
        });
        (plain, at) = (end, end);
        may_exclude = true;
    }
    out.push(Piece {
        range: plain..text.len(),
        phrase: false,
        excluded: false,
    });
    out
}

/// What stands between the quotation mark at `at` and its closing one, and where
/// that ends.
fn quotation(text: &str, at: usize, open: char) -> Option<(Range<usize>, usize)> {
    let closing: &[char] = match open {
        '«' => &['»'],
        // Typed the other way round, as some keyboards show them.
        '»' => &['«'],
        '"' => &['"'],
        '“' | '”' | '„' => &['”', '“'],
        _ => return None,
    };
    let from = at + open.len_utf8();
    let length = text[from..].find(closing)?;
    let end = from + length;
    let close = text[end..].chars().next().map_or(0, char::len_utf8);
    Some((from..end, end + close))
}

const fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'..='\u{2014}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}'
    )
}

fn skip_controls(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start_matches(is_control).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(parts: &[Part]) -> Vec<String> {
        let joined = |words: &[Word]| {
            let forms: Vec<_> = words.iter().map(|word| word.form.as_str()).collect();
            forms.join(" ")
        };
        parts
            .iter()
            .map(|part| match part {
                Part::Words(words) => joined(words),
                Part::Phrase(words) => format!("«{}»", joined(words)),
            })
            .collect()
    }

    #[test]
    fn words_phrases_and_exclusions_are_read() {
        for (text, wanted, excluded) in [
            ("وزير البيئة", &["وزير البييه"][..], &[][..]),
            ("«مجلس الأمن»", &["«مجلس الامن»"], &[]),
            ("\"مجلس الأمن\" حلب", &["«مجلس الامن»", "حلب"], &[]),
            (
                "“مجلس الأمن” „حفظ السلام“",
                &["«مجلس الامن»", "«حفظ السلام»"],
                &[],
            ),
            ("»مجلس الأمن«", &["«مجلس الامن»"], &[]),
            ("حلب -حماة", &["حلب"], &["حماه"]),
            ("حلب -\u{200F}حماة حمص", &["حلب", "حمص"], &["حماه"]),
            ("حلب -«ريف حماة»", &["حلب"], &["«ريف حماه»"]),
            ("حلب –حماة", &["حلب"], &["حماه"]),
            ("حلب – حماة", &["حلب حماه"], &[]),
            ("حلب -كوفيد-19", &["حلب"], &["«كوفيد 19»"]),
            ("كوفيد-19", &["كوفيد 19"], &[]),
            ("حلب - حماة", &["حلب حماه"], &[]),
            ("حلب --حماة", &["حلب حماه"], &[]),
            ("«حلب", &["حلب"], &[]),
            ("\"\" -\"\" - \" «»", &[], &[]),
            ("-حلب", &[], &["حلب"]),
            ("", &[], &[]),
            ("\0\u{202E}*?[a-z]+(", &["a z"], &[]),
        ] {
            let reading = read(text);
            assert_eq!(forms(&reading.wanted), wanted, "{text}");
            assert_eq!(forms(&reading.excluded), excluded, "{text}");
            assert!(!reading.shortened, "{text}");
        }
    }

    #[test]
    fn spans_are_places_in_the_query() {
        let text = "قال «وزير الأُسْـرة» -حلب";
        let reading = read(text);
        for part in reading.wanted.iter().chain(&reading.excluded) {
            let (Part::Words(words) | Part::Phrase(words)) = part;
            for word in words {
                assert_eq!(
                    arabic::search::spelling::spelling(&text[word.span.clone()]),
                    word.form
                );
            }
        }
    }

    #[test]
    fn what_is_too_long_is_cut_and_said() {
        let many = "حلب ".repeat(WORDS_MAX + 1);
        let reading = read(&many);
        assert!(reading.shortened);
        let long = format!("حلب {}حماة", " ".repeat(LETTERS_MAX));
        assert!(read(&long).shortened);
        assert!(!read(&format!("حلب{}", " ".repeat(LETTERS_MAX))).shortened);
    }
}
