//! What stands at an address, without reading what it shows.

use editorial::{ArticleKind, ArticleState, Standing, changes::Target, urls::Url};

use crate::{Store, StoreError, rows::Columns};

impl Store {
    /// The address of a thing and how it answers; none where there is no such
    /// thing. A file that this paper does not hold has the address that it
    /// would have as a picture.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn target(&self, target: Target) -> Result<Option<(Url, Standing)>, StoreError> {
        let (statement, id) = match target {
            Target::Article(id) => ("SELECT slug, kind, state FROM article WHERE id = $1", id),
            Target::Section(id) => ("SELECT slug FROM section WHERE id = $1", id),
            Target::Tag(id) => ("SELECT slug FROM tag WHERE id = $1", id),
            Target::Author(id) => ("SELECT slug FROM author WHERE id = $1", id),
            Target::Media(id) => ("SELECT * FROM media WHERE id = $1", id),
        };
        let row = sqlx::query(statement)
            .bind(id.get())
            .fetch_optional(self.pool())
            .await?;
        let Some(row) = row else { return Ok(None) };
        let url = match target {
            Target::Media(id) => {
                let address = crate::media::read(&row)?.address();
                return Ok(Some(match address {
                    Some(url) => (url, Standing::Shown),
                    None => (Url::Media(id, 1200), Standing::NotCarriedOver),
                }));
            }
            Target::Article(id) => {
                let kind = match row.integer("kind")? {
                    1 => ArticleKind::Page,
                    _ => ArticleKind::Story,
                };
                let state = state_of(row.integer("state")?)?;
                let url = Url::of_article(kind, id, row.text("slug")?);
                return Ok(Some((url, Standing::of_article(state))));
            }
            Target::Section(_) => Url::Section(row.text("slug")?, None),
            Target::Tag(_) => Url::Tag(row.text("slug")?, None),
            Target::Author(_) => Url::Author(row.text("slug")?, None),
        };
        Ok(Some((url, Standing::Shown)))
    }

    /// What stands at the address of a standing page.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn page_standing(&self, slug: &str) -> Result<Standing, StoreError> {
        if slug.contains('\0') {
            return Ok(Standing::Nothing);
        }
        let row = sqlx::query(
            "SELECT state FROM article WHERE kind = 1 AND slug = $1 ORDER BY id LIMIT 1",
        )
        .bind(slug)
        .fetch_optional(self.pool())
        .await?;
        let Some(row) = row else {
            return Ok(Standing::Nothing);
        };
        Ok(Standing::of_article(state_of(row.integer("state")?)?))
    }
}

fn state_of(code: i64) -> Result<ArticleState, StoreError> {
    ArticleState::from_code(code).ok_or_else(|| StoreError::Damaged("an article's state".into()))
}
