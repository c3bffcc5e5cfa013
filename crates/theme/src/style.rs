//! The critical style, inlined in every page, and its hash.

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

/// The style as it stands in `assets/style.css`, without comments and line
/// ends.
pub(crate) fn inline() -> String {
    let mut out = String::new();
    let mut rest = include_str!("../assets/style.css");
    while let Some((before, after)) = rest.split_once("/*") {
        push_lines(&mut out, before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    push_lines(&mut out, rest);
    out
}

fn push_lines(out: &mut String, css: &str) {
    for line in css.lines().map(str::trim).filter(|line| !line.is_empty()) {
        out.push_str(line);
    }
}

/// `sha256-…` of [`inline`], for `style-src`.
pub(crate) fn hash() -> String {
    format!(
        "sha256-{}",
        STANDARD.encode(Sha256::digest(inline().as_bytes()))
    )
}
