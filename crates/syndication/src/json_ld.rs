//! JSON-LD: NewsArticle, BreadcrumbList and WebSite (schema.org), safe to stand in a
//! script element.

use arabic::tatweel::for_feeds;
use editorial::{
    SiteSettings,
    correction::{Correction, CorrectionKind},
    page::ArticlePage,
    urls::Url,
};
use serde_json::{Value, json};

/// The data of an article's page.
pub fn article(settings: &SiteSettings, origin: &str, page: &ArticlePage) -> String {
    let article = &page.article;
    let url = format!("{origin}{}", Url::Article(article.id, article.slug.clone()));
    let people = page.authors.iter().map(|author| {
        let url = format!("{origin}{}", Url::Author(author.slug.clone(), None));
        json!({ "@type": "Person", "name": author.name, "url": url })
    });
    let agency = (!article.agency.is_empty())
        .then(|| json!({ "@type": "Organization", "name": article.agency }));
    let authors: Vec<Value> = people.chain(agency).collect();
    let mut news = json!({
        "@type": "NewsArticle",
        "mainEntityOfPage": url,
        "headline": for_feeds(&article.headline),
        "inLanguage": article.language,
        "dateModified": article.changed_at.rfc3339(),
        "author": authors,
        "publisher": { "@type": "NewsMediaOrganization", "name": settings.name, "url": format!("{origin}/") },
    });
    if !article.standfirst.is_empty() {
        news["description"] = json!(for_feeds(&article.standfirst));
    }
    if let Some(at) = article.published_at {
        news["datePublished"] = json!(at.rfc3339());
    }
    if let Some(section) = &page.section {
        news["articleSection"] = json!(section.name);
    }
    if let Some(lead) = page.lead.as_ref().filter(|lead| lead.is_picture()) {
        news["image"] = json!([format!("{origin}{}", Url::Media(lead.id, 1200))]);
    }
    // What was wrong or unclear: an update or a word of the editors is neither.
    let is_correction = |note: &&Correction| {
        use CorrectionKind as Kind;
        let kinds = [Kind::Correction, Kind::Clarification, Kind::Retraction];
        kinds.contains(&note.kind)
    };
    let mut notes = page.corrections.iter().filter(is_correction).peekable();
    if notes.peek().is_some() {
        news["correction"] = notes
            .map(|note| json!({ "@type": "CorrectionComment", "text": note.text, "datePublished": note.at.rfc3339() }))
            .collect();
    }
    let mut crumbs = vec![(settings.name.clone(), format!("{origin}/"))];
    if let Some(section) = &page.section {
        crumbs.push((
            section.name.clone(),
            format!("{origin}{}", Url::Section(section.slug.clone(), None)),
        ));
    }
    crumbs.push((for_feeds(&article.headline), url.clone()));
    let crumbs: Vec<Value> = crumbs
        .into_iter()
        .enumerate()
        .map(|(at, (name, url))| json!({ "@type": "ListItem", "position": at + 1, "name": name, "item": url }))
        .collect();
    script_safe(&json!({
        "@context": "https://schema.org",
        "@graph": [news, { "@type": "BreadcrumbList", "itemListElement": crumbs }],
    }))
}

/// The data of the front page: the site, and how it is searched.
pub fn website(settings: &SiteSettings, origin: &str) -> String {
    script_safe(&json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": settings.name,
        "url": format!("{origin}{}", Url::Home),
        "inLanguage": settings.language,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": format!("{origin}/search?q={{search_term_string}}"),
            },
            "query-input": "required name=search_term_string",
        },
    }))
}

/// JSON that cannot end the script element it stands in.
fn script_safe(value: &Value) -> String {
    value
        .to_string()
        .replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_front_page_tells_how_the_site_is_searched() {
        let text = website(&SiteSettings::default(), "https://news.example");
        let data: Value = serde_json::from_str(&text).expect("JSON");
        let action = &data["potentialAction"];
        let template = action["target"]["urlTemplate"]
            .as_str()
            .expect("a template");
        let asked = template.replace("{search_term_string}", "a");
        let url = Url::Search(editorial::search::Asked::of("a"));
        assert_eq!(asked, format!("https://news.example{url}"));
    }

    #[test]
    fn a_script_element_is_never_ended() {
        let text = script_safe(&json!({ "headline": "</script><!--" }));
        assert!(!text.contains('<'));
        assert_eq!(
            serde_json::from_str::<Value>(&text).expect("JSON")["headline"],
            "</script><!--"
        );
    }
}
