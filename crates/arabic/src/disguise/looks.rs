//! Which letter a reader takes another one for: letters of neighbouring scripts
//! and of other languages in Arabic script that look like one of Arabic or Latin.
//! Source: the shapes themselves (Unicode blocks Arabic, Cyrillic, Greek), after
//! compatibility forms (full width, mathematical, presentation) are resolved.

use unicode_normalization::char::decompose_compatible;

use crate::letters::{TATWEEL, is_control, is_mark};

/// What one code point is for a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// A letter, in lower case, or a digit `0` to `9`. `is_odd`: no keyboard of
    /// Arabic or Latin writes it so; somebody looked for it.
    Letter { c: char, is_odd: bool },
    /// Not seen at all, or only a mark on the letter before.
    Unseen { is_odd: bool },
    /// White space.
    Space,
    /// Anything else, as it is.
    Sign(char),
}

/// Gives `see` each look of `c`: a ligature is several letters.
pub(super) fn looks_of(c: char, mut see: impl FnMut(Look)) {
    match c {
        'a'..='z' | '0'..='9' | 'ا'..='غ' | 'ف'..='ي' | 'ء'..='ئ' => see(plain(c, false)),
        'A'..='Z' => see(plain(c.to_ascii_lowercase(), false)),
        // A non-joiner between Arabic letters is Persian, or a trick.
        '\u{200C}' => see(Look::Unseen { is_odd: true }),
        TATWEEL | '\u{FE00}'..='\u{FE0F}' => see(Look::Unseen { is_odd: false }),
        c if is_unseen(c) => see(Look::Unseen { is_odd: false }),
        c if c.is_ascii() && !c.is_whitespace() => see(Look::Sign(c)),
        c if c.is_whitespace() => see(Look::Space),
        c => {
            // The letters with a high hamza have one of their own.
            let is_compatible = matches!(c, '\u{675}'..='\u{678}')
                || !matches!(c, '\u{600}'..='\u{6FF}' | '\u{C0}'..='\u{24F}');
            decompose_compatible(c, |part| {
                if is_unseen(part) || part == TATWEEL {
                    return;
                }
                if part.is_whitespace() {
                    see(Look::Space);
                    return;
                }
                for part in part.to_lowercase() {
                    see(plain(part, is_compatible && part != c));
                }
            });
        }
    }
}

/// Marks of any script, and controls.
fn is_unseen(c: char) -> bool {
    is_mark(c)
        || is_control(c)
        || c.is_control() && !c.is_whitespace()
        || matches!(c, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{AD}'
            | '\u{674}' | '\u{6E5}' | '\u{6E6}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
            | '\u{20D0}'..='\u{20FF}' | '\u{E0000}'..='\u{E0FFF}')
}

/// The plain letter that `c`, which has no compatibility form, looks like.
fn plain(c: char, is_odd: bool) -> Look {
    let natural = |c| Look::Letter { c, is_odd };
    let odd = |c| Look::Letter { c, is_odd: true };
    match c {
        'a'..='z' | '0'..='9' | 'ا' | 'ب' | 'ت'..='غ' | 'ف'..='و' | 'ي' => natural(c),
        // The hamza is left out wherever it has no seat: «حقراء», «حقرا».
        'ء' => Look::Unseen { is_odd: false },
        'أ' | 'إ' | 'آ' | 'ٱ' => natural('ا'),
        'ى' | 'ی' | 'ئ' => natural('ي'),
        'ة' | 'ە' => natural('ه'),
        'ؤ' => natural('و'),
        'ک' | 'گ' => natural('ك'),
        'ڤ' | 'ڥ' => natural('ف'),
        'ڨ' => natural('ق'),
        'پ' => natural('ب'),
        'چ' => natural('ج'),
        'ہ' | 'ھ' | 'ۀ' | 'ۂ' | 'ۃ' | 'ۿ' => odd('ه'),
        'ې' | 'ے' | 'ۑ' | 'ێ' | 'ۍ' | 'ؽ' | 'ؾ' | 'ؿ' | 'ٸ' => odd('ي'),
        'ٲ' | 'ٳ' | 'ٵ' | 'ݳ' | 'ݴ' => odd('ا'),
        'ڀ' | 'ٻ' | 'ٮ' | 'ݐ'..='ݖ' => odd('ب'),
        'ٹ' | 'ټ' | 'ٺ' => odd('ت'),
        // Within a word ڽ is the tooth of ث.
        'ٽ' | 'ٿ' | 'ڽ' => odd('ث'),
        'ڃ' | 'ڄ' | 'ڇ' | 'ڿ' => odd('ج'),
        'ځ' | 'ݗ' | 'ݘ' | 'ݮ' | 'ݯ' => odd('ح'),
        'څ' | 'ڂ' => odd('خ'),
        'ډ' | 'ڊ' | 'ڋ' | 'ڍ' | 'ۮ' => odd('د'),
        'ڈ' | 'ڌ' | 'ڎ' | 'ڏ' | 'ڐ' => odd('ذ'),
        'ڑ' | 'ڒ' | 'ړ' | 'ڔ' | 'ڕ' | 'ۯ' | 'ݛ' => odd('ر'),
        'ژ' | 'ږ' | 'ڗ' | 'ڙ' => odd('ز'),
        'ښ' | 'ڛ' | 'ݽ' => odd('س'),
        'ڜ' | 'ۺ' => odd('ش'),
        'ڝ' => odd('ص'),
        'ڞ' | 'ۻ' => odd('ض'),
        'ڟ' => odd('ظ'),
        'ڠ' | 'ۼ' | 'ݝ'..='ݟ' => odd('غ'),
        'ڡ' | 'ڢ' | 'ڣ' | 'ڦ' | 'ݠ' | 'ݡ' => odd('ف'),
        'ٯ' | 'ڧ' => odd('ق'),
        'ڪ' | 'ګ' | 'ڬ' | 'ڭ' | 'ڮ' | 'ڰ'..='ڴ' | 'ݢ'..='ݤ' | 'ݿ' => odd('ك'),
        'ڵ'..='ڸ' | 'ݪ' => odd('ل'),
        'ݥ' | 'ݦ' => odd('م'),
        'ں'..='ڼ' | 'ڹ' | 'ݧ'..='ݩ' => odd('ن'),
        'ۄ'..='ۋ' | 'ۏ' | 'ٶ' | 'ٷ' | 'ݸ' | 'ݹ' => odd('و'),
        '٠'..='٩' => natural(digit(c, '٠')),
        '۰'..='۹' => natural(digit(c, '۰')),
        _ => match latin(c).or_else(|| of_kin(c)) {
            Some(c) => odd(c),
            None if c.is_alphanumeric() => natural(c),
            None => Look::Sign(c),
        },
    }
}

