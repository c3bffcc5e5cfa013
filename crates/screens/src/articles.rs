//! What the screens show on which articles are made.

use serde::Serialize;

use crate::{
    comments::Moment,
    contexts::Screen,
    house::HouseFinding,
    workflow::{Assigned, Narrowed, Work},
};

/// Articles in a list.
#[derive(Clone, Debug, Serialize)]
pub struct Articles {
    /// The lists.
    pub lists: Vec<List>,
    /// How the list is narrowed; none: it cannot be.
    pub narrowed: Option<Narrowed>,
    /// The articles of the one that is shown.
    pub lines: Vec<Line>,
    /// The address of older ones, if there are any.
    pub older: Option<String>,
    /// The address of the newest, where these are not.
    pub newest: Option<String>,
}

/// A list that one may look at.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct List {
    /// The name of its message is `articles-…`; its address ends in it.
    pub name: &'static str,
    /// Whether it is shown now.
    pub here: bool,
}

/// An article in a list.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// Its number.
    pub id: i64,
    /// Its headline, or empty.
    pub headline: String,
    /// Its state: the name of its message is `article-…`.
    pub state: &'static str,
    /// How far the work on it is: the name of the message is `stage-…`; none: nobody writes on it.
    pub stage: Option<&'static str>,
    /// Whose it is to do.
    pub assigned: Option<Assigned>,
    /// Who saved it last.
    pub saved: Option<Saved>,
    /// When it was published.
    pub published: Option<Moment>,
    /// When it goes live by itself.
    pub due: Option<Moment>,
    /// Its public address, where it is shown.
    pub path: Option<String>,
    /// Whether who asks may edit it.
    pub open: bool,
}

/// Who saved a text, and when.
#[derive(Clone, Debug, Serialize)]
pub struct Saved {
    /// The name of a user, or of a message `actor-…`.
    pub by: String,
    /// Whether it is the name of a user.
    pub named: bool,
    /// When.
    pub at: Moment,
}

/// What somebody typed into the form of an article.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Typed {
    /// The kicker.
    pub kicker: String,
    /// The headline.
    pub headline: String,
    /// The standfirst.
    pub standfirst: String,
    /// The dateline.
    pub dateline: String,
    /// The agency.
    pub agency: String,
    /// The number of the section; empty: none.
    pub section: String,
    /// The names of the authors.
    pub authors: String,
    /// The names of the tags.
    pub tags: String,
    /// Whether names that are not there are to be made.
    pub make: bool,
    /// The code of the language.
    pub language: String,
    /// The words of the address.
    pub slug: String,
    /// `closed`, `by-age` or `open`.
    pub commenting: String,
    /// The text in its notation.
    pub body: String,
    /// How a published article is changed: `typo`, or the kind of the note.
    pub how: String,
    /// The words of the note.
    pub note: String,
    /// Why it is withdrawn.
    pub reason: String,
    /// When it is to go live, as a browser sends a day and a time.
    pub at: String,
    /// What is to be changed, or goes with another step.
    pub words: String,
    /// The words of the text that a remark is about.
    pub quote: String,
    /// A remark.
    pub remark: String,
    /// The number of the user whose it is to do.
    pub assignee: String,
    /// Until when, as a browser sends a day and a time.
    pub deadline: String,
}

/// A choice of a list.
#[derive(Clone, Debug, Serialize)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub name: String,
}

/// What is wrong with a field.
#[derive(Clone, Debug, Serialize)]
pub struct Fault {
    /// The field.
    pub field: &'static str,
    /// The name of its message is `fault-…`.
    pub message: &'static str,
    /// The line it is about, or how much there may be; 0 where neither is told.
    pub number: usize,
    /// Its words, or empty.
    pub value: String,
}

/// The letters of a field.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Count {
    /// The field.
    pub field: &'static str,
    /// How many there are.
    pub letters: usize,
    /// From how many on they are told as many.
    pub most: usize,
}

/// The lead picture.
#[derive(Clone, Debug, Serialize)]
pub struct Lead {
    /// Its number.
    pub id: i64,
    /// Where it is shown; none where this paper does not hold it.
    pub path: Option<String>,
    /// What it shows.
    pub alt: String,
    /// Whose it is, or empty.
    pub credit: String,
}

/// What somebody else saved in between.
#[derive(Clone, Debug, Serialize)]
pub struct Other {
    /// Who, and when.
    pub saved: Saved,
    /// The headline.
    pub headline: String,
    /// The text in its notation.
    pub body: String,
}

