//! Direction where there is no markup: plain text, titles, names.
//! Source: Unicode Standard Annex 9.

use crate::letters::is_control;

/// Direction of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Right to left.
    Rtl,
    /// Left to right.
    Ltr,
}

impl Direction {
    /// The value of `dir`.
    pub const fn attribute(self) -> &'static str {
        match self {
            Self::Rtl => "rtl",
            Self::Ltr => "ltr",
        }
    }
}

/// The direction of a text by most of its strong letters, right to left where
/// they are as many or there are none: «BBC: قال الوزير» stays right to left,
/// though its first strong letter is Latin. Addresses, e-mail addresses, @names
/// and #tags do not count, except where there is nothing else: «شكرا
/// https://example.org/a/very/long/path» is right to left.
pub fn direction(text: &str) -> Direction {
    count(text).most().unwrap_or(Direction::Rtl)
}

/// The direction of a headline or a paragraph that stands in text of the
/// direction `around`: the other one only where both its first strong letter
/// and most of its letters have it, without addresses. So neither «BBC: قال
/// الوزير» nor «قال: "It is over"» turns in an Arabic page, and `let x = 1;` does.
pub fn direction_within(text: &str, around: Direction) -> Direction {
    let letters = count(text);
    match (letters.first, letters.most()) {
        (Some(first), Some(most)) if first == most => most,
        _ => around,
    }
}

/// Strong letters of either direction.
#[derive(Default)]
struct Letters {
    right: usize,
    left: usize,
    first: Option<Direction>,
}

impl Letters {
    fn add(&mut self, text: &str) {
        for direction in text.chars().filter_map(of_letter) {
            self.first.get_or_insert(direction);
            match direction {
                Direction::Rtl => self.right += 1,
                Direction::Ltr => self.left += 1,
            }
        }
    }

    fn most(&self) -> Option<Direction> {
        self.first?;
        Some(if self.left > self.right {
            Direction::Ltr
        } else {
            Direction::Rtl
        })
    }
}

fn count(text: &str) -> Letters {
    let mut letters = Letters::default();
    for word in text.split_whitespace() {
        letters.add(before_address(word));
    }
    if letters.first.is_none() {
        letters.add(text);
    }
    letters
}

fn of_letter(c: char) -> Option<Direction> {
    let right =
        matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}');
    c.is_alphabetic().then_some(if right {
        Direction::Rtl
    } else {
        Direction::Ltr
    })
}

/// What of a word is no address: all of it, nothing, or what is written
/// together with one, as in «انظر:https://example.org».
fn before_address(word: &str) -> &str {
    if let Some((before, _)) = word.split_once("://") {
        return before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || "+.-".contains(c));
    }
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '@' && c != '#');
    let is_name = bare.starts_with(['@', '#']);
    let is_mail = bare.split_once('@').is_some_and(|(_, host)| is_host(host));
    let host = bare.split(['/', '?', '#', ':']).next().unwrap_or("");
    if is_name || is_mail || is_host(host) {
        ""
    } else {
        word
    }
}

/// Whether it is written as the name of a host: `example.org`.
fn is_host(text: &str) -> bool {
    let labels = || text.split('.');
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let last = labels().next_back().unwrap_or("");
    labels().count() > 1
        && labels().all(is_label)
        && last.len() > 1
        && last.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// The direction of a language by its BCP 47 tag: `ar`, `ckb`, `fa`, `ur`,
/// `he` and the like right to left; an explicit script decides (`ku-Arab`).
pub fn direction_of_language(tag: &str) -> Direction {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or("").to_ascii_lowercase();
    let script = parts
        .find(|part| part.len() == 4)
        .map(str::to_ascii_lowercase);
    let right = match script.as_deref() {
        Some("arab" | "hebr" | "syrc" | "thaa") => true,
        Some(_) => false,
        None => matches!(
            language.as_str(),
            "ar" | "arc" | "ckb" | "dv" | "fa" | "he" | "ps" | "sd" | "syr" | "ug" | "ur" | "yi"
        ),
    };
    if right {
        Direction::Rtl
    } else {
        Direction::Ltr
    }
}

/// The text in an isolate of its own direction (FSI … PDI), for places without
/// markup. Unbalanced isolates within are closed.
pub fn isolate(text: &str) -> String {
    let clean = strip_controls(text);
    format!("\u{2068}{clean}\u{2069}")
}

/// Without any control of direction or joining but the zero-width non-joiner,
/// which is part of Persian and Kurdish spelling: for names from strangers.
pub fn strip_controls(text: &str) -> String {
    text.chars()
        .filter(|c| (!is_control(*c) && !c.is_control()) || *c == '\u{200C}')
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_letters_decide() {
        for (text, expect) in [
            ("BBC: قال الوزير إن المحادثات بدأت", Direction::Rtl),
            ("@name شكرا جزيلا لكم", Direction::Rtl),
            ("#BreakingNewsToday: نعم", Direction::Rtl),
            ("3-1", Direction::Rtl),
            ("The talks began in أستانا", Direction::Ltr),
            ("", Direction::Rtl),
            (
                "شكرا https://www.example.org/very/long/path/that/never/ends",
                Direction::Rtl,
            ),
            ("انظر:https://example.org/longer/than/that", Direction::Rtl),
            ("(www.example.org/news/today.html) مهم", Direction::Rtl),
            ("example.org/news/today مهم", Direction::Rtl),
            (
                "راسلني: first.last@mail.example.org @someone_else",
                Direction::Rtl,
            ),
            ("https://example.org/a", Direction::Ltr),
            ("@someone", Direction::Ltr),
            ("Read this: example.org نعم", Direction::Ltr),
            ("e.g. the U.S. نعم", Direction::Ltr),
        ] {
            assert_eq!(direction(text), expect, "{text}");
        }
        for (text, expect) in [
            ("let x = 1;", Direction::Ltr),
            (
                "Reuters: what the \"OPEC+\" deal means (explained).",
                Direction::Ltr,
            ),
            ("BBC: قال الوزير إن المحادثات بدأت", Direction::Rtl),
            ("قال: \"It is over, all of it\"", Direction::Rtl),
            ("Reuters نقلًا عن مصادر", Direction::Rtl),
            ("2-1", Direction::Rtl),
        ] {
            assert_eq!(direction_within(text, Direction::Rtl), expect, "{text}");
        }
        assert_eq!(direction_within("2-1", Direction::Ltr), Direction::Ltr);
        assert_eq!(
            direction_within("قال الوزير", Direction::Ltr),
            Direction::Rtl
        );
        assert_eq!(direction_of_language("ckb"), Direction::Rtl);
        assert_eq!(direction_of_language("ku"), Direction::Ltr);
        assert_eq!(direction_of_language("ku-Arab"), Direction::Rtl);
        assert_eq!(direction_of_language("en-GB"), Direction::Ltr);
    }

    #[test]
    fn overrides_are_stripped() {
        assert_eq!(isolate("a\u{202E}b"), "\u{2068}ab\u{2069}");
    }
}
