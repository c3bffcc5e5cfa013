//! The time zone of a site, told by its items: each has its date by the site's
//! own clock and, beside it, by UTC.
//!
//! WordPress counts the second from the first by the rules that the site's zone
//! had at that date; a site set to a bare offset keeps that offset for ever.

use std::collections::{BTreeMap, HashMap};

use jiff::{Timestamp, tz::TimeZone};

use super::date::date;

/// The zones that are looked for, in the order in which they are preferred.
const ZONES: [&str; 24] = [
    "Asia/Damascus",
    "Asia/Beirut",
    "Asia/Amman",
    "Asia/Baghdad",
    "Asia/Riyadh",
    "Asia/Dubai",
    "Asia/Kuwait",
    "Asia/Qatar",
    "Asia/Aden",
    "Asia/Gaza",
    "Asia/Hebron",
    "Africa/Cairo",
    "Africa/Tripoli",
    "Africa/Tunis",
    "Africa/Algiers",
    "Africa/Casablanca",
    "UTC",
    "Africa/Nouakchott",
    "Africa/Khartoum",
    "Europe/London",
    "Europe/Paris",
    "Europe/Berlin",
    "Europe/Istanbul",
    "America/New_York",
];
/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;
/// Seconds that an offset is a multiple of.
const STEP: i32 = 15 * 60;
/// Seconds that a clock is away from UTC at most.
const OFFSET_MAX: i32 = 14 * 60 * 60;
/// Days, each with one offset, that are remembered; a hundred years of them.
const DAYS_MAX: usize = 40_000;

/// How far the site's clock was from UTC, and when.
#[derive(Clone, Debug, Default)]
pub struct Offsets {
    /// By the day and the offset, in seconds: how many items, and the moment
    /// of the first of them.
    days: HashMap<(i64, i32), (u64, Timestamp)>,
}

/// The zone that the items of an export follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// Its IANA name: `Africa/Casablanca`, or `Etc/GMT-3` for three hours
    /// ahead of UTC all year.
    pub name: String,
    /// Items whose two dates follow it.
    pub items: u64,
    /// Items that have both dates.
    pub of: u64,
}

impl Offsets {
    /// Notes an item's date by the site's clock and by UTC, both as WordPress
    /// writes them. What no clock shows is left out: a date without the other,
    /// days between the two.
    pub fn note(&mut self, local: &str, utc: &str) {
        let (Some(local), Some(utc)) = (date(local), date(utc)) else {
            return;
        };
        let moment = |date: jiff::civil::DateTime| {
            let zoned = date.to_zoned_datetime(TimeZone::UTC).ok()?;
            Some(zoned.timestamp())
        };
        let (Some(local), Some(utc)) = (moment(local), moment(utc)) else {
            return;
        };
        let offset = i32::try_from(local.as_second() - utc.as_second()).unwrap_or(i32::MAX);
        if offset % STEP != 0 || !(-OFFSET_MAX..=OFFSET_MAX).contains(&offset) {
            return;
        }
        let day = (utc.as_second().div_euclid(DAY), offset);
        if let Some((items, _)) = self.days.get_mut(&day) {
            *items += 1;
        } else if self.days.len() < DAYS_MAX {
            self.days.insert(day, (1, utc));
        }
    }

    /// The zone that explains most items: where several explain as many, the
    /// paper's own, `present`, then the first of a list of the region's. `None`
    /// where there is nothing to tell it by, or no zone explains more than half.
    pub fn zone(&self, present: &str) -> Option<Followed> {
        let of: u64 = self.days.values().map(|(items, _)| items).sum();
        let explained = |name: &str| {
            let zone = TimeZone::get(name).ok()?;
            let follows = |offset: i32, at: Timestamp| zone.to_offset(at).seconds() == offset;
            let days = self.days.iter();
            let items = days.filter(|((_, offset), (_, at))| follows(*offset, *at));
            Some(items.map(|(_, (items, _))| items).sum::<u64>())
        };
        let mut best = (String::new(), 0);
        for name in std::iter::once(present).chain(ZONES) {
            if let Some(items) = explained(name).filter(|items| *items > best.1) {
                best = (name.to_owned(), items);
            }
        }
        let mut fixed: BTreeMap<i32, u64> = BTreeMap::new();
        for ((_, offset), (items, _)) in &self.days {
            *fixed.entry(*offset).or_default() += items;
        }
        for (offset, items) in fixed {
            if items > best.1 {
                best = (fixed_zone(offset).unwrap_or_default(), items);
            }
        }
        let (name, items) = best;
        (!name.is_empty() && 2 * items > of).then_some(Followed { name, items, of })
    }
}

