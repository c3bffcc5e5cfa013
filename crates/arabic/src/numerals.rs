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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sets() {
        assert_eq!(write(2017, Digits::Latin), "2017");
        assert_eq!(write(2017, Digits::ArabicIndic), "٢٠١٧");
    }
}
