//! From a document to a body.
//!
//! What is not of the schema is passed over: an unknown element with all it
//! holds, an unknown mark without its words. What the writers of notation may
//! not say, such as a link that is no address, is not said here either.

use editorial::{
    Block, BlockId, BlockKind, Body, Id, Mark, Run,
    body::{Image, ListItem},
    notation,
};
use yrs::{
    Any, Out, ReadTxn, Text as _, Xml as _, XmlElementRef, XmlFragment, XmlFragmentRef, XmlOut,
    XmlTextRef,
    types::text::{Diff, YChange},
};

use crate::schema;

/// The highest name of a block that is believed: what is higher was given by nobody of us.
pub(crate) const BLOCK_ID_MAX: u32 = 1 << 30;

/// The text as it stands, in the form that notation gives it. A block without a
/// number of its own, or with one that is taken, has the number 0.
pub(crate) fn body<T: ReadTxn>(root: &XmlFragmentRef, txn: &T) -> Body {
    let children = children(root, txn);
    let blocks = children.iter().filter_map(|child| block(child, txn));
    notation::tidied(&Body {
        blocks: blocks.collect(),
    })
}

/// The children of the document, whatever they are.
pub(crate) fn children<T: ReadTxn>(root: &XmlFragmentRef, txn: &T) -> Vec<XmlOut> {
    root.children(txn).collect()
}

/// Whether elements are nested `most` levels deep at most, texts hold words alone and
/// attributes nothing that holds others.
pub(crate) fn is_flat<T: ReadTxn>(root: &XmlFragmentRef, txn: &T, most: usize) -> bool {
    let mut level = children(root, txn);
    for _ in 0..most {
        let mut below = Vec::new();
        for child in &level {
            match child {
                XmlOut::Element(element) => {
                    if !element.attributes(txn).all(|(_, value)| is_plain(&value)) {
                        return false;
                    }
                    below.extend(element.children(txn));
                }
                XmlOut::Text(text) => {
                    let pieces = text.diff(txn, YChange::identity);
                    let is_words = |piece: &Diff<_>| is_plain(&piece.insert);
                    if !(pieces.iter().all(is_words) && text.attributes(txn).next().is_none()) {
                        return false;
                    }
                }
                XmlOut::Fragment(_) => return false,
            }
        }
        level = below;
    }
    level.is_empty()
}

const fn is_plain(value: &Out) -> bool {
    matches!(value, Out::Any(_))
}

/// The number that a block has in the document.
pub(crate) fn id<T: ReadTxn>(element: &XmlElementRef, txn: &T) -> Option<BlockId> {
    let digits = attribute(element, txn, schema::ID)?;
    let number: u32 = digits.parse().ok()?;
    (1..=BLOCK_ID_MAX)
        .contains(&number)
        .then_some(BlockId(number))
}

/// A block, if the child is one.
pub(crate) fn block<T: ReadTxn>(child: &XmlOut, txn: &T) -> Option<Block> {
    let XmlOut::Element(element) = child else {
        return None;
    };
    let of = |name| attribute(element, txn, name);
    let kind = match element.try_tag()?.as_ref() {
        schema::PARAGRAPH => BlockKind::Paragraph {
            runs: runs(element, txn),
        },
        schema::HEADING => BlockKind::Heading {
            level: of("level")
                .and_then(|level| level.parse().ok())
                .unwrap_or(2),
            runs: runs(element, txn),
        },
        schema::LIST => BlockKind::List {
            ordered: is_set(element, txn, "ordered"),
            items: items(element, txn, 1),
        },
        schema::QUOTATION => {
            let parts = elements(element, txn);
            let named = |name| parts.iter().filter(move |part| is(part, name));
            let source: Vec<String> = named(schema::SOURCE).map(|one| words(one, txn)).collect();
            BlockKind::Quotation {
                paragraphs: named(schema::LINE).map(|one| runs(one, txn)).collect(),
                source: Some(source.join(" ")).filter(|words| !words.is_empty()),
            }
        }
        schema::IMAGE => BlockKind::Image(image(element, txn)),
        schema::GALLERY => BlockKind::Gallery {
            images: parts(element, txn, schema::IMAGE, |one| image(one, txn)),
        },
        schema::TABLE => BlockKind::Table {
            header: is_set(element, txn, "header"),
            rows: parts(element, txn, schema::ROW, |row| {
                parts(row, txn, schema::CELL, |cell| runs(cell, txn))
            }),
            caption: of("caption"),
        },
        schema::EMBED => BlockKind::Embed {
            url: of("url").filter(|url| notation::is_web_address(url))?,
            title: of("title"),
        },
        schema::SEPARATOR => BlockKind::Separator,
        _ => return None,
    };
    Some(Block {
        id: id(element, txn).unwrap_or(BlockId(0)),
        lang: of(schema::LANG),
        kind,
    })
}

