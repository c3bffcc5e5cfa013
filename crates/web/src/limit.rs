//! How often something may be done by one client, or to one thing: so many times
//! at once, then so many a minute.

use std::{
    collections::HashMap,
    hash::Hash,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Keys that are remembered, some 60 bytes each. Where there are more, those
/// that have rested are forgotten, and if need be all.
const KEYS_MAX: usize = 50_000;

/// A token bucket (RFC 2697, section 3) for each key.
pub(crate) struct Limit<K> {
    at_once: f64,
    a_second: f64,
    keys: Mutex<HashMap<K, Left>>,
}

/// What a key had left, and when.
#[derive(Clone, Copy)]
struct Left {
    count: f64,
    at: Instant,
}

impl<K: Copy + Eq + Hash> Limit<K> {
    pub(crate) fn of(at_once: u32, a_minute: u32) -> Self {
        Self {
            at_once: f64::from(at_once.max(1)),
            a_second: f64::from(a_minute.max(1)) / 60.0,
            keys: Mutex::default(),
        }
    }

    /// Whether one could be taken for this key; else how long to wait.
    pub(crate) fn look(&self, key: K, now: Instant) -> Result<(), Duration> {
        let keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        let count = (keys.get(&key)).map_or(self.at_once, |left| self.left(*left, now));
        self.enough(count)
    }

    /// Takes one for this key; else says how long to wait.
    pub(crate) fn take(&self, key: K, now: Instant) -> Result<(), Duration> {
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        if keys.len() >= KEYS_MAX && !keys.contains_key(&key) {
            keys.retain(|_, left| self.left(*left, now) < self.at_once);
            if keys.len() >= KEYS_MAX {
                keys.clear();
            }
        }
        let left = keys.entry(key).or_insert(Left {
            count: self.at_once,
            at: now,
        });
        let count = self.left(*left, now);
        self.enough(count)?;
        *left = Left {
            count: count - 1.0,
            at: now,
        };
        Ok(())
    }

    fn enough(&self, count: f64) -> Result<(), Duration> {
        if count < 1.0 {
            return Err(Duration::from_secs_f64((1.0 - count) / self.a_second));
        }
        Ok(())
    }

    fn left(&self, left: Left, now: Instant) -> f64 {
        let rested = now.saturating_duration_since(left.at).as_secs_f64();
        (left.count + rested * self.a_second).min(self.at_once)
    }
}

/// The client of an address: of IPv6 each has a network of its own.
pub(crate) fn network(client: IpAddr) -> IpAddr {
    match client {
        IpAddr::V4(_) => client,
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit() -> Limit<IpAddr> {
        Limit::of(3, 30)
    }

    #[test]
    fn a_client_has_some_at_once_and_then_waits() {
        let (limit, start) = (limit(), Instant::now());
        let client = IpAddr::from([203, 0, 113, 1]);
        for _ in 0..3 {
            assert_eq!(limit.take(client, start), Ok(()));
        }
        let wait = Err(Duration::from_secs(2));
        assert_eq!(limit.look(client, start), wait);
        assert_eq!(limit.take(client, start), wait);
        assert_eq!(limit.take(IpAddr::from([203, 0, 113, 2]), start), Ok(()));
        let later = start + Duration::from_secs(2);
        for _ in 0..3 {
            assert_eq!(limit.look(client, later), Ok(()));
        }
        assert_eq!(limit.take(client, later), Ok(()));
        assert!(limit.take(client, later).is_err());
        let rested = start + Duration::from_hours(1);
        for _ in 0..3 {
            assert_eq!(limit.take(client, rested), Ok(()));
        }
        assert!(limit.take(client, rested).is_err());
    }

    #[test]
    fn a_network_of_ipv6_is_one_client() {
        let (limit, start) = (limit(), Instant::now());
        let address = |last| network(IpAddr::from([0x2001, 0xdb8, 1, 2, 3, 4, 5, last]));
        for last in 0..3 {
            assert_eq!(limit.take(address(last), start), Ok(()));
        }
        assert!(limit.take(address(9), start).is_err());
    }

    #[test]
    fn any_number_of_clients_needs_bounded_memory() {
        let (limit, start) = (limit(), Instant::now());
        for number in 0..200_000_u32 {
            let client = IpAddr::from(number.to_be_bytes());
            assert_eq!(limit.take(client, start), Ok(()));
        }
        assert!(limit.keys.lock().expect("whole").len() <= KEYS_MAX);
    }
}
