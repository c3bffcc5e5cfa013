//! What is kept of a reader, for himself: he asks for it with his address, and
//! gets or erases it by a link that goes there.
//!
//! Whoever asks gets the same answer after the same writes, whether or not
//! anything is kept for the address: that is looked for behind the outbox's
//! queue. Where no letters are sent the request waits for an administrator, who
//! makes the link.

use std::collections::{BTreeSet, HashMap};

use credentials::Token;
use editorial::{
    ChangeKey, Changes, Id, SiteSettings, Timestamp, Write,
    accounts::TryLimit,
    audit::{Action, Actor},
    comment::{Comment, CommentWrite, DataRequest},
    email::EmailAddress,
    urls::Url,
};
use screens::Language;
use serde::Serialize;
use store::StoreError;

use super::{Comments, moderate::entry};
use crate::accounts::{Letters, SignInError, Waiting, Whose, Written, count_tries};

/// Why a reader did not get what is kept of him, or an administrator no link.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// The address is none.
    #[error("this is no e-mail address: give one such as layla@example.org")]
    NoAddress,
    /// It was asked for too often with this address.
    #[error("a link was asked for too often with this address: wait, and ask again later")]
    Wait {
        /// When the next request is taken.
        until: Timestamp,
    },
    /// Too many requests wait.
    #[error("too many requests wait at this moment: ask again later")]
    Busy,
    /// The link does not work.
    #[error("this link is too old, or another was asked for after it: ask for a new one")]
    NoLink,
    /// There is no such request.
    #[error("there is no request {0}: it is older than three days, or another came after it")]
    NoRequest(Id),
    /// It was asked for with another address.
    #[error("this is not the address that asked: see which address wrote to you")]
    OtherAddress,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<SignInError> for DataError {
    fn from(error: SignInError) -> Self {
        use crate::accounts::AccountError;
        match error {
            SignInError::Wait { until } => Self::Wait { until },
            SignInError::Account(AccountError::Store(error)) => Self::Store(error),
            // Nothing was compared with anything.
            _ => Self::Busy,
        }
    }
}

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataAsked {
    /// A link goes to the address, if anything is kept for it.
    ByLetter,
    /// It waits under this number for an administrator.
    Waits(Id),
}

/// One comment as its writer gets it: with no address of anybody, and no hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// Its number.
    pub id: Id,
    /// Its article's address; a path where the paper's own is not known.
    pub article: String,
    /// Its article's headline; empty where the article is gone.
    pub headline: String,
    /// The comment that it answers.
    pub reply_to: Option<Id>,
    /// The name he gave.
    pub name: String,
    /// The text.
    pub text: String,
    /// When he wrote it, as RFC 3339.
    pub written_at: String,
    /// When he last changed it.
    pub edited_at: Option<String>,
    /// See [`editorial::comment::CommentState::name`].
    pub state: &'static str,
}

/// A reader's request that waits to be looked at.
#[derive(Clone)]
pub(crate) struct DataWaiting {
    request: Id,
    address: EmailAddress,
    token: Token,
}

impl Comments {
    /// Whether links go by letter.
    pub const fn sends_letters(&self) -> bool {
        self.letters.is_some()
    }

    /// Takes a reader's request for what is kept of him. An older one of the same
    /// address is void then, with its link.
    ///
    /// # Errors
    /// [`DataError::NoAddress`], [`DataError::Wait`] or [`DataError::Busy`]: none
    /// of them tells whether anything is kept.
    pub async fn ask_for_data(&self, typed: &str, now: Timestamp) -> Result<DataAsked, DataError> {
        let address = EmailAddress::parse(typed).ok_or(DataError::NoAddress)?;
        // Taken first: what is counted is looked at.
        let place = match &self.letters {
            Some(letters) => {
                let place = letters.asked.try_reserve();
                Some(place.map_err(|_| DataError::Busy)?)
            }
            None => None,
        };
        let email = self.sealer.seal(&address, self.nonce());
        let limit = (TryLimit::Letter, format!("data:{}", email.blind_index));
        count_tries(&self.store, vec![limit], now).await?;
        let (request, token) = (self.id().await?, self.token());
        let asked = DataRequest {
            id: request,
            email,
            token: place.is_some().then(|| token.hash()),
            at: now,
        };
        let asked = Write::Comment(CommentWrite::DataAsked(asked));
        match self.store.commit(Changes::new().write(asked)).await {
            Err(StoreError::Conflict) => return Err(DataError::Busy),
            done => done?,
        };
        Ok(match place {
            Some(place) => {
                place.send(Waiting::Data(DataWaiting {
                    request,
                    address,
                    token,
                }));
                DataAsked::ByLetter
            }
            None => DataAsked::Waits(request),
        })
    }