fn digit(c: char, zero: char) -> char {
    char::from_digit(u32::from(c) - u32::from(zero), 10).unwrap_or('0')
}

/// The Latin letter that a letter of Cyrillic, Greek or a Latin extension, in
/// lower case, looks like: «kаlb» with the Cyrillic а.
const fn latin(c: char) -> Option<char> {
    Some(match c {
        'а' | 'α' | 'ɑ' => 'a',
        'в' | 'β' | 'ь' | 'ɓ' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' | 'ɗ' | 'đ' => 'd',
        'е' | 'ε' | 'ё' | 'є' => 'e',
        'ɡ' | 'ɠ' => 'g',
        'н' | 'һ' | 'η' | 'ɦ' | 'ħ' => 'h',
        'і' | 'ї' | 'ι' | 'ı' | 'ɩ' => 'i',
        'ј' => 'j',
        'к' | 'κ' | 'ƙ' => 'k',
        'ӏ' | 'ł' | 'ɫ' => 'l',
        'м' | 'μ' | 'ɱ' => 'm',
        'п' | 'ɲ' | 'ŋ' => 'n',
        'о' | 'ο' | 'σ' | 'ø' | 'ө' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'г' | 'ɾ' | 'ʀ' => 'r',
        'ѕ' | 'ʂ' => 's',
        'т' | 'τ' | 'ŧ' | 'ƭ' => 't',
        'υ' | 'ц' => 'u',
        'ν' | 'ѵ' => 'v',
        'ѡ' | 'ω' | 'ԝ' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' | 'ү' => 'y',
        'з' | 'ʒ' => '3',
        'ʐ' | 'ƶ' => 'z',
        _ => return None,
    })
}

/// The Arabic letter that one of Hebrew or Syriac is by descent and name: «כלב».
fn of_kin(c: char) -> Option<char> {
    const ARABIC: [char; 22] = [
        'ا', 'ب', 'ج', 'د', 'ه', 'و', 'ز', 'ح', 'ط', 'ي', 'ك', 'ل', 'م', 'ن', 'س', 'ع', 'ف', 'ص',
        'ق', 'ر', 'ش', 'ت',
    ];
    const HEBREW: &str = "אבגדהוזחטיכלמנסעפצקרשת";
    const SYRIAC: &str = "ܐܒܓܕܗܘܙܚܛܝܟܠܡܢܣܥܦܨܩܪܫܬ";
    let c = match c {
        'ך' => 'כ',
        'ם' => 'מ',
        'ן' => 'נ',
        'ף' => 'פ',
        'ץ' => 'צ',
        c => c,
    };
    let place = [HEBREW, SYRIAC]
        .iter()
        .find_map(|letters| letters.chars().position(|kin| kin == c));
    ARABIC.get(place?).copied()
}
