//! PNG without what is not the picture. What could be a text of gigabytes when
//! unpacked is left out packed.

use super::{Plain, cut_short, take};
use crate::error::MediaError;

/// What a decoder needs: the size, the colours, the transparency, the pixels.
const KEPT: [&[u8; 4]; 5] = [b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"];

/// The file without its metadata.
///
/// # Errors
/// [`MediaError::Damaged`] where it does not come to its end.
pub(super) fn plain(bytes: &[u8]) -> Result<Plain, MediaError> {
    let mut out = Vec::with_capacity(bytes.len());
    out.extend_from_slice(take(bytes, 0, 8)?);
    let (mut at, mut exif) = (8, None);
    loop {
        let length = take(bytes, at, 4)?;
        let length = u32::from_be_bytes([length[0], length[1], length[2], length[3]]);
        let length = usize::try_from(length).map_err(|_| cut_short())?;
        let chunk = take(bytes, at, length.checked_add(12).ok_or_else(cut_short)?)?;
        at += chunk.len();
        let kind = &chunk[4..8];
        if KEPT.iter().any(|kept| *kept == kind) {
            out.extend_from_slice(chunk);
        } else if kind == b"eXIf" && exif.is_none() {
            exif = Some(chunk[8..8 + length].to_vec());
        }
        if kind == b"IEND" {
            return Ok(Plain {
                bytes: out,
                exif,
                passes: 1,
            });
        }
    }
}
