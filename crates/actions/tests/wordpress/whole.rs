//! An export read into a paper: whole, twice, later, edited here, broken.

use std::path::{Path, PathBuf};

use crate::paper::{NOW, Paper, count};
use actions::import_wxr::ImportError;
use editorial::{ArticleState, BlockKind, Timestamp, audit::Actor};
use testing::{Place, on_both_engines};

on_both_engines! {
    an_export_becomes_a_paper
    every_old_address_is_known
    a_second_run_changes_nothing
    a_later_export_updates_what_changed_there_and_spares_what_changed_here
    a_wrong_encoding_is_refused_with_its_place
    pictures_come_from_the_uploads_folder_and_from_nowhere_else
    tags_of_one_slug_stay_two_tags
    a_tag_of_two_systems_is_one_where_its_name_is_one
}

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/site.xml")
}

fn text() -> String {
    std::fs::read_to_string(fixture()).expect("the fixture")
}

async fn an_export_becomes_a_paper(place: &Place) {
    let paper = Paper::new(place).await;
    let (report, done) = paper.import(&fixture(), None).await;
    done.expect("imported");
    let of = |what| count(&report, what);
    assert_eq!(
        (of("articles_new"), of("pages_new"), of("comments_new")),
        (4, 1, 2),
        "{report:?}"
    );
    assert_eq!(
        (of("authors_new"), of("tags_new"), of("pingbacks_left_out")),
        (1, 2, 1),
        "{report:?}"
    );
    let article = paper.article("?p=101").await;
    assert_eq!(article.headline, "افتتاح الجسر “القديم” بعد ترميمه");
    assert_eq!(
        (article.state, article.standfirst.as_str()),
        (ArticleState::Published, "عاد الجسر إلى أهله.")
    );
    assert_eq!(
        article.published_at.map(Timestamp::rfc3339).as_deref(),
        Some("2019-03-04T10:00:00Z")
    );
    assert_eq!((article.authors.len(), article.tags.len()), (1, 2));
    assert!(article.lead.is_some());
    let kinds: Vec<&str> = article
        .body
        .blocks
        .iter()
        .map(|block| match &block.kind {
            BlockKind::Image(image) => {
                assert!(image.media.is_some(), "the picture of the export is found");
                assert_eq!(image.caption.as_deref(), Some("الجسر صباح الافتتاح"));
                "image"
            }
            BlockKind::Paragraph { .. } => "paragraph",
            BlockKind::Embed { .. } => "embed",
            BlockKind::List { .. } => "list",
            BlockKind::Table { .. } => "table",
            _ => "other",
        })
        .collect();
    assert_eq!(
        kinds,
        ["image", "paragraph", "embed", "paragraph", "list", "table"]
    );
    let whole = article.body.plain_text();
    assert!(
        whole.contains("دام عامين. وحضر الأهالي الافتتاح.\nوعُزفت الموسيقى."),
        "{whole}"
    );
    assert!(
        whole.contains("نص داخل إضافة") && !whole.contains("vc_row"),
        "{whole}"
    );
    for why in [
        "custom field ticker_color",
        "[vc_row]",
        "wpcf7_contact_form",
        "was draft",
        "has no title",
        "has no date",
        "kept as a reference",
    ] {
        assert!(
            report.lines.iter().any(|line| line.why.contains(why)),
            "{why}: {:?}",
            report.lines
        );
    }
    let undated = paper.article("?p=103").await;
    assert_eq!(
        (undated.state, undated.published_at),
        (ArticleState::Published, None)
    );
    let settings = paper.store.settings().await.expect("read");
    assert_eq!(
        (settings.name.as_str(), settings.tagline.as_str()),
        ("صحيفة الجسر", "أخبار المدينة & الريف")
    );
    assert_eq!(
        (
            settings.header_menu[0].label.as_str(),
            settings.header_menu[0].url.starts_with("/section/")
        ),
        ("سياسة", true)
    );
}

async fn every_old_address_is_known(place: &Place) {
    let paper = Paper::new(place).await;
    paper.import(&fixture(), None).await.1.expect("imported");
    for target in [
        "https://aljisr.example/2019/03/04/%d8%a7%d9%81%d8%aa%d8%aa%d8%a7%d8%ad-%d8%a7%d9%84%d8%ac%d8%b3%d8%b1/",
        "/2019/03/04/افتتاح-الجسر/feed/",
        "/?p=101",
        "/category/سياسة/",
        "/category/سياسة/local/page/3/",
        "/tag/%D8%B7%D8%B1%D9%82/feed",
        "/author/salma/page/2",
        "/?cat=4",
        "/?author=2",
        "/wp-content/uploads/2019/03/bridge-300x200.jpg",
        "/about",
    ] {
        let mut known = false;
        for key in importer::address::Asked::of(target, None, &[]).keys() {
            known |= paper.store.old_address(&key).await.expect("read").is_some();
        }
        assert!(known, "{target}");
    }
}

