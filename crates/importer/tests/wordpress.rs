//! WordPress as it is: texts of both editors, and exports that are broken.

mod outline;

use std::collections::HashMap;

use editorial::{BlockKind, Id, Mark};
use importer::{
    html::{PictureName, PictureNames, Reduced, words},
    wordpress::{Entry, Item, Reader, Surroundings, WxrError, body},
};
use outline::outline;

fn find(name: PictureName<'_>) -> Option<Id> {
    name.attachment
        .filter(|number| *number < 100)
        .and_then(|number| Id::new(i64::try_from(number).ok()?))
}

fn read(content: &str) -> Reduced {
    let reusable: HashMap<u64, &str> = HashMap::from([
        (
            7,
            "<!-- wp:paragraph --><p>نص مشترك</p><!-- /wp:paragraph -->",
        ),
        (8, "<!-- wp:block {\"ref\":8} /-->يدور"),
    ]);
    body(
        content,
        true,
        &Surroundings {
            find: &find,
            reusable: &|number| reusable.get(&number).copied(),
            attached: &|| vec![3, 4],
        },
    )
}

fn check(content: &str, expect: &[&str]) -> Vec<String> {
    let reduced = read(content);
    assert_eq!(outline(&reduced), expect, "{content}");
    reduced.losses
}

fn said(losses: &[String], what: &str) {
    assert!(
        losses.iter().any(|loss| loss.contains(what)),
        "{what}: {losses:?}"
    );
}

#[test]
fn blocks_of_the_new_editor() {
    check(
        "<!-- wp:paragraph -->\n<p>فقرة\nمن سطرين</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:heading {\"level\":3} -->\n<h3>عنوان</h3>\n<!-- /wp:heading -->\n\n<!-- wp:separator -->\n<hr class=\"wp-block-separator\"/>\n<!-- /wp:separator -->\n<!-- wp:pullquote -->\n<figure class=\"wp-block-pullquote\"><blockquote><p>كلام</p><cite>فلان</cite></blockquote></figure>\n<!-- /wp:pullquote -->",
        &["p:فقرة من سطرين", "h3:عنوان", "hr", "q:كلام—فلان"],
    );
    check(
        "<!-- wp:embed {\"url\":\"https://youtu.be/abc\",\"type\":\"video\"} -->\n<figure class=\"wp-block-embed\"><div class=\"wp-block-embed__wrapper\">\nhttps://youtu.be/abc\n</div><figcaption>مقطع</figcaption></figure>\n<!-- /wp:embed -->",
        &["embed:https://youtu.be/abc:مقطع"],
    );
    check(
        "<!-- wp:gallery {\"ids\":[1,2]} -->\n<figure class=\"wp-block-gallery\"><!-- wp:image {\"id\":1} --><figure class=\"wp-block-image\"><img src=\"a.jpg\" class=\"wp-image-1\"/></figure><!-- /wp:image --><!-- wp:image {\"id\":2} --><figure class=\"wp-block-image\"><img src=\"b.jpg\" class=\"wp-image-2\"/></figure><!-- /wp:image --></figure>\n<!-- /wp:gallery -->",
        &["gallery:2"],
    );
    check(
        "<!-- wp:columns --><div class=\"wp-block-columns\"><!-- wp:column --><div class=\"wp-block-column\"><!-- wp:list --><ul><!-- wp:list-item --><li>بند<!-- wp:list --><ol><!-- wp:list-item --><li>فرع</li><!-- /wp:list-item --></ol><!-- /wp:list --></li><!-- /wp:list-item --></ul><!-- /wp:list --></div><!-- /wp:column --></div><!-- /wp:columns -->",
        &["ul:بند"],
    );
    let losses = check(
        "<!-- wp:block {\"ref\":7} /-->\n<!-- wp:latest-posts {\"postsToShow\":5} /-->\n<!-- wp:block {\"ref\":99} /--><!-- wp:block {\"ref\":8} /-->",
        &["p:نص مشترك", "p:يدوريدوريدور"],
    );
    said(&losses, "block latest-posts has no text");
    said(&losses, "block block has no text");
}

