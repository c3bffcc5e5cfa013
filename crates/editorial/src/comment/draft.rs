//! What a reader typed, and what it must be to become a comment.

use arabic::letters;

use crate::{Id, email::EmailAddress};

/// The longest name, in code points.
pub const NAME_LETTERS_MAX: usize = 60;

/// The longest text, in code points.
pub const TEXT_LETTERS_MAX: usize = 5_000;

/// Marks above and below one letter that are kept: «مُؤَثِّرًا» has two at most.
const MARKS_MAX: usize = 3;

/// What is wrong with one field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DraftFault {
    /// There is no name.
    #[error("the comment has no name: give one, it may be a pen name")]
    NoName,
    /// It has too many letters.
    #[error("the name has {0} letters, more than {NAME_LETTERS_MAX}: shorten it")]
    NameTooLong(usize),
    /// No letter is in it.
    #[error("the name has no letter: give a name that can be read")]
    NameWithoutLetters,
    /// There is no address.
    #[error("the comment has no e-mail address: give one, it is not published")]
    NoEmail,
    /// The address is none.
    #[error("this is no e-mail address: give one such as name@example.org")]
    EmailUnfit,
    /// There is no text.
    #[error("the comment has no text: write it")]
    NoText,
    /// It has too many letters.
    #[error("the comment has {0} letters, more than {TEXT_LETTERS_MAX}: shorten it")]
    TextTooLong(usize),
}

/// The field of the form that a fault stands at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// The name.
    Name,
    /// The e-mail address.
    Email,
    /// The text.
    Text,
}

impl DraftFault {
    /// Where it stands.
    pub const fn field(self) -> Named {
        match self {
            Self::NoName | Self::NameTooLong(_) | Self::NameWithoutLetters => Named::Name,
            Self::NoEmail | Self::EmailUnfit => Named::Email,
            Self::NoText | Self::TextTooLong(_) => Named::Text,
        }
    }
}

/// A comment that can be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewComment {
    /// The name, as [`clean_name`] writes it.
    pub name: String,
    /// The address.
    pub email: EmailAddress,
    /// The text, as [`clean_text`] writes it.
    pub text: String,
    /// What it answers.
    pub reply_to: Option<Id>,
}

impl NewComment {
    /// Reads what was typed. Where no address was, `remembered` is taken.
    ///
    /// # Errors
    /// At most one fault for each field.
    pub fn read(
        name: &str,
        email: &str,
        text: &str,
        reply_to: Option<Id>,
        remembered: Option<EmailAddress>,
    ) -> Result<Self, Vec<DraftFault>> {
        let typed = email.trim();
        let email = match (EmailAddress::parse(typed), remembered) {
            (Some(email), _) => Ok(email),
            (None, Some(remembered)) if typed.is_empty() => Ok(remembered),
            (None, _) if typed.is_empty() => Err(DraftFault::NoEmail),
            (None, _) => Err(DraftFault::EmailUnfit),
        };
        match (read_name(name), email, read_text(text)) {
            (Ok(name), Ok(email), Ok(text)) => Ok(Self {
                name,
                email,
                text,
                reply_to,
            }),
            (name, email, text) => Err([name.err(), email.err(), text.err()]
                .into_iter()
                .flatten()
                .collect()),
        }
    }
}

/// A name that can stand on a page.
///
/// # Errors
/// A [`DraftFault`] of the name.
pub(crate) fn read_name(typed: &str) -> Result<String, DraftFault> {
    let name = clean_name(typed);
    match name.chars().count() {
        0 => Err(DraftFault::NoName),
        letters if letters > NAME_LETTERS_MAX => Err(DraftFault::NameTooLong(letters)),
        _ if !name.chars().any(char::is_alphanumeric) => Err(DraftFault::NameWithoutLetters),
        _ => Ok(name),
    }
}

/// A text that can stand on a page.
///
/// # Errors
/// A [`DraftFault`] of the text.
pub(crate) fn read_text(typed: &str) -> Result<String, DraftFault> {
    let text = clean_text(typed);
    match text.chars().count() {
        letters if letters > TEXT_LETTERS_MAX => Err(DraftFault::TextTooLong(letters)),
        _ if text.chars().all(is_empty) => Err(DraftFault::NoText),
        _ => Ok(text),
    }
}

/// Nothing that a reader sees.
fn is_empty(c: char) -> bool {
    c.is_whitespace() || letters::is_control(c) || letters::is_mark(c) || c == letters::TATWEEL
}

/// A name on one line, without what cannot be seen or turns the text around it,
/// and with three marks on a letter at most.
pub fn clean_name(typed: &str) -> String {
    let words = clean(typed).replace('\n', " ");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text in paragraphs: without what cannot be seen or turns the text around it,
/// lines without blanks at their ends, one blank line between paragraphs.
pub fn clean_text(typed: &str) -> String {
    let mut out = String::with_capacity(typed.len());
    let mut blank = 0;
    for line in clean(typed).lines() {
        let line = line.trim();
        if line.is_empty() {
            blank += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if blank > 0 { "\n\n" } else { "\n" });
        }
        blank = 0;
        out.push_str(line);
    }
    out
}

