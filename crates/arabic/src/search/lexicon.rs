//! Words whose forms no rule can find, or that a rule would break: broken
//! plurals (وزير and وزراء), words that begin like a clitic (the و of وقود),
//! verbs whose present hides their past (قال and يقول).
//!
//! The lists in `lexicon/` were written for this project, from the patterns of
//! the broken plural as grammars teach them and from the vocabulary of news.

use std::{collections::HashMap, sync::LazyLock};

use super::spelling::spelling;

/// What is known of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The stem of all forms of its word.
    pub stem: &'static str,
    /// Whether it is a verb: nouns take ال, verbs take س and other endings.
    pub is_verb: bool,
}

const FILES: [&str; 4] = [
    include_str!("lexicon/nouns.tsv"),
    include_str!("lexicon/words.txt"),
    include_str!("lexicon/verbs.tsv"),
    // Names in it are words that nothing is taken off.
    include_str!("variants.tsv"),
];

/// A number that changes with the lists, so that an index can tell with which it
/// was made (FNV-1a, 64 bits).
pub fn fingerprint() -> u64 {
    FILES
        .iter()
        .flat_map(|file| file.bytes())
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
}

static LEXICON: LazyLock<HashMap<String, Entry>> = LazyLock::new(read);

/// What is known of `form`, which is in the one spelling of
/// [`super::spelling`]: «وزرا» and «وزراء» are of «وزير».
pub fn find(form: &str) -> Option<Entry> {
    LEXICON.get(form).copied()
}

/// Reads the lists. Who claims a form first has it: nouns, their other forms,
/// words that stand alone and names, verbs, and last the spellings that follow
/// from others.
fn read() -> HashMap<String, Entry> {
    let [nouns, words, verbs, names] = FILES;
    let words = lines(words).flat_map(str::split_whitespace);
    let nouns = || lines(nouns);
    let verbs = || lines(verbs);
    let names = lines(names)
        .flat_map(|line| line.split(['\t', ' ']))
        // The article before a name is not its own: العراق; that of ألمانيا is.
        .map(|name| name.strip_prefix("ال").unwrap_or(name))
        .filter(|name| name.chars().count() >= 3);
    let mut out = Lexicon::default();
    let mut persons = Vec::new();
    for word in nouns().filter_map(|line| line.split('\t').next()) {
        out.claim(word, word, false);
    }
    for line in nouns() {
        let mut forms = line.split('\t');
        let first = forms.next().unwrap_or_default();
        for form in forms {
            out.claim(form, first, false);
        }
    }
    for word in words.chain(names) {
        out.claim(word, word, false);
    }
    for (past, present) in verbs().filter_map(|line| line.split_once('\t')) {
        // «كتب» is the plural of «كتاب» too, and «طالب» a student: then the present
        // stands for the verb.
        let stem = if out.is_free(past) { past } else { present };
        out.claim(past, stem, true);
        out.claim(present, stem, true);
        for person in ["ت", "ن"] {
            persons.push((present.replacen('ي', person, 1), stem));
        }
    }
    for (form, stem) in persons {
        out.claim(&form, stem, true);
    }
    out.claim_without_last_hamza();
    out.forms
}

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[derive(Default)]
struct Lexicon {
    forms: HashMap<String, Entry>,
    stems: HashMap<String, &'static str>,
}

impl Lexicon {
    fn claim(&mut self, form: &str, stem: &str, is_verb: bool) {
        // The list is read once and lives as long as the program.
        let stem = *self
            .stems
            .entry(spelling(stem))
            .or_insert_with_key(|stem| Box::leak(stem.clone().into_boxed_str()));
        self.forms
            .entry(spelling(form))
            .or_insert(Entry { stem, is_verb });
    }

    /// Whether `form` may be a verb's stem: no noun has it.
    fn is_free(&self, form: &str) -> bool {
        self.forms
            .get(&spelling(form))
            .is_none_or(|entry| entry.is_verb)
    }

    /// «وزرا» for «وزراء», as those write who leave hamzas out.
    fn claim_without_last_hamza(&mut self) {
        let short: Vec<_> = self
            .forms
            .iter()
            .filter_map(|(form, entry)| Some((form.strip_suffix('ء')?.to_owned(), *entry)))
            .filter(|(form, _)| form.ends_with('ا') && form.chars().count() > 2)
            .collect();
        for (form, entry) in short {
            self.forms.entry(form).or_insert(entry);
        }
    }
}
