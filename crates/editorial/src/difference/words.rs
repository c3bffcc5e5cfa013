//! A block as a line of tokens that can be compared: words, signs, and the
//! beginnings of its lines.

use std::{borrow::Cow, collections::HashMap};

use arabic::letters::{TATWEEL, is_control, is_mark};

use crate::{
    Block, BlockKind, Body, Mark, Run,
    body::{Image, ListItem},
};

/// One thing that is compared: a word with its vowel signs and its tatweel, a
/// sign, or the beginning of a line.
#[derive(Clone, Debug)]
pub(super) struct Token<'a> {
    /// The word or sign; empty at the beginning of a line.
    pub(super) text: Cow<'a, str>,
    /// The blanks behind it.
    pub(super) blank: Cow<'a, str>,
    /// What is marked on it.
    pub(super) marks: &'a [Mark],
    /// The line that begins, where one does.
    pub(super) starts: Option<LineStart>,
}

/// What a line of a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct LineStart {
    pub(super) role: &'static str,
    pub(super) depth: u8,
}

impl Token<'_> {
    /// Letters of a word; none of a sign.
    pub(super) fn letters(&self) -> usize {
        self.text.chars().filter(|c| c.is_alphanumeric()).count()
    }
}

/// A block ready to be compared.
pub(super) struct Flat<'a> {
    /// The block; none for a headline and a standfirst.
    pub(super) block: Option<&'a Block>,
    /// What it is.
    pub(super) name: &'static str,
    /// Its language, where it is another than the article's.
    pub(super) lang: Option<&'a str>,
    pub(super) tokens: Vec<Token<'a>>,
    /// For each token the number of its like.
    pub(super) numbers: Vec<u32>,
    /// The numbers of its words, sorted.
    pub(super) bag: Vec<u32>,
}

/// Numbers for tokens: those that are alike have one.
#[derive(Default)]
pub(super) struct Numbers {
    words: HashMap<String, u32>,
    starts: HashMap<LineStart, u32>,
    next: u32,
}

impl Numbers {
    fn of(&mut self, token: &Token<'_>) -> u32 {
        let known = match &token.starts {
            Some(start) => self.starts.get(start),
            None => self.words.get(token.text.as_ref()),
        };
        if let Some(known) = known {
            return *known;
        }
        let own = self.next;
        self.next += 1;
        match token.starts {
            Some(start) => {
                self.starts.insert(start, own);
            }
            None => {
                self.words.insert(token.text.clone().into_owned(), own);
            }
        }
        own
    }

    /// The blocks of a body with their numbers.
    pub(super) fn blocks<'a>(&mut self, body: &'a Body) -> Vec<Flat<'a>> {
        body.blocks.iter().map(|block| self.block(block)).collect()
    }

    fn block<'a>(&mut self, block: &'a Block) -> Flat<'a> {
        let mut lines = Lines(Vec::new());
        let name = lines.block(&block.kind);
        Flat {
            block: Some(block),
            lang: block.lang.as_deref(),
            ..self.flat(name, lines)
        }
    }

    /// A text of one line with its numbers.
    pub(super) fn line<'a>(&mut self, name: &'static str, text: &'a str) -> Flat<'a> {
        let mut lines = Lines(Vec::new());
        lines.text("", 0, text);
        self.flat(name, lines)
    }

    fn flat<'a>(&mut self, name: &'static str, Lines(tokens): Lines<'a>) -> Flat<'a> {
        let numbers: Vec<u32> = tokens.iter().map(|token| self.of(token)).collect();
        let words = tokens.iter().zip(&numbers);
        let words = words.filter(|(token, _)| token.letters() > 0);
        let mut bag: Vec<u32> = words.map(|(_, number)| *number).collect();
        bag.sort_unstable();
        Flat {
            block: None,
            name,
            lang: None,
            tokens,
            numbers,
            bag,
        }
    }
}

/// Lines in the making.
struct Lines<'a>(Vec<Token<'a>>);

impl<'a> Lines<'a> {
    fn start(&mut self, role: &'static str, depth: u8) {
        self.0.push(Token {
            text: "".into(),
            blank: "".into(),
            marks: &[],
            starts: Some(LineStart { role, depth }),
        });
    }

    fn text(&mut self, role: &'static str, depth: u8, text: &'a str) {
        self.start(role, depth);
        split(text, &[], &mut self.0);
    }

    fn maybe(&mut self, role: &'static str, text: Option<&'a String>) {
        if let Some(text) = text {
            self.text(role, 0, text);
        }
    }

    fn runs(&mut self, role: &'static str, depth: u8, runs: &'a [Run]) {
        self.start(role, depth);
        for run in runs {
            split(&run.text, &run.marks, &mut self.0);
        }
    }

    fn items(&mut self, ordered: bool, depth: u8, items: &'a [ListItem]) {
        let role = if ordered { "numbered" } else { "item" };
        for item in items {
            self.runs(role, depth, &item.runs);
            self.items(item.ordered, depth.saturating_add(1), &item.items);
        }
    }

