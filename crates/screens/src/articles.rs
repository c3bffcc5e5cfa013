//! What the screens show on which articles are made.

use serde::Serialize;

use crate::{comments::Moment, contexts::Screen};

/// Articles in a list.
#[derive(Clone, Debug, Serialize)]
pub struct Articles {
    /// The lists.
    pub lists: Vec<List>,
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
    /// Who saved it last.
    pub saved: Option<Saved>,
    /// When it was published.
    pub published: Option<Moment>,
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

/// The lead picture.
#[derive(Clone, Debug, Serialize)]
pub struct Lead {
    /// Its number.
    pub id: i64,
    /// Where it is shown; none where this paper does not hold it.
    pub path: Option<String>,
    /// What it shows.
    pub alt: String,
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
    /// What may be done with it: publish, amend, note, withdraw, restore, discard.
    pub acts: Vec<&'static str>,
}

/// What was typed and cannot be saved now.
#[derive(Clone, Debug, Serialize)]
pub struct KeptText {
    /// The name of the message that says why.
    pub why: &'static str,
    /// Where it can be sent again; none: it cannot.
    pub again: Option<String>,
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
