//! The site's name and its menus.

use std::collections::{BTreeMap, HashMap, HashSet};

use editorial::{
    Changes, Id, SiteSettings, Standing, Write,
    audit::{Action, Actor, AuditEntry},
    changes::Target,
    settings::MenuItem,
};
use importer::{
    html::{link, words},
    wordpress::Item,
};
use store::Ready;

use super::{Import, ImportError, menu_place::choose};
use crate::old_address::answer;

/// Entries of all menus that are read.
const ENTRIES_MAX: usize = 10_000;

/// What the export tells of the site beside its articles.
#[derive(Default)]
pub(super) struct Menus {
    /// Name, tagline, address.
    pub(super) site: (String, String, String),
    /// By their slugs.
    menus: BTreeMap<String, Menu>,
}

#[derive(Default)]
struct Menu {
    name: String,
    entries: Vec<Entry>,
}

struct Entry {
    id: String,
    /// The entry above it, or `0`.
    parent: String,
    order: i64,
    label: String,
    kind: String,
    number: String,
    url: String,
    place: (u64, u64),
}

/// An entry that leads somewhere, or is a heading.
type Found = (String, MenuItem);

impl Menus {
    /// Takes an item of a menu.
    fn told(&mut self, item: &Item) {
        let field = |name: &str| item.field(name).unwrap_or("").trim().to_owned();
        let (slug, name) = item
            .terms
            .iter()
            .find(|(domain, ..)| domain == "nav_menu")
            .map_or(("", ""), |(_, slug, name)| (slug, name));
        let menu = self.menus.entry(slug.to_owned()).or_default();
        name.clone_into(&mut menu.name);
        menu.entries.push(Entry {
            id: item.id.clone(),
            parent: field("_menu_item_menu_item_parent"),
            order: item.menu_order,
            label: words(&item.title, false),
            kind: field("_menu_item_object"),
            number: field("_menu_item_object_id"),
            url: field("_menu_item_url"),
            place: (item.line, item.byte),
        });
    }
}

impl Import<'_, '_> {
    /// Takes an item of a menu, or says why it is left out.
    pub(super) fn menu_item_told(&mut self, item: &Item) {
        let entries: usize = self
            .menus
            .menus
            .values()
            .map(|menu| menu.entries.len())
            .sum();
        if item.status == "draft" {
            // WordPress keeps an entry so whose target was deleted.
            self.note(
                item,
                "leads to what was removed there; left out of the menu",
            );
        } else if entries >= ENTRIES_MAX {
            self.note(item, "the menus have more entries than are read; left out");
        } else {
            self.menus.told(item);
        }
    }

    /// Names the paper, and sets its menus and its time zone, where the newsroom
    /// has not yet.
    pub(super) async fn finish(&mut self) -> Result<(), ImportError> {
        if self.options.dry_run {
            return Ok(());
        }
        let loaded = self.store.settings().await?;
        let mut settings = loaded.clone();
        let fresh = SiteSettings::default();
        let (title, tagline, _) = self.menus.site.clone();
        let mut changed = false;
        if settings.name == fresh.name && !title.trim().is_empty() {
            settings.name = words(&title, false);
            settings.tagline = words(&tagline, false);
            changed = true;
        }
        changed |= self.set_menus(&mut settings).await?;
        if settings.time_zone == fresh.time_zone
            && let Some(zone) = self.clock.to_set.take()
        {
            settings.time_zone = zone;
            changed = true;
        }
        if !changed {
            return Ok(());
        }
        let subject = self.id().await?;
        let entry = AuditEntry {
            at: self.options.now,
            actor: Actor::Importer,
            action: Action::SettingsChange,
            subject,
            note: String::new(),
        };
        let changes = Changes::new()
            .write(Write::Settings {
                loaded: Box::new(loaded),
                settings: Box::new(settings),
            })
            .audit(entry)
            .coarse();
        let committed = self.store.commit_ready(Ready::of(changes)?).await?;
        self.report.transaction(committed.held);
        Ok(())
    }