async fn a_second_run_changes_nothing(place: &Place) {
    let paper = Paper::new(place).await;
    paper.import(&fixture(), None).await.1.expect("imported");
    let position = *paper.store.position().borrow();
    let (report, done) = paper.import(&fixture(), None).await;
    done.expect("imported again");
    assert_eq!(report.longest_transaction_ms, 0, "{report:?}");
    assert_eq!(*paper.store.position().borrow(), position, "{report:?}");
    assert_eq!(
        report
            .counts
            .keys()
            .filter(|what| what.ends_with("_new") || what.ends_with("_updated"))
            .count(),
        0,
        "{report:?}"
    );
}

async fn a_later_export_updates_what_changed_there_and_spares_what_changed_here(place: &Place) {
    let paper = Paper::new(place).await;
    paper.import(&fixture(), None).await.1.expect("imported");
    let before = paper.article("?p=101").await;
    let edited = paper.article("?p=102").await;
    actions::correct_article(
        &paper.store,
        edited.id,
        editorial::correction::CorrectionKind::Correction,
        "صُحّح هنا.",
        Actor::CommandLine,
        NOW,
    )
    .await
    .expect("corrected");
    let later = text()
        .replace("وعُزفت الموسيقى.", "وعُزفت الموسيقى حتى المساء.")
        .replace("الجديد.</p>", "الجديد، معدّلًا هناك.</p>");
    let (report, done) = paper.import_text(&later).await;
    done.expect("imported");
    assert_eq!(
        (
            count(&report, "articles_updated"),
            count(&report, "articles_edited_here")
        ),
        (1, 1),
        "{report:?}"
    );
    let after = paper.article("?p=101").await;
    assert_eq!((after.id, after.version), (before.id, before.version + 1));
    assert!(after.body.plain_text().contains("حتى المساء"));
    let ids = |article: &editorial::Article| {
        article
            .body
            .blocks
            .iter()
            .map(|block| block.id)
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&after), ids(&before), "the blocks keep their names");
    assert!(
        !paper
            .article("?p=102")
            .await
            .body
            .plain_text()
            .contains("معدّلًا هناك")
    );
    assert!(
        report
            .lines
            .iter()
            .any(|line| line.id == "102" && line.why.contains("edited here"))
    );
}

#[tokio::test]
async fn a_file_that_is_not_there_is_named_once() {
    let place = Place::sqlite();
    let paper = Paper::new(&place).await;
    let (report, done) = paper.import(Path::new("/nowhere/export.xml"), None).await;
    let said = done.expect_err("refused");
    assert!(
        said.to_string()
            .starts_with("/nowhere/export.xml cannot be read: ")
    );
    assert!(std::error::Error::source(&said).is_none(), "{said}");
    assert_eq!(report.longest_transaction_ms, 0);
    place.end().await;
}

#[tokio::test]
async fn a_broken_file_says_where_and_keeps_what_came_before() {
    for (broken, why) in [
        (
            text().split("<title>كتل").next().expect("cut").to_owned(),
            "ends early",
        ),
        (
            text().replace("<title>كتل</title>", "<title>كتل</wrong>"),
            "broken",
        ),
        (
            text().replace(
                "<rss",
                "<!DOCTYPE rss [<!ENTITY a \"b\"><!ENTITY c \"&a;&a;\">]><rss",
            ),
            "entities",
        ),
        (
            "<html><body>لا شيء</body></html>".to_owned(),
            "no WordPress export",
        ),
        (String::new(), "no WordPress export"),
    ] {
        let place = Place::sqlite();
        let paper = Paper::new(&place).await;
        let (_, done) = paper.import_text(&broken).await;
        let said = done.expect_err("refused");
        let ImportError::Wxr { fault, .. } = &said else {
            panic!("{said}")
        };
        assert!(said.to_string().contains(why), "{said}");
        assert!(
            std::error::Error::source(&said).is_none(),
            "what a sentence says is not said again behind it"
        );
        if why == "ends early" || why == "broken" {
            assert!(fault.line > 20 && fault.byte > 1_000, "{said}");
            assert_eq!(paper.article("?p=101").await.state, ArticleState::Published);
        }
        place.end().await;
    }
}

