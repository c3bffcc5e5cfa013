//! Attachments: kept as pictures where the file is at hand, else as references.

use std::path::{Component, Path, PathBuf};

use editorial::{Changes, Write, changes::Target, media::Media};
use importer::{html::words, wordpress::Item};
use media::Dimensions;

use super::{
    Import, ImportError,
    addresses::{self, lead_to},
    names::hash_of,
};

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
            if let (Ok(number), true) = (item.id.parse(), self.pictures.len() < REMEMBERED_MAX) {
                self.pictures.insert(number, id);
            }
            let media = Media {
                id,
                key: String::new(),
                source_url: item.attachment_url.clone(),
                width: 0,
                height: 0,
                alt: item
                    .field("_wp_attachment_image_alt")
                    .map(|alt| words(alt, false))
                    .unwrap_or_default(),
                caption: words(&item.excerpt, false),
                credit: String::new(),
                focal_x: 500,
                focal_y: 500,
            };
            let hash = as_told(&media);
            let mut is_changed = true;
            if let Some(origin) = origin {
                mending.push((self.addresses_of(&item), Target::Media(origin.id)));
                let (state, told) = origin.fingerprint.split_once(':').unwrap_or(("", ""));
                // A picture that was a reference may have its file this time.
                let complete = state == "kept" || self.options.uploads.is_none();
                if complete && told == hash {
                    self.report.count("attachments_unchanged");
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
        let bytes = self.options.uploads.and_then(|folder| {
            let named = item.field("_wp_attached_file");
            named
                .and_then(|below| read(folder, below))
                .or_else(|| read(folder, item.attachment_url.split_once("/uploads/")?.1))
        });
        let length = bytes.as_ref().map_or(0, Vec::len);
        let mut state = "reference";
        match bytes {
            // Without a folder every picture is a reference: one line says it.
            None if self.options.uploads.is_none() => {}
            None => self.note(item, "the file is not in the folder; kept as a reference"),
            Some(bytes) => match Dimensions::read(&bytes) {
                Err(fault) => self.note(item, &format!("kept as a reference: {fault}")),
                Ok(size) if self.options.dry_run => {
                    (media.width, media.height) = (size.width.into(), size.height.into());
                    state = "kept";
                }
                Ok(size) => match self.options.originals.put(&bytes) {
                    Ok(kept) => {
                        media.key = kept.key.to_string();
                        (media.width, media.height) = (size.width.into(), size.height.into());
                        state = "kept";
                    }
                    Err(fault @ media::MediaError::Disk { .. }) => return Err(fault.into()),
                    Err(fault) => self.note(item, &format!("kept as a reference: {fault}")),
                },
            },
        }
        if state == "reference" && !is_changed {
            self.report.count("attachments_unchanged");
            return Ok(length);
        }
        self.report.count(if state == "kept" {
            "attachments_kept"
        } else {
            "attachments_as_references"
        });
        if state == "reference" && self.options.uploads.is_none() {
            self.note(item, "kept as a reference; give the old site's wp-content/uploads folder with --media for its file");
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
        let keys = self.addresses_of(item);
        lead_to(changes, keys, Target::Media(id));
        Ok(length)
    }

    fn addresses_of(&self, item: &Item) -> Vec<String> {
        let keeping = &self.aside.keeping;
        let mut keys = keeping.address(&item.attachment_url);
        keys.extend(addresses::of_item(item, keeping));
        keys
    }
}

/// What an export tells of a picture, to see whether it was edited since.
fn as_told(media: &Media) -> String {
    hash_of([&*media.alt, &media.caption, &media.source_url])
}

/// A file below the uploads folder. The name comes from outside: only plain
/// names are followed, and never out of the folder.
fn read(folder: &Path, below: &str) -> Option<Vec<u8>> {
    let below = PathBuf::from(editorial::urls::decode(below));
    let plain = below
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    plain
        .then(|| std::fs::read(folder.join(below)).ok())
        .flatten()
}
