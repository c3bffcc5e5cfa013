//! RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1, from one source.

use arabic::{
    bidi::{isolate, strip_controls},
    tatweel::for_feeds,
};
use editorial::{
    SiteSettings, Timestamp,
    page::{ArticleSummary, ListSubject},
    urls::{FeedFormat, FeedOf, Url},
};
use serde_json::json;

use crate::xml::{element, escape};

/// An article in a feed, with its text.
#[derive(Clone, Debug)]
pub struct FeedArticle {
    /// Its line.
    pub summary: ArticleSummary,
    /// Its text as HTML that is safe to show.
    pub html: String,
}

/// What a feed is made from.
#[derive(Clone, Copy, Debug)]
pub struct FeedPage<'a> {
    /// The site's settings.
    pub settings: &'a SiteSettings,
    /// The site's origin, without a trailing slash.
    pub origin: &'a str,
    /// What it is the feed of, by address.
    pub of: &'a FeedOf,
    /// What it is the feed of, by name.
    pub subject: &'a ListSubject,
    /// The newest articles.
    pub articles: &'a [FeedArticle],
}

impl FeedPage<'_> {
    fn title(&self) -> String {
        let name = match self.subject {
            ListSubject::Section(section) => &section.name,
            ListSubject::Tag(tag) => &tag.name,
            ListSubject::Author(author) => &author.name,
            ListSubject::Day(..) | ListSubject::Latest => return for_feeds(&self.settings.name),
        };
        format!(
            "{} | {}",
            isolate(&for_feeds(name)),
            for_feeds(&self.settings.name)
        )
    }

    fn page(&self) -> String {
        let url = match self.of {
            FeedOf::Site => Url::Home,
            FeedOf::Section(slug) => Url::Section(slug.clone(), None),
            FeedOf::Tag(slug) => Url::Tag(slug.clone(), None),
            FeedOf::Author(slug) => Url::Author(slug.clone(), None),
        };
        format!("{}{url}", self.origin)
    }

    fn address(&self, format: FeedFormat) -> String {
        format!("{}{}", self.origin, Url::Feed(self.of.clone(), format))
    }

    fn updated(&self) -> Timestamp {
        self.articles
            .iter()
            .map(|article| article.summary.changed_at)
            .max()
            .unwrap_or(Timestamp(0))
    }
}

impl FeedArticle {
    fn title(&self) -> String {
        for_feeds(&self.summary.headline)
    }

    fn link(&self, origin: &str) -> String {
        format!(
            "{origin}{}",
            Url::Article(self.summary.id, self.summary.slug.clone())
        )
    }

    /// The address that never changes: the id without words.
    fn permanent(&self, origin: &str) -> String {
        format!("{origin}{}", Url::Article(self.summary.id, String::new()))
    }

    /// What it is about: the standfirst, or the beginning of its text.
    fn summary(&self) -> String {
        let ArticleSummary {
            standfirst, teaser, ..
        } = &self.summary;
        for_feeds(if standfirst.is_empty() {
            teaser
        } else {
            standfirst
        })
    }

    /// The lead picture: its address, and width and height in pixels.
    fn picture(&self, origin: &str) -> Option<(String, i64, i64)> {
        let lead = self
            .summary
            .lead
            .as_ref()
            .filter(|lead| lead.is_picture())?;
        let width = lead.width.min(i64::from(PICTURE_WIDTH));
        let height = (lead.height * width / lead.width).max(1);
        let url = format!("{origin}{}", Url::Media(lead.id, PICTURE_WIDTH));
        Some((url, width, height))
    }

    fn authors(&self) -> Vec<String> {
        let names = self
            .summary
            .authors
            .iter()
            .map(|author| author.name.as_str());
        let agency = Some(self.summary.agency.as_str()).filter(|agency| !agency.is_empty());
        names.chain(agency).map(strip_controls).collect()
    }
}

/// The width of a lead picture in feeds, in pixels.
const PICTURE_WIDTH: u32 = 1200;