#[test]
fn text_of_the_classic_editor() {
    check(
        "فقرة أولى<br />\nسطر ثانٍ\n\n&nbsp;\n\n<strong>فقرة</strong> ثانية\nسطر\n\n<!--more-->\n\nثالثة",
        &["p:فقرة أولى\nسطر ثانٍ", "p:فقرة ثانية\nسطر", "p:ثالثة"],
    );
    check(
        "قبل\nhttps://www.youtube.com/watch?v=abc\nبعد\n\nانظر https://example.org/x هنا",
        &[
            "p:قبل",
            "embed:https://www.youtube.com/watch?v=abc:",
            "p:بعد",
            "p:انظر https://example.org/x هنا",
        ],
    );
    check(
        "[embed width=\"600\"]https://vimeo.com/1[/embed]\n\n[video mp4=\"https://old.example/a.mp4\"][/video]\n\n[audio src='https://old.example/b.mp3']",
        &[
            "embed:https://vimeo.com/1:",
            "embed:https://old.example/a.mp4:",
            "embed:https://old.example/b.mp3:",
        ],
    );
}

#[test]
fn captions_and_galleries() {
    check(
        "[caption id=\"attachment_5\" align=\"alignnone\" width=\"300\"]<a href=\"https://old.example/x.jpg\"><img class=\"wp-image-5\" src=\"x.jpg\" alt=\"جسر\" /></a> كلمات <em>تحتها</em>[/caption]\n\nنص",
        &["img::كلمات تحتها", "p:نص"],
    );
    check(
        "[caption width=\"300\" caption=\"كلمات قديمة\"]<img class=\"wp-image-5\" src=\"x.jpg\" />[/caption]",
        &["img::كلمات قديمة"],
    );
    let losses = check(
        "[gallery ids=\"1,2,500\" columns=\"3\"]\n\n[gallery]",
        &["gallery:2", "gallery:2"],
    );
    said(&losses, "picture 500 of a gallery");
    check(
        "[[gallery]] و[الصورة من الأرشيف] و[sic]",
        &["p:[gallery]] و[الصورة من الأرشيف] و[sic]"],
    );
    let losses = check(
        "[vc_row css=\"x\"][vc_column]نص[/vc_column][/vc_row]",
        &["p:نص"],
    );
    said(&losses, "vc_row");
}

/// A text is reduced once; its pictures are found afterwards.
#[test]
fn pictures_may_be_found_later() {
    let names = PictureNames::default();
    let content = "<img class=\"wp-image-5\" src=\"x.jpg\" alt=\"جسر\">[gallery ids=\"1,2,500\"]<img src=\"https://old.example/y.jpg\"><img class=\"wp-image-600\">";
    let mut later = body(
        content,
        true,
        &Surroundings {
            find: &|name| names.note(name),
            reusable: &|_| None,
            attached: &Vec::new,
        },
    );
    let mut met = Vec::new();
    names.each(|name| met.push(name.attachment));
    assert_eq!(met, [Some(5), Some(1), Some(2), Some(500), None, Some(600)]);
    names.settle(&mut later, &find);
    let at_once = read(content);
    let kinds = |reduced: &Reduced| {
        let blocks = reduced.body.blocks.iter();
        blocks.map(|block| block.kind.clone()).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&later), kinds(&at_once));
    let sorted = |reduced: &Reduced| {
        let mut losses = reduced.losses.clone();
        losses.sort();
        losses.retain(|loss| !loss.contains("600") && !loss.contains("without an address"));
        losses
    };
    assert_eq!(sorted(&later), sorted(&at_once));
}

#[test]
fn what_has_no_mark_here_is_said() {
    let losses = check(
        "<p>سعره <del>10</del> 12، والمساحة 5 م<sup>2</sup> و10<sup>-3</sup> و<u>خط</u> H<sub>2</sub>O</p>",
        &["p:سعره 10 12، والمساحة 5 م² و10-3 وخط H₂O"],
    );
    said(&losses, "struck out");
    said(&losses, "raised");
    said(&losses, "underlined");
    let reduced = read(
        "<p><span style=\"font-weight: bold; color:red\">ثقيل</span> و<span style='font-style:italic'>مائل</span></p>",
    );
    let BlockKind::Paragraph { runs } = &reduced.body.blocks[0].kind else {
        panic!("a paragraph")
    };
    assert_eq!(
        (&runs[0].marks[..], &runs[2].marks[..]),
        (&[Mark::Strong][..], &[Mark::Emphasis][..])
    );
}

