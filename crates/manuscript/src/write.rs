//! From a body to a document, and a new text over an older one as a change of
//! blocks.
//!
//! What is written is the same bytes for the same body and the same client:
//! no order here comes from a hash table.

use std::{collections::HashMap, sync::Arc};

use editorial::{
    Block, BlockKind, Body, Mark, Run,
    body::{Image, ListItem},
    notation,
};
use yrs::{
    Any, Text as _, TransactionMut, Xml as _, XmlElementPrelim, XmlElementRef, XmlFragment,
    XmlFragmentRef, XmlTextPrelim, types::Attrs,
};

use crate::{offsets, read, schema};

/// Makes the document say `body`: blocks that are there as they are stay, the
/// rest goes and comes. Whether anything was written.
pub(crate) fn over(root: &XmlFragmentRef, txn: &mut TransactionMut, body: &Body) -> bool {
    let body = notation::tidied(body);
    // A block that reads as nothing, such as an empty paragraph, matches none.
    let there: Vec<Option<Block>> = read::children(root, txn)
        .into_iter()
        .map(|child| {
            let block = read::block(&child, txn)?;
            let one = Body {
                blocks: vec![block],
            };
            notation::tidied(&one).blocks.pop()
        })
        .collect();
    let mut kept = 0;
    let mut at = 0;
    let mut written = false;
    for block in &body.blocks {
        let rest = &there[kept..];
        if let Some(before) = rest.iter().position(|old| old.as_ref() == Some(block)) {
            written |= remove(root, txn, at, before);
            kept += before + 1;
        } else {
            insert_block(root, txn, at, block);
            written = true;
        }
        at += 1;
    }
    let left = there.len() - kept;
    remove(root, txn, at, left) || written
}

fn remove(root: &XmlFragmentRef, txn: &mut TransactionMut, at: u32, count: usize) -> bool {
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    if count > 0 {
        root.remove_range(txn, at, count);
    }
    count > 0
}

fn insert_block(root: &XmlFragmentRef, txn: &mut TransactionMut, at: u32, block: &Block) {
    let element = root.insert(txn, at, XmlElementPrelim::empty(name(&block.kind)));
    set(&element, txn, schema::ID, &block.id.0.to_string());
    if let Some(lang) = &block.lang {
        set(&element, txn, schema::LANG, lang);
    }
    match &block.kind {
        BlockKind::Paragraph { runs } => write_runs(&element, txn, runs),
        BlockKind::Heading { level, runs } => {
            set(&element, txn, "level", &level.to_string());
            write_runs(&element, txn, runs);
        }
        BlockKind::List { ordered, items } => write_items(&element, txn, *ordered, items),
        BlockKind::Quotation { paragraphs, source } => {
            for runs in paragraphs {
                write_runs(&push(&element, txn, schema::LINE), txn, runs);
            }
            if let Some(source) = source {
                let runs = [source.as_str().into()];
                write_runs(&push(&element, txn, schema::SOURCE), txn, &runs);
            }
        }
        BlockKind::Image(image) => write_image(&element, txn, image),
        BlockKind::Gallery { images } => {
            for image in images {
                write_image(&push(&element, txn, schema::IMAGE), txn, image);
            }
        }
        BlockKind::Table {
            header,
            rows,
            caption,
        } => {
            if *header {
                set(&element, txn, "header", schema::YES);
            }
            set_some(&element, txn, "caption", caption.as_deref());
            for cells in rows {
                let row = push(&element, txn, schema::ROW);
                for runs in cells {
                    write_runs(&push(&row, txn, schema::CELL), txn, runs);
                }
            }
        }
        BlockKind::Embed { url, title } => {
            set(&element, txn, "url", url);
            set_some(&element, txn, "title", title.as_deref());
        }
        BlockKind::Separator => {}
    }
}

