//! What the screens show of the work on articles: stages, remarks, desks, notifications, authors.

use serde::Serialize;

use crate::{
    articles::{Choice, Saved},
    comments::Moment,
    contexts::Screen,
};

/// The work on one article, beside its form.
#[derive(Clone, Debug, Serialize)]
pub struct Work {
    /// Its stage: the name of its message is `stage-…`; none: nobody writes on it.
    pub stage: Option<&'static str>,
    /// The steps that who asks may take: the name of the message is `step-…`.
    pub steps: Vec<&'static str>,
    /// Whose it is to do.
    pub assigned: Option<Assigned>,
    /// Whom it may be given to; none where who asks gives it to nobody.
    pub writers: Vec<Choice>,
    /// The desk that owns its section, or empty.
    pub desk: String,
    /// What was said beside it and is not settled.
    pub remarks: Vec<RemarkLine>,
    /// What is settled.
    pub settled: Vec<RemarkLine>,
}

/// Whose an article is to do.
#[derive(Clone, Debug, Serialize)]
pub struct Assigned {
    /// The user's name.
    pub name: String,
    /// Until when.
    pub deadline: Option<Moment>,
    /// Whether that is past.
    pub late: bool,
}

/// What somebody said beside a text.
#[derive(Clone, Debug, Serialize)]
pub struct RemarkLine {
    /// Its number.
    pub id: i64,
    /// Who said it, and when.
    pub saved: Saved,
    /// The words it is about, or empty.
    pub quote: String,
    /// What is said.
    pub text: String,
    /// Who settled it, and when.
    pub settled: Option<Saved>,
}

/// How the list of articles in work is narrowed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Narrowed {
    /// The stages; the name of each message is `stage-…`.
    pub stages: Vec<&'static str>,
    /// The stage chosen, or empty.
    pub stage: String,
    /// The desks.
    pub desks: Vec<Choice>,
    /// The desk chosen, or empty.
    pub desk: String,
    /// The users who write.
    pub users: Vec<Choice>,
    /// The user chosen, or empty.
    pub user: String,
}

/// What somebody is told.
#[derive(Clone, Debug, Serialize)]
pub struct Notifications {
    /// The newest first.
    pub lines: Vec<NotificationLine>,
    /// The number of the newest one that is not read.
    pub through: Option<i64>,
    /// The address of older ones.
    pub older: Option<String>,
}

/// One thing that somebody is told.
#[derive(Clone, Debug, Serialize)]
pub struct NotificationLine {
    /// What: the name of its message is `told-…`.
    pub kind: &'static str,
    /// Who caused it, and when.
    pub saved: Saved,
    /// The article's number.
    pub article: i64,
    /// Its headline; none where it is not open to who asks any more.
    pub headline: Option<String>,
    /// Whether it is not read yet.
    pub unread: bool,
}

/// The desks.
#[derive(Clone, Debug, Serialize)]
pub struct Desks {
    /// Each; the last is one that could be made.
    pub desks: Vec<DeskForm>,
    /// The desk that is wrong: its number, 0 for the new one, and the name of the message
    /// `desk-…`.
    pub fault: Option<DeskFault>,
}

/// What is wrong with a desk.
#[derive(Clone, Debug, Serialize)]
pub struct DeskFault {
    /// Its number.
    pub desk: i64,
    /// The name of the message.
    pub message: &'static str,
    /// A value that the message tells, or empty.
    pub value: String,
}

/// A desk on its form.
#[derive(Clone, Debug, Serialize)]
pub struct DeskForm {
    /// Its number; 0: a new one.
    pub id: i64,
    /// The version that was seen.
    pub seen: i64,
    /// Its name.
    pub name: String,
    /// The users, and whether each is a member.
    pub members: Vec<(Choice, bool)>,
    /// The sections, and whether each is its own.
    pub sections: Vec<(Choice, bool)>,
}

/// The authors.
#[derive(Clone, Debug, Serialize)]
pub struct Authors {
    /// What was looked for, or empty.
    pub query: String,
    /// Those found.
    pub lines: Vec<AuthorForm>,
    /// Whether there are more than are shown.
    pub more: bool,
    /// The users, for somebody who may know whose a name is.
    pub users: Vec<Choice>,
    /// Whether who asks may know.
    pub knows: bool,
    /// The author that is wrong, and the name of the message `author-…`.
    pub fault: Option<DeskFault>,
}

/// An author on its form.
#[derive(Clone, Debug, Serialize)]
pub struct AuthorForm {
    /// The number.
    pub id: i64,
    /// The public address.
    pub path: String,
    /// The name.
    pub name: String,
    /// The words about the author.
    pub bio: String,
    /// The number of the account behind the name, for somebody who may know it; or empty.
    pub user: String,
}

macro_rules! shown_by {
    ($($screen:ty => $template:literal;)*) => {$(
        impl Screen for $screen {
            const TEMPLATE: &'static str = $template;
        }
    )*};
}

shown_by! {
    Notifications => "notifications.html";
    Desks => "desks.html";
    Authors => "authors.html";
}
