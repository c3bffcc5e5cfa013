//! Posts and pages of every status, and items that no paper needs.

use crate::export::{answers, export, field, imported, post, says};
use crate::paper::{NOW, Paper, count};
use actions::old_address::answer;
use editorial::ArticleState;
use editorial::Standing;
use editorial::audit::Actor;
use testing::{Place, on_both_engines};

on_both_engines! {
    posts_of_every_status
    pages_below_pages
    what_has_no_words_no_date_or_no_category
    items_that_no_paper_needs_and_blocks_used_twice
}

async fn posts_of_every_status(place: &Place) {
    let paper = Paper::new(place).await;
    let statuses = [
        "publish", "future", "draft", "pending", "private", "trash", "inherit", "publish",
    ];
    let posts: Vec<String> = (1..)
        .zip(statuses)
        .map(|(number, status)| {
            let rest = if number == 8 {
                "<wp:post_password>سر</wp:post_password>"
            } else {
                ""
            };
            post(
                number,
                status,
                &format!("https://old.example/s{number}/"),
                rest,
            )
        })
        .collect();
    let report = imported(&paper, &posts).await;
    let expect = [
        (ArticleState::Published, true, "301 200"),
        (ArticleState::Unpublished, false, "404"),
        (ArticleState::Unpublished, false, "404"),
        (ArticleState::Unpublished, false, "404"),
        (ArticleState::Unpublished, true, "404"),
        (ArticleState::Withdrawn, true, "301 410"),
        (ArticleState::Unpublished, true, "404"),
        (ArticleState::Unpublished, true, "404"),
    ];
    for (number, (state, dated, answered)) in (1..).zip(expect) {
        let article = paper.article(&format!("?p={number}")).await;
        assert_eq!(
            (article.state, article.published_at.is_some()),
            (state, dated),
            "{number}"
        );
        assert_eq!(
            answers(&paper, &format!("/s{number}/")).await,
            answered,
            "{number}"
        );
    }
    let number = async |number: u32| paper.article(&format!("?p={number}")).await.id;
    says(
        &report,
        "2",
        &format!(
            "was future, to be published on 2019-03-04 12:00:00; imported unpublished as article {0}: `warraq article publish {0}`",
            number(2).await
        ),
    );
    for (id, status) in [
        ("3", "draft"),
        ("4", "pending"),
        ("5", "private"),
        ("7", "inherit"),
    ] {
        let here = number(id.parse().expect("a number")).await;
        says(
            &report,
            id,
            &format!(
                "was {status}; imported unpublished as article {here}: `warraq article publish {here}`"
            ),
        );
        let told = answer(&paper.store, &format!("/s{id}/"), None).await;
        assert_eq!(told.expect("read").unpublished, Some(here), "{id}");
    }
    says(&report, "6", "410");
    says(
        &report,
        "8",
        &format!(
            "has a password; imported unpublished as article {}",
            number(8).await
        ),
    );
    let told = answer(&paper.store, "/s6/", None).await.expect("read");
    assert_eq!(told.unpublished, None, "it was published once");
    // A dry run gives no numbers, and names none.
    let path = paper.folder.path().join("dry.xml");
    let draft = post(90, "draft", "https://old.example/s90/", "");
    std::fs::write(&path, export(&[draft])).expect("written");
    let (dry, done) = paper.import_all(&[path], None, true).await;
    done.expect("read");
    says(&dry, "90", "was draft; imported unpublished");
    let told = dry.lines.iter().find(|line| line.id == "90");
    assert!(told.is_some_and(|line| !line.why.contains("as article")));
    // A draft of the old site is published here under the day it is published.
    let id = paper.article("?p=3").await.id;
    actions::publish_article(&paper.store, id, Actor::CommandLine, NOW)
        .await
        .expect("published");
    assert_eq!(paper.article("?p=3").await.published_at, Some(NOW));
}

async fn pages_below_pages(place: &Place) {
    let paper = Paper::new(place).await;
    let page = |number: u32, parent: u32, link: &str, slug: &str| {
        post(
            number,
            "publish",
            link,
            &format!(
                "<wp:post_parent>{parent}</wp:post_parent><wp:post_name>{slug}</wp:post_name>"
            ),
        )
        .replace("<wp:post_type>post<", "<wp:post_type>page<")
    };
    imported(
        &paper,
        &[
            page(1, 0, "https://old.example/about/", "about"),
            page(2, 1, "https://old.example/about/team/", "team"),
            page(3, 0, "https://old.example/sport/", "sport"),
            page(4, 3, "https://old.example/sport/team/", "team"),
        ],
    )
    .await;
    let mut targets = Vec::new();
    for address in ["/about", "/about/team/", "/sport/", "/sport/team"] {
        let told = answer(&paper.store, address, None).await.expect("read");
        assert_eq!(told.standing, Standing::Shown, "{address}");
        targets.push(told.moved_to.expect("moved").to_string());
    }
    assert_eq!(&targets[..3], ["/page/about", "/page/team", "/page/sport"]);
    assert!(targets[3].starts_with("/page/team-"), "{targets:?}");
}

