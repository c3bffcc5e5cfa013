//! Arabic in Latin letters, as chats write it, by the sounds and not by the
//! spelling: `7mar`, `hmar`, `7omar`, `7umaar` are one word.
//!
//! A word is its consonants and, between them, what kind of vowel stands there.
//! Short vowels may be left out, and one may be put between the first two
//! consonants, as speakers do; long ones and the last one must be of one kind.

use std::{collections::HashMap, ops::Range};

use super::{
    Endings, Guise, Met, Seen,
    glyphs::{Glyph, Kind},
};

/// Pieces that one word or phrase may be cut in.
const PIECES_MAX: usize = 9;
/// Letters of one word or phrase.
const LETTERS_MAX: usize = 40;

const A: u8 = 1;
const I: u8 = 2;
const U: u8 = 4;

/// The vowels at one place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Vowels {
    kinds: u8,
    count: u8,
}

/// How a word sounds.
#[derive(Clone, Debug, Default)]
struct Sound {
    consonants: String,
    /// Before each consonant, and behind the last.
    vowels: Vec<Vowels>,
}

#[derive(Clone, Debug)]
struct Form {
    id: u32,
    endings: Endings,
    words: usize,
    vowels: Vec<Vowels>,
}

/// The forms in Latin letters.
#[derive(Clone, Debug, Default)]
pub(super) struct Forms {
    by_consonants: HashMap<String, Vec<Form>>,
}

/// What may stand before a form in the same word; `true` where it addresses
/// somebody.
const LEADS: [(&str, bool); 11] = [
    ("", false),
    ("ya", true),
    ("yal", true),
    ("w", false),
    ("wel", false),
    ("wl", false),
    ("el", false),
    ("al", false),
    ("l", false),
    ("hal", false),
    ("b", false),
];

/// Endings in Latin letters.
const ENDINGS: [&str; 9] = ["", "ak", "ek", "ik", "kom", "kum", "kon", "in", "at"];

/// One letter of a word: the letter, and how often it stands there.
type Letter = (char, u32);

/// What a way of writing hides.
#[derive(Clone, Copy, Default)]
struct Facts {
    is_odd: bool,
    is_masked: bool,
    is_cut: bool,
}

impl Forms {
    pub(super) fn add(&mut self, seen: &Seen, id: u32, endings: Endings) {
        let letters: Vec<Letter> = seen
            .glyphs
            .iter()
            .filter(|glyph| !matches!(glyph.kind, Kind::Space | Kind::Sign))
            .map(|glyph| (glyph.c, glyph.run))
            .collect();
        let sound = sound_of(&letters);
        let forms = self.by_consonants.entry(sound.consonants).or_default();
        forms.push(Form {
            id,
            endings,
            words: seen.words(),
            vowels: sound.vowels,
        });
    }

    /// Adds the forms that stand in `seen`.
    pub(super) fn find(&self, seen: &Seen, limit: usize, met: &mut Vec<Met>) {
        if self.by_consonants.is_empty() {
            return;
        }
        let most = met.len() + limit;
        for first in 0..seen.pieces.len() {
            if met.len() >= most {
                return;
            }
            if seen.glyphs[seen.pieces[first].glyphs.clone()]
                .iter()
                .all(|glyph| matches!(glyph.kind, Kind::Latin | Kind::Digit))
            {
                self.find_at(seen, first, met);
            }
        }
    }

    fn find_at(&self, seen: &Seen, first: usize, met: &mut Vec<Met>) {
        let mut letters: Vec<Letter> = Vec::new();
        let mut facts = Facts::default();
        let mut has_spaces = false;
        let mut are_short = true;
        for last in first..seen.pieces.len().min(first + PIECES_MAX) {
            let piece = &seen.pieces[last];
            if last > first {
                let gap = &seen.glyphs[seen.pieces[last - 1].glyphs.end..piece.glyphs.start];
                if gap.len() > 3 || gap.iter().any(|glyph| glyph.c == '\n') {
                    return;
                }
                has_spaces |= gap.iter().any(|glyph| glyph.kind == Kind::Space);
                if let [glyph] = gap {
                    facts.is_masked |= push_mask(glyph.c, &mut letters);
                }
            }
            are_short &= piece.count <= 2;
            for Glyph {
                c,
                run,
                is_odd,
                kind,
                ..
            } in &seen.glyphs[piece.glyphs.clone()]
            {
                if *kind == Kind::Arabic {
                    return;
                }
                facts.is_odd |= *is_odd;
                letters.push((*c, *run));
            }
            if letters.len() > LETTERS_MAX {
                return;
            }
            if !letters.iter().any(|(c, _)| c.is_alphabetic()) {
                continue;
            }
            facts.is_cut = last > first && (!has_spaces || are_short && letters.len() >= 3);
            self.look_up(seen, &letters, first..last + 1, facts, met);
            if !has_spaces || are_short || last - first < 3 {
                continue;
            }
            return;
        }
    }

