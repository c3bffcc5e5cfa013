//! Fresh ids, drawn in blocks from one row.

use editorial::{Id, id::IdBlock};

use crate::{Store, StoreError};

impl Store {
    /// Draws `count` fresh ids, 1 to 100,000,000 of them; they are on disk as
    /// drawn before they are handed out, so none is ever given twice.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn draw_ids(&self, count: i64) -> Result<IdBlock, StoreError> {
        let count = count.clamp(1, 100_000_000);
        let _turn = match &self.inner.turns {
            Some(turns) => turns.take().await,
            None => None,
        };
        let (end,): (i64,) =
            sqlx::query_as("UPDATE id_sequence SET next = next + $1 WHERE one = 1 RETURNING next")
                .bind(count)
                .fetch_one(self.pool())
                .await?;
        let first = Id::new(end - count)
            .ok_or_else(|| StoreError::Damaged("the row of ids has left its range".into()))?;
        Ok(IdBlock::new(first, end))
    }
}
