//! `warraq backup verify FILE`.

use std::{
    fs::File,
    io::{self, BufReader, Read},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

use anyhow::Context as _;
use store::{DATABASE_FILE, SCHEMA, files};

use super::{
    Watched, bar, contents,
    format::{self, Manifest, PartName},
    scratch::Scratch,
};
use crate::output::Output;

pub(super) async fn run(out: Output, file: &Path) -> anyhow::Result<()> {
    let scratch = Scratch::beside(file, "looked-through")?;
    let work = scratch.work();
    let manifest = unpack(file, &work, out, false)?;
    let findings = contents::look_through(&work, &manifest).await?;
    let notes = findings.notes();
    for note in &notes {
        out.note(note);
    }
    let head = &manifest.head;
    let document = serde_json::json!({
        "whole": true, "format": head.format, "schema": head.schema, "program": head.program,
        "made_at": head.made_at, "keys_included": head.keys, "parts": manifest.parts.len(),
        "found": findings.json(), "notes": notes,
    });
    out.result(
        &format!(
            "whole: made {}, schema {}, {} files, {} audit entries, {} sealed addresses",
            head.made_at,
            head.schema,
            manifest.parts.len(),
            findings.audit_entries,
            findings.sealed
        ),
        &document,
    );
    Ok(())
}

/// Reads a backup and lays its files into `work` as a data folder has them,
/// each synced; the originals only if they are wanted.
pub(super) fn unpack(
    file: &Path,
    work: &Path,
    out: Output,
    originals: bool,
) -> anyhow::Result<Manifest> {
    let input = File::open(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let bar = bar(out, input.metadata()?.len(), "reading the backup")?;
    let input = BufReader::with_capacity(
        1024 * 1024,
        Watched {
            inner: input,
            bar: &bar,
        },
    );
    let mut take = |name: &PartName, _: u64, part: &mut dyn Read| {
        let path = match name {
            PartName::Database => DATABASE_FILE.to_owned(),
            PartName::Original(_) if !originals => return Ok(()),
            other => other.path(),
        };
        lay(&work.join(path), part)
    };
    let manifest = format::read(input, SCHEMA, &mut take)
        .with_context(|| format!("{} cannot be used", file.display()))?;
    bar.finish_and_clear();
    Ok(manifest)
}

/// Writes one file, and brings it and its name to disk.
fn lay(path: &Path, part: &mut dyn Read) -> io::Result<()> {
    let above = files::above(path);
    files::make_folder(above)?;
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    io::copy(part, &mut file)?;
    file.sync_all()?;
    files::sync_folder(above)
}