fn is(element: &XmlElementRef, name: &str) -> bool {
    element.try_tag().is_some_and(|tag| tag.as_ref() == name)
}

fn elements<T: ReadTxn>(element: &XmlElementRef, txn: &T) -> Vec<XmlElementRef> {
    let children = element.children(txn);
    children.filter_map(XmlOut::into_xml_element).collect()
}

fn parts<T: ReadTxn, P>(
    element: &XmlElementRef,
    txn: &T,
    name: &str,
    read: impl Fn(&XmlElementRef) -> P,
) -> Vec<P> {
    let all = elements(element, txn);
    all.iter().filter(|one| is(one, name)).map(read).collect()
}

fn attribute<T: ReadTxn>(element: &XmlElementRef, txn: &T, name: &str) -> Option<String> {
    match element.get_attribute(txn, name)? {
        Out::Any(Any::String(text)) => Some(text.to_string()),
        _ => None,
    }
}

fn is_set<T: ReadTxn>(element: &XmlElementRef, txn: &T, name: &str) -> bool {
    attribute(element, txn, name).is_some_and(|value| value == schema::YES)
}

/// The items of a list and of what follows it at this level. Below the levels that a
/// list may have, items are of the last one.
fn items<T: ReadTxn>(list: &XmlElementRef, txn: &T, level: usize) -> Vec<ListItem> {
    let mut out = Vec::new();
    for item in elements(list, txn)
        .iter()
        .filter(|one| is(one, schema::ITEM))
    {
        let lists = elements(item, txn);
        let below: Vec<_> = lists.iter().filter(|one| is(one, schema::LIST)).collect();
        let inner = |list: &&XmlElementRef| items(list, txn, level + 1);
        let mut read = ListItem {
            runs: lines(item, txn),
            ordered: below
                .first()
                .is_some_and(|list| is_set(list, txn, "ordered")),
            items: below.iter().flat_map(inner).collect(),
        };
        if level < notation::LIST_LEVELS_MAX {
            out.push(read);
        } else {
            let deeper = std::mem::take(&mut read.items);
            read.ordered = false;
            out.push(read);
            out.extend(deeper);
        }
    }
    out
}

/// The lines of an item, which should be one.
fn lines<T: ReadTxn>(item: &XmlElementRef, txn: &T) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    for line in parts(item, txn, schema::LINE, |line| runs(line, txn)) {
        if !out.is_empty() && !line.is_empty() {
            out.push("\n".into());
        }
        out.extend(line);
    }
    out
}

fn image<T: ReadTxn>(element: &XmlElementRef, txn: &T) -> Image {
    let of = |name| attribute(element, txn, name);
    Image {
        media: of("media").and_then(|digits| Id::parse(&digits)),
        url: of("url").filter(|url| notation::is_picture_address(url)),
        alt: of("alt").unwrap_or_default(),
        caption: of("caption"),
        credit: of("credit"),
    }
}

fn texts<T: ReadTxn>(element: &XmlElementRef, txn: &T) -> Vec<XmlTextRef> {
    let children = element.children(txn);
    children.filter_map(XmlOut::into_xml_text).collect()
}

/// The words of an element without their marks.
fn words<T: ReadTxn>(element: &XmlElementRef, txn: &T) -> String {
    let runs = runs(element, txn);
    runs.into_iter().map(|run| run.text).collect()
}

/// The words of an element. Two texts in it, as two who began to write in an
/// empty block at once leave them, are one.
fn runs<T: ReadTxn>(element: &XmlElementRef, txn: &T) -> Vec<Run> {
    let mut out = Vec::new();
    for text in texts(element, txn) {
        for piece in text.diff(txn, YChange::identity) {
            let Out::Any(Any::String(words)) = piece.insert else {
                continue;
            };
            let formats = piece.attributes.as_deref();
            let marks = schema::SCHEMA.marks.iter().filter_map(|kind| {
                let value = formats?.get(kind.name)?;
                mark(*kind, value)
            });
            out.push(Run {
                text: words.to_string(),
                marks: marks.collect(),
            });
        }
    }
    out
}

fn mark(kind: schema::MarkKind, value: &Any) -> Option<Mark> {
    let Any::Map(attributes) = value else {
        return None;
    };
    let text = || match attributes.get(kind.attribute?)? {
        Any::String(text) => Some(text.to_string()),
        _ => None,
    };
    if kind.name == schema::LINK.name {
        let url = text().filter(|url| notation::is_link(url))?;
        return Some(Mark::Link { url });
    }
    if kind.name == schema::LANGUAGE.name {
        return Some(Mark::Language { lang: text()? });
    }
    Some(if kind.name == schema::STRONG.name {
        Mark::Strong
    } else {
        Mark::Emphasis
    })
}
