//! A publication that is to come: when an article goes live by itself.
//!
//! Until then it stands before nobody, as any article that is not published: on
//! no page, in no feed, search or sitemap.

use crate::{
    Article, ChangeKey, Changes, Id, Timestamp, WorkingCopy, Write,
    article::ArticleError,
    audit::{Action, Actor, AuditEntry, NOTE_LETTERS_MAX},
    media::Media,
};

/// How far ahead a publication may lie.
pub const AHEAD_MAX: i64 = 366 * Timestamp::DAY;

/// When an article goes live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// The article.
    pub article: Id,
    /// The moment.
    pub at: Timestamp,
    /// The user who set it; none: somebody at the command line.
    pub set_by: Option<Id>,
    /// When it was set.
    pub set_at: Timestamp,
}

/// Something about a schedule, as the store writes it.
#[derive(Clone, Copy, Debug)]
pub enum ScheduleWrite {
    /// The article has this one, in place of any it had.
    Set(Schedule),
    /// It is at its end. The guard is its moment: of several servers that publish what is due one
    /// alone does.
    Ended {
        /// The article.
        article: Id,
        /// Its moment.
        at: Timestamp,
    },
}

/// Why an article cannot be scheduled.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleError {
    /// The moment is not ahead.
    #[error("the moment is past already: choose one ahead, or publish now")]
    Past,
    /// The moment is too far ahead.
    #[error("the moment is more than a year ahead: choose a nearer one")]
    TooFar,
    /// The article could not be published as it is.
    #[error(transparent)]
    Article(#[from] ArticleError),
}

impl Article {
    /// Has the article published at a moment, as its working copy says then.
    ///
    /// # Errors
    /// [`ScheduleError`] where the moment cannot be, or the article could not be published now.
    pub fn schedule(
        self,
        copy: Option<&WorkingCopy>,
        pictures: &[Media],
        at: Timestamp,
        actor: Actor,
        now: Timestamp,
    ) -> Result<Changes, ScheduleError> {
        if at <= now {
            return Err(ScheduleError::Past);
        }
        if at > now.plus(AHEAD_MAX) {
            return Err(ScheduleError::TooFar);
        }
        let schedule = Schedule {
            article: self.id,
            at,
            set_by: actor.user(),
            set_at: now,
        };
        let article = match copy {
            Some(copy) => self.with_copy(copy)?,
            None => self,
        };
        article.can_be_published()?;
        article.may_show(pictures, at)?;
        let entry = AuditEntry::new(schedule.article, Action::ArticleSchedule, actor, now);
        Ok(Changes::new()
            .key(ChangeKey::SCHEDULE)
            .audit(entry)
            .write(Write::Schedule(ScheduleWrite::Set(schedule))))
    }
}

impl Schedule {
    /// Takes it back; the article stays as it is.
    pub fn cancel(self, actor: Actor, now: Timestamp) -> Changes {
        let entry = AuditEntry::new(self.article, Action::ArticleUnschedule, actor, now);
        Changes::new()
            .key(ChangeKey::SCHEDULE)
            .audit(entry)
            .write(self.ended())
    }

    /// Ends it without a publication, since a rule forbids it now; the trail keeps why.
    pub fn fail(self, why: &str, now: Timestamp) -> Changes {
        let entry = AuditEntry {
            note: why.chars().take(NOTE_LETTERS_MAX).collect(),
            ..AuditEntry::new(
                self.article,
                Action::ArticleScheduleFail,
                Actor::System,
                now,
            )
        };
        Changes::new()
            .key(ChangeKey::SCHEDULE)
            .audit(entry)
            .write(self.ended())
    }

    /// The write that ends it.
    pub fn ended(self) -> Write {
        Write::Schedule(ScheduleWrite::Ended {
            article: self.article,
            at: self.at,
        })
    }
}
