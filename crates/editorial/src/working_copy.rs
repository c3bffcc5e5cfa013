//! The working copy of an article: what its staff have written and the public
//! does not see yet.
//!
//! Every article has at most one. It is begun from what the article says, saved as often as somebody
//! likes, and ends when it is published or thrown away. Nothing writes past it: an article whose
//! text was changed by another door while one was open refuses it, and says so.

use serde::{Deserialize, Serialize};

use crate::{
    Article, Body, Changes, Id, Timestamp, Write,
    accounts::{Permission, Roles},
    article::HEADLINE_LETTERS_MAX,
    audit::{Action, Actor, AuditEntry},
    body::BLOCKS_MAX,
    comment::Commenting,
    workflow::{Stage, Team},
};

/// The longest kicker, dateline and agency, in code points.
pub const LINE_LETTERS_MAX: usize = 200;
/// The longest standfirst, in code points.
pub const STANDFIRST_LETTERS_MAX: usize = 2_000;
/// The longest text, in code points.
pub const BODY_LETTERS_MAX: usize = 500_000;
/// The longest slug, in code points.
pub const SLUG_LETTERS_MAX: usize = 80;
/// The most authors of an article.
pub const AUTHORS_MAX: usize = 20;
/// The most tags of an article.
pub const TAGS_MAX: usize = 30;

/// All parts of an article that its staff write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The words above the headline, or empty.
    pub kicker: String,
    /// The headline, or empty while there is none.
    pub headline: String,
    /// The sentences between headline and text, or empty.
    pub standfirst: String,
    /// The place and circumstance the report was filed from, or empty.
    pub dateline: String,
    /// The credited agency, or empty.
    pub agency: String,
    /// BCP 47 language.
    pub language: String,
    /// The words of its address; empty: made of the headline.
    pub slug: String,
    /// Its section; none while it has none.
    pub section: Option<Id>,
    /// Who is credited, in order.
    pub authors: Vec<Id>,
    /// Its subjects, in order.
    pub tags: Vec<Id>,
    /// The lead picture.
    pub lead: Option<Id>,
    /// Whether comments may be written.
    pub commenting: Commenting,
    /// The text.
    pub body: Body,
}

/// A part of [`Content`] that has a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The kicker.
    Kicker,
    /// The headline.
    Headline,
    /// The standfirst.
    Standfirst,
    /// The dateline.
    Dateline,
    /// The agency.
    Agency,
    /// The language.
    Language,
    /// The slug.
    Slug,
    /// The authors.
    Authors,
    /// The tags.
    Tags,
    /// The text.
    Body,
}

impl Part {
    /// The name in forms and messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kicker => "kicker",
            Self::Headline => "headline",
            Self::Standfirst => "standfirst",
            Self::Dateline => "dateline",
            Self::Agency => "agency",
            Self::Language => "language",
            Self::Slug => "slug",
            Self::Authors => "authors",
            Self::Tags => "tags",
            Self::Body => "body",
        }
    }
}

/// Why a part cannot be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} has room for {most}: shorten it", part.name())]
pub struct ContentFault {
    /// Which part.
    pub part: Part,
    /// How much it may have: letters, or how many.
    pub most: usize,
}

impl Content {
    /// The pictures that it shows: the lead first, then those of its text.
    pub fn pictures(&self) -> Vec<Id> {
        self.lead.into_iter().chain(self.body.pictures()).collect()
    }

    /// What cannot be saved as it is; empty: all can. An article may be saved long before it can be
    /// published.
    pub fn faults(&self) -> Vec<ContentFault> {
        let letters = |text: &str| text.chars().count();
        let sizes = [
            (Part::Kicker, letters(&self.kicker), LINE_LETTERS_MAX),
            (
                Part::Headline,
                letters(&self.headline),
                HEADLINE_LETTERS_MAX,
            ),
            (
                Part::Standfirst,
                letters(&self.standfirst),
                STANDFIRST_LETTERS_MAX,
            ),
            (Part::Dateline, letters(&self.dateline), LINE_LETTERS_MAX),
            (Part::Agency, letters(&self.agency), LINE_LETTERS_MAX),
            (
                Part::Language,
                letters(&self.language),
                LANGUAGE_LETTERS_MAX,
            ),
            (Part::Slug, letters(&self.slug), SLUG_LETTERS_MAX),
            (Part::Authors, self.authors.len(), AUTHORS_MAX),
            (Part::Tags, self.tags.len(), TAGS_MAX),
            (Part::Body, self.body.blocks.len(), BLOCKS_MAX),
            (
                Part::Body,
                letters(&self.body.plain_text()),
                BODY_LETTERS_MAX,
            ),
        ];
        let over = sizes.into_iter().filter(|(_, size, most)| size > most);
        over.map(|(part, _, most)| ContentFault { part, most })
            .collect()
    }
}

