//! Forms of verbs and patterns of verbal nouns, by rule.
//!
//! Reference: Wright, A Grammar of the Arabic Language, vol. I, on the weak
//! verb and on the nouns of action.

use arabic::fold::fold;

/// What a form of a reporting verb is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tense {
    /// «قال»
    Perfect,
    /// «يقول»
    Imperfect,
    /// «قائلا»
    Participle,
    /// «قول»
    Noun,
}

/// A form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "features of a form, independent of each other"
)]
pub(crate) struct Form {
    /// What it is.
    pub(crate) tense: Tense,
    /// «قالت»
    pub(crate) feminine: bool,
    /// «قالوا», «قالا»
    pub(crate) plural: bool,
    /// A pronoun is attached: «قوله», «اعتبره».
    pub(crate) pronoun: bool,
    /// The last letter must be written ى: «نفى», which is not «نفي».
    pub(crate) ends_in_alef: bool,
}

const PRONOUNS: [&str; 4] = ["ه", "ها", "هم", "هما"];

/// The forms of a verb by its perfect, imperfect, participle and verbal
/// nouns, folded: «أعلن» gives اعلن، اعلنت، اعلنوا، يعلن، معلنا ….
/// `object`: also with a pronoun as object, «اعتبرته».
pub(crate) fn forms(
    perfect: &str,
    imperfect: &str,
    participle: &str,
    nouns: &str,
    object: bool,
) -> Vec<(String, Form)> {
    let mut out = Vec::new();
    let weak = perfect.ends_with('ى');
    let form = |tense, feminine, plural| Form {
        tense,
        feminine,
        plural,
        pronoun: false,
        ends_in_alef: false,
    };
    let past = |feminine, plural| form(Tense::Perfect, feminine, plural);
    let key = fold(perfect);
    // The stem before an ending: «نفى» and «دعا» lose their last letter, «خشي» keeps it but before وا.
    let last_falls = weak || perfect == "دعا" || perfect == "رجا" || perfect == "عزا";
    let stem = if last_falls { but_last(&key) } else { &key };
    let plural_stem = if perfect.ends_with('ي') {
        but_last(&key)
    } else {
        stem
    };
    out.push((
        key.clone(),
        Form {
            ends_in_alef: weak,
            ..past(false, false)
        },
    ));
    out.push((format!("{stem}ت"), past(true, false)));
    out.push((format!("{plural_stem}وا"), past(false, true)));
    let two = if weak {
        format!("{stem}يا")
    } else {
        format!("{stem}ا")
    };
    out.push((two, past(false, true)));
    out.push((format!("{stem}تا"), past(true, true)));
    if object {
        let attached = if weak {
            format!("{stem}ا")
        } else {
            key.clone()
        };
        for pronoun in PRONOUNS {
            for (base, feminine) in [(&attached, false), (&format!("{stem}ت"), true)] {
                out.push((
                    format!("{base}{pronoun}"),
                    Form {
                        pronoun: true,
                        ..past(feminine, false)
                    },
                ));
            }
        }
    }
    let present = fold(imperfect);
    let letters = present.strip_prefix('ي').unwrap_or(&present).to_owned();
    let base = if imperfect.ends_with(['و', 'ي', 'ى']) {
        but_last(&letters).to_owned()
    } else {
        letters.clone()
    };
    for will in ["", "س"] {
        out.push((
            format!("{will}ي{letters}"),
            form(Tense::Imperfect, false, false),
        ));
        out.push((
            format!("{will}ت{letters}"),
            form(Tense::Imperfect, true, false),
        ));
        out.push((
            format!("{will}ي{base}ون"),
            form(Tense::Imperfect, false, true),
        ));
        out.push((
            format!("{will}ي{letters}ان"),
            form(Tense::Imperfect, false, true),
        ));
    }
    let doer = fold(participle);
    if !doer.is_empty() {
        let weak_doer = imperfect.ends_with(['و', 'ي', 'ى']);
        let stem = if weak_doer && !doer.ends_with('ي') {
            format!("{doer}ي")
        } else {
            doer.clone()
        };
        out.push((format!("{stem}ا"), form(Tense::Participle, false, false)));
        out.push((format!("{stem}ه"), form(Tense::Participle, true, false)));
        out.push((format!("{doer}ين"), form(Tense::Participle, false, true)));
    }
    for noun in nouns
        .split(',')
        .map(str::trim)
        .filter(|noun| !noun.is_empty())
    {
        let key = fold(noun);
        let open = if noun.ends_with('ة') {
            format!("{}ت", but_last(&key))
        } else if key.ends_with('ء') {
            // «ادعاؤه»
            format!("{}ء", but_last(&key))
        } else {
            key.clone()
        };
        for pronoun in PRONOUNS {
            out.push((
                format!("{open}{pronoun}"),
                Form {
                    pronoun: true,
                    ..form(Tense::Noun, false, false)
                },
            ));
        }
        out.push((key, form(Tense::Noun, false, false)));
    }
    out
}

