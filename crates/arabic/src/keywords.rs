//! A small signature of a text's rarer words, by which related articles are
//! found without an index.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use crate::fold::fold;

/// Words in a signature.
pub const WORDS: usize = 24;

/// Words that say nothing of the matter, folded.
const STOP_WORDS: [&str; 40] = [
    "في",
    "من",
    "الي",
    "علي",
    "عن",
    "ان",
    "التي",
    "الذي",
    "هذا",
    "هذه",
    "ذلك",
    "كان",
    "كانت",
    "قال",
    "قالت",
    "بعد",
    "قبل",
    "بين",
    "مع",
    "كل",
    "كما",
    "لكن",
    "حتي",
    "عند",
    "خلال",
    "حيث",
    "لم",
    "لن",
    "لا",
    "ما",
    "هو",
    "هي",
    "او",
    "ثم",
    "قد",
    "غير",
    "منذ",
    "حول",
    "وقال",
    "واضاف",
];

/// Hashes of the words that weigh most: often used here, and long. The hash is
/// FNV-1a with 32 bits, so that stored signatures stay valid.
pub fn signature(text: &str) -> Vec<u32> {
    let folded = fold(text);
    let mut weights: HashMap<&str, usize, BuildHasherDefault<Fnv>> = HashMap::default();
    for word in folded.split(|c| !in_word(c)) {
        let bare = ["وال", "بال", "ال", "لل"]
            .iter()
            .find_map(|prefix| word.strip_prefix(prefix))
            .unwrap_or(word);
        let letters = bare.chars().count();
        if letters >= 3 && !STOP_WORDS.contains(&word) {
            *weights.entry(bare).or_default() += letters.min(8);
        }
    }
    let mut ranked: Vec<_> = weights.into_iter().collect();
    ranked.sort_unstable_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
    ranked
        .into_iter()
        .take(WORDS)
        .map(|(word, _)| hash(word))
        .collect()
}

/// Whether a folded letter belongs to a word; most of them are told without
/// the tables of Unicode.
fn in_word(c: char) -> bool {
    matches!(c, 'ء'..='ي' | 'a'..='z' | '0'..='9') || (!c.is_ascii() && c.is_alphanumeric())
}

/// FNV-1a for the words of one text: short keys, and the worst that chosen
/// ones can do is one slow text.
#[derive(Default)]
struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

fn hash(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

#[cfg(test)]
mod tests {
    use super::signature;

    #[test]
    fn the_same_matter_shares_words() {
        let shared = |one: &str, other: &str| {
            let (one, other) = (signature(one), signature(other));
            one.iter().filter(|word| other.contains(word)).count()
        };
        let talks = "اجتمعت الوفود في أستانا لبحث مناطق خفض التوتر في إدلب";
        assert!(shared(talks, "أعلنت الوفود اتفاقاً على خفض التوتر في ادلب") >= 4);
        assert_eq!(shared(talks, "فاز الفريق في المباراة النهائية"), 0);
    }
}
