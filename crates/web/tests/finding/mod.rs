//! Search over HTTP: what follows the change log, what is answered to any query,
//! and how often.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use actions::{
    correct_article, indexing::requests, publish_batch, restore_article, withdraw_article,
};
use editorial::{
    Article, ArticleKind, ArticleState, Block, BlockId, BlockKind, Body, Changes, Timestamp, Write,
    audit::Actor, comment::Commenting, people::Author,
};
use web::Limits;

use crate::{
    header,
    paper::{Folder, Paper, START, id, ticker_item},
};

/// What is right in the results must be so within this time.
const SOON: Duration = Duration::from_secs(1);

fn article(number: i64, headline: &str, text: &str) -> Article {
    Article {
        id: id(number),
        version: 0,
        kind: ArticleKind::Story,
        state: ArticleState::Unpublished,
        slug: "خبر".to_owned(),
        kicker: String::new(),
        headline: headline.to_owned(),
        standfirst: String::new(),
        dateline: String::new(),
        agency: String::new(),
        language: "ar".to_owned(),
        section: Some(id(1)),
        authors: vec![id(3)],
        tags: vec![id(2)],
        lead: None,
        body: Body {
            blocks: vec![Block {
                id: BlockId(1),
                lang: None,
                kind: BlockKind::Paragraph {
                    runs: vec![text.into()],
                },
            }],
        },
        revision: id(1_000_000 + number),
        published_at: Some(START.plus(-number * Timestamp::SECOND)),
        changed_at: START,
        commenting: Commenting::ByAge,
        age_note: true,
        sources: Vec::new(),
        signature: Vec::new(),
    }
}

impl Paper {
    async fn publish_one(&self, article: Article) {
        let mut changes = article.publish(Actor::System, START).expect("complete");
        if let Some(Write::Article { loaded_version, .. }) = changes.writes.first_mut() {
            *loaded_version = None;
        }
        self.store.commit(changes).await.expect("committed");
    }

    async fn publish_author(&self) {
        let author = Author {
            id: id(3),
            slug: "layla".to_owned(),
            name: "ليلى حداد".to_owned(),
            bio: String::new(),
        };
        let changes = Changes::new().write(Write::Author(author));
        self.store.commit(changes).await.expect("committed");
    }

    /// The page of results for a query, which must be one.
    async fn results(&self, query: &str) -> String {
        let (head, body) = self.get(&format!("/search?{query}")).await;
        let shown: String = query.chars().take(60).collect();
        assert!(head.starts_with("http/1.1 200 "), "{shown}: {head}");
        body
    }

    async fn suggestions(&self, typed: &str) -> Vec<(String, String, String)> {
        let path = format!("/search/suggest?q={}", editorial::urls::encode(typed));
        let (head, body) = self.get(&path).await;
        assert!(head.starts_with("http/1.1 200 "), "{head}");
        let told: serde_json::Value = serde_json::from_str(&body).expect("JSON");
        let items = told["items"].as_array().expect("a list");
        let word =
            |item: &serde_json::Value, name: &str| item[name].as_str().expect("a text").to_owned();
        (items.iter())
            .map(|item| (word(item, "text"), word(item, "url"), word(item, "kind")))
            .collect()
    }

