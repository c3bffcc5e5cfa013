//! The list of words: one file that comes with the program, and what a newsroom
//! adds to it and takes out of it.

use std::{
    collections::{HashMap, HashSet},
    sync::OnceLock,
};

use super::{
    frames::{FRAME, Frames},
    pattern::{FORMS_MAX, SET, Sets},
    rasm::Shapes,
    slips::Slips,
};
use arabic::disguise::{Endings, Lexicon, Seen};

/// The list that comes with the program.
const BUILT_IN: &str = include_str!("../words.tsv");
/// Forms of one list.
const ROWS_MAX: usize = 100_000;
/// Code points of one form.
const FORM_LETTERS_MAX: usize = 80;
/// The kind of a row that takes a form out.
const TAKES_OUT: &str = "-";

/// What a row of the list says of its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    /// Held wherever it stands.
    Insult,
    Obscene,
    Hate,
    Threat,
    Phrase,
    /// Held where somebody is meant.
    Animal,
    Doubtful,
    /// Held beside whom it is wished to.
    Harm,
    /// Held beside a group of people of whom it is said.
    Scorn,
    /// Held right behind a group of people.
    Taint,
    /// A threat where several meet.
    Menace,
    Hint,
    /// Advertising.
    Spam,
    /// Advertising where several meet.
    Trade,
    Market,
    /// Advertising where a link stands, too.
    Lure,
    /// Words beside which somebody is meant.
    You,
    Child,
    Person,
    They,
    Folk,
    Deed,
    Like,
    /// That it shall be, and to whom.
    Must,
    Group,
    /// Parts of somebody's body, with whose they are.
    Body,
    /// Words of those who tell what somebody else said.
    Report,
    /// Words of those who speak of advertising, and of crimes.
    Warning,
    /// Words beside which the animal or the thing is meant.
    Spare,
    /// Things, of which somebody may say what of a person is an insult.
    Thing,
    /// Words of a match, in which nobody is killed.
    Game,
    /// Words of who wishes well, prays or advises.
    Care,
    /// Words of who speaks up for others.
    Fair,
    /// Stems of violence, and that it is wished.
    Violence,
    Wish,
    /// Never held.
    Clean,
}

impl Kind {
    const ALL: [(&'static str, Self); 36] = [
        ("insult", Self::Insult),
        ("obscene", Self::Obscene),
        ("hate", Self::Hate),
        ("threat", Self::Threat),
        ("phrase", Self::Phrase),
        ("animal", Self::Animal),
        ("doubtful", Self::Doubtful),
        ("harm", Self::Harm),
        ("scorn", Self::Scorn),
        ("taint", Self::Taint),
        ("menace", Self::Menace),
        ("hint", Self::Hint),
        ("must", Self::Must),
        ("group", Self::Group),
        ("spam", Self::Spam),
        ("trade", Self::Trade),
        ("market", Self::Market),
        ("lure", Self::Lure),
        ("you", Self::You),
        ("child", Self::Child),
        ("person", Self::Person),
        ("they", Self::They),
        ("folk", Self::Folk),
        ("deed", Self::Deed),
        ("like", Self::Like),
        ("body", Self::Body),
        ("report", Self::Report),
        ("warning", Self::Warning),
        ("spare", Self::Spare),
        ("thing", Self::Thing),
        ("game", Self::Game),
        ("care", Self::Care),
        ("fair", Self::Fair),
        ("violence", Self::Violence),
        ("wish", Self::Wish),
        ("clean", Self::Clean),
    ];

    fn parse(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|(known, _)| *known == name).map(|(_, kind)| kind)
    }

    /// Whether its forms are context, and not looked for.
    const fn is_context(self) -> bool {
        matches!(
            self,
            Self::You
                | Self::Child
                | Self::Person
                | Self::They
                | Self::Folk
                | Self::Deed
                | Self::Like
                | Self::Must
                | Self::Group
                | Self::Body
                | Self::Report
                | Self::Warning
                | Self::Spare
                | Self::Thing
                | Self::Game
                | Self::Care
                | Self::Fair
                | Self::Violence
                | Self::Wish
                | Self::Clean
        )
    }

