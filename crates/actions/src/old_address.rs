//! Where the addresses of the old site lead now, and how any address answers.

use std::collections::HashMap;

use editorial::{
    Id, Standing, Timestamp,
    changes::Target,
    page::Cursor,
    urls::{FeedFormat, FeedOf, Url},
};
use importer::address::{self, Asked, OldSite, Shape};
use store::{Store, StoreError};

use crate::{
    import_wxr::SOURCE,
    standing::{Reading, is_spelled_otherwise, reading, standing},
};

/// Old sites that one paper knows.
const SITES_MAX: u32 = 100;

/// How an address answers: where it leads, if it moved, and how that answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Where it leads by a 301; never to what would be not found.
    pub moved_to: Option<Url>,
    /// How it, or the address it leads to, answers.
    pub standing: Standing,
    /// The article that is not published where that is why it shows nothing:
    /// for the newsroom, never for readers.
    pub unpublished: Option<Id>,
}

impl Answer {
    const fn at(moved_to: Option<Url>, standing: Standing) -> Self {
        Self {
            moved_to,
            standing,
            unpublished: None,
        }
    }
}

/// How an address (path and query asked of `host`, or whole) answers: one of
/// this paper, or one of an old site. Nothing is rendered.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn answer(store: &Store, target: &str, host: Option<&str>) -> Result<Answer, StoreError> {
    answer_among(store, &old_sites(store).await?, target, host).await
}

/// [`answer`], for many addresses one after the other: `sites` are the
/// [`old_sites`] of the paper, read once.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn answer_among(
    store: &Store,
    sites: &[OldSite],
    target: &str,
    host: Option<&str>,
) -> Result<Answer, StoreError> {
    let (path, query) = address::path_and_query(target);
    let (first, then) = match reading(path, query) {
        Reading::Ours(url) => (Some(url), None),
        Reading::Old(url) => (None, url),
    };
    if let Some(url) = first {
        let own = of_ours(store, path, &url).await?;
        if own.standing != Standing::Nothing {
            return Ok(own);
        }
    }
    let old = of_old_among(store, sites, target, host).await?;
    match then {
        Some(url) if old.standing == Standing::Nothing => of_ours(store, path, &url).await,
        _ => Ok(old),
    }
}

async fn of_ours(store: &Store, path: &str, url: &Url) -> Result<Answer, StoreError> {
    let (canonical, standing) = standing(store, url).await?;
    let is_there = standing != Standing::Nothing;
    let is_another =
        canonical.to_string() != url.to_string() || is_there && is_spelled_otherwise(path, url);
    let moved_to = is_another.then_some(canonical);
    Ok(Answer::at(moved_to, standing))
}

/// How an address of an old site (path and query asked of `host`, or whole)
/// answers now; [`Standing::Nothing`] where it was none.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn of_old(store: &Store, target: &str, host: Option<&str>) -> Result<Answer, StoreError> {
    of_old_among(store, &old_sites(store).await?, target, host).await
}

async fn of_old_among(
    store: &Store,
    sites: &[OldSite],
    target: &str,
    host: Option<&str>,
) -> Result<Answer, StoreError> {
    let asked = Asked::of(target, host, sites);
    if let Some(answer) = by_key(store, &asked, |_| true).await? {
        return Ok(answer);
    }
    if let Some(url) = by_shape(store, &asked, target).await? {
        let (url, standing) = standing(store, &url).await?;
        let moved_to = Some(url).filter(|_| standing == Standing::Shown);
        return Ok(Answer::at(moved_to, standing));
    }
    // A page of a text that was parted: here the text is on one page.
    if let Some(whole) = asked.without_page() {
        let is_article = |target| matches!(target, Target::Article(_));
        if let Some(answer) = by_key(store, &whole, is_article).await? {
            return Ok(answer);
        }
    }
    Ok(Answer::at(None, Standing::Nothing))
}

/// What the keys of an address lead to, of the targets that are `wanted`.
async fn by_key(
    store: &Store,
    asked: &Asked<'_>,
    wanted: fn(Target) -> bool,
) -> Result<Option<Answer>, StoreError> {
    let keys = asked.keys();
    let found: HashMap<String, Target> = if keys.is_empty() {
        HashMap::new()
    } else {
        store.old_addresses(&keys).await?.into_iter().collect()
    };
    let targets = keys.iter().filter_map(|key| found.get(key));
    for target in targets.filter(|target| wanted(**target)) {
        let id = target.id();
        let Some((url, standing)) = store.target(*target).await? else {
            continue;
        };
        let url = match url {
            Url::Media(id, width) => Url::Media(id, width_for(asked.width(), width)),
            url if asked.is_feed() => feed_of(url),
            url => url,
        };
        // An article's own address says that it was taken back; one that is
        // not published does not tell its name.
        let tells = matches!(standing, Standing::Shown | Standing::Gone);
        return Ok(Some(Answer {
            moved_to: tells.then_some(url),
            standing,
            unpublished: (standing == Standing::Unpublished).then_some(id),
        }));
    }
    Ok(None)
}

/// The narrowest of our widths that is not below the one asked for; `own` where
/// none was, or ours are all narrower.
fn width_for(asked: Option<u32>, own: u32) -> u32 {
    let fits = |asked| media::WIDTHS.into_iter().find(|width| *width >= asked);
    asked.and_then(fits).unwrap_or(own)
}

/// The list or feed that an address means by its shape.
async fn by_shape(
    store: &Store,
    asked: &Asked<'_>,
    target: &str,
) -> Result<Option<Url>, StoreError> {
    Ok(match asked.shape() {
        Some(Shape::Home) => (target != "/").then_some(Url::Home),
        Some(Shape::Earlier) => Some(Url::Archive(None)),
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
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn old_sites(store: &Store) -> Result<Vec<OldSite>, StoreError> {
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

#[cfg(test)]
mod tests {
    use super::width_for;

    #[test]
    fn a_small_picture_stays_small() {
        for (asked, expect) in [
            (Some(150), 360),
            (Some(360), 360),
            (Some(361), 720),
            (Some(2_560), 1_200),
            (None, 1_200),
        ] {
            assert_eq!(width_for(asked, 1_200), expect, "{asked:?}");
        }
    }
}