/// RSS 2.0 with the whole text in `content:encoded`, and the lead picture as
/// Media RSS has it: an enclosure would have to say its bytes.
pub fn rss(page: &FeedPage<'_>) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:media=\"http://search.yahoo.com/mrss/\">\n<channel>\n",
    );
    out.push_str(&element("title", &page.title()));
    out.push_str(&element("link", &page.page()));
    out.push_str(&element("description", &for_feeds(&page.settings.tagline)));
    out.push_str(&element("language", &page.settings.language));
    out.push_str(&element("lastBuildDate", &rfc822(page.updated())));
    out.push_str(&format!(
        "<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"{}\"/>\n",
        escape(&page.address(FeedFormat::Rss))
    ));
    for article in page.articles {
        out.push_str("<item>\n");
        out.push_str(&element("title", &article.title()));
        out.push_str(&element("link", &article.link(page.origin)));
        out.push_str(&format!(
            "<guid isPermaLink=\"true\">{}</guid>\n",
            escape(&article.permanent(page.origin))
        ));
        if let Some(at) = article.summary.published_at {
            out.push_str(&element("pubDate", &rfc822(at)));
        }
        for author in article.authors() {
            out.push_str(&element("dc:creator", &author));
        }
        if let Some(section) = &article.summary.section {
            out.push_str(&element("category", &section.name));
        }
        out.push_str(&element("description", &article.summary()));
        if let Some((url, width, height)) = article.picture(page.origin) {
            let url = escape(&url);
            out.push_str(&format!("<media:content url=\"{url}\" medium=\"image\" type=\"image/jpeg\" width=\"{width}\" height=\"{height}\"/>\n"));
        }
        out.push_str(&element("content:encoded", &article.html));
        out.push_str("</item>\n");
    }
    out.push_str("</channel>\n</rss>\n");
    out
}

/// Atom.
pub fn atom(page: &FeedPage<'_>) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
        escape(&page.settings.language)
    );
    out.push_str(&element("title", &page.title()));
    out.push_str(&element("id", &page.address(FeedFormat::Atom)));
    out.push_str(&element("updated", &page.updated().rfc3339()));
    out.push_str(&element_link("self", &page.address(FeedFormat::Atom)));
    out.push_str(&element_link("alternate", &page.page()));
    out.push_str(&format!(
        "<author>{}</author>\n",
        element("name", &page.settings.name).trim_end()
    ));
    for article in page.articles {
        out.push_str("<entry>\n");
        out.push_str(&element("title", &article.title()));
        out.push_str(&element("id", &article.permanent(page.origin)));
        out.push_str(&element_link("alternate", &article.link(page.origin)));
        out.push_str(&element("updated", &article.summary.changed_at.rfc3339()));
        if let Some(at) = article.summary.published_at {
            out.push_str(&element("published", &at.rfc3339()));
        }
        for author in article.authors() {
            out.push_str(&format!(
                "<author>{}</author>\n",
                element("name", &author).trim_end()
            ));
        }
        if let Some((url, ..)) = article.picture(page.origin) {
            let url = escape(&url);
            out.push_str(&format!(
                "<link rel=\"enclosure\" type=\"image/jpeg\" href=\"{url}\"/>\n"
            ));
        }
        out.push_str(&element("summary", &article.summary()));
        out.push_str(&format!(
            "<content type=\"html\">{}</content>\n",
            escape(&article.html)
        ));
        out.push_str("</entry>\n");
    }
    out.push_str("</feed>\n");
    out
}

/// JSON Feed 1.1.
pub fn json(page: &FeedPage<'_>) -> String {
    let items: Vec<_> = page
        .articles
        .iter()
        .map(|article| {
            let mut item = json!({
                "id": article.permanent(page.origin),
                "url": article.link(page.origin),
                "title": article.title(),
                "summary": article.summary(),
                "content_html": article.html,
                "date_modified": article.summary.changed_at.rfc3339(),
                "authors": article.authors().iter().map(|name| json!({ "name": name })).collect::<Vec<_>>(),
                "language": article.summary.language,
            });
            if let Some((url, ..)) = article.picture(page.origin) {
                item["image"] = json!(url);
            }
            if let Some(at) = article.summary.published_at {
                item["date_published"] = json!(at.rfc3339());
            }
            item
        })
        .collect();
    json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": page.title(),
        "home_page_url": page.page(),
        "feed_url": page.address(FeedFormat::Json),
        "language": page.settings.language,
        "items": items,
    })
    .to_string()
}

fn element_link(relation: &str, url: &str) -> String {
    format!("<link rel=\"{relation}\" href=\"{}\"/>\n", escape(url))
}

