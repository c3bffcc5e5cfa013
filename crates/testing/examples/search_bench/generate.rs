//! Articles as newspapers have them, from a seed: lengths, and words by Zipf's
//! law from a vocabulary of Arabic words, their forms, and names.

use editorial::{Id, SearchDocument, Timestamp};

/// Words that real text has most of, in their order, more or less.
const COMMON: &str = "في من على أن إلى التي عن الذي هذا مع ما لا كان هذه وقال بعد كما بين ذلك لم \
    أو قال خلال كل عليه حيث قبل هو كانت وفي وقد حول قد غير وأن منذ لكن هناك إن ومن أي";
/// The project's own word lists, and the table's articles.
const LISTS: [&str; 4] = [
    include_str!("../../../arabic/src/search/lexicon/words.txt"),
    include_str!("../../../arabic/src/search/lexicon/nouns.tsv"),
    include_str!("../../../arabic/src/search/lexicon/verbs.tsv"),
    include_str!("../../../search/tests/table/articles.tsv"),
];
const BEFORE: [&str; 9] = ["", "ال", "و", "ب", "ل", "وال", "بال", "لل", "ف"];
const BEHIND: [&str; 6] = ["", "", "ها", "ه", "ين", "ات"];
/// Names: what makes the vocabulary of news large.
const NAMES: usize = 60_000;
/// Other forms of words and names.
const FORMS: usize = 340_000;

const TAGS: usize = 2_000;
const AUTHORS: usize = 300;
const SECTIONS: usize = 12;
/// The last article's day, and how many a paper publishes on a day.
const LAST: i64 = 1_700_000_000_000_000;
const PER_DAY: i64 = 150;

