//! Desks, and the accounts behind credited names.

use std::collections::BTreeMap;

use editorial::{Id, workflow::Desk};

use crate::{Store, StoreError, rows::Columns};

const DESKS: &str = "SELECT * FROM desk ORDER BY name, id";
const MEMBERS: &str = "SELECT * FROM desk_member";
const SECTIONS: &str = "SELECT * FROM desk_section";
const PEN_NAMES: &str = "SELECT pen_name.author AS author, pen_name.user_account AS user_account FROM pen_name JOIN json_each($1) AS wanted ON pen_name.author = CAST(CAST(wanted.value AS TEXT) AS BIGINT)";

impl Store {
    /// All desks, by name.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn desks(&self) -> Result<Vec<Desk>, StoreError> {
        let mut connection = self.pool().acquire().await?;
        let mut desks = Vec::new();
        for row in sqlx::query(DESKS).fetch_all(&mut *connection).await? {
            desks.push(Desk {
                id: row.id("id")?,
                version: row.integer("version")?,
                name: row.text("name")?,
                members: [].into(),
                sections: [].into(),
            });
        }
        let places: BTreeMap<Id, usize> = desks
            .iter()
            .enumerate()
            .map(|(place, desk)| (desk.id, place))
            .collect();
        for row in sqlx::query(MEMBERS).fetch_all(&mut *connection).await? {
            if let Some(place) = places.get(&row.id("desk")?) {
                desks[*place].members.insert(row.id("user_account")?);
            }
        }
        for row in sqlx::query(SECTIONS).fetch_all(&mut *connection).await? {
            if let Some(place) = places.get(&row.id("desk")?) {
                desks[*place].sections.insert(row.id("section")?);
            }
        }
        Ok(desks)
    }

    /// The accounts behind these authors' names, where there are any: for those who may know
    /// them.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn pen_names(
        &self,
        authors: impl IntoIterator<Item = Id>,
    ) -> Result<BTreeMap<Id, Id>, StoreError> {
        let rows = sqlx::query(PEN_NAMES)
            .bind(crate::rows::id_list(authors))
            .fetch_all(self.pool())
            .await?;
        rows.iter()
            .map(|row| Ok((row.id("author")?, row.id("user_account")?)))
            .collect()
    }
}
