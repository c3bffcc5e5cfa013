//! Posts and pages.

use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
};

use arabic::{keywords::signature, slug::slug};
use editorial::{
    Article, ArticleKind, ArticleState, BlockId, Body, Changes, Id, Revision, Write,
    article::HEADLINE_LETTERS_MAX, audit::Actor, changes::Target,
};
use importer::{
    address,
    html::{PictureName, Reduced},
    wordpress::{Item, body},
};
use jiff::tz::TimeZone;
use sha2::{Digest as _, Sha256};
use store::Origin;

use super::{Import, ImportError, moment, names::SLUG_LETTERS_MAX, names::words};
use crate::publish_batch;

/// Custom fields that WordPress and its commonest plugins keep for
/// themselves; every other one is named in the report.
const OWN_FIELDS: [&str; 8] = [
    "_thumbnail_id",
    "_edit_last",
    "_edit_lock",
    "_wp_page_template",
    "_wp_old_slug",
    "_pingme",
    "_encloseme",
    "_yoast_wpseo_primary_category",
];

impl Import<'_, '_> {
    /// Writes a batch of posts and pages.
    pub(super) async fn articles(&mut self, items: Vec<Item>) -> Result<(), ImportError> {
        if items.is_empty() {
            return Ok(());
        }
        let numbers: Vec<String> = items.iter().map(|item| item.id.clone()).collect();
        let known: HashMap<String, Origin> = self
            .store
            .origins(&self.source, "post", &numbers)
            .await?
            .into_iter()
            .map(|origin| (origin.foreign.clone(), origin))
            .collect();
        let mut reduced: Vec<Reduced> = Vec::with_capacity(items.len());
        let pictures = self.reduce(&items, &mut reduced).await?;
        let (mut changes, mut first, mut public, mut after) =
            (Changes::new(), None, Vec::new(), Changes::new());
        for (item, text) in items.iter().zip(reduced) {
            if item.id.is_empty() || !self.seen.insert(item.id.clone()) {
                self.note(item, "has no number of its own; left out");
                continue;
            }
            let hash = fingerprint(item);
            let origin = known.get(&item.id);
            if let Some(origin) = origin {
                let (version, old_hash) = origin.fingerprint.split_once(':').unwrap_or(("", ""));
                let touched =
                    origin.version.map(|version| version.to_string()) != Some(version.to_owned());
                if old_hash == hash || touched {
                    if touched && old_hash != hash {
                        self.note(
                            item,
                            "was edited here since it was imported; not overwritten",
                        );
                        self.report.count("articles_edited_here");
                    } else {
                        self.report.count("articles_unchanged");
                    }
                    self.comments(item, origin.id, &mut after).await?;
                    if !after.writes.is_empty() {
                        first.get_or_insert(origin.id);
                    }
                    continue;
                }
            }
            let article = self
                .article(item, text, origin, &pictures, &mut changes)
                .await?;
            let id = article.id;
            first.get_or_insert(id);
            let version = article.version + 1;
            self.remember(
                &mut after,
                "post",
                &item.id,
                id,
                format!("{version}:{hash}"),
            );
            after.writes.push(Write::Revision(Box::new(Revision {
                id: article.revision,
                article: id,
                at: article.changed_at,
                headline: article.headline.clone(),
                standfirst: article.standfirst.clone(),
                body: article.body.clone(),
            })));
            for key in addresses(item) {
                after.writes.push(Write::OldAddress {
                    key,
                    target: Target::Article(id),
                });
            }
            self.comments(item, id, &mut after).await?;
            let state = self.state(item);
            let updated = origin.is_some();
            self.report.count(match (article.kind, updated) {
                (ArticleKind::Page, false) => "pages_new",
                (ArticleKind::Page, true) => "pages_updated",
                (ArticleKind::Story, false) => "articles_new",
                (ArticleKind::Story, true) => "articles_updated",
            });
            if state == ArticleState::Published && !updated && article.published_at.is_some() {
                public.push(article);
            } else {
                let loaded_version = updated.then_some(article.version);
                let article = Box::new(Article {
                    state,
                    version,
                    ..article
                });
                changes.writes.push(Write::Article {
                    article,
                    loaded_version,
                });
            }
        }
        let mut refused = Vec::new();
        for article in public {
            // One article that a rule refuses must not hold up the others.
            match publish_batch(vec![article.clone()], Actor::Importer, self.options.now) {
                Ok(published) => changes.writes.extend(published.writes),
                Err(error) => refused.push((article, error.to_string())),
            }
        }
        for (article, why) in refused {
            self.report.note(
                0,
                0,
                "post",
                &article.id.to_string(),
                &format!("imported unpublished: {why}"),
            );
            let article = Box::new(Article {
                version: article.version + 1,
                ..article
            });
            changes.writes.push(Write::Article {
                article,
                loaded_version: None,
            });
        }
        changes.append(after);
        self.commit(changes, first).await
    }

