//! Laws that every rule keeps, on any text: it does not panic, and applied
//! twice it gives what it gave once.

use proptest::prelude::*;

macro_rules! laws {
    ($($name:ident: $rule:expr;)*) => {
        proptest! {
            #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]
            $(#[test] fn $name(text in any_text()) {
                let rule: fn(&str) -> String = $rule;
                let once = rule(&text);
                prop_assert_eq!(rule(&once), once.clone(), "help: {} must leave its own result alone: {:?} from {:?}", stringify!($name), once, text);
            })*
        }
    };
}

/// Any characters, and Arabic with everything that is mixed into it.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ا-يآأإؤئءىةکیـً-ْ٠-٩۰-۹ﺀ-ﻼ a-zA-Z0-9«»\"،؟.\u{200C}-\u{200F}\u{202A}-\u{202E}\u{2066}-\u{2069}\u{FEFF}-]{0,60}",
    ]
}

fn addresses() -> impl Strategy<Value = String> {
    prop_oneof![
        "https?://[a-z]{2,9}\\.org/[a-zA-Z0-9/_?=&%.-]{0,60}",
        "www\\.[a-z]{2,20}\\.com(/[a-z0-9-]{0,30})?",
        "[a-z]{1,12}\\.(com|org|net)(/[a-z0-9-]{0,30})?",
        "[a-z]{1,12}(\\.[a-z]{1,9})?@[a-z]{2,12}\\.(com|org)",
        "@[a-zA-Z0-9_]{1,30}",
    ]
}

laws! {
    fold: arabic::fold::fold;
    for_feeds: arabic::tatweel::for_feeds;
    repair: |text| arabic::repair::repair(text, true).0;
    slug: |text| arabic::slug::slug(text, 60);
    spelling: arabic::search::spelling::spelling;
    stem: |text| arabic::search::stem::stem(&arabic::search::spelling::spelling(text));
    strip_controls: arabic::bidi::strip_controls;
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn feeds_lose_no_letter(text in any_text()) {
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric() && *c != 'ـ').collect::<String>();
        prop_assert_eq!(letters(&arabic::tatweel::for_feeds(&text)), letters(&text), "help: only tatweel may go");
    }

    /// What the house style points at stands there.
    #[test]
    fn what_is_found_stands_in_its_place(text in any_text(), is_headline: bool) {
        let letters: Vec<char> = text.chars().collect();
        for one in arabic::house::check(&text, is_headline) {
            let there: String = letters[one.place].iter().collect();
            prop_assert_eq!(&there, &one.words);
            prop_assert_ne!(Some(there), one.suggestion, "help: a suggestion is another spelling");
        }
    }

    /// What is taken as normal without a look is normal.
    #[test]
    fn repaired_text_is_in_nfc(text in any_text()) {
        use unicode_normalization::UnicodeNormalization as _;
        for arabic in [false, true] {
            let (repaired, _) = arabic::repair::repair(&text, arabic);
            prop_assert_eq!(repaired.nfc().collect::<String>(), repaired.clone(), "help: {:?} is not in NFC", repaired);
        }
        prop_assert_eq!(arabic::fold::fold(&text.nfkc().collect::<String>()), arabic::fold::fold(&text), "help: {:?} was folded without NFKC", text);
    }

    /// A link, an e-mail address or a name in a text leaves its direction.
    #[test]
    fn addresses_do_not_turn_a_text(words in "[ا-يa-z]{1,12}( [ا-يa-z]{1,12}){0,6}", at in 0usize..8, address in addresses()) {
        use arabic::bidi::{Direction, direction, direction_within};
        let mut with: Vec<&str> = words.split(' ').collect();
        with.insert(at.min(with.len()), &address);
        let with = with.join(" ");
        prop_assert_eq!(direction(&with), direction(&words), "help: {:?} turns {:?}", address, words);
        for around in [Direction::Rtl, Direction::Ltr] {
            prop_assert_eq!(direction_within(&with, around), direction_within(&words, around), "help: {:?} turns {:?}", address, words);
        }
    }

    #[test]
    fn no_panic_elsewhere(text in any_text()) {
        let _ = arabic::bidi::direction(&text);
        let _ = arabic::bidi::direction_within(&text, arabic::bidi::Direction::Ltr);
        let _ = arabic::bidi::direction_of_language(&text);
        let _ = arabic::language::language(&text);
        prop_assert!(arabic::keywords::signature(&text).len() <= arabic::keywords::WORDS);
        prop_assert!(arabic::slug::slug(&text, 20).chars().count() <= 20);
    }

    /// Every word leads back to where it stands: in order, apart, at whole
    /// characters, and read alone it is what it was among others.
    #[test]
    fn words_keep_their_places(text in any_text()) {
        let mut end = 0;
        for word in arabic::search::words(&text) {
            prop_assert!(word.span.start >= end && word.span.end > word.span.start, "help: {:?} overlaps", word);
            end = word.span.end;
            let alone = arabic::search::spelling::spelling(&text[word.span.clone()]);
            prop_assert_eq!(&alone, &word.form, "help: {:?} is read differently alone", word);
            prop_assert!(!word.stem.is_empty() && word.form.chars().all(|c| c.is_alphanumeric() || c == '.'));
        }
    }

    /// No letter or digit of a text is in no word, and a word loses none but marks
    /// and what is lengthened.
    #[test]
    fn words_lose_no_letter(text in "[ء-غف-يa-z0-9 «»،.]{0,60}") {
        let spans: Vec<_> = arabic::search::words::spans(&text).collect();
        for (at, c) in text.char_indices() {
            prop_assert!(!c.is_alphanumeric() || spans.iter().any(|span| span.contains(&at)), "help: {:?} of {:?} is in no word", c, text);
        }
    }

    /// The quick way for plain words spells as the long one, which a control takes.
    #[test]
    fn plain_words_are_spelled_alike(word in "[ء-غف-يa-z0-9]{1,12}") {
        use arabic::search::spelling::spelling;
        prop_assert_eq!(spelling(&word), spelling(&format!("{word}\u{200F}")));
    }

    /// Anything may be typed.
    #[test]
    fn latin_words_never_panic(word in "[a-z0-9']{0,24}", stem in "[ا-ي]{0,8}") {
        let _ = arabic::search::latin::pattern(&word);
        let _ = arabic::search::latin::distance(&word, &stem);
    }
}
