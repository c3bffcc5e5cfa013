//! What a moderator, or the writer himself, decides on a comment.

use super::{
    Comment, CommentState, CommentWrite, Hold, HoldRule, OWN_FOR,
    draft::{DraftFault, read_text},
};
use crate::{
    ChangeKey, Changes, Timestamp, Write,
    audit::{Action, Actor, AuditEntry},
};

/// What is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is shown.
    Approve,
    /// It is not.
    Reject,
    /// It is spam.
    Spam,
    /// It is taken away after it was shown.
    Withdraw,
    /// It waits again: the decision before is taken back.
    Wait,
}

impl Decision {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Approve,
        Self::Reject,
        Self::Spam,
        Self::Withdraw,
        Self::Wait,
    ];

    /// The name on the command line and in forms.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Reject => "reject",
            Self::Spam => "spam",
            Self::Withdraw => "withdraw",
            Self::Wait => "wait",
        }
    }

    /// The decision of that [`Decision::name`].
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|decision| decision.name() == name)
    }

    /// Where it brings a comment.
    pub const fn state(self) -> CommentState {
        match self {
            Self::Approve => CommentState::Approved,
            Self::Reject => CommentState::Rejected,
            Self::Spam => CommentState::Spam,
            Self::Withdraw => CommentState::Withdrawn,
            Self::Wait => CommentState::Waiting,
        }
    }

    /// What brings a comment to that state.
    pub const fn to(state: CommentState) -> Self {
        match state {
            CommentState::Approved => Self::Approve,
            CommentState::Rejected => Self::Reject,
            CommentState::Spam => Self::Spam,
            CommentState::Withdrawn => Self::Withdraw,
            CommentState::Waiting => Self::Wait,
        }
    }

    const fn action(self) -> Action {
        match self {
            Self::Approve => Action::CommentApprove,
            Self::Reject => Action::CommentReject,
            Self::Spam => Action::CommentSpam,
            Self::Withdraw => Action::CommentWithdraw,
            Self::Wait => Action::CommentWait,
        }
    }
}

/// Why a decision is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecisionError {
    /// It stands so already, and nobody reported it.
    #[error("the comment is {} already: nothing is left to do", .0.name())]
    AlreadySo(CommentState),
    /// Only what is shown can be taken away.
    #[error("the comment is not shown: reject it, or mark it as spam")]
    NotShown,
    /// Its writer took it back.
    #[error("its writer took the comment back: it is not shown again")]
    TakenBack,
    /// Its writer's time for changes is over, or a moderator was first.
    #[error("the comment can no longer be changed: write another, or ask the newsroom")]
    TooLate,
    /// The changed text cannot be taken.
    #[error(transparent)]
    Draft(#[from] DraftFault),
}

impl Comment {
    /// The changes of a moderator's decision. Reports on it are settled with it.
    ///
    /// # Errors
    /// [`DecisionError`].
    pub fn decide(
        self,
        decision: Decision,
        actor: Actor,
        now: Timestamp,
    ) -> Result<Changes, DecisionError> {
        let state = decision.state();
        let has_reports = self.received.reports > 0;
        if state == self.state && !has_reports {
            return Err(DecisionError::AlreadySo(state));
        }
        let is_taken_back = |hold: &Hold| hold.rule == HoldRule::TakenBack;
        if self.state == CommentState::Withdrawn && self.received.holds.iter().any(is_taken_back) {
            return Err(DecisionError::TakenBack);
        }
        if decision == Decision::Withdraw && self.state != CommentState::Approved {
            return Err(DecisionError::NotShown);
        }
        let settled = Write::Comment(CommentWrite::ReportsSettled(self.id));
        let changes = self.brought_to(decision, actor, now);
        Ok(if has_reports {
            changes.write(settled)
        } else {
            changes
        })
    }

    /// The changes of a decision that is taken back: the comment stands again as
    /// it stood, and as many readers' reports wait.
    ///
    /// # Errors
    /// [`DecisionError::AlreadySo`].
    pub fn put_back(
        self,
        state: CommentState,
        reports: u32,
        actor: Actor,
        now: Timestamp,
    ) -> Result<Changes, DecisionError> {
        let lacks_reports = reports > self.received.reports;
        if state == self.state && !lacks_reports {
            return Err(DecisionError::AlreadySo(state));
        }
        let id = self.id;
        let changes = self.brought_to(Decision::to(state), actor, now);
        Ok(if lacks_reports {
            changes.write(Write::Comment(CommentWrite::ReportsBack { id, reports }))
        } else {
            changes
        })
    }

