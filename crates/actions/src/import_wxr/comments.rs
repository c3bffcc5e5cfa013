//! Comments with their threads and states. Addresses are sealed before they
//! reach the store; IP addresses are never read.

use std::collections::HashMap;

use editorial::{
    Changes, Id, Timestamp, Write,
    comment::{Comment, CommentState, CommentWrite, Received},
    email::EmailAddress,
};
use importer::{
    html::{Lines, reduce},
    wordpress::{Comment as TheirComment, Item},
};
use jiff::tz::TimeZone;
use store::Origin;

use super::{Import, ImportError, moment, names::hash_of, read::Arrived};

/// Letters of a commenter's name that are kept.
const NAME_LETTERS_MAX: usize = 200;
/// Comments in one transaction at most: an article may have thousands.
const COMMENTS_MAX: usize = 400;

/// Comments imported before, by their numbers.
pub(super) type KnownComments = HashMap<String, Origin>;

/// A comment to write, and where it came from.
pub(super) struct Spoken {
    comment: Comment,
    number: String,
    fingerprint: String,
}

impl Import<'_, '_> {
    /// Which comments of a batch are here already.
    pub(super) async fn known_comments(
        &self,
        arrived: &[Arrived],
    ) -> Result<KnownComments, ImportError> {
        let numbers: Vec<String> = arrived
            .iter()
            .flat_map(|arrived| &arrived.item.comments)
            .filter(|comment| is_comment(comment))
            .map(|comment| comment.id.clone())
            .collect();
        if numbers.is_empty() {
            return Ok(KnownComments::new());
        }
        self.origins("comment", &numbers).await
    }

    /// The comments of an item that are new, or changed there.
    pub(super) async fn comments(
        &mut self,
        item: &Item,
        article: Id,
        shown_at: Option<Timestamp>,
        known: &KnownComments,
        out: &mut Vec<Spoken>,
    ) -> Result<(), ImportError> {
        let mut ids: HashMap<&str, Id> = HashMap::new();
        let mut fresh = Vec::new();
        for comment in &item.comments {
            match comment.kind.as_str() {
                "" | "comment" => {}
                "pingback" | "trackback" => {
                    self.report.count("pingbacks_left_out");
                    continue;
                }
                kind => {
                    self.report.note(
                        item.line,
                        item.byte,
                        "comment",
                        &comment.id,
                        &format!("a comment of the type {kind} has no place in a paper"),
                    );
                    continue;
                }
            }
            if comment.id.is_empty() || !self.met.comments.insert(&comment.id) {
                self.report.count("comments_left_out");
                continue;
            }
            let origin = known.get(&comment.id);
            let id = match origin {
                Some(origin) => origin.id,
                None => self.id().await?,
            };
            ids.insert(&comment.id, id);
            let raw = hash_of([&*comment.author, &comment.content, &comment.approved]);
            if origin.is_none_or(|origin| origin.fingerprint.split(':').next() != Some(&raw)) {
                fresh.push((comment, id, raw, origin));
            }
        }
        let is_arabic = !fresh.is_empty() && item.language(&self.aside.language) == "ar";
        for (theirs, id, raw, origin) in fresh {
            let zone = &self.aside.zone;
            let written_at = moment(&theirs.date_gmt, &TimeZone::UTC)
                .or_else(|| moment(&theirs.date, zone))
                .or(shown_at)
                .unwrap_or(self.options.now);
            let reduced = reduce(&theirs.content, Lines::Meaningful, is_arabic, &|_| None);
            let comment = Comment {
                id,
                article,
                reply_to: ids
                    .get(theirs.parent.as_str())
                    .copied()
                    .filter(|parent| *parent != id),
                name: theirs
                    .author
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
                    .chars()
                    .filter(|c| !c.is_control())
                    .take(NAME_LETTERS_MAX)
                    .collect(),
                email: None,
                text: reduced.body.plain_text(),
                written_at,
                state: state_of(theirs),
                received: Received::default(),
            };
            let fingerprint = format!("{raw}:{}", as_kept(&comment));
            if let Some(origin) = origin {
                let here = self.store.comment(origin.id).await?;
                let imported = origin.fingerprint.split_once(':').map(|(_, kept)| kept);
                if here.as_ref().map(as_kept).as_deref() != imported {
                    self.report.note(
                        item.line,
                        item.byte,
                        "comment",
                        &theirs.id,
                        "changed there, but was moderated here since it was imported; not overwritten",
                    );
                    self.report.count("comments_moderated_here");
                    continue;
                }
                self.report.count("comments_updated");
            } else {
                self.report.count("comments_new");
            }
            let email = EmailAddress::parse(theirs.email.trim());
            let email = match email {
                Some(email) if !self.options.dry_run => {
                    Some(self.options.sealer.seal(&email, (self.options.nonce)()))
                }
                _ => None,
            };
            out.push(Spoken {
                comment: Comment { email, ..comment },
                number: theirs.id.clone(),
                fingerprint,
            });
        }
        Ok(())
    }

    /// Commits articles with their comments; where there are many, the rest of
    /// them in transactions of their own.
    pub(super) async fn commit_with_comments(
        &mut self,
        mut changes: Changes,
        spoken: Vec<Spoken>,
    ) -> Result<(), ImportError> {
        let mut spoken = spoken.into_iter().peekable();
        loop {
            for Spoken {
                comment,
                number,
                fingerprint,
            } in spoken.by_ref().take(COMMENTS_MAX)
            {
                self.remember(&mut changes, "comment", &number, comment.id, fingerprint);
                changes
                    .writes
                    .push(Write::Comment(CommentWrite::Imported(Box::new(comment))));
            }
            self.commit(changes).await?;
            if spoken.peek().is_none() {
                return Ok(());
            }
            changes = Changes::new();
        }
    }
}

fn is_comment(comment: &TheirComment) -> bool {
    matches!(comment.kind.as_str(), "" | "comment")
}

fn state_of(comment: &TheirComment) -> CommentState {
    match comment.approved.as_str() {
        "1" => CommentState::Approved,
        "0" => CommentState::Waiting,
        "spam" => CommentState::Spam,
        _ => CommentState::Withdrawn,
    }
}

/// What of a comment moderators may change, to see whether they did.
fn as_kept(comment: &Comment) -> String {
    let state = (comment.state as i64).to_string();
    hash_of([&*comment.name, &comment.text, &state])
}
