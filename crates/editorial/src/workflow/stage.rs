//! The stages of the work on a text, and the steps between them.

use serde::{Deserialize, Serialize};

use super::WorkflowWrite;
use crate::{
    ChangeKey, Changes, Timestamp, WorkingCopy, Write,
    accounts::{Permission, Roles},
    audit::{Action, Actor, AuditEntry},
};

/// How far the work on a working copy is. What the public sees of the article is its state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// It is being written.
    #[default]
    Draft = 0,
    /// Its writer thinks that it is done; somebody else is to read it.
    InReview = 1,
    /// Who read it asks for changes.
    NeedsChanges = 2,
    /// Who read it finds it good. A text that is changed after that is to be reviewed again.
    Approved = 3,
}

impl Stage {
    /// All stages, in the order of the work.
    pub const ALL: [Self; 4] = [
        Self::Draft,
        Self::InReview,
        Self::NeedsChanges,
        Self::Approved,
    ];

    /// The name in addresses, forms and messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in-review",
            Self::NeedsChanges => "needs-changes",
            Self::Approved => "approved",
        }
    }

    /// The stage of that [`Stage::name`].
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.name() == name)
    }

    /// The stage kept as `code`.
    pub fn from_code(code: i64) -> Option<Self> {
        usize::try_from(code)
            .ok()
            .and_then(|place| Self::ALL.get(place).copied())
    }

    /// The stage of a text that was saved once more: what was approved is another text.
    #[must_use]
    pub const fn after_save(self) -> Self {
        match self {
            Self::Approved => Self::InReview,
            same => same,
        }
    }
}

/// A step from one stage to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The writer hands it to review.
    Submit,
    /// The writer takes it back before it was reviewed.
    TakeBack,
    /// The reviewer asks for changes.
    AskForChanges,
    /// The reviewer approves it.
    Approve,
}

impl Step {
    /// All steps.
    pub const ALL: [Self; 4] = [
        Self::Submit,
        Self::TakeBack,
        Self::AskForChanges,
        Self::Approve,
    ];

    /// The name in addresses, forms and messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::TakeBack => "take-back",
            Self::AskForChanges => "ask-for-changes",
            Self::Approve => "approve",
        }
    }

    /// The step of that [`Step::name`].
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.name() == name)
    }

    /// Where the step leads from a stage; none where it cannot be taken there.
    pub const fn leads(self, from: Stage) -> Option<Stage> {
        match (self, from) {
            (Self::Submit, Stage::Draft | Stage::NeedsChanges) => Some(Stage::InReview),
            (Self::TakeBack, Stage::InReview) => Some(Stage::Draft),
            (Self::AskForChanges, Stage::InReview | Stage::Approved) => Some(Stage::NeedsChanges),
            (Self::Approve, Stage::InReview) => Some(Stage::Approved),
            _ => None,
        }
    }

    /// What somebody needs who takes it, beside that the text is open to him.
    pub const fn needs(self) -> Permission {
        match self {
            Self::Submit | Self::TakeBack => Permission::Write,
            Self::AskForChanges | Self::Approve => Permission::Publish,
        }
    }

    const fn action(self) -> Action {
        match self {
            Self::Submit => Action::ArticleSubmit,
            Self::TakeBack => Action::ArticleTakeBack,
            Self::AskForChanges => Action::ArticleAskForChanges,
            Self::Approve => Action::ArticleApprove,
        }
    }
}

/// Why a step cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StageError {
    /// Nothing is saved that could be looked at.
    #[error("nothing is written on the article yet: save a text first")]
    NothingWritten,
    /// The text is at another stage.
    #[error("the text is at another stage by now: look at it again")]
    OtherStage,
    /// Whoever began a text does not approve it.
    #[error("you began this text: somebody else has to approve it")]
    OwnText,
    /// The role does not allow it.
    #[error("your role does not allow this step")]
    NotAllowed,
    /// The paper publishes only what was approved.
    #[error("the paper publishes only what somebody approved: hand the text to review first")]
    NotApproved,
}

impl WorkingCopy {
    /// Whether somebody with these roles could take the step now.
    ///
    /// # Errors
    /// [`StageError`], which says why not.
    pub fn can_step(&self, step: Step, actor: Actor, roles: Roles) -> Result<Stage, StageError> {
        if self.version == 0 {
            return Err(StageError::NothingWritten);
        }
        if !roles.allow(step.needs()) {
            return Err(StageError::NotAllowed);
        }
        let to = step.leads(self.stage).ok_or(StageError::OtherStage)?;
        if step == Step::Approve && self.begun_by.is_some() && self.begun_by == actor.user() {
            return Err(StageError::OwnText);
        }
        Ok(to)
    }

    /// Takes a step. The text stays as it is, so that nobody who writes on it is disturbed.
    ///
    /// # Errors
    /// As [`WorkingCopy::can_step`].
    pub fn step(
        &self,
        step: Step,
        actor: Actor,
        roles: Roles,
        now: Timestamp,
    ) -> Result<Changes, StageError> {
        let to = self.can_step(step, actor, roles)?;
        let entry = AuditEntry::new(self.article, step.action(), actor, now);
        Ok(Changes::new()
            .key(ChangeKey::WORKFLOW)
            .audit(entry)
            .write(Write::Workflow(WorkflowWrite::Staged {
                article: self.article,
                version: self.version,
                from: self.stage,
                to,
            })))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_leads_where_the_work_goes() {
        let mut found = Vec::new();
        for step in Step::ALL {
            for from in Stage::ALL {
                if let Some(to) = step.leads(from) {
                    found.push(format!("{} {} {}", step.name(), from.name(), to.name()));
                }
            }
        }
        assert_eq!(
            found,
            [
                "submit draft in-review",
                "submit needs-changes in-review",
                "take-back in-review draft",
                "ask-for-changes in-review needs-changes",
                "ask-for-changes approved needs-changes",
                "approve in-review approved",
            ]
        );
    }

    #[test]
    fn names_and_codes_lead_back() {
        for (place, stage) in Stage::ALL.into_iter().enumerate() {
            assert_eq!(Stage::parse(stage.name()), Some(stage));
            assert_eq!(Stage::from_code(place as i64), Some(stage));
        }
        for step in Step::ALL {
            assert_eq!(Step::parse(step.name()), Some(step));
        }
        assert_eq!(Stage::from_code(-1), None);
        assert_eq!(Stage::from_code(4), None);
    }
}
