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

/// Addresses read of one text at most.
const ADDRESSES_MAX: usize = 1_000;

/// The addresses below an uploads folder that a text names: in its links, its
/// pictures and their sizes, its shortcodes.
///
/// ```
/// # use importer::wordpress::uploads_named;
/// let text = r#"<a href="/wp-content/uploads/2017/a.pdf">x</a> [audio mp3=http://old.example/uploads/b.mp3]"#;
/// let named: Vec<_> = uploads_named(text).collect();
/// assert_eq!(named, ["/wp-content/uploads/2017/a.pdf", "http://old.example/uploads/b.mp3"]);
/// ```
pub fn uploads_named(text: &str) -> impl Iterator<Item = &str> {
    let is_end = |c: char| c.is_whitespace() || "\"'<>()[]{}|\\".contains(c);
    let mut from = 0;
    let next = move || {
        let at = from + text[from..].find("/uploads/")?;
        let begin = text[from..at].rfind(is_end).map_or(from, |before| {
            let before = from + before;
            before + text[before..].chars().next().map_or(0, char::len_utf8)
        });
        let end = text[at..].find(is_end).map_or(text.len(), |end| at + end);
        from = end;
        let address = text[begin..end].trim_end_matches([',', '.', ';']);
        // An attribute without quotes.
        let value = address
            .rsplit_once('=')
            .filter(|(name, _)| !name.contains('/'));
        Some(value.map_or(address, |(_, value)| value))
    };
    std::iter::from_fn(next).take(ADDRESSES_MAX)
}
