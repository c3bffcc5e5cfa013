//! Attachments.

use crate::export::{answers, export, field, post, says};
use crate::paper::{Paper, count};

#[tokio::test]
async fn pictures_of_every_kind() {
    let paper = Paper::new().await;
    let uploads = paper.folder.path().join("uploads");
    std::fs::create_dir_all(uploads.join("2019/03")).expect("a folder");
    let drawn = media::patterns::draw_jpeg(1, media::Rgb(40, 80, 120), 640, 360).expect("drawn");
    for name in ["map-scaled.jpg", "جسر.jpg", "banner-728x90.jpg"] {
        std::fs::write(uploads.join("2019/03").join(name), &drawn).expect("written");
    }
    std::fs::write(uploads.join("2019/03/report.pdf"), b"%PDF-1.4").expect("written");
    let picture = |number: u32, file: &str, parent: u32| {
        format!(
            "<item><title>x</title><link>https://old.example/story/picture-{number}/</link><wp:post_id>{number}</wp:post_id><wp:status>inherit</wp:status><wp:post_parent>{parent}</wp:post_parent><wp:post_type>attachment</wp:post_type><wp:attachment_url>https://cdn.example/wp-content/uploads/2019/03/{file}</wp:attachment_url>{}{}</item>",
            field("_wp_attached_file", &format!("2019/03/{file}")),
            field("_wp_attachment_metadata", "a:1:{s:5:\"width\";i:640;}")
        )
    };
    let elements = [
        picture(11, "map-scaled.jpg", 1),
        picture(12, "جسر.jpg", 1),
        picture(13, "banner-728x90.jpg", 0),
        picture(14, "report.pdf", 0),
        picture(15, "lost.jpg", 0),
        post(1, "publish", "https://old.example/story/", &field("_thumbnail_id", "12"))
            .replace("نص الخبر 1", "[gallery]نص<img src=\"https://old.example/wp-content/uploads/2019/03/map-300x200.jpg\">"),
        post(2, "publish", "https://old.example/other/", &field("_thumbnail_id", "99")),
    ];
    let path = paper.folder.path().join("export.xml");
    std::fs::write(&path, export(&elements)).expect("written");
    let (report, done) = paper.import(&path, Some(&uploads)).await;
    done.expect("imported");
    assert_eq!(
        (
            count(&report, "attachments_kept"),
            count(&report, "attachments_as_references")
        ),
        (3, 2),
        "{report:?}"
    );
    says(&report, "15", "not in the folder");
    says(&report, "14", "kept as a reference");
    says(&report, "2", "lead picture 99 is not in the export");
    let article = paper.article("?p=1").await;
    assert!(article.lead.is_some());
    let images: usize = article
        .body
        .blocks
        .iter()
        .map(|block| match &block.kind {
            editorial::BlockKind::Gallery { images } => {
                images.iter().filter(|image| image.media.is_some()).count()
            }
            editorial::BlockKind::Image(image) => usize::from(image.media.is_some()),
            _ => 0,
        })
        .sum();
    assert_eq!(images, 3, "{:?}", article.body);
    for (address, expect) in [
        ("/wp-content/uploads/2019/03/map-scaled.jpg", "301 200"),
        ("/wp-content/uploads/2019/03/map.jpg", "301 200"),
        ("/wp-content/uploads/2019/03/map-150x150.jpg", "301 200"),
        (
            "/wp-content/uploads/2019/03/%D8%AC%D8%B3%D8%B1-300x200.jpg",
            "301 200",
        ),
        ("/wp-content/uploads/2019/03/banner-728x90.jpg", "301 200"),
        (
            "/wp-content/uploads/2019/03/banner-728x90-300x37.jpg",
            "301 200",
        ),
        ("/story/picture-12/", "301 200"),
        ("/?attachment_id=12", "301 200"),
        ("/wp-content/uploads/2019/03/lost-300x200.jpg", "301 404"),
        ("/wp-content/uploads/2019/03/none.jpg", "404"),
    ] {
        assert_eq!(answers(&paper, address).await, expect, "{address}");
    }
    // The file is found later: the reference becomes a picture.
    std::fs::write(uploads.join("2019/03/lost.jpg"), &drawn).expect("written");
    let (report, done) = paper.import(&path, Some(&uploads)).await;
    done.expect("imported");
    assert_eq!(
        (
            count(&report, "attachments_kept"),
            count(&report, "articles_unchanged")
        ),
        (1, 2),
        "{report:?}"
    );
    assert_eq!(
        answers(&paper, "/wp-content/uploads/2019/03/lost.jpg").await,
        "301 200"
    );
}
