//! Decisions, on one comment or several, and what takes them back.

use std::collections::BTreeSet;

use actions::comments::{CommentError, Comments, Decided};
use editorial::{Id, audit::Actor, comment::CommentState};
use hyper::StatusCode;
use store::StoreError;

use super::view::{Act, Done, View};
use crate::newsroom::{Asked, Failure, Visitor, reply::Reply};

/// Comments that one form decides on, at the most.
const AT_ONCE: usize = 100;

impl Asked<'_> {
    /// Decides on the comments of the form, one after the other.
    pub(in crate::newsroom) async fn decide_comments(
        &self,
        visitor: &Visitor,
    ) -> Result<Reply, Failure> {
        let act = Act::parse(self.form.one("do")).filter(|act| *act != Act::Undo);
        let (Some(act), Some(talks)) = (act, self.talks()) else {
            return self.problem(StatusCode::UNPROCESSABLE_ENTITY, "comments-no-act");
        };
        let chosen: BTreeSet<(Id, i64)> = self
            .form
            .all("comment")
            .filter_map(chosen)
            .take(AT_ONCE)
            .collect();
        let actor = Actor::User(visitor.user.id);
        let mut done = Done::new(act, self.now);
        // The newest last, as they stand below each other.
        for (id, version) in chosen {
            let one = self.decide_one(talks, act, (id, version), actor).await;
            count(&mut done, one)?;
        }
        Ok(self.say(&done))
    }

    async fn decide_one(
        &self,
        talks: &Comments,
        act: Act,
        (id, version): (Id, i64),
        actor: Actor,
    ) -> Result<Option<Decided>, CommentError> {
        let blocks = match act {
            Act::Decide(decision) => {
                let decided = talks.decide(id, decision, Some(version), actor, self.now);
                return decided.await.map(Some);
            }
            Act::Block => true,
            Act::Unblock | Act::Undo => false,
        };
        let was_done = talks.set_blocked(id, blocks, actor, self.now).await?;
        Ok(was_done.then_some(Decided {
            id,
            version,
            before: CommentState::Waiting,
            reports: 0,
        }))
    }

    /// Takes back what was decided.
    pub(in crate::newsroom) async fn undo_decisions(
        &self,
        visitor: &Visitor,
    ) -> Result<Reply, Failure> {
        let (text, seal) = (self.form.one("undo"), self.form.one("seal"));
        let before = Done::parse(text, seal, &self.holder);
        let (Some(before), Some(talks)) = (before, self.talks()) else {
            return self.problem(StatusCode::UNPROCESSABLE_ENTITY, "comments-no-undo");
        };
        let actor = Actor::User(visitor.user.id);
        let mut done = Done::new(Act::Undo, self.now);
        for decided in before.decided {
            let one = match before.act {
                Act::Block | Act::Unblock => {
                    let blocks = before.act == Act::Unblock;
                    let back = talks.set_blocked(decided.id, blocks, actor, self.now).await;
                    back.map(|was_done| was_done.then_some(decided))
                }
                Act::Decide(_) | Act::Undo => {
                    let back = talks.put_back(decided, actor, self.now).await;
                    back.map(|()| Some(decided))
                }
            };
            count(&mut done, one)?;
        }
        Ok(self.say(&done))
    }

    /// Back to the screen that the form stood on, with what was done.
    fn say(&self, done: &Done) -> Reply {
        let back = match self.form.one("view") {
            "blocked" => "/newsroom/comments/blocked?".to_owned(),
            query => format!("{}&", View::parse(query).path()),
        };
        let text = done.to_text();
        let seal = Done::seal(&text, &self.holder);
        Reply::see(&format!("{back}did={text}&seal={seal}"))
    }
}

/// `ID-VERSION`.
fn chosen(text: &str) -> Option<(Id, i64)> {
    let (id, version) = text.split_once('-')?;
    Some((Id::parse(id)?, version.parse().ok()?))
}

/// Counts what became of one comment. What a rule forbids is said; where the
/// store fails, nothing more is tried.
fn count(done: &mut Done, one: Result<Option<Decided>, CommentError>) -> Result<(), Failure> {
    match one {
        Ok(Some(decided)) => done.decided.push(decided),
        Err(CommentError::Store(StoreError::Conflict)) => done.changed += 1,
        Err(CommentError::Store(error)) => return Err(error.into()),
        Ok(None) | Err(_) => done.left += 1,
    }
    Ok(())
}
