//! Typed samples of every page: one of each thing that a template may show,
//! and beside it the page where nothing may be shown.

use editorial::{
    Article, ArticleKind, ArticleState, Block, BlockId, BlockKind, Body, Id, Mark, Run,
    SiteSettings, Timestamp,
    body::{Image, ListItem},
    comment::Commenting,
    correction::{Correction, CorrectionKind},
    media::Media,
    page::{
        ArticleList, ArticlePage, ArticleSummary, Before, CommentLine, CommentThread, Cursor,
        Frame, HomePage, ListSubject,
    },
    people::Author,
    places::{Section, Tag},
    settings::{DateSettings, MenuItem},
    ticker::TickerItem,
};

use crate::{PageMeta, Problem, Theme, ThemeError, comment_samples, search_samples};

pub(crate) const AT: Timestamp = Timestamp(1_505_300_700_000_000);
/// When the sample pages are made: 40 days after [`AT`].
pub(crate) const NOW: Timestamp = AT.plus(40 * Timestamp::DAY);

/// Each sample by its name: a template's, and what of it is shown.
pub(crate) fn rendered(theme: &Theme) -> Vec<(&'static str, Result<String, ThemeError>)> {
    let settings = settings();
    let meta = PageMeta {
        now: NOW,
        origin: "https://example.org".into(),
        json_ld: Some("{}".into()),
    };
    let own = |parts: Result<crate::Parts, ThemeError>| {
        parts.map(|parts| {
            let thread = parts.thread.unwrap_or_default();
            format!("{}<body>\n{}{thread}", parts.head, parts.main)
        })
    };
    let whole = |html: String, name: &str| {
        if html.is_empty() {
            // Shared parts are empty where their template fails: once more
            // for the reason.
            return Err(theme.render(name, ()).err().unwrap_or_else(|| {
                minijinja::Error::from(minijinja::ErrorKind::BadInclude).into()
            }));
        }
        Ok(html)
    };
    let frame = frame(&settings);
    let plain = Frame {
        settings: SiteSettings::default(),
        sections: Vec::new(),
        ticker: Vec::new(),
    };
    let list = |subject: ListSubject, more: bool| {
        let cursor = more.then_some(Cursor {
            published_at: AT,
            id: id(30),
        });
        let list = ArticleList {
            articles: vec![summary(1), bare_summary(2)],
            next: cursor,
            before: match cursor {
                None => Before::Nothing,
                back => Before::Pages {
                    number: Some(3),
                    back,
                },
            },
        };
        own(theme.list(&settings, &subject, &list, cursor, &meta))
    };
    let empty = ArticleList {
        articles: Vec::new(),
        next: None,
        before: Before::Nothing,
    };
    let page = article();
    let own_pages = comment_samples::rendered(theme, &meta);
    let own_pages = own_pages
        .into_iter()
        .map(|(name, parts)| (name, own(parts)));
    let mut samples = vec![
        (
            "opening.html",
            whole(theme.opening(&settings), "opening.html"),
        ),
        (
            "masthead.html",
            whole(theme.masthead(&frame, NOW), "masthead.html"),
        ),
        (
            "masthead.html bare",
            whole(theme.masthead(&plain, NOW), "masthead.html"),
        ),
        ("closing.html", whole(theme.closing(&frame), "closing.html")),
        (
            "closing.html bare",
            whole(theme.closing(&plain), "closing.html"),
        ),
        ("home.html", own(theme.home(&settings, &home(true), &meta))),
        (
            "home.html without pictures",
            own(theme.home(&settings, &home(false), &meta)),
        ),
        (
            "home.html empty",
            own(theme.home(
                &settings,
                &HomePage {
                    chosen: 0,
                    latest: Vec::new(),
                    sections: Vec::new(),
                },
                &meta,
            )),
        ),
        ("article.html", own(theme.article(&settings, &page, &meta))),
        (
            "article.html bare",
            own(theme.article(&settings, &bare_article(), &meta)),
        ),
        (
            "thread.html",
            theme.thread(&settings, id(4821), &thread(), true),
        ),
        (
            "comment_form.html",
            whole(
                theme.comment_form(&settings, Some("1.a")),
                "comment_form.html",
            ),
        ),
        (
            "comments.html",
            own(theme.comments(&settings, &page.article, &thread(), &meta)),
        ),
        (
            "list.html section",
            list(ListSubject::Section(section()), true),
        ),
        ("list.html tag", list(ListSubject::Tag(tag()), false)),
        (
            "list.html author",
            list(ListSubject::Author(author()), false),
        ),
        ("list.html day", list(ListSubject::Day(2017, 9, 13), false)),
        (
            "list.html empty",
            own(theme.list(&settings, &ListSubject::Latest, &empty, None, &meta)),
        ),
        (
            "page.html",
            own(theme.standing_page(&settings, &page.article, &page.images, &meta)),
        ),
        (
            "problem.html not found",
            own(theme.problem(&settings, Problem::NotFound, &meta)),
        ),
        (
            "problem.html gone",
            own(theme.problem(&settings, Problem::Gone, &meta)),
        ),
        (
            "problem.html not carried over",
            own(theme.problem(&settings, Problem::NotCarriedOver, &meta)),
        ),
        (
            "problem.html too many searches",
            own(theme.problem(&settings, Problem::TooManySearches, &meta)),
        ),
        (
            "problem.html search is busy",
            own(theme.problem(&settings, Problem::SearchIsBusy, &meta)),
        ),
        (
            "search.html",
            own(theme.search(&settings, &search_samples::results(), &meta)),
        ),
        (
            "search.html nothing",
            own(theme.search(&settings, &search_samples::nothing(), &meta)),
        ),
        (
            "search.html form",
            own(theme.search(&settings, &search_samples::form(), &meta)),
        ),
    ];
    samples.extend(own_pages);
    samples
}

