//! A text as it is seen: letters as readers take them, each with the bytes it
//! stands at, and the words between the gaps.

use std::ops::Range;

use crate::letters::TATWEEL;

use super::looks::{Look, looks_of};

/// What stands at one place of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A letter of Arabic.
    Arabic,
    /// A letter of another script, mostly Latin.
    Latin,
    /// A digit.
    Digit,
    /// White space.
    Space,
    /// Punctuation, a symbol, a picture.
    Sign,
}

/// One letter or sign with all that is written on it. The same letter several
/// times in a row is one, with how often it stands there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    pub c: char,
    pub kind: Kind,
    pub from: u32,
    pub to: u32,
    /// How often in a row.
    pub run: u32,
    /// Marks.
    pub is_dressed: bool,
    /// Tatweel.
    pub is_drawn_out: bool,
    /// A letter that only looks like this one, or something unseen behind it.
    pub is_odd: bool,
    /// The letter as it stands in the text.
    pub raw: char,
    /// Of the piece it belongs to, if it is a letter or digit.
    pub piece: u32,
}

impl Glyph {
    /// Whether it is a hamza on a seat.
    pub(super) const fn is_glottal(&self) -> bool {
        matches!(self.raw, 'أ' | 'ؤ' | 'ئ')
    }
}

/// Letters and digits without a gap.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Its glyphs.
    pub glyphs: Range<usize>,
    /// Its letters in [`Seen::letters`].
    pub letters: Range<usize>,
    /// Number of letters.
    pub count: usize,
    /// Whether one of its letters is Arabic.
    pub has_arabic: bool,
    /// A short word that everybody writes: never the half of another one.
    pub is_common: bool,
}

/// A text as it is seen.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) pieces: Vec<Piece>,
    letters: String,
}

impl Seen {
    /// Reads `text`, at most its first 2^32 bytes.
    pub fn of(text: &str) -> Self {
        let mut seen = Self {
            glyphs: Vec::with_capacity(text.len() / 2),
            ..Self::default()
        };
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        for (at, c) in text.char_indices() {
            let (from, to) = (place(at), place(at + c.len_utf8()));
            looks_of(c, |look| seen.push(look, c, from, to));
        }
        seen.cut();
        seen
    }

    fn push(&mut self, look: Look, raw: char, from: u32, to: u32) {
        let (c, kind, is_odd) = match look {
            Look::Unseen { is_odd } => {
                if let Some(last) = self.glyphs.last_mut()
                    && matches!(last.kind, Kind::Arabic | Kind::Latin | Kind::Digit)
                {
                    last.to = to;
                    last.is_dressed |= raw != 'ء' && raw != TATWEEL;
                    last.is_drawn_out |= raw == TATWEEL;
                    last.is_odd |= is_odd;
                }
                return;
            }
            Look::Space => (if raw == '\n' { '\n' } else { ' ' }, Kind::Space, false),
            Look::Sign(c) => (c, Kind::Sign, false),
            Look::Letter { c, is_odd } if c.is_ascii_digit() => (c, Kind::Digit, is_odd),
            Look::Letter { c, is_odd } if matches!(c, '\u{600}'..='\u{6FF}') => {
                (c, Kind::Arabic, is_odd)
            }
            Look::Letter { c, is_odd } => (c, Kind::Latin, is_odd),
        };
        if let Some(last) = self.glyphs.last_mut()
            && last.c == c
            // «حئير» has two letters there.
            && !last.is_glottal()
            && kind != Kind::Digit
            && kind != Kind::Sign
        {
            last.to = to;
            last.run = last.run.saturating_add(1);
            last.is_odd |= is_odd;
            return;
        }
        self.glyphs.push(Glyph {
            c,
            kind,
            from,
            to,
            run: 1,
            is_dressed: false,
            is_drawn_out: false,
            is_odd,
            raw,
            piece: u32::MAX,
        });
    }

