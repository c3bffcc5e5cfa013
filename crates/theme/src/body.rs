//! The tree of a text to HTML. Everything is escaped; a link that leads
//! nowhere safe is left out and its words stay.

use std::fmt::Write;

use arabic::bidi::{Direction, direction_of_language, direction_within};
use editorial::{
    Block, BlockKind, Body, Mark, Run,
    body::{Image, ListItem},
    media::Media,
    urls::{Url, is_path},
};

/// Where a text stands in a feed: away from this site, without its style.
#[derive(Clone, Copy, Debug)]
pub struct FeedPlace<'a> {
    /// The site's origin, without a trailing slash.
    pub origin: &'a str,
    /// The whole address of the article.
    pub address: &'a str,
    /// The article's language.
    pub language: &'a str,
}

/// The text for feeds, with the pictures that this paper holds: whole
/// addresses, sizes, and nothing that only our style or a page knows.
pub fn feed_html(body: &Body, pictures: &[Media], place: FeedPlace<'_>) -> String {
    let around = direction_of_language(place.language);
    write(&body.blocks, pictures, around, Some(place))
}

/// The text for a page, with the pictures that this paper holds; `around` is
/// the direction of what it stands in.
pub(crate) fn html(blocks: &[Block], pictures: &[Media], around: Direction) -> String {
    write(blocks, pictures, around, None)
}

fn write(
    blocks: &[Block],
    pictures: &[Media],
    around: Direction,
    feed: Option<FeedPlace<'_>>,
) -> String {
    let setting = Setting {
        pictures,
        around,
        feed,
    };
    let mut out = String::new();
    for block in blocks {
        write_block(&mut out, block, &setting);
    }
    out
}

/// What a text is set with, and where.
struct Setting<'a> {
    pictures: &'a [Media],
    around: Direction,
    feed: Option<FeedPlace<'a>>,
}

impl Setting<'_> {
    /// An address that may stand in a link, escaped; whole in a feed.
    fn link(&self, url: &str) -> Option<String> {
        let url = safe_url(url)?;
        let before = match self.feed {
            Some(feed) if url.starts_with('/') => feed.origin,
            Some(feed) if url.starts_with('#') => feed.address,
            _ => "",
        };
        Some(escape(&format!("{before}{url}")))
    }

    /// Attributes that only a page has.
    fn on_page(&self, attributes: &'static str) -> &'static str {
        if self.feed.is_some() { "" } else { attributes }
    }
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
    let local = is_path(url) || url.starts_with('#');
    let known = matches!(scheme.as_deref(), Some("http" | "https" | "mailto" | "tel"));
    (local || known).then_some(url)
}

/// The width of a picture in a text.
const BODY_WIDTH: u32 = 720;

fn write_block(out: &mut String, block: &Block, set: &Setting<'_>) {
    let around = set.around;
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
        BlockKind::Paragraph { runs } => wrap(out, "p", &attributes, runs, set),
        BlockKind::Heading { level, runs } => {
            let name = ["h2", "h3", "h4"][usize::from(level.clamp(&2, &4) - 2)];
            wrap(out, name, &attributes, runs, set);
        }
        BlockKind::List { ordered, items } => write_list(out, *ordered, items, &attributes, set),
        BlockKind::Quotation { paragraphs, source } => {
            let _ = write!(out, "<blockquote{attributes}>");
            paragraphs
                .iter()
                .for_each(|runs| wrap(out, "p", "", runs, set));
            if let Some(source) = source {
                let _ = write!(out, "<footer>{}</footer>", escape(source));
            }
            out.push_str("</blockquote>\n");
        }
        BlockKind::Image(image) => write_figure(out, image, set),
        BlockKind::Gallery { images } => images
            .iter()
            .for_each(|image| write_figure(out, image, set)),
        BlockKind::Table {
            header,
            rows,
            caption,
        } => {
            let table = Setting {
                around: within,
                ..*set
            };
            let caption = caption.as_deref();
            write_table(out, *header, rows, caption, &attributes, &table);
        }
        BlockKind::Embed { url, title } => {
            if let Some(link) = set.link(url) {
                let words = title.as_deref().unwrap_or(url);
                let _ = writeln!(
                    out,
                    "<p{}><a href=\"{link}\"{}><bdi>{}</bdi></a></p>",
                    set.on_page(" class=\"embed\""),
                    set.on_page(" rel=\"noopener\""),
                    escape(words)
                );
            }
        }
        BlockKind::Separator => out.push_str("<hr>\n"),
    }
}

