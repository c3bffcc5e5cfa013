//! `warraq article list | publish | schedule | unschedule | correct | withdraw |
//! restore`.

use anyhow::Context as _;
use clap::{Subcommand, ValueEnum};
use editorial::{
    ArticleState, Id, SiteSettings, Timestamp, audit::Actor, correction::CorrectionKind, urls::Url,
};
use store::{ArticleLine, Store};

use crate::{
    output::Output,
    paper::{Paper, local, now},
};

#[derive(Subcommand)]
pub(crate) enum ArticleCommand {
    /// List articles with their numbers, the newest first.
    List {
        /// Only those in one state.
        #[arg(long, value_enum)]
        state: Option<State>,
        /// Only those before this number, to go on where a list ended.
        #[arg(long, value_name = "NUMBER")]
        before: Option<String>,
        /// How many at the most.
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=10_000))]
        limit: u32,
    },
    /// Put an unpublished article before the public.
    Publish {
        /// Its number, as in its address, /a/NUMBER/…, or as `list` shows it.
        id: String,
    },
    /// Have an unpublished article go live at a moment by itself.
    Schedule {
        /// Its number.
        id: String,
        /// The moment, in the time zone of the site: 2026-12-02 08:00. A running server publishes
        /// it, or the next one that starts.
        #[arg(long, value_name = "TIME")]
        at: String,
    },
    /// Take that back.
    Unschedule {
        /// Its number.
        id: String,
    },
    /// Put a visible note on a published article: a correction, or what else is said.
    Correct {
        /// Its number.
        id: String,
        /// The words of the note.
        text: String,
        /// What the note is.
        #[arg(long, value_enum, default_value_t = Kind::Correction)]
        kind: Kind,
    },
    /// Take an article off the site; its address answers 410 from then on.
    Withdraw {
        /// Its number.
        id: String,
        /// Why, for the readers: shown where the article was.
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    /// Bring a withdrawn article back.
    Restore {
        /// Its number.
        id: String,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Kind {
    Correction,
    Clarification,
    Update,
    EditorsNote,
    Retraction,
}

impl Kind {
    const fn wanted(self) -> CorrectionKind {
        match self {
            Self::Correction => CorrectionKind::Correction,
            Self::Clarification => CorrectionKind::Clarification,
            Self::Update => CorrectionKind::Update,
            Self::EditorsNote => CorrectionKind::EditorsNote,
            Self::Retraction => CorrectionKind::Retraction,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum State {
    Unpublished,
    Published,
    Withdrawn,
}

impl State {
    const fn of(state: ArticleState) -> Self {
        match state {
            ArticleState::Unpublished => Self::Unpublished,
            ArticleState::Published => Self::Published,
            ArticleState::Withdrawn => Self::Withdrawn,
        }
    }

    const fn wanted(self) -> ArticleState {
        match self {
            Self::Unpublished => ArticleState::Unpublished,
            Self::Published => ArticleState::Published,
            Self::Withdrawn => ArticleState::Withdrawn,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Unpublished => "unpublished",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl ArticleCommand {
    pub(crate) async fn run(self, paper: &Paper, out: Output) -> anyhow::Result<()> {
        let store = paper.open().await?;
        self.run_on(&store, out).await?;
        store.close().await;
        Ok(())
    }

    async fn run_on(self, store: &Store, out: Output) -> anyhow::Result<()> {
        let (actor, now) = (Actor::CommandLine, now());
        let (id, done) = match &self {
            Self::List {
                state,
                before,
                limit,
            } => {
                let before = before.as_deref().map(number).transpose()?;
                let state = state.map(State::wanted);
                let lines = store.newest_articles(state, before, *limit).await?;
                tell(&lines, &store.settings().await?, out);
                return Ok(());
            }
            Self::Publish { id } => (number(id)?, "published"),
            Self::Schedule { id, .. } => (number(id)?, "scheduled"),
            Self::Unschedule { id } => (number(id)?, "unscheduled"),
            Self::Correct { id, .. } => (number(id)?, "corrected"),
            Self::Withdraw { id, .. } => (number(id)?, "withdrawn"),
            Self::Restore { id } => (number(id)?, "restored"),
        };
        match &self {
            Self::List { .. } => {}
            Self::Publish { .. } => {
                actions::publish_article(store, id, actor, now).await?;
            }
            Self::Schedule { at, .. } => {
                let settings = store.settings().await?;
                let at = moment(at, &settings)?;
                actions::schedule_article(store, id, at, actor, now).await?;
                let words = format!("{id} goes live {}", local(at, &settings));
                let json = serde_json::json!({ "id": id, "done": done, "at": at.rfc3339() });
                out.result(&words, &json);
                return Ok(());
            }
            Self::Unschedule { .. } => {
                actions::unschedule_article(store, id, actor, now).await?;
            }
            Self::Correct { text, kind, .. } => {
                actions::correct_article(store, id, kind.wanted(), text, actor, now).await?;
            }
            Self::Withdraw { reason, .. } => {
                actions::withdraw_article(store, id, reason.as_deref(), actor, now).await?;
            }
            Self::Restore { .. } => {
                actions::restore_article(store, id, actor, now).await?;
            }
        }
        out.result(
            &format!("{id} {done}"),
            &serde_json::json!({ "id": id, "done": done }),
        );
        Ok(())
    }
}

/// A moment as it is typed: of the site's time zone, unless it says its own.
fn moment(text: &str, settings: &SiteSettings) -> anyhow::Result<Timestamp> {
    if let Some(moment) = Timestamp::parse(text) {
        return Ok(moment);
    }
    Timestamp::parse_local(text, &settings.time_zone).with_context(|| {
        format!("{text:?} is no moment: give a day and a time such as 2026-12-02 08:00")
    })
}

fn number(text: &str) -> anyhow::Result<Id> {
    Id::parse(text).with_context(|| {
        format!("{text} is no number of an article: see its address, /a/NUMBER/…, or `warraq article list`")
    })
}

fn tell(lines: &[ArticleLine], settings: &SiteSettings, out: Output) {
    let words: Vec<String> = lines
        .iter()
        .map(|line| {
            let at = line.published_at.map(|at| local(at, settings));
            format!(
                "{}\t{}\t{}\t{}",
                line.id,
                State::of(line.state).word(),
                at.as_deref().unwrap_or("-"),
                line.headline
            )
        })
        .collect();
    let document: Vec<_> = lines
        .iter()
        .map(|line| {
            serde_json::json!({
                "id": line.id, "state": State::of(line.state).word(), "headline": line.headline,
                "address": Url::of_article(line.kind, line.id, line.slug.clone()).to_string(),
                "published_at": line.published_at.map(Timestamp::rfc3339),
            })
        })
        .collect();
    out.result(
        &words.join("\n"),
        &serde_json::json!({ "articles": document }),
    );
}