    fn cut(&mut self) {
        let mut at = 0;
        while at < self.glyphs.len() {
            if !self.is_letter(at) {
                at += 1;
                continue;
            }
            let (start, from) = (at, self.letters.len());
            let number = u32::try_from(self.pieces.len()).unwrap_or(u32::MAX);
            let mut has_arabic = false;
            while self.is_letter(at) {
                self.letters.push(self.glyphs[at].c);
                self.glyphs[at].piece = number;
                has_arabic |= self.glyphs[at].kind == Kind::Arabic;
                at += 1;
            }
            let letters = from..self.letters.len();
            self.pieces.push(Piece {
                is_common: super::common::is_common(&self.letters[letters.clone()]),
                glyphs: start..at,
                letters,
                count: at - start,
                has_arabic,
            });
        }
    }

    /// Whether a letter or digit stands there.
    pub(super) fn is_letter(&self, at: usize) -> bool {
        self.glyphs
            .get(at)
            .is_some_and(|glyph| !matches!(glyph.kind, Kind::Space | Kind::Sign))
    }

    /// Whether Arabic letters stand in the piece at `at`, or in the one beside it
    /// that only signs part from it: «kلب», «ز.maaل».
    pub(super) fn is_mixed(&self, at: usize) -> bool {
        let has_arabic = |piece: usize| {
            let piece = self.pieces.get(piece);
            piece.is_some_and(|piece| piece.has_arabic)
        };
        let joins = |left: usize| {
            let ends = self.pieces.get(left).map(|piece| piece.glyphs.end);
            let begins = self.pieces.get(left + 1).map(|piece| piece.glyphs.start);
            ends.zip(begins)
                .is_some_and(|(from, to)| to == from + 1 && self.glyphs[from].kind == Kind::Sign)
        };
        let piece = self.glyphs[at].piece as usize;
        let before = piece.checked_sub(1);
        has_arabic(piece)
            || before.is_some_and(|before| joins(before) && has_arabic(before))
            || joins(piece) && has_arabic(piece + 1)
    }

    /// Whether a letter of the word `number` only looks like the one it is read as.
    pub fn is_odd(&self, number: usize) -> bool {
        let piece = self.pieces.get(number);
        piece.is_some_and(|piece| {
            self.glyphs[piece.glyphs.clone()]
                .iter()
                .any(|glyph| glyph.is_odd)
        })
    }

    /// How many words there are: letters and digits between gaps.
    pub fn words(&self) -> usize {
        self.pieces.len()
    }

    /// The word `number` as it is compared, nothing behind the last:
    /// «الأُسْتـااااذة» is «الاستاذه».
    pub fn word(&self, number: usize) -> Option<&str> {
        Some(&self.letters[self.pieces.get(number)?.letters.clone()])
    }

    /// The bytes of the word `number` in the text.
    pub fn bytes(&self, number: usize) -> Option<Range<usize>> {
        Some(self.span(&self.pieces.get(number)?.glyphs))
    }

    /// The first letter in a row that stands there most often, and how often, in
    /// the word `number`.
    pub fn longest_run(&self, number: usize) -> usize {
        let glyphs = self
            .pieces
            .get(number)
            .map(|piece| &self.glyphs[piece.glyphs.clone()]);
        let runs = glyphs.into_iter().flatten().map(|glyph| glyph.run);
        runs.max().unwrap_or(0) as usize
    }

    /// The signs before the first word.
    pub fn signs_before(&self) -> impl Iterator<Item = char> {
        let signs = self.glyphs.iter();
        signs
            .take_while(|glyph| matches!(glyph.kind, Kind::Space | Kind::Sign))
            .map(|glyph| glyph.c)
    }

    /// The signs between the word `number` and the next one.
    pub fn signs_after(&self, number: usize) -> impl Iterator<Item = char> {
        let from = self
            .pieces
            .get(number)
            .map_or(self.glyphs.len(), |piece| piece.glyphs.end);
        let rest = self.glyphs[from..].iter();
        rest.take_while(|glyph| matches!(glyph.kind, Kind::Space | Kind::Sign))
            .map(|glyph| glyph.c)
    }

    pub(super) fn span(&self, glyphs: &Range<usize>) -> Range<usize> {
        match (self.glyphs.get(glyphs.start), glyphs.end.checked_sub(1)) {
            (Some(first), Some(last)) if last >= glyphs.start => {
                first.from as usize..self.glyphs[last].to as usize
            }
            _ => 0..0,
        }
    }
}
