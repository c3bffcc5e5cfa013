//! Makes `comment/resemblance.tsv`: the weights by which a comment resembles
//! those that are held. Logistic regression by AdaGrad (Duchi, Hazan and Singer,
//! 2011) over the comments in `tests/comments`, but for the kept half.
//!
//! The same comments give the same weights.
#![expect(clippy::print_stdout, reason = "a tool that prints")]

use std::{collections::BTreeMap, path::Path, time::Instant};

use editorial::comment::rules::resemblance::{pieces, weighed};

const SETS: [&str; 6] = ["seen", "more", "later", "last", "fresh", "final"];
/// Everyday sentences of our own.
const OURS: (&str, &str, bool) = ("clean", "ours", false);
/// Pieces of letters that stand in fewer comments are left out.
const LEAST: usize = 3;
/// Of the pieces, those that weigh most are kept.
const KEPT: usize = 24_000;
const TURNS: usize = 10;
const STEP: f32 = 0.3;
const SHRINK: f32 = 1e-5;
const STEP_OF_ALL: f32 = 0.01;

/// A comment: the numbers of its pieces, and whether it is to be held.
struct Comment {
    pieces: Vec<usize>,
    held: bool,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let began = Instant::now();
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    let sets = SETS.map(|set| [("evasions", set, true), ("clean", set, false)]);
    for (kind, set, held) in sets.into_iter().flatten().chain([OURS]) {
        let file = crate_folder.join(format!("tests/comments/{kind}-{set}.tsv"));
        let rows = std::fs::read_to_string(file)?;
        let last = |line: &str| weighed(line.rsplit('\t').next().unwrap_or_default());
        texts.extend(rows.lines().map(|line| (last(line), held)));
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (text, _) in &texts {
        for piece in pieces(text) {
            *counts.entry(piece).or_default() += 1;
        }
    }
    let known: Vec<&str> = (counts.into_iter().filter(|(_, count)| *count >= LEAST))
        .map(|(piece, _)| piece)
        .collect();
    let mut comments: Vec<Comment> = texts
        .iter()
        .map(|(text, held)| {
            let found = pieces(text).into_iter();
            let mut pieces: Vec<usize> = found
                .filter_map(|piece| known.binary_search(&piece).ok())
                .collect();
            pieces.sort_unstable();
            Comment {
                pieces,
                held: *held,
            }
        })
        .filter(|comment| !comment.pieces.is_empty())
        .collect();
    let (weights, every) = weigh(&mut comments, known.len());
    let mut rows: Vec<(&str, f32)> = known.into_iter().zip(weights).collect();
    rows.sort_by(|(_, one), (_, other)| other.abs().total_cmp(&one.abs()));
    rows.truncate(KEPT);
    rows.sort_by_key(|(piece, _)| *piece);
    let mut file = format!("\t{every:.2}\n");
    for (piece, weight) in &rows {
        file.push_str(&format!("{}\t{weight:.2}\n", piece.replace(' ', "_")));
    }
    std::fs::write(crate_folder.join("src/comment/resemblance.tsv"), file)?;
    println!(
        "{} comments, {} pieces of letters, {:.1} s",
        comments.len(),
        rows.len(),
        began.elapsed().as_secs_f32()
    );
    Ok(())
}

/// The weight of each piece, and that of every text.
fn weigh(comments: &mut [Comment], count: usize) -> (Vec<f32>, f32) {
    let mut weights = vec![0.0_f32; count];
    let mut squares = vec![1e-6_f32; count];
    let mut every = 0.0_f32;
    // An order that is the same each time (Knuth's linear congruence).
    let mut order = 1_u64;
    for _ in 0..TURNS {
        for at in (1..comments.len()).rev() {
            order = order
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let other = usize::try_from(order >> 33).unwrap_or_default() % (at + 1);
            comments.swap(at, other);
        }
        for comment in &*comments {
            let many = u16::try_from(comment.pieces.len()).unwrap_or(u16::MAX);
            let root = f32::from(many).sqrt();
            let sum: f32 = comment.pieces.iter().map(|piece| weights[*piece]).sum();
            let likely = 1.0 / (1.0 + (-(every + sum / root).clamp(-30.0, 30.0)).exp());
            let wrong = likely - f32::from(u8::from(comment.held));
            for piece in &comment.pieces {
                let slope = wrong / root + SHRINK * weights[*piece];
                squares[*piece] += slope * slope;
                weights[*piece] -= STEP * slope / squares[*piece].sqrt();
            }
            every -= STEP_OF_ALL * wrong;
        }
    }
    (weights, every)
}
