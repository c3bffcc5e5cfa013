//! Each form with its text, and what is read as well.

use editorial::{
    Block, BlockId, BlockKind, Body, Id, Mark, Run,
    body::{Image, ListItem},
    notation::{LIST_LEVELS_MAX, read, write},
};

fn read_text(text: &str) -> Body {
    read(text, &Body::default(), BlockId(0)).expect("it reads")
}

fn kinds(text: &str) -> Vec<BlockKind> {
    read_text(text)
        .blocks
        .into_iter()
        .map(|block| block.kind)
        .collect()
}

fn run(text: &str, marks: &[Mark]) -> Run {
    Run {
        text: text.into(),
        marks: marks.to_vec(),
    }
}

fn link(url: &str) -> Mark {
    Mark::Link { url: url.into() }
}

fn language(lang: &str) -> Mark {
    Mark::Language { lang: lang.into() }
}

fn paragraph(runs: &[Run]) -> BlockKind {
    BlockKind::Paragraph {
        runs: runs.to_vec(),
    }
}

fn words(text: &str) -> BlockKind {
    paragraph(&[text.into()])
}

fn item(text: &str) -> ListItem {
    ListItem {
        runs: vec![text.into()],
        ..ListItem::default()
    }
}

fn list(ordered: bool, items: &[ListItem]) -> BlockKind {
    BlockKind::List {
        ordered,
        items: items.to_vec(),
    }
}

fn picture(number: i64, alt: &str, caption: Option<&str>, credit: Option<&str>) -> Image {
    Image {
        media: Id::new(number),
        url: None,
        alt: alt.into(),
        caption: caption.map(Into::into),
        credit: credit.map(Into::into),
    }
}

