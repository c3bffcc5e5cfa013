//! Lead images drawn by code: geometric patterns in a section's colour.
use image::RgbImage;

/// A colour: red, green, blue, each 0 to 255 (sRGB).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// Draws the pattern of a seed.
pub fn draw(_seed: u64, _colour: Rgb, _width: u32, _height: u32) -> RgbImage {
    todo!()
}
/// Draws and encodes.
pub fn draw_jpeg(_seed: u64, _colour: Rgb, _width: u32, _height: u32) -> Vec<u8> {
    todo!()
}
