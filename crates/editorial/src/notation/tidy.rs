//! The one form of bodies that say the same.

use super::{LIST_LEVELS_MAX, letters::is_language, lines::cleaned};
use crate::{
    Block, BlockKind, Body, Mark, Run,
    body::{Image, ListItem},
};

/// The body without what makes no difference to a reader; what is read from
/// text always has this form, and it is what comes back of a body that was
/// written.
///
/// - Control characters but tab and line end, and byte order marks, are gone.
/// - Blanks at the ends of lines, and blanks and empty lines at the ends of a
///   text, are gone; strong importance and stress begin and end with a letter.
/// - Runs of equal marks are one, empty ones are none. A run has each mark
///   once, the inner one where there were two, in the order link, language,
///   strong, emphasis. An address has no blanks; a mark of what is no language
///   is none.
/// - What holds no words is gone: paragraphs, headings, items without items
///   below, rows without cells. Empty words for a source, a title, the caption
///   of a table are none. (A picture's caption may be empty on purpose: it
///   stands in place of the one the picture has elsewhere.)
/// - An item without items below is not `ordered`. Lists have at most
///   [`LIST_LEVELS_MAX`] levels.
/// - A gallery of one is a picture; a quotation of its source alone, or a table
///   of its caption alone, is that text. A heading has level 2 to 4.
pub fn tidied(body: &Body) -> Body {
    Body {
        blocks: body.blocks.iter().filter_map(block).collect(),
    }
}

/// The tidy form of a block, if it holds anything.
pub(super) fn block(block: &Block) -> Option<Block> {
    let lang = block.lang.clone().filter(|lang| is_language(lang));
    let kind = kind(&block.kind)?;
    Some(Block {
        id: block.id,
        lang,
        kind,
    })
}

fn kind(kind: &BlockKind) -> Option<BlockKind> {
    Some(match kind {
        BlockKind::Paragraph { runs } => BlockKind::Paragraph {
            runs: some_runs(runs)?,
        },
        BlockKind::Heading { level, runs } => BlockKind::Heading {
            level: (*level).clamp(2, 4),
            runs: some_runs(runs)?,
        },
        BlockKind::List { ordered, items } => {
            let items = list_items(items, 1);
            if items.is_empty() {
                return None;
            }
            BlockKind::List {
                ordered: *ordered,
                items,
            }
        }
        BlockKind::Quotation { paragraphs, source } => {
            let paragraphs: Vec<_> = paragraphs
                .iter()
                .filter_map(|runs| some_runs(runs))
                .collect();
            match (paragraphs.is_empty(), some_words(source.as_ref())) {
                (true, None) => return None,
                (true, Some(source)) => BlockKind::Quotation {
                    paragraphs: vec![vec![source.as_str().into()]],
                    source: None,
                },
                (false, source) => BlockKind::Quotation { paragraphs, source },
            }
        }
        BlockKind::Image(picture) => BlockKind::Image(image(picture)),
        BlockKind::Gallery { images } => match &images[..] {
            [] => return None,
            [picture] => BlockKind::Image(image(picture)),
            _ => BlockKind::Gallery {
                images: images.iter().map(image).collect(),
            },
        },
        BlockKind::Table {
            header,
            rows,
            caption,
        } => {
            let rows: Vec<Vec<_>> = rows
                .iter()
                .filter(|row| !row.is_empty())
                .map(|row| row.iter().map(|cell| runs(cell)).collect())
                .collect();
            let caption = some_words(caption.as_ref());
            if rows.is_empty() {
                return caption.map(|caption| BlockKind::Paragraph {
                    runs: vec![caption.as_str().into()],
                });
            }
            BlockKind::Table {
                header: *header,
                rows,
                caption,
            }
        }
        BlockKind::Embed { url, title } => BlockKind::Embed {
            url: address(url),
            title: some_words(title.as_ref()),
        },
        BlockKind::Separator => BlockKind::Separator,
    })
}

fn image(image: &Image) -> Image {
    Image {
        media: image.media,
        url: image
            .url
            .as_deref()
            .map(address)
            .filter(|url| !url.is_empty()),
        alt: words(&image.alt),
        caption: image.caption.as_deref().map(words),
        credit: image.credit.as_deref().map(words),
    }
}

fn list_items(items: &[ListItem], level: usize) -> Vec<ListItem> {
    let mut out = Vec::new();
    for item in items {
        let mut tidy = ListItem {
            runs: runs(&item.runs),
            ..ListItem::default()
        };
        let mut deeper = Vec::new();
        if level < LIST_LEVELS_MAX {
            tidy.items = list_items(&item.items, level + 1);
            tidy.ordered = item.ordered && !tidy.items.is_empty();
        } else {
            flattened(&item.items, &mut deeper);
        }
        if !tidy.runs.is_empty() || !tidy.items.is_empty() {
            out.push(tidy);
        }
        out.append(&mut deeper);
    }
    out
}

