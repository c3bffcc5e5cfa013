//! Addresses of an old WordPress site: the key each is kept under, so that
//! every spelling of one address finds the same thing.
//!
//! A key is the decoded path in lower case and NFC, without host, trailing
//! slash, page number, feed and comment-page endings; `?p=12` and its sisters
//! are keys of their own. What a site's own export says is kept under
//! [`keys_to_keep`]; what a reader asks for is looked up under [`keys`], which
//! also try the picture behind a size of it, and the number behind a path. WordPress cuts a slug at 200 bytes of percent-encoded
//! text, which is 33 Arabic letters (198 bytes): a slug longer than that is
//! kept under its whole and under its cut spelling.

use editorial::urls::decode;
use unicode_normalization::UnicodeNormalization;

/// Bytes of percent-encoded text at which WordPress cuts a slug.
const SLUG_BYTES_MAX: usize = 200;
/// Bytes of a target that is looked at; a longer one was never an address.
const TARGET_BYTES_MAX: usize = 8 * 1024;

/// What an address means by its shape alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The front page or a numbered page of it.
    Home,
    /// A feed of the site.
    SiteFeed,
    /// The archive of a year, of a month, of a day.
    Date(i16, Option<i8>, Option<i8>),
}

/// Whether a query is one of WordPress's own addresses (`p=12`), not a
/// campaign's mark on an address of ours.
pub fn is_old_query(query: &str) -> bool {
    pairs(query).any(|(name, value)| {
        !value.is_empty()
            && matches!(
                name,
                "p" | "page_id"
                    | "attachment_id"
                    | "cat"
                    | "tag"
                    | "author"
                    | "author_name"
                    | "category_name"
                    | "m"
                    | "feed"
            )
    })
}

/// The keys under which an address is looked up, the exact one first. Empty
/// for the front page.
///
/// ```
/// # use importer::address::keys;
/// let key = keys("https://old.example/2017/09/%d8%a3%d8%b3%d8%aa%d8%a7%d9%86%d8%a7/comment-page-2/");
/// assert_eq!(key, ["/2017/09/أستانا"]);
/// assert_eq!(keys("/?page_id=12"), ["?p=12"]);
/// ```
pub fn keys(target: &str) -> Vec<String> {
    let (path, query) = split(target);
    let parts = parts(path);
    let mut keys = Vec::new();
    if !is_front(&parts) {
        keys = path_keys(&parts);
        if let (true, Some((file, folders))) = (is_upload(&parts), parts.split_last()) {
            for name in renditions_of(file) {
                keys.push(joined(folders) + "/" + &name);
            }
        }
    }
    keys.extend(query.and_then(query_key));
    keys
}

/// The keys under which an address that an export names is kept: the number
/// alone where it has one (`/blog/?p=12`), else its path.
pub fn keys_to_keep(target: &str) -> Vec<String> {
    let (path, query) = split(target);
    if let Some(key) = query.and_then(query_key) {
        return vec![key];
    }
    let parts = parts(path);
    if is_front(&parts) {
        return Vec::new();
    }
    let mut keys = path_keys(&parts);
    if let (true, Some((file, folders))) = (is_upload(&parts), parts.split_last()) {
        // WordPress scales a large picture down and names the copy so; the
        // sizes are named after the picture itself.
        if let Some(name) = without_ending(file, |stem| {
            stem.strip_suffix("-scaled")
                .or_else(|| stem.strip_suffix("-rotated"))
        }) {
            keys.push(joined(folders) + "/" + &name);
        }
    }
    keys
}

fn is_front(parts: &[String]) -> bool {
    matches!(parts, []) || matches!(parts, [only] if only == "index.php")
}

fn is_upload(parts: &[String]) -> bool {
    parts.iter().any(|part| part == "uploads")
}

fn joined(parts: &[String]) -> String {
    parts.iter().flat_map(|part| ["/", part.as_str()]).collect()
}

