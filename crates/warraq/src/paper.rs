//! Which paper a command works on, and the clock.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use editorial::{SiteSettings, Timestamp};
use store::{DATABASE_FILE, Database, Store};

/// Where the paper is kept.
#[derive(Args)]
pub(crate) struct Paper {
    /// The data folder; made if it does not exist.
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        default_value = "./warraq-data",
        env = "WARRAQ_DATA"
    )]
    data: PathBuf,
    /// A PostgreSQL address in place of the SQLite file in the data folder.
    #[arg(
        long,
        global = true,
        value_name = "URL",
        env = "WARRAQ_DATABASE",
        hide_env_values = true,
        value_parser = postgres
    )]
    database: Option<String>,
}

impl Paper {
    /// The data folder, made for its owner alone if it is not there.
    pub(crate) fn folder(&self) -> anyhow::Result<&Path> {
        store::files::make_folder(&self.data)
            .with_context(|| format!("the data folder {} cannot be made", self.data.display()))?;
        Ok(&self.data)
    }

    /// The data folder's place, whether or not it is there.
    pub(crate) fn place(&self) -> &Path {
        &self.data
    }

    /// The database that is not in the data folder, if there is one.
    pub(crate) fn elsewhere(&self) -> Option<Database> {
        self.database.clone().map(Database::Postgres)
    }

    /// Whether the paper is in the data folder itself.
    pub(crate) fn is_embedded(&self) -> bool {
        self.database.is_none()
    }

    /// Opens a paper that is there.
    pub(crate) async fn open(&self) -> anyhow::Result<Store> {
        self.is_there()?;
        self.open_or_make().await
    }

    /// Refuses where there is no paper yet. A database elsewhere tells when it
    /// is opened.
    pub(crate) fn is_there(&self) -> anyhow::Result<()> {
        if self.is_embedded() && !self.data.join(DATABASE_FILE).exists() {
            bail!(
                "there is no paper in {}: give its folder with --data; `warraq serve`, `warraq demo` and `warraq import wxr` make one",
                self.data.display()
            );
        }
        Ok(())
    }

    /// Opens the paper, a new one where there is none.
    pub(crate) async fn open_or_make(&self) -> anyhow::Result<Store> {
        let folder = self.folder()?;
        let database = self
            .elsewhere()
            .unwrap_or_else(|| Database::Sqlite(folder.to_owned()));
        Ok(Store::open(&database).await?)
    }
}

fn postgres(url: &str) -> Result<String, &'static str> {
    if ["postgres://", "postgresql://"]
        .iter()
        .any(|scheme| url.starts_with(scheme))
    {
        Ok(url.to_owned())
    } else {
        Err("give an address such as postgres://user@host/database")
    }
}

/// Bytes that may still be written where `folder` is.
pub(crate) fn free_bytes(folder: &Path) -> anyhow::Result<u64> {
    let disk = rustix::fs::statvfs(folder)
        .with_context(|| format!("the disk of {} does not say what is free", folder.display()))?;
    Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// Reads the clock: the one place of the program that does.
#[expect(
    clippy::disallowed_methods,
    reason = "the edge of the program passes the time in"
)]
pub(crate) fn now() -> Timestamp {
    Timestamp(jiff::Timestamp::now().as_microsecond())
}

/// A moment in the site's time, for people at a terminal.
pub(crate) fn local(moment: Timestamp, settings: &SiteSettings) -> String {
    let zone = jiff::tz::TimeZone::get(&settings.time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
    zone.to_datetime(moment.to_jiff())
        .strftime("%Y-%m-%d %H:%M")
        .to_string()
}
