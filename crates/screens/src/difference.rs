//! What the screen shows on which two texts of an article stand beside each other.

use serde::Serialize;

use crate::{articles::Saved, contexts::Screen};

/// Two texts.
#[derive(Clone, Debug, Serialize)]
pub struct Compared {
    /// The article's number.
    pub id: i64,
    /// Its headline, or empty.
    pub headline: String,
    /// The older text.
    pub older: Revised,
    /// The newer.
    pub newer: Revised,
    /// Whether nothing differs.
    pub is_none: bool,
    /// Whether so much differs that some of it is told by whole blocks.
    pub is_coarse: bool,
    /// The rows.
    pub stretches: Vec<Stretch>,
}

impl Screen for Compared {
    const TEMPLATE: &'static str = "difference.html";
}

/// A text that is compared.
#[derive(Clone, Debug, Serialize)]
pub struct Revised {
    /// Its number.
    pub id: i64,
    /// Who saved it, and when.
    pub saved: Saved,
    /// Whether it is known who.
    pub named: bool,
    /// Whether it was before the public.
    pub public: bool,
}

/// Rows that differ, or that do not.
#[derive(Clone, Debug, Serialize)]
pub struct Stretch {
    /// The rows.
    pub rows: Vec<ShownRow>,
    /// Whether they are folded away.
    pub is_folded: bool,
}

/// Two blocks beside each other, or one alone.
#[derive(Clone, Debug, Serialize)]
pub struct ShownRow {
    /// How it was.
    pub older: Option<ShownSide>,
    /// How it is.
    pub newer: Option<ShownSide>,
    /// Whether it stands elsewhere than before.
    pub is_moved: bool,
    /// Whether anything in it differs.
    pub differs: bool,
}

/// A block.
#[derive(Clone, Debug, Serialize)]
pub struct ShownSide {
    /// What it is: the name of its message is `kind-…`.
    pub kind: &'static str,
    /// Whether it is another kind, or in another language, than on the other side.
    pub is_other_kind: bool,
    /// Its language.
    pub lang: String,
    /// Its direction.
    pub dir: &'static str,
    /// Its lines.
    pub lines: Vec<ShownLine>,
}

/// A line of a block.
#[derive(Clone, Debug, Serialize)]
pub struct ShownLine {
    /// What it is: empty, or the name of its message is `line-…`.
    pub role: &'static str,
    /// How deep it stands, from 0 to 4.
    pub depth: u8,
    /// Whether there is no such line on the other side.
    pub differs: bool,
    /// Its text.
    pub pieces: Vec<ShownPiece>,
}

/// A stretch of text.
#[derive(Clone, Debug, Serialize)]
pub struct ShownPiece {
    /// The text.
    pub text: String,
    /// `kept`, `marked` or `own`.
    pub fate: &'static str,
    /// Whether it is important.
    pub strong: bool,
    /// Whether it is stressed.
    pub emphasis: bool,
    /// Where it leads, or empty.
    pub link: String,
    /// Its language, or empty.
    pub lang: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::articles::tests::{rendered, saved};

    fn revised() -> Revised {
        Revised {
            id: 7,
            saved: saved(),
            named: true,
            public: true,
        }
    }

    fn side(lines: Vec<ShownLine>) -> ShownSide {
        ShownSide {
            kind: "list",
            is_other_kind: true,
            lang: "ar".to_owned(),
            dir: "rtl",
            lines,
        }
    }

    fn line(pieces: usize) -> ShownLine {
        let piece = |at: usize| ShownPiece {
            text: "<كلمة> ".to_owned(),
            fate: ["own", "marked", "kept"][at % 3],
            strong: true,
            emphasis: false,
            link: "https://example.org/".to_owned(),
            lang: "en".to_owned(),
        };
        ShownLine {
            role: "item",
            depth: 1,
            differs: true,
            pieces: (0..pieces).map(piece).collect(),
        }
    }

    #[test]
    fn as_much_as_there_may_be_is_rendered_and_escaped() {
        let most = editorial::difference::PIECES_MAX;
        let blocks = 2 * editorial::body::BLOCKS_MAX;
        let pieces = ShownRow {
            older: Some(side(vec![line(most)])),
            newer: Some(side(Vec::new())),
            is_moved: true,
            differs: true,
        };
        // Beyond the limit a block is one piece without marks.
        let whole = || ShownSide {
            kind: "paragraph",
            is_other_kind: false,
            ..side(vec![ShownLine {
                role: "",
                pieces: vec![ShownPiece {
                    text: "<كلمة>".to_owned(),
                    fate: "own",
                    strong: false,
                    emphasis: false,
                    link: String::new(),
                    lang: String::new(),
                }],
                ..line(0)
            }])
        };
        let row = |_| ShownRow {
            older: None,
            newer: Some(whole()),
            is_moved: false,
            differs: true,
        };
        let stretch = |rows| Stretch {
            rows,
            is_folded: false,
        };
        let screen = Compared {
            id: 1,
            headline: "عنوان".to_owned(),
            older: revised(),
            newer: revised(),
            is_none: false,
            is_coarse: true,
            stretches: vec![
                stretch(vec![pieces]),
                stretch((0..blocks).map(row).collect()),
            ],
        };
        for html in rendered(&screen) {
            assert_eq!(html.matches("&lt;كلمة&gt;").count(), most + blocks);
        }
    }

    #[test]
    fn every_kind_and_line_has_its_words() {
        let kinds = [
            "headline",
            "standfirst",
            "paragraph",
            "heading-2",
            "heading-3",
            "heading-4",
            "list",
            "quotation",
            "picture",
            "gallery",
            "table",
            "embed",
            "separator",
        ];
        let roles = [
            "", "item", "numbered", "source", "picture", "alt", "caption", "credit", "head-row",
            "row", "cell", "address",
        ];
        let row = |kind| ShownRow {
            older: Some(ShownSide {
                kind,
                ..side(roles.map(|role| ShownLine { role, ..line(1) }).to_vec())
            }),
            newer: None,
            is_moved: false,
            differs: true,
        };
        let screen = Compared {
            id: 1,
            headline: String::new(),
            older: revised(),
            newer: revised(),
            is_none: true,
            is_coarse: false,
            stretches: vec![Stretch {
                rows: kinds.map(row).to_vec(),
                is_folded: true,
            }],
        };
        for html in rendered(&screen) {
            assert_eq!(html.matches("class=\"kind").count(), kinds.len());
        }
    }
}
