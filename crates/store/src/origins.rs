//! The ids that things had in the system they came from.

use editorial::Id;
use serde_json::json;

use crate::{Store, StoreError, rows::Columns};

pub(crate) const INSERT: &str = "INSERT INTO origin (source, kind, foreign_id, id, fingerprint) SELECT value->>'source', value->>'kind', value->>'foreign', CAST(value->>'id' AS BIGINT), value->>'fingerprint' FROM json_each($1) WHERE true ON CONFLICT (source, kind, foreign_id) DO UPDATE SET fingerprint = excluded.fingerprint";

/// A thing that was imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Its id in the other system.
    pub foreign: String,
    /// Its id here.
    pub id: Id,
    /// Hash of what was imported.
    pub fingerprint: String,
    /// The version of the article here, if it is one.
    pub version: Option<i64>,
}

impl Store {
    /// Those of `foreign` that were imported from `source` as `kind`.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn origins(
        &self,
        source: &str,
        kind: &str,
        foreign: &[String],
    ) -> Result<Vec<Origin>, StoreError> {
        let list: Vec<_> = foreign.iter().map(|id| json!({ "id": id })).collect();
        let rows = sqlx::query(
            "SELECT origin.foreign_id AS foreign_id, origin.id AS id, origin.fingerprint AS fingerprint, article.version AS version \
             FROM origin LEFT JOIN article ON article.id = origin.id \
             WHERE origin.source = $1 AND origin.kind = $2 AND origin.foreign_id IN (SELECT value->>'id' FROM json_each($3))",
        )
        .bind(source)
        .bind(kind)
        .bind(crate::rows::list(list)?)
        .fetch_all(self.pool())
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Origin {
                    foreign: row.text("foreign_id")?,
                    id: row.id("id")?,
                    fingerprint: row.text("fingerprint")?,
                    version: row.maybe_id("version")?.map(Id::get),
                })
            })
            .collect()
    }
}
