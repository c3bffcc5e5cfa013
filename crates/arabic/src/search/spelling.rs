//! One spelling for the spellings of a word: what careful and careless writers,
//! two countries and three keyboards make of the same letters.
//!
//! Goes further than [`crate::fold`], which tells names apart: here all that
//! readers confuse is one. Sources: the Unicode Standard (NFKC, block Arabic);
//! the rules of the hamza's seat as schools teach them, and the two habits of
//! its seat before a long u (Levant مسؤول, Egypt مسئول).

use unicode_normalization::char::decompose_compatible;

use crate::letters::{TATWEEL, is_mark};

/// The one spelling of `word`.
///
/// «مسؤول» and «مسئول» are «مسوول»; «لاجئين» and «لاجيين» are «لاجيين».
pub fn spelling(word: &str) -> String {
    let mut out = String::new();
    spell(word, &mut out);
    out
}

/// [`spelling`] into a text that is kept for it; what it held is gone.
pub fn spell(word: &str, out: &mut String) {
    out.clear();
    if is_spelled_plainly(word, out) {
        return;
    }
    out.clear();
    let mut letters = Letters::default();
    for c in word.chars() {
        if c.is_ascii() || matches!(c, 'ء'..='غ' | 'ف'..='ي') {
            letters.push(c.to_ascii_lowercase());
        } else {
            decompose_compatible(c, |c| c.to_lowercase().for_each(|c| letters.push(c)));
        }
    }
    letters.finish(out);
}

/// Spells a word of Arabic letters alone, without hamzas on seats and without
/// three of one in a row: nearly all there are. Whether it was one.
fn is_spelled_plainly(word: &str, out: &mut String) -> bool {
    let mut before = ['\0'; 2];
    for c in word.chars() {
        if !matches!(c, 'آ' | 'أ' | 'إ' | 'ا'..='غ' | 'ف'..='ي') {
            return false;
        }
        let c = plain(c);
        if before == [c; 2] {
            return false;
        }
        before = [before[1], c];
        out.push(c);
    }
    true
}

/// What was read of a word so far.
#[derive(Default)]
struct Letters {
    read: Vec<char>,
    has_digits: bool,
}

impl Letters {
    fn push(&mut self, c: char) {
        // A hamza above in its own code point makes the seat it stands on.
        if c == '\u{0654}' {
            if let Some(last @ ('و' | 'ي')) = self.read.last_mut() {
                *last = if *last == 'و' { 'ؤ' } else { 'ئ' };
            }
            return;
        }
        let c = plain(c);
        self.has_digits |= c.is_ascii_digit();
        if c.is_alphanumeric() && !is_mark(c) && c != TATWEEL || is_separator(c) {
            self.read.push(c);
        }
    }

    fn finish(&mut self, out: &mut String) {
        if self.has_digits
            && self
                .read
                .iter()
                .all(|c| c.is_ascii_digit() || is_separator(*c))
        {
            number(&self.read, out);
            return;
        }
        self.read.retain(|c| !is_separator(*c));
        shorten_runs(&mut self.read, 1);
        seat_hamzas(&mut self.read);
        // «بيئي» has three of one letter now, which nobody wrote.
        shorten_runs(&mut self.read, 2);
        out.extend(self.read.iter());
    }
}

/// Three and more of one letter in a row, as feeling lengthens words
/// («حلوووو»), become `left` of it. Digits stay.
fn shorten_runs(letters: &mut Vec<char>, left: usize) {
    let mut at = 0;
    while at < letters.len() {
        let run = letters[at..]
            .iter()
            .take_while(|c| **c == letters[at])
            .count();
        let kept = if run > 2 && !letters[at].is_ascii_digit() {
            left
        } else {
            run
        };
        letters.drain(at + kept..at + run);
        at += kept;
    }
}

const fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '٫' | '٬' | '،')
}

/// A letter without what writers leave out or confuse. Hamza seats stay here.
const fn plain(c: char) -> char {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' | 'ې' | 'ے' => 'ي',
        'ة' | 'ہ' | 'ە' | 'ھ' | 'ۀ' | 'ۃ' => 'ه',
        'ک' | 'گ' | 'ڪ' => 'ك',
        'ڤ' => 'ف',
        'پ' => 'ب',
        'چ' => 'ج',
        'ژ' => 'ز',
        '٠'..='٩' => digit(c, '٠'),
        '۰'..='۹' => digit(c, '۰'),
        c => c,
    }
}