/// The path whole, and as WordPress cuts it.
fn path_keys(parts: &[String]) -> Vec<String> {
    let whole = joined(parts);
    if parts.iter().all(|part| part.len() <= SLUG_BYTES_MAX / 3) {
        return vec![whole];
    }
    let cut: String = parts
        .iter()
        .flat_map(|part| ["/", cut_slug(part)])
        .collect();
    if cut == whole {
        vec![whole]
    } else {
        vec![whole, cut]
    }
}

/// What the address means by its shape, where it names nothing by itself.
pub fn shape(target: &str) -> Option<Shape> {
    let (path, query) = split(target);
    let parts = parts(path);
    if parts.is_empty() {
        let value = |wanted: &str| {
            query
                .and_then(|query| pairs(query).find(|(name, _)| *name == wanted))
                .map(|(_, value)| value)
        };
        // A number that is not known is not the front page.
        if query.and_then(query_key).is_some() {
            return None;
        }
        if value("feed").is_some() || is_feed(target) {
            return Some(Shape::SiteFeed);
        }
        if let Some(digits) = value("m") {
            let part = |range| digits.get(range).filter(|part: &&str| !part.is_empty());
            return date(part(0..4)?, part(4..6), part(6..8));
        }
        return Some(Shape::Home);
    }
    match parts
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        ["comments"] if is_feed(target) => Some(Shape::SiteFeed),
        ["rss" | "rss2" | "atom" | "feed" | "wp-rss2.php" | "wp-rss.php" | "wp-atom.php"] => {
            Some(Shape::SiteFeed)
        }
        ["index.php"] => Some(Shape::Home),
        [year] => date(year, None, None),
        [year, month] => date(year, Some(month), None),
        [year, month, day] => date(year, Some(month), Some(day)),
        _ => None,
    }
}

/// Whether the address is that of a feed: of the site or of what stands before.
pub fn is_feed(target: &str) -> bool {
    let (path, query) = split(target);
    let mut last = path.trim_end_matches('/').rsplit('/');
    let end = last.next().unwrap_or("").to_ascii_lowercase();
    let before = last.next().unwrap_or("").to_ascii_lowercase();
    end == "feed"
        || (before == "feed" && matches!(end.as_str(), "rss" | "rss2" | "rdf" | "atom"))
        || query.is_some_and(|query| pairs(query).any(|(name, _)| name == "feed"))
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

/// The path and the query of an address, whole or without its host.
pub fn path_and_query(target: &str) -> (&str, Option<&str>) {
    match split(target) {
        ("", query) => ("/", query),
        both => both,
    }
}

fn split(target: &str) -> (&str, Option<&str>) {
    let target = target.get(..TARGET_BYTES_MAX).unwrap_or(target);
    let target = target.split('#').next().unwrap_or("");
    let local = match target.split_once("://") {
        Some((_, rest)) => rest.find(['/', '?']).map_or("", |at| &rest[at..]),
        None => target,
    };
    match local.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (local, None),
    }
}

fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query.split('&').filter_map(|pair| pair.split_once('='))
}

fn query_key(query: &str) -> Option<String> {
    pairs(query).find_map(|(name, value)| {
        let name = match name {
            "p" | "page_id" | "attachment_id" => "p",
            "cat" => "cat",
            "tag" => "tag",
            "author" => "author",
            "author_name" => "author_name",
            "category_name" => "category_name",
            _ => return None,
        };
        let value = clean(value);
        let value = value.rsplit('/').next().unwrap_or("");
        (!value.is_empty()).then(|| format!("?{name}={value}"))
    })
}

/// One part decoded, composed, in lower case, without what cannot stand in a
/// key: half a letter at a cut, NUL.
fn clean(part: &str) -> String {
    let decoded = decode(part);
    // Letters without case, digits and hyphens: nothing to fold.
    if decoded
        .chars()
        .all(|c| matches!(c, '-'..=':' | '_' | 'a'..='z' | '\u{0621}'..='\u{064A}'))
    {
        return decoded;
    }
    let decoded = decoded.replace(['\u{FFFD}', '\0'], "");
    let decoded: String = decoded.nfc().collect();
    decoded.to_lowercase().trim().to_owned()
}

