//! The `Date` header, written once a second.

use std::{
    sync::RwLock,
    time::{Duration, SystemTime},
};

use editorial::Timestamp;

/// The last date that was written, and its second.
#[derive(Debug)]
pub(crate) struct DateLine(RwLock<(i64, [u8; 29])>);

impl Default for DateLine {
    fn default() -> Self {
        Self(RwLock::new((i64::MIN, [b' '; 29])))
    }
}

impl DateLine {
    /// Gives `use_it` the date of `now` as RFC 9110, 5.6.7 writes it.
    pub(crate) fn with<T>(&self, now: Timestamp, use_it: impl FnOnce(&[u8; 29]) -> T) -> T {
        let second = now.0.div_euclid(Timestamp::SECOND);
        {
            let known = self
                .0
                .read()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            if known.0 == second {
                return use_it(&known.1);
            }
        }
        let text = httpdate::fmt_http_date(
            SystemTime::UNIX_EPOCH + Duration::from_secs(second.max(0).unsigned_abs()),
        );
        let mut date = [b' '; 29];
        let length = text.len().min(date.len());
        date[..length].copy_from_slice(&text.as_bytes()[..length]);
        *self
            .0
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = (second, date);
        use_it(&date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_follows_the_clock() {
        let line = DateLine::default();
        let at = |seconds: i64| {
            line.with(Timestamp(seconds * Timestamp::SECOND), |date| {
                String::from_utf8(date.to_vec()).expect("plain")
            })
        };
        assert_eq!(at(784_111_777), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(at(784_111_778), "Sun, 06 Nov 1994 08:49:38 GMT");
    }
}
