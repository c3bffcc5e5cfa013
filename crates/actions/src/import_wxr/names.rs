//! Who and what the items refer to: authors here, categories and tags in
//! `terms`.
//!
//! Top-level categories become Sections; categories below them, and tags,
//! become Tags, so that an article has one Section and no subject is lost: a
//! second top-level category of an article is a Tag of it. An export of some
//! posts only declares no terms; then the items' own words for them count.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use arabic::slug::slug;
use editorial::{Changes, Id, Write, changes::Target, people::Author, places::DEFAULT_CATEGORIES};
use importer::{
    address::Keeping,
    html::words,
    wordpress::{Item, Term},
};
use sha2::{Digest as _, Sha256};

use super::{Import, ImportError, addresses::lead_to, read::hex};

/// The most letters of a slug.
pub(super) const SLUG_LETTERS_MAX: usize = 80;
/// Names settled in one transaction.
pub(super) const NAMES_BATCH: usize = 100;
/// Custom fields in which plugins keep an article's first category.
const PRIMARY_CATEGORY: [&str; 2] = [
    "_yoast_wpseo_primary_category",
    "rank_math_primary_category",
];

/// An author as an export tells of it.
pub(super) struct ToldAuthor {
    number: String,
    login: String,
    name: String,
}

/// What the items' names mean here.
#[derive(Default)]
pub(super) struct Names {
    authors_told: Vec<ToldAuthor>,
    logins: HashSet<String>,
    /// Logins that items name, and co-authors with the words for them.
    creators: BTreeSet<String>,
    co_authors: BTreeMap<String, String>,
    pub(super) categories_told: Vec<Term>,
    pub(super) tags_told: Vec<Term>,
    /// Slugs of the categories told, with the slug above each.
    pub(super) parents: HashMap<String, String>,
    slugs_by_number: HashMap<String, String>,
    tag_slugs: HashSet<String>,
    /// Terms that items name, whether they are told of or not.
    pub(super) categories_used: BTreeMap<String, String>,
    pub(super) tags_used: BTreeMap<String, String>,
    /// Top-level categories that are some article's second one.
    pub(super) categories_as_tags: BTreeSet<String>,
    /// By login, and by its form in addresses.
    authors: HashMap<String, Id>,
    /// By the category's slug: its section, that is of the category at the top.
    pub(super) section_of: HashMap<String, Id>,
    /// By the slug of a category: the tag it is.
    pub(super) category_tags: HashMap<String, Id>,
    /// By the slug of a tag.
    pub(super) tags: HashMap<String, Id>,
    /// For what has no category.
    pub(super) general: Option<Id>,
    /// WordPress's term numbers, for menus.
    pub(super) targets_by_number: BTreeMap<String, Target>,
    /// Slugs of the standing pages of this run.
    pub(super) page_slugs: HashMap<String, Id>,
    /// Custom fields and taxonomies without a place here: how many items have
    /// them, and the line, byte and number of the first.
    pub(super) left_out: BTreeMap<(&'static str, String), (u64, u64, u64, String)>,
}

impl Names {
    pub(super) fn author_told(&mut self, number: String, login: String, name: String) {
        if !login.is_empty() && self.logins.insert(login.clone()) {
            self.authors_told.push(ToldAuthor {
                number,
                login,
                name,
            });
        }
    }

    /// A guest author of the plugin for several authors.
    pub(super) fn guest_told(&mut self, item: &Item) {
        let own = item.name.strip_prefix("cap-").unwrap_or(&item.name);
        let login = item
            .field("cap-user_login")
            .filter(|login| !login.is_empty())
            .unwrap_or(own);
        let name = item
            .field("cap-display_name")
            .filter(|name| !name.is_empty())
            .unwrap_or(&item.title);
        self.author_told(String::new(), login.to_owned(), name.to_owned());
    }

    pub(super) fn category_told(&mut self, term: Term) {
        if self.parents.contains_key(&term.slug) {
            return;
        }
        self.parents.insert(term.slug.clone(), term.parent.clone());
        self.slugs_by_number
            .insert(term.id.clone(), term.slug.clone());
        self.categories_told.push(term);
    }

    pub(super) fn tag_told(&mut self, term: Term) {
        if self.tag_slugs.insert(term.slug.clone()) {
            self.tags_told.push(term);
        }
    }

    /// Notes the names an item uses.
    pub(super) fn item_told(&mut self, item: &Item) {
        if !self.logins.contains(&item.creator) && !item.creator.is_empty() {
            self.creators.insert(item.creator.clone());
        }
        for (domain, slug, name) in &item.terms {
            let used = match domain.as_str() {
                "category" => &mut self.categories_used,
                "post_tag" => &mut self.tags_used,
                "author" => &mut self.co_authors,
                _ => continue,
            };
            if !used.contains_key(slug) {
                used.insert(slug.clone(), name.clone());
            }
        }
        let (_, tags) = self.placement(item);
        let tags: Vec<String> = tags
            .into_iter()
            .filter(|slug| self.is_top(slug))
            .map(str::to_owned)
            .collect();
        self.categories_as_tags.extend(tags);
    }