    /// Whether its words say something of the whole text, and not of those beside them.
    const fn is_of_a_text(self) -> bool {
        matches!(
            self,
            Self::Report
                | Self::Warning
                | Self::Game
                | Self::Care
                | Self::Fair
                | Self::Violence
                | Self::Wish
        )
    }

    /// What may follow a form of `words` words and `letters` letters.
    const fn endings(self, words: usize, letters: usize) -> Endings {
        match self {
            Self::Obscene if words == 1 && letters <= 3 => Endings::Short,
            _ if words > 1 => Endings::Phrase,
            Self::Insult | Self::Doubtful | Self::Hate | Self::Taint => Endings::Adjective,
            Self::Threat | Self::Phrase | Self::Scorn | Self::Menace | Self::Hint => {
                Endings::Phrase
            }
            _ => Endings::Noun,
        }
    }
}

/// What is wrong with a file of words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WordListError {
    /// A line has no tab, or nothing behind it.
    #[error("line {0} of the words has no form: write the kind, a tab, and the word or phrase")]
    NoForm(usize),
    /// A line opens with a word that is no kind.
    #[error(
        "line {line} of the words begins with «{kind}», which is no kind: begin it with insult, animal, doubtful, obscene, hate, threat, phrase, spam, trade, lure or clean, or with - to take a form out"
    )]
    NoKind {
        /// The line, from 1.
        line: usize,
        /// What stands there, shortened.
        kind: String,
    },
    /// A form has no letter, or too many.
    #[error(
        "the form on line {0} of the words has no letter or more than {FORM_LETTERS_MAX}: write a word or a short phrase"
    )]
    Unfit(usize),
    /// A pattern cannot be read.
    #[error(
        "the pattern on line {0} of the words cannot be read: close each brace, name a set above the line that uses it, and make at most {FORMS_MAX} forms of one pattern"
    )]
    NoPattern(usize),
    /// There are too many.
    #[error("the words have more than {ROWS_MAX} forms: take some out")]
    TooMany,
}

/// The words that hold a comment.
///
/// A file has a row on each line: kind, form, note, with tabs between them.
/// Lines that are empty or begin with `#` are passed over; a row of the kind `-`
/// takes the form out. A form may be a pattern: `{ا|ن}قتلك` is «اقتلك» and «نقتلك»,
/// and `{NAME}` each part of the set that a row of the kind `set` names.
#[derive(Clone, Debug, Default)]
pub struct WordList {
    rows: Vec<(Kind, String)>,
    lexicon: Lexicon,
    /// Letters of each row's form.
    letters: Vec<usize>,
    context: HashMap<String, Kind>,
    /// The words of each kind beside which others are judged.
    named: HashMap<Kind, HashSet<String>>,
    /// The single words of all forms and contexts.
    words: HashSet<String>,
    slips: Slips,
    shapes: Shapes,
    frames: Frames,
    clean: HashSet<String>,
}

