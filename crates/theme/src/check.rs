//! Every template rendered from samples, so that a fault in an override folder
//! is found before a reader finds it.

use crate::{Theme, samples};

pub(crate) fn check(theme: &Theme) -> Vec<String> {
    samples::rendered(theme)
        .into_iter()
        .filter_map(|(name, html)| Some(format!("{name}: {}", html.err()?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        PageMeta,
        samples::{NOW, article},
    };
    use editorial::SiteSettings;

    #[test]
    fn the_default_templates_render() {
        let theme = Theme::new(None).expect("the default templates are templates");
        assert_eq!(check(&theme), Vec::<String>::new());
    }

    #[test]
    fn a_broken_override_is_named() {
        let folder = std::env::temp_dir().join(format!("theme-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("made");
        std::fs::write(folder.join("page.html"), "{{ headline.nothing.at.all }}").expect("written");
        let theme = Theme::new(Some(&folder)).expect("parses");
        assert!(
            check(&theme)
                .iter()
                .any(|words| words.starts_with("page.html"))
        );
        std::fs::write(folder.join("page.html"), "{% for x in [1] %}{% for y in range(9999) %}{% for z in range(9999) %}{% endfor %}{% endfor %}{% endfor %}").expect("written");
        let theme = Theme::new(Some(&folder)).expect("parses");
        assert!(
            check(&theme)
                .iter()
                .any(|words| words.starts_with("page.html")),
            "fuel ends an endless template"
        );
        std::fs::remove_dir_all(&folder).expect("removed");
    }

    #[test]
    fn an_article_holds_its_parts_and_nothing_hostile() {
        let theme = Theme::new(None).expect("templates");
        let mut page = article();
        page.article.headline = "<script>alert(1)</script> «سوريــة»".into();
        page.thread.lines[0].name = "\u{202E}\"><img src=x>".into();
        let meta = PageMeta {
            now: NOW,
            origin: String::new(),
            json_ld: None,
        };
        let parts = theme
            .article(&SiteSettings::default(), &page, &meta)
            .expect("renders");
        let thread = parts.thread.expect("comments");
        assert!(!thread.contains("<img src=x") && !thread.contains('\u{202E}'));
        assert!(thread.contains("53 تعليقًا") && thread.contains("rel=\"ugc nofollow noopener\""));
        assert!(!parts.main.contains("<script") && !parts.head.contains("<script"));
        assert!(parts.head.contains("«سورية»"), "no tatweel in the title");
        assert!(
            parts.main.contains("«سوريــة»"),
            "the headline as it was written"
        );
        for part in [
            "class=\"note old\"",
            "تصحيح",
            "الأربعاء 13 سبتمبر/أيلول 2017",
            "rel=\"author\"",
            "wa.me",
        ] {
            assert!(parts.main.contains(part), "{part}");
        }
    }
}