/// Numbers that look like chance (SplitMix64, by Steele, Lea and Flood).
#[derive(Clone, Copy)]
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64, number: u64) -> Self {
        let mut own = Self(seed);
        let start = own.next();
        Self(start ^ number.wrapping_mul(0xD6E8_FEB8_6659_FD93))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to but without `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let wide = u128::from(self.next()) * end as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }
}

/// The vocabulary: words from the most frequent on, and their shares.
pub(crate) struct World {
    words: Vec<String>,
    /// Sums of the shares, of 2^32: by a law of Zipf and Mandelbrot that gives about as many
    /// different forms among eleven million (some 290,000) as real articles have
    /// (227,000 in 39,000 of them).
    sums: Vec<u32>,
    articles: u64,
}

impl World {
    pub(crate) fn new(articles: u64) -> Self {
        let mut chance = Chance::new(1, 0);
        let common: Vec<String> = COMMON.split_whitespace().map(str::to_owned).collect();
        let mut base: Vec<String> = LISTS
            .iter()
            .flat_map(|list| list.lines())
            .filter(|line| !line.starts_with('#'))
            .flat_map(|line| line.split(|c: char| !c.is_alphabetic()))
            .filter(|word| {
                word.chars().count() > 2 && word.starts_with(arabic::letters::is_arabic_letter)
            })
            .map(str::to_owned)
            .collect();
        base.sort_unstable();
        base.dedup();
        shuffle(&mut base, &mut chance);
        let known = base.len();
        base.extend((0..NAMES).map(|_| name(&mut chance)));
        // Forms of frequent words are frequent too: they come behind them.
        let forms: Vec<String> = (0..FORMS)
            .map(|number| {
                let end = if number < FORMS / 4 {
                    known
                } else {
                    base.len()
                };
                let before = BEFORE[chance.below(BEFORE.len())];
                let behind = BEHIND[chance.below(BEHIND.len())];
                format!("{before}{}{behind}", base[chance.below(end)])
            })
            .collect();
        let mut rest: Vec<String> = base[..known].to_vec();
        rest.extend_from_slice(&forms[..FORMS / 8]);
        shuffle(&mut rest, &mut chance);
        let mut tail = [&base[known..], &forms[FORMS / 8..]].concat();
        shuffle(&mut tail, &mut chance);
        let words = [common, rest, tail].concat();
        #[expect(clippy::cast_precision_loss, reason = "ranks are below 2^52")]
        let shares: Vec<f64> = (0..words.len())
            .map(|rank| 1.0 / (rank as f64 + 10.0).powf(1.25))
            .collect();
        let all: f64 = shares.iter().sum();
        let mut sum = 0.0;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of 2^32"
        )]
        let sums = shares
            .iter()
            .map(|share| {
                sum += share;
                (sum / all * f64::from(u32::MAX)) as u32
            })
            .collect();
        Self {
            words,
            sums,
            articles,
        }
    }

    fn word(&self, chance: &mut Chance) -> &str {
        let at = (chance.next() >> 32) as u32;
        let rank = self.sums.partition_point(|sum| *sum < at);
        &self.words[rank.min(self.words.len() - 1)]
    }

    fn text(&self, chance: &mut Chance, words: usize, out: &mut String) {
        for number in 0..words {
            if number > 0 {
                out.push_str(match chance.below(12) {
                    0 => "، ",
                    _ => " ",
                });
            }
            out.push_str(self.word(chance));
        }
    }

    /// The article of this number, from 1; always the same.
    pub(crate) fn article(&self, number: u64) -> SearchDocument {
        let chance = &mut Chance::new(2, number);
        let id = |number: usize| Id::new(number as i64).expect("in range");
        let mut headline = String::new();
        let length = 6 + chance.below(6);
        self.text(chance, length, &mut headline);
        let mut standfirst = String::new();
        if chance.below(2) == 0 {
            let length = 14 + chance.below(14);
            self.text(chance, length, &mut standfirst);
        }
        let mut body = String::new();
        // Three of four are news of 80 to 300 words, the others go to 900.
        let length = match chance.below(4) {
            0 => 300 + chance.below(600),
            _ => 80 + chance.below(220),
        };
        let mut left = length;
        while left > 0 {
            let words = left.min(25 + chance.below(40));
            self.text(chance, words, &mut body);
            body.push_str(".\n");
            left -= words;
        }
        let tags = (0..chance.below(5))
            .map(|_| {
                // Some tags are used much more than others.
                let end = 1 + chance.below(TAGS);
                let tag = chance.below(end);
                (id(20_000_000 + tag), self.name_of(40 + tag * 3, 2))
            })
            .collect();
        let author = chance.below(AUTHORS);
        let section = chance.below(SECTIONS);
        let age = (self.articles.saturating_sub(number) as i64) * Timestamp::DAY / PER_DAY;
        SearchDocument {
            id: id(usize::try_from(number).unwrap_or(1)),
            headline,
            standfirst,
            body,
            authors: vec![(id(21_000_000 + author), self.name_of(8_000 + author * 2, 2))],
            agency: String::new(),
            tags,
            section: Some((id(22_000_000 + section), self.name_of(100 + section, 1))),
            language: "ar".to_owned(),
            published_at: Some(Timestamp(LAST - age)),
        }
    }

    fn name_of(&self, rank: usize, words: usize) -> String {
        self.words[rank..rank + words].join(" ")
    }

    /// The moment after the last article.
    pub(crate) const fn now() -> Timestamp {
        Timestamp(LAST + Timestamp::DAY)
    }
}

fn shuffle(words: &mut [String], chance: &mut Chance) {
    for at in (1..words.len()).rev() {
        words.swap(at, chance.below(at + 1));
    }
}

/// A name as foreign names are written.
fn name(chance: &mut Chance) -> String {
    const CONSONANTS: [char; 18] = [
        'ب', 'ت', 'ج', 'ح', 'د', 'ر', 'ز', 'س', 'ش', 'ع', 'غ', 'ف', 'ق', 'ك', 'ل', 'م', 'ن', 'ه',
    ];
    const VOWELS: [&str; 5] = ["ا", "و", "ي", "", ""];
    let mut out = String::new();
    for _ in 0..2 + chance.below(3) {
        out.push(CONSONANTS[chance.below(CONSONANTS.len())]);
        out.push_str(VOWELS[chance.below(VOWELS.len())]);
        out.push(CONSONANTS[chance.below(CONSONANTS.len())]);
    }
    out
}

/// What is asked.
pub(crate) struct Question {
    pub(crate) kind: &'static str,
    pub(crate) words: Vec<String>,
    pub(crate) is_phrase: bool,
    pub(crate) section: Option<Id>,
    pub(crate) from: Option<Timestamp>,
}

impl Question {
    /// As a reader types it.
    pub(crate) fn text(&self) -> String {
        let words = self.words.join(" ");
        if self.is_phrase {
            format!("«{words}»")
        } else {
            words
        }
    }
}

/// Questions of all kinds in turn. Their words are those of one article, from
/// its headline and text, so that each is found.
pub(crate) fn questions(world: &World, count: usize) -> Vec<Question> {
    let mut chance = Chance::new(3, 0);
    (0..count)
        .map(|number| {
            let which = 1 + chance.below(usize::try_from(world.articles).unwrap_or(1));
            let article = world.article(which as u64);
            let kind = [
                "one word",
                "two words",
                "three words",
                "four words",
                "phrase",
                "filter",
            ][number % 6];
            let mut from_text: Vec<String> = words(&article.body);
            let start = chance.below(from_text.len().saturating_sub(4).max(1));
            let phrase: Vec<_> = from_text
                .iter()
                .skip(start)
                .take(2 + number % 2)
                .cloned()
                .collect();
            from_text.retain(|word| !COMMON.split_whitespace().any(|common| common == word));
            let mut pool = words(&article.headline);
            pool.retain(|word| !is_common(word));
            // Half of the words are of the text.
            for _ in 0..pool.len().max(2) {
                pool.push(from_text[chance.below(from_text.len())].clone());
            }
            let mut draw = |count: usize| -> Vec<String> {
                let mut out: Vec<String> = Vec::new();
                while out.len() < count {
                    let word = &pool[chance.below(pool.len())];
                    if !out.contains(word) || out.len() + 1 >= pool.len() {
                        out.push(word.clone());
                    }
                }
                out
            };
            let mut question = Question {
                kind,
                words: Vec::new(),
                is_phrase: false,
                section: None,
                from: None,
            };
            match kind {
                "phrase" => {
                    question.words = phrase;
                    question.is_phrase = true;
                }
                "filter" => {
                    question.words = draw(1 + number % 2);
                    question.section = article.section.map(|(id, _)| id);
                    question.from = article
                        .published_at
                        .map(|moment| moment.plus(-30 * Timestamp::DAY));
                }
                _ => question.words = draw(number % 6 + 1),
            }
            question
        })
        .collect()
}

fn is_common(word: &str) -> bool {
    COMMON.split_whitespace().any(|common| common == word)
}

/// What readers have typed of a word of a headline, from two letters on.
pub(crate) fn beginnings(world: &World, count: usize) -> Vec<String> {
    let mut chance = Chance::new(4, 0);
    (0..count)
        .map(|_| {
            let which = 1 + chance.below(usize::try_from(world.articles).unwrap_or(1));
            let words = words(&world.article(which as u64).headline);
            let at = chance.below(words.len());
            let last = &words[at];
            let letters = 1 + chance.below(last.chars().count());
            let typed: String = last.chars().take(letters).collect();
            let before = if at > 0 && chance.below(2) == 0 {
                format!("{} ", words[at - 1])
            } else {
                String::new()
            };
            format!("{before}{typed}")
        })
        .collect()
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}