    /// The request's number, where a letter is owed for it.
    pub(crate) async fn subject_of(&self, asked: &DataWaiting) -> Result<Option<Id>, StoreError> {
        let index = self.sealer.blind_index(&asked.address);
        let keeps = self.store.keeps_of_address(&index).await?;
        Ok(keeps.then_some(asked.request))
    }

    /// The letter with the link that was asked for. Where nothing is kept for the
    /// address, there is no letter, and the request is settled.
    pub(crate) async fn answer_data(
        &self,
        letters: &Letters,
        asked: DataWaiting,
        now: Timestamp,
    ) -> Result<Option<Written>, StoreError> {
        if self.subject_of(&asked).await?.is_none() {
            let settled = CommentWrite::DataSettled(asked.request);
            let changes = Changes::new().write(Write::Comment(settled));
            self.store.commit(changes).await?;
            return Ok(None);
        }
        let noted = entry(Action::LinkMake, asked.request, Actor::Reader, now);
        self.store.commit(Changes::new().audit(noted)).await?;
        let settings = self.store.settings().await?;
        let language = Language::of(&settings.language).unwrap_or_default();
        let whose = Whose::Reader(self.sealer.blind_index(&asked.address));
        let path = Url::OwnCommentData(asked.token.to_text()).to_string();
        Ok(Some(Written {
            whose,
            subject: asked.request,
            letter: letters.write(&settings, asked.address, ("data", language), &path),
        }))
    }

    /// Makes the link of a request, for an administrator who hands it out; an
    /// older one is void. He types the address that it goes to: no link is made
    /// for another than the one that was asked with. The token is told this one
    /// time.
    ///
    /// # Errors
    /// [`DataError::NoRequest`], [`DataError::NoAddress`] or
    /// [`DataError::OtherAddress`].
    pub async fn link_to_data(
        &self,
        request: Id,
        typed: &str,
        actor: Actor,
        now: Timestamp,
    ) -> Result<Token, DataError> {
        let found = self.store.data_request(request).await?;
        let found = found.filter(|found| found.works(now));
        let found = found.ok_or(DataError::NoRequest(request))?;
        let address = EmailAddress::parse(typed).ok_or(DataError::NoAddress)?;
        if self.sealer.blind_index(&address) != found.email.blind_index {
            return Err(DataError::OtherAddress);
        }
        let token = self.token();
        let linked = CommentWrite::DataLinked {
            id: request,
            token: token.hash(),
            at: now,
        };
        let changes = Changes::new().write(Write::Comment(linked)).audit(entry(
            Action::LinkMake,
            request,
            actor,
            now,
        ));
        match self.store.commit(changes).await {
            Err(StoreError::Conflict) => Err(DataError::NoRequest(request)),
            done => {
                done?;
                Ok(token)
            }
        }
    }

    /// The request of a link that works.
    ///
    /// # Errors
    /// [`DataError::NoLink`].
    pub async fn data_request(
        &self,
        token: &Token,
        now: Timestamp,
    ) -> Result<DataRequest, DataError> {
        let found = self.store.data_request_of(token.hash()).await?;
        let works = found.filter(|request| request.works(now));
        works.ok_or(DataError::NoLink)
    }

