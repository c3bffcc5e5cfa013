//! Attachments: kept as pictures, or as files to download, where the file is at
//! hand, else as references.

use std::path::{Component, Path, PathBuf};

use editorial::{
    Changes, Write,
    changes::Target,
    media::{Media, MediaKind},
};
use importer::{
    html::words,
    wordpress::{Item, files_named},
};
use media::{Dimensions, Originals, renditions::PIXELS_MAX};

use super::{Import, ImportError, addresses::lead_to, names::hash_of};

/// What the fingerprint of a file begins with: whether its bytes are here.
pub(super) const KEPT: &str = "kept";
pub(super) const REFERENCE: &str = "reference";
/// What the report says of an attachment without a folder to find its file in.
const WITHOUT_FOLDER: &str =
    "kept as a reference; give the old site's wp-content/uploads folder with --media for its file";
/// Attachments whose ids are remembered through a run; more are looked up.
const REMEMBERED_MAX: usize = 2_000_000;
/// Bytes of files looked through in one transaction.
const FILES_BYTES_MAX: usize = 64 * 1024 * 1024;

impl Import<'_, '_> {
    /// Writes the attachments of a batch that are not there yet, or changed
    /// there.
    pub(super) async fn pictures(&mut self, items: Vec<Item>) -> Result<(), ImportError> {
        if items.is_empty() {
            return Ok(());
        }
        let numbers: Vec<String> = items.iter().map(|item| item.id.clone()).collect();
        let known = self.origins("attachment", &numbers).await?;
        let (mut changes, mut read_bytes, mut mending) = (Changes::new(), 0, Vec::new());
        for item in items {
            if item.id.is_empty() || !self.met.attachments.insert(&item.id) {
                self.note(&item, "has no number of its own; left out");
                continue;
            }
            let origin = known.get(&item.id);
            let id = match origin {
                Some(origin) => origin.id,
                None => self.id().await?,
            };
            self.file_met(&item);
            if let (Ok(number), true) = (item.id.parse(), self.pictures.len() < REMEMBERED_MAX) {
                self.pictures.insert(number, id);
            }
            let media = Media {
                source_url: item.attachment_url.clone(),
                alt: item
                    .field("_wp_attachment_image_alt")
                    .map(|alt| words(alt, false))
                    .unwrap_or_default(),
                caption: words(&item.excerpt, false),
                ..Media::new(id)
            };
            self.alts.insert(id, &media.alt);
            let hash = as_told(&media);
            let mut is_changed = true;
            if let Some(origin) = origin {
                if !self.all_kept {
                    mending.push((self.files_of(&item), Target::Media(origin.id)));
                }
                let (state, told) = origin.fingerprint.split_once(':').unwrap_or(("", ""));
                // A picture that was a reference may have its file this time.
                let complete = state == KEPT || self.options.uploads.is_none();
                if complete && told == hash {
                    self.report.count("attachments_unchanged");
                    if state == REFERENCE {
                        self.note(&item, WITHOUT_FOLDER);
                    }
                    continue;
                }
                is_changed = told != hash;
                let here = self.store.media(id).await?;
                if here.as_ref().map(as_told).as_deref() != Some(told) {
                    if is_changed {
                        self.renamed_here("attachment", &item.id);
                    }
                    continue;
                }
                if let (true, Some(here)) = (complete, here) {
                    let media = Media {
                        alt: media.alt,
                        caption: media.caption,
                        source_url: media.source_url,
                        ..here
                    };
                    changes.writes.push(Write::Media(media));
                    let fingerprint = format!("{state}:{hash}");
                    self.remember(&mut changes, "attachment", &item.id, id, fingerprint);
                    self.report.count("attachments_updated");
                    continue;
                }
            }
            read_bytes += self.picture(&item, media, &hash, is_changed, &mut changes)?;
            if read_bytes > FILES_BYTES_MAX {
                read_bytes = 0;
                self.commit(std::mem::take(&mut changes)).await?;
            }
        }
        self.mend(mending, &mut changes).await?;
        self.commit(changes).await
    }

