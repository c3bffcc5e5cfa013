//! What matches a word of a query: its stem, its other spellings, its forms
//! behind clitics, what Latin letters may stand for.
//!
//! A word matches by its stem. Where other spellings are known (سورية for
//! سوريا), each of them does; one of several words as a phrase. A word that no
//! rule reduces may be a name, before which a clitic was not seen: its forms
//! behind clitics count where they are rarer than the word alone, as names are
//! («ولافروف»), and not where they are more frequent, as words of their own are
//! («وزير» for «زير»).

use std::cmp::Reverse;

use arabic::search::{
    Word,
    clitics::with_clitics,
    latin, names, stem, stop,
    variants::{Found, Variants},
};
use tantivy::{
    Term,
    query::{
        BooleanQuery, BoostQuery, DisjunctionMaxQuery, EmptyQuery, Occur, PhraseQuery, Query,
        TermQuery,
    },
    schema::{Field, IndexRecordOption},
};

use crate::{
    dictionary::Dictionary,
    fields::Fields,
    reading::{Part, Reading},
};

/// Ways in which a phrase may be spelled, at most.
const PHRASES_MAX: usize = 48;
/// Stems that one word in Latin letters, or a name, may stand for.
const STEMS_MAX: usize = 6;
/// Words in a pattern's reach that are further off than the nearest by more
/// than this are not meant.
const LATIN_SLACK: u32 = 0;
/// The article.
const ARTICLE: &str = "ال";

/// Parts of names that are written with what follows or apart from it, in the
/// one spelling of forms: «عبد الله», «أبو ظبي», «بن غوريون», «لو دريان».
const PARTICLES: [&str; 10] = [
    "عبد", "ابو", "ابي", "ابا", "ابن", "بن", "دي", "دو", "لو", "فان",
];
/// Letters that a name behind a particle has at least: «بنك» is not «بن ك».
const NAME_MIN: usize = 3;

/// One way to match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// A stem, anywhere.
    Stem(String),
    /// A form, anywhere.
    Form(String),
    /// Forms side by side; two or more.
    Phrase(Vec<String>),
}

/// A word or phrase of a query with all ways to match it.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// What was typed.
    pub(crate) typed: Vec<Word>,
    /// How many words were typed before it.
    pub(crate) place: usize,
    /// The ways that some article has, with how many articles have it, about.
    /// Empty: nothing matches.
    pub(crate) ways: Vec<(Way, u64)>,
    /// How much an article that has it is told apart: the logarithm of BM25.
    pub(crate) weight: f32,
    /// Says nothing of the matter.
    pub(crate) is_stop: bool,
}

/// What matches a query.
#[derive(Clone, Debug, Default)]
pub(crate) struct Groups {
    pub(crate) wanted: Vec<Group>,
    pub(crate) excluded: Vec<Group>,
}

/// Finds what matches each part of a query.
pub(crate) fn groups(
    reading: &Reading,
    variants: &Variants,
    dictionary: Dictionary<'_>,
    fields: Fields,
) -> tantivy::Result<Groups> {
    let matcher = Matcher {
        variants,
        dictionary,
        fields,
    };
    let mut wanted = matcher.parts(&reading.wanted)?;
    if wanted.iter().any(|group| !group.is_stop) {
        wanted.retain(|group| !group.is_stop);
    }
    Ok(Groups {
        wanted,
        excluded: matcher.parts(&reading.excluded)?,
    })
}

struct Matcher<'q> {
    variants: &'q Variants,
    dictionary: Dictionary<'q>,
    fields: Fields,
}