    fn brought_to(mut self, decision: Decision, actor: Actor, now: Timestamp) -> Changes {
        let entry = AuditEntry {
            at: now,
            actor,
            action: decision.action(),
            subject: self.id,
            note: String::new(),
        };
        let was_shown = self.state == CommentState::Approved;
        self.state = decision.state();
        self.changed(was_shown).audit(entry)
    }

    /// Whether its writer may still change it or take it back.
    pub fn is_open_to_its_writer(&self, now: Timestamp) -> bool {
        let is_young = (0..OWN_FOR).contains(&(now.0 - self.written_at.0));
        let is_undecided = matches!(self.state, CommentState::Waiting | CommentState::Approved);
        is_young && is_undecided && self.received.writer.is_some()
    }

    /// The changes of a text that its writer mends. `tried` is what the rules say
    /// of the new text; what was shown already waits again.
    ///
    /// # Errors
    /// [`DecisionError`].
    pub fn edit(
        mut self,
        typed: &str,
        tried: impl FnOnce(&str) -> super::trial::Trial,
        now: Timestamp,
    ) -> Result<Changes, DecisionError> {
        if !self.is_open_to_its_writer(now) {
            return Err(DecisionError::TooLate);
        }
        let text = read_text(typed)?;
        if text == self.text {
            return Err(DecisionError::AlreadySo(self.state));
        }
        let was_shown = self.state == CommentState::Approved;
        let trial = tried(&text);
        self.state = trial.state;
        self.received.holds = trial.holds;
        self.received.likeness = trial.likeness;
        if was_shown && self.state == CommentState::Waiting {
            self.received.holds.push(Hold::whole(HoldRule::Edited));
        }
        self.received.edited_at = Some(now);
        self.text = text;
        Ok(self.changed(was_shown))
    }

    /// The changes of a comment that its writer takes back.
    ///
    /// # Errors
    /// [`DecisionError::TooLate`].
    pub fn take_back(mut self, now: Timestamp) -> Result<Changes, DecisionError> {
        if !self.is_open_to_its_writer(now) {
            return Err(DecisionError::TooLate);
        }
        let entry = AuditEntry {
            at: now,
            actor: Actor::Reader,
            action: Action::CommentWithdraw,
            subject: self.id,
            note: String::new(),
        };
        let was_shown = self.state == CommentState::Approved;
        self.state = CommentState::Withdrawn;
        self.received.holds.push(Hold::whole(HoldRule::TakenBack));
        Ok(self.changed(was_shown).audit(entry))
    }