fn wrap(out: &mut String, name: &str, attributes: &str, runs: &[Run], set: &Setting<'_>) {
    let _ = write!(out, "<{name}{attributes}>");
    write_runs(out, runs, set);
    let _ = writeln!(out, "</{name}>");
}

fn write_runs(out: &mut String, runs: &[Run], set: &Setting<'_>) {
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
                    if let Some(link) = set.link(url) {
                        let _ = write!(out, "<a href=\"{link}\">");
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

fn write_list(
    out: &mut String,
    ordered: bool,
    items: &[ListItem],
    attributes: &str,
    set: &Setting<'_>,
) {
    let name = if ordered { "ol" } else { "ul" };
    let _ = write!(out, "<{name}{attributes}>");
    for item in items {
        out.push_str("<li>");
        write_runs(out, &item.runs, set);
        if !item.items.is_empty() {
            write_list(out, item.ordered, &item.items, "", set);
        }
        out.push_str("</li>");
    }
    let _ = writeln!(out, "</{name}>");
}

fn write_figure(out: &mut String, image: &Image, set: &Setting<'_>) {
    let held = image
        .media
        .and_then(|id| set.pictures.iter().find(|picture| picture.id == id));
    // Its address and its size, so that the text below does not move.
    let source = held.filter(|picture| picture.is_picture()).map(|picture| {
        let address = Url::Media(picture.id, BODY_WIDTH);
        match set.feed {
            None => (address.to_string(), picture.width, picture.height),
            // No style there makes it fit.
            Some(feed) => {
                let width = picture.width.min(i64::from(BODY_WIDTH));
                let height = picture.height * width / picture.width;
                (format!("{}{address}", feed.origin), width, height.max(1))
            }
        }
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
        Some((source, width, height)) => {
            let _ = write!(
                out,
                "<img src=\"{source}\" width=\"{width}\" height=\"{height}\" alt=\"{}\"{}>",
                escape(alt),
                set.on_page(" loading=\"lazy\"")
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
            let class = set.on_page(" class=\"credit\"");
            let _ = write!(out, " <bdi{class}>{}</bdi>", escape(credit));
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
    set: &Setting<'_>,
) {
    out.push_str(
        set.on_page("<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"جدول\">"),
    );
    let _ = write!(out, "<table{attributes}>");
    if let Some(caption) = caption {
        let _ = write!(out, "<caption>{}</caption>", escape(caption));
    }
    for (at, row) in rows.iter().enumerate() {
        out.push_str("<tr>");
        for cell in row {
            let words: String = cell.iter().map(|run| run.text.as_str()).collect();
            let turned = turned(&words, set.around);
            let (open, close) = if header && at == 0 {
                ("<th scope=\"col\"", "</th>")
            } else {
                ("<td", "</td>")
            };
            let _ = write!(out, "{open}{turned}>");
            write_runs(out, cell, set);
            out.push_str(close);
        }
        out.push_str("</tr>");
    }
    out.push_str("</table>");
    out.push_str(set.on_page("</div>"));
    out.push('\n');
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
        html(&[block], &[], Direction::Rtl)
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
    fn a_feed_is_read_away_from_the_site() {
        let page = crate::samples::article();
        let place = FeedPlace {
            origin: "https://example.org",
            address: "https://example.org/a/7",
            language: "ar",
        };
        let mut body = page.article.body;
        let link = |url: &str| Run {
            text: "رابط".into(),
            marks: vec![Mark::Link { url: url.into() }],
        };
        body.blocks.push(Block {
            id: BlockId(99),
            lang: None,
            kind: BlockKind::Paragraph {
                runs: vec![link("/a/8"), link("#x"), link("https://other.example/")],
            },
        });
        let feed = feed_html(&body, &page.images, place);
        for part in [
            "<img src=\"https://example.org/media/7/720.jpg\" width=\"720\" height=\"405\" alt=\"صورة في النص\">",
            "<a href=\"https://example.org/a/8\">",
            "<a href=\"https://example.org/a/7#x\">",
            "<a href=\"https://other.example/\">",
            "<table><caption>",
        ] {
            assert!(feed.contains(part), "{part} in {feed}");
        }
        for part in [
            " class=",
            " role=",
            " tabindex=",
            " loading=",
            "=\"/",
            "<div",
        ] {
            assert!(!feed.contains(part), "{part} in {feed}");
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
