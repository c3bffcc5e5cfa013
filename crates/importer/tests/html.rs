//! HTML as sites really have it, reduced to the tree.

mod outline;

use editorial::{BlockKind, Id, Mark};
use importer::html::{Lines, PictureName, Reduced, reduce};
use outline::outline;
use proptest::prelude::*;

fn nothing(_: PictureName<'_>) -> Option<Id> {
    None
}

fn read(html: &str) -> Reduced {
    reduce(html, Lines::Collapse, true, &nothing)
}

#[test]
fn blocks_and_marks() {
    let reduced = read(
        "<h1>عنوان</h1><p>قال <b>الوزير</b>&nbsp;&nbsp;إن <a href='//example.org/x'>الرابط</a> يعمل.</p>\
         <ol><li>أول<ul><li>فرع</li></ul></li><li>ثانٍ</li></ol><hr><h5>صغير</h5>\
         <blockquote><p>كلام</p><cite>فلان</cite></blockquote>",
    );
    assert_eq!(
        outline(&reduced),
        [
            "h2:عنوان",
            "p:قال الوزير إن الرابط يعمل.",
            "ol:أول|ثانٍ",
            "hr",
            "h4:صغير",
            "q:كلام—فلان"
        ]
    );
    let BlockKind::Paragraph { runs } = &reduced.body.blocks[1].kind else {
        panic!("a paragraph")
    };
    assert_eq!(runs[1].marks, [Mark::Strong]);
    assert_eq!(
        runs[3].marks,
        [Mark::Link {
            url: "https://example.org/x".into()
        }]
    );
    let BlockKind::List { items, .. } = &reduced.body.blocks[2].kind else {
        panic!("a list")
    };
    assert_eq!(items[0].items[0].runs[0].text, "فرع");
}

#[test]
fn classic_lines_are_paragraphs_and_breaks() {
    let classic = |html| outline(&reduce(html, Lines::Meaningful, true, &nothing));
    assert_eq!(
        classic("فقرة أولى\nسطر ثانٍ\n\nفقرة <b>ثانية</b>\r\n\r\nثالثة"),
        ["p:فقرة أولى\nسطر ثانٍ", "p:فقرة ثانية", "p:ثالثة"]
    );
    assert_eq!(
        classic("<h2>عنوان</h2>\n\nنص\n<ul>\n<li>بند</li>\n</ul>\nتتمة"),
        ["h2:عنوان", "p:نص", "ul:بند", "p:تتمة"]
    );
    assert_eq!(
        classic("قبل\n\nhttps://www.youtube.com/watch?v=abc\n\nبعد"),
        [
            "p:قبل",
            "embed:https://www.youtube.com/watch?v=abc:",
            "p:بعد"
        ]
    );
}

#[test]
fn pictures_tables_and_embeds() {
    let reduced = read(
        "<p>قبل<img src='https://old.example/a.jpg' alt='صورة'>بعد</p>\
         <figure><img src='b.jpg'><figcaption>تعليق</figcaption></figure>\
         <figure class='wp-block-gallery'><figure><img src='1.jpg'></figure><figure><img src='2.jpg'></figure></figure>\
         <figure><table><tr><th>المدينة</th><th>العدد</th></tr><tr><td colspan=2>حلب</td></tr></table><figcaption>جدول</figcaption></figure>\
         <iframe src='https://player.example/v/1' title='مقطع'></iframe>\
         <figure class='wp-block-embed'><div>\nhttps://youtu.be/abc\n</div><figcaption>مقطع ثانٍ</figcaption></figure>",
    );
    assert_eq!(
        outline(&reduced),
        [
            "p:قبل",
            "img:https://old.example/a.jpg:",
            "p:بعد",
            "img:b.jpg:تعليق",
            "gallery:2",
            "table:true:المدينة,العدد|حلب:جدول",
            "embed:https://player.example/v/1:مقطع",
            "embed:https://youtu.be/abc:مقطع ثانٍ",
        ]
    );
    assert!(
        reduced.losses.iter().any(|loss| loss.contains("span rows")),
        "{:?}",
        reduced.losses
    );
    assert!(
        reduced
            .losses
            .iter()
            .any(|loss| loss.contains("iframe kept as a link"))
    );
}

#[test]
fn pictures_of_the_export_are_found_by_number_or_address() {
    let find = |name: PictureName<'_>| {
        (name.attachment == Some(12)).then(|| Id::new(7).expect("in range"))
    };
    let reduced = reduce(
        "<img class='size-full wp-image-12' src='x.jpg'>",
        Lines::Collapse,
        true,
        &find,
    );
    let BlockKind::Image(image) = &reduced.body.blocks[0].kind else {
        panic!("an image")
    };
    assert_eq!((image.media.map(Id::get), &image.url), (Some(7), &None));
    assert!(reduced.losses.is_empty());
}

