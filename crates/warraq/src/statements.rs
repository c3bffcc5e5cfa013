//! `warraq statements`: who said what in a text, with exact places.

use std::{
    fs,
    io::{BufRead, Write as _, stdin, stdout},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use attribution::{Article, Field, Reading, Record, Span, read, records};
use clap::Args;
use editorial::Id;
use importer::html::{Lines, reduce};
use jiff::civil::Date;
use serde::Deserialize;

use crate::{
    output::Output,
    paper::{Paper, local},
};

/// Bytes of a text at the most.
const TEXT_BYTES_MAX: u64 = 32 * 1024 * 1024;
/// Letters that are shown before and after a word that was rejected.
const AROUND: usize = 30;

#[derive(Args)]
pub(crate) struct Statements {
    /// A file of plain text or HTML, or the number of an article.
    #[arg(value_name = "FILE|NUMBER", required_unless_present = "jsonl")]
    source: Option<String>,
    /// Read one {id, title, text, published} a line, from a file or from - (standard input), and
    /// write one {id, statements} a line.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["source", "explain"])]
    jsonl: Option<PathBuf>,
    /// The headline of a file.
    #[arg(long, value_name = "TEXT", default_value = "")]
    title: String,
    /// The day on which a file was published, YYYY-MM-DD, by which «أمس» becomes a date.
    #[arg(long, value_name = "DAY")]
    published: Option<Date>,
    /// Say of each statement which rule found it, and what was rejected and why.
    #[arg(long)]
    explain: bool,
}

/// A text to read.
#[derive(Default)]
struct Input {
    title: String,
    text: String,
    published: Option<Date>,
}

/// A line of `--jsonl`.
#[derive(Deserialize)]
struct Line {
    id: serde_json::Value,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    published: Option<String>,
}

impl Statements {
    pub(crate) async fn run(self, paper: &Paper, out: Output) -> anyhow::Result<()> {
        if let Some(lines) = &self.jsonl {
            return each_line(lines);
        }
        let source = self.source.as_deref().unwrap_or_default();
        let path = Path::new(source);
        let input = match Id::parse(source) {
            Some(id) if !path.exists() => of_article(paper, id).await?,
            _ => self.of_file(path)?,
        };
        let article = input.article();
        let reading = read(&article);
        let found = records(&article, &reading.statements);
        let mut words: Vec<String> = found
            .iter()
            .map(|record| told(record, self.explain))
            .collect();
        if self.explain {
            words.extend(rejected(&reading, &article));
        }
        let document = if self.explain {
            serde_json::json!({ "statements": found, "rejected": rejected(&reading, &article) })
        } else {
            serde_json::to_value(&found)?
        };
        if words.is_empty() {
            words.push("No statement was found.".to_owned());
        }
        out.result(&words.join("\n"), &document);
        Ok(())
    }

    fn of_file(&self, path: &Path) -> anyhow::Result<Input> {
        let unreadable = || {
            format!(
                "{} cannot be read; give a file, or the number of an article",
                path.display()
            )
        };
        let bytes = fs::metadata(path).with_context(unreadable)?.len();
        if bytes > TEXT_BYTES_MAX {
            bail!(
                "{} is larger than {} MB; give its articles one by one, or as --jsonl",
                path.display(),
                TEXT_BYTES_MAX / 1024 / 1024
            );
        }
        let bytes = fs::read(path).with_context(unreadable)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let text = if is_html(path, &text) {
            reduce(&text, Lines::Collapse, true, &|_| None)
                .body
                .plain_text()
        } else {
            text
        };
        Ok(Input {
            title: self.title.clone(),
            text,
            published: self.published,
        })
    }
}

impl Input {
    fn article(&self) -> Article<'_> {
        Article {
            title: &self.title,
            text: &self.text,
            published: self.published,
        }
    }
}