/// Persian letters are put right in Arabic, never in Persian, Urdu or Sorani.
#[test]
fn persian_letters_are_a_slip_in_arabic_alone() {
    let blocks = |html: &str| {
        let reduced = read(html);
        let blocks = reduced.body.blocks.iter();
        blocks
            .map(|block| (block.lang.clone().unwrap_or_default(), block.kind.clone()))
            .map(|(lang, kind)| match kind {
                BlockKind::Paragraph { runs } => (lang, runs[0].text.clone()),
                other => panic!("{other:?}"),
            })
            .collect::<Vec<_>>()
    };
    let plain = |lang: &str, text: &str| (lang.to_owned(), text.to_owned());
    assert_eq!(
        blocks(
            "قال الوزیر إن المحادثات بدأت فی المدینة\n\nوزیر گفت که این خبر برای مردم است\n\nوزیر نے کہا ہے کہ یہ خبر ہے\n\nهەواڵی نوێ لە شاری هەولێر"
        ),
        [
            plain("", "قال الوزير إن المحادثات بدأت في المدينة"),
            plain("fa", "وزیر گفت که این خبر برای مردم است"),
            plain("ur", "وزیر نے کہا ہے کہ یہ خبر ہے"),
            plain("ckb", "هەواڵی نوێ لە شاری هەولێر"),
        ]
    );
    assert_eq!(
        blocks(
            "<p lang=\"fa\">سیاست</p><div lang=\"fa\"><p lang=\"ar\">یمکن</p></div><p>سیاست</p>"
        ),
        [plain("fa", "سیاست"), plain("", "يمكن"), plain("", "سیاست")]
    );
    let reduced = read("<p>قال الوزیر: <span lang=\"fa\">سیاست یک</span> هي الحل الأخیر</p>");
    let BlockKind::Paragraph { runs } = &reduced.body.blocks[0].kind else {
        panic!("a paragraph")
    };
    let texts: Vec<&str> = runs.iter().map(|run| run.text.as_str()).collect();
    assert_eq!(texts, ["قال الوزير: ", "سیاست یک", " هي الحل الأخير"]);
    assert_eq!(words("سیاسة &amp; اقتصاد", false), "سياسة & اقتصاد");
    assert_eq!(words("کوردی", false), "کوردی");
    assert_eq!(
        words(" <b>خبر</b>&nbsp;\u{202B}جديد\u{202C} ﻻ\n", true),
        "خبر جديد لا"
    );
}

