//! Other spellings of names, countries and months: data, not code, and
//! looked up when a query is read, so that a new line needs no new index.
//!
//! A line holds the spellings of one thing, by tabs: «سوريا», «سورية», "Syria".
//! A spelling is one to [`WORDS_MAX`] words. Lines that start with # say nothing.

use std::{collections::HashMap, sync::LazyLock};

use super::{Word, words};

/// Words a spelling may have.
pub const WORDS_MAX: usize = 4;
/// Spellings one thing may have.
pub const SPELLINGS_MAX: usize = 24;
/// Things one file may hold.
pub const LINES_MAX: usize = 20_000;

/// Why a file of spellings is not taken.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum VariantsError {
    /// A line with a single spelling.
    #[error("line {0} has one spelling only: write two or more, with a tab between them")]
    Alone(usize),
    /// A spelling without a letter or with too many words.
    #[error("line {0}: a spelling has one to {WORDS_MAX} words: shorten «{1}»")]
    Words(usize, String),
    /// Too many spellings.
    #[error("line {0} has more than {SPELLINGS_MAX} spellings: remove some")]
    TooMany(usize),
    /// Too many lines.
    #[error("the file has more than {LINES_MAX} lines: remove some")]
    TooLong,
}

/// What is known of other spellings.
#[derive(Clone, Debug, Default)]
pub struct Variants {
    things: Vec<Vec<Vec<Word>>>,
    /// From the joined stems of a spelling to the things it may be.
    by_stems: HashMap<String, Vec<u32>>,
}

/// Words of a query for which there are other spellings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// How many words of the query are meant, from the first on.
    pub words: usize,
    /// All spellings, the query's own among them.
    pub spellings: Vec<Vec<Word>>,
}

static BUILT_IN: LazyLock<Variants> =
    LazyLock::new(|| Variants::parse(include_str!("variants.tsv")).unwrap_or_default());

impl Variants {
    /// What every paper starts with.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// What the lines of `file` say.
    ///
    /// # Errors
    /// [`VariantsError`] naming the line.
    pub fn parse(file: &str) -> Result<Self, VariantsError> {
        let mut out = Self::default();
        out.extend(file)?;
        Ok(out)
    }

    /// These and what a paper's own `file` says; its lines come beside ours.
    ///
    /// # Errors
    /// [`VariantsError`] naming the line.
    pub fn with(&self, file: &str) -> Result<Self, VariantsError> {
        let mut out = self.clone();
        out.extend(file)?;
        Ok(out)
    }

    fn extend(&mut self, file: &str) -> Result<(), VariantsError> {
        // What was known before this file: its lines say more of the same things.
        let known = self.things.len();
        for (at, line) in file.lines().enumerate() {
            let line_number = at + 1;
            if line_number > LINES_MAX {
                return Err(VariantsError::TooLong);
            }
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let mut thing = Vec::new();
            for spelling in line.split('\t').map(str::trim).filter(|s| !s.is_empty()) {
                let read = words(spelling);
                if !(1..=WORDS_MAX).contains(&read.len()) {
                    return Err(VariantsError::Words(line_number, spelling.to_owned()));
                }
                thing.push(read);
            }
            match thing.len() {
                0 | 1 => return Err(VariantsError::Alone(line_number)),
                2..=SPELLINGS_MAX => {}
                _ => return Err(VariantsError::TooMany(line_number)),
            }
            let same: Vec<u32> = thing
                .iter()
                .filter_map(|spelling| self.by_stems.get(&key(spelling)))
                .flatten()
                .copied()
                .filter(|id| (*id as usize) < known)
                .collect();
            for other in same.iter().flat_map(|id| &self.things[*id as usize]) {
                if thing.len() < SPELLINGS_MAX && thing.iter().all(|s| key(s) != key(other)) {
                    thing.push(other.clone());
                }
            }
            let id = u32::try_from(self.things.len()).unwrap_or(u32::MAX);
            for spelling in &thing {
                let ids = self.by_stems.entry(key(spelling)).or_default();
                if ids.last() != Some(&id) {
                    ids.push(id);
                }
            }
            self.things.push(thing);
        }
        Ok(())
    }

    /// The longest beginning of `query` for which other spellings are known.
    pub fn at(&self, query: &[Word]) -> Option<Found> {
        (1..=query.len().min(WORDS_MAX)).rev().find_map(|count| {
            let ids = self.by_stems.get(&key(&query[..count]))?;
            let mut spellings = vec![query[..count].to_vec()];
            for spelling in ids.iter().flat_map(|id| &self.things[*id as usize]) {
                if spellings.iter().all(|known| key(known) != key(spelling)) {
                    spellings.push(spelling.clone());
                }
            }
            Some(Found {
                words: count,
                spellings,
            })
        })
    }
}

/// A spelling's words as a key: their stems, with spaces.
fn key(words: &[Word]) -> String {
    let stems: Vec<_> = words.iter().map(|word| word.stem.as_str()).collect();
    stems.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spellings(variants: &Variants, query: &str) -> Vec<String> {
        let found = variants.at(&words(query));
        found.map_or_else(Vec::new, |found| {
            (found.spellings.iter())
                .map(|words| {
                    let forms: Vec<_> = words.iter().map(|word| word.form.as_str()).collect();
                    forms.join(" ")
                })
                .collect()
        })
    }

    #[test]
    fn every_line_of_ours_is_taken() {
        let ours = Variants::parse(include_str!("variants.tsv"));
        assert!(ours.is_ok_and(|ours| ours.things.len() > 250));
    }

    #[test]
    fn a_spelling_finds_the_others_of_its_thing() {
        let ours = Variants::built_in();
        for query in ["سوريا", "لسورية", "Syria"] {
            assert!(
                spellings(ours, query).contains(&"سوريا".to_owned()),
                "{query}"
            );
        }
        assert!(spellings(ours, "كانون الثاني").contains(&"يناير".to_owned()));
        assert!(spellings(ours, "لودريان").contains(&"لو دريان".to_owned()));
        assert!(spellings(ours, "قهوة").is_empty());
    }

    #[test]
    fn a_line_of_the_paper_joins_what_is_known() {
        let own = Variants::built_in()
            .with("# ours\nسوريا\tبلدكوكو")
            .unwrap_or_default();
        assert!(spellings(&own, "بلدكوكو").contains(&"syria".to_owned()));
        assert!(spellings(&own, "سورية").contains(&"سوريا".to_owned()));
        assert!(spellings(&own, "سوريا").contains(&"بلدكوكو".to_owned()));
    }

    #[test]
    fn a_bad_line_is_named() {
        for (file, expected) in [
            ("سوريا", VariantsError::Alone(1)),
            ("# x\n\nسوريا\t", VariantsError::Alone(3)),
            ("سوريا\t…", VariantsError::Words(1, "…".to_owned())),
            (
                "سوريا\tا ب ج د ه",
                VariantsError::Words(1, "ا ب ج د ه".to_owned()),
            ),
        ] {
            assert_eq!(Variants::parse(file).err(), Some(expected), "{file}");
        }
        let many = "حلب\tHalab\n".repeat(LINES_MAX + 1);
        assert_eq!(Variants::parse(&many).err(), Some(VariantsError::TooLong));
    }
}
