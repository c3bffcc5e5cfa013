//! A reader that knows which line it has reached.

use std::io::{BufRead, Read, Result};

/// Counts the lines of what was consumed.
pub(super) struct Lines<R> {
    inner: R,
    /// The line reached, from 1.
    pub(super) line: u64,
}

impl<R> Lines<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, line: 1 }
    }
}

impl<R: BufRead> Lines<R> {
    /// What stands next in the file; empty at its end.
    pub(super) fn start(&mut self) -> Result<&[u8]> {
        self.inner.fill_buf()
    }
}

impl<R: BufRead> Read for Lines<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        let available = self.inner.fill_buf()?;
        let count = available.len().min(out.len());
        out[..count].copy_from_slice(&available[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Lines<R> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        if let Ok(available) = self.inner.fill_buf() {
            let passed = &available[..count.min(available.len())];
            self.line += memchr::memchr_iter(b'\n', passed).count() as u64;
        }
        self.inner.consume(count);
    }
}
