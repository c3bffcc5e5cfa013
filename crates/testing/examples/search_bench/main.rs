//! Measures search over generated articles: `cargo xtask bench search` runs it.
//!
//! `index FOLDER N` makes an index, `ask FOLDER N` asks it while a writer
//! publishes, `beside FOLDER N URL` compares with SQLite's and PostgreSQL's own.
#![expect(clippy::print_stdout, reason = "a bench prints")]

mod beside;
mod generate;

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use arabic::search::variants::Variants;
use generate::{Question, World};
use search::{Index, Query, Rebuild, Writer};

/// Questions of a run, in turn of each kind.
const QUESTIONS: usize = 1_200;
/// Beginnings of a run.
const BEGINNINGS: usize = 1_000;
/// How often the writer publishes an article and commits.
const PUBLISHES_EVERY: Duration = Duration::from_millis(100);

/// Questions that shall take long: as many frequent words as are read, phrases of
/// them, exclusions alone, names and chat letters that may be many words.
const HOSTILE: [&str; 9] = [
    "في من على أن إلى التي عن الذي هذا مع ما لا كان هذه وقال بعد",
    "«في من على أن إلى التي عن الذي هذا مع ما لا كان هذه وقال بعد»",
    "«في من»",
    "وزير رئيس حكومة مدينة شخص عام يوم دولة مجلس قوات وزارة منطقة حرب عضو شركة جديد",
    "-وزير -رئيس -في",
    "balada matara sarada qarada tarada",
    "t2a3i5e7u9o b2c3d5 k3m7 s2s2s2 m2m3m5",
    "mhmd bdr slm krm hsn ali omar sami rami nabil jamil karim",
    "ستولتنبرج كوالالمبور شفارتزنغر برزوفسكي غورباتشيف كازاخستنان ديمتروفسك لوكشنكو",
];

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["index", folder, articles] => index(Path::new(folder), articles.parse()?),
        ["ask", folder, articles] => ask(Path::new(folder), articles.parse()?),
        ["beside", folder, articles, postgres] => {
            beside::run(Path::new(folder), articles.parse()?, postgres).await
        }
        _ => Err("usage: index FOLDER N | ask FOLDER N | beside FOLDER N URL".into()),
    }
}

fn index(folder: &Path, articles: u64) -> Result<()> {
    let world = World::new(articles);
    let begun = Instant::now();
    for number in 1..=articles.min(20_000) {
        std::hint::black_box(world.article(number));
    }
    #[expect(clippy::cast_precision_loss, reason = "numbers of articles")]
    let each = begun.elapsed().as_secs_f64() / articles.min(20_000) as f64;
    let before = processor()?;
    let begun = Instant::now();
    let mut rebuild = Rebuild::begin(folder)?;
    for number in 1..=articles {
        rebuild.put(world.article(number))?;
    }
    drop(rebuild.finish(1)?);
    let seconds = begun.elapsed().as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "numbers of articles")]
    let (count, bytes) = (articles as f64, size(folder)? as f64);
    println!(
        "{articles} articles indexed in {seconds:.1} s: {:.0} a second; processor {:.0} µs each, {:.0} of it to make them up; {:.0} MB, {:.2} KB each",
        count / seconds,
        (processor()? - before) / count * 1e6,
        each * 1e6,
        bytes / 1e6,
        bytes / 1e3 / count
    );
    Ok(())
}

/// Seconds of processor time this process has taken (proc(5), in hundredths).
fn processor() -> Result<f64> {
    let text = std::fs::read_to_string("/proc/self/stat")?;
    let behind_name = text.rsplit(')').next().unwrap_or_default();
    let ticks: f64 = behind_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|ticks| ticks.parse::<f64>().ok())
        .sum();
    Ok(ticks / 100.0)
}

fn size(folder: &Path) -> std::io::Result<u64> {
    let mut out = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        out += if entry.path().is_dir() {
            size(&entry.path())?
        } else {
            entry.metadata()?.len()
        };
    }
    Ok(out)
}

