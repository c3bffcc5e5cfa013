//! Signing in.
//!
//! A try is counted before the password is looked at, and taken back where it
//! was right: so many at once are no more than one after the other. Whoever
//! must wait is told so before anything is hashed, and learns nothing of
//! whether there is such an account. Strangers wait for each other: of a flood
//! of them one is looked at each minute. Whoever is known waits for none of them.

use std::net::IpAddr;

use credentials::{Password, SecondFactor, Token, second_factor};
use editorial::{
    Id, Timestamp,
    accounts::{
        AccountWrite, Session, Tries, TryLimit, User, UserState,
        attempts::{RANGE_KNOWN_FOR, range_of},
    },
    audit::{Action, Actor},
    email::EmailAddress,
};
use store::{Credentials, Store, StoreError};

use super::{AccountError, Accounts, TRIES, changes, entry};

/// The longest name of a browser that is kept, in code points.
const BROWSER_LETTERS_MAX: usize = 200;

/// Somebody who wants to come in.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// The address as typed.
    pub address: String,
    /// The password as typed.
    pub password: Password,
    /// The number of the second factor, or a code that stands in for it, as
    /// typed; empty where none was.
    pub number: String,
    /// Where the request comes from.
    pub from: IpAddr,
    /// The browser, as it names itself.
    pub browser: String,
    /// What [`SignedIn::known_browser`] gave this browser before.
    pub known_browser: Option<String>,
}

/// Somebody who came in.
#[derive(Debug)]
pub struct SignedIn {
    /// The session's token, for the browser alone.
    pub token: Token,
    /// The session.
    pub session: Session,
    /// Its user.
    pub user: User,
    /// What the browser shows the next time, to be known.
    pub known_browser: String,
}

/// Why somebody does not come in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// There is no such account, or the password is not its; nobody learns which.
    #[error("the e-mail address or the password is not right: try again")]
    Wrong,
    /// The password is right; a number of the second factor is needed.
    #[error("a number of the second factor is needed: see the telephone")]
    NumberNeeded,
    /// The number of the second factor is wrong.
    #[error(
        "the number is not right: wait for the next one, and see that the telephone's clock is right"
    )]
    WrongNumber,
    /// Too many tries failed.
    #[error("too many tries have failed: wait, and try again later")]
    Wait {
        /// When the next try is looked at.
        until: Timestamp,
    },
    /// Too many tries of strangers failed, and this is one.
    #[error(
        "many passwords are being tried: sign in from a browser or a network where you signed in before, or by a link to a new password, or wait"
    )]
    Crowd {
        /// When the next try of a stranger is looked at.
        until: Timestamp,
    },
    /// See [`AccountError`].
    #[error(transparent)]
    Account(#[from] AccountError),
}

impl From<StoreError> for SignInError {
    fn from(error: StoreError) -> Self {
        Self::Account(error.into())
    }
}

/// A limit, and the tries under it before this one.
pub(crate) struct Counted {
    key: String,
    limit: TryLimit,
    before: Tries,
    now: Tries,
}

/// Somebody who is let in.
struct Came {
    asked: SignIn,
    /// The range it came from, as the store keeps it.
    range: String,
    user: User,
    /// What is written of the second factor.
    second: Option<AccountWrite>,
    counted: Vec<Counted>,
}

/// The key of the tries at an account, whether or not there is one.
pub(super) fn account_key(blind_index: &str) -> String {
    format!("account:{blind_index}")
}

