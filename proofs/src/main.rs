//! `proofs NAME [full]`: runs a proof, small or in full, and says what it found.
//!
//! `cargo xtask prove NAME` runs the full one and writes it down;
//! `cargo xtask test` runs the small one of each, from a fixed seed.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool prints"
)]

mod backup;
mod chance;
mod check;
mod comments;
mod disk;
mod guesses;
mod http;
mod kill_import;
mod kill_ticker;
mod power_cut;
mod program;
mod readers;
mod record;
mod wire;

use std::{path::PathBuf, process::ExitCode, time::Instant};

use anyhow::Context as _;
use program::Program;

/// How much of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    /// A few seconds, in every run of the tests.
    Slice,
    /// As much as is claimed.
    Full,
}

/// What a proof found: lines for people, and what did not hold.
pub(crate) struct Outcome {
    broken: Vec<String>,
}

impl Outcome {
    pub(crate) const fn new() -> Self {
        Self { broken: Vec::new() }
    }

    #[expect(clippy::unused_self, reason = "what is said is said of this outcome")]
    pub(crate) fn say(&self, line: impl AsRef<str>) {
        println!("{}", line.as_ref());
    }

    /// Whether everything held so far.
    pub(crate) const fn holds(&self) -> bool {
        self.broken.is_empty()
    }

    pub(crate) fn expect(&mut self, holds: bool, otherwise: &str) {
        if !holds {
            println!("DOES NOT HOLD: {otherwise}");
            self.broken.push(otherwise.to_owned());
        }
    }
}

const NAMES: [&str; 8] = [
    "power-cut",
    "kill-import",
    "kill-ticker",
    "backup",
    "guesses",
    "kill-comments",
    "comment-flood",
    "promise",
];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (names, size) = match words.as_slice() {
        [] => (NAMES.to_vec(), Size::Slice),
        [name] if NAMES.contains(name) => (vec![*name], Size::Slice),
        [name, "full"] if NAMES.contains(name) => (vec![*name], Size::Full),
        _ => {
            eprintln!("proofs [NAME [full]]; names: {}", NAMES.join(", "));
            return ExitCode::from(2);
        }
    };
    let (mut passed, mut failed) = (0, 0);
    for name in names {
        println!("-- {name}");
        let started = Instant::now();
        let held = match prove(name, size) {
            Ok(outcome) => outcome.holds(),
            Err(error) => {
                println!("DOES NOT HOLD: {error:#}");
                false
            }
        };
        println!("{:.1} s", started.elapsed().as_secs_f64());
        if held { passed += 1 } else { failed += 1 }
    }
    println!("{passed} passed, {failed} failed");
    if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn prove(name: &str, size: Size) -> anyhow::Result<Outcome> {
    let variable = |name: &str| {
        std::env::var_os(name)
            .map(PathBuf::from)
            .with_context(|| format!("{name} is not set: run `cargo xtask prove`"))
    };
    let program = Program::new(variable("WARRAQ_PROGRAM")?);
    match name {
        "power-cut" => power_cut::prove(&program, &variable("WARRAQ_RECORDER")?, size),
        "kill-import" => kill_import::prove(&program, size),
        "kill-ticker" => kill_ticker::prove(&program, size),
        "backup" => backup::prove(&program, size),
        "guesses" => guesses::prove(&program, size),
        "kill-comments" => comments::kill::prove(&program, size),
        "comment-flood" => comments::flood::prove(&program, size),
        "promise" => comments::promise::prove(&program, size),
        other => anyhow::bail!("there is no proof named {other}"),
    }
}
