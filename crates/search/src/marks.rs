//! What a query found, so that it can be marked in texts.

use std::collections::HashSet;

use arabic::search::Word;

use crate::matching::{Groups, Way};

/// Words and phrases to mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    pub(crate) stems: HashSet<String>,
    pub(crate) forms: HashSet<String>,
    pub(crate) phrases: Vec<Vec<String>>,
}

impl Marks {
    pub(crate) fn of(groups: &Groups) -> Self {
        let mut out = Self::default();
        for (way, _) in groups.wanted.iter().flat_map(|group| &group.ways) {
            match way {
                Way::Stem(stem) => {
                    out.stems.insert(stem.clone());
                }
                Way::Form(form) => {
                    out.forms.insert(form.clone());
                }
                Way::Phrase(forms) => out.phrases.push(forms.clone()),
            }
        }
        out
    }

    /// Whether there is nothing to mark.
    pub fn is_empty(&self) -> bool {
        self.stems.is_empty() && self.forms.is_empty() && self.phrases.is_empty()
    }
}

impl Marks {
    /// For each word of a text: which of the things sought it is, or none.
    /// `is_apart` says whether something stands between a word and the next that
    /// no phrase goes across.
    pub(crate) fn of_words(
        &self,
        words: &[Word],
        is_apart: impl Fn(&Word, &Word) -> bool,
    ) -> Vec<Option<Sought>> {
        let mut out: Vec<_> = words
            .iter()
            .map(|word| {
                let is_sought = self.stems.contains(&word.stem) || self.forms.contains(&word.form);
                is_sought.then(|| Sought::Word(word.stem.clone()))
            })
            .collect();
        for (number, phrase) in self.phrases.iter().enumerate() {
            for (at, beginning) in words.windows(phrase.len().max(1)).enumerate() {
                let is_it = beginning
                    .iter()
                    .zip(phrase)
                    .all(|(word, form)| word.form == *form)
                    && beginning.windows(2).all(|two| !is_apart(&two[0], &two[1]));
                if is_it {
                    out[at..at + phrase.len()].fill(Some(Sought::Phrase(number)));
                }
            }
        }
        out
    }
}

/// What a word of a text is of what was sought.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Sought {
    /// The word with this stem.
    Word(String),
    /// A part of this phrase.
    Phrase(usize),
}
