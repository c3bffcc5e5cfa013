//! Sitemaps (sitemaps.org 0.9) and the news sitemap.

use arabic::tatweel::for_feeds;
use editorial::{SiteSettings, Timestamp, page::ArticleSummary, urls::Url};

use crate::xml::{element, escape};

/// The news sitemap holds what is at most two days old …
const NEWS_FOR: i64 = 2 * Timestamp::DAY;
/// … and at most a thousand articles.
const NEWS_MAX: usize = 1_000;

/// The index of `pages` sitemaps of articles, and of the one beside them.
pub fn index(origin: &str, pages: u32) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for number in 0..=pages {
        out.push_str("<sitemap>");
        out.push_str(element("loc", &format!("{origin}{}", Url::Sitemap(number))).trim_end());
        out.push_str("</sitemap>\n");
    }
    out.push_str("</sitemapindex>\n");
    out
}

/// The sitemap of what is no article.
pub fn places(origin: &str, places: &[Url]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for place in places {
        out.push_str(&location_alone(&format!("{origin}{place}")));
    }
    out.push_str("</urlset>\n");
    out
}

fn location_alone(url: &str) -> String {
    format!("<url>{}</url>\n", element("loc", url).trim_end())
}

/// One sitemap of articles.
pub fn page(origin: &str, articles: &[ArticleSummary]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for article in articles {
        out.push_str("<url>");
        out.push_str(element("loc", &location(origin, article)).trim_end());
        out.push_str(element("lastmod", &article.changed_at.rfc3339()).trim_end());
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out
}

/// The news sitemap as of `now`; what is too old or too many is left out here,
/// whatever the caller gives.
pub fn news(
    settings: &SiteSettings,
    origin: &str,
    articles: &[ArticleSummary],
    now: Timestamp,
) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">\n",
    );
    let fresh = articles.iter().filter_map(|article| {
        let at = article.published_at?;
        (at <= now && now <= at.plus(NEWS_FOR)).then_some((article, at))
    });
    let mut fresh = fresh.take(NEWS_MAX).peekable();
    if fresh.peek().is_none() {
        // The protocol knows no sitemap without an address.
        out.push_str(&location_alone(&format!("{origin}{}", Url::Home)));
    }
    for (article, at) in fresh {
        out.push_str(&format!(
            "<url><loc>{}</loc><news:news><news:publication><news:name>{}</news:name><news:language>{}</news:language></news:publication><news:publication_date>{}</news:publication_date><news:title>{}</news:title></news:news></url>\n",
            escape(&location(origin, article)),
            escape(&settings.name),
            escape(&settings.language),
            at.rfc3339(),
            escape(&for_feeds(&article.headline)),
        ));
    }
    out.push_str("</urlset>\n");
    out
}

fn location(origin: &str, article: &ArticleSummary) -> String {
    format!("{origin}{}", Url::Article(article.id, article.slug.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use editorial::Id;

    fn article(at: i64) -> ArticleSummary {
        ArticleSummary {
            id: Id::new(7).expect("in range"),
            slug: String::new(),
            kicker: String::new(),
            headline: "خبر".into(),
            standfirst: String::new(),
            teaser: String::new(),
            language: "ar".into(),
            section: None,
            authors: Vec::new(),
            agency: String::new(),
            lead: None,
            published_at: Some(Timestamp(at)),
            changed_at: Timestamp(at),
        }
    }

    #[test]
    fn the_news_sitemap_is_two_days_and_a_thousand() {
        let now = Timestamp(10 * Timestamp::DAY);
        let count = |articles: &[ArticleSummary]| {
            news(
                &SiteSettings::default(),
                "https://example.org",
                articles,
                now,
            )
            .matches("<news:news>")
            .count()
        };
        assert_eq!(
            count(&[
                article(8 * Timestamp::DAY),
                article(8 * Timestamp::DAY - 1),
                article(11 * Timestamp::DAY)
            ]),
            1
        );
        assert_eq!(count(&vec![article(9 * Timestamp::DAY); 1_500]), 1_000);
    }

    #[test]
    fn no_sitemap_is_without_an_address() {
        let now = Timestamp(10 * Timestamp::DAY);
        let origin = "https://example.org";
        for xml in [
            news(&SiteSettings::default(), origin, &[], now),
            places(origin, &[Url::Home]),
        ] {
            assert!(
                xml.contains("<url><loc>https://example.org/</loc></url>"),
                "{xml}"
            );
        }
        let empty = index(origin, 0);
        assert_eq!(empty.matches("<sitemap>").count(), 1);
        assert!(empty.contains("https://example.org/sitemap/0.xml"));
    }
}
