//! Asking the process that writes the index for a new one: by a file in the
//! index's folder, which it sees within a moment, and a file in which it tells
//! how far it is. Both are put in their place whole.

use std::{
    io::{self, ErrorKind},
    path::Path,
};

use serde::{Deserialize, Serialize};

const REQUEST: &str = "reindex.request";
const REPORT: &str = "reindex.report";
/// Requests that one report answers.
const REQUESTS_MAX: usize = 16;

/// How far the new index is that was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The requests that this answers.
    pub requests: Vec<u64>,
    /// Articles that are done.
    pub done: u64,
    /// Articles there are.
    pub of: u64,
    /// Whether the new index is in its place.
    pub is_finished: bool,
    /// Raised with each report, so that one sees that the writer lives.
    pub beat: u64,
}

impl Report {
    /// Answers one more request with the index that is being made.
    pub fn answer(&mut self, request: u64) {
        self.requests.push(request);
        let too_many = self.requests.len().saturating_sub(REQUESTS_MAX);
        self.requests.drain(..too_many);
        self.is_finished = false;
    }
}

/// Asks for a new index; `number` is the asker's own.
///
/// # Errors
/// Where the disk refuses.
pub fn ask(folder: &Path, number: u64) -> io::Result<()> {
    put(folder, REQUEST, number.to_string().as_bytes())
}

/// The request that waits, taken away.
///
/// # Errors
/// Where the disk refuses.
pub fn take(folder: &Path) -> io::Result<Option<u64>> {
    let path = folder.join(REQUEST);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    std::fs::remove_file(path)?;
    // What is no number asks for an index too.
    Ok(Some(text.trim().parse().unwrap_or(0)))
}

/// Tells how far the index is.
///
/// # Errors
/// Where the disk refuses.
pub fn report(folder: &Path, report: &Report) -> io::Result<()> {
    put(folder, REPORT, &serde_json::to_vec(report)?)
}

/// What was told last, if it answers the request with this number.
///
/// # Errors
/// Where the disk refuses.
pub fn told(folder: &Path, number: u64) -> io::Result<Option<Report>> {
    let bytes = match std::fs::read(folder.join(REPORT)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let report: Option<Report> = serde_json::from_slice(&bytes).ok();
    Ok(report.filter(|report| report.requests.contains(&number)))
}

fn put(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let number = std::process::id();
    let next = folder.join(format!("{name}.{number}.next"));
    std::fs::write(&next, bytes)?;
    std::fs::rename(next, folder.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_taken_once_and_its_report_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        assert_eq!(take(folder).expect("read"), None);
        assert_eq!(told(folder, 7).expect("read"), None);
        ask(folder, 7).expect("asked");
        assert_eq!(take(folder).expect("read"), Some(7));
        assert_eq!(take(folder).expect("read"), None);
        let mut answer = Report::default();
        (1..=20).for_each(|number| answer.answer(number));
        report(folder, &answer).expect("told");
        assert_eq!(told(folder, 20).expect("read"), Some(answer));
        assert_eq!(told(folder, 1).expect("read"), None, "too long ago");
        std::fs::write(folder.join(REPORT), "half").expect("written");
        assert_eq!(told(folder, 20).expect("read"), None);
    }
}
