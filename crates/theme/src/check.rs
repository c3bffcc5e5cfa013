//! Every template rendered from samples, so that a fault in an override folder
//! is found before a reader finds it.

use editorial::{
    Article, ArticleKind, ArticleState, Block, BlockId, BlockKind, Body, Id, SiteSettings,
    Timestamp,
    correction::Correction,
    media::Media,
    page::{ArticleList, ArticlePage, ArticleSummary, CommentLine, Frame, HomePage, ListSubject},
    people::Author,
    places::{Section, Tag},
    ticker::TickerItem,
};

use crate::{PageMeta, Problem, Theme};

const ID: Id = Id::new(4821).expect("in range");
const AT: Timestamp = Timestamp(1_505_300_700_000_000);

pub(crate) fn check(theme: &Theme) -> Vec<String> {
    let settings = SiteSettings {
        name: "ورّاق".into(),
        tagline: "صحيفة".into(),
        sample: true,
        ..SiteSettings::default()
    };
    let frame = Frame {
        settings: settings.clone(),
        sections: vec![section()],
        ticker: vec![line()],
    };
    let meta = PageMeta {
        now: AT,
        origin: "https://example.org".into(),
        json_ld: Some("{}".into()),
    };
    let list = ArticleList {
        articles: vec![summary()],
        next: None,
    };
    let home = HomePage {
        latest: vec![summary()],
        sections: vec![(section(), vec![summary()])],
    };
    let page = page();
    let rendered = [
        ("home.html", theme.home(&settings, &home, &meta)),
        ("article.html", theme.article(&settings, &page, &meta)),
        (
            "list.html",
            theme.list(
                &settings,
                &ListSubject::Section(section()),
                &list,
                None,
                &meta,
            ),
        ),
        (
            "page.html",
            theme.standing_page(&settings, &page.article, &meta),
        ),
        (
            "problem.html",
            theme.problem(&settings, Problem::NotFound, &meta),
        ),
    ];
    let mut found: Vec<String> = rendered
        .into_iter()
        .filter_map(|(name, parts)| Some(format!("{name}: {}", parts.err()?)))
        .collect();
    let shared = [
        ("opening.html", theme.opening(&settings)),
        ("masthead.html", theme.masthead(&frame, AT)),
        ("closing.html", theme.closing(&frame)),
    ];
    found.extend(
        shared
            .into_iter()
            .filter(|(_, html)| html.is_empty())
            .map(|(name, _)| format!("{name}: cannot be rendered")),
    );
    found
}

fn section() -> Section {
    Section {
        id: ID,
        slug: "syria".into(),
        name: "سوريا".into(),
        description: "أخبار".into(),
        colour: String::new(),
        position: 0,
    }
}

fn line() -> TickerItem {
    TickerItem {
        id: ID,
        text: "خبر".into(),
        url: "/a/1".into(),
        urgent: true,
        at: AT,
        expires_at: None,
    }
}

fn author() -> Author {
    Author {
        id: ID,
        slug: "layla".into(),
        name: "ليلى".into(),
        bio: String::new(),
    }
}

fn media() -> Media {
    Media {
        id: ID,
        key: "k".into(),
        source_url: String::new(),
        width: 1200,
        height: 675,
        alt: "صورة".into(),
        caption: "شرح".into(),
        credit: "ورّاق".into(),
        focal_x: 500,
        focal_y: 500,
    }
}

fn summary() -> ArticleSummary {
    ArticleSummary {
        id: ID,
        slug: "خبر".into(),
        kicker: "أستانا".into(),
        headline: "خبر".into(),
        standfirst: "مقدمة".into(),
        section: Some(section()),
        authors: vec![author()],
        agency: "وكالة".into(),
        lead: Some(media()),
        published_at: Some(AT),
        changed_at: AT,
    }
}

fn page() -> ArticlePage {
    let comment = CommentLine {
        id: ID,
        reply_to: None,
        name: "قارئ".into(),
        text: "تعليق".into(),
        written_at: AT,
    };
    ArticlePage {
        article: Article {
            id: ID,
            version: 1,
            kind: ArticleKind::Story,
            state: ArticleState::Published,
            slug: "خبر".into(),
            kicker: "أستانا".into(),
            headline: "خبر".into(),
            standfirst: "مقدمة".into(),
            dateline: "أستانا".into(),
            agency: "وكالة".into(),
            language: "ar".into(),
            section: Some(ID),
            authors: vec![ID],
            tags: vec![ID],
            lead: Some(ID),
            body: Body {
                blocks: vec![Block {
                    id: BlockId(1),
                    lang: None,
                    kind: BlockKind::Paragraph {
                        runs: vec!["نص".into()],
                    },
                }],
            },
            revision: ID,
            published_at: Some(AT),
            changed_at: AT,
            comments_open: true,
            age_note: true,
            sources: vec!["https://example.org".into()],
            signature: Vec::new(),
        },
        section: Some(section()),
        authors: vec![author()],
        tags: vec![Tag {
            id: ID,
            slug: "أستانا".into(),
            name: "أستانا".into(),
        }],
        lead: Some(media()),
        images: Vec::new(),
        corrections: vec![Correction {
            id: ID,
            article: ID,
            at: AT,
            text: "تصحيح".into(),
        }],
        related: vec![summary()],
        comments: vec![comment],
        comment_count: 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let mut page = page();
        page.article.headline = "<script>alert(1)</script> «سوريــة»".into();
        page.comments[0].name = "\u{202E}\"><img src=x>".into();
        let meta = PageMeta {
            now: AT.plus(40 * Timestamp::DAY),
            origin: String::new(),
            json_ld: None,
        };
        let parts = theme
            .article(&SiteSettings::default(), &page, &meta)
            .expect("renders");
        assert!(!parts.main.contains("<script") && !parts.head.contains("<script"));
        assert!(!parts.main.contains("<img src=x") && !parts.main.contains('\u{202E}'));
        assert!(parts.head.contains("«سورية»"), "no tatweel in the title");
        assert!(
            parts.main.contains("«سوريــة»"),
            "the headline as it was written"
        );
        for part in [
            "class=\"note old\"",
            "تصحيح",
            "تعليق واحد",
            "الأربعاء 13 سبتمبر/أيلول 2017",
            "rel=\"author\"",
            "wa.me",
        ] {
            assert!(parts.main.contains(part), "{part}");
        }
    }
}
