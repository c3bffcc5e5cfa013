//! The lexicons, read once from the files under `lexicon/`.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
    sync::LazyLock,
};

use arabic::fold::fold;

use crate::{
    flags::Flags,
    forms::{Form, Tense, forms},
    statement::{Act, Stance},
};

/// A reporting verb.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the frames of a verb, independent of each other"
)]
pub(crate) struct Verb {
    /// The perfect, as written: «أعلن».
    pub(crate) lemma: &'static str,
    /// What is done by it.
    pub(crate) act: Act,
    /// The writer's stance.
    pub(crate) stance: Stance,
    /// A clause with أن, a colon or a quotation may follow.
    pub(crate) that: bool,
    /// A colon or a quotation may follow.
    pub(crate) colon: bool,
    /// A noun phrase may follow as object.
    pub(crate) object: Option<Nouns>,
    /// Prepositions that open the content.
    pub(crate) prepositions: Vec<(&'static str, Nouns)>,
    /// An addressee may stand before the preposition.
    pub(crate) addressee: bool,
    /// The form is a common word of another meaning, too.
    pub(crate) weak: bool,
}

/// Which noun phrases are content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nouns {
    /// A verbal noun: «أعلن مقتل …».
    Verbal,
    /// Any: «أدان الهجوم».
    Any,
}

/// A form of a verb in a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    /// Which verb.
    pub(crate) verb: &'static Verb,
    /// Which form.
    pub(crate) form: Form,
}

/// What is known of a word.
#[derive(Clone, Debug, Default)]
pub(crate) struct Word {
    /// Its classes.
    pub(crate) flags: Flags,
    /// The verbs of which it is a form.
    pub(crate) verbs: Vec<Known>,
    /// The number of a weekday, a month or a near day.
    pub(crate) number: i8,
}

/// Several words that are one entry.
#[derive(Debug)]
pub(crate) struct Phrase {
    /// The words after the first, folded.
    pub(crate) rest: Vec<String>,
    /// Its classes.
    pub(crate) flags: Flags,
    /// The number of a month.
    pub(crate) number: i8,
}

/// All that is known.
#[derive(Debug)]
pub(crate) struct Lexicon {
    words: HashMap<String, Word, BuildHasherDefault<Fnv>>,
    phrases: HashMap<String, Vec<Phrase>, BuildHasherDefault<Fnv>>,
    states: HashMap<String, &'static str>,
}

const VERBS: &str = include_str!("../lexicon/verbs.tsv");
const LISTS: [&str; 5] = [
    include_str!("../lexicon/offices.tsv"),
    include_str!("../lexicon/bodies.tsv"),
    include_str!("../lexicon/places.tsv"),
    include_str!("../lexicon/names.tsv"),
    include_str!("../lexicon/cues.tsv"),
];

const THAT: &[&str] = &[
    "أن",
    "أنه",
    "أنها",
    "أنهم",
    "أنهما",
    "أننا",
    "أنني",
    "أني",
    "بأن",
    "بأنه",
    "بأنها",
    "بأنهم",
    "بأننا",
    "بأنهما",
    "أنك",
    "أنكم",
    "بأنني",
];
const RELATIVE: &[&str] = &[
    "الذي",
    "التي",
    "الذين",
    "اللذين",
    "اللتين",
    "اللذان",
    "اللواتي",
];

static VERB_LIST: LazyLock<Vec<Verb>> =
    LazyLock::new(|| rows(VERBS).skip(1).filter_map(|row| verb(&row)).collect());

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::new);

/// The lexicons.
pub(crate) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

impl Lexicon {
    fn new() -> Self {
        let mut lexicon = Self {
            words: HashMap::default(),
            phrases: HashMap::default(),
            states: HashMap::new(),
        };
        for (verb, row) in VERB_LIST.iter().zip(rows(VERBS).skip(1)) {
            let object = verb.object.is_some() || verb.addressee;
            for (key, form) in forms(row[0], row[1], row[2], row[3], object) {
                // «أمرا» is a noun rather than two who ordered.
                let two = form.plural
                    && form.tense == Tense::Perfect
                    && key.ends_with('ا')
                    && !key.ends_with("وا");
                if verb.weak && two {
                    continue;
                }
                lexicon
                    .words
                    .entry(key)
                    .or_default()
                    .verbs
                    .push(Known { verb, form });
            }
        }
        for row in LISTS.iter().flat_map(|list| rows(list)) {
            lexicon.add(&row);
        }
        for word in THAT {
            lexicon.flag(&fold(word), Flags::THAT);
        }
        for word in RELATIVE {
            lexicon.flag(&fold(word), Flags::RELATIVE);
        }
        lexicon
    }

