//! What an Arabic paper's house style would write otherwise: signs, blanks, and
//! hamzas that were left out. It points and suggests; nothing is changed here.
//!
//! The rules hold for text in Arabic: whoever calls leaves out what is marked
//! as another language. Each was kept only as far as it is nearly always right
//! (the counts stand in ADR 26).

mod hamza;

use std::ops::Range;

use crate::{
    letters::{TATWEEL, is_arabic_letter, is_control, is_mark},
    tatweel,
};

/// What is asked of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A word of a headline is lengthened: «سوريــة».
    Tatweel,
    /// Straight quotes around Arabic words: "نعم" for «نعم».
    StraightQuotes,
    /// Two dots: neither the end of a sentence nor an ellipsis.
    TwoDots,
    /// A Latin comma, semicolon or question mark after an Arabic word.
    LatinSign,
    /// A hamza was left out: «الى».
    Hamza,
    /// Several blanks in a row.
    Blanks,
    /// A blank before a sign that closes.
    BlankBefore,
    /// No blank after a sign that closes.
    NoBlankAfter,
    /// «و» stands apart from the word it belongs to.
    WawApart,
    /// A blank within «».
    BlankInQuotes,
    /// «الشهر الجاري» does not say which, once it is read later.
    RelativeDate,
    /// Persian ک ی ہ in an Arabic word.
    PersianLetters,
    /// Letters in the form of one place in a word, from a PDF: «ﻻ».
    PresentationForms,
    /// Controls of direction that turn what follows.
    StrayControls,
}

impl Rule {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Tatweel,
        Self::StraightQuotes,
        Self::TwoDots,
        Self::LatinSign,
        Self::Hamza,
        Self::Blanks,
        Self::BlankBefore,
        Self::NoBlankAfter,
        Self::WawApart,
        Self::BlankInQuotes,
        Self::RelativeDate,
        Self::PersianLetters,
        Self::PresentationForms,
        Self::StrayControls,
    ];

    /// Its name in messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tatweel => "tatweel",
            Self::StraightQuotes => "straight-quotes",
            Self::TwoDots => "two-dots",
            Self::LatinSign => "latin-sign",
            Self::Hamza => "hamza",
            Self::Blanks => "blanks",
            Self::BlankBefore => "blank-before",
            Self::NoBlankAfter => "no-blank-after",
            Self::WawApart => "waw-apart",
            Self::BlankInQuotes => "blank-in-quotes",
            Self::RelativeDate => "relative-date",
            Self::PersianLetters => "persian-letters",
            Self::PresentationForms => "presentation-forms",
            Self::StrayControls => "stray-controls",
        }
    }
}

/// Something that the house would write otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Why.
    pub rule: Rule,
    /// Where, in code points of the text.
    pub place: Range<usize>,
    /// What is written there.
    pub words: String,
    /// What the house would write in its place; `None` where only the writer knows.
    pub suggestion: Option<String>,
}

/// What is found in one line of Arabic text, in its order; `is_headline` for
/// the words above a text.
///
/// «ذهب الى دمشق ،وعاد» has a missing hamza, a blank before «،» and none after.
pub fn check(text: &str, is_headline: bool) -> Vec<Finding> {
    let letters: Vec<char> = text.chars().collect();
    let mut found = Found {
        letters: &letters,
        findings: Vec::new(),
    };
    found.signs();
    found.quotes();
    found.words(is_headline);
    // Some presentation forms have no other form to be written in.
    found
        .findings
        .retain(|finding| finding.suggestion.as_ref() != Some(&finding.words));
    found
        .findings
        .sort_by_key(|finding| (finding.place.start, finding.place.end));
    found.findings
}

struct Found<'a> {
    letters: &'a [char],
    findings: Vec<Finding>,
}

/// Signs that close what stands before them.
const fn closes(c: char) -> bool {
    matches!(c, '،' | '؛' | '؟')
}

/// Letters of Arabic words, with their signs.
fn is_of_word(c: char) -> bool {
    is_arabic_letter(c) || is_mark(c) || c == TATWEEL
}

