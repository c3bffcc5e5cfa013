//! Frames: sentences by the sets that their words are of, in this order and with
//! few words between them: «نعرف … وين … بنتك».

use std::{collections::HashMap, ops::Range};

use arabic::disguise::Seen;

use super::list::WordList;

/// The kind of a row that is a frame.
pub(super) const FRAME: &str = "frame";
/// Words that may stand between two words of a frame.
const BETWEEN_MAX: usize = 3;
/// Sets that the words of one text may be of.
const SETS_MAX: usize = 256;

/// Whether a frame is abuse or advertising.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    Abuse,
    Trade,
}

/// The sets that a word is of.
#[derive(Clone, Copy, Debug, Default)]
struct Member([u128; SETS_MAX / 128]);

impl Member {
    const fn add(&mut self, set: usize) {
        self.0[set / 128] |= 1 << (set % 128);
    }

    const fn is_of(&self, set: usize) -> bool {
        self.0[set / 128] >> (set % 128) & 1 == 1
    }

    fn or(mut self, other: Self) -> Self {
        for (one, other) in self.0.iter_mut().zip(other.0) {
            *one |= other;
        }
        self
    }
}

/// The frames of a list.
#[derive(Clone, Debug, Default)]
pub(super) struct Frames {
    /// Each word, as it is compared, with the sets it is of.
    words: HashMap<String, Member>,
    names: Vec<String>,
    all: Vec<(Says, Vec<usize>)>,
}

impl Frames {
    /// Adds a frame of the sets `names`, which `forms` tells the words of. Whether
    /// it can be read.
    pub(super) fn add<'a>(
        &mut self,
        says: &str,
        names: &str,
        forms: impl Fn(&str) -> Option<&'a [String]>,
        key: impl Fn(&str) -> String,
    ) -> bool {
        let says = match says {
            "abuse" => Says::Abuse,
            "trade" => Says::Trade,
            _ => return false,
        };
        let mut frame = Vec::new();
        for name in names.split_whitespace() {
            let known = self.names.iter().position(|known| known == name);
            let set = known.unwrap_or(self.names.len());
            if known.is_none() {
                let Some(forms) = forms(name).filter(|_| set < SETS_MAX) else {
                    return false;
                };
                self.names.push(name.to_owned());
                for form in forms {
                    self.words.entry(key(form)).or_default().add(set);
                }
            }
            frame.push(set);
        }
        self.all.push((says, frame));
        true
    }

    /// The bytes of the words of `seen` that are a frame, and what each says.
    pub(super) fn held(&self, seen: &Seen) -> Vec<(Says, Range<usize>)> {
        let sets: Vec<Member> = (0..seen.words())
            .map(|at| {
                let word = seen.word(at).unwrap_or_default();
                WordList::without_clitics(word).fold(Member::default(), |sets, word| {
                    sets.or(self.words.get(word).copied().unwrap_or_default())
                })
            })
            .collect();
        let any = sets
            .iter()
            .fold(Member::default(), |any, sets| any.or(*sets));
        let mut held = Vec::new();
        for (says, frame) in &self.all {
            if !frame.iter().all(|set| any.is_of(*set)) {
                continue;
            }
            for first in 0..sets.len() {
                if sets[first].is_of(frame[0])
                    && let Some(last) = ends(&sets, first, &frame[1..])
                    && let (Some(from), Some(to)) = (seen.bytes(first), seen.bytes(last))
                {
                    held.push((*says, from.start..to.end));
                    break;
                }
            }
        }
        held
    }
}

/// Where the rest of a frame ends, the word before which is at `at`.
fn ends(sets: &[Member], at: usize, rest: &[usize]) -> Option<usize> {
    let Some((set, rest)) = rest.split_first() else {
        return Some(at);
    };
    (at + 1..sets.len().min(at + 2 + BETWEEN_MAX))
        .filter(|next| sets[*next].is_of(*set))
        .find_map(|next| ends(sets, next, rest))
}