    /// Reduces the texts, and finds the pictures they name.
    async fn reduce(
        &mut self,
        items: &[Item],
        out: &mut Vec<Reduced>,
    ) -> Result<HashMap<String, Id>, ImportError> {
        let asked = RefCell::new(HashSet::new());
        let ask = |name: PictureName<'_>| {
            asked
                .borrow_mut()
                .extend(name.attachment.map(|number| number.to_string()));
            asked.borrow_mut().extend(
                name.url
                    .and_then(|url| address::keys(url).into_iter().next()),
            );
            None
        };
        let mut with_pictures = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let before = asked.borrow().len();
            out.push(body(&item.content, arabic(item), &ask));
            if asked.borrow().len() > before {
                with_pictures.push(at);
            }
        }
        let mut names: Vec<String> = asked.into_inner().into_iter().collect();
        names.extend(
            items
                .iter()
                .filter_map(|item| item.field("_thumbnail_id"))
                .map(str::to_owned),
        );
        let mut found = HashMap::new();
        if names.is_empty() {
            return Ok(found);
        }
        for origin in self
            .store
            .origins(&self.source, "attachment", &names)
            .await?
        {
            found.insert(origin.foreign, origin.id);
        }
        for name in names.iter().filter(|name| name.starts_with('/')) {
            if let Some(Target::Media(id)) = self.store.old_address(name).await? {
                found.insert(name.clone(), id);
            }
        }
        let find = |name: PictureName<'_>| {
            let by_number = name
                .attachment
                .and_then(|number| found.get(&number.to_string()));
            let by_address = || found.get(&address::keys(name.url?).into_iter().next()?);
            by_number.or_else(by_address).copied()
        };
        for at in with_pictures {
            out[at] = body(&items[at].content, arabic(&items[at]), &find);
        }
        Ok(found)
    }

    async fn article(
        &mut self,
        item: &Item,
        text: Reduced,
        origin: Option<&Origin>,
        pictures: &HashMap<String, Id>,
        changes: &mut Changes,
    ) -> Result<Article, ImportError> {
        for loss in &text.losses {
            self.note(item, loss);
        }
        for (field, _) in item
            .fields
            .iter()
            .filter(|(field, _)| !OWN_FIELDS.contains(&field.as_str()))
        {
            self.note(item, &format!("custom field {field} has no place here"));
        }
        let old = match origin {
            Some(origin) => self.store.article(origin.id).await?,
            None => None,
        };
        let id = match origin {
            Some(origin) => origin.id,
            None => self.id().await?,
        };
        let body = match &old {
            Some(old) => text.body.with_ids_kept_from(&old.body, highest(&old.body)),
            None => text.body,
        };
        let published_at =
            moment(&item.date_gmt, &TimeZone::UTC).or_else(|| moment(&item.date, &self.zone));
        if published_at.is_none() && item.status == "publish" {
            self.note(item, "has no date; shown as «تاريخ النشر غير معروف»");
        }
        let headline = self.headline(item, &body);
        let own_slug = slug(&editorial::urls::decode(&item.name), SLUG_LETTERS_MAX);
        let kind = if item.kind == "page" {
            ArticleKind::Page
        } else {
            ArticleKind::Story
        };
        let section = if kind == ArticleKind::Story {
            Some(self.section(item, changes).await?)
        } else {
            None
        };
        Ok(Article {
            id,
            version: old.as_ref().map_or(0, |old| old.version),
            kind,
            state: ArticleState::Unpublished,
            slug: if own_slug.is_empty() {
                slug(&headline, SLUG_LETTERS_MAX)
            } else {
                own_slug
            },
            kicker: old
                .as_ref()
                .map_or_else(String::new, |old| old.kicker.clone()),
            standfirst: words(&item.excerpt),
            dateline: old
                .as_ref()
                .map_or_else(String::new, |old| old.dateline.clone()),
            agency: old
                .as_ref()
                .map_or_else(String::new, |old| old.agency.clone()),
            language: if arabic(item) { "ar" } else { "en" }.to_owned(),
            section,
            authors: self
                .names
                .authors
                .get(&item.creator)
                .copied()
                .into_iter()
                .collect(),
            tags: self.tags(item),
            lead: item
                .field("_thumbnail_id")
                .and_then(|number| pictures.get(number))
                .copied(),
            signature: signature(&format!("{headline} {}", body.plain_text())),
            headline,
            body,
            revision: self.id().await?,
            published_at,
            changed_at: moment(&item.modified_gmt, &TimeZone::UTC)
                .or(published_at)
                .unwrap_or(self.options.now),
            comments_open: true,
            age_note: true,
            sources: Vec::new(),
        })
    }

    fn headline(&mut self, item: &Item, body: &Body) -> String {
        let title = words(&item.title);
        if title.is_empty() {
            let text = body.plain_text();
            let first: String = text
                .split_whitespace()
                .take(10)
                .collect::<Vec<_>>()
                .join(" ");
            self.note(item, "has no title; its first words became the headline");
            return if first.is_empty() {
                "بلا عنوان".to_owned()
            } else {
                first.chars().take(120).collect()
            };
        }
        if title.chars().count() > HEADLINE_LETTERS_MAX {
            self.note(
                item,
                &format!(
                    "the title is longer than {HEADLINE_LETTERS_MAX} letters and was cut: {title}"
                ),
            );
            return title.chars().take(HEADLINE_LETTERS_MAX).collect();
        }
        title
    }

    async fn section(&mut self, item: &Item, changes: &mut Changes) -> Result<Id, ImportError> {
        let categories = || {
            item.terms
                .iter()
                .filter(|(domain, ..)| domain == "category")
        };
        let named = categories()
            .find(|(_, slug, _)| slug != "uncategorized")
            .or_else(|| categories().next());
        match named
            .and_then(|(_, slug, _)| self.names.section_of.get(slug))
            .copied()
        {
            Some(section) => Ok(section),
            None => self.general(changes).await,
        }
    }

    fn tags(&self, item: &Item) -> Vec<Id> {
        let mut tags = Vec::new();
        for (domain, slug, _) in &item.terms {
            if matches!(domain.as_str(), "post_tag" | "category")
                && let Some(id) = self.names.tags.get(slug)
                && !tags.contains(id)
            {
                tags.push(*id);
            }
        }
        tags
    }

    fn state(&mut self, item: &Item) -> ArticleState {
        match item.status.as_str() {
            "publish" if item.has_password => {
                self.note(item, "has a password; imported unpublished");
                ArticleState::Unpublished
            }
            "publish" => ArticleState::Published,
            "trash" => {
                self.note(item, "was in the trash; its address answers 410");
                ArticleState::Withdrawn
            }
            status => {
                self.note(item, &format!("was {status}; imported unpublished"));
                ArticleState::Unpublished
            }
        }
    }
}

