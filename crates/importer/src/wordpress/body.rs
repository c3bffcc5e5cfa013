//! A post's text as WordPress keeps it: block comments or classic text, with
//! shortcodes in it, reduced to the tree.

use crate::html::{FindPicture, Lines, Reduced, reduce};

/// Reduces the text of a post. What no rule knows stays as text.
pub fn body(content: &str, arabic: bool, find: FindPicture<'_>) -> Reduced {
    // The block editor marks each block by a comment; without one, line ends
    // are the paragraphs.
    let lines = if content.contains("<!-- wp:") {
        Lines::Collapse
    } else {
        Lines::Meaningful
    };
    let mut losses = Vec::new();
    let html = shortcodes(content, &mut losses);
    let mut reduced = reduce(&html, lines, arabic, find);
    losses.append(&mut reduced.losses);
    Reduced { losses, ..reduced }
}

/// A shortcode's opening tag: `[name key="value" …]`.
struct Shortcode<'a> {
    name: &'a str,
    attributes: &'a str,
    closing: bool,
    /// Bytes it takes in the text.
    length: usize,
}

/// Turns the shortcodes every WordPress has into HTML, and takes those of
/// plugins away around the text they hold. A bracket that is no shortcode,
/// such as «[الصورة من الأرشيف]» or "[sic]", stays.
fn shortcodes(content: &str, losses: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(content.len());
    let mut rest = content;
    while let Some(at) = rest.find('[') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // `[[name]]` is how WordPress writes a shortcode to be shown.
        let shown = rest.starts_with("[[");
        match read(rest).filter(|_| !shown) {
            None => {
                let length = if shown { 2 } else { 1 };
                out.push_str(&rest[..1]);
                rest = &rest[length..];
            }
            Some(code) => {
                let after = &rest[code.length..];
                rest = translate(&code, after, &mut out, losses).unwrap_or_else(|| {
                    out.push('[');
                    &rest[1..]
                });
            }
        }
    }
    out.push_str(rest);
    out
}

/// Writes a shortcode as HTML and gives what comes after it; `None` where it
/// is none.
fn translate<'a>(
    code: &Shortcode<'_>,
    after: &'a str,
    out: &mut String,
    losses: &mut Vec<String>,
) -> Option<&'a str> {
    let until_closed = |name: &str| {
        let closing = format!("[/{name}]");
        after
            .find(&closing)
            .map(|at| (&after[..at], &after[at + closing.len()..]))
    };
    match code.name {
        "caption" | "wp_caption" if !code.closing => {
            let (inside, rest) = until_closed(code.name)?;
            // The words come after the picture, or, in old posts, as an attribute.
            let end = inside.rfind("</a>").map(|at| at + 4).or_else(|| {
                inside
                    .find("<img")
                    .and_then(|at| inside[at..].find('>').map(|end| at + end + 1))
            });
            let (picture, words) = inside.split_at(end.unwrap_or(0));
            let words = if words.trim().is_empty() {
                attribute(code.attributes, "caption").unwrap_or("")
            } else {
                words
            };
            out.push_str(&format!(
                "<figure>{picture}<figcaption>{words}</figcaption></figure>"
            ));
            Some(rest)
        }
        "gallery" if !code.closing => {
            match attribute(code.attributes, "ids")
                .or_else(|| attribute(code.attributes, "include"))
            {
                Some(ids) => {
                    let ids: String = ids
                        .chars()
                        .filter(|c| c.is_ascii_digit() || *c == ',')
                        .collect();
                    out.push_str(&format!("<figure data-gallery=\"{ids}\"></figure>"));
                }
                None => losses.push("gallery of all pictures of the post".to_owned()),
            }
            Some(after)
        }
        "embed" if !code.closing => {
            let (inside, rest) = until_closed("embed")?;
            out.push_str(&format!("<p>{}</p>", inside.trim()));
            Some(rest)
        }
        "video" | "audio" | "playlist" if !code.closing => {
            let source = ["src", "mp4", "webm", "ogv", "mp3", "m4a", "ogg", "wav"]
                .into_iter()
                .find_map(|name| attribute(code.attributes, name));
            match source {
                Some(url) => out.push_str(&format!("<p>{}</p>", url.trim())),
                None => losses.push(format!("{} without an address", code.name)),
            }
            Some(until_closed(code.name).map_or(after, |(_, rest)| rest))
        }
        name => {
            let plugin = code.closing
                || !code.attributes.trim().is_empty()
                || after.contains(&format!("[/{name}]"));
            plugin.then(|| {
                if !code.closing {
                    losses.push(format!("shortcode [{name}] taken away around its text"));
                }
                after
            })
        }
    }
}

fn read(text: &str) -> Option<Shortcode<'_>> {
    let inside = text.strip_prefix('[')?;
    let closing = inside.starts_with('/');
    let name_at = usize::from(closing);
    let name_length = inside[name_at..]
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'))
        .filter(|length| *length > 1)?;
    let name = &inside[name_at..name_at + name_length];
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        return None;
    }
    let rest = &inside[name_at + name_length..];
    // The end is the first bracket outside of quotes.
    let (mut quote, mut end) = (None, None);
    for (at, c) in rest.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            (None, ']') => {
                end = Some(at);
                break;
            }
            (None, '[' | '<' | '\n') => return None,
            _ => {}
        }
    }
    let end = end?;
    let attributes = rest[..end].trim_end_matches('/');
    if !attributes.is_empty() && !attributes.starts_with(char::is_whitespace) {
        return None;
    }
    // Attributes have values; "[see below]" has none and is text.
    if !attributes.trim().is_empty() && !attributes.contains('=') {
        return None;
    }
    Some(Shortcode {
        name,
        attributes,
        closing,
        length: 1 + name_at + name_length + end + 1,
    })
}

fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let mut from = 0;
    while let Some(at) = attributes[from..].find(name) {
        let start = from + at;
        let before = attributes[..start].chars().next_back();
        let after = attributes[start + name.len()..].trim_start();
        if before.is_none_or(char::is_whitespace)
            && let Some(value) = after.strip_prefix('=')
        {
            let value = value.trim_start();
            return Some(match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value[1..].split(quote).next().unwrap_or(""),
                _ => value.split_whitespace().next().unwrap_or(""),
            });
        }
        from = start + name.len();
    }
    None
}