#[test]
fn scripts_go_and_their_neighbours_stay() {
    let reduced = read(
        "<p>أ</p><script>alert('x')</script><style>p{}</style><svg><text>رسم</text></svg><custom-tag>ب</custom-tag>",
    );
    assert_eq!(outline(&reduced), ["p:أ", "p:ب"]);
    assert!(
        read("<a href='javascript:alert(1)'>ج</a>")
            .body
            .blocks
            .iter()
            .all(|block| {
                matches!(&block.kind, BlockKind::Paragraph { runs } if runs[0].marks.is_empty())
            })
    );
}

#[test]
fn leftovers_of_word_and_pdf_are_put_right() {
    let reduced = read(
        "<p dir=RTL><span style='font-weight: bold'>\u{FEFB}</span> يمکن \u{202B}ذلك\u{202C}</p><p>&nbsp;</p>",
    );
    assert_eq!(outline(&reduced), ["p:لا يمكن ذلك"]);
    assert!(reduced.repaired >= 3);
}

/// The language of each block, or nothing.
fn languages(html: &str) -> Vec<String> {
    let blocks = read(html).body.blocks.into_iter();
    blocks.map(|block| block.lang.unwrap_or_default()).collect()
}

#[test]
fn latin_letters_in_an_arabic_text_read_from_left_to_right() {
    for (html, expect) in [
        // What the element says, where its letters say the same.
        (
            "<p dir=\"ltr\">An English paragraph (قال) as it was.</p>",
            "und-Latn",
        ),
        (
            "<div dir=LTR><p>An English paragraph, «قال».</p></div>",
            "und-Latn",
        ),
        ("<p dir=\"ltr\">قال الوزير ذلك لقناة BBC</p>", ""),
        ("<p lang=\"en\" dir=\"ltr\">It was said.</p>", "en"),
        ("<p dir=\"ltr\" lang=\"fr-FR\">C'est ça.</p>", "fr-FR"),
        // Letters alone.
        ("<p>This is an English paragraph: «12 km».</p>", "und-Latn"),
        ("<h3>Où est l'eau?</h3>", "und-Latn"),
        ("<ul><li>One</li><li>Two</li></ul>", "und-Latn"),
        ("<blockquote><p>It was said.</p></blockquote>", "und-Latn"),
        ("<p>It was said, قال.</p>", ""),
        ("<ul><li>One</li><li>اثنان</li></ul>", ""),
        ("<p>1998 - 2001</p>", ""),
        ("<p>Это было сказано</p>", ""),
        ("<img src=\"x.jpg\" alt=\"IMG 20\">", ""),
        ("<table><tr><td>a</td></tr></table>", ""),
    ] {
        assert_eq!(languages(html), [expect], "{html}");
    }
    // Persian letters of an Arabic paragraph are put right all the same.
    let reduced = read("<div dir=\"ltr\"><p>وفیها حروف کثيرة إلى أن قال</p></div>");
    assert_eq!(outline(&reduced), ["p:وفيها حروف كثيرة إلى أن قال"]);
    // An article in English needs no mark for its own letters.
    let english = reduce(
        "<p dir=ltr>It was said.</p>",
        Lines::Collapse,
        false,
        &nothing,
    );
    assert_eq!(english.body.blocks[0].lang, None);
}

#[test]
fn pictures_of_a_gallery_keep_their_captions() {
    let item = |name: &str, words: &str| {
        format!(
            "<li class='blocks-gallery-item'><figure><img src='{name}.jpg'><figcaption>{words}</figcaption></figure></li>"
        )
    };
    let items = item("1", "الجسر") + &item("2", "النهر");
    for html in [
        format!(
            "<figure class='wp-block-gallery'><ul class='blocks-gallery-grid'>{items}</ul></figure>"
        ),
        format!("<ul class='wp-block-gallery columns-2'>{items}</ul>"),
    ] {
        let reduced = read(&html);
        assert_eq!(outline(&reduced), ["gallery:2"], "{html}");
        let BlockKind::Gallery { images } = &reduced.body.blocks[0].kind else {
            panic!("a gallery")
        };
        let captions: Vec<_> = images
            .iter()
            .map(|image| image.caption.as_deref())
            .collect();
        assert_eq!(captions, [Some("الجسر"), Some("النهر")], "{html}");
    }
    // The words below the whole of it stay, behind it.
    let whole = format!(
        "<figure class='wp-block-gallery'><ul class='blocks-gallery-grid'>{items}</ul><figcaption>صور اليوم</figcaption></figure>"
    );
    assert_eq!(outline(&read(&whole)), ["gallery:2", "p:صور اليوم"]);
}

