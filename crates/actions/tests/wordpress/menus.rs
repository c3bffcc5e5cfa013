//! Menus: which stands where, what is below what, and what leads nowhere.

use editorial::settings::MenuItem;

use crate::export::{category, field, imported, post, says};
use crate::paper::{Paper, count};
use testing::{Place, on_both_engines};

on_both_engines! {
    menus_keep_their_order_and_one_level_below
}

/// An entry of a menu: its number, place, the entry above it, its words, and
/// the fields that say what it leads to.
fn entry(menu: (&str, &str), number: u32, parent: u32, words: &str, to: &[(&str, &str)]) -> String {
    let (slug, name) = menu;
    let fields: String = to.iter().map(|(name, value)| field(name, value)).collect();
    let parent = field("_menu_item_menu_item_parent", &parent.to_string());
    format!(
        "<item><title>{words}</title><wp:post_id>{number}</wp:post_id><wp:menu_order>{number}</wp:menu_order><wp:status>publish</wp:status><wp:post_type>nav_menu_item</wp:post_type><category domain=\"nav_menu\" nicename=\"{slug}\"><![CDATA[{name}]]></category>{parent}{fields}</item>"
    )
}

fn object<'a>(kind: &'a str, number: &'a str) -> [(&'a str, &'a str); 2] {
    [
        ("_menu_item_object", kind),
        ("_menu_item_object_id", number),
    ]
}

fn custom(url: &str) -> [(&str, &str); 2] {
    [("_menu_item_object", "custom"), ("_menu_item_url", url)]
}

/// A menu in a line for each entry, those below others further in.
fn outline(menu: &[MenuItem]) -> Vec<String> {
    let mut lines = Vec::new();
    for item in menu {
        lines.push(format!("{} {}", item.label, item.url));
        let below = item.children.iter();
        lines.extend(below.map(|item| format!("  {} {}", item.label, item.url)));
    }
    lines
}

async fn menus_keep_their_order_and_one_level_below(place: &Place) {
    let paper = Paper::new(place).await;
    let main = ("main-menu", "القائمة الرئيسية");
    let foot = ("links", "روابط التذييل");
    let page = |number: u32, status: &str, slug: &str| {
        let rest = format!("<wp:post_name>{slug}</wp:post_name>");
        post(
            number,
            status,
            &format!("https://old.example/{slug}/"),
            &rest,
        )
        .replace("<wp:post_type>post<", "<wp:post_type>page<")
    };
    let tag = "<wp:tag><wp:term_id>9</wp:term_id><wp:tag_slug>roads</wp:tag_slug><wp:tag_name>طرق</wp:tag_name></wp:tag>";
    let elements = [
        category(3, "politics", "سياسة", ""),
        category(4, "local", "محليات", "politics"),
        tag.to_owned(),
        page(1, "publish", "about"),
        page(2, "draft", "hidden"),
        entry(main, 101, 0, "الرئيسية", &custom("https://old.example/")),
        entry(main, 102, 0, "", &object("category", "3")),
        entry(main, 103, 102, "", &object("category", "4")),
        entry(main, 104, 103, "", &object("post_tag", "9")),
        entry(main, 105, 102, "سوق", &custom("https://shop.example/x")),
        entry(main, 106, 0, "أبواب", &custom("#")),
        entry(
            main,
            107,
            106,
            "رابط قديم",
            &custom("http://www.old.example/category/politics/?x=1"),
        ),
        entry(main, 108, 0, "زال", &object("page", "77")),
        entry(main, 109, 108, "تحت ما زال", &custom("/about/")),
        entry(main, 110, 0, "خالٍ", &custom("#")),
        entry(main, 111, 0, "مسودة", &object("page", "2")),
        entry(main, 112, 113, "حلقة", &custom("https://a.example")),
        entry(main, 113, 112, "وحلقة", &custom("https://b.example")),
        entry(
            main,
            114,
            0,
            "قديم زال",
            &custom("https://old.example/nothing/"),
        ),
        entry(main, 115, 0, "شيفرة", &custom("javascript:alert(1)")),
        entry(main, 116, 0, "عنوان", &custom("JavaScript:void(0)")),
        entry(main, 117, 116, "تحته", &custom("https://c.example")),
        entry(main, 118, 116, "عنوان تحته", &custom("#")),
        entry(main, 119, 118, "تحتهما", &custom("mailto:x@old.example")),
        entry(main, 120, 0, "بيانات", &custom("data:text/html,x")),
        entry(foot, 201, 0, "", &object("page", "1")),
        entry(
            ("social", "Social"),
            301,
            0,
            "x",
            &custom("https://x.example"),
        ),
    ];
    let report = imported(&paper, &elements).await;
    let settings = paper.store.settings().await.expect("read");
    assert_eq!(
        outline(&settings.header_menu),
        [
            "الرئيسية /",
            "سياسة /section/politics",
            "  محليات /tag/local",
            "  طرق /tag/roads",
            "  سوق https://shop.example/x",
            "أبواب ",
            "  رابط قديم /section/politics",
            "تحت ما زال /page/about",
            "عنوان ",
            "  تحته https://c.example",
            "  تحتهما mailto:x@old.example",
            "وحلقة https://b.example",
            "حلقة https://a.example",
        ]
    );
    assert_eq!(outline(&settings.footer_menu), ["خبر 1 /page/about"]);
    assert_eq!(count(&report, "menu_items_new"), 14, "{report:?}");
    for id in ["108", "111", "114", "120"] {
        says(&report, id, "leads to nothing that is shown here");
    }
    for id in ["110", "115", "118"] {
        says(&report, id, "is a heading without entries");
    }
    says(&report, "social", "neither at the head nor at the foot");
}
