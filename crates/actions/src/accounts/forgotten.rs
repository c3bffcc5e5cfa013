//! A user who forgot his password asks for a link at the door.
//!
//! Whoever asks gets the same answer in the same time, whether or not there is
//! such an account: the request counts the try and puts the address into a
//! queue. Behind it the outbox looks for the account, writes as much for nobody
//! as for somebody, and sends, a few times where the server takes nothing now.
//! What readers ask for goes the same way.

use std::{net::IpAddr, time::Duration};

use credentials::Busy;
use editorial::{
    Id, Timestamp,
    accounts::{
        AccountWrite, LinkPurpose, OneTimeLink, TryLimit, User, UserState, attempts::range_of,
    },
    audit::{Action, Actor},
    email::EmailAddress,
};
use mail::{Letter, Undelivered};
use screens::Language;
use store::StoreError;
use tokio::{sync::mpsc, time::Instant};

use super::{AccountError, Accounts, SignInError, changes, entry, letters::Letters};
use crate::comments::{Comments, DataWaiting};

/// Letters that wait for another try; beyond them the oldest is given up.
const PENDING_MAX: usize = 64;

/// How long the outbox waits before each further try: within the hour that a
/// link works.
pub const WAITS: [Duration; 3] = [
    Duration::from_secs(30),
    Duration::from_mins(2),
    Duration::from_mins(10),
];

/// Somebody who says that he forgot his password.
#[derive(Clone, Debug)]
pub struct Forgotten {
    /// The address as typed.
    pub address: String,
    /// Where the request comes from.
    pub from: IpAddr,
    /// The language of the letter.
    pub language: Language,
}

/// A request that waits to be looked at.
#[derive(Clone)]
pub(crate) enum Waiting {
    /// Of a user who forgot his password.
    Password {
        address: EmailAddress,
        language: Language,
    },
    /// Of a reader, for what is kept of him.
    Data(DataWaiting),
}

/// Whose letter one is: a newer one to him makes it void.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Whose {
    /// A user's.
    User(Id),
    /// That of a reader with this blind index.
    Reader(String),
}

/// A letter that was asked for.
pub(crate) struct Written {
    pub(crate) whose: Whose,
    /// What the audit trail calls it by.
    pub(crate) subject: Id,
    pub(crate) letter: Letter,
}

/// The key of the letters asked for to an address, whether or not there is an
/// account.
pub(super) fn letters_key(blind_index: &str) -> String {
    format!("letters:{blind_index}")
}

impl Accounts {
    /// Has a link to a new password mailed to the address, where a user signs in
    /// with it. Earlier links that were asked for so are void then.
    ///
    /// # Errors
    /// [`AccountError::NoAddress`], [`AccountError::Wait`], [`AccountError::Busy`]
    /// or [`AccountError::NoLetters`]: none of them tells whether there is such
    /// an account.
    pub async fn ask_for_password(
        &self,
        asked: Forgotten,
        now: Timestamp,
    ) -> Result<(), AccountError> {
        let letters = self.letters.as_ref().ok_or(AccountError::NoLetters)?;
        let address = EmailAddress::parse(&asked.address).ok_or(AccountError::NoAddress)?;
        // Taken first: what is counted is looked at.
        let place = letters.asked.try_reserve().map_err(|_| Busy)?;
        let range = range_of(asked.from).to_string();
        let range = self.sealer.blind("letters range", range.as_bytes());
        let limits = vec![
            (
                TryLimit::Letter,
                letters_key(&self.sealer.blind_index(&address)),
            ),
            (TryLimit::Range, format!("letters-range:{range}")),
        ];
        match self.count(limits, now).await {
            Ok(_) => {}
            Err(SignInError::Wait { until }) => return Err(AccountError::Wait { until }),
            Err(SignInError::Account(error)) => return Err(error),
            // Nothing was compared with anything.
            Err(_) => return Err(Busy.into()),
        }
        place.send(Waiting::Password {
            address,
            language: asked.language,
        });
        Ok(())
    }

    /// Makes the link that was asked for, and the letter with it; nothing where
    /// nobody who may come in has the address.
    async fn answer(
        &self,
        letters: &Letters,
        (address, language): (EmailAddress, Language),
        now: Timestamp,
    ) -> Result<Option<Written>, StoreError> {
        let found = self.active(&address).await?;
        let (token, id) = (self.token(), self.id().await?);
        let Some(user) = found else {
            // As much is written as for somebody.
            let noted = entry(Action::PasswordAsk, id, Actor::System, now);
            self.store.commit(changes([]).audit(noted)).await?;
            return Ok(None);
        };
        let purpose = LinkPurpose::ForgottenPassword(user.id);
        let link = OneTimeLink {
            id,
            token: token.hash(),
            purpose,
            made_at: now,
        };
        let writes = [AccountWrite::LinksVoided(purpose), AccountWrite::Link(link)];
        let noted = entry(Action::PasswordAsk, user.id, Actor::System, now);
        self.store.commit(changes(writes).audit(noted)).await?;
        let letter = self
            .letter(letters, address, purpose, language, &token)
            .await?;
        Ok(Some(Written {
            whose: Whose::User(user.id),
            subject: user.id,
            letter,
        }))
    }

    /// The user who signs in with that address, and may.
    async fn active(&self, address: &EmailAddress) -> Result<Option<User>, StoreError> {
        let index = self.sealer.blind_index(address);
        let found = self.store.user_by_address(&index).await?;
        let user = found.map(|(user, _)| user);
        Ok(user.filter(|user| user.state == UserState::Active))
    }
}

