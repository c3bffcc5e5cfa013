//! Sealing the addresses of commenters and staff, and the secrets of second
//! factors: XChaCha20-Poly1305 under a key kept in a file
//! outside the database, and a keyed blind index (HMAC-SHA-256) under another.
//!
//! Keys have versions, `email-1.key`, `email-2.key`, …: the newest seals, and
//! all of them open. A key is never replaced and never removed.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use editorial::{
    accounts::SealedSecret,
    email::{EmailAddress, SealedEmail},
};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::{StoreError, files};

/// The file of the index key.
const INDEX_KEY: &str = "email-index.key";
/// What the secret of a second factor is sealed as.
const SECRET: &[u8] = b"second factor";

/// What else is sealed; what was sealed as one thing is opened as no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealedAs {
    /// The key under which senders of one day are hashed.
    SenderKey,
    /// What a reader's browser keeps of him, because he asked for it.
    Remembered,
}

impl SealedAs {
    const fn words(self) -> &'static [u8] {
        match self {
            Self::SenderKey => b"sender key",
            Self::Remembered => b"remembered",
        }
    }
}
/// A file that stands in the folder while the keys of the stored addresses are
/// elsewhere: a backup was restored that did not hold them.
pub const KEYS_MISSING: &str = "MISSING";

/// Seals addresses and opens them again.
pub struct EmailSealer {
    folder: PathBuf,
    ciphers: BTreeMap<u32, XChaCha20Poly1305>,
    newest: u32,
    index_key: [u8; 32],
}

impl EmailSealer {
    /// Opens the keys in `folder`, or makes them from `fresh` random bytes
    /// where there are none. Keys that were made are on disk when it returns.
    ///
    /// # Errors
    /// [`StoreError::Folder`] where a key file cannot be read or written, or
    /// where the keys of this paper are known to be elsewhere.
    pub fn open(folder: &Path, mut fresh: impl FnMut() -> [u8; 32]) -> Result<Self, StoreError> {
        if folder.join(KEYS_MISSING).exists() {
            return Err(StoreError::Folder(format!(
                "the keys of this paper's e-mail addresses are not in {0}: put them there and remove the file {0}/{KEYS_MISSING}, or remove that file alone to go on with new keys, under which the addresses kept so far stay closed",
                folder.display()
            )));
        }
        let mut opened = || -> io::Result<Self> {
            files::make_folder(folder)?;
            let mut ciphers = BTreeMap::new();
            for version in versions(folder)? {
                ciphers.insert(version, cipher(read(&folder.join(file_name(version)))?));
            }
            if ciphers.is_empty() {
                let key = read_or_make(&folder.join(file_name(1)), &mut fresh)?;
                ciphers.insert(1, cipher(key));
            }
            let newest = ciphers.keys().copied().max().unwrap_or(1);
            let index_key = read_or_make(&folder.join(INDEX_KEY), &mut fresh)?;
            Ok(Self {
                folder: folder.to_owned(),
                ciphers,
                newest,
                index_key,
            })
        };
        opened().map_err(|error| unusable(folder, &error))
    }

    /// Adds a key, which seals from now on, and returns its version. What was
    /// sealed before stays sealed under the older keys.
    ///
    /// # Errors
    /// [`StoreError::Folder`] where the key file cannot be written.
    pub fn rotate(&mut self, mut fresh: impl FnMut() -> [u8; 32]) -> Result<u32, StoreError> {
        let version = self.newest + 1;
        let path = self.folder.join(file_name(version));
        let key =
            read_or_make(&path, &mut fresh).map_err(|error| unusable(&self.folder, &error))?;
        self.ciphers.insert(version, cipher(key));
        self.newest = version;
        Ok(version)
    }

    /// The versions of the keys, oldest first; the last one seals.
    pub fn versions(&self) -> impl Iterator<Item = u32> {
        self.ciphers.keys().copied()
    }

    /// Seals `email` under a nonce that is never used twice.
    pub fn seal(&self, email: &EmailAddress, nonce: [u8; 24]) -> SealedEmail {
        SealedEmail {
            sealed: self.seal_as(b"", email.expose_for_sealing(), nonce),
            blind_index: self.blind_index(email),
        }
    }

