//! Single letters: escapes, digits, languages and addresses.

use super::ADDRESS_LETTERS_MAX;
use crate::urls::is_path;

/// A letter of the text and whether a `\` took its meaning.
#[derive(Clone, Copy)]
pub(super) struct Letter {
    pub(super) sign: char,
    pub(super) escaped: bool,
}

impl Letter {
    /// Whether it is this sign and means something.
    pub(super) fn is(self, sign: char) -> bool {
        self.sign == sign && !self.escaped
    }
}

/// What may stand behind a `\`; before anything else a `\` is a letter.
fn is_escapable(sign: char) -> bool {
    sign.is_ascii_punctuation() || matches!(sign, '—' | '“' | '”' | '\n')
}

/// The letters of a text, escapes resolved.
pub(super) fn letters(text: &str) -> Vec<Letter> {
    let mut out = Vec::with_capacity(text.len() / 2);
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let next = signs.peek().copied().filter(|_| sign == '\\');
        let letter = match next.filter(|next| is_escapable(*next)) {
            Some(sign) => {
                signs.next();
                Letter {
                    sign,
                    escaped: true,
                }
            }
            None => Letter {
                sign,
                escaped: false,
            },
        };
        out.push(letter);
    }
    out
}

/// The words of letters.
pub(super) fn words(letters: &[Letter]) -> String {
    letters.iter().map(|letter| letter.sign).collect()
}

/// A text without marks, as it is meant.
pub(super) fn plain(text: &str) -> String {
    words(&letters(text))
}

/// A text without marks, written so that none of `signs` means anything.
pub(super) fn escaped(text: &str, signs: &[char]) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        if matches!(sign, '\\' | '\n') || signs.contains(&sign) {
            out.push('\\');
        }
        out.push(sign);
    }
    out
}

/// Words as they stand in the brackets of a picture or an embed, which end at
/// the first `](`.
pub(super) fn escaped_name(words: &str) -> String {
    escaped(words, &[]).replace("](", "\\](")
}

/// An address as it stands between parentheses, in a cell too.
pub(super) fn escaped_address(address: &str) -> String {
    let mut depth = 0_i64;
    let mut balanced = true;
    for sign in address.chars() {
        depth += i64::from(sign == '(') - i64::from(sign == ')');
        balanced &= depth >= 0;
    }
    if balanced && depth == 0 {
        escaped(address, &['|'])
    } else {
        escaped(address, &['|', '(', ')'])
    }
}

/// The number that a digit of ours, of the Arab east or of Persian stands for.
///
/// `١`, `۱` and `1` are 1.
pub(super) fn digit(sign: char) -> Option<u32> {
    match sign {
        '0'..='9' => Some(u32::from(sign) - u32::from('0')),
        '٠'..='٩' => Some(u32::from(sign) - u32::from('٠')),
        '۰'..='۹' => Some(u32::from(sign) - u32::from('۰')),
        _ => None,
    }
}

/// Whether it has the form of a language: `en`, `zh-Hant`.
pub(super) fn is_language(text: &str) -> bool {
    (2..=35).contains(&text.len())
        && text.starts_with(|sign: char| sign.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn is_one_word(address: &str) -> bool {
    !address.is_empty()
        && address.chars().take(ADDRESS_LETTERS_MAX + 1).count() <= ADDRESS_LETTERS_MAX
        && !address.contains(|sign: char| sign.is_whitespace() || sign.is_control())
}

fn has_scheme(address: &str, schemes: &[&str]) -> bool {
    schemes.iter().any(|scheme| {
        address.len() > scheme.len()
            && address
                .get(..scheme.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}

/// An address on the web.
pub fn is_web_address(address: &str) -> bool {
    is_one_word(address) && has_scheme(address, &["http://", "https://"])
}

/// An address that a link may lead to: http, https, mailto, tel, a path of
/// this site, or a place on the page, as imported texts have them.
pub fn is_link(address: &str) -> bool {
    let path = is_path(address);
    let place = address.starts_with('#') && address.len() > 1;
    let elsewhere = has_scheme(address, &["http://", "https://", "mailto:", "tel:"]);
    is_one_word(address) && (path || place || elsewhere)
}

/// An address that a picture once had: an imported one may have no site, and
/// is told but never fetched.
pub fn is_picture_address(address: &str) -> bool {
    let first = address.split('/').next().unwrap_or_default();
    is_web_address(address) || (is_one_word(address) && !first.contains(':'))
}
