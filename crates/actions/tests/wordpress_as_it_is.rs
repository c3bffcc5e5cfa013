//! Exports as real sites give them, made here one construct at a time, tried
//! from outside: what stands in the paper, how each old address answers, and
//! what the report says.

mod export;
mod paper;

use actions::old_address::{Status, answer};
use editorial::{ArticleState, Timestamp, audit::Actor, comment::CommentState};
use export::{
    answers, category, comment, export, field, imported, imported_of, in_category, leads, post,
    says,
};
use paper::{NOW, Paper, count};

#[tokio::test]
async fn posts_of_every_status() {
    let paper = Paper::new().await;
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
        (ArticleState::Unpublished, false, "301 404"),
        (ArticleState::Unpublished, false, "301 404"),
        (ArticleState::Unpublished, false, "301 404"),
        (ArticleState::Unpublished, true, "301 404"),
        (ArticleState::Withdrawn, true, "301 410"),
        (ArticleState::Unpublished, true, "301 404"),
        (ArticleState::Unpublished, true, "301 404"),
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
    says(&report, "2", "was to be published on 2019-03-04 12:00:00");
    for (id, status) in [
        ("3", "draft"),
        ("4", "pending"),
        ("5", "private"),
        ("7", "inherit"),
    ] {
        says(&report, id, &format!("was {status}; imported unpublished"));
    }
    says(&report, "6", "410");
    says(&report, "8", "password");
    // A draft of the old site is published here under the day it is published.
    let id = paper.article("?p=3").await.id;
    actions::publish_article(&paper.store, id, Actor::CommandLine, NOW)
        .await
        .expect("published");
    assert_eq!(paper.article("?p=3").await.published_at, Some(NOW));
}

#[tokio::test]
async fn pages_below_pages() {
    let paper = Paper::new().await;
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
        assert_eq!(told.status, Status::Shown, "{address}");
        targets.push(told.moved_to.expect("moved").to_string());
    }
    assert_eq!(&targets[..3], ["/page/about", "/page/team", "/page/sport"]);
    assert!(targets[3].starts_with("/page/team-"), "{targets:?}");
}

#[tokio::test]
async fn every_form_of_permalink_and_every_spelling_of_it() {
    let paper = Paper::new().await;
    let slug = "%d8%a3%d8%b3%d8%aa%d8%a7%d9%86%d8%a7";
    let long = "%d8%a3".repeat(33);
    let links = [
        format!("https://old.example/2019/03/{slug}/"),
        "https://old.example/?p=2".to_owned(),
        "https://old.example/archives/3".to_owned(),
        format!("https://old.example/news/local/{slug}-4/"),
        format!("https://old.example/index.php/2019/03/04/{slug}-5/"),
        format!("https://old.example/2019/{long}/"),
        "https://old.example/2019/plain.html".to_owned(),
    ];
    let posts: Vec<String> = (1..)
        .zip(&links)
        .map(|(number, link)| {
            let guid =
                format!("<guid isPermaLink=\"false\">http://old.example/blog/?p={number}</guid>");
            let name = link
                .trim_end_matches('/')
                .rsplit('/')
                .next()
                .expect("a part");
            let old = field("_wp_old_slug", &format!("former-{number}"));
            post(
                number,
                "publish",
                link,
                &format!("{guid}<wp:post_name>{name}</wp:post_name>{old}"),
            )
        })
        .collect();
    imported(&paper, &posts).await;
    for (number, link) in (1..).zip(&links) {
        let id = paper.article(&format!("?p={number}")).await.id;
        let (path, query) = importer::address::path_and_query(link);
        let mut spellings = vec![
            link.clone(),
            format!("/?p={number}"),
            format!("/index.php?p={number}"),
            format!("/blog/?p={number}&utm_source=x"),
            format!("https://old.example/?page_id={number}"),
        ];
        if query.is_none() {
            let decoded = editorial::urls::decode(path);
            let bare = path.trim_end_matches('/').to_owned();
            let nfd: String =
                unicode_normalization::UnicodeNormalization::nfd(decoded.as_str()).collect();
            let encoded = |text: &str| {
                text.split('/')
                    .map(editorial::urls::encode)
                    .collect::<Vec<_>>()
                    .join("/")
            };
            spellings.extend([
                bare.clone(),
                format!("{bare}/"),
                bare.to_uppercase().replace("/INDEX.PHP", "/index.php"),
                encoded(&decoded),
                encoded(&decoded).to_lowercase(),
                encoded(&nfd),
                decoded,
                format!("{bare}/feed/"),
                format!("{bare}/feed/atom/"),
                format!("{bare}/comment-page-2/#comment-9"),
                format!("{bare}/amp/"),
                format!("{bare}/?utm_campaign=y"),
                format!("/index.php{}", bare.trim_start_matches("/index.php")),
            ]);
        }
        for spelling in spellings {
            let told = answer(&paper.store, &spelling, None).await.expect("read");
            let to = told.moved_to.map(|to| to.to_string()).unwrap_or_default();
            assert!(
                told.status == Status::Shown && to.starts_with(&format!("/a/{id}/")),
                "{spelling}: {to} {:?}",
                told.status
            );
        }
    }
    for address in [
        // Longer than WordPress keeps: the whole slug finds the cut one.
        format!("/2019/{}/", "%d8%a3".repeat(60)),
        format!("/2019/{}%D8", "%D8%A3".repeat(33)),
        "/2019/03/former-1/".to_owned(),
        "/2019/former-7".to_owned(),
    ] {
        assert_eq!(answers(&paper, &address).await, "301 200", "{address}");
    }
    for address in ["/blog/", "/2019/03/missing/", "/?p=99", "/archives/"] {
        assert_eq!(answers(&paper, address).await, "404", "{address}");
    }
}