#[test]
fn a_file_is_one_link() {
    let url = "https://old.example/wp-content/uploads/%D8%A8%D9%8A%D8%A7%D9%86.pdf";
    let button = format!("<a href='{url}' class='wp-block-file__button' download>تنزيل</a>");
    let file = |inner: &str| format!("<p>قبل</p><div class='wp-block-file'>{inner}</div>");
    for (inner, name) in [
        (format!("<a href='{url}'>التقرير</a>{button}"), "التقرير"),
        (
            format!("<object data='{url}'></object><a href='{url}'>التقرير</a>{button}"),
            "التقرير",
        ),
        (button.clone(), "بيان.pdf"),
    ] {
        let reduced = read(&file(&inner));
        assert_eq!(
            outline(&reduced),
            ["p:قبل", &format!("p:{name}")],
            "{inner}"
        );
        let BlockKind::Paragraph { runs } = &reduced.body.blocks[1].kind else {
            panic!("a paragraph")
        };
        assert_eq!(runs[0].marks, [Mark::Link { url: url.into() }], "{inner}");
        assert!(reduced.losses.is_empty(), "{:?}", reduced.losses);
    }
    let beside = format!("<a href='{url}'>التقرير</a> كلام<a href='{url}'>آخر</a>");
    assert_eq!(outline(&read(&file(&beside)))[1], "p:التقرير كلامآخر");
    assert_eq!(
        outline(&read(&file("ملف بلا رابط"))),
        ["p:قبل", "p:ملف بلا رابط"]
    );
}

#[test]
fn what_a_list_or_a_link_loses_is_named() {
    for (html, loss) in [
        ("<ol start=\"5\"><li>خامس</li></ol>", "numbered from 5 on"),
        (
            "<ul><li>أ<ol start=3><li>ثالث</li></ol></li></ul>",
            "numbered from 3 on",
        ),
        ("<ol reversed><li>أول</li></ol>", "numbers of its own"),
        ("<ol><li value=7>سابع</li></ol>", "numbers of its own"),
        (
            "<a href='javascript:alert(1)'>رابط</a>",
            "kept as its words: javascript:alert(1)",
        ),
        (
            "<a href='page.html'>رابط</a>",
            "kept as its words: page.html",
        ),
        ("<ol start='1'><li>أول</li></ol>", ""),
        ("<ul start='4'><li>أول</li></ul>", ""),
        (
            "<a href='#'>رابط</a><a name='x'>مرساة</a><a href='/x'>رابط</a>",
            "",
        ),
    ] {
        let losses = read(html).losses;
        let named = losses.iter().any(|told| told.contains(loss));
        assert_eq!(
            (named, losses.len()),
            (!loss.is_empty(), usize::from(!loss.is_empty())),
            "{html}: {losses:?}"
        );
    }
}

#[test]
fn deep_nesting_is_bounded_and_keeps_its_text() {
    let html = format!("{}عمق{}", "<div>".repeat(5_000), "</div>".repeat(5_000));
    assert_eq!(read(&html).body.plain_text(), "عمق");
    let lists = format!("{}قاع", "<ul><li>".repeat(3_000));
    assert!(read(&lists).body.plain_text().contains("قاع"));
    let quotes = format!("{}قاع", "<blockquote>".repeat(3_000));
    assert!(read(&quotes).body.plain_text().contains("قاع"));
}

fn piece() -> impl Strategy<Value = String> {
    let tags = [
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<ul>",
        "<li>",
        "</ul>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<blockquote>",
        "</blockquote>",
        "<figure>",
        "<figcaption>",
        "</figure>",
        "<h2>",
        "</h2>",
        "<a href=x>",
        "</a>",
        "<br>",
        "<div>",
        "</div>",
        "<!-- x -->",
        "\n\n",
        "<img src=x>",
        "<caption>",
        "<cite>",
        "<em>",
        "</em>",
        "<pre>",
        "</pre>",
        "<form>",
        "<option>",
    ];
    prop_oneof![
        proptest::sample::select(tags.to_vec()).prop_map(str::to_owned),
        "[أ-ي]{1,5}",
        "[ -~]{0,6}"
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(400), failure_persistence: None, ..ProptestConfig::default() })]

    /// No letter of Arabic text is ever lost, whatever surrounds it.
    #[test]
    fn no_letter_is_lost(pieces in prop::collection::vec(piece(), 0..30)) {
        // Attributes and comments may swallow text in HTML itself; so only
        // letters outside of broken tags are counted.
        let html: String = pieces.iter().filter(|piece| (piece.starts_with('<') && piece.ends_with('>')) || !piece.contains(['<', '&', '>'])).cloned().collect();
        let letters = |text: &str| text.chars().filter(|c| ('أ'..='ي').contains(c)).count();
        for lines in [Lines::Collapse, Lines::Meaningful] {
            let reduced = reduce(&html, lines, false, &nothing);
            let mut kept = letters(&reduced.body.plain_text());
            for block in &reduced.body.blocks {
                kept += match &block.kind {
                    BlockKind::Quotation { source: Some(source), .. } => letters(source),
                    BlockKind::Table { caption: Some(caption), .. } => letters(caption),
                    _ => 0,
                };
            }
            prop_assert_eq!(kept, letters(&html), "{} -> {:?}", html, reduced.body);
        }
    }
}
