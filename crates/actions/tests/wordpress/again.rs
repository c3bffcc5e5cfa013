//! Exports in parts, later exports, and large ones.

use std::fmt::Write as _;

use crate::export::{answers, category, comment, export, field, imported, in_category, post, says};
use crate::paper::{NOW, Paper, count};
use actions::import_wxr::ImportError;
use editorial::audit::Actor;
use store::ListOf;
use testing::{Place, on_both_engines};

on_both_engines! {
    an_article_of_thousands_of_comments
    a_later_export_updates_and_tells_what_is_gone
    an_export_of_posts_alone
    several_files_are_one_export
    a_second_run_tells_what_still_stands
    long_texts_and_many_posts
    what_was_removed_there_is_reported_and_stays
}

async fn an_article_of_thousands_of_comments(place: &Place) {
    let paper = Paper::new(place).await;
    let comments: String = (1..=1_500)
        .map(|number| comment(number, number - 1, "1", "comment", "نعم"))
        .collect();
    let report = imported(
        &paper,
        &[post(1, "publish", "https://old.example/1/", &comments)],
    )
    .await;
    assert_eq!(count(&report, "comments_new"), 1_500, "{report:?}");
}

async fn a_later_export_updates_and_tells_what_is_gone(place: &Place) {
    let paper = Paper::new(place).await;
    let all = |name: &str, third: bool| {
        let mut elements = vec![
            format!(
                "<wp:author><wp:author_id>2</wp:author_id><wp:author_login>salma</wp:author_login><wp:author_display_name>{name}</wp:author_display_name></wp:author>"
            ),
            category(3, "politics", name, ""),
            format!(
                "<wp:tag><wp:term_id>9</wp:term_id><wp:tag_slug>roads</wp:tag_slug><wp:tag_name>{name}</wp:tag_name></wp:tag>"
            ),
            post(1, "publish", "https://old.example/1/", "").replace("نص الخبر", name),
            post(
                2,
                if third { "publish" } else { "trash" },
                "https://old.example/2/",
                "",
            ),
        ];
        if third {
            elements.push(post(3, "publish", "https://old.example/3/", ""));
        }
        elements
    };
    imported(&paper, &all("سلمى", true)).await;
    let report = imported(&paper, &all("سلمى النجار", false)).await;
    for (what, expect) in [
        ("authors_updated", 1),
        ("sections_updated", 1),
        ("tags_updated", 1),
        ("articles_updated", 2),
        ("articles_gone_there", 1),
        ("articles_new", 0),
    ] {
        assert_eq!(count(&report, what), expect, "{what}: {report:?}");
    }
    says(&report, "3", "warraq article withdraw");
    assert_eq!(
        paper.store.authors().await.expect("read")[0].name,
        "سلمى النجار"
    );
    assert_eq!(
        paper.store.sections().await.expect("read")[0].name,
        "سلمى النجار"
    );
    assert!(
        paper
            .article("?p=1")
            .await
            .body
            .plain_text()
            .contains("سلمى النجار")
    );
    assert_eq!(answers(&paper, "/2/").await, "301 410");
    assert_eq!(
        answers(&paper, "/3/").await,
        "301 200",
        "it stays until somebody withdraws it"
    );
    // Once it is withdrawn here, it is not told again.
    let id = paper.article("?p=3").await.id;
    actions::withdraw_article(&paper.store, id, None, Actor::CommandLine, NOW)
        .await
        .expect("withdrawn");
    let report = imported(&paper, &all("سلمى النجار", false)).await;
    assert_eq!(count(&report, "articles_gone_there"), 0, "{report:?}");
}

/// An export of some posts declares no terms and no authors: what the items
/// say of them counts.
async fn an_export_of_posts_alone(place: &Place) {
    let paper = Paper::new(place).await;
    let rest = in_category("politics", "سياسة")
        + "<category domain=\"post_tag\" nicename=\"roads\">طرق</category><dc:creator>salma</dc:creator>";
    imported(
        &paper,
        &[post(1, "publish", "https://old.example/1/", &rest)],
    )
    .await;
    for slug in ["politics"] {
        let list = paper
            .store
            .list(&ListOf::Section(slug.into()), None, 10)
            .await
            .expect("read");
        assert_eq!(list.value.expect("a section").1.articles.len(), 1);
    }
    let list = paper
        .store
        .list(&ListOf::Tag("roads".into()), None, 10)
        .await
        .expect("read");
    assert_eq!(list.value.expect("a tag").1.articles.len(), 1);
    assert_eq!(paper.article("?p=1").await.authors.len(), 1);
}

async fn several_files_are_one_export(place: &Place) {
    let paper = Paper::new(place).await;
    let file = |name: &str, text: String| {
        let path = paper.folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path
    };
    let first = file(
        "1.xml",
        export(&[post(
            1,
            "publish",
            "https://old.example/1/",
            &field("_thumbnail_id", "11"),
        )]),
    );
    let second = file("2.xml", export(&[
        "<item><title>x</title><wp:post_id>11</wp:post_id><wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type><wp:attachment_url>https://old.example/wp-content/uploads/a.jpg</wp:attachment_url></item>".to_owned(),
        post(2, "publish", "https://old.example/2/", ""),
    ]));
    let files = [first.clone(), second];
    let (report, done) = paper.import_all(&files, None, true).await;
    done.expect("read");
    assert_eq!(count(&report, "articles_new"), 2, "{report:?}");
    assert!(
        paper.store.is_empty().await.expect("read"),
        "a dry run writes nothing"
    );
    assert_eq!(*paper.store.position().borrow(), 0);
    let (_, done) = paper.import_all(&files, None, false).await;
    done.expect("imported");
    assert!(paper.article("?p=1").await.lead.is_some());
    let (report, done) = paper.import_all(&files, None, false).await;
    done.expect("imported");
    assert_eq!(
        (
            count(&report, "articles_unchanged"),
            count(&report, "articles_gone_there")
        ),
        (2, 0),
        "{report:?}"
    );
    let other = file(
        "3.xml",
        export(&[post(3, "publish", "https://x.example/3/", "")]).replace(
            "<link>https://old.example</link>",
            "<link>https://x.example</link>",
        ),
    );
    let (_, done) = paper.import_all(&[first, other], None, false).await;
    assert!(
        matches!(done, Err(ImportError::OtherSite { .. })),
        "{done:?}"
    );
}

