//! What changed when: the newest change-log position of each key, as far as
//! this process has followed it. A cached page is fresh while none of its keys
//! has a later position than the snapshot it was rendered from.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{
        RwLock,
        atomic::{AtomicI64, Ordering},
    },
};

use editorial::ChangeKey;

/// Keys remembered one by one; past that, everything older is taken as changed.
pub(crate) const KEYS_MAX: usize = 500_000;

/// The newest position of each changed key.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    position: AtomicI64,
    known: RwLock<Known>,
}

#[derive(Debug, Default)]
struct Known {
    /// Pages rendered before this position are stale whatever their keys.
    floor: i64,
    newest: HashMap<ChangeKey, i64>,
}

impl Changes {
    /// Nothing is known of changes up to `position`: what was rendered before
    /// it is stale.
    pub(crate) fn starting_at(position: i64) -> Self {
        let known = RwLock::new(Known {
            floor: position,
            newest: HashMap::new(),
        });
        Self {
            position: AtomicI64::new(position),
            known,
        }
    }

    /// Nothing is known of changes up to `floor`; of those from there to
    /// `position`, the newest position of each key in `newest`.
    pub(crate) fn resumed(
        floor: i64,
        position: i64,
        newest: impl IntoIterator<Item = (ChangeKey, i64)>,
    ) -> Self {
        let mut known = Known {
            floor,
            newest: newest.into_iter().collect(),
        };
        if let Some(all) = known.newest.remove(&ChangeKey::ALL) {
            known.floor = known.floor.max(all);
        }
        Self {
            position: AtomicI64::new(position),
            known: RwLock::new(known),
        }
    }

    /// The position followed to.
    pub(crate) fn position(&self) -> i64 {
        self.position.load(Ordering::Acquire)
    }

    /// Takes note that `keys` changed up to `position`.
    pub(crate) fn note(&self, position: i64, keys: &BTreeSet<ChangeKey>) {
        {
            let mut known = self
                .known
                .write()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            if keys.contains(&ChangeKey::ALL) || known.newest.len() + keys.len() > KEYS_MAX {
                known.newest.clear();
                known.floor = position;
            } else {
                for key in keys {
                    known.newest.insert(*key, position);
                }
            }
        }
        self.position.store(position, Ordering::Release);
    }

    /// Whether a page of `keys`, rendered from the snapshot at `rendered_at`,
    /// still shows what the store held at the position followed to.
    pub(crate) fn fresh(&self, rendered_at: i64, keys: &[ChangeKey]) -> bool {
        let known = self
            .known
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        rendered_at >= known.floor
            && keys.iter().all(|key| {
                known
                    .newest
                    .get(key)
                    .is_none_or(|newest| *newest <= rendered_at)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use editorial::Id;

    fn article(id: i64) -> ChangeKey {
        ChangeKey::article(Id::new(id).expect("in range"))
    }

    #[test]
    fn a_change_of_a_key_makes_older_pages_stale() {
        let changes = Changes::starting_at(10);
        let page = [article(1), ChangeKey::SETTINGS];
        assert!(changes.fresh(10, &page));
        changes.note(11, &BTreeSet::from([article(2)]));
        assert!(changes.fresh(10, &page));
        changes.note(12, &BTreeSet::from([article(1)]));
        assert!(!changes.fresh(11, &page));
        assert!(changes.fresh(12, &page));
    }

    #[test]
    fn a_fill_overtaken_by_a_commit_is_stale() {
        let changes = Changes::starting_at(10);
        // The page was read at 10; the commit at 11 is followed before the
        // page arrives in the cache.
        changes.note(11, &BTreeSet::from([article(1)]));
        assert!(!changes.fresh(10, &[article(1)]));
    }

    #[test]
    fn the_coarse_key_makes_everything_stale() {
        let changes = Changes::starting_at(10);
        changes.note(11, &BTreeSet::from([ChangeKey::ALL]));
        assert!(!changes.fresh(10, &[article(5)]));
        assert!(changes.fresh(11, &[article(5)]));
    }

    #[test]
    fn a_restarted_server_knows_what_changed_while_it_was_away() {
        let changes = Changes::resumed(10, 20, [(article(1), 15), (ChangeKey::LATEST, 18)]);
        assert!(changes.fresh(10, &[article(2)]));
        assert!(!changes.fresh(14, &[article(1)]));
        assert!(changes.fresh(15, &[article(1)]));
        assert!(!changes.fresh(9, &[article(2)]));
        let changes = Changes::resumed(10, 20, [(ChangeKey::ALL, 16)]);
        assert!(!changes.fresh(15, &[article(2)]));
        assert!(changes.fresh(16, &[article(2)]));
    }

    #[test]
    fn pages_from_before_the_start_are_stale() {
        assert!(!Changes::starting_at(10).fresh(9, &[]));
    }
}
