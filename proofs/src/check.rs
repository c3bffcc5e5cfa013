//! A paper opened after a fault, and held against what was acknowledged.

use std::path::Path;

use editorial::Id;
use media::{MediaKey, Originals, originals::ORIGINAL_BYTES_MAX};
use store::{Database, Store, seal::EmailSealer};

use crate::program::OLD_SITE;

/// What the program said was done.
#[derive(Clone, Default)]
pub(crate) struct Acknowledged {
    /// Headlines, by number.
    pub(crate) headlines: Vec<i64>,
    /// Articles of the export, from 1 to this, with pictures and comments.
    pub(crate) articles: u32,
}

/// What is wrong with the paper in `folder`; nothing where all that was
/// acknowledged is there, the database is whole, its chain unbroken, every
/// picture's file is there and unaltered, and every address opens.
pub(crate) async fn faults(folder: &Path, acknowledged: &Acknowledged) -> Vec<String> {
    let store = match Store::open(&Database::Sqlite(folder.to_owned())).await {
        Ok(store) => store,
        Err(error) => return vec![format!("the paper does not open: {error}")],
    };
    let mut faults = Vec::new();
    if let Err(error) = look(&store, folder, acknowledged, &mut faults).await {
        faults.push(format!("the paper cannot be read: {error:#}"));
    }
    store.close().await;
    faults
}

/// How many of the export's articles, from 1 to `articles`, are kept.
pub(crate) async fn kept_articles(folder: &Path, articles: u32) -> anyhow::Result<usize> {
    let store = Store::open(&Database::Sqlite(folder.to_owned())).await?;
    let kept = known(&store, articles).await;
    store.close().await;
    kept
}

async fn known(store: &Store, articles: u32) -> anyhow::Result<usize> {
    let numbers: Vec<String> = (1..=articles).map(|number| number.to_string()).collect();
    let source = format!("wordpress:{OLD_SITE}");
    let mut known = 0;
    for batch in numbers.chunks(500) {
        known += store.origins(&source, "post", batch).await?.len();
    }
    Ok(known)
}

async fn look(
    store: &Store,
    folder: &Path,
    acknowledged: &Acknowledged,
    faults: &mut Vec<String>,
) -> anyhow::Result<()> {
    if let Some(wrong) = store.integrity().await? {
        faults.push(format!("the database is damaged: {wrong}"));
    }
    if let Some(entry) = store.audit_verify().await?.broken_at {
        faults.push(format!("the audit chain breaks at entry {entry}"));
    }
    for number in &acknowledged.headlines {
        let there = match Id::new(*number) {
            Some(id) => store.ticker_item(id).await?.is_some(),
            None => false,
        };
        if !there {
            faults.push(format!("headline {number} was acknowledged and is lost"));
        }
    }
    let expected = acknowledged.articles as usize;
    let kept = known(store, acknowledged.articles).await?;
    if kept < expected {
        faults.push(format!(
            "{} articles were acknowledged and are lost",
            expected - kept
        ));
    }
    pictures(store, folder, faults).await?;
    addresses(store, folder, faults).await
}

/// Whoever names a picture was committed after its file was kept.
async fn pictures(store: &Store, folder: &Path, faults: &mut Vec<String>) -> anyhow::Result<()> {
    let keys = store.original_keys("", 100_000).await?;
    if keys.is_empty() {
        return Ok(());
    }
    let originals = Originals::open(folder.join("media/originals"), ORIGINAL_BYTES_MAX)?;
    for key in keys {
        let key: MediaKey = key.parse()?;
        match originals.get(&key) {
            Ok(Some(_)) => {}
            Ok(None) => faults.push(format!("the file of picture {key} is lost")),
            Err(error) => faults.push(format!("the file of a picture is damaged: {error}")),
        }
    }
    Ok(())
}

/// Whatever is sealed was sealed under a key that is kept.
async fn addresses(store: &Store, folder: &Path, faults: &mut Vec<String>) -> anyhow::Result<()> {
    let sealed = store.sealed_addresses(None, 100_000).await?;
    if sealed.is_empty() {
        return Ok(());
    }
    // A key made here opens nothing, and shows that the old one is lost.
    let sealer = EmailSealer::open(&folder.join("keys"), || [0; 32])?;
    let closed = sealed
        .iter()
        .filter(|address| sealer.open_sealed(&address.sealed).is_none())
        .count();
    if closed > 0 {
        faults.push(format!(
            "{closed} sealed addresses do not open: their key is lost"
        ));
    }
    Ok(())
}
