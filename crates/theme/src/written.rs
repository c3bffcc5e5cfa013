//! What the templates write: held against golden files, and walked for
//! isolates.

use std::path::Path;

use crate::{Theme, samples::rendered};

/// Elements whose text is a paragraph of its own to the bidirectional
/// algorithm.
const BLOCKS: &[&str] = &[
    "html",
    "head",
    "body",
    "main",
    "header",
    "footer",
    "aside",
    "nav",
    "section",
    "article",
    "div",
    "p",
    "ul",
    "ol",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "figure",
    "figcaption",
    "blockquote",
    "table",
    "caption",
    "tr",
    "td",
    "th",
    "title",
    "option",
    "label",
];
/// Elements without an end tag.
const VOID: &[&str] = &[
    "meta", "link", "img", "br", "hr", "input", "path", "!doctype",
];

fn samples() -> Vec<(&'static str, String)> {
    let theme = Theme::new(None).expect("the default templates are templates");
    rendered(&theme)
        .into_iter()
        .map(|(name, html)| (name, html.expect("renders")))
        .collect()
}

/// `WARRAQ_GOLDEN=write cargo test -p theme` writes them anew; the difference
/// is then read in the commit.
#[test]
fn every_template_writes_what_it_wrote() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden");
    let write = std::env::var_os("WARRAQ_GOLDEN").is_some();
    let mut known = 0;
    for (name, html) in samples() {
        let file = folder.join(format!(
            "{}.html",
            name.replace(".html", "").replace(' ', "-")
        ));
        // The style and the hash in the script's name are files of their own.
        let html = without_style(&html);
        if write {
            std::fs::create_dir_all(&folder).expect("a folder");
            std::fs::write(&file, &html).expect("written");
        }
        let expected = std::fs::read_to_string(&file).unwrap_or_default();
        if expected != html {
            let line = expected
                .lines()
                .zip(html.lines())
                .find(|(old, new)| old != new);
            panic!(
                "{name} writes another text than {}: {line:?}",
                file.display()
            );
        }
        known += 1;
    }
    let files = std::fs::read_dir(&folder)
        .expect("the golden files")
        .count();
    assert_eq!(files, known, "a golden file belongs to no sample");
}

fn without_style(html: &str) -> String {
    let mut out = html.to_owned();
    for (from, to) in [
        ("<style>", "</style>"),
        ("/assets/site-", ".js"),
        ("/assets/search-", ".js"),
    ] {
        if let Some((before, rest)) = out.split_once(from)
            && let Some((_, after)) = rest.split_once(to)
        {
            out = format!("{before}{from}{to}{after}");
        }
    }
    out
}

/// A name, number or date beside other words stands in an element that
/// isolates its direction: `bdi`, one with `dir`, or one that is a paragraph
/// by itself and holds nothing else.
#[test]
fn every_inserted_date_name_and_number_has_its_isolate() {
    let mut seen = 0;
    for (name, html) in samples() {
        for text in texts(&html) {
            let inserted = text.path.iter().any(|element| element.name == "time")
                || text.words.contains(|c: char| c.is_ascii_digit())
                || NAMES.iter().any(|known| text.words.contains(known));
            if !inserted || text.path.iter().any(|element| element.is_body) {
                continue;
            }
            seen += 1;
            assert!(
                text.isolated,
                "{name}: «{}» has no isolate in {}",
                text.words,
                text.place()
            );
        }
    }
    assert!(seen > 60, "{seen} inserted texts were seen");
}

/// Names that the samples insert beside other words.
const NAMES: &[&str] = &[
    "ليلى",
    "وكالة",
    "AFP",
    "قارئ",
    "John",
    "BBC",
    "Reuters",
    "ورّاق",
    "سوريا",
    "من نحن",
    "الصحيح",
    "هـ",
];

#[test]
fn the_walker_sees_a_missing_isolate() {
    assert!(texts("<p>2017</p>").iter().all(|text| text.isolated));
    assert!(
        !texts("<p>يوم <time>2017</time></p>")
            .iter()
            .all(|text| text.isolated)
    );
    assert!(
        texts("<p>يوم <bdi><time>2017</time></bdi></p>")
            .iter()
            .any(|text| text.words == "2017" && text.isolated)
    );
    assert!(
        texts("<p dir=\"rtl\"><a>a</a> b</p>")
            .iter()
            .all(|text| !text.isolated)
    );
}

struct Element {
    name: String,
    isolates: bool,
    /// Whether an article's own words stand in it.
    is_body: bool,
    /// How many texts that are not only space stand within.
    texts: usize,
    number: usize,
}

struct Text {
    words: String,
    path: Vec<Step>,
    isolated: bool,
}

#[derive(Clone)]
struct Step {
    name: String,
    is_body: bool,
    isolates: bool,
    number: usize,
}

impl Text {
    fn place(&self) -> String {
        let names: Vec<_> = self.path.iter().map(|step| step.name.as_str()).collect();
        names.join(" > ")
    }
}

/// The texts of well-formed HTML as the templates write it.
fn texts(html: &str) -> Vec<Text> {
    let mut open: Vec<Element> = Vec::new();
    let mut counts = Vec::new();
    let mut found: Vec<Text> = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        text(before, &mut open, &mut found);
        let end = tag.find('>').map_or(tag.len(), |end| end + 1);
        let (tag, after) = tag.split_at(end);
        rest = after;
        let inner = tag.trim_matches(['<', '>']);
        let name = inner
            .trim_start_matches('/')
            .split([' ', '\n'])
            .next()
            .unwrap_or("")
            .to_ascii_lowercase();
        if inner.starts_with('/') {
            while let Some(element) = open.pop() {
                counts[element.number] = element.texts;
                if element.name == name {
                    break;
                }
            }
        } else if !VOID.contains(&name.as_str()) {
            if name == "style" || name == "script" {
                let close = format!("</{name}>");
                rest = rest.split_once(&close).map_or("", |(_, after)| after);
                continue;
            }
            let number = counts.len();
            counts.push(0);
            open.push(Element {
                isolates: name == "bdi"
                    || inner.contains(" dir=\"") && !BLOCKS.contains(&name.as_str()),
                is_body: ["body", "snippet"]
                    .iter()
                    .any(|class| inner.contains(&format!("class=\"{class}\""))),
                name,
                texts: 0,
                number,
            });
        }
    }
    for element in open.drain(..) {
        counts[element.number] = element.texts;
    }
    for text in &mut found {
        // The nearest of: an isolate; a paragraph that holds this text alone.
        text.isolated = text
            .path
            .iter()
            .rev()
            .find(|step| step.isolates || BLOCKS.contains(&step.name.as_str()))
            .is_none_or(|step| step.isolates || counts[step.number] == 1);
    }
    found
}

fn text(words: &str, open: &mut [Element], found: &mut Vec<Text>) {
    if words.trim().is_empty() {
        return;
    }
    for element in open.iter_mut() {
        element.texts += 1;
    }
    let path = open.iter().map(|element| Step {
        name: element.name.clone(),
        is_body: element.is_body,
        isolates: element.isolates,
        number: element.number,
    });
    found.push(Text {
        words: words.trim().to_owned(),
        path: path.collect(),
        isolated: false,
    });
}