fn ask(folder: &Path, articles: u64) -> Result<()> {
    let world = Arc::new(World::new(articles));
    let index = Index::open(folder)?;
    let questions = generate::questions(&world, QUESTIONS);
    // Files come into memory before it counts.
    for question in questions.iter().take(60) {
        index.search(&query(question), Variants::built_in(), World::now());
    }
    let ended = Arc::new(AtomicBool::new(false));
    let publisher = publish(folder, &world, articles, &ended)?;
    let mut times = Vec::new();
    for question in &questions {
        let begun = Instant::now();
        let found = index.search(&query(question), Variants::built_in(), World::now());
        times.push((question.kind, begun.elapsed(), found.total));
    }
    let mut typing = Vec::new();
    for typed in generate::beginnings(&world, BEGINNINGS) {
        let begun = Instant::now();
        std::hint::black_box(index.suggest(&typed, 8));
        typing.push(begun.elapsed());
    }
    let mut worst = (Duration::ZERO, "");
    for text in HOSTILE {
        let asked = Query {
            text: text.to_owned(),
            ..Query::default()
        };
        let begun = Instant::now();
        index.search(&asked, Variants::built_in(), World::now());
        worst = worst.max((begun.elapsed(), text));
    }
    ended.store(true, Ordering::Relaxed);
    let commits = publisher.join().map_err(|_| "the publisher fell over")?;
    for kind in [
        "one word",
        "two words",
        "three words",
        "four words",
        "phrase",
        "filter",
    ] {
        let of_kind: Vec<_> = times.iter().filter(|(of, ..)| *of == kind).collect();
        let mut totals: Vec<_> = of_kind.iter().map(|(.., total)| *total).collect();
        totals.sort_unstable();
        let found = totals[totals.len() / 2];
        let most = totals[totals.len() - 1];
        let of_kind = of_kind.iter().map(|(_, time, _)| *time).collect();
        println!(
            "{kind:12} {}; found {found} (median), {most} (most)",
            percentiles(of_kind)
        );
    }
    println!(
        "all          {}",
        percentiles(times.iter().map(|(_, time, _)| *time).collect())
    );
    println!("suggestions  {}", percentiles(typing));
    println!(
        "hostile      {:.0} ms: {}",
        worst.0.as_secs_f64() * 1e3,
        worst.1
    );
    println!(
        "{} commits meanwhile, {}",
        commits.len(),
        percentiles(commits)
    );
    Ok(())
}

/// Publishes an article and commits, again and again; how long each took.
fn publish(
    folder: &Path,
    world: &Arc<World>,
    articles: u64,
    ended: &Arc<AtomicBool>,
) -> Result<std::thread::JoinHandle<Vec<Duration>>> {
    let mut writer = Writer::open(folder)?;
    let (world, ended) = (Arc::clone(world), Arc::clone(ended));
    Ok(std::thread::spawn(move || {
        let mut out = Vec::new();
        let mut number = articles;
        while !ended.load(Ordering::Relaxed) {
            std::thread::sleep(PUBLISHES_EVERY);
            let begun = Instant::now();
            number += 1;
            // New ones, and corrections of old ones.
            let put = writer.put(&world.article(number));
            let corrected = writer.put(&world.article(number * 7919 % articles + 1));
            if put
                .and(corrected)
                .and_then(|()| writer.commit(number as i64))
                .is_err()
            {
                break;
            }
            out.push(begun.elapsed());
        }
        out
    }))
}

fn query(question: &Question) -> Query {
    Query {
        text: question.text(),
        section: question.section,
        from: question.from,
        ..Query::default()
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn percentiles(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at = |percent: usize| {
        let place = (times.len() * percent / 100).min(times.len().saturating_sub(1));
        times
            .get(place)
            .map_or(0.0, |time| time.as_secs_f64() * 1e3)
    };
    format!("p50 {:.2} ms, p95 {:.2}, p99 {:.2}", at(50), at(95), at(99))
}
