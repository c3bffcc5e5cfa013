//! What a paper is being filled with, and how far that has come. The plan is
//! written with the first row and again with each batch, so that a run that was
//! killed goes on where its last commit ended, and nothing is written twice.

use anyhow::Context as _;
use editorial::{Id, Timestamp, Write};
use serde::{Deserialize, Serialize};
use store::Store;

use super::stock;

/// Under these names the plan is kept among the origins.
const SOURCE: &str = "demo";
const KIND: &str = "plan";
const FOREIGN: &str = "generated";
/// Ids kept for each article: itself, its revision, a correction, comments.
const IDS_EACH: i64 = 8;
/// Articles a paper may be filled with.
pub(super) const ARTICLES_MAX: u64 = 10_000_000;

/// Which articles to generate. Texts and ids follow from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Plan {
    pub(super) seed: u64,
    /// How many, the sample's own not counted.
    pub(super) articles: u64,
    /// No article is dated later.
    pub(super) until: Timestamp,
    /// How many are written.
    pub(super) written: u64,
    /// The first of the ids that are kept for them.
    pub(super) first: Id,
}

impl Plan {
    /// The ids that a plan for so many articles takes.
    pub(super) fn ids_needed(articles: u64) -> i64 {
        stock::IDS + IDS_EACH * i64::try_from(articles.min(ARTICLES_MAX)).unwrap_or(0)
    }

    /// The plan of this paper, if it has one.
    ///
    /// # Errors
    /// Where the store fails or the plan is not readable.
    pub(super) async fn find(store: &Store) -> anyhow::Result<Option<Self>> {
        let found = store.origins(SOURCE, KIND, &[FOREIGN.to_owned()]).await?;
        let Some(origin) = found.first() else {
            return Ok(None);
        };
        let plan = serde_json::from_str(&origin.fingerprint)
            .context("the plan kept in this paper cannot be read: give an empty folder")?;
        Ok(Some(plan))
    }

    /// The write that keeps it.
    pub(super) fn write(&self) -> Write {
        Write::Origin {
            source: SOURCE.to_owned(),
            kind: KIND.to_owned(),
            foreign: FOREIGN.to_owned(),
            id: self.first,
            fingerprint: serde_json::json!(self).to_string(),
        }
    }

    /// The id of a part of an article: 0 is the article, 1 its revision, 2 its
    /// correction, from 3 its comments.
    pub(super) fn id(&self, number: u64, part: i64) -> Id {
        let number = i64::try_from(number).unwrap_or(i64::MAX / (2 * IDS_EACH));
        let id = self.first.get() + stock::IDS + IDS_EACH * number + part;
        Id::new(id).expect("the ids were drawn from the store, which keeps their range")
    }
}