#[tokio::test]
async fn archives_feeds_sections_tags_and_authors() {
    let paper = Paper::new().await;
    let author = "<wp:author><wp:author_id>2</wp:author_id><wp:author_login>Salma.N</wp:author_login><wp:author_display_name>سلمى</wp:author_display_name></wp:author>";
    let tag = "<wp:tag><wp:term_id>9</wp:term_id><wp:tag_slug>%d8%b7%d8%b1%d9%82</wp:tag_slug><wp:tag_name>طرق</wp:tag_name></wp:tag>";
    let terms = [
        in_category("local", "محليات"),
        "<category domain=\"post_tag\" nicename=\"%d8%b7%d8%b1%d9%82\">طرق</category><dc:creator>Salma.N</dc:creator>".to_owned(),
    ];
    imported(
        &paper,
        &[
            author.to_owned(),
            category(3, "%d8%b3%d9%8a%d8%a7%d8%b3%d8%a9", "سياسة", ""),
            category(4, "local", "محليات", "%d8%b3%d9%8a%d8%a7%d8%b3%d8%a9"),
            tag.to_owned(),
            post(1, "publish", "https://old.example/x/", &terms.concat()),
        ],
    )
    .await;
    for (address, expect) in [
        ("/category/%D8%B3%D9%8A%D8%A7%D8%B3%D8%A9/", "/section/"),
        ("/category/سياسة/page/3/", "/section/"),
        ("/category/سياسة/feed/", "/section/"),
        ("/category/سياسة/local/", "/tag/local"),
        ("/category/سياسة/local/page/2", "/tag/local"),
        ("/category/local/", "/tag/local"),
        ("/category/سياسة/local/feed/", "/tag/local/feed.xml"),
        ("/?cat=3", "/section/"),
        ("/?cat=4&paged=2", "/tag/local"),
        ("/?category_name=local", "/tag/local"),
        ("/?feed=rss2&cat=4", "/tag/local/feed.xml"),
        ("/tag/%d8%b7%d8%b1%d9%82/", "/tag/"),
        ("/tag/طرق/page/2/", "/tag/"),
        ("/tag/طرق/feed/atom/", "/tag/"),
        ("/?tag=%d8%b7%d8%b1%d9%82", "/tag/"),
        ("/author/salma-n/", "/author/"),
        ("/author/Salma.N/feed/", "/author/"),
        ("/author/salma-n/page/2", "/author/"),
        ("/?author=2", "/author/"),
        ("/?author_name=salma.n", "/author/"),
        ("/2019/", "/archive?before="),
        ("/2019/03/", "/archive?before="),
        ("/2019/03/page/2/", "/archive?before="),
        ("/2019/03/04/", "/archive/2019/03/04"),
        ("/2019/03/04/page/2", "/archive/2019/03/04"),
        ("/?m=20190304", "/archive/2019/03/04"),
        ("/page/2/", "/"),
        ("/feed/", "/feed.xml"),
        ("/feed/rss2/", "/feed.xml"),
        ("/comments/feed/", "/feed.xml"),
        ("/?feed=atom", "/feed.xml"),
        ("/index.php", "/"),
    ] {
        let told = answer(&paper.store, address, None).await.expect("read");
        let to = told.moved_to.map(|to| to.to_string()).unwrap_or_default();
        // Where an address is one of ours already, it has not moved.
        let to = if to.is_empty() {
            address.to_owned()
        } else {
            to
        };
        assert!(
            told.status == Status::Shown && to.starts_with(expect),
            "{address}: {to} {:?}",
            told.status
        );
    }
    for (own, expect) in [
        ("/", "200"),
        ("/archive/2019/03/05", "404"),
        ("/section/none", "404"),
        ("/robots.txt", "200"),
    ] {
        assert_eq!(answers(&paper, own).await, expect, "{own}");
    }
}

