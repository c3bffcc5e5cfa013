//! The text of a comment as HTML: paragraphs, and bare links made safe.

use arabic::bidi::{Direction, direction};
use minijinja::Value;

use crate::{body::escape, words};

/// Signs that end a sentence rather than a link, where they stand at its end.
const END_SIGNS: &[char] = &[
    '.', ',', ';', ':', '!', '?', '\'', '"', ')', ']', '}', '»', '،', '؛', '؟', '…', '”', '’',
];

/// ` dir="ltr"` where most letters of `text` are read from left to right;
/// nothing otherwise: «BBC: قال الوزير», «@name نعم» and «3-1» stay as the page.
pub(super) fn set(text: &str) -> Value {
    Value::from_safe_string(match direction(text) {
        Direction::Ltr => " dir=\"ltr\"".to_owned(),
        Direction::Rtl => String::new(),
    })
}

/// ` dir="rtl"` of a name that is read from right to left though it opens with a
/// Latin word, as «BBC عربي» does, or the other way round; nothing for a name whose
/// first letters tell.
pub(super) fn name_set(name: &str) -> Value {
    let own = direction(name);
    let first: String = name.chars().filter(|c| c.is_alphabetic()).take(1).collect();
    Value::from_safe_string(if direction(&first) == own {
        String::new()
    } else {
        format!(" dir=\"{}\"", own.attribute())
    })
}

/// Its paragraphs; an address that begins with `http://` or `https://` is a link,
/// of which the site says nothing good.
pub(super) fn paragraphs(text: &str) -> Vec<Value> {
    text.split("\n\n")
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| Value::from_safe_string(with_links(part)))
        .collect()
}

fn with_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, link, after)) = next_link(rest) {
        out.push_str(&escape(before));
        out.push_str(&format!(
            "<a href=\"{}\" rel=\"ugc nofollow noopener\" dir=\"ltr\">{}</a>",
            escape(link),
            words::address(link)
        ));
        rest = after;
    }
    out.push_str(&escape(rest));
    out
}

/// What stands before the first address, the address, and what stands behind it.
fn next_link(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let scheme_end = from + text.get(from..)?.find("://")?;
        let scheme = ["https", "http"].into_iter().find(|scheme| {
            let start = scheme_end.checked_sub(scheme.len());
            start
                .and_then(|start| text.get(start..scheme_end))
                .is_some_and(|own| own.eq_ignore_ascii_case(scheme))
        });
        from = scheme_end + 3;
        let Some(start) = scheme.map(|scheme| scheme_end - scheme.len()) else {
            continue;
        };
        let is_inside = text[..start].ends_with(|c: char| c.is_ascii_alphanumeric());
        let end = text[from..]
            .find(|c: char| c.is_whitespace() || "<>\"«`{}|\\^".contains(c))
            .map_or(text.len(), |end| from + end);
        let link = text[start..end].trim_end_matches(END_SIGNS);
        if is_inside || !is_honest(&link[(from - start).min(link.len())..]) {
            continue;
        }
        return Some((&text[..start], link, &text[start + link.len()..]));
    }
}

/// Whether what stands behind the scheme begins with the name of a host, and says
/// where it leads: `bank.example@evil.example` and `bank.example%2F@…` lead
/// elsewhere than they seem to.
fn is_honest(rest: &str) -> bool {
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    host.starts_with(char::is_alphanumeric) && !host.contains(['@', '%'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        let parts = paragraphs(text);
        parts
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("|")
    }

    #[test]
    fn bare_links_are_made_safe() {
        let link = |href: &str, shown: &str| {
            format!("<a href=\"{href}\" rel=\"ugc nofollow noopener\" dir=\"ltr\">{shown}</a>")
        };
        assert_eq!(
            html("انظر (HTTPS://Example.org/a?b=1&c)، ثم").replace("<wbr>", ""),
            format!(
                "انظر ({})، ثم",
                link("HTTPS://Example.org/a?b=1&amp;c", "Example.org/a?b=1&amp;c")
            )
        );
        assert_eq!(
            html("http://a.example http://b.example.").replace("<wbr>", ""),
            format!(
                "{} {}.",
                link("http://a.example", "a.example"),
                link("http://b.example", "b.example")
            )
        );
        for plain in [
            "javascript://alert(1)",
            "xhttp://a.example",
            "http://",
            "https:///",
            "http://?q",
            "https://bank.example%2Flogin@evil.example/",
            "http://bank.example@evil.example/",
            "://",
            "www.example.org",
            "data:text/html,x",
        ] {
            assert!(!html(plain).contains("<a"), "{plain}");
        }
        assert_eq!(html("<b>&\"'"), escape("<b>&\"'"));
        let hostile = "http://a.example/\"onmouseover=alert(1)//<script>";
        let shown = html(hostile);
        assert!(
            !shown.contains("<script") && !shown.contains("\"onmouse"),
            "{shown}"
        );
    }

    #[test]
    fn a_name_is_turned_by_most_of_its_letters() {
        for (name, expect) in [
            ("BBC عربي", " dir=\"rtl\""),
            ("John Smith", ""),
            ("ليلى", ""),
            ("د. John Smith", " dir=\"ltr\""),
        ] {
            assert_eq!(name_set(name).to_string(), expect, "{name}");
        }
    }

    #[test]
    fn paragraphs_are_told_apart_and_turned_by_most_letters() {
        assert_eq!(html("أ\nب\n\nج"), "أ\nب|ج");
        assert_eq!(set("BBC: قال الوزير نعم").to_string(), "");
        assert_eq!(set("#tag 3-1 نعم").to_string(), "");
        assert_eq!(set("#BreakingNewsToday نعم").to_string(), "");
        assert_eq!(set("This is English").to_string(), " dir=\"ltr\"");
    }
}