impl Matcher<'_> {
    fn parts(&self, parts: &[Part]) -> tantivy::Result<Vec<Group>> {
        let mut out = Vec::new();
        let mut place = 0;
        let mut push = |group: Group| {
            let words = group.typed.len();
            out.push(Group { place, ..group });
            place += words;
        };
        for part in parts {
            match part {
                Part::Phrase(words) => push(self.phrase(words)?),
                Part::Words(words) => {
                    let mut at = 0;
                    while at < words.len() {
                        let found = match self.variants.at(&words[at..]) {
                            Some(found) => Some(found),
                            None => self.joined(&words[at..])?,
                        };
                        let count = found.as_ref().map_or(1, |found| found.words);
                        let typed = &words[at..at + count];
                        at += count;
                        push(self.group(typed, found, words.get(at))?);
                    }
                }
            }
        }
        Ok(out)
    }

    /// A particle and its name that some article writes as one word: «عبد الله»
    /// where there is «عبدالله».
    fn joined(&self, words: &[Word]) -> tantivy::Result<Option<Found>> {
        let [particle, name, ..] = words else {
            return Ok(None);
        };
        if !PARTICLES.contains(&particle.form.as_str()) {
            return Ok(None);
        }
        let form = format!("{}{}", particle.form, name.form);
        for form in with_clitics(&form) {
            if self.form(&form)? > 0 {
                let joined = arabic::search::words(&form);
                let apart = vec![particle.clone(), name.clone()];
                return Ok(Some(Found {
                    words: 2,
                    spellings: vec![apart, joined],
                }));
            }
        }
        Ok(None)
    }

    /// Adds the two words of a name that is written with its particle:
    /// «عبدالله» is also «عبد الله».
    fn apart(&self, word: &Word, ways: &mut Vec<(Way, u64)>) -> tantivy::Result<()> {
        for particle in PARTICLES {
            if let Some(name) = word.form.strip_prefix(particle)
                && name.chars().count() >= NAME_MIN
            {
                self.side_by_side(&[particle.to_owned(), name.to_owned()], ways)?;
            }
        }
        Ok(())
    }

    /// The group of a word, or of words that together have other spellings.
    fn group(
        &self,
        typed: &[Word],
        found: Option<Found>,
        next: Option<&Word>,
    ) -> tantivy::Result<Group> {
        let mut ways = Vec::new();
        match found {
            None => {
                for word in typed {
                    self.word(word, &mut ways)?;
                    self.apart(word, &mut ways)?;
                    self.latin(word, &mut ways)?;
                    self.heard(word, &mut ways)?;
                }
            }
            Some(found) => self.spellings(&found, &mut ways)?,
        }
        let is_stop = matches!(typed, [word] if stop::is_stop_word(&word.form)
            || is_latin_article(&word.form) && next.is_some_and(|next| is_latin(&next.form)));
        Ok(self.weighed(typed, ways, is_stop))
    }

    fn spellings(&self, found: &Found, ways: &mut Vec<(Way, u64)>) -> tantivy::Result<()> {
        for spelling in &found.spellings {
            match spelling.as_slice() {
                [word] => self.word(word, ways)?,
                words => self.side_by_side(&forms_of(words), ways)?,
            }
        }
        Ok(())
    }

    fn weighed(&self, typed: &[Word], ways: Vec<(Way, u64)>, is_stop: bool) -> Group {
        let articles: u64 = ways.iter().map(|(_, articles)| articles).sum();
        Group {
            typed: typed.to_vec(),
            place: 0,
            ways,
            weight: idf(articles, self.dictionary.all()),
            is_stop,
        }
    }

    /// Adds a way that some article has.
    fn add(&self, way: Way, ways: &mut Vec<(Way, u64)>) -> tantivy::Result<()> {
        let articles = match &way {
            Way::Stem(stem) => self.dictionary.articles(self.fields.all_stem, stem)?,
            Way::Form(form) => self.form(form)?,
            Way::Phrase(forms) => {
                let mut least = u64::MAX;
                for form in forms {
                    least = least.min(self.form(form)?);
                }
                least
            }
        };
        if articles > 0 && ways.iter().all(|(known, _)| *known != way) {
            ways.push((way, articles));
        }
        Ok(())
    }

    fn form(&self, form: &str) -> tantivy::Result<u64> {
        self.dictionary.articles(self.fields.all_form, form)
    }

    fn word(&self, word: &Word, ways: &mut Vec<(Way, u64)>) -> tantivy::Result<()> {
        self.add(Way::Stem(word.stem.clone()), ways)?;
        if word.stem == word.form && !stem::is_known(&word.form) {
            let alone = self.form(&word.form)?;
            for form in with_clitics(&word.form).into_iter().skip(1) {
                if self.form(&form)? < alone {
                    self.add(Way::Form(form), ways)?;
                }
            }
        }
        Ok(())
    }

    /// Adds what a word in Latin letters may stand for.
    fn latin(&self, word: &Word, ways: &mut Vec<(Way, u64)>) -> tantivy::Result<()> {
        // A word that articles have as it stands needs no guess.
        if !is_latin(&word.form) || self.form(&word.form)? > 0 {
            return Ok(());
        }
        let Some(pattern) = latin::pattern(&word.form) else {
            return Ok(());
        };
        // Names of places keep their ال («العراق»), which few type in Latin letters.
        let pattern = format!("({ARTICLE})?{pattern}");
        let distance = |term: &str| {
            let bare = term.strip_prefix(ARTICLE);
            latin::distance(&word.form, term).or_else(|| latin::distance(&word.form, bare?))
        };
        let mut near = self.near(self.fields.all_stem, &pattern, distance)?;
        near.extend(self.near(self.fields.all_form, &pattern, distance)?);
        near.sort_unstable();
        let least = near.first().map_or(0, |(distance, ..)| *distance);
        near.retain(|(distance, ..)| *distance <= least + LATIN_SLACK);
        self.meant(near, ways)
    }

    /// Adds what a foreign name is called by who heard it differently.
    fn heard(&self, word: &Word, ways: &mut Vec<(Way, u64)>) -> tantivy::Result<()> {
        let Some(pattern) = names::pattern(&word.form) else {
            return Ok(());
        };
        let mut near = self.near(self.fields.all_form, &pattern, |term| {
            names::distance(&word.form, term)
        })?;
        near.sort_unstable();
        self.meant(near, ways)
    }

    /// The terms of a field that `pattern` takes and that have a distance, with it
    /// and with how many articles have them. A pattern too large for the automaton
    /// finds nothing.
    fn near(
        &self,
        field: Field,
        pattern: &str,
        distance: impl Fn(&str) -> Option<u32>,
    ) -> tantivy::Result<Vec<(u32, Reverse<u64>, String)>> {
        let Ok(regex) = tantivy_fst::Regex::new(pattern) else {
            return Ok(Vec::new());
        };
        let terms = self.dictionary.matching(field, || &regex)?;
        Ok(terms
            .into_iter()
            .filter_map(|(term, articles)| Some((distance(&term)?, Reverse(articles), term)))
            .collect())
    }

    /// Adds the stems of terms that are meant, nearest first, and their other
    /// spellings: who types "7alab" means "Aleppo" too.
    fn meant(
        &self,
        terms: Vec<(u32, Reverse<u64>, String)>,
        ways: &mut Vec<(Way, u64)>,
    ) -> tantivy::Result<()> {
        let mut stems: Vec<String> = Vec::new();
        for (_, _, term) in terms {
            let stem = stem::stem(&term);
            if stems.len() < STEMS_MAX && !stems.contains(&stem) {
                stems.push(stem);
            }
        }
        for stem in stems {
            let meant = [Word {
                span: 0..0,
                form: stem.clone(),
                stem: stem.clone(),
            }];
            self.add(Way::Stem(stem), ways)?;
            if let Some(found) = self.variants.at(&meant) {
                self.spellings(&found, ways)?;
            }
        }
        Ok(())
    }

    /// The group of a phrase: its words side by side, in all spellings.
    fn phrase(&self, words: &[Word]) -> tantivy::Result<Group> {
        let mut spellings: Vec<Vec<String>> = vec![Vec::new()];
        let mut at = 0;
        while at < words.len() {
            let found = self.variants.at(&words[at..]);
            let (count, choices) = match found {
                Some(found) => (
                    found.words,
                    found
                        .spellings
                        .iter()
                        .map(|words| forms_of(words))
                        .collect(),
                ),
                None => (1, vec![vec![words[at].form.clone()]]),
            };
            at += count;
            spellings = spellings
                .iter()
                .flat_map(|before| {
                    choices
                        .iter()
                        .map(move |choice| [before.as_slice(), choice].concat())
                })
                .take(PHRASES_MAX)
                .collect();
        }
        let mut ways = Vec::new();
        for forms in &spellings {
            self.side_by_side(forms, &mut ways)?;
        }
        Ok(self.weighed(words, ways, false))
    }

    /// Adds forms side by side, the first one behind any clitic.
    fn side_by_side(&self, forms: &[String], ways: &mut Vec<(Way, u64)>) -> tantivy::Result<()> {
        let Some((first, rest)) = forms.split_first() else {
            return Ok(());
        };
        for first in with_clitics(first) {
            if ways.len() >= PHRASES_MAX {
                break;
            }
            let way = if rest.is_empty() {
                Way::Form(first)
            } else {
                Way::Phrase([&[first], rest].concat())
            };
            self.add(way, ways)?;
        }
        Ok(())
    }
}

