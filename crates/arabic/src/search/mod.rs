//! How search reads Arabic: a text into words, a word into its spelling and its
//! stem, a query into the other spellings of what it asks for.
//!
//! The same reading is used for what is indexed and for what is asked, so all
//! that is decided here holds on both sides. The steps, each a file:
//! [`words`] cuts, [`spelling`] folds, [`stem`] finds the word behind a form,
//! [`variants`] knows other spellings, [`latin`] reads Latin letters.

pub mod clitics;
pub mod latin;
pub mod lexicon;
pub mod names;
pub mod spelling;
pub mod stem;
pub mod stop;
pub mod variants;
pub mod words;

use std::ops::Range;

/// A word of a text as search takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands in the text, in bytes: marks and tatweel included.
    pub span: Range<usize>,
    /// Its letters in one spelling: «الأُسْتـاذة» is «الاستاذه».
    pub form: String,
    /// What its forms have in common: «وللوزراء» and «وزير» are «وزير».
    pub stem: String,
}

/// The words of `text`, in order.
///
/// For a whole archive use [`Analyser`], which remembers stems.
pub fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    Analyser::new().each(text, |span, form, stem| {
        out.push(Word {
            span,
            form: form.to_owned(),
            stem: stem.to_owned(),
        });
    });
    out
}

/// Reads texts into words, and remembers the stems of forms it met: most words
/// of a text are words of the text before. One for each thread.
pub struct Analyser {
    known: Known,
    form: String,
}

type Known = std::collections::HashMap<Box<str>, Box<str>>;

/// Forms that are remembered; then memory begins anew. Some 100 bytes each.
const KNOWN_MAX: usize = 100_000;

impl Default for Analyser {
    fn default() -> Self {
        Self::new()
    }
}

impl Analyser {
    /// One that remembers nothing yet.
    pub fn new() -> Self {
        Self {
            known: Known::new(),
            form: String::new(),
        }
    }

    /// Calls `each` with span, form and stem of every word of `text`.
    pub fn each(&mut self, text: &str, mut each: impl FnMut(Range<usize>, &str, &str)) {
        for span in words::spans(text) {
            spelling::spell(&text[span.clone()], &mut self.form);
            if self.form.is_empty() {
                continue;
            }
            if let Some(stem) = self.known.get(self.form.as_str()) {
                each(span, &self.form, stem);
                continue;
            }
            if self.known.len() >= KNOWN_MAX {
                self.known.clear();
            }
            let stem = stem::stem(&self.form);
            each(span, &self.form, &stem);
            self.known.insert(self.form.as_str().into(), stem.into());
        }
    }
}