/// RFC 822 in UTC: `Wed, 13 Sep 2017 11:05:00 +0000`.
fn rfc822(at: Timestamp) -> String {
    at.to_jiff()
        .strftime("%a, %d %b %Y %H:%M:%S +0000")
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use editorial::{Id, media::Media};

    fn article(headline: &str, published_at: Option<Timestamp>) -> FeedArticle {
        FeedArticle {
            summary: ArticleSummary {
                id: Id::new(7).expect("in range"),
                slug: "خبر".into(),
                kicker: String::new(),
                headline: headline.into(),
                standfirst: "مقدمة".into(),
                teaser: String::new(),
                language: "ar".into(),
                section: None,
                authors: Vec::new(),
                agency: "وكالة".into(),
                lead: None,
                published_at,
                changed_at: Timestamp(1_505_300_700_000_000),
            },
            html: "<p>نص ]]> &amp;</p>".into(),
        }
    }

    fn parsed(xml: &str) -> String {
        let mut reader = quick_xml::Reader::from_str(xml);
        let mut text = String::new();
        loop {
            match reader.read_event().expect("well formed") {
                quick_xml::events::Event::Eof => return text,
                quick_xml::events::Event::Text(part) => text.push_str(&part),
                _ => {}
            }
        }
    }

    #[test]
    fn hostile_headlines_leave_the_feeds_well_formed() {
        let settings = SiteSettings::default();
        let articles = [
            article("<script>]]> «سوريــة» \u{FFFE}\0&", Some(Timestamp(0))),
            article("بلا تاريخ", None),
        ];
        let page = FeedPage {
            settings: &settings,
            origin: "https://example.org",
            of: &FeedOf::Site,
            subject: &ListSubject::Latest,
            articles: &articles,
        };
        for xml in [rss(&page), atom(&page)] {
            let text = parsed(&xml);
            assert!(text.contains("«سورية»"), "{text}");
            assert!(xml.contains("https://example.org/a/7"));
        }
        assert_eq!(
            rss(&page).matches("<pubDate>").count(),
            1,
            "no date is invented"
        );
        let feed: serde_json::Value = serde_json::from_str(&json(&page)).expect("JSON");
        assert_eq!(feed["items"][0]["id"], "https://example.org/a/7");
        assert!(feed["items"][1].get("date_published").is_none());
    }

    #[test]
    fn a_feed_says_what_an_article_is_about_and_shows_its_picture() {
        let mut with = article("خبر", None);
        with.summary.standfirst.clear();
        with.summary.teaser = "أول النصّ…".into();
        with.summary.language = "ckb".into();
        with.summary.lead = Some(Media {
            key: "k".into(),
            width: 2400,
            height: 1350,
            ..Media::new(Id::new(6).expect("in range"))
        });
        let articles = [with, article("بلا صورة", None)];
        let page = FeedPage {
            settings: &SiteSettings::default(),
            origin: "https://example.org",
            of: &FeedOf::Site,
            subject: &ListSubject::Latest,
            articles: &articles,
        };
        let url = "https://example.org/media/6/1200.jpg";
        let media = format!(
            "<media:content url=\"{url}\" medium=\"image\" type=\"image/jpeg\" width=\"1200\" height=\"675\"/>"
        );
        let text = rss(&page);
        parsed(&text);
        assert_eq!(text.matches(&media).count(), 1);
        assert_eq!(text.matches("<media:").count(), 1);
        assert!(text.contains("<description>أول النصّ…</description>"));
        let text = atom(&page);
        parsed(&text);
        let enclosure = format!("<link rel=\"enclosure\" type=\"image/jpeg\" href=\"{url}\"/>");
        assert_eq!(text.matches(&enclosure).count(), 1);
        assert!(text.contains("<summary>أول النصّ…</summary>"));
        let feed: serde_json::Value = serde_json::from_str(&json(&page)).expect("JSON");
        assert_eq!(feed["items"][0]["image"], url);
        assert_eq!(feed["items"][0]["summary"], "أول النصّ…");
        assert_eq!(feed["items"][0]["language"], "ckb");
        assert!(feed["items"][1].get("image").is_none());
    }

    #[test]
    fn dates_are_rfc822() {
        assert_eq!(
            rfc822(Timestamp(1_505_300_700_000_000)),
            "Wed, 13 Sep 2017 11:05:00 +0000"
        );
    }
}
