//! Words that somebody hides from a list of words, found where they stand.
//!
//! Readers see through much: «كلللب», «كـلـب», «كَلب», «ك.ل.ب», «ك ل ب», «ك*ب»,
//! «ڪلب», «7مار», «يابنالكلب», `k@lb`. So does this. A [`Lexicon`] holds the
//! forms that are looked for; [`Lexicon::find`] goes through a text as it is
//! [`Seen`] and tells which form stands where, in which [`Guise`], and with
//! which clitics. It looks for whole words: «كلبش» and «كلبنان» hold no «كلب».
//!
//! Letters are folded as [`crate::search::spelling`] folds them: hamzas and their
//! seats, ى and ي, ة and ه, marks, tatweel; besides, a letter several times in a
//! row is one, in the forms and in the text.

mod common;
mod glyphs;
mod latin;
mod looks;
mod sounds;
mod trail;
mod trie;
mod walk;

use std::ops::Range;

use trie::Trie;

pub use common::is_common;
pub use glyphs::Seen;
pub use trie::Endings;

/// How a form was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guise {
    /// As anybody writes it.
    Plain,
    /// With tatweel, marks or a lengthened letter, as people also write who hide
    /// nothing.
    Dressed,
    /// With signs or gaps between or in place of letters, with letters that only
    /// look like these: nobody writes so without a reason.
    Hidden,
}

/// A form that was met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Met {
    /// The number that [`Lexicon::add`] was given.
    pub id: u32,
    /// The bytes of the text it stands at, with its clitics.
    pub bytes: Range<usize>,
    /// The words of [`Seen`] it stands in.
    pub words: Range<usize>,
    /// How it was written.
    pub guise: Guise,
    /// The ending behind it, such as «كم»; empty where there is none.
    pub ending: &'static str,
    /// Whether it is addressed to somebody within the same word: «ياكلب».
    pub is_addressed: bool,
    /// Whether «ال» stands before it.
    pub is_definite: bool,
    /// Whether one of its letters is another one that sounds alike: «معرس».
    pub is_misspelt: bool,
}

/// Forms that are looked for.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    trie: Trie,
    latin: latin::Forms,
}

impl Lexicon {
    /// Adds a form, a word or a phrase, in Arabic letters or in Latin ones as
    /// chats write Arabic (`7mar`, `kos omak`). The endings of Latin forms are
    /// their own.
    pub fn add(&mut self, form: &str, id: u32, endings: Endings) {
        let seen = Seen::of(form);
        if form.chars().any(|c| c.is_ascii_alphabetic()) {
            self.latin.add(&seen, id, endings);
        } else {
            self.trie.add(&seen, id, endings);
        }
    }

    /// The forms met in `seen`, by their place; at most `limit`. One form at one
    /// place is met once.
    pub fn find(&self, seen: &Seen, limit: usize) -> Vec<Met> {
        let mut met = walk::find(&self.trie, seen, limit);
        self.latin.find(seen, limit, &mut met);
        met.sort_by(|a, b| {
            let place = |met: &Met| {
                (
                    met.id,
                    met.words.start,
                    usize::MAX - met.words.end,
                    met.bytes.start,
                )
            };
            place(a).cmp(&place(b)).then(a.guise.cmp(&b.guise))
        });
        // «ك ل ب» within «ا ل ك ل ب» is the same one.
        met.dedup_by(|a, b| a.id == b.id && a.words.end <= b.words.end);
        met.sort_by_key(|met| (met.bytes.start, met.bytes.end, met.id));
        met.truncate(limit);
        met
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon() -> Lexicon {
        let mut lexicon = Lexicon::default();
        for (id, (form, endings)) in [
            ("كلب", Endings::Noun),
            ("غبي", Endings::Adjective),
            ("ابن الكلب", Endings::Phrase),
            ("شرموطة", Endings::Adjective),
            ("زب", Endings::Short),
        ]
        .into_iter()
        .enumerate()
        {
            lexicon.add(form, u32::try_from(id).unwrap(), endings);
        }
        lexicon
    }

    fn found(text: &str) -> Vec<(u32, &str, Guise)> {
        let met = lexicon().find(&Seen::of(text), 20);
        met.into_iter()
            .map(|met| (met.id, &text[met.bytes], met.guise))
            .collect()
    }

    #[test]
    fn a_word_is_found_in_every_disguise() {
        use Guise::{Dressed, Hidden, Plain};
        for (text, word, guise) in [
            ("هذا كلب كبير", "كلب", Plain),
            ("والكلب", "والكلب", Plain),
            ("كلبكم", "كلبكم", Plain),
            ("كلللللب", "كلللللب", Dressed),
            ("كَلْبٌ", "كَلْبٌ", Dressed),
            ("كــلب", "كــلب", Dressed),
            ("ك.ل.ب!", "ك.ل.ب", Hidden),
            ("ا ل ك ل ب", "ا ل ك ل ب", Hidden),
            ("ك😂ل😂ب", "ك😂ل😂ب", Hidden),
            ("ك*ب", "ك*ب", Hidden),
            ("ڪلب", "ڪلب", Hidden),
            ("ﻛﻠﺐ", "ﻛﻠﺐ", Hidden),
            ("ك\u{200C}ل\u{200C}ب", "ك\u{200C}ل\u{200C}ب", Hidden),
            ("کلب", "کلب", Plain),
            ("kلb", "kلb", Hidden),
            ("كe.لب", "كe.لب", Hidden),
        ] {
            assert_eq!(found(text), [(0, word, guise)], "{text}");
        }
        assert_eq!(found("ياغبي")[0].0, 1);
        assert!(found("رجع يابنالكلب").iter().any(|(id, ..)| *id == 2));
        assert!(found("ا.ب.ن ا.ل.ك.ل.ب").iter().any(|(id, ..)| *id == 2));
        assert_eq!(found("شر موطة"), [(3, "شر موطة", Hidden)]);
        assert_eq!(found("شرموتة")[0].0, 3);
    }

    #[test]
    fn words_that_hold_it_are_not_it() {
        for text in [
            "كلبش",
            "كلبنان",
            "الكلباني",
            "كل ب 5",
            "ك.ل.ب.ش",
            "كل. باب",
            "زبون",
            "زبدة",
            "بزب",
            "حزب",
            "غبار",
            "أغبياء",
            "كل\nب",
            "kalb",
            "الـkالب",
            "",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn clitics_are_told() {
        let one = |text: &str| lexicon().find(&Seen::of(text), 20).remove(0);
        assert!(one("ياكلب").is_addressed && !one("كلب").is_addressed);
        assert!(one("بالكلب").is_definite && !one("بكلب").is_definite);
        assert_eq!(one("كلبهم").ending, "هم");
        assert!(one("شرموته").is_misspelt && !one("شرموطه").is_misspelt);
    }

    #[test]
    fn there_is_a_limit() {
        let text = "كلب ".repeat(500);
        assert_eq!(lexicon().find(&Seen::of(&text), 20).len(), 20);
    }
}
