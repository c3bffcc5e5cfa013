//! The difference of texts: what it shows, its laws, and its time.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::{BlockId, BlockKind, Run, notation};

fn body(notation: &str) -> Body {
    notation::read(notation, &Body::default(), BlockId(0)).expect("readable")
}

/// The newer text as it comes from the form: its blocks keep their names.
fn next(notation: &str, older: &Body) -> Body {
    notation::read(notation, older, BlockId(0)).expect("readable")
}

fn compared(older: &Body, newer: &Body) -> Difference {
    let text = |body| Text {
        headline: "عنوان",
        standfirst: "",
        body,
    };
    Difference::between(text(older), text(newer))
}

/// A side in one line: what stands on it alone in [], what is marked otherwise
/// in {}, lines parted by |.
fn told(side: Option<&Side>) -> String {
    let Some(side) = side else {
        return "-".to_owned();
    };
    let line = |line: &Line| -> String {
        let piece = |piece: &Piece| match piece.fate {
            Fate::Kept => piece.text.clone(),
            Fate::Marked => format!("{{{}}}", piece.text),
            Fate::Own => format!("[{}]", piece.text),
        };
        line.pieces.iter().map(piece).collect()
    };
    side.lines.iter().map(line).collect::<Vec<_>>().join("|")
}

fn rows(difference: &Difference) -> Vec<(String, String)> {
    let row = |row: &Row| (told(row.older.as_ref()), told(row.newer.as_ref()));
    difference.body.iter().map(row).collect()
}

fn row(older: &str, newer: &str) -> (String, String) {
    (older.to_owned(), newer.to_owned())
}

#[test]
fn words_are_compared_whole_with_their_signs() {
    let older = body("قال الوزير إن المحادثات بدأت، ولم تنته بعد في سوريــة.");
    let newer = next(
        "قال الوزيرُ إن المحادثات انتهت، ولم تنته بعد في سورية.",
        &older,
    );
    assert_eq!(
        rows(&compared(&older, &newer)),
        [row(
            "قال [الوزير ]إن المحادثات [بدأت]، ولم تنته بعد في [سوريــة].",
            "قال [الوزيرُ ]إن المحادثات [انتهت]، ولم تنته بعد في [سورية]."
        )]
    );
}

#[test]
fn a_word_more_at_the_end_is_one_word() {
    let older = body("عاد القطار");
    let newer = next("عاد القطار اليوم", &older);
    assert_eq!(
        rows(&compared(&older, &newer)),
        [row("عاد القطار", "عاد القطار[ اليوم]")]
    );
    let newer = next("عاد القطار ، اليوم", &older);
    let closer = next("عاد القطار، اليوم", &newer);
    assert_eq!(
        rows(&compared(&newer, &closer)),
        [row("عاد القطار[ ]، اليوم", "عاد القطار، اليوم")]
    );
}

#[test]
fn a_lone_letter_between_changes_is_no_meeting() {
    let older = body("وصل الوفد الأول إلى المدينة أمس و غادر سريعا.");
    let newer = next("وصل الوفد الأول إلى العاصمة اليوم و بقي فيها.", &older);
    assert_eq!(
        rows(&compared(&older, &newer)),
        [row(
            "وصل الوفد الأول إلى [المدينة أمس و غادر سريعا].",
            "وصل الوفد الأول إلى [العاصمة اليوم و بقي فيها]."
        )]
    );
}

#[test]
fn an_edited_block_stays_beside_its_former_self() {
    let older =
        body("الفقرة الأولى عن الوفد.\n\nقال الوزير إن القطار عاد إلى حلب.\n\nالختام كما كان.");
    let newer = next(
        "الفقرة الأولى عن الوفد.\n\nفقرة جديدة تماما لا تشبه غيرها.\n\nقال الوزير إن القطار وصل إلى حلب.\n\nالختام كما كان.",
        &older,
    );
    assert_eq!(
        rows(&compared(&older, &newer)),
        [
            row("الفقرة الأولى عن الوفد.", "الفقرة الأولى عن الوفد."),
            row("-", "[فقرة جديدة تماما لا تشبه غيرها.]"),
            row(
                "قال الوزير إن القطار [عاد ]إلى حلب.",
                "قال الوزير إن القطار [وصل ]إلى حلب."
            ),
            row("الختام كما كان.", "الختام كما كان."),
        ]
    );
}

#[test]
fn a_moved_block_is_told_as_moved() {
    let older = body(
        "أولا تحدث الوزير عن الخطة.\n\nثانيا تكلم المدير عن المال.\n\nثالثا ختم الرئيس الجلسة الطويلة.",
    );
    let newer = next(
        "ثالثا ختم الرئيس الجلسة الطويلة.\n\nأولا تحدث الوزير عن الخطة.\n\nثانيا تكلم المدير عن المال.",
        &older,
    );
    let difference = compared(&older, &newer);
    let moved: Vec<bool> = difference.body.iter().map(|row| row.is_moved).collect();
    assert_eq!(moved, [true, false, false]);
    assert!(rows(&difference).iter().all(|(one, other)| one == other));
}

