//! The fields of the index, and the version of what stands in them.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use tantivy::{
    Index,
    schema::{
        FAST, Field, INDEXED, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing,
        TextOptions,
    },
    tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer},
};

/// Raised whenever a field is added, removed or filled in another way.
const SCHEMA: u32 = 1;

/// The name of the tokenizer that takes lines as they are.
const LINES: &str = "lines";

/// What divides the terms of one value: no form and no label holds it.
pub(crate) const DIVIDER: char = '\n';

/// Name of the column of ids.
pub(crate) const ID: &str = "id";
/// Name of the column of times of publication.
pub(crate) const PUBLISHED: &str = "published";

/// The fields; each says what its terms are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    /// Stems of everything an article says; those of its headline, standfirst
    /// and labels several times, as weights. The field by which words match.
    pub(crate) all_stem: Field,
    /// Forms of everything, with places; between two parts is a gap.
    pub(crate) all_form: Field,
    /// Stems of the headline.
    pub(crate) headline_stem: Field,
    /// Forms of the headline.
    pub(crate) headline_form: Field,
    /// Stems of the standfirst.
    pub(crate) standfirst_stem: Field,
    /// Stems of tags, authors, agency and section.
    pub(crate) label_stem: Field,
    /// The first letters of each form of the headline, for suggestions.
    pub(crate) headline_start: Field,
    /// Tags, authors and sections: name, kind and id in one term.
    pub(crate) label: Field,
    /// Form and spelling as written, of words of headlines and labels.
    pub(crate) written: Field,
    /// The article's id.
    pub(crate) id: Field,
    /// Ids it can be filtered by.
    pub(crate) section: Field,
    pub(crate) tag: Field,
    pub(crate) author: Field,
    /// Language, as written.
    pub(crate) language: Field,
    /// Microseconds since 1970; none where not known.
    pub(crate) published: Field,
}

/// The schema and its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let mut text = |name: &str, option: IndexRecordOption, norms: bool| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(LINES)
            .set_index_option(option)
            .set_fieldnorms(norms);
        builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
    };
    let (all_stem, all_form) = (
        text("all_stem", IndexRecordOption::WithFreqs, true),
        text("all_form", IndexRecordOption::WithFreqsAndPositions, true),
    );
    let mut set = |name: &str| text(name, IndexRecordOption::Basic, false);
    let (headline_stem, headline_form) = (set("headline_stem"), set("headline_form"));
    let (standfirst_stem, label_stem) = (set("standfirst_stem"), set("label_stem"));
    let (headline_start, label) = (set("headline_start"), set("label"));
    let (written, language) = (set("written"), set("language"));
    let column = NumericOptions::default() | INDEXED | FAST;
    let fields = Fields {
        all_stem,
        all_form,
        headline_stem,
        headline_form,
        standfirst_stem,
        label_stem,
        headline_start,
        label,
        written,
        language,
        id: builder.add_u64_field(ID, column),
        section: builder.add_u64_field("section", INDEXED),
        tag: builder.add_u64_field("tag", INDEXED),
        author: builder.add_u64_field("author", INDEXED),
        published: builder.add_i64_field(PUBLISHED, NumericOptions::default() | FAST),
    };
    (builder.build(), fields)
}

/// Makes the tokenizer known to an index that was made or opened.
pub(crate) fn prepare(index: &Index) {
    let lines = TextAnalyzer::from(Lines::default());
    index.tokenizers().register(LINES, lines);
}

/// What an index must have been made with to be read: the schema, the lists of
/// the lexicon, and how the words of [`PROBE`] are read, so that a change of the
/// analyser's data or rules is noticed.
pub(crate) fn version() -> String {
    let mut hasher = DefaultHasher::new();
    arabic::search::lexicon::fingerprint().hash(&mut hasher);
    for word in arabic::search::words(PROBE) {
        (word.form, word.stem).hash(&mut hasher);
    }
    format!("{SCHEMA}-{:016x}", hasher.finish())
}

/// Words on which rules of reading act: a change of rules changes their reading.
const PROBE: &str = "مسؤول مسئول شؤون شئون لاجئين طوارئ قراءة سماء شيء بئر لؤلؤ مؤتمر \
    الأُسْتـاذة إسلام مستشفى کتاب لاڤروف حلووووو ﷲ ١٬٢٥٠ 3.5 ۲۲۵۴ Erdoğan أ.ف.ب دي\u{200F}ميستورا \
    وللوزراء وزير وزراء مدرسة مدارس أزمة أزمات والصحافة فلاحون وبالمياه بيان الذهب وورشة فباخرة \
    كالكهف سيقول قريتان مرشحان شوارع اتفاقيات شقيقان زوارق دولاران حافلتين بئرين سوريا سورية السوريين \
    أمريكا أميركية اللبنانيات مسرحية كهربائي طلاب طلبة جامعات مساجد كتب أطباء مرضى قتلى محامون \
    معلمات رجال نساء أنهار جسور سفن قوانين مهرجانات مسؤوليتهم بيوتهم حكومتنا كتابها يكتبون كتبت \
    لافروف غوتيريش ديمستورا دمشق حلب بـ200 7alab F16 كوفيد-19 المفاوضات مفاوضون استقالته";

/// Takes each line of a value as a term.
#[derive(Clone, Default)]
struct Lines {
    token: Token,
}

struct LineStream<'t> {
    rest: Option<&'t str>,
    token: &'t mut Token,
}

impl Tokenizer for Lines {
    type TokenStream<'t> = LineStream<'t>;

    fn token_stream<'t>(&'t mut self, text: &'t str) -> Self::TokenStream<'t> {
        self.token.reset();
        LineStream {
            rest: (!text.is_empty()).then_some(text),
            token: &mut self.token,
        }
    }
}

impl TokenStream for LineStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(rest) = self.rest else { return false };
        let (line, rest) = match rest.split_once(DIVIDER) {
            Some((line, rest)) => (line, Some(rest)),
            None => (rest, None),
        };
        self.rest = rest;
        self.token.position = self.token.position.wrapping_add(1);
        self.token.position_length = 1;
        self.token.text.clear();
        self.token.text.push_str(line);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_terms_in_order() {
        let mut lines = Lines::default();
        for (text, expected) in [
            ("وزير\nحلب", &["وزير", "حلب"][..]),
            ("", &[]),
            ("ا", &["ا"]),
        ] {
            let mut stream = lines.token_stream(text);
            let mut read = Vec::new();
            while stream.advance() {
                read.push((stream.token().position, stream.token().text.clone()));
            }
            let expected: Vec<_> = expected
                .iter()
                .enumerate()
                .map(|(at, term)| (at, (*term).to_owned()))
                .collect();
            assert_eq!(read, expected);
        }
    }
}
