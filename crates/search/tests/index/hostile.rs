//! Whatever is typed answers in bounded time.

use std::time::{Duration, Instant};

use super::paper::{Folder, NOW, article, write};
use arabic::search::variants::Variants;
use proptest::prelude::*;
use search::{Index, Query, snippet};

/// Much more than any takes, for machines that are busy.
const TIME_MAX: Duration = Duration::from_secs(2);

fn paper(name: &str) -> (Folder, Index) {
    let folder = Folder::new(name);
    // Many different words, so that patterns over the dictionary have work.
    let letters: Vec<char> = "ابتجحدرسعفقكلمنهوي".chars().collect();
    let word = |mut number: usize| {
        let mut out = String::new();
        for _ in 0..5 {
            out.push(letters[number % letters.len()]);
            number /= letters.len();
        }
        out
    };
    let articles = (1_i64..=2_000)
        .zip(1_usize..)
        .map(|(number, place)| {
            let words: Vec<_> = (0..40)
                .map(|at| word((place * 40 + at) * 7_919 % 1_889_568))
                .collect();
            article(
                number,
                &format!("في من {}", words[0]),
                &words.join(" "),
                number % 100,
            )
        })
        .collect();
    drop(write(&folder, articles));
    let index = Index::open(folder.path()).expect("opened");
    (folder, index)
}

#[test]
fn hostile_questions_answer_in_bounded_time() {
    let (_folder, index) = paper("hostile");
    let word = "كلمة ";
    let questions = [
        String::new(),
        "ا".repeat(10_000),
        word.repeat(2_000),
        "\u{64B}".repeat(10_000),
        "ـ".repeat(10_000),
        "(a+)+$ ".repeat(1_000),
        "[a-z]{1,1000}{1,1000}".repeat(100),
        "* ? *ا* .* ا?ا* ".repeat(500),
        "\0".repeat(10_000),
        "ا\0ب\u{1}ج\n\r\t".repeat(500),
        "\"".repeat(5_000),
        "«".repeat(5_000),
        "»«".repeat(2_500),
        "\"ا\" ".repeat(2_000),
        "-".repeat(10_000),
        "- -- -- -«-".repeat(1_000),
        "-ا ".repeat(1_000),
        "\u{202E}\u{2066}\u{2069}\u{202C}\u{200F}".repeat(2_000),
        "\u{FFFD}\u{FEFF}\u{10FFFF}".repeat(2_000),
        "aeiou".repeat(2_000),
        "aaaaaaaaaaaaaaaaaaaa ".repeat(30),
        "t2a3i5e7u9o ".repeat(50),
        "«في من في من في من في من في من في من في من»".to_owned(),
        "«سوريا سوريا سوريا سوريا سوريا سوريا سوريا سوريا سوريا»".to_owned(),
        "ا OR ب AND NOT ج:د~2^9 {x TO *} \\ / !".to_owned(),
        "١٢٣٤٥٦٧٨٩٠".repeat(1_000),
        "عبد ".repeat(200),
        "👩\u{200D}👧".repeat(2_000),
    ];
    for text in questions {
        let begun = Instant::now();
        let query = Query {
            text: text.clone(),
            page: usize::MAX,
            ..Query::default()
        };
        let found = index.search(&query, Variants::built_in(), NOW);
        assert!(found.usable);
        index.suggest(&text, usize::MAX);
        snippet(&text, &found.marks, 200);
        let took = begun.elapsed();
        let start: String = text.chars().take(30).collect();
        assert!(took < TIME_MAX, "help: {took:?} for {start}…");
    }
    assert_eq!(index.state(), Ok(()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_text_is_answered(texts in proptest::collection::vec(any::<String>(), 20)) {
        thread_local! {
            static PAPER: (Folder, Index) = paper("any");
        }
        PAPER.with(|(_, index)| {
            for text in &texts {
                let query = Query { text: text.clone(), ..Query::default() };
                assert!(index.search(&query, Variants::built_in(), NOW).usable);
                index.suggest(text, 8);
            }
        });
    }
}