    /// Written as it is now, with the keys of what shows it.
    fn changed(mut self, was_shown: bool) -> Changes {
        let loaded_version = self.received.version;
        self.received.version += 1;
        let shows = was_shown || self.state == CommentState::Approved;
        let shown_by = shows.then_some(ChangeKey::comments(self.article));
        let mut changes = Changes::new().key(ChangeKey::MODERATION);
        changes.keys.extend(shown_by);
        changes.write(Write::Comment(CommentWrite::Changed {
            comment: Box::new(self),
            loaded_version,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Id,
        accounts::TokenHash,
        comment::{Received, trial::Trial},
    };

    fn comment(state: CommentState) -> Comment {
        let id = |number| Id::new(number).expect("in range");
        Comment {
            id: id(5),
            article: id(2),
            reply_to: None,
            name: "ليلى".into(),
            email: None,
            text: "نعم".into(),
            written_at: Timestamp(0),
            state,
            received: Received {
                writer: Some(TokenHash([1; 32])),
                ..Received::default()
            },
        }
    }

    fn written(changes: &Changes) -> (CommentState, i64, i64) {
        match &changes.writes[0] {
            Write::Comment(CommentWrite::Changed {
                comment,
                loaded_version,
            }) => (comment.state, comment.received.version, *loaded_version),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_decision_shows_or_hides_and_is_kept_in_the_trail() {
        let (waiting, shown) = (CommentState::Waiting, CommentState::Approved);
        let decide =
            |state, decision| comment(state).decide(decision, Actor::CommandLine, Timestamp(9));
        let article = ChangeKey::comments(Id::new(2).expect("in range"));
        let approved = decide(waiting, Decision::Approve).expect("decided");
        assert_eq!(written(&approved), (shown, 2, 1));
        assert!(approved.keys.contains(&article) && approved.keys.contains(&ChangeKey::MODERATION));
        assert_eq!(approved.audit[0].action, Action::CommentApprove);
        // What was never shown changes no page.
        let spam = decide(waiting, Decision::Spam).expect("decided");
        assert!(!spam.keys.contains(&article));
        let away = decide(shown, Decision::Withdraw).expect("decided");
        assert!(away.keys.contains(&article));
        let again = decide(shown, Decision::Approve);
        assert_eq!(again.err(), Some(DecisionError::AlreadySo(shown)));
        let hidden = decide(waiting, Decision::Withdraw);
        assert_eq!(hidden.err(), Some(DecisionError::NotShown));
        let mut reported = comment(shown);
        reported.received.reports = 2;
        let kept = reported.decide(Decision::Approve, Actor::CommandLine, Timestamp(9));
        assert_eq!(kept.expect("decided").writes.len(), 2);
        for decision in Decision::ALL {
            assert_eq!(Decision::parse(decision.name()), Some(decision));
            assert_eq!(Decision::to(decision.state()), decision);
        }
    }

    #[test]
    fn what_is_taken_back_stands_as_before() {
        let (withdrawn, spam) = (CommentState::Withdrawn, CommentState::Spam);
        let back = comment(spam).put_back(withdrawn, 0, Actor::CommandLine, Timestamp(9));
        let back = back.expect("put back");
        assert_eq!(written(&back), (withdrawn, 2, 1));
        assert_eq!(back.audit[0].action, Action::CommentWithdraw);
        let same = comment(spam).put_back(spam, 0, Actor::CommandLine, Timestamp(9));
        assert_eq!(same.err(), Some(DecisionError::AlreadySo(spam)));
        // A report that was settled waits again.
        let kept = comment(CommentState::Approved).put_back(
            CommentState::Approved,
            2,
            Actor::CommandLine,
            Timestamp(9),
        );
        let writes = kept.expect("put back").writes;
        let is_back = |write: &Write| {
            matches!(
                write,
                Write::Comment(CommentWrite::ReportsBack { reports: 2, .. })
            )
        };
        assert!(writes.iter().any(is_back));
    }

    #[test]
    fn its_writer_may_mend_it_for_ten_minutes() {
        let tried = |_: &str| Trial {
            state: CommentState::Waiting,
            holds: Vec::new(),
            likeness: 3,
        };
        let last = Timestamp(OWN_FOR - 1);
        let mended = comment(CommentState::Approved).edit(" لا ", tried, last);
        let Write::Comment(CommentWrite::Changed { comment: own, .. }) =
            &mended.expect("mended").writes[0]
        else {
            panic!("a change");
        };
        assert_eq!((own.text.as_str(), own.state), ("لا", CommentState::Waiting));
        assert_eq!(own.received.holds, [Hold::whole(HoldRule::Edited)]);
        let waiting = || comment(CommentState::Waiting);
        let late = waiting().edit("لا", tried, Timestamp(OWN_FOR));
        assert_eq!(late.err(), Some(DecisionError::TooLate));
        let empty = waiting().edit(" ", tried, last);
        assert_eq!(empty.err(), Some(DecisionError::Draft(DraftFault::NoText)));
        let taken = waiting().take_back(last).expect("taken back");
        let Write::Comment(CommentWrite::Changed { comment: own, .. }) = &taken.writes[0] else {
            panic!("a change");
        };
        let again = own
            .clone()
            .decide(Decision::Approve, Actor::CommandLine, last);
        assert_eq!(again.err(), Some(DecisionError::TakenBack));
        for state in [
            CommentState::Spam,
            CommentState::Rejected,
            CommentState::Withdrawn,
        ] {
            assert!(comment(state).take_back(last).is_err(), "{state:?}");
        }
    }
}
