//! robots.txt: a sample paper asks not to be read by robots.

use editorial::{SiteSettings, urls::Url};

/// The text of robots.txt (RFC 9309).
pub fn robots(settings: &SiteSettings, origin: &str) -> String {
    if settings.sample {
        return "User-agent: *\nDisallow: /\n".to_owned();
    }
    format!(
        "User-agent: *\nDisallow: /live/\nDisallow: /newsroom/\n\nSitemap: {origin}{}\nSitemap: {origin}{}\n",
        Url::SitemapIndex,
        Url::NewsSitemap
    )
}
