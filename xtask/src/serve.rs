//! `cargo xtask serve`: the sample newspaper in a browser, in one command.

use std::process::Command;

use anyhow::Context as _;

use crate::{built_program, root};

pub(crate) fn run(address: &str) -> anyhow::Result<bool> {
    let program = built_program()?;
    let data = root().join("target/sample-paper");
    if !data.join("warraq.db").exists() {
        let filled = Command::new(&program)
            .arg("demo")
            .arg("--data")
            .arg(&data)
            .status()?;
        anyhow::ensure!(filled.success(), "the sample newspaper cannot be printed");
    }
    let served = Command::new(&program)
        .args(["serve", "--listen", address, "--data"])
        .arg(&data)
        .status()
        .context("the program does not start")?;
    Ok(served.success())
}
