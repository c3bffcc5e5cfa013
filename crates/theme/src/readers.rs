//! What readers see of pages that once went wrong.

use editorial::{
    Block, BlockId, BlockKind, Body, SiteSettings, body::Image, media::Media, page::ArticlePage,
};

use crate::{
    PageMeta, Parts, Theme,
    samples::{NOW, article, media},
};

fn meta() -> PageMeta {
    PageMeta {
        now: NOW,
        origin: "https://example.org".into(),
        json_ld: None,
    }
}

fn theme() -> Theme {
    Theme::new(None).expect("the default templates are templates")
}

fn rendered(page: &ArticlePage) -> Parts {
    theme()
        .article(&SiteSettings::default(), page, &meta())
        .expect("renders")
}

fn with_body(kinds: Vec<BlockKind>) -> ArticlePage {
    let blocks = kinds.into_iter().zip(1..).map(|(kind, number)| Block {
        id: BlockId(number),
        lang: None,
        kind,
    });
    let mut page = article();
    page.related.clear();
    page.article.body = Body {
        blocks: blocks.collect(),
    };
    page
}

fn paragraph(text: &str) -> BlockKind {
    BlockKind::Paragraph {
        runs: vec![text.into()],
    }
}

fn lead_in_text() -> Image {
    Image {
        media: Some(media().id),
        alt: "الجسر من الضفة".into(),
        caption: Some("الجسر المعلق قبل الحرب".into()),
        ..Image::default()
    }
}

#[test]
fn a_lead_picture_stands_in_the_text_as_any_other() {
    let gallery = BlockKind::Gallery {
        images: vec![lead_in_text()],
    };
    for kind in [BlockKind::Image(lead_in_text()), gallery] {
        let mut page = with_body(vec![paragraph("نص"), kind]);
        page.images = vec![media()];
        let main = rendered(&page).main;
        let body = main.split_once("class=\"body\"").expect("a body").1;
        assert!(body.contains("<img src=\"/media/6/720.jpg\""), "{body}");
        assert!(!main.contains("<p>الجسر من الضفة</p>"), "{body}");
        assert!(main.contains("class=\"lead-picture\""));
    }
}

#[test]
fn a_text_that_opens_with_the_lead_picture_shows_it_once() {
    let mut page = with_body(vec![BlockKind::Image(lead_in_text()), paragraph("نص")]);
    page.images = vec![media()];
    let main = rendered(&page).main;
    assert_eq!(main.matches("src=\"/media/6/").count(), 1, "{main}");
    assert_eq!(main.matches("الجسر المعلق قبل الحرب").count(), 1);
    assert!(main.contains("alt=\"الجسر من الضفة\""));
    // One that this paper does not hold stands at neither place.
    let absent = Media {
        key: String::new(),
        ..media()
    };
    (page.lead, page.images) = (Some(absent.clone()), vec![absent]);
    let main = rendered(&page).main;
    assert!(!main.contains("<img") && main.contains("<p>الجسر من الضفة</p>"));
}

#[test]
fn a_standing_page_shows_its_pictures() {
    let page = with_body(vec![BlockKind::Image(lead_in_text())]).article;
    let parts = theme()
        .standing_page(&SiteSettings::default(), &page, &[media()], &meta())
        .expect("renders");
    assert!(parts.main.contains("<img src=\"/media/6/720.jpg\""));
}
