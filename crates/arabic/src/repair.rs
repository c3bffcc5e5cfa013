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
        assert_eq!(repair("کوردی", false).0, "کوردی");
        assert_eq!(repair("سوريــة مسئول اللّٰه", true).0, "سوريــة مسئول اللّٰه");
    }
}
