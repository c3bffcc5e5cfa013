//! Direction where there is no markup: plain text, titles, names.
//! Source: Unicode Standard Annex 9.

use crate::letters::is_control;

/// Direction of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Right to left.
    Rtl,
    /// Left to right.
    Ltr,
}

impl Direction {
    /// The value of `dir`.
    pub const fn attribute(self) -> &'static str {
        match self {
            Self::Rtl => "rtl",
            Self::Ltr => "ltr",
        }
    }
}

/// The direction of a text by most of its strong letters, right to left where
/// they are as many or there are none: «BBC: قال الوزير» stays right to left,
/// though its first strong letter is Latin.
pub fn direction(text: &str) -> Direction {
    let (mut right, mut left) = (0usize, 0usize);
    for c in text.chars() {
        match c {
            '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}'
                if c.is_alphabetic() =>
            {
                right += 1
            }
            _ if c.is_alphabetic() => left += 1,
            _ => {}
        }
    }
    if left > right {
        Direction::Ltr
    } else {
        Direction::Rtl
    }
}

/// The direction of a language by its BCP 47 tag: `ar`, `ckb`, `fa`, `ur`,
/// `he` and the like right to left; an explicit script decides (`ku-Arab`).
pub fn direction_of_language(tag: &str) -> Direction {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or("").to_ascii_lowercase();
    let script = parts
        .find(|part| part.len() == 4)
        .map(str::to_ascii_lowercase);
    let right = match script.as_deref() {
        Some("arab" | "hebr" | "syrc" | "thaa") => true,
        Some(_) => false,
        None => matches!(
            language.as_str(),
            "ar" | "arc" | "ckb" | "dv" | "fa" | "he" | "ps" | "sd" | "syr" | "ug" | "ur" | "yi"
        ),
    };
    if right {
        Direction::Rtl
    } else {
        Direction::Ltr
    }
}

/// The text in an isolate of its own direction (FSI … PDI), for places without
/// markup. Unbalanced isolates within are closed.
pub fn isolate(text: &str) -> String {
    let clean = strip_controls(text);
    format!("\u{2068}{clean}\u{2069}")
}

/// Without any control of direction or joining but the zero-width non-joiner,
/// which is part of Persian and Kurdish spelling: for names from strangers.
pub fn strip_controls(text: &str) -> String {
    text.chars()
        .filter(|c| (!is_control(*c) && !c.is_control()) || *c == '\u{200C}')
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_letters_decide() {
        for (text, expect) in [
            ("BBC: قال الوزير إن المحادثات بدأت", Direction::Rtl),
            ("@name شكرا جزيلا لكم", Direction::Rtl),
            ("3-1", Direction::Rtl),
            ("The talks began in أستانا", Direction::Ltr),
            ("", Direction::Rtl),
        ] {
            assert_eq!(direction(text), expect, "{text}");
        }
        assert_eq!(direction_of_language("ckb"), Direction::Rtl);
        assert_eq!(direction_of_language("ku"), Direction::Ltr);
        assert_eq!(direction_of_language("ku-Arab"), Direction::Rtl);
        assert_eq!(direction_of_language("en-GB"), Direction::Ltr);
    }

    #[test]
    fn overrides_are_stripped() {
        assert_eq!(isolate("a\u{202E}b"), "\u{2068}ab\u{2069}");
    }
}
