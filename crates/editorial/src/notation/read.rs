//! From text to a body.

use super::{
    Faults, LIST_LEVELS_MAX, NotationFault, TEXT_LETTERS_MAX, inline,
    letters::{is_web_address, plain},
    lines::{Kind, Line, Row, cleaned, is_rule, kind, language, lines, row, source},
    picture, tidy,
};
use crate::{
    Block, BlockId, BlockKind, Body, Run,
    body::{BLOCKS_MAX, Image, ListItem},
};

/// Reads a text. Its blocks keep the ids of the same blocks in `older`; the
/// others get ids above `highest` and all of `older`, as
/// [`Body::with_ids_kept_from`] does. What is read is [`tidied`](super::tidied).
///
/// ```
/// # use editorial::{Body, BlockId, notation};
/// let body = notation::read("## عنوان\n\nقال **«نعم»**، ثم سكت.", &Body::default(), BlockId(0));
/// assert_eq!(body.map(|body| body.blocks.len()), Ok(2));
/// ```
///
/// # Errors
/// What would be lost of it, in the order of its lines, at most
/// [`FAULTS_MAX`](super::FAULTS_MAX) of it.
pub fn read(text: &str, older: &Body, highest: BlockId) -> Result<Body, Vec<NotationFault>> {
    if let Some((end, _)) = text.char_indices().nth(TEXT_LETTERS_MAX) {
        let line = 1 + text[..end].matches('\n').count();
        return Err(vec![NotationFault::TextTooLong { line }]);
    }
    let text = cleaned(text);
    let lines = lines(&text);
    let mut reader = Reader::default();
    for (at, line) in lines.iter().enumerate() {
        reader.line(*line, lines.get(at + 1));
        if reader.is_full {
            break;
        }
    }
    reader.close();
    if !reader.faults.0.is_empty() {
        reader.faults.0.sort_by_key(NotationFault::line);
        return Err(reader.faults.0);
    }
    let body = Body {
        blocks: reader.blocks,
    };
    // No id of a block that tidying takes away is given again.
    let known = older.blocks.iter().map(|block| block.id);
    let highest = known.fold(highest, Ord::max);
    Ok(body.with_ids_kept_from(&tidy::tidied(older), highest))
}

/// A block whose lines go on.
enum Open<'a> {
    Paragraph(String),
    /// The lines and what stands behind their sign.
    Quotation(Vec<Line<'a>>),
    List(List),
    Pictures(Vec<Image>),
    Table {
        rows: Vec<Vec<Vec<Run>>>,
        header: bool,
        caption: Option<String>,
    },
}

struct Begun<'a> {
    /// The line in which it begins.
    line: usize,
    lang: Option<&'a str>,
    block: Open<'a>,
}

