//! Lead images drawn by code: geometric patterns in a section's colour.
//!
//! Each is a lattice of one classic figure of the Islamic decorative arts: the
//! eight-pointed star (khatam) with its crosses, the six-pointed star in a
//! hexagon, or rows of arches. A figure is a distance function, so that lines
//! come out smooth at every size. The same seed gives the same picture.
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pixels and colours: small numbers, clamped before they are cut"
)]

use image::{ImageEncoder, RgbImage, codecs::jpeg::JpegEncoder};

use crate::error::MediaError;
use crate::renditions::QUALITY;

/// A colour: red, green, blue, each 0 to 255 (sRGB).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// Reads `#1f6f54`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text
            .strip_prefix('#')
            .filter(|hex| hex.len() == 6 && hex.is_ascii())?;
        let part = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).ok();
        Some(Self(part(0)?, part(2)?, part(4)?))
    }

    fn mixed(self, other: Self, share: f32) -> [f32; 3] {
        let mix = |a: u8, b: u8| f32::from(a) + (f32::from(b) - f32::from(a)) * share;
        [
            mix(self.0, other.0),
            mix(self.1, other.1),
            mix(self.2, other.2),
        ]
    }
}

const INK: Rgb = Rgb(18, 22, 28);
const PAPER: Rgb = Rgb(255, 250, 240);
const GOLD: Rgb = Rgb(222, 186, 120);

/// What a figure says of one point: how far the nearest line is, in units of
/// the lattice, and whether the point lies inside the figure.
struct At {
    line: f32,
    inside: bool,
}

/// Draws the pattern of a seed.
pub fn draw(seed: u64, colour: Rgb, width: u32, height: u32) -> RgbImage {
    let random = Numbers(seed);
    let figure = random.pick(1, 3);
    let across = 3.0 + random.pick(2, 4) as f32;
    let cell = width.max(1) as f32 / across;
    let (shift_x, shift_y) = (
        random.pick(3, 100) as f32 / 100.0,
        random.pick(4, 100) as f32 / 100.0,
    );
    let turn = if figure == 0 && random.pick(5, 2) == 1 {
        std::f32::consts::FRAC_PI_4
    } else {
        0.0
    };
    let (sin, cos) = turn.sin_cos();
    let [top, bottom] = [colour.mixed(INK, 0.25), colour.mixed(INK, 0.62)];
    let filled = colour.mixed(PAPER, 0.10);
    let line = colour.mixed(PAPER, 0.55);
    let accent = colour.mixed(GOLD, 0.75);
    let pixel = 1.0 / cell;
    RgbImage::from_fn(width, height, |x, y| {
        let (fx, fy) = (x as f32 / cell, y as f32 / cell);
        let (u, v) = (fx * cos - fy * sin + shift_x, fx * sin + fy * cos + shift_y);
        let at = match figure {
            0 => khatam(u, v),
            1 => hexagons(u, v),
            _ => arches(u, v),
        };
        let down = y as f32 / height.max(1) as f32;
        let mut out = blend(top, bottom, down);
        if at.inside {
            out = blend(out, filled, 0.30 * (1.0 - 0.6 * down));
        }
        let outer = cover(at.line, 0.030, pixel);
        let inner = cover(at.line, 0.010, pixel);
        out = blend(out, line, 0.55 * outer);
        out = blend(out, accent, 0.9 * inner);
        image::Rgb(out.map(|part| part.clamp(0.0, 255.0) as u8))
    })
}

/// Draws the pattern of a seed as a JPEG.
///
/// # Errors
/// [`MediaError::Damaged`] where the picture cannot be encoded (no width).
pub fn draw_jpeg(seed: u64, colour: Rgb, width: u32, height: u32) -> Result<Vec<u8>, MediaError> {
    let drawn = draw(seed, colour, width, height);
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY)
        .write_image(
            drawn.as_raw(),
            width,
            height,
            image::ExtendedColorType::Rgb8,
        )
        .map_err(|fault| MediaError::Damaged(fault.to_string()))?;
    Ok(bytes)
}