const fn digit(c: char, zero: char) -> char {
    match char::from_digit(c as u32 - zero as u32, 10) {
        Some(digit) => digit,
        None => c,
    }
}

/// Hamzas as those write them who have no time for them: ؤ is و, ئ is ي; before
/// a long u both, and the bare one, are و («شؤون», «شئون», «جاءوا»); between
/// letters the bare one is ي («قراءة», «قرائة»); at the end, after a long vowel,
/// it goes («سماء», «سما», «شيء», «شي»).
fn seat_hamzas(letters: &mut Vec<char>) {
    let count = letters.len();
    for at in 0..count {
        let next = letters.get(at + 1).copied();
        letters[at] = match letters[at] {
            'ؤ' => 'و',
            'ئ' | 'ء' if next == Some('و') && at > 0 => 'و',
            'ئ' => 'ي',
            'ء' if at > 0 && next.is_some() => 'ي',
            c => c,
        };
    }
    // «ماء» without it would be «ما».
    let goes = matches!(
        letters.as_slice(),
        [.., _, _, 'ا', 'ء'] | [.., _, 'و' | 'ي', 'ء']
    );
    if goes {
        letters.pop();
    }
    // «طوارىء», as many keyboards write «طوارئ», is at this point «طواري».
}

/// A number without its grouping, with a point before its decimals. «1,250»,
/// «1.250» and «1250» are one; so are «3,5» and «3.5». A separator groups if
/// three digits follow it and one to three stand before the first.
fn number(read: &[char], out: &mut String) {
    let parts: Vec<&[char]> = read
        .split(|c| is_separator(*c))
        .filter(|part| !part.is_empty())
        .collect();
    let groups = parts.len() > 1
        && (1..=3).contains(&parts[0].len())
        && parts[0] != ['0']
        && parts[1..].iter().all(|part| part.len() == 3);
    for (at, part) in parts.iter().enumerate() {
        if at > 0 && !groups {
            out.push('.');
        }
        out.extend(part.iter());
    }
}

#[cfg(test)]
mod tests {
    use super::spelling;

    #[test]
    fn spellings_of_one_word_meet() {
        for words in [
            &["مسؤول", "مسئول", "مسوول"][..],
            &["شؤون", "شئون", "شوون"],
            &["مؤتمر", "موتمر"],
            &["لاجئين", "لاجيين", "ﻻجئين"],
            &["بئر", "بير"],
            &["لؤلؤ", "لولو"],
            &["طوارئ", "طوارىء", "طواري"],
            &["قراءة", "قرائه"],
            &["سماء", "سما"],
            &["شيء", "شئ", "شي"],
            &["بيئي", "بيي"],
            &["جاءوا", "جاؤوا"],
            &["الأُسْتـاذة", "الاستاذه"],
            &["إسلام", "اسلام", "\u{0627}\u{0655}سلام"],
            &["مؤمن", "مو\u{0654}من", "مومن"],
            &["رئيس", "ري\u{0654}يس"],
            &["مستشفى", "مستشفي", "مستشفی"],
            &["کتاب", "كتاب"],
            &["لاڤروف", "لافروف"],
            &["حلوووووو", "حلو"],
            &["ﷲ", "الله"],
            &["١٬٢٥٠", "1,250", "1.250", "1250"],
            &["٣٫٥", "3,5", "3.5"],
            &["۲۲۵۴", "٢٢٥٤", "2254"],
            &["Erdoğan", "erdogan", "ERDOĞAN"],
            &["أ.ف.ب", "افب"],
            &["دي\u{200F}ميستورا", "ديميستورا"],
        ] {
            for word in &words[1..] {
                assert_eq!(
                    spelling(word),
                    spelling(words[0]),
                    "{word} and {}",
                    words[0]
                );
            }
        }
        for (one, other) in [
            ("سوريا", "روسيا"),
            ("جزء", "جز"),
            ("0.125", "125"),
            ("3.5", "35"),
            ("2222", "22"),
            ("وزير", "زير"),
        ] {
            assert_ne!(spelling(one), spelling(other));
        }
    }
}
