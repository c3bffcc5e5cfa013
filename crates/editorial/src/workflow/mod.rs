//! How an article goes through the hands of its staff: the stages of the work, the desks that own
//! sections, who is to do what until when, what colleagues say to each other beside the text, and
//! what each of them is told. The public sees none of it.

mod assignment;
mod desk;
mod notification;
mod pen_name;
mod remark;
mod stage;

pub use assignment::{Assignment, AssignmentError, DEADLINE_AHEAD_MAX};
pub use desk::{DESK_MEMBERS_MAX, DESK_NAME_LETTERS_MAX, DESKS_MAX, Desk, DeskError, Team};
pub use notification::{NOTIFICATIONS_MAX, Notification, NotificationKind};
pub use pen_name::PenName;
pub use remark::{
    QUOTE_LETTERS_MAX, REMARK_LETTERS_MAX, REMARKS_MAX, Remark, RemarkError, mentioned,
};
pub use stage::{Stage, StageError, Step};

use crate::{Id, Timestamp};

/// Something about the work on articles, as the store writes it.
#[derive(Clone, Debug)]
pub enum WorkflowWrite {
    /// A working copy comes to another stage. The guard is the text that was looked at, by the
    /// version of the copy, and the stage it had.
    Staged {
        /// The article.
        article: Id,
        /// The version of its working copy, which stays.
        version: i64,
        /// The stage it had.
        from: Stage,
        /// The stage it comes to.
        to: Stage,
    },
    /// Somebody says something beside a text.
    Remark(Remark),
    /// A remark is settled: nothing is left to do about it. The guard: it is not yet.
    RemarkSettled {
        /// The remark.
        id: Id,
        /// The user who says so.
        by: Id,
        /// When.
        at: Timestamp,
    },
    /// An article is somebody's to do, in place of whoever had it.
    Assigned(Assignment),
    /// It is nobody's to do any more. The guard is whose it was.
    Unassigned {
        /// The article.
        article: Id,
        /// Whose it was.
        user: Id,
    },
    /// A desk, new or changed. The guard is the version that was loaded: none for a new one.
    Desk {
        /// As it shall be.
        desk: Box<Desk>,
        /// The version it was loaded at.
        loaded_version: Option<i64>,
    },
    /// A desk is dissolved; its sections are nobody's.
    DeskRemoved {
        /// The desk.
        id: Id,
        /// The version it was loaded at.
        loaded_version: i64,
    },
    /// Somebody is told something.
    Notified(Notification),
    /// A user has read what he was told.
    NotificationsRead {
        /// The user.
        user: Id,
        /// About this article alone, if given.
        article: Option<Id>,
        /// The newest that was seen.
        through: Id,
        /// When.
        at: Timestamp,
    },
    /// Whose an author's name is, or that it is nobody's of the staff.
    PenName(PenName),
}
