//! The difference of two texts of an article, by words, side by side.
//!
//! Blocks are aligned first, so that one that was edited or moved stands beside
//! its former self; then their words. A word is compared with its vowel signs
//! and its tatweel: nothing is cut inside a word, so that letters stay joined.
//! The time grows with the length of the texts; of what differs in more than
//! [`PIECES_MAX`] pieces the rest is told by whole blocks.

mod blocks;
mod sequence;
mod words;

use self::words::{Flat, Numbers, Token};
use crate::{Body, Mark};

/// The most pieces and lines that are told apart.
pub const PIECES_MAX: usize = 6_000;
/// Likeness, in thousandths, below which two texts are told as two.
const ALIKE: u32 = 250;

/// A text that is compared.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    /// Its headline.
    pub headline: &'a str,
    /// Its standfirst.
    pub standfirst: &'a str,
    /// Its body.
    pub body: &'a Body,
}

/// What differs between two texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Their headlines.
    pub headline: Row,
    /// Their standfirsts.
    pub standfirst: Row,
    /// Their blocks, beside each other.
    pub body: Vec<Row>,
    /// Whether so much differs that some blocks are told whole.
    pub is_coarse: bool,
}

/// Two blocks beside each other, or one alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// How it was.
    pub older: Option<Side>,
    /// How it is.
    pub newer: Option<Side>,
    /// Whether it stands elsewhere than before.
    pub is_moved: bool,
    /// Whether anything in it differs.
    pub differs: bool,
}

/// A block on one side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// What it is: `headline`, `standfirst`, `paragraph`, `heading-2` to
    /// `heading-4`, `list`, `quotation`, `picture`, `gallery`, `table`, `embed`,
    /// `separator`.
    pub kind: &'static str,
    /// BCP 47 language if it differs from the article's.
    pub lang: Option<String>,
    /// Whether it is another kind, or in another language, than on the other side.
    pub is_other_kind: bool,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// A line of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is: empty for running text; `item`, `numbered`, `source`, `picture`,
    /// `alt`, `caption`, `credit`, `head-row`, `row`, `cell`, `address`.
    pub role: &'static str,
    /// How deep an item of a list stands, from 0.
    pub depth: u8,
    /// Whether there is no such line on the other side.
    pub differs: bool,
    /// Its text, in pieces.
    pub pieces: Vec<Piece>,
}

/// A stretch of text that has one fate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// What became of it.
    pub fate: Fate,
    /// What is marked on it.
    pub marks: Vec<Mark>,
}

/// What became of a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It stands on both sides.
    Kept,
    /// It stands on both sides, with other marks.
    Marked,
    /// It stands on this side alone.
    Own,
}

impl Difference {
    /// What differs from `older` to `newer`.
    pub fn between(older: Text<'_>, newer: Text<'_>) -> Self {
        let mut numbers = Numbers::default();
        let mut left = PIECES_MAX;
        let headline = (
            numbers.line("headline", older.headline),
            numbers.line("headline", newer.headline),
        );
        let standfirst = (
            numbers.line("standfirst", older.standfirst),
            numbers.line("standfirst", newer.standfirst),
        );
        let before = numbers.blocks(older.body);
        let after = numbers.blocks(newer.body);
        let headline = row(&headline.0, &headline.1, false, &mut left);
        let standfirst = row(&standfirst.0, &standfirst.1, false, &mut left);
        let body = rows(&before, &after, &mut left);
        Self {
            headline,
            standfirst,
            body,
            is_coarse: left == 0,
        }
    }

    /// Whether nothing differs.
    pub fn is_none(&self) -> bool {
        let mut rows = self.body.iter().chain([&self.headline, &self.standfirst]);
        !rows.any(|row| row.differs)
    }
}

