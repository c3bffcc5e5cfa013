//! Dates as WordPress writes them.

use jiff::civil::DateTime;

/// Reads `2017-09-15 16:20:00`; `None` for zeros and everything else.
///
/// ```
/// # use importer::wordpress::date;
/// assert_eq!(date(" 2017-09-15 16:20:00").map(|date| date.hour()), Some(16));
/// assert_eq!(date("0000-00-00 00:00:00"), None);
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
    let (month, of_month) = (small(month)?, small(of_month)?);
    let (hour, minute, second) = (small(hour)?, small(minute)?, small(second)?);
    DateTime::new(year, month, of_month, hour, minute, second, 0).ok()
}

fn number(digits: &str) -> Option<i16> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}
