//! Between rows and values: lists as JSON text, numbers as flags.

use editorial::{Id, Timestamp};
use serde_json::Value;
use sqlx::{AnyConnection, Row, any::AnyRow};

use crate::StoreError;

/// A list of objects as the text that `json_each($1)` reads. SQLite writes an
/// element out as text again wherever its `value` is named: a statement that takes
/// many columns of it names a materialized list of them.
pub(crate) fn list(values: Vec<Value>) -> Result<String, StoreError> {
    let text = Value::Array(values).to_string();
    without_nul(&text)?;
    Ok(text)
}

/// Writes a list of things with the statement of their kind.
pub(crate) async fn write(
    connection: &mut AnyConnection,
    statement: &'static str,
    values: Vec<Value>,
) -> Result<(), StoreError> {
    let mut lists = Lists::default();
    lists.push(statement, values)?;
    lists.write(connection).await
}

/// Statements that write a list of things each, with their lists.
#[derive(Default)]
pub(crate) struct Lists(Vec<(&'static str, String)>);

impl Lists {
    pub(crate) fn push(
        &mut self,
        statement: &'static str,
        values: Vec<Value>,
    ) -> Result<(), StoreError> {
        if !values.is_empty() {
            self.0.push((statement, list(values)?));
        }
        Ok(())
    }

    pub(crate) async fn write(&self, connection: &mut AnyConnection) -> Result<(), StoreError> {
        for (statement, list) in &self.0 {
            sqlx::query(*statement)
                .bind(list)
                .execute(&mut *connection)
                .await?;
        }
        Ok(())
    }
}

/// Refuses JSON that holds U+0000: it is written as an escape there, and
/// PostgreSQL does not read it.
pub(crate) fn without_nul(json: &str) -> Result<(), StoreError> {
    if json.contains("\\u0000") {
        Err(StoreError::Nul)
    } else {
        Ok(())
    }
}

/// Refuses a text that holds U+0000, which PostgreSQL does not keep.
pub(crate) fn plain(text: &str) -> Result<(), StoreError> {
    if text.contains('\0') {
        Err(StoreError::Nul)
    } else {
        Ok(())
    }
}

/// Ids as the text that `json_each($1)` reads.
pub(crate) fn id_list(ids: impl IntoIterator<Item = Id>) -> String {
    Value::Array(ids.into_iter().map(|id| Value::from(id.get())).collect()).to_string()
}

/// Reading columns by name.
pub(crate) trait Columns {
    fn integer(&self, name: &str) -> Result<i64, StoreError>;
    fn maybe_integer(&self, name: &str) -> Result<Option<i64>, StoreError>;
    fn text(&self, name: &str) -> Result<String, StoreError>;
    fn maybe_text(&self, name: &str) -> Result<Option<String>, StoreError>;
    fn id(&self, name: &str) -> Result<Id, StoreError>;
    fn maybe_id(&self, name: &str) -> Result<Option<Id>, StoreError>;
    fn time(&self, name: &str) -> Result<Timestamp, StoreError>;
    fn maybe_time(&self, name: &str) -> Result<Option<Timestamp>, StoreError>;
    fn json<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<T, StoreError>;
}

impl Columns for AnyRow {
    fn integer(&self, name: &str) -> Result<i64, StoreError> {
        Ok(self.try_get(name)?)
    }

    fn maybe_integer(&self, name: &str) -> Result<Option<i64>, StoreError> {
        Ok(self.try_get(name)?)
    }

    fn text(&self, name: &str) -> Result<String, StoreError> {
        Ok(self.try_get(name)?)
    }

    fn maybe_text(&self, name: &str) -> Result<Option<String>, StoreError> {
        Ok(self.try_get(name)?)
    }

    fn id(&self, name: &str) -> Result<Id, StoreError> {
        let value = self.integer(name)?;
        Id::new(value)
            .ok_or_else(|| StoreError::Damaged(format!("{name} holds {value}, which is no id")))
    }

    fn maybe_id(&self, name: &str) -> Result<Option<Id>, StoreError> {
        let value: Option<i64> = self.try_get(name)?;
        Ok(value.and_then(Id::new))
    }

    fn time(&self, name: &str) -> Result<Timestamp, StoreError> {
        Ok(Timestamp(self.integer(name)?))
    }

    fn maybe_time(&self, name: &str) -> Result<Option<Timestamp>, StoreError> {
        let value: Option<i64> = self.try_get(name)?;
        Ok(value.map(Timestamp))
    }

    fn json<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<T, StoreError> {
        let text = self.text(name)?;
        serde_json::from_str(&text).map_err(|error| StoreError::Damaged(format!("{name}: {error}")))
    }
}
