//! What the tests share: a folder of a test's own, articles, and an index of
//! them.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

use arabic::search::variants::Variants;
use editorial::{Id, SearchDocument, Timestamp};
use search::{Found, Index, Query, Rebuild, Writer};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A folder, removed when the test ends.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// A new one; the name says whose it is.
    pub(crate) fn new(name: &str) -> Self {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!(
            "warraq-search-{name}-{}-{number}",
            std::process::id()
        ));
        std::fs::create_dir_all(&path).expect("a folder for the test");
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder in /tmp that stays is a nuisance, not a fault.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Now, of all tests.
pub(crate) const NOW: Timestamp = Timestamp(1_700_000_000_000_000);

pub(crate) fn id(number: i64) -> Id {
    Id::new(number).expect("in range")
}

/// An article published so many days ago.
pub(crate) fn article(number: i64, headline: &str, body: &str, days: i64) -> SearchDocument {
    SearchDocument {
        id: id(number),
        headline: headline.to_owned(),
        standfirst: String::new(),
        body: body.to_owned(),
        authors: Vec::new(),
        agency: String::new(),
        tags: Vec::new(),
        section: None,
        language: "ar".to_owned(),
        published_at: Some(NOW.plus(-days * Timestamp::DAY)),
    }
}

/// Makes an index of articles, at position 1; its writer.
pub(crate) fn write(folder: &Folder, articles: Vec<SearchDocument>) -> Writer {
    let mut rebuild = Rebuild::begin(folder.path()).expect("a new index");
    for article in articles {
        rebuild.put(article).expect("put");
    }
    rebuild.finish(1).expect("finished")
}

/// What is found for a text.
pub(crate) fn find(index: &Index, text: &str) -> Found {
    let query = Query {
        text: text.to_owned(),
        ..Query::default()
    };
    ask(index, &query)
}

pub(crate) fn ask(index: &Index, query: &Query) -> Found {
    let found = index.search(query, Variants::built_in(), NOW);
    assert!(
        found.usable,
        "help: the index cannot be read: {:?}",
        index.state()
    );
    found
}

/// The ids found, in order.
pub(crate) fn ids(found: &Found) -> Vec<i64> {
    found.hits.iter().map(|hit| hit.id.get()).collect()
}
