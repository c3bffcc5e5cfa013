//! The second factor: numbers of six digits that change every thirty seconds
//! (RFC 6238), and codes that stand in for them once each.

use editorial::{Timestamp, accounts::TokenHash};
use totp_rs::{Builder, Secret};

use crate::token::hash_of;

/// How many codes stand in for the second factor.
pub const CODES: usize = 10;
/// The letters of a code (Crockford's base 32, <https://www.crockford.com/base32.html>):
/// none that is taken for another one.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// The digits of a number.
const DIGITS: usize = 6;
/// How many steps before and after the present one a number is taken, for
/// clocks that are wrong.
const SKEW: u16 = 1;

/// The secret that a user's telephone and the paper share.
#[derive(Clone, PartialEq, Eq)]
pub struct SecondFactor([u8; 20]);

impl SecondFactor {
    /// Of random bytes that nobody else has.
    pub const fn new(random: [u8; 20]) -> Self {
        Self(random)
    }

    /// The bytes to seal. The only way out but for the telephone's.
    pub const fn expose_for_sealing(&self) -> &[u8] {
        &self.0
    }

    /// Of the bytes that were sealed.
    pub fn of_sealed(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// Reads what [`SecondFactor::to_text`] made.
    pub fn parse(text: &str) -> Option<Self> {
        let secret = Secret::try_from_base32(text).ok()?;
        Self::of_sealed(secret.as_ref())
    }

    /// The secret as it is typed into a telephone: base32, RFC 4648.
    pub fn to_text(&self) -> String {
        Secret::from(self.0).to_base32()
    }

    /// The address that a telephone reads from a picture, for the user
    /// `account` of the paper `issuer`
    /// (<https://github.com/google/google-authenticator/wiki/Key-Uri-Format>).
    pub fn to_address(&self, issuer: &str, account: &str) -> String {
        let encode = editorial::urls::encode;
        format!(
            "otpauth://totp/{0}:{1}?secret={2}&issuer={0}",
            encode(issuer),
            encode(account),
            self.to_text()
        )
    }

    /// The number of the moment, as the telephone shows it; none before 1970.
    pub fn number(&self, now: Timestamp) -> String {
        let seconds = u64::try_from(now.0.div_euclid(Timestamp::SECOND)).unwrap_or(0);
        let totp = Builder::new().with_secret(self.0).build();
        totp.map_or_else(|_| String::new(), |totp| totp.generate(seconds).to_string())
    }

    /// The step of time whose number this is, around `now`; `None` where it is
    /// none. Digits may be Arabic ones: «٤٨١٢٢٠». Each step counts once: see
    /// [`editorial::accounts::AccountWrite::SecondFactorUsed`].
    pub fn step_of(&self, number: &str, now: Timestamp) -> Option<i64> {
        let number: String = number
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .map(arabic::numerals::latin)
            .collect();
        if number.len() != DIGITS || !number.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        let totp = Builder::new()
            .with_secret(self.0)
            .with_skew(SKEW)
            .build()
            .ok()?;
        let seconds = u64::try_from(now.0.div_euclid(Timestamp::SECOND)).ok()?;
        i64::try_from(totp.check(&number, seconds)?).ok()
    }
}

impl std::fmt::Debug for SecondFactor {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("SecondFactor(…)")
    }
}

/// A code of random bytes: twelve letters in three groups, 60 bits.
pub fn code(random: [u8; 12]) -> String {
    let letters = random
        .iter()
        .map(|byte| char::from(LETTERS[usize::from(byte & 31)]));
    let mut code = String::with_capacity(14);
    for (at, letter) in letters.enumerate() {
        if at > 0 && at % 4 == 0 {
            code.push('-');
        }
        code.push(letter);
    }
    code
}

/// What is kept of a code, however it was typed.
pub fn code_hash(typed: &str) -> TokenHash {
    let letters: String = typed
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .map(|letter| match arabic::numerals::latin(letter) {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        })
        .collect();
    hash_of(letters.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp(seconds * Timestamp::SECOND)
    }

    /// The numbers of RFC 6238, appendix B, their last six digits.
    #[test]
    fn numbers_are_those_of_the_standard() {
        let factor = SecondFactor::new(*b"12345678901234567890");
        for (seconds, number) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
        ] {
            assert_eq!(factor.number(at(seconds)), number);
            assert_eq!(factor.step_of(number, at(seconds)), Some(seconds / 30));
            assert_eq!(factor.step_of(number, at(seconds + 30)), Some(seconds / 30));
            assert_eq!(factor.step_of(number, at(seconds + 90)), None);
        }
        assert_eq!(factor.step_of("٢٨٧ ٠٨٢", at(59)), Some(1));
        for bad in ["", "28708", "2870820", "رقم", "287083"] {
            assert_eq!(factor.step_of(bad, at(59)), None, "{bad}");
        }
        assert_eq!(factor.step_of("287082", Timestamp(-5)), None);
    }

    #[test]
    fn the_secret_goes_to_a_telephone() {
        let factor = SecondFactor::new(*b"12345678901234567890");
        assert_eq!(factor.to_text(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(
            factor.to_address("ورّاق", "ليلى"),
            "otpauth://totp/%D9%88%D8%B1%D9%91%D8%A7%D9%82:%D9%84%D9%8A%D9%84%D9%89?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%D9%88%D8%B1%D9%91%D8%A7%D9%82"
        );
        assert_eq!(
            SecondFactor::parse(&factor.to_text()).as_ref(),
            Some(&factor)
        );
        assert_eq!(SecondFactor::parse("GEZDGNBV"), None);
        let sealed = factor.expose_for_sealing();
        assert_eq!(SecondFactor::of_sealed(sealed).as_ref(), Some(&factor));
        assert_eq!(format!("{factor:?}"), "SecondFactor(…)");
    }

    #[test]
    fn codes_are_told_apart_and_typed_as_one_likes() {
        let one = code(std::array::from_fn(|at| u8::try_from(at).expect("small")));
        assert_eq!(one, "0123-4567-89ab");
        assert_ne!(one, code([7; 12]));
        assert_eq!(code_hash(&one), code_hash(" OL23٤567 89AB"));
    }
}
