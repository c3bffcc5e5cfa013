//! Joining segments into one body.

use bytes::Bytes;
use zlib_rs::crc32::crc32_combine_op;

use crate::{Encoding, Place, Segment, brotli_part, gzip_part};

/// The most segments of a page.
pub const SEGMENTS_MAX: usize = 16;

/// Why segments cannot be joined.
#[derive(Debug, thiserror::Error)]
pub enum JoinError {
    /// There are none, or more than [`SEGMENTS_MAX`].
    #[error("a page has 1 to {SEGMENTS_MAX} segments, not {0}")]
    Count(usize),
    /// The first was not compressed for the first place, or another one was.
    #[error("segment {0} stands at a place it was not compressed for")]
    Place(usize),
    /// A segment's bytes are damaged.
    #[error("a segment cannot be inflated: {0}")]
    Damaged(#[from] std::io::Error),
}

/// The segments as one body in `encoding`: one contiguous copy.
///
/// # Errors
/// [`JoinError`] where the segments do not fit together.
pub fn join(segments: &[&Segment], encoding: Encoding) -> Result<Bytes, JoinError> {
    check(segments)?;
    match encoding {
        Encoding::Gzip => Ok(join_gzip(segments)),
        Encoding::Brotli => Ok(join_brotli(segments)),
        Encoding::Identity => join_inflated(segments),
    }
}

/// A weak ETag (RFC 9110, 8.8.1) over all segments, another for each encoding:
/// 64 bits of hash and the length. Weak, because it is a hash of the text and
/// the same text may be compressed harder another time.
pub fn etag(segments: &[&Segment], encoding: Encoding) -> String {
    let mut hash = 0u64;
    let mut length = 0u64;
    for segment in segments {
        hash = (hash.rotate_left(7) ^ segment.hash).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        length += segment.length;
    }
    let suffix = match encoding {
        Encoding::Gzip => "g",
        Encoding::Brotli => "b",
        Encoding::Identity => "i",
    };
    format!("W/\"{hash:016x}{length:x}{suffix}\"")
}

fn check(segments: &[&Segment]) -> Result<(), JoinError> {
    if segments.is_empty() || segments.len() > SEGMENTS_MAX {
        return Err(JoinError::Count(segments.len()));
    }
    let misplaced = segments
        .iter()
        .enumerate()
        .position(|(at, segment)| (segment.place == Place::First) != (at == 0));
    misplaced.map_or(Ok(()), |at| Err(JoinError::Place(at)))
}

fn join_gzip(segments: &[&Segment]) -> Bytes {
    let parts: usize = segments.iter().map(|segment| segment.gzip.len()).sum();
    let mut out = Vec::with_capacity(gzip_part::HEADER.len() + parts + gzip_part::END.len() + 8);
    out.extend_from_slice(&gzip_part::HEADER);
    let (mut crc, mut length) = (0, 0u64);
    for segment in segments {
        out.extend_from_slice(&segment.gzip);
        crc = crc32_combine_op(crc, segment.crc, segment.crc_operator);
        length += segment.length;
    }
    out.extend_from_slice(&gzip_part::END);
    out.extend_from_slice(&crc.to_le_bytes());
    // ISIZE is the length modulo 2^32 (RFC 1952, 2.3.1).
    out.extend_from_slice(&length.to_le_bytes()[..4]);
    out.into()
}

fn join_brotli(segments: &[&Segment]) -> Bytes {
    let parts: usize = segments.iter().map(|segment| segment.brotli.len()).sum();
    let mut out = Vec::with_capacity(parts + brotli_part::END.len());
    for segment in segments {
        out.extend_from_slice(&segment.brotli);
    }
    out.extend_from_slice(&brotli_part::END);
    out.into()
}

fn join_inflated(segments: &[&Segment]) -> Result<Bytes, JoinError> {
    let mut out = Vec::new();
    for segment in segments.iter().filter(|segment| segment.length > 0) {
        let length = usize::try_from(segment.length).unwrap_or(usize::MAX);
        let bytes = gzip_part::inflate(&segment.gzip, length)?;
        if bytes.len() != length || crc32fast::hash(&bytes) != segment.crc {
            let what = "its text is not the one that was compressed";
            return Err(std::io::Error::new(std::io::ErrorKind::InvalidData, what).into());
        }
        out.extend_from_slice(&bytes);
    }
    Ok(out.into())
}