    /// Writes one; the bytes of its file.
    fn picture(
        &mut self,
        item: &Item,
        mut media: Media,
        hash: &str,
        is_changed: bool,
        changes: &mut Changes,
    ) -> Result<usize, ImportError> {
        let found = self.options.uploads.map(|folder| {
            let below = [
                item.field("_wp_attached_file"),
                item.attachment_url
                    .split_once("/uploads/")
                    .map(|(_, below)| below),
            ];
            let mut found = below.into_iter().flatten();
            found.find_map(|below| read(folder, below, self.options.originals))
        });
        let (mut length, mut count) = (0, "attachments_as_references");
        match found {
            // Without a folder every picture is a reference: one line says it.
            None => {}
            Some(None) => self.note(item, "the file is not in the folder; kept as a reference"),
            Some(Some(Err(fault @ media::MediaError::Disk { .. }))) => return Err(fault.into()),
            Some(Some(Err(fault))) => self.note(item, &format!("kept as a reference: {fault}")),
            Some(Some(Ok(bytes))) => {
                length = bytes.len();
                count = self.keep(item, &bytes, &mut media)?;
            }
        }
        let state = if length > 0 { KEPT } else { REFERENCE };
        if length == 0 && !is_changed {
            self.report.count("attachments_unchanged");
            return Ok(length);
        }
        self.report.count(count);
        if length == 0 && self.options.uploads.is_none() {
            self.note(item, WITHOUT_FOLDER);
        }
        let id = media.id;
        changes.writes.push(Write::Media(media));
        self.remember(
            changes,
            "attachment",
            &item.id,
            id,
            format!("{state}:{hash}"),
        );
        lead_to(changes, self.files_of(item), Target::Media(id));
        Ok(length)
    }

    /// Keeps the bytes of a file: as a picture, or, where they are none that
    /// can be shown, as a file to be downloaded. What is counted.
    pub(super) fn keep(
        &mut self,
        item: &Item,
        bytes: &[u8],
        media: &mut Media,
    ) -> Result<&'static str, ImportError> {
        let originals = self.options.originals;
        let (key, count) = match Dimensions::read(bytes) {
            Ok(size) if size.pixels() <= PIXELS_MAX => {
                (media.width, media.height) = (size.width.into(), size.height.into());
                media.kind = MediaKind::Picture;
                if self.options.dry_run {
                    return Ok("attachments_kept");
                }
                (originals.put(bytes)?.key, "attachments_kept")
            }
            refused => {
                if let Err(fault @ media::MediaError::Damaged(_)) = refused {
                    self.note(item, &format!("offered as a download: {fault}"));
                }
                if self.options.dry_run {
                    return Ok("attachments_to_download");
                }
                (originals.put_download(bytes)?, "attachments_to_download")
            }
        };
        media.key = key.to_string();
        Ok(count)
    }

    /// The keys of an attachment's file, and of the files made of it whose
    /// names do not say so.
    fn files_of(&self, item: &Item) -> Vec<String> {
        let keeping = &self.aside.keeping;
        let mut keys = keeping.address(&item.attachment_url);
        if !names_a_number(&item.guid) {
            keys.extend(keeping.address(&item.guid));
        }
        let Some((folder, _)) = item.attachment_url.rsplit_once('/') else {
            return keys;
        };
        let made = ["_wp_attachment_metadata", "_wp_attachment_backup_sizes"];
        for name in made
            .into_iter()
            .filter_map(|field| item.field(field))
            .flat_map(files_named)
        {
            let url = format!("{folder}/{}", editorial::urls::encode(name));
            if !keeping.looked_up(&url).iter().any(|key| keys.contains(key)) {
                keys.extend(keeping.address(&url));
            }
        }
        keys
    }
}

/// Whether an address is the number of a page (`?attachment_id=12`).
pub(super) fn names_a_number(url: &str) -> bool {
    let (_, query) = importer::address::path_and_query(url);
    query.is_some_and(importer::address::is_old_query)
}

/// What an export tells of a picture, to see whether it was edited since.
fn as_told(media: &Media) -> String {
    hash_of([&*media.alt, &media.caption, &media.source_url])
}

/// A file below the uploads folder; `None` where there is none. The name comes
/// from outside: only plain names are followed, and never out of the folder.
pub(super) fn read(
    folder: &Path,
    below: &str,
    originals: &Originals,
) -> Option<Result<Vec<u8>, media::MediaError>> {
    let below = PathBuf::from(editorial::urls::decode(below));
    let plain = below
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    let path = folder.join(below);
    let there = plain.then(|| path.metadata().ok()).flatten()?;
    if !there.is_file() || there.len() == 0 {
        return None;
    }
    if let Err(fault) = originals.within_limit(there.len()) {
        return Some(Err(fault));
    }
    std::fs::read(path).ok().map(Ok)
}
