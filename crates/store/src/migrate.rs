//! The schema, brought up to date at start: forward only, under a lock, each
//! step in the same transaction as its number.

use sqlx::{AnyPool, Executor};

use crate::{StoreError, engine::Engine};

/// The steps in order; the number of a step is its place, from 1. A step that
/// has been released is never edited.
const STEPS: [&str; 8] = [
    include_str!("../migrations/0001_create_newspaper.sql"),
    include_str!("../migrations/0002_index_listed_articles.sql"),
    include_str!("../migrations/0003_write_less.sql"),
    include_str!("../migrations/0004_create_accounts.sql"),
    include_str!("../migrations/0005_create_known_range.sql"),
    include_str!("../migrations/0006_receive_comments.sql"),
    include_str!("../migrations/0007_write_articles.sql"),
    include_str!("../migrations/0008_write_together.sql"),
];

/// The newest schema this program knows.
pub const SCHEMA: i64 = STEPS.len() as i64;

const FOUND: &str = "SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) FROM schema_version";

pub(crate) async fn run(pool: &AnyPool, engine: &Engine) -> Result<(), StoreError> {
    // Nearly always there is nothing to do, and nobody who writes to wait for.
    // An empty database has no such table.
    if let Ok((SCHEMA,)) = sqlx::query_as(FOUND).fetch_one(pool).await {
        return Ok(());
    }
    let mut transaction = pool.begin_with(engine.begin_write()).await?;
    transaction.execute(engine.lock_for_migration()).await?;
    transaction
        .execute("CREATE TABLE IF NOT EXISTS schema_version (number BIGINT PRIMARY KEY)")
        .await?;
    let (found,): (i64,) = sqlx::query_as(FOUND).fetch_one(&mut *transaction).await?;
    let known = SCHEMA;
    if found > known {
        return Err(StoreError::NewerSchema { found, known });
    }
    if found == 0 {
        transaction.execute(engine.prelude()).await?;
    }
    for (at, step) in STEPS
        .iter()
        .enumerate()
        .skip(usize::try_from(found).unwrap_or(0))
    {
        for statement in step
            .split(";\n")
            .map(str::trim)
            .filter(|statement| !statement.is_empty())
        {
            sqlx::raw_sql(statement).execute(&mut *transaction).await?;
        }
        sqlx::query("INSERT INTO schema_version (number) VALUES ($1)")
            .bind(at as i64 + 1)
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(())
}
