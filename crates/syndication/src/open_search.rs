//! The OpenSearch description (OpenSearch 1.1): by it a browser offers to search
//! the site from its address bar.

use editorial::{SiteSettings, text::cut_at_word, urls::Url};

use crate::xml::{element, escape};

/// Letters that the format allows a short name.
const SHORT_NAME_LETTERS: usize = 16;

/// `/opensearch.xml`. Its addresses hold `{searchTerms}`, which the browser
/// replaces.
pub fn open_search(settings: &SiteSettings, origin: &str) -> String {
    let name = cut_at_word(&settings.name, SHORT_NAME_LETTERS - 1);
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n"
        .to_owned();
    out.push_str(&element("ShortName", &name));
    out.push_str(&element(
        "Description",
        &format!("البحث في {}", settings.name),
    ));
    out.push_str(&element("InputEncoding", "UTF-8"));
    out.push_str(&element("Language", &settings.language));
    out.push_str(&format!(
        "<Image width=\"16\" height=\"16\" type=\"image/x-icon\">{}</Image>\n",
        escape(&format!("{origin}{}", Url::Icon))
    ));
    out.push_str(&format!(
        "<Url type=\"text/html\" template=\"{}/search?q={{searchTerms}}\"/>\n",
        escape(origin)
    ));
    out.push_str("</OpenSearchDescription>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use editorial::search::Asked;

    #[test]
    fn the_template_is_the_address_of_the_search_page() {
        let settings = SiteSettings {
            name: "صحيفة <المدينة> والناس اليومية".to_owned(),
            ..SiteSettings::default()
        };
        let xml = open_search(&settings, "https://news.example");
        let template = xml
            .split("template=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .expect("a template");
        let asked = template.replace("{searchTerms}", "a");
        let url = format!("https://news.example{}", Url::Search(Asked::of("a")));
        assert_eq!(asked, url);
        assert!(
            xml.contains("<ShortName>صحيفة &lt;المدينة&gt;…</ShortName>"),
            "{xml}"
        );
        assert!(xml.contains("&lt;المدينة&gt;"));
    }
}
