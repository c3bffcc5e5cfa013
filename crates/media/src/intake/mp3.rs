//! MPEG layer III: its frames, and nothing else. Titles, names and covers stand
//! before, between and behind them (ID3, APE, Lyrics3).

use super::cut_short;
use crate::error::MediaError;

/// Thousands of bits a second, by the number in the head of a frame.
const RATES_1: [usize; 15] = [
    0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320,
];
const RATES_2: [usize; 15] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
/// Samples a second of MPEG 1; half of it in MPEG 2, a quarter in 2.5.
const SAMPLES: [usize; 3] = [44_100, 48_000, 32_000];

/// The frames alone.
///
/// # Errors
/// [`MediaError::Damaged`] where fewer than three follow one another.
pub(super) fn plain(bytes: &[u8]) -> Result<Vec<u8>, MediaError> {
    let mut at = 0;
    while let Some(length) = tag(&bytes[at..]) {
        at = at.checked_add(length).ok_or_else(cut_short)?;
        if at >= bytes.len() {
            return Err(cut_short());
        }
    }
    let mut out = Vec::with_capacity(bytes.len() - at);
    let mut frames = 0_usize;
    while at < bytes.len() {
        let follows = frame(&bytes[at..]).filter(|length| {
            let next = at + length;
            // The last one may end the file or stand before a tag.
            next == bytes.len()
                || bytes.get(next..).is_some_and(|rest| {
                    frame(rest).is_some()
                        || rest.starts_with(b"TAG")
                        || rest.starts_with(b"APETAGEX")
                        || rest.starts_with(b"LYRICSBEGIN")
                })
        });
        match follows {
            Some(length) => {
                out.extend_from_slice(&bytes[at..at + length]);
                frames += 1;
                at += length;
            }
            None => at += 1,
        }
    }
    if frames < 3 {
        return Err(MediaError::Damaged("it has no sound".to_owned()));
    }
    Ok(out)
}

/// Bytes of the ID3v2 tag that these begin with.
fn tag(bytes: &[u8]) -> Option<usize> {
    let head = bytes.strip_prefix(b"ID3")?.first_chunk::<7>()?;
    let size = head[3..]
        .iter()
        .fold(0, |size, byte| size << 7 | usize::from(byte & 0x7F));
    let foot = if head[2] & 0x10 == 0 { 0 } else { 10 };
    Some(10 + size + foot)
}

/// Bytes of the frame that these begin with.
fn frame(bytes: &[u8]) -> Option<usize> {
    let head = bytes.first_chunk::<4>()?;
    if head[0] != 0xFF || head[1] & 0xE6 != 0xE2 {
        return None;
    }
    let version = head[1] >> 3 & 3;
    let rates = if version == 3 { &RATES_1 } else { &RATES_2 };
    let rate = *rates.get(usize::from(head[2] >> 4))?;
    let samples = *SAMPLES.get(usize::from(head[2] >> 2 & 3))?;
    let (samples, factor) = match version {
        3 => (samples, 144_000),
        2 => (samples / 2, 72_000),
        0 => (samples / 4, 72_000),
        _ => return None,
    };
    let length = factor * rate / samples + usize::from(head[2] >> 1 & 1);
    (rate > 0 && length <= bytes.len()).then_some(length)
}
