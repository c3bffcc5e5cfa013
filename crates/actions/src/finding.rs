//! From what a reader asks to what a page of results shows. The index is asked in
//! between, by whoever has a thread to wait on.

use arabic::tatweel::for_feeds;
use editorial::{
    Id, SiteSettings, Timestamp,
    page::{FoundArticle, Piece, SearchResult},
    search::{Asked, RESULTS_PER_PAGE},
    urls::Url,
};
use jiff::{civil::Date, tz::TimeZone};
use search::{Hit, Marks, Order, Query, Suggestion, snippet};
use store::{Places, Store, StoreError};

/// Letters of the text that stand below a headline, about.
const SNIPPET_LETTERS: usize = 220;

/// What the index is to be asked.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The question.
    pub query: Query,
    /// The places that it is narrowed to.
    pub places: Places,
    /// Whether one of them is not there: nothing answers then.
    pub is_nowhere: bool,
}

/// What to ask the index for; days are those of the site's time zone.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn wanted(
    store: &Store,
    asked: &Asked,
    settings: &SiteSettings,
) -> Result<Wanted, StoreError> {
    let (section, author, tag) = (
        asked.section.as_deref(),
        asked.author.as_deref(),
        asked.tag.as_deref(),
    );
    let places = if section.or(author).or(tag).is_some() {
        store.places(section, author, tag).await?
    } else {
        Places::default()
    };
    let is_nowhere = section.is_some() != places.section.is_some()
        || author.is_some() != places.author.is_some()
        || tag.is_some() != places.tag.is_some();
    let zone = TimeZone::get(&settings.time_zone).unwrap_or(TimeZone::UTC);
    let query = Query {
        text: asked.words.clone(),
        section: places.section.as_ref().map(|section| section.id),
        author: places.author.as_ref().map(|author| author.id),
        tag: places.tag.as_ref().map(|tag| tag.id),
        from: asked.from.and_then(|day| midnight(day, &zone)),
        until: (asked.until)
            .and_then(|day| day.tomorrow().ok())
            .and_then(|day| midnight(day, &zone)),
        order: if asked.newest {
            Order::Newest
        } else {
            Order::Relevance
        },
        freshness: settings.freshness,
        page: asked.page as usize,
        page_size: RESULTS_PER_PAGE as usize,
        ..Query::default()
    };
    Ok(Wanted {
        query,
        places,
        is_nowhere,
    })
}

fn midnight(day: Date, zone: &TimeZone) -> Option<Timestamp> {
    let moment = day.to_zoned_datetime(zone.clone()).ok()?;
    Some(Timestamp(moment.timestamp().as_microsecond()))
}

/// The articles of a page of results, in order: those that are published at this
/// moment, with what answers in them marked.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn articles(store: &Store, hits: &[Hit]) -> Result<Vec<FoundArticle>, StoreError> {
    let ids: Vec<Id> = hits.iter().map(|hit| hit.id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(store.found_articles(&ids).await?.value)
}

/// The same with what was found marked in them: some work for the processor.
pub fn results(articles: Vec<FoundArticle>, marks: &Marks) -> Vec<SearchResult> {
    let result = |article: FoundArticle| {
        let summary = &article.summary;
        let of = |text: &str, letters| pieces(snippet(text, marks, letters));
        // The text tells more than the standfirst, unless that alone answers.
        let mut part = of(&article.text, SNIPPET_LETTERS);
        let answers = |part: &[Piece]| part.iter().any(|piece| piece.is_found);
        if !answers(&part) && !summary.standfirst.is_empty() {
            part = of(&summary.standfirst, SNIPPET_LETTERS);
        }
        SearchResult {
            headline: of(&summary.headline, usize::MAX),
            snippet: part,
            article,
        }
    };
    articles.into_iter().map(result).collect()
}

fn pieces(pieces: Vec<search::Piece<'_>>) -> Vec<Piece> {
    (pieces.into_iter())
        .map(|piece| Piece {
            text: piece.text.to_owned(),
            is_found: piece.marked,
        })
        .collect()
}

/// What is suggested to who types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The words.
    pub text: String,
    /// Where they lead.
    pub url: Url,
    /// What they are, in a word; empty for a headline.
    pub kind: &'static str,
}

/// Suggestions with their words: those that readers may see, at most `limit`.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn hints(
    store: &Store,
    suggestions: &[Suggestion],
    limit: usize,
) -> Result<Vec<Hint>, StoreError> {
    let (mut articles, mut tags, mut authors, mut sections) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for suggestion in suggestions {
        match suggestion {
            Suggestion::Headline(id) => articles.push(*id),
            Suggestion::Tag(id) => tags.push(*id),
            Suggestion::Author(id) => authors.push(*id),
            Suggestion::Section(id) => sections.push(*id),
        }
    }
    let shown = store
        .suggested(&articles, &tags, &authors, &sections)
        .await?;
    let hint = |text: &str, url, kind| Hint {
        text: for_feeds(text),
        url,
        kind,
    };
    let hints = suggestions
        .iter()
        .filter_map(|suggestion| match suggestion {
            Suggestion::Headline(id) => {
                let line = shown.articles.iter().find(|line| line.id == *id)?;
                let url = Url::of_article(line.kind, line.id, line.slug.clone());
                Some(hint(&line.headline, url, ""))
            }
            Suggestion::Tag(id) => {
                let tag = shown.tags.iter().find(|tag| tag.id == *id)?;
                Some(hint(&tag.name, Url::Tag(tag.slug.clone(), None), "وسم"))
            }
            Suggestion::Author(id) => {
                let author = shown.authors.iter().find(|author| author.id == *id)?;
                let url = Url::Author(author.slug.clone(), None);
                Some(hint(&author.name, url, "كاتب"))
            }
            Suggestion::Section(id) => {
                let section = shown.sections.iter().find(|section| section.id == *id)?;
                let url = Url::Section(section.slug.clone(), None);
                Some(hint(&section.name, url, "قسم"))
            }
        });
    Ok(hints.take(limit).collect())
}
