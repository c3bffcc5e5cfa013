//! The words of the screens, by Fluent (<https://projectfluent.org>): a value
//! within a sentence is isolated, so that a Latin name does not turn an Arabic
//! sentence around, and plurals have the six forms of Arabic.

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use serde::Serialize;

/// A language of the screens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Language {
    /// Arabic.
    #[default]
    #[serde(rename = "ar")]
    Arabic,
    /// English.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// Both, with their codes and their own names.
    pub const ALL: [(Self, &'static str, &'static str); 2] = [
        (Self::Arabic, "ar", "العربية"),
        (Self::English, "en", "English"),
    ];

    /// The language of that code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|(_, own, _)| *own == code)
            .map(|(language, ..)| language)
    }

    /// The first of the languages that a browser accepts
    /// (RFC 9110, 12.5.4) which there is; Arabic where there is none.
    pub fn accepted(header: &str) -> Self {
        let mut best = (0, Self::Arabic);
        for part in header.split(',').take(20) {
            let (code, weight) = part.split_once(';').unwrap_or((part, "q=1"));
            let code = code.trim().split('-').next().unwrap_or_default();
            let weight = weight.trim().strip_prefix("q=").and_then(thousandths);
            let weight = weight.unwrap_or(0);
            if let Some(language) = Self::of(&code.to_ascii_lowercase())
                && weight > best.0
            {
                best = (weight, language);
            }
        }
        best.1
    }

    /// Its direction, for `dir`.
    pub const fn direction(self) -> &'static str {
        match self {
            Self::Arabic => "rtl",
            Self::English => "ltr",
        }
    }
}

/// A weight of 0 to 1 with at most three digits after its point, times 1,000.
fn thousandths(text: &str) -> Option<u32> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if part.len() > 3 || !part.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let part: u32 = format!("{part:0<3}").parse().ok()?;
    Some((whole.parse::<u32>().ok()?.min(1) * 1_000 + part).min(1_000))
}

/// A value within a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// A text.
    Text(String),
    /// A whole number, by which the form of the sentence is chosen.
    Number(i64),
}

/// The words of what is written and of the accounts, and those of the site itself.
const ARABIC: [&str; 2] = [
    include_str!("../locales/ar.ftl"),
    include_str!("../locales/site.ar.ftl"),
];
const ENGLISH: [&str; 2] = [
    include_str!("../locales/en.ftl"),
    include_str!("../locales/site.en.ftl"),
];

/// The words in all languages.
pub struct Messages {
    arabic: FluentBundle<FluentResource>,
    english: FluentBundle<FluentResource>,
}

impl Messages {
    /// The words of this program.
    ///
    /// # Panics
    /// Where a file of `locales/` is not Fluent: a test reads them all.
    #[expect(clippy::new_without_default, reason = "it reads files of the program")]
    pub fn new() -> Self {
        Self {
            arabic: bundle("ar", ARABIC),
            english: bundle("en", ENGLISH),
        }
    }

    /// A sentence; `None` where there is no message of that name, or a value is
    /// missing.
    pub fn say(
        &self,
        language: Language,
        id: &str,
        arguments: &[(String, Argument)],
    ) -> Option<String> {
        let bundle = match language {
            Language::Arabic => &self.arabic,
            Language::English => &self.english,
        };
        let mut values = FluentArgs::new();
        for (name, argument) in arguments {
            let value = match argument {
                Argument::Text(text) => FluentValue::from(text.clone()),
                Argument::Number(number) => FluentValue::from(*number),
            };
            values.set(name.clone(), value);
        }
        let pattern = bundle.get_message(id)?.value()?;
        let mut faults = Vec::new();
        let words = bundle.format_pattern(pattern, Some(&values), &mut faults);
        faults.is_empty().then(|| words.into_owned())
    }
}

