//! A segment: the same bytes in each encoding, ready to join.

use bytes::Bytes;

use crate::{brotli_part, gzip_part};

/// Where a segment will stand. It matters to Brotli alone, whose first part
/// opens the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// First in the page.
    First,
    /// Anywhere after the first.
    Inner,
}

/// How hard to compress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// At once, on publication: gzip 9, Brotli 5.
    Publish,
    /// Where nobody waits: gzip 9, Brotli 11.
    Background,
}

/// Compressed bytes ready to join. Cheap to clone; never empty of meaning: a
/// segment of no bytes is valid and adds nothing to a page.
#[derive(Clone, Debug)]
pub struct Segment {
    pub(crate) place: Place,
    pub(crate) length: u64,
    pub(crate) crc: u32,
    /// zlib's operator that moves a CRC over `length` bytes.
    pub(crate) crc_operator: u32,
    /// FNV-1a of the bytes, 64 bits, for ETags.
    pub(crate) hash: u64,
    pub(crate) gzip: Bytes,
    pub(crate) brotli: Bytes,
}

impl Segment {
    /// Compresses `bytes` for `place`.
    pub fn compress(bytes: &[u8], place: Place, effort: Effort) -> Self {
        let quality = match effort {
            Effort::Publish => 5,
            Effort::Background => 11,
        };
        let (gzip, brotli) = if bytes.is_empty() && place == Place::Inner {
            (Vec::new(), Vec::new())
        } else {
            (
                gzip_part::compress(bytes),
                brotli_part::compress(bytes, place, quality),
            )
        };
        Self {
            place,
            length: bytes.len() as u64,
            crc: crc32fast::hash(bytes),
            crc_operator: zlib_rs::crc32::crc32_combine_gen(bytes.len() as u64),
            hash: fnv1a(bytes),
            gzip: gzip.into(),
            brotli: brotli.into(),
        }
    }

    /// Bytes this segment keeps in memory.
    pub fn weight(&self) -> usize {
        self.gzip.len() + self.brotli.len() + size_of::<Self>()
    }

    /// Appends the segment to `out` in the form that [`Segment::read_from`]
    /// reads: for a store that this program alone writes and can make anew.
    pub fn write_to(&self, out: &mut Vec<u8>) {
        out.push(u8::from(self.place == Place::First));
        out.extend_from_slice(&self.length.to_le_bytes());
        out.extend_from_slice(&self.crc.to_le_bytes());
        out.extend_from_slice(&self.crc_operator.to_le_bytes());
        out.extend_from_slice(&self.hash.to_le_bytes());
        for part in [&self.gzip, &self.brotli] {
            // A part is far below 4 GiB: a page is at most some megabytes.
            out.extend_from_slice(&(part.len() as u64).to_le_bytes());
            out.extend_from_slice(part);
        }
    }

    /// Splits a segment off the front of `bytes`, without a copy of its parts;
    /// `None` where they end too early. Whether they are the bytes that were
    /// written is for the caller to know.
    pub fn read_from(bytes: &mut Bytes) -> Option<Self> {
        let mut take = |count: usize| (bytes.len() >= count).then(|| bytes.split_to(count));
        let place = match take(1)?[0] {
            0 => Place::Inner,
            1 => Place::First,
            _ => return None,
        };
        let length = u64::from_le_bytes(take(8)?.as_ref().try_into().ok()?);
        let crc = u32::from_le_bytes(take(4)?.as_ref().try_into().ok()?);
        let crc_operator = u32::from_le_bytes(take(4)?.as_ref().try_into().ok()?);
        let hash = u64::from_le_bytes(take(8)?.as_ref().try_into().ok()?);
        let mut part = || {
            let count = u64::from_le_bytes(take(8)?.as_ref().try_into().ok()?);
            take(usize::try_from(count).ok()?)
        };
        let (gzip, brotli) = (part()?, part()?);
        Some(Self {
            place,
            length,
            crc,
            crc_operator,
            hash,
            gzip,
            brotli,
        })
    }

    /// Bytes of the uncompressed text.
    pub const fn length(&self) -> u64 {
        self.length
    }

    /// Bytes that this segment adds to a page in gzip.
    pub fn gzip_length(&self) -> usize {
        self.gzip.len()
    }
}

/// FNV-1a with 64 bits (draft-eastlake-fnv): spreads well, needs no key; an
/// ETag is no proof against forgery.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
