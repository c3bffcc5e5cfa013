//! A reduced text told in a line for each block.

use editorial::BlockKind;
use importer::html::Reduced;

/// The blocks as one line each: `p:…`, `h2:…`, and so on.
pub(crate) fn outline(reduced: &Reduced) -> Vec<String> {
    let text =
        |runs: &[editorial::Run]| runs.iter().map(|run| run.text.as_str()).collect::<String>();
    let line = |block: &editorial::Block| match &block.kind {
        BlockKind::Paragraph { runs } => format!("p:{}", text(runs)),
        BlockKind::Heading { level, runs } => format!("h{level}:{}", text(runs)),
        BlockKind::List { ordered, items } => {
            format!(
                "{}:{}",
                if *ordered { "ol" } else { "ul" },
                items
                    .iter()
                    .map(|item| text(&item.runs))
                    .collect::<Vec<_>>()
                    .join("|")
            )
        }
        BlockKind::Quotation { paragraphs, source } => {
            format!(
                "q:{}—{}",
                paragraphs
                    .iter()
                    .map(|runs| text(runs))
                    .collect::<Vec<_>>()
                    .join("|"),
                source.as_deref().unwrap_or("")
            )
        }
        BlockKind::Image(image) => format!(
            "img:{}:{}",
            image.url.as_deref().unwrap_or(""),
            image.caption.as_deref().unwrap_or("")
        ),
        BlockKind::Gallery { images } => format!("gallery:{}", images.len()),
        BlockKind::Table {
            header,
            rows,
            caption,
        } => format!(
            "table:{header}:{}:{}",
            rows.iter()
                .map(|row| row
                    .iter()
                    .map(|cell| text(cell))
                    .collect::<Vec<_>>()
                    .join(","))
                .collect::<Vec<_>>()
                .join("|"),
            caption.as_deref().unwrap_or("")
        ),
        BlockKind::Embed { url, title } => {
            format!("embed:{url}:{}", title.as_deref().unwrap_or(""))
        }
        BlockKind::Separator => "hr".to_owned(),
    };
    reduced.body.blocks.iter().map(line).collect()
}