#[derive(Default)]
struct Reader<'a> {
    begun: Option<Begun<'a>>,
    blocks: Vec<Block>,
    faults: Faults,
    /// Whether there is one block too many.
    is_full: bool,
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: Line<'a>, next: Option<&Line<'a>>) {
        let text = line.text.trim_start();
        let blanks = &line.text[..line.text.len() - text.len()];
        let (lang, text) = match language(text) {
            Some((lang, rest)) => (Some(lang), rest),
            None => (None, text),
        };
        if lang.is_some() {
            self.close();
        }
        let here = Line { text, ..line };
        match kind(text) {
            Kind::Blank => self.blank(),
            Kind::Heading { level, words } => {
                self.close();
                let runs = self.runs(words, line.number);
                self.push(line.number, lang, BlockKind::Heading { level, runs });
            }
            Kind::Separator => {
                self.close();
                self.push(line.number, lang, BlockKind::Separator);
            }
            Kind::Embed { title, url } => {
                self.close();
                let url = url.trim().to_owned();
                if !is_web_address(&url) {
                    self.faults
                        .add(|| NotationFault::address(line.number, &url));
                }
                let title = Some(title);
                self.push(line.number, lang, BlockKind::Embed { url, title });
            }
            Kind::Picture => {
                if let Some(image) = picture::read(here, &mut self.faults) {
                    self.picture(line.number, lang, image);
                }
            }
            Kind::Row => self.row(here, lang),
            Kind::Quotation(words) => {
                let words = Line {
                    text: words,
                    ..line
                };
                if let Some(Open::Quotation(lines)) = self.open() {
                    lines.push(words);
                } else {
                    self.begin(line.number, lang, Open::Quotation(vec![words]));
                }
            }
            Kind::Item { number, words } => {
                let item = Item {
                    indent: indent(blanks),
                    number,
                    words: words.to_owned(),
                    line: line.number,
                };
                // A sign alone is an item where items stand below it.
                let is_item =
                    !words.is_empty() || next.is_some_and(|next| is_below(next, item.indent));
                if !(is_item && self.item(item, lang)) {
                    self.text(blanks, here, lang);
                }
            }
            Kind::Text => self.text(blanks, here, lang),
        }
    }

    fn open(&mut self) -> Option<&mut Open<'a>> {
        self.begun.as_mut().map(|begun| &mut begun.block)
    }

    fn begin(&mut self, line: usize, lang: Option<&'a str>, block: Open<'a>) {
        self.close();
        self.begun = Some(Begun { line, lang, block });
    }

    fn blank(&mut self) {
        if let Some(Open::List(list)) = self.open() {
            list.after_blank = true;
        } else {
            self.close();
        }
    }

    fn text(&mut self, blanks: &str, line: Line<'a>, lang: Option<&'a str>) {
        match self.open() {
            Some(Open::Paragraph(words)) => {
                words.push('\n');
                words.push_str(blanks);
                words.push_str(line.text);
            }
            Some(Open::List(list)) if !list.after_blank && !blanks.is_empty() => {
                list.go_on(line.text);
            }
            _ => self.begin(line.number, lang, Open::Paragraph(line.text.to_owned())),
        }
    }

    /// Takes an item; false where the line is text.
    fn item(&mut self, item: Item, lang: Option<&'a str>) -> bool {
        let begins = matches!(item.number, None | Some(1));
        let line = item.line;
        let item = match self.open() {
            Some(Open::List(list)) => match list.take(item) {
                Ok(()) => return true,
                Err(item) => item,
            },
            _ => item,
        };
        if begins {
            self.begin(line, lang, Open::List(List::from(item)));
        }
        begins
    }

    fn picture(&mut self, line: usize, lang: Option<&'a str>, image: Image) {
        if let Some(Open::Pictures(images)) = self.open() {
            images.push(image);
        } else {
            self.begin(line, lang, Open::Pictures(vec![image]));
        }
    }

    fn row(&mut self, line: Line<'a>, lang: Option<&'a str>) {
        let Some(read) = row(line.text) else {
            self.faults
                .add(|| NotationFault::BrokenRow { line: line.number });
            return;
        };
        // Nothing stands below the caption.
        if !matches!(self.open(), Some(Open::Table { caption: None, .. })) {
            let table = Open::Table {
                rows: Vec::new(),
                header: false,
                caption: None,
            };
            self.begin(line.number, lang, table);
        }
        let read = match read {
            Row::Cells(cells) => cells,
            Row::Caption(words) => {
                if let Some(Open::Table { caption, .. }) = self.open() {
                    *caption = Some(plain(words));
                }
                return;
            }
        };
        if is_rule(&read)
            && let Some(Open::Table { rows, header, .. }) = self.open()
            && rows.len() == 1
            && !*header
        {
            *header = true;
            return;
        }
        let mut number = line.number;
        let mut cells = Vec::new();
        for cell in read {
            cells.push(self.runs(cell, number));
            number += cell.matches('\n').count();
        }
        if let Some(Open::Table { rows, .. }) = self.open() {
            rows.push(cells);
        }
    }

    fn runs(&mut self, words: &str, line: usize) -> Vec<Run> {
        inline::read(words, line, &mut self.faults)
    }

    /// Ends the block that goes on, if there is one.
    fn close(&mut self) {
        let Some(Begun { line, lang, block }) = self.begun.take() else {
            return;
        };
        let kind = match block {
            Open::Paragraph(words) => BlockKind::Paragraph {
                runs: self.runs(&words, line),
            },
            Open::Quotation(lines) => self.quotation(&lines),
            Open::List(list) => self.list(list),
            Open::Pictures(images) => BlockKind::Gallery { images },
            Open::Table {
                rows,
                header,
                caption,
            } => BlockKind::Table {
                header,
                rows,
                caption,
            },
        };
        self.push(line, lang, kind);
    }

    fn quotation(&mut self, lines: &[Line<'_>]) -> BlockKind {
        let (mut lines, mut said_by) = (lines, None);
        if let [rest @ .., last] = lines
            && let Some(words) = source(last.text.trim_start())
        {
            lines = rest;
            said_by = Some(plain(words));
        }
        let mut paragraphs = Vec::new();
        for lines in lines.split(|line| line.text.is_empty()) {
            if let Some(first) = lines.first() {
                let words: Vec<&str> = lines.iter().map(|line| line.text).collect();
                paragraphs.push(self.runs(&words.join("\n"), first.number));
            }
        }
        BlockKind::Quotation {
            paragraphs,
            source: said_by,
        }
    }

    fn list(&mut self, list: List) -> BlockKind {
        let mut items = list.items.into_iter().peekable();
        let below = self.items_below(0, &mut items);
        BlockKind::List {
            ordered: below.0,
            items: below.1,
        }
    }

    /// The items of a level, and whether the first is numbered.
    fn items_below(
        &mut self,
        level: usize,
        rest: &mut std::iter::Peekable<impl Iterator<Item = (usize, Item)>>,
    ) -> (bool, Vec<ListItem>) {
        let mut out = Vec::new();
        let mut is_ordered = None;
        while let Some((_, item)) = rest.next_if(|(depth, _)| *depth == level) {
            is_ordered.get_or_insert(item.number.is_some());
            let runs = self.runs(&item.words, item.line);
            let (ordered, items) = if rest.peek().is_some_and(|(depth, _)| *depth > level) {
                self.items_below(level + 1, rest)
            } else {
                (false, Vec::new())
            };
            out.push(ListItem {
                runs,
                ordered,
                items,
            });
        }
        (is_ordered.unwrap_or(false), out)
    }

    fn push(&mut self, line: usize, lang: Option<&str>, kind: BlockKind) {
        let block = Block {
            id: BlockId(0),
            lang: lang.map(str::to_owned),
            kind,
        };
        let Some(block) = tidy::block(&block) else {
            return;
        };
        if self.blocks.len() == BLOCKS_MAX {
            if !self.is_full {
                self.faults.add(|| NotationFault::TooManyBlocks { line });
            }
            self.is_full = true;
        } else {
            self.blocks.push(block);
        }
    }
}