    fn image(&mut self, image: &'a Image) {
        self.start("picture", 0);
        // Which picture it is, is one word: another picture is another word.
        let address = match (image.media, &image.url) {
            (Some(media), _) => Cow::from(media.to_string()),
            (None, Some(url)) => Cow::from(url.as_str()),
            (None, None) => Cow::from(""),
        };
        self.0.push(Token {
            text: address,
            blank: "".into(),
            marks: &[],
            starts: None,
        });
        self.text("alt", 0, &image.alt);
        self.maybe("caption", image.caption.as_ref());
        self.maybe("credit", image.credit.as_ref());
    }

    /// Takes in a block; gives its name.
    fn block(&mut self, kind: &'a BlockKind) -> &'static str {
        match kind {
            BlockKind::Paragraph { runs } => {
                self.runs("", 0, runs);
                "paragraph"
            }
            BlockKind::Heading { level, runs } => {
                self.runs("", 0, runs);
                match level {
                    2 => "heading-2",
                    3 => "heading-3",
                    _ => "heading-4",
                }
            }
            BlockKind::List { ordered, items } => {
                self.items(*ordered, 0, items);
                "list"
            }
            BlockKind::Quotation { paragraphs, source } => {
                for runs in paragraphs {
                    self.runs("", 0, runs);
                }
                self.maybe("source", source.as_ref());
                "quotation"
            }
            BlockKind::Image(image) => {
                self.image(image);
                "picture"
            }
            BlockKind::Gallery { images } => {
                images.iter().for_each(|image| self.image(image));
                "gallery"
            }
            BlockKind::Table {
                header,
                rows,
                caption,
            } => {
                self.maybe("caption", caption.as_ref());
                for (at, row) in rows.iter().enumerate() {
                    let is_head = *header && at == 0;
                    self.start(if is_head { "head-row" } else { "row" }, 0);
                    for (at, cell) in row.iter().enumerate() {
                        if at > 0 {
                            self.start("cell", 0);
                        }
                        for run in cell {
                            split(&run.text, &run.marks, &mut self.0);
                        }
                    }
                }
                "table"
            }
            BlockKind::Embed { url, title } => {
                self.text("address", 0, url);
                self.maybe("caption", title.as_ref());
                "embed"
            }
            BlockKind::Separator => "separator",
        }
    }
}

/// Letters, digits and what belongs to them: vowel signs, tatweel, joiners.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c) || is_control(c) || c == TATWEEL || is_combining(c)
}

const fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// A sign that stands within a number: «2,254.5», «12/9», «10:30».
const fn is_within_number(c: char) -> bool {
    matches!(c, '.' | ',' | '/' | ':' | '٫' | '٬')
}

/// Parts a text into words and signs, each with the blanks behind it; its
/// pieces joined are the text again.
///
/// «سوريــة، ٢٬٢٥٤» gives «سوريــة», «،» with a blank, and «٢٬٢٥٤».
fn split<'a>(text: &'a str, marks: &'a [Mark], tokens: &mut Vec<Token<'a>>) {
    let mut rest = text;
    let blank = blanks(rest);
    if blank > 0 {
        let (own, after) = rest.split_at(blank);
        match tokens.last_mut() {
            Some(last) if last.starts.is_none() => last.blank.to_mut().push_str(own),
            _ => tokens.push(Token {
                text: "".into(),
                blank: own.into(),
                marks,
                starts: None,
            }),
        }
        rest = after;
    }
    while !rest.is_empty() {
        let (text, after) = rest.split_at(word(rest));
        let (blank, after) = after.split_at(blanks(after));
        tokens.push(Token {
            text: text.into(),
            blank: blank.into(),
            marks,
            starts: None,
        });
        rest = after;
    }
}

/// Bytes of the blanks that a text begins with.
fn blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// Bytes of the word or the sign that a text begins with.
fn word(text: &str) -> usize {
    let mut letters = text.char_indices().peekable();
    let mut before = None;
    while let Some((at, c)) = letters.next() {
        let goes_on = is_of_word(c)
            || (is_within_number(c)
                && before.is_some_and(char::is_numeric)
                && letters.peek().is_some_and(|(_, next)| next.is_numeric()));
        if !goes_on {
            // A sign that nothing stood before is a token of its own.
            return if at == 0 { c.len_utf8() } else { at };
        }
        before = Some(c);
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut tokens = Vec::new();
        split(text, &[], &mut tokens);
        tokens.iter().map(|token| token.text.to_string()).collect()
    }

    #[test]
    fn a_word_keeps_its_signs() {
        assert_eq!(
            words("قالَ: «سوريــة»، ٢٬٢٥٤ في 12/9."),
            [
                "قالَ",
                ":",
                "«",
                "سوريــة",
                "»",
                "،",
                "٢٬٢٥٤",
                "في",
                "12/9",
                "."
            ]
        );
        assert_eq!(words("می\u{200c}روم اللّٰه"), ["می\u{200c}روم", "اللّٰه"]);
        assert_eq!(words("  "), [""]);
        assert_eq!(words(""), [""; 0]);
    }
}
