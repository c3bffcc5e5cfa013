//! Who did what, when, to which thing. Entries hold ids, and no text but
//! the reasons that their actors give, and are chained by hash when the store writes them.

use crate::{Id, Timestamp};

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// The program itself: schedule, expiry, migration.
    System,
    /// Somebody at the machine's command line.
    CommandLine,
    /// The importer.
    Importer,
    /// A reader, of what is his own.
    Reader,
    /// A signed-in user.
    User(Id),
}

impl Actor {
    /// The user, where it is one.
    pub const fn user(self) -> Option<Id> {
        match self {
            Self::User(id) => Some(id),
            _ => None,
        }
    }

    /// The form in which it is kept: `system`, `cli`, `import`, `reader` or `user:ID`.
    pub fn label(self) -> String {
        match self {
            Self::System => "system".into(),
            Self::CommandLine => "cli".into(),
            Self::Importer => "import".into(),
            Self::Reader => "reader".into(),
            Self::User(id) => format!("user:{id}"),
        }
    }
}

/// What was done, as a dotted name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// A tag was made.
    TagCreate,
    /// Somebody was added to those who may be credited.
    AuthorCreate,
    /// Somebody began an article.
    ArticleCreate,
    /// A published article got another text, without a note.
    ArticleAmend,
    /// What was written on an article and not published was thrown away.
    ArticleDiscard,
    /// An article is to go live at a moment.
    ArticleSchedule,
    /// That was taken back.
    ArticleUnschedule,
    /// An article did not go live at its moment; the note says why.
    ArticleScheduleFail,
    /// An article went live.
    ArticlePublish,
    /// A correction was put on an article.
    ArticleCorrect,
    /// An article was taken off the site.
    ArticleWithdraw,
    /// A withdrawn article came back.
    ArticleRestore,
    /// An article came from an export.
    ArticleImport,
    /// Stories were put first on the front page, in an order.
    FrontSet,
    /// A front page is to be put up at a moment, or was changed before it.
    FrontSchedule,
    /// That was taken back.
    FrontUnschedule,
    /// A headline was pushed.
    TickerPush,
    /// A headline was changed.
    TickerChange,
    /// A headline was moved among the others.
    TickerOrder,
    /// A headline was removed.
    TickerRemove,
    /// The site's settings were changed.
    SettingsChange,
    /// An account was made.
    UserAdd,
    /// An account was disabled.
    UserDisable,
    /// A disabled account may be used again.
    UserEnable,
    /// An account's roles or name were changed.
    UserChange,
    /// A password was set; the subject is its user.
    PasswordChange,
    /// A new password was asked for at the door; the subject is the user, or
    /// something new where nobody has the address that was typed.
    PasswordAsk,
    /// A second factor was set up or taken away.
    SecondFactorChange,
    /// A link that works once was made; the subject is the link.
    LinkMake,
    /// The mail server took a letter; the subject is the user, or the link of an
    /// invitation.
    LetterSend,
    /// A letter was not sent; the subject likewise.
    LetterFail,
    /// Somebody signed in; the subject is the session.
    SessionBegin,
    /// A session was ended by its user or an administrator.
    SessionEnd,
    /// A try to sign in to an account failed.
    SignInFail,
    /// A comment is shown.
    CommentApprove,
    /// A comment is not shown.
    CommentReject,
    /// A comment is spam.
    CommentSpam,
    /// A comment was taken away after it was shown, or by its writer.
    CommentWithdraw,
    /// A decision on a comment was taken back.
    CommentWait,
    /// The writer of a comment was blocked.
    CommentBlock,
    /// The writer of a comment was let in again.
    CommentUnblock,
    /// Somebody read the address of a comment's writer; the note says why.
    CommentReveal,
    /// Comments under an article were opened or closed.
    CommentsSet,
    /// What is kept of a reader was handed out; the subject is the request, or
    /// his newest comment.
    CommentsExport,
    /// What was kept of a reader was erased; the subject likewise.
    CommentsErase,
    /// A text was handed to review.
    ArticleSubmit,
    /// That was taken back.
    ArticleTakeBack,
    /// The reviewer of a text asks for changes.
    ArticleAskForChanges,
    /// The reviewer of a text approves it.
    ArticleApprove,
    /// An article is somebody's to do.
    ArticleAssign,
    /// It is nobody's to do any more.
    ArticleUnassign,
    /// Somebody said something beside a text.
    ArticleRemark,
    /// A desk was made.
    DeskCreate,
    /// A desk got another name, other members or other sections.
    DeskChange,
    /// A desk was dissolved.
    DeskRemove,
    /// Whose a credited name is was set; the trail does not say whose.
    PenNameSet,
    /// What a credited person is called, or is said of, was changed.
    AuthorChange,
    /// A file came into the library.
    MediaKeep,
    /// What the library says of a file was changed.
    MediaDescribe,
    /// A batch of an import was written; the subject is its first row.
    ImportBatch,
}

