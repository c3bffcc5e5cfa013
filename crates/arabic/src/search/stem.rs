//! The stem of a form: what the forms of a word have in common.
//!
//! First the lexicon is asked, for the form and for what is left of it without
//! the letters that Arabic joins to a word: so the و of «وزراء» stays and that of
//! «ومدارس» goes. Where no word is known, only what is safe is taken off: the
//! article, an «and» before it, one ending. The frame is that of light stemming
//! (Larkey, Ballesteros and Connell, "Light Stemming for Arabic Information
//! Retrieval", 2007), whose light10 takes the same letters off every word.
//!
//! Not joined, because readers do not mean it: a noun and its adjective (لبنان
//! and لبناني), a verb and its noun, two nouns of one root (كاتب and مكتبة).

use std::borrow::Cow;

use super::lexicon;

/// Letters that must be left where no word is known.
const LEFT_MIN: usize = 3;

/// What may stand before a word. The shortest that leads to a known word wins.
const PREFIXES: [Prefix; 24] = [
    Prefix::new("", Rest::Any),
    Prefix::new("ال", Rest::Definite),
    Prefix::new("و", Rest::Any),
    Prefix::new("ف", Rest::Any),
    Prefix::new("ب", Rest::Noun),
    Prefix::new("ل", Rest::Any),
    Prefix::new("ك", Rest::Noun),
    Prefix::new("س", Rest::Verb),
    Prefix::new("لل", Rest::Definite),
    Prefix::new("وال", Rest::Definite),
    Prefix::new("فال", Rest::Definite),
    Prefix::new("بال", Rest::Definite),
    Prefix::new("كال", Rest::Definite),
    Prefix::new("وب", Rest::Noun),
    Prefix::new("ول", Rest::Any),
    Prefix::new("وك", Rest::Noun),
    Prefix::new("وس", Rest::Verb),
    Prefix::new("فل", Rest::Any),
    Prefix::new("فب", Rest::Noun),
    Prefix::new("فس", Rest::Verb),
    Prefix::new("ولل", Rest::Definite),
    Prefix::new("وبال", Rest::Definite),
    Prefix::new("فلل", Rest::Definite),
    Prefix::new("وكال", Rest::Definite),
];

struct Prefix {
    letters: &'static str,
    rest: Rest,
}

/// What a prefix stands before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rest {
    Any,
    /// A noun behind the article: no «his» or «their» follows it.
    Definite,
    Noun,
    Verb,
}

impl Prefix {
    const fn new(letters: &'static str, rest: Rest) -> Self {
        Self { letters, rest }
    }
}

/// An ending, and what stood in its place in the word itself.
struct Suffix {
    letters: &'static str,
    instead: &'static str,
    of: Of,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    /// Nouns with or without the article: gender, number, case.
    Noun,
    /// Nouns without it: «his», «their», and numbers before another noun.
    Owned,
    Verb,
}

const fn suffix(letters: &'static str, instead: &'static str, of: Of) -> Suffix {
    Suffix {
        letters,
        instead,
        of,
    }
}

/// Endings that lead to a known word; the first that does wins.
const SUFFIXES: [Suffix; 56] = [
    suffix("", "", Of::Noun),
    suffix("ات", "ه", Of::Noun),
    suffix("ات", "", Of::Noun),
    suffix("تين", "ه", Of::Noun),
    suffix("تان", "ه", Of::Noun),
    suffix("ين", "", Of::Noun),
    suffix("ون", "", Of::Noun),
    suffix("ان", "", Of::Noun),
    suffix("وين", "ي", Of::Noun),
    suffix("يات", "ي", Of::Noun),
    suffix("ه", "", Of::Noun),
    suffix("يه", "ي", Of::Noun),
    suffix("ته", "ه", Of::Owned),
    suffix("تها", "ه", Of::Owned),
    suffix("تهم", "ه", Of::Owned),
    suffix("تهما", "ه", Of::Owned),
    suffix("تهن", "ه", Of::Owned),
    suffix("تنا", "ه", Of::Owned),
    suffix("تكم", "ه", Of::Owned),
    suffix("تي", "ه", Of::Owned),
    suffix("تا", "ه", Of::Owned),
    suffix("اته", "ه", Of::Owned),
    suffix("اتها", "ه", Of::Owned),
    suffix("اتهم", "ه", Of::Owned),
    suffix("اتهما", "ه", Of::Owned),
    suffix("اتنا", "ه", Of::Owned),
    suffix("اته", "", Of::Owned),
    suffix("اتها", "", Of::Owned),
    suffix("اتهم", "", Of::Owned),
    suffix("اتهما", "", Of::Owned),
    suffix("اتنا", "", Of::Owned),
    suffix("ها", "", Of::Owned),
    suffix("هم", "", Of::Owned),
    suffix("هما", "", Of::Owned),
    suffix("هن", "", Of::Owned),
    suffix("نا", "", Of::Owned),
    suffix("كم", "", Of::Owned),
    suffix("ي", "", Of::Owned),
    suffix("يه", "", Of::Owned),
    suffix("يها", "", Of::Owned),
    suffix("يهم", "", Of::Owned),
    suffix("و", "", Of::Owned),
    suffix("ا", "", Of::Owned),
    suffix("ت", "", Of::Verb),
    suffix("وا", "", Of::Verb),
    suffix("ون", "", Of::Verb),
    suffix("ان", "", Of::Verb),
    suffix("تا", "", Of::Verb),
    suffix("ن", "", Of::Verb),
    suffix("نا", "", Of::Verb),
    suffix("ته", "", Of::Verb),
    suffix("تها", "", Of::Verb),
    suffix("تهم", "", Of::Verb),
    suffix("ه", "", Of::Verb),
    suffix("ها", "", Of::Verb),
    suffix("هم", "", Of::Verb),
];