    /// Waits until the results for a query are these articles; how long it took.
    async fn until_found(&self, query: &str, expect: &[i64], patience: Duration) -> Duration {
        let begun = Instant::now();
        loop {
            let found = numbers(&self.results(query).await);
            if found == expect {
                return begun.elapsed();
            }
            assert!(
                begun.elapsed() < patience,
                "{query}: {found:?}, not {expect:?}"
            );
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

/// The numbers of the articles that a page of results shows, in order.
fn numbers(page: &str) -> Vec<i64> {
    let rows = page.split("<div class=\"rows\">").nth(1).unwrap_or("");
    let rows = if page.contains("class=\"count\" role=\"status\"><bdi>") {
        rows
    } else {
        ""
    };
    let links = rows.split("<h2><a href=\"/a/").skip(1);
    links
        .filter_map(|link| link.split('/').next()?.parse().ok())
        .collect()
}

fn asks(words: &str) -> String {
    format!("q={}", editorial::urls::encode(words))
}

/// A paper whose clients may search as often as the tests do.
async fn serve(folder: &Folder) -> Paper {
    let often = web::Searches {
        at_once: 100_000,
        a_minute: 100_000,
    };
    let paper = Paper::serve_searched(folder, Limits::default(), often).await;
    paper.publish_author().await;
    paper
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_published_and_withdrawn_is_right_in_results_within_a_second() {
    let folder = Folder::new();
    let paper = serve(&folder).await;
    let query = asks("زيتون");
    paper
        .until_found(&query, &[], Duration::from_secs(20))
        .await;
    paper
        .publish_one(article(50, "موسم الزيتون", "بدأ القطاف في إدلب."))
        .await;
    paper.until_found(&query, &[50], SOON).await;
    assert_eq!(paper.suggestions("الزيت").await.len(), 1);
    correct_article(
        &paper.store,
        id(50),
        editorial::correction::CorrectionKind::Correction,
        "الصحيح إدلب.",
        Actor::System,
        START,
    )
    .await
    .expect("corrected");
    paper.until_found(&query, &[50], SOON).await;
    withdraw_article(&paper.store, id(50), None, Actor::System, START)
        .await
        .expect("withdrawn");
    // The store is asked what is published: not for a moment longer.
    assert_eq!(numbers(&paper.results(&query).await), [0; 0]);
    assert_eq!(paper.suggestions("الزيت").await, []);
    restore_article(&paper.store, id(50), Actor::System, START)
        .await
        .expect("restored");
    paper.until_found(&query, &[50], SOON).await;
    // What stands in the ticker is in no article.
    let pushed = ticker_item(90, "زلزال", None);
    paper.store.commit(pushed).await.expect("committed");
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(numbers(&paper.results(&asks("زلزال")).await), [0; 0]);
    paper.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bulk_commit_delays_no_single_article() {
    let folder = Folder::new();
    let paper = serve(&folder).await;
    let query = asks("زيتون");
    paper
        .until_found(&query, &[], Duration::from_secs(20))
        .await;
    for batch in 0..6 {
        let from = 1_000 + batch * 1_000;
        let articles = (from..from + 1_000).map(|number| article(number, "قمح", "شعير وعدس."));
        let batch = publish_batch(articles.collect(), Actor::Importer, START).expect("complete");
        paper.store.commit(batch).await.expect("committed");
    }
    paper
        .publish_one(article(50, "موسم الزيتون", "بدأ القطاف."))
        .await;
    paper.until_found(&query, &[50], SOON).await;
    let begun = Instant::now();
    loop {
        let page = paper.results(&asks("قمح")).await;
        if page.contains("<bdi>6000 نتيجة</bdi>") || page.contains("<bdi>6,000 نتيجة</bdi>")
        {
            break;
        }
        assert!(
            begun.elapsed() < Duration::from_mins(1),
            "the bulk comes in"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // While a new index is made the old one answers, and the page says so.
    let index = folder.0.join(web::INDEX_FOLDER);
    requests::ask(&index, 7).expect("asked");
    let (begun, mut said) = (Instant::now(), false);
    loop {
        let page = paper.results(&asks("قمح")).await;
        assert!(page.contains("<bdi>6000 نتيجة</bdi>"), "{page}");
        said |= page.contains("يُجدَّد فهرس البحث الآن");
        let report = requests::told(&index, 7).expect("read");
        if report.is_some_and(|report| report.is_finished) {
            break;
        }
        assert!(begun.elapsed() < Duration::from_mins(1), "it is made");
    }
    assert!(said, "no page said that a new index is made");
    paper.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_results_shows_filters_numbers_and_marks() {
    let folder = Folder::new();
    let paper = serve(&folder).await;
    for number in 50..75 {
        paper
            .publish_one(article(
                number,
                &format!("سوريــة: خبر {number}"),
                "جلسة في أستانا.",
            ))
            .await;
    }
    let query = asks("سوريا");
    let begun = Instant::now();
    let page = loop {
        let page = paper.results(&query).await;
        // The section of all articles is named so too.
        if numbers(&page).len() == 10 && page.contains("28 نتيجة") {
            break page;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "{page}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    assert!(page.contains("<mark>سوريــة</mark>"), "{page}");
    assert!(page.contains("<bdi>28 نتيجة</bdi> عن «<bdi>سوريا</bdi>»"));
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"));
    assert!(page.contains("rel=\"next\"") && !page.contains("rel=\"prev\""));
    let last = paper.results(&format!("{query}&page=3")).await;
    assert_eq!(numbers(&last).len(), 8);
    assert!(last.contains("aria-current=\"page\"") && last.contains("rel=\"prev\""));
    // Past the last page stands the last page.
    assert_eq!(
        numbers(&paper.results(&format!("{query}&page=40")).await).len(),
        8
    );
    for (filter, count) in [
        ("author=layla", 25),
        ("tag=%D8%A3%D8%B3%D8%AA%D8%A7%D9%86%D8%A7", 28),
        ("section=%D8%B3%D9%88%D8%B1%D9%8A%D8%A7", 28),
        ("from=2017-09-15", 25),
        ("until=2017-09-14", 3),
        ("from=2017-09-13&until=2017-09-13", 1),
    ] {
        let page = paper.results(&format!("{query}&{filter}")).await;
        let (few, one) = (format!("<bdi>{count} "), "<bdi>نتيجة واحدة".to_owned());
        let shown = if count == 1 { one } else { few };
        assert!(page.contains(&shown), "{filter}: {shown}");
    }
    let page = paper.results(&format!("{query}&author=nobody")).await;
    assert!(page.contains("ليس في الصحيفة قسم أو كاتب أو وسم"), "{page}");
    let newest = paper.results(&format!("{query}&order=newest")).await;
    assert_eq!(numbers(&newest)[..3], [50, 51, 52]);
    // Nothing asked: the form; the latest articles beside it.
    let (head, page) = paper.get("/search").await;
    assert!(head.starts_with("http/1.1 200 "));
    assert!(page.contains("role=\"search\"") && page.contains("أحدث ما نُشر"));
    assert_eq!(header(&head, "cache-control"), Some("private, no-cache"));
    for (path, to) in [("/search/?q=a", "/search?q=a"), ("/search/", "/search")] {
        let (head, _) = paper.get(path).await;
        assert!(head.starts_with("http/1.1 301 "), "{path}: {head}");
        assert_eq!(header(&head, "location"), Some(to));
    }
    let found = paper.suggestions("ليلى").await;
    let author = (
        "ليلى حداد".to_owned(),
        "/author/layla".to_owned(),
        "كاتب".to_owned(),
    );
    assert!(found.contains(&author), "{found:?}");
    paper.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn any_query_is_answered_with_a_page() {
    let folder = Folder::new();
    let paper = serve(&folder).await;
    paper
        .until_found(&asks("العنوان"), &[11, 12, 13], Duration::from_secs(20))
        .await;
    let long = "سوريا ".repeat(1_700);
    let hostile: Vec<String> = vec![
        asks(&long),
        asks(&"ا".repeat(10_000)),
        asks(&"َ".repeat(500)),
        asks("\u{64B}\u{640}\u{640}\u{652}"),
        asks("(a+)+$ (((((((((((((((((((((((((((((((((((("),
        asks(&"* ? ".repeat(50)),
        asks(&"a*".repeat(90)),
        asks("[^\u{0}-\u{10FFFF}]{0,65535}"),
        asks("\"\" «» - -- -«"),
        asks("AND OR NOT TO [* TO *] field:value ~5 ^9"),
        "q=%00".to_owned(),
        "q=%D8%B3%00%D9%88".to_owned(),
        "q=%ED%A0%80%ED%B0%80".to_owned(),
        "q=%ED%A0%80".to_owned(),
        "q=%FF%FE%C0%80".to_owned(),
        "q=%".to_owned(),
        "q=%zz&q=%E2%80%AE".to_owned(),
        "q=<script>alert(1)</script>"
            .replace('<', "%3C")
            .replace('>', "%3E"),
        "q=a&page=99999999999999999999&section=%00&tag=%ED%A0%80&author='--".to_owned(),
        "q=a&from=9999-12-31&until=-9999-01-01".to_owned(),
        "q=a&from=2017-13-40&until=x".to_owned(),
        "&&&===&q".to_owned(),
        asks(&"-كلمة ".repeat(60)),
        asks(&"\u{202E}\u{2066}".repeat(100)),
    ];
    for query in &hostile {
        let begun = Instant::now();
        let page = paper.results(query).await;
        let took = begun.elapsed();
        let shown: String = query.chars().take(60).collect();
        assert!(page.contains("</html>"), "{shown}");
        assert!(!page.contains("<script>alert"), "{shown}");
        assert!(took < Duration::from_secs(2), "{shown}: {took:?}");
        let typed = query.strip_prefix("q=").unwrap_or("");
        let path = format!(
            "/search/suggest?q={}",
            typed.split('&').next().unwrap_or("")
        );
        let (head, body) = paper.get(&path).await;
        assert!(head.starts_with("http/1.1 200 "), "{shown}: {head}");
        assert!(
            serde_json::from_str::<serde_json::Value>(&body).is_ok(),
            "{shown}"
        );
    }
    // One that never ends is refused, as any other address is.
    let (head, _) = paper
        .get(&format!("/search?q={}", "a".repeat(400_000)))
        .await;
    assert!(
        head.is_empty() || head.starts_with("http/1.1 431 "),
        "{head}"
    );
    let (head, _) = paper.get(&format!("/tag/{}", "a".repeat(20_000))).await;
    assert!(
        head.is_empty() || head.starts_with("http/1.1 431 "),
        "{head}"
    );
    let page = paper.results(&asks(&long)).await;
    assert!(page.contains("ما كتبته طويل"), "it says that it was cut");
    assert!(
        !paper
            .results(&asks("سوريا"))
            .await
            .contains("ما كتبته طويل")
    );
    paper.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_too_often_is_told_when_to_come_back() {
    let folder = Folder::new();
    let few = web::Searches {
        at_once: 3,
        a_minute: 6,
    };
    let paper = Paper::serve_searched(&folder, Limits::default(), few).await;
    for _ in 0..3 {
        paper.results(&asks("سوريا")).await;
    }
    let (head, page) = paper.get("/search?q=a").await;
    assert!(head.starts_with("http/1.1 429 "), "{head}");
    let wait: u64 = header(&head, "retry-after")
        .expect("told")
        .parse()
        .expect("seconds");
    assert!((1..=10).contains(&wait), "{wait}");
    assert!(page.contains("بحث كثير في وقت قصير") && page.contains("role=\"search\""));
    assert_eq!(header(&head, "cache-control"), Some("no-store"));
    // The form itself and every other page are there.
    assert!(paper.get("/search").await.0.starts_with("http/1.1 200 "));
    assert!(paper.get("/").await.0.starts_with("http/1.1 200 "));
    // Suggestions are counted apart.
    for _ in 0..15 {
        paper.suggestions("سور").await;
    }
    let (head, body) = paper.get("/search/suggest?q=a").await;
    assert!(head.starts_with("http/1.1 429 "), "{head}");
    assert_eq!(body, "{\"items\":[]}");
    // A header that anybody can write makes nobody another.
    let (head, _) = paper
        .ask("GET", "/search?q=a", "X-Forwarded-For: 198.51.100.1\r\n")
        .await;
    assert!(head.starts_with("http/1.1 429 "), "{head}");
    paper.end().await;
}

/// Every file of the index, its own folder's and those below.
fn files(folder: &Folder) -> Vec<PathBuf> {
    let index = folder.0.join(web::INDEX_FOLDER);
    let below = |path: &PathBuf| std::fs::read_dir(path).into_iter().flatten().flatten();
    let mut files = Vec::new();
    for entry in below(&index) {
        let path = entry.path();
        if path.is_dir() {
            files.extend(below(&path).map(|entry| entry.path()));
        } else {
            files.push(path);
        }
    }
    files
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_that_is_gone_or_damaged_is_made_anew_by_itself() {
    let folder = Folder::new();
    let query = asks("العنوان");
    let paper = serve(&folder).await;
    paper
        .until_found(&query, &[11, 12, 13], Duration::from_secs(20))
        .await;
    // Gone while it is served.
    std::fs::remove_dir_all(folder.0.join(web::INDEX_FOLDER)).expect("removed");
    paper
        .publish_one(article(50, "العنوان رقم 50", "نص."))
        .await;
    let begun = Instant::now();
    loop {
        let mut found = numbers(&paper.results(&query).await);
        found.sort_unstable();
        if found == [11, 12, 13, 50] && folder.0.join("search/current").exists() {
            break;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "{found:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    paper.end().await;
    // Damaged while it is not: every file cut in half, or full of nonsense.
    for nonsense in [false, true] {
        for path in files(&folder) {
            let bytes = std::fs::read(&path).expect("read");
            let damaged = if nonsense {
                vec![0xA5; bytes.len()]
            } else {
                bytes[..bytes.len() / 2].to_vec()
            };
            std::fs::write(&path, damaged).expect("written");
        }
        let paper = serve(&folder).await;
        let begun = Instant::now();
        loop {
            let mut found = numbers(&paper.results(&query).await);
            found.sort_unstable();
            if found == [11, 12, 13, 50] {
                break;
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "{found:?}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        paper.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_node_follows_with_an_index_of_its_own() {
    let Some(place) = testing::Place::postgres().await else {
        return;
    };
    let (one, other) = (Folder::new(), Folder::new());
    let limits = Limits::default();
    let first = Paper::serve_on(place.database.clone(), &one, limits).await;
    let second = Paper::serve_on(place.database.clone(), &other, limits).await;
    first.publish_author().await;
    let query = asks("زيتون");
    first
        .publish_one(article(50, "موسم الزيتون", "بدأ القطاف."))
        .await;
    for node in [&first, &second] {
        node.until_found(&query, &[50], Duration::from_secs(20))
            .await;
    }
    first
        .publish_one(article(51, "زيت الزيتون", "بدأ القطاف."))
        .await;
    let newest = format!("{query}&order=newest");
    first.until_found(&newest, &[50, 51], SOON).await;
    second.until_found(&newest, &[50, 51], SOON).await;
    for folder in [&one, &other] {
        assert!(folder.0.join("search/current").exists());
    }
    first.end().await;
    second.end().await;
    place.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_papers_own_spellings_are_taken_up_while_it_is_served() {
    let folder = Folder::new();
    let paper = serve(&folder).await;
    paper.publish_one(article(50, "قسطاكي في حلب", "نص.")).await;
    let query = asks("كوستاكي");
    paper
        .until_found(&asks("قسطاكي"), &[50], Duration::from_secs(20))
        .await;
    assert_eq!(numbers(&paper.results(&query).await), [0; 0]);
    let file = folder.0.join("spellings.tsv");
    std::fs::write(&file, "قسطاكي\tكوستاكي\n").expect("written");
    paper
        .until_found(&query, &[50], Duration::from_secs(3))
        .await;
    // One with a fault keeps the last good one.
    std::fs::write(&file, "قسطاكي\tكوستاكي\nوحده\n").expect("written");
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert_eq!(numbers(&paper.results(&query).await), [50]);
    std::fs::remove_file(&file).expect("removed");
    paper.until_found(&query, &[], Duration::from_secs(3)).await;
    paper.end().await;
}
