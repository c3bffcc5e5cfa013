//! What one of the staff is told in the newsroom. It holds no text: what it is about is shown to
//! him only while he may see it.

use crate::{Id, Timestamp};

/// The most notifications that are kept for a user: more, and the oldest go.
pub const NOTIFICATIONS_MAX: i64 = 300;

/// What somebody is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotificationKind {
    /// A colleague named him in a remark.
    Mentioned = 0,
    /// A colleague left a remark on what he writes.
    Remarked = 1,
    /// An article is his to do.
    Assigned = 2,
    /// A text waits for review at his desk.
    Submitted = 3,
    /// His text needs changes.
    ChangesAsked = 4,
    /// His text is approved.
    Approved = 5,
    /// His text went live.
    Published = 6,
}

impl NotificationKind {
    /// All of them; the place of each is its code.
    pub const ALL: [Self; 7] = [
        Self::Mentioned,
        Self::Remarked,
        Self::Assigned,
        Self::Submitted,
        Self::ChangesAsked,
        Self::Approved,
        Self::Published,
    ];

    /// The name in messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mentioned => "mentioned",
            Self::Remarked => "remarked",
            Self::Assigned => "assigned",
            Self::Submitted => "submitted",
            Self::ChangesAsked => "changes-asked",
            Self::Approved => "approved",
            Self::Published => "published",
        }
    }

    /// The kind kept as `code`.
    pub fn from_code(code: i64) -> Option<Self> {
        usize::try_from(code)
            .ok()
            .and_then(|place| Self::ALL.get(place).copied())
    }
}

/// That somebody is told of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notification {
    /// Its id.
    pub id: Id,
    /// Who is told.
    pub user: Id,
    /// What.
    pub kind: NotificationKind,
    /// Of which article.
    pub article: Id,
    /// Who caused it; none: the program, or somebody at the command line.
    pub caused_by: Option<Id>,
    /// When.
    pub at: Timestamp,
    /// When he read it.
    pub read_at: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lead_back() {
        for (place, kind) in NotificationKind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, place);
            assert_eq!(NotificationKind::from_code(place as i64), Some(kind));
        }
        assert_eq!(NotificationKind::from_code(7), None);
    }
}
