//! Links by letter: to an address that an administrator types, to the one that a
//! user signs in with, or to a reader's.

use std::sync::{Arc, Mutex, PoisonError};

use arabic::bidi::{self, Direction};
use credentials::Token;
use editorial::{
    Id, SiteSettings, Timestamp,
    accounts::LinkPurpose,
    audit::{Action, Actor},
    email::EmailAddress,
};
use mail::{Letter, Line, Mailer, Undelivered};
use screens::{Argument, Language, Messages};
use store::StoreError;
use tokio::sync::mpsc;

use super::{
    AccountError, Accounts, changes, entry,
    forgotten::{Outbox, Waiting},
};

/// Requests of users that wait to be looked at; one too many is told to come
/// again.
const WAITING_MAX: usize = 64;

/// What letters are made from, and sent with. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Letters {
    mailer: Mailer,
    messages: Arc<Messages>,
    /// The paper's address where its settings have none.
    origin: String,
    pub(crate) asked: mpsc::Sender<Waiting>,
    trouble: Arc<Mutex<Option<Trouble>>>,
}

impl Letters {
    /// The letter of a kind, in a language, with a link to a path of the paper.
    pub(crate) fn write(
        &self,
        settings: &SiteSettings,
        to: EmailAddress,
        (kind, language): (&str, Language),
        path: &str,
    ) -> Letter {
        let origin = if settings.origin.is_empty() {
            &self.origin
        } else {
            &settings.origin
        };
        let paper = bidi::strip_controls(&settings.name);
        let named = [("paper".to_owned(), Argument::Text(paper.clone()))];
        let say = |part: &str| {
            let id = format!("letter-{kind}-{part}");
            let words = self.messages.say(language, &id, &named);
            words.expect("a test reads every letter in every language")
        };
        Letter {
            to,
            from_name: paper,
            subject: say("subject"),
            lines: vec![
                Line::Words(say("why")),
                Line::Link(format!("{origin}{path}")),
                Line::Words(say("end")),
            ],
            direction: match language {
                Language::Arabic => Direction::Rtl,
                Language::English => Direction::Ltr,
            },
        }
    }
}

/// That the newest letter did not go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// When it was tried.
    pub at: Timestamp,
    /// Why it did not go.
    pub why: Undelivered,
}

/// For whom a link is made, and how it reaches him.
#[derive(Clone, Debug)]
pub struct Errand {
    /// What the link is for.
    pub purpose: LinkPurpose,
    /// The address that an invitation goes to, as typed; empty where the link
    /// is shown instead. A link to a new password goes to its user's own.
    pub address: String,
    /// The language of the letter.
    pub language: Language,
}

/// What became of a link.
#[derive(Debug)]
pub enum Handed {
    /// The mail server took the letter with it.
    Mailed,
    /// It is to be shown, to whoever asked for it.
    Shown {
        /// Its token, told this one time.
        token: Token,
        /// Why it was not mailed, where it should have been.
        why: Option<Undelivered>,
    },
}

impl Accounts {
    /// With letters, by `mailer`; `origin` is the paper's address where its
    /// settings have none. What users ask for waits in the outbox until that
    /// runs.
    #[must_use]
    pub fn with_letters(self, mailer: Mailer, origin: String) -> (Self, Outbox) {
        let (asked, waiting) = mpsc::channel(WAITING_MAX);
        let letters = Letters {
            mailer,
            messages: Arc::new(Messages::new()),
            origin,
            asked,
            trouble: Arc::default(),
        };
        let accounts = Self {
            letters: Some(letters),
            ..self
        };
        (accounts.clone(), Outbox::new(accounts, waiting))
    }

    /// Whether letters are sent at all.
    pub const fn sends_letters(&self) -> bool {
        self.letters.is_some()
    }

