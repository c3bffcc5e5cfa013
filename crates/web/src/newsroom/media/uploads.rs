//! Uploads that come in parts and go on after a line that broke: files in the
//! data folder, few, small and not old.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _},
    path::PathBuf,
};

use editorial::{Id, Timestamp};
use media::originals::ORIGINAL_BYTES_MAX;
use serde_json::{Value, json};

/// Uploads of one user that have not come to their end; the oldest makes room.
const OF_ONE_MAX: usize = 8;
/// Uploads of all.
const ALL_MAX: usize = 64;
/// How long one is kept.
const AGE_MAX: i64 = Timestamp::DAY;
/// Bytes of one part that is sent.
pub(in crate::newsroom) const PART_BYTES: u64 = 512 * 1024;

/// The folder of uploads.
pub(in crate::newsroom) struct Uploads(pub(in crate::newsroom) PathBuf);

/// One upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::newsroom) struct Upload {
    pub(in crate::newsroom) id: String,
    user: i64,
    begun_at: i64,
    /// The name of its file where it comes from.
    pub(in crate::newsroom) name: String,
    /// Bytes it will have.
    pub(in crate::newsroom) bytes: u64,
    /// What it became in the library.
    pub(in crate::newsroom) kept: Option<Id>,
}

/// Why nothing came of it.
#[derive(Debug, thiserror::Error)]
pub(in crate::newsroom) enum UploadError {
    #[error("the file is larger than one may be")]
    TooLarge,
    #[error("too many files are being uploaded")]
    TooMany,
    #[error("there is no such upload")]
    Gone,
    /// The part begins behind what is there.
    #[error("the part begins behind the first {0} bytes")]
    Gap(u64),
    #[error("the disk refused")]
    Disk(#[from] io::Error),
}

impl Uploads {
    /// Begins one under a name that nobody can guess.
    pub(in crate::newsroom) fn begin(
        &self,
        id: String,
        user: Id,
        name: &str,
        bytes: u64,
        now: Timestamp,
    ) -> Result<Upload, UploadError> {
        if bytes > ORIGINAL_BYTES_MAX {
            return Err(UploadError::TooLarge);
        }
        fs::create_dir_all(&self.0)?;
        self.sweep(now)?;
        let all = self.all()?;
        let mut own: Vec<&Upload> = all.iter().filter(|one| one.user == user.get()).collect();
        own.sort_by_key(|one| one.begun_at);
        let old = (own.len() + 1).saturating_sub(OF_ONE_MAX);
        for one in &own[..old] {
            self.remove(&one.id)?;
        }
        if all.len() - old >= ALL_MAX {
            return Err(UploadError::TooMany);
        }
        let upload = Upload {
            id,
            user: user.get(),
            begun_at: now.0,
            name: name.chars().take(200).collect(),
            bytes,
            kept: None,
        };
        File::create(self.part(&upload.id))?;
        self.note(&upload)?;
        Ok(upload)
    }

    /// The upload of that name, where it is the user's, and how much of it is there.
    pub(in crate::newsroom) fn find(
        &self,
        id: &str,
        user: Id,
    ) -> Result<(Upload, u64), UploadError> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        if id.is_empty() || id.len() > 64 || !id.bytes().all(is_plain) {
            return Err(UploadError::Gone);
        }
        let upload = self.read(id)?.filter(|one| one.user == user.get());
        let upload = upload.ok_or(UploadError::Gone)?;
        let there = match fs::metadata(self.part(id)) {
            Ok(data) => data.len(),
            Err(error) if error.kind() == ErrorKind::NotFound => 0,
            Err(error) => return Err(error.into()),
        };
        Ok((upload, there))
    }

    /// Writes a part at its place; the same part again changes nothing. How much is there then.
    pub(in crate::newsroom) fn write(
        &self,
        id: &str,
        user: Id,
        at: u64,
        part: &[u8],
    ) -> Result<u64, UploadError> {
        let (upload, there) = self.find(id, user)?;
        let end = at.saturating_add(part.len() as u64);
        if upload.kept.is_some() {
            return Ok(upload.bytes);
        }
        if at > there {
            return Err(UploadError::Gap(there));
        }
        if end > upload.bytes {
            return Err(UploadError::TooLarge);
        }
        let mut file = OpenOptions::new().write(true).open(self.part(id))?;
        file.seek(SeekFrom::Start(at))?;
        file.write_all(part)?;
        Ok(there.max(end))
    }