impl Accounts {
    /// Signs somebody in.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn sign_in(
        &self,
        mut asked: SignIn,
        now: Timestamp,
    ) -> Result<SignedIn, SignInError> {
        // What is no address is counted as one, and is nobody's.
        let index = match EmailAddress::parse(&asked.address) {
            Some(address) => self.sealer.blind_index(&address),
            None => self.sealer.blind("no address", asked.address.as_bytes()),
        };
        let found = self.store.user_by_address(&index).await?;
        // From here on a browser that the user does not know shows nothing.
        asked.known_browser = asked.known_browser.filter(|shown| {
            let user = found.as_ref().map(|(user, _)| user);
            user.is_some_and(|user| self.knows(shown, user.id))
        });
        let range = self.range(asked.from);
        let limits = match &asked.known_browser {
            Some(shown) => {
                let browser = self.sealer.blind("browser", shown.as_bytes());
                vec![(TryLimit::KnownBrowser, format!("browser:{browser}"))]
            }
            None => self.limits(&index, &range, now).await?,
        };
        let counted = self.count(limits, now).await?;
        let known = found
            .as_ref()
            .filter(|(user, _)| user.state == UserState::Active)
            .and_then(|(_, credentials)| credentials.password.clone());
        let is_right = self.hashing.verify(asked.password.clone(), known).await;
        let is_right = match is_right {
            Ok(is_right) => is_right,
            Err(busy) => {
                // Nobody looked: the try does not count.
                self.take_back(counted).await?;
                return Err(AccountError::from(busy).into());
            }
        };
        let (true, Some((user, credentials))) = (is_right, found.clone()) else {
            let subject = match &found {
                Some((user, _)) => user.id,
                None => self.id().await?,
            };
            self.note_failure(subject, Actor::System, now).await?;
            return Err(SignInError::Wrong);
        };
        let second = match self.second(&user, &credentials, &asked.number, now) {
            Ok(second) => second,
            Err(SignInError::NumberNeeded) => {
                self.take_back(counted).await?;
                return Err(SignInError::NumberNeeded);
            }
            Err(other) => {
                self.note_failure(user.id, Actor::System, now).await?;
                return Err(other);
            }
        };
        let came = Came {
            asked,
            range,
            user,
            second,
            counted,
        };
        self.begin(came, now).await
    }

    /// The limits that a try counts under in a browser that is not known.
    async fn limits(
        &self,
        index: &str,
        range: &str,
        now: Timestamp,
    ) -> Result<Vec<(TryLimit, String)>, StoreError> {
        let mut limits = vec![
            (TryLimit::Account, account_key(index)),
            (TryLimit::Range, format!("range:{range}")),
        ];
        // Asked of the range alone, whatever the account: it tells nothing of it.
        let used_at = self.store.range_used_at(range).await?;
        if used_at.is_none_or(|used_at| used_at < now.plus(-RANGE_KNOWN_FOR)) {
            limits.push((TryLimit::Strangers, "strangers".to_owned()));
        }
        Ok(limits)
    }

    /// The range that somebody comes from, as the store keeps it.
    fn range(&self, from: IpAddr) -> String {
        let range = range_of(from).to_string();
        self.sealer.blind("range", range.as_bytes())
    }

    /// See [`count_tries`].
    pub(super) async fn count(
        &self,
        limits: Vec<(TryLimit, String)>,
        now: Timestamp,
    ) -> Result<Vec<Counted>, SignInError> {
        count_tries(&self.store, limits, now).await
    }

    /// Notes in the audit trail that a try failed.
    pub(super) async fn note_failure(
        &self,
        subject: Id,
        actor: Actor,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let failed = entry(Action::SignInFail, subject, actor, now);
        self.store.commit(changes([]).audit(failed)).await?;
        Ok(())
    }

    /// Takes a try back at which nobody looked, or that was right, or half so:
    /// all is as it was before, where nobody else failed in between.
    pub(super) async fn take_back(&self, counted: Vec<Counted>) -> Result<(), StoreError> {
        for Counted {
            key, before, now, ..
        } in counted
        {
            let back = AccountWrite::Tries {
                key,
                loaded: now,
                tries: before,
            };
            match self.store.commit(changes([back])).await {
                Ok(_) | Err(StoreError::Conflict) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// What is written of the second factor, where there is one.
    fn second(
        &self,
        user: &User,
        credentials: &Credentials,
        number: &str,
        now: Timestamp,
    ) -> Result<Option<AccountWrite>, SignInError> {
        let Some(sealed) = &credentials.second_factor else {
            return Ok(None);
        };
        if number.trim().is_empty() {
            return Err(SignInError::NumberNeeded);
        }
        let opened = self.sealer.open_secret(sealed);
        let factor = opened.as_deref().and_then(SecondFactor::of_sealed);
        let step = factor.and_then(|factor| factor.step_of(number, now));
        let user = user.id;
        Ok(Some(match step {
            Some(step) if step > credentials.second_factor_step => {
                AccountWrite::SecondFactorUsed { user, step }
            }
            Some(_) => return Err(SignInError::WrongNumber),
            None => AccountWrite::RecoveryUsed {
                user,
                code: second_factor::code_hash(number),
            },
        }))
    }

    async fn begin(&self, came: Came, now: Timestamp) -> Result<SignedIn, SignInError> {
        let Came {
            asked,
            range,
            user,
            second,
            counted,
        } = came;
        let token = self.token();
        let session = Session {
            id: self.id().await?,
            user: user.id,
            token: token.hash(),
            browser: asked
                .browser
                .chars()
                .filter(|letter| !letter.is_control())
                .take(BROWSER_LETTERS_MAX)
                .collect(),
            began_at: now,
            used_at: now,
            confirmed_at: now,
        };
        // What was right: the account and the browser begin anew; what others
        // share has one failure less.
        let (shared, own): (Vec<_>, Vec<_>) = counted
            .into_iter()
            .partition(|counted| counted.limit.is_shared());
        let forgotten = own
            .into_iter()
            .map(|counted| AccountWrite::TriesForgotten { key: counted.key });
        let has_second = second.is_some();
        let writes = second
            .into_iter()
            .chain([
                AccountWrite::Session(Box::new(session.clone())),
                AccountWrite::RangeKnown {
                    key: range,
                    at: now,
                },
            ])
            .chain(forgotten);
        let actor = Actor::User(user.id);
        let began = entry(Action::SessionBegin, session.id, actor, now);
        match self.store.commit(changes(writes).audit(began)).await {
            Ok(_) => {}
            // The number or the code was used before, or never was one.
            Err(StoreError::Conflict) if has_second => {
                self.note_failure(user.id, Actor::System, now).await?;
                return Err(SignInError::WrongNumber);
            }
            Err(error) => return Err(error.into()),
        }
        self.take_back(shared).await?;
        Ok(SignedIn {
            token,
            session,
            known_browser: asked
                .known_browser
                .unwrap_or_else(|| self.known_browser(user.id)),
            user,
        })
    }

    /// What a browser shows from now on to be known to a user's account:
    /// something random, and a keyed hash of it and the user. For a browser in
    /// which the user signed in, or set the password by a link.
    pub fn known_browser(&self, user: Id) -> String {
        let random = self.token().to_text();
        let proof = self.proof(&random, user);
        format!("{random}.{proof}")
    }

    fn knows(&self, shown: &str, user: Id) -> bool {
        let Some((random, proof)) = shown.split_once('.') else {
            return false;
        };
        // Compared by their hashes, so that no time tells how much of it is right.
        let hash = |text: &str| credentials::token::hash_of(text.as_bytes());
        hash(proof) == hash(&self.proof(random, user))
    }

    fn proof(&self, random: &str, user: Id) -> String {
        let what = format!("{random}:{user}");
        self.sealer.blind("known browser", what.as_bytes())
    }
}

/// Counts a try under each limit, or says until when to wait.
pub(crate) async fn count_tries(
    store: &Store,
    limits: Vec<(TryLimit, String)>,
    now: Timestamp,
) -> Result<Vec<Counted>, SignInError> {
    let mut tries = 0;
    loop {
        tries += 1;
        let mut counted = Vec::with_capacity(limits.len());
        for (limit, key) in &limits {
            let before = store.tries(key).await?;
            let until = limit.next_try(before);
            if until > now {
                return Err(match limit {
                    TryLimit::Strangers => SignInError::Crowd { until },
                    _ => SignInError::Wait { until },
                });
            }
            counted.push(Counted {
                key: key.clone(),
                limit: *limit,
                before,
                now: limit.failed_again(before, now),
            });
        }
        let writes = counted.iter().map(|counted| AccountWrite::Tries {
            key: counted.key.clone(),
            loaded: counted.before,
            tries: counted.now,
        });
        match store.commit(changes(writes)).await {
            Ok(_) => return Ok(counted),
            // Others try at the same moment.
            Err(StoreError::Conflict) if tries < TRIES => {}
            Err(StoreError::Conflict) => {
                let until = now.plus(Timestamp::SECOND);
                return Err(SignInError::Wait { until });
            }
            Err(error) => return Err(error.into()),
        }
    }
}
