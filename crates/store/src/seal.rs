//! Sealing commenters' addresses: XChaCha20-Poly1305 under a key kept in a file
//! outside the database, and a keyed blind index (HMAC-SHA-256) under another.

use std::{fs, io::Write, os::unix::fs::OpenOptionsExt, path::Path};

use chacha20poly1305::{KeyInit, XChaCha20Poly1305, aead::Aead};
use editorial::email::{EmailAddress, SealedEmail};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::StoreError;

/// The version of the key that seals now.
const KEY_VERSION: u32 = 1;

/// Seals addresses and opens them again.
pub struct EmailSealer {
    cipher: XChaCha20Poly1305,
    index_key: [u8; 32],
}

impl EmailSealer {
    /// Opens the keys in `folder`, or makes them from `fresh` random bytes
    /// where there are none.
    ///
    /// # Errors
    /// [`StoreError::Folder`] where a key file cannot be read or written.
    pub fn open(folder: &Path, mut fresh: impl FnMut() -> [u8; 32]) -> Result<Self, StoreError> {
        let said = |error: std::io::Error| {
            StoreError::Folder(format!(
                "the keys in {} cannot be used: {error}",
                folder.display()
            ))
        };
        fs::create_dir_all(folder).map_err(said)?;
        let mut key = |name: String| read_or_make(&folder.join(name), &mut fresh).map_err(said);
        let seal = key(format!("email-{KEY_VERSION}.key"))?;
        let index_key = key("email-index.key".to_owned())?;
        Ok(Self {
            cipher: XChaCha20Poly1305::new(&seal.into()),
            index_key,
        })
    }

    /// Seals `email` under a nonce that is never used twice.
    pub fn seal(&self, email: &EmailAddress, nonce: [u8; 24]) -> SealedEmail {
        let sealed = self
            .cipher
            .encrypt(&nonce.into(), email.expose_for_sealing())
            .expect("an address is far below the cipher's limit of 256 GiB");
        SealedEmail {
            sealed: format!("{KEY_VERSION}:{}:{}", hex(&nonce), hex(&sealed)),
            blind_index: self.blind_index(email),
        }
    }

    /// The keyed hash by which the same address is found again.
    pub fn blind_index(&self, email: &EmailAddress) -> String {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&self.index_key)
            .expect("HMAC takes a key of any length");
        mac.update(email.expose_for_sealing());
        hex(&mac.finalize().into_bytes())
    }

    /// Opens a sealed address; `None` where it was sealed under another key or
    /// changed since.
    pub fn open_sealed(&self, sealed: &str) -> Option<EmailAddress> {
        let (version, rest) = sealed.split_once(':')?;
        let (nonce, text) = rest.split_once(':')?;
        if version.parse::<u32>().ok()? != KEY_VERSION {
            return None;
        }
        let nonce: [u8; 24] = unhex(nonce)?.try_into().ok()?;
        let plain = self
            .cipher
            .decrypt(&nonce.into(), unhex(text)?.as_slice())
            .ok()?;
        EmailAddress::parse(std::str::from_utf8(&plain).ok()?)
    }
}

fn read_or_make(path: &Path, fresh: &mut impl FnMut() -> [u8; 32]) -> std::io::Result<[u8; 32]> {
    match fs::read(path) {
        Ok(bytes) => bytes
            .try_into()
            .map_err(|_| std::io::Error::other("a key file does not hold 32 bytes")),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let key = fresh();
            let mut file = fs::OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(path)?;
            file.write_all(&key)?;
            file.sync_all()?;
            Ok(key)
        }
        Err(error) => Err(error),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seals_opens_and_notices_changes() {
        let folder = std::env::temp_dir().join(format!("seal-{}", std::process::id()));
        let mut bytes = 0;
        let sealer = EmailSealer::open(&folder, || {
            bytes += 1;
            [bytes; 32]
        })
        .expect("keys");
        let email = EmailAddress::parse("reader@example.com").expect("an address");
        let sealed = sealer.seal(&email, [7; 24]);
        assert_eq!(sealer.open_sealed(&sealed.sealed), Some(email.clone()));
        let again = EmailSealer::open(&folder, || panic!("the keys are there")).expect("keys");
        assert_eq!(again.blind_index(&email), sealed.blind_index);
        assert_eq!(again.open_sealed(&sealed.sealed), Some(email));
        let mut changed = sealed.sealed.clone();
        let last = if changed.ends_with('0') { "1" } else { "0" };
        changed.replace_range(changed.len() - 1.., last);
        assert_eq!(sealer.open_sealed(&changed), None);
        fs::remove_dir_all(folder).expect("removed");
    }
}
