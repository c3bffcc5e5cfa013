//! The article, its revisions, and the rules of its public life.

use arabic::{keywords::signature, slug::slug};
use serde::{Deserialize, Serialize};

use crate::{
    Body, ChangeKey, Changes, Id, Timestamp, Write,
    audit::{Action, Actor, AuditEntry},
    comment::Commenting,
    correction::{CORRECTION_LETTERS_MAX, Correction},
    media::Media,
    working_copy::WorkingCopy,
};

/// The longest slug that is made of a headline, in code points.
const SLUG_LETTERS: usize = 60;
/// The longest headline, in code points.
pub const HEADLINE_LETTERS_MAX: usize = 400;

/// Where an article stands before the public.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ArticleState {
    /// Never shown yet.
    Unpublished = 0,
    /// Shown.
    Published = 1,
    /// Was shown and taken back: its address answers 410.
    Withdrawn = 2,
}

impl ArticleState {
    /// The state kept as `code`.
    pub const fn from_code(code: i64) -> Option<Self> {
        match code {
            0 => Some(Self::Unpublished),
            1 => Some(Self::Published),
            2 => Some(Self::Withdrawn),
            _ => None,
        }
    }
}

/// What an article is: news, or a standing page such as «من نحن».
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ArticleKind {
    /// A story: stands in sections, feeds, archive.
    Story = 0,
    /// A standing page at `/page/{slug}`: stands in none of them.
    Page = 1,
}

/// A story and its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Its id; decides its address.
    pub id: Id,
    /// Guard against lost updates: goes up by one with each write.
    pub version: i64,
    /// Story or standing page.
    pub kind: ArticleKind,
    /// Where it stands before the public.
    pub state: ArticleState,
    /// The words of its address after the id.
    pub slug: String,
    /// The words above the headline, or empty.
    pub kicker: String,
    /// The headline.
    pub headline: String,
    /// The sentences between headline and text, or empty.
    pub standfirst: String,
    /// The place and circumstance the report was filed from, or empty.
    pub dateline: String,
    /// The credited agency, or empty.
    pub agency: String,
    /// BCP 47 language.
    pub language: String,
    /// Its section; none for standing pages.
    pub section: Option<Id>,
    /// Who is credited, in order.
    pub authors: Vec<Id>,
    /// Its subjects, in order.
    pub tags: Vec<Id>,
    /// The lead picture.
    pub lead: Option<Id>,
    /// The text.
    pub body: Body,
    /// The saved text that headline, standfirst and body are the copy of. A change
    /// of one of them comes with a new revision.
    pub revision: Id,
    /// When it went live first; none where that is not known.
    pub published_at: Option<Timestamp>,
    /// When its text was last changed.
    pub changed_at: Timestamp,
    /// Whether comments may be written.
    pub commenting: Commenting,
    /// Whether the note on its age may stand on it.
    pub age_note: bool,
    /// Where its facts come from: addresses.
    pub sources: Vec<String>,
    /// Hashed rare words of the text, for related articles.
    pub signature: Vec<u32>,
}

/// A saved text of an article: the whole of its editable parts at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// Its id.
    pub id: Id,
    /// The article.
    pub article: Id,
    /// When it was saved.
    pub at: Timestamp,
    /// The headline then.
    pub headline: String,
    /// The standfirst then.
    pub standfirst: String,
    /// The text then.
    pub body: Body,
    /// The user who saved it; none: it came another way.
    pub by: Option<Id>,
    /// Whether it was before the public.
    pub is_public: bool,
}

/// Why an article cannot be published, corrected, withdrawn or restored.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArticleError {
    /// It has no headline.
    #[error("the article has no headline: give it one, then publish")]
    NoHeadline,
    /// Its headline is too long.
    #[error("the headline has {0} letters, more than {HEADLINE_LETTERS_MAX}: shorten it")]
    HeadlineTooLong(usize),
    /// A story without a section.
    #[error("the article stands in no section: choose one, then publish")]
    NoSection,
    /// Its lead picture says nothing to those who cannot see it.
    #[error(
        "nothing says what the lead picture {0} shows: write its alternative text, then publish"
    )]
    NoAlternativeText(Id),
    /// A picture that the paper may not show any more.
    #[error("the right to show the picture {0} has ended: take another, or renew the right")]
    RightsExpired(Id),
    /// It is published already.
    #[error("the article is published already: nothing is left to do")]
    AlreadyPublished,
    /// It is not published.
    #[error("the article is not published: publish it first")]
    NotPublished,
    /// It is withdrawn: restoring brings it back, publishing does not.
    #[error("the article was withdrawn: restore it to bring it back")]
    Withdrawn,
    /// It is not withdrawn.
    #[error("the article is not withdrawn: only a withdrawn one can be restored")]
    NotWithdrawn,
    /// A correction without words.
    #[error("a correction says in a sentence what was wrong")]
    NoCorrectionText,
    /// A note that is too long.
    #[error("the note has more than {CORRECTION_LETTERS_MAX} letters: shorten it")]
    CorrectionTooLong,
    /// The text was changed by another door since the working copy was begun.
    #[error("the article was changed elsewhere since you began: look at both texts")]
    ChangedElsewhere,
    /// Somebody is writing in the text of the working copy, and not all of it is saved.
    #[error("somebody is still writing in this text: save it, then publish")]
    TextNotSaved,
}

