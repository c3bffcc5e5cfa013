//! What the words of a comment cost, beside a plain search for the same list.

use std::process::Command;

use anyhow::ensure;

use crate::{build, target};

pub(super) fn run() -> anyhow::Result<bool> {
    build(&[
        "--release",
        "--package",
        "testing",
        "--example",
        "words_bench",
    ])?;
    let status = Command::new(target().join("release/examples/words_bench")).status()?;
    ensure!(status.success(), "measuring the rules ended with {status}");
    Ok(true)
}
