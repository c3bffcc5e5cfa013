//! A database of a test's own, on either engine.
//!
//! PostgreSQL is reached through `WARRAQ_TEST_POSTGRES`, the address of a
//! cluster in which the tests may make databases of their own. Where it is not
//! set the tests say so, and fail under CI.

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::Executor;
use store::{Database, Store};

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// A database of the test's own, gone when the test ends well.
pub struct Place {
    /// Where it is.
    pub database: Database,
    cluster: Option<(String, String)>,
}

fn name() -> String {
    format!(
        "warraq_{}_{}",
        std::process::id(),
        NUMBER.fetch_add(1, Ordering::Relaxed)
    )
}

impl Place {
    /// One in a folder that is not there yet.
    pub fn sqlite() -> Self {
        let folder = std::env::temp_dir().join(name());
        Self {
            database: Database::Sqlite(folder),
            cluster: None,
        }
    }

    /// An empty one in the cluster; none where there is no cluster.
    ///
    /// # Panics
    /// Under CI where there is no cluster, and where it cannot be made.
    pub async fn postgres() -> Option<Self> {
        let Ok(cluster) = std::env::var("WARRAQ_TEST_POSTGRES") else {
            assert!(
                std::env::var_os("CI").is_none(),
                "set WARRAQ_TEST_POSTGRES: CI runs both engines"
            );
            #[expect(clippy::print_stdout, reason = "a test that is left out says so")]
            {
                println!("not run on PostgreSQL: WARRAQ_TEST_POSTGRES is not set");
            }
            return None;
        };
        let name = name();
        administer(&cluster, &format!("CREATE DATABASE {name}")).await;
        let base = cluster
            .rsplit_once('/')
            .expect("the address names a database")
            .0
            .to_owned();
        Some(Self {
            database: Database::Postgres(format!("{base}/{name}")),
            cluster: Some((cluster, name)),
        })
    }

    /// Its store, opened.
    ///
    /// # Panics
    /// Where it does not open.
    pub async fn open(&self) -> Store {
        Store::open(&self.database).await.expect("the store opens")
    }

    /// Removes it.
    ///
    /// # Panics
    /// Where it cannot be removed.
    pub async fn end(self) {
        match (&self.database, &self.cluster) {
            (_, Some((cluster, name))) => {
                administer(cluster, &format!("DROP DATABASE {name} WITH (FORCE)")).await
            }
            (Database::Sqlite(folder), _) => std::fs::remove_dir_all(folder).expect("removed"),
            _ => {}
        }
    }
}

async fn administer(cluster: &str, statement: &str) {
    sqlx::any::install_default_drivers();
    let pool = sqlx::any::AnyPoolOptions::new()
        .max_connections(1)
        .connect(cluster)
        .await
        .expect("the cluster answers");
    pool.execute(sqlx::AssertSqlSafe(statement.to_owned()))
        .await
        .expect("administered");
    pool.close().await;
}

/// Tests that take a [`Place`], each run on SQLite and on PostgreSQL.
#[macro_export]
macro_rules! on_both_engines {
    ($($name:ident)*) => {
        mod sqlite { $(#[tokio::test(flavor = "multi_thread")] async fn $name() {
            let place = $crate::Place::sqlite();
            super::$name(&place).await;
            place.end().await;
        })* }
        mod postgres { $(#[tokio::test(flavor = "multi_thread")] async fn $name() {
            if let Some(place) = $crate::Place::postgres().await { super::$name(&place).await; place.end().await; }
        })* }
    };
}
