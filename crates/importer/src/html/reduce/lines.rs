//! Lines of a paragraph that are an address and nothing else: WordPress shows
//! what stands there (a video, a post of another site), so they are embeds.

use editorial::{BlockKind, Mark, Run};

/// The blocks of one paragraph: itself, parted where a line is an address.
pub(super) fn blocks(runs: Vec<Run>) -> Vec<BlockKind> {
    if !runs.iter().any(|run| run.text.contains("http")) {
        return vec![BlockKind::Paragraph { runs }];
    }
    let lines = lines(&runs);
    if lines.iter().all(|line| lone_address(line).is_none()) {
        return vec![BlockKind::Paragraph { runs }];
    }
    let mut blocks = Vec::new();
    let mut words: Vec<Run> = Vec::new();
    for line in lines {
        if let Some(url) = lone_address(&line) {
            if !words.is_empty() {
                let runs = std::mem::take(&mut words);
                blocks.push(BlockKind::Paragraph { runs });
            }
            blocks.push(BlockKind::Embed { url, title: None });
        } else if !line.is_empty() {
            if let Some(last) = words.last_mut() {
                last.text.push('\n');
            }
            words.extend(line);
        }
    }
    if !words.is_empty() {
        blocks.push(BlockKind::Paragraph { runs: words });
    }
    blocks
}

fn lines(runs: &[Run]) -> Vec<Vec<Run>> {
    let mut lines = vec![Vec::new()];
    for run in runs {
        for (number, piece) in run.text.split('\n').enumerate() {
            if number > 0 {
                lines.push(Vec::new());
            }
            if let (false, Some(line)) = (piece.is_empty(), lines.last_mut()) {
                line.push(Run {
                    text: piece.to_owned(),
                    marks: run.marks.clone(),
                });
            }
        }
    }
    lines
}

/// The address that is all a line holds.
fn lone_address(runs: &[Run]) -> Option<String> {
    let [run] = runs else { return None };
    let text = run.text.trim();
    let plain = run
        .marks
        .iter()
        .all(|mark| matches!(mark, Mark::Link { url } if url == text));
    let address = text.starts_with("http://") || text.starts_with("https://");
    (plain && address && !text.contains(char::is_whitespace)).then(|| text.to_owned())
}
