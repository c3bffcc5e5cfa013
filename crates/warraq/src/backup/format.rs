//! The form of a backup: one tar file, which any tar can unpack.
//!
//! 1. `warraq-backup.json`: format, schema, program, time, whether keys are in.
//! 2. The parts, in any order: `database/warraq.db`, a SQLite file whatever the
//!    paper was kept in; `media/originals/ab/abcdef…`; `keys/email-1.key`, ….
//! 3. `manifest.json`: the first file's fields again, and for each part its
//!    name, length in bytes and SHA-256. A file without it was cut short.
//!
//! Everything here works on streams; nothing here touches a file system.

use std::io::{self, Read, Write};

use media::MediaKey;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The format written here, and the newest that is read.
pub(super) const FORMAT: u32 = 1;
/// The most parts of one backup: the manifest is held in memory.
const PARTS_MAX: usize = 2_000_000;
const HEAD_BYTES_MAX: u64 = 64 * 1024;
const MANIFEST_BYTES_MAX: u64 = 512 * 1024 * 1024;

const HEAD: &str = "warraq-backup.json";
const MANIFEST: &str = "manifest.json";
const DATABASE: &str = "database/warraq.db";
const ORIGINALS: &str = "media/originals/";
const KEYS: &str = "keys/";

/// What a backup says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Head {
    /// The version of this form.
    pub(super) format: u32,
    /// The schema of the database within.
    pub(super) schema: i64,
    /// The version of the program that made it.
    pub(super) program: String,
    /// When, in RFC 3339.
    pub(super) made_at: String,
    /// Whether the keys were to be included.
    pub(super) keys: bool,
}

/// One file within.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Part {
    pub(super) name: PartName,
    pub(super) bytes: u64,
    pub(super) sha256: String,
}

/// The end of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    #[serde(flatten)]
    pub(super) head: Head,
    pub(super) parts: Vec<Part>,
}

/// What a part is. No other name is read or written, so that a backup can put
/// nothing outside of its places.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub(super) enum PartName {
    /// The database.
    Database,
    /// An original, under the hash of its bytes.
    Original(MediaKey),
    /// A key file, under its own name.
    Key(String),
}

impl PartName {
    pub(super) fn parse(name: &str) -> Option<Self> {
        let part = if name == DATABASE {
            Self::Database
        } else if let Some(place) = name.strip_prefix(ORIGINALS) {
            Self::Original(place.split_once('/')?.1.parse().ok()?)
        } else {
            let key = name.strip_prefix(KEYS)?;
            store::seal::is_key_file(key).then(|| Self::Key(key.to_owned()))?
        };
        (part.path() == name).then_some(part)
    }

    /// Its path within the backup; for all but the database also the path in
    /// the data folder.
    pub(super) fn path(&self) -> String {
        match self {
            Self::Database => DATABASE.to_owned(),
            Self::Original(key) => format!("{ORIGINALS}{:02x}/{key}", key.as_bytes()[0]),
            Self::Key(name) => format!("{KEYS}{name}"),
        }
    }
}

impl From<PartName> for String {
    fn from(name: PartName) -> Self {
        name.path()
    }
}

impl TryFrom<String> for PartName {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::parse(&name).ok_or_else(|| format!("{name} is no part of a backup"))
    }
}

/// Why a backup cannot be used.
#[derive(Debug)]
pub(super) enum FormatError {
    NotABackup,
    NewerFormat(u32),
    NewerSchema { found: i64, known: i64 },
    CutShort,
    Altered(String),
    Disagrees,
    TooMany,
    Io(io::Error),
}

