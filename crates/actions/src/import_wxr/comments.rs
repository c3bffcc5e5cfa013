//! Comments with their threads and states. Addresses are sealed before they
//! reach the store; IP addresses are never read.

use std::collections::HashMap;

use editorial::{
    Changes, Id, Write,
    comment::{Comment, CommentState},
    email::EmailAddress,
};
use importer::{
    html::{Lines, reduce},
    wordpress::Item,
};

use super::{Import, ImportError, moment};

impl Import<'_, '_> {
    /// Adds the comments of an item that are not there yet.
    pub(super) async fn comments(
        &mut self,
        item: &Item,
        article: Id,
        changes: &mut Changes,
    ) -> Result<(), ImportError> {
        let (spoken, pinged): (Vec<_>, Vec<_>) = item
            .comments
            .iter()
            .partition(|comment| !matches!(comment.kind.as_str(), "pingback" | "trackback"));
        self.report
            .count_many("pingbacks_left_out", pinged.len() as u64);
        if spoken.is_empty() {
            return Ok(());
        }
        let numbers: Vec<String> = spoken.iter().map(|comment| comment.id.clone()).collect();
        let known = self
            .store
            .origins(&self.source, "comment", &numbers)
            .await?;
        let mut ids: HashMap<&str, Id> = known
            .iter()
            .map(|origin| (origin.foreign.as_str(), origin.id))
            .collect();
        let fresh: Vec<_> = spoken
            .into_iter()
            .filter(|comment| !ids.contains_key(comment.id.as_str()))
            .collect();
        for comment in &fresh {
            let id = self.id().await?;
            ids.insert(&comment.id, id);
        }
        for comment in fresh {
            let Some(id) = ids.get(comment.id.as_str()).copied() else {
                continue;
            };
            let state = match comment.approved.as_str() {
                "1" => CommentState::Approved,
                "0" => CommentState::Waiting,
                "spam" => CommentState::Spam,
                _ => CommentState::Removed,
            };
            let email = EmailAddress::parse(comment.email.trim());
            let sealed = match email {
                Some(email) if !self.options.dry_run => {
                    Some(self.options.sealer.seal(&email, (self.options.nonce)()))
                }
                _ => None,
            };
            let text = reduce(&comment.content, Lines::Meaningful, true, &|_| None)
                .body
                .plain_text();
            let written_at =
                moment(&comment.date_gmt, &jiff::tz::TimeZone::UTC).unwrap_or(self.options.now);
            changes.writes.push(Write::Comment(Box::new(Comment {
                id,
                article,
                reply_to: ids
                    .get(comment.parent.as_str())
                    .copied()
                    .filter(|parent| *parent != id),
                name: comment.author.trim().chars().take(200).collect(),
                email: sealed,
                text,
                written_at,
                state,
            })));
            self.remember(changes, "comment", &comment.id, id, String::new());
            self.report.count("comments_new");
        }
        Ok(())
    }
}