/// A batch is bounded by bytes too, and the order of the file is kept.
async fn long_texts_and_many_posts(place: &Place) {
    let paper = Paper::new(place).await;
    let long = "كلمة ".repeat(400_000);
    let mut elements = Vec::new();
    for number in 1..=300 {
        let text = if number % 100 == 0 {
            long.as_str()
        } else {
            "نص"
        };
        let mut element = String::new();
        write!(
            element,
            "{}",
            post(
                number,
                "publish",
                &format!("https://old.example/{number}/"),
                ""
            )
            .replace("نص الخبر", text)
        )
        .expect("written");
        elements.push(element);
    }
    let report = imported(&paper, &elements).await;
    assert_eq!(count(&report, "articles_new"), 300, "{report:?}");
    let mut last = None;
    for number in 1..=300 {
        let id = paper.article(&format!("?p={number}")).await.id;
        assert!(last < Some(id), "{number}");
        last = Some(id);
    }
}

async fn what_was_removed_there_is_reported_and_stays(place: &Place) {
    let paper = Paper::new(place).await;
    let author = |login: &str| {
        format!(
            "<wp:author><wp:author_id>2</wp:author_id><wp:author_login>{login}</wp:author_login><wp:author_display_name>{login}</wp:author_display_name></wp:author>"
        )
    };
    let tag = |slug: &str| {
        format!(
            "<wp:tag><wp:term_id>9</wp:term_id><wp:tag_slug>{slug}</wp:tag_slug><wp:tag_name>{slug}</wp:tag_name></wp:tag>"
        )
    };
    let said = comment(11, 0, "1", "comment", "نعم") + &comment(12, 0, "1", "comment", "لا");
    let first = [
        author("salma"),
        author("gone-author"),
        category(3, "politics", "سياسة", ""),
        category(4, "gone-section", "زالت", ""),
        category(5, "gone-below", "زالت تحتها", "politics"),
        tag("roads"),
        tag("gone-tag"),
        post(1, "publish", "https://old.example/1/", &said),
        post(
            2,
            "publish",
            "https://old.example/2/",
            &comment(21, 0, "1", "comment", "نعم"),
        ),
    ];
    imported(&paper, &first).await;
    let position = *paper.store.position().borrow();
    // An export of one post declares nothing: no name is gone for that.
    let report = imported(&paper, &first[7..]).await;
    assert!(
        report
            .counts
            .keys()
            .all(|what| !what.ends_with("_gone_there")),
        "{report:?}"
    );
    let later = [
        author("salma"),
        category(3, "politics", "سياسة", ""),
        tag("roads"),
        post(1, "publish", "https://old.example/1/", ""),
    ];
    let report = imported(&paper, &later).await;
    for (what, expect) in [
        ("authors_gone_there", 1),
        ("sections_gone_there", 1),
        ("tags_gone_there", 2),
        ("comments_gone_there", 2),
        ("articles_gone_there", 1),
    ] {
        assert_eq!(count(&report, what), expect, "{what} {report:?}");
    }
    for id in [
        "gone-author",
        "gone-section",
        "gone-below",
        "gone-tag",
        "11",
        "12",
        "2",
    ] {
        says(&report, id, "not in this export any more");
    }
    assert_eq!(
        *paper.store.position().borrow(),
        position,
        "nothing is deleted"
    );
    for address in [
        "/author/gone-author/",
        "/category/gone-section/",
        "/tag/gone-tag/",
        "/2/",
    ] {
        assert_eq!(answers(&paper, address).await, "301 200", "{address}");
    }
}

/// What has no place here, and what waits for somebody, is told in every run,
/// until it is done.
async fn a_second_run_tells_what_still_stands(place: &Place) {
    let paper = Paper::new(place).await;
    let picture = "<item><title>x</title><wp:post_id>11</wp:post_id><wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type><wp:attachment_url>https://old.example/wp-content/uploads/a.jpg</wp:attachment_url></item>".to_owned();
    let elements = [
        picture,
        post(
            1,
            "publish",
            "https://old.example/1/",
            &field("ticker_color", "red"),
        ),
        post(2, "draft", "https://old.example/2/", ""),
        post(3, "trash", "https://old.example/3/", ""),
    ];
    imported(&paper, &elements).await;
    let draft = paper.article("?p=2").await.id;
    let unpublished = format!("was draft; imported unpublished as article {draft}:");
    let standing = [
        ("11", "kept as a reference"),
        ("ticker_color", "custom field ticker_color of 1 items"),
        ("2", unpublished.as_str()),
        ("3", "its address answers 410"),
    ];
    let again = imported(&paper, &elements).await;
    assert_eq!(count(&again, "articles_unchanged"), 3, "{again:?}");
    for (id, why) in standing {
        says(&again, id, why);
    }
    actions::publish_article(&paper.store, draft, Actor::CommandLine, NOW)
        .await
        .expect("published");
    let again = imported(&paper, &elements).await;
    assert!(again.lines.iter().all(|line| line.id != "2"), "{again:?}");
}
