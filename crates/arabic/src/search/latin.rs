//! Words of Arabic typed in Latin letters, as names ("Lavrov") or as chat
//! Arabic ("7alab"): which stems of the index they may be.
//!
//! The letters are those of the two habits that meet there: how agencies write
//! names (after the United Nations' romanization, 2017, without its marks), and
//! how chats write sounds that Latin lacks: 2 ء, 3 ع, 5 خ, 6 ط, 7 ح, 8 ق, 9 ص, with
//! an apostrophe for their dotted sisters (3' غ, 7' خ). Short vowels are written
//! in Latin and not in Arabic, so each vowel may be a letter or nothing.

/// Letters a word must have without a digit that stands for a sound: shorter ones
/// ("who", "abc") are of another language.
const LETTERS_MIN: usize = 4;
/// Letters a word may have; a longer one is no word.
const LETTERS_MAX: usize = 20;
/// Consonants a word must have: with fewer everything would be it.
const CONSONANTS_MIN: usize = 2;

/// What a part of a Latin word may be in Arabic, and how unlikely each is.
type Choices = &'static [(&'static str, u32)];

struct Sound {
    latin: &'static str,
    arabic: Choices,
    is_vowel: bool,
}

const fn consonant(latin: &'static str, arabic: Choices) -> Sound {
    Sound {
        latin,
        arabic,
        is_vowel: false,
    }
}

const fn vowel(latin: &'static str, arabic: Choices) -> Sound {
    Sound {
        latin,
        arabic,
        is_vowel: true,
    }
}

/// Longer ones first.
const SOUNDS: [Sound; 57] = [
    consonant("tch", &[("تش", 0)]),
    consonant("sch", &[("ش", 0)]),
    consonant("3'", &[("غ", 0)]),
    consonant("7'", &[("خ", 0)]),
    consonant("6'", &[("ظ", 0)]),
    consonant("9'", &[("ض", 0)]),
    consonant("th", &[("ث", 0), ("ذ", 1), ("ت", 1)]),
    consonant("kh", &[("خ", 0)]),
    consonant("gh", &[("غ", 0), ("ج", 1)]),
    consonant("sh", &[("ش", 0)]),
    consonant("ch", &[("ش", 0), ("تش", 0), ("خ", 1), ("ك", 1)]),
    consonant("dh", &[("ذ", 0), ("ظ", 0), ("ض", 1)]),
    consonant("zh", &[("ج", 0), ("ظ", 0)]),
    consonant("ph", &[("ف", 0)]),
    consonant("dj", &[("ج", 0)]),
    consonant("ck", &[("ك", 0)]),
    vowel("ou", &[("و", 0), ("", 1), ("او", 1), ("وو", 1)]),
    vowel("oo", &[("و", 0), ("", 1)]),
    vowel("ee", &[("ي", 0), ("", 1)]),
    vowel("ie", &[("ي", 0), ("", 2)]),
    vowel("ai", &[("ي", 0), ("اي", 0), ("يي", 1), ("", 2)]),
    vowel("ayy", &[("ي", 0), ("اي", 1)]),
    vowel("iyy", &[("ي", 0)]),
    vowel("ay", &[("ي", 0), ("اي", 0)]),
    vowel("ae", &[("اي", 0), ("ي", 0), ("يي", 1)]),
    vowel("ei", &[("ي", 0), ("", 2)]),
    vowel("ey", &[("ي", 0)]),
    vowel("au", &[("و", 0), ("او", 0)]),
    vowel("aa", &[("ا", 0), ("", 2)]),
    consonant(
        "2",
        &[("ا", 0), ("ي", 0), ("و", 0), ("ء", 0), ("ق", 1), ("", 2)],
    ),
    consonant("3", &[("ع", 0)]),
    consonant("5", &[("خ", 0)]),
    consonant("6", &[("ط", 0)]),
    consonant("7", &[("ح", 0)]),
    consonant("8", &[("ق", 0), ("غ", 1)]),
    consonant("9", &[("ص", 0), ("ق", 1)]),
    consonant("b", &[("ب", 0)]),
    consonant("p", &[("ب", 0)]),
    consonant("t", &[("ت", 0), ("ط", 0), ("ث", 1)]),
    consonant("j", &[("ج", 0), ("ي", 1)]),
    consonant("g", &[("غ", 0), ("ج", 0), ("ق", 1), ("ك", 1)]),
    consonant("h", &[("ه", 0), ("ح", 0)]),
    consonant("d", &[("د", 0), ("ض", 0)]),
    consonant("r", &[("ر", 0)]),
    consonant("z", &[("ز", 0), ("ظ", 1), ("ذ", 1)]),
    consonant("s", &[("س", 0), ("ص", 0)]),
    consonant("f", &[("ف", 0)]),
    consonant("v", &[("ف", 0), ("و", 1)]),
    consonant("q", &[("ق", 0), ("ك", 1)]),
    consonant("k", &[("ك", 0), ("ق", 1)]),
    consonant("c", &[("ك", 0), ("س", 0), ("ق", 1)]),
    consonant("l", &[("ل", 0)]),
    consonant("m", &[("م", 0)]),
    consonant("n", &[("ن", 0)]),
    consonant("x", &[("كس", 0), ("خ", 1)]),
    consonant("w", &[("و", 0)]),
    consonant("yy", &[("ي", 0)]),
];