pub(crate) fn id(number: i64) -> Id {
    Id::new(number).unwrap_or(Id::new(1).expect("in range"))
}

pub(crate) fn settings() -> SiteSettings {
    let item = |label: &str, url: &str| MenuItem {
        label: label.into(),
        url: url.into(),
        children: Vec::new(),
    };
    let below = |label: &str, url: &str| MenuItem {
        children: vec![item("حلب", "/tag/aleppo"), item("x", "javascript:alert(1)")],
        ..item(label, url)
    };
    SiteSettings {
        name: "ورّاق".into(),
        tagline: "صحيفة".into(),
        sample: true,
        dates: DateSettings {
            hijri: true,
            ..DateSettings::default()
        },
        header_menu: vec![
            item("سوريا", "/section/syria"),
            item("BBC", "https://example.org"),
            below("محافظات", "/section/local"),
            below("أبواب", ""),
        ],
        footer_menu: vec![
            item("من نحن", "/page/about"),
            item("x", "javascript:alert(1)"),
            below("محافظات", "/section/local"),
            below("أبواب", ""),
        ],
        ..SiteSettings::default()
    }
}

fn frame(settings: &SiteSettings) -> Frame {
    let line = |number: i64, text: &str, url: &str, urgent| TickerItem {
        id: id(number),
        text: text.into(),
        url: url.into(),
        urgent,
        at: if urgent { NOW } else { AT },
        expires_at: None,
        version: 1,
    };
    Frame {
        settings: settings.clone(),
        sections: vec![section()],
        ticker: vec![
            line(11, "خبر عاجل 1", "/a/1", true),
            line(12, "Reuters: خبر", "", false),
            line(13, "<b>خبر</b>", "javascript:alert(1)", false),
        ],
    }
}

pub(crate) fn section() -> Section {
    Section {
        id: id(3),
        slug: "syria".into(),
        name: "سوريا".into(),
        description: "أخبار".into(),
        colour: String::new(),
        position: 0,
    }
}

pub(crate) fn author() -> Author {
    Author {
        id: id(4),
        slug: "layla".into(),
        name: "ليلى".into(),
        bio: "كاتبة".into(),
    }
}

pub(crate) fn tag() -> Tag {
    Tag {
        id: id(5),
        slug: "أستانا".into(),
        name: "أستانا".into(),
    }
}

pub(crate) fn media() -> Media {
    Media {
        key: "k".into(),
        width: 1200,
        height: 675,
        alt: "صورة".into(),
        caption: "شرح".into(),
        credit: "ورّاق".into(),
        ..Media::new(id(6))
    }
}

pub(crate) fn summary(number: i64) -> ArticleSummary {
    ArticleSummary {
        id: id(number),
        slug: "خبر".into(),
        kicker: "أستانا".into(),
        headline: format!("خبر رقم {number}"),
        standfirst: "مقدمة".into(),
        teaser: String::new(),
        language: "ar".into(),
        section: Some(section()),
        authors: vec![author()],
        agency: "وكالة".into(),
        lead: Some(media()),
        published_at: Some(AT),
        changed_at: AT,
    }
}

/// A line that has nothing but its headline.
pub(crate) fn bare_summary(number: i64) -> ArticleSummary {
    ArticleSummary {
        kicker: String::new(),
        standfirst: String::new(),
        section: None,
        authors: Vec::new(),
        agency: String::new(),
        lead: None,
        published_at: None,
        ..summary(number)
    }
}

fn home(pictures: bool) -> HomePage {
    let one = if pictures { summary } else { bare_summary };
    HomePage {
        latest: (1..14).map(one).collect(),
        chosen: 0,
        sections: vec![(section(), (20..24).map(one).collect())],
    }
}