fn but_last(word: &str) -> &str {
    let mut letters = word.chars();
    letters.next_back();
    letters.as_str()
}

/// Whether a folded word without ال has a pattern of a verbal noun:
/// «استقالة»، «انسحاب»، «اعتقال»، «تدمير»، «تعاون»، «محاسبة»، and, where it is
/// written with إ (`hamza_below`), «إطلاق».
pub(crate) fn is_verbal_noun(word: &str, hamza_below: bool) -> bool {
    let mut letters = ['\0'; 8];
    let mut count = 0;
    for letter in word.chars() {
        if count == letters.len() {
            // With a pronoun or longer than any pattern.
            return word.starts_with("است");
        }
        letters[count] = letter;
        count += 1;
    }
    // «تدميره», «انسحابها»: the pattern with a pronoun.
    let stem = match &letters[..count] {
        [.., 'ه', 'ا' | 'م'] if count >= 7 => count - 2,
        [.., 'ه'] if count >= 6 && letters[0] != 'م' => count - 1,
        _ => count,
    };
    is_pattern(&letters[..count], hamza_below) || is_pattern(&letters[..stem], hamza_below)
}

const fn is_pattern(letters: &[char], hamza_below: bool) -> bool {
    match letters {
        ['ا', 'س', 'ت', _, _, ..]
        | ['ا', 'ن', _, _, 'ا', _]
        | ['ا', _, 'ت' | 'ط' | 'د', _, 'ا', _]
        | ['ا', 'ت', _, 'ا', _]
        | ['ت', _, _, 'ي', _]
        | ['ت', _, 'ا', _, _]
        | ['م', _, 'ا', _, _, 'ه' | 'ت'] => true,
        ['ا', _, _, 'ا', _] | ['ا', _, 'ا', _, 'ه'] => hamza_below,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_and_sound_verbs() {
        for (verb, words) in [
            (
                ["قال", "يقول", "قائل", "قول"],
                &[
                    "قالت",
                    "قالوا",
                    "تقول",
                    "سيقول",
                    "يقولون",
                    "قائلا",
                    "قائلة",
                    "قوله",
                    "قالا",
                ][..],
            ),
            (
                ["نفى", "ينفي", "ناف", "نفي"],
                &[
                    "نفى",
                    "نفت",
                    "نفوا",
                    "نفيا",
                    "ينفون",
                    "نافيا",
                    "نافية",
                    "نفيه",
                ],
            ),
            (
                ["دعا", "يدعو", "داع", "دعوة"],
                &["دعت", "دعوا", "يدعون", "داعيا", "داعين", "دعوته"],
            ),
            (["خشي", "يخشى", "خاش", ""], &["خشيت", "خشوا", "تخشى"]),
        ] {
            let made = forms(verb[0], verb[1], verb[2], verb[3], false);
            for word in words {
                assert!(
                    made.iter().any(|(form, _)| *form == fold(word)),
                    "help: {word} is not made of {}",
                    verb[0]
                );
            }
        }
    }

    #[test]
    fn nouns_of_action() {
        for word in [
            "استقالة",
            "انسحاب",
            "اعتقال",
            "تدمير",
            "تعاون",
            "محاسبة",
            "انشقاق",
            "إطلاق",
            "تدميره",
        ] {
            assert!(is_verbal_noun(&fold(word), word.starts_with('إ')), "{word}");
        }
        for word in ["أوكامبو", "سيدا", "بركة", "الوزير", "أفكار", "لافروف"]
        {
            assert!(!is_verbal_noun(&fold(word), false), "{word}");
        }
    }
}
