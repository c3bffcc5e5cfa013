//! The places for live streams: bounded in all, and for each client.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

/// Live streams open at the same time, in all and for one client: many readers
/// may share one address behind their provider, but none takes all places.
const STREAMS_MAX: usize = 20_000;
const STREAMS_OF_ONE: usize = 2_000;

/// The open live streams, counted by client.
#[derive(Debug, Default)]
pub(crate) struct Streams {
    counts: Mutex<Counts>,
    ended: AtomicBool,
}

#[derive(Debug, Default)]
struct Counts {
    all: usize,
    of: HashMap<IpAddr, usize>,
}

/// A place among the live streams, given back when dropped.
pub(crate) struct StreamPlace {
    streams: Arc<Streams>,
    client: IpAddr,
}

impl Streams {
    /// The server ends: every stream ends when it is woken next.
    pub(crate) fn end(&self) {
        self.ended.store(true, Ordering::Release);
    }

    /// Whether the server ends.
    pub(crate) fn ended(&self) -> bool {
        self.ended.load(Ordering::Acquire)
    }

    fn counts(&self) -> std::sync::MutexGuard<'_, Counts> {
        self.counts
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// How many are open.
    pub(crate) fn open(&self) -> usize {
        self.counts().all
    }

    /// A place for one more stream of this client; `None` where there is none.
    pub(crate) fn take(self: &Arc<Self>, client: IpAddr) -> Option<StreamPlace> {
        let mut counts = self.counts();
        let own = counts.of.get(&client).copied().unwrap_or(0);
        if counts.all >= STREAMS_MAX || own >= STREAMS_OF_ONE {
            return None;
        }
        counts.all += 1;
        counts.of.insert(client, own + 1);
        Some(StreamPlace {
            streams: Arc::clone(self),
            client,
        })
    }
}

impl Drop for StreamPlace {
    fn drop(&mut self) {
        let mut counts = self.streams.counts();
        counts.all -= 1;
        if let Some(own) = counts.of.get_mut(&self.client) {
            *own -= 1;
            if *own == 0 {
                counts.of.remove(&self.client);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_client_takes_all_streams() {
        let streams = Arc::new(Streams::default());
        let (one, other) = (
            IpAddr::from([203, 0, 113, 1]),
            IpAddr::from([203, 0, 113, 2]),
        );
        let mut places: Vec<_> = std::iter::from_fn(|| streams.take(one)).collect();
        assert_eq!(places.len(), STREAMS_OF_ONE);
        assert!(streams.take(other).is_some());
        places.pop();
        assert!(streams.take(one).is_some());
        drop(places);
        assert_eq!(streams.counts().all, 0);
        assert!(streams.counts().of.is_empty());
    }
}
