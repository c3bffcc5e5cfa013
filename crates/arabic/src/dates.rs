//! Dates as an Arabic paper prints them.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::{
    hijri,
    months::{MonthSet, month, weekday},
    numerals::{Digits, write},
    plural::{Case, DAY, HOUR, MINUTE, counted},
};

/// How a site writes dates.
#[derive(Clone, Debug)]
pub struct DateStyle {
    /// The first, or only, set of month names.
    pub months: MonthSet,
    /// A second set: «سبتمبر/أيلول».
    pub second_months: Option<MonthSet>,
    /// What stands between the two.
    pub separator: String,
    /// The digits.
    pub digits: Digits,
    /// The Hijri date beside the Gregorian, moved by so many days.
    pub hijri: Option<i8>,
    /// The site's time zone, with its history.
    pub zone: TimeZone,
}

impl DateStyle {
    /// The day of a moment in the site's time zone.
    pub fn day_of(&self, moment: Timestamp) -> Date {
        self.zone.to_datetime(moment).date()
    }

    /// «الأربعاء 13 سبتمبر/أيلول 2017»
    pub fn full_day(&self, day: Date) -> String {
        format!("{} {}", weekday(day.weekday()), self.day(day))
    }

    /// «13 سبتمبر/أيلول 2017»
    pub fn day(&self, day: Date) -> String {
        format!(
            "{} {} {}",
            write(day.day(), self.digits),
            self.month(day.month()),
            write(day.year(), self.digits)
        )
    }

    /// «الأربعاء 13 سبتمبر/أيلول 2017، 14:05»
    pub fn full(&self, moment: Timestamp) -> String {
        format!(
            "{}، {}",
            self.full_day(self.day_of(moment)),
            self.time(moment)
        )
    }

    /// «14:05»
    pub fn time(&self, moment: Timestamp) -> String {
        let time = self.zone.to_datetime(moment).time();
        write(
            format_args!("{:02}:{:02}", time.hour(), time.minute()),
            self.digits,
        )
    }

    /// «22 ذو الحجة 1438 هـ», where the site shows it.
    pub fn hijri(&self, moment: Timestamp) -> Option<String> {
        hijri::date(self.day_of(moment), self.hijri?, self.digits)
    }

    /// «قبل يومين»، «قبل 3 ساعات»، «الآن»; the full date once it is over a week.
    pub fn ago(&self, moment: Timestamp, now: Timestamp) -> String {
        let seconds = now
            .as_second()
            .saturating_sub(moment.as_second())
            .max(0)
            .unsigned_abs();
        let phrase = |n, noun| format!("قبل {}", counted(n, noun, Case::Genitive, self.digits));
        match seconds {
            0..60 => "الآن".to_owned(),
            60..3_600 => phrase(seconds / 60, &MINUTE),
            3_600..86_400 => phrase(seconds / 3_600, &HOUR),
            86_400..604_800 => phrase(seconds / 86_400, &DAY),
            _ => self.full_day(self.day_of(moment)),
        }
    }

    fn month(&self, number: i8) -> String {
        let first = month(self.months, number);
        match self.second_months.map(|set| month(set, number)) {
            Some(second) if second != first => format!("{first}{}{second}", self.separator),
            _ => first.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style() -> DateStyle {
        DateStyle {
            months: MonthSet::EgyptGulf,
            second_months: Some(MonthSet::Levant),
            separator: "/".into(),
            digits: Digits::Latin,
            hijri: Some(0),
            zone: TimeZone::get("Asia/Damascus").expect("bundled"),
        }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().expect("well formed")
    }

    #[test]
    fn as_printed() {
        let moment = at("2017-09-13T11:05:00Z");
        assert_eq!(style().full(moment), "الأربعاء 13 سبتمبر/أيلول 2017، 14:05");
        assert_eq!(
            style().hijri(moment).as_deref(),
            Some("22 ذو الحجة 1438 هـ")
        );
        let tunis = DateStyle {
            months: MonthSet::AlgeriaTunisia,
            second_months: None,
            ..style()
        };
        assert_eq!(tunis.day(jiff::civil::date(2021, 8, 4)), "4 أوت 2021");
    }

    #[test]
    fn the_zone_keeps_its_history() {
        // Winter time before October 2022, UTC+3 all year since.
        assert_eq!(style().time(at("2021-01-10T10:00:00Z")), "12:00");
        assert_eq!(style().time(at("2023-01-10T10:00:00Z")), "13:00");
    }

    #[test]
    fn ago_by_case() {
        let now = at("2026-11-24T12:00:00Z");
        for (moment, expect) in [
            ("2026-11-24T11:59:30Z", "الآن"),
            ("2026-11-24T11:58:00Z", "قبل دقيقتين"),
            ("2026-11-24T09:00:00Z", "قبل 3 ساعات"),
            ("2026-11-22T12:00:00Z", "قبل يومين"),
            ("2026-01-01T12:00:00Z", "الخميس 1 يناير/كانون الثاني 2026"),
            ("2027-01-01T12:00:00Z", "الآن"),
        ] {
            assert_eq!(style().ago(at(moment), now), expect);
        }
    }
}