/// An article on its form.
#[derive(Clone, Debug, Serialize)]
pub struct EditArticle {
    /// Its number.
    pub id: i64,
    /// Its state: the name of its message is `article-…`.
    pub state: &'static str,
    /// Whether it is a standing page.
    pub page: bool,
    /// Its public address, where it is shown.
    pub path: Option<String>,
    /// The version of the working copy that the form was made from.
    pub seen: i64,
    /// The newest update of the document that the text in the form is from; 0: there is none.
    pub seen_text: i64,
    /// The address of the editor's script; none where this program was built without it.
    pub editor: Option<String>,
    /// What the form holds.
    pub typed: Typed,
    /// The direction of the article.
    pub dir: &'static str,
    /// The sections.
    pub sections: Vec<Choice>,
    /// The languages.
    pub languages: Vec<Choice>,
    /// The kinds of notes: the name of its message is `note-…`.
    pub notes: Vec<&'static str>,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
    /// The fields that are wrong.
    pub faulty: Vec<&'static str>,
    /// Whether there are names that could be made.
    pub unknown: bool,
    /// Who saved the working copy last; none where there is none.
    pub saved: Option<Saved>,
    /// Letters of the saved text, without blanks.
    pub letters: usize,
    /// Words of the saved text.
    pub words: usize,
    /// The lead picture.
    pub lead: Option<Lead>,
    /// What somebody else saved in between.
    pub other: Option<Other>,
    /// When it goes live by itself.
    pub due: Option<Moment>,
    /// The time zone in which that is written.
    pub zone: String,
    /// What the house style would write otherwise.
    pub house: Vec<HouseFinding>,
    /// The letters of short parts, and from how many on they are told as long.
    pub counts: Vec<Count>,
    /// What may be done with it: publish, schedule, unschedule, amend, note, withdraw, restore, discard.
    pub acts: Vec<&'static str>,
    /// The work on it; none for what has no working copy and no remarks yet.
    pub work: Work,
}

/// What was typed and cannot be saved now.
#[derive(Clone, Debug, Serialize)]
pub struct KeptText {
    /// The name of the message that says why.
    pub why: &'static str,
    /// Where it can be sent again; none: it cannot.
    pub again: Option<String>,
    /// Whether who sent it is signed out.
    pub signed_out: bool,
    /// Every field, with what it held.
    pub fields: Vec<(String, String)>,
    /// The headline.
    pub headline: String,
    /// The text.
    pub body: String,
}

/// An article as readers will see it.
#[derive(Clone, Debug, Serialize)]
pub struct Preview {
    /// Its number.
    pub id: i64,
    /// Its headline, or empty.
    pub headline: String,
    /// Whether it is shown on a wide window.
    pub wide: bool,
    /// What its page weighs compressed, in KB, written out.
    pub compressed: String,
    /// What it weighs, in KB, written out.
    pub whole: String,
    /// What the house style would write otherwise.
    pub house: Vec<HouseFinding>,
}

/// Asks whether what was written is to be thrown away.
#[derive(Clone, Debug, Serialize)]
pub struct DiscardText {
    /// The article's number.
    pub id: i64,
    /// The version of the working copy that was seen.
    pub seen: i64,
    /// The headline of what was written, or empty.
    pub headline: String,
    /// Who saved it last.
    pub saved: Saved,
    /// Whether the public sees an older text.
    pub published: bool,
}

/// The saved texts of an article.
#[derive(Clone, Debug, Serialize)]
pub struct Revisions {
    /// The article's number.
    pub id: i64,
    /// Its headline, or empty.
    pub headline: String,
    /// The version of the working copy that was seen.
    pub seen: i64,
    /// The texts, the newest first.
    pub lines: Vec<RevisionLine>,
    /// The one that is read.
    pub shown: Option<ShownRevision>,
    /// The text that the public saw last and the one written on it, where they are two.
    pub since: Option<(i64, i64)>,
    /// Where older ones begin, if there are any.
    pub older: Option<String>,
    /// Whether these are not the newest.
    pub newest: bool,
}

/// A saved text in a list.
#[derive(Clone, Debug, Serialize)]
pub struct RevisionLine {
    /// Its number.
    pub id: i64,
    /// Its headline, or empty.
    pub headline: String,
    /// Who saved it, and when.
    pub saved: Saved,
    /// Whether it is known who: it may have come another way.
    pub named: bool,
    /// Whether it was before the public.
    pub public: bool,
    /// Whether it is read now.
    pub here: bool,
    /// As which it is chosen to be compared: `one` or `other`; else empty.
    pub chosen: &'static str,
}

/// A saved text.
#[derive(Clone, Debug, Serialize)]
pub struct ShownRevision {
    /// Its number.
    pub id: i64,
    /// Its headline.
    pub headline: String,
    /// Its standfirst.
    pub standfirst: String,
    /// Its text in the notation.
    pub body: String,
    /// Its direction.
    pub dir: &'static str,
}

macro_rules! shown_by {
    ($($screen:ty => $template:literal;)*) => {$(
        impl Screen for $screen {
            const TEMPLATE: &'static str = $template;
        }
    )*};
}

