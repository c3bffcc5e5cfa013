//! An article's words, as the fields of the index hold them.

use arabic::{
    letters::{TATWEEL, is_control, is_mark},
    search::Analyser,
};
use editorial::{Id, SearchDocument};
use tantivy::TantivyDocument;

use crate::{
    fields::{DIVIDER, Fields},
    suggestions::{self, Kind},
};

/// How often a stem of the headline counts where one of the body counts once.
pub(crate) const HEADLINE_WEIGHT: usize = 4;
/// The same for the standfirst, and for tags, authors, agency and section.
pub(crate) const STANDFIRST_WEIGHT: usize = 2;
/// Letters of an article that are read: some two million words. What a text has
/// beyond is not found.
const LETTERS_MAX: usize = 10_000_000;

/// Reads articles into documents. One for each thread.
pub(crate) struct Reader {
    fields: Fields,
    analyser: Analyser,
    forms: String,
    stems: String,
}

impl Reader {
    pub(crate) fn new(fields: Fields) -> Self {
        Self {
            fields,
            analyser: Analyser::new(),
            forms: String::new(),
            stems: String::new(),
        }
    }

    /// The document of an article.
    pub(crate) fn read(&mut self, article: &SearchDocument) -> TantivyDocument {
        let fields = self.fields;
        let mut out = TantivyDocument::default();
        out.add_u64(fields.id, number(article.id));
        if let Some(moment) = article.published_at {
            out.add_i64(fields.published, moment.0);
        }
        out.add_text(fields.language, &article.language);

        self.part(&article.headline, &mut out, HEADLINE_WEIGHT);
        out.add_text(fields.headline_stem, &self.stems);
        out.add_text(fields.headline_form, &self.forms);
        let starts = suggestions::starts(&self.forms);
        out.add_text(fields.headline_start, starts);
        self.written(&article.headline, &mut out);

        if !article.standfirst.is_empty() {
            self.part(&article.standfirst, &mut out, STANDFIRST_WEIGHT);
            out.add_text(fields.standfirst_stem, &self.stems);
        }
        let mut left = LETTERS_MAX;
        for block in article.body.lines().filter(|line| !line.is_empty()) {
            if block.len() > left {
                break;
            }
            left -= block.len();
            self.part(block, &mut out, 1);
        }
        for (id, name) in &article.authors {
            out.add_u64(fields.author, number(*id));
            self.label(Some((Kind::Author, *id)), name, &mut out);
        }
        for (id, name) in &article.tags {
            out.add_u64(fields.tag, number(*id));
            self.label(Some((Kind::Tag, *id)), name, &mut out);
        }
        if let Some((id, name)) = &article.section {
            out.add_u64(fields.section, number(*id));
            self.label(Some((Kind::Section, *id)), name, &mut out);
        }
        self.label(None, &article.agency, &mut out);
        out
    }

    /// Adds a part's words to the fields of everything, and leaves them here.
    fn part(&mut self, text: &str, out: &mut TantivyDocument, weight: usize) {
        self.forms.clear();
        self.stems.clear();
        let (forms, stems) = (&mut self.forms, &mut self.stems);
        self.analyser.each(text, |_, form, stem| {
            if !forms.is_empty() {
                forms.push(DIVIDER);
                stems.push(DIVIDER);
            }
            forms.push_str(form);
            stems.push_str(stem);
        });
        out.add_text(self.fields.all_form, &self.forms);
        for _ in 0..weight {
            out.add_text(self.fields.all_stem, &self.stems);
        }
    }

    fn label(&mut self, of: Option<(Kind, Id)>, name: &str, out: &mut TantivyDocument) {
        if name.is_empty() {
            return;
        }
        self.part(name, out, STANDFIRST_WEIGHT);
        out.add_text(self.fields.label_stem, &self.stems);
        if let Some((kind, id)) = of {
            let terms = suggestions::label_terms(&self.forms, kind, id);
            out.add_text(self.fields.label, terms);
        }
        self.written(name, out);
    }

    /// Adds the spellings of a text's words.
    fn written(&mut self, text: &str, out: &mut TantivyDocument) {
        let mut terms = String::new();
        self.analyser.each(text, |span, form, _| {
            if !terms.is_empty() {
                terms.push(DIVIDER);
            }
            terms.push_str(form);
            terms.push(crate::correction::WRITTEN_AS);
            terms.extend(text[span].chars().filter(|c| !is_unseen(*c)));
        });
        out.add_text(self.fields.written, terms);
    }
}

/// Whether a letter says nothing of how a word is spelled: harakat, tatweel,
/// controls.
fn is_unseen(c: char) -> bool {
    c == TATWEEL || is_mark(c) || is_control(c)
}

/// An id as the index holds it; ids are from 1 to 2^53 − 1.
pub(crate) fn number(id: Id) -> u64 {
    id.get().unsigned_abs()
}