impl Group {
    /// The query of its ways. The best way counts, and each as much as the most
    /// frequent would, so that a rare spelling of a word is not worth more.
    pub(crate) fn query(
        &self,
        fields: Fields,
        dictionary: Dictionary<'_>,
    ) -> tantivy::Result<Box<dyn Query>> {
        let mut queries: Vec<Box<dyn Query>> = Vec::new();
        for (way, articles) in &self.ways {
            let own = match way {
                Way::Phrase(forms) => {
                    let mut sum = 0.0;
                    for form in forms {
                        let articles = dictionary.articles(fields.all_form, form)?;
                        sum += idf(articles, dictionary.all());
                    }
                    sum
                }
                _ => idf(*articles, dictionary.all()),
            };
            let query = way.query(fields);
            queries.push(if self.ways.len() == 1 {
                query
            } else {
                Box::new(BoostQuery::new(query, self.weight / own.max(0.01)))
            });
        }
        Ok(match queries.len() {
            0 => Box::new(EmptyQuery),
            1 => queries.remove(0),
            _ => Box::new(DisjunctionMaxQuery::new(queries)),
        })
    }
}

impl Way {
    fn query(&self, fields: Fields) -> Box<dyn Query> {
        let term = |field, text: &str| Term::from_field_text(field, text);
        let one = |term| Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
        match self {
            Self::Stem(stem) => one(term(fields.all_stem, stem)),
            Self::Form(form) => one(term(fields.all_form, form)),
            Self::Phrase(forms) => Box::new(PhraseQuery::new(
                forms
                    .iter()
                    .map(|form| term(fields.all_form, form))
                    .collect(),
            )),
        }
    }
}