/// Vowels by where they stand: first, within, last.
const A: [Choices; 3] = [
    &[("ا", 0), ("ع", 1)],
    &[("ا", 0), ("", 1), ("ع", 2)],
    &[("ا", 0), ("ه", 0), ("ي", 0), ("", 1)],
];
const E: [Choices; 3] = [
    &[("ا", 0), ("ع", 1)],
    &[("", 0), ("ي", 0), ("ا", 1)],
    &[("ه", 0), ("ي", 0), ("", 0)],
];
const I: [Choices; 3] = [
    &[("ا", 0), ("اي", 0), ("ع", 1)],
    &[("ي", 0), ("", 1)],
    &[("ي", 0), ("", 1)],
];
const U: [Choices; 3] = [
    &[("ا", 0), ("او", 0), ("ع", 1)],
    &[("و", 0), ("", 1)],
    &[("و", 0), ("", 1)],
];
/// A t at the end.
const T_LAST: Choices = &[("ت", 0), ("ط", 0), ("ث", 1), ("ه", 1)];
/// What is written "ah" at an end: the vowel, or a consonant of its own.
const AH: Choices = &[
    ("ا", 0),
    ("ه", 0),
    ("ي", 0),
    ("", 1),
    ("اح", 1),
    ("ح", 1),
    ("اه", 1),
];
const Y: [Choices; 3] = [&[("ي", 0)], &[("ي", 0)], &[("ي", 0)]];

/// The sounds of a word; `None` where it is not one in Latin letters, is too short
/// or too long, ends in a number ("COP28"), or has too few consonants to tell what
/// it is.
fn sounds(word: &str) -> Option<Vec<Choices>> {
    let word = word.to_lowercase();
    let has_sound_digits = word.contains(['2', '3', '5', '6', '7', '8', '9']);
    let ends_as_number = word
        .bytes()
        .rev()
        .take(2)
        .filter(u8::is_ascii_digit)
        .count()
        == 2;
    let least = if has_sound_digits { 3 } else { LETTERS_MIN };
    if !(least..=LETTERS_MAX).contains(&word.chars().count()) || !word.is_ascii() || ends_as_number
    {
        return None;
    }
    let mut out = Vec::new();
    let mut consonants = 0;
    let mut at = 0;
    while at < word.len() {
        let rest = &word[at..];
        let first = out.is_empty();
        if let Some(sound) = SOUNDS.iter().find(|sound| rest.starts_with(sound.latin)) {
            // The t of "salat" is a ة.
            out.push(if rest == "t" { T_LAST } else { sound.arabic });
            at += sound.latin.len();
            if !sound.is_vowel {
                consonants += 1;
                // A doubled one is one, as Arabic writes it.
                while word[at..].starts_with(sound.latin) {
                    at += sound.latin.len();
                }
            }
            continue;
        }
        let by_place = match rest.as_bytes()[0] {
            b'a' => A,
            b'e' => E,
            b'i' => I,
            b'o' | b'u' => U,
            b'y' => Y,
            b'\'' => {
                at += 1;
                continue;
            }
            _ => return None,
        };
        // The h of "Hasakah" belongs to the vowel before it, that of "fallah" does not.
        match &rest[1..] {
            "h" if rest.starts_with('a') && !first => {
                out.push(AH);
                break;
            }
            "" => out.push(by_place[2]),
            _ => out.push(by_place[usize::from(!first)]),
        }
        // The y of "youm" begins it as any consonant does.
        consonants += usize::from(first && rest.starts_with('y'));
        at += 1;
    }
    (consonants >= CONSONANTS_MIN).then_some(out)
}

