//! Runs of marked text while they are gathered.

use editorial::{Mark, Run};

use super::Lines;

/// The text of one paragraph, item or cell in the making.
#[derive(Default)]
pub(super) struct Gathered {
    runs: Vec<Run>,
}

impl Gathered {
    /// Adds text; spaces run together, and line ends are spaces or breaks.
    pub(super) fn push(&mut self, text: &str, marks: &[Mark], lines: Lines) {
        for c in text.chars() {
            match c {
                '\n' | '\r' if lines == Lines::Meaningful => {
                    if c == '\n' {
                        self.line_break();
                    }
                }
                // WordPress writes a non-breaking space wherever two spaces met.
                c if c == '\u{A0}' || (c.is_whitespace() && c != '\u{2003}') => self.space(marks),
                c => self.letter(c, marks),
            }
        }
    }

    /// Ends the line.
    pub(super) fn line_break(&mut self) {
        self.trim_end_of_line();
        if let Some(run) = self.runs.last_mut() {
            run.text.push('\n');
        }
    }

    /// Adds text as it stands: of `pre`.
    pub(super) fn push_verbatim(&mut self, text: &str, marks: &[Mark]) {
        for c in text.chars() {
            if c == '\n' {
                self.line_break()
            } else {
                self.letter(c, marks)
            }
        }
    }

    /// Whether the line in the making holds nothing yet.
    pub(super) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// What was gathered, without space and breaks at either end.
    pub(super) fn take(&mut self) -> Vec<Run> {
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

    fn space(&mut self, marks: &[Mark]) {
        if self
            .runs
            .last()
            .is_some_and(|run| !run.text.ends_with([' ', '\n']))
        {
            self.letter(' ', marks);
        }
    }

    fn letter(&mut self, c: char, marks: &[Mark]) {
        // NUL and the other controls have no place in a text.
        if c.is_control() && c != '\t' {
            return;
        }
        match self.runs.last_mut() {
            Some(run) if run.marks == marks => run.text.push(c),
            _ => self.runs.push(Run {
                text: c.to_string(),
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
