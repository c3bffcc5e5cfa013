//! What the moderators' screens show.

use serde::Serialize;

use crate::contexts::Screen;

/// The queue of readers' comments.
#[derive(Clone, Debug, Serialize)]
pub struct Comments {
    /// Which comments are shown, as the address says it.
    pub view: String,
    /// The filters.
    pub filters: Vec<Filter>,
    /// The article whose comments are shown alone.
    pub article: Option<ShownArticle>,
    /// The words that are searched, as they were typed.
    pub words: String,
    /// The comments, the newest first.
    pub items: Vec<Item>,
    /// The address of older ones, if there are any.
    pub older: Option<String>,
    /// The address of the newest, where these are not.
    pub newest: Option<String>,
    /// What was just done.
    pub did: Option<Did>,
    /// The position of the change log that this is from, or an earlier one.
    pub position: i64,
    /// The address of the script.
    pub script: String,
}

/// A choice of comments.
#[derive(Clone, Debug, Serialize)]
pub struct Filter {
    /// The name of its message is `comments-…`.
    pub name: &'static str,
    /// Its address.
    pub path: String,
    /// How many there are, written out; empty where they are not counted.
    pub count: String,
    /// Whether it is shown now.
    pub here: bool,
}

/// An article whose comments are shown alone.
#[derive(Clone, Debug, Serialize)]
pub struct ShownArticle {
    /// Its number.
    pub id: i64,
    /// Its headline.
    pub headline: String,
    /// Its public address.
    pub path: String,
    /// What it says of its comments: `closed`, `by-age` or `open`.
    pub commenting: &'static str,
}

/// What was just decided.
#[derive(Clone, Debug, Serialize)]
pub struct Did {
    /// What: the name of its message is `did-…`.
    pub what: &'static str,
    /// To how many comments.
    pub count: usize,
    /// How many were changed by somebody else meanwhile, and stand as they did.
    pub changed: u32,
    /// How many stood so already, or could not be brought there.
    pub left: u32,
    /// What takes it back; empty where nothing does.
    pub undo: String,
    /// What shows that it is ours.
    pub seal: String,
}

/// A comment.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    /// Its number.
    pub id: i64,
    /// Counts its changes.
    pub version: i64,
    /// Its state: the name of its message is `state-…`.
    pub state: &'static str,
    /// Its article's headline; empty where the article is gone.
    pub headline: String,
    /// Its article's public address.
    pub path: String,
    /// The address of all comments on that article.
    pub siblings: String,
    /// Its public address, where it is shown.
    pub place: Option<String>,
    /// The name of its writer.
    pub name: Vec<Piece>,
    /// Whether somebody of the newsroom wrote it.
    pub staff: bool,
    /// When it was written.
    pub at: Moment,
    /// When its writer last changed it.
    pub edited: Option<Moment>,
    /// Its text.
    pub text: Text,
    /// Why it was held.
    pub holds: Vec<Held>,
    /// What it answers, from the top.
    pub above: Vec<Around>,
    /// What answers it.
    pub below: Vec<Around>,
    /// Readers' reports that nobody looked at.
    pub reports: Vec<Told>,
    /// How many there are.
    pub report_count: u32,
    /// What is known of its writer; nothing where there is no address.
    pub writer: Option<Writer>,
    /// What may be decided: approve, reject, spam, withdraw, wait, block, unblock.
    pub acts: Vec<&'static str>,
}

/// A text with its direction.
#[derive(Clone, Debug, Serialize)]
pub struct Text {
    /// In order.
    pub pieces: Vec<Piece>,
    /// `rtl` or `ltr`, by most of its letters.
    pub dir: &'static str,
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// Its words.
    pub text: String,
    /// Whether a rule met it.
    pub mark: bool,
}

/// A reason why a comment was held.
#[derive(Clone, Debug, Serialize)]
pub struct Held {
    /// The rule: the name of its message is `hold-…`.
    pub rule: &'static str,
    /// The words it met; empty where the whole is meant.
    pub words: String,
    /// Whether they are in the name.
    pub in_name: bool,
}

/// A comment around the one that is decided on.
#[derive(Clone, Debug, Serialize)]
pub struct Around {
    /// The name of its writer.
    pub name: String,
    /// Its state: the name of its message is `state-…`.
    pub state: &'static str,
    /// Its text, or its beginning.
    pub text: String,
    /// Its direction.
    pub dir: &'static str,
}

/// A report.
#[derive(Clone, Debug, Serialize)]
pub struct Told {
    /// What the reader says, or nothing.
    pub reason: String,
    /// Its direction.
    pub dir: &'static str,
    /// When.
    pub at: Moment,
}