impl WordList {
    /// The list that comes with the program.
    pub fn built_in() -> &'static Self {
        static LIST: OnceLock<WordList> = OnceLock::new();
        LIST.get_or_init(|| WordList::parse(BUILT_IN).expect("a test reads the built-in list"))
    }

    /// Reads a list that stands for itself.
    ///
    /// # Errors
    /// A [`WordListError`] for the first line that cannot be read.
    pub fn parse(file: &str) -> Result<Self, WordListError> {
        Self::default().with(file)
    }

    /// This list with what `file` adds and without what it takes out.
    ///
    /// # Errors
    /// A [`WordListError`] for the first line that cannot be read.
    pub fn with(&self, file: &str) -> Result<Self, WordListError> {
        let mut rows = self.rows.clone();
        let mut out = HashSet::new();
        let mut sets = Sets::default();
        let mut frames = self.frames.clone();
        for (number, line) in file.lines().enumerate() {
            let number = number + 1;
            let line = line.trim_matches(['\u{FEFF}', '\r', ' ']);
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (kind, rest) = line.split_once('\t').ok_or(WordListError::NoForm(number))?;
            let form = rest.split('\t').next().unwrap_or_default().trim();
            if form.is_empty() {
                return Err(WordListError::NoForm(number));
            }
            if kind.trim() == SET {
                let parts = rest.split('\t').nth(1).unwrap_or_default();
                if !sets.add(form, parts) {
                    return Err(WordListError::NoPattern(number));
                }
                continue;
            }
            if kind.trim() == FRAME {
                let names = rest.split('\t').nth(1).unwrap_or_default();
                if !frames.add(form, names, |name| sets.get(name), key) {
                    return Err(WordListError::NoPattern(number));
                }
                continue;
            }
            let forms = sets.forms(form).ok_or(WordListError::NoPattern(number))?;
            for form in forms {
                let key = key(&form);
                if form.chars().count() > FORM_LETTERS_MAX || key.is_empty() {
                    return Err(WordListError::Unfit(number));
                }
                match Kind::parse(kind.trim()) {
                    Some(kind) => {
                        out.remove(&key);
                        rows.push((kind, form));
                    }
                    None if kind.trim() == TAKES_OUT => {
                        out.insert(key);
                    }
                    None => {
                        let kind = kind.chars().take(20).collect();
                        return Err(WordListError::NoKind { line: number, kind });
                    }
                }
            }
            if rows.len() > ROWS_MAX {
                return Err(WordListError::TooMany);
            }
        }
        if !out.is_empty() {
            rows.retain(|(_, form)| !out.contains(&key(form)));
        }
        let mut list = Self::of(rows);
        list.frames = frames;
        Ok(list)
    }

    fn of(rows: Vec<(Kind, String)>) -> Self {
        let mut list = Self::default();
        for (number, (kind, form)) in rows.iter().enumerate() {
            let key = key(form);
            let letters = key.chars().filter(|c| *c != ' ').count();
            list.letters.push(letters);
            list.words.extend(key.split(' ').map(str::to_owned));
            if matches!(kind, Kind::Insult | Kind::Animal | Kind::Doubtful) && !key.contains(' ') {
                list.slips.add(&key);
            }
            if *kind <= Kind::Doubtful && !key.contains(' ') {
                list.shapes
                    .add(&key, matches!(kind, Kind::Insult | Kind::Obscene));
            }
            if matches!(
                kind,
                Kind::Group
                    | Kind::Body
                    | Kind::Report
                    | Kind::Warning
                    | Kind::Thing
                    | Kind::Spare
                    | Kind::Game
                    | Kind::Care
                    | Kind::Fair
                    | Kind::Violence
                    | Kind::Wish
                    | Kind::Must
                    | Kind::Taint
            ) {
                list.named.entry(*kind).or_default().insert(key.clone());
            }
            if *kind == Kind::Clean {
                list.clean.insert(key);
            } else if kind.is_of_a_text() {
                // It says nothing of the word beside it.
            } else if kind.is_context() {
                list.context.entry(key).or_insert(*kind);
            } else {
                let endings = kind.endings(key.split(' ').count(), letters);
                let number = u32::try_from(number).unwrap_or(u32::MAX);
                list.lexicon.add(form, number, endings);
            }
        }
        list.rows = rows;
        list
    }

    /// Number of its rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) const fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The kind and the number of letters of the row `id`.
    pub(super) fn row(&self, id: u32) -> Option<(Kind, usize)> {
        let row = self.rows.get(id as usize)?;
        Some((row.0, *self.letters.get(id as usize)?))
    }

    /// What a word beside another one says of it, without the clitics before it.
    pub(super) fn context(&self, word: &str) -> Option<Kind> {
        // «ي خول»; but «في» is no «ف» before it.
        if word == "ي" {
            return Some(Kind::You);
        }
        Self::without_clitics(word).find_map(|word| self.context.get(word).copied())
    }

    /// Whether `word` is one of `kind`, behind its clitics: a group, a part of the
    /// body, or one of those who tell or warn.
    pub(super) fn is_named(&self, kind: Kind, word: &str) -> bool {
        let named = self.named.get(&kind);
        named.is_some_and(|named| Self::without_clitics(word).any(|word| named.contains(word)))
    }

    /// Whether `word` itself is one of `kind`.
    pub(super) fn is_exactly(&self, kind: Kind, word: &str) -> bool {
        self.named
            .get(&kind)
            .is_some_and(|named| named.contains(word))
    }

    /// Whether a word that is said to insult begins with `starts` and ends with
    /// `ends`, and has more than these `letters`.
    pub(super) fn has_slur_like(&self, starts: &str, ends: &str, letters: usize) -> bool {
        let mut rows = self.rows.iter().zip(&self.letters);
        rows.any(|((kind, form), count)| {
            matches!(kind, Kind::Insult | Kind::Obscene)
                && *count > letters
                && !form.contains(' ')
                && form.starts_with(starts)
                && key(form).ends_with(ends)
        })
    }

    pub(super) const fn slips(&self) -> &Slips {
        &self.slips
    }

    pub(super) const fn frames(&self) -> &Frames {
        &self.frames
    }

    pub(super) const fn shapes(&self) -> &Shapes {
        &self.shapes
    }

    /// Whether `word` is one that is said to insult somebody.
    pub(super) fn is_slur(&self, word: &str) -> bool {
        self.slips.has(word)
    }

    /// Whether `word` is one of the words of its forms.
    pub(super) fn has_word(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// `word`, and what is left of it without clitics that may be its own.
    pub(super) fn without_clitics(word: &str) -> impl Iterator<Item = &str> {
        const CLITICS: [&str; 14] = [
            "", "ا", "ال", "و", "ف", "ب", "ل", "ك", "ع", "هال", "وال", "بال", "عال", "لل",
        ];
        CLITICS
            .into_iter()
            // «كانت» is no «ك» before «انت», nor «بعض» a «ب» before «عض».
            .filter(move |clitic| {
                (*clitic != "ك" || !word.starts_with("كان")) && (*clitic != "ب" || word != "بعض")
            })
            .filter_map(|clitic| word.strip_prefix(clitic))
    }

    /// Whether these words are never held.
    pub(super) fn is_clean(&self, words: &str) -> bool {
        Self::without_clitics(words).any(|words| self.clean.contains(words))
    }
}

