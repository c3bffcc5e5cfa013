//! robots.txt. A sample paper is read like any other: its pages ask not to be
//! indexed, and only who may read them can see that.

use editorial::{SiteSettings, urls::Url};

/// The text of robots.txt (RFC 9309).
pub fn robots(settings: &SiteSettings, origin: &str) -> String {
    let mut out =
        "User-agent: *\nDisallow: /comments/\nDisallow: /live/\nDisallow: /newsroom/\nDisallow: /search\n".to_owned();
    if !settings.sample {
        for url in [Url::SitemapIndex, Url::NewsSitemap] {
            out.push_str(&format!("\nSitemap: {origin}{url}"));
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_may_be_read_and_names_no_sitemap() {
        let settings = SiteSettings::default();
        let text = robots(&settings, "https://example.org");
        assert!(text.lines().any(|line| line == "Disallow: /search"));
        assert!(text.ends_with("\nSitemap: https://example.org/news-sitemap.xml\n"));
        let sample = SiteSettings {
            sample: true,
            ..settings
        };
        let text = robots(&sample, "https://example.org");
        assert!(!text.lines().any(|line| line == "Disallow: /"), "{text}");
        assert!(!text.contains("Sitemap"), "{text}");
    }
}
