//! Sessions that are open: whose they are, and how they end.

use credentials::{Password, Token};
use editorial::{
    Id, Timestamp,
    accounts::{
        AccountWrite, Session, SessionStanding, TryLimit, User, UserState, attempts, links,
        sessions,
    },
    audit::{Action, Actor},
};

use super::{AccountError, Accounts, SignInError, changes, entry};

impl Accounts {
    /// Whose session that is; `None` where it ended, or its user may not come
    /// in any more. That it was used is written down, now and then.
    ///
    /// # Errors
    /// [`AccountError`] where the store fails.
    pub async fn session(
        &self,
        token: &Token,
        now: Timestamp,
    ) -> Result<Option<(Session, User)>, AccountError> {
        let Some((session, user)) = self.store.session(token.hash()).await? else {
            return Ok(None);
        };
        let is_open = session.standing(now) == SessionStanding::Open;
        if !is_open || user.state != UserState::Active {
            return Ok(None);
        }
        if session.is_to_be_noted(now) {
            let used = AccountWrite::SessionUsed {
                id: session.id,
                at: now,
            };
            self.store.commit(changes([used])).await?;
        }
        Ok(Some((session, user)))
    }

    /// Ends one session of a user.
    ///
    /// # Errors
    /// [`AccountError`] where the store fails. One that ended before is ended.
    pub async fn end_session(
        &self,
        session: Id,
        of: Id,
        actor: Actor,
        now: Timestamp,
    ) -> Result<(), AccountError> {
        let all = self.store.sessions(of).await?;
        if all.iter().any(|open| open.id == session) {
            let entry = entry(Action::SessionEnd, session, actor, now);
            let changes = changes([AccountWrite::SessionEnded(session)]).audit(entry);
            self.store.commit(changes).await?;
        }
        Ok(())
    }

    /// Ends all sessions of a user, but for one perhaps.
    ///
    /// # Errors
    /// [`AccountError`] where the store fails.
    pub async fn end_sessions(
        &self,
        of: Id,
        but: Option<Id>,
        actor: Actor,
        now: Timestamp,
    ) -> Result<(), AccountError> {
        let mut changes = changes([AccountWrite::SessionsEnded { user: of, but }]);
        for session in self.store.sessions(of).await? {
            if Some(session.id) != but {
                changes = changes.audit(entry(Action::SessionEnd, session.id, actor, now));
            }
        }
        self.store.commit(changes).await?;
        Ok(())
    }

    /// Takes the password again within a session, for dangerous acts.
    ///
    /// # Errors
    /// [`AccountError::WrongPassword`], or [`AccountError::Wait`].
    pub async fn confirm(
        &self,
        session: &Session,
        password: Password,
        now: Timestamp,
    ) -> Result<(), AccountError> {
        // Whoever sits at an open session guesses no oftener than at the door.
        let key = format!("session:{}", session.id);
        let limits = vec![(TryLimit::KnownBrowser, key.clone())];
        let counted = match self.count(limits, now).await {
            Ok(counted) => counted,
            Err(SignInError::Wait { until }) => return Err(AccountError::Wait { until }),
            Err(SignInError::Account(error)) => return Err(error),
            Err(_) => return Err(AccountError::WrongPassword),
        };
        let credentials = self.store.credentials(session.user).await?;
        let known = credentials.and_then(|credentials| credentials.password);
        match self.hashing.verify(password, known).await {
            Ok(true) => {}
            Ok(false) => {
                let actor = Actor::User(session.user);
                self.note_failure(session.user, actor, now).await?;
                return Err(AccountError::WrongPassword);
            }
            Err(busy) => {
                self.take_back(counted).await?;
                return Err(busy.into());
            }
        }
        let confirmed = AccountWrite::SessionConfirmed {
            id: session.id,
            at: now,
        };
        let forgotten = AccountWrite::TriesForgotten { key };
        self.store.commit(changes([confirmed, forgotten])).await?;
        Ok(())
    }

    /// Forgets sessions, links, tries and known ranges that ended by themselves.
    ///
    /// # Errors
    /// [`AccountError`] where the store fails.
    pub async fn sweep(&self, now: Timestamp) -> Result<(), AccountError> {
        let swept = AccountWrite::Swept {
            sessions_unused_since: now.plus(-sessions::IDLE_MAX),
            links_made_before: now.plus(-links::WORKS_MAX),
            tries_before: now.plus(-attempts::FORGOTTEN_AFTER),
            ranges_unused_since: now.plus(-attempts::RANGE_KNOWN_FOR),
        };
        self.store.commit(changes([swept])).await?;
        Ok(())
    }
}
