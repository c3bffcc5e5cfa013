//! Readers' comments: taken in, changed by their writers, decided on by
//! moderators, and forgotten.

mod data;
mod moderate;
mod own;
mod receive;
mod senders;
mod words;

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use credentials::Token;
use editorial::{
    Article, Changes, Id, SiteSettings, Timestamp, Write,
    comment::{
        Comment, CommentWrite, DataRequest, DecisionError, SAME_FOR, SEEN_FOR, rules::WordList,
    },
    id::IdBlock,
};
use store::{Store, StoreError, seal::EmailSealer};

pub(crate) use data::DataWaiting;
pub use data::{DataAsked, DataError, Kept};
pub use moderate::Decided;
pub use receive::{Sent, Taken};
pub use words::{WORDS_FILE, WordsError, read_words};

use crate::accounts::Letters;

/// Ids drawn from the store at once.
const IDS: i64 = 64;
/// Times that a change is tried again which somebody else's came before.
const TRIES: usize = 5;

/// Why something about a comment was not done.
#[derive(Debug, thiserror::Error)]
pub enum CommentError {
    /// There is no such comment.
    #[error("there is no comment {0}: `warraq comments list` shows them")]
    NoComment(Id),
    /// There is no such article.
    #[error(
        "there is no article {0}: see the number in its address, /a/NUMBER/…, or `warraq article list`"
    )]
    NoArticle(Id),
    /// No comments are taken there.
    #[error("comments on this article are closed")]
    Closed,
    /// What is answered is not shown there.
    #[error("the comment that is answered is not shown on this article any more")]
    NothingToAnswer,
    /// There is no address to it.
    #[error("nothing is known of the writer of this comment: he cannot be blocked or written to")]
    NoAddress,
    /// Its address was sealed under a key that is not here.
    #[error("the address of this writer was sealed under a key that is not here")]
    KeyAway,
    /// No reason was given where one is asked for.
    #[error("give a reason: it is kept in the audit trail")]
    NoReason,
    /// A rule forbids it.
    #[error(transparent)]
    Decision(#[from] DecisionError),
    /// Somebody else wrote in between, or the store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What the acts on comments need. Cheap to clone.
#[derive(Clone)]
pub struct Comments {
    store: Store,
    sealer: Arc<EmailSealer>,
    random: fn() -> [u8; 32],
    /// None where no mail server is configured.
    letters: Option<Letters>,
    shared: Arc<Shared>,
}

struct Shared {
    words: RwLock<Arc<WordList>>,
    ids: Mutex<IdBlock>,
    sender_keys: senders::Keys,
}

impl std::fmt::Debug for Comments {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Comments(…)")
    }
}

impl Comments {
    /// Over a store; `random` gives bytes that nobody can guess, never the same
    /// twice.
    pub fn new(store: Store, sealer: Arc<EmailSealer>, random: fn() -> [u8; 32]) -> Self {
        let none = IdBlock::new(Id::new(1).expect("one is in range"), 1);
        Self {
            store,
            sealer,
            random,
            letters: None,
            shared: Arc::new(Shared {
                words: RwLock::new(Arc::new(WordList::built_in().clone())),
                ids: Mutex::new(none),
                sender_keys: senders::Keys::default(),
            }),
        }
    }

    /// With letters to readers.
    pub(crate) fn with_letters(self, letters: Option<Letters>) -> Self {
        Self { letters, ..self }
    }

    /// The store they are kept in.
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// What seals their addresses.
    pub fn sealer(&self) -> &EmailSealer {
        &self.sealer
    }

    /// The words that hold a comment.
    pub fn words(&self) -> Arc<WordList> {
        let words = self.shared.words.read();
        Arc::clone(&words.unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes another list of words, for comments that come in from now on.
    pub fn set_words(&self, words: WordList) {
        let mut own = self.shared.words.write();
        **own.as_mut().unwrap_or_else(|poisoned| poisoned.get_mut()) = Arc::new(words);
    }

    /// A token of random bytes: what a writer's browser keeps.
    pub fn token(&self) -> Token {
        Token::new((self.random)())
    }

    /// A nonce that is never used twice.
    pub fn nonce(&self) -> [u8; 24] {
        let random = (self.random)();
        std::array::from_fn(|at| random[at])
    }

    async fn id(&self) -> Result<Id, StoreError> {
        loop {
            let drawn = {
                let ids = self.shared.ids.lock();
                ids.unwrap_or_else(PoisonError::into_inner).draw()
            };
            if let Some(id) = drawn {
                return Ok(id);
            }
            let fresh = self.store.draw_ids(IDS).await?;
            let mut ids = self
                .shared
                .ids
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            if ids.left() == 0 {
                *ids = fresh;
            }
        }
    }

    async fn comment(&self, id: Id) -> Result<Comment, CommentError> {
        let comment = self.store.comment(id).await?;
        comment.ok_or(CommentError::NoComment(id))
    }

    async fn article(&self, id: Id) -> Result<Article, CommentError> {
        let article = self.store.article(id).await?;
        article.ok_or(CommentError::NoArticle(id))
    }

    /// Commits what `make` makes of what it reads, anew where somebody else wrote
    /// in between; and says what it says.
    async fn commit_anew<T, F>(&self, make: impl Fn() -> F) -> Result<T, CommentError>
    where
        F: Future<Output = Result<(Changes, T), CommentError>>,
    {
        for _ in 0..TRIES {
            let (changes, said) = make().await?;
            match self.store.commit(changes).await {
                Err(StoreError::Conflict) => {}
                done => {
                    done?;
                    return Ok(said);
                }
            }
        }
        Err(StoreError::Conflict.into())
    }

    /// Forgets what has had its time.
    ///
    /// # Errors
    /// [`CommentError`] where the store fails.
    pub async fn sweep(&self, settings: &SiteSettings, now: Timestamp) -> Result<(), CommentError> {
        let days = i64::from(settings.comments.sender_days);
        let swept = CommentWrite::Swept {
            senders_before: now.plus(-days * Timestamp::DAY),
            writers_before: now.plus(-SEEN_FOR),
            requests_before: now.plus(-DataRequest::WORKS_FOR),
            sent_before: now.plus(-SAME_FOR),
        };
        let changes = Changes::new().write(Write::Comment(swept));
        self.store.commit(changes).await?;
        Ok(())
    }
}
