//! Sound and films in files made of boxes (ISO/IEC 14496-12): what is told beside
//! them becomes free room. Nothing moves, since boxes say where in the file
//! others are.

use std::ops::Range;

use super::cut_short;
use crate::error::MediaError;

/// Boxes within boxes at the most.
const DEEP_MAX: usize = 8;

/// Blanks what is told beside the sound and the film: titles, names, places,
/// covers, times; and every box that a player has no need of.
///
/// # Errors
/// [`MediaError::Damaged`] where the boxes do not fill the file, or one that is needed is missing.
pub(super) fn plain(mut bytes: Vec<u8>) -> Result<Vec<u8>, MediaError> {
    let whole = 0..bytes.len();
    let mut found = Found::default();
    blank(&mut bytes, whole, 0, &mut found)?;
    if found.contents && found.data {
        Ok(bytes)
    } else {
        Err(MediaError::Damaged("it has no sound or film".to_owned()))
    }
}

#[derive(Default)]
struct Found {
    contents: bool,
    data: bool,
}

fn blank(
    bytes: &mut [u8],
    within: Range<usize>,
    depth: usize,
    found: &mut Found,
) -> Result<(), MediaError> {
    let mut at = within.start;
    while at < within.end {
        let head: [u8; 8] = bytes[at..within.end]
            .first_chunk()
            .copied()
            .ok_or_else(cut_short)?;
        let [a, b, c, d, kind @ ..] = head;
        let (inside, end) = match u32::from_be_bytes([a, b, c, d]) {
            0 if depth == 0 => (at + 8, within.end),
            1 => {
                let long: [u8; 8] = bytes[at + 8..within.end]
                    .first_chunk()
                    .copied()
                    .ok_or_else(cut_short)?;
                let long = usize::try_from(u64::from_be_bytes(long)).map_err(|_| cut_short())?;
                (at + 16, at.checked_add(long).ok_or_else(cut_short)?)
            }
            length => {
                let length = usize::try_from(length).map_err(|_| cut_short())?;
                (at + 8, at.checked_add(length).ok_or_else(cut_short)?)
            }
        };
        if end > within.end || inside > end {
            return Err(cut_short());
        }
        match &kind {
            b"moov" | b"moof" | b"trak" | b"mdia" | b"minf" | b"traf" | b"mvex" | b"edts"
                if depth < DEEP_MAX =>
            {
                found.contents |= &kind == b"moov";
                blank(bytes, inside..end, depth + 1, found)?;
            }
            b"mvhd" | b"tkhd" | b"mdhd" => {
                // When it was made and changed: two numbers of four or eight bytes.
                let wide = bytes[inside..end].first() == Some(&1);
                let times = inside + 4..inside + if wide { 20 } else { 12 };
                bytes
                    .get_mut(times)
                    .filter(|_| end - inside >= 20)
                    .ok_or_else(cut_short)?
                    .fill(0);
            }
            b"mdat" if depth == 0 => found.data = true,
            b"ftyp" | b"styp" | b"sidx" | b"mfra" if depth == 0 => {}
            b"udta" | b"meta" | b"uuid" | b"free" | b"skip" | b"wide" => {
                free(bytes, at, inside..end);
            }
            _ if depth == 0 => free(bytes, at, inside..end),
            _ => {}
        }
        at = end;
    }
    Ok(())
}

fn free(bytes: &mut [u8], at: usize, inside: Range<usize>) {
    bytes[at + 4..at + 8].copy_from_slice(b"free");
    bytes[inside].fill(0);
}