/// The text of each block as it is written, and the block.
fn each_form() -> Vec<(&'static str, BlockKind)> {
    let heading = |level| BlockKind::Heading {
        level,
        runs: vec!["خلفية".into()],
    };
    let cell = |text: &str| -> Vec<Run> { vec![text.into()] };
    vec![
        (
            "اجتمعت الوفود.\nوقال الوزير",
            words("اجتمعت الوفود.\nوقال الوزير"),
        ),
        ("أوّل\n\\\nثالث", words("أوّل\n\nثالث")),
        ("## خلفية", heading(2)),
        ("### خلفية", heading(3)),
        ("#### خلفية", heading(4)),
        (
            "## سطر\\\nآخر",
            BlockKind::Heading {
                level: 2,
                runs: vec!["سطر\nآخر".into()],
            },
        ),
        ("- أوّل\n- ثانٍ", list(false, &[item("أوّل"), item("ثانٍ")])),
        (
            "1. أوّل\n  - فرع\n    1. فرعه\n2. ثانٍ\\\nسطره",
            list(
                true,
                &[
                    ListItem {
                        items: vec![ListItem {
                            ordered: true,
                            items: vec![item("فرعه")],
                            ..item("فرع")
                        }],
                        ..item("أوّل")
                    },
                    item("ثانٍ\nسطره"),
                ],
            ),
        ),
        (
            "-\n  1. فرع بلا أصل",
            list(
                false,
                &[ListItem {
                    runs: vec![],
                    ordered: true,
                    items: vec![item("فرع بلا أصل")],
                }],
            ),
        ),
        (
            "> لن نقبل.\n> أبدًا.\n>\n> هذا كلّ شيء.\n> — وزير الخارجية",
            BlockKind::Quotation {
                paragraphs: vec![cell("لن نقبل.\nأبدًا."), cell("هذا كلّ شيء.")],
                source: Some("وزير الخارجية".into()),
            },
        ),
        (
            "> \\— كذا",
            BlockKind::Quotation {
                paragraphs: vec![cell("— كذا")],
                source: None,
            },
        ),
        (
            "![الوفد يصل](media:17 \"وصول الوفد إلى «أستانا»\" \"رويترز\")",
            BlockKind::Image(picture(
                17,
                "الوفد يصل",
                Some("وصول الوفد إلى «أستانا»"),
                Some("رويترز"),
            )),
        ),
        (
            "![الوفد](media:17)",
            BlockKind::Image(picture(17, "الوفد", None, None)),
        ),
        (
            "![الوفد](media:17 - \"رويترز\")",
            BlockKind::Image(picture(17, "الوفد", None, Some("رويترز"))),
        ),
        (
            "![](media:17 \"\")",
            BlockKind::Image(picture(17, "", Some(""), None)),
        ),
        (
            "![خريطة [قديمة\\](؟)](https://example.org/a_(1).jpg \"قال \\\"نعم\\\"\")",
            BlockKind::Image(Image {
                media: None,
                url: Some("https://example.org/a_(1).jpg".into()),
                alt: "خريطة [قديمة](؟)".into(),
                caption: Some("قال \"نعم\"".into()),
                credit: None,
            }),
        ),
        (
            "![أ](media:1)\n![ب](media:2 \"شرح\")",
            BlockKind::Gallery {
                images: vec![
                    picture(1, "أ", None, None),
                    picture(2, "ب", Some("شرح"), None),
                ],
            },
        ),
        (
            "| المدينة | السكان |\n|---|---|\n| حلب | ٢٫١ \\| مليون |\n| إدلب |  |\n|— بحسب المكتب المركزي",
            BlockKind::Table {
                header: true,
                rows: vec![
                    vec![cell("المدينة"), cell("السكان")],
                    vec![cell("حلب"), cell("٢٫١ | مليون")],
                    vec![cell("إدلب"), vec![]],
                ],
                caption: Some("بحسب المكتب المركزي".into()),
            },
        ),
        (
            "| حلب |\n| \\--- |",
            BlockKind::Table {
                header: false,
                rows: vec![vec![cell("حلب")], vec![cell("---")]],
                caption: None,
            },
        ),
        (
            "@[شاهد: كلمة الوزير](https://example.org/v?id=1)",
            BlockKind::Embed {
                url: "https://example.org/v?id=1".into(),
                title: Some("شاهد: كلمة الوزير".into()),
            },
        ),
        (
            "@[](https://example.org/v)",
            BlockKind::Embed {
                url: "https://example.org/v".into(),
                title: None,
            },
        ),
        ("---", BlockKind::Separator),
        // What would be something else.
        ("\\- قال\n\\## لا", words("- قال\n## لا")),
        ("1\\. أوّلًا", words("1. أوّلًا")),
        ("\\{en} نص", words("{en} نص")),
        ("\\> \\\\", words("> \\")),
        // Marks.
        (
            "قال **«نعم»**، ثم *سكت*.",
            paragraph(&[
                "قال ".into(),
                run("«نعم»", &[Mark::Strong]),
                "، ثم ".into(),
                run("سكت", &[Mark::Emphasis]),
                ".".into(),
            ]),
        ),
        (
            "و**الوزير** ***مهم***",
            paragraph(&[
                "و".into(),
                run("الوزير", &[Mark::Strong]),
                " ".into(),
                run("مهم", &[Mark::Strong, Mark::Emphasis]),
            ]),
        ),
        (
            "**قال [الوزير](/a/7) في [حلب](https://ar.wikipedia.org/wiki/حلب_(مدينة))**",
            paragraph(&[
                run("قال ", &[Mark::Strong]),
                run("الوزير", &[link("/a/7"), Mark::Strong]),
                run(" في ", &[Mark::Strong]),
                run(
                    "حلب",
                    &[
                        link("https://ar.wikipedia.org/wiki/حلب_(مدينة)"),
                        Mark::Strong,
                    ],
                ),
            ]),
        ),
        (
            "قناة [BBC]{en} و[[Le Monde]{fr}](https://lemonde.fr)",
            paragraph(&[
                "قناة ".into(),
                run("BBC", &[language("en")]),
                " و".into(),
                run("Le Monde", &[link("https://lemonde.fr"), language("fr")]),
            ]),
        ),
        // Words of a language that cross the beginning of a link.
        (
            "[BBC ]{en}[[World]{en} الخدمة](/a/1)",
            paragraph(&[
                run("BBC ", &[language("en")]),
                run("World", &[link("/a/1"), language("en")]),
                run(" الخدمة", &[link("/a/1")]),
            ]),
        ),
        // A link within words of a language, stressed beyond it.
        (
            "[The *[BBC](/a/1)]{en} اليوم*",
            paragraph(&[
                run("The ", &[language("en")]),
                run("BBC", &[link("/a/1"), language("en"), Mark::Emphasis]),
                run(" اليوم", &[Mark::Emphasis]),
            ]),
        ),
        (
            "**أ *ب** ج*",
            paragraph(&[
                run("أ ", &[Mark::Strong]),
                run("ب", &[Mark::Strong, Mark::Emphasis]),
                run(" ج", &[Mark::Emphasis]),
            ]),
        ),
        // What stars cannot mark.
        (
            "عام 2[3]{*}",
            paragraph(&["عام 2".into(), run("3", &[Mark::Emphasis])]),
        ),
        // What is text as it stands.
        (
            "2*3 و4*5، و٢*٣ snake_case",
            words("2*3 و4*5، و٢*٣ snake_case"),
        ),
        (
            "نص* بحاشية، [كذا] (كذا) ** و****",
            words("نص* بحاشية، [كذا] (كذا) ** و****"),
        ),
        (
            "15. آذار، -5 درجات، #وسم، C:\\\\ملف",
            words("15. آذار، -5 درجات، #وسم، C:\\ملف"),
        ),
        (
            "ســـلام \u{200F}(1)\u{200E}",
            words("ســـلام \u{200F}(1)\u{200E}"),
        ),
        (
            "قال\\![نعم](/a/1)",
            paragraph(&["قال!".into(), run("نعم", &[link("/a/1")])]),
        ),
    ]
}