    /// Seals the secret of a second factor under a nonce that is never used twice.
    pub fn seal_secret(&self, secret: &[u8], nonce: [u8; 24]) -> SealedSecret {
        SealedSecret(self.seal_as(SECRET, secret, nonce))
    }

    /// Seals something under a nonce that is never used twice.
    pub fn seal_bytes(&self, what: SealedAs, plain: &[u8], nonce: [u8; 24]) -> String {
        self.seal_as(what.words(), plain, nonce)
    }

    /// Opens it; `None` as for an address.
    pub fn open_bytes(&self, what: SealedAs, sealed: &str) -> Option<Vec<u8>> {
        self.open_as(what.words(), sealed)
    }

    /// What was sealed is opened as what it was sealed as, and as nothing else.
    fn seal_as(&self, what: &[u8], plain: &[u8], nonce: [u8; 24]) -> String {
        let payload = Payload {
            msg: plain,
            aad: what,
        };
        let sealed = self.ciphers[&self.newest]
            .encrypt(&nonce.into(), payload)
            .expect("it is far below the cipher's limit of 256 GiB");
        format!("{}:{}:{}", self.newest, hex(&nonce), hex(&sealed))
    }

    /// The keyed hash by which the same address is found again.
    pub fn blind_index(&self, email: &EmailAddress) -> String {
        self.mac(&[email.expose_for_sealing()])
    }

    /// A keyed hash of something that is no address: of a range that tries to
    /// sign in come from, of a browser. An address holds no control character,
    /// so none has the same.
    pub fn blind(&self, what: &str, bytes: &[u8]) -> String {
        self.mac(&[what.as_bytes(), &[0], bytes])
    }

    fn mac(&self, parts: &[&[u8]]) -> String {
        mac(&self.index_key, parts)
    }

    /// Opens a sealed address; `None` where it was sealed under a key that is
    /// not here, or changed since.
    pub fn open_sealed(&self, sealed: &str) -> Option<EmailAddress> {
        let plain = self.open_as(b"", sealed)?;
        EmailAddress::parse(std::str::from_utf8(&plain).ok()?)
    }

    /// Opens the secret of a second factor; `None` as for an address.
    pub fn open_secret(&self, sealed: &SealedSecret) -> Option<Vec<u8>> {
        self.open_as(SECRET, &sealed.0)
    }

    fn open_as(&self, what: &[u8], sealed: &str) -> Option<Vec<u8>> {
        let (version, rest) = sealed.split_once(':')?;
        let (nonce, text) = rest.split_once(':')?;
        let cipher = self.ciphers.get(&version.parse().ok()?)?;
        let nonce: [u8; 24] = unhex(nonce)?.try_into().ok()?;
        let payload = Payload {
            msg: &unhex(text)?,
            aad: what,
        };
        cipher.decrypt(&nonce.into(), payload).ok()
    }
}

