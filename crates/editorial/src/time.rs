//! A moment, as the whole system keeps it: microseconds since 1970 in UTC.

use serde::{Deserialize, Serialize};

/// Microseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// One second in microseconds.
    pub const SECOND: i64 = 1_000_000;
    /// One day in microseconds.
    pub const DAY: i64 = 86_400 * Self::SECOND;

    /// This moment moved by `microseconds`, held at the ends of the range.
    #[must_use]
    pub const fn plus(self, microseconds: i64) -> Self {
        Self(self.0.saturating_add(microseconds))
    }

    /// Whole seconds since 1970.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(Self::SECOND)
    }

    /// The moment for `jiff`, or the nearest one it can hold.
    pub fn to_jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(if self.0 < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        })
    }

    /// Reads an RFC 3339 moment such as `2017-09-13T14:05:00+03:00`.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse::<jiff::Timestamp>()
            .ok()
            .map(|moment| Self(moment.as_microsecond()))
    }

    /// Reads a day and a time of a time zone, such as `2026-12-02 08:00` or
    /// `2026-12-02T08:00`. A time that the clocks skip is read as an hour later, one that they show
    /// twice as the first (RFC 5545, section 3.3.5).
    pub fn parse_local(text: &str, zone: &str) -> Option<Self> {
        let zone = jiff::tz::TimeZone::get(zone).ok()?;
        let local: jiff::civil::DateTime = text.trim().replacen(' ', "T", 1).parse().ok()?;
        let moment = zone.to_ambiguous_timestamp(local).compatible().ok()?;
        Some(Self(moment.as_microsecond()))
    }

    /// RFC 3339 in UTC with whole seconds: `2017-09-13T11:05:00Z`.
    pub fn rfc3339(self) -> String {
        self.to_jiff().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_rfc3339() {
        let moment = Timestamp::parse("2017-09-13T14:05:00+03:00").expect("well formed");
        assert_eq!(moment.rfc3339(), "2017-09-13T11:05:00Z");
        assert_eq!(Timestamp::parse("13/9/2017"), None);
    }

    #[test]
    fn reads_a_time_of_a_zone() {
        let read = |text| Timestamp::parse_local(text, "Asia/Damascus");
        let utc = |text| read(text).map(Timestamp::rfc3339);
        assert_eq!(
            utc("2026-12-02 08:00").as_deref(),
            Some("2026-12-02T05:00:00Z")
        );
        assert_eq!(
            utc("2026-12-02T08:00:30").as_deref(),
            Some("2026-12-02T05:00:30Z")
        );
        assert_eq!(read("8:00"), None);
        assert_eq!(read("2026-02-30 08:00"), None);
        // Skipped by the clocks of Berlin, and shown twice.
        let berlin = |text| Timestamp::parse_local(text, "Europe/Berlin").map(Timestamp::rfc3339);
        assert_eq!(
            berlin("2026-03-29 02:30").as_deref(),
            Some("2026-03-29T01:30:00Z")
        );
        assert_eq!(
            berlin("2026-10-25 02:30").as_deref(),
            Some("2026-10-25T00:30:00Z")
        );
    }
}
