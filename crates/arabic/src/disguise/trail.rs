//! What a way through a text has taken of a form so far, and whether the form may
//! be written so.

use super::{
    glyphs::Piece,
    trie::{End, Endings},
};

/// [`Trail::swaps`] of a long vowel too many. The form must have five letters.
pub(super) const ONE_MORE: u8 = 2;
/// [`Trail::swaps`] of a long vowel too few. The form must have six letters:
/// «قادة» is no «قوادة».
pub(super) const ONE_LESS: u8 = 3;
/// [`Trail::swaps`] of a letter that is seldom put for another one.
pub(super) const FAR: u8 = 4;

/// What was taken so far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trail {
    /// The first glyph, clitics included.
    pub start: usize,
    /// The last letter taken.
    pub last: char,
    pub letters: u8,
    /// Of them, digits.
    pub digits: u8,
    pub masked: u8,
    pub swaps: u8,
    /// Gaps within words that hold no space.
    pub signs: u8,
    /// Gaps within words that hold one.
    pub spaces: u8,
    pub facts: Facts,
}

/// What is so of a trail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts(u8);

impl Facts {
    pub(super) const ADDRESSED: u8 = 1;
    pub(super) const DEFINITE: u8 = 2;
    /// It has clitics that stand before any word.
    pub(super) const LED: u8 = 4;
    /// A digit or odd letter is among its letters.
    pub(super) const ODD: u8 = 8;
    /// Words that belong apart stand together.
    pub(super) const MERGED: u8 = 16;
    /// One of the pieces it is cut in is no word.
    pub(super) const SCRAP: u8 = 32;
    /// Somebody is called by it: «ياكلب», not «ابن كلب».
    pub(super) const CALLED: u8 = 128;
    /// One of the pieces it is cut in is a whole word.
    pub(super) const WHOLE: u8 = 64;

    pub(super) const fn has(self, fact: u8) -> bool {
        self.0 & fact != 0
    }

    pub(super) const fn with(self, fact: u8, is_so: bool) -> Self {
        if is_so { Self(self.0 | fact) } else { self }
    }
}

/// Signs that stand for a letter, and for nothing else within a word.
pub(super) const fn is_mask(sign: char) -> bool {
    matches!(
        sign,
        '*' | '#'
            | '@'
            | '%'
            | '$'
            | '٭'
            | '×'
            | '•'
            | '●'
            | '^'
            | '~'
            | '٪'
            | '+'
            | '='
            | '&'
            | '★'
            | '☆'
            | '✱'
    )
}

/// Signs between two words of a line of prose.
pub(super) const fn ends_clause(sign: char) -> bool {
    matches!(
        sign,
        '.' | '،' | ',' | '؛' | ';' | ':' | '!' | '?' | '؟' | '…' | '\n'
    )
}

/// Whether `piece` is too long to be a part of a word that was cut, beside `other`.
pub(super) fn is_whole(piece: &Piece, other: &Piece) -> bool {
    piece.count >= 5 && (other.count > 2 || other.is_common)
}

/// Signs that end a clause without a space behind them, too.
pub(super) const fn ends_clause_hard(sign: char) -> bool {
    matches!(sign, '،' | '؛' | '!' | '؟' | '\n')
}

pub(super) const fn taken(trail: Trail, last: char) -> Trail {
    Trail {
        last,
        letters: trail.letters.saturating_add(1),
        ..trail
    }
}

/// Whether a form may be written as the trail has it.
pub(super) fn fits(end: End, trail: Trail) -> bool {
    let is_short = end.endings == Endings::Short;
    if is_short && trail.facts.has(Facts::LED) {
        return false;
    }
    let fewest = match trail.swaps {
        ONE_MORE | FAR => 5,
        ONE_LESS => 6,
        _ => 0,
    };
    if trail.letters < fewest || fewest > 0 && end.words > 1 {
        return false;
    }
    if trail.swaps > 0 && (trail.letters < 3 || is_short || end.needs_ending) {
        return false;
    }
    let is_cut = trail.signs > 0 || trail.spaces > 0;
    if is_cut && trail.swaps > 0 {
        return false;
    }
    if is_cut
        && (trail.letters < 3 || !trail.facts.has(Facts::SCRAP) || trail.facts.has(Facts::WHOLE))
    {
        return false;
    }
    if trail.digits > 0 && trail.letters.saturating_sub(trail.digits + trail.masked) < 2 {
        return false;
    }
    // «اللحم ٢٢»: a digit apart from the letters is a number.
    if trail.digits > 0 && trail.spaces > 0 && trail.spaces + 1 < trail.letters {
        return false;
    }
    // «5% من»
    if trail.digits > 0 && trail.masked > 0 && trail.letters < 5 {
        return false;
    }
    let visible = trail.letters - trail.masked.min(trail.letters);
    if trail.masked > 0 && (visible < 2 || visible < trail.masked) {
        return false;
    }
    true
}
