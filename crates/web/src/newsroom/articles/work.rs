//! The work on an article: its stage, whose it is to do, and what colleagues say beside it.
//!
//! As with the other buttons of the form, what was typed is saved first.

use std::collections::HashMap;

use actions::{
    ActionError, assign_article, leave_remark, move_stage, settle_remark, unassign_article,
};
use editorial::{
    Id, Timestamp,
    accounts::{Permission, User, UserState},
    audit::Actor,
    workflow::{
        AssignmentError, QUOTE_LETTERS_MAX, REMARK_LETTERS_MAX, REMARKS_MAX, Remark, RemarkError,
        Step,
    },
};
use hyper::StatusCode;
use screens::{
    articles::{Choice, Fault, Typed},
    contexts::Notice,
    workflow::{self, Assigned, RemarkLine},
};
use store::StoreError;

use super::{Opened, acts::stage_refused, content::fault, edit::Again, form_of};
use crate::newsroom::{Asked, Failure, reply::Reply};

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Work {
    Stage,
    Remark,
    Settle,
    Assign,
}

/// The name of the sentence on what was done, by the word in the address.
pub(super) fn did(word: &str) -> Option<&'static str> {
    Some(match word {
        "submit" => "article-did-submit",
        "take-back" => "article-did-take-back",
        "ask-for-changes" => "article-did-ask-for-changes",
        "approve" => "article-did-approve",
        "remark" => "article-did-remark",
        "settle" => "article-did-settle",
        "assign" => "article-did-assign",
        "unassign" => "article-did-unassign",
        _ => return None,
    })
}

