//! Old addresses: those an item had, and those of what came before that are
//! not kept yet.

use std::collections::HashSet;

use editorial::{Changes, Write, changes::Target};
use importer::{address::Keeping, wordpress::Item};

use super::{Import, ImportError};

/// Addresses looked for in one read.
const LOOKED_UP_MAX: usize = 4_000;

/// The origin that says how all addresses of a site are kept, and the number of
/// the way in which this program keeps them: another one mends them once.
const SITE: &str = "site";
const KEPT: &str = "addresses";
const WAY: u32 = 1;

/// Every key an item was reached by: its address, its guid, its number, and
/// the addresses under the slugs it had before.
pub(super) fn of_item(item: &Item, keeping: &Keeping) -> Vec<String> {
    let mut keys = keeping.address_of(&item.id, &item.link);
    keys.extend(keeping.address_of(&item.id, &item.guid));
    if !item.name.is_empty() {
        for old in item.fields_named("_wp_old_slug") {
            if let Some((before, after)) = item.link.rsplit_once(&item.name) {
                keys.extend(keeping.former(&format!("{before}{old}{after}")));
            }
        }
    }
    keys.extend(keeping.number("p", &item.id));
    keys
}

/// Has the keys lead to the target, those that lead nowhere yet.
pub(super) fn lead_to(changes: &mut Changes, mut keys: Vec<String>, target: Target) {
    keys.sort();
    keys.dedup();
    for key in keys {
        changes.writes.push(Write::OldAddress { key, target });
    }
}

impl Import<'_, '_> {
    /// Learns whether every address of this site is kept already, as an
    /// address is kept now.
    pub(super) async fn look_for_kept(&mut self) -> Result<(), ImportError> {
        let known = self
            .store
            .origins(&self.source, SITE, &[KEPT.to_owned()])
            .await?;
        let way = self.way_of_keeping();
        self.all_kept = known.iter().any(|origin| origin.fingerprint == way);
        Ok(())
    }

    /// Notes that every address of this site is kept, where that is new.
    pub(super) async fn note_kept(&mut self) -> Result<(), ImportError> {
        if self.all_kept || self.options.dry_run {
            return Ok(());
        }
        let (mut changes, id) = (Changes::new(), self.id().await?);
        let way = self.way_of_keeping();
        self.remember(&mut changes, SITE, KEPT, id, way);
        self.commit(changes).await?;
        self.written().await
    }

    fn way_of_keeping(&self) -> String {
        format!("{WAY}:{}", self.aside.keeping.is_shared())
    }

    /// Adds the addresses that are not kept yet of things that came before: a
    /// site that came alone may share the paper now, and an older program kept
    /// fewer.
    pub(super) async fn mend(
        &mut self,
        wanted: Vec<(Vec<String>, Target)>,
        changes: &mut Changes,
    ) -> Result<(), ImportError> {
        if self.all_kept {
            return Ok(());
        }
        let keys: Vec<String> = wanted.iter().flat_map(|(keys, _)| keys).cloned().collect();
        let mut known: HashSet<String> = HashSet::with_capacity(keys.len());
        for part in keys.chunks(LOOKED_UP_MAX) {
            let found = self.store.old_addresses(part).await?;
            known.extend(found.into_iter().map(|(key, _)| key));
        }
        for (keys, target) in wanted {
            for key in keys {
                if known.insert(key.clone()) {
                    changes.writes.push(Write::OldAddress { key, target });
                    self.report.count("addresses_added");
                }
            }
        }
        Ok(())
    }
}
