//! From when until when a certificate is good, read from its DER (RFC 5280,
//! 4.1), and dates for sentences.

/// When a certificate is good, in seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    /// The first second.
    pub not_before: i64,
    /// The last second.
    pub not_after: i64,
}

impl Validity {
    /// That of a certificate; `None` where it cannot be read.
    pub fn of(certificate: &[u8]) -> Option<Self> {
        let (whole, _) = part(certificate, 0x30)?;
        let (mut signed, _) = part(whole, 0x30)?;
        // The version stands first in all but the oldest.
        if let Some((_, rest)) = part(signed, 0xa0) {
            signed = rest;
        }
        for tag in [0x02, 0x30, 0x30] {
            // Serial number, algorithm, issuer.
            (_, signed) = part(signed, tag)?;
        }
        let (validity, _) = part(signed, 0x30)?;
        let (not_before, rest) = time(validity)?;
        let (not_after, _) = time(rest)?;
        (not_before <= not_after).then_some(Self {
            not_before,
            not_after,
        })
    }

    /// When a third of its life is left.
    pub const fn renewal(self) -> i64 {
        self.not_after - (self.not_after - self.not_before) / 3
    }
}

/// The content of the value at the start of `bytes`, if it has this tag, and
/// what stands after it.
fn part(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (&[own, first], rest) = bytes.split_first_chunk()?;
    if own != tag {
        return None;
    }
    if first < 0x80 {
        return rest.split_at_checked(usize::from(first));
    }
    let count = usize::from(first & 0x7f);
    if !(1..=4).contains(&count) {
        return None;
    }
    let (digits, rest) = rest.split_at_checked(count)?;
    let length = digits
        .iter()
        .fold(0, |length, digit| length << 8 | usize::from(*digit));
    rest.split_at_checked(length)
}

/// A moment, and what stands after it: UTCTime, with two digits for the year,
/// or GeneralizedTime, with four.
fn time(bytes: &[u8]) -> Option<(i64, &[u8])> {
    let (text, rest, digits) = match part(bytes, 0x17) {
        Some((text, rest)) => (text, rest, 2),
        None => part(bytes, 0x18).map(|(text, rest)| (text, rest, 4))?,
    };
    let text = std::str::from_utf8(text).ok()?.strip_suffix('Z')?;
    if text.len() != digits + 10 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i64>().ok();
    let year = match (digits, number(0, digits)?) {
        (2, short) if short < 50 => 2000 + short,
        (2, short) => 1900 + short,
        (_, year) => year,
    };
    let at = |place: usize| number(digits + 2 * place, digits + 2 * place + 2);
    let (month, day) = (at(0)?, at(1)?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let seconds = at(2)? * 3_600 + at(3)? * 60 + at(4)?;
    Some((days(year, month, day) * 86_400 + seconds, rest))
}

/// Days from 1 January 1970 to that day: each month begins a number of days
/// after 1 March that a line of slope 153/5 gives.
const fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    365 * year + leap_days + (153 * month + 2) / 5 + day - 1 - 719_468
}

/// The day of a moment, such as `2026-11-25`.
pub fn date(seconds: i64) -> String {
    let day = seconds.div_euclid(86_400);
    // A year at most too late, then at most a month: both walk back.
    let mut year = 1970 + day.div_euclid(365);
    while days(year, 1, 1) > day {
        year -= 1;
    }
    let mut month = 12;
    while days(year, month, 1) > day {
        month -= 1;
    }
    format!("{year:04}-{month:02}-{:02}", day - days(year, month, 1) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_the_calendar_does() {
        for (year, month, day, expect) in [
            (1970, 1, 1, 0),
            (1970, 3, 1, 59),
            (2000, 2, 29, 11_016),
            (2000, 3, 1, 11_017),
            (2026, 11, 25, 20_782),
            (2100, 3, 1, 47_541),
        ] {
            assert_eq!(days(year, month, day), expect, "{year}-{month}-{day}");
            let text = format!("{year:04}-{month:02}-{day:02}");
            assert_eq!(date(expect * 86_400), text);
            assert_eq!(date(expect * 86_400 + 86_399), text);
        }
    }

    #[test]
    fn a_certificate_says_when_it_is_good() {
        for (from, to) in [
            ((1999, 12, 31), (2000, 1, 1)),
            ((2026, 2, 28), (2049, 12, 31)),
            ((2049, 12, 31), (2051, 1, 1)),
        ] {
            let mut params =
                rcgen::CertificateParams::new(vec!["news.example".to_owned()]).expect("a name");
            params.not_before = rcgen::date_time_ymd(from.0, from.1, from.2);
            params.not_after = rcgen::date_time_ymd(to.0, to.1, to.2);
            let key = rcgen::KeyPair::generate().expect("a key");
            let made = params.self_signed(&key).expect("made");
            let seconds = |(year, month, day): (i32, u8, u8)| {
                days(i64::from(year), i64::from(month), i64::from(day)) * 86_400
            };
            let validity = Validity {
                not_before: seconds(from),
                not_after: seconds(to),
            };
            assert_eq!(Validity::of(made.der()), Some(validity));
            // Cut short anywhere, it is read the same or not at all.
            for length in 0..made.der().len() {
                let read = Validity::of(&made.der()[..length]);
                assert!(read.is_none(), "{length}");
            }
        }
    }

    #[test]
    fn a_third_of_the_life_is_left_at_the_renewal() {
        let validity = Validity {
            not_before: 1_000,
            not_after: 1_090,
        };
        assert_eq!(validity.renewal(), 1_060);
    }
}
