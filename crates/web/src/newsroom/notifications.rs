//! What somebody is told.

use std::collections::BTreeMap;

use actions::read_notifications;
use editorial::{Id, WorkingCopy};
use hyper::StatusCode;
use screens::workflow::{NotificationLine, Notifications};
use store::Told;

use super::{Asked, Failure, Visitor, reply::Reply};

pub(super) const PATH: &str = "/newsroom/notifications";

/// What stands on one screen.
const LINES: u32 = 50;

impl Asked<'_> {
    pub(super) async fn notifications(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let store = &self.site.store;
        let before = Id::parse(&self.query("before"));
        let mut told = store
            .notifications(visitor.user.id, before, LINES + 1)
            .await?;
        let more = told.len() > LINES as usize;
        told.truncate(LINES as usize);
        let older = told.last().filter(|_| more);
        let older = older.map(|last| format!("{PATH}?before={}", last.notification.id));
        let unread = told.iter().find(|one| one.notification.read_at.is_none());
        let through = unread.map(|one| one.notification.id.get());
        let open = self.open_articles(visitor, &told).await?;
        let names = self.names_of_users().await?;
        let lines = told.into_iter().map(|one| {
            let notification = one.notification;
            NotificationLine {
                kind: notification.kind.name(),
                saved: self.saved(notification.caused_by, notification.at, &names),
                article: notification.article.get(),
                headline: open[&notification.article].then_some(one.headline),
                unread: notification.read_at.is_none(),
            }
        });
        let screen = Notifications {
            lines: lines.collect(),
            through,
            older,
        };
        self.show(StatusCode::OK, None, &screen)
    }

    /// Which of the articles are open to the visitor still.
    async fn open_articles(
        &self,
        visitor: &Visitor,
        told: &[Told],
    ) -> Result<BTreeMap<Id, bool>, Failure> {
        let (store, user) = (&self.site.store, &visitor.user);
        let mut open = BTreeMap::new();
        for article in told.iter().map(|one| one.notification.article) {
            if open.contains_key(&article) {
                continue;
            }
            let is_open = if user.roles.allow(editorial::accounts::Permission::Publish) {
                true
            } else {
                let copy = store.working_copy(article).await?;
                let section = copy.as_ref().and_then(|copy| copy.content.section);
                let team = store.team(article, section).await?;
                let is_open = |copy: WorkingCopy| copy.is_open_to(user.id, user.roles, &team);
                copy.is_some_and(is_open) || team.assigned == Some(user.id)
            };
            open.insert(article, is_open);
        }
        Ok(open)
    }

    pub(super) async fn read_notifications(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        if let Some(through) = Id::parse(self.form.one("through")) {
            read_notifications(&self.site.store, visitor.user.id, through, self.now).await?;
        }
        Ok(Reply::see(PATH))
    }
}