/// The longest code of a language, in code points.
const LANGUAGE_LETTERS_MAX: usize = 35;

impl Article {
    /// What its staff may write anew.
    pub fn content(&self) -> Content {
        Content {
            kicker: self.kicker.clone(),
            headline: self.headline.clone(),
            standfirst: self.standfirst.clone(),
            dateline: self.dateline.clone(),
            agency: self.agency.clone(),
            language: self.language.clone(),
            slug: self.slug.clone(),
            section: self.section,
            authors: self.authors.clone(),
            tags: self.tags.clone(),
            lead: self.lead,
            commenting: self.commenting,
            body: self.body.clone(),
        }
    }
}

/// What is written on an article and not public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkingCopy {
    /// The article.
    pub article: Id,
    /// Guard against lost updates: goes up by one with each save; 0 before the first.
    pub version: i64,
    /// The revision of the article that it was begun from.
    pub base: Id,
    /// Its own newest saved text; as `base` before the first save.
    pub revision: Id,
    /// What it says.
    pub content: Content,
    /// How far the work on it is.
    pub stage: Stage,
    /// The user who began it; none: somebody at the command line.
    pub begun_by: Option<Id>,
    /// The user who saved it last.
    pub saved_by: Option<Id>,
    /// When.
    pub saved_at: Timestamp,
    /// What several write its text in, from the first of their changes on.
    pub document: Option<Document>,
}

/// The document in which several people write the text of a working copy: a row of updates, of
/// which this crate knows no more than their bytes. It ends with the copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Document {
    /// Which one it is: the revision whose text it began with.
    pub stem: Id,
    /// The number of its newest update; they count from 1.
    pub last: i64,
    /// The newest whose text the copy holds, as its revision.
    pub settled: i64,
}

/// A piece of what somebody wrote in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentUpdate {
    /// What it says.
    pub bytes: Vec<u8>,
    /// The user who wrote it; none: it came another way.
    pub by: Option<Id>,
    /// When.
    pub at: Timestamp,
}

/// Something about a working copy, as the store writes it.
#[derive(Clone, Debug)]
pub enum WorkingCopyWrite {
    /// It is saved, with its text as the revision it names. The guard is the version before: 0 where
    /// the article must have none.
    Saved {
        /// As it shall be.
        copy: Box<WorkingCopy>,
        /// The version it was loaded at.
        loaded_version: i64,
    },
    /// It is at its end: published or thrown away. With it ends its document, whose newest update is
    /// a guard too: nothing that came in meanwhile is lost.
    Ended {
        /// The article.
        article: Id,
        /// The version it was loaded at.
        loaded_version: i64,
        /// The newest update that was there; 0 where there was no document.
        last: i64,
    },
    /// A document begins; the copy's text must be the one it begins with, and have none yet.
    DocumentBegun {
        /// The article.
        article: Id,
        /// The revision it begins with.
        stem: Id,
        /// The text of that revision as an update, the first one.
        update: DocumentUpdate,
    },
    /// Somebody wrote in a document, which must be there.
    DocumentWritten {
        /// The article.
        article: Id,
        /// Which document.
        stem: Id,
        /// What he wrote.
        update: DocumentUpdate,
        /// The newest update that must be there before it; none: whichever is.
        over: Option<i64>,
    },
    /// The first updates of a document are one from now on.
    DocumentJoined {
        /// The article.
        article: Id,
        /// Which document.
        stem: Id,
        /// The last of those that are joined; the one keeps its number.
        through: i64,
        /// All of them.
        update: DocumentUpdate,
    },
}

impl WorkingCopyWrite {
    /// The article.
    pub fn article(&self) -> Id {
        match self {
            Self::Saved { copy, .. } => copy.article,
            Self::Ended { article, .. }
            | Self::DocumentBegun { article, .. }
            | Self::DocumentWritten { article, .. }
            | Self::DocumentJoined { article, .. } => *article,
        }
    }
}

impl WorkingCopy {
    /// One that says what the article says, not saved yet.
    pub fn begin(article: &Article, by: Option<Id>, now: Timestamp) -> Self {
        Self {
            article: article.id,
            version: 0,
            base: article.revision,
            revision: article.revision,
            content: article.content(),
            stage: Stage::Draft,
            begun_by: by,
            saved_by: by,
            saved_at: now,
            document: None,
        }
    }

    /// Whether its content holds everything that was written in its document.
    pub fn is_settled(&self) -> bool {
        let behind = |document: Document| document.settled < document.last;
        !self.document.is_some_and(behind)
    }

    /// The number of the newest update of its document; 0 where it has none.
    pub fn last_update(&self) -> i64 {
        self.document.map_or(0, |document| document.last)
    }