/// Controls that turn the direction of what follows, and byte order marks; the
/// marks and isolates that an editor may have put there on purpose are none.
const fn is_stray(c: char) -> bool {
    matches!(c, '\u{FEFF}' | '\u{202A}'..='\u{202E}')
}

const fn is_presentation_form(c: char) -> bool {
    matches!(c, '\u{FB50}'..='\u{FDC7}' | '\u{FDF0}'..='\u{FDF9}' | '\u{FE70}'..='\u{FEFC}')
}

impl Found<'_> {
    fn at(&self, at: usize) -> char {
        self.letters.get(at).copied().unwrap_or('\n')
    }

    fn before(&self, at: usize) -> char {
        at.checked_sub(1).map_or('\n', |before| self.at(before))
    }

    fn text(&self, place: &Range<usize>) -> String {
        self.letters[place.clone()].iter().collect()
    }

    fn add(&mut self, rule: Rule, place: Range<usize>, suggestion: Option<String>) {
        let words = self.text(&place);
        self.findings.push(Finding {
            rule,
            place,
            words,
            suggestion,
        });
    }

    /// Signs and blanks.
    fn signs(&mut self) {
        let mut at = 0;
        while at < self.letters.len() {
            let c = self.at(at);
            let mut end = at + 1;
            while self.at(end) == c && end < self.letters.len() {
                end += 1;
            }
            let (before, after) = (self.before(at), self.at(end));
            match c {
                ' ' => self.blanks(at..end, before, after),
                '.' if end - at == 2 && !before.is_ascii() => {
                    self.add(Rule::TwoDots, at..end, Some("…".to_owned()));
                }
                '.' if end - at == 1 => self.full_stop(at),
                ',' | ';' | '?' if is_of_word(before) || matches!(before, '»' | '”' | ')') => {
                    let own = match c {
                        ',' => '،',
                        ';' => '؛',
                        _ => '؟',
                    };
                    let goes_on = after == ' ' || after == '\n' || is_arabic_letter(after);
                    if end - at == 1 && goes_on {
                        self.add(Rule::LatinSign, at..end, Some(own.to_string()));
                    }
                }
                '،' | '؛' | '؟' if is_arabic_letter(after) || after == '«' => {
                    self.add(Rule::NoBlankAfter, at..end, Some(format!("{c} ")));
                }
                c if is_stray(c) => {
                    self.add(Rule::StrayControls, at..end, Some(String::new()));
                }
                _ => {}
            }
            at = end;
        }
    }

    fn blanks(&mut self, place: Range<usize>, before: char, after: char) {
        let is_within = before != '\n' && after != '\n';
        let more = self.at(place.end + 1);
        let ends = more == ' ' || more == '\n';
        let closes = closes(after) || (matches!(after, '.' | '!') && is_of_word(before) && ends);
        if closes && is_within {
            self.add(
                Rule::BlankBefore,
                place.start..place.end + 1,
                Some(after.to_string()),
            );
        } else if after == '»' && is_within {
            self.add(
                Rule::BlankInQuotes,
                place.start..place.end + 1,
                Some("»".to_owned()),
            );
        } else if before == '«' && is_within {
            self.add(
                Rule::BlankInQuotes,
                place.start - 1..place.end,
                Some("«".to_owned()),
            );
        } else if place.len() > 1 && is_within {
            self.add(Rule::Blanks, place, Some(" ".to_owned()));
        }
    }

    /// «انتهى.وقال»: between two words of some length, which no abbreviation has.
    fn full_stop(&mut self, at: usize) {
        let run = |places: &mut dyn Iterator<Item = usize>| {
            places
                .take_while(|place| is_of_word(self.at(*place)))
                .count()
        };
        let before = run(&mut (0..at).rev());
        let after = run(&mut (at + 1..self.letters.len()));
        if before >= 3 && after >= 3 {
            self.add(Rule::NoBlankAfter, at..at + 1, Some(". ".to_owned()));
        }
    }

    /// Straight quotes in pairs, with Arabic within.
    fn quotes(&mut self) {
        let places: Vec<usize> = (0..self.letters.len())
            .filter(|at| self.at(*at) == '"')
            .collect();
        if !places.len().is_multiple_of(2) {
            // Which of them belong together is not known.
            return;
        }
        let (pairs, _) = places.as_chunks::<2>();
        for [first, last] in pairs {
            let within = &self.letters[first + 1..*last];
            if within.iter().copied().any(is_arabic_letter) {
                let inner: String = within.iter().collect();
                let own = format!("«{}»", inner.trim());
                self.add(Rule::StraightQuotes, *first..last + 1, Some(own));
            }
        }
    }

    /// What is asked of words.
    fn words(&mut self, is_headline: bool) {
        let mut words: Vec<Range<usize>> = Vec::new();
        let mut at = 0;
        while at < self.letters.len() {
            let mut end = at;
            while end < self.letters.len() && (is_of_word(self.at(end)) || is_control(self.at(end)))
            {
                end += 1;
            }
            if end > at {
                words.push(at..end);
                at = end;
            } else {
                at += 1;
            }
        }
        let mut at = 0;
        while at < words.len() {
            let word = words[at].clone();
            let next = words.get(at + 1).cloned();
            // Two words with one blank between them.
            let next = next.filter(|next| next.start == word.end + 1 && self.at(word.end) == ' ');
            self.spelling(&word, is_headline);
            let plain = self.plain(&word);
            let both = next
                .as_ref()
                .map(|next| format!("{plain} {}", self.plain(next)));
            let mut taken = 1;
            if plain == "و" && self.stands_apart(&word) {
                if let Some(next) = &next {
                    let joined = format!("و{}", self.text(next));
                    self.add(Rule::WawApart, word.start..next.end, Some(joined));
                }
            } else if let (Some(next), Some(both)) = (next, both)
                && let Some(right) = hamza::with_hamza(&both)
            {
                self.add(Rule::Hamza, word.start..next.end, Some(right));
                taken = 2;
            } else if let Some(right) = hamza::with_hamza(&plain)
                // Vowel signs would be lost with it.
                && self.text(&word) == plain
            {
                self.add(Rule::Hamza, word.clone(), Some(right));
            } else if is_relative(&plain) && at > 0 {
                self.relative(&words[at - 1], &word);
            }
            at += taken;
        }
    }

    /// A word as it is looked up: without vowel signs, tatweel and controls.
    fn plain(&self, word: &Range<usize>) -> String {
        let letters = self.letters[word.clone()].iter().copied();
        letters.filter(|c| is_arabic_letter(*c)).collect()
    }

    fn stands_apart(&self, word: &Range<usize>) -> bool {
        matches!(self.before(word.start), ' ' | '\n') && self.at(word.end) == ' '
    }

    /// The letters of one word.
    fn spelling(&mut self, word: &Range<usize>, is_headline: bool) {
        let text = self.text(word);
        if text.chars().any(is_presentation_form) {
            let (own, _) = crate::repair::repair(&text, true);
            self.add(Rule::PresentationForms, word.clone(), Some(own));
        } else if text.contains(['ی', 'ک', 'ہ']) {
            let own: String = text
                .chars()
                .map(|c| match c {
                    'ی' => 'ي',
                    'ک' => 'ك',
                    'ہ' => 'ه',
                    c => c,
                })
                .collect();
            self.add(Rule::PersianLetters, word.clone(), Some(own));
        }
        if is_headline && text.contains(TATWEEL) {
            let own = tatweel::for_feeds(&text);
            if own != text && own != "–" {
                self.add(Rule::Tatweel, word.clone(), Some(own));
            }
        }
    }

    /// «الشهر الجاري»: which one, the date of the text alone tells.
    fn relative(&mut self, before: &Range<usize>, word: &Range<usize>) {
        let noun = self.plain(before);
        let nouns = ["الشهر", "العام", "السنة", "الأسبوع"];
        let is_noun = nouns.iter().any(|one| noun.ends_with(one))
            || noun
                .strip_prefix("لل")
                .is_some_and(|rest| nouns.iter().any(|one| one.strip_prefix("ال") == Some(rest)));
        if is_noun && word.start == before.end + 1 {
            self.add(Rule::RelativeDate, before.start..word.end, None);
        }
    }
}

