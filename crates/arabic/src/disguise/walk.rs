//! The way through a text along the forms: letter by letter, over what stands
//! between letters and in place of them.

use super::{
    Guise, Met, Seen,
    glyphs::{Glyph, Kind},
    sounds,
    trail::{
        FAR, Facts, ONE_LESS, ONE_MORE, Trail, ends_clause, ends_clause_hard, fits, is_mask,
        is_whole, taken,
    },
    trie::{End, Endings, GAP, Trie},
};

/// Steps from one beginning; a word takes some dozens.
const STEPS_MAX: u32 = 2_000;
/// Steps in one text, whatever it is made of.
const STEPS_IN_ALL: u32 = 400_000;
/// Glyphs that one gap within a word may hold.
const GAP_MAX: usize = 6;
/// Clitics and addresses before one form.
const LEADS_MAX: u32 = 4;
/// Letters of a form that one way may take.
const DEPTH_MAX: u8 = 48;

/// What may stand before a form in the same word; `true` where it addresses
/// somebody.
const LEADS: [(&str, bool); 33] = [
    ("و", false),
    ("ف", false),
    ("ب", false),
    ("ل", false),
    ("ك", false),
    ("ع", false),
    ("ال", false),
    ("ه", false),
    ("ها", false),
    ("يا", true),
    ("ابن", true),
    ("بن", true),
    ("بنت", true),
    ("ولد", true),
    ("ولاد", true),
    ("اولاد", true),
    ("انت", true),
    ("انتي", true),
    ("انتو", true),
    ("انتم", true),
    ("انتا", true),
    ("هو", true),
    ("هم", true),
    ("كلكم", true),
    ("كلكن", true),
    ("روحيا", true),
    ("انتوا", true),
    ("انته", true),
    ("انك", true),
    ("هاد", true),
    ("هذا", true),
    ("والله", true),
    ("كلك", true),
];
/// Those behind which an insult is one whatever follows: «ياتيسمتىتفهم».
const CALLS: [&str; 14] = [
    "يا",
    "انت",
    "انتي",
    "انتو",
    "انتم",
    "انتا",
    "كلكم",
    "كلكن",
    "روحيا",
    "انتوا",
    "انته",
    "انك",
    "هاد",
    "هذا",
];

/// Letters of a word in which either may be.
const SLIPPED_LETTERS_MIN: usize = 5;
/// The letters that stand for long vowels.
const LONG_VOWELS: [char; 3] = ['ا', 'و', 'ي'];

fn is_long_vowel(c: char) -> bool {
    LONG_VOWELS.contains(&c)
}

struct Walk<'a> {
    trie: &'a Trie,
    seen: &'a Seen,
    steps: u32,
    in_all: u32,
    limit: usize,
    met: Vec<Met>,
}

/// The forms of `trie` that stand in `seen`.
pub(super) fn find(trie: &Trie, seen: &Seen, limit: usize) -> Vec<Met> {
    let mut walk = Walk {
        trie,
        seen,
        steps: 0,
        in_all: STEPS_IN_ALL,
        limit: limit.saturating_mul(4),
        met: Vec::new(),
    };
    for piece in &seen.pieces {
        let start = piece.glyphs.start;
        let before = start.checked_sub(1).map(|at| seen.glyphs[at]);
        // A mask may stand for the first letter.
        if before.is_some_and(|sign| is_mask(sign.c) && sign.c != '#')
            && !(start > 1 && seen.is_letter(start - 2))
        {
            walk.begin(start - 1);
        }
        if matches!(seen.glyphs[start].kind, Kind::Arabic | Kind::Digit) || seen.is_mixed(start) {
            walk.begin(start);
        }
    }
    walk.met
}

