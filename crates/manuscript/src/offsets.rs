//! Places in a text, counted as browsers count and as we do: the one place
//! where one becomes the other.
//!
//! JavaScript, Yjs and this crate's documents count UTF-16 code units; the
//! domain counts Unicode code points ([`editorial::Span`](editorial::body::Span)).

/// The length of a text in UTF-16 code units.
pub fn units(text: &str) -> u32 {
    text.chars().map(unit_count).sum()
}

/// How many code points end at or before the place `unit`, in UTF-16 code units. A place within a
/// code point is the one before it; one beyond the end is the end.
///
/// ```
/// assert_eq!(manuscript::offsets::letter_at("𝄞حلب", 2), 1);
/// ```
pub fn letter_at(text: &str, unit: u32) -> u32 {
    let mut left = unit;
    let mut letters = 0;
    for sign in text.chars() {
        let Some(rest) = left.checked_sub(unit_count(sign)) else {
            break;
        };
        left = rest;
        letters += 1;
    }
    letters
}

/// The place before the code point `letter`, in UTF-16 code units; beyond the end, the end.
///
/// ```
/// assert_eq!(manuscript::offsets::unit_at("𝄞حلب", 1), 2);
/// ```
pub fn unit_at(text: &str, letter: u32) -> u32 {
    let letters = usize::try_from(letter).unwrap_or(usize::MAX);
    text.chars().take(letters).map(unit_count).sum()
}

/// 1, or 2 beyond U+FFFF.
fn unit_count(sign: char) -> u32 {
    if sign.len_utf16() == 2 { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_place_is_found_again(text in any::<String>(), letter in 0_u32..40) {
            let length = u32::try_from(text.chars().count()).expect("short");
            prop_assert_eq!(letter_at(&text, unit_at(&text, letter)), letter.min(length));
            prop_assert_eq!(unit_at(&text, length), units(&text));
        }
    }

    #[test]
    fn a_place_within_a_letter_is_before_it() {
        let text = "أ😀ب";
        let letters: Vec<u32> = (0..6).map(|unit| letter_at(text, unit)).collect();
        assert_eq!(letters, [0, 1, 1, 2, 3, 3]);
    }
}
