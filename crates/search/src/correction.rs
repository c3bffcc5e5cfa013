//! «Did you mean»: a word that finds little, replaced by one that is spelled
//! nearly so and finds more.
//!
//! The words offered are words of headlines, where misspellings are rare. The
//! index knows them in one spelling («مدرسه»), so beside it stand the spellings
//! as written («مدرسة»), and the commonest of them is shown.

use std::cmp::Reverse;

use arabic::search::{Word, stem::stem};
use tantivy::{Term, query::FuzzyTermQuery};

use crate::{dictionary::Dictionary, fields::Fields, matching::Group};

/// Divides a form from how it is written, in the field of spellings.
pub(crate) const WRITTEN_AS: char = '\u{1}';

/// Found articles from which on nothing is offered.
pub(crate) const FEW: u64 = 3;
/// Words of a query that are tried.
const WORDS_MAX: usize = 3;
/// Replacements that are tried for each.
const TRIED_MAX: usize = 3;

/// The query with one word replaced, the likeliest first. Each is still to be
/// searched, to see whether it finds more.
pub(crate) fn offers(
    text: &str,
    groups: &[Group],
    dictionary: Dictionary<'_>,
    fields: Fields,
) -> tantivy::Result<Vec<String>> {
    let mut rare: Vec<_> = groups
        .iter()
        .filter_map(|group| match group.typed.as_slice() {
            [word] => {
                let articles: u64 = group.ways.iter().map(|(_, articles)| articles).sum();
                (articles < FEW).then_some((articles, word))
            }
            _ => None,
        })
        .collect();
    rare.sort_by_key(|(articles, _)| *articles);
    let mut out = Vec::new();
    for (articles, word) in rare.into_iter().take(WORDS_MAX) {
        for form in near(word, articles, dictionary, fields)? {
            let written = written(&form, dictionary, fields)?;
            let before = text.get(..word.span.start).unwrap_or_default();
            let after = text.get(word.span.end..).unwrap_or_default();
            out.push(format!("{before}{written}{after}"));
        }
    }
    Ok(out)
}

/// Forms near a word that more articles have.
fn near(
    word: &Word,
    articles: u64,
    dictionary: Dictionary<'_>,
    fields: Fields,
) -> tantivy::Result<Vec<String>> {
    let letters = word.form.chars().count();
    let is_number = word.form.chars().all(char::is_numeric);
    let reach = match letters {
        _ if is_number => return Ok(Vec::new()),
        0..=3 => return Ok(Vec::new()),
        4..=6 => 1,
        _ => 2,
    };
    let mut found: Vec<(u8, Reverse<u64>, String)> = Vec::new();
    for distance in 1..=reach {
        let term = Term::from_field_text(fields.headline_form, &word.form);
        let query = FuzzyTermQuery::new(term, distance, true);
        let automaton = query.automaton()?;
        for (form, own) in dictionary.matching(fields.headline_form, || &automaton)? {
            let is_known = found.iter().any(|(.., known)| *known == form);
            if own > articles && !is_known && stem(&form) != word.stem {
                found.push((distance, Reverse(own), form));
            }
        }
    }
    found.sort_unstable();
    Ok(found
        .into_iter()
        .take(TRIED_MAX)
        .map(|(.., form)| form)
        .collect())
}

/// The commonest spelling of a form; the form itself where none is known.
fn written(form: &str, dictionary: Dictionary<'_>, fields: Fields) -> tantivy::Result<String> {
    let spellings = dictionary.starting(fields.written, &format!("{form}{WRITTEN_AS}"))?;
    let commonest = spellings
        .into_iter()
        .max_by(|(one, most), (other, more)| most.cmp(more).then(other.cmp(one)));
    Ok(commonest
        .and_then(|(term, _)| {
            term.split_once(WRITTEN_AS)
                .map(|(_, written)| written.to_owned())
        })
        .unwrap_or_else(|| form.to_owned()))
}
