//! Exports of sites with everything in them that had an address, and the list
//! of those addresses.

use std::path::Path;

/// A site: where it is, and what is told apart in it from the others.
#[derive(Clone, Copy)]
pub(crate) struct Site {
    /// Its address, without a slash at the end.
    pub(crate) url: &'static str,
    /// Its host.
    pub(crate) host: &'static str,
    /// The folder it lives in, or empty.
    pub(crate) folder: &'static str,
    /// A word that its headlines have.
    pub(crate) word: &'static str,
}

pub(crate) const SITES: [Site; 3] = [
    Site {
        url: "https://old.example",
        host: "old.example",
        folder: "",
        word: "الأول",
    },
    Site {
        url: "https://old.example/blog",
        host: "old.example",
        folder: "/blog",
        word: "الثاني",
    },
    Site {
        url: "https://www.other.example",
        host: "other.example",
        folder: "",
        word: "الثالث",
    },
];

/// «انتهاء-الجولة» as WordPress writes it.
const SLUG: &str = "%d8%a7%d9%86%d8%aa%d9%87%d8%a7%d8%a1-%d8%a7%d9%84%d8%ac%d9%88%d9%84%d8%a9";
/// «سياسة» and «محليات».
const POLITICS: &str = "%d8%b3%d9%8a%d8%a7%d8%b3%d8%a9";
const LOCAL: &str = "%d9%85%d8%ad%d9%84%d9%8a%d8%a7%d8%aa";

fn field(name: &str, value: &str) -> String {
    format!(
        "<wp:postmeta><wp:meta_key>{name}</wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
    )
}

fn item(site: Site, number: u32, kind: &str, status: &str, path: &str, rest: &str) -> String {
    let Site { url, word, .. } = site;
    let guid = if rest.contains("<guid>") {
        String::new()
    } else {
        format!("<guid>{url}/?p={number}</guid>")
    };
    format!(
        "<item><title>خبر الموقع {word} رقم {number}</title><link>{url}{path}</link>{guid}<dc:creator>desk</dc:creator><content:encoded><![CDATA[نص الخبر.]]></content:encoded><wp:post_id>{number}</wp:post_id><wp:post_date>2017-05-03 12:00:00</wp:post_date><wp:post_date_gmt>2017-05-03 09:00:00</wp:post_date_gmt><wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>{rest}</item>\n"
    )
}

fn attachment(
    site: Site,
    number: u32,
    parent: u32,
    page: &str,
    file: &str,
    fields: &str,
) -> String {
    let file = format!("{}/wp-content/uploads/2017/05/{file}", site.url);
    let rest = format!(
        "<guid>{file}</guid><wp:post_parent>{parent}</wp:post_parent><wp:attachment_url>{file}</wp:attachment_url>{fields}"
    );
    item(site, number, "attachment", "inherit", page, &rest)
}

/// The export of a site.
pub(crate) fn export(site: Site) -> String {
    let Site { url, word, .. } = site;
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel><title>الموقع {word}</title><link>{url}</link><language>ar</language><wp:wxr_version>1.2</wp:wxr_version>\n\
         <wp:author><wp:author_id>2</wp:author_id><wp:author_login>desk</wp:author_login><wp:author_display_name>محرر {word}</wp:author_display_name></wp:author>\n\
         <wp:category><wp:term_id>3</wp:term_id><wp:category_nicename>{POLITICS}</wp:category_nicename><wp:category_parent></wp:category_parent><wp:cat_name>سياسة {word}</wp:cat_name></wp:category>\n\
         <wp:category><wp:term_id>4</wp:term_id><wp:category_nicename>{LOCAL}</wp:category_nicename><wp:category_parent>{POLITICS}</wp:category_parent><wp:cat_name>محليات {word}</wp:cat_name></wp:category>\n\
         <wp:tag><wp:term_id>9</wp:term_id><wp:tag_slug>roads</wp:tag_slug><wp:tag_name>طرق {word}</wp:tag_name></wp:tag>\n"
    );
    let named = format!(
        "<category domain=\"category\" nicename=\"{POLITICS}\">س</category><category domain=\"category\" nicename=\"{LOCAL}\">م</category><category domain=\"post_tag\" nicename=\"roads\">ط</category><wp:post_name>{SLUG}</wp:post_name>{}",
        field("_wp_old_slug", "before")
    );
    let long = format!("/2017/05/{}/", "%d8%a3".repeat(33));
    for part in [
        item(
            site,
            10,
            "post",
            "publish",
            &format!("/2017/05/03/{SLUG}/"),
            &named,
        ),
        item(site, 11, "post", "publish", &long, ""),
        item(site, 12, "post", "publish", "/?p=12", ""),
        item(site, 13, "post", "publish", "/index.php/2017/plain-13/", ""),
        item(site, 14, "post", "trash", "/2017/05/taken-back/", ""),
        item(
            site,
            15,
            "page",
            "publish",
            "/about/",
            "<wp:post_name>about</wp:post_name>",
        ),
        item(
            site,
            16,
            "page",
            "publish",
            "/about/team/",
            "<wp:post_parent>15</wp:post_parent><wp:post_name>team</wp:post_name>",
        ),
        item(
            site,
            17,
            "page",
            "trash",
            "/closed/",
            "<wp:post_name>closed</wp:post_name>",
        ),
        attachment(
            site,
            20,
            10,
            &format!("/2017/05/03/{SLUG}/map/"),
            "map-scaled.jpg",
            &field(
                "_wp_attachment_metadata",
                "a:1:{s:4:\"file\";s:10:\"map-x.webp\";}",
            ),
        ),
        attachment(site, 21, 0, "/turned/", "turned-rotated.jpg", ""),
        attachment(site, 22, 11, &format!("{long}report/"), "report.pdf", ""),
        attachment(site, 23, 0, "/?attachment_id=23", "speech.mp3", ""),
        attachment(
            site,
            24,
            10,
            &format!("/2017/05/03/{SLUG}/lost/"),
            "lost.jpg",
            "",
        ),
        attachment(site, 25, 0, "/lost-film/", "film.mp4", ""),
        attachment(site, 26, 0, "/drawing/", "drawing.svg", ""),
    ] {
        out.push_str(&part);
    }
    out.push_str("</channel></rss>\n");
    out
}

