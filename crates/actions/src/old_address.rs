//! Where the addresses of the old site lead now.

use editorial::{
    Id, Timestamp,
    page::Cursor,
    urls::{FeedFormat, FeedOf, Url},
};
use importer::address::{self, Shape};
use store::StoreError;

use crate::site::Site;

impl Site {
    /// Where an address of the old site (path and query, or whole) leads now;
    /// `None` where it was none.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn moved_to(&self, target: &str) -> Result<Option<Url>, StoreError> {
        for key in address::keys(target) {
            if let Some(found) = self.store.old_address(&key).await?
                && let Some(url) = self.store.target_url(found).await?
            {
                return Ok(Some(if address::is_feed(target) {
                    feed_of(url)
                } else {
                    url
                }));
            }
        }
        Ok(match address::shape(target) {
            Some(Shape::Home) => (target != "/").then_some(Url::Home),
            Some(Shape::SiteFeed) => Some(Url::Feed(FeedOf::Site, FeedFormat::Rss)),
            Some(Shape::Date(year, Some(month), Some(day))) => {
                Some(Url::Day(year, month, day, None))
            }
            Some(Shape::Date(year, month, _)) => {
                let settings = self.store.settings().await?;
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