impl std::fmt::Display for FormatError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotABackup => write!(f, "this is no backup of Warraq: choose another file"),
            Self::NewerFormat(found) => write!(
                f,
                "the backup has format {found}, this program knows up to {FORMAT}: use a newer version of the program"
            ),
            Self::NewerSchema { found, known } => write!(
                f,
                "the backup has schema {found}, this program knows up to {known}: use a newer version of the program"
            ),
            Self::CutShort => write!(f, "the backup was cut short: use another copy of it"),
            Self::Altered(name) => write!(
                f,
                "{name} in the backup is not what was put in: use another copy of it"
            ),
            Self::Disagrees => write!(
                f,
                "the backup does not hold what its list says: use another copy of it"
            ),
            Self::TooMany => write!(f, "a backup holds at most {PARTS_MAX} files"),
            Self::Io(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for FormatError {}

impl From<io::Error> for FormatError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Writes a backup part by part.
pub(super) struct Writer<W: Write> {
    tar: tar::Builder<W>,
    head: Head,
    seconds: u64,
    parts: Vec<Part>,
}

impl<W: Write> Writer<W> {
    /// Begins one; `seconds` since 1970 is the time given to the files within.
    pub(super) fn begin(out: W, head: Head, seconds: u64) -> Result<Self, FormatError> {
        let mut writer = Self {
            tar: tar::Builder::new(out),
            head,
            seconds,
            parts: Vec::new(),
        };
        let text = serde_json::to_vec_pretty(&writer.head).map_err(io::Error::from)?;
        writer.append(HEAD, text.len() as u64, &mut text.as_slice())?;
        Ok(writer)
    }

    /// Adds a part of exactly `bytes` bytes; returns it as it stands in the list.
    pub(super) fn add(
        &mut self,
        name: PartName,
        bytes: u64,
        input: &mut dyn Read,
    ) -> Result<&Part, FormatError> {
        if self.parts.len() == PARTS_MAX {
            return Err(FormatError::TooMany);
        }
        let sha256 = self.append(&name.path(), bytes, input)?;
        self.parts.push(Part {
            name,
            bytes,
            sha256,
        });
        Ok(&self.parts[self.parts.len() - 1])
    }

    /// Ends it with the manifest.
    pub(super) fn finish(mut self) -> Result<(W, Manifest), FormatError> {
        let manifest = Manifest {
            head: self.head.clone(),
            parts: std::mem::take(&mut self.parts),
        };
        let text = serde_json::to_vec(&manifest).map_err(io::Error::from)?;
        self.append(MANIFEST, text.len() as u64, &mut text.as_slice())?;
        Ok((self.tar.into_inner()?, manifest))
    }

    fn append(
        &mut self,
        path: &str,
        bytes: u64,
        input: &mut dyn Read,
    ) -> Result<String, FormatError> {
        let mut header = tar::Header::new_gnu();
        header.set_path(path)?;
        header.set_size(bytes);
        header.set_mode(0o600);
        header.set_mtime(self.seconds);
        header.set_cksum();
        let mut hashed = Hashed::new(input.take(bytes));
        self.tar.append(&header, &mut hashed)?;
        if hashed.bytes != bytes {
            return Err(
                io::Error::other(format!("{path} became shorter while it was read")).into(),
            );
        }
        Ok(hashed.sha256())
    }
}

/// Reads a whole backup. Each part is handed to `take` as a stream and checked
/// against the manifest at the end; only when this returns is what `take` got
/// to be trusted.
pub(super) fn read(
    input: impl Read,
    schema_max: i64,
    take: &mut dyn FnMut(&PartName, u64, &mut dyn Read) -> io::Result<()>,
) -> Result<Manifest, FormatError> {
    let mut archive = tar::Archive::new(input);
    let mut entries = archive.entries().map_err(|_| FormatError::NotABackup)?;
    let first = entries.next().ok_or(FormatError::NotABackup)?;
    let mut first = first.map_err(|_| FormatError::NotABackup)?;
    if first.path_bytes().as_ref() != HEAD.as_bytes() {
        return Err(FormatError::NotABackup);
    }
    let head = whole(&mut first, HEAD_BYTES_MAX)?;
    let head: serde_json::Value =
        serde_json::from_slice(&head).map_err(|_| FormatError::NotABackup)?;
    // The format is looked at before anything else that a newer one may change.
    match head["format"].as_u64() {
        Some(found) if found > u64::from(FORMAT) => {
            return Err(FormatError::NewerFormat(
                u32::try_from(found).unwrap_or(u32::MAX),
            ));
        }
        Some(1..) => {}
        _ => return Err(FormatError::NotABackup),
    }
    let head: Head = serde_json::from_value(head).map_err(|_| FormatError::NotABackup)?;
    if head.schema > schema_max {
        return Err(FormatError::NewerSchema {
            found: head.schema,
            known: schema_max,
        });
    }
    let mut found = Vec::new();
    for entry in entries {
        let mut entry = entry.map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => FormatError::CutShort,
            _ => FormatError::Altered("a file's name or length".to_owned()),
        })?;
        let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if path == MANIFEST {
            let text = whole(&mut entry, MANIFEST_BYTES_MAX)?;
            let manifest: Manifest = serde_json::from_slice(&text)
                .map_err(|_| FormatError::Altered(MANIFEST.to_owned()))?;
            return agreed(&head, &found, manifest);
        }
        let name = PartName::parse(&path).ok_or(FormatError::Altered(path))?;
        if found.len() == PARTS_MAX {
            return Err(FormatError::TooMany);
        }
        let bytes = entry.size();
        let mut hashed = Hashed::new(&mut entry);
        take(&name, bytes, &mut hashed)?;
        io::copy(&mut hashed, &mut io::sink())?;
        if hashed.bytes != bytes {
            return Err(FormatError::CutShort);
        }
        let sha256 = hashed.sha256();
        found.push(Part {
            name,
            bytes,
            sha256,
        });
    }
    Err(FormatError::CutShort)
}

