//! Categories and tags settled: Sections, Tags, and their old addresses.

use std::collections::{HashMap, HashSet};

use arabic::slug::slug;
use editorial::{
    ArticleKind, ArticleState, Changes, Id, Write,
    changes::Target,
    places::{Section, Tag},
};
use importer::{
    address::Keeping,
    html::words,
    wordpress::{Item, Term},
};

use super::{
    Import, ImportError,
    addresses::lead_to,
    names::{NAMES_BATCH, SLUG_LETTERS_MAX, free, hash_of},
};
use crate::general;

impl Import<'_, '_> {
    /// Top-level categories, and those that items alone name.
    pub(super) async fn settle_sections(&mut self) -> Result<(), ImportError> {
        let mut terms = std::mem::take(&mut self.names.categories_told);
        for (slug, name) in std::mem::take(&mut self.names.categories_used) {
            if !slug.is_empty() && !self.names.parents.contains_key(&slug) {
                terms.push(Term {
                    slug,
                    name,
                    ..Term::default()
                });
            }
        }
        for term in &terms {
            self.met.categories.insert(&term.slug);
        }
        let mut known = self.store.sections().await?;
        let mut taken: HashSet<String> = known.iter().map(|section| section.slug.clone()).collect();
        let mut position = known
            .iter()
            .map(|section| section.position + 1)
            .max()
            .unwrap_or(0);
        let is_below =
            |term: &Term| !term.parent.is_empty() && self.names.parents.contains_key(&term.parent);
        let (below, top): (Vec<Term>, Vec<Term>) = terms.iter().cloned().partition(is_below);
        for part in top.chunks(NAMES_BATCH) {
            let slugs: Vec<String> = part.iter().map(|term| term.slug.clone()).collect();
            let origins = self.origins("category", &slugs).await?;
            let (mut changes, mut mending) = (Changes::new(), Vec::new());
            for term in part {
                let (name, description) =
                    (words(&term.name, false), words(&term.description, false));
                let hash = hash_of([name.as_str(), &description]);
                let keys = category_keys(&term.slug, term, &self.aside.keeping);
                let id = if let Some(origin) = origins.get(&term.slug) {
                    if origin.fingerprint != hash && !term.id.is_empty() {
                        let there = known.iter_mut().find(|section| section.id == origin.id);
                        match there {
                            Some(section)
                                if hash_of([section.name.as_str(), &section.description])
                                    == origin.fingerprint =>
                            {
                                (section.name, section.description) = (name, description);
                                changes.writes.push(Write::Section(section.clone()));
                                self.remember(
                                    &mut changes,
                                    "category",
                                    &term.slug,
                                    origin.id,
                                    hash,
                                );
                                self.report.count("sections_updated");
                            }
                            _ => self.renamed_here("category", &term.slug),
                        }
                    }
                    mending.push((keys, Target::Section(origin.id)));
                    origin.id
                } else {
                    let wanted = slug(&term.slug, SLUG_LETTERS_MAX);
                    let same = known
                        .iter()
                        .find(|section| section.slug == wanted && section.name == name);
                    let id = if let Some(section) = same {
                        section.id
                    } else {
                        let id = self.id().await?;
                        let section = Section {
                            id,
                            slug: free(&wanted, id, &mut taken),
                            name,
                            description,
                            colour: String::new(),
                            position,
                        };
                        position += 1;
                        changes.writes.push(Write::Section(section.clone()));
                        known.push(section);
                        self.report.count("sections_new");
                        id
                    };
                    self.remember(&mut changes, "category", &term.slug, id, hash);
                    lead_to(&mut changes, keys, Target::Section(id));
                    id
                };
                self.names.section_of.insert(term.slug.clone(), id);
                if !term.id.is_empty() {
                    self.names
                        .targets_by_number
                        .insert(term.id.clone(), Target::Section(id));
                }
            }
            self.mend(mending, &mut changes).await?;
            self.commit(changes).await?;
        }
        let by_slug: HashMap<&str, &Term> = terms
            .iter()
            .map(|term| (term.slug.as_str(), term))
            .collect();
        // A circle of categories has no top: its first one is taken for it.
        let as_tags: Vec<(Term, Vec<String>)> = below
            .into_iter()
            .map(|term| {
                let path = path_of(&term, &by_slug).join("/");
                let keys = category_keys(&path, &term, &self.aside.keeping);
                (term, keys)
            })
            .chain(top.iter().filter_map(|term| {
                let wanted = self.names.categories_as_tags.contains(&term.slug);
                wanted.then(|| (term.clone(), Vec::new()))
            }))
            .collect();
        self.settle_as_tags("category_tag", as_tags).await
    }

    /// Tags, those that items alone name among them.
    pub(super) async fn settle_tags(&mut self) -> Result<(), ImportError> {
        let told = std::mem::take(&mut self.names.tags_told);
        let mut used = std::mem::take(&mut self.names.tags_used);
        for term in &told {
            used.remove(&term.slug);
        }
        let undeclared =
            used.into_iter()
                .filter(|(slug, _)| !slug.is_empty())
                .map(|(slug, name)| Term {
                    slug,
                    name,
                    ..Term::default()
                });
        let terms = told.into_iter().chain(undeclared).map(|term| {
            let keeping = &self.aside.keeping;
            let mut keys = keeping.below(&format!("/tag/{}/", term.slug));
            keys.extend(keeping.number("tag", &term.slug));
            (term, keys)
        });
        let terms: Vec<(Term, Vec<String>)> = terms.collect();
        for (term, _) in &terms {
            self.met.tags.insert(&term.slug);
        }
        self.settle_as_tags("tag", terms).await
    }

