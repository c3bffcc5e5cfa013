//! Writing XML 1.0: escaping, and nothing that XML forbids.

/// `text` for element content and attribute values: escaped, without the
/// characters that XML 1.0 forbids (production 2, Char).
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\t'
            | '\n'
            | '\r'
            | '\u{20}'..='\u{D7FF}'
            | '\u{E000}'..='\u{FFFD}'
            | '\u{10000}'.. => out.push(c),
            _ => {}
        }
    }
    out
}

/// `<name>text</name>` with the text escaped.
pub(crate) fn element(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>\n", escape(text))
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn what_xml_forbids_is_dropped() {
        assert_eq!(
            escape("a\0b\u{FFFE}c]]><x>&\"'"),
            "abc]]&gt;&lt;x&gt;&amp;&quot;&apos;"
        );
    }
}
