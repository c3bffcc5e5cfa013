//! A reader remembers a headline, or three words of it, types them with or
//! without hamzas, and looks for the article: how often it is among the first
//! ten, beside the usual way (Lucene's normaliser, light10, BM25) in the same run.
//!
//! The headlines are not in the index: only the texts are, on both sides.
#![expect(
    clippy::cast_precision_loss,
    reason = "counts of articles and of queries"
)]

use std::{
    collections::{BTreeSet, HashMap},
    env, fs,
    path::Path,
};

use arabic::search::{stop::is_stop_word, variants::Variants, words, words::spans};
use editorial::{Id, SearchDocument, Timestamp};
use search::{Index, Query, Rebuild};

#[path = "../../../arabic/tests/light10/mod.rs"]
mod light10;

/// The folder of test data, by an environment variable; without it nothing is
/// measured. `SaudiNewsNet/*.json` is taken if it is there, else the small
/// `wikinews-ar.jsonl`.
const FOLDER: &str = "WARRAQ_TEST_DATA";
const QUERIES: usize = 1_500;
/// With fewer articles nearly all is found in any way, and nothing is told.
const ARTICLES_MIN: usize = 10_000;
/// What hit@10 must gain: of words that are remembered, and of a whole headline,
/// where the usual way leaves less to gain.
const GAIN_MIN: [f64; 2] = [0.02, 0.01];

struct Text {
    headline: String,
    body: String,
}

#[test]
fn what_is_remembered_is_found() {
    let Some(folder) = env::var_os(FOLDER) else {
        println!("skipped: {FOLDER} does not name a folder with articles");
        return;
    };
    let texts = texts(Path::new(&folder));
    if texts.is_empty() {
        println!("skipped: no articles in {}", Path::new(&folder).display());
        return;
    }
    let questions = questions(&texts);
    println!(
        "{} articles, {} queries of each kind",
        texts.len(),
        questions.len()
    );

    let usual = Bm25::new(&texts);
    let place = super::paper::Folder::new("known-item");
    let index = index(place.path(), &texts);
    for whole in [true, false] {
        let mut careful = None;
        for careless in [false, true] {
            let [mut before, mut ours] = [Figures::default(); 2];
            for question in &questions {
                let text = if whole {
                    &texts[question.wanted].headline
                } else {
                    &question.words
                };
                let text = if careless {
                    carelessly(text)
                } else {
                    text.clone()
                };
                before.add(usual.rank(&text, question.wanted));
                ours.add(rank(&index, &text, question.wanted));
            }
            let asked = if whole { "headline" } else { "three words" };
            let typed = if careless {
                "without hamzas"
            } else {
                "as written"
            };
            println!("{asked:>12}, {typed:<14}  light10 {before}   search {ours}");
            if texts.len() >= ARTICLES_MIN {
                let gain = ours.hit_at_10() - before.hit_at_10();
                assert!(
                    gain >= GAIN_MIN[usize::from(whole)],
                    "help: {asked}, {typed}: hit@10 gains {gain:.3} only"
                );
                assert!(ours.first > before.first && ours.reciprocal > before.reciprocal);
            }
            assert!(
                *careful.get_or_insert(ours.ten) <= ours.ten,
                "help: {asked}: what is typed carelessly is found less"
            );
        }
    }
}

/// Sums over queries.
#[derive(Clone, Copy, Default)]
struct Figures {
    queries: f64,
    first: f64,
    ten: f64,
    reciprocal: f64,
}

impl Figures {
    fn add(&mut self, rank: Option<usize>) {
        self.queries += 1.0;
        if let Some(rank) = rank {
            self.first += f64::from(rank == 1);
            self.ten += f64::from(rank <= 10);
            self.reciprocal += 1.0 / rank as f64;
        }
    }

    fn hit_at_10(self) -> f64 {
        self.ten / self.queries
    }
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "hit@10 {:.3} hit@1 {:.3} MRR {:.3}",
            self.hit_at_10(),
            self.first / self.queries,
            self.reciprocal / self.queries
        )
    }
}

fn texts(folder: &Path) -> Vec<Text> {
    let mut files: Vec<_> = fs::read_dir(folder.join("SaudiNewsNet"))
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    files.sort();
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    let mut take = |article: &serde_json::Value, headline: &str, body: &str| {
        let part = |name: &str| article[name].as_str().unwrap_or_default().to_owned();
        let (headline, body) = (part(headline), part(body));
        // A text that stands twice has two right answers.
        if headline.split_whitespace().count() >= 4 && body.len() > 200 && seen.insert(body.clone())
        {
            out.push(Text { headline, body });
        }
    };
    for path in &files {
        let file = fs::read_to_string(path).expect("a file of the corpus");
        let articles: Vec<serde_json::Value> = serde_json::from_str(&file).expect("a JSON list");
        articles
            .iter()
            .for_each(|article| take(article, "title", "content"));
    }
    if files.is_empty() {
        let file = fs::read_to_string(folder.join("wikinews-ar.jsonl")).unwrap_or_default();
        for line in file.lines() {
            let article = serde_json::from_str(line).expect("a JSON line");
            take(&article, "title", "text");
        }
    }
    out
}

