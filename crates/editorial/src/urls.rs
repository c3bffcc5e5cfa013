//! Addresses: every URL of the site is made and read here, nowhere else.

use crate::{ArticleKind, Id, page::Cursor, search::Asked};

/// An address of the reader site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Url {
    /// `/`
    Home,
    /// `/a/{id}/{slug}`
    Article(Id, String),
    /// `/section/{slug}`
    Section(String, Option<Cursor>),
    /// `/tag/{slug}`
    Tag(String, Option<Cursor>),
    /// `/author/{slug}`
    Author(String, Option<Cursor>),
    /// `/archive`: everything, newest first.
    Archive(Option<Cursor>),
    /// `/archive/{yyyy}/{mm}/{dd}`
    Day(i16, i8, i8, Option<Cursor>),
    /// `/page/{slug}`
    Page(String),
    /// `/search?q=…`
    Search(Asked),
    /// `/search/suggest?q=…`: what words that are being typed may become.
    Suggest(String),
    /// `/opensearch.xml`: how browsers search the site.
    OpenSearch,
    /// `/media/{id}/{width}.jpg`; the width 0 is the picture for sharing.
    Media(Id, u32),
    /// `/file/{id}/{name}`: a file that is no picture, to be downloaded. The id
    /// decides.
    File(Id, String),
    /// `/feed.xml`, or below a list: `/section/{slug}/feed.xml`.
    Feed(FeedOf, FeedFormat),
    /// `/sitemap.xml`
    SitemapIndex,
    /// `/sitemap/{n}.xml`: 0 has the front page, lists and standing pages, those
    /// from 1 the articles.
    Sitemap(u32),
    /// `/news-sitemap.xml`
    NewsSitemap,
    /// `/robots.txt`
    Robots,
    /// `/live/ticker`
    LiveTicker,
    /// `/live/ticker.json`
    LiveTickerJson,
    /// `/comments/{article}`: all comments under an article, in pages from 1, the
    /// oldest or the newest thread first; none where the site's order is meant.
    Comments(Id, u32, Option<bool>),
    /// `/comments/{article}/write`: a page of its own for a comment, perhaps as the
    /// answer to another.
    WriteComment(Id, Option<Id>),
    /// `/comments/at/{comment}`: leads to the page that shows it.
    CommentAt(Id),
    /// `/comments/mine`: what somebody wrote lately, by cookie.
    OwnComments,
    /// `/comments/report/{comment}`
    ReportComment(Id),
    /// `/comments/ticket`: when somebody began to write, signed.
    CommentTicket,
    /// `/comments/data`: a reader asks for what is kept of him.
    CommentData,
    /// `/comments/data/{token}`: what is kept of him.
    OwnCommentData(String),
    /// `/healthz`
    Health,
    /// `/readyz`
    Ready,
    /// `/assets/{name}`
    Asset(String),
    /// `/favicon.ico`
    Icon,
}

/// What a feed is the feed of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeedOf {
    /// The site.
    Site,
    /// A section, by slug.
    Section(String),
    /// A tag, by slug.
    Tag(String),
    /// An author, by slug.
    Author(String),
}

/// In which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedFormat {
    /// RSS 2.0, `feed.xml`.
    Rss,
    /// Atom, `atom.xml`.
    Atom,
    /// JSON Feed 1.1, `feed.json`.
    Json,
}

impl FeedFormat {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Rss, Self::Atom, Self::Json];

    /// The last part of its address.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Rss => "feed.xml",
            Self::Atom => "atom.xml",
            Self::Json => "feed.json",
        }
    }
}

