//! Files of the old site that texts name and no attachment of the export is:
//! an export of posts alone has no attachments, and a library loses some. They
//! are kept as attachments are, so that their pictures stand in the texts and
//! their addresses answer.

use std::{
    collections::{BTreeMap, HashMap, HashSet, hash_map::DefaultHasher},
    hash::{Hash as _, Hasher as _},
};

use editorial::{Changes, Id, Write, changes::Target, media::Media};
use importer::{
    address::Upload,
    wordpress::{Item, uploads_named},
};

use super::{
    Import, ImportError,
    addresses::lead_to,
    pictures::{KEPT, REFERENCE, read},
};

/// Files whose ids are remembered through a run.
const REMEMBERED_MAX: usize = 100_000;
/// Attachments whose files are remembered through a run.
const ATTACHMENTS_MAX: usize = 4_000_000;
/// Origins looked at in one read.
const PAGE: u32 = 200;
/// What such a file is called among the origins; its number there is its key.
const KIND: &str = "upload";

/// What a run knows of files.
#[derive(Default)]
pub(super) struct Uploads {
    /// Hashes of the keys of attachments' files.
    attached: HashSet<u64>,
    /// Ids here of the files that texts name, by their keys.
    named: HashMap<String, Id>,
}

fn hash(key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

impl Import<'_, '_> {
    /// Notes the file of an attachment, so that it is not looked for again.
    pub(super) fn file_met(&mut self, item: &Item) {
        let upload = self.aside.keeping.upload(&item.attachment_url);
        if self.uploads.attached.len() < ATTACHMENTS_MAX
            && let Some(Upload { key, .. }) = upload
        {
            self.uploads.attached.insert(hash(&key));
        }
    }

    /// Keeps the files that texts name and that are not known; `found` has the
    /// keys of pictures with their ids, and gets those.
    pub(super) async fn uploads_named<'a>(
        &mut self,
        items: impl Iterator<Item = &'a Item>,
        found: &mut HashMap<String, Id>,
        changes: &mut Changes,
    ) -> Result<(), ImportError> {
        let mut unknown: BTreeMap<String, (Upload, &Item)> = BTreeMap::new();
        let mut keys = Vec::new();
        for item in items.filter(|item| item.content.contains("/uploads/")) {
            for url in uploads_named(&item.content) {
                let Some(upload) = self.aside.keeping.upload(url) else {
                    continue;
                };
                if let Some(id) = self.uploads.named.get(&upload.key) {
                    found.insert(upload.key, *id);
                } else if !self.uploads.attached.contains(&hash(&upload.key))
                    && !unknown.contains_key(&upload.key)
                {
                    let asked = self.aside.keeping.looked_up(url);
                    keys.extend(asked.iter().cloned());
                    unknown.insert(upload.key.clone(), (upload, item));
                }
            }
        }
        if unknown.is_empty() {
            return Ok(());
        }
        let known: HashMap<String, Target> =
            self.store.old_addresses(&keys).await?.into_iter().collect();
        for (key, (upload, item)) in unknown {
            let here = self.aside.keeping.looked_up(&upload.url);
            let there = here.iter().find_map(|key| known.get(key));
            let id = match there {
                Some(Target::Media(id)) => *id,
                Some(_) => continue,
                None => self.upload(item, &upload, changes).await?,
            };
            if self.uploads.named.len() < REMEMBERED_MAX {
                self.uploads.named.insert(key.clone(), id);
            }
            found.insert(key, id);
        }
        Ok(())
    }

    async fn upload(
        &mut self,
        item: &Item,
        upload: &Upload,
        changes: &mut Changes,
    ) -> Result<Id, ImportError> {
        let id = self.id().await?;
        let mut media = Media {
            source_url: upload.url.clone(),
            ..Media::new(id)
        };
        let state = self.fetch(item, &upload.below, &mut media)?;
        if state == REFERENCE {
            let url = &upload.url;
            let why = format!(
                "names the file {url}, which is no attachment of the export and did not come"
            );
            self.note(item, &why);
            self.report.count("uploads_as_references");
        }
        changes.writes.push(Write::Media(media));
        let keys = self.aside.keeping.address(&upload.url);
        self.remember(changes, KIND, &upload.key, id, state.to_owned());
        lead_to(changes, keys, Target::Media(id));
        Ok(id)
    }

    /// Looks for a file in the folder that was given, and keeps it.
    fn fetch(
        &mut self,
        item: &Item,
        below: &[String],
        media: &mut Media,
    ) -> Result<&'static str, ImportError> {
        let Some(folder) = self.options.uploads else {
            return Ok(REFERENCE);
        };
        let originals = self.options.originals;
        let mut places = below.iter();
        match places.find_map(|below| read(folder, below, originals)) {
            None => Ok(REFERENCE),
            Some(Err(fault @ media::MediaError::Disk { .. })) => Err(fault.into()),
            Some(Err(fault)) => {
                self.note(item, &format!("names a file that was left out: {fault}"));
                Ok(REFERENCE)
            }
            Some(Ok(bytes)) => {
                self.keep(item, &bytes, media)?;
                self.report.count("uploads_kept");
                Ok(KEPT)
            }
        }
    }

    /// Files that texts named in an earlier run and that came this time.
    pub(super) async fn late_uploads(&mut self) -> Result<(), ImportError> {
        if self.options.uploads.is_none() {
            return Ok(());
        }
        let mut after = String::new();
        loop {
            let page = self
                .store
                .origins_after(&self.source, KIND, &after, PAGE)
                .await?;
            let Some(last) = page.last() else {
                return Ok(());
            };
            after.clone_from(&last.foreign);
            let mut changes = Changes::new();
            for origin in page.iter().filter(|origin| origin.fingerprint == REFERENCE) {
                let Some(mut media) = self.store.media(origin.id).await? else {
                    continue;
                };
                let Some(upload) = self.aside.keeping.upload(&media.source_url) else {
                    continue;
                };
                let unknown = Item::default();
                if self.fetch(&unknown, &upload.below, &mut media)? == KEPT {
                    changes.writes.push(Write::Media(media));
                    self.remember(
                        &mut changes,
                        KIND,
                        &origin.foreign,
                        origin.id,
                        KEPT.to_owned(),
                    );
                }
            }
            self.commit(changes).await?;
        }
    }
}
