//! What is done with an article beside writing it: it is published, amended, given
//! a note, withdrawn, restored; what was written is thrown away.
//!
//! The buttons stand in the form of the article, so that what was typed is sent
//! with them: it is saved first, and never lost.

use actions::{
    ActionError, amend_article, correct_article, discard_copy, open_copy, publish_article,
    restore_article, schedule_article, unschedule_article, withdraw_article,
};
use editorial::{
    ArticleState, Timestamp,
    article::{ArticleError, HEADLINE_LETTERS_MAX},
    correction::{CORRECTION_LETTERS_MAX, CorrectionKind},
    schedule::ScheduleError,
    workflow::StageError,
};
use hyper::StatusCode;
use screens::{
    articles::{DiscardText, Fault},
    contexts::Notice,
};
use store::StoreError;

use super::{Opened, content::fault, edit::Again, form_of};
use crate::newsroom::{Asked, Failure, reply::Reply};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Publish,
    Schedule,
    Unschedule,
    Amend,
    Note,
    Withdraw,
    Restore,
}

impl Act {
    const fn name(self) -> &'static str {
        match self {
            Self::Publish => "publish",
            Self::Schedule => "schedule",
            Self::Unschedule => "unschedule",
            Self::Amend => "amend",
            Self::Note => "note",
            Self::Withdraw => "withdraw",
            Self::Restore => "restore",
        }
    }
}

/// The note that was typed.
#[derive(Clone, Copy)]
enum Note {
    /// None: a slip of the pen.
    Typo,
    /// Of this kind.
    Of(CorrectionKind),
}