impl std::fmt::Display for Url {
    /// The path, percent-encoded.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let list = |out: &mut std::fmt::Formatter<'_>,
                    base: &str,
                    slug: &str,
                    cursor: &Option<Cursor>| {
            write!(out, "{base}{}", encode(slug))?;
            match cursor {
                Some(Cursor { published_at, id }) => write!(out, "?before={}-{id}", published_at.0),
                None => Ok(()),
            }
        };
        match self {
            Self::Home => out.write_str("/"),
            Self::Article(id, slug) if slug.is_empty() => write!(out, "/a/{id}"),
            Self::Article(id, slug) => write!(out, "/a/{id}/{}", encode(slug)),
            Self::Section(slug, cursor) => list(out, "/section/", slug, cursor),
            Self::Tag(slug, cursor) => list(out, "/tag/", slug, cursor),
            Self::Author(slug, cursor) => list(out, "/author/", slug, cursor),
            Self::Archive(cursor) => list(out, "/archive", "", cursor),
            Self::Day(year, month, day, cursor) => {
                let day = format!("/archive/{year:04}/{month:02}/{day:02}");
                list(out, &day, "", cursor)
            }
            Self::Page(slug) => write!(out, "/page/{}", encode(slug)),
            Self::Search(asked) => write!(out, "/search{asked}"),
            Self::Suggest(typed) => write!(out, "/search/suggest?q={}", encode(typed)),
            Self::OpenSearch => out.write_str("/opensearch.xml"),
            Self::Media(id, 0) => write!(out, "/media/{id}/share.jpg"),
            Self::Media(id, width) => write!(out, "/media/{id}/{width}.jpg"),
            Self::File(id, name) => write!(out, "/file/{id}/{}", encode(name)),
            Self::Feed(of, format) => {
                match of {
                    FeedOf::Site => {}
                    FeedOf::Section(slug) => write!(out, "/section/{}", encode(slug))?,
                    FeedOf::Tag(slug) => write!(out, "/tag/{}", encode(slug))?,
                    FeedOf::Author(slug) => write!(out, "/author/{}", encode(slug))?,
                }
                write!(out, "/{}", format.file_name())
            }
            Self::SitemapIndex => out.write_str("/sitemap.xml"),
            Self::Sitemap(number) => write!(out, "/sitemap/{number}.xml"),
            Self::NewsSitemap => out.write_str("/news-sitemap.xml"),
            Self::Robots => out.write_str("/robots.txt"),
            Self::LiveTicker => out.write_str("/live/ticker"),
            Self::LiveTickerJson => out.write_str("/live/ticker.json"),
            Self::Comments(article, page, newest_first) => {
                write!(out, "/comments/{article}")?;
                let mut sign = '?';
                if let Some(newest_first) = newest_first {
                    let order = if *newest_first { "newest" } else { "oldest" };
                    write!(out, "{sign}order={order}")?;
                    sign = '&';
                }
                if *page > 1 {
                    write!(out, "{sign}page={page}")?;
                }
                Ok(())
            }
            Self::WriteComment(article, None) => write!(out, "/comments/{article}/write"),
            Self::WriteComment(article, Some(to)) => {
                write!(out, "/comments/{article}/write?to={to}")
            }
            Self::CommentAt(id) => write!(out, "/comments/at/{id}"),
            Self::OwnComments => out.write_str("/comments/mine"),
            Self::ReportComment(id) => write!(out, "/comments/report/{id}"),
            Self::CommentTicket => out.write_str("/comments/ticket"),
            Self::CommentData => out.write_str("/comments/data"),
            Self::OwnCommentData(token) => write!(out, "/comments/data/{}", encode(token)),
            Self::Health => out.write_str("/healthz"),
            Self::Ready => out.write_str("/readyz"),
            Self::Asset(name) => write!(out, "/assets/{name}"),
            Self::Icon => out.write_str("/favicon.ico"),
        }
    }
}

impl Url {
    /// The address of an article, or of a standing page.
    pub fn of_article(kind: ArticleKind, id: Id, slug: String) -> Self {
        match kind {
            ArticleKind::Story => Self::Article(id, slug),
            ArticleKind::Page => Self::Page(slug),
        }
    }

