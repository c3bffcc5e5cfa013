//! The day of a statement as a date, against the day of publication.
//!
//! A bare weekday is the latest one on or before publication: «الجمعة» in an
//! article of a Saturday is the day before; «الجمعة المقبل» the one to come.

use jiff::civil::{Date, Weekday};

use crate::{
    flags::Flags,
    statement::Span,
    tokens::{Sort, Text},
};

/// A day in a text: what is written, and the date where it can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Day {
    pub(crate) span: Span,
    pub(crate) date: Option<Date>,
}

/// The first day written between two tokens.
pub(crate) fn find(
    text: &Text<'_>,
    from: usize,
    to: usize,
    published: Option<Date>,
) -> Option<Day> {
    (from..to.min(text.tokens.len())).find_map(|at| day(text, at, to, published))
}

fn day(text: &Text<'_>, at: usize, to: usize, published: Option<Date>) -> Option<Day> {
    let token = text.get(at)?;
    let classes = Flags::WEEKDAY | Flags::NEARDAY | Flags::MONTH;
    let is_number = token.sort == Sort::Number
        && (text.phrase(at + 1, Flags::MONTH).is_some()
            || text.key(at + 1) == "من" && text.phrase(at + 2, Flags::MONTH).is_some());
    let is_day =
        token.is_word() && token.is(Flags::WEEKDAY | Flags::NEARDAY) && token.attached.is_none();
    if !is_number && !is_day {
        return None;
    }
    let (mut weekday, mut near, mut day, mut month, mut year) = (None, None, None, None, None);
    let (mut past, mut coming) = (false, false);
    let mut end = at;
    let mut last = at;
    while end < to.min(text.tokens.len()) {
        let token = &text.tokens[end];
        let part = text.phrase(end, classes);
        if token.sort == Sort::Number {
            let number: Option<i16> = token.key.parse().ok();
            match number {
                Some(number @ 1..=31) if day.is_none() => day = i8::try_from(number).ok(),
                Some(number @ 1900..=2100) if month.is_some() => year = Some(number),
                _ => break,
            }
            end += 1;
        } else if let Some((count, flags, number)) = part {
            if flags.any(Flags::WEEKDAY) {
                weekday = weekday.or(Some(number));
            } else if flags.any(Flags::MONTH) {
                if day.is_none() {
                    break;
                }
                month = month.or(Some(number));
            } else {
                near = near.or(Some(number));
            }
            end += count;
        } else if token.is(Flags::PAST) && token.is_word() {
            past = true;
            end += 1;
        } else if token.is(Flags::COMING) && token.is_word() {
            coming = true;
            end += 1;
        } else if token.sort == Sort::Comma
            && end > at
            && text.flags(end + 1).any(Flags::WEEKDAY | Flags::NEARDAY)
            || end > at
                && (text.key(end) == "من" || token.sort == Sort::Other)
                && text.phrase(end + 1, Flags::MONTH).is_some()
        {
            end += 1;
            continue;
        } else {
            break;
        }
        last = end;
    }
    let span = text.span(at, last, true)?;
    if last == at || weekday.is_none() && near.is_none() && month.is_none() {
        return None;
    }
    Some(Day {
        span,
        date: published.and_then(|published| {
            resolve(published, weekday, near, (day, month, year), past, coming)
        }),
    })
}

fn resolve(
    published: Date,
    weekday: Option<i8>,
    near: Option<i8>,
    (day, month, year): (Option<i8>, Option<i8>, Option<i16>),
    past: bool,
    coming: bool,
) -> Option<Date> {
    if let (Some(day), Some(month)) = (day, month) {
        let date = Date::new(year.unwrap_or(published.year()), month, day).ok()?;
        if year.is_some() {
            return Some(date);
        }
        // Without a year: the latest one that is not far after publication.
        let far = published.saturating_add(jiff::Span::new().days(60));
        return if date > far && !coming {
            Date::new(published.year() - 1, month, day).ok()
        } else {
            Some(date)
        };
    }
    if let Some(days) = near {
        return published
            .checked_add(jiff::Span::new().days(i64::from(days)))
            .ok();
    }
    let wanted = Weekday::from_monday_one_offset(weekday?).ok()?;
    if published.weekday() == wanted && !past && !coming {
        return Some(published);
    }
    published
        .nth_weekday(if coming { 1 } else { -1 }, wanted)
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_against_publication() {
        // A Wednesday.
        let published = jiff::civil::date(2017, 9, 13);
        for (text, written, expect) in [
            ("قال X الجمعة إن", "الجمعة", "2017-09-08"),
            ("قال X، الأربعاء، إن", "الأربعاء", "2017-09-13"),
            ("قال X اليوم الأربعاء إن", "اليوم الأربعاء", "2017-09-13"),
            ("قال اليوم، الأربعاء، إن", "اليوم، الأربعاء", "2017-09-13"),
            ("قال أمس الثلاثاء إن", "أمس الثلاثاء", "2017-09-12"),
            ("قال الأربعاء الماضي إن", "الأربعاء الماضي", "2017-09-06"),
            ("قال الأحد المقبل إن", "الأحد المقبل", "2017-09-17"),
            ("قال في 21 أبريل الماضي إن", "21 أبريل الماضي", "2017-04-21"),
            (
                "قال في 15 من يناير 2016 إن",
                "15 من يناير 2016",
                "2016-01-15",
            ),
            ("قال في 3 كانون الأول إن", "3 كانون الأول", "2016-12-03"),
        ] {
            let read = Text::new(text);
            let day = find(&read, 0, read.tokens.len(), Some(published)).expect(text);
            assert_eq!(
                (
                    day.span.of(text),
                    day.date.map(|date| date.to_string()).as_deref()
                ),
                (written, Some(expect))
            );
        }
        let none = Text::new("قال رئيس الوزراء إن 5 أشخاص");
        assert_eq!(find(&none, 0, none.tokens.len(), Some(published)), None);
    }
}
