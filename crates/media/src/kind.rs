//! What a file is, read from its first bytes and never from its name.

use std::io::Cursor;

use image::{ImageFormat, ImageReader};

use crate::error::MediaError;

/// A kind of file a newsroom may keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MediaKind {
    /// A JPEG picture.
    Jpeg,
    /// A PNG picture.
    Png,
    /// A WebP picture.
    Webp,
    /// A GIF picture; of an animation the first frame is rendered.
    Gif,
    /// A PDF document: kept and offered as a download, never rendered.
    Pdf,
}

/// Width and height in pixels, as the file stores them (orientation not applied).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dimensions {
    /// Width in pixels, at least 1.
    pub width: u32,
    /// Height in pixels, at least 1.
    pub height: u32,
}

impl MediaKind {
    /// The kind of these bytes.
    ///
    /// # Errors
    /// [`MediaError::Refused`] with the reason: SVG and HTML can carry script,
    /// and everything unknown is refused too.
    pub fn sniff(bytes: &[u8]) -> Result<Self, MediaError> {
        if bytes.starts_with(b"\xFF\xD8\xFF") {
            Ok(Self::Jpeg)
        } else if bytes.starts_with(b"\x89PNG\r\n\x1A\n") {
            Ok(Self::Png)
        } else if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
            Ok(Self::Gif)
        } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            Ok(Self::Webp)
        } else if bytes.starts_with(b"%PDF-") {
            Ok(Self::Pdf)
        } else {
            Err(MediaError::Refused(reason_to_refuse(bytes)))
        }
    }

    /// The media type to serve it with.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
            Self::Pdf => "application/pdf",
        }
    }

    /// The usual ending of a file's name, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Gif => "gif",
            Self::Pdf => "pdf",
        }
    }

    /// Whether renditions can be made of it.
    pub const fn is_picture(self) -> bool {
        !matches!(self, Self::Pdf)
    }

    pub(crate) const fn format(self) -> Option<ImageFormat> {
        match self {
            Self::Jpeg => Some(ImageFormat::Jpeg),
            Self::Png => Some(ImageFormat::Png),
            Self::Webp => Some(ImageFormat::WebP),
            Self::Gif => Some(ImageFormat::Gif),
            Self::Pdf => None,
        }
    }
}

/// The media type of a file that is only downloaded, from its first bytes: one
/// that no program runs, and for all that is not known a run of bytes.
pub fn download_type(bytes: &[u8]) -> &'static str {
    let at = |place: usize, word: &[u8]| {
        bytes
            .get(place..)
            .is_some_and(|rest| rest.starts_with(word))
    };
    if let Ok(kind) = MediaKind::sniff(bytes) {
        kind.content_type()
    } else if at(0, b"ID3") || at(0, b"\xFF\xFB") || at(0, b"\xFF\xF3") || at(0, b"\xFF\xF2") {
        "audio/mpeg"
    } else if at(0, b"OggS") {
        "application/ogg"
    } else if at(0, b"RIFF") && at(8, b"WAVE") {
        "audio/wav"
    } else if at(4, b"ftypM4A") {
        "audio/mp4"
    } else if at(4, b"ftyp") {
        "video/mp4"
    } else if at(0, b"PK\x03\x04") {
        "application/zip"
    } else {
        "application/octet-stream"
    }
}

impl Dimensions {
    /// Reads the size of a picture from its header, without decoding its pixels.
    ///
    /// # Errors
    /// [`MediaError::Refused`] for what is no picture, [`MediaError::Damaged`]
    /// where the header is cut short or states no size.
    pub fn read(bytes: &[u8]) -> Result<Self, MediaError> {
        let format = MediaKind::sniff(bytes)?
            .format()
            .ok_or(MediaError::Refused("a document has no size in pixels"))?;
        let (width, height) = ImageReader::with_format(Cursor::new(bytes), format)
            .into_dimensions()
            .map_err(|fault| MediaError::Damaged(fault.to_string()))?;
        if width == 0 || height == 0 {
            return Err(MediaError::Damaged(
                "its width or height is zero".to_owned(),
            ));
        }
        Ok(Self { width, height })
    }

    /// Number of pixels.
    pub const fn pixels(self) -> u64 {
        self.width as u64 * self.height as u64
    }
}

fn reason_to_refuse(bytes: &[u8]) -> &'static str {
    let head = &bytes[..bytes.len().min(1024)];
    let text = head
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(head)
        .trim_ascii_start();
    let holds = |needle: &[u8]| {
        head.windows(needle.len())
            .any(|window| window.eq_ignore_ascii_case(needle))
    };
    if head.is_empty() {
        "the file is empty"
    } else if holds(b"<svg") {
        "SVG can carry script; save the drawing as PNG"
    } else if text.starts_with(b"<") {
        "a page of HTML or XML, not a picture"
    } else if matches!(head.get(4..12), Some(b"ftypavif" | b"ftypavis")) {
        "AVIF is not read yet; save the picture as JPEG"
    } else if matches!(
        head.get(4..12),
        Some(b"ftypheic" | b"ftypheix" | b"ftypmif1")
    ) {
        "HEIC is not read; save the picture as JPEG"
    } else if head.starts_with(b"BM") {
        "BMP is not read; save the picture as PNG"
    } else if head.starts_with(b"II*\0") || head.starts_with(b"MM\0*") {
        "TIFF is not read; save the picture as JPEG"
    } else {
        "neither JPEG, PNG, WebP, GIF nor PDF"
    }
}

#[cfg(test)]
mod tests {
    use super::download_type;

    #[test]
    fn nothing_that_a_browser_runs_has_its_own_type() {
        for (bytes, expect) in [
            (&b"%PDF-1.7"[..], "application/pdf"),
            (b"ID3\x04", "audio/mpeg"),
            (b"\0\0\0\x20ftypisom", "video/mp4"),
            (b"PK\x03\x04", "application/zip"),
            (b"<html><script>", "application/octet-stream"),
            (b"<svg xmlns=", "application/octet-stream"),
            (b"", "application/octet-stream"),
        ] {
            assert_eq!(download_type(bytes), expect, "{bytes:?}");
        }
    }
}
