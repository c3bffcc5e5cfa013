//! Authors and terms: who and what the items refer to.
//!
//! Top-level categories become Sections; categories below them, and tags,
//! become Tags, so that an article has one Section and no subject is lost.

use std::collections::{BTreeMap, HashMap, HashSet};

use arabic::slug::slug;
use editorial::{
    Changes, Id, Write,
    changes::Target,
    people::Author,
    places::{Section, Tag},
};
use importer::{address, wordpress::Term};

use super::{Import, ImportError};

/// The most letters of a slug.
pub(super) const SLUG_LETTERS_MAX: usize = 80;
/// The slug of the section for what has none.
const GENERAL: &str = "general";

/// What the items' names mean here.
#[derive(Default)]
pub(super) struct Names {
    told_authors: Vec<(String, String, String)>,
    told_categories: Vec<Term>,
    told_tags: Vec<Term>,
    /// By login.
    pub(super) authors: HashMap<String, Id>,
    /// By the category's slug: its section, that is of the category at the top.
    pub(super) section_of: HashMap<String, Id>,
    /// By the slug of a tag or of a category below the top.
    pub(super) tags: HashMap<String, Id>,
    /// Slugs of tags that are not free.
    taken_tags: HashSet<String>,
    /// For what has no category.
    pub(super) general: Option<Id>,
    /// WordPress's term numbers, for menus.
    pub(super) targets_by_number: BTreeMap<String, Target>,
}

impl Names {
    pub(super) fn author_told(&mut self, id: String, login: String, name: String) {
        self.told_authors.push((id, login, name));
    }

    pub(super) fn category_told(&mut self, term: Term) {
        self.told_categories.push(term);
    }

    pub(super) fn tag_told(&mut self, term: Term) {
        self.told_tags.push(term);
    }
}

impl Import<'_, '_> {
    /// Writes the authors and terms that are not there yet.
    pub(super) async fn settle_names(&mut self) -> Result<(), ImportError> {
        let mut changes = Changes::new();
        let mut first = None;
        self.settle_authors(&mut changes, &mut first).await?;
        self.settle_categories(&mut changes, &mut first).await?;
        let tags = std::mem::take(&mut self.names.told_tags);
        for term in tags {
            self.settle_tag(&term, "tag", &mut changes, &mut first)
                .await?;
        }
        self.commit(changes, first).await
    }

    async fn settle_authors(
        &mut self,
        changes: &mut Changes,
        first: &mut Option<Id>,
    ) -> Result<(), ImportError> {
        let known = self.store.authors().await?;
        let mut taken: HashSet<String> = known.iter().map(|author| author.slug.clone()).collect();
        for (number, login, name) in std::mem::take(&mut self.names.told_authors) {
            let id = if let Some(id) = self.imported("author", &login).await? {
                id
            } else {
                let id = self.id().await?;
                first.get_or_insert(id);
                let own = free(&slug(&login, SLUG_LETTERS_MAX), id, &mut taken);
                let author = Author {
                    id,
                    slug: own,
                    name: name.trim().to_owned(),
                    bio: String::new(),
                };
                changes.writes.push(Write::Author(author));
                self.remember(changes, "author", &login, id, String::new());
                for key in [
                    format!("?author={number}"),
                    format!("?author_name={}", login.to_lowercase()),
                ] {
                    changes.writes.push(Write::OldAddress {
                        key,
                        target: Target::Author(id),
                    });
                }
                for key in address::keys(&format!("/author/{login}/")) {
                    changes.writes.push(Write::OldAddress {
                        key,
                        target: Target::Author(id),
                    });
                }
                self.report.count("authors_new");
                id
            };
            self.names.authors.insert(login, id);
        }
        Ok(())
    }

    async fn settle_categories(
        &mut self,
        changes: &mut Changes,
        first: &mut Option<Id>,
    ) -> Result<(), ImportError> {
        let terms = std::mem::take(&mut self.names.told_categories);
        let by_slug: HashMap<&str, &Term> = terms
            .iter()
            .map(|term| (term.slug.as_str(), term))
            .collect();
        let known = self.store.sections().await?;
        let mut taken: HashSet<String> = known.iter().map(|section| section.slug.clone()).collect();
        let mut position = known
            .iter()
            .map(|section| section.position + 1)
            .max()
            .unwrap_or(0);
        for term in terms.iter().filter(|term| term.parent.is_empty()) {
            let id = if let Some(id) = self.imported("category", &term.slug).await? {
                id
            } else {
                let id = self.id().await?;
                first.get_or_insert(id);
                changes.writes.push(Write::Section(Section {
                    id,
                    slug: free(&slug(&term.slug, SLUG_LETTERS_MAX), id, &mut taken),
                    name: words(&term.name),
                    description: words(&term.description),
                    colour: String::new(),
                    position,
                }));
                position += 1;
                self.remember(changes, "category", &term.slug, id, String::new());
                old_term(
                    changes,
                    "category",
                    &term.slug,
                    &format!("?cat={}", term.id),
                    Target::Section(id),
                );
                self.report.count("sections_new");
                id
            };
            self.names.section_of.insert(term.slug.clone(), id);
            self.names
                .targets_by_number
                .insert(term.id.clone(), Target::Section(id));
        }
        for term in terms.iter().filter(|term| !term.parent.is_empty()) {
            let path = path_of(term, &by_slug);
            if let Some(section) = path
                .first()
                .and_then(|top| self.names.section_of.get(*top))
                .copied()
            {
                self.names.section_of.insert(term.slug.clone(), section);
            }
            let full = path.join("/");
            self.settle_tag(term, "category", changes, first).await?;
            if let Some(id) = self.names.tags.get(&term.slug).copied() {
                old_term(
                    changes,
                    "category",
                    &full,
                    &format!("?cat={}", term.id),
                    Target::Tag(id),
                );
            }
        }
        Ok(())
    }

