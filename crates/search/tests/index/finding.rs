//! What is found, in which order, and what is said beside it.

use super::paper::{Folder, NOW, article, ask, find, id, ids, write};
use arabic::search::variants::Variants;
use editorial::{SearchDocument, Timestamp, settings::Freshness};
use search::{Index, Order, Query, Suggestion};

/// A small paper.
fn articles() -> Vec<SearchDocument> {
    let mut out = vec![
        article(1, "وزير الزراعة يزور حلب", "زار الوزير حقول القمح.", 400),
        article(
            2,
            "القمح يصل إلى المرفأ",
            "قال وزير الزراعة إن السفينة تحمل قمحا.",
            10,
        ),
        article(
            3,
            "أسعار الخبز ترتفع",
            "ارتفع سعر القمح في السوق، وقال تاجر إن الزراعة تراجعت.",
            1,
        ),
        article(4, "مباراة في دمشق", "فاز الفريق في دمشق على فريق حلب.", 2),
        article(5, "NATURE تنشر دراسة", "دراسة عن النبات.", 3),
        article(6, "الزلزال في إدلب", "ضرب زلزال المنطقة.", 4),
    ];
    out[0].section = Some((id(100), "اقتصاد".to_owned()));
    out[1].section = Some((id(100), "اقتصاد".to_owned()));
    out[2].section = Some((id(101), "محليات".to_owned()));
    out[3].section = Some((id(102), "رياضة".to_owned()));
    out[0].authors = vec![(id(200), "سلمى الحسن".to_owned())];
    out[3].authors = vec![(id(201), "كريم سالم".to_owned())];
    out[1].tags = vec![(id(300), "الأمن الغذائي".to_owned())];
    out[2].tags = vec![
        (id(300), "الأمن الغذائي".to_owned()),
        (id(301), "أسواق".to_owned()),
    ];
    "en".clone_into(&mut out[4].language);
    out[5].published_at = None;
    out
}

fn paper(name: &str) -> (Folder, Index) {
    let folder = Folder::new(name);
    drop(write(&folder, articles()));
    let index = Index::open(folder.path()).expect("opened");
    (folder, index)
}

#[test]
fn a_headline_comes_before_a_text_and_a_newer_one_before_an_older() {
    let (_folder, index) = paper("order");
    assert_eq!(index.articles(), 6);
    assert_eq!(index.position(), 1);
    // In the headline of 2; in the texts of 1 (old) and 3 (new).
    assert_eq!(ids(&find(&index, "قمح")), [2, 3, 1]);
    let newest = Query {
        text: "قمح".to_owned(),
        order: Order::Newest,
        ..Query::default()
    };
    assert_eq!(ids(&ask(&index, &newest)), [3, 2, 1]);
    // Words side by side as asked come first, whatever their age.
    assert_eq!(ids(&find(&index, "وزير الزراعة")), [1, 2]);
}

#[test]
fn freshness_is_mild() {
    let folder = Folder::new("fresh");
    let old = article(1, "القمح القمح", "القمح في السوق.", 900);
    let new = article(
        2,
        "السوق",
        "كلام كثير عن غير ذلك، ثم ذكر القمح مرة في آخر النص.",
        0,
    );
    let same = article(3, "القمح القمح", "القمح في السوق.", 1);
    drop(write(&folder, vec![old, new, same]));
    let index = Index::open(folder.path()).expect("opened");
    assert_eq!(ids(&find(&index, "قمح")), [3, 1, 2]);
}

#[test]
fn how_much_the_new_counts_is_the_papers_to_say() {
    let folder = Folder::new("freshness");
    let short = "السد ينتج الكهرباء منذ الأمس بعد أعمال طويلة في القناة.";
    drop(write(
        &folder,
        vec![
            article(1, "السد", &format!("السد. {short}"), 800),
            article(2, "السد", short, 0),
        ],
    ));
    let index = Index::open(folder.path()).expect("opened");
    let first = |percent| {
        let freshness = Freshness {
            percent,
            ..Freshness::default()
        };
        let query = Query {
            text: "السد".to_owned(),
            freshness,
            ..Query::default()
        };
        ids(&ask(&index, &query))
    };
    assert_eq!(first(0), [1, 2]);
    assert_eq!(first(200), [2, 1]);
}

