//! The first pass: authors, terms and pictures, and what the texts of posts
//! refer to, since an export may name a thing before it describes it.

use std::{path::Path, sync::Arc, sync::atomic::Ordering};

use importer::{
    address::Keeping,
    wordpress::{Entry, Item},
};

use super::{Import, ImportError, SOURCE, draft::Aside, read};

impl Import<'_, '_> {
    pub(super) async fn first_look(&mut self, path: &Path) -> Result<(), ImportError> {
        let (mut reader, length) = read::open(path, true)?;
        let mut waiting = Vec::new();
        loop {
            // A broken file ends here too; the second pass meets the same break
            // and tells of it, after it has written what came before.
            let entry = reader.next_entry().unwrap_or_default();
            let ended = entry.is_none();
            match entry {
                Some(Entry::Site {
                    title,
                    url,
                    tagline,
                    language,
                }) => {
                    self.meet_site(path, title, &url, tagline, language)?;
                    self.look_for_other_sites(&url).await?;
                    self.look_for_new_kinds().await?;
                }
                Some(Entry::Author { id, login, name }) => {
                    self.met.declares_authors = true;
                    self.names.author_told(id, login, name);
                }
                Some(Entry::Category(term)) => {
                    self.met.declares_categories = true;
                    self.names.category_told(term);
                }
                Some(Entry::Tag(term)) => {
                    self.met.declares_tags = true;
                    self.names.tag_told(term);
                }
                Some(Entry::Item(item)) => match item.kind.as_str() {
                    kind @ ("post" | "page" | "attachment") => {
                        self.clock.offsets.note(&item.date, &item.date_gmt);
                        if kind == "attachment" {
                            self.aside_mut().attachment_told(&item);
                            waiting.push(*item);
                        } else {
                            self.names.item_told(&item);
                        }
                    }
                    "guest-author" => self.names.guest_told(&item),
                    "wp_block" => self.aside_mut().block_told(*item),
                    _ => {}
                },
                None => {}
            }
            let size = self.batch_size.load(Ordering::Relaxed);
            if ended || waiting.len() >= size {
                self.size_in_hand = Some(size);
                self.pictures(std::mem::take(&mut waiting)).await?;
                (self.options.progress)(self.bytes.0 + reader.position(), self.bytes.1, self.items);
            }
            if ended {
                self.bytes.0 += length;
                return Ok(());
            }
        }
    }

    /// A first import has nothing to compare with: nobody is asked for it.
    async fn look_for_new_kinds(&mut self) -> Result<(), ImportError> {
        for kind in ["post", "comment", "attachment"] {
            let any = self.store.origins_after(&self.source, kind, "", 1).await?;
            if any.is_empty() {
                self.met.is_new_kind(kind);
            }
        }
        Ok(())
    }

    /// A site that shares the paper with others has its addresses kept apart.
    async fn look_for_other_sites(&mut self, url: &str) -> Result<(), ImportError> {
        let sources = self.store.sources(2).await?;
        let shared = sources.iter().any(|source| *source != self.source);
        self.aside_mut().keeping = Keeping::of(url.trim(), shared);
        self.look_for_kept().await
    }

    fn meet_site(
        &mut self,
        path: &Path,
        title: String,
        url: &str,
        tagline: String,
        language: String,
    ) -> Result<(), ImportError> {
        let address = url.trim().trim_end_matches('/').to_lowercase();
        let source = format!("{SOURCE}{address}");
        if !self.source.is_empty() && self.source != source {
            let path = path.to_owned();
            return Err(ImportError::OtherSite { path });
        }
        self.source = source;
        self.menus.site = (title, tagline, address);
        self.aside_mut().language = language;
        Ok(())
    }

    /// Nothing shares it before the second pass.
    fn aside_mut(&mut self) -> &mut Aside {
        Arc::make_mut(&mut self.aside)
    }
}

impl Aside {
    fn attachment_told(&mut self, item: &Item) {
        if let (Ok(parent), Ok(number)) = (item.parent.parse(), item.id.parse())
            && parent > 0
            && self.attached.len() < super::draft::ATTACHED_MAX
        {
            self.attached.push((parent, number));
        }
    }

    fn block_told(&mut self, item: Item) {
        if let Ok(number) = item.id.parse()
            && self.reusable_bytes + item.content.len() <= super::draft::REUSABLE_BYTES_MAX
        {
            self.reusable_bytes += item.content.len();
            self.reusable.insert(number, item.content);
        }
    }
}