struct Question {
    wanted: usize,
    words: String,
}

/// The same for every run: articles and three words of their headlines, chosen
/// by a small generator (Marsaglia's xorshift, 2003).
fn questions(texts: &[Text]) -> Vec<Question> {
    let mut state = 42_u64;
    let mut chance = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).expect("below a usize")
    };
    let mut out = Vec::new();
    while out.len() < QUERIES.min(texts.len()) {
        let wanted = chance(texts.len());
        let headline = &texts[wanted].headline;
        let mut left: Vec<&str> = words(headline)
            .into_iter()
            .filter(|word| word.form.chars().count() >= 3 && !is_stop_word(&word.form))
            .map(|word| &headline[word.span])
            .collect();
        left.sort_unstable();
        left.dedup();
        if left.len() < 4 {
            continue;
        }
        let three: Vec<_> = (0..3)
            .map(|_| left.swap_remove(chance(left.len())))
            .collect();
        out.push(Question {
            wanted,
            words: three.join(" "),
        });
    }
    out
}

/// As people type who have no time: no hamzas, ه for ة, ي for ى.
fn carelessly(text: &str) -> String {
    // The hamza of «مسئول» is left out as «مسوول»: nobody writes «مسيول».
    text.replace("ئو", "وو")
        .chars()
        .map(|c| match c {
            'أ' | 'إ' | 'آ' => 'ا',
            'ة' => 'ه',
            'ى' | 'ئ' => 'ي',
            'ؤ' => 'و',
            c => c,
        })
        .collect()
}

fn id(at: usize) -> Id {
    Id::new(i64::try_from(at + 1).expect("few articles")).expect("in range")
}

fn index(folder: &Path, texts: &[Text]) -> Index {
    let mut rebuild = Rebuild::begin(folder).expect("a new index");
    for (at, text) in texts.iter().enumerate() {
        rebuild
            .put(SearchDocument {
                id: id(at),
                headline: String::new(),
                standfirst: String::new(),
                body: text.body.clone(),
                authors: Vec::new(),
                agency: String::new(),
                tags: Vec::new(),
                section: None,
                language: "ar".to_owned(),
                published_at: None,
            })
            .expect("an article that is taken");
    }
    rebuild.finish(1).expect("an index");
    Index::open(folder).expect("the new index")
}

fn rank(index: &Index, text: &str, wanted: usize) -> Option<usize> {
    let query = Query {
        text: text.to_owned(),
        page_size: 50,
        ..Query::default()
    };
    let found = index.search(&query, Variants::built_in(), Timestamp(0));
    // As on the other side: who has the same score is not before it.
    let better = |list: &[search::Hit]| {
        let own = list.iter().find(|hit| hit.id == id(wanted))?.score;
        Some(list.iter().filter(|hit| hit.score > own).count() + 1)
    };
    better(&found.hits).or_else(|| Some(found.hits.len() + better(&found.also)?))
}

/// The usual way: every word of the text counts, k1 = 1.2, b = 0.75.
struct Bm25 {
    postings: HashMap<String, Vec<(usize, f64)>>,
    lengths: Vec<f64>,
    average: f64,
}

impl Bm25 {
    fn new(texts: &[Text]) -> Self {
        let mut postings: HashMap<String, Vec<(usize, f64)>> = HashMap::new();
        let mut lengths = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            let mut counts: HashMap<String, f64> = HashMap::new();
            let mut length = 0.0;
            for span in spans(&text.body) {
                *counts.entry(light10::stem(&text.body[span])).or_default() += 1.0;
                length += 1.0;
            }
            lengths.push(length);
            for (stem, count) in counts {
                postings.entry(stem).or_default().push((at, count));
            }
        }
        let average = lengths.iter().sum::<f64>() / lengths.len() as f64;
        Self {
            postings,
            lengths,
            average,
        }
    }

    fn rank(&self, text: &str, wanted: usize) -> Option<usize> {
        let all = self.lengths.len() as f64;
        let mut scores = vec![0.0; self.lengths.len()];
        for span in spans(text) {
            let Some(list) = self.postings.get(&light10::stem(&text[span])) else {
                continue;
            };
            let having = list.len() as f64;
            let idf = (1.0 + (all - having + 0.5) / (having + 0.5)).ln();
            for (at, count) in list {
                let length = self.lengths[*at] / self.average;
                scores[*at] += idf * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * length));
            }
        }
        let own = scores[wanted];
        let better = scores.iter().filter(|score| **score > own).count();
        (own > 0.0 && better < 10).then_some(better + 1)
    }
}
