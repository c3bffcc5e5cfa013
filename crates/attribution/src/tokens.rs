//! A text as analysed words and signs, with their bytes, quotation marks in
//! pairs and the borders of sentences. Linear in the length of the text.

use std::collections::{HashMap, hash_map::Entry};

use arabic::{
    fold::fold,
    letters::{TATWEEL, is_control, is_mark},
};

use crate::{
    flags::Flags,
    forms::{Tense, is_verbal_noun},
    lexicon::{Known, Phrase, Word, lexicon},
    quotes,
    statement::Span,
};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A word.
    Word,
    /// Digits: «24», «00:11», «3.5».
    Number,
    /// A quotation mark that opens.
    Open,
    /// A quotation mark that closes.
    Close,
    /// A quotation mark of which that is not yet known.
    Mark,
    /// «:»
    Colon,
    /// «،», «؛», «,», «;», a dash between spaces.
    Comma,
    /// The end of a sentence: «.», «؟», «!».
    Stop,
    /// The end of a paragraph.
    Break,
    /// «(»
    OpenBracket,
    /// «)»
    CloseBracket,
    /// Any other sign.
    Other,
}

/// A word or sign.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "what is seen of the writing of a word: independent of each other"
)]
pub(crate) struct Token {
    /// The first byte, a leading و or ف included.
    pub(crate) start: usize,
    /// The byte after the last.
    pub(crate) end: usize,
    /// The first byte after a leading و or ف.
    pub(crate) head: usize,
    /// What it is.
    pub(crate) sort: Sort,
    /// Folded, without a leading و or ف.
    pub(crate) key: String,
    /// A leading و or ف that is a word of its own.
    pub(crate) joined: bool,
    /// A preposition that is written with the word: ب, ل, ك.
    pub(crate) attached: Option<char>,
    /// The word has ال.
    pub(crate) definite: bool,
    /// The word without preposition and ال: where in `key` it begins.
    pub(crate) stem_at: usize,
    /// What the lexicons say.
    pub(crate) flags: Flags,
    /// The number of a weekday, a month or a near day.
    pub(crate) number: i8,
    /// The entries of several words that begin with it.
    pub(crate) openers: &'static [Phrase],
    /// Reporting verbs of which the word is a form.
    pub(crate) verbs: Vec<Known>,
    /// The other mark of a pair of quotation marks or brackets.
    pub(crate) pair: Option<usize>,
    /// How many pairs of quotation marks stand around it.
    pub(crate) depth: u8,
    /// A quotation mark that opens a name, not somebody's words.
    pub(crate) is_name: bool,
    /// Written with the ending of an indefinite noun: «تقريرًا».
    pub(crate) has_tanwin: bool,
    /// The last letter is written ة.
    pub(crate) ends_in_ta: bool,
    /// The last letter is written ى.
    pub(crate) ends_in_alef: bool,
    /// The second letter after a leading و, ف is written أ or إ.
    pub(crate) hamza_second: bool,
    /// The first letter after a leading و, ف is written إ.
    pub(crate) hamza_below: bool,
}

impl Token {
    /// The word without preposition and ال.
    pub(crate) fn stem(&self) -> &str {
        self.key.get(self.stem_at..).unwrap_or("")
    }

    /// Whether it is a word.
    pub(crate) fn is_word(&self) -> bool {
        self.sort == Sort::Word
    }

    /// Whether it is of one of these classes.
    pub(crate) fn is(&self, classes: Flags) -> bool {
        self.flags.any(classes)
    }

    /// Whether it is a verbal noun, by the list or by its pattern.
    pub(crate) fn is_verbal_noun(&self) -> bool {
        self.is_word()
            && !self.is(Flags::GIVEN)
            && (self.is(Flags::NOUN) || is_verbal_noun(self.stem(), self.hamza_below))
    }

    /// Whether it ends a paragraph or a sentence.
    pub(crate) fn is_end(&self) -> bool {
        matches!(self.sort, Sort::Stop | Sort::Break)
    }
}

