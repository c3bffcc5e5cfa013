//! Foreign names in Arabic letters: each newsroom hears them in its own way.
//! The g of "Guterres" is غ, ج, ك or ق by country, short vowels are written or
//! not (نتنياهو, نتانياهو), s and z, t and ط, d and ذ meet (شولتس, شولتز).
//!
//! For words of a query that the lexicon does not know: what names are in
//! [`super::variants`] needs no guess. Words of Arabic itself are told apart by
//! just such letters, so little is allowed, and short words none of it.

use super::stem::is_known;

/// Letters a name must have for another consonant, and for other vowels.
const LETTERS_MIN: usize = 5;
const LETTERS_MIN_FOR_VOWELS: usize = 6;
/// Letters above which a word is no name.
const LETTERS_MAX: usize = 24;
/// What another consonant and another vowel count, and how much is allowed.
const CONSONANT: u32 = 2;
const VOWEL: u32 = 1;
const DISTANCE_MAX: u32 = 2;

/// Letters that stand for one sound of other languages.
const SOUNDS: [&str; 8] = ["غجكق", "ستث", "زسذ", "تطث", "دذض", "فبو", "هح", "صس"];

const fn is_vowel(letter: char) -> bool {
    matches!(letter, 'ا' | 'و' | 'ي')
}

/// A regular expression for the forms that may be the name `form`, over whole
/// words; `None` where it is too short, or a word the lexicon knows.
///
/// «جوتيريش» gives one that «غوتيريش» matches.
pub fn pattern(form: &str) -> Option<String> {
    let (article, bare) = apart(form);
    let letters: Vec<char> = bare.chars().collect();
    if !(LETTERS_MIN..=LETTERS_MAX).contains(&letters.len())
        || !letters.iter().all(|c| matches!(c, 'ا'..='ي'))
        || is_known(form)
    {
        return None;
    }
    let free = letters.len() >= LETTERS_MIN_FOR_VOWELS;
    let mut out = article.to_owned();
    for letter in letters {
        if is_vowel(letter) && free {
            out.push_str("[اوي]?");
            continue;
        }
        out.push('[');
        out.push(letter);
        for other in SOUNDS.iter().filter(|sound| sound.contains(letter)) {
            out.push_str(other);
        }
        out.push(']');
        if free {
            out.push_str("[اوي]?");
        }
    }
    Some(out)
}

/// How far `other` is from the name `form`, from 0: another letter of the same
/// sound counts two, a vowel more or less one; `None` beyond two, or where
/// `other` is a word the lexicon knows.
pub fn distance(form: &str, other: &str) -> Option<u32> {
    let ((article, one), (other_article, two)) = (apart(form), apart(other));
    let (one, two): (Vec<char>, Vec<char>) = (one.chars().collect(), two.chars().collect());
    if article != other_article || one.len().max(two.len()) > LETTERS_MAX || is_known(other) {
        return None;
    }
    let far = DISTANCE_MAX + 1;
    let vowel = if one.len() >= LETTERS_MIN_FOR_VOWELS {
        VOWEL
    } else {
        far
    };
    // Row by row, as for any distance of edits; what is too far is far alike.
    let mut before: Vec<u32> = vec![far; two.len() + 1];
    before[0] = 0;
    for at in 1..=two.len() {
        before[at] = if is_vowel(two[at - 1]) {
            (before[at - 1] + vowel).min(far)
        } else {
            far
        };
    }
    for letter in &one {
        let mut row = vec![far; two.len() + 1];
        row[0] = if is_vowel(*letter) {
            (before[0] + vowel).min(far)
        } else {
            far
        };
        for at in 1..=two.len() {
            let other = two[at - 1];
            let mut least = before[at - 1] + instead(*letter, other, vowel);
            if is_vowel(*letter) {
                least = least.min(before[at] + vowel);
            }
            if is_vowel(other) {
                least = least.min(row[at - 1] + vowel);
            }
            row[at] = least.min(far);
        }
        before = row;
    }
    before.last().copied().filter(|distance| *distance < far)
}

/// The article and the name behind it: «البنتاغون».
fn apart(form: &str) -> (&str, &str) {
    match form.strip_prefix("ال") {
        Some(bare) => form.split_at(form.len() - bare.len()),
        None => ("", form),
    }
}

/// What it counts that `other` stands in the place of `letter`.
fn instead(letter: char, other: char, vowel: u32) -> u32 {
    if letter == other {
        0
    } else if is_vowel(letter) && is_vowel(other) {
        vowel
    } else if SOUNDS
        .iter()
        .any(|sound| sound.contains(letter) && sound.contains(other))
    {
        CONSONANT
    } else {
        DISTANCE_MAX + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_heard_differently_meet() {
        for (one, other) in [
            ("كوالالمبور", "كوالالامبور"),
            ("جورباتشوف", "غورباتشوف"),
            ("ستولتنبرغ", "ستولتنبرج"),
            ("لوكاشينكو", "لوكاشنكو"),
            ("زوكربيرغ", "زوكربرغ"),
            ("شفاردنادزه", "شيفاردنادزه"),
            ("البنتاجون", "البنتاغون"),
        ] {
            assert!(distance(one, other).is_some(), "{one} and {other}");
            assert!(pattern(one).is_some(), "{one}");
        }
    }

    #[test]
    fn words_of_arabic_stay_apart() {
        for (one, other) in [
            ("حامل", "حمل"),
            ("احتجاج", "احتكاك"),
            ("مهندس", "مهندز"),
            ("المريخ", "المورخ"),
            ("تدريب", "تدرب"),
            ("لوكاشنكو", "لوكاشنكا1"),
        ] {
            assert_eq!(
                pattern(one).and(distance(one, other)),
                None,
                "{one} and {other}"
            );
        }
        assert_eq!(pattern("وزير"), None);
        assert_eq!(pattern("[ا-ي]*"), None);
    }
}
