//! Files beside the pages: three scripts, without which every page works, and the
//! icon that is looked for at a fixed address.

use sha2::{Digest, Sha256};

use crate::icon::ICON;

/// A file of the theme.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its name in the address; the script's holds the hash of its bytes.
    pub name: String,
    /// Its bytes.
    pub bytes: &'static [u8],
    /// Its media type.
    pub content_type: &'static str,
    /// Its ETag.
    pub etag: String,
}

/// The script of every page.
pub(crate) fn script() -> Asset {
    script_of("site", include_bytes!("../assets/site.js"))
}

/// The script that suggests while words are typed.
pub(crate) fn search_script() -> Asset {
    script_of("search", include_bytes!("../assets/search.js"))
}

/// The script of a form for comments.
pub(crate) fn comment_script() -> Asset {
    script_of("comment", include_bytes!("../assets/comment.js"))
}

fn script_of(name: &str, bytes: &'static [u8]) -> Asset {
    let hash = hash(bytes);
    Asset {
        name: format!("{name}-{hash}.js"),
        bytes,
        content_type: "text/javascript; charset=utf-8",
        etag: format!("\"{hash}\""),
    }
}

pub(crate) fn icon() -> Asset {
    Asset {
        name: "favicon.ico".to_owned(),
        bytes: &ICON,
        content_type: "image/x-icon",
        etag: format!("\"{}\"", hash(&ICON)),
    }
}

/// Enough of the hash of `bytes` to tell two of them apart.
fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
