//! ETags of joined pages, written without the heap: one is made for each request.

use crate::{Encoding, Segment};

/// `W/"` + 16 digits + 16 digits + one letter + `"`, at the most.
const LENGTH_MAX: usize = 3 + 16 + 16 + 1 + 1;

/// A weak ETag (RFC 9110, 8.8.3) over all segments of a page, another one for
/// each encoding: 64 bits of hash and the length. Weak, because it is a hash
/// of the text, and the same text may be compressed harder another time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Etag {
    text: [u8; LENGTH_MAX],
    length: usize,
}

impl Etag {
    /// The ETag of these segments in this order.
    pub fn of(segments: &[&Segment], encoding: Encoding) -> Self {
        let (mut hash, mut length) = (0u64, 0u64);
        for segment in segments {
            hash = (hash.rotate_left(7) ^ segment.hash).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            length += segment.length;
        }
        let mut tag = Self {
            text: [0; LENGTH_MAX],
            length: 0,
        };
        tag.push(b"W/\"");
        tag.push_hex(hash, 16);
        tag.push_hex(length, 1);
        tag.push(match encoding {
            Encoding::Gzip => b"g\"",
            Encoding::Brotli => b"b\"",
            Encoding::Identity => b"i\"",
        });
        tag
    }

    /// As it stands in a header.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.text[..self.length]).unwrap_or("")
    }

    fn push(&mut self, bytes: &[u8]) {
        self.text[self.length..self.length + bytes.len()].copy_from_slice(bytes);
        self.length += bytes.len();
    }

    /// `value` in hex, with at least `digits_min` digits.
    fn push_hex(&mut self, value: u64, digits_min: u32) {
        let digits = (64 - value.leading_zeros()).div_ceil(4).max(digits_min);
        for place in (0..digits).rev() {
            let digit = (value >> (place * 4)) & 15;
            self.push(&[b"0123456789abcdef"[digit as usize]]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Effort, Place};

    #[test]
    fn an_etag_names_text_order_and_encoding() {
        let part = |text: &str, place| Segment::compress(text.as_bytes(), place, Effort::Publish);
        let (first, one, two) = (
            part("<h1>", Place::First),
            part("خبر", Place::Inner),
            part("نبأ", Place::Inner),
        );
        let tag = |segments: &[&Segment]| Etag::of(segments, Encoding::Gzip).as_str().to_owned();
        let page = tag(&[&first, &one, &two]);
        assert!(page.starts_with("W/\"") && page.ends_with("g\""), "{page}");
        assert_eq!(page.len(), 3 + 16 + "10".len() + 2);
        assert_ne!(page, tag(&[&first, &two, &one]));
        let brotli = Etag::of(&[&first, &one, &two], Encoding::Brotli);
        assert_eq!(brotli.as_str(), page.replace("g\"", "b\""));
    }

    #[test]
    fn the_longest_one_fits() {
        let mut tag = Etag {
            text: [0; LENGTH_MAX],
            length: 0,
        };
        tag.push(b"W/\"");
        tag.push_hex(u64::MAX, 16);
        tag.push_hex(u64::MAX, 1);
        tag.push(b"g\"");
        assert_eq!(tag.as_str().len(), LENGTH_MAX);
    }
}
