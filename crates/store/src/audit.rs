//! The audit entries and their chain: each entry's hash covers its own fields
//! and the hash before it, so that none can be changed or removed unseen.

use editorial::{Id, Timestamp, audit::AuditEntry};
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::{AnyConnection, any::AnyRow};

use crate::{
    Store, StoreError,
    rows::{self, Columns},
};

const INSERT: &str = "INSERT INTO audit_entry (number, position, at, actor, action, subject, hash, note) SELECT CAST(value->>'number' AS BIGINT), CAST(value->>'position' AS BIGINT), CAST(value->>'at' AS BIGINT), value->>'actor', value->>'action', CAST(value->>'subject' AS BIGINT), value->>'hash', value->>'note' FROM json_each($1)";

/// Chains `entries` to `previous` and writes them. Returns the newest hash.
pub(crate) async fn write(
    connection: &mut AnyConnection,
    position: i64,
    previous: String,
    entries: &[AuditEntry],
) -> Result<String, StoreError> {
    if entries.is_empty() {
        return Ok(previous);
    }
    let (mut number,): (i64,) =
        sqlx::query_as("SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) FROM audit_entry")
            .fetch_one(&mut *connection)
            .await?;
    let mut newest = previous;
    let mut values = Vec::with_capacity(entries.len());
    for entry in entries {
        number += 1;
        let line = AuditLine {
            number,
            at: entry.at,
            actor: entry.actor.label(),
            action: entry.action.name().to_owned(),
            subject: entry.subject,
            note: entry.note.clone(),
        };
        newest = link(&newest, position, &line);
        values.push(json!({
            "number": number, "position": position, "at": line.at, "actor": line.actor,
            "action": line.action, "subject": line.subject, "hash": newest, "note": line.note,
        }));
    }
    sqlx::query(INSERT)
        .bind(rows::list(values)?)
        .execute(connection)
        .await?;
    Ok(newest)
}

/// SHA-256 in hex over the fields, each behind a separator that none of them but
/// the last can hold; a note that is empty is none.
fn link(previous: &str, position: i64, line: &AuditLine) -> String {
    let mut fields = format!(
        "{previous}\n{}\n{position}\n{}\n{}\n{}\n{}",
        line.number,
        line.at.0,
        line.actor,
        line.action,
        line.subject.get()
    );
    if !line.note.is_empty() {
        fields.push('\n');
        fields.push_str(&line.note);
    }
    Sha256::digest(fields.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// What a look through the chain found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditReport {
    /// Entries looked at.
    pub entries: i64,
    /// The number of the first entry that does not fit the chain.
    pub broken_at: Option<i64>,
}

/// One entry of the trail, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditLine {
    /// Its place in the trail, from 1.
    pub number: i64,
    /// When.
    pub at: Timestamp,
    /// Who: see [`editorial::audit::Actor::label`].
    pub actor: String,
    /// What: see [`editorial::audit::Action::name`].
    pub action: String,
    /// To which thing.
    pub subject: Id,
    /// Why, where a reason was asked for.
    pub note: String,
}

fn read_line(row: &AnyRow) -> Result<AuditLine, StoreError> {
    Ok(AuditLine {
        number: row.integer("number")?,
        at: row.time("at")?,
        actor: row.text("actor")?,
        action: row.text("action")?,
        subject: row.id("subject")?,
        note: row.text("note")?,
    })
}

impl Store {
    /// At most `limit` entries of the trail behind the one of number `after`,
    /// in their order.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn audit_entries(
        &self,
        after: i64,
        limit: u32,
    ) -> Result<Vec<AuditLine>, StoreError> {
        let rows =
            sqlx::query("SELECT * FROM audit_entry WHERE number > $1 ORDER BY number LIMIT $2")
                .bind(after)
                .bind(i64::from(limit))
                .fetch_all(self.pool())
                .await?;
        rows.iter().map(read_line).collect()
    }

    /// At most `limit` entries of the trail before the one of number `before`,
    /// or the newest, the newest first.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn newest_audit_entries(
        &self,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<AuditLine>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM audit_entry WHERE number < $1 ORDER BY number DESC LIMIT $2",
        )
        .bind(before.unwrap_or(i64::MAX))
        .bind(i64::from(limit))
        .fetch_all(self.pool())
        .await?;
        rows.iter().map(read_line).collect()
    }

    /// Looks through the whole chain.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn audit_verify(&self) -> Result<AuditReport, StoreError> {
        let mut report = AuditReport {
            entries: 0,
            broken_at: None,
        };
        let mut previous = String::new();
        loop {
            let rows = sqlx::query(
                "SELECT * FROM audit_entry WHERE number > $1 ORDER BY number LIMIT 10000",
            )
            .bind(report.entries)
            .fetch_all(self.pool())
            .await?;
            for row in &rows {
                let line = read_line(row)?;
                let number = line.number;
                let expected = link(&previous, row.integer("position")?, &line);
                if number != report.entries + 1 || row.text("hash")? != expected {
                    report.broken_at = Some(report.entries + 1);
                    return Ok(report);
                }
                previous = expected;
                report.entries = number;
            }
            if rows.is_empty() {
                break;
            }
        }
        let (head,): (String,) = sqlx::query_as("SELECT audit_hash FROM log_head WHERE one = 1")
            .fetch_one(self.pool())
            .await?;
        if head != previous {
            report.broken_at = Some(report.entries + 1);
        }
        Ok(report)
    }
}
