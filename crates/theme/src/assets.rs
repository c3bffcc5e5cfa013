//! Files that pages ask for: one script, without which every page works.

use sha2::{Digest, Sha256};

/// A file of the theme.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its name in the address; it holds the hash of its bytes.
    pub name: String,
    /// Its bytes.
    pub bytes: &'static [u8],
    /// Its media type.
    pub content_type: &'static str,
    /// Its ETag.
    pub etag: String,
}

pub(crate) fn script() -> Asset {
    let bytes = include_bytes!("../assets/site.js");
    let hash: String = Sha256::digest(bytes)
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Asset {
        name: format!("site-{hash}.js"),
        bytes,
        content_type: "text/javascript; charset=utf-8",
        etag: format!("\"{hash}\""),
    }
}
