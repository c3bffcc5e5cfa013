//! The project's own commands: `cargo xtask serve | test | tidy | bench | prove | …`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool prints"
)]

mod bench;
mod e2e;
mod licences;
mod postgres;
mod prove;
mod serve;
mod test;
mod tidy;
mod tools;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

const USAGE: &str = "\
cargo xtask serve [ADDR]   build, fill a paper with the sample, serve it (default 127.0.0.1:8080)
cargo xtask test           install what is missing, then run every check and test
cargo xtask ci             the same
cargo xtask tidy           layers, file heads and sizes
cargo xtask bench [FIGURE]  page (against nginx), archive [N], comments, headline [N],
                           import [--articles N] [--headlines], search [N]
cargo xtask prove NAME     power-cut, kill-import, kill-ticker, backup or guesses in full, written to docs/proofs
cargo xtask licences       the licences of everything linked, against deny.toml
cargo xtask screenshots    the pictures in docs/screenshots";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["serve"] => serve::run("127.0.0.1:8080"),
        ["serve", address] => serve::run(address),
        ["test" | "ci"] => test::run(),
        ["tidy"] => tidy::run(),
        ["bench", words @ ..] => bench::run(words),
        ["prove", name] => prove::full(name),
        ["licences"] => licences::run(),
        ["screenshots"] => e2e::screenshots(),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The root of the workspace.
fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_owned()
}

/// Whether this is a run of CI, where nothing may be left out.
fn in_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty())
}

/// The program, built; its path. Where the editor cannot be built, it is left out.
fn built_program() -> anyhow::Result<PathBuf> {
    with_editor();
    build(&["--package", "warraq"])?;
    Ok(built("warraq"))
}

/// The program as it is handed out, built; its path.
fn built_release() -> anyhow::Result<PathBuf> {
    with_editor();
    build(&["--release", "--package", "warraq"])?;
    Ok(target().join("release/warraq"))
}

/// An example of a crate, built; its path.
fn built_example(package: &str, name: &str) -> anyhow::Result<PathBuf> {
    build(&["--package", package, "--example", name])?;
    Ok(built(&format!("examples/{name}")))
}

fn with_editor() {
    if let Err(error) = tools::editor() {
        println!("articles are written in the plain form alone: {error:#}");
    }
}

fn build(what: &[&str]) -> anyhow::Result<()> {
    let arguments = [&["build", "--quiet"], what].concat();
    anyhow::ensure!(
        tools::cargo(&arguments)?.success(),
        "{} does not build",
        what.last().unwrap_or(&"")
    );
    Ok(())
}

/// Where cargo puts what it builds.
fn built(name: &str) -> PathBuf {
    target().join("debug").join(name)
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}
