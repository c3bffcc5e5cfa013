//! An article as tests need one: published, in no section, with one paragraph.

use editorial::{
    Article, ArticleKind, ArticleState, Block, BlockId, BlockKind, Body, Id, Timestamp,
    comment::Commenting,
};

/// An article that was published at `at`; its revision has the id `revision`.
pub fn article(id: Id, revision: Id, slug: &str, headline: &str, at: Timestamp) -> Article {
    Article {
        id,
        version: 1,
        kind: ArticleKind::Story,
        state: ArticleState::Published,
        slug: slug.to_owned(),
        kicker: String::new(),
        headline: headline.to_owned(),
        standfirst: String::new(),
        dateline: String::new(),
        agency: String::new(),
        language: "ar".to_owned(),
        section: None,
        authors: Vec::new(),
        tags: Vec::new(),
        lead: None,
        body: Body {
            blocks: vec![Block {
                id: BlockId(1),
                lang: None,
                kind: BlockKind::Paragraph {
                    runs: vec!["نص الخبر.".into()],
                },
            }],
        },
        revision,
        published_at: Some(at),
        changed_at: at,
        commenting: Commenting::ByAge,
        age_note: false,
        sources: Vec::new(),
        signature: Vec::new(),
    }
}