    fn add(&mut self, row: &[&'static str]) {
        let [name, class, rest @ ..] = row else {
            return;
        };
        let Some(flags) = Flags::named(class) else {
            return;
        };
        let third = rest.first().copied().unwrap_or("");
        let number = third.parse().unwrap_or(0);
        if flags.any(Flags::CAPITAL) {
            self.states.insert(fold(name), third);
        }
        let key = fold(name);
        let mut words = key.split(' ').map(str::to_owned);
        let Some(first) = words.next() else { return };
        let rest: Vec<String> = words.collect();
        if !rest.is_empty() {
            let phrases = self.phrases.entry(first).or_default();
            phrases.push(Phrase {
                rest,
                flags,
                number,
            });
            // The longest first.
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
            return;
        }
        if flags.any(Flags::OFFICE) && !name.ends_with('ة') {
            // «وزير»: «وزيرة»، «متحدثون».
            self.flag(&format!("{first}ه"), flags | Flags::WOMAN);
            self.flag(&format!("{first}ون"), Flags::MANY);
            self.flag(&format!("{first}ين"), Flags::MANY);
            // «ورئيسها التنفيذي»
            for pronoun in ["ها", "هم"] {
                self.flag(&format!("{first}{pronoun}"), flags);
            }
        }
        self.flag(&first, flags);
        if number != 0
            && let Some(word) = self.words.get_mut(&first)
        {
            word.number = number;
        }
    }

    fn flag(&mut self, key: &str, flags: Flags) {
        let word = self.words.entry(key.to_owned()).or_default();
        word.flags = word.flags | flags;
    }

    /// What is known of a folded word.
    pub(crate) fn word(&self, key: &str) -> Option<&Word> {
        self.words.get(key)
    }

    /// The entries of several words that begin with a folded word.
    pub(crate) fn phrases(&'static self, first: &str) -> &'static [Phrase] {
        self.phrases.get(first).map_or(&[], Vec::as_slice)
    }

    /// The state for which a capital stands: «موسكو» for روسيا.
    pub(crate) fn state_of(&self, capital: &str) -> Option<&'static str> {
        self.states
            .get(&fold(capital))
            .copied()
            .filter(|state| !state.is_empty())
    }
}

/// Fowler, Noll and Vo's hash (FNV-1a, 64 bits): quick for words, and the
/// lexicons are ours, so nobody can choose their words to collide.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// The rows of a list, without its head.
fn rows(list: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    list.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split('\t').collect())
}

fn verb(row: &[&'static str]) -> Option<Verb> {
    let [lemma, _, _, _, act, stance, frames] = *row else {
        return None;
    };
    let mut verb = Verb {
        lemma,
        act: match act {
            "deny" => Act::Deny,
            "call" => Act::Call,
            "express" => Act::Express,
            "commit" => Act::Commit,
            "ask" => Act::Ask,
            "warn" => Act::Warn,
            "threaten" => Act::Threaten,
            "concede" => Act::Concede,
            "condemn" => Act::Condemn,
            "predict" => Act::Predict,
            _ => Act::Assert,
        },
        stance: match stance {
            "distancing" => Stance::Distancing,
            "endorsing" => Stance::Endorsing,
            _ => Stance::Neutral,
        },
        that: false,
        colon: false,
        object: None,
        prepositions: Vec::new(),
        addressee: false,
        weak: false,
    };
    for frame in frames.split(' ') {
        match frame {
            "أن" => verb.that = true,
            ":" => verb.colon = true,
            "=" => verb.object = Some(Nouns::Verbal),
            "=*" => verb.object = Some(Nouns::Any),
            "@" => verb.addressee = true,
            "-" => verb.weak = true,
            _ => match frame.strip_suffix('*') {
                Some(preposition) => verb.prepositions.push((preposition, Nouns::Any)),
                None => verb.prepositions.push((frame, Nouns::Verbal)),
            },
        }
    }
    Some(verb)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row that a lexicon cannot be read by is found here, not by its silence.
    #[test]
    fn every_row_is_read() {
        for list in LISTS {
            assert!(list.starts_with("# "), "help: a list opens with what it is");
            for row in rows(list) {
                assert!(
                    row.len() >= 2 && Flags::named(row[1]).is_some(),
                    "help: {row:?}"
                );
            }
        }
        assert_eq!(VERB_LIST.len(), rows(VERBS).count() - 1);
        assert!(VERB_LIST.len() >= 150);
        assert_eq!(lexicon().state_of("موسكو"), Some("روسيا"));
    }
}