/// The zone that is so far from UTC all year, in whole hours: named against
/// its sign, by a rule older than the sign's meaning.
fn fixed_zone(offset: i32) -> Option<String> {
    let hours = (offset % 3600 == 0).then_some(-offset / 3600)?;
    let name = format!("Etc/GMT{hours:+}");
    TimeZone::get(&name).is_ok().then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRESENT: &str = "Asia/Damascus";

    /// The items of a site whose clock shows `zone`, one every nine days of
    /// some years.
    fn site(zone: &str, years: std::ops::RangeInclusive<i16>) -> Offsets {
        let (mut offsets, zone) = (Offsets::default(), TimeZone::get(zone).expect("a zone"));
        let written = |at: Timestamp, zone: &TimeZone| {
            let shown = zone.to_datetime(at);
            shown.strftime("%Y-%m-%d %H:%M:%S").to_string()
        };
        let start = jiff::civil::date(*years.start(), 1, 1).at(0, 30, 0, 0);
        let mut at = start
            .to_zoned_datetime(TimeZone::UTC)
            .expect("a date")
            .timestamp();
        while zone.to_datetime(at).year() <= *years.end() {
            offsets.note(&written(at, &zone), &written(at, &TimeZone::UTC));
            at = at
                .checked_add(jiff::Span::new().hours(9 * 24 + 5))
                .expect("in range");
        }
        offsets
    }

    fn name(offsets: &Offsets) -> Option<String> {
        let found = offsets.zone(PRESENT)?;
        assert_eq!(found.items, found.of, "{found:?}");
        Some(found.name)
    }

    #[test]
    fn a_zone_is_told_by_the_changes_of_its_clock() {
        for (zone, years) in [
            // The winter of 2022 kept the summer's time in Damascus and Amman.
            ("Asia/Damascus", 2015..=2024),
            ("Asia/Amman", 2015..=2024),
            ("Asia/Beirut", 2015..=2024),
            // Summer time came back to Egypt in 2023.
            ("Africa/Cairo", 2021..=2024),
            // Morocco goes back an hour for Ramadan alone.
            ("Africa/Casablanca", 2016..=2023),
            ("Asia/Gaza", 2012..=2023),
            ("Europe/London", 2015..=2020),
            ("Europe/Istanbul", 2012..=2020),
            ("America/New_York", 2015..=2020),
            ("UTC", 2015..=2020),
        ] {
            assert_eq!(name(&site(zone, years)).as_deref(), Some(zone));
        }
    }

    #[test]
    fn zones_that_no_item_tells_apart_are_taken_in_their_order() {
        // Three hours ahead all the time: Baghdad comes before Riyadh.
        let found = name(&site("Asia/Riyadh", 2015..=2020));
        assert_eq!(found.as_deref(), Some("Asia/Baghdad"));
        // The paper's own zone comes before all others.
        let site = site("Asia/Riyadh", 2015..=2020);
        let own = |present| site.zone(present).map(|found| found.name);
        assert_eq!(own("Asia/Kuwait").as_deref(), Some("Asia/Kuwait"));
        assert_eq!(own("Indian/Comoro").as_deref(), Some("Indian/Comoro"));
        assert_eq!(own("Asia/Tehran").as_deref(), Some("Asia/Baghdad"));
        assert_eq!(own("nowhere").as_deref(), Some("Asia/Baghdad"));
    }

    #[test]
    fn a_bare_offset_is_a_fixed_zone_where_no_place_explains_it() {
        // Three hours ahead in the winters of 1990 too, when Baghdad had none.
        let fixed = site("Etc/GMT-3", 1985..=2020);
        let found = fixed.zone(PRESENT).map(|found| found.name);
        assert_eq!(found.as_deref(), Some("Asia/Riyadh"));
        for (zone, expect) in [
            ("Etc/GMT-6", Some("Etc/GMT-6")),
            ("Etc/GMT+9", Some("Etc/GMT+9")),
            // No fixed zone is named for half an hour.
            ("Asia/Kolkata", None),
        ] {
            assert_eq!(name(&site(zone, 2015..=2020)).as_deref(), expect, "{zone}");
        }
    }

    #[test]
    fn slips_among_many_items_say_nothing() {
        let mut offsets = site("Africa/Casablanca", 2016..=2023);
        for _ in 0..20 {
            offsets.note("2019-01-01 12:00:00", "2019-01-01 05:00:00");
        }
        let found = offsets.zone(PRESENT).expect("told");
        assert_eq!(found.name, "Africa/Casablanca");
        assert_eq!(found.of - found.items, 20);
        // Half of the items in one zone, half in another: nothing is told.
        let mut both = Offsets::default();
        both.note("2019-01-01 12:00:00", "2019-01-01 05:00:00");
        both.note("2019-01-01 12:00:00", "2019-01-01 02:00:00");
        assert_eq!(both.zone(PRESENT), None);
    }

    #[test]
    fn there_may_be_nothing_to_tell_it_by() {
        let mut offsets = Offsets::default();
        assert_eq!(offsets.zone(PRESENT), None);
        for (local, utc) in [
            ("2019-03-04 12:00:00", "0000-00-00 00:00:00"),
            ("", ""),
            ("2019-03-04 12:00:00", "2019-03-01 12:00:00"),
            ("2019-03-04 12:00:07", "2019-03-04 09:00:00"),
            ("2019-13-04 12:00:00", "2019-03-04 09:00:00"),
        ] {
            offsets.note(local, utc);
        }
        assert_eq!(offsets.zone(PRESENT), None);
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let mut offsets = Offsets::default();
        for year in 1900..2060 {
            for day in 1..=360 {
                let date = jiff::civil::date(year, 1, 1);
                let date = date
                    .checked_add(jiff::Span::new().days(day))
                    .expect("a day");
                offsets.note(&format!("{date} 12:00:00"), &format!("{date} 12:00:00"));
            }
        }
        assert_eq!(offsets.days.len(), DAYS_MAX);
    }
}
