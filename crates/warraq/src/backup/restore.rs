//! `warraq backup restore FILE`: unpacked and looked through beside the data
//! folder, and put into its place in one step.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use rustix::fs::{CWD, RenameFlags, renameat_with};
use store::{DATABASE_FILE, Database, ServeLock, Store, StoreError, files, seal};

use super::{contents, scratch::Scratch, verify::unpack};
use crate::{
    output::Output,
    paper::{Paper, now},
};

/// The file that a server holds; nothing of the paper.
const LOCK: &str = "serving.lock";

pub(super) async fn run(
    paper: &Paper,
    out: Output,
    file: &Path,
    replace: bool,
) -> anyhow::Result<()> {
    let target = Target::look_at(paper.place(), replace)?;
    // An address elsewhere must hold no paper: nothing there is ever replaced.
    let elsewhere = match paper.elsewhere() {
        Some(database) => {
            let store = Store::open(&database).await?;
            if !store.is_untouched().await? {
                return Err(StoreError::NotEmpty.into());
            }
            Some(store)
        }
        None => None,
    };
    let scratch = Scratch::beside(&target.folder, "unfinished")?;
    let work = scratch.work();
    let manifest = unpack(file, &work, out, true)?;
    let findings = contents::look_through(&work, &manifest).await?;
    if findings.sealed_without_key > 0 {
        mark_missing_keys(&work)?;
    }
    if elsewhere.is_none() {
        end_what_was_open(&work).await?;
    }
    sync_database(&work)?;

    let moved = if let Some(store) = elsewhere {
        let copy = scratch.work().with_file_name("copy");
        files::make_folder(&copy)?;
        fs::rename(work.join(DATABASE_FILE), copy.join(DATABASE_FILE))?;
        files::sync_folder(&work)?;
        let from = Store::open(&Database::Sqlite(copy)).await?;
        let moved = target.put(&work)?;
        let filled = match from.end_what_was_open().await {
            Ok(()) => store.fill_from(&from).await,
            Err(error) => Err(error),
        };
        from.close().await;
        store.close().await;
        filled.context(
            "the database was left empty; mend this and run the command again with --replace",
        )?;
        moved
    } else {
        target.put(&work)?
    };

    let folder = target.folder.display();
    let mut words = format!(
        "{folder} holds the paper of {}; {} audit entries, {} pictures",
        manifest.head.made_at, findings.audit_entries, findings.originals
    );
    if let Some(moved) = &moved {
        words.push_str(&format!("; what was there is at {}", moved.display()));
    }
    let mut notes = findings.notes();
    if findings.sealed_without_key > 0 {
        notes.push(format!(
            "put the missing keys into {folder}/keys and remove {folder}/keys/{} before anything is imported",
            seal::KEYS_MISSING
        ));
    }
    for note in &notes {
        out.note(note);
    }
    out.result(
        &words,
        &serde_json::json!({
            "folder": target.folder, "made_at": manifest.head.made_at, "schema": manifest.head.schema,
            "keys_included": manifest.head.keys, "moved_aside": moved, "found": findings.json(), "notes": notes,
        }),
    );
    Ok(())
}

/// Where the paper goes, held against servers while it is there.
struct Target {
    folder: PathBuf,
    state: State,
    _lock: Option<ServeLock>,
}

#[derive(PartialEq, Eq)]
enum State {
    Absent,
    Empty,
    Full,
}

impl Target {
    fn look_at(place: &Path, replace: bool) -> anyhow::Result<Self> {
        let folder = match fs::canonicalize(place) {
            Ok(folder) => folder,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                files::make_folder(files::above(place))
                    .with_context(|| place.display().to_string())?;
                return Ok(Self {
                    folder: place.to_owned(),
                    state: State::Absent,
                    _lock: None,
                });
            }
            Err(error) => return Err(error).with_context(|| place.display().to_string()),
        };
        if is_mounted(&folder)? {
            bail!(
                "{} is a mounted disk, which cannot be replaced in one step: give a folder on it with --data",
                folder.display()
            );
        }
        let mut empty = true;
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            empty &= entry?.file_name() == LOCK;
        }
        let lock = store::lock_for_serving(&folder)?;
        if !empty && !replace {
            bail!(
                "{} is not empty: give another folder with --data, or --replace to have what is there moved aside",
                folder.display()
            );
        }
        Ok(Self {
            folder,
            state: if empty { State::Empty } else { State::Full },
            _lock: Some(lock),
        })
    }

    /// Puts `work` into its place in one step; where something was there, says
    /// where that is now.
    fn put(&self, work: &Path) -> anyhow::Result<Option<PathBuf>> {
        let folder = &self.folder;
        let said = || {
            format!(
                "the paper cannot be put at {}: it must be a plain folder, not a mounted one",
                folder.display()
            )
        };
        let above = files::above(folder);
        match self.state {
            State::Absent => {
                renameat_with(CWD, work, CWD, folder, RenameFlags::NOREPLACE).with_context(said)?;
                files::sync_folder(above)?;
                Ok(None)
            }
            State::Empty => {
                fs::remove_file(folder.join(LOCK)).with_context(said)?;
                fs::rename(work, folder).with_context(said)?;
                files::sync_folder(above)?;
                Ok(None)
            }
            State::Full => {
                // Exchanged, so that there is never no paper at this place: a
                // server started just then would begin an empty one.
                renameat_with(CWD, work, CWD, folder, RenameFlags::EXCHANGE).with_context(said)?;
                let mut name = folder.file_name().unwrap_or_default().to_owned();
                name.push(format!(".replaced-{}", now().0 / 1_000_000));
                let aside = above.join(name);
                fs::rename(work, &aside)
                    .and_then(|()| files::sync_folder(above))
                    .with_context(said)?;
                Ok(Some(aside))
            }
        }
    }
}

/// Whether another disk begins at the folder.
fn is_mounted(folder: &Path) -> anyhow::Result<bool> {
    let disk = |path: &Path| -> anyhow::Result<u64> {
        let data = fs::metadata(path).with_context(|| path.display().to_string())?;
        Ok(std::os::unix::fs::MetadataExt::dev(&data))
    };
    Ok(disk(folder)? != disk(files::above(folder))?)
}

/// Nobody is signed in by a session that was ended since the backup was made,
/// and no link works again that was used since.
async fn end_what_was_open(work: &Path) -> anyhow::Result<()> {
    let store = Store::open(&Database::Sqlite(work.to_owned())).await?;
    let done = store.end_what_was_open().await;
    store.close().await;
    Ok(done?)
}

/// Keeps new keys from being made where the old ones are awaited.
fn mark_missing_keys(work: &Path) -> anyhow::Result<()> {
    let keys = work.join("keys");
    files::make_folder(&keys)?;
    let mark = fs::File::create(keys.join(seal::KEYS_MISSING))?;
    mark.sync_all()?;
    files::sync_folder(&keys)?;
    Ok(())
}

/// The database was opened to be looked through, and brought up to date if it
/// was of an older schema: it goes to disk again.
fn sync_database(work: &Path) -> anyhow::Result<()> {
    for entry in fs::read_dir(work)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::File::open(entry.path())?.sync_all()?;
        }
    }
    files::sync_folder(work)?;
    Ok(())
}