/// A moment.
#[derive(Clone, Debug, Serialize)]
pub struct Moment {
    /// For machines (RFC 3339).
    pub iso: String,
    /// Written out.
    pub written: String,
}

/// What is known of a writer: his comments by state.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Writer {
    /// Shown.
    pub approved: u32,
    /// Not shown.
    pub rejected: u32,
    /// Spam.
    pub spam: u32,
    /// Whether he is blocked.
    pub blocked: bool,
}

/// A comment on a screen of its own, where something is done with it.
#[derive(Clone, Debug, Serialize)]
pub struct OneComment {
    /// What is done: `reveal` or `answer`.
    pub act: &'static str,
    /// The comment.
    pub item: Item,
    /// The view to go back to, as the address says it.
    pub view: String,
    /// What was typed before.
    pub typed: String,
    /// The address of the comment's writer, told once.
    pub address: Option<String>,
}

/// Blocked writers.
#[derive(Clone, Debug, Serialize)]
pub struct BlockedWriters {
    /// The newest first.
    pub writers: Vec<BlockedWriter>,
    /// What was just done.
    pub did: Option<Did>,
}

/// A blocked writer.
#[derive(Clone, Debug, Serialize)]
pub struct BlockedWriter {
    /// The comment for which.
    pub comment: i64,
    /// The name on it.
    pub name: String,
    /// Its beginning.
    pub text: String,
    /// Its direction.
    pub dir: &'static str,
    /// When.
    pub at: Moment,
    /// By whom: the name of a user, or of a message `actor-…`.
    pub actor: String,
    /// Whether it is the name of a user.
    pub named: bool,
}

impl Screen for Comments {
    const TEMPLATE: &'static str = "comments.html";
}

impl Screen for OneComment {
    const TEMPLATE: &'static str = "comment.html";
}

impl Screen for BlockedWriters {
    const TEMPLATE: &'static str = "blocked.html";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Frame, Language, Screens};

    fn item(id: i64) -> Item {
        let at = Moment {
            iso: "2026-01-01T00:00:00Z".to_owned(),
            written: "2026-01-01 00:00".to_owned(),
        };
        let piece = |mark| Piece {
            text: "<كلمة>".to_owned(),
            mark,
        };
        let around = Around {
            name: "OPEC+".to_owned(),
            state: "waiting",
            text: "كلمة ".repeat(50),
            dir: "rtl",
        };
        let told = Told {
            reason: "سبب".to_owned(),
            dir: "rtl",
            at: at.clone(),
        };
        let held = Held {
            rule: "links",
            words: "example.org".to_owned(),
            in_name: true,
        };
        Item {
            id,
            version: 1,
            state: "approved",
            headline: "\"عنوان\"".to_owned(),
            path: "/a/1".to_owned(),
            siblings: "/newsroom/comments?article=1".to_owned(),
            place: Some("/comments/at/1".to_owned()),
            name: vec![piece(true)],
            staff: true,
            at: at.clone(),
            edited: Some(at),
            text: Text {
                pieces: (0..81).map(|at| piece(at % 2 == 1)).collect(),
                dir: "ltr",
            },
            holds: vec![held; 40],
            above: vec![around.clone(); 4],
            below: vec![around; 5],
            reports: vec![told; 20],
            report_count: 20,
            writer: Some(Writer {
                approved: 1,
                rejected: 2,
                spam: 3,
                blocked: true,
            }),
            acts: vec!["approve", "withdraw", "reject", "spam", "unblock"],
        }
    }

    #[test]
    fn the_fullest_screen_is_rendered_and_escaped_once() {
        let screens = Screens::new().expect("templates");
        let screen = Comments {
            view: "show=all".to_owned(),
            filters: Vec::new(),
            article: None,
            words: String::new(),
            items: (1..=50).map(item).collect(),
            older: None,
            newest: None,
            did: None,
            position: 1,
            script: String::new(),
        };
        for (lang, ..) in Language::ALL {
            let frame = Frame {
                lang,
                paper: "ورّاق".to_owned(),
                user: None,
                places: Vec::new(),
                form: String::new(),
                notice: None,
            };
            let html = screens.render(&frame, &screen).expect("within limits");
            assert_eq!(html.matches("<article ").count(), 50);
            assert_eq!(html.matches("<mark>&lt;كلمة&gt;</mark>").count(), 50 * 41);
            assert!(!html.contains("<كلمة>") && !html.contains("&amp;lt;"));
        }
    }
}
