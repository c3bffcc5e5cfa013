//! How the paper's own addresses answer, without rendering what they show; and
//! which of the lists of the store each is.

use editorial::{
    Standing, Timestamp,
    changes::Target,
    page::{Cursor, SITEMAP_ADDRESSES},
    urls::{FeedOf, Url, decode},
};
use importer::address;
use store::{ListOf, Store, StoreError};

/// How an address is read first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// As one of ours; where nothing stands there, as an old one.
    Ours(Url),
    /// As an old one; where it was none, as this one of ours.
    Old(Option<Url>),
}

/// How a request's path and query are read: as an address of ours, but for
/// those with a query that is an address of WordPress (`/?p=12`). Such a query
/// behind an address of ours may be a campaign's mark, so ours comes second;
/// the front page with the number of nothing is nothing. One of ours with a
/// slash at its end comes second too: WordPress ends all of its own so.
pub fn reading(path: &str, query: Option<&str>) -> Reading {
    let url = Url::parse(path, query);
    // WordPress's queries have some names in common with those of search.
    if let Some(url @ (Url::Search(_) | Url::Suggest(_))) = url {
        return Reading::Ours(url);
    }
    if query.is_some_and(address::is_old_query) {
        return Reading::Old(url.filter(|url| *url != Url::Home));
    }
    url.map_or_else(
        || {
            let bare = path.strip_suffix('/').filter(|bare| !bare.is_empty());
            let bare = bare.and_then(|bare| Url::parse(bare, query));
            Reading::Old(bare.filter(is_for_readers))
        },
        Reading::Ours,
    )
}

/// Whether it is the address of something that people read and write down.
const fn is_for_readers(url: &Url) -> bool {
    matches!(
        url,
        Url::Article(..)
            | Url::Section(..)
            | Url::Tag(..)
            | Url::Author(..)
            | Url::Archive(_)
            | Url::Day(..)
            | Url::Page(_)
            | Url::Search(_)
            | Url::Feed(..)
    )
}

/// Whether a path is another spelling of the address that it was read as:
/// `/section/سوريا/` or `/archive/2017/9/3`.
pub fn is_spelled_otherwise(path: &str, url: &Url) -> bool {
    let own = url.to_string();
    let own = own.split('?').next().unwrap_or_default();
    own != path && decode(own) != decode(path)
}

/// Which list an address shows or feeds, and from where; `None` where it is no
/// list. A day lies between two midnights of `time_zone`.
pub fn list_of(url: &Url, time_zone: &str) -> Option<(ListOf, Option<Cursor>)> {
    Some(match url {
        Url::Section(slug, cursor) => (ListOf::Section(slug.clone()), *cursor),
        Url::Tag(slug, cursor) => (ListOf::Tag(slug.clone()), *cursor),
        Url::Author(slug, cursor) => (ListOf::Author(slug.clone()), *cursor),
        Url::Archive(cursor) => (ListOf::Latest, *cursor),
        Url::Feed(FeedOf::Site, _) => (ListOf::Latest, None),
        Url::Feed(FeedOf::Section(slug), _) => (ListOf::Section(slug.clone()), None),
        Url::Feed(FeedOf::Tag(slug), _) => (ListOf::Tag(slug.clone()), None),
        Url::Feed(FeedOf::Author(slug), _) => (ListOf::Author(slug.clone()), None),
        Url::Day(year, month, day, cursor) => {
            let (from, until) = day_between(time_zone, *year, *month, *day)?;
            let day = (*year, *month, *day);
            (ListOf::Between { from, until, day }, *cursor)
        }
        _ => return None,
    })
}