#[test]
fn the_language_of_a_post() {
    let language = |title: &str, content: &str, site: &str| {
        Item {
            title: title.to_owned(),
            content: content.to_owned(),
            ..Item::default()
        }
        .language(site)
    };
    for (title, content, site, expect) in [
        (
            "افتتاح الجسر",
            "<p class=\"has-text-align-right\">نص</p>",
            "ar",
            "ar",
        ),
        (
            "گفتگو",
            "وزیر خارجه گفت که این خبر را شنیده است",
            "ar",
            "fa",
        ),
        ("خبر", "یہ خبر ہے کہ وزیر نے کہا", "ar", "ur"),
        ("هەواڵ", "هەواڵی نوێ لە شاری هەولێر", "ar", "ckb"),
        ("Bridge", "The bridge is open.", "ar", "en"),
        ("Pont", "Le pont est ouvert.", "fr-FR", "fr"),
        ("", "", "ar", "ar"),
    ] {
        assert_eq!(language(title, content, site), expect, "{title} {content}");
    }
    let noted = Item {
        title: "Pira".to_owned(),
        terms: vec![("language".into(), "ku".into(), "Kurmancî".into())],
        ..Item::default()
    };
    assert_eq!(noted.language("ar"), "ku");
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<rss><channel>\n<title>ص</title><link>https://old.example</link>\n<wp:wxr_version>1.2</wp:wxr_version>\n";

fn item(parts: &str) -> String {
    format!("{HEAD}<item>{parts}</item>\n</channel></rss>\n")
}

fn entries(bytes: &[u8]) -> (Vec<Entry>, Option<WxrError>) {
    let mut reader = Reader::new(bytes);
    let mut found = Vec::new();
    loop {
        match reader.next_entry() {
            Ok(Some(entry)) => found.push(entry),
            Ok(None) => return (found, None),
            Err(fault) => {
                assert!(matches!(reader.next_entry(), Ok(None)), "it stays ended");
                return (found, Some(fault));
            }
        }
    }
}

fn only_item(text: &str) -> Item {
    let (entries, fault) = entries(text.as_bytes());
    assert!(fault.is_none(), "{fault:?}");
    let items = entries.into_iter().filter_map(|entry| match entry {
        Entry::Item(item) => Some(*item),
        _ => None,
    });
    items.collect::<Vec<_>>().pop().expect("an item")
}

#[test]
fn items_are_read_whole() {
    let read = only_item(&item(
        "<title>أ &amp; ب &#8220;ج&#8221; &unknown;</title><wp:post_id> 12 </wp:post_id><content:encoded><![CDATA[if (a[b[0]]]]><![CDATA[>1) قال]]></content:encoded>\
         <category domain=\"post_tag\" nicename=\"%d8%b3%d9%84%d9%85\"><![CDATA[سلم]]></category><category/><wp:post_parent/><wp:is_sticky>1</wp:is_sticky>\
         <wp:postmeta><wp:meta_key>_wp_attachment_metadata</wp:meta_key><wp:meta_value><![CDATA[a:2:{s:5:\"width\";i:640;s:4:\"file\";s:9:\"a/<b>.jpg\";}]]></wp:meta_value></wp:postmeta>\
         <wp:comment><wp:comment_id>3</wp:comment_id><wp:commentmeta><wp:meta_key>x</wp:meta_key><wp:meta_value>y</wp:meta_value></wp:commentmeta><wp:comment_content>نعم</wp:comment_content></wp:comment>",
    ));
    assert_eq!(read.title, "أ & ب “ج” &unknown;");
    assert_eq!((read.id.as_str(), read.sticky), ("12", true));
    assert_eq!(read.content, "if (a[b[0]]>1) قال");
    assert_eq!(
        read.terms,
        [
            ("post_tag".to_owned(), "سلم".to_owned(), "سلم".to_owned()),
            (String::new(), String::new(), String::new()),
        ]
    );
    assert!(
        read.field("_wp_attachment_metadata")
            .is_some_and(|value| value.contains("a/<b>.jpg"))
    );
    assert_eq!(
        read.fields.len(),
        1,
        "a comment's fields are not the item's"
    );
    assert_eq!(read.comments[0].content, "نعم");
    assert_eq!((read.line, read.byte), (5, HEAD.len() as u64));
}

/// Every fault is one sentence with its place; what came before was read.
#[test]
fn faults_say_where_and_what_to_do() {
    let good = "<item><wp:post_id>1</wp:post_id></item>\n";
    let after = |rest: &[u8]| [HEAD.as_bytes(), good.as_bytes(), rest].concat();
    let at = (HEAD.len() + good.len()) as u64;
    let utf16 = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    };
    for (bytes, items, line, byte, what) in [
        (
            after("<item><title>ب</wrong>".as_bytes()),
            1,
            6,
            Some(at + 15),
            "XML is broken",
        ),
        (
            after("<item>\n<title>ب".as_bytes()),
            1,
            7,
            None,
            "ends early",
        ),
        (
            after("<item>\n<title><![CDATA[ب\nج".as_bytes()),
            1,
            7,
            Some(at + 14),
            "ends early",
        ),
        (
            after("<item><title".as_bytes()),
            1,
            6,
            Some(at + 6),
            "ends early",
        ),
        (
            after(b"<item>\n<title><![CDATA[ab\n\xc8\xed]]></title></item>"),
            1,
            8,
            Some(at + 26),
            "iconv -f WINDOWS-1256",
        ),
        (
            after(b"<item>\n<title>\xc8\xed</title></item>"),
            1,
            7,
            Some(at + 14),
            "not UTF-8",
        ),
        (
            HEAD.replace("UTF-8", "windows-1256").into_bytes(),
            0,
            1,
            Some(0),
            "iconv -f windows-1256 ",
        ),
        (
            HEAD.replace("UTF-8", "UTF-16").into_bytes(),
            0,
            1,
            Some(0),
            "says UTF-16, but the file is not",
        ),
        (
            HEAD.replace("UTF-8", "x; rm -r").into_bytes(),
            0,
            1,
            Some(0),
            "iconv -f WINDOWS-1256 ",
        ),
        (
            utf16("\u{FEFF}<rss>", u16::to_le_bytes),
            0,
            1,
            Some(0),
            "iconv -f UTF-16 ",
        ),
        (
            utf16("\u{FEFF}<rss>", u16::to_be_bytes),
            0,
            1,
            Some(0),
            "iconv -f UTF-16 ",
        ),
        (
            utf16("<rss>", u16::to_le_bytes),
            0,
            1,
            Some(0),
            "iconv -f UTF-16LE ",
        ),
        (
            utf16("\n<rss>", u16::to_be_bytes),
            0,
            1,
            Some(0),
            "iconv -f UTF-16BE ",
        ),
        (
            b"PK\x03\x04\x14\0rest".to_vec(),
            0,
            1,
            Some(0),
            "zip archive",
        ),
        (b"\x1f\x8b\x08rest".to_vec(), 0, 1, Some(0), "gunzip"),
        (Vec::new(), 0, 1, Some(0), "the file is empty"),
        (
            b"<html><body>404</body></html>".to_vec(),
            0,
            1,
            Some(0),
            "begins with <html>",
        ),
        (
            b"{\"posts\":[]}".to_vec(),
            0,
            1,
            None,
            "no WordPress export",
        ),
        (
            b"<rss><channel><item><title>a</title></item></channel></rss>".to_vec(),
            0,
            1,
            Some(14),
            "this is a feed",
        ),
        (
            b"<rss><channel></channel></rss>".to_vec(),
            0,
            1,
            None,
            "nothing of WordPress",
        ),
        (
            HEAD.replace(
                "<rss>",
                "<!DOCTYPE rss [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]>\n<rss>",
            )
            .into_bytes(),
            0,
            2,
            Some(40),
            "entities of its own",
        ),
        (
            [HEAD.as_bytes(), "<a>".repeat(100).as_bytes()].concat(),
            0,
            5,
            None,
            "nested too deep",
        ),
    ] {
        let (found, fault) = entries(&bytes);
        let fault = fault.unwrap_or_else(|| panic!("{what}: no fault"));
        assert!(fault.to_string().contains(what), "{what}: {fault}");
        assert_eq!(fault.line, line, "{what}: {fault}");
        if let Some(byte) = byte {
            assert_eq!(fault.byte, byte, "{what}: {fault}");
        }
        let read = found.iter().filter(|entry| matches!(entry, Entry::Item(_)));
        assert_eq!(read.count(), items, "{what}");
    }
}

/// An entity is never more than its own letters.
#[test]
fn entities_do_not_grow() {
    let read = only_item(&item(
        "<title>&lol9;&#0;&#x1F4F0;&#xFFFFFFFF;</title><wp:post_id>1</wp:post_id>",
    ));
    assert_eq!(read.title, "&lol9;&#0;📰&#xFFFFFFFF;");
}

/// A first look leaves the comments out and nothing else.
#[test]
fn skimming_reads_the_same_items() {
    let text = item(
        "<wp:post_id>1</wp:post_id><content:encoded>نص</content:encoded><wp:comment><wp:comment_id>3</wp:comment_id><wp:comment_content>نعم</wp:comment_content></wp:comment><wp:post_name>أ</wp:post_name>",
    );
    let mut reader = Reader::skimming(text.as_bytes());
    let mut skimmed = None;
    while let Some(entry) = reader.next_entry().expect("read") {
        if let Entry::Item(item) = entry {
            skimmed = Some(*item);
        }
    }
    let (skimmed, mut whole) = (skimmed.expect("an item"), only_item(&text));
    assert_eq!(skimmed.comments[0].content, "");
    whole.comments = skimmed.comments.clone();
    assert_eq!(skimmed, whole);
}