#[test]
fn filters_narrow() {
    let (_folder, index) = paper("filters");
    let wheat = |change: &dyn Fn(&mut Query)| {
        let mut query = Query {
            text: "قمح".to_owned(),
            ..Query::default()
        };
        change(&mut query);
        ids(&ask(&index, &query))
    };
    assert_eq!(wheat(&|query| query.section = Some(id(100))), [2, 1]);
    assert_eq!(wheat(&|query| query.author = Some(id(200))), [1]);
    assert_eq!(wheat(&|query| query.tag = Some(id(300))), [2, 3]);
    assert_eq!(
        wheat(&|query| query.from = Some(NOW.plus(-20 * Timestamp::DAY))),
        [2, 3]
    );
    assert_eq!(
        wheat(&|query| query.until = Some(NOW.plus(-Timestamp::DAY))),
        [2, 1]
    );
    assert_eq!(
        wheat(&|query| query.section = Some(id(999))),
        [] as [i64; 0]
    );
    // Without words: all that passes, the newest first.
    let all = |query: Query| ids(&ask(&index, &query));
    assert_eq!(
        all(Query {
            section: Some(id(100)),
            ..Query::default()
        }),
        [2, 1]
    );
    assert_eq!(
        all(Query {
            language: Some("en".to_owned()),
            ..Query::default()
        }),
        [5]
    );
    assert_eq!(all(Query::default()), [] as [i64; 0]);
}

