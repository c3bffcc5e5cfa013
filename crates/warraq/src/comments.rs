//! `warraq comments list | approve | reject | spam | withdraw | export | erase |
//! reveal | open | close`.

use std::{
    io::{BufRead as _, IsTerminal as _, Read as _, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use actions::comments::Comments as Acts;
use anyhow::{Context as _, bail};
use clap::{Args, Subcommand, builder::PossibleValuesParser};
use editorial::{
    Id, SiteSettings, Timestamp,
    audit::Actor,
    comment::{Comment, CommentState, Commenting, Decision, Hold, Part},
    email::EmailAddress,
    urls::Url,
};
use serde_json::{Value, json};
use store::{Listed, QueueItem, Wanted, Wants, seal::EmailSealer};

use crate::{
    import::random,
    output::Output,
    paper::{Paper, local, now},
};

/// The longest line that is read for an address or an answer, in bytes.
const LINE_MAX: u64 = 1_024;

#[derive(Subcommand)]
pub(crate) enum Comments {
    /// List comments, the newest first, with why they were held; the addresses of
    /// their writers are shown to nobody.
    List(List),
    /// Show comments to readers.
    Approve(Which),
    /// Show comments to nobody.
    Reject(Which),
    /// Mark comments as spam.
    Spam(Which),
    /// Take comments away that are shown.
    Withdraw(Which),
    /// Write out what is kept of a reader, as JSON, for him.
    Export {
        #[command(flatten)]
        whose: Whose,
        /// A new file to write it into, for its owner alone; else it is printed.
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Erase what is kept of a reader: his texts, names and address.
    Erase {
        #[command(flatten)]
        whose: Whose,
        /// Do not ask first.
        #[arg(long)]
        yes: bool,
    },
    /// Print the address of whoever wrote a comment; the audit trail keeps that
    /// it was read, and why.
    Reveal {
        /// The comment's number.
        id: String,
        /// Why it has to be known.
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Let readers write comments on an article, however old it is.
    Open {
        /// Its number, as in its address, /a/NUMBER/….
        article: String,
        /// Only for as many days as the site says (comments.close_after_days).
        #[arg(long)]
        by_age: bool,
    },
    /// Let nobody write comments on an article; those that are there stay.
    Close {
        /// Its number, as in its address, /a/NUMBER/….
        article: String,
    },
}

#[derive(Args)]
pub(crate) struct List {
    /// Only those in one state; without, those that wait, and of one article all.
    #[arg(long, conflicts_with = "article", value_parser = states())]
    state: Option<String>,
    /// Only those on one article, in any state.
    #[arg(long, value_name = "NUMBER")]
    article: Option<String>,
    /// Only those whose name and text hold these words.
    #[arg(long, value_name = "WORDS", default_value = "")]
    search: String,
    /// How many at the most.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    limit: u32,
    /// Only those before this number, to go on where a list ended.
    #[arg(long, value_name = "NUMBER")]
    before: Option<String>,
}

#[derive(Args)]
pub(crate) struct Which {
    /// Their numbers, as `list` shows them.
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
}

#[derive(Args)]
pub(crate) struct Whose {
    /// The reader's e-mail address; `-` reads it from standard input. Given here
    /// it stands in the shell's history, and in the list of processes while this
    /// runs.
    email: String,
}

fn states() -> PossibleValuesParser {
    let own = CommentState::ALL.map(CommentState::name);
    PossibleValuesParser::new(own.into_iter().chain(["reported", "all"]))
}

impl Comments {
    pub(crate) async fn run(self, paper: &Paper, out: Output) -> anyhow::Result<()> {
        let store = paper.open().await?;
        let sealer = EmailSealer::open(&paper.folder()?.join("keys"), random)?;
        let acts = Acts::new(store.clone(), Arc::new(sealer), random);
        let done = self.run_on(&acts, out).await;
        store.close().await;
        done
    }

    async fn run_on(self, acts: &Acts, out: Output) -> anyhow::Result<()> {
        match self {
            Self::List(list) => list.run(acts, out).await,
            Self::Approve(which) => which.decide(acts, Decision::Approve, out).await,
            Self::Reject(which) => which.decide(acts, Decision::Reject, out).await,
            Self::Spam(which) => which.decide(acts, Decision::Spam, out).await,
            Self::Withdraw(which) => which.decide(acts, Decision::Withdraw, out).await,
            Self::Export { whose, output } => {
                export(acts, &whose.address()?, output.as_deref(), out).await
            }
            Self::Erase { whose, yes } => erase(acts, &whose, yes, out).await,
            Self::Reveal { id, reason } => {
                let id = number(&id)?;
                let address = acts.reveal(id, &reason, Actor::CommandLine, now()).await?;
                let address = address.expose_for_sending();
                out.result(address, &json!({ "id": id, "email": address }));
                Ok(())
            }
            Self::Open { article, by_age } => {
                let (commenting, done) = if by_age {
                    (Commenting::ByAge, "open by age")
                } else {
                    (Commenting::Open, "open")
                };
                set_commenting(acts, &article, commenting, done, out).await
            }
            Self::Close { article } => {
                set_commenting(acts, &article, Commenting::Closed, "closed", out).await
            }
        }
    }
}

fn number(text: &str) -> anyhow::Result<Id> {
    Id::parse(text).with_context(|| {
        format!("{text} is no number of a comment: `warraq comments list` shows them")
    })
}

fn article_number(text: &str) -> anyhow::Result<Id> {
    Id::parse(text).with_context(|| {
        format!("{text} is no number of an article: see its address, /a/NUMBER/…, or `warraq article list`")
    })
}

async fn set_commenting(
    acts: &Acts,
    article: &str,
    commenting: Commenting,
    done: &str,
    out: Output,
) -> anyhow::Result<()> {
    let id = article_number(article)?;
    acts.set_commenting(id, commenting, Actor::CommandLine, now())
        .await?;
    out.result(
        &format!("{id} comments {done}"),
        &json!({ "article": id, "comments": commenting }),
    );
    Ok(())
}

impl Which {
    /// Decides on each; those that fail are told, and the others are done.
    async fn decide(self, acts: &Acts, decision: Decision, out: Output) -> anyhow::Result<()> {
        let state = decision.state().name();
        let (mut done, mut failed) = (Vec::new(), Vec::new());
        for id in &self.ids {
            let decided = match number(id) {
                Ok(id) => {
                    let decided = acts.decide(id, decision, None, Actor::CommandLine, now());
                    decided.await.map_err(Into::into)
                }
                Err(error) => Err(error),
            };
            match decided {
                Ok(_) => {
                    done.push(id);
                    if !out.json {
                        out.result(&format!("{id} {state}"), &Value::Null);
                    }
                }
                Err(error) => {
                    out.note(&format!("{id}: {error}"));
                    failed.push(json!({ "id": id, "error": error.to_string() }));
                }
            }
        }
        if failed.is_empty() {
            if out.json {
                out.result("", &json!({ "state": state, "done": done }));
            }
            return Ok(());
        }
        let sentence = format!(
            "{} of {} comments were not made {state}",
            failed.len(),
            self.ids.len()
        );
        if out.json {
            // One document, as with every failure; `main` prints it.
            bail!("{sentence}: {}", Value::from(failed));
        }
        bail!("{sentence}: see above why");
    }
}

impl Whose {
    fn is_read(&self) -> bool {
        self.email == "-"
    }

    fn address(&self) -> anyhow::Result<EmailAddress> {
        let typed = if self.is_read() {
            read_line().context("the address cannot be read: give it as one line")?
        } else {
            self.email.clone()
        };
        EmailAddress::parse(&typed)
            .context("this is no e-mail address: give one such as layla@example.org")
    }
}

fn read_line() -> std::io::Result<String> {
    let mut line = String::new();
    let input = std::io::stdin().lock();
    input.take(LINE_MAX).read_line(&mut line)?;
    Ok(line.trim().to_owned())
}

async fn export(
    acts: &Acts,
    address: &EmailAddress,
    output: Option<&Path>,
    out: Output,
) -> anyhow::Result<()> {
    // A file that cannot be written is told before anything is handed out.
    let file = output.map(new_file).transpose()?;
    let at = now();
    let kept = acts.export_of(address, Actor::CommandLine, at).await?;
    let paper = acts.store().settings().await?.name;
    let document = json!({ "paper": paper, "made_at": at.rfc3339(), "comments": kept });
    let Some((mut file, path)) = file.zip(output) else {
        out.result(&serde_json::to_string_pretty(&document)?, &document);
        return Ok(());
    };
    let written = file
        .write_all(document.to_string().as_bytes())
        .and_then(|()| file.sync_all());
    written.with_context(|| format!("{} cannot be written", path.display()))?;
    out.result(
        &format!("{} comments in {}", kept.len(), path.display()),
        &json!({ "comments": kept.len(), "file": path }),
    );
    Ok(())
}

fn new_file(path: &Path) -> anyhow::Result<std::fs::File> {
    std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .with_context(|| {
            format!(
                "{} cannot be made: give a file that is not there",
                path.display()
            )
        })
}

async fn erase(acts: &Acts, whose: &Whose, yes: bool, out: Output) -> anyhow::Result<()> {
    let can_ask = !whose.is_read() && !out.json && std::io::stdin().is_terminal();
    if !yes && !can_ask {
        bail!("erasing cannot be undone, and nobody can be asked here: say --yes");
    }
    let address = whose.address()?;
    if !yes {
        let index = acts.sealer().blind_index(&address);
        let count = acts.kept_of(&index).await?.len();
        out.note(&format!(
            "{count} comments will be emptied for good. Type yes, then Enter, to erase them."
        ));
        if read_line()? != "yes" {
            bail!("nothing was erased");
        }
    }
    let erased = acts.erase_of(&address, Actor::CommandLine, now()).await?;
    out.result(
        &format!("{erased} comments erased"),
        &json!({ "erased": erased }),
    );
    Ok(())
}

impl List {
    async fn run(self, acts: &Acts, out: Output) -> anyhow::Result<()> {
        let wants = match (self.article.as_deref(), self.state.as_deref()) {
            (Some(article), _) => Wants::Article(article_number(article)?),
            (None, Some("all")) => Wants::All,
            (None, Some("reported")) => Wants::Reported,
            (None, Some(state)) => {
                let state = CommentState::parse(state);
                Wants::State(state.context("there is no such state: see --help")?)
            }
            (None, None) => Wants::State(CommentState::Waiting),
        };
        let wanted = Wanted {
            wants,
            words: arabic::fold::fold(&self.search),
            before: self.before.as_deref().map(number).transpose()?,
            limit: usize::try_from(self.limit)?,
        };
        let listed = acts.store().comments(&wanted).await?;
        let settings = acts.store().settings().await?;
        let lines: Vec<String> = listed
            .items
            .iter()
            .map(|item| words_of(item, &settings))
            .collect();
        out.result(&lines.join("\n"), &document_of(&listed));
        if let Some(next) = listed.next {
            out.note(&format!("there are more: go on with --before {next}"));
        }
        Ok(())
    }
}

/// The name of a rule, with the words that it met.
fn met<'a>(hold: &Hold, comment: &'a Comment) -> (&'static str, Option<&'a str>) {
    let text = match hold.part {
        Part::Text => &comment.text,
        Part::Name => &comment.name,
    };
    (hold.rule.name(), hold.words(text))
}

/// Words of a reader on one line, with nothing in them that moves a terminal.
fn plain(text: &str) -> String {
    let words = text.split(|letter: char| letter.is_whitespace() || letter.is_control());
    let words = words.map(arabic::bidi::strip_controls);
    let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

fn words_of(item: &QueueItem, settings: &SiteSettings) -> String {
    let comment = &item.comment;
    let holds: Vec<String> = (comment.received.holds.iter())
        .map(|hold| match met(hold, comment) {
            (rule, Some(words)) => format!("{rule} «{}»", plain(words)),
            (rule, None) => rule.to_owned(),
        })
        .collect();
    let holds = if holds.is_empty() {
        "-".to_owned()
    } else {
        holds.join(", ")
    };
    let reports = match comment.received.reports {
        0 => String::new(),
        count => format!(" (reported {count})"),
    };
    format!(
        "{}\t{}\t{}\t{}\t{}{reports}\t{holds}\t{}",
        comment.id,
        comment.article,
        local(comment.written_at, settings),
        comment.state.name(),
        plain(&comment.name),
        plain(&comment.text)
    )
}

fn document_of(listed: &Listed) -> Value {
    let one = |item: &QueueItem| {
        let comment = &item.comment;
        let holds: Vec<Value> = (comment.received.holds.iter())
            .map(|hold| {
                let (rule, words) = met(hold, comment);
                json!({ "rule": rule, "part": hold.part, "words": words })
            })
            .collect();
        json!({
            "id": comment.id, "article": comment.article, "headline": item.headline,
            "address": Url::Article(comment.article, item.slug.clone()).to_string(),
            "reply_to": comment.reply_to, "name": comment.name, "text": comment.text,
            "written_at": comment.written_at.rfc3339(),
            "edited_at": comment.received.edited_at.map(Timestamp::rfc3339),
            "state": comment.state.name(), "holds": holds,
            "reports": comment.received.reports, "staff": comment.received.staff.is_some(),
        })
    };
    let comments: Vec<Value> = listed.items.iter().map(one).collect();
    json!({ "comments": comments, "next": listed.next })
}