/// The manifest, if it lists exactly what was found.
fn agreed(head: &Head, found: &[Part], manifest: Manifest) -> Result<Manifest, FormatError> {
    let differs = found
        .iter()
        .zip(&manifest.parts)
        .find(|(found, listed)| found != listed);
    if let Some((found, _)) = differs {
        return Err(FormatError::Altered(found.name.path()));
    }
    let databases = found.iter().filter(|part| part.name == PartName::Database);
    if found.len() != manifest.parts.len() || manifest.head != *head || databases.count() != 1 {
        return Err(FormatError::Disagrees);
    }
    Ok(manifest)
}

fn whole<R: Read>(entry: &mut tar::Entry<'_, R>, bytes_max: u64) -> Result<Vec<u8>, FormatError> {
    let bytes = entry.size();
    if bytes > bytes_max {
        return Err(FormatError::NotABackup);
    }
    let mut text = Vec::new();
    entry.read_to_end(&mut text)?;
    if text.len() as u64 == bytes {
        Ok(text)
    } else {
        Err(FormatError::CutShort)
    }
}

/// Counts and hashes what is read through it.
struct Hashed<R> {
    inner: R,
    sum: Sha256,
    bytes: u64,
}

impl<R: Read> Hashed<R> {
    fn new(inner: R) -> Self {
        Self {
            inner,
            sum: Sha256::new(),
            bytes: 0,
        }
    }

    fn sha256(self) -> String {
        let sum = self.sum.finalize();
        sum.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.sum.update(&buffer[..read]);
        self.bytes += read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head() -> Head {
        Head {
            format: FORMAT,
            schema: 3,
            program: "0.1.0".into(),
            made_at: "2026-11-24T00:00:00Z".into(),
            keys: true,
        }
    }

    fn parts() -> Vec<(PartName, Vec<u8>)> {
        let picture = b"a picture".to_vec();
        vec![
            (PartName::Database, vec![7; 700]),
            (PartName::Original(MediaKey::of(&picture)), picture),
            (PartName::Key("email-1.key".into()), vec![1; 32]),
        ]
    }

    fn made(head: Head) -> Vec<u8> {
        let mut writer = Writer::begin(Vec::new(), head, 1).expect("begun");
        for (name, bytes) in parts() {
            writer
                .add(name, bytes.len() as u64, &mut bytes.as_slice())
                .expect("added");
        }
        writer.finish().expect("finished").0
    }

    type Taken = Vec<(PartName, Vec<u8>)>;

    fn read_back(file: &[u8], schema_max: i64) -> (Result<Manifest, FormatError>, Taken) {
        let mut taken = Vec::new();
        let done = read(file, schema_max, &mut |name, _, input| {
            let mut bytes = Vec::new();
            input.read_to_end(&mut bytes)?;
            taken.push((name.clone(), bytes));
            Ok(())
        });
        (done, taken)
    }

    #[test]
    fn what_was_put_in_comes_out() {
        let file = made(head());
        let (manifest, taken) = read_back(&file, 3);
        let manifest = manifest.expect("read");
        assert_eq!((manifest.head, taken), (head(), parts()));
        assert_eq!(manifest.parts[1].sha256, parts()[1].0.path()[19..]);
    }

    #[test]
    fn no_byte_changes_unseen() {
        let file = made(head());
        for at in 0..file.len() {
            let mut changed = file.clone();
            changed[at] ^= 1;
            let (done, taken) = read_back(&changed, 3);
            // What no reader looks at may change: padding, and the end.
            assert!(done.is_err() || taken == parts(), "byte {at}");
        }
    }

    #[test]
    fn no_length_but_the_whole_is_accepted() {
        let file = made(head());
        let end = file.len() - 1024;
        for length in 0..end - 511 {
            assert!(read_back(&file[..length], 3).0.is_err(), "{length} bytes");
        }
        assert!(read_back(&file[..end], 3).0.is_ok());
    }

    #[test]
    fn what_is_newer_is_refused() {
        let newer = Head {
            format: 2,
            ..head()
        };
        let refused = read_back(&made(newer), 3).0;
        assert!(matches!(refused, Err(FormatError::NewerFormat(2))));
        let refused = read_back(&made(head()), 2).0;
        assert!(matches!(
            refused,
            Err(FormatError::NewerSchema { found: 3, known: 2 })
        ));
    }

    #[test]
    fn no_name_leads_outside() {
        let key = MediaKey::of(b"x");
        for name in [
            "../warraq.db",
            "database/../database/warraq.db",
            "media/originals/../../etc/passwd",
            "keys/../email-1.key",
            "keys/email-01.key",
            "keys/serving.lock",
            "/keys/email-1.key",
            &format!("media/originals/zz/{key}"),
        ] {
            assert_eq!(PartName::parse(name), None, "{name}");
        }
        for (name, _) in parts() {
            assert_eq!(PartName::parse(&name.path()), Some(name));
        }
    }
}