/// A regular expression for the stems that `word` may be in Latin letters, over
/// whole stems; `None` where it holds too few consonants to tell.
///
/// "7alab" gives one that «حلب» matches.
pub fn pattern(word: &str) -> Option<String> {
    let mut out = String::new();
    for choices in sounds(word)? {
        let optional = choices.iter().any(|(arabic, _)| arabic.is_empty());
        let arabic: Vec<_> = choices
            .iter()
            .map(|(arabic, _)| *arabic)
            .filter(|arabic| !arabic.is_empty())
            .collect();
        out.push('(');
        out.push_str(&arabic.join("|"));
        out.push(')');
        if optional {
            out.push('?');
        }
    }
    Some(out)
}

/// How far `stem` is from what `word` says, from 0; `None` is not it. A vowel that
/// Arabic does not write counts one, a rarer reading of a letter one; where half of
/// it would be a guess, it is not it.
///
/// "wazir" is 1 from «وزير», whose a is short.
pub fn distance(word: &str, stem: &str) -> Option<u32> {
    let sounds = sounds(word)?;
    let letters = stem.len();
    // One guess in two sounds, and one more.
    let allowed = u32::try_from(sounds.len() / 2 + 1).unwrap_or(u32::MAX);
    // The least distance at which each place of the stem is reached.
    let mut reached = vec![None; letters + 1];
    reached[0] = Some(0);
    for choices in sounds {
        let mut next: Vec<Option<u32>> = vec![None; letters + 1];
        for (at, so_far) in reached.iter().enumerate() {
            let Some(so_far) = so_far else { continue };
            for (arabic, cost) in choices {
                if stem[at..].starts_with(arabic) {
                    let place = &mut next[at + arabic.len()];
                    let total = so_far + cost;
                    *place = Some(place.map_or(total, |known: u32| known.min(total)));
                }
            }
        }
        reached = next;
    }
    reached[letters].filter(|distance| *distance <= allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_in_latin_letters_is_found() {
        for (word, stem) in [
            ("wazir", "وزير"),
            ("7alab", "حلب"),
            ("halab", "حلب"),
            ("3iraq", "عراق"),
            ("jami3a", "جامعه"),
            ("Lavrov", "لافروف"),
            ("sa7afa", "صحافه"),
            ("7ari2", "حريق"),
            ("Hasakah", "حسكه"),
            ("mou3tamar", "معتمر"),
            ("tha2r", "ثار"),
        ] {
            assert!(distance(word, stem).is_some(), "{word} must be {stem}");
        }
    }

    #[test]
    fn the_nearer_reading_is_nearer() {
        for (word, near, far) in [
            ("jami3a", "جامعه", "جميع"),
            ("7iwar", "حوار", "حور"),
            ("salam", "سلام", "سلم"),
            ("kitab", "كتاب", "كتب"),
        ] {
            assert!(
                distance(word, near) < distance(word, far),
                "{word}: {near} before {far}"
            );
        }
        for (word, stem) in [
            ("wazir", "زير"),
            ("halab", "حلبي"),
            ("ali", "علي"),
            ("بيت", "بيت"),
            ("a", "ا"),
            ("abc", "ابك"),
            ("cop28", "سباق"),
        ] {
            assert_eq!(distance(word, stem), None, "{word} is not {stem}");
        }
        assert_eq!(pattern("7alab").as_deref(), Some("(ح)(ا|ع)?(ل)(ا|ع)?(ب)"));
        assert_eq!(pattern(&"ab".repeat(5_000)), None);
        assert_eq!(pattern("a.*b+("), None);
    }
}