/// How the text of a published article is changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amendment {
    /// By what no reader has to know: a slip of the pen. The article's date stays.
    Typo,
    /// With a visible note.
    Noted(Correction),
}

impl Article {
    /// Whether [`Article::publish`] would take it.
    ///
    /// # Errors
    /// [`ArticleError`] where a part is missing or the state forbids it.
    pub fn can_be_published(&self) -> Result<(), ArticleError> {
        match self.state {
            ArticleState::Published => return Err(ArticleError::AlreadyPublished),
            ArticleState::Withdrawn => return Err(ArticleError::Withdrawn),
            ArticleState::Unpublished => {}
        }
        self.is_complete()
    }

    /// Whether it has all that the public needs of it.
    fn is_complete(&self) -> Result<(), ArticleError> {
        let letters = self.headline.trim().chars().count();
        if letters == 0 {
            return Err(ArticleError::NoHeadline);
        }
        if letters > HEADLINE_LETTERS_MAX {
            return Err(ArticleError::HeadlineTooLong(letters));
        }
        if self.kind == ArticleKind::Story && self.section.is_none() {
            return Err(ArticleError::NoSection);
        }
        Ok(())
    }

    /// The pictures that it shows: the lead first, then those of its text.
    pub fn pictures(&self) -> Vec<Id> {
        self.lead.into_iter().chain(self.body.pictures()).collect()
    }

    /// Whether its pictures may go before the public at a moment: the lead says what it shows, and
    /// no right has ended. `pictures` are those of [`Article::pictures`] that the paper
    /// has. What is imported is not asked: it was public already.
    ///
    /// # Errors
    /// [`ArticleError::NoAlternativeText`], [`ArticleError::RightsExpired`].
    pub fn may_show(&self, pictures: &[Media], at: Timestamp) -> Result<(), ArticleError> {
        let shown = self.pictures();
        for picture in pictures.iter().filter(|one| one.is_picture()) {
            if Some(picture.id) == self.lead && picture.alt.trim().is_empty() {
                return Err(ArticleError::NoAlternativeText(picture.id));
            }
            if shown.contains(&picture.id) && picture.is_expired(at) {
                return Err(ArticleError::RightsExpired(picture.id));
            }
        }
        Ok(())
    }

    /// Puts the article before the public, now or at the moment it already
    /// carries (an imported or back-dated one).
    ///
    /// # Errors
    /// [`ArticleError`] where a part is missing or the state forbids it.
    pub fn publish(self, actor: Actor, now: Timestamp) -> Result<Changes, ArticleError> {
        self.can_be_published()?;
        let published_at = self.published_at.or(Some(now));
        Ok(Self {
            published_at,
            ..self
        }
        .moved_to(ArticleState::Published, Action::ArticlePublish, actor, now))
    }

    /// Puts a visible note on a published article.
    ///
    /// # Errors
    /// [`ArticleError`] where it is not published or the note has no words.
    pub fn correct(mut self, note: Correction, actor: Actor) -> Result<Changes, ArticleError> {
        if self.state != ArticleState::Published {
            return Err(ArticleError::NotPublished);
        }
        if note.text.trim().is_empty() {
            return Err(ArticleError::NoCorrectionText);
        }
        if note.text.chars().count() > CORRECTION_LETTERS_MAX {
            return Err(ArticleError::CorrectionTooLong);
        }
        let at = note.at;
        self.changed_at = at;
        Ok(self
            .moved_to(ArticleState::Published, Action::ArticleCorrect, actor, at)
            .write(Write::Correction(note)))
    }

    /// An article that nobody has written yet; `revision` is its empty text.
    pub fn create(self, actor: Actor, now: Timestamp) -> Changes {
        let entry = AuditEntry {
            at: now,
            actor,
            action: Action::ArticleCreate,
            subject: self.id,
            note: String::new(),
        };
        Changes::new().audit(entry).write(Write::Article {
            article: Box::new(self),
            loaded_version: None,
        })
    }

    /// The article with what its working copy says.
    ///
    /// # Errors
    /// [`ArticleError::ChangedElsewhere`] where the copy was begun from another text than the
    /// article has.
    pub fn with_copy(self, copy: &WorkingCopy) -> Result<Self, ArticleError> {
        if copy.base != self.revision || copy.article != self.id {
            return Err(ArticleError::ChangedElsewhere);
        }
        let content = copy.content.clone();
        let slug = if content.slug.is_empty() {
            slug(&content.headline, SLUG_LETTERS)
        } else {
            content.slug
        };
        let plain = content.body.plain_text();
        Ok(Self {
            kicker: content.kicker,
            signature: signature(&format!("{} {plain}", content.headline)),
            headline: content.headline,
            standfirst: content.standfirst,
            dateline: content.dateline,
            agency: content.agency,
            language: content.language,
            slug,
            section: content.section,
            authors: content.authors,
            tags: content.tags,
            lead: content.lead,
            commenting: content.commenting,
            body: content.body,
            revision: copy.revision,
            ..self
        })
    }

