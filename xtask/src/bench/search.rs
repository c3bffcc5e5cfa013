//! Search: how fast articles are indexed, questions and beginnings answered
//! while a writer publishes, and the same beside SQLite's and PostgreSQL's own.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::ensure;

use super::load::Folder;
use crate::{build, postgres::Cluster, target};

/// Articles of the comparison.
const BESIDE: &str = "50000";

/// Measures over `articles`, then beside the databases. An index in the folder
/// that `WARRAQ_BENCH_DATA` names is used, and kept; else one is made.
pub(super) fn run(articles: u32) -> anyhow::Result<bool> {
    build(&[
        "--release",
        "--package",
        "testing",
        "--example",
        "search_bench",
    ])?;
    let program = target().join("release/examples/search_bench");
    let folder = Folder::new("bench-search")?;
    let given = std::env::var_os("WARRAQ_BENCH_DATA").map(PathBuf::from);
    let index = given.clone().unwrap_or_else(|| folder.0.join("index"));
    let articles = articles.to_string();
    if given.is_none_or(|given| !given.join("current").exists()) {
        measure(&program, &["index"], &index, &[&articles])?;
    }
    measure(&program, &["ask"], &index, &[&articles])?;
    println!();
    let cluster = Cluster::start()?;
    let beside = folder.0.join("beside");
    std::fs::create_dir_all(&beside)?;
    measure(&program, &["beside"], &beside, &[BESIDE, &cluster.url])?;
    Ok(true)
}

fn measure(program: &Path, what: &[&str], folder: &Path, more: &[&str]) -> anyhow::Result<()> {
    let status = Command::new(program)
        .args(what)
        .arg(folder)
        .args(more)
        .status()?;
    ensure!(status.success(), "measuring search ended with {status}");
    Ok(())
}
