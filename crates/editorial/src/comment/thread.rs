//! The order of comments in threads: an answer below what it answers, two
//! steps deep; what answers deeper stands on the second step, in its order.

use std::collections::HashMap;

use crate::{Id, Timestamp};

/// The deepest step.
pub const DEPTH_MAX: u8 = 2;

/// What decides a comment's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The comment.
    pub id: Id,
    /// What it answers.
    pub reply_to: Option<Id>,
    /// When it was written.
    pub written_at: Timestamp,
}

/// A comment at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The comment.
    pub id: Id,
    /// How many steps in, 0 to [`DEPTH_MAX`].
    pub depth: u8,
}

/// All of `lines` in their order: threads by the time of the comment that opened
/// them, the oldest or the newest first; answers always the oldest first. What
/// answers a comment that is not among them opens a thread; so does, where
/// answers form a ring, the oldest of it.
pub fn in_threads(lines: &[Line], newest_first: bool) -> Vec<Placed> {
    let mut by_age: Vec<usize> = (0..lines.len()).collect();
    by_age.sort_by_key(|at| (lines[*at].written_at, lines[*at].id));
    let places: HashMap<Id, usize> = lines.iter().map(|line| line.id).zip(0..).collect();
    let mut answers: Vec<Vec<usize>> = vec![Vec::new(); lines.len()];
    let mut roots = Vec::new();
    for at in by_age.iter().copied() {
        let line = lines[at];
        let above = line.reply_to.and_then(|id| places.get(&id).copied());
        match above.filter(|above| *above != at) {
            Some(above) => answers[above].push(at),
            None => roots.push(at),
        }
    }
    let mut seen = vec![false; lines.len()];
    let mut threads = Vec::with_capacity(roots.len());
    // Rings come last, and are put in their place by age.
    for root in roots.into_iter().chain(by_age) {
        if !seen[root] {
            threads.push((root, thread(root, lines, &answers, &mut seen)));
        }
    }
    threads.sort_by_key(|(root, _)| (lines[*root].written_at, lines[*root].id));
    if newest_first {
        threads.reverse();
    }
    threads.into_iter().flat_map(|(_, placed)| placed).collect()
}

fn thread(root: usize, lines: &[Line], answers: &[Vec<usize>], seen: &mut [bool]) -> Vec<Placed> {
    let placed = |at: usize, depth| Placed {
        id: lines[at].id,
        depth,
    };
    seen[root] = true;
    let mut out = vec![placed(root, 0)];
    for first in answers[root].iter().copied() {
        if std::mem::replace(&mut seen[first], true) {
            continue;
        }
        out.push(placed(first, 1));
        // Whatever stands below, however deep.
        let mut below = Vec::new();
        let mut left = vec![first];
        while let Some(at) = left.pop() {
            for answer in answers[at].iter().copied() {
                if !std::mem::replace(&mut seen[answer], true) {
                    below.push(answer);
                    left.push(answer);
                }
            }
        }
        below.sort_by_key(|at| (lines[*at].written_at, lines[*at].id));
        out.extend(below.into_iter().map(|at| placed(at, DEPTH_MAX)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(told: &[(i64, i64)]) -> Vec<Line> {
        told.iter()
            .map(|(id, reply_to)| Line {
                id: Id::new(*id).expect("in range"),
                reply_to: Id::new(*reply_to),
                written_at: Timestamp(*id),
            })
            .collect()
    }

    fn order(told: &[(i64, i64)], newest_first: bool) -> Vec<(i64, u8)> {
        in_threads(&lines(told), newest_first)
            .into_iter()
            .map(|placed| (placed.id.get(), placed.depth))
            .collect()
    }

    #[test]
    fn answers_stand_below_what_they_answer() {
        let told = [(1, 0), (2, 0), (3, 1), (4, 3), (5, 4), (6, 1), (7, 3)];
        let oldest = [(1, 0), (3, 1), (4, 2), (5, 2), (7, 2), (6, 1), (2, 0)];
        assert_eq!(order(&told, false), oldest);
        let newest = [(2, 0), (1, 0), (3, 1), (4, 2), (5, 2), (7, 2), (6, 1)];
        assert_eq!(order(&told, true), newest);
    }

    #[test]
    fn whatever_answers_what_nothing_is_lost() {
        // To itself, to what is not there, in a ring, and below a ring.
        let told = [(1, 1), (2, 99), (3, 4), (4, 3), (5, 4)];
        assert_eq!(
            order(&told, false),
            [(1, 0), (2, 0), (3, 0), (4, 1), (5, 2)]
        );
        // A chain of any length.
        let chain: Vec<_> = (1..=20_000).map(|id| (id, id - 1)).collect();
        let placed = order(&chain, true);
        assert_eq!(placed.len(), 20_000);
        assert_eq!(placed[..3], [(1, 0), (2, 1), (3, 2)]);
        assert_eq!(placed[19_999], (20_000, 2));
    }
}
