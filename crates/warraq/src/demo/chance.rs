//! Chance that follows from a seed: the same seed, the same draws.

/// Numbers that look like chance (SplitMix64, by Steele, Lea and Flood).
#[derive(Clone, Copy, Debug)]
pub(super) struct Chance(u64);

impl Chance {
    /// The chance of one thing of many: no two numbers of one seed share
    /// their draws.
    pub(super) fn new(seed: u64, number: u64) -> Self {
        let mut own = Self(seed);
        let start = own.next();
        Self(start ^ number.wrapping_mul(0xD6E8_FEB8_6659_FD93))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to but without `end`; 0 where `end` is 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let wide = u128::from(self.next()) * end as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// A number from `first` to `last`, both possible.
    pub(super) fn between(&mut self, first: i64, last: i64) -> i64 {
        let choices = usize::try_from(last - first + 1).unwrap_or(1);
        first + self.below(choices) as i64
    }

    /// True so many times in a hundred.
    pub(super) fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }
}

#[cfg(test)]
mod tests {
    use super::Chance;

    #[test]
    fn draws_follow_from_seed_and_number() {
        let draw = |seed, number| {
            let mut chance = Chance::new(seed, number);
            [0; 8].map(|_| chance.below(1_000_000))
        };
        assert_eq!(draw(7, 3), draw(7, 3));
        assert_ne!(draw(7, 3), draw(7, 4));
        assert_ne!(draw(7, 3), draw(8, 3));
        let mut chance = Chance::new(1, 1);
        assert!((0..1_000).all(|_| (3..=10).contains(&chance.between(3, 10))));
        assert_eq!(chance.below(0), 0);
    }
}
