//! A program that reads what somebody types.

use std::{
    io::Write as _,
    process::{Command, Output, Stdio},
};

/// Runs a command to its end, with a line on its standard input.
pub fn with_line(command: &mut Command, line: &str) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut input = child.stdin.take().expect("piped");
    // It may have ended before it reads.
    let _ = input.write_all(line.as_bytes());
    drop(input);
    child.wait_with_output().expect("it ends")
}
