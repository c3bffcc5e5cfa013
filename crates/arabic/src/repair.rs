//! What is put right in pasted and imported text, where only the machine's
//! spelling is wrong, never the author's.

use unicode_normalization::UnicodeNormalization;

/// What was put right, and how often.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Repairs {
    /// Presentation forms turned into letters.
    pub presentation_forms: usize,
    /// Persian ک and ی turned into Arabic ك and ي.
    pub persian_letters: usize,
    /// Byte order marks and unpaired controls of direction removed.
    pub stray_controls: usize,
}

/// Puts right presentation forms («ﻻ» to «لا»), Persian letters where the text
/// is Arabic (`arabic`), and stray controls. Quranic marks, tatweel, spelling
/// and paired isolates stay. Text is left in NFC.
pub fn repair(text: &str, arabic: bool) -> (String, Repairs) {
    let mut repairs = Repairs::default();
    if !needs_a_look(text) {
        return (text.to_owned(), repairs);
    }
    let mut out = String::with_capacity(text.len());
    let paired = text.matches('\u{2069}').count()
        == text
            .chars()
            .filter(|c| matches!(c, '\u{2066}'..='\u{2068}'))
            .count();
    for c in text.chars() {
        match c {
            '\u{FB50}'..='\u{FDC7}' | '\u{FDF0}'..='\u{FDF9}' | '\u{FE70}'..='\u{FEFC}' => {
                repairs.presentation_forms += 1;
                out.extend(std::iter::once(c).nfkc());
            }
            'ک' if arabic => {
                repairs.persian_letters += 1;
                out.push('ك');
            }
            'ی' if arabic => {
                repairs.persian_letters += 1;
                out.push('ي');
            }
            '\u{FEFF}' | '\u{202A}'..='\u{202E}' => repairs.stray_controls += 1,
            '\u{2066}'..='\u{2069}' if !paired => repairs.stray_controls += 1,
            c => out.push(c),
        }
    }
    (out.nfc().collect(), repairs)
}

/// Whether a text may hold something to put right, or letters that join in
/// NFC. The letters, signs and digits that nearly all news consists of do not,
/// nor does a vowel sign that stands alone.
fn needs_a_look(text: &str) -> bool {
    let mut after_sign = false;
    text.chars().any(|c| {
        let sign = matches!(c, '\u{064B}'..='\u{0652}');
        let plain = matches!(c, '\0'..='\u{BF}' | '\u{060C}' | '\u{061B}' | '\u{061F}' | '\u{0621}'..='\u{0652}' | '\u{0660}'..='\u{066C}' | '\u{2013}'..='\u{2026}');
        let look = !plain || (sign && after_sign);
        after_sign = sign;
        look
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machines_are_corrected_authors_are_not() {
        let (text, repairs) = repair("\u{FEFF}ﻻ يمکن", true);
        assert_eq!(text, "لا يمكن");
        assert_eq!(
            repairs,
            Repairs {
                presentation_forms: 1,
                persian_letters: 1,
                stray_controls: 1
            }
        );
        // A hamza that stands alone joins its seat.
        assert_eq!(repair("ا\u{0654}", true).0, "أ");
        assert_eq!(repair("کوردی", false).0, "کوردی");
        assert_eq!(repair("سوريــة مسئول اللّٰه", true).0, "سوريــة مسئول اللّٰه");
    }
}