/// The items and all below them as items of one level.
fn flattened(items: &[ListItem], out: &mut Vec<ListItem>) {
    let mut rest: Vec<&ListItem> = items.iter().rev().collect();
    while let Some(item) = rest.pop() {
        let runs = runs(&item.runs);
        if !runs.is_empty() {
            out.push(ListItem {
                runs,
                ..ListItem::default()
            });
        }
        rest.extend(item.items.iter().rev());
    }
}

/// A text without marks.
fn words(text: &str) -> String {
    cleaned(text).trim().to_owned()
}

fn some_words(text: Option<&String>) -> Option<String> {
    text.map(|text| words(text)).filter(|text| !text.is_empty())
}

/// An address without controls, and with its blanks as a browser sends them.
fn address(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    let signs = address.trim().chars();
    for sign in signs.filter(|sign| !sign.is_control() && *sign != '\u{FEFF}') {
        if sign.is_whitespace() {
            let mut bytes = [0; 4];
            for byte in sign.encode_utf8(&mut bytes).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        } else {
            out.push(sign);
        }
    }
    out
}

fn some_runs(text: &[Run]) -> Option<Vec<Run>> {
    Some(runs(text)).filter(|runs| !runs.is_empty())
}

/// A letter with the marks that are on it.
struct Marked {
    sign: char,
    /// The run it is of.
    run: usize,
    strong: bool,
    emphasis: bool,
}

/// The marks of a run but strong and emphasis.
#[derive(PartialEq, Eq)]
struct Around {
    link: Option<String>,
    lang: Option<String>,
}

/// The tidy form of the text of a paragraph, item or cell.
pub(super) fn runs(runs: &[Run]) -> Vec<Run> {
    let mut letters = letters(runs);
    trim(&mut letters, |letter| &mut letter.strong);
    trim(&mut letters, |letter| &mut letter.emphasis);

    let around: Vec<Around> = runs.iter().map(around).collect();
    let mut out: Vec<Run> = Vec::new();
    let mut last: Option<&Marked> = None;
    for letter in &letters {
        let same = last.is_some_and(|last| {
            (last.strong, last.emphasis) == (letter.strong, letter.emphasis)
                && (last.run == letter.run || around[last.run] == around[letter.run])
        });
        match out.last_mut() {
            Some(run) if same => run.text.push(letter.sign),
            _ => out.push(Run {
                text: letter.sign.to_string(),
                marks: marks(&around[letter.run], letter),
            }),
        }
        last = Some(letter);
    }
    out
}

fn around(run: &Run) -> Around {
    let mut out = Around {
        link: None,
        lang: None,
    };
    for mark in &run.marks {
        match mark {
            Mark::Link { url } => out.link = Some(address(url)).filter(|url| !url.is_empty()),
            Mark::Language { lang } => {
                out.lang = Some(lang.clone()).filter(|lang| is_language(lang))
            }
            Mark::Strong | Mark::Emphasis => {}
        }
    }
    out
}

fn marks(around: &Around, letter: &Marked) -> Vec<Mark> {
    let link = around.link.clone().map(|url| Mark::Link { url });
    let lang = around.lang.clone().map(|lang| Mark::Language { lang });
    let strong = letter.strong.then_some(Mark::Strong);
    let emphasis = letter.emphasis.then_some(Mark::Emphasis);
    [link, lang, strong, emphasis]
        .into_iter()
        .flatten()
        .collect()
}

/// The letters that stay, without blanks at the ends of lines and of the text.
fn letters(runs: &[Run]) -> Vec<Marked> {
    let mut out: Vec<Marked> = Vec::new();
    let mut after_return = false;
    for (at, run) in runs.iter().enumerate() {
        let strong = run.marks.contains(&Mark::Strong);
        let emphasis = run.marks.contains(&Mark::Emphasis);
        for sign in run.text.chars() {
            let follows_return = std::mem::replace(&mut after_return, sign == '\r');
            let sign = match sign {
                '\n' if follows_return => continue,
                '\n' | '\r' => '\n',
                '\t' => '\t',
                '\u{FEFF}' => continue,
                _ if sign.is_control() => continue,
                _ => sign,
            };
            if sign == '\n' {
                while out
                    .pop_if(|last| last.sign != '\n' && last.sign.is_whitespace())
                    .is_some()
                {}
            }
            if !(out.is_empty() && sign.is_whitespace()) {
                out.push(Marked {
                    sign,
                    run: at,
                    strong,
                    emphasis,
                });
            }
        }
    }
    while out.pop_if(|last| last.sign.is_whitespace()).is_some() {}
    out
}

/// Takes a mark off the blanks at both ends of each stretch that has it.
fn trim(letters: &mut [Marked], mark: fn(&mut Marked) -> &mut bool) {
    let mut inside = false;
    for letter in &mut *letters {
        let blank = letter.sign.is_whitespace();
        let marked = mark(letter);
        *marked &= inside || !blank;
        inside = *marked;
    }
    inside = false;
    for letter in letters.iter_mut().rev() {
        let blank = letter.sign.is_whitespace();
        let marked = mark(letter);
        *marked &= inside || !blank;
        inside = *marked;
    }
}
