//! Search beside what databases bring along: SQLite's FTS5 (`unicode61`) and
//! PostgreSQL's full text (configuration `arabic`, GIN), over the same articles
//! and with the same questions. Each gives the first ten, the best first, and
//! the exact number of all.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    time::{Duration, Instant},
};

use arabic::search::variants::Variants;
use editorial::{Id, SearchDocument};
use search::{Index, Query, Rebuild};
use sqlx::{Connection as _, PgConnection, SqliteConnection};

use crate::{
    Result,
    generate::{self, Question, World},
    median, percentiles, query,
};

/// Questions of a run, and how many of them bring what they need into memory
/// before it counts.
const QUESTIONS: usize = 240;
const WARMING: usize = 30;
/// Articles that are sent to a database at once.
const BATCH: u64 = 500;

const ARTICLES: &str = include_str!("../../../search/tests/table/articles.tsv");
const QUERIES: &str = include_str!("../../../search/tests/table/queries.tsv");
/// The kinds of the table in which one word is spelled in several ways.
const KINDS: [&str; 8] = [
    "hamza",
    "ta-marbuta",
    "alef-maqsura",
    "tatweel",
    "diacritics",
    "digits",
    "clitics",
    "countries",
];

/// Compares over `articles` generated ones, then over the table.
pub(crate) async fn run(folder: &Path, articles: u64, postgres: &str) -> Result<()> {
    let world = World::new(articles);
    let questions = generate::questions(&world, QUESTIONS);

    let begun = Instant::now();
    let mut rebuild = Rebuild::begin(&folder.join("search"))?;
    for number in 1..=articles {
        rebuild.put(world.article(number))?;
    }
    drop(rebuild.finish(1)?);
    let index = Index::open(&folder.join("search"))?;
    println!(
        "Warraq     {articles} articles in {:.1} s",
        begun.elapsed().as_secs_f64()
    );

    let file = format!("sqlite://{}?mode=rwc", folder.join("fts.db").display());
    let mut sqlite = SqliteConnection::connect(&file).await?;
    let mut postgres = PgConnection::connect(postgres).await?;
    let begun = Instant::now();
    sqlite_tables(&mut sqlite).await?;
    for from in (1..=articles).step_by(usize::try_from(BATCH)?) {
        let batch: Vec<_> = (from..(from + BATCH).min(articles + 1))
            .map(|number| world.article(number))
            .collect();
        sqlite_put(&mut sqlite, &batch).await?;
    }
    println!(
        "SQLite     {articles} articles in {:.1} s",
        begun.elapsed().as_secs_f64()
    );
    let begun = Instant::now();
    postgres_tables(&mut postgres).await?;
    for from in (1..=articles).step_by(usize::try_from(BATCH)?) {
        let batch: Vec<_> = (from..(from + BATCH).min(articles + 1))
            .map(|number| world.article(number))
            .collect();
        postgres_put(&mut postgres, &batch).await?;
    }
    postgres_ready(&mut postgres).await?;
    println!(
        "PostgreSQL {articles} articles in {:.1} s",
        begun.elapsed().as_secs_f64()
    );

    let mut times: [Vec<Duration>; 3] = Default::default();
    for (number, question) in questions[..WARMING].iter().chain(&questions).enumerate() {
        let counts = number >= WARMING;
        let begun = Instant::now();
        std::hint::black_box(index.search(&query(question), Variants::built_in(), World::now()));
        let own = begun.elapsed();
        let begun = Instant::now();
        std::hint::black_box(sqlite_ask(&mut sqlite, question).await?);
        let theirs = begun.elapsed();
        let begun = Instant::now();
        std::hint::black_box(postgres_ask(&mut postgres, question).await?);
        if counts {
            times[0].push(own);
            times[1].push(theirs);
            times[2].push(begun.elapsed());
        }
    }
    let names = ["Warraq", "SQLite", "PostgreSQL"];
    let own = median(times[0].clone());
    for (name, times) in names.iter().zip(times) {
        let ratio = median(times.clone()).as_secs_f64() / own.as_secs_f64();
        println!(
            "{name:10} {}; {ratio:.1} times Warraq's median",
            percentiles(times)
        );
    }
    table(folder, &mut sqlite, &mut postgres).await
}

async fn sqlite_tables(sqlite: &mut SqliteConnection) -> Result<()> {
    for text in [
        "DROP TABLE IF EXISTS words",
        "DROP TABLE IF EXISTS facts",
        "CREATE VIRTUAL TABLE words USING fts5(headline, standfirst, body, labels, content='', tokenize='unicode61 remove_diacritics 2')",
        "CREATE TABLE facts (id INTEGER PRIMARY KEY, section INTEGER, published INTEGER)",
    ] {
        sqlx::query(text).execute(&mut *sqlite).await?;
    }
    Ok(())
}

