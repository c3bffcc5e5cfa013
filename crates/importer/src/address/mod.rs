//! Addresses of an old WordPress site: the key each is kept under, so that
//! every spelling of one address finds the same thing.
//!
//! A key is the decoded path in lower case and NFC, without host, trailing
//! slash, page number, feed and comment-page endings; `?p=12` and its sisters
//! are keys of their own. What a site's own export says is kept as [`Keeping`]
//! says; what a reader asks for is [`Asked`], which also tries the picture
//! behind a size of it, and the number behind a path. WordPress cuts a slug at
//! 200 bytes of percent-encoded text, which is 33 Arabic letters (198 bytes): a
//! slug longer than that is kept under its whole and under its cut spelling.

mod parts;
mod shape;
mod site;

use parts::{decoded, joined, named, path_keys, query_key, renditions_of, split};

pub use shape::Shape;
pub use site::{Keeping, OldSite, Upload};

/// Whether a query is one of WordPress's own addresses (`p=12`), not a
/// campaign's mark on an address of ours.
pub fn is_old_query(query: &str) -> bool {
    parts::is_address(query)
}

/// The path and the query of an address, whole or without its host.
pub fn path_and_query(target: &str) -> (&str, Option<&str>) {
    match split(target) {
        (_, "", query) => ("/", query),
        (_, path, query) => (path, query),
    }
}

/// An address that somebody asks for, told apart by the old sites it may be of.
#[derive(Debug)]
pub struct Asked<'a> {
    query: Option<&'a str>,
    /// What the path names, the site's folder with it.
    parts: Vec<String>,
    /// The same with `index.php` in it, where that made a difference.
    unchanged: Option<Vec<String>>,
    /// How many of `parts` are the site's folder.
    folder: usize,
    /// What may stand before the keys of numbers and of paths.
    prefixes: Vec<(String, String)>,
    /// Whether the paper knows one old site alone.
    alone: bool,
    is_feed: bool,
    /// Whether it is a numbered page of a list, from the second on.
    is_later_page: bool,
}

impl<'a> Asked<'a> {
    /// The width of the rendition that is asked for, in pixels, where the
    /// address names one: `…/uploads/2019/03/map-300x200.jpg`.
    pub fn width(&self) -> Option<u32> {
        parts::width_of(self.parts.last()?)
    }

    /// Reads an address: a path and query, asked of `host` where that is known,
    /// or a whole address, whose own host counts.
    ///
    /// Of the old sites of the paper it belongs to the one on that host whose
    /// folder is the deepest around the path, or, where none is on that host,
    /// to the only one that could be meant.
    ///
    /// ```
    /// # use importer::address::{Asked, OldSite};
    /// let sites: Vec<_> = ["https://a.example", "https://a.example/blog"]
    ///     .into_iter().filter_map(OldSite::of).collect();
    /// let asked = Asked::of("/blog/?p=12", Some("www.a.example:443"), &sites);
    /// assert_eq!(asked.keys(), ["//a.example/blog?p=12", "?p=12"]);
    /// ```
    pub fn of(target: &'a str, host: Option<&str>, sites: &[OldSite]) -> Self {
        let (own_host, path, query) = split(target);
        let host = if own_host.is_empty() {
            host.unwrap_or("")
        } else {
            own_host
        };
        let host = parts::host(host);
        let all = decoded(path);
        let around: Vec<(&OldSite, usize)> = sites
            .iter()
            .filter_map(|site| Some((site, site.holds(&all)?)))
            .collect();
        let here = around.iter().filter(|(site, _)| site.is_at(&host));
        let deepest = here.max_by_key(|(_, folder)| *folder);
        let folder = deepest
            .or_else(|| around.iter().max_by_key(|(_, folder)| *folder))
            .map_or(0, |(_, folder)| *folder);
        let mut meant = around.iter().filter(|(_, depth)| *depth == folder);
        let site = match (deepest, meant.next(), meant.next()) {
            (Some((site, _)), ..) | (None, Some((site, _)), None) => Some(*site),
            _ => None,
        };
        let mut prefixes: Vec<(String, String)> = site
            .iter()
            .map(|site| (site.prefix(), site.host_prefix()))
            .collect();
        if !host.is_empty() && !site.is_some_and(|site| site.is_at(&host)) {
            // Where no site is known, the whole path before a number is its folder.
            let ends = all.last().is_some_and(|part| part == "index.php");
            let way = joined(&all[..all.len() - usize::from(ends)]);
            prefixes.push((format!("//{host}{way}"), format!("//{host}")));
        }
        let is_later_page = parts::is_later_page(&all, query);
        let parts = named(all.clone(), folder);
        Self {
            query,
            // Where no folder was known, the way through it is part of a key.
            unchanged: Some(named(all, 0)).filter(|old| folder > 0 && *old != parts),
            parts,
            folder,
            prefixes,
            alone: sites.len() == 1,
            is_feed: is_feed(path, query),
            is_later_page,
        }
    }