#[test]
fn marks_kinds_pictures_items_and_cells_differ_too() {
    let older = body(
        "قال **الوزير** ذلك في [كلمة](/a/1) له.\n\nخلفية الخبر\n\n- أول\n- ثان\n\n![الوفد](media:7 \"وصول\")\n\n| حلب | ٢ |",
    );
    let newer = next(
        "قال الوزير ذلك في [كلمة](/a/2) له.\n\n## خلفية الخبر\n\n- أول\n- وسط\n- ثان\n\n![الوفد](media:8 \"وصول\")\n\n| حلب | ٣ |",
        &older,
    );
    let difference = compared(&older, &newer);
    assert_eq!(
        rows(&difference),
        [
            row(
                "قال {الوزير }ذلك في {كلمة }له.",
                "قال {الوزير }ذلك في {كلمة }له."
            ),
            row("خلفية الخبر", "خلفية الخبر"),
            row("أول|ثان", "أول|[وسط]|ثان"),
            row("[7]|الوفد|وصول", "[8]|الوفد|وصول"),
            row("حلب|[٢]", "حلب|[٣]"),
        ]
    );
    let heading = difference.body[1].newer.as_ref().expect("there");
    assert!(heading.is_other_kind && heading.kind == "heading-2");
}

#[test]
fn nothing_differs_from_itself() {
    let text = body("نص\n\n- بند\n\n***\n\nآخر");
    assert!(compared(&text, &text).is_none());
    let other = next("نص\n\n- بند\n\n***\n\nآخر.", &text);
    assert!(!compared(&text, &other).is_none());
}

/// A text of that many letters in paragraphs; every `step`-th word is another
/// for another `seed`.
fn long(letters: usize, paragraph: usize, seed: usize, step: usize) -> Body {
    let stock = [
        "قال",
        "الوزير",
        "إن",
        "المحادثات",
        "في",
        "المدينة",
        "بدأت",
        "مع",
    ];
    let mut blocks = Vec::new();
    let (mut made, mut word) = (0, 0_usize);
    while made < letters {
        let mut text = String::new();
        for _ in 0..paragraph {
            let own = if word.is_multiple_of(step) { seed } else { 0 };
            text.push_str(stock[(word * 7 + own) % stock.len()]);
            text.push_str(&format!("{} ", (word * 31 + own * 17) % 5_003));
            word += 1;
        }
        made += text.chars().count();
        blocks.push(crate::Block {
            id: BlockId(u32::try_from(blocks.len()).expect("few")),
            lang: None,
            kind: BlockKind::Paragraph {
                runs: vec![Run::from(text.as_str())],
            },
        });
    }
    Body { blocks }
}

/// Half a second is promised; a machine that is busy with other tests has longer.
const PATIENCE: Duration = Duration::from_secs(4);

#[test]
fn the_longest_texts_are_compared_soon_and_shown_in_bounds() {
    for (name, paragraph, step) in [
        ("edited here and there", 60, 50),
        ("every third word", 60, 3),
        ("nothing alike", 60, 1),
        ("one paragraph, every third word", 200_000, 3),
        ("one paragraph, nothing alike", 200_000, 1),
        ("five thousand short ones", 10, 4),
    ] {
        let (older, newer) = (
            long(500_000, paragraph, 0, step),
            long(500_000, paragraph, 1, step),
        );
        let begun = Instant::now();
        let difference = compared(&older, &newer);
        let took = begun.elapsed();
        assert!(took < PATIENCE, "{name}: {took:?}");
        assert!(!difference.is_none());
        let sides = difference
            .body
            .iter()
            .flat_map(|row| [&row.older, &row.newer]);
        let lines = sides.flatten().flat_map(|side| &side.lines);
        let pieces: usize = lines.map(|line| line.pieces.len()).sum();
        assert!(pieces <= PIECES_MAX + 2 * difference.body.len(), "{pieces}");
    }
}

#[test]
fn what_differs_in_too_many_pieces_is_told_by_blocks() {
    let (older, newer) = (long(500_000, 60, 0, 3), long(500_000, 60, 1, 3));
    let difference = compared(&older, &newer);
    assert!(difference.is_coarse);
    let last = difference.body.last().expect("there");
    let newer = last.newer.as_ref().expect("there");
    assert_eq!((newer.lines.len(), newer.lines[0].pieces.len()), (1, 1));
}

proptest! {
    #[test]
    fn each_side_is_its_text_and_both_keep_the_same(
        older in "[اب ،.\u{64e}ـ\n]{0,60}",
        newer in "[اب ،.\u{64e}ـ\n]{0,60}",
    ) {
        let (older, newer) = (body(&older), body(&newer));
        let difference = compared(&older, &newer);
        let text = |side: fn(&Row) -> &Option<Side>, fate: Option<Fate>| {
            let sides = difference.body.iter().filter_map(|row| side(row).as_ref());
            let pieces = sides.flat_map(|side| &side.lines).flat_map(|line| &line.pieces);
            let own = pieces.filter(|piece| fate.is_none_or(|fate| piece.fate == fate));
            own.map(|piece| piece.text.as_str()).collect::<String>()
        };
        let plain = |body: &Body| body.plain_text().replace('\n', "");
        prop_assert_eq!(text(|row| &row.newer, None).replace('\n', ""), plain(&newer));
        // What was moved stands elsewhere on the older side.
        if !difference.body.iter().any(|row| row.is_moved) {
            prop_assert_eq!(text(|row| &row.older, None).replace('\n', ""), plain(&older));
        }
        prop_assert_eq!(
            text(|row| &row.older, Some(Fate::Kept)),
            text(|row| &row.newer, Some(Fate::Kept))
        );
        prop_assert_eq!(difference.is_none(), older.plain_text() == newer.plain_text() && older.blocks.iter().map(|block| &block.kind).eq(newer.blocks.iter().map(|block| &block.kind)));
    }
}
