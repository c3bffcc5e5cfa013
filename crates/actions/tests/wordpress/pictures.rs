//! Attachments.

use std::path::Path;

use actions::import_wxr::ImportReport;
use editorial::{BlockKind, Standing};
use media::originals::ORIGINAL_BYTES_MAX;

use crate::export::{answers, export, field, leads, post, says};
use crate::paper::{Paper, count};
use testing::{Place, on_both_engines};

on_both_engines! {
    pictures_of_every_kind
    a_file_that_is_no_picture_is_to_be_downloaded
    the_page_of_an_attachment_leads_to_its_article
    files_that_texts_alone_name_are_kept_too
    pictures_carry_the_words_kept_with_them
}

async fn pictures_of_every_kind(place: &Place) {
    let paper = Paper::new(place).await;
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
        (3, 1),
        "{report:?}"
    );
    says(&report, "15", "not in the folder");
    assert_eq!(count(&report, "attachments_to_download"), 1, "{report:?}");
    says(&report, "2", "lead picture 99 is not in the export");
    let article = paper.article("?p=1").await;
    assert!(article.lead.is_some());
    let images: usize = article
        .body
        .blocks
        .iter()
        .map(|block| match &block.kind {
            BlockKind::Gallery { images } => {
                images.iter().filter(|image| image.media.is_some()).count()
            }
            BlockKind::Image(image) => usize::from(image.media.is_some()),
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
        ("/wp-content/uploads/2019/03/lost-300x200.jpg", "410"),
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

/// An attachment of a file below the uploads folder, with a page of its own.
fn attachment(number: u32, parent: u32, page: &str, file: &str, rest: &str) -> String {
    format!(
        "<item><title>x</title><link>https://old.example{page}</link><guid>https://old.example/wp-content/uploads/{file}</guid><wp:post_id>{number}</wp:post_id><wp:status>inherit</wp:status><wp:post_parent>{parent}</wp:post_parent><wp:post_type>attachment</wp:post_type><wp:attachment_url>https://old.example/wp-content/uploads/{file}</wp:attachment_url>{rest}</item>"
    )
}

async fn imported_with(paper: &Paper, elements: &[String], uploads: Option<&Path>) -> ImportReport {
    let path = paper.folder.path().join("export.xml");
    std::fs::write(&path, export(elements)).expect("written");
    let (report, done) = paper.import(&path, uploads).await;
    done.expect("imported");
    report
}

async fn a_file_that_is_no_picture_is_to_be_downloaded(place: &Place) {
    let paper = Paper::new(place).await;
    let uploads = paper.folder.path().join("uploads");
    std::fs::create_dir_all(uploads.join("2019")).expect("a folder");
    let drawn = media::patterns::draw_jpeg(1, media::Rgb(40, 80, 120), 64, 36).expect("drawn");
    let files: [(&str, &[u8]); 6] = [
        ("report.pdf", b"%PDF-1.4"),
        ("بيان.mp3", b"ID3"),
        ("page.html", b"<script>alert(1)</script>"),
        ("cut.jpg", &drawn[..4]),
        ("empty.pdf", b""),
        ("map.jpg", &drawn),
    ];
    let mut elements = Vec::new();
    for (number, (name, bytes)) in (11..).zip(files) {
        std::fs::write(uploads.join("2019").join(name), bytes).expect("written");
        let page = format!("/?attachment_id={number}");
        elements.push(attachment(number, 0, &page, &format!("2019/{name}"), ""));
    }
    let large = std::fs::File::create(uploads.join("2019/film.mp4")).expect("made");
    large.set_len(ORIGINAL_BYTES_MAX + 1).expect("a hole");
    elements.push(attachment(20, 0, "/film/", "2019/film.mp4", ""));
    let sizes = field(
        "_wp_attachment_metadata",
        "a:1:{s:5:\"sizes\";a:1:{s:4:\"file\";s:12:\"map-jpg.webp\";}s:14:\"original_image\";s:7:\"IMG.HEI\";}",
    );
    elements[5] = elements[5].replace("</item>", &format!("{sizes}</item>"));
    // Without the folder every one is known to be missing, none is not found.
    let report = imported_with(&paper, &elements, None).await;
    assert_eq!(count(&report, "attachments_as_references"), 7, "{report:?}");
    for number in (11..=16).chain([20]) {
        let address = format!("/?attachment_id={number}");
        assert_eq!(answers(&paper, &address).await, "410", "{address}");
    }
    let report = imported_with(&paper, &elements, Some(&uploads)).await;
    assert_eq!(
        (
            count(&report, "attachments_kept"),
            count(&report, "attachments_to_download")
        ),
        (1, 4),
        "{report:?}"
    );
    says(&report, "14", "offered as a download");
    says(&report, "15", "not in the folder");
    says(&report, "20", "more than the limit");
    for (address, expect) in [
        ("/wp-content/uploads/2019/report.pdf", "/file/report.pdf"),
        ("/?attachment_id=11", "/file/report.pdf"),
        (
            "/wp-content/uploads/2019/%D8%A8%D9%8A%D8%A7%D9%86.mp3",
            "/file/بيان.mp3",
        ),
        ("/wp-content/uploads/2019/page.html", "/file/page.html"),
        ("/wp-content/uploads/2019/cut-30x20.jpg", "/file/cut.jpg"),
        ("/wp-content/uploads/2019/map-30x20.jpg", "/media/360.jpg"),
        ("/wp-content/uploads/2019/map-jpg.webp", "/media/1200.jpg"),
        ("/wp-content/uploads/2019/img.hei", "/media/1200.jpg"),
        ("/wp-content/uploads/2019/empty.pdf", ""),
        ("/wp-content/uploads/2019/film.mp4", ""),
        ("/film/", ""),
    ] {
        let (to, standing) = leads(&paper, "old.example", address).await;
        let parts: Vec<String> = to.split('/').map(editorial::urls::decode).collect();
        let to = match parts.as_slice() {
            [_, kind, _, name] => format!("/{kind}/{name}"),
            _ => String::new(),
        };
        let answered = if expect.is_empty() {
            Standing::NotCarriedOver
        } else {
            Standing::Shown
        };
        assert_eq!((to.as_str(), standing), (expect, answered), "{address}");
    }
    let again = imported_with(&paper, &elements, Some(&uploads)).await;
    assert_eq!(count(&again, "attachments_unchanged"), 7, "{again:?}");
}

async fn the_page_of_an_attachment_leads_to_its_article(place: &Place) {
    let paper = Paper::new(place).await;
    let story = |number: u32, status: &str| {
        post(
            number,
            status,
            &format!("https://old.example/2019/{number}/"),
            "",
        )
    };
    // The second stands before its article, the third belongs to a draft.
    let elements = [
        story(1, "publish"),
        attachment(11, 1, "/2019/1/map/", "map.jpg", ""),
        attachment(12, 2, "/2019/2/plan/", "plan.jpg", ""),
        attachment(13, 3, "/2019/3/x/", "x.jpg", ""),
        attachment(14, 99, "/2019/99/y/", "y.jpg", ""),
        attachment(15, 0, "/alone/", "alone.jpg", ""),
        story(2, "publish"),
        story(3, "draft"),
    ];
    let report = imported_with(&paper, &elements, None).await;
    let first = paper.article("?p=1").await.id;
    let second = paper.article("?p=2").await.id;
    for (address, article) in [
        ("/2019/1/map/", first),
        ("/?attachment_id=11", first),
        ("/2019/2/plan", second),
        ("/?p=12", second),
    ] {
        let (to, standing) = leads(&paper, "old.example", address).await;
        assert!(
            to.starts_with(&format!("/a/{article}/")),
            "{address} {to} {report:?}"
        );
        assert_eq!(standing, Standing::Shown);
    }
    for address in [
        "/2019/3/x/",
        "/?attachment_id=13",
        "/2019/99/y/",
        "/alone/",
        "/wp-content/uploads/map-30x20.jpg",
    ] {
        assert_eq!(answers(&paper, address).await, "410", "{address}");
    }
    // The draft is published there: its attachment's page leads to it now.
    let mut later = elements.clone();
    later[7] = story(3, "publish");
    imported_with(&paper, &later, None).await;
    let third = paper.article("?p=3").await.id;
    let (to, _) = leads(&paper, "old.example", "/2019/3/x/").await;
    assert!(to.starts_with(&format!("/a/{third}/")), "{to}");
    let position = *paper.store.position().borrow();
    imported_with(&paper, &later, None).await;
    assert_eq!(
        *paper.store.position().borrow(),
        position,
        "nothing is left to do"
    );
}

async fn files_that_texts_alone_name_are_kept_too(place: &Place) {
    let paper = Paper::new(place).await;
    let uploads = paper.folder.path().join("uploads");
    std::fs::create_dir_all(uploads.join("2019/03")).expect("a folder");
    let text = "<p>نص <a href=\"https://old.example/wp-content/uploads/2019/03/report.pdf\">التقرير</a></p>\n\
        <img src=\"/wp-content/uploads/2019/03/map-300x200.jpg\" srcset=\"/wp-content/uploads/2019/03/map-150x100.jpg 150w, /wp-content/uploads/2019/03/map.jpg 640w\" alt=\"خريطة\">\n\
        <img src=\"https://else.example/wp-content/uploads/other.jpg\">";
    let story = |number: u32| {
        post(
            number,
            "publish",
            &format!("https://old.example/{number}/"),
            "",
        )
        .replace(&format!("نص الخبر {number}"), text)
    };
    let elements = [story(1), story(2)];
    let report = imported_with(&paper, &elements, None).await;
    assert_eq!(count(&report, "uploads_as_references"), 2, "{report:?}");
    says(&report, "1", "report.pdf");
    let addresses = [
        "/wp-content/uploads/2019/03/report.pdf",
        "/wp-content/uploads/2019/03/map.jpg",
        "/wp-content/uploads/2019/03/map-300x200.jpg",
    ];
    for address in addresses {
        assert_eq!(answers(&paper, address).await, "410", "{address}");
    }
    assert_eq!(
        answers(&paper, "/wp-content/uploads/other.jpg").await,
        "404"
    );
    // The folder comes later: the files are there, and the text's picture.
    let drawn = media::patterns::draw_jpeg(1, media::Rgb(40, 80, 120), 64, 36).expect("drawn");
    std::fs::write(uploads.join("2019/03/map.jpg"), &drawn).expect("written");
    std::fs::write(uploads.join("2019/03/report.pdf"), b"%PDF-1.4").expect("written");
    let report = imported_with(&paper, &elements, Some(&uploads)).await;
    assert_eq!(count(&report, "uploads_kept"), 2, "{report:?}");
    for address in addresses {
        assert_eq!(answers(&paper, address).await, "301 200", "{address}");
    }
    let mut shown = Vec::new();
    for number in ["?p=1", "?p=2"] {
        let article = paper.article(number).await;
        for block in &article.body.blocks {
            if let BlockKind::Image(image) = &block.kind {
                shown.extend(image.media);
            }
        }
    }
    assert!(
        shown.len() == 2 && shown[0] == shown[1],
        "one picture in both: {shown:?}"
    );
    let position = *paper.store.position().borrow();
    imported_with(&paper, &elements, Some(&uploads)).await;
    assert_eq!(
        *paper.store.position().borrow(),
        position,
        "nothing is left to do"
    );
    // A later export has its attachment: the address goes on answering.
    let mut later = elements.to_vec();
    later.push(attachment(9, 1, "/1/map/", "2019/03/map.jpg", ""));
    let report = imported_with(&paper, &later, Some(&uploads)).await;
    assert_eq!(count(&report, "attachments_kept"), 1, "{report:?}");
    assert_eq!(answers(&paper, addresses[1]).await, "301 200");
}

async fn pictures_carry_the_words_kept_with_them(place: &Place) {
    let paper = Paper::new(place).await;
    let picture = |number: u32, rest: &str| {
        format!(
            "<item><title>x</title><wp:post_id>{number}</wp:post_id><wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type><wp:attachment_url>https://old.example/wp-content/uploads/{number}.jpg</wp:attachment_url>{rest}</item>"
        )
    };
    let text = "<img class=\"wp-image-11\" src=\"11.jpg\" alt=\"\">\n\n<img class=\"wp-image-11\" src=\"11.jpg\" alt=\"غيرها\">\n\n[gallery ids=\"11,12\"]";
    let story = |number: u32| {
        let link = format!("https://old.example/{number}/");
        post(number, "publish", &link, "").replace(&format!("نص الخبر {number}"), text)
    };
    let words = field("_wp_attachment_image_alt", "جسر <b>فوق</b> النهر");
    let elements = [picture(11, &words), picture(12, ""), story(1)];
    imported_with(&paper, &elements, None).await;
    // Of the second story the pictures came before.
    imported_with(&paper, &[story(2)], None).await;
    for number in [1, 2] {
        let article = paper.article(&format!("?p={number}")).await;
        let images = article
            .body
            .blocks
            .iter()
            .flat_map(|block| match &block.kind {
                BlockKind::Image(image) => std::slice::from_ref(image),
                BlockKind::Gallery { images } => images.as_slice(),
                _ => &[],
            });
        let alts: Vec<&str> = images.map(|image| image.alt.as_str()).collect();
        let bridge = "جسر فوق النهر";
        assert_eq!(alts, [bridge, "غيرها", bridge, ""], "{number}");
    }
}