    fn look_up(
        &self,
        seen: &Seen,
        letters: &[Letter],
        pieces: Range<usize>,
        facts: Facts,
        met: &mut Vec<Met>,
    ) {
        for (lead, is_addressed) in LEADS {
            let Some(rest) = without_lead(letters, lead) else {
                continue;
            };
            for ending in ENDINGS {
                let Some(rest) = without_ending(rest, ending) else {
                    continue;
                };
                self.look_up_masked(rest, facts.is_masked, &mut |form| {
                    let is_cut = pieces.len() > form.words;
                    if is_cut && !facts.is_cut
                        || pieces.len() > 1 && pieces.len() < form.words
                        || !ending.is_empty() && !may_end(form.endings, ending)
                        || !lead.is_empty() && form.endings == Endings::Short && lead != "ya"
                    {
                        return;
                    }
                    let is_hidden = is_cut || facts.is_odd || facts.is_masked;
                    let span = seen.pieces[pieces.start].glyphs.start
                        ..seen.pieces[pieces.end - 1].glyphs.end;
                    let is_dressed = letters.iter().any(|(_, run)| *run > 2);
                    met.push(Met {
                        id: form.id,
                        bytes: seen.span(&span),
                        words: pieces.clone(),
                        guise: match (is_hidden, is_dressed) {
                            (true, _) => Guise::Hidden,
                            (false, true) => Guise::Dressed,
                            (false, false) => Guise::Plain,
                        },
                        ending: if ending.starts_with('k') { "كم" } else { "" },
                        is_addressed,
                        is_definite: lead.ends_with('l'),
                        is_misspelt: false,
                    });
                });
            }
        }
    }

    /// Looks `letters` up, a mask among them as a vowel, which is left out, or as
    /// any consonant.
    fn look_up_masked(&self, letters: &[Letter], is_masked: bool, take: &mut impl FnMut(&Form)) {
        let sound = sound_of(letters);
        if sound.consonants.chars().count() < 2 {
            return;
        }
        if !is_masked || !sound.consonants.contains('*') {
            self.look_up_sound(&sound, take);
            return;
        }
        let without: Vec<Letter> = letters.iter().copied().filter(|(c, _)| *c != '*').collect();
        self.look_up_sound(&sound_of(&without), take);
        for c in "bcdfghjklmnqrstwxyz23GSTD".chars() {
            let consonants = sound.consonants.replace('*', c.encode_utf8(&mut [0; 4]));
            let vowels = sound.vowels.clone();
            self.look_up_sound(&Sound { consonants, vowels }, take);
        }
    }

    fn look_up_sound(&self, sound: &Sound, take: &mut impl FnMut(&Form)) {
        let forms = self.by_consonants.get(&sound.consonants);
        for form in forms.into_iter().flatten() {
            if agree(&form.vowels, &sound.vowels) {
                take(form);
            }
        }
    }
}

/// Whether `ending` may follow a form: adjectives belong to nobody.
fn may_end(endings: Endings, ending: &str) -> bool {
    match endings {
        Endings::Bare | Endings::Short => false,
        Endings::Adjective => matches!(ending, "in" | "at"),
        Endings::Noun | Endings::Phrase => true,
    }
}

/// Puts what a sign between two letters stands for; whether that is not known.
fn push_mask(sign: char, letters: &mut Vec<Letter>) -> bool {
    match sign {
        '@' => letters.push(('a', 1)),
        '$' => letters.push(('s', 1)),
        '!' => letters.push(('i', 1)),
        '*' | '#' | '%' | '×' | '?' | '٭' | '+' | '=' | '&' | '^' | '~' => {
            letters.push(('*', 1));
            return true;
        }
        _ => {}
    }
    false
}

fn without_lead<'a>(letters: &'a [Letter], lead: &str) -> Option<&'a [Letter]> {
    let count = lead.len();
    let fits = letters.len() > count + 1 || count == 0;
    let same = lead
        .chars()
        .zip(letters)
        .all(|(c, (letter, _))| c == *letter);
    (fits && same).then(|| &letters[count.min(letters.len())..])
}

fn without_ending<'a>(letters: &'a [Letter], ending: &str) -> Option<&'a [Letter]> {
    let at = letters.len().checked_sub(ending.len())?;
    let same = ending
        .chars()
        .zip(&letters[at..])
        .all(|(c, (letter, _))| c == *letter);
    (same && (ending.is_empty() || at >= 3)).then(|| &letters[..at])
}