/// A letter that is to be tried.
struct Pending {
    written: Written,
    /// Tries that failed.
    failed: usize,
    due: Instant,
}

/// What users and readers asked for, until it is sent. Kept in memory alone: a token is
/// nowhere else.
pub struct Outbox {
    accounts: Accounts,
    comments: Comments,
    waiting: mpsc::Receiver<Waiting>,
    /// What is being looked at; it stays here, to be noted if all ends now.
    at_hand: Option<Waiting>,
    pending: Vec<Pending>,
}

impl std::fmt::Debug for Outbox {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Outbox(…)")
    }
}

impl Outbox {
    pub(super) fn new(accounts: Accounts, waiting: mpsc::Receiver<Waiting>) -> Self {
        Self {
            comments: accounts.comments(),
            accounts,
            waiting,
            at_hand: None,
            pending: Vec::new(),
        }
    }

    /// Looks at what is asked for and sends it, until `ended`; what has not gone
    /// by then is noted as not sent. `waits` stand before each further try.
    pub async fn run(
        mut self,
        clock: fn() -> Timestamp,
        waits: &[Duration],
        ended: impl Future<Output = ()>,
    ) {
        let Some(letters) = self.accounts.letters.clone() else {
            return;
        };
        tokio::select! {
            () = self.work(&letters, clock, waits) => {}
            () = ended => {}
        }
        while let Some(asked) = self.at_hand.take().or_else(|| self.waiting.try_recv().ok()) {
            if let Ok(Some(subject)) = self.subject(&asked).await {
                self.give_up(subject, Undelivered::Unreachable, clock())
                    .await;
            }
        }
        for pending in std::mem::take(&mut self.pending) {
            self.give_up(pending.written.subject, Undelivered::Unreachable, clock())
                .await;
        }
    }

    /// What the audit trail calls a request by; none where nobody gets a letter.
    async fn subject(&self, asked: &Waiting) -> Result<Option<Id>, StoreError> {
        match asked {
            Waiting::Password { address, .. } => {
                let user = self.accounts.active(address).await?;
                Ok(user.map(|user| user.id))
            }
            Waiting::Data(asked) => self.comments.subject_of(asked).await,
        }
    }

    async fn work(&mut self, letters: &Letters, clock: fn() -> Timestamp, waits: &[Duration]) {
        loop {
            let next = self.pending.iter().map(|pending| pending.due).min();
            // What is due goes first: no link is void before it was sent.
            if next.is_some_and(|due| due <= Instant::now()) {
                self.try_due(letters, clock, waits).await;
                continue;
            }
            let due = async {
                match next {
                    Some(due) => tokio::time::sleep_until(due).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = due => {}
                asked = self.waiting.recv() => match asked {
                    Some(asked) => self.take(letters, asked, clock()).await,
                    None => return,
                },
            }
        }
    }

    async fn take(&mut self, letters: &Letters, asked: Waiting, now: Timestamp) {
        self.at_hand = Some(asked.clone());
        let written = match asked {
            Waiting::Password { address, language } => {
                let asked = (address, language);
                self.accounts.answer(letters, asked, now).await
            }
            Waiting::Data(asked) => self.comments.answer_data(letters, asked, now).await,
        };
        self.at_hand = None;
        match written {
            Ok(None) => {}
            Ok(Some(written)) => {
                // An older link is void.
                self.pending
                    .retain(|pending| pending.written.whose != written.whose);
                if self.pending.len() >= PENDING_MAX {
                    let oldest = self.pending.remove(0).written.subject;
                    self.give_up(oldest, Undelivered::Unreachable, now).await;
                }
                self.pending.push(Pending {
                    written,
                    failed: 0,
                    due: Instant::now(),
                });
            }
            Err(error) => tracing::warn!(%error, "a link was asked for in vain"),
        }
    }

    /// Tries the letter that is due longest.
    async fn try_due(&mut self, letters: &Letters, clock: fn() -> Timestamp, waits: &[Duration]) {
        let due = self.pending.iter().map(|pending| pending.due).enumerate();
        let Some((at, _)) = due.min_by_key(|(_, due)| *due) else {
            return;
        };
        let (subject, failed) = (self.pending[at].written.subject, self.pending[at].failed);
        let now = clock();
        // It stays where it is while it is tried, to be noted if all ends now.
        let sent = self
            .accounts
            .send(letters, &self.pending[at].written.letter, now)
            .await;
        match (sent, waits.get(failed)) {
            (Err(why), Some(wait)) if why.may_pass() => {
                self.pending[at].failed += 1;
                self.pending[at].due = Instant::now() + *wait;
            }
            (Err(why), _) => {
                self.pending.remove(at);
                self.give_up(subject, why, clock()).await;
            }
            (Ok(()), _) => {
                self.pending.remove(at);
                self.note(Ok(()), subject, clock()).await;
            }
        }
    }

    async fn give_up(&self, subject: Id, why: Undelivered, now: Timestamp) {
        self.note(Err(why), subject, now).await;
    }

    async fn note(&self, sent: Result<(), Undelivered>, subject: Id, now: Timestamp) {
        let noted = self
            .accounts
            .note_letter(sent, subject, Actor::System, now)
            .await;
        if let Err(error) = noted {
            tracing::warn!(subject.id = subject.get(), %error, "what became of a letter cannot be noted");
        }
    }
}
