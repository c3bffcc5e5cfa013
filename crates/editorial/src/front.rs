//! The front page as the newsroom sets it: the stories that stand first by hand, now
//! or from a moment on. All others follow by themselves, the newest first.

use crate::{
    ChangeKey, Changes, Id, Timestamp, Write,
    audit::{Action, Actor, AuditEntry},
    schedule::AHEAD_MAX,
};

/// The most stories that are chosen by hand.
pub const CHOSEN_MAX: usize = 12;

/// What stands first: now, or from a moment on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontPage {
    /// From when; none: it stands now.
    pub from: Option<Timestamp>,
    /// Counts its changes; 0: nothing was ever chosen.
    pub version: i64,
    /// The stories in their order. One that readers do not see is left out by itself.
    pub stories: Vec<Id>,
    /// The user who set it; none: somebody at the command line, or nobody.
    pub set_by: Option<Id>,
}

/// Something about the front page, as the store writes it.
#[derive(Clone, Debug)]
pub enum FrontWrite {
    /// As it shall be. The guard is its version, one less than it will have: 0 for one
    /// that is new.
    Set(FrontPage),
    /// One that was to come is at its end. The guard is its version, so that of several
    /// servers that look at what is due one alone puts it up.
    Ended {
        /// Its moment.
        from: Timestamp,
        /// Its version.
        version: i64,
    },
}

/// Why a front page is refused.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrontError {
    /// Too many stories.
    #[error("at most {CHOSEN_MAX} stories are chosen by hand: take one away first")]
    TooMany,
    /// A story twice.
    #[error("the story stands on the front page already")]
    Twice,
    /// The moment is not ahead.
    #[error("the moment is past already: choose one ahead")]
    Past,
    /// The moment is too far ahead.
    #[error("the moment is more than a year ahead: choose a nearer one")]
    TooFar,
}

impl FrontPage {
    /// The changes that put these stories first, in this order: at once, or in the one
    /// that is to come. `subject` is a new id, for the trail.
    ///
    /// # Errors
    /// [`FrontError`] where there are too many, one stands twice, or the moment cannot be.
    pub fn set(
        self,
        stories: Vec<Id>,
        subject: Id,
        actor: Actor,
        now: Timestamp,
    ) -> Result<Changes, FrontError> {
        if stories.len() > CHOSEN_MAX {
            return Err(FrontError::TooMany);
        }
        if (1..stories.len()).any(|at| stories[..at].contains(&stories[at])) {
            return Err(FrontError::Twice);
        }
        let (key, action) = match self.from {
            None => (ChangeKey::FRONT, Action::FrontSet),
            Some(from) if from <= now => return Err(FrontError::Past),
            Some(from) if from > now.plus(AHEAD_MAX) => return Err(FrontError::TooFar),
            Some(_) => (ChangeKey::SCHEDULE, Action::FrontSchedule),
        };
        let front = Self {
            version: self.version + 1,
            stories,
            set_by: actor.user(),
            from: self.from,
        };
        Ok(Changes::new()
            .key(key)
            .audit(AuditEntry::new(subject, action, actor, now))
            .write(Write::Front(FrontWrite::Set(front))))
    }

    /// Takes back one that is to come; what stands now stays.
    pub fn cancel(&self, subject: Id, actor: Actor, now: Timestamp) -> Changes {
        let entry = AuditEntry::new(subject, Action::FrontUnschedule, actor, now);
        self.ended(Changes::new().audit(entry))
    }

    /// Puts up one whose moment has come, in place of what stands: both or none.
    pub fn put_up(&self, standing: &Self, subject: Id, now: Timestamp) -> Changes {
        let front = Self {
            from: None,
            version: standing.version + 1,
            stories: self.stories.clone(),
            set_by: self.set_by,
        };
        let actor = self.set_by.map_or(Actor::System, Actor::User);
        let changes = Changes::new()
            .key(ChangeKey::FRONT)
            .audit(AuditEntry::new(subject, Action::FrontSet, actor, now))
            .write(Write::Front(FrontWrite::Set(front)));
        self.ended(changes)
    }

    fn ended(&self, changes: Changes) -> Changes {
        let from = self.from.unwrap_or(Timestamp(0));
        let version = self.version;
        let ended = FrontWrite::Ended { from, version };
        changes.key(ChangeKey::SCHEDULE).write(Write::Front(ended))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(from: Option<i64>, stories: &[i64]) -> Result<usize, FrontError> {
        let id = |number: &i64| Id::new(*number).expect("in range");
        let front = FrontPage {
            from: from.map(Timestamp),
            ..FrontPage::default()
        };
        let stories = stories.iter().map(id).collect();
        let changes = front.set(stories, id(&9), Actor::System, Timestamp(100))?;
        Ok(changes.writes.len())
    }

    #[test]
    fn a_front_page_that_cannot_be_is_refused() {
        assert_eq!(set(None, &[1, 2]), Ok(1));
        assert_eq!(set(None, &[]), Ok(1));
        assert_eq!(set(Some(101), &[1]), Ok(1));
        assert_eq!(set(Some(100), &[1]), Err(FrontError::Past));
        assert_eq!(set(Some(101 + AHEAD_MAX), &[1]), Err(FrontError::TooFar));
        assert_eq!(set(None, &[1, 2, 1]), Err(FrontError::Twice));
        let many: Vec<i64> = (1..14).collect();
        assert_eq!(set(None, &many), Err(FrontError::TooMany));
    }
}
