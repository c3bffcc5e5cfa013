//! Which block of an older text is which of a newer one.
//!
//! Candidates are blocks with the same content, with the same [`BlockId`], and
//! those that share words which stand in few blocks. The heaviest chain of them
//! that rises on both sides stays in place; what is left over and nearly the
//! same was moved.

use std::collections::{HashMap, HashSet};

use super::words::Flat;
use crate::BlockId;

/// Blocks that a word may stand in to tell something.
const RARE: usize = 8;
/// Candidates of a block by their words.
const CANDIDATES: usize = 4;
/// Likeness, in thousandths, from which two blocks are one that was edited.
const EDITED: u32 = 350;
/// Likeness, in thousandths, from which a block elsewhere is one that was moved.
const MOVED: u32 = 600;
/// Words of a block that can be seen to have moved.
const MOVED_WORDS: usize = 4;

/// Two blocks that are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) older: usize,
    pub(super) newer: usize,
    /// Whether it stands elsewhere now.
    pub(super) moved: bool,
}

/// How much of their words two blocks share, in thousandths (Dice): each word
/// counted as often as it stands in both.
pub(super) fn likeness(one: &Flat<'_>, other: &Flat<'_>) -> u32 {
    let (left, right) = (&one.bag, &other.bag);
    let all = left.len() + right.len();
    if all == 0 {
        return if one.numbers == other.numbers {
            1_000
        } else {
            0
        };
    }
    let (mut a, mut b, mut shared) = (0, 0, 0_usize);
    while a < left.len() && b < right.len() {
        match left[a].cmp(&right[b]) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                a += 1;
                b += 1;
            }
        }
    }
    u32::try_from(shared * 2_000 / all).unwrap_or(1_000)
}

/// Two blocks that may be one, with what speaks for it.
#[derive(Clone, Copy)]
struct Edge {
    older: usize,
    newer: usize,
    likeness: u32,
    weight: u32,
}

/// The pairs, by their places in the newer text.
pub(super) fn align(older: &[Flat<'_>], newer: &[Flat<'_>]) -> Vec<Pair> {
    let edges = edges(older, newer);
    let chain = heaviest(&edges, newer.len());
    let mut pairs: Vec<Pair> = chain
        .iter()
        .map(|edge| Pair {
            older: edge.older,
            newer: edge.newer,
            moved: false,
        })
        .collect();
    let mut left: HashSet<usize> = pairs.iter().map(|pair| pair.older).collect();
    let mut right: HashSet<usize> = pairs.iter().map(|pair| pair.newer).collect();
    let mut rest: Vec<&Edge> = edges
        .iter()
        .filter(|edge| edge.likeness >= MOVED && older[edge.older].bag.len() >= MOVED_WORDS)
        .collect();
    rest.sort_by_key(|edge| (u32::MAX - edge.weight, edge.newer, edge.older));
    for edge in rest {
        if left.contains(&edge.older) || right.contains(&edge.newer) {
            continue;
        }
        left.insert(edge.older);
        right.insert(edge.newer);
        pairs.push(Pair {
            older: edge.older,
            newer: edge.newer,
            moved: true,
        });
    }
    pairs.sort_by_key(|pair| pair.newer);
    pairs
}

fn edges(older: &[Flat<'_>], newer: &[Flat<'_>]) -> Vec<Edge> {
    let mut by_word: HashMap<u32, Vec<usize>> = HashMap::new();
    let mut by_content: HashMap<(&str, &[u32]), Vec<usize>> = HashMap::new();
    let mut by_id: HashMap<BlockId, usize> = HashMap::new();
    for (at, flat) in newer.iter().enumerate() {
        let mut words = flat.bag.clone();
        words.dedup();
        for word in words {
            by_word.entry(word).or_default().push(at);
        }
        by_content
            .entry((flat.name, &flat.numbers))
            .or_default()
            .push(at);
        if let Some(block) = flat.block {
            by_id.insert(block.id, at);
        }
    }
    let mut edges = Vec::new();
    for (from, flat) in older.iter().enumerate() {
        let id = flat.block.map(|block| block.id);
        let same_id = id.and_then(|id| by_id.get(&id).copied());
        let mut votes: HashMap<usize, usize> = HashMap::new();
        let mut words = flat.bag.clone();
        words.dedup();
        for word in words {
            if let Some(places) = by_word.get(&word).filter(|places| places.len() <= RARE) {
                for place in places {
                    *votes.entry(*place).or_default() += 1;
                }
            }
        }
        let mut voted: Vec<(usize, usize)> = votes.into_iter().collect();
        voted.sort_by_key(|(place, votes)| (usize::MAX - votes, place.abs_diff(from), *place));
        voted.truncate(CANDIDATES);
        let mut to: Vec<usize> = voted.into_iter().map(|(place, _)| place).collect();
        to.extend(same_id);
        if let Some(same) = by_content.get(&(flat.name, flat.numbers.as_slice())) {
            let near = same.partition_point(|place| *place < from);
            let (first, last) = (near.saturating_sub(RARE / 2), near + RARE / 2);
            to.extend(&same[first..last.min(same.len())]);
        }
        to.sort_unstable();
        to.dedup();
        // Those farther on first: no two of one block stand in one chain.
        for place in to.into_iter().rev() {
            let other = &newer[place];
            let likeness = likeness(flat, other);
            let has_id = same_id == Some(place);
            let has_kind = flat.name == other.name;
            if likeness >= EDITED || (has_id && has_kind) {
                let same = flat.numbers == other.numbers && has_kind;
                edges.push(Edge {
                    older: from,
                    newer: place,
                    likeness,
                    weight: likeness
                        + if has_id { 150 } else { 0 }
                        + if has_kind { 50 } else { 0 }
                        + if same { 500 } else { 0 },
                });
            }
        }
    }
    edges
}

/// The heaviest chain of edges that rises on both sides. They are given by
/// rising `older`, and for one `older` by falling `newer`.
fn heaviest(edges: &[Edge], places: usize) -> Vec<Edge> {
    // A Fenwick tree of the heaviest chain that ends at or before a place.
    let mut tree: Vec<(u64, Option<usize>)> = vec![(0, None); places + 1];
    let mut before = Vec::with_capacity(edges.len());
    for (own, edge) in edges.iter().enumerate() {
        let mut best: (u64, Option<usize>) = (0, None);
        let mut at = edge.newer;
        while at > 0 {
            if tree[at].0 > best.0 {
                best = tree[at];
            }
            at &= at - 1;
        }
        before.push(best.1);
        let weight = best.0 + u64::from(edge.weight) + 1;
        let mut at = edge.newer + 1;
        while at <= places {
            if weight > tree[at].0 {
                tree[at] = (weight, Some(own));
            }
            at += at & at.wrapping_neg();
        }
    }
    let mut best: (u64, Option<usize>) = (0, None);
    let mut at = places;
    while at > 0 {
        if tree[at].0 > best.0 {
            best = tree[at];
        }
        at &= at - 1;
    }
    let mut chain = Vec::new();
    let mut at = best.1;
    while let Some(own) = at {
        chain.push(edges[own]);
        at = before[own];
    }
    chain.reverse();
    chain
}
