//! An unpacked backup looked through: its database, its chain of audit entries,
//! the pictures it refers to and the keys of its addresses.

use std::{collections::HashSet, path::Path};

use anyhow::{Context as _, bail};
use editorial::Id;
use media::MediaKey;
use store::{
    Database, Store,
    seal::{EmailSealer, SealedAs},
};

use super::format::{Manifest, PartName};
use crate::import::random;

/// Rows read at once.
const STEP: i64 = 1_000;

/// What was found; all of it may be so without the backup being damaged.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Findings {
    /// Entries of the audit chain.
    pub(super) audit_entries: i64,
    /// Originals within.
    pub(super) originals: u64,
    /// Originals whose bytes no longer match their name.
    pub(super) originals_altered: u64,
    /// Originals that pictures refer to and that are not within.
    pub(super) originals_missing: u64,
    /// Sealed addresses of commenters, of readers who ask for their data and of
    /// users, secrets of second factors, and keys that senders are hashed under.
    pub(super) sealed: u64,
    /// Those of them for which the key is not within.
    pub(super) sealed_without_key: u64,
}

impl Findings {
    /// What a person must know of them, one sentence each.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.sealed_without_key > 0 {
            notes.push(format!(
                "MISSING: the keys of {} sealed e-mail addresses and secrets of second factors are not in this backup; without the old server's folder keys they cannot be read, and nobody can sign in",
                self.sealed_without_key
            ));
        }
        if self.originals_missing > 0 {
            notes.push(format!(
                "{} pictures have no file: they had none when the backup was made",
                self.originals_missing
            ));
        }
        if self.originals_altered > 0 {
            notes.push(format!(
                "{} files of pictures had been altered before the backup was made: look for them in an older one",
                self.originals_altered
            ));
        }
        notes
    }

    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::json!({
            "audit_entries": self.audit_entries,
            "originals": self.originals,
            "originals_altered": self.originals_altered,
            "originals_missing": self.originals_missing,
            "sealed_addresses": self.sealed,
            "sealed_addresses_without_key": self.sealed_without_key,
        })
    }
}

/// Looks through the paper in `folder`, which was unpacked from a backup with
/// this manifest: the database must be whole, and its chain unbroken.
pub(super) async fn look_through(folder: &Path, manifest: &Manifest) -> anyhow::Result<Findings> {
    let store = Store::open(&Database::Sqlite(folder.to_owned()))
        .await
        .context("the backup's database does not open")?;
    let found = look(&store, folder, manifest).await;
    store.close().await;
    found
}

async fn look(store: &Store, folder: &Path, manifest: &Manifest) -> anyhow::Result<Findings> {
    if let Some(wrong) = store.integrity().await? {
        bail!("the backup's database is damaged: {wrong}");
    }
    let audit = store.audit_verify().await?;
    if let Some(entry) = audit.broken_at {
        bail!(
            "the chain of audit entries breaks at entry {entry}: the paper was altered from outside before the backup was made"
        );
    }
    let mut originals = HashSet::new();
    let mut findings = Findings {
        audit_entries: audit.entries,
        ..Findings::default()
    };
    for part in &manifest.parts {
        if let PartName::Original(key) = part.name {
            originals.insert(key);
            findings.originals_altered += u64::from(key.to_string() != part.sha256);
        }
    }
    findings.originals = originals.len() as u64;
    let mut after = String::new();
    loop {
        let keys = store.original_keys(&after, STEP).await?;
        let Some(last) = keys.last() else { break };
        after.clone_from(last);
        let missing = keys.iter().filter(|key| {
            let key: Result<MediaKey, _> = key.parse();
            key.map_or(true, |key| !originals.contains(&key))
        });
        findings.originals_missing += missing.count() as u64;
    }
    count_sealed(store, sealer(folder, manifest)?.as_ref(), &mut findings).await?;
    Ok(findings)
}

/// The sealer under the backup's keys, if it holds any; none are ever made.
fn sealer(folder: &Path, manifest: &Manifest) -> anyhow::Result<Option<EmailSealer>> {
    let keys = manifest
        .parts
        .iter()
        .filter(|part| matches!(part.name, PartName::Key(_)));
    // One of the versions and the key of the index.
    if keys.count() < 2 {
        return Ok(None);
    }
    Ok(Some(EmailSealer::open(&folder.join("keys"), random)?))
}

async fn count_sealed(
    store: &Store,
    sealer: Option<&EmailSealer>,
    findings: &mut Findings,
) -> anyhow::Result<()> {
    let mut count = |opens: Option<bool>| {
        findings.sealed += 1;
        findings.sealed_without_key += u64::from(opens != Some(true));
    };
    let mut after: Option<Id> = None;
    loop {
        let addresses = store.sealed_addresses(after, STEP).await?;
        let Some(last) = addresses.last() else { break };
        after = Some(last.comment);
        for address in &addresses {
            count(sealer.map(|sealer| sealer.open_sealed(&address.sealed).is_some()));
        }
    }
    for request in store.data_requests(u32::MAX).await? {
        count(sealer.map(|sealer| sealer.open_sealed(&request.email.sealed).is_some()));
    }
    for key in store.sender_keys().await? {
        count(sealer.map(|sealer| sealer.open_bytes(SealedAs::SenderKey, &key).is_some()));
    }
    after = None;
    loop {
        let users = store.sealed_users(after, STEP).await?;
        let Some(last) = users.last() else {
            return Ok(());
        };
        after = Some(last.user);
        for user in &users {
            count(sealer.map(|sealer| sealer.open_sealed(&user.address).is_some()));
            if let Some(secret) = &user.second_factor {
                count(sealer.map(|sealer| sealer.open_secret(secret).is_some()));
            }
        }
    }
}
