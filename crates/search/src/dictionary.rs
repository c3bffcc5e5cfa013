//! The terms an index holds, over all its segments.

use std::collections::HashMap;

use tantivy::{Searcher, Term, schema::Field};
use tantivy_fst::Automaton;

/// Terms of one segment that are looked at for one pattern: more is not read.
const TERMS_MAX: usize = 20_000;

/// The dictionary of a moment.
#[derive(Clone, Copy)]
pub(crate) struct Dictionary<'s> {
    searcher: &'s Searcher,
}

impl<'s> Dictionary<'s> {
    pub(crate) fn new(searcher: &'s Searcher) -> Self {
        Self { searcher }
    }

    /// Articles the index holds.
    pub(crate) fn all(self) -> u64 {
        self.searcher.num_docs()
    }

    /// Articles that have `term`; withdrawn ones may be counted for a while.
    pub(crate) fn articles(self, field: Field, term: &str) -> tantivy::Result<u64> {
        self.searcher.doc_freq(&Term::from_field_text(field, term))
    }

    /// The terms that an automaton takes, each with its articles.
    pub(crate) fn matching<A: Automaton>(
        self,
        field: Field,
        automaton: impl Fn() -> A,
    ) -> tantivy::Result<HashMap<String, u64>>
    where
        A::State: Clone,
    {
        let mut out = HashMap::new();
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(field)?;
            let mut terms = index.terms().search(automaton()).into_stream()?;
            collect(&mut out, TERMS_MAX, || {
                terms
                    .advance()
                    .then(|| (terms.key().to_vec(), terms.value().doc_freq))
            });
        }
        Ok(out)
    }

    /// The terms that begin with `start`, each with its articles.
    pub(crate) fn starting(
        self,
        field: Field,
        start: &str,
    ) -> tantivy::Result<HashMap<String, u64>> {
        let mut out = HashMap::new();
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(field)?;
            let mut terms = index.terms().range().ge(start).into_stream()?;
            collect(&mut out, TERMS_MAX, || {
                (terms.advance() && terms.key().starts_with(start.as_bytes()))
                    .then(|| (terms.key().to_vec(), terms.value().doc_freq))
            });
        }
        Ok(out)
    }
}

fn collect(
    out: &mut HashMap<String, u64>,
    limit: usize,
    mut next: impl FnMut() -> Option<(Vec<u8>, u32)>,
) {
    for _ in 0..limit {
        let Some((term, articles)) = next() else {
            return;
        };
        if let Ok(term) = String::from_utf8(term) {
            *out.entry(term).or_default() += u64::from(articles);
        }
    }
}
