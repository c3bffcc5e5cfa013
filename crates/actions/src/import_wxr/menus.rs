//! The site's name and its menus.

use std::collections::BTreeMap;

use editorial::{
    Changes, SiteSettings, Write,
    audit::{Action, Actor, AuditEntry},
    changes::Target,
    settings::MenuItem,
};
use importer::{html::words, wordpress::Item};

use super::{Import, ImportError};

/// Entries of all menus that are read.
const ENTRIES_MAX: usize = 10_000;

/// What the export tells of the site beside its articles.
#[derive(Default)]
pub(super) struct Menus {
    /// Name, tagline, address.
    pub(super) site: (String, String, String),
    menus: BTreeMap<String, Vec<Entry>>,
}

struct Entry {
    order: i64,
    label: String,
    kind: String,
    number: String,
    url: String,
}

impl Menus {
    /// Takes an item of a menu.
    pub(super) fn told(&mut self, item: &Item) {
        // One whose target was deleted there is kept as a draft.
        let entries: usize = self.menus.values().map(Vec::len).sum();
        if item.status == "draft" || entries >= ENTRIES_MAX {
            return;
        }
        let field = |name: &str| item.field(name).unwrap_or("").to_owned();
        let menu = item
            .terms
            .iter()
            .find(|(domain, ..)| domain == "nav_menu")
            .map_or("", |(_, slug, _)| slug);
        self.menus.entry(menu.to_owned()).or_default().push(Entry {
            order: item.menu_order,
            label: words(&item.title, false),
            kind: field("_menu_item_object"),
            number: field("_menu_item_object_id"),
            url: field("_menu_item_url"),
        });
    }
}

impl Import<'_, '_> {
    /// Names the paper and sets its menus, where the newsroom has not yet.
    pub(super) async fn finish(&mut self) -> Result<(), ImportError> {
        if self.options.dry_run {
            return Ok(());
        }
        let mut settings = self.store.settings().await?;
        let fresh = SiteSettings::default();
        let (title, tagline, site) = self.menus.site.clone();
        let mut changed = false;
        if settings.name == fresh.name && !title.trim().is_empty() {
            settings.name = words(&title, false);
            settings.tagline = words(&tagline, false);
            changed = true;
        }
        let mut menus: Vec<Vec<MenuItem>> = Vec::new();
        for (_, mut entries) in std::mem::take(&mut self.menus.menus) {
            entries.sort_by_key(|entry| entry.order);
            let mut menu = Vec::new();
            for entry in entries {
                menu.extend(self.menu_item(entry, &site).await?);
            }
            menus.push(menu);
        }
        // The longest menu is the one at the top; the next is the footer's.
        menus.sort_by_key(|menu| std::cmp::Reverse(menu.len()));
        let mut menus = menus.into_iter().filter(|menu| !menu.is_empty());
        for place in [&mut settings.header_menu, &mut settings.footer_menu] {
            if let Some(menu) = menus.next()
                && place.is_empty()
            {
                self.report.count_many("menu_items_new", menu.len() as u64);
                *place = menu;
                changed = true;
            }
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
        };
        let changes = Changes::new()
            .write(Write::Settings(Box::new(settings)))
            .audit(entry)
            .coarse();
        self.store.commit(changes).await?;
        Ok(())
    }

    async fn menu_item(
        &mut self,
        entry: Entry,
        site: &str,
    ) -> Result<Option<MenuItem>, ImportError> {
        let target = match entry.kind.as_str() {
            "category" | "post_tag" => self.names.targets_by_number.get(&entry.number).copied(),
            "post" | "page" => {
                let numbers = [entry.number.clone()];
                let found = self.origins("post", &numbers).await?;
                found
                    .get(&entry.number)
                    .map(|origin| Target::Article(origin.id))
            }
            _ => None,
        };
        let address = match target {
            Some(target) => self
                .store
                .target(target)
                .await?
                .map(|(url, _)| url.to_string()),
            None if entry.url.to_lowercase().starts_with(site) && !site.is_empty() => {
                let path = entry.url[site.len()..].to_owned();
                Some(if path.is_empty() {
                    "/".to_owned()
                } else {
                    path
                })
            }
            None => Some(entry.url.clone()).filter(|url| !url.is_empty()),
        };
        let label = if entry.label.is_empty() {
            self.label(target).await?
        } else {
            entry.label
        };
        let item = address
            .filter(|_| !label.is_empty())
            .map(|url| MenuItem { label, url });
        if item.is_none() {
            self.report.note(
                0,
                0,
                "nav_menu_item",
                &entry.number,
                "leads nowhere in this export",
            );
        }
        Ok(item)
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
            Some(Target::Article(id)) => self
                .store
                .article(id)
                .await?
                .map_or_else(String::new, |article| article.headline),
            _ => String::new(),
        })
    }
}
