//! Laws that hold for any body and any text.

use editorial::{
    Block, BlockId, BlockKind, Body, Id, Mark, Run,
    body::{Image, ListItem},
    notation::{read, tidied, write},
};
use proptest::{collection::vec, option, prelude::*};

/// Words with every sign of the notation between them.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[ا-ي ]{0,9}",
        3 => pieces(6),
        2 => "[*\\[\\](){}|>#!@\\\\—\"“” \n\t0-9a.،»:ابتـ\u{200F}\u{FEFF}\r-]{0,12}",
        2 => prop::sample::select(&["2. نص", "1.", "---", "-", "—", "> ", "{en} نص", "|"][..])
            .prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

const PIECES: [&str; 44] = [
    "قال",
    "الوزير",
    " ",
    " ",
    "\n",
    "\n\n",
    "*",
    "**",
    "***",
    "2*3",
    "[",
    "]",
    "](",
    "]{en}",
    "]{*}",
    "(/a/1)",
    "{en} ",
    "- ",
    "  - ",
    "1. ",
    "١. ",
    "7. ",
    "> ",
    ">",
    "> — ",
    "— ",
    "--",
    "---",
    "## ",
    "# ",
    "![",
    "!",
    "@[",
    "(https://example.org/x)",
    "|",
    "| ",
    "|---|",
    "|— ",
    "\\",
    "\\\n",
    "\"",
    "(media:7 \"شرح\")",
    "    ",
    "،",
];

fn pieces(most: usize) -> impl Strategy<Value = String> {
    vec(prop::sample::select(&PIECES[..]), 0..most).prop_map(|pieces| pieces.concat())
}

fn address() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "https?://[a-z]{1,5}\\.org/[a-z_()|*\\[\\]{}\"\\\\-]{0,9}",
        1 => "(/|#|mailto:|tel:)[a-z]{1,4} ?[()]{0,2}",
    ]
}

fn lang() -> impl Strategy<Value = String> {
    prop::sample::select(&["en", "ckb", "zh-Hant"][..]).prop_map(str::to_owned)
}

fn mark() -> impl Strategy<Value = Mark> {
    prop_oneof![
        3 => Just(Mark::Strong),
        3 => Just(Mark::Emphasis),
        2 => address().prop_map(|url| Mark::Link { url }),
        1 => Just(Mark::Link { url: "/a/1".to_owned() }),
        2 => lang().prop_map(|lang| Mark::Language { lang }),
    ]
}

fn runs() -> impl Strategy<Value = Vec<Run>> {
    let run = || (words(), vec(mark(), 0..4)).prop_map(|(text, marks)| Run { text, marks });
    prop_oneof![3 => vec(run(), 0..6), 1 => vec(run(), 1..2)]
}

fn image() -> impl Strategy<Value = Image> {
    let url = prop_oneof![
        "https://[a-z]{1,5}\\.org/[a-z)|\\\\]{0,5}",
        "[a-z\"“)(-]{1,4}(/[a-z:]{1,5})?"
    ];
    let media = (1_i64..99).prop_map(|id| Id::new(id).expect("in range"));
    (
        option::of(media),
        option::of(url),
        words(),
        option::of(words()),
        option::of(words()),
    )
        .prop_map(|(media, url, alt, caption, credit)| Image {
            media,
            url,
            alt,
            caption,
            credit,
        })
}

fn items() -> impl Strategy<Value = Vec<ListItem>> {
    let leaf = runs().prop_map(|runs| ListItem {
        runs,
        ..ListItem::default()
    });
    let item = leaf.prop_recursive(11, 24, 3, |below| {
        (runs(), any::<bool>(), vec(below, 0..3)).prop_map(|(runs, ordered, items)| ListItem {
            runs,
            ordered,
            items,
        })
    });
    vec(item, 0..4)
}

fn kind() -> impl Strategy<Value = BlockKind> {
    prop_oneof![
        4 => runs().prop_map(|runs| BlockKind::Paragraph { runs }),
        1 => (0_u8..6, runs()).prop_map(|(level, runs)| BlockKind::Heading { level, runs }),
        3 => (any::<bool>(), items()).prop_map(|(ordered, items)| BlockKind::List { ordered, items }),
        2 => (vec(runs(), 0..4), option::of(words()))
            .prop_map(|(paragraphs, source)| BlockKind::Quotation { paragraphs, source }),
        1 => image().prop_map(BlockKind::Image),
        1 => vec(image(), 0..4).prop_map(|images| BlockKind::Gallery { images }),
        2 => (any::<bool>(), vec(vec(runs(), 0..4), 0..4), option::of(words())).prop_map(
            |(header, rows, caption)| BlockKind::Table { header, rows, caption }
        ),
        1 => ("https?://[a-z]{1,5}\\.org/[a-z ()|]{0,5}", option::of(words()))
            .prop_map(|(url, title)| BlockKind::Embed { url, title }),
        1 => Just(BlockKind::Separator),
    ]
}

fn body() -> impl Strategy<Value = Body> {
    vec((1_u32..4, option::of(lang()), kind()), 0..6).prop_map(|blocks| {
        let mut id = 0;
        let blocks = blocks.into_iter().map(|(step, lang, kind)| {
            id += step;
            Block {
                id: BlockId(id),
                lang,
                kind,
            }
        });
        Body {
            blocks: blocks.collect(),
        }
    })
}

/// Any text, most of it of what the notation is made of.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => pieces(24),
        2 => vec(words(), 0..8).prop_map(|lines| lines.join("\n")),
        1 => any::<String>(),
    ]
}

fn arabic_letters(text: &str) -> usize {
    text.chars()
        .filter(|sign| ('ا'..='ي').contains(sign))
        .count()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_as_it_was(body in body()) {
        let text = write(&body);
        prop_assert_eq!(read(&text, &body, BlockId(0)), Ok(tidied(&body)), "help: {}", text);
    }

    #[test]
    fn tidying_twice_is_tidying_once(body in body()) {
        let once = tidied(&body);
        prop_assert_eq!(tidied(&once), once);
    }

    #[test]
    fn a_text_that_reads_is_written_to_read_the_same(text in any_text()) {
        if let Ok(body) = read(&text, &Body::default(), BlockId(0)) {
            let again = write(&body);
            prop_assert_eq!(read(&again, &body, BlockId(0)), Ok(body), "help: {:?} from {:?}", again, text);
        }
    }

    #[test]
    fn no_letter_is_lost(text in any_text()) {
        if let Ok(body) = read(&text, &Body::default(), BlockId(0)) {
            let kept = arabic_letters(&body.to_json());
            prop_assert!(kept >= arabic_letters(&text), "help: {:?} from {:?}", body, text);
        }
    }
}
