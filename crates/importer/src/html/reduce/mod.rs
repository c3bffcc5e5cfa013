//! From the tree of HTML to the tree of a body.

mod files;
pub(super) mod letters;
mod lines;
mod lists_and_tables;
mod pictures;

use arabic::repair::repair;
use editorial::{
    Block, BlockId, BlockKind, Body, Mark, Run,
    body::{BLOCKS_MAX, ListItem},
};

use super::{
    FindPicture, Lines, Reduced,
    dom::{Content, Dom, NodeId, parse},
    inline::{Gathered, paragraphs},
};

/// Letters of a link that is told as a loss.
const LINK_LETTERS_TOLD: usize = 100;
/// Levels of elements followed one by one; what lies deeper is taken as text.
const DEPTH_MAX: usize = 64;

/// Reduces a fragment of HTML. Never fails and never loses text: what is no
/// block or mark of ours is taken as the text it holds.
pub fn reduce(html: &str, lines: Lines, arabic: bool, find: FindPicture<'_>) -> Reduced {
    let dom = parse(html);
    let mut reducer = Reducer {
        dom: &dom,
        find,
        arabic,
        blocks: Vec::new(),
        gathered: Gathered::default(),
        out: Reduced::default(),
    };
    let root = dom
        .node(Dom::ROOT)
        .children
        .first()
        .copied()
        .unwrap_or(Dom::ROOT);
    let inside = Inside {
        marks: Vec::new(),
        lang: None,
        lines,
        depth: 0,
    };
    reducer.children(root, &inside);
    reducer.end_paragraph(&inside);
    reducer.finish()
}

/// What holds for everything inside the elements that are open.
#[derive(Clone)]
struct Inside {
    marks: Vec<Mark>,
    /// The language of the block, where it differs from the article's.
    lang: Option<String>,
    lines: Lines,
    depth: usize,
}

impl Inside {
    fn deeper(&self) -> Self {
        Self {
            depth: self.depth + 1,
            ..self.clone()
        }
    }

    /// The same where line ends mean nothing.
    fn collapsed(&self) -> Self {
        Self {
            lines: Lines::Collapse,
            ..self.clone()
        }
    }

    fn marked(&self, mark: Mark) -> Self {
        let mut inside = self.deeper();
        let same = |known: &Mark| std::mem::discriminant(known) == std::mem::discriminant(&mark);
        inside.marks.retain(|known| !same(known));
        inside.marks.push(mark);
        inside
    }
}

struct Reducer<'a> {
    dom: &'a Dom,
    find: FindPicture<'a>,
    arabic: bool,
    blocks: Vec<(Option<String>, BlockKind)>,
    gathered: Gathered,
    out: Reduced,
}

