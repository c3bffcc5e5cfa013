//! Folding: one key for the spellings of a word that readers take as one.
//! For equality of names and tags, slugs and de-duplication; never for storage.

use unicode_normalization::UnicodeNormalization;

use crate::letters::{TATWEEL, is_control, is_mark};

/// The key of `text`: NFKC, without marks, tatweel and controls; alef forms as
/// ا, ى as ي, ة as ه, hamza seats ؤ ئ as ء, Persian ک ی as ك ي, digits as
/// 0-9, Latin in lower case, white space as one space.
///
/// «الأُسْتـاذة» gives «الاستاذه»; «سوريا ٢٠١٧» gives «سوريا 2017».
pub fn fold(text: &str) -> String {
    // Nearly all news is in NFKC as it stands, and that is quick to see.
    if text.chars().all(is_its_own_nfkc) {
        folded(text.chars(), text.len())
    } else {
        folded(text.nfkc(), text.len())
    }
}

/// Letters, signs and digits that NFKC leaves alone whatever stands beside them.
const fn is_its_own_nfkc(c: char) -> bool {
    matches!(c, '\0'..='\u{7F}' | '«' | '»' | '\u{060C}' | '\u{061B}' | '\u{061F}' | '\u{0621}'..='\u{0652}' | '\u{0660}'..='\u{066C}' | '\u{2013}' | '\u{2014}' | '\u{2018}'..='\u{201F}')
}

fn folded(letters: impl Iterator<Item = char>, bytes: usize) -> String {
    let mut out = String::with_capacity(bytes);
    for c in letters {
        if matches!(c, 'ء'..='غ' | 'ف'..='ي') {
            push(&mut out, c);
        } else if is_mark(c) || is_control(c) || c == TATWEEL {
            // Left out.
        } else if matches!(c, '\u{0600}'..='\u{06FF}') {
            // Arabic has no case.
            push(&mut out, c);
        } else if c.is_ascii() {
            push(&mut out, c.to_ascii_lowercase());
        } else {
            c.to_lowercase().for_each(|c| push(&mut out, c));
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn push(out: &mut String, c: char) {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
        'ى' | 'ی' | 'ې' => out.push('ي'),
        'ة' | 'ہ' | 'ە' => out.push('ه'),
        'ؤ' | 'ئ' => out.push('ء'),
        'ک' => out.push('ك'),
        '٠'..='٩' => out.push(digit(c, '٠')),
        '۰'..='۹' => out.push(digit(c, '۰')),
        c if c.is_whitespace() => {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        }
        c if is_mark(c) || is_control(c) => {}
        c => out.push(c),
    }
}

/// The key by which names are sorted: folded, without a leading «ال».
pub fn sort_key(text: &str) -> String {
    let key = fold(text);
    match key.strip_prefix("ال") {
        Some(rest) if rest.chars().count() >= 2 => rest.to_owned(),
        _ => key,
    }
}

fn digit(c: char, zero: char) -> char {
    char::from_digit(u32::from(c) - u32::from(zero), 10).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_meet() {
        for (one, other) in [
            ("سوريــة", "سورية"),
            ("مُحادثات أستانا", "محادثات استانا"),
            ("مسؤول", "مسئول"),
            ("على", "علي"),
            ("المعارضة", "المعارضه"),
            ("ﻻ", "لا"),
            ("ملحوظًا", "ملحوظا"),
            ("2254", "٢٢٥٤"),
            ("2254", "۲۲۵۴"),
            ("دي\u{200F}ميستورا", "ديميستورا"),
            ("أ", "\u{0627}\u{0654}"),
            ("BBC\u{00A0}عربي", "bbc عربي"),
        ] {
            assert_eq!(fold(one), fold(other));
        }
        assert_eq!(fold("قال: «نعم» – 5…"), "قال: «نعم» – 5...");
        assert_ne!(fold("سوريا"), fold("روسيا"));
        assert_eq!(sort_key("الليرة"), sort_key("ليره"));
    }
}