    async fn settle_tag(
        &mut self,
        term: &Term,
        kind: &str,
        changes: &mut Changes,
        first: &mut Option<Id>,
    ) -> Result<(), ImportError> {
        let known = self.imported("tag", &term.slug).await?;
        let known = known.or_else(|| self.names.tags.get(&term.slug).copied());
        let id = if let Some(id) = known {
            id
        } else {
            let id = self.id().await?;
            first.get_or_insert(id);
            // Two tags may have one slug here, such as «سورية» and «سوريــة».
            let wanted = slug(&term.slug, SLUG_LETTERS_MAX);
            if self.store.tag(&wanted).await?.is_some() {
                self.names.taken_tags.insert(wanted.clone());
            }
            let own = free(&wanted, id, &mut self.names.taken_tags);
            changes.writes.push(Write::Tag(Tag {
                id,
                slug: own,
                name: words(&term.name),
            }));
            self.remember(changes, "tag", &term.slug, id, String::new());
            if kind == "tag" {
                old_term(
                    changes,
                    "tag",
                    &term.slug,
                    &format!("?tag={}", term.slug.to_lowercase()),
                    Target::Tag(id),
                );
            }
            self.report.count("tags_new");
            id
        };
        self.names.tags.insert(term.slug.clone(), id);
        self.names
            .targets_by_number
            .insert(term.id.clone(), Target::Tag(id));
        Ok(())
    }

    /// The section for what has no category, made on first need.
    pub(super) async fn general(&mut self, changes: &mut Changes) -> Result<Id, ImportError> {
        if let Some(id) = self.names.general {
            return Ok(id);
        }
        let known = self.store.sections().await?;
        let found = known.iter().find(|section| section.slug == GENERAL);
        let id = if let Some(section) = found {
            section.id
        } else {
            let id = self.id().await?;
            let last = known.iter().map(|section| section.position).max();
            changes.writes.push(Write::Section(Section {
                id,
                slug: GENERAL.to_owned(),
                name: "عام".to_owned(),
                description: String::new(),
                colour: String::new(),
                position: last.unwrap_or(0) + 100,
            }));
            self.report.count("sections_new");
            id
        };
        self.names.general = Some(id);
        Ok(id)
    }

    /// The id here of one thing of the old system, if it was imported.
    pub(super) async fn imported(
        &self,
        kind: &str,
        foreign: &str,
    ) -> Result<Option<Id>, ImportError> {
        let found = self
            .store
            .origins(&self.source, kind, &[foreign.to_owned()])
            .await?;
        Ok(found.first().map(|origin| origin.id))
    }

    /// Remembers where a thing came from.
    pub(super) fn remember(
        &self,
        changes: &mut Changes,
        kind: &str,
        foreign: &str,
        id: Id,
        fingerprint: String,
    ) {
        changes.writes.push(Write::Origin {
            source: self.source.clone(),
            kind: kind.to_owned(),
            foreign: foreign.to_owned(),
            id,
            fingerprint,
        });
    }
}

/// A slug nobody has: the wanted one, or the id.
fn free(wanted: &str, id: Id, taken: &mut HashSet<String>) -> String {
    let own = if wanted.is_empty() || taken.contains(wanted) {
        id.to_string()
    } else {
        wanted.to_owned()
    };
    taken.insert(own.clone());
    own
}

fn old_term(changes: &mut Changes, base: &str, path: &str, query: &str, target: Target) {
    let keys = address::keys(&format!("/{base}/{path}/"));
    for key in keys.into_iter().chain([query.to_owned()]) {
        changes.writes.push(Write::OldAddress { key, target });
    }
}

/// The slugs from the top down to a category.
fn path_of<'a>(term: &'a Term, by_slug: &HashMap<&str, &'a Term>) -> Vec<&'a str> {
    let mut path = vec![term.slug.as_str()];
    let mut above = term.parent.as_str();
    // Exports with circles have been seen: no slug comes twice.
    while let Some(parent) = by_slug
        .get(above)
        .filter(|parent| !path.contains(&parent.slug.as_str()))
    {
        path.push(&parent.slug);
        above = &parent.parent;
    }
    path.reverse();
    path
}

/// Words without HTML, on one line.
pub(super) fn words(html: &str) -> String {
    let reduced = importer::html::reduce(html, importer::html::Lines::Collapse, true, &|_| None);
    reduced
        .body
        .plain_text()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