    /// All bytes of one that has come to its end.
    pub(in crate::newsroom) fn whole(&self, upload: &Upload) -> Result<Vec<u8>, UploadError> {
        let mut bytes = Vec::new();
        let file = File::open(self.part(&upload.id))?;
        file.take(ORIGINAL_BYTES_MAX).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Notes what it became: who asks again gets the same answer. Its bytes go.
    pub(in crate::newsroom) fn keep(&self, upload: Upload, media: Id) -> Result<(), UploadError> {
        fs::remove_file(self.part(&upload.id))?;
        self.note(&Upload {
            kept: Some(media),
            ..upload
        })
    }

    /// It goes, with its bytes.
    pub(in crate::newsroom) fn remove(&self, id: &str) -> Result<(), UploadError> {
        for path in [self.part(id), self.about(id)] {
            match fs::remove_file(path) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        Ok(())
    }

    /// Removes what is too old.
    pub(in crate::newsroom) fn sweep(&self, now: Timestamp) -> Result<(), UploadError> {
        for upload in self.all()? {
            if upload.begun_at < now.0 - AGE_MAX {
                self.remove(&upload.id)?;
            }
        }
        Ok(())
    }

    fn all(&self) -> Result<Vec<Upload>, UploadError> {
        let entries = match fs::read_dir(&self.0) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error.into()),
        };
        let mut all = Vec::new();
        for entry in entries {
            let name = entry?.file_name();
            let id = name.to_str().and_then(|name| name.strip_suffix(".about"));
            if let Some(upload) = id.map(|id| self.read(id)).transpose()?.flatten() {
                all.push(upload);
            }
        }
        Ok(all)
    }

    fn read(&self, id: &str) -> Result<Option<Upload>, UploadError> {
        let text = match fs::read(self.about(id)) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let value: Value = serde_json::from_slice(&text).unwrap_or_default();
        // What cannot be read is as old as can be, and goes with the next sweep.
        Ok(Some(Upload {
            id: id.to_owned(),
            user: value["user"].as_i64().unwrap_or(0),
            begun_at: value["begun_at"].as_i64().unwrap_or(0),
            name: value["name"].as_str().unwrap_or_default().to_owned(),
            bytes: value["bytes"].as_u64().unwrap_or(0),
            kept: value["kept"].as_i64().and_then(Id::new),
        }))
    }

    fn note(&self, upload: &Upload) -> Result<(), UploadError> {
        let about = json!({
            "user": upload.user, "begun_at": upload.begun_at, "name": upload.name,
            "bytes": upload.bytes, "kept": upload.kept.map(Id::get),
        });
        let beside = self.0.join(format!("{}.noted", upload.id));
        fs::write(&beside, about.to_string())?;
        Ok(fs::rename(beside, self.about(&upload.id))?)
    }

    fn part(&self, id: &str) -> PathBuf {
        self.0.join(format!("{id}.part"))
    }

    fn about(&self, id: &str) -> PathBuf {
        self.0.join(format!("{id}.about"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(value: i64) -> Id {
        Id::new(value).expect("in range")
    }

    #[test]
    fn parts_come_in_any_number_of_tries() {
        let folder = tempfile::tempdir().expect("made");
        let uploads = Uploads(folder.path().join("uploads"));
        let now = Timestamp(10 * AGE_MAX);
        let begun = uploads
            .begin("abc".into(), id(3), "صورة.jpg", 6, now)
            .expect("begun");
        assert_eq!(uploads.write("abc", id(3), 0, b"abc").expect("written"), 3);
        assert_eq!(uploads.write("abc", id(3), 0, b"abc").expect("again"), 3);
        assert!(matches!(
            uploads.write("abc", id(3), 4, b"x"),
            Err(UploadError::Gap(3))
        ));
        assert!(matches!(
            uploads.write("abc", id(3), 3, b"defg"),
            Err(UploadError::TooLarge)
        ));
        assert_eq!(uploads.write("abc", id(3), 3, b"def").expect("written"), 6);
        assert_eq!(
            uploads.find("abc", id(3)).expect("there"),
            (begun.clone(), 6)
        );
        for (other, user) in [("abc", 4), ("../abc", 3), ("", 3), ("abd", 3)] {
            let found = uploads.find(other, id(user));
            assert!(matches!(found, Err(UploadError::Gone)), "{other} {user}");
        }
        assert_eq!(uploads.whole(&begun).expect("read"), b"abcdef");
        uploads.keep(begun, id(17)).expect("kept");
        let (kept, there) = uploads.find("abc", id(3)).expect("there");
        assert_eq!((kept.kept, there), (Some(id(17)), 0));
        uploads.sweep(now.plus(AGE_MAX + 1)).expect("swept");
        assert_eq!(
            fs::read_dir(folder.path().join("uploads"))
                .expect("read")
                .count(),
            0
        );
    }

    #[test]
    fn they_are_few_and_small() {
        let folder = tempfile::tempdir().expect("made");
        let uploads = Uploads(folder.path().join("uploads"));
        let now = |at: i64| Timestamp(10 * AGE_MAX + at);
        let large = uploads.begin("x".into(), id(1), "", ORIGINAL_BYTES_MAX + 1, now(0));
        assert!(matches!(large, Err(UploadError::TooLarge)));
        for user in 0..8 {
            for one in 0..=i64::try_from(OF_ONE_MAX).expect("small") {
                let name = format!("{user}-{one}");
                let begun = uploads.begin(name, id(user + 1), "", 1, now(one));
                begun.expect("begun");
            }
        }
        assert_eq!(uploads.all().expect("read").len(), ALL_MAX);
        assert!(matches!(uploads.find("0-0", id(1)), Err(UploadError::Gone)));
        uploads.find("0-8", id(1)).expect("the newest is there");
        let more = uploads.begin("y".into(), id(99), "", 1, now(9));
        assert!(matches!(more, Err(UploadError::TooMany)));
    }
}
