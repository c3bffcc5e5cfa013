//! Renditions: the pictures a reader gets, made from an original.
//!
//! They are JPEG, upright, without any metadata (no place, no camera, no
//! name), and never larger than the original.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageEncoder, ImageReader, Limits, codecs::jpeg::JpegEncoder,
    imageops::FilterType,
};

use crate::error::MediaError;
use crate::kind::{Dimensions, MediaKind, Refusal};

/// The widths pages ask for, in pixels.
pub const WIDTHS: [u32; 3] = [360, 720, 1200];
/// Whether a picture can be had at that width; 0 is the picture for sharing.
pub fn is_width(width: u32) -> bool {
    width == 0 || WIDTHS.contains(&width)
}

/// The size of the picture for sharing: what the networks show uncropped.
pub const SHARE: (u32, u32) = (1200, 630);
/// JPEG quality of every rendition, of 100.
pub const QUALITY: u8 = 78;
/// Pixels of an original above which it is refused before decoding: 50 million.
pub const PIXELS_MAX: u64 = 50_000_000;
/// Bytes that the pixels of one picture may take in memory.
const DECODED_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// The point of a picture that a crop keeps: thousandths of its width from the
/// left and of its height from the top, after orientation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Focus {
    /// 0 (left edge) to 1000 (right edge).
    pub x: u16,
    /// 0 (top edge) to 1000 (bottom edge).
    pub y: u16,
}

impl Focus {
    /// The middle.
    pub const CENTRE: Self = Self { x: 500, y: 500 };
}

/// The picture at `width` pixels, its shape kept; a smaller original stays as
/// large as it is.
///
/// # Errors
/// [`MediaError`] where the original is no picture, too large, or damaged.
pub fn rendition(original: &[u8], width: u32) -> Result<Vec<u8>, MediaError> {
    let picture = decode(original)?;
    if picture.width() <= width {
        return encode(&picture);
    }
    let height =
        (u64::from(picture.height()) * u64::from(width) / u64::from(picture.width())).max(1);
    let height = u32::try_from(height).unwrap_or(u32::MAX);
    encode(&picture.resize_exact(width, height, FilterType::CatmullRom))
}

/// The picture for sharing, 1200 by 630, cropped around its focus.
///
/// # Errors
/// As [`rendition`].
pub fn share_picture(original: &[u8], focus: Focus) -> Result<Vec<u8>, MediaError> {
    let picture = decode(original)?;
    let (left, top, width, height) = crop(picture.width(), picture.height(), SHARE, focus);
    let part = picture.crop_imm(left, top, width, height);
    encode(&part.resize_exact(SHARE.0, SHARE.1, FilterType::CatmullRom))
}

/// The largest part of a `width` x `height` picture in the shape of `wanted`
/// whose middle is as near to the focus as the edges allow: left, top, width,
/// height.
fn crop(width: u32, height: u32, wanted: (u32, u32), focus: Focus) -> (u32, u32, u32, u32) {
    let (width_64, height_64) = (u64::from(width), u64::from(height));
    let (wide, high) = (u64::from(wanted.0), u64::from(wanted.1));
    let (part_width, part_height) = if width_64 * high > height_64 * wide {
        ((height_64 * wide / high).max(1), height_64)
    } else {
        (width_64, (width_64 * high / wide).max(1))
    };
    let start = |whole: u64, part: u64, focus: u16| {
        let middle = whole * u64::from(focus.min(1000)) / 1000;
        middle.saturating_sub(part / 2).min(whole - part)
    };
    let fit = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
    (
        fit(start(width_64, part_width, focus.x)),
        fit(start(height_64, part_height, focus.y)),
        fit(part_width),
        fit(part_height),
    )
}