const fn name(kind: &BlockKind) -> &'static str {
    match kind {
        BlockKind::Paragraph { .. } => schema::PARAGRAPH,
        BlockKind::Heading { .. } => schema::HEADING,
        BlockKind::List { .. } => schema::LIST,
        BlockKind::Quotation { .. } => schema::QUOTATION,
        BlockKind::Image(_) => schema::IMAGE,
        BlockKind::Gallery { .. } => schema::GALLERY,
        BlockKind::Table { .. } => schema::TABLE,
        BlockKind::Embed { .. } => schema::EMBED,
        BlockKind::Separator => schema::SEPARATOR,
    }
}

fn push(parent: &XmlElementRef, txn: &mut TransactionMut, name: &'static str) -> XmlElementRef {
    parent.push_back(txn, XmlElementPrelim::empty(name))
}

pub(crate) fn set(
    element: &XmlElementRef,
    txn: &mut TransactionMut,
    name: &'static str,
    value: &str,
) {
    element.insert_attribute(txn, name, value);
}

fn set_some(
    element: &XmlElementRef,
    txn: &mut TransactionMut,
    name: &'static str,
    value: Option<&str>,
) {
    if let Some(value) = value {
        set(element, txn, name, value);
    }
}

fn write_items(list: &XmlElementRef, txn: &mut TransactionMut, ordered: bool, items: &[ListItem]) {
    if ordered {
        set(list, txn, "ordered", schema::YES);
    }
    for item in items {
        let element = push(list, txn, schema::ITEM);
        write_runs(&push(&element, txn, schema::LINE), txn, &item.runs);
        if !item.items.is_empty() {
            let below = push(&element, txn, schema::LIST);
            write_items(&below, txn, item.ordered, &item.items);
        }
    }
}

fn write_image(element: &XmlElementRef, txn: &mut TransactionMut, image: &Image) {
    let media = image.media.map(|id| id.to_string());
    set_some(element, txn, "media", media.as_deref());
    set_some(element, txn, "url", image.url.as_deref());
    if !image.alt.is_empty() {
        set(element, txn, "alt", &image.alt);
    }
    set_some(element, txn, "caption", image.caption.as_deref());
    set_some(element, txn, "credit", image.credit.as_deref());
}

/// The words first, then each mark over each of its stretches: a format alone
/// has one order of its parts.
fn write_runs(element: &XmlElementRef, txn: &mut TransactionMut, runs: &[Run]) {
    let words: String = runs.iter().map(|run| run.text.as_str()).collect();
    if words.is_empty() {
        return;
    }
    let text = element.push_back(txn, XmlTextPrelim::new(words));
    for kind in schema::SCHEMA.marks {
        let mut at = 0;
        let mut open: Option<(&Mark, u32)> = None;
        for run in runs {
            let mark = run
                .marks
                .iter()
                .find(|mark| kind_of(mark).name == kind.name);
            if open.map(|(mark, _)| mark) != mark {
                if let Some((mark, from)) = open.take() {
                    text.format(txn, from, at - from, format(mark));
                }
                open = mark.map(|mark| (mark, at));
            }
            at += offsets::units(&run.text);
        }
        if let Some((mark, from)) = open {
            text.format(txn, from, at - from, format(mark));
        }
    }
}

const fn kind_of(mark: &Mark) -> schema::MarkKind {
    match mark {
        Mark::Strong => schema::STRONG,
        Mark::Emphasis => schema::EMPHASIS,
        Mark::Link { .. } => schema::LINK,
        Mark::Language { .. } => schema::LANGUAGE,
    }
}

fn format(mark: &Mark) -> Attrs {
    let kind = kind_of(mark);
    let value = match mark {
        Mark::Link { url } => Some(url),
        Mark::Language { lang } => Some(lang),
        Mark::Strong | Mark::Emphasis => None,
    };
    let pairs = kind.attribute.zip(value);
    let attributes: HashMap<String, Any> = pairs
        .map(|(name, value)| (name.to_owned(), Any::from(value.as_str())))
        .into_iter()
        .collect();
    Attrs::from([(Arc::from(kind.name), Any::Map(Arc::new(attributes)))])
}
