//! Posts and pages.

use std::collections::{BTreeSet, HashMap};

use editorial::{
    Article, ArticleKind, ArticleState, BlockId, Body, Changes, Id, Write, changes::Target,
    comment::Commenting,
};
use importer::{html::PictureName, wordpress::Item};
use store::Origin;

use super::{
    Import, ImportError, addresses,
    draft::{Draft, draft},
    read::Arrived,
};

/// Threads that reduce texts at the same time.
const THREADS_MAX: usize = 4;

/// What is to be done with an item.
enum Standing {
    /// Nothing: it is as it was, or was edited here.
    Kept(Id, Option<ArticleState>),
    /// It is new, or changed there.
    Written(Option<Origin>, Box<Option<Draft>>),
}

struct Work {
    item: Item,
    fingerprint: String,
    standing: Standing,
}

impl Import<'_, '_> {
    /// Writes a batch of posts and pages.
    pub(super) async fn articles(&mut self, arrived: Vec<Arrived>) -> Result<(), ImportError> {
        if arrived.is_empty() {
            let mut changes = Changes::new();
            self.lead_pages(&mut changes).await?;
            return self.commit(changes).await;
        }
        let comments = self.known_comments(&arrived).await?;
        let mut work = self.standings(arrived).await?;
        work = self.drafts(work).await;
        let mut pictures = self.pictures_named(&work).await?;
        let mut files = Changes::new();
        let written = work.iter().filter_map(|work| match work.standing {
            Standing::Written(..) => Some(&work.item),
            Standing::Kept(..) => None,
        });
        self.uploads_named(written, &mut pictures, &mut files)
            .await?;
        let (mut changes, mut after, mut spoken) = (Changes::new(), Changes::new(), Vec::new());
        let mut mending = Vec::new();
        for Work {
            item,
            fingerprint,
            standing,
        } in work
        {
            let (id, shown_at) = match standing {
                Standing::Kept(id, state) => {
                    self.note_left_out(&item);
                    if let Some(state) = state {
                        self.note_state(&item, Some(id), state);
                    }
                    self.parent_met(&item.id, id, state);
                    if !self.all_kept {
                        let keys = addresses::of_item(&item, &self.aside.keeping);
                        mending.push((keys, Target::Article(id)));
                    }
                    (id, None)
                }
                Standing::Written(origin, draft) => {
                    let Some(draft) = *draft else { continue };
                    let shown_at = draft.published_at;
                    let (made, keys) = self
                        .article(&item, draft, origin.as_ref(), &pictures, &mut changes)
                        .await?;
                    let id = made.id;
                    let updated = origin.is_some();
                    let state = self.write_article(&item, made, updated, &mut changes);
                    self.parent_met(&item.id, id, Some(state));
                    addresses::lead_to(&mut after, keys, Target::Article(id));
                    let version = version_of(origin.as_ref()) + 1;
                    self.remember(
                        &mut after,
                        "post",
                        &item.id,
                        id,
                        format!("{version}:{fingerprint}"),
                    );
                    (id, shown_at)
                }
            };
            self.met.articles.insert(id);
            self.comments(&item, id, shown_at, &comments, &mut spoken)
                .await?;
        }
        after.append(files);
        changes.append(after);
        self.lead_pages(&mut changes).await?;
        self.mend(mending, &mut changes).await?;
        self.commit_with_comments(changes, spoken).await
    }

    /// Which items are new, changed, edited here or as they were.
    async fn standings(&mut self, arrived: Vec<Arrived>) -> Result<Vec<Work>, ImportError> {
        let numbers: Vec<String> = arrived
            .iter()
            .map(|arrived| arrived.item.id.clone())
            .collect();
        let mut known = self.origins("post", &numbers).await?;
        let mut work = Vec::with_capacity(arrived.len());
        for Arrived { item, fingerprint } in arrived {
            if item.id.is_empty() {
                self.note(&item, "has no number of its own; left out");
                continue;
            }
            if item.status == "auto-draft" {
                self.report.count("left_out");
                continue;
            }
            if !self.met.posts.insert(&item.id) {
                self.note(&item, "stands in the export a second time; left out");
                continue;
            }
            let origin = known.remove(&item.id);
            let standing = match origin {
                None => Standing::Written(None, Box::new(None)),
                Some(origin) => {
                    let (version, old) = origin.fingerprint.split_once(':').unwrap_or(("", ""));
                    let touched = origin.version.map(|version| version.to_string())
                        != Some(version.to_owned());
                    if old == fingerprint {
                        self.report.count("articles_unchanged");
                        Standing::Kept(origin.id, origin.state)
                    } else if touched {
                        self.note(
                            &item,
                            "was edited here since it was imported; not overwritten",
                        );
                        self.report.count("articles_edited_here");
                        Standing::Kept(origin.id, origin.state)
                    } else {
                        Standing::Written(Some(origin), Box::new(None))
                    }
                }
            };
            work.push(Work {
                item,
                fingerprint,
                standing,
            });
        }
        Ok(work)
    }