/// Tokens of a sentence at the most; a longer one is cut, so that no rule looks further.
const SENTENCE_TOKENS_MAX: usize = 500;

/// A field of an article, analysed.
#[derive(Debug)]
pub(crate) struct Text<'a> {
    /// The field.
    pub(crate) field: &'a str,
    /// Its words and signs.
    pub(crate) tokens: Vec<Token>,
    /// For each token the first token after its sentence.
    pub(crate) sentence_ends: Vec<usize>,
    /// For each token the first token of its sentence.
    pub(crate) sentence_starts: Vec<usize>,
}

impl<'a> Text<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let mut tokens = cut(text);
        quotes::pair(&mut tokens);
        brackets(&mut tokens);
        names_in_marks(&mut tokens);
        let (sentence_starts, sentence_ends) = sentences(&tokens);
        Self {
            field: text,
            tokens,
            sentence_ends,
            sentence_starts,
        }
    }

    /// The token at `at`; none beyond the end.
    pub(crate) fn get(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    /// The folded key of a token; empty beyond the end.
    pub(crate) fn key(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &token.key)
    }

    /// The classes of a token.
    pub(crate) fn flags(&self, at: usize) -> Flags {
        self.tokens.get(at).map_or(Flags::NONE, |token| token.flags)
    }

    /// Whether a sign of this sort stands at `at`.
    pub(crate) fn is_sort(&self, at: usize, sort: Sort) -> bool {
        self.tokens.get(at).is_some_and(|token| token.sort == sort)
    }

    /// The bytes of the tokens from `start` to before `end`, without a leading و or ف where `bare`.
    pub(crate) fn span(&self, start: usize, end: usize, bare: bool) -> Option<Span> {
        let first = self.tokens.get(start)?;
        let last = self.tokens.get(end.checked_sub(1)?)?;
        let from = if bare { first.head } else { first.start };
        (from < last.end).then_some(Span {
            start: from,
            end: last.end,
        })
    }

    /// How many tokens the entry of several words of one of `classes` has that begins at `at`.
    pub(crate) fn phrase(&self, at: usize, classes: Flags) -> Option<(usize, Flags, i8)> {
        let token = self.tokens.get(at)?;
        if !token.is_word() {
            return None;
        }
        for phrase in token.openers {
            if phrase.flags.any(classes)
                && phrase
                    .rest
                    .iter()
                    .zip(at + 1..)
                    .all(|(word, at)| self.key(at) == word && !self.tokens[at].joined)
            {
                return Some((phrase.rest.len() + 1, phrase.flags, phrase.number));
            }
        }
        token.is(classes).then_some((1, token.flags, token.number))
    }
}

/// The tokens of a text, signs not yet paired.
fn cut(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 9);
    let mut letters = text.char_indices().peekable();
    while let Some((start, c)) = letters.next() {
        if c == '\n' {
            tokens.push(sign(start, start + 1, Sort::Break));
            continue;
        }
        if c.is_whitespace() || is_control(c) {
            continue;
        }
        let mut end = start + c.len_utf8();
        if c.is_numeric() {
            while let Some(&(at, next)) = letters.peek() {
                let inside = next.is_numeric()
                    || (matches!(next, '.' | ':' | ',' | '٫' | '٬' | '/' | '%')
                        && text[at + next.len_utf8()..].starts_with(char::is_numeric));
                if !inside {
                    break;
                }
                end = at + next.len_utf8();
                letters.next();
            }
            let mut number = sign(start, end, Sort::Number);
            number.key = fold(&text[start..end]);
            tokens.push(number);
            continue;
        }
        if is_of_word(c) {
            while let Some(&(at, next)) = letters.peek() {
                if !(is_of_word(next) || next.is_numeric() || is_control(next)) {
                    break;
                }
                end = at + next.len_utf8();
                letters.next();
            }
            tokens.push(word(text, start, end));
            continue;
        }
        let sort = match c {
            '«' | '»' | '"' | '“' | '”' | '„' | '‹' | '›' | '″' | '‟' => Sort::Mark,
            ':' | '：' => Sort::Colon,
            '،' | ',' | '؛' | ';' => Sort::Comma,
            '.' | '…' => {
                let mut dots = usize::from(c == '…') + 1;
                while let Some(&(at, '.' | '…')) = letters.peek() {
                    end = at + text[at..].chars().next().map_or(1, char::len_utf8);
                    dots += 1;
                    letters.next();
                }
                let rest = &text[end..];
                let after = rest.chars().next();
                let closes = after
                    .is_none_or(|c| c.is_whitespace() || is_mark_sign(c) || !c.is_alphanumeric());
                let at_end = rest
                    .trim_start_matches([' ', '"', '»', '”'])
                    .starts_with('\n')
                    || rest.trim().is_empty();
                if dots > 1 {
                    if at_end { Sort::Stop } else { Sort::Other }
                } else if closes && !is_abbreviation(tokens.last()) {
                    Sort::Stop
                } else if after.is_some_and(char::is_alphabetic) && !is_abbreviation(tokens.last())
                {
                    // «الخبر.وقال»: the space is missing.
                    Sort::Stop
                } else {
                    Sort::Other
                }
            }
            '؟' | '?' | '!' => Sort::Stop,
            '(' | '[' => Sort::OpenBracket,
            ')' | ']' => Sort::CloseBracket,
            _ => Sort::Other,
        };
        tokens.push(sign(start, end, sort));
    }
    tokens
}