    /// The same address without the number of a page of a text at its end,
    /// `/2019/03/04/long-read/2/`; `None` where it ends with none. Only an
    /// article has such pages.
    ///
    /// ```
    /// # use importer::address::Asked;
    /// let asked = Asked::of("/2019/long-read/2/", None, &[]);
    /// assert_eq!(asked.without_page().expect("a page").keys()[0], "/2019/long-read");
    /// assert!(Asked::of("/2019/long-read/02/", None, &[]).without_page().is_none());
    /// ```
    pub fn without_page(&self) -> Option<Self> {
        let shorter = |parts: &[String]| {
            let (last, rest) = parts.split_last()?;
            (rest.len() > self.folder && parts::is_page(last)).then(|| rest.to_vec())
        };
        Some(Self {
            query: None,
            parts: shorter(&self.parts)?,
            unchanged: self.unchanged.as_deref().and_then(shorter),
            folder: self.folder,
            prefixes: self.prefixes.clone(),
            alone: self.alone,
            is_feed: false,
            is_later_page: false,
        })
    }

    /// The keys under which the address is looked up, those of its site first,
    /// the exact one before others. Empty for the front page.
    pub fn keys(&self) -> Vec<String> {
        let rest = &self.parts[self.folder..];
        let mut paths = Vec::new();
        if !is_front(rest) {
            paths = with_renditions(&self.parts);
            paths.extend(self.unchanged.iter().map(|parts| joined(parts)));
        }
        let number = self.query.and_then(query_key);
        let mut keys = Vec::new();
        for (of_numbers, of_paths) in &self.prefixes {
            keys.extend(paths.iter().map(|key| format!("{of_paths}{key}")));
            keys.extend(number.iter().map(|key| format!("{of_numbers}{key}")));
        }
        keys.extend(paths.iter().cloned());
        keys.extend(number);
        if self.alone && self.folder > 0 && !is_front(rest) {
            keys.extend(with_renditions(rest));
        }
        for (_, of_paths) in &self.prefixes {
            keys.extend(paths.iter().map(|key| format!("~{of_paths}{key}")));
        }
        keys.extend(paths.iter().map(|key| format!("~{key}")));
        keys
    }

    /// What the address means by its shape, where it names nothing by itself.
    pub fn shape(&self) -> Option<Shape> {
        let shape = shape::of(&self.parts[self.folder..], self.query, self.is_feed);
        match shape {
            Some(Shape::Home) if self.is_later_page => Some(Shape::Earlier),
            shape => shape,
        }
    }

    /// Whether it is the address of a feed: of the site or of what stands
    /// before.
    pub fn is_feed(&self) -> bool {
        self.is_feed
    }
}

fn is_front(parts: &[String]) -> bool {
    matches!(parts, []) || matches!(parts, [only] if only == "index.php")
}

/// The keys of a path, and of what it may be a size of.
fn with_renditions(parts: &[String]) -> Vec<String> {
    let mut keys = path_keys(parts);
    if let Some((file, folders)) = parts.split_last() {
        for name in renditions_of(file) {
            keys.push(joined(folders) + "/" + &name);
        }
    }
    keys
}

