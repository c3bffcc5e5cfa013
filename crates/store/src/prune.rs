//! The change log has a limit: what nobody needs any more goes, a little at a
//! time. Who comes back later than that is told that everything changed.

use crate::{Store, StoreError};

/// Commits whose keys are kept: half a year of a paper that writes five hundred
/// times a day, so that pages on disk outlive a server's long rest.
pub const COMMITS_KEPT: i64 = 100_000;

impl Store {
    /// Removes the oldest rows of the change log that belong to none of the
    /// newest `kept` commits, of at most `commits_max` commits. Returns how many
    /// rows went: call it again, after a while, until none do.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn prune_changes(&self, kept: i64, commits_max: i64) -> Result<u64, StoreError> {
        let done = sqlx::query(
            "DELETE FROM change_log WHERE position <= (SELECT position - $1 FROM log_head WHERE one = 1) AND position < (SELECT MIN(position) + $2 FROM change_log)",
        )
        .bind(kept)
        .bind(commits_max)
        .execute(self.pool())
        .await?;
        Ok(done.rows_affected())
    }
}
