//! Where the addresses of the old site lead now, and how any address answers.

use std::collections::HashMap;

use editorial::{
    ArticleKind, ArticleState, Id, Timestamp,
    changes::Target,
    page::Cursor,
    urls::{FeedFormat, FeedOf, Url},
};
use importer::address::{self, Asked, OldSite, Shape};
use store::{ListOf, Store, StoreError};

use crate::import_wxr::SOURCE;

/// Old sites that one paper knows.
const SITES_MAX: u32 = 100;

/// How a page answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// 200
    Shown,
    /// 410: an article that was taken back.
    Gone,
    /// 404: an article that is not published.
    Unpublished,
    /// 404: a picture of which only the old address is known.
    NoFile,
    /// 404: nothing stands there.
    Nothing,
}

impl Status {
    /// The number of HTTP.
    pub const fn code(self) -> u16 {
        match self {
            Self::Shown => 200,
            Self::Gone => 410,
            Self::Unpublished | Self::NoFile | Self::Nothing => 404,
        }
    }
}

/// How an address answers: where it leads, if it moved, and how that answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Where it leads by a 301.
    pub moved_to: Option<Url>,
    /// How it, or the address it leads to, answers.
    pub status: Status,
}

/// How an address (path and query asked of `host`, or whole) answers: one of
/// this paper, or one of an old site. Nothing is rendered.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn answer(store: &Store, target: &str, host: Option<&str>) -> Result<Answer, StoreError> {
    let (path, query) = address::path_and_query(target);
    let own = Url::parse(path, query).filter(|_| !query.is_some_and(address::is_old_query));
    if let Some(url) = own {
        let (canonical, status) = standing(store, &url).await?;
        if status != Status::Nothing {
            let moved_to = (canonical.to_string() != url.to_string()).then_some(canonical);
            return Ok(Answer { moved_to, status });
        }
    }
    let moved = moved_to(store, target, host).await?;
    let status = match &moved {
        Some(url) => standing(store, url).await?.1,
        None => Status::Nothing,
    };
    Ok(Answer {
        moved_to: moved,
        status,
    })
}

/// How one of our own addresses answers, and under which address it does.
async fn standing(store: &Store, url: &Url) -> Result<(Url, Status), StoreError> {
    let list = |slug: &str, of: fn(String) -> ListOf| of(slug.to_owned());
    let (of, cursor) = match url {
        Url::Article(id, _) => {
            let Some(article) = store.article(*id).await? else {
                return Ok((url.clone(), Status::Nothing));
            };
            let status = match article.state {
                ArticleState::Published => Status::Shown,
                ArticleState::Withdrawn => Status::Gone,
                ArticleState::Unpublished => Status::Unpublished,
            };
            let canonical = match article.kind {
                ArticleKind::Story => Url::Article(article.id, article.slug),
                ArticleKind::Page => Url::Page(article.slug),
            };
            // A page that is not shown has no address of its own.
            return Ok(match (canonical, status) {
                (Url::Page(_), Status::Gone | Status::Unpublished) => (url.clone(), status),
                (canonical, status) => (canonical, status),
            });
        }
        Url::Page(slug) => {
            let page = store.standing_page(slug).await?.value;
            let status = match page.map(|page| page.state) {
                Some(ArticleState::Published) => Status::Shown,
                _ => Status::Nothing,
            };
            return Ok((url.clone(), status));
        }
        Url::Media(id, _) => {
            let status = match store.media(*id).await? {
                None => Status::Nothing,
                Some(media) if media.key.is_empty() => Status::NoFile,
                Some(_) => Status::Shown,
            };
            return Ok((url.clone(), status));
        }
        Url::Section(slug, cursor) => (list(slug, ListOf::Section), *cursor),
        Url::Tag(slug, cursor) => (list(slug, ListOf::Tag), *cursor),
        Url::Author(slug, cursor) => (list(slug, ListOf::Author), *cursor),
        Url::Feed(FeedOf::Section(slug), _) => (list(slug, ListOf::Section), None),
        Url::Feed(FeedOf::Tag(slug), _) => (list(slug, ListOf::Tag), None),
        Url::Feed(FeedOf::Author(slug), _) => (list(slug, ListOf::Author), None),
        Url::Archive(cursor) => (ListOf::Latest, *cursor),
        Url::Day(year, month, day, cursor) => {
            let zone = store.settings().await?.time_zone;
            let Some((from, until)) = day_between(&zone, *year, *month, *day) else {
                return Ok((url.clone(), Status::Nothing));
            };
            let day = (*year, *month, *day);
            (ListOf::Between { from, until, day }, *cursor)
        }
        _ => return Ok((url.clone(), Status::Shown)),
    };
    let is_day = matches!(of, ListOf::Between { .. });
    let read = store.list(&of, cursor, 1).await?.value;
    let shown =
        read.is_some_and(|(_, list)| !(list.articles.is_empty() && (cursor.is_some() || is_day)));
    let status = if shown {
        Status::Shown
    } else {
        Status::Nothing
    };
    Ok((url.clone(), status))
}

