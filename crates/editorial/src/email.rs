//! An e-mail address of a commenter or of the staff: it can be sealed, and a
//! letter can go to it; nothing else.

/// An address that cannot be printed, logged or serialised: it has neither
/// `Display` nor `Serialize`, and its `Debug` shows no letter of it.
#[derive(Clone, PartialEq, Eq)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Takes `text` as an address if it has the shape `local@domain`, is at
    /// most 254 bytes (RFC 5321) and holds no control character.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@')?;
        let fits = text.len() <= 254 && !local.is_empty() && domain.contains('.');
        let clean = !text.chars().any(|c| c.is_control() || c.is_whitespace());
        (fits && clean).then(|| Self(text.to_lowercase()))
    }

    /// The bytes to seal or to hash under a key.
    pub fn expose_for_sealing(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// The address for a moderator whose reason the trail holds, and for the one
    /// answer to him.
    pub fn expose_for_reveal(&self) -> &str {
        &self.0
    }

    /// The address for the mail server, and for it alone. There is no other way
    /// out but for sealing, and for whoever gave a reason.
    pub fn expose_for_sending(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for EmailAddress {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("EmailAddress(…)")
    }
}

/// An address as it is kept: sealed text and the keyed blind index of it.
/// Neither can be read back without the key files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedEmail {
    /// Key version, nonce and ciphertext, as text.
    pub sealed: String,
    /// Keyed hash for look-up of the same address, as text.
    pub blind_index: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing() {
        let email = EmailAddress::parse("Reader@example.com").expect("an address");
        assert_eq!(format!("{email:?}"), "EmailAddress(…)");
        assert_eq!(email.expose_for_sealing(), b"reader@example.com");
        for text in ["", "a", "a@", "@b.c", "a b@c.d", "a@b"] {
            assert!(EmailAddress::parse(text).is_none(), "{text}");
        }
    }
}
