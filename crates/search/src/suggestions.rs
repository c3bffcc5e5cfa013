//! What somebody who types may be about to ask: headlines, tags, authors and
//! sections of published articles.
//!
//! The first letters of each word of a headline are terms of their own, so that
//! a beginning is looked up like a word and not spread over all words that begin
//! so. Names of tags, authors and sections are terms with their kind and id; a
//! name is found from each of its words on.

use std::{collections::HashMap, time::Instant};

use arabic::search::{Word, words};
use editorial::{Id, Timestamp};
use tantivy::{
    Searcher, TERMINATED, Term,
    query::{BooleanQuery, Occur, Query, TermQuery},
    schema::IndexRecordOption,
};

use crate::{
    Order,
    dictionary::Dictionary,
    fields::{DIVIDER, Fields},
    scan::{Scan, TIME_MAX},
};

/// What may be asked. Names and headlines are in the store; what it does not
/// say is published is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Suggestion {
    /// An article whose headline has the words typed.
    Headline(Id),
    /// A tag.
    Tag(Id),
    /// An author.
    Author(Id),
    /// A section.
    Section(Id),
}

/// Letters of what is typed that are read.
const TYPED_MAX: usize = 100;
/// Words of what is typed that are looked up.
const WORDS_MAX: usize = 8;
/// Suggestions that can be had.
const SUGGESTIONS_MAX: usize = 20;
/// Letters for which beginnings are terms.
const START_MAX: usize = 6;
/// Letters a beginning must have before headlines are looked through.
const START_MIN: usize = 2;
/// Words a longer beginning may stand for.
const SPREAD_MAX: usize = 64;
/// Words of a name from which on it is found.
const NAME_WORDS_MAX: usize = 5;
/// Divides a name from its kind and id; no form holds it.
const IS: char = '\u{1}';

/// What a name is of.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Author,
    Section,
    Tag,
}

impl Kind {
    const fn letter(self) -> char {
        match self {
            Self::Author => 'a',
            Self::Section => 's',
            Self::Tag => 't',
        }
    }

    fn suggestion(letter: char, id: Id) -> Option<Suggestion> {
        Some(match letter {
            'a' => Suggestion::Author(id),
            's' => Suggestion::Section(id),
            't' => Suggestion::Tag(id),
            _ => return None,
        })
    }
}

/// The beginnings of a headline's forms, with and without their ال.
pub(crate) fn starts(forms: &str) -> String {
    let mut out = String::new();
    for form in forms.split(DIVIDER) {
        for word in [Some(form), without_article(form)].into_iter().flatten() {
            for (at, c) in word.char_indices().take(START_MAX).skip(START_MIN - 1) {
                if !out.is_empty() {
                    out.push(DIVIDER);
                }
                out.push_str(&word[..at + c.len_utf8()]);
            }
        }
    }
    out
}

/// The terms of a name.
pub(crate) fn label_terms(forms: &str, kind: Kind, id: Id) -> String {
    let mut out = String::new();
    let mut rest = Some(forms);
    for _ in 0..NAME_WORDS_MAX {
        let Some(from) = rest else { break };
        for start in [Some(from), without_article(from)].into_iter().flatten() {
            if !out.is_empty() {
                out.push(DIVIDER);
            }
            out.extend(start.chars().map(|c| if c == DIVIDER { ' ' } else { c }));
            out.push(IS);
            out.push(kind.letter());
            out.push_str(&id.to_string());
        }
        rest = from.split_once(DIVIDER).map(|(_, rest)| rest);
    }
    out
}

fn without_article(form: &str) -> Option<&str> {
    form.strip_prefix("ال")
        .filter(|rest| rest.chars().nth(1).is_some_and(|c| c != DIVIDER))
}

/// Suggestions for what is typed, names before headlines, the most used and the
/// newest first.
pub(crate) fn suggest(
    typed: &str,
    limit: usize,
    searcher: &Searcher,
    fields: Fields,
) -> tantivy::Result<Vec<Suggestion>> {
    let limit = limit.min(SUGGESTIONS_MAX);
    let end = typed
        .char_indices()
        .nth(TYPED_MAX)
        .map_or(typed.len(), |(at, _)| at);
    let mut words = words(&typed[..end]);
    words.truncate(WORDS_MAX);
    let Some((last, before)) = words.split_last() else {
        return Ok(Vec::new());
    };
    // Half of the places are kept for headlines, if there are any.
    let mut headlines = headlines(last, before, limit, searcher, fields)?;
    let names = names(&words, limit, searcher, fields)?;
    let for_names = names.len().min(limit - headlines.len().min(limit / 2));
    headlines.truncate(limit - for_names);
    Ok(names.into_iter().take(for_names).chain(headlines).collect())
}