/// Where an address of an old site (path and query asked of `host`, or whole)
/// leads now; `None` where it was none.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn moved_to(
    store: &Store,
    target: &str,
    host: Option<&str>,
) -> Result<Option<Url>, StoreError> {
    let sites = old_sites(store).await?;
    let asked = Asked::of(target, host, &sites);
    let keys = asked.keys();
    let found: HashMap<String, Target> = if keys.is_empty() {
        HashMap::new()
    } else {
        store.old_addresses(&keys).await?.into_iter().collect()
    };
    for target in keys.iter().filter_map(|key| found.get(key)) {
        if let Some(url) = store.target_url(*target).await? {
            let feed = asked.is_feed();
            return Ok(Some(if feed { feed_of(url) } else { url }));
        }
    }
    Ok(match asked.shape() {
        Some(Shape::Home) => (target != "/").then_some(Url::Home),
        Some(Shape::SiteFeed) => Some(Url::Feed(FeedOf::Site, FeedFormat::Rss)),
        Some(Shape::Sitemap) => Some(Url::SitemapIndex),
        Some(Shape::Date(year, Some(month), Some(day))) => Some(Url::Day(year, month, day, None)),
        Some(Shape::Date(year, month, _)) => {
            let settings = store.settings().await?;
            let before = |end| {
                Id::new(1).map(|id| {
                    Url::Archive(Some(Cursor {
                        published_at: end,
                        id,
                    }))
                })
            };
            end_of(&settings.time_zone, year, month).and_then(before)
        }
        None => None,
    })
}

/// The sites that were imported into this paper.
async fn old_sites(store: &Store) -> Result<Vec<OldSite>, StoreError> {
    let sources = store.sources(SITES_MAX).await?;
    Ok(sources
        .iter()
        .filter_map(|source| OldSite::of(source.strip_prefix(SOURCE)?))
        .collect())
}

/// The feed of a list; the feed of an article's comments is the article.
fn feed_of(url: Url) -> Url {
    match url {
        Url::Section(slug, _) => Url::Feed(FeedOf::Section(slug), FeedFormat::Rss),
        Url::Tag(slug, _) => Url::Feed(FeedOf::Tag(slug), FeedFormat::Rss),
        Url::Author(slug, _) => Url::Feed(FeedOf::Author(slug), FeedFormat::Rss),
        other => other,
    }
}

/// The first moment after a year, or after a month of it, in that time zone.
fn end_of(time_zone: &str, year: i16, month: Option<i8>) -> Option<Timestamp> {
    let (year, month) = match month {
        Some(12) | None => (year.checked_add(1)?, 1),
        Some(month) => (year, month + 1),
    };
    let zone = jiff::tz::TimeZone::get(time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let start = jiff::civil::Date::new(year, month, 1)
        .ok()?
        .to_zoned_datetime(zone)
        .ok()?;
    Some(Timestamp(start.timestamp().as_microsecond()))
}

/// The moments between which a day lies in that time zone.
fn day_between(time_zone: &str, year: i16, month: i8, day: i8) -> Option<(Timestamp, Timestamp)> {
    let date = jiff::civil::Date::new(year, month, day).ok()?;
    let zone = jiff::tz::TimeZone::get(time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let start = |date: jiff::civil::Date| {
        let moment = date.to_zoned_datetime(zone.clone()).ok()?;
        Some(Timestamp(moment.timestamp().as_microsecond()))
    };
    Some((start(date)?, start(date.tomorrow().ok()?)?))
}
