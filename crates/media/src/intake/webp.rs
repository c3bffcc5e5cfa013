//! WebP without what is not the picture.

use super::{Plain, cut_short, take};
use crate::error::MediaError;

/// The flags of a head that say: there is a colour profile, EXIF, XMP.
const SAID: u8 = 0x20 | 0x08 | 0x04;

/// The file without its metadata.
///
/// # Errors
/// [`MediaError::Damaged`] where it does not come to its end.
pub(super) fn plain(bytes: &[u8]) -> Result<Plain, MediaError> {
    let length = number(take(bytes, 4, 4)?)?;
    let body = take(bytes, 8, length)?;
    let mut exif = None;
    let mut out = bytes[..12].to_vec();
    for (kind, chunk) in chunks(body.get(4..).ok_or_else(cut_short)?)? {
        match kind {
            b"VP8 " | b"VP8L" | b"ALPH" | b"ANIM" => put(&mut out, kind, chunk)?,
            b"VP8X" => {
                let mut head = chunk.to_vec();
                if let Some(flags) = head.first_mut() {
                    *flags &= !SAID;
                }
                put(&mut out, kind, &head)?;
            }
            b"ANMF" => put(&mut out, kind, &frame(chunk)?)?,
            b"EXIF" if exif.is_none() => {
                exif = Some(chunk.strip_prefix(b"Exif\0\0").unwrap_or(chunk).to_vec());
            }
            _ => {}
        }
    }
    let length = u32::try_from(out.len() - 8).map_err(|_| cut_short())?;
    out[4..8].copy_from_slice(&length.to_le_bytes());
    Ok(Plain {
        bytes: out,
        exif,
        passes: 1,
    })
}

/// A frame of an animation: its place, and its own chunks.
fn frame(chunk: &[u8]) -> Result<Vec<u8>, MediaError> {
    let mut out = take(chunk, 0, 16)?.to_vec();
    for (kind, part) in chunks(&chunk[16..])? {
        if matches!(kind, b"VP8 " | b"VP8L" | b"ALPH") {
            put(&mut out, kind, part)?;
        }
    }
    Ok(out)
}

fn number(bytes: &[u8]) -> Result<usize, MediaError> {
    let four: [u8; 4] = bytes.try_into().map_err(|_| cut_short())?;
    usize::try_from(u32::from_le_bytes(four)).map_err(|_| cut_short())
}

/// A chunk: its kind, and what is in it.
type Chunk<'a> = (&'a [u8; 4], &'a [u8]);

fn chunks(mut rest: &[u8]) -> Result<Vec<Chunk<'_>>, MediaError> {
    let mut all = Vec::new();
    while !rest.is_empty() {
        let kind = take(rest, 0, 4)?.try_into().map_err(|_| cut_short())?;
        let length = number(take(rest, 4, 4)?)?;
        all.push((kind, take(rest, 8, length)?));
        // A chunk of an odd length has a byte behind it.
        rest = rest.get(8 + length + length % 2..).unwrap_or_default();
    }
    Ok(all)
}

fn put(out: &mut Vec<u8>, kind: &[u8], bytes: &[u8]) -> Result<(), MediaError> {
    let length = u32::try_from(bytes.len()).map_err(|_| cut_short())?;
    out.extend_from_slice(kind);
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(bytes);
    if bytes.len() % 2 == 1 {
        out.push(0);
    }
    Ok(())
}
