//! Laws that every reading keeps, on any text.

use attribution::{Article, Field, read, records};
use proptest::prelude::*;

/// Any characters, and Arabic with everything that reports are made of.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ا-يآأإؤئءىةـً-ْ٠-٩ a-z0-9«»\"،؛:؟.()\u{200F}\n-]{0,80}",
        proptest::collection::vec(
            proptest::sample::select(vec![
                "قال",
                "وأضاف",
                "الوزير",
                "محمد",
                "إن",
                "أن",
                "\"",
                "«",
                "»",
                ":",
                "،",
                ".",
                "\n",
                "بحسب",
                "وفق",
                "من جهته",
                "مشيرا",
                "إلى",
                "موسكو",
                "أعلن",
                "مقتل",
                "بعد",
                "قول",
                "قوله",
                "عن",
                "نقلت",
                "وكالة",
                "رويترز",
                "الذي",
                "و",
                "ب",
                "(",
                ")",
                "الجمعة",
                "15",
                "يناير",
                "في",
                "بيان",
                "وزارة",
                "الدفاع",
                "..",
                "”",
            ]),
            0..60,
        )
        .prop_map(|words| words.join(" ")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    /// Spans lie in the text, on borders of characters; one rule's do not overlap; all is in order; the same text gives the same.
    #[test]
    fn readings_keep_the_laws(title in any_text(), text in any_text()) {
        let article = Article { title: &title, text: &text, published: Some(jiff::civil::date(2017, 9, 13)) };
        let reading = read(&article);
        prop_assert_eq!(&read(&article), &reading, "help: a reading depends on its text alone");
        let mut last = None;
        for statement in &reading.statements {
            let field = if statement.field == Field::Title { &title } else { &text };
            let spans = [Some(statement.content), statement.verb, statement.speaker, statement.day, statement.place, statement.occasion, statement.medium];
            for span in spans.into_iter().flatten() {
                prop_assert!(field.get(span.start..span.end).is_some_and(|part| !part.is_empty()), "help: {:?} is not in {:?}", span, field);
            }
            let here = (statement.field, statement.content.start);
            prop_assert!(last.is_none_or(|last| last <= here), "help: out of order");
            last = Some(here);
        }
        for (at, one) in reading.statements.iter().enumerate() {
            for other in &reading.statements[at + 1..] {
                let apart = one.field != other.field || one.rule != other.rule || one.content.end <= other.content.start || other.content.end <= one.content.start;
                prop_assert!(apart, "help: {} overlaps itself: {:?} and {:?}", one.rule, one.content.of(&text), other.content.of(&text));
            }
        }
        for record in records(&article, &reading.statements) {
            let field = if record.field == "title" { &title } else { &text };
            let quote: String = field.chars().skip(record.start).take(record.end - record.start).collect();
            prop_assert_eq!(quote, record.quote, "help: offsets count code points");
        }
    }
}
