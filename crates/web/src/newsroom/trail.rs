//! The audit trail, newest first.

use hyper::StatusCode;
use screens::contexts::{Entry, Trail};

use super::{Asked, Failure, reply::Reply};

/// Entries on one screen.
const ENTRIES: u32 = 100;

impl Asked<'_> {
    pub(super) async fn trail(&self) -> Result<Reply, Failure> {
        let before = self.query("before").parse().ok();
        let entries = self
            .site
            .store
            .newest_audit_entries(before, ENTRIES)
            .await?;
        let names = self.names_of_users().await?;
        let older = entries
            .last()
            .map(|entry| entry.number)
            .filter(|number| *number > 1);
        let entries = entries.into_iter().map(|entry| {
            let user = entry.actor.strip_prefix("user:");
            let named = user.map(|number| {
                let name = names.get(&entry.actor).cloned();
                name.unwrap_or_else(|| number.to_owned())
            });
            Entry {
                number: entry.number,
                at: self.written(entry.at, "%Y-%m-%d %H:%M:%S"),
                named: named.is_some(),
                actor: named.unwrap_or(entry.actor),
                action: entry.action.replace('.', "-"),
                subject: entry.subject.get(),
                note: entry.note,
            }
        });
        let screen = Trail {
            entries: entries.collect(),
            older,
        };
        self.show(StatusCode::OK, None, &screen)
    }
}
