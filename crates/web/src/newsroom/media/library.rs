//! The library as a grid, the newest first, and what is looked for in it.

use editorial::{Id, media::MediaKind};
use form_urlencoded::Serializer;
use hyper::StatusCode;
use screens::{
    Script,
    contexts::Notice,
    media::{Filter, Library, Refused},
};
use store::WantedMedia;

use crate::newsroom::{Asked, Failure, reply::Reply};

/// Pictures and files on one screen.
const SHOWN: u32 = 48;
/// The width of a picture in the grid.
const WIDTH: u32 = 360;
/// Letters of a search that are looked at.
const WORDS_LETTERS_MAX: usize = 200;
/// What can be looked at alone: the kinds, and what the paper may not show any more.
const FILTERS: [&str; 7] = [
    "all", "picture", "sound", "film", "document", "other", "expired",
];

/// What is told above the grid.
#[derive(Default)]
pub(super) struct Told {
    pub(super) refused: Vec<Refused>,
}

impl Asked<'_> {
    pub(in crate::newsroom) async fn library(&self) -> Result<Reply, Failure> {
        let notice = (self.query("done") == "kept").then(|| Notice::done("media-all-kept"));
        self.library_with(StatusCode::OK, notice, Told::default())
            .await
    }

    pub(super) async fn library_with(
        &self,
        status: StatusCode,
        notice: Option<Notice>,
        told: Told,
    ) -> Result<Reply, Failure> {
        let article = self.chosen_for();
        let words: String = self.query("q").chars().take(WORDS_LETTERS_MAX).collect();
        let asked = self.query("show");
        let here = FILTERS.into_iter().find(|name| *name == asked);
        let here = here.unwrap_or(if article.is_some() { "picture" } else { "all" });
        let before = Id::parse(&self.query("before"));
        let wanted = WantedMedia {
            words: words.clone(),
            kind: MediaKind::ALL.into_iter().find(|kind| kind.name() == here),
            expired_at: (here == "expired").then_some(self.now),
            before,
        };
        let mut found = self.site.store.library(&wanted, SHOWN + 1).await?;
        let has_more = found.len() > SHOWN as usize;
        found.truncate(SHOWN as usize);
        let path = |show: &str, before: Option<Id>| {
            let mut query = Serializer::new(String::new());
            query.append_pair("show", show);
            if !words.is_empty() {
                query.append_pair("q", &words);
            }
            if let Some(article) = article {
                query.append_pair("for", &article.to_string());
            }
            if let Some(before) = before {
                query.append_pair("before", &before.to_string());
            }
            format!("/newsroom/media?{}", query.finish())
        };
        let last = found.last().map(|media| media.id);
        let screen = Library {
            script: self.script(Script::Uploading),
            article: article.map(Id::get),
            filters: FILTERS
                .into_iter()
                .map(|name| Filter {
                    name,
                    path: path(name, None),
                    here: name == here,
                })
                .collect(),
            show: here,
            items: found.iter().map(|media| self.shown(media, WIDTH)).collect(),
            older: last.filter(|_| has_more).map(|last| path(here, Some(last))),
            newest: before.map(|_| path(here, None)),
            refused: told.refused,
            words,
        };
        self.show(status, notice, &screen)
    }
}
