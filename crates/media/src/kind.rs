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
    /// Sound as MPEG layer III; a download, as all that follow.
    Mp3,
    /// Sound in an MP4 file.
    M4a,
    /// Sound in an Ogg file.
    Ogg,
    /// A film in an MP4 file.
    Mp4,
}

/// Why a kind of file is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There are no bytes.
    #[error("the file is empty")]
    Empty,
    /// It can carry script.
    #[error("SVG can carry script; save the drawing as PNG")]
    Svg,
    /// It is a page.
    #[error("a page of HTML or XML, not a picture")]
    Markup,
    /// AVIF.
    #[error("AVIF is not read yet; save the picture as JPEG")]
    Avif,
    /// HEIC, as some telephones keep pictures.
    #[error("HEIC is not read; save the picture as JPEG")]
    Heic,
    /// BMP.
    #[error("BMP is not read; save the picture as PNG")]
    Bmp,
    /// TIFF.
    #[error("TIFF is not read; save the picture as JPEG")]
    Tiff,
    /// A film of another kind than MP4.
    #[error("this kind of film is not read; save it as MP4")]
    Film,
    /// A picture was expected.
    #[error("a file that is no picture has no size in pixels")]
    NoPicture,
    /// Nothing that is known.
    #[error("neither JPEG, PNG, WebP, GIF, PDF, MP3, M4A, Ogg nor MP4")]
    Unknown,
}

impl Refusal {
    /// The name by which a message tells it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Svg => "svg",
            Self::Markup => "markup",
            Self::Avif => "avif",
            Self::Heic => "heic",
            Self::Bmp => "bmp",
            Self::Tiff => "tiff",
            Self::Film => "film",
            Self::NoPicture => "no-picture",
            Self::Unknown => "unknown",
        }
    }
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
        } else if bytes.starts_with(b"OggS") {
            Ok(Self::Ogg)
        } else if bytes.starts_with(b"ID3") || is_sound_frame(bytes) {
            Ok(Self::Mp3)
        } else {
            match brand(bytes) {
                Some(b"M4A " | b"M4B ") => Ok(Self::M4a),
                Some(
                    b"isom" | b"iso2" | b"iso4" | b"iso5" | b"iso6" | b"mp41" | b"mp42" | b"avc1"
                    | b"M4V " | b"MSNV" | b"dash",
                ) => Ok(Self::Mp4),
                _ => Err(MediaError::Refused(reason_to_refuse(bytes))),
            }
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
            Self::Mp3 => "audio/mpeg",
            Self::M4a => "audio/mp4",
            Self::Ogg => "application/ogg",
            Self::Mp4 => "video/mp4",
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
            Self::Mp3 => "mp3",
            Self::M4a => "m4a",
            Self::Ogg => "ogg",
            Self::Mp4 => "mp4",
        }
    }

    /// Whether renditions can be made of it.
    pub const fn is_picture(self) -> bool {
        self.format().is_some()
    }

    pub(crate) const fn format(self) -> Option<ImageFormat> {
        match self {
            Self::Jpeg => Some(ImageFormat::Jpeg),
            Self::Png => Some(ImageFormat::Png),
            Self::Webp => Some(ImageFormat::WebP),
            Self::Gif => Some(ImageFormat::Gif),
            Self::Pdf | Self::Mp3 | Self::M4a | Self::Ogg | Self::Mp4 => None,
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
    } else if at(0, b"RIFF") && at(8, b"WAVE") {
        "audio/wav"
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
            .ok_or(MediaError::Refused(Refusal::NoPicture))?;
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

/// The brand of a file made of boxes (ISO/IEC 14496-12, 4.3).
fn brand(bytes: &[u8]) -> Option<&[u8; 4]> {
    (bytes.get(4..8)? == b"ftyp").then_some(())?;
    bytes.get(8..12)?.try_into().ok()
}

/// Whether the bytes begin as a frame of MPEG layer III does.
fn is_sound_frame(bytes: &[u8]) -> bool {
    matches!(bytes.get(..2), Some([0xFF, second]) if second & 0xE6 == 0xE2)
}

fn reason_to_refuse(bytes: &[u8]) -> Refusal {
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
        Refusal::Empty
    } else if let Some(brand) = brand(head) {
        match brand {
            b"avif" | b"avis" => Refusal::Avif,
            b"heic" | b"heix" | b"mif1" | b"msf1" => Refusal::Heic,
            _ => Refusal::Film,
        }
    } else if head.starts_with(b"\x1A\x45\xDF\xA3")
        || head.starts_with(b"RIFF") && head.get(8..12) == Some(b"AVI ")
    {
        Refusal::Film
    } else if holds(b"<svg") {
        Refusal::Svg
    } else if text.starts_with(b"<") {
        Refusal::Markup
    } else if head.starts_with(b"BM") {
        Refusal::Bmp
    } else if head.starts_with(b"II*\0") || head.starts_with(b"MM\0*") {
        Refusal::Tiff
    } else {
        Refusal::Unknown
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