fn is_feed(path: &str, query: Option<&str>) -> bool {
    let mut last = path.trim_end_matches('/').rsplit('/');
    let end = last.next().unwrap_or("").to_ascii_lowercase();
    let before = last.next().unwrap_or("").to_ascii_lowercase();
    end == "feed"
        || (before == "feed" && matches!(end.as_str(), "rss" | "rss2" | "rdf" | "atom"))
        || query.is_some_and(|query| parts::pairs(query).any(|(name, _)| name == "feed"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use editorial::urls::encode;
    use unicode_normalization::UnicodeNormalization as _;

    /// The keys that any site's addresses have.
    fn keys(target: &str) -> Vec<String> {
        let asked = Asked::of(target, None, &[]);
        let mut keys = asked.keys();
        keys.retain(|key| !key.starts_with("//") && !key.starts_with('~'));
        keys
    }

    fn shape(target: &str) -> Option<Shape> {
        Asked::of(target, None, &[]).shape()
    }

    fn keys_to_keep(url: &str) -> Vec<String> {
        Keeping::of("https://old.example", false).address(url)
    }

    /// Whether what `keeping` keeps is what is asked of that host and found
    /// first among `other`.
    fn finds(own: &[String], other: &[String], asked: &Asked<'_>) -> bool {
        let found = asked
            .keys()
            .into_iter()
            .find(|key| own.contains(key) || other.contains(key));
        found.is_some_and(|key| own.contains(&key))
    }

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
        assert_eq!(keys_to_keep("https://old.example/?p=12"), ["?p=12"]);
        assert!(is_old_query("p=12") && is_old_query("utm_source=x&page_id=1"));
        assert!(
            !is_old_query("before=1-2") && !is_old_query("utm_source=x") && !is_old_query("p=")
        );
    }

    #[test]
    fn a_rendition_tells_its_width() {
        for (path, expect) in [
            ("/wp-content/uploads/2019/03/map-300x200.jpg", Some(300)),
            ("/wp-content/uploads/2019/03/map-300x200@2x.jpg", Some(600)),
            ("/wp-content/uploads/2019/03/map.jpg", None),
            ("/wp-content/uploads/2019/03/map-x200.jpg", None),
            ("/wp-content/uploads/map-99999999999x1.jpg", None),
            ("/", None),
        ] {
            assert_eq!(Asked::of(path, None, &[]).width(), expect, "{path}");
        }
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
            ("map-e1490000000000.jpg", "map-300x200.jpg"),
            ("map.jpg", "map-e1490000000000-300x200.jpg"),
            ("map.jpg", "map-300x200@2x.jpg"),
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
            ("/page/4/", Some(Shape::Earlier)),
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
            let sites = [OldSite::of("https://old.example/a").expect("a host")];
            let asked = Asked::of(target, Some("\0:x"), &sites);
            let _ = (asked.keys(), asked.shape(), asked.is_feed());
            let _ = (
                keys_to_keep(target),
                path_and_query(target),
                OldSite::of(target),
            );
        }
        assert!(keys(&"/a".repeat(100_000)).len() <= 3);
        assert!(keys(&"é".repeat(100_000)).len() <= 3);
    }

    #[test]
    fn a_site_in_a_folder_answers_as_one_at_the_root() {
        let url = "https://old.example/Blog";
        let sites = [OldSite::of(url).expect("a host")];
        for shared in [false, true] {
            let keeping = Keeping::of(url, shared);
            for (kept, asked) in [
                (
                    keeping.address("https://old.example/blog/2017/05/x/"),
                    "/blog/2017/05/x/feed/",
                ),
                (
                    keeping.address("https://old.example/blog/index.php/2017/x/"),
                    "/blog/2017/x",
                ),
                (
                    keeping.address("https://old.example/blog/2017/x/"),
                    "/blog/index.php/2017/x/",
                ),
                (keeping.below("/category/x/"), "/BLOG/category/x/page/2/"),
                (keeping.below("/tag/x/"), "/blog/tag/x/feed/atom/"),
                (keeping.number("p", "12"), "/blog/?p=12"),
                (keeping.number("p", "12"), "/blog/index.php?page_id=12&x=y"),
                (keeping.number("cat", "3"), "/blog?cat=3&paged=2"),
                (
                    keeping.address("https://old.example/blog/wp-content/uploads/2017/map.jpg"),
                    "/blog/wp-content/uploads/2017/map-300x200.jpg",
                ),
                // Kept before the folder was known.
                (vec!["/category/x".to_owned()], "/blog/category/x/"),
                (vec!["/blog/index.php/x".to_owned()], "/blog/index.php/x/"),
            ] {
                for host in [None, Some("old.example"), Some("new.example")] {
                    let asked = Asked::of(asked, host, &sites);
                    assert!(finds(&kept, &[], &asked), "{kept:?} {:?}", asked.keys());
                }
            }
        }
        for (target, expect) in [
            ("/blog", Some(Shape::Home)),
            ("/blog/page/2/", Some(Shape::Earlier)),
            ("/blog/?paged=3", Some(Shape::Earlier)),
            ("/blog/page/1/", Some(Shape::Home)),
            ("/blog/?paged=1", Some(Shape::Home)),
            ("/blog/index.php", Some(Shape::Home)),
            ("/blog/feed/", Some(Shape::SiteFeed)),
            ("/blog/?feed=rss2", Some(Shape::SiteFeed)),
            ("/blog/comments/feed/", Some(Shape::SiteFeed)),
            ("/blog/2017/", Some(Shape::Date(2017, None, None))),
            (
                "/blog/2017/05/page/2/",
                Some(Shape::Date(2017, Some(5), None)),
            ),
            (
                "/blog/2017/05/03/",
                Some(Shape::Date(2017, Some(5), Some(3))),
            ),
            ("/blog/?m=201705", Some(Shape::Date(2017, Some(5), None))),
            (
                "/blog/?year=2017&monthnum=5",
                Some(Shape::Date(2017, Some(5), None)),
            ),
            ("/blog/wp-sitemap.xml", Some(Shape::Sitemap)),
            ("/blog/post-sitemap2.xml", Some(Shape::Sitemap)),
            ("/blog/?p=99", None),
            ("/elsewhere/2017/05/", None),
        ] {
            assert_eq!(Asked::of(target, None, &sites).shape(), expect, "{target}");
        }
    }

    #[test]
    fn of_two_sites_the_host_and_the_folder_decide() {
        let urls = [
            "https://a.example",
            "https://www.b.example",
            "https://a.example/blog",
        ];
        let sites: Vec<OldSite> = urls.iter().filter_map(|url| OldSite::of(url)).collect();
        // The first was there alone: its keys are as any site's.
        let first = Keeping::of(urls[0], false).number("p", "5");
        let second = Keeping::of(urls[1], true).number("p", "5");
        let third = Keeping::of(urls[2], true).number("p", "5");
        let apart = |keys: &[String]| keys[1..].to_vec();
        let (second, third) = (apart(&second), apart(&third));
        let all = [first.clone(), second.clone(), third.clone()].concat();
        let others = |own: &[String]| {
            let mut others = all.clone();
            others.retain(|key| !own.contains(key));
            others
        };
        for (host, target, own) in [
            (Some("a.example"), "/?p=5", &first),
            (Some("WWW.A.example:8080"), "/?p=5", &first),
            (None, "https://a.example/?p=5", &first),
            (Some("b.example"), "/?p=5", &second),
            (Some("b.example."), "/?page_id=5", &second),
            (Some("a.example"), "https://b.example/?p=5", &second),
            (Some("a.example"), "/blog/?p=5", &third),
            // A name that no site had: the folder can be one site's only.
            (Some("new.example"), "/blog/?p=5", &third),
            // Two sites could be meant: the first that came.
            (Some("new.example"), "/?p=5", &first),
            (None, "/?p=5", &first),
        ] {
            let asked = Asked::of(target, host, &sites);
            let others = others(own);
            assert!(
                finds(own, &others, &asked),
                "{host:?} {target} {:?}",
                asked.keys()
            );
        }
        // Paths are told apart in the same way.
        let kept = Keeping::of(urls[1], true).below("/about/");
        assert_eq!(kept, ["/about", "//b.example/about"]);
        let asked = Asked::of("/about", Some("b.example"), &sites);
        assert!(finds(&kept[1..], &kept[..1], &asked));
    }

    #[test]
    fn a_guid_of_another_site_is_not_a_number_of_this_one() {
        let keeping = Keeping::of("https://old.example", false);
        let kept = keeping.address("http://before.example/site/?p=17");
        assert_eq!(kept, ["//before.example/site?p=17"]);
        let sites = [OldSite::of("https://old.example").expect("a host")];
        let asked = |target| Asked::of(target, Some("old.example"), &sites);
        assert!(finds(
            &kept,
            &[],
            &asked("http://before.example/site/?p=17")
        ));
        assert!(!finds(&kept, &[], &asked("/?p=17")));
        // A path of another host is the same text's address on both.
        let kept = keeping.address("https://cdn.example/wp-content/uploads/a.jpg");
        assert_eq!(kept.len(), 2);
        assert!(finds(&kept, &[], &asked("/wp-content/uploads/a-30x20.jpg")));
        // A name of before stands behind the one that has it now.
        let former = keeping.former("https://old.example/x/");
        assert!(finds(&former, &[], &asked("/x")));
        assert!(!finds(&former, &keeping.below("/x/"), &asked("/x")));
    }
}