impl Action {
    /// All of them.
    pub const ALL: [Self; 60] = [
        Self::ArticleSubmit,
        Self::ArticleTakeBack,
        Self::ArticleAskForChanges,
        Self::ArticleApprove,
        Self::ArticleAssign,
        Self::ArticleUnassign,
        Self::ArticleRemark,
        Self::DeskCreate,
        Self::DeskChange,
        Self::DeskRemove,
        Self::PenNameSet,
        Self::AuthorChange,
        Self::ArticleSchedule,
        Self::ArticleUnschedule,
        Self::ArticleScheduleFail,
        Self::TagCreate,
        Self::AuthorCreate,
        Self::ArticleCreate,
        Self::ArticleAmend,
        Self::ArticleDiscard,
        Self::ArticlePublish,
        Self::ArticleCorrect,
        Self::ArticleWithdraw,
        Self::ArticleRestore,
        Self::ArticleImport,
        Self::FrontSet,
        Self::FrontSchedule,
        Self::FrontUnschedule,
        Self::TickerPush,
        Self::TickerChange,
        Self::TickerOrder,
        Self::TickerRemove,
        Self::SettingsChange,
        Self::UserAdd,
        Self::UserDisable,
        Self::UserEnable,
        Self::UserChange,
        Self::PasswordChange,
        Self::PasswordAsk,
        Self::SecondFactorChange,
        Self::LinkMake,
        Self::LetterSend,
        Self::LetterFail,
        Self::SessionBegin,
        Self::SessionEnd,
        Self::SignInFail,
        Self::CommentApprove,
        Self::CommentReject,
        Self::CommentSpam,
        Self::CommentWithdraw,
        Self::CommentWait,
        Self::CommentBlock,
        Self::CommentUnblock,
        Self::CommentReveal,
        Self::CommentsSet,
        Self::CommentsExport,
        Self::CommentsErase,
        Self::MediaKeep,
        Self::MediaDescribe,
        Self::ImportBatch,
    ];

    /// The dotted name that is kept.
    pub const fn name(self) -> &'static str {
        match self {
            Self::TagCreate => "tag.create",
            Self::AuthorCreate => "author.create",
            Self::ArticleSchedule => "article.schedule",
            Self::ArticleUnschedule => "article.unschedule",
            Self::ArticleScheduleFail => "article.schedule-fail",
            Self::ArticleCreate => "article.create",
            Self::ArticleAmend => "article.amend",
            Self::ArticleDiscard => "article.discard",
            Self::ArticlePublish => "article.publish",
            Self::ArticleCorrect => "article.correct",
            Self::ArticleWithdraw => "article.withdraw",
            Self::ArticleRestore => "article.restore",
            Self::ArticleImport => "article.import",
            Self::FrontSet => "front.set",
            Self::FrontSchedule => "front.schedule",
            Self::FrontUnschedule => "front.unschedule",
            Self::TickerPush => "ticker.push",
            Self::TickerChange => "ticker.change",
            Self::TickerOrder => "ticker.order",
            Self::TickerRemove => "ticker.remove",
            Self::SettingsChange => "settings.change",
            Self::UserAdd => "user.add",
            Self::UserDisable => "user.disable",
            Self::UserEnable => "user.enable",
            Self::UserChange => "user.change",
            Self::PasswordChange => "user.password",
            Self::PasswordAsk => "user.password-ask",
            Self::SecondFactorChange => "user.second-factor",
            Self::LinkMake => "link.make",
            Self::LetterSend => "letter.send",
            Self::LetterFail => "letter.fail",
            Self::SessionBegin => "session.begin",
            Self::SessionEnd => "session.end",
            Self::SignInFail => "session.fail",
            Self::CommentApprove => "comment.approve",
            Self::CommentReject => "comment.reject",
            Self::CommentSpam => "comment.spam",
            Self::CommentWithdraw => "comment.withdraw",
            Self::CommentWait => "comment.wait",
            Self::CommentBlock => "comment.block",
            Self::CommentUnblock => "comment.unblock",
            Self::CommentReveal => "comment.reveal",
            Self::CommentsSet => "comments.set",
            Self::CommentsExport => "comments.export",
            Self::CommentsErase => "comments.erase",
            Self::ArticleSubmit => "article.submit",
            Self::ArticleTakeBack => "article.take-back",
            Self::ArticleAskForChanges => "article.ask-for-changes",
            Self::ArticleApprove => "article.approve",
            Self::ArticleAssign => "article.assign",
            Self::ArticleUnassign => "article.unassign",
            Self::ArticleRemark => "article.remark",
            Self::DeskCreate => "desk.create",
            Self::DeskChange => "desk.change",
            Self::DeskRemove => "desk.remove",
            Self::PenNameSet => "author.pen-name",
            Self::AuthorChange => "author.change",
            Self::MediaKeep => "media.keep",
            Self::MediaDescribe => "media.describe",
            Self::ImportBatch => "import.batch",
        }
    }
}

/// The longest note of an entry, in code points.
pub const NOTE_LETTERS_MAX: usize = 500;

/// One entry before it is chained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What.
    pub action: Action,
    /// To which thing.
    pub subject: Id,
    /// Why, where a reason is asked for: in the words of whoever acted.
    pub note: String,
}

impl AuditEntry {
    /// One without a reason.
    pub const fn new(subject: Id, action: Action, actor: Actor, at: Timestamp) -> Self {
        Self {
            at,
            actor,
            action,
            subject,
            note: String::new(),
        }
    }
}