#[test]
fn each_form_is_read_and_written() {
    for (text, kind) in each_form() {
        for lang in [None, Some("en")] {
            let block = Block {
                id: BlockId(1),
                lang: lang.map(Into::into),
                kind: kind.clone(),
            };
            let body = Body {
                blocks: vec![block],
            };
            let text = match lang {
                Some(lang) => format!("{{{lang}}} {text}\n"),
                None => format!("{text}\n"),
            };
            assert_eq!(read_text(&text), body, "{text}");
            assert_eq!(write(&body), text);
        }
    }
}

#[test]
fn an_article_of_all_forms() {
    let text: Vec<&str> = each_form().into_iter().map(|(text, _)| text).collect();
    let text = text.join("\n\n") + "\n";
    let body = read_text(&text);
    let read_kinds: Vec<_> = body.blocks.iter().map(|block| &block.kind).collect();
    let forms = each_form();
    let expected: Vec<_> = forms.iter().map(|(_, kind)| kind).collect();
    assert_eq!(read_kinds, expected);
    assert_eq!(write(&body), text);
}

#[test]
fn what_is_read_as_well() {
    let heading = |level| BlockKind::Heading {
        level,
        runs: vec!["خبر".into()],
    };
    for (text, expected) in [
        ("# خبر\r\n###### خبر", vec![heading(2), heading(4)]),
        (
            "١. أوّل\n٢. ثانٍ",
            vec![list(true, &[item("أوّل"), item("ثانٍ")])],
        ),
        // An empty line between numbered items.
        (
            "1. أوّل\n\n2. ثانٍ",
            vec![list(true, &[item("أوّل"), item("ثانٍ")])],
        ),
        (
            "- أوّل\n\n- آخر",
            vec![list(false, &[item("أوّل")]), list(false, &[item("آخر")])],
        ),
        (
            "- أوّل\n1. آخر",
            vec![list(false, &[item("أوّل")]), list(true, &[item("آخر")])],
        ),
        (
            "- أوّل\n  تتمته\nنص",
            vec![list(false, &[item("أوّل\nتتمته")]), words("نص")],
        ),
        (
            "قال:\n- أوّل",
            vec![words("قال:"), list(false, &[item("أوّل")])],
        ),
        ("## خبر\nنص", vec![heading(2), words("نص")]),
        (
            "> كلام\n> -- فلان\nنص",
            vec![
                BlockKind::Quotation {
                    paragraphs: vec![vec!["كلام".into()]],
                    source: Some("فلان".into()),
                },
                words("نص"),
            ],
        ),
        (
            "![أ](media:١٧ “شرح”)",
            vec![BlockKind::Image(picture(17, "أ", Some("شرح"), None))],
        ),
        (
            "[](https://example.org)",
            vec![paragraph(&[run(
                "https://example.org",
                &[link("https://example.org")],
            )])],
        ),
        ("\u{FEFF}ن\u{0}ص\u{8}  ", vec![words("نص")]),
        ("-", vec![words("-")]),
        ("> ", vec![]),
        (" \n\t\n", vec![]),
        ("", vec![]),
    ] {
        assert_eq!(kinds(text), expected, "{text}");
    }
}

#[test]
fn a_number_behind_a_numbered_list_stays_text() {
    let body = read_text("1. أوّل\n\n2\\. نص");
    assert_eq!(body.blocks.len(), 2);
    assert_eq!(write(&body), "1. أوّل\n\n2\\. نص\n");
    // Not the next number: it can only be text.
    assert_eq!(kinds("1. أوّل\n\n15. آذار")[1], words("15. آذار"));
}

#[test]
fn too_deep_items_stand_on_the_last_level() {
    let lines: Vec<String> = (0..LIST_LEVELS_MAX + 4)
        .map(|depth| format!("{}- بند {depth}", "  ".repeat(depth)))
        .collect();
    let body = read_text(&lines.join("\n"));
    let BlockKind::List { items, .. } = &body.blocks[0].kind else {
        panic!("a list")
    };
    let (mut items, mut levels) = (items, 1);
    while let [item] = &items[..] {
        items = &item.items;
        levels += 1;
    }
    assert_eq!((levels, items.len()), (LIST_LEVELS_MAX, 5));
}

#[test]
fn ids_are_kept_and_never_given_twice() {
    let older = read_text("أوّل\n\nثانٍ\n\nثالث");
    let newer = read("أوّل\n\nثانٍ معدّل\n\n## جديد\n\nثالث", &older, BlockId(9)).expect("it reads");
    let ids: Vec<u32> = newer.blocks.iter().map(|block| block.id.0).collect();
    assert_eq!(ids, [1, 2, 10, 3]);
}

#[test]
fn a_block_that_was_empty_does_not_give_its_id_away() {
    let mut older = read_text("أوّل");
    older.blocks.push(Block {
        id: BlockId(7),
        lang: None,
        kind: paragraph(&["  ".into()]),
    });
    let newer = read("أوّل\n\n---", &older, BlockId(0)).expect("it reads");
    let ids: Vec<u32> = newer.blocks.iter().map(|block| block.id.0).collect();
    assert_eq!(ids, [1, 8]);
}
