//! Pictures in place of insults: «يا 🐕», «وجهك متل 💩».

use std::ops::Range;

use arabic::disguise::Seen;

use super::list::{Kind, WordList};

/// Words before a picture in which it is told who is meant.
const MEANT_WITHIN: usize = 4;
/// Verbs of what is done with filth and shoes.
const DEEDS: [&str; 12] = [
    "كل",
    "كول",
    "كلي",
    "كلوا",
    "كلو",
    "تاكل",
    "ياكل",
    "بتاكل",
    "طعم",
    "تستاهل",
    "يستاهل",
    "يستحق",
];

/// What a picture says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Picture {
    /// Filth, shoes, clowns.
    Filth,
    /// An animal.
    Animal,
}

const fn picture(sign: char) -> Option<Picture> {
    Some(match sign {
        '💩' | '👞' | '👟' | '👠' | '👡' | '👢' | '🥾' | '🥿' | '🩴' | '🤡' | '🚽' | '🪠' | '🗑'
        | '🤮' | '🤢' => Picture::Filth,
        '🐕' | '🐶' | '🐩' | '🦮' | '🐷' | '🐖' | '🐽' | '🐗' | '🫏' | '🐴' | '🐎' | '🫎'
        | '🐮' | '🐄' | '🐂' | '🐃' | '🐑' | '🐏' | '🐐' | '🐀' | '🐁' | '🐭' | '🐍' | '🐒'
        | '🐵' | '🙈' | '🪳' | '🐛' | '🪰' | '🦟' | '🦍' | '🦧' | '🪱' | '🦨' | '🦂' | '🐪'
        | '🐫' => Picture::Animal,
        _ => return None,
    })
}

/// The bytes of the words that such pictures belong to.
pub(super) fn held(text: &str, seen: &Seen, list: &WordList) -> Vec<Range<usize>> {
    let mut held: Vec<Range<usize>> = text
        .match_indices('🖕')
        .map(|(at, sign)| at..at + sign.len())
        .collect();
    if opens(seen, list) {
        held.extend(seen.bytes(0));
    }
    for at in 0..seen.words() {
        let mut pictures = seen.signs_after(at).filter_map(picture);
        let Some(first) = pictures.next() else {
            continue;
        };
        let count = 1 + pictures.filter(|other| *other == first).count();
        if is_meant(seen, at, first, count, list) {
            held.extend(seen.bytes(at));
        }
    }
    held
}

/// Whether pictures open the text that are said of whom the next words tell:
/// «💩 عليك», «🐒 لابس بدلة».
fn opens(seen: &Seen, list: &WordList) -> bool {
    let Some(first) = seen.signs_before().find_map(picture) else {
        return false;
    };
    (0..3).filter_map(|at| seen.word(at)).any(|word| {
        let context = list.context(word);
        matches!(context, Some(Kind::Person | Kind::They | Kind::You))
            || word.starts_with("علي")
            || first == Picture::Animal && matches!(context, Some(Kind::Deed | Kind::Folk))
    })
}

fn is_meant(seen: &Seen, at: usize, picture: Picture, count: usize, list: &WordList) -> bool {
    let context = |at: usize| list.context(seen.word(at)?);
    let word = seen.word(at).unwrap_or_default();
    let before = at.checked_sub(1).and_then(context);
    let is_yours = |word: &str| {
        word.starts_with("انت")
            || word.starts_with("انك")
            || [
                "وجه",
                "شكل",
                "كلام",
                "كل",
                "راس",
                "عقل",
                "اصل",
                "امثال",
                "ابو",
                "ام",
                "اهل",
                "ولد",
            ]
            .iter()
            .any(|start| {
                word.strip_prefix(start)
                    .is_some_and(|rest| matches!(rest, "ك" | "كم" | "كن" | "كو"))
            })
    };
    let speaks = matches!(context(at), Some(Kind::You | Kind::Child))
        || is_yours(word)
        || word == "ال" && before == Some(Kind::Child);
    if speaks {
        return true;
    }
    let near: Vec<usize> = (at.saturating_sub(MEANT_WITHIN)..=at).collect();
    let is_of_somebody = near.iter().any(|at| {
        let word = seen.word(*at).unwrap_or_default();
        is_yours(word) || matches!(context(*at), Some(Kind::You))
    });
    let is_you = near.iter().any(|at| {
        let word = seen.word(*at).unwrap_or_default();
        word.starts_with("انك") || word.starts_with("انت")
    });
    let is_like = is_you
        || matches!(context(at), Some(Kind::Like))
        || word == "ال"
        || before == Some(Kind::Like);
    let is_spared = (0..seen.words()).any(|at| context(at) == Some(Kind::Spare));
    let is_folk = near
        .iter()
        .any(|at| matches!(context(*at), Some(Kind::Folk | Kind::They | Kind::Group)));
    match picture {
        Picture::Filth => {
            DEEDS.contains(&word)
                || is_of_somebody
                || is_folk && !is_spared && at + 1 == seen.words()
        }
        Picture::Animal => {
            word == "ال" && at + 1 < seen.words()
                || is_of_somebody && is_like
                || is_folk && !is_spared && (count >= 2 || context(at).is_some())
        }
    }
}