/// Whether a word with the vowels `heard` is the form with the vowels `form`.
fn agree(form: &[Vowels], heard: &[Vowels]) -> bool {
    let last = form.len() - 1;
    let has_vowels = heard.iter().any(|vowels| vowels.count > 0);
    form.len() == heard.len()
        && form
            .iter()
            .zip(heard)
            .enumerate()
            .all(|(at, (form, heard))| {
                let is_inner = at > 0 && at < last;
                match (form.count, heard.count) {
                    (0, 0) => true,
                    (0, 1) => at == 1 && is_inner,
                    (0, _) => false,
                    (_, 0) => is_inner && (form.kinds & A != 0 || !has_vowels),
                    _ => form.kinds & heard.kinds != 0,
                }
            })
}

fn is_vowel(c: char) -> bool {
    matches!(
        c,
        'a' | 'e' | 'i' | 'o' | 'u' | '0' | '1' | '4' | 'é' | 'è' | 'ê'
    )
}

fn sound_of(letters: &[Letter]) -> Sound {
    let mut sound = Sound {
        consonants: String::new(),
        vowels: vec![Vowels::default()],
    };
    let mut at = 0;
    while let Some((c, run)) = letters.get(at).copied() {
        let next = letters.get(at + 1).map(|(c, _)| *c);
        let is_last = next.is_none();
        let hissed = next == Some('h');
        let mut taken = 1;
        let is_glide = matches!(c, 'y' | 'w') && next.is_some_and(is_vowel);
        let consonant = match c {
            _ if is_vowel(c) => None,
            'y' | 'w' if !is_glide && !sound.consonants.is_empty() => None,
            'h' if is_last && sound.vowels.last().is_some_and(|vowels| vowels.count > 0) => {
                break;
            }
            'k' | 's' | 'c' | 'g' | 't' | 'd' if hissed => {
                taken = 2;
                Some(match c {
                    'k' => 'x',
                    's' | 'c' => 'S',
                    'g' => 'G',
                    't' => 'T',
                    _ => 'D',
                })
            }
            '5' => Some('x'),
            '8' => Some('G'),
            '7' | 'h' => Some('h'),
            '6' => Some('t'),
            '9' => Some('q'),
            c => Some(c),
        };
        if let Some(consonant) = consonant {
            sound.consonants.push(consonant);
            sound.vowels.push(Vowels::default());
        } else if let Some(vowels) = sound.vowels.last_mut() {
            vowels.kinds |= match c {
                'a' | '4' => A,
                'e' if run < 2 => A | I,
                'e' | 'i' | 'y' | '1' | 'é' | 'è' | 'ê' => I,
                _ => U,
            };
            vowels.count = vowels.count.saturating_add(1);
        }
        at += taken;
    }
    sound
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_met(form: &str, text: &str) -> bool {
        let mut forms = Forms::default();
        forms.add(&Seen::of(form), 0, Endings::Noun);
        let mut met = Vec::new();
        forms.find(&Seen::of(text), 9, &mut met);
        !met.is_empty()
    }

    #[test]
    fn a_word_is_what_it_sounds_like() {
        for (form, texts) in [
            (
                "7mar",
                &[
                    "7mar", "hmar", "7omar", "7umaaar", "el7mar", "7.m.a.r", "7 m a r",
                ][..],
            ),
            (
                "kalb",
                &[
                    "kelb", "klb", "k@lb", "k*lb", "ya kalb", "yakalb", "k.a.l.b", "kаlb",
                ],
            ),
            ("khanzir", &["5anzeer", "khanzeer", "5nzir", "kh@nzeer"]),
            ("ghabi", &["8abi", "ghaby", "gh.a.b.i"]),
            (
                "kos omak",
                &["kosomak", "kos ommak", "k.o.s o.m.a.k", "koss omak"],
            ),
        ] {
            for text in texts {
                assert!(is_met(form, text), "{text} is {form}");
            }
        }
        for (form, text) in [
            ("kalb", "kalam"),
            ("kalb", "club"),
            ("7mar", "7amra"),
            ("nik", "Nike"),
            ("nik", "nick"),
            ("kos", "kiss"),
            ("kos", "kosovo"),
            ("tiz", "Tizi"),
            ("khara", "kheir"),
            ("ghabi", "ghaba"),
            ("3ars", "3arees"),
            ("zamel", "zameli"),
        ] {
            assert!(!is_met(form, text), "{text} is not {form}");
        }
    }
}