impl Asked<'_> {
    pub(super) async fn work_on(&self, opened: Opened<'_>, work: Work) -> Result<Reply, Failure> {
        let (opened, seen) = if self.holds_text() {
            match self.save_typed(opened).await? {
                Ok(opened) => {
                    let seen = opened.copy.version;
                    (opened, seen)
                }
                Err(reply) => return Ok(reply),
            }
        } else {
            (opened, self.form.one("seen").parse().unwrap_or(0))
        };
        let done = match work {
            Work::Stage => self.take_step(&opened, seen).await,
            Work::Remark => self.remark(&opened).await,
            Work::Settle => self.settle(&opened).await,
            Work::Assign => self.assign(&opened).await,
        };
        match done {
            Ok(word) => Ok(Reply::see(&form_of(opened.article.id, word))),
            Err(error) => {
                let (status, notice, faults) = refusal(&error, work).ok_or(error)?;
                let again = Again::refused(notice.map(Notice::refused), faults).with(status);
                self.edit_again(&opened, again).await
            }
        }
    }

    async fn take_step(&self, opened: &Opened<'_>, seen: i64) -> Result<&'static str, ActionError> {
        let Some(step) = Step::parse(self.form.one("step")) else {
            return Err(editorial::workflow::StageError::OtherStage.into());
        };
        let (store, id) = (&self.site.store, opened.article.id);
        let words = self.form.one("words");
        move_stage(store, id, seen, step, words, &opened.visitor.user, self.now).await?;
        Ok(step.name())
    }

    async fn remark(&self, opened: &Opened<'_>) -> Result<&'static str, ActionError> {
        let (store, id) = (&self.site.store, opened.article.id);
        let (quote, text) = (self.form.one("quote"), self.form.one("remark"));
        leave_remark(store, id, quote, text, &opened.visitor.user, self.now).await?;
        Ok("remark")
    }

    async fn settle(&self, opened: &Opened<'_>) -> Result<&'static str, ActionError> {
        let remark = Id::parse(self.form.one("settle")).ok_or(RemarkError::NoRemark)?;
        let (store, user) = (&self.site.store, opened.visitor.user.id);
        settle_remark(store, opened.article.id, remark, user, self.now).await?;
        Ok("settle")
    }

    async fn assign(&self, opened: &Opened<'_>) -> Result<&'static str, ActionError> {
        let (store, id) = (&self.site.store, opened.article.id);
        let by = opened.visitor.user.id;
        let assignee = self.form.one("assignee");
        if assignee.is_empty() {
            unassign_article(store, id, by, self.now).await?;
            return Ok("unassign");
        }
        let user = Id::parse(assignee).ok_or(AssignmentError::NoWriter)?;
        let deadline = match self.form.one("deadline") {
            "" => None,
            typed => {
                let zone = self.zone.iana_name().unwrap_or("UTC");
                let at = Timestamp::parse_local(typed, zone);
                // What is no moment is not ahead either.
                Some(at.ok_or(AssignmentError::Past)?)
            }
        };
        assign_article(store, id, user, deadline, by, self.now).await?;
        Ok("assign")
    }

    /// Puts whose the article is to do into the form.
    pub(super) async fn type_assignment(
        &self,
        opened: &Opened<'_>,
        typed: &mut Typed,
    ) -> Result<(), StoreError> {
        let Some(given) = self.site.store.assignment(opened.article.id).await? else {
            return Ok(());
        };
        typed.assignee = given.user.to_string();
        typed.deadline = given
            .deadline
            .map_or_else(String::new, |at| self.written(at, "%Y-%m-%dT%H:%M"));
        Ok(())
    }

    /// The work on the article, as its form shows it.
    pub(super) async fn work(
        &self,
        opened: &Opened<'_>,
        names: &HashMap<String, String>,
    ) -> Result<workflow::Work, Failure> {
        let (store, id) = (&self.site.store, opened.article.id);
        let copy = &opened.copy;
        let visitor = opened.visitor;
        let roles = visitor.user.roles;
        let can = |step: &Step| copy.can_step(*step, opened.actor(), roles).is_ok();
        let assigned = store.assignment(id).await?;
        let writers = if roles.allow(Permission::Publish) {
            writers(&store.users().await?)
        } else {
            Vec::new()
        };
        let section = copy.content.section;
        let desks = store.desks().await?;
        let desk = desks
            .into_iter()
            .find(|desk| section.is_some_and(|section| desk.sections.contains(&section)));
        let remarks = store.remarks(id, REMARKS_MAX).await?;
        let (settled, open): (Vec<_>, Vec<_>) = remarks
            .into_iter()
            .map(|remark| self.remark_line(remark, names))
            .partition(|line| line.settled.is_some());
        Ok(workflow::Work {
            stage: (copy.version > 0).then(|| copy.stage.name()),
            steps: Step::ALL.into_iter().filter(can).map(Step::name).collect(),
            assigned: assigned.map(|given| self.assigned(given.user, given.deadline, names)),
            writers,
            desk: desk.map_or_else(String::new, |desk| desk.name),
            remarks: open,
            settled,
        })
    }

    fn remark_line(&self, remark: Remark, names: &HashMap<String, String>) -> RemarkLine {
        RemarkLine {
            id: remark.id.get(),
            saved: self.saved(remark.written_by, remark.at, names),
            quote: remark.quote,
            text: remark.text,
            settled: remark
                .settled
                .map(|(by, at)| self.saved(Some(by), at, names)),
        }
    }

    /// Whose something is to do, and until when.
    pub(super) fn assigned(
        &self,
        user: Id,
        deadline: Option<Timestamp>,
        names: &HashMap<String, String>,
    ) -> Assigned {
        let name = names.get(&Actor::User(user).label()).cloned();
        Assigned {
            name: name.unwrap_or_else(|| user.to_string()),
            deadline: deadline.map(|at| self.moment(at)),
            late: deadline.is_some_and(|at| at < self.now),
        }
    }
}

/// Those of the staff who write.
pub(super) fn writers(users: &[User]) -> Vec<Choice> {
    let writes =
        |user: &&User| user.state == UserState::Active && user.roles.allow(Permission::Write);
    let choice = |user: &User| Choice {
        value: user.id.to_string(),
        name: user.name.clone(),
    };
    users.iter().filter(writes).map(choice).collect()
}

type Refusal = (StatusCode, Option<&'static str>, Vec<Fault>);

/// What is told of something that was refused by a rule; `None` where the fault is ours.
fn refusal(error: &ActionError, work: Work) -> Option<Refusal> {
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let notice = |status, message| Some((status, Some(message), Vec::new()));
    let at = |fault| Some((unprocessable, None, vec![fault]));
    let words = if work == Work::Stage {
        "words"
    } else {
        "remark"
    };
    match error {
        ActionError::Stage(rule) => notice(StatusCode::CONFLICT, stage_refused(*rule)),
        ActionError::SavedByAnother(_) | ActionError::Store(StoreError::Conflict) => {
            notice(StatusCode::CONFLICT, "changed-meanwhile")
        }
        ActionError::Remark(rule) => match rule {
            RemarkError::Empty if work == Work::Stage => at(fault(words, "no-words", 0)),
            RemarkError::Empty => at(fault(words, "no-remark", 0)),
            RemarkError::TooLong(_) => at(fault(words, "too-long", REMARK_LETTERS_MAX)),
            RemarkError::QuoteTooLong(_) => at(fault("quote", "too-long", QUOTE_LETTERS_MAX)),
            RemarkError::TooMany => notice(unprocessable, "remarks-full"),
            RemarkError::NoRemark => notice(StatusCode::CONFLICT, "remark-gone"),
        },
        ActionError::Assignment(rule) => at(match rule {
            AssignmentError::NoWriter => fault("assignee", "no-writer", 0),
            AssignmentError::Past => fault("deadline", "deadline-past", 0),
            AssignmentError::TooFar => fault("deadline", "deadline-far", 0),
        }),
        _ => None,
    }
}