fn is_relative(word: &str) -> bool {
    matches!(word, "الجاري" | "الجارية" | "الجارى")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, is_headline: bool) -> Vec<(Rule, String, String)> {
        let findings = check(text, is_headline);
        let letters: Vec<char> = text.chars().collect();
        let each = findings.into_iter().map(|finding| {
            let there: String = letters[finding.place].iter().collect();
            assert_eq!(there, finding.words);
            (
                finding.rule,
                finding.words,
                finding.suggestion.unwrap_or_default(),
            )
        });
        each.collect()
    }

    fn one(text: &str) -> (Rule, String, String) {
        let told = told(text, false);
        assert_eq!(told.len(), 1, "{text}: {told:?}");
        told.into_iter().next().expect("one")
    }

    #[test]
    fn each_rule_points_and_suggests() {
        for (text, rule, words, suggestion) in [
            (
                "قال \"نعم\" ثم خرج",
                Rule::StraightQuotes,
                "\"نعم\"",
                "«نعم»",
            ),
            ("ارفعوا أيديكم.. قال", Rule::TwoDots, "..", "…"),
            ("حلب, دمشق", Rule::LatinSign, ",", "،"),
            ("هل عاد?", Rule::LatinSign, "?", "؟"),
            ("ذهب الى حلب", Rule::Hamza, "الى", "إلى"),
            (
                "لدى الامم المتحدة قرار",
                Rule::Hamza,
                "الامم المتحدة",
                "الأمم المتحدة",
            ),
            ("ذهب  أمس", Rule::Blanks, "  ", " "),
            ("ذهب ، ثم عاد", Rule::BlankBefore, " ،", "،"),
            ("انتهى الخبر .", Rule::BlankBefore, " .", "."),
            ("ذهب،ثم عاد", Rule::NoBlankAfter, "،", "، "),
            ("انتهى.وقال الوزير", Rule::NoBlankAfter, ".", ". "),
            ("حلب و دمشق", Rule::WawApart, "و دمشق", "ودمشق"),
            ("قال « نعم» أمس", Rule::BlankInQuotes, "« ", "«"),
            ("في الشهر الجاري", Rule::RelativeDate, "الشهر الجاري", ""),
            (
                "المدینة الكبيرة",
                Rule::PersianLetters,
                "المدینة",
                "المدينة",
            ),
            ("قال ﻻ أكثر", Rule::PresentationForms, "ﻻ", "لا"),
            ("قال\u{202b} نعم", Rule::StrayControls, "\u{202b}", ""),
        ] {
            let expect = (rule, words.to_owned(), suggestion.to_owned());
            assert_eq!(one(text), expect, "{text}");
        }
        assert_eq!(
            told("سوريــة اليوم", true),
            [(Rule::Tatweel, "سوريــة".to_owned(), "سورية".to_owned())]
        );
    }

    #[test]
    fn what_is_right_is_left_alone() {
        for text in [
            "قال الوزير، الجمعة، إن المحادثات بدأت… ثم توقفت.",
            "وكالة أ.ف.ب ود.محمد",
            "في 15 سبتمبر الجاري",
            "فاز 2-1، و«الأهلي» ثالث، و 5 آخرون",
            "شاشة 5\" كبيرة",
            "قال \"yes\" ثم خرج",
            "حلب (سوريا)، دمشق؟!",
            "الساعة 10:30، والنسبة 2,254.5",
            "سوريــة في المتن",
            "اجتماع وانتخاب واستعداد الاثنين",
            "موقع www.example.org, وغيره",
            "1439 هـ",
            "",
        ] {
            assert_eq!(told(text, false), [], "{text}");
        }
        assert_eq!(told("عام 1439 هـ", true), []);
    }

    #[test]
    fn no_text_breaks_it() {
        for text in ["\"", "و", " ", "..", "«", "» »", "\u{202e}", "ـ", "،،،"] {
            for is_headline in [false, true] {
                check(text, is_headline);
            }
        }
    }
}