/// The key files in `folder`, by name; none where there is no such folder.
///
/// # Errors
/// Where the folder cannot be read.
pub fn key_files(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut names = Vec::new();
    for entry in entries {
        if let Ok(name) = entry?.file_name().into_string()
            && is_key_file(&name)
        {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// Whether this is the name of a key file: `email-N.key` or `email-index.key`.
pub fn is_key_file(name: &str) -> bool {
    name == INDEX_KEY || version_of(name).is_some()
}

/// A keyed hash of `bytes`, as hexadecimal digits.
pub fn keyed_hash(key: &[u8; 32], bytes: &[u8]) -> String {
    mac(key, &[bytes])
}

fn mac(key: &[u8; 32], parts: &[&[u8]]) -> String {
    let mut mac =
        <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(part);
    }
    hex(&mac.finalize().into_bytes())
}

fn file_name(version: u32) -> String {
    format!("email-{version}.key")
}

fn version_of(name: &str) -> Option<u32> {
    let version = name.strip_prefix("email-")?.strip_suffix(".key")?;
    let version = version.parse().ok()?;
    (file_name(version) == name).then_some(version)
}

fn versions(folder: &Path) -> io::Result<Vec<u32>> {
    let names = key_files(folder)?;
    Ok(names.iter().filter_map(|name| version_of(name)).collect())
}

fn unusable(folder: &Path, error: &io::Error) -> StoreError {
    StoreError::Folder(format!(
        "the keys in {} cannot be used: {error}",
        folder.display()
    ))
}

fn cipher(key: [u8; 32]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&key.into())
}

fn read(path: &Path) -> io::Result<[u8; 32]> {
    fs::read(path)?.try_into().map_err(|_| {
        io::Error::other(format!(
            "the key file {} does not hold 32 bytes",
            path.display()
        ))
    })
}

/// Reads a key, or makes it: written aside, synced, and only then given its
/// name, so that no process and no power cut ever meets half a key.
fn read_or_make(path: &Path, fresh: &mut impl FnMut() -> [u8; 32]) -> io::Result<[u8; 32]> {
    match read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        done => return done,
    }
    let key = fresh();
    let aside = path.with_extension(format!("{}.new", std::process::id()));
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&aside)?;
    file.write_all(&key)?;
    file.sync_all()?;
    // A link, not a rename: it fails where another process was first.
    let linked = fs::hard_link(&aside, path);
    fs::remove_file(&aside)?;
    match linked {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        done => done?,
    }
    files::sync_folder(files::above(path))?;
    read(path)
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

    fn folder(name: &str) -> PathBuf {
        std::env::temp_dir().join(format!("seal-{name}-{}", std::process::id()))
    }

    fn counted() -> impl FnMut() -> [u8; 32] {
        let mut byte = 0;
        move || {
            byte += 1;
            [byte; 32]
        }
    }

    fn reader() -> EmailAddress {
        EmailAddress::parse("reader@example.com").expect("an address")
    }

    #[test]
    fn seals_opens_and_notices_changes() {
        let folder = folder("plain");
        let sealer = EmailSealer::open(&folder, counted()).expect("keys");
        let email = reader();
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

    #[test]
    fn a_new_key_seals_and_the_old_ones_still_open() {
        let folder = folder("rotated");
        let mut fresh = counted();
        let mut sealer = EmailSealer::open(&folder, &mut fresh).expect("keys");
        let email = reader();
        let first = sealer.seal(&email, [1; 24]);
        assert_eq!(sealer.rotate(&mut fresh).expect("a key"), 2);
        let second = sealer.seal(&email, [2; 24]);
        assert!(first.sealed.starts_with("1:") && second.sealed.starts_with("2:"));
        // Look-up by address goes on over a rotation.
        assert_eq!(first.blind_index, second.blind_index);
        let names = ["email-1.key", "email-2.key", "email-index.key"];
        assert_eq!(key_files(&folder).expect("read"), names);
        let again = EmailSealer::open(&folder, || panic!("the keys are there")).expect("keys");
        assert_eq!(again.versions().collect::<Vec<_>>(), [1, 2]);
        for sealed in [&first, &second] {
            assert_eq!(again.open_sealed(&sealed.sealed), Some(email.clone()));
        }
        assert!(again.seal(&email, [3; 24]).sealed.starts_with("2:"));
        fs::remove_file(folder.join("email-1.key")).expect("removed");
        let without = EmailSealer::open(&folder, || panic!("the keys are there")).expect("keys");
        assert_eq!(without.open_sealed(&first.sealed), None);
        assert_eq!(without.open_sealed(&second.sealed), Some(email));
        fs::remove_dir_all(folder).expect("removed");
    }

    #[test]
    fn no_new_keys_are_made_where_the_old_ones_are_missing() {
        let folder = folder("missing");
        files::make_folder(&folder).expect("made");
        fs::write(folder.join(KEYS_MISSING), "").expect("written");
        let refused = EmailSealer::open(&folder, || panic!("no key may be made"));
        assert!(matches!(refused, Err(StoreError::Folder(words)) if words.contains(KEYS_MISSING)));
        assert_eq!(key_files(&folder).expect("read"), [""; 0]);
        fs::remove_dir_all(folder).expect("removed");
    }

    #[test]
    fn half_a_key_is_refused() {
        let folder = folder("half");
        files::make_folder(&folder).expect("made");
        fs::write(folder.join("email-1.key"), [1; 16]).expect("written");
        assert!(EmailSealer::open(&folder, || [2; 32]).is_err());
        fs::remove_dir_all(folder).expect("removed");
    }
}