/// Lays out the files of a site that came with its export.
pub(crate) fn write_uploads(folder: &Path, picture: &[u8]) {
    let folder = folder.join("2017/05");
    std::fs::create_dir_all(&folder).expect("made");
    for (name, bytes) in [
        ("map-scaled.jpg", picture),
        ("turned-rotated.jpg", picture),
        ("report.pdf", b"%PDF-1.4 report"),
        ("speech.mp3", b"ID3 speech"),
        (
            "drawing.svg",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>",
        ),
    ] {
        std::fs::write(folder.join(name), bytes).expect("written");
    }
}

/// Every address that a site had, below its folder, with the status it shall
/// end in.
pub(crate) fn addresses() -> Vec<(String, u16)> {
    let article = format!("/2017/05/03/{SLUG}");
    let upper = SLUG.to_uppercase();
    let mut found: Vec<(String, u16)> = Vec::new();
    for shown in [
        format!("{article}/"),
        article.clone(),
        format!("/2017/05/03/{upper}/"),
        "/2017/05/03/انتهاء-الجولة/".to_owned(),
        format!("{article}/feed/"),
        format!("{article}/comment-page-2/"),
        "/2017/05/03/before/".to_owned(),
        format!("/2017/05/{}/", "%d8%a3".repeat(60)),
        format!("/2017/05/{}%D8", "%D8%A3".repeat(33)),
        "/?p=12".to_owned(),
        "/index.php/2017/plain-13/".to_owned(),
        "/2017/plain-13".to_owned(),
        "/about/".to_owned(),
        "/about/team".to_owned(),
        "/".to_owned(),
        "/index.php".to_owned(),
        "/page/2/".to_owned(),
        "/feed/".to_owned(),
        "/feed/atom/".to_owned(),
        "/comments/feed/".to_owned(),
        "/?feed=rss2".to_owned(),
        "/wp-sitemap.xml".to_owned(),
        "/2017/".to_owned(),
        "/2017/05/".to_owned(),
        "/2017/05/page/2/".to_owned(),
        "/2017/05/03/".to_owned(),
        "/?m=201705".to_owned(),
        "/?m=20170503".to_owned(),
        "/?year=2017&monthnum=05".to_owned(),
        format!("/category/{POLITICS}/"),
        format!("/category/{POLITICS}/page/2/"),
        format!("/category/{POLITICS}/feed/"),
        format!("/category/{POLITICS}/{LOCAL}/"),
        format!("/category/{LOCAL}/page/3"),
        format!("/?category_name={POLITICS}"),
        "/?cat=3".to_owned(),
        "/?cat=4&paged=2".to_owned(),
        "/?feed=rss2&cat=3".to_owned(),
        "/tag/roads/page/2/".to_owned(),
        "/tag/roads/feed/".to_owned(),
        "/?tag=roads".to_owned(),
        "/author/desk/page/2/".to_owned(),
        "/author/desk/feed/".to_owned(),
        "/?author=2".to_owned(),
        "/?author_name=desk".to_owned(),
        // Attachments: their files, the sizes of these, their pages.
        "/wp-content/uploads/2017/05/map-scaled.jpg".to_owned(),
        "/wp-content/uploads/2017/05/map.jpg".to_owned(),
        "/wp-content/uploads/2017/05/map-300x200.jpg".to_owned(),
        "/wp-content/uploads/2017/05/map-x.webp".to_owned(),
        "/wp-content/uploads/2017/05/turned-150x150.jpg?ver=2".to_owned(),
        "/wp-content/uploads/2017/05/report.pdf".to_owned(),
        "/wp-content/uploads/2017/05/speech.mp3".to_owned(),
        "/wp-content/uploads/2017/05/drawing.svg".to_owned(),
        format!("{article}/map/"),
        format!("{article}/lost/"),
        format!("/2017/05/{}/report/", "%d8%a3".repeat(33)),
        "/turned/".to_owned(),
        "/drawing/".to_owned(),
    ] {
        found.push((shown, 200));
    }
    for number in [10, 11, 12, 13, 15, 16, 20, 21, 22, 23, 24, 26] {
        for name in ["p", "page_id", "attachment_id"] {
            found.push((format!("/?{name}={number}"), 200));
        }
    }
    for gone in [
        "/2017/05/taken-back/",
        "/?p=14",
        "/closed/",
        "/?page_id=17",
        "/wp-content/uploads/2017/05/lost.jpg",
        "/wp-content/uploads/2017/05/lost-300x200.jpg",
        "/wp-content/uploads/2017/05/film.mp4",
        "/lost-film/",
        "/?attachment_id=25",
    ] {
        found.push((gone.to_owned(), 410));
    }
    found
}

/// The addresses that the exports themselves name, whole.
pub(crate) fn named_in(export: &str) -> Vec<String> {
    let mut found = Vec::new();
    for tag in ["link", "guid", "wp:attachment_url"] {
        let mut rest = export;
        while let Some((_, after)) = rest.split_once(&format!("<{tag}>")) {
            let (address, after) = after.split_once("</").expect("closed");
            found.push(address.to_owned());
            rest = after;
        }
    }
    found
}
