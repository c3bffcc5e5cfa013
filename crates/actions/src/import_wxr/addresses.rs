//! Old addresses: those an item had, and those of what came before that are
//! not kept yet.

use std::collections::HashSet;

use editorial::{Changes, Write, changes::Target};
use importer::{address::Keeping, wordpress::Item};

use super::{Import, ImportError};

/// Addresses looked for in one read.
const LOOKED_UP_MAX: usize = 4_000;

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
    /// Adds the addresses that are not kept yet of things that came before: a
    /// site that came alone may share the paper now, and an older program kept
    /// fewer.
    pub(super) async fn mend(
        &mut self,
        wanted: Vec<(Vec<String>, Target)>,
        changes: &mut Changes,
    ) -> Result<(), ImportError> {
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