    /// Reduces the texts of what is to be written, on several threads.
    async fn drafts(&self, mut work: Vec<Work>) -> Vec<Work> {
        let threads = std::thread::available_parallelism()
            .map_or(1, |threads| threads.get().min(THREADS_MAX));
        let share = work.len().div_ceil(threads).max(1);
        let mut running = Vec::new();
        while !work.is_empty() {
            let rest = work.split_off(share.min(work.len()));
            let mut part = std::mem::replace(&mut work, rest);
            let aside = std::sync::Arc::clone(&self.aside);
            running.push(tokio::task::spawn_blocking(move || {
                for work in &mut part {
                    if let Standing::Written(_, place) = &mut work.standing {
                        **place = Some(draft(&work.item, &aside));
                    }
                }
                part
            }));
        }
        let mut done = Vec::new();
        for part in running {
            done.extend(part.await.expect("reducing a text does not panic"));
        }
        done
    }

    /// Finds the pictures that the texts name, all at once.
    async fn pictures_named(&self, work: &[Work]) -> Result<HashMap<String, Id>, ImportError> {
        let mut asked: BTreeSet<String> = BTreeSet::new();
        let mut ask_for_number = |number: &str| {
            let known = number
                .parse()
                .is_ok_and(|number: u64| self.pictures.contains_key(&number));
            if !known {
                asked.insert(number.to_owned());
            }
            known
        };
        let mut addresses: BTreeSet<String> = BTreeSet::new();
        for work in work {
            let Standing::Written(_, draft) = &work.standing else {
                continue;
            };
            if let Some(lead) = work.item.field("_thumbnail_id") {
                ask_for_number(lead);
            }
            let Some(draft) = &**draft else { continue };
            draft.pictures.each(|name| {
                let known = name
                    .attachment
                    .is_some_and(|number| ask_for_number(&number.to_string()));
                if let (false, Some(url)) = (known, name.url) {
                    addresses.extend(self.aside.keeping.looked_up(url));
                }
            });
        }
        let mut found = HashMap::new();
        if !asked.is_empty() {
            let asked: Vec<String> = asked.into_iter().collect();
            for origin in self
                .store
                .origins(&self.source, "attachment", &asked)
                .await?
            {
                found.insert(origin.foreign, origin.id);
            }
        }
        if !addresses.is_empty() {
            let addresses: Vec<String> = addresses.into_iter().collect();
            for (key, target) in self.store.old_addresses(&addresses).await? {
                if let Target::Media(id) = target {
                    found.insert(key, id);
                }
            }
        }
        Ok(found)
    }

    fn picture_of(&self, number: &str, found: &HashMap<String, Id>) -> Option<Id> {
        let counted: Option<u64> = number.parse().ok();
        counted
            .and_then(|number| self.pictures.get(&number))
            .or_else(|| found.get(number))
            .copied()
    }