/// Endings of words that are not known, longest first.
const ENDINGS: [(&str, &str); 27] = [
    ("اتهما", ""),
    ("اتها", ""),
    ("اتهم", ""),
    ("اتنا", ""),
    ("تهما", ""),
    ("ياته", "ي"),
    ("اته", ""),
    ("تها", ""),
    ("تهم", ""),
    ("هما", ""),
    ("يين", "ي"),
    ("يون", "ي"),
    ("يات", "ي"),
    ("تين", ""),
    ("تان", ""),
    ("ته", ""),
    ("ها", ""),
    ("هم", ""),
    ("نا", ""),
    ("ات", ""),
    ("ون", ""),
    ("ين", ""),
    ("ان", ""),
    ("وا", ""),
    ("يه", "ي"),
    ("ه", ""),
    ("ا", ""),
];

/// The stem of `form`, which is written in the one spelling of
/// [`super::spelling`].
///
/// «وللوزراء» gives «وزير», «المسوولين» «مسوول», «لافروف» itself. Latin words and
/// numbers are their own stems.
pub fn stem(form: &str) -> String {
    if !form.starts_with(|c| matches!(c, 'ء'..='ي')) {
        return form.to_owned();
    }
    let mut left = form.to_owned();
    loop {
        if let Some(stem) = lexicon::find(&left)
            .map(|entry| entry.stem.to_owned())
            .or_else(|| known(&left))
        {
            return stem;
        }
        // Each round takes letters off, and what is left may be a known word: so
        // the stem of a stem is itself.
        let shorter = light(&left);
        if shorter == left {
            return left;
        }
        left = shorter;
    }
}

/// Whether the lexicon knows the word that `form` is, behind and before what is
/// joined: «والقضاة» is known, «جورباتشوف» is not.
pub fn is_known(form: &str) -> bool {
    lexicon::find(form).is_some() || known(form).is_some()
}

/// The stem of the known word that `form` is, behind and before what is joined.
fn known(form: &str) -> Option<String> {
    let mut candidate = String::new();
    for prefix in &PREFIXES {
        let Some(rest) = form.strip_prefix(prefix.letters) else {
            continue;
        };
        for suffix in &SUFFIXES {
            let fits = match prefix.rest {
                Rest::Any => true,
                Rest::Definite => suffix.of == Of::Noun,
                Rest::Noun => suffix.of != Of::Verb,
                Rest::Verb => suffix.letters.is_empty() || suffix.of == Of::Verb,
            };
            let Some(bare) = rest.strip_suffix(suffix.letters).filter(|_| fits) else {
                continue;
            };
            if letters(bare) < 2 || is_adjective(bare, suffix) {
                continue;
            }
            candidate.clear();
            candidate.push_str(bare);
            candidate.push_str(suffix.instead);
            let found =
                lexicon::find(&candidate).or_else(|| before_pronoun(&mut candidate, suffix));
            let Some(entry) = found else { continue };
            let is_right = match prefix.rest {
                Rest::Verb => entry.is_verb,
                Rest::Any if suffix.letters.is_empty() => true,
                Rest::Any => entry.is_verb == (suffix.of == Of::Verb),
                Rest::Definite | Rest::Noun => !entry.is_verb,
            };
            if is_right {
                return Some(entry.stem.to_owned());
            }
        }
    }
    None
}

