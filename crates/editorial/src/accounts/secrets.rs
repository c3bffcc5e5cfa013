//! Secrets as they are kept: types that cannot be printed.

/// The hash of a password, in the PHC string format
/// (<https://github.com/P-H-C/phc-string-format>).
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(pub String);

/// The secret of a second factor, sealed under the keys outside the database.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedSecret(pub String);

/// SHA-256 of a token of 256 random bits, or of a code: what is kept in place
/// of it. No salt and no slow hash are needed, since there is nothing to guess.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenHash(pub [u8; 32]);

impl TokenHash {
    /// As it is kept: 64 hexadecimal digits.
    pub fn to_hex(self) -> String {
        use std::fmt::Write as _;
        self.0
            .iter()
            .fold(String::with_capacity(64), |mut text, byte| {
                let _ = write!(text, "{byte:02x}");
                text
            })
    }

    /// Reads what [`TokenHash::to_hex`] made.
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        for (byte, at) in bytes.iter_mut().zip((0..64).step_by(2)) {
            *byte = u8::from_str_radix(&text[at..at + 2], 16).ok()?;
        }
        Some(Self(bytes))
    }
}

macro_rules! unprintable {
    ($($name:ident)*) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )*};
}

unprintable!(PasswordHash SealedSecret TokenHash);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_not_printed() {
        assert_eq!(format!("{:?}", TokenHash([7; 32])), "TokenHash(…)");
        assert_eq!(
            format!("{:?}", PasswordHash("$argon2id$x".into())),
            "PasswordHash(…)"
        );
        assert_eq!(
            format!("{:?}", SealedSecret("1:aa".into())),
            "SealedSecret(…)"
        );
    }

    #[test]
    fn hashes_are_read_back() {
        let hash = TokenHash([0xa5; 32]);
        assert_eq!(TokenHash::from_hex(&hash.to_hex()), Some(hash));
        for bad in ["", "a5", &"g".repeat(64), &"a".repeat(66), &"ع".repeat(32)] {
            assert_eq!(TokenHash::from_hex(bad), None, "{bad}");
        }
    }
}
