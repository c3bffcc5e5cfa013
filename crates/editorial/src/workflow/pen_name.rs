//! Pen names: the account behind a credited name. Who is not allowed to know it learns it nowhere,
//! not from the trail either.

use super::WorkflowWrite;
use crate::{
    Changes, Id, Timestamp, Write,
    audit::{Action, Actor, AuditEntry},
};

/// Whose a credited name is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PenName {
    /// The author, as readers know the name.
    pub author: Id,
    /// The account behind it; none: nobody's of the staff.
    pub user: Option<Id>,
}

impl PenName {
    /// Keeps it. The trail says that it was kept, not whose the name is.
    pub fn keep(self, actor: Actor, now: Timestamp) -> Changes {
        let entry = AuditEntry::new(self.author, Action::PenNameSet, actor, now);
        Changes::new()
            .audit(entry)
            .write(Write::Workflow(WorkflowWrite::PenName(self)))
    }
}

/// Never printed: not in a log either.
impl std::fmt::Debug for PenName {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "PenName({})", self.author)
    }
}
