//! `warraq`: the whole newspaper in one program.

mod article;
mod backup;
mod check;
mod comments;
mod config;
mod demo;
mod encryption;
mod import;
mod keys;
mod output;
mod paper;
mod reindex;
mod room;
mod search;
mod serve;
mod settings;
mod statements;
mod templates;
mod ticker;
mod user;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::paper::Paper;

/// Pages are many small allocations of short life.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The whole newspaper in one program.
#[derive(Parser)]
#[command(name = "warraq", version, propagate_version = true)]
struct Cli {
    #[command(flatten)]
    paper: Paper,
    /// Print one JSON document for machines.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the paper over HTTP.
    Serve(serve::Serve),
    /// The configuration file of `warraq serve`.
    #[command(subcommand)]
    Config(config::Config),
    /// Fill an empty paper with the sample newspaper.
    Demo(demo::Demo),
    /// Headlines of the ticker.
    #[command(subcommand)]
    Ticker(ticker::Ticker),
    /// List articles; publish, correct, withdraw or restore one.
    #[command(subcommand)]
    Article(article::ArticleCommand),
    /// Readers' comments: list, decide, hand out, erase.
    #[command(subcommand)]
    Comments(comments::Comments),
    /// Find published articles, as the search of the site does.
    Search(search::Search),
    /// Who said what in a text: a file, an article, or many as lines of JSON.
    Statements(statements::Statements),
    /// Make the search index anew: by the running server, or here where none runs.
    Reindex(reindex::Reindex),
    /// What the newsroom sets for its site: name, dates, ticker, menus.
    #[command(subcommand)]
    Settings(settings::Settings),
    /// The accounts of the staff.
    User(user::User),
    /// Bring in what another system exported.
    #[command(subcommand)]
    Import(import::Import),
    /// Keep the whole paper in one file, look through one, bring one back.
    #[command(subcommand)]
    Backup(backup::Backup),
    /// The keys that seal readers' e-mail addresses.
    #[command(subcommand)]
    Keys(keys::Keys),
    /// The page templates.
    #[command(subcommand)]
    Templates(templates::Templates),
}

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    let filter = tracing_subscriber::EnvFilter::try_from_env("WARRAQ_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,sqlx=off"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .init();
    // A damaged search index is told in a sentence, and made anew.
    let say = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !::search::is_guarded() {
            say(panic);
        }
    }));
    let out = output::Output { json: cli.json };
    let done = match cli.command {
        Command::Serve(serve) => serve.run(&cli.paper, out).await,
        Command::Config(command) => command.run(&cli.paper, out),
        Command::Demo(demo) => demo.run(&cli.paper, out).await,
        Command::Ticker(command) => command.run(&cli.paper, out).await,
        Command::Article(command) => command.run(&cli.paper, out).await,
        Command::Comments(command) => command.run(&cli.paper, out).await,
        Command::Search(search) => search.run(&cli.paper, out).await,
        Command::Statements(statements) => statements.run(&cli.paper, out).await,
        Command::Reindex(reindex) => reindex.run(&cli.paper, out).await,
        Command::Settings(command) => command.run(&cli.paper, out).await,
        Command::User(command) => command.run(&cli.paper, out).await,
        Command::Import(command) => command.run(&cli.paper, out).await,
        Command::Backup(command) => command.run(&cli.paper, out).await,
        Command::Keys(command) => command.run(&cli.paper, out),
        Command::Templates(command) => command.run(out),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            out.failed(&error);
            ExitCode::from(1)
        }
    }
}