    fn is_top(&self, slug: &str) -> bool {
        self.parents.get(slug).is_none_or(String::is_empty)
    }

    /// The slug of the category that is the item's place, and those of the
    /// categories that are subjects of it.
    pub(super) fn placement<'a>(&'a self, item: &'a Item) -> (Option<&'a str>, Vec<&'a str>) {
        let own: Vec<&str> = item
            .terms
            .iter()
            .filter(|(domain, ..)| domain == "category")
            .map(|(_, slug, _)| slug.as_str())
            .collect();
        let chosen = PRIMARY_CATEGORY
            .iter()
            .filter_map(|field| item.field(field))
            .filter_map(|number| self.slugs_by_number.get(number))
            .map(String::as_str)
            .find(|slug| own.contains(slug));
        let real = || {
            own.iter()
                .copied()
                .find(|slug| !DEFAULT_CATEGORIES.contains(slug))
        };
        let first = chosen.or_else(real).or_else(|| own.first().copied());
        let place = first.map(|slug| self.top_of(slug));
        let tags = own
            .iter()
            .copied()
            .filter(|slug| Some(*slug) != place && !DEFAULT_CATEGORIES.contains(slug))
            .collect();
        (place, tags)
    }

    /// The category at the top of the one with that slug.
    fn top_of<'a>(&'a self, slug: &'a str) -> &'a str {
        let mut seen = vec![slug];
        let mut at = slug;
        // Exports with circles have been seen: no slug comes twice.
        while let Some(above) = self.parents.get(at).map(String::as_str)
            && !above.is_empty()
            && self.parents.contains_key(above)
            && !seen.contains(&above)
        {
            seen.push(above);
            at = above;
        }
        at
    }

    /// Who is credited for an item: its co-authors, or else its author.
    pub(super) fn credited(&self, item: &Item) -> Vec<Id> {
        let mut ids: Vec<Id> = Vec::new();
        for (_, slug, name) in item.terms.iter().filter(|(domain, ..)| domain == "author") {
            let own = slug.strip_prefix("cap-").unwrap_or(slug);
            let found = self.authors.get(own).or_else(|| self.authors.get(name));
            if let Some(id) = found.filter(|id| !ids.contains(id)) {
                ids.push(*id);
            }
        }
        if ids.is_empty() {
            ids.extend(self.authors.get(&item.creator));
        }
        ids
    }

    /// Everyone who is told of, or named by an item alone.
    fn everyone(&mut self) -> Vec<ToldAuthor> {
        let mut told = std::mem::take(&mut self.authors_told);
        let mut known: HashSet<String> = told
            .iter()
            .flat_map(|author| [author.login.clone(), nicename(&author.login)])
            .collect();
        for login in std::mem::take(&mut self.creators) {
            if known.insert(login.clone()) {
                known.insert(nicename(&login));
                told.push(ToldAuthor {
                    number: String::new(),
                    name: login.clone(),
                    login,
                });
            }
        }
        for (slug, name) in std::mem::take(&mut self.co_authors) {
            let login = slug.strip_prefix("cap-").unwrap_or(&slug).to_owned();
            if !known.contains(&name) && known.insert(login.clone()) {
                told.push(ToldAuthor {
                    number: String::new(),
                    login,
                    name,
                });
            }
        }
        told
    }
}

impl Import<'_, '_> {
    /// Writes the authors and terms that are not there yet, or changed there.
    pub(super) async fn settle_names(&mut self) -> Result<(), ImportError> {
        std::sync::Arc::make_mut(&mut self.aside)
            .attached
            .sort_unstable();
        self.settle_authors().await?;
        self.settle_sections().await?;
        self.settle_tags().await
    }