/// Without controls but the end of a line; the joiner stays within emoji, and the
/// non-joiner within words.
fn clean(typed: &str) -> String {
    let mut out = String::with_capacity(typed.len());
    let mut marks = 0;
    let mut letters = typed.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '\r' if letters.peek() == Some(&'\n') => continue,
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\u{200D}' if out.chars().next_back().is_some_and(is_emoji) => out.push(c),
            '\u{200C}' if out.chars().next_back().is_some_and(char::is_alphabetic) => out.push(c),
            c if c.is_control() && c != '\t' => continue,
            c if letters::is_control(c) || is_unseen(c) => continue,
            c if is_mark(c) => {
                marks += 1;
                // A mark on nothing would stand on whatever comes before the text.
                if marks <= MARKS_MAX && out.chars().next_back().is_some_and(|c| !c.is_whitespace()) {
                    out.push(c);
                }
                continue;
            }
            c if c.is_whitespace() => out.push(' '),
            c => out.push(c),
        }
        marks = 0;
    }
    out
}

/// Marks of any script that stack on a letter: general category Mn as far as
/// names and comments use it.
const fn is_mark(c: char) -> bool {
    letters::is_mark(c)
        || matches!(c, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5BD}'
            | '\u{610}'..='\u{61A}' | '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E8}' | '\u{6EA}'..='\u{6ED}'
            | '\u{8CA}'..='\u{8FF}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
            | '\u{20D0}'..='\u{20FF}' | '\u{E31}' | '\u{E34}'..='\u{E3A}' | '\u{E47}'..='\u{E4E}')
}

/// Signs without a form of their own: fillers, tags, annotations.
const fn is_unseen(c: char) -> bool {
    matches!(c, '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180E}'
        | '\u{FFF9}'..='\u{FFFC}' | '\u{E0000}'..='\u{E0FFF}' | '\u{FE00}'..='\u{FE0E}' | '\u{2800}')
}

/// Pictures, which a joiner makes one of, and what follows them.
const fn is_emoji(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{27BF}' | '\u{1F000}'..='\u{1FAFF}' | '\u{FE0F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(name: &str, email: &str, text: &str) -> Vec<DraftFault> {
        NewComment::read(name, email, text, None, None)
            .err()
            .unwrap_or_default()
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        assert_eq!(
            faults(" ", "", "\u{200F}\n"),
            [DraftFault::NoName, DraftFault::NoEmail, DraftFault::NoText]
        );
        assert_eq!(
            faults("؟؟؟", "a@b", "ـــ"),
            [
                DraftFault::NameWithoutLetters,
                DraftFault::EmailUnfit,
                DraftFault::NoText
            ]
        );
        let (name, text) = ("س".repeat(61), "س".repeat(5_001));
        assert_eq!(
            faults(&name, "a@b.example", &text),
            [DraftFault::NameTooLong(61), DraftFault::TextTooLong(5_001)]
        );
        assert_eq!(faults(&name[2..], "a@b.example", &text[2..]), []);
        assert_eq!(DraftFault::EmailUnfit.field(), Named::Email);
    }

    #[test]
    fn a_remembered_address_stands_in_for_none() {
        let remembered = || EmailAddress::parse("layla@example.org");
        let read = |email| NewComment::read("ليلى", email, "نعم", None, remembered());
        assert_eq!(read("").expect("taken").email, remembered().expect("one"));
        assert_eq!(read("x").err(), Some(vec![DraftFault::EmailUnfit]));
        let typed = read("other@example.org").expect("taken");
        assert_ne!(Some(typed.email), remembered());
    }

    #[test]
    fn what_cannot_be_seen_is_left_out() {
        assert_eq!(clean_name(" ليلى \u{202E}\u{2066}حدّاد\n\u{0}"), "ليلى حدّاد");
        assert_eq!(clean_name("a\u{3164}b\u{E0041}"), "ab");
        assert_eq!(clean_name("ا\u{64B}\u{64C}\u{64D}\u{64E}\u{64F}ب"), "ا\u{64B}\u{64C}\u{64D}ب");
        assert_eq!(clean_text("\u{301}x"), "x");
        assert_eq!(clean_text("أ\r\n\r\n\r\n  ب \rج\u{2028}"), "أ\n\nب\nج");
        // One emoji of three, a Persian word, and a joiner between letters.
        assert_eq!(clean_text("👨\u{200D}👩\u{200D}👧"), "👨\u{200D}👩\u{200D}👧");
        assert_eq!(clean_text("می\u{200C}شود"), "می\u{200C}شود");
        assert_eq!(clean_text("كل\u{200D}ب"), "كلب");
    }

    #[test]
    fn cleaning_twice_is_cleaning_once() {
        let pieces = [
            "ا", "ب\u{651}\u{64E}", "\u{200D}", "\u{200C}", "\n", "\r", " ", "\t", "😀", "\u{FE0F}",
            "\u{202E}", "\u{301}", "x", "\u{2028}", "\u{3164}", "\u{0}", "ـ",
        ];
        let mut seed = 7_usize;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..12 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                text.push_str(pieces[(seed >> 33) % pieces.len()]);
            }
            let once = clean_text(&text);
            assert_eq!(clean_text(&once), once, "{text:?}");
            let name = clean_name(&text);
            assert_eq!(clean_name(&name), name, "{text:?}");
        }
    }
}
