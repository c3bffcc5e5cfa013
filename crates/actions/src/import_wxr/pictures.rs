//! Attachments: kept as pictures where the file is at hand, else as references.

use std::path::{Component, Path, PathBuf};

use editorial::{Changes, Id, Write, changes::Target, media::Media};
use importer::{address, wordpress::Item};
use media::Dimensions;

use super::{Import, ImportError, names::words};

impl Import<'_, '_> {
    /// Writes the attachments of a batch that are not there yet.
    pub(super) async fn pictures(&mut self, items: Vec<Item>) -> Result<(), ImportError> {
        let numbers: Vec<String> = items.iter().map(|item| item.id.clone()).collect();
        let known = self
            .store
            .origins(&self.source, "attachment", &numbers)
            .await?;
        let (mut changes, mut first) = (Changes::new(), None);
        for item in items {
            let origin = known.iter().find(|origin| origin.foreign == item.id);
            // A picture that was a reference may have its file this time.
            if origin.is_some_and(|origin| {
                origin.fingerprint == "kept" || self.options.uploads.is_none()
            }) {
                self.report.count("attachments_unchanged");
                continue;
            }
            let id = match origin {
                Some(origin) => origin.id,
                None => self.id().await?,
            };
            first.get_or_insert(id);
            self.picture(&item, id, &mut changes)?;
        }
        self.commit(changes, first).await
    }

    fn picture(&mut self, item: &Item, id: Id, changes: &mut Changes) -> Result<(), ImportError> {
        let bytes = self
            .options
            .uploads
            .and_then(|folder| read(folder, &item.attachment_url));
        let mut media = Media {
            id,
            key: String::new(),
            source_url: item.attachment_url.clone(),
            width: 0,
            height: 0,
            alt: item
                .field("_wp_attachment_image_alt")
                .map(words)
                .unwrap_or_default(),
            caption: words(&item.excerpt),
            credit: String::new(),
            focal_x: 500,
            focal_y: 500,
        };
        let mut state = "reference";
        match bytes {
            None => self.note(item, "the file is not at hand; kept as a reference"),
            Some(bytes) => match Dimensions::read(&bytes) {
                Err(fault) => self.note(item, &format!("kept as a reference: {fault}")),
                Ok(size) if self.options.dry_run => {
                    (media.width, media.height) = (size.width.into(), size.height.into())
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
        self.report.count(if state == "kept" {
            "attachments_kept"
        } else {
            "attachments_as_references"
        });
        changes.writes.push(Write::Media(media));
        self.remember(changes, "attachment", &item.id, id, state.to_owned());
        let addresses = [item.attachment_url.as_str(), item.link.as_str()];
        for key in addresses
            .into_iter()
            .flat_map(address::keys)
            .chain([format!("?p={}", item.id)])
        {
            changes.writes.push(Write::OldAddress {
                key,
                target: Target::Media(id),
            });
        }
        Ok(())
    }
}

/// The file of an address below the uploads folder. The address comes from
/// outside: only plain names are followed, and never out of the folder.
fn read(folder: &Path, url: &str) -> Option<Vec<u8>> {
    let (_, below) = url.split_once("/uploads/")?;
    let below = PathBuf::from(editorial::urls::decode(below));
    let plain = below
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    plain
        .then(|| std::fs::read(folder.join(below)).ok())
        .flatten()
}
