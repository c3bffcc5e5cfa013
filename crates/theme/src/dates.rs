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

    pub(crate) fn counted(&self, n: u64, noun: &CountedNoun) -> String {
        counted(n, noun, Case::Nominative, self.style.digits)
    }
}

const fn set(names: MonthNames) -> MonthSet {
    match names {
        MonthNames::Levant => MonthSet::Levant,
        MonthNames::EgyptGulf => MonthSet::EgyptGulf,
        MonthNames::AlgeriaTunisia => MonthSet::AlgeriaTunisia,
        MonthNames::Morocco => MonthSet::Morocco,
        MonthNames::Mauritania => MonthSet::Mauritania,
    }
}