fn bundle(code: &str, sources: [&str; 2]) -> FluentBundle<FluentResource> {
    let language = code.parse().expect("a language's code");
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    for source in sources {
        let resource = FluentResource::try_new(source.to_owned()).expect("locales/ holds Fluent");
        bundle
            .add_resource(resource)
            .expect("each message stands once");
    }
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(source: &str) -> Vec<&str> {
        let lines = source
            .lines()
            .filter(|line| !line.starts_with([' ', '#', '}']));
        lines
            .filter_map(|line| line.split_once(" =").map(|(id, _)| id))
            .collect()
    }

    #[test]
    fn both_languages_say_the_same_things() {
        for (arabic, english) in ARABIC.into_iter().zip(ENGLISH) {
            assert!(ids(arabic).len() > 50);
            assert_eq!(ids(arabic), ids(english));
        }
        Messages::new();
    }

    #[test]
    fn every_act_of_the_trail_has_its_words() {
        let messages = Messages::new();
        for action in editorial::audit::Action::ALL {
            for (language, ..) in Language::ALL {
                let id = format!("act-{}", action.name().replace('.', "-"));
                assert!(messages.say(language, &id, &[]).is_some(), "{id}");
            }
        }
    }

    #[test]
    fn everything_about_a_comment_has_its_words() {
        use editorial::comment::{CommentState, Decision, HoldRule};
        let messages = Messages::new();
        let count = [("count".to_owned(), Argument::Number(3))];
        let holds = HoldRule::ALL.map(|rule| format!("hold-{}", rule.name()));
        let states = CommentState::ALL.map(|state| format!("state-{}", state.name()));
        let filters = CommentState::ALL.map(|state| format!("comments-{}", state.name()));
        let acts: Vec<&str> = Decision::ALL.map(Decision::name).to_vec();
        let acts = acts.into_iter().chain(["block", "unblock"]);
        let acts = acts.flat_map(|act| [format!("do-{act}"), format!("did-{act}")]);
        let all = holds.into_iter().chain(states).chain(filters).chain(acts);
        for id in all {
            for (language, ..) in Language::ALL {
                assert!(messages.say(language, &id, &count).is_some(), "{id}");
            }
        }
    }

    #[test]
    fn arabic_counts_in_six_forms() {
        let messages = Messages::new();
        let count = |number| {
            let argument = [("count".to_owned(), Argument::Number(number))];
            messages
                .say(Language::Arabic, "codes-left", &argument)
                .expect("said")
        };
        let forms = [0, 1, 2, 3, 11, 100].map(count);
        let plain: Vec<String> = forms
            .iter()
            .map(|form| form.replace(['\u{2068}', '\u{2069}'], ""))
            .collect();
        assert_eq!(
            plain,
            [
                "لم يبق رمز احتياطي",
                "بقي رمز احتياطي واحد",
                "بقي رمزان احتياطيان",
                "بقيت 3 رموز احتياطية",
                "بقي 11 رمزًا احتياطيًا",
                "بقي 100 رمز احتياطي"
            ]
        );
    }

    #[test]
    fn a_name_within_a_sentence_is_isolated() {
        let messages = Messages::new();
        let name = [("name".to_owned(), Argument::Text("OPEC+".into()))];
        let said = messages
            .say(Language::Arabic, "signed-in-as", &name)
            .expect("said");
        assert!(said.contains("\u{2068}OPEC+\u{2069}"), "{said:?}");
        assert_eq!(messages.say(Language::Arabic, "signed-in-as", &[]), None);
        assert_eq!(
            messages.say(Language::Arabic, "nothing-of-the-kind", &[]),
            None
        );
    }

    #[test]
    fn a_browser_says_what_it_reads() {
        for (header, expect) in [
            ("", Language::Arabic),
            ("fr", Language::Arabic),
            ("en-GB,en;q=0.9", Language::English),
            ("ar-SY,ar;q=0.9,en;q=0.8", Language::Arabic),
            ("en;q=0.5, ar;q=0.7", Language::Arabic),
            ("en;q=0.9, ar;q=0.7", Language::English),
            ("en;q=x", Language::Arabic),
        ] {
            assert_eq!(Language::accepted(header), expect, "{header}");
        }
    }
}