fn rows(older: &[Flat<'_>], newer: &[Flat<'_>], left: &mut usize) -> Vec<Row> {
    let pairs = blocks::align(older, newer);
    let mut partner = vec![None; newer.len()];
    let mut is_paired = vec![false; older.len()];
    for pair in &pairs {
        partner[pair.newer] = Some(*pair);
        is_paired[pair.older] = true;
    }
    // Before each block of the newer text: how much of the older is told by then.
    let mut told = vec![older.len(); newer.len() + 1];
    for at in (0..newer.len()).rev() {
        told[at] = match partner[at] {
            Some(pair) if !pair.moved => pair.older,
            _ => told[at + 1],
        };
    }
    let mut rows = Vec::with_capacity(newer.len() + older.len() - pairs.len());
    let mut from = 0;
    for at in 0..=newer.len() {
        let to = told[at].max(from);
        let gone = (from..to).filter(|gone| !is_paired[*gone]);
        rows.extend(gone.map(|gone| Row {
            older: Some(alone(&older[gone], left)),
            newer: None,
            is_moved: false,
            differs: true,
        }));
        from = to;
        let Some(own) = newer.get(at) else {
            break;
        };
        rows.push(match partner[at] {
            Some(pair) => row(&older[pair.older], own, pair.moved, left),
            None => Row {
                older: None,
                newer: Some(alone(own, left)),
                is_moved: false,
                differs: true,
            },
        });
    }
    rows
}

/// A block without its like.
fn alone(flat: &Flat<'_>, left: &mut usize) -> Side {
    let fates = vec![Fate::Own; flat.tokens.len()];
    side(flat, &fates, &vec![false; flat.tokens.len()], left)
}

/// Two blocks that are one.
fn row(older: &Flat<'_>, newer: &Flat<'_>, is_moved: bool, left: &mut usize) -> Row {
    let mut compared = Compared::of(older, newer);
    let is_other_kind = older.name != newer.name || older.lang != newer.lang;
    let differs = is_moved || is_other_kind || compared.differs();
    if *left == 0 && differs {
        compared = Compared::apart(older, newer);
    }
    let kind = |side: Side| Side {
        is_other_kind,
        ..side
    };
    Row {
        older: Some(kind(side(older, &compared.older, &compared.blanks.0, left))),
        newer: Some(kind(side(newer, &compared.newer, &compared.blanks.1, left))),
        is_moved,
        differs,
    }
}

/// What became of each token.
struct Compared {
    older: Vec<Fate>,
    newer: Vec<Fate>,
    /// Whether the blanks behind a kept token are other ones.
    blanks: (Vec<bool>, Vec<bool>),
}

impl Compared {
    /// Everything stands on its own side alone.
    fn apart(older: &Flat<'_>, newer: &Flat<'_>) -> Self {
        Self {
            older: vec![Fate::Own; older.tokens.len()],
            newer: vec![Fate::Own; newer.tokens.len()],
            blanks: (
                vec![false; older.tokens.len()],
                vec![false; newer.tokens.len()],
            ),
        }
    }

    fn of(older: &Flat<'_>, newer: &Flat<'_>) -> Self {
        let mut compared = Self::apart(older, newer);
        let same = older.numbers == newer.numbers;
        if !same && blocks::likeness(older, newer) < ALIKE && !older.bag.is_empty() {
            return compared;
        }
        let pairs = if same {
            (0..older.numbers.len()).map(|at| (at, at)).collect()
        } else {
            let pairs = sequence::common(&older.numbers, &newer.numbers);
            without_islands(&pairs, &older.tokens, &newer.tokens)
        };
        for (left, right) in pairs {
            let (one, other) = (&older.tokens[left], &newer.tokens[right]);
            let fate = if one.marks == other.marks {
                Fate::Kept
            } else {
                Fate::Marked
            };
            (compared.older[left], compared.newer[right]) = (fate, fate);
            let other_blank = one.blank != other.blank;
            compared.blanks.0[left] = other_blank;
            compared.blanks.1[right] = other_blank;
        }
        compared
    }

