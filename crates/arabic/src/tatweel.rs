//! Tatweel where no typesetting is: feed titles, search, sharing.

use crate::letters::{TATWEEL, is_arabic_letter, is_mark};

/// Drops tatweel between two letters of a word, keeps it after a final letter
/// where it shows the letter's joined form («بـ», «هـ»), and turns a
/// free-standing one into a dash.
///
/// «سوريــة» gives «سورية»; «1439 هـ» stays; «خبر ـ تحليل» gives «خبر – تحليل».
/// Before a digit it stays: «بـ200».
pub fn for_feeds(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        if chars[at] != TATWEEL {
            out.push(chars[at]);
            at += 1;
            continue;
        }
        let end = chars[at..]
            .iter()
            .position(|c| *c != TATWEEL)
            .map_or(chars.len(), |run| at + run);
        let before = chars[..at]
            .iter()
            .rev()
            .find(|c| !is_mark(**c))
            .copied()
            .filter(|c| is_arabic_letter(*c));
        let after = chars[end..]
            .iter()
            .find(|c| !is_mark(**c))
            .copied()
            .filter(|c| is_arabic_letter(*c));
        match (before, after) {
            (Some(_), None) => out.push(TATWEEL),
            (_, Some(_)) => {}
            (None, None) => out.push('–'),
        }
        at = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::for_feeds;

    #[test]
    fn examples() {
        for (given, expect) in [
            ("سوريــة", "سورية"),
            ("ســوريـا", "سوريا"),
            ("1439 هـ", "1439 هـ"),
            ("بـ200 دولار", "بـ200 دولار"),
            ("خبر ـ تحليل", "خبر – تحليل"),
            ("مُـحَمَّـد", "مُحَمَّد"),
            ("", ""),
        ] {
            assert_eq!(for_feeds(given), expect);
        }
    }
}
