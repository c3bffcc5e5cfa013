//! Hijri dates by the calendar of Umm al-Qura, to stand beside Gregorian ones.
//! Sighted calendars differ by a day: a site may move the date by -1 to 1.

use icu_calendar::{Date, cal::Hijri};

use crate::numerals::{Digits, write};

const MONTHS: [&str; 12] = [
    "محرم",
    "صفر",
    "ربيع الأول",
    "ربيع الآخر",
    "جمادى الأولى",
    "جمادى الآخرة",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة",
    "ذو الحجة",
];

/// The Hijri date of a Gregorian day, moved by `offset` days:
/// 13 September 2017 is «22 ذو الحجة 1438 هـ». `None` outside of the years
/// that the calendar knows.
pub fn date(day: jiff::civil::Date, offset: i8, digits: Digits) -> Option<String> {
    let day = day
        .checked_add(jiff::Span::new().days(i64::from(offset.clamp(-1, 1))))
        .ok()?;
    let gregorian = Date::try_new_iso(
        i32::from(day.year()),
        day.month().unsigned_abs(),
        day.day().unsigned_abs(),
    )
    .ok()?;
    let hijri = gregorian.to_calendar(Hijri::new_umm_al_qura());
    let month = MONTHS.get(usize::from(hijri.month().ordinal).checked_sub(1)?)?;
    let year = hijri.year().era_year_or_related_iso();
    (year > 0).then(|| {
        format!(
            "{} {month} {} هـ",
            write(hijri.day_of_month().0, digits),
            write(year, digits)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_the_sixth_round() {
        let day = jiff::civil::date(2017, 9, 13);
        assert_eq!(
            date(day, 0, Digits::Latin).as_deref(),
            Some("22 ذو الحجة 1438 هـ")
        );
        assert_eq!(
            date(day, -1, Digits::Latin).as_deref(),
            Some("21 ذو الحجة 1438 هـ")
        );
        assert_eq!(
            date(day, 0, Digits::ArabicIndic).as_deref(),
            Some("٢٢ ذو الحجة ١٤٣٨ هـ")
        );
    }
}
