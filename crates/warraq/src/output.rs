//! What a command prints: lines for people, or one JSON document.

use std::io::Write;

/// How to print.
#[derive(Clone, Copy)]
pub(crate) struct Output {
    pub(crate) json: bool,
}

impl Output {
    /// The result of a command: words for people, a document for machines.
    pub(crate) fn result(self, words: &str, document: &serde_json::Value) {
        if self.json {
            line(std::io::stdout(), &document.to_string());
        } else if !words.is_empty() {
            line(std::io::stdout(), words);
        }
    }

    /// Something on the way, for people only; on standard error.
    pub(crate) fn note(self, words: &str) {
        if !self.json {
            line(std::io::stderr(), words);
        }
    }

    /// Why nothing was done.
    pub(crate) fn failed(self, error: &anyhow::Error) {
        if self.json {
            let document = serde_json::json!({ "error": format!("{error:#}") });
            line(std::io::stdout(), &document.to_string());
        } else {
            line(std::io::stderr(), &format!("warraq: {error:#}"));
        }
    }
}

/// One line. Whoever reads it may have stopped (`| head`): what was done is
/// done all the same.
fn line(mut to: impl Write, words: &str) {
    let _ = writeln!(to, "{words}");
    let _ = to.flush();
}