    /// Terms that are Tags here, with the keys of their old addresses.
    async fn settle_as_tags(
        &mut self,
        kind: &str,
        terms: Vec<(Term, Vec<String>)>,
    ) -> Result<(), ImportError> {
        for part in terms.chunks(NAMES_BATCH) {
            let slugs: Vec<String> = part.iter().map(|(term, _)| term.slug.clone()).collect();
            let origins = self.origins(kind, &slugs).await?;
            let wanted: Vec<String> = slugs
                .iter()
                .map(|own| slug(own, SLUG_LETTERS_MAX))
                .collect();
            let ids: Vec<Id> = origins.values().map(|origin| origin.id).collect();
            // The batch before may hold tags of the same slugs.
            self.written().await?;
            let mut known = self.store.tags(&wanted, &ids).await?;
            let mut taken: HashSet<String> = known.iter().map(|tag| tag.slug.clone()).collect();
            let (mut changes, mut mending) = (Changes::new(), Vec::new());
            for ((term, keys), wanted) in part.iter().zip(wanted) {
                let name = words(&term.name, false);
                let hash = hash_of([name.as_str()]);
                let id = if let Some(origin) = origins.get(&term.slug) {
                    if origin.fingerprint != hash {
                        let there = known.iter_mut().find(|tag| tag.id == origin.id);
                        match there {
                            Some(tag) if hash_of([tag.name.as_str()]) == origin.fingerprint => {
                                tag.name = name;
                                changes.writes.push(Write::Tag(tag.clone()));
                                self.remember(&mut changes, kind, &term.slug, origin.id, hash);
                                self.report.count("tags_updated");
                            }
                            _ => self.renamed_here(kind, &term.slug),
                        }
                    }
                    mending.push((keys.clone(), Target::Tag(origin.id)));
                    origin.id
                } else {
                    // One subject of two sites, or a category and a tag of one
                    // name, is one tag; two names of one slug, such as «سورية»
                    // and «سوريــة», stay two.
                    let same = known
                        .iter()
                        .find(|tag| tag.slug == wanted && tag.name == name);
                    let id = if let Some(tag) = same {
                        tag.id
                    } else {
                        let id = self.id().await?;
                        let tag = Tag {
                            id,
                            slug: free(&wanted, id, &mut taken),
                            name,
                        };
                        changes.writes.push(Write::Tag(tag.clone()));
                        known.push(tag);
                        self.report.count("tags_new");
                        id
                    };
                    self.remember(&mut changes, kind, &term.slug, id, hash);
                    lead_to(&mut changes, keys.clone(), Target::Tag(id));
                    id
                };
                let names = &mut self.names;
                if kind == "tag" {
                    names.tags.insert(term.slug.clone(), id);
                } else {
                    names.category_tags.insert(term.slug.clone(), id);
                }
                if !term.id.is_empty() {
                    names
                        .targets_by_number
                        .entry(term.id.clone())
                        .or_insert(Target::Tag(id));
                }
            }
            self.mend(mending, &mut changes).await?;
            self.commit(changes).await?;
        }
        Ok(())
    }

    /// The section and the tags of an item. What is not shown needs no section
    /// before it is published; one made for it would stand empty.
    pub(super) async fn places(
        &mut self,
        item: &Item,
        (kind, state): (ArticleKind, ArticleState),
        changes: &mut Changes,
    ) -> Result<(Option<Id>, Vec<Id>), ImportError> {
        let (place, categories) = self.names.placement(item);
        let section = place
            .and_then(|slug| self.names.section_of.get(slug))
            .copied();
        let subjects = item
            .terms
            .iter()
            .filter(|(domain, ..)| domain == "post_tag")
            .filter_map(|(_, slug, _)| self.names.tags.get(slug));
        let mut tags: Vec<Id> = Vec::new();
        for id in categories
            .iter()
            .filter_map(|slug| self.names.category_tags.get(*slug))
            .chain(subjects)
        {
            if !tags.contains(id) {
                tags.push(*id);
            }
        }
        let section = match (kind, section) {
            (ArticleKind::Story, Some(section)) => Some(section),
            (ArticleKind::Story, None) if state == ArticleState::Published => {
                Some(self.general(changes).await?)
            }
            (ArticleKind::Page, _) | (ArticleKind::Story, None) => None,
        };
        Ok((section, tags))
    }

    /// The section for what has no category, made on first need.
    async fn general(&mut self, changes: &mut Changes) -> Result<Id, ImportError> {
        if let Some(id) = self.names.general {
            return Ok(id);
        }
        let known = self.store.sections().await?;
        let id = if let Some(id) = general::of(&known) {
            id
        } else {
            let id = self.id().await?;
            changes
                .writes
                .push(Write::Section(general::new(id, &known)));
            self.report.count("sections_new");
            id
        };
        self.names.general = Some(id);
        Ok(id)
    }
}

/// The keys of a category's addresses: under those above it, by itself, and by
/// its number and slug.
fn category_keys(path: &str, term: &Term, keeping: &Keeping) -> Vec<String> {
    let mut keys = keeping.below(&format!("/category/{path}/"));
    keys.extend(keeping.below(&format!("/category/{}/", term.slug)));
    keys.extend(keeping.number("category_name", &term.slug));
    keys.extend(keeping.number("cat", &term.id));
    keys
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
