//! Pages asked for again and again, joined already: their answer is one look
//! and one write. Bounded in bytes; a page comes in when it is asked for the
//! second time with the same shared parts.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use bytes::Bytes;
use hyper::StatusCode;
use splice::Encoding;

/// Numbers for pages and shared parts, each given once.
static NUMBER: AtomicU64 = AtomicU64::new(1);

/// A number that nothing else has in this process.
pub(crate) fn number() -> u64 {
    NUMBER.fetch_add(1, Ordering::Relaxed)
}

/// A whole answer but its date.
#[derive(Debug)]
pub(crate) struct Joined {
    /// The number of the shared parts it was joined with.
    pub(crate) shared: u64,
    pub(crate) status: StatusCode,
    /// Status and headers, without what stands after the length.
    pub(crate) head: Vec<u8>,
    pub(crate) body: Bytes,
}

#[derive(Clone)]
struct ByBytes;

impl quick_cache::Weighter<(u64, u8), Arc<Joined>> for ByBytes {
    fn weight(&self, _: &(u64, u8), joined: &Arc<Joined>) -> u64 {
        (joined.head.len() + joined.body.len() + 128) as u64
    }
}

/// Joined pages by the number of the page and the encoding.
pub(crate) struct HotPages {
    pages: quick_cache::sync::Cache<(u64, u8), Arc<Joined>, ByBytes>,
}

impl HotPages {
    /// Room for `bytes_max` bytes.
    pub(crate) fn new(bytes_max: u64) -> Self {
        let pages_expected = usize::try_from(bytes_max / 12_288)
            .unwrap_or(usize::MAX)
            .max(16);
        Self {
            pages: quick_cache::sync::Cache::with_weighter(pages_expected, bytes_max, ByBytes),
        }
    }

    /// Bytes of the answers it holds.
    pub(crate) fn bytes(&self) -> u64 {
        self.pages.weight()
    }

    /// The answer for this page with these shared parts.
    pub(crate) fn get(&self, page: u64, encoding: Encoding, shared: u64) -> Option<Arc<Joined>> {
        self.pages
            .get(&(page, encoding as u8))
            .filter(|joined| joined.shared == shared)
    }

    /// Keeps an answer.
    pub(crate) fn put(&self, page: u64, encoding: Encoding, joined: Arc<Joined>) {
        self.pages.insert((page, encoding as u8), joined);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_for_one_page_one_encoding_and_its_shared_parts() {
        let hot = HotPages::new(1 << 20);
        let joined = Arc::new(Joined {
            shared: 7,
            status: StatusCode::OK,
            head: b"HTTP/1.1 200 OK\r\n".to_vec(),
            body: Bytes::from_static(b"x"),
        });
        hot.put(3, Encoding::Gzip, joined);
        assert!(hot.get(3, Encoding::Gzip, 7).is_some());
        assert!(hot.get(3, Encoding::Gzip, 8).is_none());
        assert!(hot.get(3, Encoding::Brotli, 7).is_none());
        assert!(hot.get(4, Encoding::Gzip, 7).is_none());
    }

    #[test]
    fn the_room_is_bounded() {
        let hot = HotPages::new(50_000);
        for page in 0..1_000 {
            let joined = Arc::new(Joined {
                shared: 1,
                status: StatusCode::OK,
                head: Vec::new(),
                body: vec![0; 1_000].into(),
            });
            hot.put(page, Encoding::Gzip, joined);
        }
        assert!(hot.pages.weight() <= 50_000);
    }
}