    /// Reads a request's path and query. `None` where no page has that address.
    pub fn parse(path: &str, query: Option<&str>) -> Option<Self> {
        let cursor = query.and_then(read_cursor);
        let decoded: Vec<String> = path.strip_prefix('/')?.split('/').map(decode).collect();
        let parts: Vec<&str> = decoded.iter().map(String::as_str).collect();
        let feed = |name: &str| {
            FeedFormat::ALL
                .into_iter()
                .find(|format| format.file_name() == name)
        };
        Some(match parts.as_slice() {
            [""] => Self::Home,
            ["a", id] => Self::Article(Id::parse(id)?, String::new()),
            ["a", id, slug] => Self::Article(Id::parse(id)?, (*slug).to_owned()),
            ["section", slug] => Self::Section((*slug).to_owned(), cursor),
            ["tag", slug] => Self::Tag((*slug).to_owned(), cursor),
            ["author", slug] => Self::Author((*slug).to_owned(), cursor),
            ["section", slug, name] => Self::Feed(FeedOf::Section((*slug).to_owned()), feed(name)?),
            ["tag", slug, name] => Self::Feed(FeedOf::Tag((*slug).to_owned()), feed(name)?),
            ["author", slug, name] => Self::Feed(FeedOf::Author((*slug).to_owned()), feed(name)?),
            ["archive"] => Self::Archive(cursor),
            ["archive", year, month, day] => {
                let (year, month, day) =
                    (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
                jiff::civil::Date::new(year, month, day).ok()?;
                Self::Day(year, month, day, cursor)
            }
            ["page", slug] => Self::Page((*slug).to_owned()),
            ["search"] => Self::Search(Asked::parse(query)),
            ["search", "suggest"] => Self::Suggest(Asked::parse(query).words),
            ["opensearch.xml"] => Self::OpenSearch,
            ["media", id, "share.jpg"] => Self::Media(Id::parse(id)?, 0),
            ["media", id, file] => {
                let width = file
                    .strip_suffix(".jpg")?
                    .parse()
                    .ok()
                    .filter(|width| *width > 0)?;
                Self::Media(Id::parse(id)?, width)
            }
            ["file", id, name] => Self::File(Id::parse(id)?, (*name).to_owned()),
            ["sitemap.xml"] => Self::SitemapIndex,
            ["sitemap", file] => Self::Sitemap(file.strip_suffix(".xml")?.parse().ok()?),
            ["news-sitemap.xml"] => Self::NewsSitemap,
            ["robots.txt"] => Self::Robots,
            ["live", "ticker"] => Self::LiveTicker,
            ["live", "ticker.json"] => Self::LiveTickerJson,
            ["comments", "mine"] => Self::OwnComments,
            ["comments", "at", id] => Self::CommentAt(Id::parse(id)?),
            ["comments", "ticket"] => Self::CommentTicket,
            ["comments", "data"] => Self::CommentData,
            ["comments", "data", token] => Self::OwnCommentData((*token).to_owned()),
            ["comments", "report", id] => Self::ReportComment(Id::parse(id)?),
            ["comments", article] => {
                let page = read_value(query, "page").and_then(|page| page.parse().ok());
                let newest_first = match read_value(query, "order") {
                    Some("newest") => Some(true),
                    Some("oldest") => Some(false),
                    _ => None,
                };
                Self::Comments(Id::parse(article)?, page.unwrap_or(1).max(1), newest_first)
            }
            ["comments", article, "write"] => {
                let to = read_value(query, "to").and_then(Id::parse);
                Self::WriteComment(Id::parse(article)?, to)
            }
            ["healthz"] => Self::Health,
            ["readyz"] => Self::Ready,
            ["favicon.ico"] => Self::Icon,
            ["assets", name] => Self::Asset((*name).to_owned()),
            [name] => Self::Feed(FeedOf::Site, feed(name)?),
            _ => return None,
        })
    }
}

/// Whether an address is a path of this site: `/a/5`, and not `//elsewhere`. Browsers read `\` as
/// `/` and leave tabs and line breaks out (WHATWG URL, section 4.4), so that `/\elsewhere` and
/// `/⇥/elsewhere` lead there as well.
pub fn is_path(url: &str) -> bool {
    let leads_away = |rest: &str| rest.starts_with(['/', '\\']);
    let is_odd = |letter: char| letter.is_ascii_control();
    (url.strip_prefix('/')).is_some_and(|rest| !leads_away(rest) && !rest.contains(is_odd))
}

/// A value of a query that needs no decoding.
fn read_value<'a>(query: Option<&'a str>, name: &str) -> Option<&'a str> {
    let pairs = query?.split('&');
    pairs
        .filter_map(|pair| pair.split_once('='))
        .find_map(|(own, value)| (own == name).then_some(value))
}

