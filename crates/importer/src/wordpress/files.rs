//! The names of the files that WordPress made of an upload, out of what it keeps
//! of them (`_wp_attachment_metadata`, in PHP's own serialised form).

/// Names read of one upload at most.
const NAMES_MAX: usize = 64;

/// The names under `file` and `original_image`, without folders.
///
/// ```
/// # use importer::wordpress::files_named;
/// let kept = r#"a:2:{s:4:"file";s:15:"2017/09/map.jpg";s:5:"sizes";a:1:{s:4:"file";s:8:"m-jp.png";}}"#;
/// assert_eq!(files_named(kept).collect::<Vec<_>>(), ["map.jpg", "m-jp.png"]);
/// ```
pub fn files_named(serialised: &str) -> impl Iterator<Item = &str> {
    const KEYS: [&str; 2] = ["\"file\";s:", "\"original_image\";s:"];
    let mut rest = serialised;
    let next = move || {
        let (at, length) = KEYS
            .iter()
            .filter_map(|key| Some((rest.find(key)?, key.len())))
            .min()?;
        rest = &rest[at + length..];
        let (_, value) = rest.split_once(":\"")?;
        let (name, after) = value.split_once("\";")?;
        rest = after;
        Some(name.rsplit('/').next().unwrap_or(name))
    };
    std::iter::from_fn(next)
        .take(NAMES_MAX)
        .filter(|name| !name.is_empty())
}
