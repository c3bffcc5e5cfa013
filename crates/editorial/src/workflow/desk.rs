//! Desks: teams that own sections, such as «قسم الاقتصاد».

use std::collections::BTreeSet;

use super::WorkflowWrite;
use crate::{
    ChangeKey, Changes, Id, Timestamp, Write,
    audit::{Action, Actor, AuditEntry},
};

/// The longest name of a desk, in code points.
pub const DESK_NAME_LETTERS_MAX: usize = 60;
/// The most desks of a paper.
pub const DESKS_MAX: usize = 50;
/// The most members of a desk.
pub const DESK_MEMBERS_MAX: usize = 200;

/// A team and the sections that are its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    /// Its id.
    pub id: Id,
    /// Guard against lost updates: goes up by one with each write.
    pub version: i64,
    /// Its name.
    pub name: String,
    /// Its users. They write on all that is in its sections.
    pub members: BTreeSet<Id>,
    /// Its sections; each is at one desk at most.
    pub sections: BTreeSet<Id>,
}

/// Who works on an article beside whoever began it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Team {
    /// Whose it is to do.
    pub assigned: Option<Id>,
    /// The members of the desk that owns its section.
    pub members: BTreeSet<Id>,
}

impl Team {
    /// Whether that user is one of them.
    pub fn has(&self, user: Id) -> bool {
        self.assigned == Some(user) || self.members.contains(&user)
    }
}

/// Why a desk cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeskError {
    /// It has no name.
    #[error("the desk has no name: give it one")]
    NoName,
    /// Its name is too long.
    #[error("the name has {0} letters, more than {DESK_NAME_LETTERS_MAX}: shorten it")]
    NameTooLong(usize),
    /// Too many members.
    #[error("a desk has at most {DESK_MEMBERS_MAX} members")]
    TooManyMembers,
    /// Too many desks.
    #[error("a paper has at most {DESKS_MAX} desks: dissolve one first")]
    TooMany,
    /// Another desk owns that section.
    #[error("the section {section} is at the desk «{desk}»: take it from there first")]
    SectionTaken {
        /// The section.
        section: Id,
        /// The name of the desk that has it.
        desk: String,
    },
    /// Another desk has that name.
    #[error("another desk has that name")]
    NameTaken,
    /// There is no such desk.
    #[error("there is no such desk")]
    NoDesk,
}

impl Desk {
    /// Keeps the desk as it is now, beside the `others` of the paper. Its version is the one that
    /// was loaded; 0 for a new one.
    ///
    /// # Errors
    /// [`DeskError`].
    pub fn keep(
        mut self,
        others: &[Self],
        actor: Actor,
        now: Timestamp,
    ) -> Result<Changes, DeskError> {
        self.name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        let letters = self.name.chars().count();
        if letters == 0 {
            return Err(DeskError::NoName);
        }
        if letters > DESK_NAME_LETTERS_MAX {
            return Err(DeskError::NameTooLong(letters));
        }
        if self.members.len() > DESK_MEMBERS_MAX {
            return Err(DeskError::TooManyMembers);
        }
        if self.version == 0 && others.len() >= DESKS_MAX {
            return Err(DeskError::TooMany);
        }
        for other in others.iter().filter(|other| other.id != self.id) {
            if other.name == self.name {
                return Err(DeskError::NameTaken);
            }
            if let Some(section) = other.sections.intersection(&self.sections).next() {
                return Err(DeskError::SectionTaken {
                    section: *section,
                    desk: other.name.clone(),
                });
            }
        }
        let loaded = self.version;
        let action = if loaded == 0 {
            Action::DeskCreate
        } else {
            Action::DeskChange
        };
        self.version += 1;
        let entry = AuditEntry::new(self.id, action, actor, now);
        Ok(Changes::new()
            .key(ChangeKey::WORKFLOW)
            .audit(entry)
            .write(Write::Workflow(WorkflowWrite::Desk {
                desk: Box::new(self),
                loaded_version: (loaded > 0).then_some(loaded),
            })))
    }

    /// Dissolves it.
    pub fn dissolve(self, actor: Actor, now: Timestamp) -> Changes {
        let entry = AuditEntry::new(self.id, Action::DeskRemove, actor, now);
        Changes::new()
            .key(ChangeKey::WORKFLOW)
            .audit(entry)
            .write(Write::Workflow(WorkflowWrite::DeskRemoved {
                id: self.id,
                loaded_version: self.version,
            }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: i64) -> Id {
        Id::new(number).expect("in range")
    }

    fn desk(number: i64, name: &str, sections: &[i64]) -> Desk {
        Desk {
            id: id(number),
            version: 0,
            name: name.to_owned(),
            members: BTreeSet::new(),
            sections: sections.iter().copied().map(id).collect(),
        }
    }

    fn keep(desk: Desk, others: &[Desk]) -> Result<Changes, DeskError> {
        desk.keep(others, Actor::CommandLine, Timestamp(0))
    }

    #[test]
    fn a_section_is_at_one_desk() {
        let others = [desk(1, "الاقتصاد", &[10, 11]), desk(2, "الرياضة", &[])];
        let taken = keep(desk(3, "المال", &[9, 11]), &others);
        let (section, desk_name) = (id(11), "الاقتصاد".to_owned());
        let expect = DeskError::SectionTaken {
            section,
            desk: desk_name,
        };
        assert_eq!(taken.expect_err("taken"), expect);
        assert!(keep(desk(3, "المال", &[9]), &others).is_ok());
        // Its own sections are no other's.
        assert!(keep(desk(1, "الاقتصاد", &[10, 11]), &others).is_ok());
    }

    #[test]
    fn a_name_is_one_line_of_its_own() {
        let others = [desk(1, "الاقتصاد", &[])];
        assert_eq!(
            keep(desk(3, " الاقتصاد\n", &[]), &others).expect_err("taken"),
            DeskError::NameTaken
        );
        assert_eq!(
            keep(desk(3, " \n", &[]), &others).expect_err("none"),
            DeskError::NoName
        );
        let long = "ا".repeat(61);
        assert_eq!(
            keep(desk(3, &long, &[]), &others).expect_err("long"),
            DeskError::NameTooLong(61)
        );
    }
}
