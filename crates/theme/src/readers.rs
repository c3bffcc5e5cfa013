//! What readers see of pages that once went wrong.

use editorial::{
    Block, BlockId, BlockKind, Body, SiteSettings, body::Image, media::Media, page::ArticlePage,
};

use crate::{
    PageMeta, Parts, Theme,
    samples::{NOW, article, media, summary},
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
fn the_words_of_an_article_have_its_language_and_the_page_around_them_the_sites() {
    let mut page = with_body(vec![paragraph("The talks began."), paragraph("قال الوزير")]);
    page.article.language = "en".into();
    page.article.headline = "Talks begin".into();
    let main = rendered(&page).main;
    assert!(main.contains("<h1 lang=\"en\" dir=\"ltr\">Talks begin</h1>"));
    assert!(main.contains("<p class=\"standfirst\" lang=\"en\" dir=\"ltr\">"));
    assert!(main.contains("<div class=\"body\" lang=\"en\" dir=\"ltr\">"));
    assert!(main.contains("<p>The talks began.</p>\n<p dir=\"rtl\">قال الوزير</p>"));
    // The chrome has no language but the page's.
    assert!(main.contains("<article>\n<header>\n<p class=\"section\">"));
    let (_, after) = main.split_once("</header>").expect("a header");
    assert!(after.contains("<section class=\"share\""));
    assert_eq!(main.matches("lang=\"en\"").count(), 4, "{main}");
}

#[test]
fn a_headline_has_its_own_direction() {
    let mut page = with_body(vec![paragraph("قال الوزير إن المحادثات بدأت.")]);
    page.article.headline = "Reuters: what the \"OPEC+\" deal means (explained).".into();
    page.related = vec![summary(1), summary(2)];
    page.related[0].headline.clone_from(&page.article.headline);
    let main = rendered(&page).main;
    assert!(main.contains("<h1><bdi dir=\"ltr\">Reuters"), "{main}");
    assert!(main.contains("<h3><a href=\"/a/1/%D8%AE%D8%A8%D8%B1\" dir=\"ltr\">Reuters"));
    assert!(main.contains("<h3><a href=\"/a/2/%D8%AE%D8%A8%D8%B1\">خبر"));
}

#[test]
fn a_standing_page_shows_its_pictures() {
    let page = with_body(vec![BlockKind::Image(lead_in_text())]).article;
    let parts = theme()
        .standing_page(&SiteSettings::default(), &page, &[media()], &meta())
        .expect("renders");
    assert!(parts.main.contains("<img src=\"/media/6/720.jpg\""));
}