#[test]
fn phrases_exclusions_and_labels_are_understood() {
    let (_folder, index) = paper("understood");
    for (text, expected) in [
        ("«وزير الزراعة»", &[1, 2][..]),
        ("\"الزراعة تراجعت\"", &[3]),
        ("«الزراعة يزور»", &[1]),
        // The end of the headline and the beginning of the text are no neighbours.
        ("«حلب زار»", &[]),
        ("قمح -وزير", &[3]),
        ("قمح -«وزير الزراعة»", &[3]),
        ("-قمح", &[4, 5, 6]),
        ("سلمى", &[1]),
        ("غذائي أسواق", &[3]),
        ("رياضة", &[4]),
        ("NATURE", &[5]),
        ("nature", &[5]),
        ("في حلب", &[1, 4]),
    ] {
        let mut found = ids(&find(&index, text));
        found.sort_unstable();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn where_no_article_has_all_words_those_with_most_are_shown_and_it_is_said() {
    let (_folder, index) = paper("most");
    let found = find(&index, "قمح مرفأ مباراة");
    assert!(found.some_words);
    // The only one that has two of the three is the first.
    assert_eq!(ids(&found)[0], 2);
    let found = find(&index, "قمح كلمةغيرموجودة");
    assert!(found.some_words);
    assert_eq!(found.total, 3);
    let found = find(&index, "قمح مرفأ");
    assert!(!found.some_words);
    let found = find(&index, "كلمةغيرموجودة");
    assert!(!found.some_words);
    assert_eq!((found.total, found.page, found.pages), (0, 1, 1));
}

#[test]
fn pages_hold_each_article_once() {
    let folder = Folder::new("pages");
    let articles = (1..=1_234)
        .map(|number| article(number, "القمح", &format!("نص {number}"), number % 7))
        .collect();
    drop(write(&folder, articles));
    let index = Index::open(folder.path()).expect("opened");
    for order in [Order::Relevance, Order::Newest] {
        let mut seen = Vec::new();
        let mut page = 1;
        loop {
            let found = ask(
                &index,
                &Query {
                    text: "قمح".to_owned(),
                    page,
                    page_size: 30,
                    order,
                    ..Query::default()
                },
            );
            assert_eq!((found.total, found.pages), (1_234, 17));
            seen.extend(ids(&found));
            if page == found.pages {
                break;
            }
            page += 1;
        }
        // Paging ends at 500.
        assert_eq!(seen.len(), 500);
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 500);
    }
    let far = Query {
        text: "قمح".to_owned(),
        page: usize::MAX,
        page_size: usize::MAX,
        ..Query::default()
    };
    let found = ask(&index, &far);
    assert_eq!((found.page, found.pages, found.hits.len()), (10, 10, 50));
}

#[test]
fn a_misspelled_word_is_offered_as_articles_spell_it() {
    let folder = Folder::new("meant");
    let mut articles: Vec<_> = (1..=5)
        .map(|number| article(number, "مدرسة جديدة في القامشلي", "نص.", number))
        .collect();
    articles.push(article(6, "مدرسه بلا مقاعد", "نص.", 1));
    drop(write(&folder, articles));
    let index = Index::open(folder.path()).expect("opened");
    for (text, offered) in [
        ("القامشلى", None),
        ("القامسلي", Some("القامشلي")),
        ("مدرشة", Some("مدرسة")),
        ("«جديدة» مدرشة -مقاعد", Some("«جديدة» مدرسة -مقاعد")),
        ("مدرسة", None),
        ("قطن", None),
        ("12345", None),
    ] {
        assert_eq!(
            find(&index, text).did_you_mean.as_deref(),
            offered,
            "{text}"
        );
    }
}

#[test]
fn suggestions_come_from_names_and_headlines() {
    let (_folder, index) = paper("suggest");
    let suggest = |typed: &str| index.suggest(typed, 8);
    for (typed, expected) in [
        ("سل", &[Suggestion::Author(id(200))][..]),
        ("حسن", &[Suggestion::Author(id(200))]),
        ("الأمن الغ", &[Suggestion::Tag(id(300))]),
        ("غذا", &[Suggestion::Tag(id(300))]),
        ("رياض", &[Suggestion::Section(id(102))]),
        ("أسو", &[Suggestion::Tag(id(301))]),
        ("القم", &[Suggestion::Headline(id(2))]),
        ("قم", &[Suggestion::Headline(id(2))]),
        ("وزير ال", &[Suggestion::Headline(id(1))]),
        ("وزير الزراع", &[Suggestion::Headline(id(1))]),
        ("الزلزال", &[Suggestion::Headline(id(6))]),
        ("زلزال", &[Suggestion::Headline(id(6))]),
        // The same letters, typed without hamza, with marks, in pieces.
        ("اسع", &[Suggestion::Headline(id(3))]),
        ("أَسـعار", &[Suggestion::Headline(id(3))]),
        ("", &[]),
        ("\0*?", &[]),
        ("قطن", &[]),
    ] {
        let found = suggest(typed);
        for suggestion in expected {
            assert!(found.contains(suggestion), "{typed}: {found:?}");
        }
        assert!(
            !expected.is_empty() || found.is_empty(),
            "{typed}: {found:?}"
        );
    }
    assert_eq!(index.suggest("ا", 2).len(), 2);
    assert!(index.suggest("قمح", 0).is_empty());
}

#[test]
fn what_is_withdrawn_is_gone_at_the_commit() {
    let folder = Folder::new("withdrawn");
    let mut writer = write(&folder, articles());
    let index = Index::open(folder.path()).expect("opened");
    assert_eq!(ids(&find(&index, "مباراة")), [4]);
    writer.remove(id(4));
    writer.remove(id(4_000));
    let corrected = article(2, "الشعير يصل إلى المرفأ", "السفينة تحمل شعيرا.", 10);
    writer.put(&corrected).expect("put");
    writer.put(&corrected).expect("put");
    writer.put(&article(7, "خبر اليوم", "نص.", 0)).expect("put");
    // Nothing is seen before the commit.
    assert_eq!(ids(&find(&index, "مباراة")), [4]);
    writer.commit(9).expect("committed");
    assert_eq!((index.position(), index.articles()), (9, 6));
    assert_eq!(find(&index, "مباراة").total, 0);
    assert_eq!(index.suggest("مبار", 8), []);
    assert_eq!(index.suggest("كريم", 8), []);
    assert_eq!(index.suggest("رياض", 8), []);
    assert_eq!(ids(&find(&index, "شعير")), [2]);
    assert_eq!(index.suggest("القم", 8), []);
    // A tag that another article still has.
    assert_eq!(index.suggest("غذا", 8), [Suggestion::Tag(id(300))]);
    assert_eq!(ids(&find(&index, "خبر")), [3, 7][1..]);
    // A misspelling is not answered from what is withdrawn.
    assert_eq!(find(&index, "مباراه دمشف").did_you_mean, None);
}

#[test]
fn variants_of_a_paper_need_no_new_index() {
    let (_folder, index) = paper("variants");
    let query = Query {
        text: "حنطة".to_owned(),
        ..Query::default()
    };
    assert_eq!(index.search(&query, Variants::built_in(), NOW).total, 0);
    let own = Variants::built_in()
        .with("حنطة\tقمح\n")
        .expect("well formed");
    assert_eq!(index.search(&query, &own, NOW).total, 3);
}