/// A site's own part of everything that two sites have under one number.
fn of_site(site: &str, name: &str) -> Vec<String> {
    let author = format!(
        "<wp:author><wp:author_id>2</wp:author_id><wp:author_login>desk</wp:author_login><wp:author_display_name>محرر {name}</wp:author_display_name></wp:author>"
    );
    let tag = format!(
        "<wp:tag><wp:term_id>9</wp:term_id><wp:tag_slug>roads</wp:tag_slug><wp:tag_name>طرق {name}</wp:tag_name></wp:tag>"
    );
    let guid = format!("<guid>{site}/?p=5</guid><dc:creator>desk</dc:creator>");
    let picture = format!(
        "<item><title>x</title><link>{site}/2019/03/story/map/</link><wp:post_id>6</wp:post_id><wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type><wp:attachment_url>{site}/wp-content/uploads/2019/03/map.jpg</wp:attachment_url></item>"
    );
    let tagged = "<category domain=\"post_tag\" nicename=\"roads\">x</category>";
    let rest = guid + &in_category("news", "x") + tagged;
    vec![
        author,
        category(3, "news", &format!("أخبار {name}"), ""),
        tag,
        post(5, "publish", &format!("{site}/2019/03/story/"), &rest)
            .replace("خبر 5", &format!("خبر {name}")),
        picture,
    ]
}

/// The addresses of [`of_site`], and the words that what they lead to begins with.
const OF_SITE: [(&str, &str); 17] = [
    ("/2019/03/story/", "/a/"),
    ("/2019/03/story/feed/", "/a/"),
    ("/?p=5", "/a/"),
    ("/?page_id=5", "/a/"),
    ("/category/news/", "/section/"),
    ("/category/news/page/2/", "/section/"),
    ("/?cat=3", "/section/"),
    ("/?category_name=news", "/section/"),
    ("/tag/roads/page/2/", "/tag/"),
    ("/?tag=roads", "/tag/"),
    ("/author/desk/", "/author/"),
    ("/?author=2", "/author/"),
    ("/?author_name=desk", "/author/"),
    ("/feed/", "/feed.xml"),
    ("/?feed=rss2", "/feed.xml"),
    ("/2019/03/page/2/", "/archive?before="),
    ("/?m=20190304", "/archive/2019/03/04"),
];