/// All groups of which `least` must be there, and none of the excluded ones.
pub(crate) fn query(
    groups: &Groups,
    least: usize,
    fields: Fields,
    dictionary: Dictionary<'_>,
) -> tantivy::Result<Vec<(Occur, Box<dyn Query>)>> {
    let mut out = Vec::new();
    let all = least >= groups.wanted.len();
    let mut some = Vec::new();
    for group in &groups.wanted {
        let query = group.query(fields, dictionary)?;
        if all {
            out.push((Occur::Must, query));
        } else {
            some.push((Occur::Should, query));
        }
    }
    if !some.is_empty() {
        let some = BooleanQuery::with_minimum_required_clauses(some, least);
        out.push((Occur::Must, Box::new(some) as Box<dyn Query>));
    }
    for group in &groups.excluded {
        if !group.ways.is_empty() {
            out.push((Occur::MustNot, group.query(fields, dictionary)?));
        }
    }
    Ok(out)
}

/// How much a word of `articles` articles tells of `all`, as BM25 has it.
#[expect(
    clippy::cast_precision_loss,
    reason = "a weight; numbers of articles are below 2^53"
)]
pub(crate) fn idf(articles: u64, all: u64) -> f32 {
    let articles = articles.min(all) as f32;
    (1.0 + (all as f32 - articles + 0.5) / (articles + 0.5)).ln()
}

fn forms_of(words: &[Word]) -> Vec<String> {
    words.iter().map(|word| word.form.clone()).collect()
}

fn is_latin(form: &str) -> bool {
    form.is_ascii() && form.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// ال in Latin letters, written apart: "el 3iraq".
fn is_latin_article(form: &str) -> bool {
    matches!(form, "al" | "el" | "ul" | "il")
}