    /// Sets the menus that are empty; whether there was anything to set.
    async fn set_menus(&mut self, settings: &mut SiteSettings) -> Result<bool, ImportError> {
        let mut menus = Vec::new();
        for (slug, Menu { name, mut entries }) in std::mem::take(&mut self.menus.menus) {
            entries.sort_by_key(|entry| entry.order);
            menus.push((slug, name, self.menu(entries).await?));
        }
        let told: Vec<(&str, &str, usize)> = menus
            .iter()
            .map(|(slug, name, menu)| (slug.as_str(), name.as_str(), length(menu)))
            .collect();
        let (head, foot) = choose(&told);
        let mut changed = false;
        for (at, (slug, name, menu)) in menus.into_iter().enumerate() {
            let place = if Some(at) == head {
                &mut settings.header_menu
            } else if Some(at) == foot {
                &mut settings.footer_menu
            } else {
                let entries = length(&menu);
                let why = format!(
                    "the menu «{name}» of {entries} entries is neither at the head nor at the foot of the pages; left out"
                );
                self.report.note(0, 0, "nav_menu", &slug, &why);
                continue;
            };
            if place.is_empty() {
                let entries = length(&menu) as u64;
                self.report.count_many("menu_items_new", entries);
                *place = menu;
                changed = true;
            }
        }
        Ok(changed)
    }

    /// The entries in their order, one level of them below others.
    async fn menu(&mut self, entries: Vec<Entry>) -> Result<Vec<MenuItem>, ImportError> {
        let articles = self.articles_of(&entries).await?;
        let own: HashSet<String> = entries.iter().map(|entry| entry.id.clone()).collect();
        let mut below: HashMap<String, Vec<Found>> = HashMap::new();
        let mut top = Vec::new();
        let parents: HashMap<String, String> = entries
            .iter()
            .map(|entry| (entry.id.clone(), entry.parent.clone()))
            .collect();
        let above_of = |id: &str| parents.get(id).cloned().unwrap_or_default();
        let places: HashMap<String, (u64, u64)> = entries
            .iter()
            .map(|entry| (entry.id.clone(), entry.place))
            .collect();
        let mut dropped = HashSet::new();
        for entry in entries {
            let id = entry.id.clone();
            match self.menu_item(entry, &articles).await? {
                Some(item) => {
                    // What stood below a dropped entry takes its place.
                    let mut above = above_of(&id);
                    for _ in 0..ENTRIES_MAX {
                        if !dropped.contains(&above) {
                            break;
                        }
                        above = above_of(&above);
                    }
                    if own.contains(&above) && above != id {
                        below.entry(above).or_default().push((id, item));
                    } else {
                        top.push((id, item));
                    }
                }
                None => {
                    dropped.insert(id);
                }
            }
        }
        let mut menu: Vec<MenuItem> = Vec::new();
        // Headings over nothing, or below another entry, say nothing.
        let mut headings = Vec::new();
        for (id, mut item) in top {
            item.children = all_below(&id, &mut below, &mut headings);
            if item.url.is_empty() && item.children.is_empty() {
                headings.push(id);
            } else {
                menu.push(item);
            }
        }
        // Entries below each other in a ring, which no top holds.
        while let Some(id) = below.keys().min().cloned() {
            menu.extend(all_below(&id, &mut below, &mut headings));
        }
        for id in headings {
            let (line, byte) = places.get(&id).copied().unwrap_or_default();
            let why = "is a heading without entries of its own here; left out of the menu";
            self.report.note(line, byte, "nav_menu_item", &id, why);
        }
        Ok(menu)
    }

    /// The articles that entries lead to, by their numbers.
    async fn articles_of(&self, entries: &[Entry]) -> Result<HashMap<String, Id>, ImportError> {
        let numbers: Vec<String> = entries
            .iter()
            .filter(|entry| matches!(entry.kind.as_str(), "post" | "page"))
            .map(|entry| entry.number.clone())
            .collect();
        let found = self.store.origins(&self.source, "post", &numbers).await?;
        Ok(found
            .into_iter()
            .map(|origin| (origin.foreign, origin.id))
            .collect())
    }