    /// All comments from an address, the oldest first.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn kept_of(&self, blind_index: &str) -> Result<Vec<Comment>, StoreError> {
        let mut all: Vec<Comment> = Vec::new();
        loop {
            let after = all.last().map(|last| last.id);
            let more = self.store.comments_of_address(blind_index, after).await?;
            if more.is_empty() {
                return Ok(all);
            }
            all.extend(more);
        }
    }

    /// What is kept of the reader who has a link, written out for him; `origin`
    /// stands before addresses where the settings have none.
    ///
    /// # Errors
    /// [`DataError::NoLink`].
    pub async fn export_by_link(
        &self,
        token: &Token,
        origin: &str,
        now: Timestamp,
    ) -> Result<Vec<Kept>, DataError> {
        let request = self.data_request(token, now).await?;
        let comments = self.kept_of(&request.email.blind_index).await?;
        let noted = entry(Action::CommentsExport, request.id, Actor::Reader, now);
        self.store.commit(Changes::new().audit(noted)).await?;
        Ok(self.written_out(comments, origin).await?)
    }

    /// What is kept of whoever has an address, as
    /// [`export_by_link`](Self::export_by_link) hands it out.
    ///
    /// # Errors
    /// [`DataError`] where the store fails.
    pub async fn export_of(
        &self,
        address: &EmailAddress,
        actor: Actor,
        now: Timestamp,
    ) -> Result<Vec<Kept>, DataError> {
        let comments = self.kept_of(&self.sealer.blind_index(address)).await?;
        if let Some(newest) = comments.last() {
            let noted = entry(Action::CommentsExport, newest.id, actor, now);
            self.store.commit(Changes::new().audit(noted)).await?;
        }
        Ok(self.written_out(comments, "").await?)
    }

    async fn written_out(
        &self,
        comments: Vec<Comment>,
        origin: &str,
    ) -> Result<Vec<Kept>, StoreError> {
        let settings: SiteSettings = self.store.settings().await?;
        let origin = if settings.origin.is_empty() {
            origin
        } else {
            &settings.origin
        };
        let mut titles: HashMap<Id, (String, String)> = HashMap::new();
        let mut kept = Vec::with_capacity(comments.len());
        for comment in comments {
            let known = titles.get(&comment.article).cloned();
            let (slug, headline) = if let Some(title) = known {
                title
            } else {
                let article = self.store.article(comment.article).await?;
                let title = article.map(|article| (article.slug, article.headline));
                let title = title.unwrap_or_default();
                titles.insert(comment.article, title.clone());
                title
            };
            kept.push(Kept {
                id: comment.id,
                article: format!("{origin}{}", Url::Article(comment.article, slug)),
                headline,
                reply_to: comment.reply_to,
                name: comment.name,
                text: comment.text,
                written_at: comment.written_at.rfc3339(),
                edited_at: comment.received.edited_at.map(Timestamp::rfc3339),
                state: comment.state.name(),
            });
        }
        Ok(kept)
    }

    /// Erases what is kept of the reader who has a link, and says how many
    /// comments it was; the link is void then.
    ///
    /// # Errors
    /// [`DataError::NoLink`]; nothing was erased.
    pub async fn erase_by_link(&self, token: &Token, now: Timestamp) -> Result<usize, DataError> {
        let request = self.data_request(token, now).await?;
        let index = request.email.blind_index;
        let comments = self.kept_of(&index).await?;
        let settled = Write::Comment(CommentWrite::DataSettled(request.id));
        let changes = erasing(index, &comments).write(settled).audit(entry(
            Action::CommentsErase,
            request.id,
            Actor::Reader,
            now,
        ));
        self.store.commit(changes).await?;
        Ok(comments.len())
    }

    /// Erases what is kept of whoever has an address, his requests too, and says
    /// how many comments it was.
    ///
    /// # Errors
    /// [`DataError`] where the store fails; nothing was erased.
    pub async fn erase_of(
        &self,
        address: &EmailAddress,
        actor: Actor,
        now: Timestamp,
    ) -> Result<usize, DataError> {
        let index = self.sealer.blind_index(address);
        let comments = self.kept_of(&index).await?;
        let mut changes = erasing(index, &comments);
        if let Some(newest) = comments.last() {
            changes = changes.audit(entry(Action::CommentsErase, newest.id, actor, now));
        }
        self.store.commit(changes).await?;
        Ok(comments.len())
    }
}

/// The changes that empty comments, with the keys of all that may show one: of
/// what waits too, which may be approved at this moment.
fn erasing(index: String, comments: &[Comment]) -> Changes {
    let articles: BTreeSet<Id> = comments.iter().map(|comment| comment.article).collect();
    let changes = articles.into_iter().fold(
        Changes::new().key(ChangeKey::MODERATION),
        |changes, article| changes.key(ChangeKey::comments(article)),
    );
    changes.write(Write::Comment(CommentWrite::Erased { index }))
}
