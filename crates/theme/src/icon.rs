//! `/favicon.ico`, for those that look for it there: feed readers, old
//! browsers, whatever shows an answer that is no page. Pages name their own.
//!
//! It is drawn when the program is built: a column of print in the colour of
//! the paper, its last line ending where an Arabic one does.

/// Pixels of a side.
const SIDE: usize = 32;
/// Bytes of a row of one-bit pixels; a row ends on four bytes.
const ROW: usize = SIDE / 8;
/// Directory and its one entry; header of the bitmap; two colours.
const DIRECTORY: usize = 22;
const HEADER: usize = 40;
const COLOURS: usize = 8;
const PIXELS: usize = DIRECTORY + HEADER + COLOURS;
/// The picture, then as many bits that say where it is transparent: nowhere.
pub(crate) const BYTES: usize = PIXELS + 2 * ROW * SIDE;

/// The colours as `style.css` has them, blue first: `#7c1f2d` and `#fbfaf7`.
const GROUND: [u8; 4] = [0x2d, 0x1f, 0x7c, 0];
const LINES: [u8; 4] = [0xf7, 0xfa, 0xfb, 0];

/// The lines: from which row to which, and from which column; all end at the
/// right margin, where an Arabic line begins.
const COLUMN: [(usize, usize, usize); 4] = [(6, 11, 6), (14, 17, 6), (19, 22, 6), (24, 27, 15)];
const MARGIN: usize = 26;

/// The icon: an ICO file with one bitmap of two colours.
pub(crate) static ICON: [u8; BYTES] = draw();

const fn draw() -> [u8; BYTES] {
    let mut out = [0; BYTES];
    // Kind 1 (an icon), one of them; its sides, colours, planes and bits.
    out[2] = 1;
    out[4] = 1;
    out[6] = SIDE.to_le_bytes()[0];
    out[7] = SIDE.to_le_bytes()[0];
    out[8] = 2;
    out[10] = 1;
    out[12] = 1;
    put(&mut out, 14, BYTES - DIRECTORY);
    put(&mut out, 18, DIRECTORY);
    // The height counts the picture and its transparency.
    put(&mut out, DIRECTORY, HEADER);
    put(&mut out, DIRECTORY + 4, SIDE);
    put(&mut out, DIRECTORY + 8, 2 * SIDE);
    out[DIRECTORY + 12] = 1;
    out[DIRECTORY + 14] = 1;
    put(&mut out, DIRECTORY + 20, 2 * ROW * SIDE);
    put(&mut out, DIRECTORY + 32, 2);
    let mut at = 0;
    while at < 4 {
        out[DIRECTORY + HEADER + at] = GROUND[at];
        out[DIRECTORY + HEADER + 4 + at] = LINES[at];
        at += 1;
    }
    let mut line = 0;
    while line < COLUMN.len() {
        let (top, bottom, left) = COLUMN[line];
        let mut y = top;
        while y < bottom {
            let mut x = left;
            while x < MARGIN {
                // The lowest row comes first, the leftmost pixel is the highest bit.
                out[PIXELS + (SIDE - 1 - y) * ROW + x / 8] |= 0x80 >> (x % 8);
                x += 1;
            }
            y += 1;
        }
        line += 1;
    }
    out
}

/// Writes a number of four bytes at `at`, lowest byte first.
const fn put(out: &mut [u8; BYTES], at: usize, number: usize) {
    let bytes = number.to_le_bytes();
    let mut byte = 0;
    while byte < 4 {
        out[at + byte] = bytes[byte];
        byte += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_line(x: usize, y: usize) -> bool {
        ICON[PIXELS + (SIDE - 1 - y) * ROW + x / 8] & (0x80 >> (x % 8)) != 0
    }

    #[test]
    fn it_is_an_icon_of_its_own_length() {
        assert_eq!(ICON[..6], [0, 0, 1, 0, 1, 0]);
        let number = |at: usize| u32::from_le_bytes(ICON[at..at + 4].try_into().expect("four"));
        assert_eq!(number(14) as usize + number(18) as usize, ICON.len());
        assert_eq!((number(DIRECTORY + 4), number(DIRECTORY + 8)), (32, 64));
        let transparent = &ICON[PIXELS + ROW * SIDE..];
        assert!(transparent.iter().all(|byte| *byte == 0));
    }

    #[test]
    fn the_last_line_ends_early_on_the_left() {
        assert!(is_line(25, 25) && is_line(15, 25) && !is_line(14, 25));
        assert!(is_line(6, 7) && is_line(25, 7) && !is_line(26, 7) && !is_line(5, 7));
        assert!(!is_line(16, 12) && !is_line(0, 0) && !is_line(31, 31));
    }
}
