//! An address taken apart: path and query, decoded parts, names of files.

use editorial::urls::decode;
use unicode_normalization::UnicodeNormalization;

/// Bytes of percent-encoded text at which WordPress cuts a slug.
const SLUG_BYTES_MAX: usize = 200;
/// Bytes of a target that is looked at; a longer one was never an address.
const TARGET_BYTES_MAX: usize = 8 * 1024;
/// Queries that are addresses: as they are asked, and as they are kept.
const NUMBERS: [(&str, &str); 8] = [
    ("p", "p"),
    ("page_id", "p"),
    ("attachment_id", "p"),
    ("cat", "cat"),
    ("tag", "tag"),
    ("author", "author"),
    ("author_name", "author_name"),
    ("category_name", "category_name"),
];
/// Queries that are addresses by their shape.
const SHAPES: [&str; 4] = ["m", "year", "feed", PAGED];
/// The query that numbers the pages of a list.
const PAGED: &str = "paged";
/// Digits of the number of a page of a text at most.
const PAGE_DIGITS_MAX: usize = 3;

/// Host (empty where the address names none), path and query of an address.
pub(super) fn split(target: &str) -> (&str, &str, Option<&str>) {
    let mut end = target.len().min(TARGET_BYTES_MAX);
    while !target.is_char_boundary(end) {
        end -= 1;
    }
    let target = target[..end].split('#').next().unwrap_or("");
    let (host, local) = match target.split_once("://") {
        Some((_, rest)) => rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len())),
        None => ("", target),
    };
    match local.split_once('?') {
        Some((path, query)) => (host, path, Some(query)),
        None => (host, local, None),
    }
}

/// A host as it is compared: in lower case, without its port, without `www.`.
pub(super) fn host(named: &str) -> String {
    let named = named.rsplit('@').next().unwrap_or("");
    let bare = match named.rsplit_once(':') {
        Some((bare, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => bare,
        _ => named,
    };
    let bare = bare.trim_end_matches('.').to_lowercase().replace('\0', "");
    bare.strip_prefix("www.")
        .map_or_else(|| bare.clone(), str::to_owned)
}

pub(super) fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query.split('&').filter_map(|pair| pair.split_once('='))
}

/// Whether a query is one of WordPress's own addresses.
pub(super) fn is_address(query: &str) -> bool {
    pairs(query).any(|(name, value)| {
        !value.is_empty()
            && (SHAPES.contains(&name) || NUMBERS.iter().any(|(asked, _)| *asked == name))
    })
}

/// The key of a query that names a thing.
pub(super) fn query_key(query: &str) -> Option<String> {
    pairs(query).find_map(|(name, value)| {
        let (_, kept) = NUMBERS.iter().find(|(asked, _)| *asked == name)?;
        let value = clean(value);
        let value = value.rsplit('/').next().unwrap_or("");
        (!value.is_empty()).then(|| format!("?{kept}={value}"))
    })
}

/// The parts of a path, decoded; empty ones left out.
pub(super) fn decoded(path: &str) -> Vec<String> {
    path.split('/')
        .map(clean)
        .filter(|part| !part.is_empty())
        .collect()
}

/// The parts that name something, of a path in the folder that its first
/// `folder` parts are: without `index.php`, page number, feed and
/// comment-page endings.
pub(super) fn named(mut parts: Vec<String>, folder: usize) -> Vec<String> {
    if parts.get(folder).is_some_and(|part| part == "index.php") && parts.len() > folder + 1 {
        parts.remove(folder);
    }
    loop {
        let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let count = parts.len();
        match &parts[folder.min(count)..] {
            [.., name, page] if name == "page" && number(page) => parts.truncate(count - 2),
            [.., page] if page.strip_prefix("comment-page-").is_some_and(number) => {
                parts.truncate(count - 1);
            }
            [.., feed, kind]
                if feed == "feed" && matches!(kind.as_str(), "rss" | "rss2" | "rdf" | "atom") =>
            {
                parts.truncate(count - 2);
            }
            [.., end] if matches!(end.as_str(), "feed" | "amp" | "embed" | "trackback") => {
                parts.truncate(count - 1);
            }
            _ => return parts,
        }
    }
}

/// Whether an address is a numbered page of a list, from the second on.
pub(super) fn is_later_page(parts: &[String], query: Option<&str>) -> bool {
    let later = |number: &str| number.parse().is_ok_and(|number: u64| number > 1);
    let by_query = query
        .is_some_and(|query| pairs(query).any(|(name, number)| name == PAGED && later(number)));
    by_query || matches!(parts, [.., name, number] if name == "page" && later(number))
}

/// Whether the last part of a path may be the number of a page of a text.
pub(super) fn is_page(part: &str) -> bool {
    part.len() <= PAGE_DIGITS_MAX
        && !part.starts_with('0')
        && part.parse().is_ok_and(|number: u16| number > 0)
}

pub(super) fn joined(parts: &[String]) -> String {
    parts.iter().flat_map(|part| ["/", part.as_str()]).collect()
}

/// The path whole, and as WordPress cuts it.
pub(super) fn path_keys(parts: &[String]) -> Vec<String> {
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

/// The names that a rendition may be of, the nearest first: `map-300x200.jpg`
/// of `map.jpg`, and `map-scaled.jpg` of the same.
pub(super) fn renditions_of(file: &str) -> Vec<String> {
    let size = without_ending(file, |stem| Some(sized(stem)?.0));
    let of_copy = original_of(size.as_deref().unwrap_or(file));
    size.into_iter().chain(of_copy).collect()
}

/// The width that a rendition's name says, in pixels: 300 of `map-300x200.jpg`,
/// 600 of `map-300x200@2x.jpg`.
pub(super) fn width_of(file: &str) -> Option<u32> {
    let (stem, _) = file.rsplit_once('.')?;
    let (_, width) = sized(stem)?;
    let many = if stem.ends_with("@2x") { 2 } else { 1 };
    width.parse::<u32>().ok()?.checked_mul(many)
}

/// The name and the width of a rendition, of its name without the ending.
fn sized(stem: &str) -> Option<(&str, &str)> {
    let stem = stem.strip_suffix("@2x").unwrap_or(stem);
    let (stem, size) = stem.rsplit_once('-')?;
    let (width, height) = size.split_once('x')?;
    [width, height]
        .iter()
        .all(|side| !side.is_empty() && side.bytes().all(|byte| byte.is_ascii_digit()))
        .then_some((stem, width))
}

/// The name of the picture that a copy was made of: WordPress scales a large
/// picture down or turns it, and an editor's cut is named by its time.
pub(super) fn original_of(file: &str) -> Option<String> {
    without_ending(file, |stem| {
        let edited = |stem: &'_ str| -> Option<usize> {
            let (before, time) = stem.rsplit_once("-e")?;
            let is_time = time.len() == 13 && time.bytes().all(|byte| byte.is_ascii_digit());
            is_time.then_some(before.len())
        };
        stem.strip_suffix("-scaled")
            .or_else(|| stem.strip_suffix("-rotated"))
            .or_else(|| edited(stem).map(|end| &stem[..end]))
    })
}

/// The name of a file without what `strip` takes off before its dot.
fn without_ending(file: &str, strip: impl Fn(&str) -> Option<&str>) -> Option<String> {
    let (stem, ending) = file.rsplit_once('.')?;
    strip(stem)
        .filter(|stem| !stem.is_empty())
        .map(|stem| format!("{stem}.{ending}"))
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
