//! `warraq backup create FILE`: first the database as one moment saw it, then
//! the originals, then the keys.
//!
//! In that order nothing is missing: an original is kept before the row that
//! names it, and a key before anything is sealed under it. What comes after the
//! moment may be in the file too, and is harmless there.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context as _, bail};
use store::{DATABASE_FILE, Store, files, seal};

use super::{
    Watched, bar,
    format::{FORMAT, Head, Manifest, PartName, Writer},
    scratch::Scratch,
};
use crate::{
    output::Output,
    paper::{Paper, now},
    room::Room,
};

/// How often the bar looks how far the database is copied.
const LOOK: Duration = Duration::from_millis(100);

pub(super) async fn run(
    paper: &Paper,
    out: Output,
    file: &Path,
    without_keys: bool,
) -> anyhow::Result<()> {
    if file.exists() {
        bail!("{} is there already: give another name", file.display());
    }
    let folder = paper.place();
    paper.is_there()?;
    let beside = files::above(file);
    if !beside.is_dir() {
        bail!("there is no folder {}: make it first", beside.display());
    }
    room_needed(folder, beside)?.check(
        beside,
        "give the backup a name on a larger disk, and copy it from there",
    )?;
    let store = paper.open().await?;
    let scratch = Scratch::beside(file, "unfinished")?;
    let work = scratch.work();
    let made_at = now();
    copy_database(&store, folder, &work, out).await?;
    store.close().await;

    let head = Head {
        format: FORMAT,
        schema: store::SCHEMA,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: made_at.rfc3339(),
        keys: !without_keys,
    };
    let unfinished = work.join("backup");
    let seconds = u64::try_from(made_at.0 / 1_000_000).unwrap_or(0);
    let manifest = write(folder, &work, &unfinished, head, seconds, out)
        .with_context(|| format!("the backup cannot be written to {}", file.display()))?;
    fs::rename(&unfinished, file)
        .and_then(|()| files::sync_folder(files::above(file)))
        .with_context(|| format!("the backup cannot be given its name {}", file.display()))?;
    tell(out, file, &manifest)
}

/// What the backup takes at the most while it is made, beside it: a copy of the
/// database, and that copy with the pictures once more. A database elsewhere
/// does not tell its size ahead.
fn room_needed(folder: &Path, beside: &Path) -> anyhow::Result<Room> {
    let length = |path: &Path| fs::metadata(path).map_or(0, |data| data.len());
    let database = length(&folder.join(DATABASE_FILE));
    let originals = originals(&folder.join("media/originals"))?;
    let pictures: u64 = originals.iter().map(|(_, path)| length(path)).sum();
    Room::measure(beside, database.saturating_mul(2).saturating_add(pictures))
}

/// Copies the database into `work`, and shows how far it is.
async fn copy_database(
    store: &Store,
    folder: &Path,
    work: &Path,
    out: Output,
) -> anyhow::Result<()> {
    let length = |path: &Path| fs::metadata(path).map_or(0, |data| data.len());
    let bar = bar(
        out,
        length(&folder.join(DATABASE_FILE)),
        "copying the database",
    )?;
    let target = work.join(DATABASE_FILE);
    let mut copying = std::pin::pin!(store.copy_to(work));
    loop {
        tokio::select! {
            done = &mut copying => {
                done.context("the database cannot be copied beside the backup")?;
                break;
            }
            () = tokio::time::sleep(LOOK) => bar.set_position(length(&target)),
        }
    }
    bar.finish_and_clear();
    Ok(())
}

/// Writes all parts into `target`, and brings it to disk.
fn write(
    folder: &Path,
    work: &Path,
    target: &Path,
    head: Head,
    seconds: u64,
    out: Output,
) -> anyhow::Result<Manifest> {
    let with_keys = head.keys;
    let mut parts = vec![(PartName::Database, work.join(DATABASE_FILE))];
    parts.extend(originals(&folder.join("media/originals"))?);
    if with_keys {
        let keys = folder.join("keys");
        for name in seal::key_files(&keys)? {
            let path = keys.join(&name);
            parts.push((PartName::Key(name), path));
        }
    }
    let mut bytes = 0;
    for (_, path) in &parts {
        bytes += fs::metadata(path).map_or(0, |data| data.len());
    }
    let bar = bar(out, bytes, "writing the backup")?;
    let file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(target)?;
    let mut writer = Writer::begin(BufWriter::with_capacity(1024 * 1024, file), head, seconds)?;
    for (name, path) in parts {
        let file = match File::open(&path) {
            // An original that was removed since the list was made.
            Err(error)
                if error.kind() == io::ErrorKind::NotFound
                    && matches!(name, PartName::Original(_)) =>
            {
                continue;
            }
            file => file.with_context(|| path.display().to_string())?,
        };
        let length = file.metadata()?.len();
        let mut input = Watched {
            inner: file,
            bar: &bar,
        };
        writer.add(name, length, &mut input)?;
    }
    let (mut file, manifest) = writer.finish()?;
    file.flush()?;
    file.get_ref().sync_all()?;
    bar.finish_and_clear();
    Ok(manifest)
}

/// The originals in their folder, by name.
fn originals(folder: &Path) -> anyhow::Result<Vec<(PartName, PathBuf)>> {
    let mut found = Vec::new();
    let shelves = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(found),
        shelves => shelves.with_context(|| folder.display().to_string())?,
    };
    for shelf in shelves {
        let shelf = shelf?;
        if !shelf.file_type()?.is_dir() {
            continue;
        }
        for file in fs::read_dir(shelf.path())? {
            let file = file?;
            let name = format!(
                "media/originals/{}/{}",
                shelf.file_name().to_string_lossy(),
                file.file_name().to_string_lossy()
            );
            if let Some(name) = PartName::parse(&name) {
                found.push((name, file.path()));
            }
        }
    }
    found.sort();
    Ok(found)
}

fn tell(out: Output, file: &Path, manifest: &Manifest) -> anyhow::Result<()> {
    let bytes = fs::metadata(file)?.len();
    let count = |wanted: fn(&PartName) -> bool| {
        manifest
            .parts
            .iter()
            .filter(|part| wanted(&part.name))
            .count()
    };
    let originals = count(|name| matches!(name, PartName::Original(_)));
    let keys = count(|name| matches!(name, PartName::Key(_)));
    let about_keys = match (manifest.head.keys, keys) {
        (false, _) => {
            "the keys of e-mail addresses are NOT in it: keep the folder keys as well".to_owned()
        }
        (true, 0) => "there are no keys of e-mail addresses yet".to_owned(),
        (true, keys) => format!("{keys} key files are in it: keep it where nobody else reads it"),
    };
    out.result(
        &format!(
            "{}: {bytes} bytes, {originals} pictures; {about_keys}",
            file.display()
        ),
        &serde_json::json!({
            "file": file, "bytes": bytes, "format": manifest.head.format, "schema": manifest.head.schema,
            "made_at": manifest.head.made_at, "originals": originals,
            "keys_included": manifest.head.keys, "keys": keys,
        }),
    );
    Ok(())
}