fn decode(original: &[u8]) -> Result<DynamicImage, MediaError> {
    let mut decoder = decoder(original)?;
    let orientation = decoder.orientation().map_err(damaged)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// What decodes a picture, within the limits of pixels and memory.
pub(crate) fn decoder(original: &[u8]) -> Result<impl ImageDecoder + '_, MediaError> {
    let size = Dimensions::read(original)?;
    if size.pixels() > PIXELS_MAX {
        return Err(MediaError::TooManyPixels {
            width: size.width,
            height: size.height,
            pixels_max: PIXELS_MAX,
        });
    }
    let format = MediaKind::sniff(original)?
        .format()
        .ok_or(MediaError::Refused(Refusal::NoPicture))?;
    let mut reader = ImageReader::with_format(Cursor::new(original), format);
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(DECODED_BYTES_MAX);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(damaged)?;
    if decoder.total_bytes() > DECODED_BYTES_MAX {
        return Err(MediaError::TooCostly);
    }
    Ok(decoder)
}

pub(crate) fn damaged(fault: image::ImageError) -> MediaError {
    match fault {
        image::ImageError::Limits(_) => MediaError::TooCostly,
        fault => MediaError::Damaged(fault.to_string()),
    }
}

fn encode(picture: &DynamicImage) -> Result<Vec<u8>, MediaError> {
    encode_at(picture, QUALITY)
}

/// The picture as JPEG, of that quality.
pub(crate) fn encode_at(picture: &DynamicImage, quality: u8) -> Result<Vec<u8>, MediaError> {
    let pixels = flat(picture);
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality)
        .write_image(
            pixels.as_raw(),
            pixels.width(),
            pixels.height(),
            image::ExtendedColorType::Rgb8,
        )
        .map_err(|fault| MediaError::Damaged(fault.to_string()))?;
    Ok(bytes)
}

/// Without transparency: what shows through is white, as on paper.
fn flat(picture: &DynamicImage) -> image::RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let with_alpha = picture.to_rgba8();
    image::RgbImage::from_fn(with_alpha.width(), with_alpha.height(), |x, y| {
        let image::Rgba([red, green, blue, alpha]) = *with_alpha.get_pixel(x, y);
        let over = |part: u8| {
            let part = u32::from(part) * u32::from(alpha) + 255 * (255 - u32::from(alpha));
            u8::try_from(part / 255).unwrap_or(255)
        };
        image::Rgb([over(red), over(green), over(blue)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patterns::{Rgb, draw_jpeg};

    fn original(width: u32, height: u32) -> Vec<u8> {
        draw_jpeg(3, Rgb(30, 90, 120), width, height).expect("drawn")
    }

    #[test]
    fn renditions_keep_the_shape_and_never_grow() {
        let large = original(900, 600);
        for (width, expect) in [(360, (360, 240)), (720, (720, 480)), (1200, (900, 600))] {
            let made = rendition(&large, width).expect("made");
            let size = Dimensions::read(&made).expect("a JPEG");
            assert_eq!((size.width, size.height), expect);
        }
    }

    #[test]
    fn the_picture_for_sharing_has_its_shape_whatever_the_original() {
        for (width, height) in [(900, 600), (300, 800), (2000, 100), (1, 1)] {
            let made = share_picture(&original(width, height), Focus::CENTRE).expect("made");
            let size = Dimensions::read(&made).expect("a JPEG");
            assert_eq!((size.width, size.height), SHARE);
        }
    }

    #[test]
    fn a_crop_stays_around_its_focus() {
        assert_eq!(
            crop(2000, 630, SHARE, Focus { x: 0, y: 0 }),
            (0, 0, 1200, 630)
        );
        assert_eq!(
            crop(2000, 630, SHARE, Focus { x: 1000, y: 0 }),
            (800, 0, 1200, 630)
        );
        assert_eq!(
            crop(1200, 1260, SHARE, Focus { x: 500, y: 500 }),
            (0, 315, 1200, 630)
        );
    }

    #[test]
    fn what_is_no_picture_gets_a_sentence() {
        for bytes in [
            &b""[..],
            b"<svg onload=x>",
            b"%PDF-1.4",
            b"\xFF\xD8\xFF\xE0 cut",
        ] {
            let refused = rendition(bytes, 360).expect_err("refused");
            assert!(!refused.to_string().is_empty());
        }
    }

    #[test]
    fn transparency_becomes_paper() {
        let clear = image::RgbaImage::from_pixel(2, 2, image::Rgba([0, 0, 0, 0]));
        assert_eq!(
            flat(&DynamicImage::ImageRgba8(clear)).get_pixel(0, 0).0,
            [255; 3]
        );
    }
}
