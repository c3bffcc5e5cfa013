//! Renditions: the pictures a reader gets, made from an original.
use crate::error::MediaError;

/// JPEG quality of every rendition, of 100.
pub const QUALITY: u8 = 78;
/// Pixels of an original above which it is refused before decoding: 50 million.
pub const PIXELS_MAX: u64 = 50_000_000;
/// Bytes of an og image: 300 KB, above which some networks show none.
pub const OG_BYTES_MAX: usize = 300_000;

/// The format of a rendition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RenditionFormat {
    /// Baseline JPEG.
    Jpeg,
}

/// A rendition: how wide, how high, in which format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RenditionSpec {
    /// Width in pixels; a smaller original gives a smaller rendition.
    pub width: u32,
    /// Height in pixels: with one, the picture is cropped to that shape around
    /// its focus; without, it keeps its own shape.
    pub height: Option<u32>,
    /// The format.
    pub format: RenditionFormat,
}

/// The point of a picture that a crop keeps: thousandths of its width from the
/// left and of its height from the top, after orientation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Focus {
    /// 0 (left edge) to 1000 (right edge).
    pub x: u16,
    /// 0 (top edge) to 1000 (bottom edge).
    pub y: u16,
}

/// A finished rendition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    /// What was asked for.
    pub spec: RenditionSpec,
    /// Width in pixels as it came out.
    pub width: u32,
    /// Height in pixels as it came out.
    pub height: u32,
    /// The encoded picture.
    pub bytes: Vec<u8>,
}

/// A decoded original, upright, without metadata.
#[derive(Debug, Clone)]
pub struct Picture {
    pixels: image::RgbImage,
}

impl RenditionSpec {
    /// The file name in addresses: `720.jpg`, or `1200x630.jpg` for a crop.
    pub fn file_name(&self) -> String {
        todo!()
    }
    /// The spec of a file name, one of [`ALL`]; `None` for every other name.
    pub fn from_file_name(_name: &str) -> Option<Self> {
        todo!()
    }
}
impl Picture {
    /// Decodes.
    ///
    /// # Errors
    /// Damaged, Refused, TooManyPixels.
    pub fn decode(_bytes: &[u8], _pixels_max: u64) -> Result<Self, MediaError> {
        todo!()
    }
    /// Renders one.
    ///
    /// # Errors
    /// Damaged.
    pub fn render(&self, _spec: RenditionSpec, _focus: Focus) -> Result<Rendition, MediaError> {
        let _ = &self.pixels;
        todo!()
    }
}
