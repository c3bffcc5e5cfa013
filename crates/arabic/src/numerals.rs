//! Which digits a site writes. Digits within a text are never converted.

/// The digits of a site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Digits {
    /// 0 to 9.
    #[default]
    Latin,
    /// ٠ to ٩.
    ArabicIndic,
}

/// `number` in the site's digits: 2017 or ٢٠١٧.
pub fn write(number: impl std::fmt::Display, digits: Digits) -> String {
    let text = number.to_string();
    match digits {
        Digits::Latin => text,
        Digits::ArabicIndic => text
            .chars()
            .map(|c| {
                c.to_digit(10)
                    .and_then(|d| char::from_u32(0x0660 + d))
                    .unwrap_or(c)
            })
            .collect(),
    }
}

/// The digit of 0 to 9 that an Arabic-Indic (٤) or Persian (۴) one is; every
/// other character as it is. For numbers that people type.
pub const fn latin(letter: char) -> char {
    let zero = match letter {
        '\u{0660}'..='\u{0669}' => 0x0660,
        '\u{06F0}'..='\u{06F9}' => 0x06F0,
        _ => return letter,
    };
    match char::from_digit(letter as u32 - zero, 10) {
        Some(digit) => digit,
        None => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sets() {
        assert_eq!(write(2017, Digits::Latin), "2017");
        assert_eq!(write(2017, Digits::ArabicIndic), "٢٠١٧");
    }

    #[test]
    fn typed_digits_are_one_set() {
        let typed: String = "٤٨١ ۲۲۰ 35ص".chars().map(latin).collect();
        assert_eq!(typed, "481 220 35ص");
    }
}
