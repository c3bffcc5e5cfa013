//! The steps of a text from its writer to its reviewer and back, and who is told of them.

use editorial::{
    Changes, Id, Timestamp, WorkingCopy, Write,
    accounts::{Permission, User, UserState},
    audit::Actor,
    workflow::{
        Notification, NotificationKind as Kind, Remark, RemarkError, StageError, Step, Team,
        WorkflowWrite, mentioned,
    },
};
use store::{Store, StoreError};

use crate::{ActionError, load, write_together::settle};

/// Takes a step with the working copy of an article, whose version `seen` was looked at. Words that
/// come with it become a remark; who asks for changes says which.
///
/// # Errors
/// [`ActionError::Stage`] and [`ActionError::Remark`] where a rule forbids it,
/// [`ActionError::SavedByAnother`] where the text is another one by now.
pub async fn move_stage(
    store: &Store,
    id: Id,
    seen: i64,
    step: Step,
    words: &str,
    by: &User,
    now: Timestamp,
) -> Result<i64, ActionError> {
    let actor = Actor::User(by.id);
    // What is written in its document is part of the text that is judged.
    settle(store, id, actor, now).await?;
    let article = load(store, id).await?;
    let copy = store.working_copy(id).await?;
    let copy = copy.unwrap_or_else(|| WorkingCopy::begin(&article, None, now));
    let mut changes = copy.step(step, actor, by.roles, now)?;
    if copy.version != seen {
        return Err(ActionError::SavedByAnother(copy.saved_by));
    }
    let words = words.trim();
    if step == Step::AskForChanges && words.is_empty() {
        return Err(RemarkError::Empty.into());
    }
    let team = store.team(id, copy.content.section).await?;
    let users = store.users().await?;
    let mut told = Telling::begin(Some(by.id), id, now);
    if !words.is_empty() {
        let remark = remark(store, id, "", words, actor, now).await?;
        told.mentioned(&remark.text, &users);
        let there_are = store.remark_count(id).await?;
        changes.append(remark.say(there_are, actor)?);
    }
    match step {
        Step::Submit => told.each(reviewers(&users, &team, copy.begun_by), Kind::Submitted),
        Step::TakeBack => {}
        Step::AskForChanges => told.each(writers(&copy, &team), Kind::ChangesAsked),
        Step::Approve => told.each(writers(&copy, &team), Kind::Approved),
    }
    changes.append(told.changes(store).await?);
    match store.commit(changes).await {
        Err(StoreError::Conflict) => Err(StageError::OtherStage.into()),
        done => Ok(done?),
    }
}

/// A remark that is not said yet.
pub(crate) async fn remark(
    store: &Store,
    article: Id,
    quote: &str,
    text: &str,
    actor: Actor,
    now: Timestamp,
) -> Result<Remark, ActionError> {
    Ok(Remark {
        id: crate::draw_id(store).await?,
        article,
        written_by: actor.user(),
        at: now,
        quote: quote.to_owned(),
        text: text.to_owned(),
        settled: None,
    })
}

/// Who reads a text that was handed to review: the others at its desk who may publish.
fn reviewers(users: &[User], team: &Team, begun_by: Option<Id>) -> Vec<Id> {
    let reviews = |user: &&User| {
        user.state == UserState::Active
            && user.roles.allow(Permission::Publish)
            && team.members.contains(&user.id)
            && Some(user.id) != begun_by
    };
    users.iter().filter(reviews).map(|user| user.id).collect()
}

/// Who writes a text: who began it, and whose it is to do.
pub(crate) fn writers(copy: &WorkingCopy, team: &Team) -> Vec<Id> {
    copy.begun_by.into_iter().chain(team.assigned).collect()
}

/// Who is told what in one act: each once, by the first reason, and nobody of what he did himself.
pub(crate) struct Telling {
    caused_by: Option<Id>,
    article: Id,
    at: Timestamp,
    told: Vec<(Id, Kind)>,
}

impl Telling {
    pub(crate) const fn begin(caused_by: Option<Id>, article: Id, at: Timestamp) -> Self {
        Self {
            caused_by,
            article,
            at,
            told: Vec::new(),
        }
    }

    pub(crate) fn each(&mut self, users: impl IntoIterator<Item = Id>, kind: Kind) {
        for user in users {
            let is_told = self.told.iter().any(|(known, _)| *known == user);
            if Some(user) != self.caused_by && !is_told {
                self.told.push((user, kind));
            }
        }
    }

    /// Those whom a remark names, and who write here.
    pub(crate) fn mentioned(&mut self, text: &str, users: &[User]) {
        let names: Vec<(Id, &str)> = users
            .iter()
            .filter(|user| user.state == UserState::Active && user.roles.allow(Permission::Write))
            .map(|user| (user.id, user.name.as_str()))
            .collect();
        self.each(mentioned(text, &names), Kind::Mentioned);
    }

    /// The changes that tell them; and that the one who acts has read what he was told of the
    /// article.
    pub(crate) async fn changes(self, store: &Store) -> Result<Changes, StoreError> {
        let count = i64::try_from(self.told.len()).unwrap_or(i64::MAX);
        let mut ids = store.draw_ids(count.saturating_add(1)).await?;
        let mut draw = || ids.draw().expect("the block holds one for each");
        let mut changes = Changes::new();
        for (user, kind) in self.told {
            let notification = Notification {
                id: draw(),
                user,
                kind,
                article: self.article,
                caused_by: self.caused_by,
                at: self.at,
                read_at: None,
            };
            changes = changes.write(Write::Workflow(WorkflowWrite::Notified(notification)));
        }
        let Some(user) = self.caused_by else {
            return Ok(changes);
        };
        Ok(
            changes.write(Write::Workflow(WorkflowWrite::NotificationsRead {
                user,
                article: Some(self.article),
                through: draw(),
                at: self.at,
            })),
        )
    }
}