/// «د.»، «أ.ف.ب»: one letter before a stop.
fn is_abbreviation(last: Option<&Token>) -> bool {
    last.is_some_and(|last| last.is_word() && last.key.chars().count() == 1)
}

fn is_mark_sign(c: char) -> bool {
    matches!(c, '"' | '»' | '”' | '«' | '“')
}

fn is_of_word(c: char) -> bool {
    c.is_alphabetic() || is_mark(c) || c == TATWEEL || matches!(c, '_' | '\u{0654}' | '\u{0655}')
}

fn sign(start: usize, end: usize, sort: Sort) -> Token {
    Token {
        start,
        end,
        head: start,
        sort,
        key: String::new(),
        joined: false,
        attached: None,
        definite: false,
        stem_at: 0,
        flags: Flags::NONE,
        number: 0,
        openers: &[],
        verbs: Vec::new(),
        pair: None,
        depth: 0,
        is_name: false,
        has_tanwin: false,
        ends_in_ta: false,
        ends_in_alef: false,
        hamza_second: false,
        hamza_below: false,
    }
}

/// Analyses a word: which leading letters are words of their own is decided by what is known of the rest.
fn word(text: &str, start: usize, end: usize) -> Token {
    let written = &text[start..end];
    let mut token = sign(start, end, Sort::Word);
    token.key = fold(written);
    token.has_tanwin = written.contains('\u{64B}');
    token.ends_in_ta = written
        .trim_end_matches(|c| is_mark(c) || is_control(c))
        .ends_with('ة');
    token.ends_in_alef = written
        .trim_end_matches(|c| is_mark(c) || is_control(c))
        .ends_with('ى');
    let lexicon = lexicon();
    let mut known = lexicon.word(&token.key);
    let joins = token.key.starts_with(['و', 'ف']);
    // «وعدته» is rather «و» and «عدته» than the promise.
    let doubtful = |word: &Word| {
        word.flags == Flags::NONE && word.verbs.iter().all(|known| known.form.pronoun)
    };
    if joins && known.is_none_or(doubtful) {
        let rest = &token.key['و'.len_utf8()..];
        let rest_known = lexicon.word(rest);
        let long = rest.chars().count() >= 4;
        if rest_known.is_some()
            || !lexicon.phrases(rest).is_empty()
            || (long
                && (rest.starts_with("ال") || rest.starts_with("لل") || rest.starts_with("بال")))
            || (long && is_verbal_noun(rest, text[start..end].chars().nth(1) == Some('إ')))
            || known_below(rest)
            // «وأصبحوا», «فأعلنوا»: hamza opens a word.
            || matches!(text[start..end].chars().nth(1), Some('أ' | 'إ')) && long
        {
            known = rest_known;
            token.joined = true;
            token.key.drain(.."و".len());
            token.head = start
                + written
                    .char_indices()
                    .find(|&(at, c)| at > 0 && !is_mark(c) && c != TATWEEL && !is_control(c))
                    .map_or(0, |(at, _)| at);
        }
    }
    token.hamza_below = text[token.head..end].starts_with('إ');
    token.hamza_second = matches!(text[token.head..end].chars().nth(1), Some('أ' | 'إ'));
    strip(&mut token, known.is_some());
    token.openers = lexicon.phrases(&token.key);
    if token.openers.is_empty() && token.attached.is_some() {
        token.openers = lexicon.phrases(token.stem());
    }
    if let Some(word) = known {
        token.flags = word.flags;
        token.number = word.number;
        token.verbs = word
            .verbs
            .iter()
            .filter(|known| !known.form.ends_in_alef || token.ends_in_alef)
            .filter(|known| !(known.form.pronoun && token.ends_in_ta))
            .filter(|known| !token.has_tanwin || matches!(known.form.tense, Tense::Participle))
            .filter(|known| {
                known.form.tense != Tense::Participle || !known.form.feminine || token.ends_in_ta
            })
            .copied()
            .collect();
        if token.definite
            && let Some(noun) = lexicon.word(token.stem())
        {
            token.flags = token.flags | noun.flags.among(Flags::OF_NOUNS);
        }
        if token.ends_in_alef {
            // «على» is no «علي».
            token.flags = token.flags.without(Flags::GIVEN);
        }
    } else if token.stem_at > 0
        && let Some(word) = lexicon.word(token.stem())
    {
        // A class of the noun; a verb has no ال.
        token.flags = if token.definite {
            word.flags.among(Flags::OF_NOUNS)
        } else {
            word.flags
                .without(Flags::ADJUNCT | Flags::CONNECTOR | Flags::GIVEN)
        };
        token.number = word.number;
        if token.attached.is_some() && !token.definite {
            token.verbs = word
                .verbs
                .iter()
                .filter(|known| known.form.tense == Tense::Noun)
                .copied()
                .collect();
        }
    }
    token
}

