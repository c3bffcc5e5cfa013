//! How many items the next transaction holds, by the time that one took.

use std::time::Duration;

/// How long one transaction may hold the database.
pub(super) const COMMIT_TIME_MAX: Duration = Duration::from_millis(50);
/// Items in one transaction at most.
pub(super) const BATCH_MAX: usize = 400;

/// The size of a batch after one of `size` items `took` so long: the same
/// between three and five tenths of the time that there is, else in proportion
/// to the middle of them, but never less than a quarter nor more than half as
/// much again, or one more. The rest of the time is for the batch whose texts
/// are long, and for a disk or a processor that is busy elsewhere: the longest
/// of many transactions takes more than twice what the middle one does.
///
/// A transaction costs something whatever it holds: the proportion promises
/// too little where a batch grows, and where it shrinks every step comes
/// nearer. One item more of at most 25 ms is within the time too.
///
/// `size` is what that batch had, not what the newest has: some batches are
/// cut before the first of them is written.
pub(super) fn fitted(size: usize, took: Duration) -> usize {
    let (few, many) = (COMMIT_TIME_MAX * 3 / 10, COMMIT_TIME_MAX / 2);
    let aim = (few + many) / 2;
    let wanted = size as u128 * aim.as_micros() / took.as_micros().max(1);
    let wanted = usize::try_from(wanted).unwrap_or(usize::MAX);
    let fitted = if took < few {
        wanted.min(size + size / 2).max(size + 1)
    } else if took > many {
        wanted.max(size / 4)
    } else {
        size
    };
    fitted.clamp(1, BATCH_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What an item and what a transaction costs, in hundredths of a millisecond.
    const ITEMS: [u64; 13] = [
        2, 5, 10, 20, 50, 100, 200, 400, 700, 1_000, 1_300, 1_600, 2_000,
    ];
    const FIXED: [u64; 6] = [0, 50, 200, 500, 1_000, 2_500];
    const STARTS: [usize; 6] = [1, 2, 7, 32, 150, BATCH_MAX];
    /// Steps after which every transaction is short.
    const FEW: usize = 5;

    fn cost(size: usize, item: u64, fixed: u64) -> Duration {
        Duration::from_micros(10 * (fixed + item * size as u64))
    }

    /// The times of transactions of which `ahead` are cut before the first of
    /// them is written, and the last size.
    fn run(start: usize, item: u64, fixed: u64, ahead: usize) -> (Vec<Duration>, usize) {
        let (mut cut, mut size) = (std::collections::VecDeque::new(), start);
        let mut times = Vec::new();
        for _ in 0..200 * (ahead + 1) {
            cut.push_back(size);
            if cut.len() > ahead {
                let written = cut.pop_front().expect("one is there");
                let took = cost(written, item, fixed);
                times.push(took);
                size = fitted(written, took);
            }
        }
        (times, size)
    }

    fn cases() -> impl Iterator<Item = (usize, u64, u64, usize)> {
        STARTS.into_iter().flat_map(|start| {
            ITEMS.into_iter().flat_map(move |item| {
                FIXED.into_iter().flat_map(move |fixed| {
                    [0, 1, 4]
                        .into_iter()
                        .map(move |ahead| (start, item, fixed, ahead))
                })
            })
        })
    }

    #[test]
    fn transactions_become_short_and_stay_short() {
        for (start, item, fixed, ahead) in cases() {
            let (times, _) = run(start, item, fixed, ahead);
            let late = times.iter().skip(FEW * (ahead + 1)).max().expect("many");
            assert!(
                *late <= COMMIT_TIME_MAX,
                "{late:?} from {start} at {item} and {fixed}, {ahead} ahead"
            );
        }
    }

    #[test]
    fn the_time_that_there_is_is_used() {
        for (start, item, fixed, ahead) in cases() {
            let (times, size) = run(start, item, fixed, ahead);
            // Where items are long, two sizes may take turns.
            let last = times.iter().rev().take(2 * (ahead + 1)).max();
            assert!(
                size == BATCH_MAX || *last.expect("many") >= COMMIT_TIME_MAX * 3 / 10,
                "{last:?} with {size} from {start} at {item} and {fixed}, {ahead} ahead"
            );
        }
    }

    #[test]
    fn one_slow_disk_or_one_empty_batch_does_little() {
        assert_eq!(fitted(400, Duration::from_secs(9)), 100);
        assert_eq!(fitted(100, Duration::ZERO), 150);
        assert_eq!(fitted(1, Duration::from_secs(9)), 1);
        assert_eq!(fitted(1, Duration::ZERO), 2);
        assert_eq!(fitted(0, Duration::from_millis(35)), 1);
        assert_eq!(fitted(usize::MAX / 4, Duration::ZERO), BATCH_MAX);
    }
}
