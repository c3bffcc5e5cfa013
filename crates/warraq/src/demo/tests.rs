//! Generated articles as a whole: what they say, that they follow from number
//! and seed, and that a run that was cut is taken up.

use std::{
    collections::HashSet,
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

use arabic::months::{MonthSet, month, weekday};
use editorial::{BlockKind, Id, Timestamp};
use jiff::{civil::Date, tz::TimeZone};
use media::Originals;
use store::{Database, Store};

use super::{
    begin,
    generate::{self, Generated, Press},
    plan::Plan,
    sample::Sample,
    stock::{self, Stock},
    wording::{KICKER, STANDING_LINE},
};

const NOW: &str = "2026-11-25T09:30:00Z";

/// A paper in a folder of its own, gone with it.
struct Place(PathBuf);

impl Place {
    fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        Self(std::env::temp_dir().join(format!(
            "warraq_demo_{}_{}",
            std::process::id(),
            NUMBER.fetch_add(1, Ordering::Relaxed)
        )))
    }

    async fn store(&self) -> Store {
        Store::open(&Database::Sqlite(self.0.clone()))
            .await
            .expect("opens")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn now() -> Timestamp {
    Timestamp::parse(NOW).expect("well formed")
}

/// A press that needs no store: ids of the stock are made up.
fn press(articles: u64, seed: u64) -> Press {
    let sample = Sample::read().expect("well formed");
    let topics = stock::topics(&sample).expect("well formed");
    let id = |number: i64| Id::new(number).expect("in range");
    let sections = (1..).zip(&sample.site.sections);
    Press {
        stock: Stock {
            sections: sections
                .map(|(number, section)| (section.slug.clone(), (id(number), vec![id(90)])))
                .collect(),
            tags: topics
                .iter()
                .flat_map(super::wording::Topic::tags)
                .zip(100..)
                .map(|(name, number)| (name.to_owned(), id(number)))
                .collect(),
            authors: (10..70).map(id).collect(),
        },
        topics,
        plan: Plan {
            seed,
            articles,
            until: now(),
            written: 0,
            first: id(1_000),
        },
        zone: TimeZone::get("Asia/Damascus").expect("bundled"),
        now: now(),
    }
}

fn made(press: &Press) -> Vec<Generated> {
    (0..press.plan.articles)
        .map(|number| press.article(number))
        .collect()
}

/// Hash of everything that becomes a row.
fn hash(articles: &[Generated]) -> u64 {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let mut hasher = DefaultHasher::new();
    for made in articles {
        format!(
            "{:?} {:?} {:?}",
            made.article, made.correction, made.comments
        )
        .hash(&mut hasher);
    }
    hasher.finish()
}

#[test]
fn the_same_number_and_seed_give_the_same_articles() {
    let first = hash(&made(&press(500, 7)));
    assert_eq!(first, hash(&made(&press(500, 7))));
    assert_ne!(first, hash(&made(&press(500, 8))));
}

#[test]
fn articles_look_like_news_and_say_what_they_are() {
    let press = press(3_000, 1);
    let articles = made(&press);
    let mut words: Vec<usize> = Vec::new();
    let (mut headings, mut lists, mut quotations) = (0, 0, 0);
    for Generated { article, .. } in &articles {
        let headline = article.headline.chars().count();
        assert!((20..=120).contains(&headline), "{}", article.headline);
        assert_eq!(article.kicker, KICKER);
        let text = article.body.plain_text();
        assert!(text.ends_with(STANDING_LINE));
        words.push(article.body.word_count());
        assert!((3..=5).contains(&article.tags.len()), "{:?}", article.tags);
        assert!(article.section.is_some() && article.signature.len() == 24);
        let everything = [&article.headline, &article.standfirst, &text].map(String::as_str);
        let everything = everything.join("\n");
        for mark in ['{', '}', '|', '[', ']'] {
            assert!(!everything.contains(mark), "{mark} in {everything}");
        }
        assert!(!everything.contains("  "), "{everything}");
        for block in &article.body.blocks {
            match block.kind {
                BlockKind::Heading { .. } => headings += 1,
                BlockKind::List { .. } => lists += 1,
                BlockKind::Quotation { .. } => quotations += 1,
                _ => {}
            }
        }
    }
    words.sort_unstable();
    let (shortest, median, longest) = (words[0], words[1_500], words[2_999]);
    assert!(shortest >= 250 && longest <= 900, "{shortest} to {longest}");
    assert!((420..=480).contains(&median), "{median}");
    assert!(headings > 500 && lists > 500 && quotations > 500);
    let corrected = articles.iter().filter(|made| made.correction.is_some());
    let commented = articles.iter().filter(|made| !made.comments.is_empty());
    assert!((30..200).contains(&corrected.count()));
    assert!((200..600).contains(&commented.count()));
}

#[test]
fn no_two_headlines_of_a_thousand_are_the_same() {
    for seed in 1..4 {
        let press = press(1_000, seed);
        let mut seen = HashSet::new();
        for made in made(&press) {
            let headline = made.article.headline;
            assert!(seen.insert(headline.clone()), "twice: {headline}");
        }
    }
}

#[test]
fn dates_in_a_text_fit_its_publication() {
    let press = press(1_000, 2);
    let months: Vec<String> = (1..=12)
        .map(|number| {
            let name = |set| month(set, number);
            format!("{}/{}", name(MonthSet::EgyptGulf), name(MonthSet::Levant))
        })
        .collect();
    let mut found = 0;
    for Generated { article, .. } in made(&press) {
        let published = article.published_at.expect("dated");
        let day = press.zone.to_datetime(published.to_jiff()).date();
        let text = article.body.plain_text();
        for (number, name) in (1_i8..).zip(&months) {
            for (at, _) in text.match_indices(name) {
                let before = text[..at].trim_end().rsplit(' ').next();
                let after = text[at + name.len()..].trim_start();
                let after: String = after.chars().take_while(char::is_ascii_digit).collect();
                let parts = (
                    before.and_then(|word| word.parse().ok()),
                    after.parse().ok(),
                );
                if let (Some(day_of_month), Some(year)) = parts {
                    let told = Date::new(year, number, day_of_month).expect("a real day");
                    let days = (told - day).get_days();
                    let month_wise =
                        (told.year() - day.year()) * 12 + i16::from(told.month() - day.month());
                    assert!(
                        (-2..=3).contains(&month_wise) && days != 0,
                        "{told} on {day}"
                    );
                    found += 1;
                }
            }
        }
        let near: Vec<&str> = (0..3)
            .map(|back| {
                let back = jiff::ToSpan::days(i64::from(back));
                weekday(day.saturating_sub(back).weekday())
            })
            .collect();
        for (at, _) in text.match_indices("للصحافيين، ") {
            let said = &text[at + "للصحافيين، ".len()..];
            assert!(
                near.iter().any(|name| said.starts_with(name)),
                "{said} on {day}"
            );
        }
    }
    assert!(found > 1_000);
}

#[test]
fn nothing_is_dated_before_its_article_or_after_the_end() {
    for Generated {
        article,
        correction,
        comments,
    } in made(&press(2_000, 4))
    {
        let published = article.published_at.expect("dated");
        let mut times: Vec<Timestamp> = comments.iter().map(|comment| comment.written_at).collect();
        assert!(times.is_sorted());
        times.extend(correction.map(|note| note.at));
        times.push(article.changed_at);
        assert!(times.iter().all(|at| *at >= published && *at <= now()));
    }
}

#[tokio::test]
async fn a_run_that_was_cut_is_taken_up_and_nothing_doubled() {
    let (cut, whole) = (Place::new(), Place::new());
    let articles = 700;
    let sample = Sample::read().expect("well formed");
    for place in [&cut, &whole] {
        let store = place.store().await;
        let originals = Originals::open(place.0.join("media/originals"), 1 << 24).expect("opens");
        begin(&store, &sample, originals, now(), (articles, 5, now()))
            .await
            .expect("begins");
        store.close().await;
    }
    let press = |store: &Store| {
        let store = store.clone();
        async move {
            let plan = Plan::find(&store).await.expect("reads").expect("is there");
            let sample = Sample::read().expect("well formed");
            let topics = stock::topics(&sample).expect("well formed");
            Press {
                stock: Stock::find(&store, &sample, &topics, plan.first)
                    .await
                    .expect("is laid in"),
                zone: TimeZone::get("Asia/Damascus").expect("bundled"),
                topics,
                plan,
                now: now(),
            }
        }
    };
    // The first run dies behind its first batch.
    let store = cut.store().await;
    let (changes, end) = press(&store).await.batch(0).expect("a batch");
    assert!(end < articles);
    let repeated = changes.clone();
    store.commit(changes).await.expect("commits");
    // A batch that comes twice, as from a second run beside it, is refused.
    assert!(store.commit(repeated).await.is_err());
    store.close().await;
    let mut contents = Vec::new();
    for place in [&cut, &whole] {
        let store = place.store().await;
        let press = press(&store).await;
        assert_eq!(press.plan.written, if place.0 == cut.0 { end } else { 0 });
        let plan = press.plan.clone();
        let mut told = 0;
        generate::run(&store, press, |written| told = written)
            .await
            .expect("writes");
        assert_eq!(told, articles);
        assert_eq!(
            Plan::find(&store).await.expect("reads"),
            Some(Plan {
                written: articles,
                ..plan.clone()
            })
        );
        let mut rows = Vec::new();
        for number in 0..articles {
            rows.push(
                store
                    .article(plan.id(number, 0))
                    .await
                    .expect("reads")
                    .expect("is there"),
            );
        }
        assert!(
            store
                .audit_verify()
                .await
                .expect("reads")
                .broken_at
                .is_none()
        );
        store.close().await;
        contents.push(rows);
    }
    assert!(contents[0] == contents[1], "the two papers differ");
}
