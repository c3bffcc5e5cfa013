//! Laws of the rules on texts that are made of pieces at random.

use editorial::comment::{
    clean_text,
    rules::{WordList, holds_in, likeness, skeleton},
};

const PIECES: [&str; 64] = [
    "ك", "ل", "ب", "كلب", "حمار", "يا", "ال", "ابن", "و", "ا", "ي", "ه", "ة", "ى", "ء", "ئ", "أ",
    "\u{64E}", "\u{651}", "\u{654}", "ـ", "\u{200C}", "\u{200D}", "\u{2060}", "ﷲ", "ﻻ", "ﻛ", "ڪ",
    "ې", " ", " ", " ", "\n", ".", "..", "*", "#", "@", "_", "-", "/", "؟", "،", "(", ")", "😂",
    "🐕", "\u{FE0F}", "\u{20E3}", "7", "3", "0555", "٠", "۵", "０", "k", "kalb", "com", "http://",
    "نقطة", "صفر", "خصم", "𝐤", "а",
];

fn texts(count: usize, pieces: usize) -> impl Iterator<Item = String> {
    let mut seed = 11_usize;
    let mut next = move |below: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    (0..count).map(move |_| {
        (0..=next(pieces))
            .map(|_| PIECES[next(PIECES.len())])
            .collect()
    })
}

#[test]
fn holds_lie_in_the_text_and_are_told_once() {
    let list = WordList::built_in();
    let mut held = 0;
    for text in texts(20_000, 24) {
        let holds = holds_in(&text, list);
        held += usize::from(!holds.is_empty());
        assert!(holds.len() <= 20);
        for (at, hold) in holds.iter().enumerate() {
            assert!(hold.words(&text).is_some(), "{text:?}: {hold:?}");
            assert!(!holds[..at].contains(hold), "{text:?}: {hold:?} twice");
        }
        assert_eq!(holds_in(&text, list), holds, "{text:?}");
        likeness(&text);
    }
    assert!((1_000..19_900).contains(&held), "{held}");
}

#[test]
fn what_is_cleaned_or_looks_the_same_stays_so() {
    for text in texts(20_000, 16) {
        let once = skeleton(&text);
        assert_eq!(skeleton(&once), once, "{text:?}");
        let clean = clean_text(&text);
        assert_eq!(likeness(&clean_text(&clean)), likeness(&clean), "{text:?}");
    }
}

/// Marks, tatweel and what cannot be seen hide nothing from the list.
#[test]
fn what_is_held_is_held_with_marks_too() {
    let list = WordList::built_in();
    for word in ["يا كلب", "غبي", "حثالة", "كس أمك", "ابن الكلب", "شرموطة"]
    {
        for between in [
            "\u{64E}",
            "\u{651}\u{650}",
            "ـ",
            "\u{200C}",
            "\u{2060}",
            "\u{200B}",
        ] {
            let text: String = word.chars().map(|c| format!("{c}{between}")).collect();
            assert!(!holds_in(&text, list).is_empty(), "{text:?}");
        }
    }
}
