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

/// The segments as one body in `encoding`.
///
/// # Errors
/// [`JoinError`] where the segments do not fit together.
pub fn join(segments: &[&Segment], encoding: Encoding) -> Result<Bytes, JoinError> {
    let mut out = Vec::with_capacity(joined_length(segments, encoding));
    join_into(segments, encoding, &mut out)?;
    Ok(out.into())
}

/// How many bytes [`join_into`] adds.
pub fn joined_length(segments: &[&Segment], encoding: Encoding) -> usize {
    let sum = |of: fn(&Segment) -> usize| segments.iter().copied().map(of).sum::<usize>();
    match encoding {
        Encoding::Gzip => {
            let frame = gzip_part::HEADER.len() + gzip_part::END.len() + 8;
            frame + sum(|segment| segment.gzip.len())
        }
        Encoding::Brotli => brotli_part::END.len() + sum(|segment| segment.brotli.len()),
        Encoding::Identity => sum(|segment| usize::try_from(segment.length).unwrap_or(0)),
    }
}

/// Appends the segments to `out` as one body in `encoding`: one contiguous
/// copy, which measured faster than a vectored write of the parts.
///
/// # Errors
/// [`JoinError`] where the segments do not fit together; `out` is then as it was.
pub fn join_into(
    segments: &[&Segment],
    encoding: Encoding,
    out: &mut Vec<u8>,
) -> Result<(), JoinError> {
    check(segments)?;
    match encoding {
        Encoding::Gzip => join_gzip(segments, out),
        Encoding::Brotli => join_brotli(segments, out),
        Encoding::Identity => {
            let before = out.len();
            if let Err(error) = join_inflated(segments, out) {
                out.truncate(before);
                return Err(error);
            }
        }
    }
    Ok(())
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

fn join_gzip(segments: &[&Segment], out: &mut Vec<u8>) {
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
}

fn join_brotli(segments: &[&Segment], out: &mut Vec<u8>) {
    for segment in segments {
        out.extend_from_slice(&segment.brotli);
    }
    out.extend_from_slice(&brotli_part::END);
}

fn join_inflated(segments: &[&Segment], out: &mut Vec<u8>) -> Result<(), JoinError> {
    for segment in segments.iter().filter(|segment| segment.length > 0) {
        let length = usize::try_from(segment.length).unwrap_or(usize::MAX);
        let bytes = gzip_part::inflate(&segment.gzip, length)?;
        if bytes.len() != length || crc32fast::hash(&bytes) != segment.crc {
            let what = "its text is not the one that was compressed";
            return Err(std::io::Error::new(std::io::ErrorKind::InvalidData, what).into());
        }
        out.extend_from_slice(&bytes);
    }
    Ok(())
}
