//! Laws that hold for any body, any two writers, and any bytes.

use editorial::{
    Block, BlockId, BlockKind, Body, Id, Mark, Run,
    body::{Image, ListItem},
    notation::tidied,
};
use manuscript::{Manuscript, Taken, UPDATE_BYTES_MAX, UpdateFault};
use proptest::{collection::vec, option, prelude::*};

fn id(number: i64) -> Id {
    Id::new(number).expect("in range")
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[ا-ي ]{0,9}",
        2 => "[\n\r\t «»:،ـ\u{200F}\u{FEFF}a-z0-9😀𝄞-]{0,9}",
        1 => any::<String>(),
    ]
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

fn runs() -> impl Strategy<Value = Vec<Run>> {
    let mark = prop_oneof![
        3 => Just(Mark::Strong),
        3 => Just(Mark::Emphasis),
        2 => address().prop_map(|url| Mark::Link { url }),
        2 => lang().prop_map(|lang| Mark::Language { lang }),
    ];
    let run = (words(), vec(mark, 0..4)).prop_map(|(text, marks)| Run { text, marks });
    vec(run, 0..5)
}

fn image() -> impl Strategy<Value = Image> {
    let url = "https://[a-z]{1,5}\\.org/[a-z)|\\\\]{0,5}";
    (
        option::of((1_i64..99).prop_map(id)),
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
        2 => (any::<bool>(), items()).prop_map(|(ordered, items)| BlockKind::List { ordered, items }),
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
        let mut number = 0;
        let blocks = blocks.into_iter().map(|(step, lang, kind)| {
            number += step;
            Block {
                id: BlockId(number),
                lang,
                kind,
            }
        });
        Body {
            blocks: blocks.collect(),
        }
    })
}

/// The manuscript as somebody else has it.
fn copied(manuscript: &Manuscript) -> Manuscript {
    Manuscript::of([manuscript.snapshot()]).expect("it is one")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_as_it_was(body in body()) {
        let begun = Manuscript::begin(&body, id(7));
        prop_assert_eq!(begun.body(), tidied(&body));
        prop_assert_eq!(copied(&begun).body(), tidied(&body));
        prop_assert!(!begun.has_unnumbered());
        // The same again, byte for byte.
        prop_assert_eq!(Manuscript::begin(&body, id(7)).snapshot(), begun.snapshot());
    }

    #[test]
    fn a_text_over_another_is_what_it_says(older in body(), newer in body()) {
        let mut manuscript = Manuscript::begin(&older, id(7));
        let mut other = copied(&manuscript);
        let update = manuscript.write(&newer, id(8));
        prop_assert_eq!(manuscript.body(), tidied(&newer));
        if let Some(update) = update {
            prop_assert_eq!(other.take(&update), Ok(Taken::News));
        } else {
            prop_assert_eq!(tidied(&older), tidied(&newer));
        }
        prop_assert_eq!(other.body(), tidied(&newer));
        prop_assert_eq!(manuscript.write(&newer, id(9)), None);
    }

    #[test]
    fn two_who_write_at_once_have_one_text(begun in body(), one in body(), other in body()) {
        let mut here = Manuscript::begin(&begun, id(7));
        let mut there = copied(&here);
        let from_here = here.write(&one, id(8));
        let from_there = there.write(&other, id(9));
        if let Some(update) = from_there {
            // Two who deleted the same say nothing new to each other.
            prop_assert!(here.take(&update).is_ok());
            prop_assert_eq!(here.take(&update), Ok(Taken::Known));
        }
        let lacks = here.missing_from(&there.state()).expect("a state");
        prop_assert!(there.take(&lacks).is_ok());
        prop_assert!(from_here.is_none_or(|update| there.take(&update).is_ok()));
        prop_assert_eq!(here.body(), there.body());
        // Numbers may have met: they are parted, and the same again for both.
        if let Some(update) = here.number_blocks(BlockId(99), id(10)) {
            prop_assert_eq!(there.take(&update), Ok(Taken::News));
        }
        prop_assert!(!there.has_unnumbered());
        prop_assert_eq!(here.body(), there.body());
    }

    #[test]
    fn any_bytes_are_taken_or_refused(body in body(), bytes in vec(any::<u8>(), 0..200)) {
        let mut manuscript = Manuscript::begin(&body, id(7));
        let before = manuscript.body();
        if manuscript.take(&bytes).is_err() {
            prop_assert_eq!(manuscript.body(), before);
        }
        let _ = manuscript.missing_from(&bytes);
    }

    #[test]
    fn a_spoilt_update_is_taken_or_refused(
        begun in body(),
        newer in body(),
        spoilt in vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut manuscript = Manuscript::begin(&begun, id(7));
        let mut other = copied(&manuscript);
        if let Some(mut update) = other.write(&newer, id(8)) {
            for (at, byte) in spoilt {
                let at = at.index(update.len());
                update[at] = byte;
            }
            let before = manuscript.snapshot();
            if manuscript.take(&update).is_err() {
                prop_assert_eq!(manuscript.body(), copied(&manuscript).body());
                prop_assert_eq!(Manuscript::of([before]).map(|one| one.body()), Ok(manuscript.body()));
            }
            // Whatever it says now, it goes on.
            manuscript.write(&begun, id(9));
            prop_assert_eq!(manuscript.body(), tidied(&begun));
        }
    }
}

#[test]
fn what_is_too_long_is_refused() {
    let mut manuscript = Manuscript::begin(&Body::default(), id(7));
    let long = vec![0; UPDATE_BYTES_MAX + 1];
    assert_eq!(manuscript.take(&long), Err(UpdateFault::TooLong));
}