/// The eight-pointed star: a square and the same square turned by 45 degrees.
fn khatam(u: f32, v: f32) -> At {
    let (x, y) = (u - u.floor() - 0.5, v - v.floor() - 0.5);
    let half = 0.354;
    let square = x.abs().max(y.abs()) - half;
    let turned = (x.abs() + y.abs()) * std::f32::consts::FRAC_1_SQRT_2 - half;
    let star = square.min(turned);
    let heart = (square + 0.19).max(turned + 0.19);
    // The crosses between the stars: straight bands along the lattice's edges.
    let band = (0.5 - x.abs()).min(0.5 - y.abs());
    let outside = if star > 0.0 { band } else { f32::MAX };
    At {
        line: star.abs().min(heart.abs()).min(outside),
        inside: star < 0.0 && heart > 0.0,
    }
}

/// The six-pointed star in a hexagon: three families of parallel bands.
fn hexagons(u: f32, v: f32) -> At {
    const DIRECTIONS: [(f32, f32); 3] = [(1.0, 0.0), (0.5, 0.866_025_4), (-0.5, 0.866_025_4)];
    let mut nearest = f32::MAX;
    let mut stripes = 0;
    for (dx, dy) in DIRECTIONS {
        let along = (u * dx + v * dy) * 1.5;
        let inside = along - along.floor();
        let from_edge = ((inside - 0.25).abs()).min((inside - 0.75).abs()) / 1.5;
        nearest = nearest.min(from_edge);
        stripes += i32::from((0.25..0.75).contains(&inside));
    }
    At {
        line: nearest,
        inside: stripes % 2 == 1,
    }
}

/// Rows of pointed arches, each row set off by half an arch.
fn arches(u: f32, v: f32) -> At {
    let row = (v * 1.4).floor();
    let shift = if row.rem_euclid(2.0) < 1.0 { 0.0 } else { 0.5 };
    let x = (u + shift) - (u + shift).floor() - 0.5;
    let y = v * 1.4 - row;
    // A pointed arch is what two circles share, each centred on a springing.
    let left = ((x - 0.22).powi(2) + (1.0 - y).powi(2)).sqrt();
    let right = ((x + 0.22).powi(2) + (1.0 - y).powi(2)).sqrt();
    let reach = left.max(right);
    let rings = [0.72, 0.52, 0.30].map(|radius: f32| (reach - radius).abs() / 1.2);
    At {
        line: rings.into_iter().fold(f32::MAX, f32::min),
        inside: reach < 0.72 && reach > 0.52 || reach < 0.30,
    }
}

/// How much of a pixel a line of that half width covers, 0 to 1.
fn cover(distance: f32, half_width: f32, pixel: f32) -> f32 {
    ((half_width - distance) / pixel + 0.5).clamp(0.0, 1.0)
}

fn blend(under: [f32; 3], over: [f32; 3], share: f32) -> [f32; 3] {
    std::array::from_fn(|at| under[at] + (over[at] - under[at]) * share)
}

/// Numbers that follow from a seed (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn pick(&self, which: u64, of: u64) -> u64 {
        let mut z = self
            .0
            .wrapping_add(which.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % of
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::Dimensions;

    #[test]
    fn a_seed_gives_one_picture_and_another_seed_another() {
        let colour = Rgb::parse("#1f6f54").expect("a colour");
        let [one, again, other] =
            [7, 7, 8].map(|seed| draw_jpeg(seed, colour, 240, 135).expect("drawn"));
        assert_eq!(one, again);
        assert_ne!(one, other);
        assert_eq!(
            Dimensions::read(&one).expect("a JPEG"),
            Dimensions {
                width: 240,
                height: 135
            }
        );
    }

    #[test]
    fn every_figure_has_lines_and_ground() {
        for seed in 0..12 {
            let drawn = draw(seed, Rgb(140, 40, 40), 200, 112);
            let lightness =
                |pixel: &image::Rgb<u8>| pixel.0.iter().map(|part| u32::from(*part)).sum::<u32>();
            let darkest = drawn.pixels().map(lightness).min().expect("pixels");
            let lightest = drawn.pixels().map(lightness).max().expect("pixels");
            assert!(
                lightest - darkest > 150,
                "seed {seed}: {darkest} to {lightest}"
            );
        }
    }

    #[test]
    fn only_colours_are_colours() {
        for text in ["", "1f6f54", "#1f6f5", "#1f6f5g", "#١٢٣"] {
            assert_eq!(Rgb::parse(text), None, "{text}");
        }
    }
}