/// What stands at an address of ours, and the address under which it does.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn standing(store: &Store, url: &Url) -> Result<(Url, Standing), StoreError> {
    let at = |standing| Ok((url.clone(), standing));
    match url {
        Url::Article(id, _) => match store.target(Target::Article(*id)).await? {
            // What is not published does not tell its name.
            None | Some((_, Standing::Unpublished)) => at(Standing::Nothing),
            Some(found) => Ok(found),
        },
        Url::Page(slug) => match store.page_standing(slug).await? {
            Standing::Unpublished => at(Standing::Nothing),
            standing => at(standing),
        },
        Url::Media(id, width) => match store.target(Target::Media(*id)).await? {
            Some((_, Standing::NotCarriedOver)) => at(Standing::NotCarriedOver),
            Some((Url::Media(..), Standing::Shown)) if media::is_width(*width) => {
                at(Standing::Shown)
            }
            _ => at(Standing::Nothing),
        },
        Url::File(id, _) => match store.target(Target::Media(*id)).await? {
            Some((Url::Media(..), Standing::Shown)) | None => at(Standing::Nothing),
            Some((_, Standing::NotCarriedOver)) => at(Standing::NotCarriedOver),
            Some(found) => Ok(found),
        },
        Url::Sitemap(number) => {
            let sitemaps = store.sitemap_count(SITEMAP_ADDRESSES).await?.value;
            let is_there = (0..=sitemaps).contains(number);
            at(if is_there {
                Standing::Shown
            } else {
                Standing::Nothing
            })
        }
        _ => at(standing_of_list(store, url).await?),
    }
}

/// What stands at a list or a feed; every other address is always shown.
async fn standing_of_list(store: &Store, url: &Url) -> Result<Standing, StoreError> {
    let time_zone = match url {
        Url::Day(..) => store.settings().await?.time_zone,
        _ => String::new(),
    };
    let Some((of, cursor)) = list_of(url, &time_zone) else {
        let is_day = matches!(url, Url::Day(..));
        return Ok(if is_day {
            Standing::Nothing
        } else {
            Standing::Shown
        });
    };
    let is_day = matches!(of, ListOf::Between { .. });
    let (is_later_page, is_always_there) = (cursor.is_some(), of == ListOf::Latest);
    if is_always_there && !is_later_page {
        return Ok(Standing::Shown);
    }
    // Whether there is any line matters for some lists only.
    let lines = u32::from(is_day || is_later_page);
    let list = store.list(&of, cursor, lines).await?.value;
    Ok(list.map_or(Standing::Nothing, |(_, list)| {
        Standing::of_list(is_day, is_later_page, list.articles.is_empty())
    }))
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

#[cfg(test)]
mod tests {
    use super::*;
    use editorial::Id;

    #[test]
    fn a_query_of_wordpress_is_read_first_but_not_alone() {
        let article = Url::Article(Id::new(5).expect("in range"), String::new());
        for (path, query, expect) in [
            ("/", None, Reading::Ours(Url::Home)),
            ("/", Some("utm_source=x"), Reading::Ours(Url::Home)),
            ("/", Some("p=12"), Reading::Old(None)),
            (
                "/a/5",
                Some("tag=letter"),
                Reading::Old(Some(article.clone())),
            ),
            ("/a/5", Some("before=1"), Reading::Ours(article)),
            ("/2017/05/", None, Reading::Old(None)),
            (
                "/page/about/",
                None,
                Reading::Old(Some(Url::Page("about".into()))),
            ),
            ("//", None, Reading::Old(None)),
            ("/favicon.ico/", None, Reading::Old(None)),
        ] {
            assert_eq!(reading(path, query), expect, "{path} {query:?}");
        }
    }

    #[test]
    fn other_spellings_are_seen() {
        for (path, is_other) in [
            ("/section/%d8%b3", false),
            ("/section/%D8%B3", false),
            ("/section/%D8%B3/", true),
            ("/archive/2017/09/03", false),
            ("/archive/2017/9/3", true),
        ] {
            let bare = path.trim_end_matches('/');
            let url = Url::parse(bare, Some("before=5-7")).expect("an address");
            assert_eq!(is_spelled_otherwise(path, &url), is_other, "{path}");
        }
    }
}