    /// The trouble of this process with the newest letter, if there was any.
    pub fn trouble(&self) -> Option<Trouble> {
        let letters = self.letters.as_ref()?;
        *letters
            .trouble
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a link and mails it; where that cannot be, it is handed back to be
    /// shown, so that no link is lost.
    ///
    /// # Errors
    /// [`AccountError`] where no link was made.
    pub async fn hand_link(
        &self,
        errand: Errand,
        actor: Actor,
        now: Timestamp,
    ) -> Result<Handed, AccountError> {
        let typed = errand.address.trim();
        let to = match errand.purpose.user() {
            Some(user) => Some(self.address_of(user).await?),
            None if typed.is_empty() => None,
            None => Some(Some(self.new_address(typed).await?)),
        };
        let (token, link) = self.make_link_with_id(errand.purpose, actor, now).await?;
        let (Some(letters), Some(to)) = (&self.letters, to) else {
            return Ok(Handed::Shown { token, why: None });
        };
        let sent = match to {
            None => Err(Undelivered::Unsendable),
            Some(to) => {
                let letter = self
                    .letter(letters, to, errand.purpose, errand.language, &token)
                    .await?;
                self.send(letters, &letter, now).await
            }
        };
        let subject = errand.purpose.user().unwrap_or(link);
        self.note_letter(sent, subject, actor, now).await?;
        Ok(match sent {
            Ok(()) => Handed::Mailed,
            Err(why) => Handed::Shown {
                token,
                why: Some(why),
            },
        })
    }

    /// The address of a user; `None` within where its key is not here.
    async fn address_of(&self, user: Id) -> Result<Option<EmailAddress>, AccountError> {
        let user = self.user(user).await?;
        Ok(self.sealer.open_sealed(&user.email.sealed))
    }

    /// An address that no account has yet.
    async fn new_address(&self, typed: &str) -> Result<EmailAddress, AccountError> {
        let address = EmailAddress::parse(typed).ok_or(AccountError::NoAddress)?;
        let index = self.sealer.blind_index(&address);
        match self.store.user_by_address(&index).await? {
            Some(_) => Err(AccountError::AddressTaken),
            None => Ok(address),
        }
    }

    /// The letter with a link.
    pub(super) async fn letter(
        &self,
        letters: &Letters,
        to: EmailAddress,
        purpose: LinkPurpose,
        language: Language,
        token: &Token,
    ) -> Result<Letter, StoreError> {
        let settings = self.store.settings().await?;
        let kind = match purpose {
            LinkPurpose::FirstAccount | LinkPurpose::Invitation(_) => "invitation",
            LinkPurpose::NewPassword(_) => "password",
            LinkPurpose::ForgottenPassword(_) => "forgotten",
        };
        let path = format!("/newsroom/link/{}", token.to_text());
        Ok(letters.write(&settings, to, (kind, language), &path))
    }

    /// Sends a letter, and keeps in mind whether it went.
    pub(super) async fn send(
        &self,
        letters: &Letters,
        letter: &Letter,
        now: Timestamp,
    ) -> Result<(), Undelivered> {
        let sent = letters.mailer.send(letter, now, self.some()).await;
        let mut trouble = letters
            .trouble
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *trouble = sent.err().map(|why| Trouble { at: now, why });
        sent
    }

    /// Notes in the audit trail what became of a letter, and logs it where it
    /// did not go: by the number of its user, link or request, never by an address.
    pub(super) async fn note_letter(
        &self,
        sent: Result<(), Undelivered>,
        subject: Id,
        actor: Actor,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let action = match sent {
            Ok(()) => Action::LetterSend,
            Err(error) => {
                tracing::warn!(subject.id = subject.get(), %error, "a letter was not sent");
                Action::LetterFail
            }
        };
        let noted = entry(action, subject, actor, now);
        self.store.commit(changes([]).audit(noted)).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_has_its_words() {
        let messages = Messages::new();
        let named = [("paper".to_owned(), Argument::Text("OPEC+".into()))];
        for (language, ..) in Language::ALL {
            for kind in ["invitation", "password", "forgotten", "data"] {
                for part in ["subject", "why", "end"] {
                    let id = format!("letter-{kind}-{part}");
                    let words = messages.say(language, &id, &named);
                    assert!(words.is_some_and(|words| !words.is_empty()), "{id}");
                }
            }
        }
    }
}
