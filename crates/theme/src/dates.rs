//! Dates and counts as the site's settings want them.

use arabic::{
    dates::DateStyle,
    months::MonthSet,
    numerals::Digits,
    plural::{Case, CountedNoun, counted},
};
use editorial::{SiteSettings, Timestamp, settings::MonthNames};
use jiff::tz::TimeZone;
use serde::Serialize;

/// A moment as a page shows it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Moment {
    /// For `<time datetime>`.
    pub(crate) machine: String,
    /// With weekday, year and time.
    pub(crate) full: String,
    /// With weekday and year.
    pub(crate) day: String,
    /// The Hijri date, where the site shows it.
    pub(crate) hijri: Option<String>,
}

/// The site's way to write dates.
pub(crate) struct Dates {
    style: DateStyle,
}

impl Dates {
    pub(crate) fn of(settings: &SiteSettings) -> Self {
        let dates = &settings.dates;
        let digits = if dates.arabic_digits {
            Digits::ArabicIndic
        } else {
            Digits::Latin
        };
        Self {
            style: DateStyle {
                months: set(dates.months),
                second_months: dates.second_months.map(set),
                separator: dates.separator.clone(),
                digits,
                hijri: dates.hijri.then_some(dates.hijri_offset),
                zone: TimeZone::get(&settings.time_zone).unwrap_or(TimeZone::UTC),
            },
        }
    }

    pub(crate) fn moment(&self, at: Timestamp) -> Moment {
        let moment = at.to_jiff();
        Moment {
            machine: at.rfc3339(),
            full: self.style.full(moment),
            day: self.style.full_day(self.style.day_of(moment)),
            hijri: self.style.hijri(moment),
        }
    }

    /// The time of a ticker's line: «15:05» today, «16 نوفمبر 2026» before.
    pub(crate) fn of_line(&self, at: Timestamp, now: Timestamp) -> String {
        let day = self.style.day_of(at.to_jiff());
        if day == self.style.day_of(now.to_jiff()) {
            self.style.time(at.to_jiff())
        } else {
            self.style.day(day)
        }
    }

    /// The day of `now`; its machine form is the day alone, in the site's zone.
    pub(crate) fn today(&self, now: Timestamp) -> Moment {
        Moment {
            machine: self.style.day_of(now.to_jiff()).to_string(),
            ..self.moment(now)
        }
    }

    /// The moment at which the day of `now` ends.
    pub(crate) fn midnight_after(&self, now: Timestamp) -> Timestamp {
        let day = self.style.day_of(now.to_jiff());
        let next = day
            .tomorrow()
            .and_then(|day| day.to_zoned_datetime(self.style.zone.clone()));
        next.map_or(now.plus(Timestamp::DAY), |next| {
            Timestamp(next.timestamp().as_microsecond())
        })
    }

    pub(crate) fn civil_day(&self, year: i16, month: i8, day: i8) -> String {
        jiff::civil::Date::new(year, month, day)
            .map_or_else(|_| String::new(), |day| self.style.full_day(day))
    }

    /// `/archive/…` of the day of a moment.
    pub(crate) fn archive(&self, at: Timestamp) -> String {
        let day = self.style.day_of(at.to_jiff());
        editorial::urls::Url::Day(day.year(), day.month(), day.day(), None).to_string()
    }

    /// The time of day: «15:05».
    pub(crate) fn time(&self, at: Timestamp) -> String {
        self.style.time(at.to_jiff())
    }

    pub(crate) fn number(&self, number: u32) -> String {
        arabic::numerals::write(number, self.style.digits)
    }

    pub(crate) fn counted(&self, n: u64, noun: &CountedNoun) -> String {
        counted(n, noun, Case::Nominative, self.style.digits)
    }
}

