//! The hamza that was left out: «الى» for «إلى», «الامم المتحدة».
//!
//! The list was written for this project from the vocabulary of news. A word
//! stands in it that is no other word without its hamza; «ان», «امام» and
//! «اعلام», which may be two words, do not.

use std::{collections::HashMap, sync::LazyLock};

const LIST: &str = include_str!("hamza.tsv");

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A particle, a verb or a phrase: و and ف stand before it.
    Plain,
    /// A noun: ال and the particles that join stand before it, too.
    Noun,
}

static WORDS: LazyLock<HashMap<&'static str, (Kind, &'static str)>> = LazyLock::new(|| {
    let lines = LIST.lines().filter(|line| !line.starts_with('#'));
    let word = |line: &'static str| {
        let (kind, rest) = line.split_once('\t')?;
        let (wrong, right) = rest.split_once('\t')?;
        let kind = if kind == "n" { Kind::Noun } else { Kind::Plain };
        Some((wrong, (kind, right)))
    };
    lines.filter_map(word).collect()
});

/// How a word, or two with one blank between them, is spelled with its hamza;
/// `None` where nothing is missing, or the list does not know.
///
/// «والاوروبية» gives «والأوروبية»; «للامارات» gives «للإمارات».
pub(super) fn with_hamza(word: &str) -> Option<String> {
    let (joined, rest) = match word.strip_prefix(['و', 'ف']) {
        // Words of the list begin with neither; «فاو» is no «ف» with «او».
        Some(rest) if rest.chars().count() > 2 => (word.len() - rest.len(), rest),
        _ => (0, word),
    };
    let before = &word[..joined];
    if let Some((_, right)) = WORDS.get(rest) {
        return Some(format!("{before}{right}"));
    }
    let noun = |rest: &str| match WORDS.get(rest) {
        Some((Kind::Noun, right)) => Some(*right),
        _ => None,
    };
    ["ال", "بال", "كال", "لل", "ب", "ك", "ل"]
        .into_iter()
        .find_map(|particle| {
            let right = noun(rest.strip_prefix(particle)?)?;
            Some(format!("{before}{particle}{right}"))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hamza_comes_back() {
        for (wrong, right) in [
            ("الى", "إلى"),
            ("والى", "وإلى"),
            ("الاوروبية", "الأوروبية"),
            ("والامريكي", "والأمريكي"),
            ("بالارهاب", "بالإرهاب"),
            ("للامارات", "للإمارات"),
            ("لاول", "لأول"),
            ("الامم المتحدة", "الأمم المتحدة"),
            ("والامم المتحدة", "والأمم المتحدة"),
            ("المانيا", "ألمانيا"),
            ("بالمانيا", "بألمانيا"),
        ] {
            assert_eq!(with_hamza(wrong).as_deref(), Some(right), "{wrong}");
        }
        for word in [
            "إلى",
            "الاجتماع",
            "ان",
            "امام",
            "اعلام",
            "وا",
            "و",
            "ل",
            "",
            "الاول بعد",
        ] {
            assert_eq!(with_hamza(word), None, "{word}");
        }
    }

    #[test]
    fn the_list_is_sound() {
        for line in LIST.lines().filter(|line| !line.starts_with('#')) {
            let parts: Vec<&str> = line.split('\t').collect();
            let [kind, wrong, right] = parts[..] else {
                panic!("{line}");
            };
            assert!(["p", "v", "n", "f"].contains(&kind), "{line}");
            assert_eq!(crate::fold::fold(wrong), crate::fold::fold(right), "{line}");
            assert_ne!(wrong, right);
            // What is right is not told as wrong.
            assert_eq!(with_hamza(right), None, "{line}");
        }
        let lines = LIST.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(WORDS.len(), lines, "no word stands twice");
    }
}