/// Every key an item was reached by.
fn addresses(item: &Item) -> Vec<String> {
    let mut keys = address::keys(&item.link);
    keys.extend(address::keys(&item.guid));
    keys.push(format!("?p={}", item.id));
    keys.sort();
    keys.dedup();
    keys
}

/// A hash of everything of an item that an article shows.
fn fingerprint(item: &Item) -> String {
    let mut hash = Sha256::new();
    let parts = [
        &item.kind,
        &item.status,
        &item.title,
        &item.content,
        &item.excerpt,
        &item.name,
        &item.creator,
    ];
    let dates = [&item.date, &item.date_gmt, &item.link];
    for part in parts.into_iter().chain(dates) {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    for (domain, slug, _) in &item.terms {
        hash.update(domain.as_bytes());
        hash.update(slug.as_bytes());
        hash.update([0]);
    }
    hash.update(item.field("_thumbnail_id").unwrap_or("").as_bytes());
    hash.finalize()
        .iter()
        .take(16)
        .fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

fn highest(body: &Body) -> BlockId {
    body.blocks
        .iter()
        .map(|block| block.id)
        .max()
        .unwrap_or(BlockId(0))
}

/// Whether the text is Arabic: a sixth of its letters at least, since tags and
/// addresses in it are Latin.
fn arabic(item: &Item) -> bool {
    let (mut latin, mut own) = (0_u32, 0_u32);
    for c in item.title.chars().chain(item.content.chars().take(2_000)) {
        latin += u32::from(c.is_ascii_alphabetic());
        own += u32::from(matches!(c, '\u{0621}'..='\u{06D3}' | '\u{FB50}'..='\u{FEFC}'));
    }
    own * 5 >= latin
}
