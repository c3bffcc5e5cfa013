//! Insults with other dots than theirs: «قجبة», «سرموطة», «مٮىوك». What is left of a
//! letter without its dots is its rasm.

use std::{collections::HashMap, ops::Range};

use arabic::disguise::Seen;

use super::list::WordList;

/// Letters from which a word is looked for by its rasm alone.
const LETTERS_MIN: usize = 4;

/// Forms by their rasm; with each, whether it says little but an insult.
#[derive(Clone, Debug, Default)]
pub(super) struct Shapes {
    by_rasm: HashMap<String, Vec<(String, bool)>>,
}

impl Shapes {
    /// Adds a form as it is compared.
    pub(super) fn add(&mut self, form: &str, is_sure: bool) {
        let letters = form.chars().count();
        if letters >= 3 && form.chars().all(|c| matches!(c, 'ا'..='ي')) {
            let forms = self.by_rasm.entry(rasm(form)).or_default();
            forms.push((form.to_owned(), is_sure));
        }
    }

    /// Whether `word` is one of the forms but for dots.
    fn has(&self, word: &str) -> bool {
        let forms = self.by_rasm.get(&rasm(word));
        forms.into_iter().flatten().any(|(form, _)| form != word)
    }

    /// Whether `word` is one of those that insult wherever they stand, but for the
    /// dots of one letter.
    fn has_nearly(&self, word: &str) -> bool {
        let forms = self.by_rasm.get(&rasm(word));
        forms.into_iter().flatten().any(|(form, is_sure)| {
            let others = form.chars().zip(word.chars()).filter(|(a, b)| a != b);
            *is_sure && others.count() == 1
        })
    }
}

/// `word` without dots.
fn rasm(word: &str) -> String {
    word.chars().map(shape).collect()
}

pub(super) const fn shape(letter: char) -> char {
    match letter {
        'ت' | 'ث' | 'ن' | 'ي' => 'ب',
        'ج' | 'خ' => 'ح',
        'ذ' => 'د',
        'ز' => 'ر',
        'ش' => 'س',
        'ض' => 'ص',
        'ظ' => 'ط',
        'غ' => 'ع',
        'ق' => 'ف',
        letter => letter,
    }
}

/// The bytes of such words in `seen`.
pub(super) fn held(seen: &Seen, list: &WordList) -> Vec<Range<usize>> {
    let mut held = Vec::new();
    for at in 0..seen.words() {
        let word = seen.word(at).unwrap_or_default();
        let is_met = if seen.is_odd(at) {
            bare(word).any(|bare| bare.chars().count() > 2 && list.shapes().has(bare))
        } else {
            let bare = ["ال", "يا", "هال"]
                .iter()
                .find_map(|before| word.strip_prefix(before));
            [Some(word), bare].into_iter().flatten().any(|bare| {
                bare.chars().count() >= LETTERS_MIN
                    && is_free(bare, list)
                    && list.shapes().has_nearly(bare)
            })
        };
        if is_met {
            held.extend(seen.bytes(at));
        }
    }
    held
}

/// `word` without what may stand before it and behind it.
fn bare(word: &str) -> impl Iterator<Item = &str> {
    const BEFORE: [&str; 8] = ["", "ال", "يا", "و", "هال", "وال", "ويا", "يال"];
    const BEHIND: [&str; 7] = ["", "ه", "ك", "كم", "ين", "ات", "هم"];
    BEFORE
        .into_iter()
        .filter_map(move |before| word.strip_prefix(before))
        .flat_map(|rest| {
            BEHIND
                .into_iter()
                .filter_map(|behind| rest.strip_suffix(behind))
        })
}

/// Whether it is no word that is known.
pub(super) fn is_free(word: &str, list: &WordList) -> bool {
    !WordList::without_clitics(word).any(|word| list.has_word(word))
        && !list.is_clean(word)
        && list.context(word).is_none()
        && !arabic::disguise::is_common(word)
        && !arabic::search::stem::is_known(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_no_part_of_a_rasm() {
        assert_eq!(rasm("قحبه"), rasm("فجبه"));
        assert_ne!(rasm("قحبه"), rasm("محبه"));
    }
}
