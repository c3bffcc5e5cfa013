//! What two sequences have in common, in order.
//!
//! Between the things that stand once in each (patience), the shortest way from
//! one to the other (E. Myers, An O(ND) Difference Algorithm, 1986), as far as
//! it is shorter than [`WAY_MAX`]: so that the time grows with the length, and
//! not with its square.

use std::collections::HashMap;

/// Removed and added things of the longest way that is looked for.
const WAY_MAX: usize = 500;
/// Things on both sides that a way is looked for at once.
const NEAR_MAX: usize = 2_000;

/// Pairs of places that hold the same, both rising.
pub(super) fn common(older: &[u32], newer: &[u32]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    // A stack, as there may be as many stretches as things.
    let mut open = vec![((0, older.len()), (0, newer.len()))];
    while let Some(((mut a, mut b), (mut c, mut d))) = open.pop() {
        while a < b && c < d && older[a] == newer[c] {
            pairs.push((a, c));
            a += 1;
            c += 1;
        }
        while a < b && c < d && older[b - 1] == newer[d - 1] {
            b -= 1;
            d -= 1;
            pairs.push((b, d));
        }
        if a == b || c == d {
            continue;
        }
        let (left, right) = (&older[a..b], &newer[c..d]);
        let near = left.len() + right.len() <= NEAR_MAX;
        if near && let Some(way) = shortest(left, right) {
            pairs.extend(way.into_iter().map(|(x, y)| (a + x, c + y)));
            continue;
        }
        let (mut from, anchors) = ((a, c), once_in_each(left, right));
        if anchors.is_empty() {
            continue;
        }
        for (x, y) in anchors {
            pairs.push((a + x, c + y));
            open.push(((from.0, a + x), (from.1, c + y)));
            from = (a + x + 1, c + y + 1);
        }
        open.push(((from.0, b), (from.1, d)));
    }
    pairs.sort_unstable();
    pairs
}

/// What stands once in each, the most of it that rises in both.
fn once_in_each(older: &[u32], newer: &[u32]) -> Vec<(usize, usize)> {
    let places = |things: &[u32]| {
        let mut places: HashMap<u32, Option<usize>> = HashMap::new();
        for (at, thing) in things.iter().enumerate() {
            let place = places.entry(*thing);
            place.and_modify(|place| *place = None).or_insert(Some(at));
        }
        places
    };
    let (left, right) = (places(older), places(newer));
    let each = older.iter().enumerate().filter_map(|(at, thing)| {
        let (Some(Some(_)), Some(Some(there))) = (left.get(thing), right.get(thing)) else {
            return None;
        };
        Some((at, *there))
    });
    rising(&each.collect::<Vec<_>>())
}

/// The longest part of `pairs`, which rise on the left, that rises on the right.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length the pair that ends it lowest, and for each pair the one before.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, (_, right)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < *right);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut chain = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(pair) = at {
        chain.push(pairs[pair]);
        at = before[pair];
    }
    chain.reverse();
    chain
}

/// What stays on the shortest way; `None` where that is longer than [`WAY_MAX`].
fn shortest(older: &[u32], newer: &[u32]) -> Option<Vec<(usize, usize)>> {
    let most = (older.len() + newer.len()).min(WAY_MAX);
    // `reach[most + k]`: how far on the left the ways on diagonal k = left - right came.
    let mut reach = vec![0_usize; 2 * most + 2];
    let mut rounds: Vec<Vec<usize>> = Vec::new();
    for way in 0..=most {
        rounds.push(reach[most - way..=most + way].to_vec());
        // Diagonals -way, -way + 2, …, way, counted from `most - way`.
        for place in (most - way..=most + way).step_by(2) {
            let mut left = step(&reach, place, most, way);
            // Off the right edge of the grid: no such way.
            let Some(mut right) = (left + most).checked_sub(place) else {
                continue;
            };
            while left < older.len() && right < newer.len() && older[left] == newer[right] {
                left += 1;
                right += 1;
            }
            reach[place] = left;
            if left >= older.len() && right >= newer.len() {
                return Some(back(&rounds, older.len(), newer.len(), most));
            }
        }
    }
    None
}

/// Whether the way to the diagonal at `place` comes down from the one above it
/// (something added), and not right from the one below (something removed).
fn is_added(reach: &[usize], place: usize, most: usize, way: usize) -> bool {
    place == most - way || (place != most + way && reach[place - 1] < reach[place + 1])
}

/// How far one more step leads to the diagonal at `place`.
fn step(reach: &[usize], place: usize, most: usize, way: usize) -> usize {
    if way == 0 {
        0
    } else if is_added(reach, place, most, way) {
        reach[place + 1]
    } else {
        reach[place - 1] + 1
    }
}

/// The way back from the end, by what was reached before each round.
fn back(
    rounds: &[Vec<usize>],
    mut left: usize,
    mut right: usize,
    most: usize,
) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (way, round) in rounds.iter().enumerate().rev() {
        let place = left + most - right - (most - way);
        let from = step(round, place, way, way);
        while left > from && right > 0 {
            left -= 1;
            right -= 1;
            pairs.push((left, right));
        }
        if is_added(round, place, way, way) {
            right = right.saturating_sub(1);
        } else {
            left = left.saturating_sub(1);
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The length of the longest common part, by the table of the schoolbook.
    fn longest(older: &[u32], newer: &[u32]) -> usize {
        let mut row = vec![0; newer.len() + 1];
        for one in older {
            let mut before = 0;
            for (at, other) in newer.iter().enumerate() {
                let kept = row[at + 1];
                row[at + 1] = if one == other {
                    before + 1
                } else {
                    kept.max(row[at])
                };
                before = kept;
            }
        }
        row[newer.len()]
    }

    proptest! {
        #[test]
        fn what_is_common_is_common_and_the_most(
            older in prop::collection::vec(0_u32..6, 0..60),
            newer in prop::collection::vec(0_u32..6, 0..60),
        ) {
            let pairs = common(&older, &newer);
            for pair in pairs.windows(2) {
                prop_assert!(pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1);
            }
            for (left, right) in &pairs {
                prop_assert_eq!(older[*left], newer[*right]);
            }
            prop_assert_eq!(pairs.len(), longest(&older, &newer));
        }
    }

    #[test]
    fn long_texts_meet_in_what_stands_once() {
        let older: Vec<u32> = (0..50_000).collect();
        let newer: Vec<u32> = (0..50_000)
            .map(|at| if at % 3 == 0 { at + 100_000 } else { at })
            .collect();
        let kept = newer.iter().filter(|thing| **thing < 50_000).count();
        assert_eq!(common(&older, &newer).len(), kept);
        let other: Vec<u32> = (200_000..250_000).collect();
        assert!(common(&older, &other).is_empty());
    }
}
