//! Sites in folders, and several sites in one paper.

use crate::export::{category, imported_of, in_category, leads, post};
use crate::paper::{Paper, count};
use editorial::{Changes, Standing, Write, changes::Target, media::Media, places::Section};
use testing::{Place, on_both_engines};

on_both_engines! {
    a_site_in_a_folder_answers_as_one_at_the_root
    of_two_sites_the_host_decides
    the_addresses_that_an_older_program_kept_go_on_answering
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
const OF_SITE: [(&str, &str); 22] = [
    ("/2019/03/story/", "/a/"),
    ("/2019/03/story/feed/", "/a/"),
    ("/2019/03/story/2/", "/a/"),
    ("/2019/03/story/17", "/a/"),
    ("/2019/03/story/?page=2", "/a/"),
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
    ("/page/2/", "/archive"),
    ("/?paged=2", "/archive"),
    ("/2019/03/page/2/", "/archive?before="),
    ("/?m=20190304", "/archive/2019/03/04"),
];

async fn a_site_in_a_folder_answers_as_one_at_the_root(place: &Place) {
    let paper = Paper::new(place).await;
    let site = "https://old.example/blog";
    imported_of(&paper, site, &of_site(site, "أ")).await;
    for host in ["old.example", "new.example"] {
        for (address, expect) in OF_SITE {
            let (to, status) = leads(&paper, host, &format!("/blog{address}")).await;
            assert!(
                to.starts_with(expect) && status == Standing::Shown,
                "{host} {address}: {to} {status:?}"
            );
        }
        let upload = "/blog/wp-content/uploads/2019/03/map-30x20.jpg";
        let (_, status) = leads(&paper, host, upload).await;
        assert_eq!(status, Standing::NotCarriedOver);
        assert_eq!(
            leads(&paper, host, "/blog/").await,
            ("/".to_owned(), Standing::Shown)
        );
        for nowhere in [
            "/blog/?p=99",
            "/blog/2019/03/nothing/",
            "/elsewhere/feed/x",
            // Articles alone have pages, and their numbers are small and plain.
            "/blog/category/news/2/",
            "/blog/2019/03/story/02/",
            "/blog/2019/03/story/1234/",
            "/blog/2019/03/story/two/",
        ] {
            assert_eq!(
                leads(&paper, host, nowhere).await.1,
                Standing::Nothing,
                "{nowhere}"
            );
        }
    }
    let report = imported_of(&paper, site, &of_site(site, "أ")).await;
    assert_eq!(count(&report, "addresses_added"), 0, "{report:?}");
}

async fn of_two_sites_the_host_decides(place: &Place) {
    let paper = Paper::new(place).await;
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
                to.starts_with(&expect) && status == Standing::Shown,
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

/// What a program wrote that knew neither folders nor attachments' pages.
async fn the_addresses_that_an_older_program_kept_go_on_answering(place: &Place) {
    let paper = Paper::new(place).await;
    let site = "https://old.example/blog";
    let source = format!("wordpress:{site}");
    let mut block = paper.store.draw_ids(2).await.expect("drawn");
    let (section, map) = (block.draw().expect("an id"), block.draw().expect("an id"));
    let origin = |kind: &str, foreign: &str, id| Write::Origin {
        source: source.clone(),
        kind: kind.to_owned(),
        foreign: foreign.to_owned(),
        id,
        fingerprint: "reference:x".to_owned(),
    };
    let leads_to = |key: &str, target| Write::OldAddress {
        key: key.to_owned(),
        target,
    };
    let changes = Changes::new()
        .write(Write::Section(Section {
            id: section,
            slug: "news".to_owned(),
            name: "أخبار".to_owned(),
            description: String::new(),
            colour: String::new(),
            position: 0,
        }))
        .write(Write::Media(Media {
            source_url: format!("{site}/wp-content/uploads/2019/03/map.jpg"),
            ..Media::new(map)
        }))
        .write(origin("category", "news", section))
        .write(origin("attachment", "6", map))
        .write(leads_to("/category/news", Target::Section(section)))
        .write(leads_to("/blog/2019/03/story/map", Target::Media(map)))
        .write(leads_to("?p=6", Target::Media(map)));
    paper.store.commit(changes).await.expect("committed");
    let news = "/blog/category/news/page/2/";
    let to = ("/section/news".to_owned(), Standing::Shown);
    assert_eq!(leads(&paper, "old.example", news).await, to);
    let page = "/blog/2019/03/story/map/";
    let (_, standing) = leads(&paper, "old.example", page).await;
    assert_eq!(standing, Standing::NotCarriedOver);
    // The import of today adds what is missing, and the page finds its article.
    let attached = |element: &String| {
        element.replace(
            "<wp:post_id>6<",
            "<wp:post_parent>5</wp:post_parent><wp:post_id>6<",
        )
    };
    let elements: Vec<String> = of_site(site, "أ").iter().map(attached).collect();
    let report = imported_of(&paper, site, &elements).await;
    assert!(count(&report, "addresses_added") > 0, "{report:?}");
    for address in [page, "/blog/?attachment_id=6"] {
        let (to, standing) = leads(&paper, "old.example", address).await;
        assert!(
            to.starts_with("/a/") && standing == Standing::Shown,
            "{address} {to}"
        );
    }
    assert_eq!(leads(&paper, "old.example", news).await, to);
    let again = imported_of(&paper, site, &elements).await;
    assert_eq!(count(&again, "addresses_added"), 0, "{again:?}");
}
