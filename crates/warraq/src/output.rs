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
            let document = serde_json::json!({ "error": sentence(error) });
            line(std::io::stdout(), &document.to_string());
        } else {
            line(std::io::stderr(), &format!("warraq: {}", sentence(error)));
        }
    }
}

/// What went wrong and why, each cause once: some errors tell theirs themselves.
fn sentence(error: &anyhow::Error) -> String {
    let mut words = String::new();
    for cause in error.chain() {
        let cause = cause.to_string();
        if !words.ends_with(&cause) {
            if !words.is_empty() {
                words.push_str(": ");
            }
            words.push_str(&cause);
        }
    }
    words
}

/// One line. Whoever reads it may have stopped (`| head`): what was done is
/// done all the same.
fn line(mut to: impl Write, words: &str) {
    let _ = writeln!(to, "{words}");
    let _ = to.flush();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_told_once() {
        let error = anyhow::anyhow!("it is empty")
            .context("paper.xml: it is empty")
            .context("nothing was imported");
        assert_eq!(
            sentence(&error),
            "nothing was imported: paper.xml: it is empty"
        );
    }
}