/// A run of text under marks.
fn run(text: &str, marks: Vec<Mark>) -> Run {
    Run {
        text: text.into(),
        marks,
    }
}

fn body() -> Body {
    let link = Mark::Link {
        url: "https://example.org/?a=1&b=2".into(),
    };
    let image = |media| Image {
        media,
        alt: "صورة في النص".into(),
        caption: Some("شرح".into()),
        credit: Some("AFP".into()),
        ..Image::default()
    };
    let item = |text: &str, items| ListItem {
        runs: vec![text.into()],
        ordered: false,
        items,
    };
    let kinds = [
        BlockKind::Paragraph {
            runs: vec![
                "نص ".into(),
                run("مهم", vec![Mark::Strong, Mark::Emphasis]),
                run(" رابط\nسطر", vec![link]),
                run("S-400", vec![Mark::Language { lang: "en".into() }]),
            ],
        },
        BlockKind::Heading {
            level: 2,
            runs: vec!["عنوان".into()],
        },
        BlockKind::List {
            ordered: true,
            items: vec![item("أول", vec![item("داخله", Vec::new())])],
        },
        BlockKind::Quotation {
            paragraphs: vec![vec!["كلام".into()]],
            source: Some("قائله".into()),
        },
        BlockKind::Image(image(Some(id(7)))),
        BlockKind::Gallery {
            images: vec![image(None)],
        },
        BlockKind::Table {
            header: true,
            rows: vec![vec![vec!["سنة".into()]], vec![vec!["2017".into()]]],
            caption: Some("جدول".into()),
        },
        BlockKind::Embed {
            url: "https://example.org/v".into(),
            title: None,
        },
        BlockKind::Separator,
    ];
    let blocks = kinds.into_iter().zip(1..).map(|(kind, number)| Block {
        id: BlockId(number),
        lang: None,
        kind,
    });
    Body {
        blocks: blocks.collect(),
    }
}

pub(crate) fn article() -> ArticlePage {
    ArticlePage {
        article: Article {
            id: id(4821),
            version: 1,
            kind: ArticleKind::Story,
            state: ArticleState::Published,
            slug: "خبر".into(),
            kicker: "محادثات".into(),
            headline: "خبر".into(),
            standfirst: "مقدمة".into(),
            dateline: "أستانا".into(),
            agency: "AFP".into(),
            language: "ar".into(),
            section: Some(id(3)),
            authors: vec![id(4)],
            tags: vec![id(5)],
            lead: Some(id(6)),
            body: body(),
            revision: id(8),
            published_at: Some(AT),
            changed_at: AT,
            commenting: Commenting::ByAge,
            age_note: true,
            sources: vec!["https://example.org".into(), "javascript:alert(1)".into()],
            signature: Vec::new(),
        },
        section: Some(section()),
        authors: vec![author()],
        tags: vec![tag()],
        lead: Some(media()),
        images: vec![Media {
            id: id(7),
            ..media()
        }],
        corrections: vec![Correction {
            kind: CorrectionKind::Correction,
            id: id(9),
            article: id(4821),
            at: AT,
            text: "الصحيح 4".into(),
        }],
        related: vec![summary(1), bare_summary(2)],
        thread: thread(),
    }
}

/// Comments on three steps, the first page of two.
pub(crate) fn thread() -> CommentThread {
    let comment = |number, depth, name: &str, text: &str| CommentLine {
        id: id(number),
        depth,
        answers: (depth > 0).then(|| (id(number - 1), "قارئ".into())),
        name: name.into(),
        text: text.into(),
        written_at: AT,
        is_staff: depth == 1,
    };
    CommentThread {
        lines: vec![
            comment(41, 0, "قارئ", "تعليق: https://example.org/a.\n\nفقرة أخرى"),
            comment(42, 1, "John", "A comment in English"),
            comment(43, 2, "قارئة", "BBC: نعم"),
        ],
        count: 53,
        page: 1,
        pages: 2,
        newest_first: false,
    }
}

/// An article in another language that has a headline and nothing else.
fn bare_article() -> ArticlePage {
    let page = article();
    ArticlePage {
        article: Article {
            kicker: String::new(),
            headline: "News".into(),
            standfirst: String::new(),
            dateline: String::new(),
            agency: String::new(),
            language: "en".into(),
            section: None,
            authors: Vec::new(),
            tags: Vec::new(),
            lead: None,
            body: Body { blocks: Vec::new() },
            published_at: None,
            sources: Vec::new(),
            ..page.article
        },
        section: None,
        authors: Vec::new(),
        tags: Vec::new(),
        lead: None,
        images: Vec::new(),
        corrections: Vec::new(),
        related: Vec::new(),
        thread: CommentThread {
            lines: Vec::new(),
            count: 0,
            page: 1,
            pages: 1,
            newest_first: false,
        },
    }
}
