//! Words as a page sets them: the language and direction of a headline, and
//! what must not be broken at the end of a line.

use std::fmt::Write;

use arabic::bidi::{Direction, direction_of_language, direction_within, strip_controls};
use editorial::{SiteSettings, urls::decode};
use minijinja::Value;

use crate::body::escape;

/// Letters of the longest figure that is kept on one line; a longer one would
/// not fit into a narrow column.
const FIGURE_LETTERS: usize = 14;
/// Letters past which a word may be broken after its joints.
const LONG_WORD: usize = 24;
/// Letters of an address that are shown.
const ADDRESS_LETTERS: usize = 70;

/// ` lang="…" dir="…"` of a text in `language`, each only where it differs from
/// the site's. The language's direction counts, unless the text has another
/// one: an English headline above an Arabic article.
pub(crate) fn attributes(text: &str, language: &str, settings: &SiteSettings) -> Value {
    let own = direction_within(text, direction_of_language(language));
    written(own, language, settings)
}

/// The same for the whole of an article in `language`.
pub(crate) fn of_article(language: &str, settings: &SiteSettings) -> Value {
    written(direction_of_language(language), language, settings)
}

fn written(own: Direction, language: &str, settings: &SiteSettings) -> Value {
    let mut out = String::new();
    if !language.is_empty() && language != settings.language {
        out.push_str(&format!(" lang=\"{}\"", escape(language)));
    }
    if own != direction_of_language(&settings.language) {
        out.push_str(&format!(" dir=\"{}\"", own.attribute()));
    }
    Value::from_safe_string(out)
}

/// The direction of a headline that is set within its article's, where it
/// differs: it stands in an isolate then, aligned with the text below it.
pub(crate) fn turned(headline: &str, language: &str) -> Option<&'static str> {
    let around = direction_of_language(language);
    let own = direction_within(headline, around);
    (own != around).then(|| own.attribute())
}

/// A headline as HTML: scores, ranges and years such as «4-3», «13–15» and
/// «2026/2025» are not broken at their dash, a telephone number such as
/// «+963 11 222 3333» keeps the order of its groups, and a word that no line
/// holds, such as an address, is broken after its joints.
pub(crate) fn headline(text: &str) -> Value {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_numeric()) {
        let (mut before, mut from) = rest.split_at(start);
        // Not in «C++20»: that stands in one direction already.
        let is_phone = before
            .strip_suffix('+')
            .is_some_and(|before| !before.ends_with(|c: char| c.is_alphanumeric() || c == '+'));
        if is_phone {
            (before, from) = rest.split_at(start - 1);
        }
        push_words(&mut out, before);
        let end = from
            .char_indices()
            .skip(usize::from(is_phone))
            .find(|(_, c)| !(c.is_numeric() || is_joint(*c) || is_phone && *c == ' '))
            .map_or(from.len(), |(at, _)| at);
        let (figure, after) = from.split_at(end);
        let kept = figure.trim_end_matches(|c| is_joint(c) || c == ' ');
        let joined = kept.contains(['-', '–', '—', '/']);
        if is_phone {
            let _ = write!(out, "<bdi dir=\"ltr\">{}</bdi>", escape(kept));
        } else if joined && kept.chars().count() <= FIGURE_LETTERS {
            let _ = write!(out, "<span class=\"whole\">{}</span>", escape(kept));
        } else {
            push_words(&mut out, kept);
        }
        push_words(&mut out, &figure[kept.len()..]);
        rest = after;
    }
    push_words(&mut out, rest);
    Value::from_safe_string(out)
}

/// The words that stand for a link to another site: its host and the beginning
/// of its path, read as a reader reads it.
pub(crate) fn address(url: &str) -> Value {
    let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    let readable = strip_controls(&decode(bare.trim_end_matches('/')));
    let mut shown: String = readable.chars().take(ADDRESS_LETTERS).collect();
    if shown.len() < readable.len() {
        let end = shown.rfind(['/', '-', '?', '&']).filter(|end| *end > 0);
        shown.truncate(end.unwrap_or(shown.len()));
        shown.push('…');
    }
    let mut out = String::with_capacity(shown.len() + 16);
    push_broken(&mut out, &shown);
    Value::from_safe_string(out)
}

/// Escaped words; those that no line holds may be broken after their joints.
fn push_words(out: &mut String, text: &str) {
    for word in text.split_inclusive(' ') {
        if word.chars().count() > LONG_WORD {
            push_broken(out, word);
        } else {
            out.push_str(&escape(word));
        }
    }
}

