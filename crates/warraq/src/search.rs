//! `warraq search`.

use actions::{
    finding::{Wanted, articles, results, wanted},
    read_spellings,
};
use arabic::search::variants::Variants;
use clap::Args;
use editorial::{
    SiteSettings, Timestamp,
    page::{Piece, SearchResult},
    search::Asked,
    urls::Url,
};
use search::{Found, Hit, Marks, PAGE_SIZE_MAX};
use store::Store;

use crate::{
    output::Output,
    paper::{Paper, local, now},
    reindex::Work,
};

#[derive(Args)]
pub(crate) struct Search {
    /// What to look for, as in the search box of the site: words, a phrase in
    /// «» or "", -word for what shall not be there.
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    query: String,
    /// How many articles to show at the most, 1 to 500.
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=500))]
    limit: u32,
}

/// An article that was found, and how well it answers.
struct Line {
    result: SearchResult,
    score: f32,
}

impl Search {
    pub(crate) async fn run(&self, paper: &Paper, out: Output) -> anyhow::Result<()> {
        let store = paper.open().await?;
        let settings = store.settings().await?;
        let work = Work::new(&store, paper.folder()?, out)?;
        let index = work.index().await?;
        // As the server does, which then goes on with those it knows.
        let spellings = read_spellings(paper.place()).unwrap_or_else(|error| {
            out.note(&format!("{error}; searching without these spellings"));
            Variants::built_in().clone()
        });
        let Wanted { mut query, .. } = wanted(&store, &Asked::of(&self.query), &settings).await?;
        let limit = self.limit as usize;
        query.page_size = limit.min(PAGE_SIZE_MAX);
        let (mut lines, mut first) = (Vec::new(), None::<Found>);
        loop {
            let found = index.search(&query, &spellings, now());
            index.state()?;
            lines.extend(read(&store, &found.hits, &found.marks).await?);
            let more = lines.len() < limit && query.page < found.pages;
            query.page += 1;
            first.get_or_insert(found);
            if !more {
                break;
            }
        }
        lines.truncate(limit);
        let found = first.unwrap_or_default();
        let mut also = read(&store, &found.also, &found.marks).await?;
        also.truncate(limit - lines.len());
        let told = |lines: &[Line]| -> Vec<_> {
            lines.iter().map(|line| line.document(&settings)).collect()
        };
        out.result(
            &words(&found, &lines, &also, &settings),
            &serde_json::json!({
                "total": found.total,
                "results": told(&lines),
                "also": told(&also),
            }),
        );
        drop(work);
        store.close().await;
        Ok(())
    }
}

/// The articles of `hits` that are published.
async fn read(store: &Store, hits: &[Hit], marks: &Marks) -> anyhow::Result<Vec<Line>> {
    let read = results(articles(store, hits).await?, marks);
    let line = |result: SearchResult| {
        let id = result.article.summary.id;
        let hit = hits.iter().find(|hit| hit.id == id);
        Line {
            score: hit.map_or(0.0, |hit| hit.score),
            result,
        }
    };
    Ok(read.into_iter().map(line).collect())
}

impl Line {
    fn url(&self, settings: &SiteSettings) -> String {
        let article = &self.result.article;
        let summary = &article.summary;
        let url = Url::of_article(article.kind, summary.id, summary.slug.clone());
        format!("{}{url}", settings.origin)
    }

    fn words(&self, settings: &SiteSettings) -> String {
        let summary = &self.result.article.summary;
        let day = summary.published_at.map(|at| local(at, settings));
        format!(
            "\n\n{}\n{}  {}\n{}",
            summary.headline,
            day.as_deref().unwrap_or("no date"),
            self.url(settings),
            text(&self.result.snippet)
        )
    }

    fn document(&self, settings: &SiteSettings) -> serde_json::Value {
        let summary = &self.result.article.summary;
        serde_json::json!({
            "id": summary.id,
            "headline": summary.headline,
            "url": self.url(settings),
            "score": self.score,
            "snippet": text(&self.result.snippet),
            "published": summary.published_at.map(Timestamp::rfc3339),
        })
    }
}

fn text(pieces: &[Piece]) -> String {
    let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn words(found: &Found, lines: &[Line], also: &[Line], settings: &SiteSettings) -> String {
    let mut words = match found.total {
        0 => "nothing was found".to_owned(),
        1 => "1 article".to_owned(),
        total => format!("{total} articles"),
    };
    if found.shortened {
        words.push_str(" (only the beginning of the query was searched)");
    }
    if found.some_words {
        words.push_str(", none with all the words");
    }
    if let Some(meant) = &found.did_you_mean {
        words.push_str(&format!("; did you mean «{meant}»?"));
    }
    for line in lines {
        words.push_str(&line.words(settings));
    }
    if !also.is_empty() {
        words.push_str("\n\nwith some of the words:");
    }
    for line in also {
        words.push_str(&line.words(settings));
    }
    words
}