    fn differs(&self) -> bool {
        let fates = self.older.iter().chain(&self.newer);
        fates.clone().any(|fate| *fate != Fate::Kept)
            || self
                .blanks
                .0
                .iter()
                .chain(&self.blanks.1)
                .any(|other| *other)
    }
}

/// The pairs without those few letters or signs that two sentences happen to
/// share: a lone «و» between two changes says nothing.
fn without_islands(
    pairs: &[(usize, usize)],
    older: &[Token<'_>],
    newer: &[Token<'_>],
) -> Vec<(usize, usize)> {
    let mut kept: Vec<(usize, usize)> = Vec::with_capacity(pairs.len());
    let mut at = 0;
    while at < pairs.len() {
        let mut end = at + 1;
        while end < pairs.len()
            && pairs[end].0 == pairs[end - 1].0 + 1
            && pairs[end].1 == pairs[end - 1].1 + 1
        {
            end += 1;
        }
        let run = &pairs[at..end];
        let before = kept.last().map_or((0, 0), |last| (last.0 + 1, last.1 + 1));
        let after = pairs.get(end).copied();
        let after = after.unwrap_or((older.len(), newer.len()));
        let own = run.iter().map(|(left, _)| &older[*left]);
        let letters: usize = own.clone().map(Token::letters).sum();
        let starts = own.clone().any(|token| token.starts.is_some());
        let around = (
            (run[0].0 - before.0).min(run[0].1 - before.1),
            (after.0 - run[run.len() - 1].0 - 1).min(after.1 - run[run.len() - 1].1 - 1),
        );
        let is_island = around.0 > 0
            && around.1 > 0
            && (letters <= 1 || (letters <= 3 && around.0 + around.1 >= 4));
        if starts || !is_island {
            kept.extend_from_slice(run);
        }
        at = end;
    }
    kept
}

/// The lines of a block, with the fate of each token; at the end of what may be
/// told in pieces, as one.
fn side(flat: &Flat<'_>, fates: &[Fate], blanks: &[bool], left: &mut usize) -> Side {
    let mut lines: Vec<Line> = Vec::new();
    let mut told = 0;
    for ((token, fate), other_blank) in flat.tokens.iter().zip(fates).zip(blanks) {
        if let Some(start) = &token.starts {
            lines.push(Line {
                role: start.role,
                depth: start.depth,
                differs: *fate == Fate::Own,
                pieces: Vec::new(),
            });
            told += 1;
            continue;
        }
        let Some(line) = lines.last_mut() else {
            continue;
        };
        let blank = if *other_blank { Fate::Own } else { *fate };
        for (text, fate) in [(&token.text, *fate), (&token.blank, blank)] {
            if text.is_empty() {
                continue;
            }
            match line.pieces.last_mut() {
                Some(last) if last.fate == fate && last.marks == token.marks => {
                    last.text.push_str(text);
                }
                _ => {
                    told += 1;
                    line.pieces.push(Piece {
                        text: text.to_string(),
                        fate,
                        marks: token.marks.to_vec(),
                    });
                }
            }
        }
    }
    if told > *left {
        lines = vec![whole(flat, fates)];
    }
    *left = left.saturating_sub(told);
    Side {
        kind: flat.name,
        lang: flat.lang.map(str::to_owned),
        is_other_kind: false,
        lines,
    }
}

/// All of a block in one piece.
fn whole(flat: &Flat<'_>, fates: &[Fate]) -> Line {
    let mut text = String::new();
    for token in &flat.tokens {
        if token.starts.is_some() && !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&token.text);
        text.push_str(&token.blank);
    }
    let is_kept = fates.iter().all(|fate| *fate == Fate::Kept);
    Line {
        role: "",
        depth: 0,
        differs: !is_kept,
        pieces: vec![Piece {
            text,
            fate: if is_kept { Fate::Kept } else { Fate::Own },
            marks: Vec::new(),
        }],
    }
}

#[cfg(test)]
mod tests;
