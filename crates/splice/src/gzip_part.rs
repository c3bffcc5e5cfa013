//! Deflate blocks that can stand anywhere in a gzip member.

use std::{
    cell::RefCell,
    io::{Read, Write},
};

use flate2::{Compress, Compression, FlushCompress, read::DeflateDecoder};

/// Header of a gzip member: no name, no time, unknown system (RFC 1952, 2.3).
pub(crate) const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
/// A final, empty block with fixed codes.
pub(crate) const END: [u8; 2] = [3, 0];

thread_local! {
    /// The compressor of this thread: its tables, 300 KB, are made once.
    static DEFLATE: RefCell<Compress> = RefCell::new(Compress::new(Compression::best(), false));
}

/// Compresses `bytes` into blocks that end on a byte, are not final and refer
/// to nothing outside of them.
pub(crate) fn compress(bytes: &[u8]) -> Vec<u8> {
    DEFLATE.with_borrow_mut(|deflate| {
        deflate.reset();
        let mut out = Vec::with_capacity(bytes.len() / 3 + 64);
        loop {
            let taken = usize::try_from(deflate.total_in()).unwrap_or(usize::MAX);
            out.reserve(bytes.len() / 8 + 64);
            let room_before = out.capacity() - out.len();
            // Memory is the only thing that can fail here, and it does not return.
            let _ = deflate.compress_vec(&bytes[taken..], &mut out, FlushCompress::Full);
            let done = deflate.total_in() == bytes.len() as u64;
            if done && out.len() < out.capacity() && room_before > 0 {
                return out;
            }
        }
    })
}

/// The bytes that [`compress`] was given.
pub(crate) fn inflate(part: &[u8], length: usize) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::with_capacity(length);
    let mut stream = Vec::with_capacity(part.len() + END.len());
    stream.write_all(part)?;
    stream.write_all(&END)?;
    DeflateDecoder::new(stream.as_slice())
        .take(length as u64 + 1)
        .read_to_end(&mut out)?;
    Ok(out)
}
