//! Taking a reader's comment in: once, tried by the rules, on disk before it is
//! acknowledged.

use std::net::IpAddr;

use credentials::Token;
use editorial::{
    ChangeKey, Changes, Id, SiteSettings, Timestamp, Write,
    comment::{
        Circumstances, Comment, CommentState, CommentWrite, NewComment, Received, SAME_FOR,
        TRUSTED_AFTER, Trial, may_be_written_until, once, rules, try_comment,
    },
};
use store::{StoreError, WriterStanding};

use super::{CommentError, Comments};

/// Comments that a new one is compared with, of the last day.
const COMPARED: u32 = 500;

/// Names that no reader bears, beside those of the paper and its users.
const RESERVED: [&str; 8] = [
    "هيئة التحرير",
    "رئيس التحرير",
    "إدارة الموقع",
    "مدير الموقع",
    "المشرف",
    "الإدارة",
    "admin",
    "moderator",
];

/// A comment as it was sent.
#[derive(Clone, Debug)]
pub struct Sent {
    /// The article.
    pub article: Id,
    /// What was written.
    pub comment: NewComment,
    /// What the writer's browser keeps.
    pub writer: Token,
    /// Where it comes from.
    pub from: IpAddr,
    /// Whether the field that no reader sees was filled in.
    pub hidden_field: bool,
    /// Whether it was sent faster than anybody writes, though he was asked.
    pub too_fast: bool,
}

/// A comment that is on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Its number.
    pub id: Id,
    /// Where it stands.
    pub state: CommentState,
    /// Whether it was sent before, and is there once.
    pub again: bool,
}

impl Comments {
    /// Takes a comment in.
    ///
    /// # Errors
    /// [`CommentError`]; nothing was kept then.
    pub async fn receive(&self, sent: Sent, now: Timestamp) -> Result<Taken, CommentError> {
        let article = self.article(sent.article).await?;
        let settings = self.store.settings().await?;
        let until = may_be_written_until(&article, &settings);
        if until.is_none_or(|until| now >= until) {
            return Err(CommentError::Closed);
        }
        let new = sent.comment;
        if let Some(answered) = new.reply_to {
            let answered = self.store.comment(answered).await?;
            let stands_here = |comment: &Comment| {
                comment.article == sent.article && comment.state == CommentState::Approved
            };
            if !answered.as_ref().is_some_and(stands_here) {
                return Err(CommentError::NothingToAnswer);
            }
        }
        let key = once(&new.email, sent.article, &new.text);
        let key = self.sealer.blind("comment", &key);
        if let Some(taken) = self.sent_before(&key, now).await? {
            return Ok(taken);
        }
        let index = self.sealer.blind_index(&new.email);
        let standing = self.store.writer_standing(&index, TRUSTED_AFTER).await?;
        let trial = Tried {
            hidden_field: sent.hidden_field,
            too_fast: sent.too_fast,
            standing,
            but: None,
        };
        let trial = self
            .tried(&settings, &new.name, &new.text, trial, now)
            .await?;
        let comment = Comment {
            id: self.id().await?,
            article: sent.article,
            reply_to: new.reply_to,
            email: Some(self.sealer.seal(&new.email, self.nonce())),
            name: new.name,
            text: new.text,
            written_at: now,
            state: trial.state,
            received: Received {
                writer: Some(sent.writer.hash()),
                sender: self.sender(sent.from, now).await?,
                likeness: trial.likeness,
                holds: trial.holds,
                ..Received::default()
            },
        };
        let (id, state) = (comment.id, comment.state);
        let mut changes = Changes::new().key(ChangeKey::MODERATION);
        if state == CommentState::Approved {
            changes = changes.key(ChangeKey::comments(sent.article));
        }
        let received = CommentWrite::Received {
            comment: Box::new(comment),
            once: key.clone(),
            sent_before: now.plus(-SAME_FOR),
        };
        match self
            .store
            .commit(changes.write(Write::Comment(received)))
            .await
        {
            // The same came in at the same moment.
            Err(StoreError::Conflict) => {
                let taken = self.sent_before(&key, now).await?;
                taken.ok_or(CommentError::Store(StoreError::Conflict))
            }
            done => {
                done?;
                Ok(Taken {
                    id,
                    state,
                    again: false,
                })
            }
        }
    }

    async fn sent_before(&self, key: &str, now: Timestamp) -> Result<Option<Taken>, StoreError> {
        let Some(id) = self.store.comment_sent(key, now.plus(-SAME_FOR)).await? else {
            return Ok(None);
        };
        let comment = self.store.comment(id).await?;
        Ok(comment.map(|comment| Taken {
            id,
            state: comment.state,
            again: true,
        }))
    }

    /// What the rules say of a text, with all that has to be read for it.
    pub(super) async fn tried(
        &self,
        settings: &SiteSettings,
        name: &str,
        text: &str,
        known: Tried,
        now: Timestamp,
    ) -> Result<Trial, StoreError> {
        let since = now.plus(-Timestamp::DAY);
        let newest = self
            .store
            .newest_likenesses(known.but, since, COMPARED)
            .await?;
        let users = self.store.users().await?;
        let names = users.iter().map(|user| user.name.as_str());
        let reserved: Vec<String> = (RESERVED.into_iter())
            .chain([settings.name.as_str()])
            .chain(names)
            .map(rules::skeleton)
            .collect();
        let circumstances = Circumstances {
            hidden_field: known.hidden_field,
            too_fast: known.too_fast,
            blocked: known.standing.blocked,
            approved_before: known.standing.approved,
            trusts: settings.comments.trust,
            newest: &newest,
            reserved: &reserved,
        };
        Ok(try_comment(name, text, &self.words(), &circumstances))
    }
}

/// What is known of a text before it is tried.
pub(super) struct Tried {
    pub(super) hidden_field: bool,
    pub(super) too_fast: bool,
    pub(super) standing: WriterStanding,
    /// The comment itself, where it is there already.
    pub(super) but: Option<Id>,
}
