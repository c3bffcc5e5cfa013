//! Texts that are nearly the same, and texts that are not.

use editorial::comment::{
    Circumstances, HoldRule,
    rules::{WordList, likeness, skeleton},
    try_comment,
};

fn texts() -> Vec<&'static str> {
    let evasions = include_str!("evasions-seen.tsv").lines();
    let clean = include_str!("clean-seen.tsv").lines();
    let texts = evasions
        .chain(clean)
        .filter_map(|line| line.rsplit('\t').next());
    texts.filter(|text| likeness(text) != 0).collect()
}

fn is_near(text: &str, newest: &[i64]) -> bool {
    let circumstances = Circumstances {
        newest,
        ..Circumstances::default()
    };
    let trial = try_comment("ليلى", text, &WordList::default(), &circumstances);
    trial
        .holds
        .iter()
        .any(|hold| hold.rule == HoldRule::NearDuplicate || hold.rule == HoldRule::Duplicate)
}

/// An advertisement is sent again with another name, number, emoji or ending.
#[test]
fn changed_texts_are_near() {
    let texts: Vec<_> = texts()
        .into_iter()
        .filter(|text| text.split_whitespace().count() >= 10)
        .collect();
    assert!(texts.len() > 100);
    let mut found = [0; 3];
    for text in &texts {
        let newest = [likeness(text)];
        let mut words: Vec<&str> = text.split_whitespace().collect();
        let middle = words.len() / 2;
        words[middle] = "سليمان";
        let changed = [
            format!("🔥 {text} 😍 2024"),
            words.join(" "),
            format!("{text} شكرا"),
        ];
        for (found, changed) in found.iter_mut().zip(&changed) {
            *found += usize::from(is_near(changed, &newest));
        }
    }
    println!(
        "near of {}: signs {}, a name {}, a word more {}",
        texts.len(),
        found[0],
        found[1],
        found[2]
    );
    assert_eq!(found[0], texts.len());
    assert!(found[1] * 10 >= texts.len() * 8 && found[2] * 10 >= texts.len() * 8);
}

#[test]
fn different_texts_are_not_near() {
    let texts = texts();
    let likenesses: Vec<i64> = texts.iter().map(|text| likeness(text)).collect();
    for (at, text) in texts.iter().enumerate() {
        assert!(!is_near(text, &likenesses[..at]), "{text}");
    }
    for short in [
        "الله يرحمه ويغفر له ويصبر أهله",
        "شكرا",
        "",
        "١٢٣ ٤٥٦ 7 8 9 10 11 12",
    ] {
        assert_eq!(likeness(short), 0);
    }
}

#[test]
fn names_that_look_the_same_have_one_skeleton() {
    for names in [
        &[
            "ليلى حدّاد",
            "لَيـلي  حداد",
            "ليلی حداد",
            "ليلىحداد",
            "ل.ي.ل.ى حداد",
            "ليييلى حدّاد",
        ][..],
        &["فاطمة", "فاطمه", "ﻓﺎﻃﻤﺔ", "فاطـمة\u{200F}"],
        &["أحمد", "احمد", "إحمد", "آحمد", "\u{627}\u{654}حمد"],
        &["رئيس التحرير", "رييس التحرير", "رئيس_التحرير"],
        &[
            "Warraq",
            "wаrrаq",
            "ＷＡＲＲＡＱ",
            "𝐖𝐚𝐫𝐫𝐚𝐪",
            "w a r r a q",
            "W.A.R.R.A.Q",
            "Wárráq",
        ],
        &["Lola 01", "L0la 0l", "IoIa oI", "l o l a o 1"],
        &["كريم", "ڪريم", "کریم"],
    ] {
        for name in names {
            assert_eq!(
                skeleton(name),
                skeleton(names[0]),
                "{name} looks like {}",
                names[0]
            );
        }
    }
    for (one, other) in [
        ("ليلى", "ليال"),
        ("محمد", "محمود"),
        ("Sara", "Sami"),
        ("سامي", "سامية"),
    ] {
        assert_ne!(skeleton(one), skeleton(other));
    }
    assert_eq!(skeleton("؟! …"), "");
    assert_eq!(skeleton("👍"), "");
}