impl Walk<'_> {
    fn begin(&mut self, start: usize) {
        if self.met.len() >= self.limit || self.in_all == 0 {
            return;
        }
        self.steps = STEPS_MAX.min(self.in_all);
        self.in_all -= self.steps;
        let trail = Trail {
            start,
            last: '\0',
            letters: 0,
            digits: 0,
            masked: 0,
            swaps: 0,
            signs: 0,
            spaces: 0,
            facts: Facts::default(),
        };
        self.enter(start, trail);
        self.lead(start, trail, LEADS_MAX);
        self.in_all += self.steps;
    }

    fn glyph(&self, at: usize) -> Option<&Glyph> {
        self.seen.glyphs.get(at)
    }

    /// Tries the clitics that may stand at `at`.
    fn lead(&mut self, at: usize, trail: Trail, left: u32) {
        if left == 0 {
            return;
        }
        for (lead, is_address) in LEADS {
            // «و» and «ف» stand before all other clitics.
            if matches!(lead, "و" | "ف") && trail.facts != Facts::default() {
                continue;
            }
            let mut at = at;
            let mut trail = trail;
            let mut is_first = true;
            let fits = lead.chars().all(|c| {
                let shares = is_first && c == trail.last && trail.last == 'ا';
                is_first = false;
                if shares {
                    return true;
                }
                if trail.last != '\0' && !self.seen.is_letter(at) {
                    match self.between_single_letters(at) {
                        Some((next, has_space)) => {
                            at = next;
                            trail.signs += u8::from(!has_space);
                            trail.spaces += u8::from(has_space);
                            trail.facts = trail.facts.with(Facts::SCRAP, true);
                        }
                        None => return false,
                    }
                }
                let is_here = self.glyph(at).is_some_and(|glyph| glyph.c == c);
                at += 1;
                trail.last = c;
                is_here
            });
            if !fits {
                continue;
            }
            trail.facts = trail
                .facts
                .with(Facts::ADDRESSED, is_address)
                .with(Facts::CALLED, is_address && CALLS.contains(&lead))
                .with(Facts::DEFINITE, lead == "ال")
                .with(Facts::LED, lead != "ال" && lead != "يا")
                .with(Facts::MERGED, is_address);
            if self.seen.is_letter(at) || self.glyph(at).is_some_and(|sign| is_mask(sign.c)) {
                self.enter(at, trail);
                self.lead(at, trail, left - 1);
            } else if let Some((next, has_space)) = self.between_single_letters(at) {
                trail.signs += u8::from(!has_space);
                trail.spaces += u8::from(has_space);
                trail.facts = trail.facts.with(Facts::SCRAP, true);
                self.enter(next, trail);
                self.lead(next, trail, left - 1);
            }
        }
    }

    /// Begins a form at `at`. Its first letter may be one with the letter before it:
    /// «يابن» is «يا ابن», and «اللص» has one ل here.
    fn enter(&mut self, at: usize, trail: Trail) {
        self.walk(Trie::ROOT, at, trail);
        if matches!(trail.last, 'ا' | 'ل')
            && self.seen.is_letter(at)
            && let Some(node) = self.trie.step(Trie::ROOT, trail.last)
        {
            self.walk(
                node,
                at,
                Trail {
                    letters: 1,
                    ..trail
                },
            );
        }
    }

    /// The place behind a gap between two letters that stand alone, and whether
    /// the gap holds a space.
    fn between_single_letters(&self, at: usize) -> Option<(usize, bool)> {
        let (next, has_space, _) = self.gap(at)?;
        let is_single = |at: usize| {
            let piece = self.glyph(at)?.piece;
            Some(self.seen.pieces.get(piece as usize)?.count == 1)
        };
        let both = is_single(at.checked_sub(1)?)? && is_single(next)?;
        both.then_some((next, has_space))
    }

    /// The letter behind the gap at `at`, whether the gap holds a space, and
    /// whether it ends a clause.
    fn gap(&self, at: usize) -> Option<(usize, bool, bool)> {
        let (mut has_space, mut ends) = (false, false);
        for next in at..at + GAP_MAX {
            let glyph = self.glyph(next)?;
            match glyph.kind {
                Kind::Space => {
                    has_space = true;
                    ends |= glyph.c == '\n';
                }
                Kind::Sign => ends |= ends_clause(glyph.c),
                _ => return (next > at).then_some((next, has_space, ends)),
            }
        }
        None
    }

    fn walk(&mut self, node: u32, at: usize, trail: Trail) {
        if self.steps == 0 || trail.letters > DEPTH_MAX {
            return;
        }
        self.steps -= 1;
        if let Some(end) = self.trie.end(node)
            && trail.letters > 0
        {
            self.end(end, at, trail);
        }
        let Some(glyph) = self.glyph(at).copied() else {
            return;
        };
        match glyph.kind {
            Kind::Arabic => self.letter(node, at, glyph, trail),
            Kind::Digit => {
                for c in sounds::of_digit(glyph.c) {
                    if let Some(next) = self.trie.step(node, *c) {
                        let facts = trail.facts.with(Facts::ODD, true);
                        let digits = trail.digits + 1;
                        self.walk(
                            next,
                            at + 1,
                            taken(
                                Trail {
                                    digits,
                                    facts,
                                    ..trail
                                },
                                *c,
                            ),
                        );
                    }
                }
            }
            Kind::Latin if self.seen.is_mixed(at) => self.latin(node, at, glyph, trail),
            Kind::Latin => {}
            Kind::Space | Kind::Sign => {
                if node != Trie::ROOT {
                    self.over_gap(node, at, trail);
                }
                if glyph.kind == Kind::Sign {
                    self.mask(node, at, trail);
                }
            }
        }
    }

    fn letter(&mut self, node: u32, at: usize, glyph: Glyph, trail: Trail) {
        let facts = trail.facts.with(Facts::ODD, glyph.is_odd);
        let trail = Trail { facts, ..trail };
        if let Some(next) = self.trie.step(node, glyph.c) {
            self.walk(next, at + 1, taken(trail, glyph.c));
        }
        // Lengthened over a gap: «كلـ.ـلب».
        // «كSس», where a Latin letter stands beside the one it sounds like.
        let is_behind_a_sign = at.checked_sub(1).is_some_and(|before| {
            matches!(self.seen.glyphs[before].kind, Kind::Sign | Kind::Latin)
        });
        if glyph.c == trail.last && trail.letters > 0 && is_behind_a_sign {
            self.walk(node, at + 1, taken(trail, glyph.c));
        }
        if trail.swaps == 0 && trail.masked == 0 {
            let is_last = !self.seen.is_letter(at + 1);
            for c in sounds::alike(glyph.c, is_last) {
                if let Some(next) = self.trie.step(node, *c) {
                    self.walk(next, at + 1, taken(Trail { swaps: 1, ..trail }, *c));
                }
            }
            for c in sounds::far(glyph.c, is_last) {
                if let Some(next) = self.trie.step(node, *c) {
                    let swaps = FAR;
                    self.walk(next, at + 1, taken(Trail { swaps, ..trail }, *c));
                }
            }
            // The glottal stop of towns: «حئير» for «حقير».
            if glyph.is_glottal()
                && let Some(next) = self.trie.step(node, 'ق')
            {
                self.walk(next, at + 1, taken(Trail { swaps: 1, ..trail }, 'ق'));
            }
        }
        let is_long = |piece: u32| {
            let piece = self.seen.pieces.get(piece as usize);
            piece.is_some_and(|piece| piece.count >= SLIPPED_LETTERS_MIN)
        };
        if trail.swaps == 0 && trail.masked == 0 && trail.letters > 0 && is_long(glyph.piece) {
            self.slip(node, at, glyph.c, trail);
        }
        // Two words of a phrase without the gap between them.
        if let Some(next) = self.trie.step(node, GAP) {
            let facts = trail.facts.with(Facts::MERGED, true);
            let trail = Trail { facts, ..trail };
            self.walk(next, at, trail);
            if let Some(next) = self.trie.step(next, trail.last) {
                self.walk(next, at, trail);
            }
        }
    }

    /// A Latin letter, or two that write one sound, within an Arabic word: «منyوك»,
    /// «شرmوطة», «خkhنزير».
    fn latin(&mut self, node: u32, at: usize, glyph: Glyph, trail: Trail) {
        let facts = trail.facts.with(Facts::ODD, true);
        let trail = Trail { facts, ..trail };
        let next = self.glyph(at + 1).map(|glyph| glyph.c);
        if let Some(c) = next.and_then(|next| sounds::of_two(glyph.c, next))
            && let Some(one) = self.trie.step(node, c)
        {
            self.walk(one, at + 2, taken(trail, c));
        }
        for c in sounds::of_latin(glyph.c) {
            if let Some(one) = self.trie.step(node, *c) {
                self.walk(one, at + 1, taken(trail, *c));
            }
        }
        // A short vowel: «كalب»; or the sound that was written before: «متخلlف».
        let is_heard = sounds::of_latin(glyph.c).contains(&trail.last);
        if (is_heard || matches!(glyph.c, 'a' | 'e' | 'i' | 'o' | 'u')) && trail.letters > 0 {
            self.walk(node, at + 1, trail);
        }
    }

    /// A long vowel more or less: «خينزير», «شرمطة».
    fn slip(&mut self, node: u32, at: usize, c: char, trail: Trail) {
        if is_long_vowel(c) {
            let swaps = ONE_MORE;
            self.walk(node, at + 1, Trail { swaps, ..trail });
        }
        let slipped = Trail {
            swaps: ONE_LESS,
            ..trail
        };
        for vowel in LONG_VOWELS {
            if vowel != c
                && let Some(left_out) = self.trie.step(node, vowel)
                && let Some(next) = self.trie.step(left_out, c)
            {
                self.walk(next, at + 1, taken(taken(slipped, vowel), c));
            }
        }
    }

    fn over_gap(&mut self, node: u32, at: usize, trail: Trail) {
        let Some((next, has_space, ends)) = self.gap(at) else {
            return;
        };
        if let Some(word) = self.trie.step(node, GAP) {
            self.walk(word, next, trail);
        }
        let piece = |at: usize| self.seen.pieces.get(self.glyph(at)?.piece as usize);
        let Some((left, right)) = at.checked_sub(1).and_then(piece).zip(piece(next)) else {
            return;
        };
        let are_single = left.count == 1 && right.count == 1;
        if has_space && ends && !are_single {
            return;
        }
        // «الهاتف والشاشة», where a gap stands behind the «و».
        if has_space && right.count == 1 && left.count > 1 && self.seen.glyphs[next].c == 'و' {
            return;
        }
        // «كان قبر» is no «ك» before «انقبر».
        if has_space
            && left.is_common
            && trail.facts.has(Facts::LED)
            && left.glyphs.start == trail.start
        {
            return;
        }
        let facts = trail
            .facts
            .with(Facts::SCRAP, !left.is_common || !right.is_common)
            .with(Facts::WHOLE, is_whole(left, right) || is_whole(right, left));
        let trail = Trail {
            facts,
            signs: trail.signs.saturating_add(u8::from(!has_space)),
            spaces: trail.spaces.saturating_add(u8::from(has_space)),
            ..trail
        };
        self.walk(node, next, trail);
    }

    /// Signs in place of one or two letters.
    fn mask(&mut self, node: u32, at: usize, trail: Trail) {
        if trail.masked >= 2 || trail.swaps > 0 {
            return;
        }
        let signs = self.seen.glyphs[at..].iter().take(4);
        let signs = signs.take_while(|glyph| glyph.kind == Kind::Sign).count();
        let next = at + signs;
        let is_mask = is_mask(self.seen.glyphs[at].c);
        // At the end of a word most signs are what they seem.
        let fits = if self.seen.is_letter(next) {
            at > 0 && self.seen.is_letter(at - 1) || is_mask
        } else {
            is_mask && trail.letters >= 2 && signs == 1
        };
        // «ر.س», «ج/م»: a single one of these stands between words or shortens them.
        let sign = self.seen.glyphs[at].c;
        let shortens = signs == 1 && matches!(sign, '.' | '/' | '-' | ',' | '،' | ':' | '!' | '؟');
        if signs > 3 || !fits || shortens {
            return;
        }
        let most = if is_mask { 2 } else { signs.min(2) };
        for (c, one) in self.trie.next(node) {
            if *c == GAP {
                continue;
            }
            let masked = trail.masked + 1;
            self.walk(*one, next, taken(Trail { masked, ..trail }, '\0'));
            if most < 2 || !self.seen.is_letter(next) {
                continue;
            }
            for (c, two) in self.trie.next(*one) {
                if *c != GAP {
                    let masked = trail.masked + 2;
                    self.walk(
                        *two,
                        next,
                        taken(taken(Trail { masked, ..trail }, '\0'), '\0'),
                    );
                }
            }
        }
    }

    /// A form ends before `at`: takes it if the word does so, too.
    fn end(&mut self, end: End, at: usize, trail: Trail) {
        if !fits(end, trail) || self.is_within_a_chain(at, trail) {
            return;
        }
        if !self.seen.is_letter(at) {
            if !end.needs_ending && !self.precedes_a_number(at, trail) {
                self.take(end, at, "", trail);
            }
            return;
        }
        if trail.spaces > 0 {
            return;
        }
        let last = if trail.last == '\0' { 'ك' } else { trail.last };
        for ending in end.endings.of(last) {
            let is_shared = ending.starts_with(trail.last);
            let ends = |skip: usize| {
                let mut place = at;
                let follows = ending.chars().skip(skip).all(|c| {
                    place += 1;
                    self.glyph(place - 1).is_some_and(|glyph| glyph.c == c)
                });
                (follows && !self.seen.is_letter(place)).then_some(place)
            };
            let ended = ends(0).or_else(|| if is_shared { ends(1) } else { None });
            if let Some(place) = ended {
                self.take(end, place, ending, trail);
                return;
            }
        }
        // Only words that are long enough are merged with others.
        let can_merge = end.words > 1 || trail.letters >= 3 && end.endings != Endings::Short;
        if can_merge
            && !end.needs_ending
            && trail.swaps == 0
            && (self.is_called_out(end, at, trail) || self.merges(at, trail.last, 6))
        {
            let facts = trail.facts.with(Facts::MERGED, true);
            self.take(end, at, "", Trail { facts, ..trail });
            let rest = Trail {
                start: at,
                letters: 0,
                digits: 0,
                facts: Facts::default().with(Facts::MERGED, true),
                ..trail
            };
            self.enter(at, rest);
            self.lead(at, rest, LEADS_MAX);
        }
    }

    /// Whether so much stands before `at` that the rest of the word does not matter:
    /// somebody who is addressed, or words of a phrase without gaps.
    fn is_called_out(&self, end: End, at: usize, trail: Trail) -> bool {
        let rest = self.seen.glyphs[at..].iter();
        let rest = rest.take_while(|glyph| glyph.kind == Kind::Arabic).count();
        trail.facts.has(Facts::MERGED)
            && if end.words > 1 {
                trail.letters >= 6 && rest >= 3
            } else {
                trail.facts.has(Facts::CALLED)
                    && usize::from(trail.letters) + rest >= 6
                    && rest >= 3
            }
    }

    /// Whether the rest of the word is made of forms and addresses alone.
    fn merges(&mut self, at: usize, last: char, left: u32) -> bool {
        if self.steps == 0 || left == 0 {
            return false;
        }
        self.steps -= 1;
        if !self.seen.is_letter(at) {
            return false;
        }
        for (lead, is_address) in LEADS {
            let mut place = at;
            let skip = usize::from(lead.starts_with(last) && last == 'ا');
            let fits = lead.chars().skip(skip).all(|c| {
                place += 1;
                self.glyph(place - 1).is_some_and(|glyph| glyph.c == c)
            });
            if fits
                && (is_address && !self.seen.is_letter(place) || self.merges(place, '\0', left - 1))
            {
                return true;
            }
        }
        let (mut node, mut place) = (Trie::ROOT, at);
        while let Some(next) = self
            .glyph(place)
            .and_then(|glyph| self.trie.step(node, glyph.c))
        {
            (node, place) = (next, place + 1);
            let Some(end) = self.trie.end(node) else {
                continue;
            };
            if end.needs_ending || end.endings == Endings::Short {
                continue;
            }
            let letter = self.seen.glyphs[place - 1].c;
            let ends = !self.seen.is_letter(place)
                || end.endings.of(letter).iter().any(|ending| {
                    let mut place = place;
                    let follows = ending.chars().all(|c| {
                        place += 1;
                        self.glyph(place - 1).is_some_and(|glyph| glyph.c == c)
                    });
                    follows && !self.seen.is_letter(place)
                });
            if ends || self.merges(place, letter, left - 1) {
                return true;
            }
        }
        false
    }

    /// Whether the trail is a part of a longer chain of letters: «ك.ل.ب.ش».
    fn is_within_a_chain(&self, at: usize, trail: Trail) -> bool {
        if trail.signs == 0 {
            return false;
        }
        let single = |at: usize| {
            let piece = self.glyph(at)?.piece;
            Some(self.seen.pieces.get(piece as usize)?.count == 1)
        };
        let joins = |sign: Option<&Glyph>| {
            sign.is_some_and(|glyph| glyph.kind == Kind::Sign && !ends_clause_hard(glyph.c))
        };
        let behind = joins(self.glyph(at)) && single(at + 1) == Some(true);
        let before = trail.start >= 2
            && joins(self.glyph(trail.start - 1))
            && single(trail.start - 2) == Some(true);
        behind || before
    }

    /// Whether the last piece is a clitic of the number behind it: «الكل ب 5».
    fn precedes_a_number(&self, at: usize, trail: Trail) -> bool {
        trail.spaces > 0
            && self
                .gap(at)
                .and_then(|(next, ..)| self.glyph(next))
                .is_some_and(|glyph| glyph.kind == Kind::Digit)
    }

    fn take(&mut self, end: End, to: usize, ending: &'static str, trail: Trail) {
        let Some(last) = to.checked_sub(1) else {
            return;
        };
        let glyphs = trail.start..to;
        let letters = || {
            let glyphs = self.seen.glyphs[glyphs.clone()].iter();
            glyphs.filter(|glyph| glyph.kind == Kind::Arabic)
        };
        let dressed = letters().filter(|glyph| glyph.is_dressed).count();
        let is_dressed = dressed * 2 >= letters().count() && dressed > 1
            || letters().any(|glyph| glyph.run > 2 || glyph.is_drawn_out);
        let is_hidden =
            trail.masked > 0 || trail.signs > 0 || trail.spaces > 0 || trail.facts.has(Facts::ODD);
        let guise = match (is_hidden, is_dressed) {
            (true, _) => Guise::Hidden,
            (false, true) => Guise::Dressed,
            (false, false) => Guise::Plain,
        };
        let piece = |at: usize| {
            let from = at.max(trail.start);
            let mut pieces = self.seen.glyphs[from..].iter().map(|glyph| glyph.piece);
            pieces.find(|piece| *piece != u32::MAX)
        };
        let first = piece(trail.start).unwrap_or(0) as usize;
        let last = match self.seen.glyphs[last].piece {
            // It ends in a mask.
            u32::MAX => first,
            piece => piece as usize,
        };
        self.met.push(Met {
            id: end.id,
            bytes: self.seen.span(&glyphs),
            words: first..last.max(first) + 1,
            guise,
            ending,
            is_addressed: trail.facts.has(Facts::ADDRESSED),
            is_definite: trail.facts.has(Facts::DEFINITE),
            is_misspelt: trail.swaps > 0,
        });
    }
}
