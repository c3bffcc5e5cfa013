//! Dates as WordPress writes them.

use jiff::civil::DateTime;

/// The first year that a date is of; an older one is a slip of a program.
const YEAR_MIN: i16 = 1900;

/// Reads `2017-09-15 16:20:00`; `None` for zeros, for years before 1900 and for
/// everything else.
///
/// ```
/// # use importer::wordpress::date;
/// assert_eq!(date(" 2017-09-15 16:20:00").map(|date| date.hour()), Some(16));
/// assert_eq!(date("0000-00-00 00:00:00"), None);
/// assert_eq!(date("0001-11-30 00:00:00"), None);
/// ```
pub fn date(text: &str) -> Option<DateTime> {
    let (day, time) = text.trim().split_once(' ')?;
    let mut day = day.split('-').map(number);
    let mut time = time.split(':').map(number);
    let (year, month, of_month) = (day.next()??, day.next()??, day.next()??);
    let (hour, minute, second) = (time.next()??, time.next()??, time.next()??);
    if day.next().is_some() || time.next().is_some() {
        return None;
    }
    let small = |number: i16| i8::try_from(number).ok();
    if year < YEAR_MIN {
        return None;
    }
    let (month, of_month) = (small(month)?, small(of_month)?);
    let (hour, minute, second) = (small(hour)?, small(minute)?, small(second)?);
    DateTime::new(year, month, of_month, hour, minute, second, 0).ok()
}

fn number(digits: &str) -> Option<i16> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_that_were_none_are_none() {
        for text in [
            "",
            "0000-00-00 00:00:00",
            "-0001-11-30 00:00:00",
            "0001-01-01 00:00:00",
            "1899-12-31 23:59:59",
            "2019-02-29 00:00:00",
            "2019-01-01 24:00:00",
            "2019-01-01 00:00",
            "2019-01-01 00:00:00:00",
            "2019-01-01-01 00:00:00",
            "2019-01-01T00:00:00",
            "12019-01-01 00:00:00",
            "99999-01-01 00:00:00",
            "2019-+1-01 00:00:00",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
        for text in [
            "1900-01-01 00:00:00",
            "2020-02-29 23:59:59",
            "9999-12-30 00:00:00",
        ] {
            let read = date(text).expect(text);
            assert_eq!(read.to_string().replace('T', " "), text);
        }
    }
}