/// The parts of a path that name something.
fn parts(path: &str) -> Vec<String> {
    let mut parts: Vec<String> = path
        .split('/')
        .map(clean)
        .filter(|part| !part.is_empty())
        .collect();
    if parts.first().is_some_and(|part| part == "index.php") && parts.len() > 1 {
        parts.remove(0);
    }
    loop {
        let number = |text: &String| text.bytes().all(|byte| byte.is_ascii_digit());
        let count = parts.len();
        match parts.as_slice() {
            [.., name, page] if name == "page" && number(page) => parts.truncate(count - 2),
            [.., page]
                if page
                    .strip_prefix("comment-page-")
                    .is_some_and(|rest| number(&rest.to_owned())) =>
            {
                parts.truncate(count - 1);
            }
            [.., feed, kind]
                if feed == "feed" && matches!(kind.as_str(), "rss" | "rss2" | "rdf" | "atom") =>
            {
                parts.truncate(count - 2);
            }
            [.., end] if matches!(end.as_str(), "feed" | "amp" | "embed" | "trackback") => {
                parts.truncate(count - 1)
            }
            _ => break,
        }
    }
    parts
}

/// The names that a rendition may be of, the nearest first: `map-300x200.jpg`
/// of `map.jpg`, and `map-scaled.jpg` of the same.
fn renditions_of(file: &str) -> Vec<String> {
    let size = without_ending(file, |stem| {
        let (stem, size) = stem.rsplit_once('-')?;
        let (width, height) = size.split_once('x')?;
        [width, height]
            .iter()
            .all(|side| !side.is_empty() && side.bytes().all(|byte| byte.is_ascii_digit()))
            .then_some(stem)
    });
    let copy = |name: &str| {
        without_ending(name, |stem| {
            stem.strip_suffix("-scaled")
                .or_else(|| stem.strip_suffix("-rotated"))
        })
    };
    let of_copy = copy(size.as_deref().unwrap_or(file));
    size.into_iter().chain(of_copy).collect()
}

/// The name of a file without what `strip` takes off before its dot.
fn without_ending(file: &str, strip: impl Fn(&str) -> Option<&str>) -> Option<String> {
    let (stem, ending) = file.rsplit_once('.')?;
    strip(stem).map(|stem| format!("{stem}.{ending}"))
}