/// Whether a word is known once its preposition or ال is taken off.
fn known_below(rest: &str) -> bool {
    ["ب", "ل"].iter().any(|letter| {
        rest.strip_prefix(letter).is_some_and(|below| {
            below.chars().count() >= 3 && lexicon().word(below).is_some_and(is_noun)
        })
    })
}

/// Whether a word may stand after a preposition that is written to it.
fn is_noun(word: &Word) -> bool {
    word.flags != Flags::NONE
        || word
            .verbs
            .iter()
            .any(|known| known.form.tense == Tense::Noun)
}

/// Finds the preposition and ال before the noun: «للأمم», «بالانتقام», «لوكالة».
fn strip(token: &mut Token, known: bool) {
    let key = token.key.as_str();
    let count = key.chars().count();
    for (written, attached, letters) in [
        ("بال", Some('ب'), 3),
        ("كال", Some('ك'), 3),
        ("لل", Some('ل'), 2),
        ("ال", None, 2),
    ] {
        if key.starts_with(written) && count >= letters + 2 && !(known && attached.is_some()) {
            token.attached = attached;
            token.definite = true;
            token.stem_at = written.len();
            return;
        }
    }
    if known {
        return;
    }
    // «لأنصاره», «بأنهم»: hamza opens a word, so that the letter before it is none of it.
    if let Some(letter @ ('ل' | 'ب')) = key.chars().next()
        && token.hamza_second
        && count >= 4
    {
        token.attached = Some(letter);
        token.stem_at = letter.len_utf8();
        return;
    }
    for letter in ['ب', 'ل'] {
        if let Some(rest) = key.strip_prefix(letter)
            && rest.chars().count() >= 3
            && (lexicon().word(rest).is_some_and(is_noun)
                || !lexicon().phrases(rest).is_empty()
                || is_verbal_noun(rest, text_has_hamza_below(token, letter)))
        {
            token.attached = Some(letter);
            token.stem_at = letter.len_utf8();
            return;
        }
    }
}