/// A form as it is compared.
fn key(form: &str) -> String {
    let seen = Seen::of(form);
    let words: Vec<&str> = (0..seen.words()).filter_map(|at| seen.word(at)).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comment::rules::holds_in;

    #[test]
    fn a_newsroom_adds_words_and_takes_some_out() {
        let built_in = WordList::built_in();
        assert!(built_in.len() > 1_000);
        let own = built_in
            .with("# ours\ninsult\tشنكليش\tcheese\r\n-\tحُثـالة\n\n")
            .expect("read");
        assert_eq!(own.len(), built_in.len());
        assert_eq!(holds_in("يا شنكلييييش", &own).len(), 1);
        assert_eq!(holds_in("يا شنكليش", built_in), []);
        assert_eq!(holds_in("حثالة", built_in).len(), 1);
        assert_eq!(holds_in("حثالة", &own), []);
    }

    #[test]
    fn what_cannot_be_read_names_its_line() {
        for (file, error) in [
            ("insult\tأ\nغبي", WordListError::NoForm(2)),
            ("insult\t\tnote", WordListError::NoForm(1)),
            ("\n\nspam\t؟!", WordListError::Unfit(3)),
            (
                "set\tmany\tأ|ب\ninsult\t{more}",
                WordListError::NoPattern(2),
            ),
            (
                "insulte\tأ",
                WordListError::NoKind {
                    line: 1,
                    kind: "insulte".to_owned(),
                },
            ),
        ] {
            assert_eq!(WordList::parse(file).err(), Some(error), "{file}");
        }
        let many = "insult\tكلمة\n".repeat(ROWS_MAX + 1);
        assert_eq!(WordList::parse(&many).err(), Some(WordListError::TooMany));
    }
}