/// The same set in the words of the layer below.
const fn set(names: MonthNames) -> MonthSet {
    match names {
        MonthNames::Levant => MonthSet::Levant,
        MonthNames::EgyptGulf => MonthSet::EgyptGulf,
        MonthNames::AlgeriaTunisia => MonthSet::AlgeriaTunisia,
        MonthNames::Morocco => MonthSet::Morocco,
        MonthNames::Mauritania => MonthSet::Mauritania,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use editorial::settings::{DateSettings, MonthNames::*};

    /// 13 September 2017, 14:05 in Damascus.
    const AT: Timestamp = Timestamp(1_505_300_700_000_000);

    fn dates(zone: &str, months: MonthNames, second: Option<MonthNames>, separator: &str) -> Dates {
        Dates::of(&SiteSettings {
            time_zone: zone.into(),
            dates: DateSettings {
                months,
                second_months: second,
                separator: separator.into(),
                ..DateSettings::default()
            },
            ..SiteSettings::default()
        })
    }

    fn months(months: MonthNames) -> Vec<String> {
        let dates = dates("UTC", months, None, "");
        (1..=12)
            .map(|month| {
                let day = dates.civil_day(2021, month, 1);
                let words: Vec<_> = day.split(' ').collect();
                words[2..words.len() - 1].join(" ")
            })
            .collect()
    }

    #[test]
    fn each_country_reads_its_own_months() {
        assert_eq!(
            months(AlgeriaTunisia).join(" "),
            "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر"
        );
        assert_eq!(
            months(Morocco).join(" "),
            "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر"
        );
        assert_eq!(months(Mauritania)[6..9].join(" "), "يوليو أغشت شتمبر");
        assert_eq!(
            months(Levant).join("، "),
            "كانون الثاني، شباط، آذار، نيسان، أيار، حزيران، تموز، آب، أيلول، تشرين الأول، تشرين الثاني، كانون الأول"
        );
        assert_eq!(
            months(EgyptGulf)[3..9].join(" "),
            "أبريل مايو يونيو يوليو أغسطس سبتمبر"
        );
    }

    #[test]
    fn two_names_in_either_order_with_a_separator() {
        let day = |first, second, separator| {
            dates("Asia/Damascus", first, Some(second), separator)
                .moment(AT)
                .day
        };
        assert_eq!(day(EgyptGulf, Levant, "/"), "الأربعاء 13 سبتمبر/أيلول 2017");
        assert_eq!(
            day(Levant, EgyptGulf, " - "),
            "الأربعاء 13 أيلول - سبتمبر 2017"
        );
        assert_eq!(
            day(Morocco, Morocco, "/"),
            "الأربعاء 13 شتنبر 2017",
            "the same name stands once"
        );
    }

    #[test]
    fn digits_and_hijri_by_setting() {
        let mut settings = SiteSettings::default();
        settings.dates.arabic_digits = true;
        settings.dates.hijri = true;
        settings.dates.hijri_offset = -1;
        let dates = Dates::of(&settings);
        let moment = dates.moment(AT);
        assert_eq!(moment.full, "الأربعاء ١٣ سبتمبر/أيلول ٢٠١٧، ١٤:٠٥");
        assert_eq!(moment.hijri.as_deref(), Some("٢١ ذو الحجة ١٤٣٨ هـ"));
        assert_eq!(
            moment.machine, "2017-09-13T11:05:00Z",
            "machines read UTC and 0-9"
        );
        assert_eq!(dates.counted(11, &arabic::plural::COMMENT), "١١ تعليقًا");
    }

    #[test]
    fn the_day_ends_at_midnight_of_the_site() {
        let damascus = dates("Asia/Damascus", Levant, None, "/");
        let end = damascus.midnight_after(AT);
        assert_eq!(end.rfc3339(), "2017-09-13T21:00:00Z");
        assert_eq!(damascus.of_line(AT, end.plus(-1)), "14:05");
        assert_eq!(damascus.of_line(AT, end), "13 أيلول 2017");
        // A zone whose clock leaps at midnight: the day ends where the next begins.
        let beirut = dates("Asia/Beirut", Levant, None, "/");
        let eve = Timestamp::parse("2017-03-25T12:00:00Z").expect("a time");
        assert_eq!(beirut.midnight_after(eve).rfc3339(), "2017-03-25T22:00:00Z");
        assert_eq!(damascus.today(end).machine, "2017-09-14");
    }
}