    async fn settle_authors(&mut self) -> Result<(), ImportError> {
        let mut known = self.store.authors().await?;
        let mut taken: HashSet<String> = known.iter().map(|author| author.slug.clone()).collect();
        let everyone = self.names.everyone();
        for part in everyone.chunks(NAMES_BATCH) {
            let logins: Vec<String> = part.iter().map(|told| told.login.clone()).collect();
            let origins = self.origins("author", &logins).await?;
            let (mut changes, mut mending) = (Changes::new(), Vec::new());
            for told in part {
                self.met.authors.insert(&told.login);
                let name = words(&told.name, false);
                let hash = hash_of([name.as_str()]);
                let origin = origins.get(&told.login);
                let keys = author_keys(told, &self.aside.keeping);
                let id = if let Some(origin) = origin {
                    if origin.fingerprint != hash {
                        let there = known.iter_mut().find(|author| author.id == origin.id);
                        match there {
                            Some(author)
                                if hash_of([author.name.as_str()]) == origin.fingerprint =>
                            {
                                author.name = name;
                                changes.writes.push(Write::Author(author.clone()));
                                self.remember(&mut changes, "author", &told.login, origin.id, hash);
                                self.report.count("authors_updated");
                            }
                            _ => self.renamed_here("author", &told.login),
                        }
                    }
                    mending.push((keys, Target::Author(origin.id)));
                    origin.id
                } else {
                    let wanted = slug(&told.login, SLUG_LETTERS_MAX);
                    let same = known
                        .iter()
                        .find(|author| author.slug == wanted && author.name == name);
                    let id = if let Some(author) = same {
                        author.id
                    } else {
                        let id = self.id().await?;
                        let author = Author {
                            id,
                            slug: free(&wanted, id, &mut taken),
                            name,
                            bio: String::new(),
                        };
                        changes.writes.push(Write::Author(author.clone()));
                        known.push(author);
                        self.report.count("authors_new");
                        id
                    };
                    self.remember(&mut changes, "author", &told.login, id, hash);
                    lead_to(&mut changes, keys, Target::Author(id));
                    id
                };
                self.names.authors.insert(nicename(&told.login), id);
                self.names.authors.insert(told.login.clone(), id);
            }
            self.mend(mending, &mut changes).await?;
            self.commit(changes).await?;
        }
        Ok(())
    }

    /// What of these was imported before, by its id there.
    pub(super) async fn origins(
        &self,
        kind: &str,
        foreign: &[String],
    ) -> Result<HashMap<String, store::Origin>, ImportError> {
        if self.met.first_time(kind) {
            return Ok(HashMap::new());
        }
        let found = self.store.origins(&self.source, kind, foreign).await?;
        Ok(found
            .into_iter()
            .map(|origin| (origin.foreign.clone(), origin))
            .collect())
    }

    pub(super) fn renamed_here(&mut self, kind: &str, foreign: &str) {
        self.report.note(
            0,
            0,
            kind,
            foreign,
            "changed there, but was edited here since it was imported; not overwritten",
        );
        self.report.count("names_edited_here");
    }

    /// Notes the custom fields and taxonomies of an item that have no place.
    pub(super) fn note_left_out(&mut self, item: &Item) {
        let fields = item
            .fields
            .iter()
            .map(|(field, _)| ("custom_field", field.as_str()));
        let terms = item
            .terms
            .iter()
            .map(|(domain, ..)| ("taxonomy", domain.as_str()));
        let sticky = item.sticky.then_some(("mark", "sticky"));
        for (kind, name) in fields.chain(terms).chain(sticky) {
            if KNOWN.contains(&name) || PRIMARY_CATEGORY.contains(&name) {
                continue;
            }
            let key = (kind, name.to_owned());
            if let Some(known) = self.names.left_out.get_mut(&key) {
                known.0 += 1;
            } else if self.names.left_out.len() < LEFT_OUT_MAX {
                let first = (1, item.line, item.byte, item.id.clone());
                self.names.left_out.insert(key, first);
            }
        }
    }

    /// One line for each custom field, taxonomy and mark without a place.
    pub(super) fn report_left_out(&mut self) {
        for ((kind, name), (count, line, byte, id)) in std::mem::take(&mut self.names.left_out) {
            let what = match kind {
                "custom_field" => format!("custom field {name}"),
                "taxonomy" => format!("terms of the taxonomy {name}"),
                _ => format!("the mark {name}"),
            };
            let why = format!("{what} of {count} items has no place here; the first is item {id}");
            self.report.note(line, byte, kind, &name, &why);
        }
    }
}

/// Different custom fields and taxonomies that are counted.
const LEFT_OUT_MAX: usize = 10_000;
/// Custom fields and taxonomies that are read, or say nothing of the article.
const KNOWN: [&str; 11] = [
    "_thumbnail_id",
    "_edit_last",
    "_edit_lock",
    "_wp_old_slug",
    "_pingme",
    "_encloseme",
    "category",
    "post_tag",
    "author",
    "language",
    "post_translations",
];

/// A slug nobody has: the wanted one, or the id.
pub(super) fn free(wanted: &str, id: Id, taken: &mut HashSet<String>) -> String {
    let own = if wanted.is_empty() || taken.contains(wanted) {
        id.to_string()
    } else {
        wanted.to_owned()
    };
    taken.insert(own.clone());
    own
}

pub(super) fn hash_of<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hex(hash)
}

/// The keys of an author's addresses.
fn author_keys(told: &ToldAuthor, keeping: &Keeping) -> Vec<String> {
    let mut keys = keeping.number("author_name", &told.login);
    keys.extend(keeping.number("author", &told.number));
    for name in [&told.login, &nicename(&told.login)] {
        keys.extend(keeping.below(&format!("/author/{name}/")));
    }
    keys
}

/// A login as WordPress writes it in addresses.
fn nicename(login: &str) -> String {
    let lower = login.to_lowercase();
    let parts = lower
        .split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '@'))
        .filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-").replace('@', "")
}