async fn what_has_no_words_no_date_or_no_category(place: &Place) {
    let paper = Paper::new(place).await;
    let bare = |number: u32, status: &str| {
        post(
            number,
            status,
            &format!("https://old.example/{number}/"),
            "",
        )
        .replace(&format!("نص الخبر {number}"), "")
        .replace(&format!("خبر {number}"), "")
    };
    let sections = async || {
        let sections = paper.store.sections().await.expect("read");
        sections
            .iter()
            .map(|section| section.name.clone())
            .collect::<Vec<_>>()
    };
    let report = imported(
        &paper,
        &[
            bare(1, "draft"),
            bare(2, "draft").replace("CDATA[]", "CDATA[كلمات قليلة]"),
        ],
    )
    .await;
    assert_eq!(paper.article("?p=1").await.headline, "بلا عنوان");
    says(
        &report,
        "1",
        "has neither title nor text; its headline is «بلا عنوان»",
    );
    assert_eq!(paper.article("?p=2").await.headline, "كلمات قليلة");
    says(&report, "2", "its first words became the headline");
    // A section is made for what is shown, when it is shown.
    assert_eq!(sections().await, [""; 0]);
    let draft = paper.article("?p=2").await;
    assert_eq!(draft.section, None);
    for id in [draft.id, paper.article("?p=1").await.id] {
        actions::publish_article(&paper.store, id, Actor::CommandLine, NOW)
            .await
            .expect("published");
    }
    assert_eq!(sections().await, ["عام"]);
    let undated = post(3, "publish", "https://old.example/3/", "")
        .replace("2019-03-04 12:00:00", "0001-11-30 00:00:00")
        .replace("2019-03-04 09:00:00", "-0001-11-30 00:00:00");
    let report = imported(&paper, &[undated]).await;
    assert_eq!(sections().await, ["عام"]);
    assert_eq!(paper.article("?p=3").await.published_at, None);
    says(&report, "3", "has no date");
}

async fn items_that_no_paper_needs_and_blocks_used_twice(place: &Place) {
    let paper = Paper::new(place).await;
    let other = |number: u32, kind: &str, content: &str| {
        format!(
            "<item><title>x</title><content:encoded><![CDATA[{content}]]></content:encoded><wp:post_id>{number}</wp:post_id><wp:status>publish</wp:status><wp:post_type>{kind}</wp:post_type></item>"
        )
    };
    let report = imported(
        &paper,
        &[
            other(
                50,
                "wp_block",
                "<!-- wp:paragraph --><p>نص مشترك</p><!-- /wp:paragraph -->",
            ),
            other(51, "revision", "x"),
            other(52, "shop_order", "x"),
            post(
                1,
                "publish",
                "https://old.example/1/",
                &field("ticker_color", "red"),
            )
            .replace("نص الخبر 1", "<!-- wp:block {\"ref\":50} /-->"),
            post(
                2,
                "auto-draft",
                "https://old.example/2/",
                &field("ticker_color", "blue"),
            ),
            post(1, "publish", "https://old.example/twice/", ""),
            post(
                3,
                "publish",
                "https://old.example/3/",
                &field("ticker_color", "blue"),
            )
            .replace(
                "<title>خبر 3</title>",
                "<title>وزیر: این خبر را شنیده است که می‌آید</title>",
            )
            .replace("نص الخبر 3", "گفتگو که برای سیاست است"),
        ],
    )
    .await;
    assert_eq!(paper.article("?p=1").await.body.plain_text(), "نص مشترك");
    assert_eq!(
        (count(&report, "articles_new"), count(&report, "left_out")),
        (2, 2),
        "{report:?}"
    );
    says(&report, "52", "shop_order");
    says(&report, "1", "a second time");
    says(
        &report,
        "ticker_color",
        "custom field ticker_color of 2 items",
    );
    let persian = paper.article("?p=3").await;
    assert_eq!(
        (
            persian.language.as_str(),
            persian.headline.contains('ک'),
            persian.body.plain_text().contains("سیاست")
        ),
        ("fa", true, true),
        "{persian:?}"
    );
}
