//! The front page.

use std::collections::HashSet;

use editorial::{
    Id,
    page::{ArticleSummary, HomePage, LATEST_ON_HOME},
};

use super::{Reading, Snapshot, add_teasers, read_sections, read_summaries, summaries};
use crate::{
    Store, StoreError, front,
    rows::{self, Columns},
};

/// Articles of a section that are older than the latest ones.
const OLDER_IN_SECTION: i64 = 6;
/// Sections on the front page, the first in their order.
const SECTIONS_MAX: usize = 30;

impl Store {
    /// The front page: what the newsroom chose, then the latest. What its top shows is not shown again below: each
    /// section comes with its own of the latest articles and enough older ones,
    /// and the page chooses.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn home_page(&self) -> Result<Snapshot<HomePage>, StoreError> {
        let mut reading = Reading::begin(self).await?;
        let connection = &mut *reading.transaction;
        let mut found = sqlx::query(summaries!(
            "FROM article WHERE listed = 1 ORDER BY listed_at DESC, id DESC LIMIT $1"
        ))
        .bind(i64::from(LATEST_ON_HOME))
        .fetch_all(&mut *connection)
        .await?;
        let all_latest = found.len();
        let oldest = match found.last() {
            Some(row) => (row.integer("listed_at")?, row.integer("id")?),
            None => (0, 0),
        };
        let sections = read_sections(connection).await?;
        // Where there are fewer, there is nothing older.
        if all_latest == LATEST_ON_HOME as usize {
            for section in sections.iter().take(SECTIONS_MAX) {
                let older = sqlx::query(summaries!("FROM article WHERE section = $1 AND listed = 1 AND (listed_at, id) < ($2, $3) ORDER BY listed_at DESC, id DESC LIMIT $4"))
                    .bind(section.id.get())
                    .bind(oldest.0)
                    .bind(oldest.1)
                    .bind(OLDER_IN_SECTION)
                    .fetch_all(&mut *connection)
                    .await?;
                found.extend(older);
            }
        }
        let chosen = front::chosen(connection).await?;
        if !chosen.is_empty() {
            let ids = rows::id_list(chosen.iter().copied());
            let rows = sqlx::query(summaries!("FROM article WHERE listed = 1 AND id IN (SELECT CAST(CAST(value AS TEXT) AS BIGINT) FROM json_each($1))"))
                .bind(ids)
                .fetch_all(&mut *connection)
                .await?;
            found.extend(rows);
        }
        let lines = read_summaries(connection, &found).await?;
        let (mut lines, chosen) = chosen_first(lines, &chosen);
        let latest = all_latest.max(chosen).min(LATEST_ON_HOME as usize);
        add_teasers(connection, &mut lines).await?;
        let sections = sections
            .into_iter()
            .take(SECTIONS_MAX)
            .filter_map(|section| {
                let is_own = |line: &&_| in_section(line, section.id);
                let own: Vec<_> = lines.iter().filter(is_own).cloned().collect();
                (!own.is_empty()).then_some((section, own))
            })
            .collect();
        lines.truncate(latest);
        let latest = lines;
        let page = HomePage {
            latest,
            chosen,
            sections,
        };
        reading.end(page).await
    }
}

/// Those that are chosen first, in their order, and no line twice; and how many are
/// chosen.
fn chosen_first(lines: Vec<ArticleSummary>, chosen: &[Id]) -> (Vec<ArticleSummary>, usize) {
    let mut once = HashSet::new();
    let mut lines: Vec<_> = lines
        .into_iter()
        .filter(|line| once.insert(line.id))
        .collect();
    let place = |line: &ArticleSummary| chosen.iter().position(|id| *id == line.id);
    // Stable: the rest stays as it is.
    lines.sort_by_key(|line| place(line).unwrap_or(chosen.len()));
    let count = lines.iter().filter(|line| place(line).is_some()).count();
    (lines, count)
}

fn in_section(line: &ArticleSummary, section: Id) -> bool {
    line.section.as_ref().map(|own| own.id) == Some(section)
}