fn push_broken(out: &mut String, word: &str) {
    let joints = ['/', '-', '_', '?', '&', '=', '.'];
    for part in word.split_inclusive(joints) {
        out.push_str(&escape(part));
        if part.ends_with(joints) && part.len() > 1 {
            out.push_str("<wbr>");
        }
    }
}

/// What joins the figures of one number, score, range or date.
fn is_joint(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '/' | ':' | '.' | ',' | '٫' | '٬')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_whole() {
        for (text, expect) in [
            (
                "الأهلي 2-1 الزمالك: 4-3.",
                "الأهلي <span class=\"whole\">2-1</span> الزمالك: <span class=\"whole\">4-3</span>.",
            ),
            ("نمو 3.5% و1,299 $", "نمو 3.5% و1,299 $"),
            (
                "في 2026/2025، كوفيد-19",
                "في <span class=\"whole\">2026/2025</span>، كوفيد-19",
            ),
            ("٤–٣", "<span class=\"whole\">٤–٣</span>"),
            ("1-2-3-4-5-6-7-8-9-10", "1-2-3-4-5-6-7-8-9-10"),
            (
                "+963 11 222 3333: رقم",
                "<bdi dir=\"ltr\">+963 11 222 3333</bdi>: رقم",
            ),
            ("+ 5 (+5)", "+ 5 (<bdi dir=\"ltr\">+5</bdi>)"),
            ("C++20 وA+5", "C++20 وA+5"),
            (
                "https://www.example.org/very/long",
                "https:/<wbr>/www.<wbr>example.<wbr>org/<wbr>very/<wbr>long",
            ),
            ("<b>&4-", "&lt;b&gt;&amp;4-"),
            ("", ""),
        ] {
            assert_eq!(headline(text).to_string(), expect);
        }
    }

    #[test]
    fn a_headline_loses_no_letter_and_gains_none() {
        let pieces = [
            "خبر",
            "4-3",
            "+",
            "+963 11 ",
            " ",
            "<b>",
            "&amp;",
            "\"",
            "/",
            "-",
            "1,299",
            "،",
            "٣",
            "½",
            "https://example.org/a/b/c/d/e/f/g/h?x=1",
            "\u{202E}",
            "é\u{301}",
            "…",
            "2026/2025",
        ];
        for first in pieces {
            for second in pieces {
                for third in pieces {
                    let text = [first, second, third].concat();
                    let html = headline(&text).to_string();
                    let mut plain = String::new();
                    for part in html.split('<') {
                        plain.push_str(part.split_once('>').map_or(part, |(_, after)| after));
                    }
                    assert_eq!(plain, escape(&text).replace('<', ""), "{text}: {html}");
                }
            }
        }
    }

    #[test]
    fn an_address_is_told_by_its_host_and_path() {
        for (url, expect) in [
            ("https://www.example.org/", "example.<wbr>org"),
            (
                "https://example.org/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/1",
                "example.<wbr>org/<wbr>أخبار/<wbr>1",
            ),
            ("http://a.b/<x>%00%E2%80%AE", "a.<wbr>b/<wbr>&lt;x&gt;"),
        ] {
            assert_eq!(address(url).to_string(), expect);
        }
        let long = address(&format!("https://example.org/{}", "word/".repeat(40))).to_string();
        assert!(long.ends_with("word…"), "{long}");
        assert!(long.replace("<wbr>", "").chars().count() <= ADDRESS_LETTERS + 1);
    }

    #[test]
    fn a_text_says_what_differs_from_the_site() {
        let site = SiteSettings::default();
        let said = |text, language| attributes(text, language, &site).to_string();
        assert_eq!(said("قال الوزير", "ar"), "");
        assert_eq!(said("Reuters: what it means.", "ar"), " dir=\"ltr\"");
        assert_eq!(said("News", "en"), " lang=\"en\" dir=\"ltr\"");
        assert_eq!(said("2-1", "en"), " lang=\"en\" dir=\"ltr\"");
        assert_eq!(said("خبر", "en"), " lang=\"en\"");
        assert_eq!(said("هەواڵ", "ckb"), " lang=\"ckb\"");
        assert_eq!(
            said("x", "\"><b>"),
            " lang=\"&quot;&gt;&lt;b&gt;\" dir=\"ltr\""
        );
        assert_eq!(turned("Reuters: what it means.", "ar"), Some("ltr"));
        assert_eq!(turned("BBC: قال الوزير", "ar"), None);
        assert_eq!(turned("News", "en"), None);
    }
}