/// After a preposition the writing of hamza is not looked at: «بإطلاق» is taken as a verbal noun.
const fn text_has_hamza_below(_: &Token, letter: char) -> bool {
    letter == 'ب'
}

/// Marks what stands in quotation marks more than once as a name: «"واتس آب"».
fn names_in_marks(tokens: &mut [Token]) {
    const WORDS_MAX: usize = 4;
    let mut seen: HashMap<String, (usize, bool)> = HashMap::new();
    for open in 0..tokens.len() {
        let Some(close) = tokens[open]
            .pair
            .filter(|close| tokens[open].sort == Sort::Open && *close <= open + WORDS_MAX + 1)
        else {
            continue;
        };
        let inside: Vec<&str> = tokens[open + 1..close]
            .iter()
            .map(|token| token.key.as_str())
            .collect();
        match seen.entry(inside.join(" ")) {
            Entry::Vacant(entry) => {
                entry.insert((open, false));
            }
            Entry::Occupied(mut entry) => {
                let first = entry.get().0;
                entry.get_mut().1 = true;
                tokens[first].is_name = true;
                tokens[open].is_name = true;
            }
        }
    }
}

/// Pairs brackets within a paragraph.
fn brackets(tokens: &mut [Token]) {
    let mut open = Vec::new();
    for at in 0..tokens.len() {
        match tokens[at].sort {
            Sort::OpenBracket => open.push(at),
            Sort::CloseBracket => {
                if let Some(first) = open.pop() {
                    tokens[first].pair = Some(at);
                    tokens[at].pair = Some(first);
                }
            }
            Sort::Break => open.clear(),
            _ => {}
        }
    }
}

/// For each token the first of its sentence, and the first after it.
fn sentences(tokens: &[Token]) -> (Vec<usize>, Vec<usize>) {
    let mut starts = vec![0; tokens.len()];
    let mut ends = vec![tokens.len(); tokens.len()];
    let mut first = 0;
    for (at, token) in tokens.iter().enumerate() {
        starts[at] = first;
        let after_stop = at > 0 && tokens[at - 1].sort == Sort::Stop;
        let next_is_comma = tokens
            .get(at + 1)
            .is_some_and(|next| next.sort == Sort::Comma);
        let ends_here = match token.sort {
            Sort::Stop | Sort::Break => token.depth == 0,
            Sort::Close => token.depth == 1 && after_stop && !next_is_comma,
            _ => false,
        };
        if ends_here || at - first >= SENTENCE_TOKENS_MAX {
            ends[first..=at].fill(at + 1);
            first = at + 1;
        }
    }
    (starts, ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leading_letters_are_told_from_the_word() {
        for (written, key, joined, stem) in [
            ("وقال", "قال", true, "قال"),
            ("وزير", "وزير", false, "وزير"),
            ("والخارجية", "الخارجيه", true, "خارجيه"),
            ("للأمم", "للامم", false, "امم"),
            ("بانشقاق", "بانشقاق", false, "انشقاق"),
            ("بركة", "بركه", false, "بركه"),
            ("واشنطن", "واشنطن", false, "واشنطن"),
            ("وليد", "وليد", false, "وليد"),
        ] {
            let text = Text::new(written);
            let token = &text.tokens[0];
            assert_eq!(
                (token.key.as_str(), token.joined, token.stem()),
                (key, joined, stem),
                "{written}"
            );
        }
    }

    #[test]
    fn sentences_end_where_they_do() {
        for (text, count) in [
            ("قال د. سامي إن نعم. ثم ذهب.", 2),
            ("قال: «نعم. لا». ثم", 2),
            ("لابد أن... تشهد النور", 1),
            ("الساعة 00:11 في 3.5 كم", 1),
        ] {
            let text = Text::new(text);
            let starts: std::collections::BTreeSet<_> = text.sentence_starts.iter().collect();
            assert_eq!(starts.len(), count, "{}", text.field);
        }
    }
}