    async fn menu_item(
        &mut self,
        entry: Entry,
        articles: &HashMap<String, Id>,
    ) -> Result<Option<MenuItem>, ImportError> {
        let target = match entry.kind.as_str() {
            "category" | "post_tag" => self.names.targets_by_number.get(&entry.number).copied(),
            "post" | "page" => articles.get(&entry.number).map(|id| Target::Article(*id)),
            _ => None,
        };
        // An address that runs a script is how themes write a heading, too.
        let is_script = entry.url.to_ascii_lowercase().starts_with("javascript:");
        let is_heading =
            (is_script || matches!(entry.url.as_str(), "#" | "")) && entry.kind == "custom";
        let url = match target {
            _ if is_heading => Some(String::new()),
            Some(target) => {
                let found = self.store.target(target).await?;
                found
                    .filter(|(_, standing)| *standing == Standing::Shown)
                    .map(|(url, _)| url.to_string())
            }
            None => self.menu_url(&entry.url).await?,
        };
        let label = if entry.label.is_empty() {
            self.label(target).await?
        } else {
            entry.label
        };
        let item = url.filter(|_| !label.is_empty()).map(|url| MenuItem {
            label,
            url,
            children: Vec::new(),
        });
        if item.is_none() {
            let (line, byte) = entry.place;
            let why = "leads to nothing that is shown here; left out of the menu";
            self.report
                .note(line, byte, "nav_menu_item", &entry.id, why);
        }
        Ok(item)
    }

    /// Where an address in a menu leads here: one of the old site itself, to
    /// what stands for it now; `None` where that is nothing.
    async fn menu_url(&self, url: &str) -> Result<Option<String>, ImportError> {
        if url.is_empty() {
            return Ok(None);
        }
        if !self.aside.keeping.is_own(url) {
            return Ok(link(url));
        }
        let answer = answer(self.store, &self.aside.keeping.whole(url), None).await?;
        if answer.standing != Standing::Shown {
            return Ok(None);
        }
        let (path, _) = importer::address::path_and_query(url);
        Ok(Some(
            answer
                .moved_to
                .map_or_else(|| path.to_owned(), |url| url.to_string()),
        ))
    }

    /// A menu's entry without words of its own carries those of its target.
    async fn label(&self, target: Option<Target>) -> Result<String, ImportError> {
        Ok(match target {
            Some(Target::Section(id)) => {
                let sections = self.store.sections().await?;
                sections
                    .into_iter()
                    .find(|section| section.id == id)
                    .map_or_else(String::new, |section| section.name)
            }
            Some(Target::Tag(id)) => {
                let tags = self.store.tags(&[], &[id]).await?;
                tags.into_iter()
                    .next()
                    .map_or_else(String::new, |tag| tag.name)
            }
            Some(Target::Article(id)) => self
                .store
                .article(id)
                .await?
                .map_or_else(String::new, |article| article.headline),
            _ => String::new(),
        })
    }
}

/// All that stands below an entry, in order, each before what is below it;
/// the headings among it go to `headings`.
fn all_below(
    id: &str,
    below: &mut HashMap<String, Vec<Found>>,
    headings: &mut Vec<String>,
) -> Vec<MenuItem> {
    let mut items = Vec::new();
    let mut waiting: Vec<Found> = below.remove(id).unwrap_or_default();
    waiting.reverse();
    while let Some((id, item)) = waiting.pop() {
        let next = below.remove(&id).unwrap_or_default();
        if item.url.is_empty() {
            headings.push(id);
        } else {
            items.push(item);
        }
        waiting.extend(next.into_iter().rev());
    }
    items
}

/// The entries of a menu, those below others among them.
fn length(menu: &[MenuItem]) -> usize {
    menu.iter().map(|item| 1 + item.children.len()).sum()
}
