//! Assignments: an article that is somebody's to do, until a moment or without one.

use super::WorkflowWrite;
use crate::{
    ChangeKey, Changes, Id, Timestamp, Write,
    audit::{Action, Actor, AuditEntry},
};

/// How far ahead a deadline may lie.
pub const DEADLINE_AHEAD_MAX: i64 = 366 * Timestamp::DAY;

/// Whose an article is to do. Each has one at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The article.
    pub article: Id,
    /// The user who is to do it.
    pub user: Id,
    /// The user who says so.
    pub given_by: Option<Id>,
    /// When it was given.
    pub given_at: Timestamp,
    /// Until when, if that was said.
    pub deadline: Option<Timestamp>,
}

/// Why an article cannot be assigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AssignmentError {
    /// Nobody of that number writes here.
    #[error("this user does not write articles: choose somebody who does")]
    NoWriter,
    /// The deadline is not ahead.
    #[error("the deadline is past already: choose one ahead")]
    Past,
    /// The deadline is too far ahead.
    #[error("the deadline is more than a year ahead: choose a nearer one")]
    TooFar,
}

impl Assignment {
    /// Gives the article to its user.
    ///
    /// # Errors
    /// [`AssignmentError`] for a deadline that cannot be.
    pub fn give(self, actor: Actor) -> Result<Changes, AssignmentError> {
        if let Some(deadline) = self.deadline {
            if deadline <= self.given_at {
                return Err(AssignmentError::Past);
            }
            if deadline > self.given_at.plus(DEADLINE_AHEAD_MAX) {
                return Err(AssignmentError::TooFar);
            }
        }
        let entry = AuditEntry::new(self.article, Action::ArticleAssign, actor, self.given_at);
        Ok(Changes::new()
            .key(ChangeKey::WORKFLOW)
            .audit(entry)
            .write(Write::Workflow(WorkflowWrite::Assigned(self))))
    }

    /// Takes it from its user.
    pub fn take_back(self, actor: Actor, now: Timestamp) -> Changes {
        let entry = AuditEntry::new(self.article, Action::ArticleUnassign, actor, now);
        Changes::new()
            .key(ChangeKey::WORKFLOW)
            .audit(entry)
            .write(Write::Workflow(WorkflowWrite::Unassigned {
                article: self.article,
                user: self.user,
            }))
    }
}