    /// Whether somebody may read and write it: who publishes, every one; who only writes, what was
    /// begun by himself, is his to do, or is at his desk. One that was never saved was begun by
    /// nobody.
    pub fn is_open_to(&self, user: Id, roles: Roles, team: &Team) -> bool {
        let is_own = self.version > 0 && self.begun_by == Some(user);
        let is_desk_s = self.version > 0 && team.members.contains(&user);
        let is_to_do = team.assigned == Some(user);
        roles.allow(Permission::Publish)
            || ((is_own || is_desk_s || is_to_do) && roles.allow(Permission::Write))
    }

    /// Saves `content` in it, as the text `revision`; blocks keep their names. Where it has a
    /// document, `content` has the text of its newest update. What was approved is to be reviewed
    /// again.
    ///
    /// # Errors
    /// What of it has no room; nothing is to be written then.
    pub fn save(
        self,
        content: Content,
        revision: Id,
        by: Option<Id>,
        now: Timestamp,
    ) -> Result<Changes, Vec<ContentFault>> {
        let faults = content.faults();
        if !faults.is_empty() {
            return Err(faults);
        }
        let loaded_version = self.version;
        let copy = Self {
            version: loaded_version + 1,
            revision,
            content,
            stage: self.stage.after_save(),
            saved_by: by,
            saved_at: now,
            document: self.document.map(|document| Document {
                settled: document.last,
                ..document
            }),
            ..self
        };
        Ok(
            Changes::new().write(Write::WorkingCopy(WorkingCopyWrite::Saved {
                copy: Box::new(copy),
                loaded_version,
            })),
        )
    }

    /// Throws it away; its saved texts stay among the article's revisions.
    pub fn discard(self, actor: Actor, now: Timestamp) -> Changes {
        let entry = AuditEntry {
            at: now,
            actor,
            action: Action::ArticleDiscard,
            subject: self.article,
            note: String::new(),
        };
        Changes::new().audit(entry).write(self.ended())
    }

    /// The write that ends it.
    pub(crate) fn ended(&self) -> Write {
        Write::WorkingCopy(WorkingCopyWrite::Ended {
            article: self.article,
            loaded_version: self.version,
            last: self.last_update(),
        })
    }

    /// Begins it in the store, where it was never saved: it says what the article says, as the
    /// article's own revision. What comes with the first change of its text.
    pub fn begun(&self) -> Option<Write> {
        (self.version == 0).then(|| {
            Write::WorkingCopy(WorkingCopyWrite::Saved {
                copy: Box::new(Self {
                    version: 1,
                    ..self.clone()
                }),
                loaded_version: 0,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::Role;

    #[test]
    fn who_only_writes_writes_what_is_his_own() {
        let id = |number| Id::new(number).expect("in range");
        let (own, other) = (id(1), id(2));
        for (version, begun_by, roles, expect) in [
            (1, Some(own), &[Role::Reporter][..], true),
            (7, Some(own), &[Role::Reporter, Role::Moderator], true),
            // Somebody else's, the command line's, nobody's.
            (1, Some(other), &[Role::Reporter], false),
            (1, None, &[Role::Reporter], false),
            (0, Some(own), &[Role::Reporter], false),
            (1, Some(other), &[Role::Editor], true),
            (1, None, &[Role::ChiefEditor], true),
            (0, Some(own), &[Role::Editor], true),
            // Who writes no longer.
            (1, Some(own), &[Role::Moderator], false),
            (1, Some(own), &[Role::Administrator], false),
            (1, Some(own), &[], false),
        ] {
            let copy = WorkingCopy {
                version,
                begun_by,
                article: id(9),
                base: id(10),
                revision: id(10),
                content: empty(),
                stage: Stage::Draft,
                saved_by: Some(own),
                saved_at: Timestamp(0),
                document: None,
            };
            let roles: Roles = roles.iter().copied().collect();
            let case = format!("{version} {begun_by:?} {roles:?}");
            let nobody = Team::default();
            assert_eq!(copy.is_open_to(own, roles, &nobody), expect, "{case}");
            // At his desk, what somebody saved; to do, that as well as what nobody saved yet.
            let writes = roles.allow(Permission::Write);
            let publishes = roles.allow(Permission::Publish);
            let desk = Team {
                members: [own].into(),
                ..Team::default()
            };
            let expect = publishes || (writes && version > 0);
            assert_eq!(copy.is_open_to(own, roles, &desk), expect, "{case}");
            let to_do = Team {
                assigned: Some(own),
                ..Team::default()
            };
            assert_eq!(copy.is_open_to(own, roles, &to_do), writes, "{case}");
        }
    }

    fn empty() -> Content {
        Content {
            kicker: String::new(),
            headline: String::new(),
            standfirst: String::new(),
            dateline: String::new(),
            agency: String::new(),
            language: "ar".to_owned(),
            slug: String::new(),
            section: None,
            authors: Vec::new(),
            tags: Vec::new(),
            lead: None,
            commenting: Commenting::default(),
            body: Body::default(),
        }
    }
}
