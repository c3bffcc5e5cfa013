//! A number by which texts are compared.

use arabic::disguise::Seen;

/// Words a text must have to be compared: greetings and prayers are alike.
const WORDS_MIN: usize = 8;

/// A number by which texts are compared: those of texts that are nearly the same
/// differ in few of their 64 bits (M. Charikar, Similarity Estimation Techniques
/// from Rounding Algorithms, 2002, over the folded words).
/// 0 for a text of fewer than eight words.
pub fn likeness(text: &str) -> i64 {
    let seen = Seen::of(text);
    let words: Vec<&str> = (0..seen.words())
        .filter_map(|at| seen.word(at))
        .filter(|word| !word.chars().all(char::is_numeric))
        .collect();
    if words.len() < WORDS_MIN {
        return 0;
    }
    let mut sums = [0_i32; 64];
    let mut add = |hash: u64| {
        for (bit, sum) in sums.iter_mut().enumerate() {
            *sum += if hash >> bit & 1 == 1 { 1 } else { -1 };
        }
    };
    for word in &words {
        // Long words say more of what a text is about.
        for _ in 0..word.chars().count().clamp(2, 4) {
            add(hash(word.chars()));
        }
    }
    let bits = sums
        .iter()
        .enumerate()
        .fold(0_u64, |bits, (bit, sum)| bits | u64::from(*sum > 0) << bit);
    // 0 says that there is nothing to compare.
    bits.max(1).cast_signed()
}

/// FNV-1a (Fowler, Noll, Vo), with its bits mixed once more, as `SplitMix64` does.
fn hash(letters: impl Iterator<Item = char>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for c in letters {
        hash = (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3);
    }
    hash = (hash ^ hash >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ hash >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ hash >> 31
}
