//! Tokens of 256 random bits: of a session, of a one-time link, of a form.

use editorial::accounts::TokenHash;
use sha2::{Digest as _, Sha256};

/// A token as its holder has it. It cannot be printed by mistake.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

impl Token {
    /// Of random bytes that nobody else has.
    pub const fn new(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// The text in which it travels: base64url without padding (RFC 4648,
    /// section 5), 43 letters.
    pub fn to_text(&self) -> String {
        let mut text = String::with_capacity(43);
        for three in self.0.chunks(3) {
            let bits = three
                .iter()
                .fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte))
                << (8 * (3 - three.len()));
            for at in 0..=three.len() {
                let digit = bits >> (18 - 6 * at) & 63;
                text.push(char::from(DIGITS[digit as usize]));
            }
        }
        text
    }

    /// Reads what [`Token::to_text`] made; `None` for everything else.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        if text.len() != 43 {
            return None;
        }
        let digit = |letter: u8| {
            let at = DIGITS.iter().position(|known| *known == letter)?;
            u32::try_from(at).ok()
        };
        for (place, four) in bytes.chunks_mut(3).zip(text.as_bytes().chunks(4)) {
            let bits = four
                .iter()
                .try_fold(0_u32, |bits, letter| Some(bits << 6 | digit(*letter)?))?
                << (6 * (4 - four.len()));
            place.copy_from_slice(&bits.to_be_bytes()[1..=place.len()]);
        }
        let token = Self(bytes);
        // The last digit has two bits of no meaning: one spelling alone is right.
        (token.to_text() == text).then_some(token)
    }

    /// What is kept in its place.
    pub fn hash(&self) -> TokenHash {
        hash_of(&self.0)
    }

    /// Another token that only the holder of this one can make: for a form of
    /// the session whose token this is.
    #[must_use]
    pub fn derived(&self, purpose: &str) -> Self {
        let hash = Sha256::new()
            .chain_update(purpose.as_bytes())
            .chain_update([0])
            .chain_update(self.0);
        Self(hash.finalize().into())
    }
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// SHA-256, as tokens and codes are kept.
pub fn hash_of(bytes: &[u8]) -> TokenHash {
    TokenHash(Sha256::digest(bytes).into())
}

impl std::fmt::Debug for Token {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_read_back() {
        for random in [
            [0; 32],
            [255; 32],
            std::array::from_fn(|at| u8::try_from(at * 7 + 3).expect("small")),
        ] {
            let token = Token::new(random);
            let text = token.to_text();
            assert_eq!(text.len(), 43);
            assert_eq!(Token::parse(&text).as_ref(), Some(&token));
            assert_ne!(token.derived("a"), token.derived("b"));
            assert_ne!(token.hash(), token.derived("a").hash());
        }
        let bytes: [u8; 32] = std::array::from_fn(|at| u8::try_from(at).expect("small"));
        assert_eq!(
            Token::new(bytes).to_text(),
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
        );
    }

    #[test]
    fn one_spelling_alone_is_a_token() {
        let text = Token::new([0; 32]).to_text();
        let other = format!("{}B", &text[..42]);
        for bad in [
            "",
            &text[..42],
            &other,
            &"ن".repeat(43),
            &format!("{}=", &text[..42]),
        ] {
            assert_eq!(Token::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_token_is_not_printed() {
        assert_eq!(format!("{:?}", Token::new([1; 32])), "Token(…)");
    }
}
