//! The name of a picture: the sha-256 of its bytes in lower-case hexadecimal.
//!
//! A key made from outside text is checked first, so that a path built from a
//! key cannot leave the folder of the originals.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use crate::error::MediaError;

/// The content address of an original: 32 bytes, written as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MediaKey([u8; 32]);

impl MediaKey {
    /// The key of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The key from its 32 raw bytes, as a database may hold them.
    pub const fn from_bytes(raw: [u8; 32]) -> Self {
        Self(raw)
    }

    /// The 32 raw bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for MediaKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for MediaKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MediaKey({self})")
    }
}

impl FromStr for MediaKey {
    type Err = MediaError;

    /// Reads exactly 64 lower-case hexadecimal digits.
    ///
    /// # Errors
    /// [`MediaError::NotAKey`] for everything else, upper case included, so that
    /// one picture has one address.
    fn from_str(text: &str) -> Result<Self, MediaError> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return Err(MediaError::NotAKey);
        }
        let mut raw = [0; 32];
        for (byte, pair) in raw.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = hex_value(pair[0])? << 4 | hex_value(pair[1])?;
        }
        Ok(Self(raw))
    }
}

fn hex_value(digit: u8) -> Result<u8, MediaError> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        _ => Err(MediaError::NotAKey),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_the_sha_256_and_reads_back() {
        let key = MediaKey::of(b"");
        let text = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(key.to_string(), text);
        assert_eq!(text.parse::<MediaKey>().unwrap(), key);
    }

    #[test]
    fn other_text_is_not_a_key() {
        let good = MediaKey::of(b"x").to_string();
        let mut with_slash = good.clone();
        with_slash.replace_range(0..1, "/");
        let two_byte_letters = "ء".repeat(32);
        for text in [
            "",
            "..",
            "../../etc/passwd",
            &good[1..],
            &format!("{good}0"),
            &good.to_uppercase(),
            &with_slash,
            &two_byte_letters,
            &format!("{}\0", &good[1..]),
        ] {
            assert!(
                matches!(text.parse::<MediaKey>(), Err(MediaError::NotAKey)),
                "{text:?}"
            );
        }
    }
}
