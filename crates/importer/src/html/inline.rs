//! Runs of marked text while they are gathered.

use editorial::{Mark, Run};

use super::Lines;

/// The text of one paragraph, item or cell in the making.
#[derive(Default)]
pub(super) struct Gathered {
    runs: Vec<Run>,
    /// Whether the last thing was a `<br>`: the line end that WordPress writes
    /// behind it is not a second one.
    after_break: bool,
}

impl Gathered {
    /// Adds text; spaces run together, and line ends are spaces or breaks.
    pub(super) fn push(&mut self, text: &str, marks: &[Mark], lines: Lines) {
        let mut from = 0;
        for (at, c) in text.char_indices() {
            // Most letters are told at once.
            if matches!(c, '!'..='~' | '\u{0600}'..='\u{06FF}') {
                continue;
            }
            let space = c == '\u{A0}' || (c.is_whitespace() && c != '\u{2003}');
            if !space && !c.is_control() {
                continue;
            }
            self.letters(&text[from..at], marks);
            from = at + c.len_utf8();
            if lines == Lines::Meaningful && matches!(c, '\n' | '\r') {
                if c == '\n' && !std::mem::take(&mut self.after_break) {
                    self.end_line();
                }
            } else if space {
                // WordPress writes a non-breaking space wherever two spaces met.
                self.space(marks);
            }
            // NUL and the other controls have no place in a text.
        }
        self.letters(&text[from..], marks);
    }

    /// Ends the line, as `<br>` does.
    pub(super) fn line_break(&mut self) {
        self.end_line();
        self.after_break = true;
    }

    /// Adds text as it stands: of `pre`.
    pub(super) fn push_verbatim(&mut self, text: &str, marks: &[Mark]) {
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.end_line();
            }
            let line: String = line
                .chars()
                .filter(|c| !c.is_control() || *c == '\t')
                .collect();
            self.letters(&line, marks);
        }
    }

    /// Whether the line in the making holds nothing yet.
    pub(super) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// What was gathered, without space and breaks at either end.
    pub(super) fn take(&mut self) -> Vec<Run> {
        self.after_break = false;
        let mut runs = std::mem::take(&mut self.runs);
        while let Some(last) = runs.last_mut() {
            last.text.truncate(last.text.trim_end().len());
            if !last.text.is_empty() {
                break;
            }
            runs.pop();
        }
        runs
    }

    fn end_line(&mut self) {
        self.trim_end_of_line();
        if let Some(run) = self.runs.last_mut() {
            run.text.push('\n');
        }
    }

    fn space(&mut self, marks: &[Mark]) {
        if self
            .runs
            .last()
            .is_some_and(|run| !run.text.ends_with([' ', '\n']))
        {
            self.letters(" ", marks);
        }
    }

    fn letters(&mut self, text: &str, marks: &[Mark]) {
        if text.is_empty() {
            return;
        }
        self.after_break = false;
        match self.runs.last_mut() {
            Some(run) if run.marks == marks => run.text.push_str(text),
            _ => self.runs.push(Run {
                text: text.to_owned(),
                marks: marks.to_vec(),
            }),
        }
    }

    fn trim_end_of_line(&mut self) {
        if let Some(run) = self.runs.last_mut() {
            let kept = run.text.trim_end_matches(' ').len();
            run.text.truncate(kept);
            if kept == 0 {
                self.runs.pop();
            }
        }
    }
}

/// Splits runs at empty lines: two line breaks in a row part two paragraphs.
pub(super) fn paragraphs(runs: Vec<Run>) -> Vec<Vec<Run>> {
    let mut paragraphs = vec![Vec::new()];
    for run in runs {
        let mut pieces = run.text.split("\n\n").peekable();
        while let Some(piece) = pieces.next() {
            let piece = piece.trim_matches('\n');
            if !piece.is_empty() {
                let run = Run {
                    text: piece.to_owned(),
                    marks: run.marks.clone(),
                };
                if let Some(last) = paragraphs.last_mut() {
                    last.push(run);
                }
            }
            if pieces.peek().is_some() {
                paragraphs.push(Vec::new());
            }
        }
    }
    paragraphs.retain(|runs| !runs.is_empty());
    paragraphs
}
