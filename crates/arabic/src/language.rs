//! Which language a text in the Arabic script is in, told by its letters: so
//! that the spelling of Persian, Urdu and Sorani is never taken for a slip in
//! an Arabic text.

/// A language that is written in the Arabic script here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// العربية
    Arabic,
    /// فارسی
    Persian,
    /// اردو
    Urdu,
    /// کوردیی ناوەندی
    Sorani,
}

impl Language {
    /// Its BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Arabic => "ar",
            Self::Persian => "fa",
            Self::Urdu => "ur",
            Self::Sorani => "ckb",
        }
    }
}

/// Small Persian words that stand in nearly every sentence; none of them is a
/// word of Arabic news.
const PERSIAN_WORDS: [&str; 11] = [
    "که", "را", "است", "این", "برای", "می", "های", "شد", "کرد", "کرده", "بود",
];

/// The language of a text, where its letters and smallest words tell it;
/// `None` where they do not (no Arabic script, or a word that could be of
/// several languages).
///
/// «قال الوزير إن المحادثات بدأت» is Arabic, and so is «سیاسة» with the
/// Persian ya of a PDF; «این خبر را گفت» is Persian; «یہ خبر ہے» is Urdu;
/// «هەواڵی نوێ» is Sorani.
pub fn language(text: &str) -> Option<Language> {
    let (mut arabic, mut persian, mut urdu, mut sorani) = (0_usize, 0_usize, 0_usize, 0_usize);
    for c in text.chars() {
        match c {
            'ة' | 'ى' | 'إ' | 'أ' | 'ؤ' | 'ي' | 'ك' | '\u{064B}'..='\u{064D}' => arabic += 1,
            // Names from abroad have them in Arabic too: «پاريس»، «چاد».
            'پ' | 'چ' | 'ژ' | 'گ' => persian += 1,
            'ٹ' | 'ڈ' | 'ڑ' | 'ں' | 'ے' | 'ہ' | 'ھ' => urdu += 1,
            'ە' | 'ێ' | 'ڕ' | 'ڵ' | 'ۆ' => sorani += 1,
            _ => {}
        }
    }
    if persian + urdu + sorani == 0 && !text.contains(['ک', 'ی']) {
        // No letter that Arabic has not: nothing to tell apart.
        return (arabic > 0 || text.contains("ال")).then_some(Language::Arabic);
    }
    for word in text.split(|c: char| !c.is_alphabetic() && c != '\u{200C}') {
        if PERSIAN_WORDS.contains(&word) {
            persian += 2;
        } else if word.starts_with("ال") && word.chars().count() > 3 {
            arabic += 2;
        }
    }
    let most = arabic.max(persian).max(urdu).max(sorani);
    if most == 0 {
        return None;
    }
    Some(if sorani == most {
        Language::Sorani
    } else if urdu == most {
        Language::Urdu
    } else if persian == most && persian > arabic {
        Language::Persian
    } else {
        Language::Arabic
    })
}

#[cfg(test)]
mod tests {
    use super::{
        Language::{Arabic, Persian, Sorani, Urdu},
        language,
    };

    #[test]
    fn texts_are_told_apart() {
        for (text, expect) in [
            ("قال الوزير، الجمعة، إن المحادثات بدأت.", Some(Arabic)),
            // From a PDF: Persian letters in Arabic words.
            (
                "قال الوزیر إن المحادثات السیاسیة بدأت فی المدینة",
                Some(Arabic),
            ),
            ("سیاسة", Some(Arabic)),
            ("زار الوزير چاد وپاريس والتقى الوفد", Some(Arabic)),
            ("وزیر خارجه گفت که این گفتگوها برای صلح است", Some(Persian)),
            ("سیاست", None),
            ("کوردی", None),
            ("وزیر خارجہ نے کہا ہے کہ یہ مذاکرات کامیاب رہے", Some(Urdu)),
            ("هەواڵی نوێ لە شاری هەولێر", Some(Sorani)),
            ("Reuters", None),
            ("", None),
            ("وزير", Some(Arabic)),
        ] {
            assert_eq!(language(text), expect, "{text}");
        }
    }
}