impl Asked<'_> {
    pub(super) async fn act(&self, opened: Opened<'_>, act: Act) -> Result<Reply, Failure> {
        let note = match self.note(act) {
            Ok(note) => note,
            Err(faults) => return self.edit_again(&opened, Again::faults(faults)).await,
        };
        let opened = if self.holds_text() {
            match self.save_typed(opened).await? {
                Ok(opened) => opened,
                Err(reply) => return Ok(reply),
            }
        } else {
            opened
        };
        let (store, now) = (&self.site.store, self.now);
        let (id, actor) = (opened.article.id, opened.actor());
        let text = self.form.one("note");
        let done = match act {
            Act::Publish => publish_article(store, id, actor, now).await,
            Act::Schedule => {
                let zone = self.zone.iana_name().unwrap_or("UTC");
                let Some(at) = Timestamp::parse_local(self.form.one("at"), zone) else {
                    let again = Again::refused(None, vec![fault("at", "no-moment", 0)]);
                    return self.edit_again(&opened, again).await;
                };
                schedule_article(store, id, at, actor, now).await
            }
            Act::Unschedule => unschedule_article(store, id, actor, now).await,
            Act::Amend => {
                let note = match note {
                    Note::Typo => None,
                    Note::Of(kind) => Some((kind, text)),
                };
                amend_article(store, id, note, actor, now).await
            }
            Act::Note => {
                let kind = match note {
                    Note::Typo => CorrectionKind::default(),
                    Note::Of(kind) => kind,
                };
                correct_article(store, id, kind, text, actor, now).await
            }
            Act::Withdraw => {
                let reason = Some(self.form.one("reason"));
                withdraw_article(store, id, reason, actor, now).await
            }
            Act::Restore => restore_article(store, id, actor, now).await,
        };
        match done {
            Ok(_) => Ok(Reply::see(&form_of(id, act.name()))),
            Err(error) => {
                let (notice, faults) = refusal(&error, act).ok_or(error)?;
                let again = Again::refused(notice.map(Notice::refused), faults);
                self.edit_again(&opened, again).await
            }
        }
    }

    /// The note of an act that has one, looked at before anything is saved.
    fn note(&self, act: Act) -> Result<Note, Vec<Fault>> {
        if !matches!(act, Act::Amend | Act::Note) {
            return Ok(Note::Typo);
        }
        let how = self.form.one("how");
        let shown = |kind: &CorrectionKind| CorrectionKind::SHOWN.contains(kind);
        let kind = CorrectionKind::parse(how).filter(shown);
        let note = match (how, kind) {
            (_, Some(kind)) => Note::Of(kind),
            ("typo", None) if act == Act::Amend => return Ok(Note::Typo),
            (_, None) => return Err(vec![fault("how", "no-how", 0)]),
        };
        let text = self.form.one("note").trim();
        if text.is_empty() {
            return Err(vec![fault("note", "no-note", 0)]);
        }
        if text.chars().count() > CORRECTION_LETTERS_MAX {
            return Err(vec![fault("note", "too-long", CORRECTION_LETTERS_MAX)]);
        }
        Ok(note)
    }

    /// Asks whether what was written is to be thrown away.
    pub(super) async fn show_discard(
        &self,
        opened: &Opened<'_>,
        notice: Option<Notice>,
    ) -> Result<Reply, Failure> {
        let copy = &opened.copy;
        if copy.version == 0 {
            return self.nothing_written(opened).await;
        }
        let names = self.names_of_users().await?;
        let screen = DiscardText {
            id: copy.article.get(),
            seen: copy.version,
            headline: copy.content.headline.clone(),
            saved: self.saved(copy.saved_by, copy.saved_at, &names),
            published: opened.article.state != ArticleState::Unpublished,
        };
        let status = match notice {
            Some(_) => StatusCode::CONFLICT,
            None => StatusCode::OK,
        };
        self.show(status, notice, &screen)
    }

    pub(super) async fn discard(&self, opened: Opened<'_>) -> Result<Reply, Failure> {
        let (store, id) = (&self.site.store, opened.article.id);
        let seen = self.form.one("seen").parse().unwrap_or(0);
        match discard_copy(store, id, seen, opened.actor(), self.now).await {
            Ok(_) => Ok(Reply::see("/newsroom/articles?done=discard")),
            Err(ActionError::NothingWritten(_)) => self.nothing_written(&opened).await,
            Err(ActionError::Store(StoreError::Conflict)) => {
                let (article, copy) = open_copy(store, id, opened.actor(), self.now).await?;
                let changed = Notice::refused("changed-meanwhile");
                let opened = Opened {
                    article,
                    copy,
                    ..opened
                };
                self.show_discard(&opened, Some(changed)).await
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn nothing_written(&self, opened: &Opened<'_>) -> Result<Reply, Failure> {
        let notice = Notice::refused("article-nothing-written");
        let again = Again::refused(Some(notice), Vec::new());
        self.edit_again(opened, again).await
    }
}

/// The name of the sentence on a step that cannot be taken.
pub(super) const fn stage_refused(rule: StageError) -> &'static str {
    match rule {
        StageError::NothingWritten => "article-nothing-to-step",
        StageError::OtherStage => "article-other-stage",
        StageError::OwnText => "article-own-text",
        StageError::NotAllowed => "not-allowed",
        StageError::NotApproved => "article-not-approved",
    }
}

/// The name of the sentence on something that was refused by a rule, and what is
/// wrong with which field; `None` where the fault is ours.
fn refusal(error: &ActionError, act: Act) -> Option<(Option<&'static str>, Vec<Fault>)> {
    let note = match act {
        Act::Withdraw => "reason",
        _ => "note",
    };
    let notice = match error {
        ActionError::Schedule(ScheduleError::Past) => {
            return Some((None, vec![fault("at", "moment-past", 0)]));
        }
        ActionError::Schedule(ScheduleError::TooFar) => {
            return Some((None, vec![fault("at", "moment-far", 0)]));
        }
        ActionError::NotScheduled(_) => "article-not-scheduled",
        ActionError::Article(rule) | ActionError::Schedule(ScheduleError::Article(rule)) => {
            match rule {
                ArticleError::NoHeadline => {
                    return Some((None, vec![fault("headline", "no-headline", 0)]));
                }
                ArticleError::HeadlineTooLong(_) => {
                    let long = fault("headline", "too-long", HEADLINE_LETTERS_MAX);
                    return Some((None, vec![long]));
                }
                ArticleError::NoSection => {
                    return Some((None, vec![fault("section", "article-no-section", 0)]));
                }
                ArticleError::NoCorrectionText => {
                    return Some((None, vec![fault("note", "no-note", 0)]));
                }
                ArticleError::CorrectionTooLong => {
                    return Some((None, vec![fault(note, "too-long", CORRECTION_LETTERS_MAX)]));
                }
                ArticleError::NoAlternativeText(_) => {
                    return Some((None, vec![fault("lead", "no-alternative-text", 0)]));
                }
                ArticleError::RightsExpired(id) => {
                    let number = usize::try_from(id.get()).unwrap_or(0);
                    return Some((None, vec![fault("lead", "rights-expired", number)]));
                }
                ArticleError::AlreadyPublished => "article-already-published",
                ArticleError::NotPublished => "article-not-published",
                ArticleError::Withdrawn => "article-is-withdrawn",
                ArticleError::NotWithdrawn => "article-not-withdrawn",
                ArticleError::ChangedElsewhere => "article-changed-elsewhere",
                ArticleError::TextNotSaved => "changed-meanwhile",
            }
        }
        ActionError::Stage(rule) => stage_refused(*rule),
        ActionError::NothingWritten(_) => "article-nothing-written",
        ActionError::Store(StoreError::Conflict) => "changed-meanwhile",
        _ => return None,
    };
    Some((Some(notice), Vec::new()))
}
