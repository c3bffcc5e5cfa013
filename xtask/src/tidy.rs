//! `cargo xtask tidy`: what no compiler checks.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context as _;

use crate::{root, tools};

/// Lines a source file may have.
const LINES_MAX: usize = 800;

/// The layer of each crate; a crate uses lower layers only, and crates of one
/// layer do not use each other.
const LAYERS: &[(&str, u8)] = &[
    ("arabic", 0),
    ("splice", 0),
    ("attribution", 1),
    ("editorial", 2),
    ("store", 3),
    ("media", 3),
    ("theme", 3),
    ("syndication", 3),
    ("importer", 3),
    ("credentials", 3),
    ("mail", 3),
    ("screens", 3),
    ("certificates", 3),
    ("search", 3),
    ("manuscript", 3),
    ("actions", 4),
    ("web", 5),
    ("warraq", 6),
    ("testing", 9),
    ("proofs", 9),
    ("recorder", 9),
    ("xtask", 9),
];

/// Prints what is wrong; true where nothing is.
pub(crate) fn run() -> anyhow::Result<bool> {
    let mut wrong = layers()?;
    let mut files = Vec::new();
    for folder in ["crates", "xtask", "proofs", "benches"] {
        rust_files(&root().join(folder), &mut files)?;
    }
    for path in &files {
        let text = std::fs::read_to_string(path)?;
        let name = path.strip_prefix(root()).unwrap_or(path).display();
        if !text.starts_with("//! ") {
            wrong.push(format!("{name}: opens without saying what it is (//! …)"));
        }
        let lines = text.lines().count();
        if lines > LINES_MAX {
            wrong.push(format!(
                "{name}: {lines} lines, more than {LINES_MAX}: split it"
            ));
        }
    }
    wrong.iter().for_each(|sentence| println!("{sentence}"));
    Ok(wrong.is_empty())
}

fn layers() -> anyhow::Result<Vec<String>> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args([
            "metadata",
            "--format-version",
            "1",
            "--no-deps",
            "--offline",
        ])
        .current_dir(root());
    let metadata: serde_json::Value = serde_json::from_str(&tools::quietly(&mut cargo)?)?;
    let layers: BTreeMap<&str, u8> = LAYERS.iter().copied().collect();
    let mut wrong = Vec::new();
    for package in metadata["packages"]
        .as_array()
        .context("cargo metadata lists no packages")?
    {
        let name = package["name"].as_str().unwrap_or("");
        let Some(layer) = layers.get(name) else {
            wrong.push(format!(
                "crate {name} has no layer: give it one in xtask/src/tidy.rs"
            ));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let used = dependency["name"].as_str().unwrap_or("");
            let of_tests = dependency["kind"].as_str() == Some("dev");
            if !of_tests
                && layers
                    .get(used)
                    .is_some_and(|used_layer| used_layer >= layer)
            {
                wrong.push(format!(
                    "crate {name} uses {used}, which is not in a lower layer"
                ));
            }
        }
    }
    Ok(wrong)
}

fn rust_files(folder: &Path, out: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            rust_files(&path, out)?;
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            out.push(path);
        }
    }
    Ok(())
}
