//! The pages that WordPress gives to attachments. Here they lead to the article
//! that the attachment belongs to, where it is published, and else to the file.

use std::collections::{HashMap, HashSet};

use editorial::{ArticleState, Changes, Id, Write, changes::Target};
use importer::wordpress::Item;

use super::{Import, ImportError, addresses, pictures::names_a_number};

/// Attachments that wait for an article which stands behind them in the file.
const WAITING_MAX: usize = 100_000;

/// What the second pass knows of attachments and their articles.
#[derive(Default)]
pub(super) struct Pages {
    /// Ids here of the published articles with attachments, by their numbers.
    articles: HashMap<u64, Id>,
    /// Those that wait for an article, by its number, and how many they are.
    waiting: HashMap<u64, Vec<Page>>,
    waiting_count: usize,
    /// Those that can be written.
    ready: Vec<Page>,
}

struct Page {
    attachment: String,
    parent: u64,
    keys: Vec<String>,
}

impl Import<'_, '_> {
    /// Notes an article that attachments may belong to.
    pub(super) fn parent_met(&mut self, number: &str, id: Id, state: Option<ArticleState>) {
        let Ok(number) = number.parse::<u64>() else {
            return;
        };
        let attached = &self.aside.attached;
        let at = attached.partition_point(|(post, _)| *post < number);
        if attached.get(at).is_none_or(|(post, _)| *post != number) {
            return;
        }
        if state == Some(ArticleState::Published) {
            self.pages.articles.insert(number, id);
        }
        if let Some(waiting) = self.pages.waiting.remove(&number) {
            self.pages.waiting_count -= waiting.len();
            self.pages.ready.extend(waiting);
        }
    }

    /// Notes the pages of attachments.
    pub(super) fn attachment_pages(&mut self, items: &[Item]) {
        for item in items.iter().filter(|item| item.kind == "attachment") {
            let keeping = &self.aside.keeping;
            let mut keys = addresses::of_item(item, keeping);
            if !names_a_number(&item.guid) {
                let file = keeping.address(&item.guid);
                keys.retain(|key| !file.contains(key));
            }
            let page = Page {
                attachment: item.id.clone(),
                parent: item.parent.parse().unwrap_or(0),
                keys,
            };
            let pages = &mut self.pages;
            let waits = page.parent > 0 && !pages.articles.contains_key(&page.parent);
            if waits && pages.waiting_count < WAITING_MAX {
                pages.waiting_count += 1;
                pages.waiting.entry(page.parent).or_default().push(page);
            } else {
                pages.ready.push(page);
            }
        }
    }

    /// Those whose article never came.
    pub(super) async fn last_attachment_pages(&mut self) -> Result<(), ImportError> {
        let waiting = std::mem::take(&mut self.pages.waiting);
        let mut last: Vec<Page> = std::mem::take(&mut self.pages.ready);
        last.extend(waiting.into_values().flatten());
        while !last.is_empty() {
            let rest = last.split_off(last.len().min(super::BATCH_MAX));
            self.pages.ready = std::mem::replace(&mut last, rest);
            let mut changes = Changes::new();
            self.lead_pages(&mut changes).await?;
            self.commit(changes).await?;
        }
        Ok(())
    }

    /// Has the addresses of the pages that are ready lead somewhere.
    pub(super) async fn lead_pages(&mut self, changes: &mut Changes) -> Result<(), ImportError> {
        let pages = std::mem::take(&mut self.pages.ready);
        if pages.is_empty() {
            return Ok(());
        }
        let pictures = self.ids_of(&pages).await?;
        let mut known: HashMap<String, Target> = HashMap::new();
        if !self.met.first_time("attachment") {
            let keys: Vec<String> = pages.iter().flat_map(|page| &page.keys).cloned().collect();
            known.extend(self.store.old_addresses(&keys).await?);
        }
        let mut seen = HashSet::new();
        for Page {
            attachment,
            parent,
            keys,
        } in pages
        {
            let Some(picture) = pictures.get(&attachment).copied() else {
                continue;
            };
            let article = self.pages.articles.get(&parent);
            let target = article.map_or(Target::Media(picture), |id| Target::Article(*id));
            for key in keys {
                let from = Target::Media(picture);
                match known.get(&key) {
                    None if seen.insert(key.clone()) => {
                        changes.writes.push(Write::OldAddress { key, target });
                    }
                    // It led to the file before its article was there.
                    Some(there) if *there == from && target != from => {
                        let to = target;
                        changes
                            .writes
                            .push(Write::OldAddressMoved { key, from, to });
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }

    /// Ids here of attachments, by their numbers.
    async fn ids_of(&self, pages: &[Page]) -> Result<HashMap<String, Id>, ImportError> {
        let (mut ids, mut asked) = (HashMap::new(), Vec::new());
        for Page { attachment, .. } in pages {
            let counted: Option<u64> = attachment.parse().ok();
            match counted.and_then(|number| self.pictures.get(&number)) {
                Some(id) => {
                    ids.insert(attachment.clone(), *id);
                }
                None => asked.push(attachment.clone()),
            }
        }
        if !asked.is_empty() {
            let found = self
                .store
                .origins(&self.source, "attachment", &asked)
                .await?;
            ids.extend(found.into_iter().map(|origin| (origin.foreign, origin.id)));
        }
        Ok(ids)
    }
}
