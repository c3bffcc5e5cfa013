//! JPEG without what is not the picture: no EXIF, place, name, comment, colour
//! profile, thumbnail, and nothing behind its end. The picture itself stays byte by byte.

use super::{Plain, cut_short, take};
use crate::error::MediaError;

/// Passes over a picture that one file may ask for; cameras and editors make ten
/// or fewer.
const SCANS_MAX: usize = 64;
/// The plain header of a JPEG file: version 1.1, no density, no thumbnail.
const JFIF: [u8; 18] = *b"\xFF\xE0\x00\x10JFIF\0\x01\x01\x00\x00\x01\x00\x01\x00\x00";

/// The file without its metadata.
///
/// # Errors
/// [`MediaError::Damaged`] where it does not come to its end, [`MediaError::TooCostly`] where it
/// asks for more passes than a picture has.
pub(super) fn plain(bytes: &[u8]) -> Result<Plain, MediaError> {
    let mut out = Vec::with_capacity(bytes.len());
    out.extend_from_slice(take(bytes, 0, 2)?);
    let (mut at, mut exif, mut scans) = (2, None, 0);
    loop {
        if *bytes.get(at).ok_or_else(cut_short)? != 0xFF {
            return Err(MediaError::Damaged("a part has no beginning".to_owned()));
        }
        // Any number of these may stand before a part.
        while bytes.get(at) == Some(&0xFF) {
            at += 1;
        }
        let marker = *bytes.get(at).ok_or_else(cut_short)?;
        at += 1;
        match marker {
            0xD9 => {
                out.extend_from_slice(&[0xFF, 0xD9]);
                return Ok(Plain {
                    bytes: out,
                    exif,
                    passes: scans,
                });
            }
            0x01 | 0xD0..=0xD7 => continue,
            0x00 | 0xD8 => return Err(MediaError::Damaged("a part has no kind".to_owned())),
            _ => {}
        }
        let length = take(bytes, at, 2)?;
        let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
        let part = take(bytes, at, length.max(2))?;
        at += part.len();
        match marker {
            0xE0 if part[2..].starts_with(b"JFIF\0") && out.len() == 2 => {
                out.extend_from_slice(&JFIF);
            }
            0xE1 if exif.is_none() => {
                exif = part[2..].strip_prefix(b"Exif\0\0").map(<[u8]>::to_vec);
            }
            // How the colours are written: a decoder needs it.
            0xEE if part.len() >= 14 && part[2..].starts_with(b"Adobe") && part[13] <= 2 => {
                out.extend_from_slice(&[0xFF, 0xEE, 0, 14]);
                out.extend_from_slice(&part[2..14]);
            }
            // Tables, the picture's size, and the passes over it.
            0xC0..=0xCF | 0xDB | 0xDC | 0xDD => {
                out.extend_from_slice(&[0xFF, marker]);
                out.extend_from_slice(part);
            }
            0xDA => {
                scans += 1;
                if scans > SCANS_MAX {
                    return Err(MediaError::TooCostly);
                }
                out.extend_from_slice(&[0xFF, marker]);
                out.extend_from_slice(part);
                let end = end_of_scan(bytes, at)?;
                out.extend_from_slice(&bytes[at..end]);
                at = end;
            }
            _ => {}
        }
    }
}

/// Where the coded pixels end that begin at `at`.
fn end_of_scan(bytes: &[u8], mut at: usize) -> Result<usize, MediaError> {
    loop {
        let rest = bytes.get(at..).ok_or_else(cut_short)?;
        at += rest
            .iter()
            .position(|byte| *byte == 0xFF)
            .ok_or_else(cut_short)?;
        match bytes.get(at + 1).ok_or_else(cut_short)? {
            0x00 | 0xD0..=0xD7 => at += 2,
            0xFF => at += 1,
            _ => return Ok(at),
        }
    }
}