    /// Publishes the article as its working copy says, which ends with it; `pictures` are those
    /// that it shows.
    ///
    /// # Errors
    /// As [`Article::with_copy`], [`Article::publish`] and [`Article::may_show`].
    pub fn publish_copy(
        self,
        copy: &WorkingCopy,
        pictures: &[Media],
        actor: Actor,
        now: Timestamp,
    ) -> Result<Changes, ArticleError> {
        if !copy.is_settled() {
            return Err(ArticleError::TextNotSaved);
        }
        let mut article = self.with_copy(copy)?;
        article.changed_at = now;
        article.can_be_published()?;
        article.may_show(pictures, now)?;
        Ok(article.publish(actor, now)?.write(copy.ended()))
    }

    /// Gives a published article the text of its working copy, which ends with it; `pictures` are
    /// those that it shows then.
    ///
    /// # Errors
    /// As [`Article::with_copy`], [`Article::may_show`] and [`Article::correct`]; [`ArticleError::NoHeadline`] and its like
    /// where a part that it needs was taken away.
    pub fn amend(
        self,
        copy: &WorkingCopy,
        pictures: &[Media],
        how: Amendment,
        actor: Actor,
        now: Timestamp,
    ) -> Result<Changes, ArticleError> {
        if self.state != ArticleState::Published {
            return Err(ArticleError::NotPublished);
        }
        // What it stood in changes as well as what it stands in now.
        let before: Vec<ChangeKey> = self.keys().collect();
        if !copy.is_settled() {
            return Err(ArticleError::TextNotSaved);
        }
        let article = self.with_copy(copy)?;
        article.is_complete()?;
        article.may_show(pictures, now)?;
        let mut changes = match how {
            Amendment::Typo => {
                article.moved_to(ArticleState::Published, Action::ArticleAmend, actor, now)
            }
            Amendment::Noted(note) => article.correct(note, actor)?,
        };
        changes.keys.extend(before);
        Ok(changes.write(copy.ended()))
    }

    /// Takes a published article off the site; its address answers 410, and says why where there is
    /// a reason.
    ///
    /// # Errors
    /// [`ArticleError::NotPublished`]; [`ArticleError::CorrectionTooLong`] for a long reason.
    pub fn withdraw(
        self,
        reason: Option<Correction>,
        actor: Actor,
        now: Timestamp,
    ) -> Result<Changes, ArticleError> {
        if self.state != ArticleState::Published {
            return Err(ArticleError::NotPublished);
        }
        let changes = self.moved_to(ArticleState::Withdrawn, Action::ArticleWithdraw, actor, now);
        let Some(reason) = reason else {
            return Ok(changes);
        };
        if reason.text.chars().count() > CORRECTION_LETTERS_MAX {
            return Err(ArticleError::CorrectionTooLong);
        }
        Ok(changes.write(Write::Correction(reason)))
    }

    /// Brings a withdrawn article back, under its old address and date.
    ///
    /// # Errors
    /// [`ArticleError::NotWithdrawn`].
    pub fn restore(self, actor: Actor, now: Timestamp) -> Result<Changes, ArticleError> {
        if self.state != ArticleState::Withdrawn {
            return Err(ArticleError::NotWithdrawn);
        }
        Ok(self.moved_to(ArticleState::Published, Action::ArticleRestore, actor, now))
    }

    /// The keys of every page that shows this article.
    pub fn keys(&self) -> impl Iterator<Item = ChangeKey> + '_ {
        [ChangeKey::article(self.id), ChangeKey::LATEST]
            .into_iter()
            .chain(self.section.map(ChangeKey::section))
            .chain(self.tags.iter().copied().map(ChangeKey::tag))
            .chain(self.authors.iter().copied().map(ChangeKey::author))
    }

    /// Opens or closes its comments.
    #[must_use]
    pub fn set_commenting(
        mut self,
        commenting: Commenting,
        actor: Actor,
        at: Timestamp,
    ) -> Changes {
        self.commenting = commenting;
        let state = self.state;
        self.moved_to(state, Action::CommentsSet, actor, at)
    }

    fn moved_to(
        mut self,
        state: ArticleState,
        action: Action,
        actor: Actor,
        at: Timestamp,
    ) -> Changes {
        let loaded_version = Some(self.version);
        self.state = state;
        self.version += 1;
        let mut changes = Changes::new().audit(AuditEntry {
            at,
            actor,
            action,
            subject: self.id,
            note: String::new(),
        });
        changes.keys.extend(self.keys());
        changes.write(Write::Article {
            article: Box::new(self),
            loaded_version,
        })
    }
}
