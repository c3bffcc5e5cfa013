//! Addresses that name nothing by themselves: front page, feeds, archives.

use super::parts::{pairs, query_key};

/// What an address means by its shape alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The front page.
    Home,
    /// A numbered page of the front page, from the second on: what was
    /// published earlier.
    Earlier,
    /// A feed of the site.
    SiteFeed,
    /// A sitemap of the site.
    Sitemap,
    /// The archive of a year, of a month, of a day.
    Date(i16, Option<i8>, Option<i8>),
}

/// The shape of a path, given by its parts below the site's folder, and query.
pub(super) fn of(parts: &[String], query: Option<&str>, is_feed: bool) -> Option<Shape> {
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    match parts.as_slice() {
        [] | ["index.php"] => front(query, is_feed),
        ["comments"] if is_feed => Some(Shape::SiteFeed),
        ["rss" | "rss2" | "atom" | "feed" | "wp-rss2.php" | "wp-rss.php" | "wp-atom.php"] => {
            Some(Shape::SiteFeed)
        }
        [file] if is_sitemap(file) => Some(Shape::Sitemap),
        [year] => date(year, None, None),
        [year, month] => date(year, Some(month), None),
        [year, month, day] => date(year, Some(month), Some(day)),
        _ => None,
    }
}

fn front(query: Option<&str>, is_feed: bool) -> Option<Shape> {
    // A number that is not known is not the front page.
    if query.and_then(query_key).is_some() {
        return None;
    }
    let value = |wanted: &str| {
        let mut pairs = pairs(query?);
        pairs.find_map(|(name, value)| (name == wanted && !value.is_empty()).then_some(value))
    };
    if is_feed {
        return Some(Shape::SiteFeed);
    }
    if let Some(digits) = value("m") {
        let part = |range| digits.get(range).filter(|part: &&str| !part.is_empty());
        return date(part(0..4)?, part(4..6), part(6..8));
    }
    if let Some(year) = value("year") {
        return date(year, value("monthnum"), value("day"));
    }
    Some(Shape::Home)
}

/// WordPress's own sitemaps, and those of the plugins for them.
fn is_sitemap(file: &str) -> bool {
    file.strip_suffix(".xml").is_some_and(|stem| {
        matches!(stem, "sitemap" | "sitemap_index" | "wp-sitemap")
            || stem.starts_with("wp-sitemap-")
            || stem
                .trim_end_matches(|c: char| c.is_ascii_digit())
                .ends_with("-sitemap")
    })
}

fn date(year: &str, month: Option<&str>, day: Option<&str>) -> Option<Shape> {
    let digits = |text: &str, count: usize| {
        text.len() <= count && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if year.len() != 4 || !digits(year, 4) {
        return None;
    }
    let small = |text: Option<&str>| match text {
        None => Some(None),
        Some(text) if digits(text, 2) => text.parse::<i8>().ok().map(Some),
        Some(_) => None,
    };
    let (year, month, day) = (year.parse().ok()?, small(month)?, small(day)?);
    jiff::civil::Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
    Some(Shape::Date(year, month, day))
}
