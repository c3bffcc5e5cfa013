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
    waiting: Vec<Page>,
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
        let has_any = attached.get(at).is_some_and(|(post, _)| *post == number);
        if has_any && state == Some(ArticleState::Published) {
            self.pages.articles.insert(number, id);
        }
    }

    /// Has the addresses of attachments' pages lead somewhere.
    pub(super) async fn attachment_pages(&mut self, items: &[Item]) -> Result<(), ImportError> {
        let mut known = Vec::new();
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
            let waits = page.parent > 0 && !self.pages.articles.contains_key(&page.parent);
            if waits && self.pages.waiting.len() < WAITING_MAX {
                self.pages.waiting.push(page);
            } else {
                known.push(page);
            }
        }
        self.lead_pages(known).await
    }

    /// Those whose article never came, or came behind them.
    pub(super) async fn last_attachment_pages(&mut self) -> Result<(), ImportError> {
        let mut waiting = std::mem::take(&mut self.pages.waiting);
        while !waiting.is_empty() {
            let rest = waiting.split_off(waiting.len().min(super::BATCH_MAX));
            self.lead_pages(std::mem::replace(&mut waiting, rest))
                .await?;
        }
        Ok(())
    }

    async fn lead_pages(&mut self, pages: Vec<Page>) -> Result<(), ImportError> {
        if pages.is_empty() {
            return Ok(());
        }
        let pictures = self.ids_of(&pages).await?;
        let mut known: HashMap<String, Target> = HashMap::new();
        if !self.met.first_time("attachment") {
            let keys: Vec<String> = pages.iter().flat_map(|page| &page.keys).cloned().collect();
            known.extend(self.store.old_addresses(&keys).await?);
        }
        let (mut changes, mut seen) = (Changes::new(), HashSet::new());
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
        self.commit(changes).await
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