async fn a_wrong_encoding_is_refused_with_its_place(place: &Place) {
    let paper = Paper::new(place).await;
    let path = paper.folder.path().join("export.xml");
    let mut bytes = text().into_bytes();
    let at = bytes
        .windows(4)
        .rposition(|window| window == b"CDAT")
        .expect("a text")
        + 8;
    bytes[at] = 0xC8;
    bytes[at + 1] = 0x20;
    std::fs::write(&path, bytes).expect("written");
    let said = paper
        .import(&path, None)
        .await
        .1
        .expect_err("refused")
        .to_string();
    assert!(said.contains("line "), "{said}");
}

async fn pictures_come_from_the_uploads_folder_and_from_nowhere_else(place: &Place) {
    let paper = Paper::new(place).await;
    let uploads = paper.folder.path().join("uploads");
    std::fs::create_dir_all(uploads.join("2019/03")).expect("a folder");
    let drawn = media::patterns::draw_jpeg(1, media::Rgb(40, 80, 120), 640, 360).expect("drawn");
    std::fs::write(uploads.join("2019/03/bridge.jpg"), drawn).expect("written");
    std::fs::write(paper.folder.path().join("secret.jpg"), b"secret").expect("written");
    let path = paper.folder.path().join("export.xml");
    let hostile = text().replace("</channel>", "<item><wp:post_id>200</wp:post_id><wp:post_type>attachment</wp:post_type><wp:attachment_url>https://aljisr.example/wp-content/uploads/../secret.jpg</wp:attachment_url></item></channel>");
    std::fs::write(&path, hostile).expect("written");
    let (report, done) = paper.import(&path, Some(&uploads)).await;
    done.expect("imported");
    assert_eq!(
        (
            count(&report, "attachments_kept"),
            count(&report, "attachments_as_references")
        ),
        (1, 1),
        "{report:?}"
    );
    let lead = paper.article("?p=101").await.lead.expect("a lead");
    let media = paper.store.media(lead).await.expect("read").expect("there");
    assert_eq!(
        (media.width, media.alt.as_str()),
        (640, "جسر حجري فوق النهر")
    );
}

async fn tags_of_one_slug_stay_two_tags(place: &Place) {
    let paper = Paper::new(place).await;
    let tags = "<wp:tag><wp:term_id>20</wp:term_id><wp:tag_slug>سورية</wp:tag_slug><wp:tag_name>سورية</wp:tag_name></wp:tag>\
        <wp:tag><wp:term_id>21</wp:term_id><wp:tag_slug>سوريــة</wp:tag_slug><wp:tag_name>سوريــة</wp:tag_name></wp:tag>";
    let both = text().replacen("<wp:tag>", &format!("{tags}<wp:tag>"), 1);
    let (report, done) = paper.import_text(&both).await;
    done.expect("imported");
    assert_eq!(count(&report, "tags_new"), 4, "{report:?}");
}

/// One subject of two old sites is one tag here, and both sites' articles
/// stand in it; tags of one slug and two names stay two.
async fn a_tag_of_two_systems_is_one_where_its_name_is_one(place: &Place) {
    let paper = Paper::new(place).await;
    paper.import(&fixture(), None).await.1.expect("imported");
    let other = text()
        .replace("https://aljisr.example", "https://other.example")
        .replace(
            "<![CDATA[محليات]]></wp:cat_name>",
            "<![CDATA[أخبار المحافظات]]></wp:cat_name>",
        );
    let (report, done) = paper.import_text(&other).await;
    done.expect("imported");
    // «طرق» is the same; the category of the slug `local` has another name.
    assert_eq!(count(&report, "tags_new"), 1, "{report:?}");
    assert_eq!(count(&report, "articles_new"), 4, "{report:?}");
    let roads = paper.store.tag("طرق").await.expect("read").expect("a tag");
    let list = paper
        .store
        .list(&store::ListOf::Tag("طرق".into()), None, 10)
        .await
        .expect("read");
    let (_, list) = list.value.expect("a list");
    assert_eq!(list.articles.len(), 2, "an article of each site");
    let tags = paper
        .store
        .tags(&["local".into()], &[])
        .await
        .expect("read");
    assert_eq!(
        (tags.len(), tags[0].name.as_str(), tags[0].id != roads.id),
        (1, "محليات", true)
    );
}
