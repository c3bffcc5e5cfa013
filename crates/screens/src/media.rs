//! What the screens of the library show.

use serde::Serialize;

use crate::{articles::Saved, contexts::Screen};

/// A picture or a file.
#[derive(Clone, Debug, Serialize)]
pub struct Shown {
    /// Its number.
    pub id: i64,
    /// Where a picture is shown.
    pub picture: Option<String>,
    /// Where another file can be had.
    pub file: Option<String>,
    /// What it is: the name of its message is `media-is-…`.
    pub kind: &'static str,
    /// The name of its file.
    pub name: String,
    /// What it shows.
    pub alt: String,
    /// Whose it is.
    pub credit: String,
    /// Pixels across, 0 if unknown.
    pub width: i64,
    /// Pixels down, 0 if unknown.
    pub height: i64,
    /// What it weighs, written out; empty if unknown.
    pub size: String,
    /// How it is put into a text.
    pub notation: String,
    /// Whether the paper may not show it any more.
    pub expired: bool,
}

/// A part of the library.
#[derive(Clone, Debug, Serialize)]
pub struct Filter {
    /// The name of its message is `media-show-…`.
    pub name: &'static str,
    /// Its address.
    pub path: String,
    /// Whether it is shown now.
    pub here: bool,
}

/// A file that was not kept.
#[derive(Clone, Debug, Serialize)]
pub struct Refused {
    /// Its name where it comes from.
    pub name: String,
    /// Why: the name of the message is `media-…`.
    pub message: &'static str,
    /// A number in it.
    pub number: i64,
}

/// The library.
#[derive(Clone, Debug, Serialize)]
pub struct Library {
    /// The address of the script.
    pub script: String,
    /// The article that a picture is chosen for.
    pub article: Option<i64>,
    /// The parts.
    pub filters: Vec<Filter>,
    /// The one that is shown.
    pub show: &'static str,
    /// What is looked for.
    pub words: String,
    /// What is found, the newest first.
    pub items: Vec<Shown>,
    /// The address of older ones.
    pub older: Option<String>,
    /// The address of the newest, where these are not.
    pub newest: Option<String>,
    /// Files that were not kept.
    pub refused: Vec<Refused>,
}

/// What is typed about one.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Described {
    /// What it shows.
    pub alt: String,
    /// Words below it.
    pub caption: String,
    /// Whose it is.
    pub credit: String,
    /// On what terms it may be shown.
    pub rights: String,
    /// The last day on which it may, as a browser sends a day.
    pub expires: String,
    /// The point that stays in view, in hundredths from the left.
    pub focal_x: String,
    /// The same from the top.
    pub focal_y: String,
}

/// What is wrong with a field.
#[derive(Clone, Debug, Serialize)]
pub struct MediaFault {
    /// The field.
    pub field: &'static str,
    /// The name of its message.
    pub message: &'static str,
    /// A number in it.
    pub number: usize,
}

/// An article that it leads.
#[derive(Clone, Debug, Serialize)]
pub struct Use {
    /// The article's number.
    pub id: i64,
    /// Its headline, or empty.
    pub headline: String,
    /// Its public address, where it is shown.
    pub path: Option<String>,
}

/// One picture or file.
#[derive(Clone, Debug, Serialize)]
pub struct ShowMedia {
    /// The address of the script.
    pub script: String,
    /// It.
    pub media: Shown,
    /// The article that a picture is chosen for.
    pub article: Option<i64>,
    /// The version that the form was made from.
    pub seen: i64,
    /// How high the picture is on which the point is chosen, in pixels of the style.
    pub point_height: i64,
    /// Who uploaded it, and when.
    pub uploaded: Option<Saved>,
    /// What the form holds.
    pub typed: Described,
    /// What is wrong with it.
    pub faults: Vec<MediaFault>,
    /// The fields that are wrong.
    pub faulty: Vec<&'static str>,
    /// The articles that it leads.
    pub uses: Vec<Use>,
}

impl Screen for Library {
    const TEMPLATE: &'static str = "library.html";
}