/// A slug cut where WordPress cuts it, counted in percent-encoded bytes.
fn cut_slug(slug: &str) -> &str {
    let mut bytes = 0;
    for (at, letter) in slug.char_indices() {
        bytes += if letter.is_ascii() {
            1
        } else {
            3 * letter.len_utf8()
        };
        if bytes > SLUG_BYTES_MAX {
            return slug[..at].trim_end_matches('-');
        }
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;
    use editorial::urls::encode;

    #[test]
    fn every_spelling_of_an_address_has_one_key() {
        let slug = "انتهاء-الجولة-السادسة";
        let encoded = encode(slug);
        let decomposed: String = slug.nfd().collect();
        for spelled in [
            format!("https://old.example/2017/09/13/{slug}/"),
            format!("http://old.example/2017/09/13/{encoded}"),
            format!("/2017/09/13/{}/", encoded.to_lowercase()),
            format!("/2017/09/13/{}", encode(&decomposed)),
            format!("/2017/09/13/{encoded}/feed/"),
            format!("/2017/09/13/{encoded}/feed/atom"),
            format!("/2017/09/13/{encoded}/comment-page-3/"),
            format!("/2017/09/13/{encoded}/comment-page-3/#comment-7"),
            format!("//2017/09//13/{encoded}/amp/?utm_source=x"),
            format!("/index.php/2017/09/13/{encoded}/"),
        ] {
            assert_eq!(keys(&spelled), [format!("/2017/09/13/{slug}")], "{spelled}");
        }
    }

    #[test]
    fn a_cut_slug_finds_the_whole_one() {
        let slug = "أ".repeat(50);
        let whole = keys(&format!("/{slug}/"));
        let cut = keys(&format!("/{}", encode(&"أ".repeat(33))));
        assert_eq!(cut.len(), 1);
        assert_eq!(whole.len(), 2);
        assert_eq!(whole[1], cut[0]);
        // A cut in the middle of a letter leaves half of it in the address.
        assert_eq!(keys(&format!("/{}%D8", encode(&"أ".repeat(33)))), cut);
    }

    #[test]
    fn queries_are_keys_on_the_front_page_only() {
        assert_eq!(keys("/?p=12"), ["?p=12"]);
        assert_eq!(
            keys("https://old.example/?attachment_id=12&preview=true"),
            ["?p=12"]
        );
        assert_eq!(keys("/index.php?cat=4"), ["?cat=4"]);
        assert_eq!(keys("/about/?p=12"), ["/about", "?p=12"]);
        assert_eq!(keys("/about/?utm_source=x"), ["/about"]);
        // A site in a folder: the folder is no article.
        assert_eq!(keys_to_keep("https://old.example/blog/?p=12"), ["?p=12"]);
        assert!(is_old_query("p=12") && is_old_query("utm_source=x&page_id=1"));
        assert!(
            !is_old_query("before=1-2") && !is_old_query("utm_source=x") && !is_old_query("p=")
        );
    }

    #[test]
    fn uploads_are_known_in_every_size() {
        let kept = |file: &str| {
            keys_to_keep(&format!(
                "https://old.example/wp-content/uploads/2017/09/{file}"
            ))
        };
        for (original, asked) in [
            ("map.jpg", "map.jpg"),
            ("map.jpg", "map-300x200.jpg"),
            ("MAP.JPG", "MAP-1024x768.JPG"),
            ("map-scaled.jpg", "map-scaled.jpg"),
            ("map-scaled.jpg", "map-300x200.jpg"),
            ("map-scaled.jpg", "map.jpg"),
            ("map.jpg", "map-scaled.jpg"),
            ("map-rotated.jpg", "map-150x150.jpg"),
            ("banner-728x90.jpg", "banner-728x90.jpg"),
            ("banner-728x90.jpg", "banner-728x90-300x37.jpg"),
            ("خريطة.jpg", "%D8%AE%D8%B1%D9%8A%D8%B7%D8%A9-300x200.jpg"),
        ] {
            let asked = keys(&format!("/wp-content/uploads/2017/09/{asked}?ver=2"));
            assert!(
                kept(original).iter().any(|key| asked.contains(key)),
                "{original} {asked:?}"
            );
        }
        // Two pictures whose names look like sizes of one stay two.
        assert_ne!(kept("banner-728x90.jpg"), kept("banner-300x250.jpg"));
        assert_eq!(
            keys("/wp-content/uploads/a-3x.jpg"),
            ["/wp-content/uploads/a-3x.jpg"]
        );
    }

    #[test]
    fn shapes_are_read() {
        for (target, expect) in [
            ("/", Some(Shape::Home)),
            ("/page/4/", Some(Shape::Home)),
            ("/feed/", Some(Shape::SiteFeed)),
            ("/feed/atom/", Some(Shape::SiteFeed)),
            ("/comments/feed/", Some(Shape::SiteFeed)),
            ("/?feed=rss2", Some(Shape::SiteFeed)),
            ("/2017/", Some(Shape::Date(2017, None, None))),
            ("/2017/09/page/2", Some(Shape::Date(2017, Some(9), None))),
            ("/2017/09/13/", Some(Shape::Date(2017, Some(9), Some(13)))),
            ("/?m=201709", Some(Shape::Date(2017, Some(9), None))),
            ("/?p=12", None),
            ("/?feed=rss2&cat=9", None),
            ("/2017/13/", None),
            ("/٢٠١٧/", None),
            ("/2017/09/13/slug", None),
            ("/about", None),
        ] {
            assert_eq!(shape(target), expect, "{target}");
        }
    }

    #[test]
    fn hostile_targets_do_no_harm() {
        for target in [
            "",
            "?",
            "//",
            "%",
            "/%00%ff",
            "://",
            "x://",
            "/?m=20",
            "/?m=é",
            "/?m=2017é",
            "/page/page/1/feed/feed",
            "/..%2f..%2fetc",
        ] {
            let _ = (
                keys(target),
                keys_to_keep(target),
                shape(target),
                is_feed(target),
            );
        }
        assert!(keys(&"/a".repeat(100_000)).len() <= 3);
    }
}
