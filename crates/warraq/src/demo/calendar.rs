//! When generated articles were published: from 2015 on, more in late years,
//! by day rather than by night, in the order of their numbers.
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "numbers of articles and seconds since 1970 are far below 2^52"
)]

use editorial::Timestamp;

use super::chance::Chance;

/// 1 January 2015, 00:00 at [`OFFSET`].
const FIRST_DAY: i64 = 1_420_063_200;
/// The sample paper stands in a zone two or three hours ahead of UTC: a
/// moment within [`HOURS`] at two falls on the same day at three.
const OFFSET: i64 = 2 * 3_600;
const DAY: i64 = 86_400;
/// Of a day's articles such a part is published before that hour.
const HOURS: [(f64, f64); 6] = [
    (0.0, 5.0),
    (0.10, 8.0),
    (0.35, 11.0),
    (0.60, 15.0),
    (0.85, 19.0),
    (1.0, 21.5),
];
/// How many articles the first day has, where a mean day has 1; the last day
/// has the rest to 2.
const FIRST: f64 = 0.4;

/// When article `number` of `articles`, counted from 0, was published: never
/// before the one with the number before it, never after `until`.
pub(super) fn published_at(
    number: u64,
    articles: u64,
    until: Timestamp,
    chance: Chance,
) -> Timestamp {
    let mut chance = chance;
    let jitter = chance.below(1_000) as f64 / 1_000.0;
    let share = (number as f64 + jitter) / articles.max(1) as f64;
    // The share of articles up to x is FIRST·x + (1 − FIRST)·x²: solved for x.
    let grown = 1.0 - FIRST;
    let x = ((FIRST * FIRST + 4.0 * grown * share).sqrt() - FIRST) / (2.0 * grown);
    let last = even(until.seconds() + OFFSET);
    let first = (FIRST_DAY + OFFSET) as f64;
    let seconds = by_day(first + x * (last - first)) - OFFSET;
    Timestamp(seconds.min(until.seconds()) * Timestamp::SECOND)
}

/// The earliest `until` that leaves room for dates.
pub(super) fn earliest_until() -> Timestamp {
    Timestamp((FIRST_DAY + 30 * DAY) * Timestamp::SECOND)
}

/// Moves a moment of evenly filled days into the hours of a newsroom.
fn by_day(local: f64) -> i64 {
    let day = (local / DAY as f64).floor();
    let hour = along(local / DAY as f64 - day, |(part, hour)| (part, hour));
    day as i64 * DAY + (hour * 3_600.0) as i64
}

/// The moment of evenly filled days that [`by_day`] moves to `local`.
fn even(local: i64) -> f64 {
    let (day, second) = (local.div_euclid(DAY), local.rem_euclid(DAY));
    let part = along(second as f64 / 3_600.0, |(part, hour)| (hour, part));
    (day as f64 + part) * DAY as f64
}

/// Follows the line through [`HOURS`], held at its ends.
fn along(x: f64, axes: fn((f64, f64)) -> (f64, f64)) -> f64 {
    let mut points = HOURS.iter().copied().map(axes);
    let Some(mut before) = points.next() else {
        return x;
    };
    if x <= before.0 {
        return before.1;
    }
    for point in points {
        if x < point.0 {
            return before.1 + (point.1 - before.1) * (x - before.0) / (point.0 - before.0);
        }
        before = point;
    }
    before.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_rise_from_2015_to_the_end_and_thicken() {
        let until = Timestamp::parse("2026-11-25T10:00:00Z").expect("well formed");
        let count = 20_000;
        let dates: Vec<Timestamp> = (0..count)
            .map(|number| published_at(number, count, until, Chance::new(3, number)))
            .collect();
        assert!(dates.is_sorted());
        assert!(dates[0].rfc3339().starts_with("2015-01-0"));
        let last = dates[dates.len() - 1];
        assert!(
            last <= until && until.seconds() - last.seconds() < DAY,
            "{}",
            last.rfc3339()
        );
        let in_year = |year: &str| {
            dates
                .iter()
                .filter(|date| date.rfc3339().starts_with(year))
                .count()
        };
        assert!(in_year("2025") > 2 * in_year("2015"));
        assert!(in_year("2020") > in_year("2017"));
        for date in &dates {
            let hour = (date.seconds() + OFFSET).rem_euclid(DAY) / 3_600;
            assert!((5..22).contains(&hour), "{}", date.rfc3339());
        }
    }
}
