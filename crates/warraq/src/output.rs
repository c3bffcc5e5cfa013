//! What a command prints: lines for people, or one JSON document.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the one place of the program that prints"
)]

use std::io::Write as _;

/// How to print.
#[derive(Clone, Copy)]
pub(crate) struct Output {
    pub(crate) json: bool,
}

impl Output {
    /// The result of a command: words for people, a document for machines.
    pub(crate) fn result(self, words: &str, document: &serde_json::Value) {
        if self.json {
            println!("{document}");
        } else if !words.is_empty() {
            println!("{words}");
        }
        // A closed pipe is the reader's wish.
        let _ = std::io::stdout().flush();
    }

    /// Something on the way, for people only; on standard error.
    pub(crate) fn note(self, words: &str) {
        if !self.json {
            eprintln!("{words}");
        }
    }

    /// Why nothing was done.
    pub(crate) fn failed(self, error: &anyhow::Error) {
        if self.json {
            println!("{}", serde_json::json!({ "error": format!("{error:#}") }));
        } else {
            eprintln!("warraq: {error:#}");
        }
    }
}