#[tokio::test]
async fn a_site_in_a_folder_answers_as_one_at_the_root() {
    let paper = Paper::new().await;
    let site = "https://old.example/blog";
    imported_of(&paper, site, &of_site(site, "أ")).await;
    for host in ["old.example", "new.example"] {
        for (address, expect) in OF_SITE {
            let (to, status) = leads(&paper, host, &format!("/blog{address}")).await;
            assert!(
                to.starts_with(expect) && status == Status::Shown,
                "{host} {address}: {to} {status:?}"
            );
        }
        let (to, _) = leads(
            &paper,
            host,
            "/blog/wp-content/uploads/2019/03/map-30x20.jpg",
        )
        .await;
        assert!(to.starts_with("/media/"), "{to}");
        assert_eq!(
            leads(&paper, host, "/blog/").await,
            ("/".to_owned(), Status::Shown)
        );
        for nowhere in ["/blog/?p=99", "/blog/2019/03/nothing/", "/elsewhere/feed/x"] {
            assert_eq!(
                leads(&paper, host, nowhere).await.1,
                Status::Nothing,
                "{nowhere}"
            );
        }
    }
    let report = imported_of(&paper, site, &of_site(site, "أ")).await;
    assert_eq!(count(&report, "addresses_added"), 0, "{report:?}");
}

#[tokio::test]
async fn of_two_sites_the_host_decides() {
    let paper = Paper::new().await;
    let sites = [
        ("https://a.example", "a.example", ""),
        ("https://www.b.example", "b.example", ""),
        ("https://a.example/blog", "a.example", "/blog"),
    ];
    for (site, ..) in sites {
        imported_of(&paper, site, &of_site(site, site)).await;
    }
    let mut seen = std::collections::HashSet::new();
    for (site, host, folder) in sites {
        let source = format!("wordpress:{site}");
        let origins = paper
            .store
            .origins(&source, "post", &["5".to_owned()])
            .await;
        let id = origins.expect("read")[0].id;
        for (address, expect) in OF_SITE {
            let (to, status) = leads(&paper, host, &format!("{folder}{address}")).await;
            let expect = if expect == "/a/" {
                format!("/a/{id}/")
            } else {
                expect.to_owned()
            };
            assert!(
                to.starts_with(&expect) && status == Status::Shown,
                "{site} {address}: {to} {status:?}"
            );
            let whole = format!("{site}{address}");
            assert_eq!(
                leads(&paper, "new.example", &whole).await,
                (to.clone(), status)
            );
            if expect.starts_with("/section") && address == "/?cat=3" {
                assert!(seen.insert(to), "each site has a section of its own");
            }
        }
    }
    // Where the host says nothing the first site answers, and, in a folder
    // that one site alone lived in, that one.
    let (first, _) = leads(&paper, "a.example", "/?p=5").await;
    let (third, _) = leads(&paper, "a.example", "/blog/?p=5").await;
    assert_eq!(leads(&paper, "new.example", "/?p=5").await.0, first);
    assert_eq!(leads(&paper, "new.example", "/blog/?p=5").await.0, third);
    // The first came alone; run again it has its addresses kept apart too.
    let again = imported_of(&paper, sites[0].0, &of_site(sites[0].0, sites[0].0)).await;
    assert!(count(&again, "addresses_added") > 0, "{again:?}");
    let again = imported_of(&paper, sites[0].0, &of_site(sites[0].0, sites[0].0)).await;
    assert_eq!(count(&again, "addresses_added"), 0, "{again:?}");
    assert_eq!(leads(&paper, "a.example", "/?p=5").await.0, first);
}

#[tokio::test]
async fn names_of_before_stand_behind_those_of_now() {
    let paper = Paper::new().await;
    let named = |number: u32, name: &str, old: &str| {
        let link = format!("https://old.example/{name}/");
        let guid = "<guid>https://old.example/?p=2</guid>";
        let rest = format!("{guid}<wp:post_name>{name}</wp:post_name>");
        post(
            number,
            "publish",
            &link,
            &(rest + &field("_wp_old_slug", old)),
        )
    };
    let posts = [named(1, "b", "a"), named(2, "a", "c")];
    imported(&paper, &posts).await;
    let first = paper.article("?p=1").await.id;
    let second = paper.article("?p=2").await.id;
    assert_ne!(first, second, "a guid takes no other item's number");
    for (address, id) in [("/b/", first), ("/a/", second), ("/c/", second)] {
        let (to, _) = leads(&paper, "old.example", address).await;
        assert!(to.starts_with(&format!("/a/{id}/")), "{address} {to}");
    }
}