/// By its name, or where it opens with a tag.
fn is_html(path: &Path, text: &str) -> bool {
    let by_name = path.extension().is_some_and(|ending| {
        ending.eq_ignore_ascii_case("html") || ending.eq_ignore_ascii_case("htm")
    });
    let mut letters = text.trim_start().chars();
    by_name
        || letters.next() == Some('<')
            && letters
                .next()
                .is_some_and(|c| c.is_ascii_alphabetic() || c == '!')
}

async fn of_article(paper: &Paper, id: Id) -> anyhow::Result<Input> {
    let store = paper.open().await?;
    let article = store.article(id).await?;
    let settings = store.settings().await?;
    store.close().await;
    let article = article.with_context(|| {
        format!("there is no article {id}; `warraq article list` shows those there are")
    })?;
    Ok(Input {
        title: article.headline,
        text: article.body.plain_text(),
        published: article
            .published_at
            .and_then(|moment| local(moment, &settings).get(..10)?.parse().ok()),
    })
}

/// One line read, one written; what cannot be read ends it with the number of the line.
fn each_line(path: &Path) -> anyhow::Result<()> {
    let lines: Box<dyn BufRead> = if path == Path::new("-") {
        Box::new(stdin().lock())
    } else {
        let file =
            fs::File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
        Box::new(std::io::BufReader::new(file))
    };
    let mut out = std::io::BufWriter::new(stdout().lock());
    for (at, line) in lines.lines().enumerate() {
        let line = line.context("the lines cannot be read as UTF-8 text")?;
        if line.trim().is_empty() {
            continue;
        }
        let line: Line = serde_json::from_str(&line)
            .with_context(|| format!("line {} is not {{id, title, text, published}}", at + 1))?;
        let input = Input {
            title: line.title.unwrap_or_default(),
            text: line.text.unwrap_or_default(),
            published: line
                .published
                .as_deref()
                .and_then(|day| day.get(..10))
                .and_then(|day| day.parse().ok()),
        };
        let article = input.article();
        let found = records(&article, &read(&article).statements);
        let written = serde_json::json!({ "id": line.id, "statements": found });
        // Whoever reads it may have stopped (`| head`).
        if writeln!(out, "{written}").is_err() {
            break;
        }
    }
    let _ = out.flush();
    Ok(())
}

/// A statement in one line: who, how, what.
fn told(record: &Record, explain: bool) -> String {
    let speaker = record.speaker_canonical.as_deref().unwrap_or("?");
    let verb = record.verb.as_deref().unwrap_or(":");
    let mut line = format!(
        "{speaker} · {verb} ({}) · {}",
        record.act_fine,
        one_line(&record.quote)
    );
    for (name, part) in [
        ("date", &record.date),
        ("place", &record.place),
        ("occasion", &record.occasion),
        ("via", &record.via),
    ] {
        if let Some(part) = part {
            line.push_str(&format!(" · {name}: {part}"));
        }
    }
    if explain {
        line.push_str(&format!(
            "\n    {} {}..{}: rule {}, {} %, {}, speaker {}",
            record.field,
            record.start,
            record.end,
            record.rule,
            record.confidence,
            record.kind,
            record.resolution
        ));
    }
    line
}

/// What was rejected, each with its surroundings and the reason.
fn rejected(reading: &Reading, article: &Article<'_>) -> Vec<String> {
    reading
        .rejected
        .iter()
        .map(|rejected| {
            let field = if rejected.field == Field::Title {
                article.title
            } else {
                article.text
            };
            format!(
                "not: {} ({})",
                around(field, rejected.word),
                rejected.reason
            )
        })
        .collect()
}

/// A word in brackets, with some letters before and after it.
fn around(text: &str, word: Span) -> String {
    let before = text.get(..word.start).unwrap_or("");
    let after = text.get(word.end..).unwrap_or("");
    let from = before
        .char_indices()
        .rev()
        .nth(AROUND - 1)
        .map_or(0, |(at, _)| at);
    let to = after
        .char_indices()
        .nth(AROUND)
        .map_or(after.len(), |(at, _)| at);
    one_line(&format!(
        "{}[{}]{}",
        &before[from..],
        word.of(text),
        &after[..to]
    ))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
