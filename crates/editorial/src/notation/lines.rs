//! Lines, and what a line says by its beginning.

use super::letters::{Letter, digit, is_language, letters, words};

/// A line with those that a `\` at its end joins to it.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    /// From 1.
    pub(super) number: usize,
    pub(super) text: &'a str,
}

/// The text without what no text may hold: control characters but tab and
/// line end, byte order marks, blanks at the ends of lines.
pub(super) fn cleaned(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut line_start = 0;
    let mut after_return = false;
    for sign in text.chars() {
        let follows_return = std::mem::replace(&mut after_return, sign == '\r');
        match sign {
            '\n' if follows_return => {}
            '\n' | '\r' => {
                let kept = out[line_start..].trim_end().len();
                out.truncate(line_start + kept);
                out.push('\n');
                line_start = out.len();
            }
            '\t' => out.push(sign),
            '\u{FEFF}' => {}
            _ if sign.is_control() => {}
            _ => out.push(sign),
        }
    }
    let kept = out[line_start..].trim_end().len();
    out.truncate(line_start + kept);
    out
}

/// The lines of a cleaned text.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut out = Vec::new();
    let (mut start, mut end, mut number) = (0, 0, 1);
    let mut below = text.split('\n').peekable();
    let mut at = 0;
    while let Some(line) = below.next() {
        at += 1;
        end += line.len();
        let goes_on = below.peek().is_some_and(|next| !next.is_empty());
        if !(goes_on && ends_in_escape(line)) {
            out.push(Line {
                number,
                text: &text[start..end],
            });
            start = end + 1;
            number = at + 1;
        }
        end += 1;
    }
    out
}

fn ends_in_escape(line: &str) -> bool {
    let signs = line.bytes().rev().take_while(|byte| *byte == b'\\');
    signs.count() % 2 == 1
}

/// What a line is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    Blank,
    Heading {
        level: u8,
        words: &'a str,
    },
    /// An item; numbered if it has a number.
    Item {
        number: Option<u32>,
        words: &'a str,
    },
    Quotation(&'a str),
    Picture,
    Row,
    Embed {
        title: String,
        url: String,
    },
    Separator,
    Text,
}

/// Takes the language off the beginning of a block: `{en} words`.
pub(super) fn language(line: &str) -> Option<(&str, &str)> {
    let (lang, rest) = line.strip_prefix('{')?.split_once('}')?;
    let words = rest.trim_start();
    (is_language(lang) && words.len() < rest.len() && !words.is_empty()).then_some((lang, words))
}

/// Tells what a line is that begins with no blank.
pub(super) fn kind(line: &str) -> Kind<'_> {
    let found = match line.chars().next() {
        None => Some(Kind::Blank),
        Some('#') => heading(line),
        Some('-') if line.len() >= 3 && line.bytes().all(|byte| byte == b'-') => {
            Some(Kind::Separator)
        }
        Some('-') => item_words(&line[1..]).map(|words| Kind::Item {
            number: None,
            words,
        }),
        Some('>') => Some(Kind::Quotation(
            line[1..].strip_prefix(' ').unwrap_or(&line[1..]),
        )),
        Some('!') if line.starts_with("![") => Some(Kind::Picture),
        Some('|') => Some(Kind::Row),
        Some('@') if line.starts_with("@[") => embed(line),
        Some(sign) if digit(sign).is_some() => numbered(line),
        Some(_) => None,
    };
    found.unwrap_or(Kind::Text)
}

fn heading(line: &str) -> Option<Kind<'_>> {
    let rest = line.trim_start_matches('#');
    let signs = line.len() - rest.len();
    let words = rest.trim_start();
    // The headline is level 1, and the smallest is 4.
    let level = [2, 2, 3, 4, 4, 4].get(signs - 1)?;
    (words.len() < rest.len() && !words.is_empty()).then_some(Kind::Heading {
        level: *level,
        words,
    })
}

/// The words behind the sign of an item, if it is one.
fn item_words(rest: &str) -> Option<&str> {
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| rest.trim_start())
}

/// Where the `.` stands behind the number at the beginning of a line.
pub(super) fn number_end(line: &str) -> Option<usize> {
    let (end, sign) = line
        .char_indices()
        .find(|(_, sign)| digit(*sign).is_none())?;
    (sign == '.' && end > 0 && line[..end].chars().count() <= 6).then_some(end)
}

fn numbered(line: &str) -> Option<Kind<'_>> {
    let end = number_end(line)?;
    let words = item_words(&line[end + 1..])?;
    let number = line[..end]
        .chars()
        .filter_map(digit)
        .fold(0, |number, digit| number * 10 + digit);
    Some(Kind::Item {
        number: Some(number),
        words,
    })
}

fn embed(line: &str) -> Option<Kind<'_>> {
    let letters = letters(line);
    let middle = 1 + bracket_end(&letters[1..])?;
    let closing = partners(&letters)[middle + 1]?;
    (closing + 1 == letters.len()).then(|| Kind::Embed {
        title: words(&letters[2..middle]),
        url: words(&letters[middle + 2..closing]),
    })
}

/// Where the first `](` stands.
pub(super) fn bracket_end(letters: &[Letter]) -> Option<usize> {
    letters
        .windows(2)
        .position(|pair| pair[0].is(']') && pair[1].is('('))
}

/// For each `(` the place of the `)` that closes it.
pub(super) fn partners(letters: &[Letter]) -> Vec<Option<usize>> {
    let mut out = vec![None; letters.len()];
    let mut open = Vec::new();
    for (at, letter) in letters.iter().enumerate() {
        if letter.is('(') {
            open.push(at);
        } else if letter.is(')')
            && let Some(start) = open.pop()
        {
            out[start] = Some(at);
        }
    }
    out
}

/// What a line of a table is.
pub(super) enum Row<'a> {
    Cells(Vec<&'a str>),
    Caption(&'a str),
}

/// Reads a line that begins with `|`; `None` where it has no end.
pub(super) fn row(line: &str) -> Option<Row<'_>> {
    let mut bars = Vec::new();
    let mut signs = line.char_indices();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '\\' => {
                signs.next();
            }
            '|' => bars.push(at),
            _ => {}
        }
    }
    if let [_] = bars[..] {
        return source(line[1..].trim_start()).map(Row::Caption);
    }
    let is_closed = bars.last() == Some(&(line.len() - 1));
    let cells = bars.windows(2).map(|pair| &line[pair[0] + 1..pair[1]]);
    is_closed.then(|| Row::Cells(cells.collect()))
}

/// Whether cells are the line below a header: `|---|:---:|`.
pub(super) fn is_rule(cells: &[&str]) -> bool {
    cells.iter().all(|cell| {
        let cell = cell.trim();
        let cell = cell.strip_prefix(':').unwrap_or(cell);
        let cell = cell.strip_suffix(':').unwrap_or(cell);
        cell.len() >= 3 && cell.bytes().all(|byte| byte == b'-')
    })
}

/// The words behind the dash before a source or a caption: `— الوزير`.
pub(super) fn source(line: &str) -> Option<&str> {
    let words = line.strip_prefix('—').or_else(|| line.strip_prefix("--"))?;
    Some(words.trim_start())
}
