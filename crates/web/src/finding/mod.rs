//! Search: the index of this node, who follows it, and what it answers.
//!
//! The index lies in the data folder of each node and follows the change log by
//! itself ([`follow`]). Questions run on threads of their own ([`pool`]), and one
//! client may ask so often ([`crate::limit`]), so that search takes no page's time.

mod follow;
mod page;
mod pool;
mod suggest;

use std::{
    net::IpAddr,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use actions::indexing::Progress;
use arabic::search::variants::Variants;
use editorial::page::IndexState;
use search::Index;

pub(crate) use follow::follow;
pub(crate) use page::answer as page;
pub(crate) use suggest::answer as suggest;

use crate::limit::Limit;
use pool::Pool;

/// The folder of the index in the data folder.
pub const INDEX_FOLDER: &str = "search";

/// How often one client may search. A page of results counts one; suggestions are
/// counted apart, five times as many.
#[derive(Clone, Copy, Debug)]
pub struct Searches {
    /// How many at once, after a rest.
    pub at_once: u32,
    /// How many a minute for good.
    pub a_minute: u32,
}

impl Default for Searches {
    fn default() -> Self {
        Self {
            at_once: 30,
            a_minute: 60,
        }
    }
}

/// The search of one node.
pub(crate) struct Finding {
    data: PathBuf,
    folder: PathBuf,
    index: RwLock<Option<Index>>,
    progress: Mutex<Progress>,
    spellings: RwLock<Arc<Variants>>,
    pool: Pool,
    searches: Limit<IpAddr>,
    suggestions: Limit<IpAddr>,
}

impl Finding {
    pub(crate) fn new(data: &Path, searches: Searches) -> Self {
        let folder = data.join(INDEX_FOLDER);
        let index = Index::open(&folder).ok();
        let suggestions = Searches {
            at_once: searches.at_once.saturating_mul(5),
            a_minute: searches.a_minute.saturating_mul(5),
        };
        Self {
            data: data.to_owned(),
            folder,
            index: RwLock::new(index),
            progress: Mutex::default(),
            spellings: RwLock::new(Arc::new(Variants::built_in().clone())),
            pool: Pool::start(),
            searches: Limit::of(searches.at_once, searches.a_minute),
            suggestions: Limit::of(suggestions.at_once, suggestions.a_minute),
        }
    }

    /// The index, where there is one.
    pub(crate) fn index(&self) -> Option<Index> {
        self.index
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// How far the index is.
    pub(crate) fn progress(&self) -> Progress {
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn spellings(&self) -> Arc<Variants> {
        Arc::clone(
            &self
                .spellings
                .read()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }

    /// What a page says of the index.
    fn state(&self, index: Option<&Index>) -> IndexState {
        let rebuilding = self.progress().rebuilding;
        let share = rebuilding.map_or(0, |(done, of)| done * 100 / of.max(1));
        let share = u8::try_from(share).unwrap_or(100).min(100);
        match (index, rebuilding) {
            (Some(index), None) if index.state().is_ok() => IndexState::Ready,
            (Some(index), _) if index.state().is_ok() => IndexState::Renewing(share),
            _ => IndexState::Missing(share),
        }
    }
}
