//! The figures on the development set: detection at an overlap of one half,
//! and with the right speaker, each with a floor that only rises.

use std::{env, fs, path::Path};

use attribution::{Article, Record, read, records};
use serde_json::Value;

/// Where the file lies, by an environment variable; without it nothing is measured.
const FOLDER: &str = "WARRAQ_TEST_DATA";
const FILE: &str = "statements-dev.jsonl";

/// Precision, recall, and F1 with the right speaker.
const FLOORS: [f64; 3] = [0.96, 0.97, 0.94];

#[test]
fn figures_on_the_development_set() {
    let Some(folder) = env::var_os(FOLDER) else {
        println!("skipped: {FOLDER} does not name a folder with {FILE}");
        return;
    };
    let path = Path::new(&folder).join(FILE);
    let Ok(file) = fs::read_to_string(&path) else {
        println!("skipped: {FILE} is not in {}", path.display());
        return;
    };
    let mut counts = Counts::default();
    for line in file.lines() {
        let article: Value = serde_json::from_str(line).expect("a line is an article");
        counts.add(&article);
    }
    let figures = counts.figures();
    for (name, (figure, floor)) in ["precision", "recall", "F1 with the right speaker"]
        .iter()
        .zip(figures.iter().zip(FLOORS))
    {
        println!("{name}: {figure:.3} (floor {floor})");
        assert!(
            *figure >= floor,
            "help: {name} fell to {figure:.3}, below {floor}"
        );
    }
}

#[derive(Default)]
struct Counts {
    found: u32,
    annotated: u32,
    matched: u32,
    right: u32,
}

impl Counts {
    fn add(&mut self, article: &Value) {
        let text = |key: &str| article[key].as_str().unwrap_or("");
        let input = Article {
            title: text("title"),
            text: text("text"),
            published: text("published").get(..10).and_then(|day| day.parse().ok()),
        };
        let found = records(&input, &read(&input).statements);
        let annotated = article["statements"].as_array().expect("statements");
        self.found += u32::try_from(found.len()).expect("few");
        self.annotated += u32::try_from(annotated.len()).expect("few");
        // One to one, the best overlap first.
        let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
        for (at, statement) in annotated.iter().enumerate() {
            for (other, record) in found.iter().enumerate() {
                let shared = overlap(statement, record);
                if shared >= 0.5 {
                    pairs.push((shared, at, other));
                }
            }
        }
        pairs.sort_by(|one, other| other.0.total_cmp(&one.0));
        let (mut seen, mut used) = (Vec::new(), Vec::new());
        for (_, at, other) in pairs {
            if seen.contains(&at) || used.contains(&other) {
                continue;
            }
            seen.push(at);
            used.push(other);
            self.matched += 1;
            let expected = plain(annotated[at]["speaker_canonical"].as_str().unwrap_or(""));
            let speaker = plain(found[other].speaker_canonical.as_deref().unwrap_or(""));
            let within = speaker.chars().count() > 3
                && (expected.contains(&speaker) || speaker.contains(&expected));
            self.right += u32::from(expected == speaker || within);
        }
    }

    fn figures(&self) -> [f64; 3] {
        let share = |part: u32, of: u32| f64::from(part) / f64::from(of.max(1));
        [
            share(self.matched, self.found),
            share(self.matched, self.annotated),
            share(2 * self.right, self.found + self.annotated),
        ]
    }
}

fn overlap(statement: &Value, record: &Record) -> f64 {
    let number = |key: &str| u32::try_from(statement[key].as_u64().unwrap_or(0)).unwrap_or(0);
    let of = |place: usize| u32::try_from(place).unwrap_or(0);
    if statement["field"].as_str() != Some(record.field) {
        return 0.0;
    }
    let shared = number("end")
        .min(of(record.end))
        .saturating_sub(number("start").max(of(record.start)));
    let all = number("end")
        .max(of(record.end))
        .saturating_sub(number("start").min(of(record.start)));
    f64::from(shared) / f64::from(all.max(1))
}

/// As the scorer compares names: without marks, hamza and final ى, ة.
fn plain(name: &str) -> String {
    let letters: String = name
        .chars()
        .filter(|c| !matches!(c, '\u{640}' | '\u{64B}'..='\u{652}' | '\u{670}'))
        .map(|c| match c {
            'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
            'ى' => 'ي',
            'ة' => 'ه',
            c => c,
        })
        .collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}
