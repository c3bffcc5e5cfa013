//! From a body to text.

use super::{
    inline,
    letters::{escaped, escaped_address, escaped_name},
    lines::{Kind, Row, is_rule, kind, language, number_end, row, source},
    picture, tidy,
};
use crate::{Block, BlockKind, Body, Run, body::ListItem};

/// Writes a body as text; [`read`](super::read) gives back its
/// [`tidied`](super::tidied) form.
///
/// Addresses are written as they are: of a link that no page may lead to,
/// reading tells a fault.
pub fn write(body: &Body) -> String {
    let body = tidy::tidied(body);
    let mut out = String::new();
    let mut after_numbers = false;
    for block in &body.blocks {
        if !out.is_empty() {
            out.push('\n');
        }
        write_block(&mut out, block, after_numbers);
        out.push('\n');
        after_numbers = matches!(block.kind, BlockKind::List { ordered: true, .. });
    }
    out
}

fn write_block(out: &mut String, block: &Block, after_numbers: bool) {
    if let Some(lang) = &block.lang {
        out.push('{');
        out.push_str(lang);
        out.push_str("} ");
    }
    match &block.kind {
        BlockKind::Paragraph { runs } => {
            let mut first = true;
            push_lines(out, &inline::write(runs, false), "", |line| {
                let after_numbers = std::mem::take(&mut first) && after_numbers;
                sign_of_block(line, after_numbers)
            });
        }
        BlockKind::Heading { level, runs } => {
            out.extend(std::iter::repeat_n('#', usize::from(*level)));
            out.push(' ');
            out.push_str(&one_line(runs, false));
        }
        BlockKind::List { ordered, items } => write_items(out, *ordered, items, 0),
        BlockKind::Quotation { paragraphs, source } => {
            for (at, runs) in paragraphs.iter().enumerate() {
                out.push_str(if at > 0 { "\n>\n> " } else { "> " });
                push_lines(out, &inline::write(runs, false), "> ", sign_of_source);
            }
            if let Some(source) = source {
                out.push_str("\n> — ");
                out.push_str(&escaped(source, &[]));
            }
        }
        BlockKind::Image(image) => picture::write(out, image),
        BlockKind::Gallery { images } => {
            for (at, image) in images.iter().enumerate() {
                if at > 0 {
                    out.push('\n');
                }
                picture::write(out, image);
            }
        }
        BlockKind::Table {
            header,
            rows,
            caption,
        } => write_table(out, *header, rows, caption.as_deref()),
        BlockKind::Embed { url, title } => {
            out.push_str("@[");
            out.push_str(&escaped_name(title.as_deref().unwrap_or_default()));
            out.push_str("](");
            out.push_str(&escaped_address(url));
            out.push(')');
        }
        BlockKind::Separator => out.push_str("---"),
    }
}

/// A text whose line breaks a line of the notation cannot hold.
fn one_line(runs: &[Run], in_cell: bool) -> String {
    inline::write(runs, in_cell).replace('\n', "\\\n")
}

/// Writes the lines of a text, each behind `prefix`; `sign` says where a line
/// begins with a sign that would mean something there. Behind an empty line
/// the line goes on: only so it can be one.
fn push_lines(
    out: &mut String,
    text: &str,
    prefix: &str,
    mut sign: impl FnMut(&str) -> Option<usize>,
) {
    let mut before: Option<&str> = None;
    for line in text.split('\n') {
        match before {
            Some("") => out.push_str("\\\n"),
            Some(_) => {
                out.push('\n');
                out.push_str(prefix);
            }
            None => {}
        }
        let meant = if before == Some("") { None } else { sign(line) };
        let (start, rest) = line.split_at(meant.unwrap_or(0));
        out.push_str(start);
        if meant.is_some() {
            out.push('\\');
        }
        out.push_str(rest);
        before = Some(line);
    }
}

/// The place of the sign that would make a line of text something else.
fn sign_of_block(line: &str, after_numbers: bool) -> Option<usize> {
    let text = line.trim_start();
    let start = line.len() - text.len();
    if language(text).is_some() {
        return Some(start);
    }
    match kind(text) {
        Kind::Text | Kind::Blank => None,
        Kind::Item {
            number: Some(number),
            ..
        } => number_end(text)
            .filter(|_| number == 1 || after_numbers)
            .map(|end| start + end),
        _ => Some(start),
    }
}

fn sign_of_source(line: &str) -> Option<usize> {
    let text = line.trim_start();
    source(text).map(|_| line.len() - text.len())
}

fn write_items(out: &mut String, ordered: bool, items: &[ListItem], level: usize) {
    for (at, item) in items.iter().enumerate() {
        if at > 0 || level > 0 {
            out.push('\n');
        }
        out.extend(std::iter::repeat_n("  ", level));
        if ordered {
            out.push_str(&format!("{}.", at + 1));
        } else {
            out.push('-');
        }
        if !item.runs.is_empty() {
            out.push(' ');
            out.push_str(&one_line(&item.runs, false));
        }
        write_items(out, item.ordered, &item.items, level + 1);
    }
}

fn write_table(out: &mut String, header: bool, rows: &[Vec<Vec<Run>>], caption: Option<&str>) {
    for (at, cells) in rows.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let mut line = String::from("|");
        for cell in cells {
            line.push(' ');
            line.push_str(&one_line(cell, true));
            line.push_str(" |");
        }
        // Dashes alone would make the row before it a header.
        if let Some(Row::Cells(read)) = row(&line)
            && is_rule(&read)
        {
            line.insert(2, '\\');
        }
        out.push_str(&line);
        if header && at == 0 {
            out.push_str("\n|");
            out.extend(std::iter::repeat_n("---|", cells.len()));
        }
    }
    if let Some(caption) = caption {
        out.push_str("\n|— ");
        out.push_str(&escaped(caption, &['|']));
    }
}
