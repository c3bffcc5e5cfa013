//! Short words that everybody writes: two of them side by side are two words,
//! though together they may be spelled as a third («من أفق», «كل أب»).

use std::{collections::HashSet, sync::OnceLock};

/// The words, as [`super::Seen`] writes them.
const FILE: &str = include_str!("common.txt");

static WORDS: OnceLock<HashSet<&'static str>> = OnceLock::new();

/// Whether `word`, as [`super::Seen`] has it, is one of them, alone or behind «و», «ف», «ب», «ل» or «ال».
pub fn is_common(word: &str) -> bool {
    if word.len() > 10 {
        return false;
    }
    let words = WORDS.get_or_init(|| FILE.split_whitespace().collect());
    words.contains(word)
        || ["ال", "و", "ف", "ب", "ل"].iter().any(|clitic| {
            word.strip_prefix(clitic)
                .is_some_and(|rest| words.contains(rest))
        })
}
