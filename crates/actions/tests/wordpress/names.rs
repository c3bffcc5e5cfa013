//! Sections, tags and authors.

use crate::export::{category, field, imported, in_category, post, says};
use crate::paper::Paper;
use testing::{Place, on_both_engines};

on_both_engines! {
    sections_and_tags_of_an_article
    several_authors_and_guests
}

async fn sections_and_tags_of_an_article(place: &Place) {
    let paper = Paper::new(place).await;
    let report = imported(&paper, &[
        category(1, "uncategorized", "غير مصنف", ""),
        category(3, "politics", "سياسة", ""),
        category(4, "local", "محليات", "politics"),
        category(5, "sport", "رياضة", ""),
        category(6, "round-a", "دائرة أ", "round-b"),
        category(7, "round-b", "دائرة ب", "round-a"),
        post(1, "publish", "https://old.example/1/", &(in_category("uncategorized", "") + &in_category("local", "محليات") + &in_category("sport", "رياضة"))),
        post(2, "publish", "https://old.example/2/", &(in_category("sport", "رياضة") + &in_category("politics", "سياسة") + &field("_yoast_wpseo_primary_category", "3"))),
        post(3, "publish", "https://old.example/3/", &in_category("round-a", "دائرة أ")),
        post(4, "publish", "https://old.example/4/", &in_category("undeclared", "غير معلنة")),
        post(5, "publish", "https://old.example/5/", "<category domain=\"region\" nicename=\"north\">الشمال</category><wp:is_sticky>1</wp:is_sticky><category domain=\"post_format\" nicename=\"post-format-video\">فيديو</category>"),
    ])
    .await;
    let sections = paper.store.sections().await.expect("read");
    let mut placed = Vec::new();
    for number in 1..=5 {
        let article = paper.article(&format!("?p={number}")).await;
        let section = sections
            .iter()
            .find(|section| Some(section.id) == article.section)
            .expect("a section");
        let tags = paper.store.tags(&[], &article.tags).await.expect("read");
        let mut tags: Vec<String> = tags.into_iter().map(|tag| tag.name).collect();
        tags.sort();
        placed.push(format!("{}: {}", section.name, tags.join("، ")));
    }
    assert_eq!(
        placed,
        [
            "سياسة: رياضة، محليات",
            "سياسة: رياضة",
            "عام: دائرة أ",
            "غير معلنة: ",
            "عام: ",
        ]
    );
    says(&report, "region", "terms of the taxonomy region of 1 items");
    says(&report, "post_format", "taxonomy");
    says(&report, "sticky", "the mark sticky");
}

async fn several_authors_and_guests(place: &Place) {
    let paper = Paper::new(place).await;
    let by = |slug: &str, name: &str| {
        format!("<category domain=\"author\" nicename=\"{slug}\"><![CDATA[{name}]]></category>")
    };
    imported(&paper, &[
        "<wp:author><wp:author_id>2</wp:author_id><wp:author_login>salma</wp:author_login><wp:author_display_name>سلمى</wp:author_display_name></wp:author>".to_owned(),
        post(1, "publish", "https://old.example/1/", &("<dc:creator>salma</dc:creator>".to_owned() + &by("cap-khaled", "khaled") + &by("cap-salma", "salma"))),
        post(2, "publish", "https://old.example/2/", "<dc:creator>nobody</dc:creator>"),
        format!("<item><title>خالد الضيف</title><wp:post_id>50</wp:post_id><wp:post_name>cap-khaled</wp:post_name><wp:status>publish</wp:status><wp:post_type>guest-author</wp:post_type>{}{}</item>", field("cap-display_name", "خالد الضيف"), field("cap-user_login", "khaled")),
    ])
    .await;
    let authors = paper.store.authors().await.expect("read");
    let names = |ids: &[editorial::Id]| {
        let names = ids.iter().map(|id| {
            authors
                .iter()
                .find(|author| author.id == *id)
                .expect("an author")
                .name
                .clone()
        });
        names.collect::<Vec<_>>()
    };
    assert_eq!(
        names(&paper.article("?p=1").await.authors),
        ["خالد الضيف", "سلمى"]
    );
    assert_eq!(names(&paper.article("?p=2").await.authors), ["nobody"]);
}
