//! Brotli meta-blocks that can stand in a row.
//!
//! The first part opens the stream: it holds the window size. The others hold
//! no header, no distance beyond themselves and no word of the static
//! dictionary whose place would depend on what stands before. A last byte,
//! [`END`], closes the stream: the empty last meta-block of RFC 7932, 9.2.

use brotli::enc::{BrotliCompress, BrotliEncoderParams};

use crate::Place;

/// The empty last meta-block, byte-aligned.
pub(crate) const END: [u8; 1] = [3];
/// The window, as a power of two; the same in every part.
const WINDOW_BITS: i32 = 18;

/// Compresses `bytes` for `place` at `quality`, 2 to 11.
pub(crate) fn compress(bytes: &[u8], place: Place, quality: i32) -> Vec<u8> {
    let params = BrotliEncoderParams {
        quality,
        lgwin: WINDOW_BITS,
        size_hint: bytes.len(),
        byte_align: true,
        bare_stream: true,
        appendable: true,
        catable: place == Place::Inner,
        use_dictionary: place == Place::First,
        ..BrotliEncoderParams::default()
    };
    let mut out = Vec::with_capacity(bytes.len() / 3 + 64);
    // Reading from and writing to memory cannot fail.
    let _ = BrotliCompress(&mut &*bytes, &mut out, &params);
    out
}