shown_by! {
    Articles => "articles.html";
    EditArticle => "article.html";
    KeptText => "kept_text.html";
    Preview => "preview.html";
    DiscardText => "discard_text.html";
    Revisions => "revisions.html";
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::{Frame, Language, Screens, workflow::RemarkLine};

    const FAULTS: [&str; 20] = [
        "no-alternative-text",
        "rights-expired",
        "too-long",
        "too-many",
        "unknown",
        "name-too-long",
        "no-section",
        "bad-language",
        "text-too-long",
        "too-many-blocks",
        "broken-picture",
        "picture-in-text",
        "broken-row",
        "bad-address",
        "too-many-marks",
        "address-too-long",
        "no-how",
        "no-note",
        "no-headline",
        "article-no-section",
    ];

    /// The most that can be said of the work on an article.
    fn work() -> Work {
        let line = |id| RemarkLine {
            id,
            saved: saved(),
            quote: "<b>".to_owned(),
            text: "ل".repeat(2_000),
            settled: (id % 2 == 0).then(saved),
        };
        let (settled, remarks) = (0..300).map(line).partition(|one| one.settled.is_some());
        Work {
            stage: Some("in-review"),
            steps: vec!["submit", "take-back", "ask-for-changes", "approve"],
            assigned: Some(Assigned {
                name: "<ليلى>".to_owned(),
                deadline: Some(saved().at),
                late: true,
            }),
            writers: Vec::new(),
            desk: "<الاقتصاد>".to_owned(),
            remarks,
            settled,
        }
    }

    pub(crate) fn saved() -> Saved {
        Saved {
            by: "<ليلى>".to_owned(),
            named: true,
            at: Moment {
                iso: "2026-01-01T00:00:00Z".to_owned(),
                written: "2026-01-01 00:00".to_owned(),
            },
        }
    }

    pub(crate) fn rendered(screen: &impl Screen) -> [String; 2] {
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

    #[test]
    fn the_fullest_form_is_rendered_and_escaped_once() {
        let text = "</textarea><script>\n".repeat(20_000);
        let choice = |at: usize| Choice {
            value: at.to_string(),
            name: "قسم".to_owned(),
        };
        let fault = |message| Fault {
            field: "body",
            message,
            number: 5_000,
            value: "<x>".to_owned(),
        };
        let finding = |_| HouseFinding {
            field: "body",
            why: "hamza",
            number: 0,
            before: "<".to_owned(),
            words: "الى".to_owned(),
            after: ">".to_owned(),
            suggestion: Some("إلى".to_owned()),
        };
        for state in ["unpublished", "published", "withdrawn"] {
            let screen = EditArticle {
                id: 7,
                state,
                page: false,
                path: Some("/a/7".to_owned()),
                seen: 3,
                seen_text: 0,
                editor: None,
                typed: Typed {
                    headline: "\"><b>".to_owned(),
                    body: text.clone(),
                    ..Typed::default()
                },
                dir: "rtl",
                sections: (0..500).map(choice).collect(),
                languages: (0..12).map(choice).collect(),
                notes: editorial::correction::CorrectionKind::SHOWN
                    .map(editorial::correction::CorrectionKind::name)
                    .to_vec(),
                faults: FAULTS.into_iter().map(fault).collect(),
                faulty: vec!["body"],
                unknown: true,
                saved: Some(saved()),
                letters: 1_000,
                words: 200,
                lead: Some(Lead {
                    id: 9,
                    path: Some("/media/9/share.jpg".to_owned()),
                    alt: "صورة".to_owned(),
                    credit: "ورّاق".to_owned(),
                }),
                other: Some(Other {
                    saved: saved(),
                    headline: String::new(),
                    body: text.clone(),
                }),
                due: Some(saved().at),
                zone: "Asia/Damascus".to_owned(),
                counts: vec![Count {
                    field: "headline",
                    letters: 91,
                    most: 90,
                }],
                house: (0..editorial::house_style::FINDINGS_MAX)
                    .map(finding)
                    .collect(),
                acts: vec![
                    "publish",
                    "schedule",
                    "unschedule",
                    "amend",
                    "withdraw",
                    "restore",
                    "discard",
                ],
                work: work(),
            };
            for html in rendered(&screen) {
                assert_eq!(html.matches("</textarea>").count(), 7);
                assert!(!html.contains("<script>") && !html.contains("&amp;lt;"));
                assert_eq!(html.matches("aria-invalid=").count(), 1);
            }
        }
    }

    #[test]
    fn two_hundred_texts_stand_on_one_screen() {
        let line = |id| RevisionLine {
            id,
            headline: String::new(),
            saved: saved(),
            named: true,
            public: true,
            here: false,
            chosen: "other",
        };
        let screen = Revisions {
            id: 7,
            headline: String::new(),
            seen: 1,
            lines: (0..200).map(line).collect(),
            shown: None,
            since: Some((1, 2)),
            older: Some("1-2".to_owned()),
            newest: true,
        };
        for html in rendered(&screen) {
            assert_eq!(html.matches("&lt;ليلى&gt;").count(), 200);
        }
    }
}
