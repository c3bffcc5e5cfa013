//! A post's text as WordPress keeps it: block comments or classic text, with
//! shortcodes in it, reduced to the tree.

use std::borrow::Cow;

use crate::html::{FindPicture, Lines, Reduced, reduce};

/// Reusable blocks are followed so deep; one that holds itself ends there.
const REUSED_DEPTH_MAX: usize = 3;
/// Bytes behind a shortcode in which its closing tag is looked for.
const CLOSING_BYTES_MAX: usize = 64 * 1024;

/// What a post's text refers to.
pub struct Surroundings<'a> {
    /// Finds a picture by its number or address.
    pub find: FindPicture<'a>,
    /// The text of a reusable block (`wp_block`), by its number.
    pub reusable: &'a dyn Fn(u64) -> Option<&'a str>,
    /// The numbers of the pictures uploaded for this post, which are what a
    /// `[gallery]` without numbers shows.
    pub attached: &'a dyn Fn() -> Vec<u64>,
}

/// Reduces the text of a post. What no rule knows stays as text. `arabic` says
/// whether the article is Arabic.
pub fn body(content: &str, arabic: bool, around: &Surroundings<'_>) -> Reduced {
    // The block editor marks each block by a comment; without one, line ends
    // are the paragraphs.
    let lines = if content.contains("<!-- wp:") {
        Lines::Collapse
    } else {
        Lines::Meaningful
    };
    let mut losses = Vec::new();
    let whole = blocks_without_text(Cow::Borrowed(content), around, 0, &mut losses);
    let html = shortcodes(&whole, around, &mut losses);
    let mut reduced = reduce(&html, lines, arabic, around.find);
    losses.append(&mut reduced.losses);
    Reduced { losses, ..reduced }
}

/// Blocks that the editor keeps as a comment alone, `<!-- wp:name {…} /-->`:
/// a reusable one gives its text; of any other, what it showed was made by the
/// old site's program, and is a loss.
fn blocks_without_text<'a>(
    content: Cow<'a, str>,
    around: &Surroundings<'_>,
    depth: usize,
    losses: &mut Vec<String>,
) -> Cow<'a, str> {
    if !content.contains("/-->") {
        return content;
    }
    let mut out = String::with_capacity(content.len());
    let mut rest: &str = &content;
    while let Some(at) = rest.find("<!-- wp:") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let Some(end) = from.find("-->").map(|end| end + 3) else {
            rest = from;
            break;
        };
        let (comment, after) = from.split_at(end);
        rest = after;
        if !comment.ends_with("/-->") {
            out.push_str(comment);
            continue;
        }
        let words = &comment["<!-- wp:".len()..];
        let name = words.split([' ', '/']).next().unwrap_or("");
        let reused = (name == "block" && depth < REUSED_DEPTH_MAX)
            .then(|| (around.reusable)(number_of(words, "\"ref\":")?))
            .flatten();
        if let Some(text) = reused {
            out.push_str(&blocks_without_text(
                Cow::Borrowed(text),
                around,
                depth + 1,
                losses,
            ));
        } else {
            let what = format!("block {name} has no text of its own; left out");
            if !losses.contains(&what) {
                losses.push(what);
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn number_of(words: &str, key: &str) -> Option<u64> {
    let (_, value) = words.split_once(key)?;
    let value = value.trim_start();
    let end = value.find(|c: char| !c.is_ascii_digit())?;
    value[..end].parse().ok()
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
fn shortcodes<'a>(
    content: &'a str,
    around: &Surroundings<'_>,
    losses: &mut Vec<String>,
) -> Cow<'a, str> {
    if !content.contains('[') {
        return Cow::Borrowed(content);
    }
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
                rest = translate(&code, after, &mut out, around, losses).unwrap_or_else(|| {
                    out.push('[');
                    &rest[1..]
                });
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Writes a shortcode as HTML and gives what comes after it; `None` where it
/// is none.
fn translate<'a>(
    code: &Shortcode<'_>,
    after: &'a str,
    out: &mut String,
    around: &Surroundings<'_>,
    losses: &mut Vec<String>,
) -> Option<&'a str> {
    let near_end = (0..=CLOSING_BYTES_MAX.min(after.len()))
        .rev()
        .find(|at| after.is_char_boundary(*at));
    let near = &after[..near_end.unwrap_or(0)];
    let until_closed = |name: &str| {
        let closing = format!("[/{name}]");
        near.find(&closing)
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
            let listed =
                attribute(code.attributes, "ids").or_else(|| attribute(code.attributes, "include"));
            let ids: String = match listed {
                Some(ids) => ids
                    .chars()
                    .filter(|c| c.is_ascii_digit() || *c == ',')
                    .collect(),
                None => (around.attached)()
                    .iter()
                    .map(u64::to_string)
                    .collect::<Vec<_>>()
                    .join(","),
            };
            if ids.is_empty() {
                losses.push(
                    "gallery of all pictures of the post, of which the export has none".to_owned(),
                );
            } else {
                out.push_str(&format!("<figure data-gallery=\"{ids}\"></figure>"));
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
                || near.contains(&format!("[/{name}]"));
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
