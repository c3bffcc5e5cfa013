//! A letter, and the bytes that it goes as (RFC 5322, MIME).

use std::time::{Duration, SystemTime};

use arabic::bidi::{self, Direction};
use editorial::{Timestamp, email::EmailAddress};
use lettre::{
    Address, Message,
    message::{
        Mailbox, SinglePart,
        header::{Header, HeaderName, HeaderValue},
    },
};

use crate::{Sender, Undelivered};

/// The longest line of a header that is taken from names, in code points.
const LETTERS_MAX: usize = 200;

/// One paragraph of a letter.
#[derive(Clone, PartialEq, Eq)]
pub enum Line {
    /// Words.
    Words(String),
    /// An address to open. It stands alone on its line, and no mark of direction
    /// touches it: programs that make it a link would take the mark as its part.
    Link(String),
}

/// A letter to one person.
#[derive(Clone)]
pub struct Letter {
    /// To whom.
    pub to: EmailAddress,
    /// The name that it comes under where the sender has none: the paper's.
    pub from_name: String,
    /// What it is about; one line.
    pub subject: String,
    /// Its paragraphs.
    pub lines: Vec<Line>,
    /// The direction of its language.
    pub direction: Direction,
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Letter(…)")
    }
}

/// That no machine shall answer it (RFC 3834, 5).
#[derive(Clone)]
struct AutoSubmitted(String);

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(value: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(value.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}

impl Letter {
    /// The letter as it goes at the moment `at`; `id` is never the same twice.
    pub(crate) fn message(
        &self,
        sender: &Sender,
        at: Timestamp,
        id: [u8; 16],
    ) -> Result<Message, Undelivered> {
        let name = sender.0.name.as_deref().unwrap_or(&self.from_name);
        let name = Some(one_line(&bidi::strip_controls(name))).filter(|name| !name.is_empty());
        let from = Mailbox::new(name, sender.0.email.clone());
        let id: String = id.iter().map(|byte| format!("{byte:02x}")).collect();
        let micros = u64::try_from(at.0).unwrap_or(0);
        Message::builder()
            .from(from)
            .to(Mailbox::new(None, address(&self.to)?))
            .subject(one_line(&self.subject))
            .date(SystemTime::UNIX_EPOCH + Duration::from_micros(micros))
            .message_id(Some(format!("<{id}@{}>", sender.0.email.domain())))
            .header(AutoSubmitted("auto-generated".to_owned()))
            .singlepart(SinglePart::plain(self.body()))
            .map_err(|_| Undelivered::Unsendable)
    }

    fn body(&self) -> String {
        let lines = self.lines.iter().map(|line| match line {
            Line::Words(words) => directed(&one_paragraph(words), self.direction),
            Line::Link(link) => one_paragraph(link),
        });
        let mut body = lines.collect::<Vec<_>>().join("\r\n\r\n");
        body.push_str("\r\n");
        body
    }
}

/// The address as SMTP takes it: a domain in Arabic goes in its ASCII form.
fn address(to: &EmailAddress) -> Result<Address, Undelivered> {
    let (local, domain) = to
        .expose_for_sending()
        .rsplit_once('@')
        .ok_or(Undelivered::Unsendable)?;
    let domain = idna::domain_to_ascii(domain).map_err(|_| Undelivered::Unsendable)?;
    Address::new(local, domain).map_err(|_| Undelivered::Unsendable)
}

/// Without anything that ends a line of a header, or hides in one.
fn one_line(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| {
            if c.is_control() || is_line_end(c) {
                ' '
            } else {
                c
            }
        })
        .take(LETTERS_MAX)
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn one_paragraph(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_control() || is_line_end(c) {
                ' '
            } else {
                c
            }
        })
        .collect()
}

const fn is_line_end(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

/// A paragraph that runs right to left wherever it is shown: the mark at its
/// beginning turns programs that look at the first letter, and the isolate
/// orders it in those that show every text left to right.
fn directed(words: &str, direction: Direction) -> String {
    match direction {
        Direction::Ltr => words.to_owned(),
        Direction::Rtl => format!("\u{200F}\u{2067}{words}\u{2069}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(from_name: &str, subject: &str) -> Letter {
        Letter {
            to: EmailAddress::parse("layla@paper.example").expect("an address"),
            from_name: from_name.to_owned(),
            subject: subject.to_owned(),
            lines: vec![
                Line::Words("Read this".to_owned()),
                Line::Link("https://news.example/newsroom/link/x".to_owned()),
            ],
            direction: Direction::Ltr,
        }
    }

    fn bytes(letter: &Letter) -> String {
        let sender: Sender = "news@paper.example".parse().expect("a sender");
        let at = Timestamp(1_760_000_000_000_000);
        let message = letter.message(&sender, at, [7; 16]).expect("written");
        String::from_utf8(message.formatted()).expect("ASCII")
    }

    #[test]
    fn a_letter_says_what_it_is() {
        let text = bytes(&letter("Paper", "A link"));
        for line in [
            "From: Paper <news@paper.example>\r\n",
            "To: layla@paper.example\r\n",
            "Subject: A link\r\n",
            "Date: Thu, 09 Oct 2025 08:53:20 +0000\r\n",
            "Message-ID: <07070707070707070707070707070707@paper.example>\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "MIME-Version: 1.0\r\n",
            "Content-Type: text/plain; charset=utf-8\r\n",
            "\r\n\r\nRead this\r\n\r\nhttps://news.example/newsroom/link/x\r\n",
        ] {
            assert!(text.contains(line), "{line} in {text}");
        }
    }

    #[test]
    fn no_name_brings_a_header_of_its_own() {
        for end in ["\r\n", "\n", "\r", "\u{2028}", "\u{85}", "\0\r\n\t"] {
            let bad = format!("Paper{end}Bcc: evil@elsewhere.example{end}{end}body");
            for letter in [letter(&bad, "A link"), letter("Paper", &bad)] {
                let text = bytes(&letter);
                let (head, _) = text.split_once("\r\n\r\n").expect("a head");
                let names: Vec<&str> = head
                    .split("\r\n")
                    .filter(|line| !line.starts_with([' ', '\t']))
                    .map(|line| line.split(':').next().unwrap_or_default())
                    .collect();
                assert_eq!(names.len(), 9, "{head}");
                assert!(!names.contains(&"Bcc"), "{head}");
                assert!(!head.replace("\r\n", "").contains(['\r', '\n']), "{head}");
            }
        }
    }

    #[test]
    fn an_arabic_domain_goes_in_ascii() {
        let to = EmailAddress::parse("layla@ورق.example").expect("an address");
        let address = address(&to).expect("one that SMTP takes");
        assert!(address.domain().starts_with("xn--"), "{}", address.domain());
    }

    #[test]
    fn an_arabic_paragraph_runs_right_to_left_and_its_link_is_bare() {
        let letter = Letter {
            direction: Direction::Rtl,
            lines: vec![
                Line::Words("افتح هذا:".to_owned()),
                Line::Link("https://news.example/x".to_owned()),
            ],
            ..letter("ورّاق", "رابط")
        };
        assert_eq!(
            letter.body(),
            "\u{200F}\u{2067}افتح هذا:\u{2069}\r\n\r\nhttps://news.example/x\r\n"
        );
        assert_eq!(format!("{letter:?}"), "Letter(…)");
    }
}