impl Reducer<'_> {
    fn children(&mut self, id: NodeId, inside: &Inside) {
        for child in self.dom.node(id).children.clone() {
            self.node(child, inside);
        }
    }

    fn node(&mut self, id: NodeId, inside: &Inside) {
        match &self.dom.node(id).content {
            Content::Text(text) => {
                let text = self.repaired(text);
                self.gathered.push(&text, &inside.marks, inside.lines);
            }
            Content::Other => {}
            Content::Element { .. } if inside.depth >= DEPTH_MAX => {
                self.lose("elements nested too deep, kept as text");
                let text = self.repaired(&self.dom.text(id));
                self.gathered.push(&text, &inside.marks, inside.lines);
            }
            Content::Element { .. } => self.element(id, inside),
        }
    }

    fn element(&mut self, id: NodeId, inside: &Inside) {
        match self.dom.name(id) {
            // What is never text of the article.
            name @ ("script" | "style" | "svg" | "math" | "head" | "title" | "link" | "meta") => {
                if matches!(name, "script" | "svg" | "math") {
                    self.lose(&format!("{name} dropped"));
                }
            }
            "br" => self.gathered.line_break(),
            "hr" => {
                self.end_paragraph(inside);
                self.blocks.push((None, BlockKind::Separator));
            }
            "h1" | "h2" => self.heading(id, 2, inside),
            "h3" => self.heading(id, 3, inside),
            "h4" | "h5" | "h6" => self.heading(id, 4, inside),
            "ul" if self.is_gallery(id) => self.figure(id, inside),
            "div" if self.has_class(id, "wp-block-file") && self.file(id, inside) => {}
            name @ ("ul" | "ol") => {
                self.end_paragraph(inside);
                self.numbered(id);
                let inner = self.in_language_of(id, inside);
                let items = self.list_items(id, &inner);
                if !items.is_empty() {
                    self.blocks.push((
                        inner.lang,
                        BlockKind::List {
                            ordered: name == "ol",
                            items,
                        },
                    ));
                }
            }
            "blockquote" => self.quotation(id, inside),
            "figure" => self.figure(id, inside),
            "table" => self.table(id, inside),
            "img" => {
                self.end_paragraph(inside);
                if let Some(image) = self.image(id) {
                    self.blocks.push((None, BlockKind::Image(image)));
                }
            }
            "iframe" | "embed" | "video" | "audio" | "object" => self.embed(id, inside),
            name @ ("sup" | "sub") => self.raised(id, name, inside),
            "pre" => {
                self.end_paragraph(inside);
                let text = self.repaired(&self.dom.text(id));
                self.gathered.push_verbatim(&text, &inside.marks);
                self.end_paragraph(inside);
            }
            "p" | "div" | "section" | "article" | "main" | "header" | "footer" | "aside"
            | "nav" | "address" | "details" | "summary" | "dl" | "dt" | "dd" | "form"
            | "fieldset" | "center" | "figcaption" | "li" | "caption" | "tr" | "body" | "html" => {
                self.end_paragraph(inside);
                let inner = self.in_language_of(id, inside);
                self.children(id, &inner);
                self.end_paragraph(&inner);
            }
            _ => {
                let inner = self.marked(id, inside);
                self.children(id, &inner);
            }
        }
    }

    /// Raised and lowered digits have letters of their own («10²»), so that
    /// 10<sup>2</sup> does not become 102; other text is taken as it is.
    fn raised(&mut self, id: NodeId, name: &str, inside: &Inside) {
        let digits = if name == "sup" {
            ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹']
        } else {
            ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉']
        };
        let text = self.dom.text(id);
        let small: Option<String> = text
            .trim()
            .chars()
            .map(|c| Some(digits[c.to_digit(10)? as usize]))
            .collect();
        if let Some(small) = small.filter(|small| !small.is_empty()) {
            self.gathered.push(&small, &inside.marks, inside.lines);
        } else {
            self.lose_once("raised or lowered words kept as plain text");
            self.children(id, &inside.deeper());
        }
    }

    /// The marks an inline element adds.
    fn marked(&mut self, id: NodeId, inside: &Inside) -> Inside {
        let style = self
            .dom
            .attribute(id, "style")
            .unwrap_or("")
            .replace(' ', "")
            .to_ascii_lowercase();
        let struck = matches!(self.dom.name(id), "s" | "del" | "strike")
            || style.contains("text-decoration:line-through");
        if struck {
            self.lose_once("words struck out kept as plain text");
        }
        if matches!(
            self.dom.name(id),
            "u" | "mark" | "code" | "kbd" | "font" | "ruby"
        ) {
            self.lose_once("underlined, coloured or marked words kept as plain text");
        }
        let mut inner = match self.dom.name(id) {
            "strong" | "b" => inside.marked(Mark::Strong),
            "em" | "i" | "cite" | "dfn" => inside.marked(Mark::Emphasis),
            "a" => match self.link_of(id) {
                Some(url) => inside.marked(Mark::Link { url }),
                None => inside.deeper(),
            },
            _ => inside.deeper(),
        };
        if style.contains("font-weight:bold") || style.contains("font-weight:700") {
            inner = inner.marked(Mark::Strong);
        }
        if style.contains("font-style:italic") {
            inner = inner.marked(Mark::Emphasis);
        }
        let around = inside
            .lang
            .as_deref()
            .unwrap_or(if self.arabic { "ar" } else { "" });
        if let Some(lang) = self.language(id).filter(|lang| main(lang) != main(around)) {
            inner = inner.marked(Mark::Language { lang });
        }
        inner
    }

    /// Where a link leads; `None`, and a loss, where no page may lead there.
    fn link_of(&mut self, id: NodeId) -> Option<String> {
        let href = self.dom.attribute(id, "href")?.trim();
        let url = link(href);
        if url.is_none() && !matches!(href, "" | "#") {
            let told: String = href.chars().take(LINK_LETTERS_TOLD).collect();
            self.lose(&format!(
                "link that leads nowhere kept as its words: {told}"
            ));
        }
        url
    }

    fn has_class(&self, id: NodeId, wanted: &str) -> bool {
        let class = self.dom.attribute(id, "class").unwrap_or("");
        class.split_whitespace().any(|class| class == wanted)
    }

    fn in_language_of(&self, id: NodeId, inside: &Inside) -> Inside {
        let mut inner = inside.deeper();
        if let Some(lang) = self.language(id) {
            inner.lang = Some(lang);
        } else if self.arabic && inner.lang.is_none() && self.reads_left_to_right(id) {
            inner.lang = Some(letters::LATIN.to_owned());
        }
        inner
    }

    fn reads_left_to_right(&self, id: NodeId) -> bool {
        let direction = self.dom.attribute(id, "dir").unwrap_or("");
        direction.trim().eq_ignore_ascii_case("ltr")
    }

    /// The language an element states.
    fn language(&self, id: NodeId) -> Option<String> {
        let lang = self.dom.attribute(id, "lang")?.trim();
        let sane = (2..=35).contains(&lang.len())
            && lang
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        sane.then(|| lang.to_owned())
    }

    /// Ends the paragraph in the making, if there is one.
    fn end_paragraph(&mut self, inside: &Inside) {
        if self.gathered.is_empty() {
            return;
        }
        for runs in paragraphs(self.gathered.take()) {
            for kind in lines::blocks(runs) {
                self.blocks.push((inside.lang.clone(), kind));
            }
        }
    }

    fn heading(&mut self, id: NodeId, level: u8, inside: &Inside) {
        self.end_paragraph(inside);
        let inner = self.in_language_of(id, inside);
        // A picture within a heading stands before its words.
        let runs = self.runs_of_children(id, &inner);
        if !runs.is_empty() {
            self.blocks
                .push((inner.lang, BlockKind::Heading { level, runs }));
        }
    }

    /// What `gather` gathers, apart from the paragraph in the making.
    fn apart(&mut self, gather: impl FnOnce(&mut Self)) -> Vec<Run> {
        let rest = std::mem::take(&mut self.gathered);
        gather(self);
        let runs = self.gathered.take();
        self.gathered = rest;
        runs
    }

    /// The text of an element as runs, its blocks parted by line breaks.
    fn runs_of(&mut self, id: NodeId, inside: &Inside) -> Vec<Run> {
        self.apart(|reducer| reducer.inline(id, &inside.collapsed()))
    }

    /// The text of an element's children as runs.
    fn runs_of_children(&mut self, id: NodeId, inside: &Inside) -> Vec<Run> {
        let collapsed = inside.collapsed();
        self.apart(|reducer| {
            for child in reducer.dom.node(id).children.clone() {
                reducer.inline(child, &collapsed);
            }
        })
    }

    /// Gathers a node where no block can stand: in an item, a cell, a caption.
    /// Pictures and embeds are set aside as blocks of their own.
    fn inline(&mut self, id: NodeId, inside: &Inside) {
        let name = self.dom.name(id);
        match name {
            "img" | "iframe" | "video" | "audio" | "embed" | "object" => {
                self.apart(|reducer| reducer.node(id, inside));
            }
            "p" | "div" | "li" | "blockquote" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "tr"
            | "table" | "ul" | "ol" | "section" | "pre" | "figure" | "figcaption" | "dt" | "dd"
            | "tbody" | "thead" | "hr"
                if inside.depth < DEPTH_MAX =>
            {
                if !self.gathered.is_empty() {
                    self.gathered.line_break();
                }
                let inner = inside.deeper();
                for child in self.dom.node(id).children.clone() {
                    self.inline(child, &inner);
                }
                if !self.gathered.is_empty() {
                    self.gathered.line_break();
                }
            }
            "td" | "th" if inside.depth < DEPTH_MAX => {
                let inner = inside.deeper();
                for child in self.dom.node(id).children.clone() {
                    self.inline(child, &inner);
                }
                self.gathered.push(" ", &inside.marks, Lines::Collapse);
            }
            "" | "br" | "script" | "style" | "svg" | "math" => self.node(id, inside),
            _ if inside.depth < DEPTH_MAX => {
                let inner = self.marked(id, inside);
                for child in self.dom.node(id).children.clone() {
                    self.inline(child, &inner);
                }
            }
            _ => self.node(id, inside),
        }
    }

    fn quotation(&mut self, id: NodeId, inside: &Inside) {
        self.end_paragraph(inside);
        // A post of another site: its link says more than its frozen words.
        let class = self.dom.attribute(id, "class").unwrap_or("");
        if class.contains("twitter-tweet") || class.contains("instagram-media") {
            let address = self
                .dom
                .below(id)
                .filter_map(|node| self.dom.attribute(node, "href"))
                .filter_map(link)
                .last();
            if let Some(url) = address {
                let title = tidy(&self.repaired(&self.dom.text(id)));
                let title = (!title.is_empty()).then_some(title);
                self.blocks.push((None, BlockKind::Embed { url, title }));
                return;
            }
        }
        let inner = self.in_language_of(id, inside);
        let (mut inside_blocks, mut source) = (Vec::new(), None);
        std::mem::swap(&mut self.blocks, &mut inside_blocks);
        for child in self.dom.node(id).children.clone() {
            match self.dom.name(child) {
                "footer" | "cite" => {
                    let text = tidy(&self.repaired(&self.dom.text(child)));
                    match &mut source {
                        None if !text.is_empty() => source = Some(text),
                        Some(known) => {
                            known.push(' ');
                            known.push_str(&text);
                        }
                        None => {}
                    }
                }
                _ => self.node(child, &inner),
            }
        }
        self.end_paragraph(&inner);
        std::mem::swap(&mut self.blocks, &mut inside_blocks);
        let mut paragraphs: Vec<Vec<Run>> = Vec::new();
        let mut others = Vec::new();
        for (lang, kind) in inside_blocks {
            match kind {
                BlockKind::Paragraph { runs } | BlockKind::Heading { runs, .. } => {
                    paragraphs.push(runs)
                }
                BlockKind::Quotation {
                    paragraphs: nested,
                    source: nested_source,
                } => {
                    paragraphs.extend(nested);
                    paragraphs.extend(nested_source.map(|source| vec![Run::from(source.as_str())]));
                }
                BlockKind::List { items, .. } => items_as_paragraphs(items, &mut paragraphs),
                other => others.push((lang, other)),
            }
        }
        if paragraphs.is_empty()
            && let Some(source) = source.take()
        {
            paragraphs.push(vec![Run::from(source.as_str())]);
        }
        if !paragraphs.is_empty() {
            self.blocks
                .push((inner.lang, BlockKind::Quotation { paragraphs, source }));
        }
        self.blocks.extend(others);
    }

    fn words(&mut self, text: Option<String>) {
        if let Some(text) = text {
            self.blocks.push((
                None,
                BlockKind::Paragraph {
                    runs: vec![Run::from(text.as_str())],
                },
            ));
        }
    }

    /// The text without the slips of machines; Persian letters are looked at
    /// when the block is whole.
    fn repaired(&mut self, text: &str) -> String {
        let (text, repairs) = repair(text, false);
        self.out.repaired += repairs.presentation_forms + repairs.stray_controls;
        text
    }

    /// Names a loss that a text often has many times, once.
    fn lose_once(&mut self, what: &str) {
        if !self.out.losses.iter().any(|known| known == what) {
            self.lose(what);
        }
    }

    fn lose(&mut self, what: &str) {
        // A page can lose thousands of things; the first hundred tell enough.
        if self.out.losses.len() < 100 {
            self.out.losses.push(what.to_owned());
        }
    }

    fn finish(mut self) -> Reduced {
        if self.blocks.len() > BLOCKS_MAX {
            self.lose("a text of too many blocks: the last ones became one paragraph");
            let rest = self.blocks.split_off(BLOCKS_MAX - 1);
            let kinds = rest.into_iter().map(|(_, kind)| Block {
                id: BlockId(0),
                lang: None,
                kind,
            });
            let text = Body {
                blocks: kinds.collect(),
            }
            .plain_text();
            self.words(Some(text));
        }
        if self.arabic {
            for (lang, kind) in &mut self.blocks {
                self.out.repaired += letters::settle(lang, kind);
                // What is in the article's language says nothing of its own.
                lang.take_if(|lang| main(lang) == "ar");
            }
        }
        let number = |at: usize| BlockId(u32::try_from(at + 1).unwrap_or(u32::MAX));
        let blocks = self.blocks.into_iter().enumerate();
        self.out.body.blocks = blocks
            .map(|(at, (lang, kind))| Block {
                id: number(at),
                lang,
                kind,
            })
            .collect();
        self.out
    }
}

fn items_as_paragraphs(items: Vec<ListItem>, out: &mut Vec<Vec<Run>>) {
    for item in items {
        if !item.runs.is_empty() {
            out.push(item.runs);
        }
        items_as_paragraphs(item.items, out);
    }
}

/// An address that a link may lead to; relative to a site we do not know, none.
///
/// ```
/// # use importer::html::link;
/// assert_eq!(link(" //example.org/x").as_deref(), Some("https://example.org/x"));
/// assert_eq!(link("javascript:alert(1)"), None);
/// ```
pub fn link(url: &str) -> Option<String> {
    let url = url.trim();
    let whole = url.strip_prefix("//").map(|rest| format!("https://{rest}"));
    let url = whole.as_deref().unwrap_or(url);
    let lower = url.to_ascii_lowercase();
    let known = ["http://", "https://", "mailto:", "tel:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme));
    (known || url.starts_with('/') || (url.starts_with('#') && url.len() > 1))
        .then(|| url.to_owned())
}

/// `fr` of `fr-FR`.
fn main(lang: &str) -> &str {
    lang.split('-').next().unwrap_or(lang)
}

/// One line without doubled spaces.
fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
