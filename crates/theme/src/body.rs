//! The tree of a text to HTML. Everything is escaped; a link that leads
//! nowhere safe is left out and its words stay.

use std::fmt::Write;

use arabic::bidi::{Direction, direction_of_language, direction_within};
use editorial::{
    Block, BlockKind, Body, Mark, Run,
    body::{Image, ListItem},
    media::Media,
    urls::Url,
};

/// The text for feeds: no classes, no ids.
pub fn feed_html(body: &Body) -> String {
    html(&body.blocks, &[], Direction::Rtl)
}

/// The text for a page, with the pictures that this paper holds; `around` is
/// the direction of what it stands in.
pub(crate) fn html(blocks: &[Block], pictures: &[Media], around: Direction) -> String {
    let mut out = String::new();
    for block in blocks {
        write_block(&mut out, block, pictures, around);
    }
    out
}

/// ` dir="…"` where a text is of another direction than what is around it.
fn turned(text: &str, around: Direction) -> String {
    let own = direction_within(text, around);
    if own == around {
        String::new()
    } else {
        format!(" dir=\"{}\"", own.attribute())
    }
}

/// `text` escaped for HTML text and attribute values.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() && c != '\n' && c != '\t' => {}
            c => out.push(c),
        }
    }
    out
}

/// An address that may stand in a link: http, https, mailto, tel, or a path or
/// fragment of this site.
pub(crate) fn safe_url(url: &str) -> Option<&str> {
    let url = url.trim();
    let scheme = url
        .split_once(':')
        .map(|(scheme, _)| scheme.to_ascii_lowercase());
    let local = (url.starts_with('/') && !url.starts_with("//")) || url.starts_with('#');
    let known = matches!(scheme.as_deref(), Some("http" | "https" | "mailto" | "tel"));
    (local || known).then_some(url)
}

fn write_block(out: &mut String, block: &Block, pictures: &[Media], around: Direction) {
    let attributes = match block.lang.as_deref() {
        Some(lang) => format!(
            " lang=\"{}\" dir=\"{}\"",
            escape(lang),
            direction_of_language(lang).attribute()
        ),
        // A table keeps the order of its columns, a picture has no words of its own.
        None => match &block.kind {
            BlockKind::Paragraph { .. }
            | BlockKind::Heading { .. }
            | BlockKind::List { .. }
            | BlockKind::Quotation { .. } => turned(&block.kind.plain_text(), around),
            _ => String::new(),
        },
    };
    let within = block.lang.as_deref().map_or(around, direction_of_language);
    match &block.kind {
        BlockKind::Paragraph { runs } => wrap(out, "p", &attributes, runs),
        BlockKind::Heading { level, runs } => {
            let name = ["h2", "h3", "h4"][usize::from(level.clamp(&2, &4) - 2)];
            wrap(out, name, &attributes, runs);
        }
        BlockKind::List { ordered, items } => write_list(out, *ordered, items, &attributes),
        BlockKind::Quotation { paragraphs, source } => {
            let _ = write!(out, "<blockquote{attributes}>");
            paragraphs.iter().for_each(|runs| wrap(out, "p", "", runs));
            if let Some(source) = source {
                let _ = write!(out, "<footer>{}</footer>", escape(source));
            }
            out.push_str("</blockquote>\n");
        }
        BlockKind::Image(image) => write_figure(out, image, pictures),
        BlockKind::Gallery { images } => images
            .iter()
            .for_each(|image| write_figure(out, image, pictures)),
        BlockKind::Table {
            header,
            rows,
            caption,
        } => {
            write_table(out, *header, rows, caption.as_deref(), &attributes, within);
        }
        BlockKind::Embed { url, title } => {
            if let Some(url) = safe_url(url) {
                let words = title.as_deref().unwrap_or(url);
                let _ = writeln!(
                    out,
                    "<p class=\"embed\"><a href=\"{}\" rel=\"noopener\"><bdi>{}</bdi></a></p>",
                    escape(url),
                    escape(words)
                );
            }
        }
        BlockKind::Separator => out.push_str("<hr>\n"),
    }
}

fn wrap(out: &mut String, name: &str, attributes: &str, runs: &[Run]) {
    let _ = write!(out, "<{name}{attributes}>");
    write_runs(out, runs);
    let _ = writeln!(out, "</{name}>");
}

fn write_runs(out: &mut String, runs: &[Run]) {
    for run in runs {
        let mut closing = Vec::new();
        for mark in &run.marks {
            match mark {
                Mark::Strong => {
                    out.push_str("<strong>");
                    closing.push("</strong>");
                }
                Mark::Emphasis => {
                    out.push_str("<em>");
                    closing.push("</em>");
                }
                Mark::Link { url } => {
                    if let Some(url) = safe_url(url) {
                        let _ = write!(out, "<a href=\"{}\">", escape(url));
                        closing.push("</a>");
                    }
                }
                Mark::Language { lang } => {
                    let direction = direction_of_language(lang).attribute();
                    let _ = write!(out, "<span lang=\"{}\" dir=\"{direction}\">", escape(lang));
                    closing.push("</span>");
                }
            }
        }
        out.push_str(&escape(&run.text).replace('\n', "<br>"));
        closing.iter().rev().for_each(|tag| out.push_str(tag));
    }
}

fn write_list(out: &mut String, ordered: bool, items: &[ListItem], attributes: &str) {
    let name = if ordered { "ol" } else { "ul" };
    let _ = write!(out, "<{name}{attributes}>");
    for item in items {
        out.push_str("<li>");
        write_runs(out, &item.runs);
        if !item.items.is_empty() {
            write_list(out, item.ordered, &item.items, "");
        }
        out.push_str("</li>");
    }
    let _ = writeln!(out, "</{name}>");
}

