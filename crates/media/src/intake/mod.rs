//! What comes in from the newsroom: looked at, stripped of all that is not the
//! picture, sound or film itself, and ready to be kept as an original.
//!
//! A picture is rewritten by its parts, so that nothing of it is lost, and decoded
//! once to see that it is whole. One that lies on its side is turned and
//! written anew. Nothing here reads a name or a header that somebody sent.

mod boxes;
mod gif;
mod jpeg;
mod mp3;
mod png;
mod webp;

use std::io::Cursor;

use image::{
    DynamicImage, GenericImageView as _, ImageDecoder as _, ImageFormat, metadata::Orientation,
};

use crate::error::MediaError;
use crate::kind::{Dimensions, MediaKind};
use crate::renditions::{damaged, decoder, encode_at};

/// JPEG quality of a picture that is written anew, of 100.
const TURNED_QUALITY: u8 = 95;
/// Pixels times passes over them that a decoder may be asked for.
const PASSED_PIXELS_MAX: u64 = 400_000_000;
/// Places of a picture that its colour is taken from, across and down.
const PLACES: u32 = 64;
/// The end of a document stands within so many bytes of the file's.
const DOCUMENT_TAIL: usize = 1024;

/// A file that may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Its bytes from now on.
    pub bytes: Vec<u8>,
    /// What it is.
    pub kind: MediaKind,
    /// Its size upright; none of what is no picture.
    pub size: Option<Dimensions>,
    /// The colour that stands for a picture until it is there, as `#rrggbb`; empty
    /// for what is no picture.
    pub colour: String,
}

/// A picture's file without metadata.
struct Plain {
    bytes: Vec<u8>,
    /// The EXIF that was in it: only its orientation is read.
    exif: Option<Vec<u8>>,
    /// How often a decoder goes over all pixels.
    passes: usize,
}

/// Takes a file in. Its cost is bounded by its length and by the limits of pixels and memory.
///
/// # Errors
/// [`MediaError::Refused`] for a kind that is not accepted, [`MediaError::Damaged`],
/// [`MediaError::TooManyPixels`], [`MediaError::TooCostly`].
pub fn take_in(bytes: Vec<u8>) -> Result<Taken, MediaError> {
    let kind = MediaKind::sniff(&bytes)?;
    let plain = match kind {
        MediaKind::Jpeg => jpeg::plain(&bytes)?,
        MediaKind::Png => png::plain(&bytes)?,
        MediaKind::Gif => gif::plain(&bytes)?,
        MediaKind::Webp => webp::plain(&bytes)?,
        MediaKind::Mp3 => return Ok(file(kind, mp3::plain(&bytes)?)),
        MediaKind::M4a | MediaKind::Mp4 => return Ok(file(kind, boxes::plain(bytes)?)),
        MediaKind::Ogg => return Ok(file(kind, bytes)),
        MediaKind::Pdf => {
            let tail = &bytes[bytes.len().saturating_sub(DOCUMENT_TAIL)..];
            if !tail.windows(5).any(|word| word == b"%%EOF") {
                return Err(cut_short());
            }
            return Ok(file(kind, bytes));
        }
    };
    drop(bytes);
    picture(kind, plain)
}

/// What is no picture.
fn file(kind: MediaKind, bytes: Vec<u8>) -> Taken {
    Taken {
        bytes,
        kind,
        size: None,
        colour: String::new(),
    }
}

fn picture(kind: MediaKind, plain: Plain) -> Result<Taken, MediaError> {
    let Plain {
        bytes,
        exif,
        passes,
    } = plain;
    let decoder = decoder(&bytes)?;
    let (width, height) = decoder.dimensions();
    let size = Dimensions { width, height };
    if size.pixels().saturating_mul(passes as u64) > PASSED_PIXELS_MAX {
        return Err(MediaError::TooCostly);
    }
    let mut picture = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    let colour = colour_of(&picture);
    let orientation = exif.and_then(|exif| Orientation::from_exif_chunk(&exif));
    let turned = orientation.filter(|turn| *turn != Orientation::NoTransforms);
    let Some(turn) = turned else {
        return Ok(Taken {
            bytes,
            kind,
            size: Some(size),
            colour,
        });
    };
    drop(bytes);
    picture.apply_orientation(turn);
    let size = Dimensions {
        width: picture.width(),
        height: picture.height(),
    };
    let (kind, bytes) = if kind == MediaKind::Png || picture.color().has_alpha() {
        let mut bytes = Cursor::new(Vec::new());
        picture
            .write_to(&mut bytes, ImageFormat::Png)
            .map_err(damaged)?;
        (MediaKind::Png, bytes.into_inner())
    } else {
        (MediaKind::Jpeg, encode_at(&picture, TURNED_QUALITY)?)
    };
    Ok(Taken {
        bytes,
        kind,
        size: Some(size),
        colour,
    })
}

/// The colour of a picture as a whole, on paper: of places on a grid over it.
fn colour_of(picture: &DynamicImage) -> String {
    let places = |length: u32| {
        let step = length.div_ceil(PLACES).max(1);
        (step / 2..length).step_by(usize::try_from(step).unwrap_or(1))
    };
    let (mut sum, mut count) = ([0_u32; 3], 0);
    for y in places(picture.height()) {
        for x in places(picture.width()) {
            let image::Rgba([parts @ .., alpha]) = picture.get_pixel(x, y);
            for (sum, part) in sum.iter_mut().zip(parts) {
                let on_paper = u32::from(part) * u32::from(alpha) + 255 * (255 - u32::from(alpha));
                *sum += on_paper / 255;
            }
            count += 1;
        }
    }
    let [red, green, blue] = sum.map(|sum| sum / count.max(1));
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// So many bytes from a place.
fn take(bytes: &[u8], at: usize, count: usize) -> Result<&[u8], MediaError> {
    at.checked_add(count)
        .and_then(|end| bytes.get(at..end))
        .ok_or_else(cut_short)
}

fn cut_short() -> MediaError {
    MediaError::Damaged("it is cut short".to_owned())
}
