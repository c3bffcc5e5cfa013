//! The front page.

use editorial::page::HomePage;

use super::{Reading, Snapshot, read_sections, read_summaries, summaries};
use crate::{Store, StoreError};

/// Latest articles on the front page.
const LATEST: i64 = 16;
/// Articles under each section there.
const IN_SECTION: i64 = 8;

impl Store {
    /// The front page.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn home_page(&self) -> Result<Snapshot<HomePage>, StoreError> {
        let mut reading = Reading::begin(self).await?;
        let connection = &mut *reading.transaction;
        let found = sqlx::query(summaries!(
            "FROM article WHERE listed = 1 ORDER BY listed_at DESC, id DESC LIMIT $1"
        ))
        .bind(LATEST)
        .fetch_all(&mut *connection)
        .await?;
        let latest = read_summaries(connection, &found).await?;
        let mut sections = Vec::new();
        for section in read_sections(connection).await? {
            let found = sqlx::query(summaries!("FROM article WHERE section = $1 AND listed = 1 ORDER BY listed_at DESC, id DESC LIMIT $2"))
                .bind(section.id.get())
                .bind(IN_SECTION)
                .fetch_all(&mut *connection)
                .await?;
            if !found.is_empty() {
                sections.push((section, read_summaries(connection, &found).await?));
            }
        }
        reading.end(HomePage { latest, sections }).await
    }
}