impl Screen for ShowMedia {
    const TEMPLATE: &'static str = "media.html";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Frame, Language, Screens, comments::Moment};

    fn rendered(screen: &impl Screen) -> [String; 2] {
        let screens = Screens::new().expect("templates");
        Language::ALL.map(|(lang, ..)| {
            let frame = Frame {
                lang,
                paper: "ورّاق".to_owned(),
                user: None,
                places: Vec::new(),
                form: String::new(),
                notice: None,
            };
            screens.render(&frame, screen).expect("within limits")
        })
    }

    fn shown(kind: &'static str) -> Shown {
        Shown {
            id: 9,
            picture: (kind == "picture").then(|| "/media/9/360.jpg".to_owned()),
            file: (kind != "picture").then(|| "/file/9/x".to_owned()),
            kind,
            name: "\"><script>".to_owned(),
            alt: "'<b>".to_owned(),
            credit: "<i>".to_owned(),
            width: 3,
            height: 2,
            size: "1 KB".to_owned(),
            notation: "![\"](media:9)".to_owned(),
            expired: true,
        }
    }

    const KINDS: [&str; 5] = ["picture", "sound", "film", "document", "other"];

    #[test]
    fn every_kind_and_every_refusal_has_its_words() {
        let messages = [
            "too-large",
            "too-many-pixels",
            "too-costly",
            "damaged",
            "empty",
            "svg",
            "markup",
            "other-picture",
            "old-picture",
            "other-film",
            "unknown",
            "too-many",
            "busy",
            "disk",
            "upload-gone",
        ];
        let filters = ["all", "expired"].into_iter().chain(KINDS);
        let screen = Library {
            script: "/s.js".to_owned(),
            article: Some(7),
            filters: filters
                .map(|name| Filter {
                    name,
                    path: "/newsroom/media?show=all&q=<".to_owned(),
                    here: name == "all",
                })
                .collect(),
            show: "all",
            words: "\"><script>".to_owned(),
            items: KINDS.map(shown).to_vec(),
            older: Some("/newsroom/media?before=9".to_owned()),
            newest: Some("/newsroom/media".to_owned()),
            refused: messages
                .map(|message| Refused {
                    name: "<script>".to_owned(),
                    message,
                    number: 32,
                })
                .to_vec(),
        };
        for html in rendered(&screen) {
            assert!(!html.contains("<script>") && !html.contains("<b>"));
            assert_eq!(html.matches("<img ").count(), 1);
        }
    }

    #[test]
    fn what_was_typed_about_one_stands_in_its_form() {
        for kind in KINDS {
            let fault = |field, message| MediaFault {
                field,
                message,
                number: 100,
            };
            let screen = ShowMedia {
                script: "/s.js".to_owned(),
                media: shown(kind),
                article: Some(7),
                seen: 3,
                point_height: 187,
                uploaded: Some(Saved {
                    by: "<ليلى>".to_owned(),
                    named: true,
                    at: Moment {
                        iso: "2026-01-01T00:00:00Z".to_owned(),
                        written: "2026-01-01 00:00".to_owned(),
                    },
                }),
                typed: Described {
                    alt: "</textarea><script>".to_owned(),
                    caption: "</textarea>".to_owned(),
                    ..Described::default()
                },
                faults: vec![
                    fault("caption", "media-too-long"),
                    fault("expires", "media-bad-day"),
                    fault("focal_x", "media-bad-point"),
                ],
                faulty: vec!["caption", "expires", "focal_x"],
                uses: vec![Use {
                    id: 5,
                    headline: "<u>".to_owned(),
                    path: Some("/a/5".to_owned()),
                }],
            };
            for html in rendered(&screen) {
                assert!(!html.contains("<script>") && !html.contains("<u>"));
                let fields = if kind == "picture" { 3 } else { 2 };
                assert_eq!(html.matches("</textarea>").count(), fields, "{kind}");
                let faulty = if kind == "picture" { 3 } else { 2 };
                assert_eq!(html.matches("aria-invalid=").count(), faulty, "{kind}");
            }
        }
    }
}
