//! GIF without what is not the picture: no comments, no packets of programs, and
//! nothing behind its end.

use super::{Plain, cut_short, take};
use crate::error::MediaError;

/// The packet that lets an animation begin again: without end.
const AGAIN: [u8; 19] = *b"\x21\xFF\x0BNETSCAPE2.0\x03\x01\x00\x00\x00";

/// The file without its metadata.
///
/// # Errors
/// [`MediaError::Damaged`] where it does not come to its end.
pub(super) fn plain(bytes: &[u8]) -> Result<Plain, MediaError> {
    let head = take(bytes, 0, 13)?;
    let mut out = Vec::with_capacity(bytes.len());
    out.extend_from_slice(head);
    let mut at = 13 + table_bytes(head[10]);
    out.extend_from_slice(take(bytes, 13, at - 13)?);
    loop {
        match *bytes.get(at).ok_or_else(cut_short)? {
            0x3B => {
                out.push(0x3B);
                return Ok(Plain {
                    bytes: out,
                    exif: None,
                    passes: 1,
                });
            }
            0x2C => {
                let frame = take(bytes, at, 10)?;
                let data = at + 10 + table_bytes(frame[9]);
                let end = after_blocks(bytes, data + 1)?;
                out.extend_from_slice(take(bytes, at, end - at)?);
                at = end;
            }
            0x21 => {
                let kind = *bytes.get(at + 1).ok_or_else(cut_short)?;
                let end = after_blocks(bytes, at + 2)?;
                let block = take(bytes, at, end - at)?;
                if kind == 0xF9 && block.len() == 8 {
                    out.extend_from_slice(block);
                } else if kind == 0xFF && block[2..].starts_with(b"\x0BNETSCAPE2.0") {
                    out.extend_from_slice(&AGAIN);
                }
                at = end;
            }
            _ => return Err(MediaError::Damaged("a part has no kind".to_owned())),
        }
    }
}

/// Bytes of the table of colours that the flags tell of.
fn table_bytes(flags: u8) -> usize {
    if flags & 0x80 == 0 {
        0
    } else {
        3 << ((flags & 7) + 1)
    }
}

/// Where the blocks end that begin at `at`: behind one of no bytes.
fn after_blocks(bytes: &[u8], mut at: usize) -> Result<usize, MediaError> {
    loop {
        let length = usize::from(*bytes.get(at).ok_or_else(cut_short)?);
        at += 1 + length;
        if length == 0 {
            return Ok(at);
        }
    }
}