/// A line that begins with the sign of an item.
struct Item {
    /// Blanks before it.
    indent: usize,
    number: Option<u32>,
    words: String,
    line: usize,
}

/// A list in the making.
struct List {
    /// The items and their levels, from 0; a level is at most one above that
    /// of the item before.
    items: Vec<(usize, Item)>,
    /// For each open level how far it is indented and whether it is numbered.
    levels: Vec<(usize, bool)>,
    /// Items of the first level.
    count: u32,
    after_blank: bool,
}

impl From<Item> for List {
    fn from(first: Item) -> Self {
        Self {
            levels: vec![(first.indent, first.number.is_some())],
            items: vec![(0, first)],
            count: 1,
            after_blank: false,
        }
    }
}

impl List {
    /// Adds an item, or gives it back where it does not go on with this list.
    fn take(&mut self, item: Item) -> Result<(), Item> {
        let keep = self
            .levels
            .iter()
            .rposition(|(indent, _)| *indent <= item.indent);
        let keep = keep.unwrap_or(0);
        let (indent, numbered) = self.levels[keep];
        let is_numbered = item.number.is_some();
        let is_deeper = item.indent >= indent + 2;
        // Behind an empty line only what cannot be a list of its own.
        let goes_on =
            item.indent >= 2 || (is_numbered && numbered && item.number == Some(self.count + 1));
        if self.after_blank && !goes_on {
            return Err(item);
        }
        if is_deeper && !matches!(item.number, None | Some(1)) {
            return Err(item);
        }
        if !is_deeper && keep == 0 && is_numbered != numbered {
            return Err(item);
        }
        self.after_blank = false;
        self.levels.truncate(keep + 1);
        if is_deeper && self.levels.len() < LIST_LEVELS_MAX {
            self.levels.push((item.indent, is_numbered));
        } else if keep == 0 && !is_deeper {
            self.count += 1;
            self.levels[0].0 = indent.min(item.indent);
        }
        self.items.push((self.levels.len() - 1, item));
        Ok(())
    }

    /// A further line of the last item.
    fn go_on(&mut self, words: &str) {
        if let Some((_, item)) = self.items.last_mut() {
            item.words.push('\n');
            item.words.push_str(words);
        }
    }
}

/// How far blanks indent: a tab as two spaces.
fn indent(blanks: &str) -> usize {
    blanks
        .chars()
        .map(|blank| if blank == '\t' { 2 } else { 1 })
        .sum()
}

/// Whether a line is an item one level below one that is so far indented.
fn is_below(line: &Line<'_>, above: usize) -> bool {
    let text = line.text.trim_start();
    let blanks = &line.text[..line.text.len() - text.len()];
    let begins = matches!(
        kind(text),
        Kind::Item {
            number: None | Some(1),
            ..
        }
    );
    begins && indent(blanks) >= above + 2
}