    async fn article(
        &mut self,
        item: &Item,
        mut draft: Draft,
        origin: Option<&Origin>,
        pictures: &HashMap<String, Id>,
        changes: &mut Changes,
    ) -> Result<(Article, Vec<String>), ImportError> {
        let keeping = &self.aside.keeping;
        let find = |name: PictureName<'_>| {
            let by_number = name
                .attachment
                .and_then(|number| self.picture_of(&number.to_string(), pictures));
            by_number.or_else(|| {
                let keys = keeping.looked_up(name.url?);
                keys.iter().find_map(|key| pictures.get(key)).copied()
            })
        };
        draft.pictures.settle(&mut draft.text, &find);
        self.fill_alts(&mut draft.text.body).await?;
        let lead = item.field("_thumbnail_id");
        let lead_found = lead.and_then(|number| self.picture_of(number, pictures));
        if let (Some(number), None) = (lead, lead_found) {
            draft
                .notes
                .push(format!("its lead picture {number} is not in the export"));
        }
        if draft.text.repaired > 0 {
            self.report
                .count_many("letters_repaired", draft.text.repaired as u64);
        }
        for what in draft.notes.iter().chain(&draft.text.losses) {
            self.note(item, what);
        }
        self.note_left_out(item);
        let old = match origin {
            Some(origin) => self.store.article(origin.id).await?,
            None => None,
        };
        let id = match origin {
            Some(origin) => origin.id,
            None => self.id().await?,
        };
        let body = match &old {
            Some(old) => draft
                .text
                .body
                .with_ids_kept_from(&old.body, highest(&old.body)),
            None => draft.text.body,
        };
        let kind = if item.kind == "page" {
            ArticleKind::Page
        } else {
            ArticleKind::Story
        };
        let (section, tags) = self.places(item, (kind, state_of(item)), changes).await?;
        let slug = match kind {
            ArticleKind::Page => self.page_slug(draft.slug, id).await?,
            ArticleKind::Story => draft.slug,
        };
        let kept = |part: fn(&Article) -> &String| {
            old.as_ref()
                .map_or_else(String::new, |old| part(old).clone())
        };
        let article = Article {
            id,
            version: version_of(origin),
            kind,
            state: ArticleState::Unpublished,
            slug,
            kicker: kept(|old| &old.kicker),
            standfirst: draft.standfirst,
            dateline: kept(|old| &old.dateline),
            agency: kept(|old| &old.agency),
            language: draft.language,
            section,
            authors: self.names.credited(item),
            tags,
            lead: lead_found,
            signature: draft.signature,
            headline: draft.headline,
            body,
            revision: self.id().await?,
            published_at: draft.published_at,
            changed_at: draft.changed_at.unwrap_or(self.options.now),
            commenting: match old.as_ref().map(|old| old.commenting) {
                _ if item.comment_status == "closed" => Commenting::Closed,
                Some(Commenting::Open) => Commenting::Open,
                _ => Commenting::ByAge,
            },
            age_note: old.as_ref().is_none_or(|old| old.age_note),
            sources: old.map_or_else(Vec::new, |old| old.sources),
        };
        Ok((article, draft.keys))
    }

    /// Adds an article to what is written; the state that it has from then on.
    fn write_article(
        &mut self,
        item: &Item,
        article: Article,
        updated: bool,
        changes: &mut Changes,
    ) -> ArticleState {
        self.report.count(match (article.kind, updated) {
            (ArticleKind::Page, false) => "pages_new",
            (ArticleKind::Page, true) => "pages_updated",
            (ArticleKind::Story, false) => "articles_new",
            (ArticleKind::Story, true) => "articles_updated",
        });
        let mut state = state_of(item);
        let (loaded_version, version) = (updated.then_some(article.version), article.version + 1);
        // A new article goes before the public by the rule that publishing
        // follows everywhere; one without a date stays without.
        if state == ArticleState::Published
            && !updated
            && article.published_at.is_some()
            && let Err(refused) = article.can_be_published()
        {
            self.note(item, &format!("cannot be published: {refused}"));
            state = ArticleState::Unpublished;
        }
        // What a dry run would make has no number.
        let id = (updated || !self.options.dry_run).then_some(article.id);
        self.note_state(item, id, state);
        changes.writes.push(Write::Article {
            article: Box::new(Article {
                state,
                version,
                ..article
            }),
            loaded_version,
        });
        state
    }

    /// Notes why an item is not before the public, under which number it is
    /// kept here, and how it is published.
    fn note_state(&mut self, item: &Item, id: Option<Id>, state: ArticleState) {
        let date = [&item.date, &item.date_gmt].into_iter();
        let date = date.map(|date| date.trim()).find(|date| !date.is_empty());
        let was = match (state, item.status.as_str()) {
            (ArticleState::Withdrawn, "trash") => {
                return self.note(item, "was in the trash; its address answers 410");
            }
            (ArticleState::Published | ArticleState::Withdrawn, _) => return,
            (ArticleState::Unpublished, "publish") if item.has_password => {
                "has a password".to_owned()
            }
            (ArticleState::Unpublished, "publish") => "was published".to_owned(),
            (ArticleState::Unpublished, "future") => {
                format!(
                    "was future, to be published on {}",
                    date.unwrap_or("no day")
                )
            }
            (ArticleState::Unpublished, status) => format!("was {status}"),
        };
        let number = id.map_or_else(String::new, |id| {
            format!(" as article {id}: `warraq article publish {id}` publishes it")
        });
        self.note(item, &format!("{was}; imported unpublished{number}"));
    }

    /// A slug no other standing page has: two pages below different ones may
    /// share theirs on the old site.
    async fn page_slug(&mut self, wanted: String, id: Id) -> Result<String, ImportError> {
        let met = self.names.page_slugs.get(&wanted).copied();
        let holder = match met {
            Some(holder) => Some(holder),
            None => self
                .store
                .standing_page(&wanted)
                .await?
                .value
                .map(|(page, _)| page.id),
        };
        let slug = if wanted.is_empty() || holder.is_some_and(|holder| holder != id) {
            format!("{wanted}-{id}").trim_matches('-').to_owned()
        } else {
            wanted
        };
        self.names.page_slugs.insert(slug.clone(), id);
        Ok(slug)
    }
}

/// Whether an item is shown here.
fn state_of(item: &Item) -> ArticleState {
    match item.status.as_str() {
        "publish" if !item.has_password => ArticleState::Published,
        "trash" => ArticleState::Withdrawn,
        _ => ArticleState::Unpublished,
    }
}

/// The version an article was compared at: what it is guarded by, so that an
/// edit made here meanwhile is never written over.
fn version_of(origin: Option<&Origin>) -> i64 {
    origin.and_then(|origin| origin.version).unwrap_or(0)
}

fn highest(body: &Body) -> BlockId {
    body.blocks
        .iter()
        .map(|block| block.id)
        .max()
        .unwrap_or(BlockId(0))
}