fn read_cursor(query: &str) -> Option<Cursor> {
    let value = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("before="))?;
    let (at, id) = value.rsplit_once('-')?;
    Some(Cursor {
        published_at: crate::Timestamp(at.parse().ok()?),
        id: Id::parse(id)?,
    })
}

/// Percent-encodes one part of a path: all but the unreserved characters of
/// RFC 3986, in upper-case hex.
pub fn encode(part: &str) -> String {
    let mut out = String::with_capacity(part.len() * 3);
    for byte in part.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for nibble in [byte >> 4, byte & 15] {
                out.push(char::from(b"0123456789ABCDEF"[usize::from(nibble)]));
            }
        }
    }
    out
}

/// Undoes percent-encoding; what is not well formed stays as it is, and bytes
/// that are no UTF-8 become U+FFFD.
pub fn decode(part: &str) -> String {
    let bytes = part.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%')
            .then(|| bytes.get(at + 1..at + 3))
            .flatten()
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        if let Some(byte) = hex {
            out.push(byte);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;

    #[test]
    fn a_path_does_not_lead_to_another_site() {
        for path in ["/", "/a/5", "/a//b", "/section/سياسة", "/a/5?x=//y"] {
            assert!(is_path(path), "{path}");
        }
        for other in [
            "",
            "a/5",
            "//example.org",
            "/\\example.org",
            "/\t/example.org",
            "/a\n",
            "https://example.org",
        ] {
            assert!(!is_path(other), "{other:?}");
        }
    }

    #[test]
    fn every_address_is_read_back() {
        let id = Id::new(4821).expect("in range");
        let cursor = Some(Cursor {
            published_at: Timestamp(-5),
            id,
        });
        let slug = || "محادثات-أستانا".to_owned();
        for url in [
            Url::Home,
            Url::Article(id, slug()),
            Url::Article(id, String::new()),
            Url::Section(slug(), cursor),
            Url::Tag(slug(), None),
            Url::Author("layla-haddad".into(), None),
            Url::Archive(cursor),
            Url::Day(2017, 9, 13, None),
            Url::Day(2017, 9, 13, cursor),
            Url::Page("about".into()),
            Url::Search(Asked::of("أستانا و«سوريا»")),
            Url::Search(Asked {
                tag: Some(slug()),
                newest: true,
                page: 2,
                ..Asked::of("")
            }),
            Url::Suggest("سور".into()),
            Url::OpenSearch,
            Url::Media(id, 720),
            Url::Media(id, 0),
            Url::File(id, "تقرير 2017.pdf".into()),
            Url::Feed(FeedOf::Site, FeedFormat::Json),
            Url::Feed(FeedOf::Tag(slug()), FeedFormat::Atom),
            Url::SitemapIndex,
            Url::Sitemap(3),
            Url::NewsSitemap,
            Url::Robots,
            Url::LiveTicker,
            Url::LiveTickerJson,
            Url::Comments(id, 1, None),
            Url::Comments(id, 3, None),
            Url::Comments(id, 1, Some(true)),
            Url::Comments(id, 2, Some(false)),
            Url::WriteComment(id, None),
            Url::WriteComment(id, Some(id)),
            Url::CommentAt(id),
            Url::OwnComments,
            Url::ReportComment(id),
            Url::CommentTicket,
            Url::CommentData,
            Url::OwnCommentData("x-_9".into()),
            Url::Health,
            Url::Ready,
            Url::Asset("ticker.js".into()),
            Url::Icon,
        ] {
            let text = url.to_string();
            let (path, query) = text
                .split_once('?')
                .map_or((text.as_str(), None), |(p, q)| (p, Some(q)));
            assert_eq!(Url::parse(path, query), Some(url), "{text}");
        }
        for path in [
            "",
            "/nowhere",
            "/a/x/y",
            "/archive/2017/13/01",
            "/a/1/b/c",
            "/media/1/0.jpg",
        ] {
            assert_eq!(Url::parse(path, None), None, "{path}");
        }
    }

    #[test]
    fn broken_encoding_is_kept() {
        assert_eq!(decode("%D8%A3%d8%a8%zz%"), "أب%zz%");
        assert_eq!(decode("%D8"), "\u{FFFD}");
    }
}