#[tokio::test]
async fn sections_and_tags_of_an_article() {
    let paper = Paper::new().await;
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

#[tokio::test]
async fn several_authors_and_guests() {
    let paper = Paper::new().await;
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

#[tokio::test]
async fn comments_in_threads_and_states() {
    let paper = Paper::new().await;
    let with = |comments: &[String]| {
        [post(
            1,
            "publish",
            "https://old.example/1/",
            &(comments.concat() + "<wp:comment_status>closed</wp:comment_status>"),
        )]
    };
    let first = [
        comment(11, 10, "1", "comment", "رد قبل أصله"),
        comment(
            10,
            0,
            "1",
            "",
            "أصل <b>طيب</b>\n\nفقرة <script>x</script>ثانية",
        ),
        comment(12, 0, "0", "comment", "ينتظر"),
        comment(13, 0, "spam", "comment", "مزعج"),
        comment(14, 0, "trash", "comment", "محذوف"),
        comment(15, 0, "1", "pingback", "x"),
        comment(16, 0, "1", "trackback", "x"),
        comment(17, 0, "1", "order_note", "x"),
    ];
    let report = imported(&paper, &with(&first)).await;
    assert_eq!(
        (
            count(&report, "comments_new"),
            count(&report, "pingbacks_left_out")
        ),
        (5, 2),
        "{report:?}"
    );
    says(&report, "17", "order_note");
    let article = paper.article("?p=1").await;
    assert!(!article.comments_open);
    let of = async |number: &str| {
        let origins = paper
            .store
            .origins(
                "wordpress:https://old.example",
                "comment",
                &[number.to_owned()],
            )
            .await
            .expect("read");
        paper
            .store
            .comment(origins[0].id)
            .await
            .expect("read")
            .expect("there")
    };
    let original = of("10").await;
    assert_eq!(of("11").await.reply_to, Some(original.id));
    assert_eq!(original.text, "أصل طيب\nفقرة ثانية");
    assert_eq!(
        original.written_at,
        Timestamp::parse("2019-03-05T08:00:00Z").expect("a time")
    );
    assert_eq!(
        [
            of("12").await.state,
            of("13").await.state,
            of("14").await.state
        ],
        [
            CommentState::Waiting,
            CommentState::Spam,
            CommentState::Removed
        ]
    );
    // A later export: one was approved there, one was deleted, one is new.
    let later = [
        comment(11, 10, "1", "comment", "رد قبل أصله"),
        comment(
            10,
            0,
            "1",
            "",
            "أصل <b>طيب</b>\n\nفقرة <script>x</script>ثانية",
        ),
        comment(12, 0, "1", "comment", "ينتظر"),
        comment(13, 0, "spam", "comment", "مزعج"),
        comment(18, 0, "1", "comment", "جديد"),
    ];
    let report = imported(&paper, &with(&later)).await;
    assert_eq!(
        (
            count(&report, "comments_new"),
            count(&report, "comments_updated"),
            count(&report, "comments_gone_there"),
            count(&report, "articles_unchanged")
        ),
        (1, 1, 1, 1),
        "{report:?}"
    );
    says(&report, "14", "not in this export any more");
    assert_eq!(of("12").await.state, CommentState::Approved);
    let position = *paper.store.position().borrow();
    imported(&paper, &with(&later)).await;
    assert_eq!(
        *paper.store.position().borrow(),
        position,
        "nothing is left to do"
    );
}

#[tokio::test]
async fn items_that_no_paper_needs_and_blocks_used_twice() {
    let paper = Paper::new().await;
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