/// Tags, authors and sections whose name, from one of its words on, begins with
/// what is typed.
fn names(
    words: &[Word],
    limit: usize,
    searcher: &Searcher,
    fields: Fields,
) -> tantivy::Result<Vec<Suggestion>> {
    let typed: Vec<_> = words.iter().map(|word| word.form.as_str()).collect();
    let dictionary = Dictionary::new(searcher);
    let mut found: HashMap<Suggestion, (u64, String)> = HashMap::new();
    for (term, articles) in dictionary.starting(fields.label, &typed.join(" "))? {
        if let Some((_, what)) = term.rsplit_once(IS)
            && let Some(letter) = what.chars().next()
            && let Some(id) = Id::parse(&what[letter.len_utf8()..])
            && let Some(suggestion) = Kind::suggestion(letter, id)
        {
            let known = found.entry(suggestion).or_insert((0, term));
            known.0 = known.0.max(articles);
        }
    }
    let mut order: Vec<_> = found.into_iter().collect();
    order.sort_unstable_by(|(_, one), (_, other)| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    let mut out = Vec::new();
    for (suggestion, (_, term)) in order {
        if out.len() >= limit {
            break;
        }
        // Terms of withdrawn articles stay for a while: they are not shown.
        if is_alive(&Term::from_field_text(fields.label, &term), searcher)? {
            out.push(suggestion);
        }
    }
    Ok(out)
}

fn is_alive(term: &Term, searcher: &Searcher) -> tantivy::Result<bool> {
    for reader in searcher.segment_readers() {
        let index = reader.inverted_index(term.field())?;
        let Some(mut postings) = index.read_postings(term, IndexRecordOption::Basic)? else {
            continue;
        };
        let Some(alive) = reader.alive_bitset() else {
            return Ok(true);
        };
        let mut doc = tantivy::DocSet::doc(&postings);
        while doc != TERMINATED {
            if alive.is_alive(doc) {
                return Ok(true);
            }
            doc = tantivy::DocSet::advance(&mut postings);
        }
    }
    Ok(false)
}

/// The newest articles whose headline has a word that begins with `last`, and
/// all words before it.
fn headlines(
    last: &Word,
    before: &[Word],
    limit: usize,
    searcher: &Searcher,
    fields: Fields,
) -> tantivy::Result<Vec<Suggestion>> {
    let letters = last.form.chars().count();
    // One letter, or the article alone, says nothing yet.
    let is_short = letters < START_MIN || last.form == "ال";
    if is_short && before.is_empty() {
        return Ok(Vec::new());
    }
    let is = |field, text: &str| {
        let term = Term::from_field_text(field, text);
        Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Box<dyn Query>
    };
    let mut all = Vec::new();
    if is_short {
        // The words before it must do.
    } else if letters <= START_MAX {
        all.push((Occur::Must, is(fields.headline_start, &last.form)));
    } else {
        let dictionary = Dictionary::new(searcher);
        let mut spread = dictionary.starting(fields.headline_form, &last.form)?;
        if without_article(&last.form).is_none() {
            spread.extend(dictionary.starting(fields.headline_form, &format!("ال{}", last.form))?);
        }
        let mut spread: Vec<_> = spread.into_iter().collect();
        spread.sort_unstable_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
        let some: Vec<_> = spread
            .iter()
            .take(SPREAD_MAX)
            .map(|(form, _)| is(fields.headline_form, form))
            .collect();
        all.push((
            Occur::Must,
            Box::new(BooleanQuery::union(some)) as Box<dyn Query>,
        ));
    }
    for word in before {
        all.push((Occur::Must, is(fields.headline_stem, &word.stem)));
    }
    let scan = Scan {
        from: None,
        until: None,
        order: Order::Newest,
        keep: limit,
        now: Timestamp(0),
        factors: Vec::new(),
        deadline: Instant::now() + TIME_MAX,
    };
    let seen = scan.run(searcher, &BooleanQuery::new(all))?;
    Ok(seen
        .first
        .iter()
        .filter_map(crate::scan::Candidate::id)
        .map(Suggestion::Headline)
        .collect())
}