fn write_figure(out: &mut String, image: &Image, pictures: &[Media]) {
    let held = image
        .media
        .and_then(|id| pictures.iter().find(|picture| picture.id == id));
    // Its address and its size, so that the text below does not move.
    let source = held.filter(|picture| picture.is_picture()).map(|picture| {
        let size = format!(
            "width=\"{}\" height=\"{}\"",
            picture.width.max(1),
            picture.height.max(1)
        );
        (Url::Media(picture.id, 720).to_string(), size)
    });
    let credit = image
        .credit
        .as_deref()
        .or(held.map(|picture| picture.credit.as_str()))
        .unwrap_or("");
    let caption = image
        .caption
        .as_deref()
        .or(held.map(|picture| picture.caption.as_str()))
        .unwrap_or("");
    let alt = match held {
        Some(picture) if image.alt.is_empty() => &picture.alt,
        _ => &image.alt,
    };
    if source.is_none() && caption.is_empty() && alt.is_empty() {
        return;
    }
    out.push_str("<figure>");
    match source {
        Some((source, size)) => {
            let _ = write!(
                out,
                "<img src=\"{source}\" {size} alt=\"{}\" loading=\"lazy\">",
                escape(alt)
            );
        }
        // A picture that this paper does not hold is told in words.
        None if !alt.is_empty() => {
            let _ = write!(out, "<p>{}</p>", escape(alt));
        }
        None => {}
    }
    if !caption.is_empty() || !credit.is_empty() {
        let _ = write!(out, "<figcaption><bdi>{}</bdi>", escape(caption));
        if !credit.is_empty() {
            let _ = write!(out, " <bdi class=\"credit\">{}</bdi>", escape(credit));
        }
        out.push_str("</figcaption>");
    }
    out.push_str("</figure>\n");
}

fn write_table(
    out: &mut String,
    header: bool,
    rows: &[Vec<Vec<Run>>],
    caption: Option<&str>,
    attributes: &str,
    around: Direction,
) {
    let _ = write!(
        out,
        "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"جدول\"><table{attributes}>"
    );
    if let Some(caption) = caption {
        let _ = write!(out, "<caption>{}</caption>", escape(caption));
    }
    for (at, row) in rows.iter().enumerate() {
        out.push_str("<tr>");
        for cell in row {
            let words: String = cell.iter().map(|run| run.text.as_str()).collect();
            let turned = turned(&words, around);
            let (open, close) = if header && at == 0 {
                ("<th scope=\"col\"", "</th>")
            } else {
                ("<td", "</td>")
            };
            let _ = write!(out, "{open}{turned}>");
            write_runs(out, cell);
            out.push_str(close);
        }
        out.push_str("</tr>");
    }
    out.push_str("</table></div>\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use editorial::BlockId;

    fn rendered(kind: BlockKind) -> String {
        let block = Block {
            id: BlockId(1),
            lang: None,
            kind,
        };
        feed_html(&Body {
            blocks: vec![block],
        })
    }

    #[test]
    fn hostile_text_is_inert() {
        let run = Run {
            text: "<script>\"&".into(),
            marks: vec![Mark::Link {
                url: "javascript:alert(1)".into(),
            }],
        };
        assert_eq!(
            rendered(BlockKind::Paragraph { runs: vec![run] }),
            "<p dir=\"ltr\">&lt;script&gt;&quot;&amp;</p>\n"
        );
        for url in [
            "JaVaScRiPt:x",
            "data:text/html,x",
            "//evil.example",
            "vbscript:x",
            "x",
        ] {
            assert_eq!(safe_url(url), None, "{url}");
        }
        for url in ["https://example.org", "/a/1", "#x", "mailto:a@example.org"] {
            assert_eq!(safe_url(url), Some(url));
        }
    }

    #[test]
    fn text_of_another_direction_is_turned() {
        let paragraph = |text: &str| BlockKind::Paragraph {
            runs: vec![text.into()],
        };
        assert_eq!(
            rendered(paragraph("let x = 1;\nlet y = 2;")),
            "<p dir=\"ltr\">let x = 1;<br>let y = 2;</p>\n"
        );
        assert_eq!(
            rendered(paragraph("قفا نبك\nمن ذكرى")),
            "<p>قفا نبك<br>من ذكرى</p>\n"
        );
        assert_eq!(
            rendered(paragraph("BBC: قال الوزير")),
            "<p>BBC: قال الوزير</p>\n"
        );
        let item = |text: &str| ListItem {
            runs: vec![text.into()],
            ..ListItem::default()
        };
        let list = BlockKind::List {
            ordered: false,
            items: vec![item("cargo build"), item("cargo test")],
        };
        assert!(rendered(list).starts_with("<ul dir=\"ltr\">"));
        let blocks = [Block {
            id: BlockId(1),
            lang: None,
            kind: paragraph("قال الوزير"),
        }];
        assert_eq!(
            html(&blocks, &[], Direction::Ltr),
            "<p dir=\"rtl\">قال الوزير</p>\n"
        );
    }

    #[test]
    fn languages_get_their_direction() {
        let marks = vec![Mark::Language { lang: "en".into() }];
        let run = Run {
            text: "S-400".into(),
            marks,
        };
        assert_eq!(
            rendered(BlockKind::Paragraph {
                runs: vec!["منظومة ".into(), run]
            }),
            "<p>منظومة <span lang=\"en\" dir=\"ltr\">S-400</span></p>\n"
        );
    }
}
