//! What a document may hold: the one definition, as data.
//!
//! The browser's editor is built from the same data, written out by [`json`] as
//! `editor/schema.json`; a test compares the two. The elements are those that
//! ProseMirror knows, bound as y-prosemirror binds them: an element for each
//! node, one text for the words of a node, a format for each mark. Every
//! attribute is a text; one that is not there is none.

use serde::Serialize;

/// The name of the document's root.
pub const ROOT: &str = "body";

/// The attribute that holds a block's number, in decimal digits.
pub(crate) const ID: &str = "id";
/// The attribute that holds a block's language, where it has one of its own.
pub(crate) const LANG: &str = "lang";
/// The value of an attribute that is only there or not.
pub(crate) const YES: &str = "true";

/// A kind of element.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Node {
    /// Its name in the document.
    pub name: &'static str,
    /// Whether it stands in the document itself, with a number and a language.
    pub block: bool,
    /// What it holds, as ProseMirror writes it; empty: nothing.
    pub content: &'static str,
    /// Whether marks may stand on its words.
    pub marks: bool,
    /// The attributes it has beside a block's own.
    pub attributes: &'static [&'static str],
}

/// A kind of mark, a format of the text.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct MarkKind {
    /// Its name in the document.
    pub name: &'static str,
    /// Its attribute, if it has one.
    pub attribute: Option<&'static str>,
}

/// Everything that a document may hold.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Schema {
    /// The name of the root.
    pub root: &'static str,
    /// The most levels of lists in lists.
    pub list_levels_max: usize,
    /// The kinds of elements; the first is what a new block is.
    pub nodes: &'static [Node],
    /// The kinds of marks, the outer one first.
    pub marks: &'static [MarkKind],
}

macro_rules! nodes {
    ($($(#[$doc:meta])* $constant:ident $name:literal $what:ident $content:literal $marks:ident [$($attribute:literal)*];)*) => {
        $($(#[$doc])* pub(crate) const $constant: &str = $name;)*
        const NODES: &[Node] = &[$(Node {
            name: $name,
            block: is_block!($what),
            content: $content,
            marks: has_marks!($marks),
            attributes: &[$($attribute),*],
        }),*];
    };
}

macro_rules! is_block {
    (block) => {
        true
    };
    (part) => {
        false
    };
}

macro_rules! has_marks {
    (marked) => {
        true
    };
    (plain) => {
        false
    };
}

nodes! {
    /// Running text. A line break is `\n` in it, as in every text.
    PARAGRAPH "paragraph" block "text*" marked [];
    /// A subheading; `level` is `2` to `4`.
    HEADING "heading" block "text*" marked ["level"];
    /// A list, of which one in an item has neither number nor language.
    LIST "list" block "item+" plain ["ordered"];
    /// An item of a list.
    ITEM "item" part "line list?" plain [];
    /// The words of an item, or a paragraph of a quotation.
    LINE "line" part "text*" marked [];
    /// A quotation.
    QUOTATION "quotation" block "line+ source?" plain [];
    /// Who said it.
    SOURCE "source" part "text*" plain [];
    /// A picture.
    IMAGE "image" block "" plain ["media" "url" "alt" "caption" "credit"];
    /// Several pictures, which have neither number nor language.
    GALLERY "gallery" block "image+" plain [];
    /// A table.
    TABLE "table" block "row+" plain ["header" "caption"];
    /// A row of it.
    ROW "row" part "cell+" plain [];
    /// A cell of it.
    CELL "cell" part "text*" marked [];
    /// Something on another site.
    EMBED "embed" block "" plain ["url" "title"];
    /// A break between parts.
    SEPARATOR "separator" block "" plain [];
}

/// A link.
pub(crate) const LINK: MarkKind = MarkKind {
    name: "link",
    attribute: Some("url"),
};
/// Words of another language.
pub(crate) const LANGUAGE: MarkKind = MarkKind {
    name: "language",
    attribute: Some("lang"),
};
/// Strong importance.
pub(crate) const STRONG: MarkKind = MarkKind {
    name: "strong",
    attribute: None,
};
/// Stress.
pub(crate) const EMPHASIS: MarkKind = MarkKind {
    name: "emphasis",
    attribute: None,
};

/// The definition.
pub const SCHEMA: Schema = Schema {
    root: ROOT,
    list_levels_max: editorial::notation::LIST_LEVELS_MAX,
    nodes: NODES,
    marks: &[LINK, LANGUAGE, STRONG, EMPHASIS],
};

/// The definition as the browser's editor reads it.
pub fn json() -> String {
    let mut json = serde_json::to_string_pretty(&SCHEMA)
        .expect("a tree of strings and numbers always has a JSON form");
    json.push('\n');
    json
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_browser_has_the_same_definition() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../editor/schema.json");
        let theirs = std::fs::read_to_string(path).expect("the file is there");
        let own = super::json();
        assert!(theirs == own, "{path} is to be:\n{own}");
    }
}