/// The word whose last hamza took a seat before a pronoun: «وزرائها» and
/// «وزراؤه» are of «وزراء».
fn before_pronoun(candidate: &mut String, suffix: &Suffix) -> Option<lexicon::Entry> {
    if suffix.of != Of::Owned || !(candidate.ends_with("اي") || candidate.ends_with("او")) {
        return None;
    }
    candidate.pop();
    candidate.push('ء');
    lexicon::find(candidate)
}

/// Whether `bare` with this ending is an adjective, which is a word of its own:
/// «شعبي», «مدرسية». Not so words of the two shapes that mean persons: «مسؤولي
/// الملف» are many of them, «شقيقيه» are two.
fn is_adjective(bare: &str, suffix: &Suffix) -> bool {
    match suffix.letters {
        "ي" => !is_participle(bare) && !is_quality(bare),
        "يه" | "يها" | "يهم" => !is_quality(bare),
        _ => false,
    }
}

/// The shape of «مسؤول» and «مراقب», long enough to be told from that of «مكتب».
fn is_participle(bare: &str) -> bool {
    bare.starts_with('م') && letters(bare) >= 5
}

/// The shape of «شقيق» and «وزير».
fn is_quality(bare: &str) -> bool {
    letters(bare) == 4 && bare.chars().nth(2) == Some('ي')
}

/// The stem of a word that is not known.
fn light(form: &str) -> String {
    let rest = if let Some(rest) = without_article(form) {
        Cow::Borrowed(rest)
    } else {
        let rest = form
            .strip_prefix('و')
            .filter(|rest| letters(rest) >= LEFT_MIN);
        without_person(rest.unwrap_or(form))
    };
    for (ending, instead) in ENDINGS {
        if let Some(bare) = rest.strip_suffix(ending)
            && letters(bare) + letters(instead) >= LEFT_MIN
        {
            return format!("{bare}{instead}");
        }
    }
    match rest.strip_suffix('ي') {
        Some(bare) if is_participle(bare) => bare.to_owned(),
        _ => rest.into_owned(),
    }
}

/// Without the article and what stands before it, where it has one.
fn without_article(form: &str) -> Option<&str> {
    ["وبال", "ولل", "وال", "فال", "بال", "كال", "لل", "ال"]
        .into_iter()
        .find_map(|prefix| {
            form.strip_prefix(prefix)
                .filter(|rest| letters(rest) >= LEFT_MIN)
        })
}

/// A verb without what makes a present or a past of it: «يكتسب», «سيكتسب»,
/// «تكتسب», «اكتسب» and «اكتسبت» are «كتسب»; the noun «اكتساب» stays. The tenth form
/// keeps the ا of its past, «استخدم» for «يستخدم»: without it «ستضيف» would be left
/// of «تستضيف», and that is «she will add».
fn without_person(rest: &str) -> Cow<'_, str> {
    for person in ["سي", "ي", "ست", "ت", "سن", "ن"] {
        if let Some(bare) = rest.strip_prefix(person)
            && bare.starts_with("ست")
            && letters(bare) >= 5
        {
            return Cow::Owned(format!("ا{bare}"));
        }
    }
    for prefix in ["سي", "ي"] {
        if let Some(bare) = rest.strip_prefix(prefix)
            && letters(bare) >= LEFT_MIN
        {
            return Cow::Borrowed(bare);
        }
    }
    let is_derived = |bare: &str| {
        let mut letters = bare.chars().rev();
        let (last, before) = (letters.next(), letters.next());
        letters.count() >= 2 && last != Some('ا') && before != Some('ا')
    };
    let past = rest.strip_suffix('ت').unwrap_or(rest);
    if past.starts_with("است") && is_derived(past) {
        return Cow::Borrowed(past);
    }
    match (past.strip_prefix('ا'), rest.strip_prefix('ت')) {
        (Some(bare), _) if is_derived(bare) && bare.contains('ت') => Cow::Borrowed(bare),
        (_, Some(bare)) if letters(bare) == 4 && bare.chars().nth(1) == Some('ت') => {
            Cow::Borrowed(bare)
        }
        _ => Cow::Borrowed(rest),
    }
}

fn letters(text: &str) -> usize {
    text.chars().count()
}
