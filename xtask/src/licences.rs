//! `cargo xtask licences`: the licence of every linked crate against the list
//! in deny.toml, and the crates that are banned there.

use std::{collections::HashSet, process::Command};

use anyhow::Context as _;

use crate::{root, tools};

/// Prints what is wrong; true where nothing is.
pub(crate) fn run() -> anyhow::Result<bool> {
    let list =
        std::fs::read_to_string(root().join("deny.toml")).context("deny.toml cannot be read")?;
    let allowed = quoted(&list, "allow = [");
    let banned = quoted(&list, "deny = [");
    anyhow::ensure!(
        !allowed.is_empty() && !banned.is_empty(),
        "deny.toml lists nothing"
    );
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args([
        "metadata",
        "--format-version",
        "1",
        "--locked",
        "--filter-platform",
        "x86_64-unknown-linux-gnu",
    ]);
    let metadata: serde_json::Value =
        serde_json::from_str(&tools::quietly(cargo.current_dir(root()))?)?;
    let nodes = metadata["resolve"]["nodes"]
        .as_array()
        .context("cargo metadata resolves nothing")?;
    let linked: HashSet<&str> = nodes
        .iter()
        .filter_map(|node| node["id"].as_str())
        .collect();
    let mut wrong = Vec::new();
    let mut looked_at = 0;
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let id = package["id"].as_str().unwrap_or("");
        if package["source"].is_null() || !linked.contains(id) {
            continue;
        }
        looked_at += 1;
        let name = package["name"].as_str().unwrap_or("");
        let licence = package["license"].as_str().unwrap_or("none stated");
        if !may_link(licence, &allowed) {
            wrong.push(format!("{name}: {licence} is not on the list in deny.toml"));
        }
        if banned.contains(name) {
            wrong.push(format!("{name} is banned in deny.toml"));
        }
        let source = package["source"].as_str().unwrap_or("");
        if !source.starts_with("registry+https://github.com/rust-lang/crates.io-index")
            && !source.starts_with("sparse+")
        {
            wrong.push(format!("{name} does not come from the registry"));
        }
    }
    wrong.iter().for_each(|sentence| println!("{sentence}"));
    println!("{looked_at} crates; advisories were not checked: their database is not at hand");
    Ok(wrong.is_empty() && looked_at > 0)
}

/// Whether one way to read the expression is allowed whole.
fn may_link(expression: &str, allowed: &HashSet<String>) -> bool {
    let parts = expression.replace(" / ", " OR ").replace('/', " OR ");
    // Parentheses are only ever used as `(A OR B) AND C`: every part joined by
    // AND must have an alternative that is allowed.
    parts.split(" AND ").all(|part| {
        part.trim_matches(['(', ')'])
            .split(" OR ")
            .any(|one| allowed.contains(one.trim()))
    })
}

/// The quoted words of a list in deny.toml, names alone.
fn quoted(text: &str, opening: &str) -> HashSet<String> {
    let list = text
        .split(opening)
        .nth(1)
        .and_then(|rest| rest.split(']').next())
        .unwrap_or("");
    list.split('"')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_needs_one_allowed_reading() {
        let allowed: HashSet<String> = ["MIT", "Unicode-3.0"].map(str::to_owned).into();
        for expression in [
            "MIT",
            "GPL-3.0 OR MIT",
            "Apache-2.0/MIT",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
        ] {
            assert!(may_link(expression, &allowed), "{expression}");
        }
        for expression in [
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "(GPL-2.0 OR AGPL-3.0) AND MIT",
            "none stated",
        ] {
            assert!(!may_link(expression, &allowed), "{expression}");
        }
    }
}