async fn sqlite_put(sqlite: &mut SqliteConnection, articles: &[SearchDocument]) -> Result<()> {
    let mut transaction = sqlite.begin().await?;
    for article in articles {
        sqlx::query("INSERT INTO words (rowid, headline, standfirst, body, labels) VALUES ($1, $2, $3, $4, $5)")
            .bind(article.id.get())
            .bind(&article.headline)
            .bind(&article.standfirst)
            .bind(&article.body)
            .bind(labels(article))
            .execute(&mut *transaction)
            .await?;
        sqlx::query("INSERT INTO facts (id, section, published) VALUES ($1, $2, $3)")
            .bind(article.id.get())
            .bind(article.section.as_ref().map(|(id, _)| id.get()))
            .bind(article.published_at.map(|moment| moment.0))
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// The first ten and how many there are.
async fn sqlite_ask(sqlite: &mut SqliteConnection, question: &Question) -> Result<(Vec<i64>, i64)> {
    let matches = if question.is_phrase {
        format!("\"{}\"", question.words.join(" "))
    } else {
        let quoted: Vec<_> = question
            .words
            .iter()
            .map(|word| format!("\"{}\"", word.replace('"', "")))
            .collect();
        quoted.join(" AND ")
    };
    let section = question.section.map(Id::get);
    let from = question.from.map(|moment| moment.0);
    let first: Vec<(i64,)> = sqlx::query_as(
        "SELECT words.rowid FROM words JOIN facts ON facts.id = words.rowid WHERE words MATCH $1 \
         AND ($2 IS NULL OR facts.section = $2) AND ($3 IS NULL OR facts.published >= $3) \
         ORDER BY bm25(words, 4.0, 2.0, 1.0, 2.0) LIMIT 10",
    )
    .bind(&matches)
    .bind(section)
    .bind(from)
    .fetch_all(&mut *sqlite)
    .await?;
    let (all,): (i64,) = sqlx::query_as(
        "SELECT count(*) FROM words JOIN facts ON facts.id = words.rowid WHERE words MATCH $1 \
         AND ($2 IS NULL OR facts.section = $2) AND ($3 IS NULL OR facts.published >= $3)",
    )
    .bind(&matches)
    .bind(section)
    .bind(from)
    .fetch_one(&mut *sqlite)
    .await?;
    Ok((first.into_iter().map(|(id,)| id).collect(), all))
}

async fn postgres_tables(postgres: &mut PgConnection) -> Result<()> {
    for text in [
        "DROP TABLE IF EXISTS words",
        "CREATE TABLE words (id BIGINT PRIMARY KEY, section BIGINT, published BIGINT, words TSVECTOR)",
    ] {
        sqlx::query(text).execute(&mut *postgres).await?;
    }
    Ok(())
}

async fn postgres_put(postgres: &mut PgConnection, articles: &[SearchDocument]) -> Result<()> {
    let texts = |of: fn(&SearchDocument) -> String| articles.iter().map(of).collect::<Vec<_>>();
    sqlx::query(
        "INSERT INTO words SELECT id, section, published, \
         setweight(to_tsvector('arabic', headline), 'A') || setweight(to_tsvector('arabic', standfirst), 'B') \
         || setweight(to_tsvector('arabic', labels), 'C') || setweight(to_tsvector('arabic', body), 'D') \
         FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[]) \
         AS given (id, section, published, headline, standfirst, body, labels)",
    )
    .bind(articles.iter().map(|article| article.id.get()).collect::<Vec<_>>())
    .bind(
        articles
            .iter()
            .map(|article| article.section.as_ref().map(|(id, _)| id.get()))
            .collect::<Vec<_>>(),
    )
    .bind(
        articles
            .iter()
            .map(|article| article.published_at.map(|moment| moment.0))
            .collect::<Vec<_>>(),
    )
    .bind(texts(|article| article.headline.clone()))
    .bind(texts(|article| article.standfirst.clone()))
    .bind(texts(|article| article.body.clone()))
    .bind(texts(labels))
    .execute(postgres)
    .await?;
    Ok(())
}

async fn postgres_ready(postgres: &mut PgConnection) -> Result<()> {
    for text in [
        "CREATE INDEX ON words USING GIN (words)",
        "VACUUM ANALYZE words",
    ] {
        sqlx::query(text).execute(&mut *postgres).await?;
    }
    Ok(())
}

/// The first ten and how many there are.
async fn postgres_ask(postgres: &mut PgConnection, question: &Question) -> Result<(Vec<i64>, i64)> {
    const WORDS: [&str; 2] = [
        "SELECT id FROM words, plainto_tsquery('arabic', $1) AS asked WHERE words @@ asked \
         AND ($2::bigint IS NULL OR section = $2) AND ($3::bigint IS NULL OR published >= $3) \
         ORDER BY ts_rank(words, asked) DESC LIMIT 10",
        "SELECT count(*) FROM words WHERE words @@ plainto_tsquery('arabic', $1) \
         AND ($2::bigint IS NULL OR section = $2) AND ($3::bigint IS NULL OR published >= $3)",
    ];
    const PHRASE: [&str; 2] = [
        "SELECT id FROM words, phraseto_tsquery('arabic', $1) AS asked WHERE words @@ asked \
         AND ($2::bigint IS NULL OR section = $2) AND ($3::bigint IS NULL OR published >= $3) \
         ORDER BY ts_rank(words, asked) DESC LIMIT 10",
        "SELECT count(*) FROM words WHERE words @@ phraseto_tsquery('arabic', $1) \
         AND ($2::bigint IS NULL OR section = $2) AND ($3::bigint IS NULL OR published >= $3)",
    ];
    let [first, all] = if question.is_phrase { PHRASE } else { WORDS };
    let text = question.words.join(" ");
    let section = question.section.map(Id::get);
    let from = question.from.map(|moment| moment.0);
    let first: Vec<(i64,)> = sqlx::query_as(first)
        .bind(&text)
        .bind(section)
        .bind(from)
        .fetch_all(&mut *postgres)
        .await?;
    let (all,): (i64,) = sqlx::query_as(all)
        .bind(&text)
        .bind(section)
        .bind(from)
        .fetch_one(&mut *postgres)
        .await?;
    Ok((first.into_iter().map(|(id,)| id).collect(), all))
}

fn labels(article: &SearchDocument) -> String {
    let names = |of: &[(Id, String)]| {
        let names: Vec<_> = of.iter().map(|(_, name)| name.as_str()).collect();
        names.join(" ")
    };
    let section = article
        .section
        .as_ref()
        .map_or("", |(_, name)| name.as_str());
    format!(
        "{} {} {section} {}",
        names(&article.tags),
        names(&article.authors),
        article.agency
    )
}

/// How much of the right answers each finds among its first ten, for each kind
/// of spelling; the kept rows are only counted.
async fn table(
    folder: &Path,
    sqlite: &mut SqliteConnection,
    postgres: &mut PgConnection,
) -> Result<()> {
    let mut rebuild = Rebuild::begin(&folder.join("table"))?;
    sqlite_tables(sqlite).await?;
    postgres_tables(postgres).await?;
    let articles: Vec<SearchDocument> = rows(ARTICLES)
        .map(|row| SearchDocument {
            id: Id::new(number(row[0])).expect("in range"),
            headline: row[1].to_owned(),
            standfirst: String::new(),
            body: format!("{}\n{}", row[2], row[3]),
            authors: Vec::new(),
            agency: String::new(),
            tags: Vec::new(),
            section: None,
            language: "ar".to_owned(),
            published_at: None,
        })
        .collect();
    sqlite_put(sqlite, &articles).await?;
    postgres_put(postgres, &articles).await?;
    for article in articles {
        rebuild.put(article)?;
    }
    drop(rebuild.finish(1)?);
    let index = Index::open(&folder.join("table"))?;
    let mut kinds: BTreeMap<&str, (u32, [f64; 3])> = BTreeMap::new();
    for row in rows(QUERIES).filter(|row| KINDS.contains(&row[0])) {
        let expected: BTreeSet<i64> = row[3].split_whitespace().map(number).collect();
        let question = Question {
            kind: "spelling",
            words: row[2].split_whitespace().map(str::to_owned).collect(),
            is_phrase: false,
            section: None,
            from: None,
        };
        let asked = Query {
            text: row[2].to_owned(),
            ..Query::default()
        };
        let found = index.search(&asked, Variants::built_in(), World::now());
        let own: Vec<i64> = found.hits.iter().map(|hit| hit.id.get()).collect();
        let (sqlite, _) = sqlite_ask(sqlite, &question).await?;
        let (postgres, _) = postgres_ask(postgres, &question).await?;
        let (count, sums) = kinds.entry(row[0]).or_default();
        *count += 1;
        for (sum, found) in sums.iter_mut().zip([own, sqlite, postgres]) {
            let right = found.iter().filter(|id| expected.contains(id)).count();
            #[expect(clippy::cast_precision_loss, reason = "ten at the most")]
            let share = right as f64 / expected.len() as f64;
            *sum += share;
        }
    }
    println!("found of the right answers   Warraq  SQLite  PostgreSQL");
    let mut all = (0, [0.0; 3]);
    for (kind, (count, sums)) in kinds {
        print_found(kind, count, sums);
        all.0 += count;
        for (all, sum) in all.1.iter_mut().zip(sums) {
            *all += sum;
        }
    }
    print_found("all", all.0, all.1);
    Ok(())
}

fn print_found(kind: &str, count: u32, sums: [f64; 3]) {
    let [own, sqlite, postgres] = sums.map(|sum| sum / f64::from(count));
    println!("{kind:14} {count:3} queries     {own:.3}   {sqlite:.3}   {postgres:.3}");
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}

/// The number of an article of the table: a17 is 17.
fn number(id: &str) -> i64 {
    id[1..].parse().expect("a number behind a letter")
}
