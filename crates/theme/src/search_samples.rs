//! Samples of the search page: results with all that they may show, nothing
//! found, and nothing asked yet.

use editorial::{
    ArticleKind,
    page::{FoundArticle, IndexState, Piece, Remark, SearchPage, SearchResult},
    search::Asked,
};
use jiff::civil::date;

use crate::samples::{author, bare_summary, section, summary, tag};

fn pieces(parts: &[(&str, bool)]) -> Vec<Piece> {
    (parts.iter())
        .map(|(text, is_found)| Piece {
            text: (*text).to_owned(),
            is_found: *is_found,
        })
        .collect()
}

/// The third of nine pages, narrowed in every way.
pub(crate) fn results() -> SearchPage {
    let story = SearchResult {
        article: FoundArticle {
            summary: summary(1),
            kind: ArticleKind::Story,
            tags: vec![tag()],
            text: String::new(),
        },
        headline: pieces(&[("خبر من ", false), ("سوريــة", true)]),
        snippet: pieces(&[
            ("قال <b> إن ", false),
            ("سوريا & غيرها", true),
            ("…", false),
        ]),
    };
    let again = SearchResult {
        article: FoundArticle {
            summary: summary(3),
            ..story.article.clone()
        },
        ..story.clone()
    };
    let standing = SearchResult {
        article: FoundArticle {
            summary: bare_summary(2),
            kind: ArticleKind::Page,
            tags: Vec::new(),
            text: String::new(),
        },
        headline: pieces(&[("About us", false)]),
        snippet: Vec::new(),
    };
    SearchPage {
        asked: Asked {
            section: Some("syria".into()),
            from: Some(date(2017, 9, 1)),
            until: Some(date(2017, 9, 30)),
            newest: true,
            page: 3,
            ..Asked::of("سورية \"أستانا\" <b>")
        },
        section: Some(section()),
        sections: vec![section()],
        index: IndexState::Renewing(45),
        total: 87,
        number: 3,
        pages: 9,
        results: vec![story.clone(), again, standing],
        also: vec![story],
        remarks: vec![Remark::Cut, Remark::SomeWords, Remark::Late],
        ..SearchPage::default()
    }
}

/// Nothing found, and something else meant.
pub(crate) fn nothing() -> SearchPage {
    SearchPage {
        asked: Asked {
            author: Some("layla".into()),
            tag: Some("لا شيء".into()),
            from: Some(date(2017, 9, 30)),
            until: Some(date(2017, 9, 1)),
            ..Asked::of("استنا")
        },
        author: Some(author()),
        sections: vec![section()],
        number: 1,
        pages: 1,
        did_you_mean: Some("أستانا".into()),
        remarks: vec![Remark::Nowhere],
        latest: vec![summary(1), bare_summary(2)],
        ..SearchPage::default()
    }
}

/// The form alone, while the first index is made.
pub(crate) fn form() -> SearchPage {
    SearchPage {
        asked: Asked::of(""),
        index: IndexState::Missing(0),
        number: 1,
        pages: 1,
        ..SearchPage::default()
    }
}
