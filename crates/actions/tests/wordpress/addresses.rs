//! Every form of an old address, and every spelling of it.

use crate::export::{answers, category, field, imported, in_category, leads, post};
use crate::paper::Paper;
use actions::old_address::answer;
use editorial::Standing;
use testing::{Place, on_both_engines};

on_both_engines! {
    every_form_of_permalink_and_every_spelling_of_it
    archives_feeds_sections_tags_and_authors
    names_of_before_stand_behind_those_of_now
}

async fn every_form_of_permalink_and_every_spelling_of_it(place: &Place) {
    let paper = Paper::new(place).await;
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
                told.standing == Standing::Shown && to.starts_with(&format!("/a/{id}/")),
                "{spelling}: {to} {:?}",
                told.standing
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

async fn archives_feeds_sections_tags_and_authors(place: &Place) {
    let paper = Paper::new(place).await;
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
            told.standing == Standing::Shown && to.starts_with(expect),
            "{address}: {to} {:?}",
            told.standing
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

async fn names_of_before_stand_behind_those_of_now(place: &Place) {
    let paper = Paper::new(place).await;
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
