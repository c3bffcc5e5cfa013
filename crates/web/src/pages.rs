//! Filling the cache: one read of the store, one rendering, for each address.

mod talk;

use std::sync::Arc;

use editorial::{
    ArticleState, ChangeKey, Id, SiteSettings, Standing, Timestamp,
    comment::may_be_written_until,
    page::{
        ArticleList, ArticlePage, ArticleSummary, Before, Cursor, FeedEntry, ListSubject,
        SITEMAP_ADDRESSES, SITEMAP_PLACES,
    },
    urls::{FeedFormat, FeedOf, Url},
};
use store::ListOf;
use theme::{PageMeta, Problem};

use actions::standing::list_of;

use crate::{
    cache::{Content, Stored, Talk},
    metrics::{Event, Source},
    respond::{self, compress_first},
    segments::{Read, SegmentStore},
    site::Site,
};

/// Articles in a feed.
const FEED_ARTICLES: u32 = 30;
/// Related articles are chosen anew after so long.
const RELATED_FOR: i64 = 7 * Timestamp::DAY;
/// Articles in the news sitemap, and how old they may be.
const NEWS_ARTICLES: u32 = 1_000;
const NEWS_FOR: i64 = 2 * Timestamp::DAY;

/// How long a request waits for its turn to have a page made.
const RENDER_WAIT: std::time::Duration = std::time::Duration::from_secs(2);

/// How long a page that only time made stale is waited for before it is shown as it was.
const LATE_WAIT: std::time::Duration = std::time::Duration::from_secs(2);

/// The key of the page for what is not there; no path is spelled like it.
const NOT_FOUND: &str = "not found";
/// That of the page for what did not come with the old site.
const NOT_CARRIED_OVER: &str = "not carried over";

/// Why a page cannot be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PageError {
    #[error(transparent)]
    Store(#[from] store::StoreError),
    #[error(transparent)]
    Theme(#[from] theme::ThemeError),
    #[error("too many pages are being made")]
    Busy,
    #[error("the database does not answer")]
    Stopped,
    #[error("it takes too long")]
    Late,
}

/// What stands behind an address.
pub(crate) enum Found {
    /// A page, fresh.
    Page(Arc<Stored>),
    /// Nothing, and nothing ever stood there.
    Nothing,
}

/// The key under which the page at `url` is kept: its address without words
/// that do not decide.
pub(crate) fn cache_key(url: &Url) -> String {
    match url {
        Url::Article(id, _) => format!("/a/{id}"),
        other => other.to_string(),
    }
}

/// [`cache_key`] of a path as it came, for the addresses that are written as
/// we write them; for any other, a key that holds no page of that address.
fn raw_key(path: &str) -> &str {
    match path.strip_prefix("/a/").and_then(|rest| rest.find('/')) {
        Some(end) => &path[.."/a/".len() + end],
        None => path,
    }
}

impl Site {
    /// The page kept for exactly this path, if it is fresh: the way of nearly
    /// every request, without reading the address apart.
    pub(crate) fn kept(&self, path: &str, now: Timestamp) -> Option<Arc<Stored>> {
        let key = raw_key(path);
        let (page, source) = match self.cache.get(key) {
            Some(page) if page.fresh(&self.changes, now) => (page, Source::Memory),
            _ => (self.kept_on_disk(key, now)?, Source::DiskWarm),
        };
        if *page.canonical != *path {
            return None;
        }
        self.metrics.read_from(source);
        Some(page)
    }

    /// The page of an article from the disk, if it is fresh and can be had
    /// without waiting.
    fn kept_on_disk(&self, key: &str, now: Timestamp) -> Option<Arc<Stored>> {
        let id = Id::parse(key.strip_prefix("/a/")?)?;
        let segments = self.segments.as_ref()?;
        match segments.read_now(id) {
            Read::There(page) => self.take_from_disk(key, id, segments, page, now),
            Read::Cold | Read::Nothing => None,
        }
    }

    /// Takes a page from the disk into memory, if it is fresh; a stale record
    /// is let go, so that the next look does not read it again.
    fn take_from_disk(
        &self,
        key: &str,
        id: Id,
        segments: &SegmentStore,
        page: Arc<Stored>,
        now: Timestamp,
    ) -> Option<Arc<Stored>> {
        if !page.fresh(&self.changes, now) {
            if page.fresh_but_for_time(&self.changes)
                || page.stale_talk(&self.changes, now).is_some()
            {
                // [`Site::page`] shows it as it was, or with other comments.
                self.cache.put(key, &page);
            } else {
                segments.forget(id);
            }
            return None;
        }
        self.cache.put(key, &page);
        Some(page)
    }

    /// The page at `url`, from the cache or made now.
    pub(crate) async fn page(&self, url: &Url) -> Result<Found, PageError> {
        let key = cache_key(url);
        let now = self.now();
        if let Some(page) = self
            .cache
            .get(&key)
            .filter(|page| page.fresh(&self.changes, now))
        {
            self.metrics.read_from(Source::Memory);
            return Ok(Found::Page(page));
        }
        let kept = match (url, &self.segments) {
            (Url::Article(id, _), Some(segments)) => Some((*id, segments)),
            _ => None,
        };
        if let Some((id, segments)) = kept
            && let Some(page) = segments.read(id).await
            && let Some(page) = self.take_from_disk(&key, id, segments, page, now)
        {
            self.metrics.read_from(Source::DiskCold);
            return Ok(Found::Page(page));
        }
        let with_old_talk = self
            .cache
            .get(&key)
            .filter(|page| page.stale_talk(&self.changes, now).is_some());
        if let Some(page) = with_old_talk
            && self.store.health().is_none()
        {
            let page = Arc::new(self.with_talk_anew(&page, now).await?);
            self.take(&key, &page, kept);
            return Ok(Found::Page(page));
        }
        // What time alone made stale is shown as it was where nothing can be read.
        let late = self
            .cache
            .get(&key)
            .filter(|page| page.fresh_but_for_time(&self.changes));
        if self.store.health().is_some() {
            return late.map(Found::Page).ok_or(PageError::Stopped);
        }
        let made = match late {
            None => self.made_in_turn(url, now).await?,
            Some(late) => {
                match tokio::time::timeout(LATE_WAIT, self.made_in_turn(url, now)).await {
                    Ok(Ok(made)) => made,
                    Ok(Err(_)) | Err(_) => return Ok(Found::Page(late)),
                }
            }
        };
        let Some(page) = made else {
            return Ok(Found::Nothing);
        };
        self.take(&key, &page, kept);
        Ok(Found::Page(page))
    }

    /// Keeps a page that was made now.
    fn take(&self, key: &str, page: &Arc<Stored>, kept: Option<(Id, &SegmentStore)>) {
        self.metrics.read_from(Source::Rendered);
        self.cache.put(key, page);
        if let Some((id, segments)) = kept {
            // One that a commit has overtaken meanwhile would only be read to be let go.
            let current = page.fresh(&self.changes, self.now());
            self.metrics.count(if current && segments.keep(id, page) {
                Event::SegmentKept
            } else {
                Event::SegmentDiscarded
            });
        }
    }

    /// Room to render one more page.
    async fn turn(&self) -> Result<tokio::sync::SemaphorePermit<'_>, PageError> {
        let turn = tokio::time::timeout(RENDER_WAIT, self.renders.acquire()).await;
        turn.map_err(|_| PageError::Busy)?
            .map_err(|_| PageError::Busy)
    }

    /// [`Site::made`], when there is room to render one more.
    async fn made_in_turn(
        &self,
        url: &Url,
        now: Timestamp,
    ) -> Result<Option<Arc<Stored>>, PageError> {
        let _turn = self.turn().await?;
        self.made(url, now).await
    }

    /// The page at `url`, read from the store and rendered.
    pub(crate) async fn made(
        &self,
        url: &Url,
        now: Timestamp,
    ) -> Result<Option<Arc<Stored>>, PageError> {
        let shared = self.shared(now).await?;
        let settings = &shared.frame.settings;
        let origin = if settings.origin.is_empty() {
            &self.config.origin
        } else {
            &settings.origin
        };
        let fill = Fill {
            site: self,
            settings,
            origin,
            now,
        };
        let page = fill.make(url).await?;
        Ok(page.map(|page| Arc::new(page.also_depends_on_settings())))
    }

    /// The page for an address where nothing is shown: made once for each state
    /// of the settings, since such addresses are asked for endlessly.
    pub(crate) async fn nothing_shown(&self, standing: Standing) -> Result<Arc<Stored>, PageError> {
        let (key, problem) = match standing {
            Standing::NotCarriedOver => (NOT_CARRIED_OVER, Problem::NotCarriedOver),
            _ => (NOT_FOUND, Problem::NotFound),
        };
        self.problem_page(key, problem, standing.code()).await
    }

    /// The page for a problem, made once for each state of the settings and kept
    /// under `key`, which is spelled like no path.
    pub(crate) async fn problem_page(
        &self,
        key: &str,
        problem: Problem,
        status: u16,
    ) -> Result<Arc<Stored>, PageError> {
        let now = self.now();
        let kept = self.cache.get(key);
        if let Some(page) = kept.filter(|page| page.fresh(&self.changes, now)) {
            return Ok(page);
        }
        let shared = self.shared(now).await?;
        let meta = PageMeta {
            now,
            origin: String::new(),
            json_ld: None,
        };
        let parts = self.theme.problem(&shared.frame.settings, problem, &meta)?;
        let page = Stored::new(shared.position, String::new(), Content::page(&parts))
            .also_depends_on_settings()
            .status(status);
        let page = Arc::new(page);
        self.cache.put(key, &page);
        Ok(page)
    }
}

impl Stored {
    fn also_depends_on_settings(mut self) -> Self {
        let mut keys = self.keys.into_vec();
        keys.push(ChangeKey::SETTINGS);
        self.keys = keys.into();
        self
    }
}

struct Fill<'a> {
    site: &'a Site,
    settings: &'a SiteSettings,
    origin: &'a str,
    now: Timestamp,
}

impl Fill<'_> {
    async fn make(&self, url: &Url) -> Result<Option<Stored>, PageError> {
        let store = &self.site.store;
        match url {
            Url::Home => {
                let read = store.home_page().await?;
                let json_ld = syndication::json_ld::website(self.settings, self.origin);
                let meta = self.meta(Some(json_ld));
                let parts = self.site.theme.home(self.settings, &read.value, &meta)?;
                Ok(Some(
                    Stored::new(read.position, url.to_string(), Content::page(&parts)).depends_on(
                        read.value
                            .latest
                            .iter()
                            .chain(read.value.sections.iter().flat_map(|(_, lines)| lines))
                            .flat_map(summary_keys)
                            .chain([ChangeKey::LATEST, ChangeKey::FRONT]),
                    ),
                ))
            }
            Url::Article(id, _) => {
                let newest_first = self.settings.comments.newest_first;
                let read = store.article_page(*id, newest_first).await?;
                match read.value {
                    // What is not published does not tell its name.
                    Some(page) if page.article.state != ArticleState::Unpublished => {
                        self.article(read.position, &page).map(Some)
                    }
                    _ => Ok(None),
                }
            }
            Url::Page(slug) => {
                let read = store.standing_page(slug).await?;
                let Some((page, images)) = read.value else {
                    return Ok(None);
                };
                let (theme, meta) = (&self.site.theme, self.meta(None));
                let standing = Standing::of_article(page.state);
                let parts = match standing {
                    Standing::Shown => theme.standing_page(self.settings, &page, &images, &meta)?,
                    Standing::Gone => theme.problem(self.settings, Problem::Gone, &meta)?,
                    _ => return Ok(None),
                };
                Ok(Some(
                    Stored::new(read.position, url.to_string(), Content::page(&parts))
                        .depends_on(
                            (images.iter().map(|media| ChangeKey::named(media.id)))
                                .chain([ChangeKey::article(page.id)]),
                        )
                        .status(standing.code()),
                ))
            }
            Url::Section(..) | Url::Tag(..) | Url::Author(..) | Url::Archive(_) | Url::Day(..) => {
                match list_of(url, &self.settings.time_zone) {
                    Some((of, cursor)) => self.list(url, of, cursor).await,
                    None => Ok(None),
                }
            }
            Url::Feed(of, format) => self.feed(url, of, *format).await,
            Url::SitemapIndex => {
                let read = store.sitemap_count(SITEMAP_ADDRESSES).await?;
                let xml = syndication::sitemaps::index(self.origin, read.value);
                Ok(Some(document(
                    read.position,
                    url,
                    "application/xml; charset=utf-8",
                    &xml,
                )))
            }
            Url::Sitemap(0) => {
                let read = store.sitemap_places(SITEMAP_PLACES).await?;
                let xml = syndication::sitemaps::places(self.origin, &read.value);
                Ok(Some(document(
                    read.position,
                    url,
                    "application/xml; charset=utf-8",
                    &xml,
                )))
            }
            Url::Sitemap(number) => {
                let read = store.sitemap_page(*number, SITEMAP_ADDRESSES).await?;
                if read.value.is_empty() {
                    return Ok(None);
                }
                let xml = syndication::sitemaps::page(self.origin, &read.value);
                Ok(Some(document(
                    read.position,
                    url,
                    "application/xml; charset=utf-8",
                    &xml,
                )))
            }
            Url::NewsSitemap => {
                let read = store
                    .latest_since(self.now.plus(-NEWS_FOR), NEWS_ARTICLES)
                    .await?;
                let xml =
                    syndication::sitemaps::news(self.settings, self.origin, &read.value, self.now);
                let hour = self.now.plus(3_600 * Timestamp::SECOND);
                Ok(Some(
                    document(read.position, url, "application/xml; charset=utf-8", &xml)
                        .until(hour),
                ))
            }
            Url::Robots => {
                let text = syndication::robots(self.settings, self.origin);
                let position = self.site.changes.position();
                Ok(Some(document(
                    position,
                    url,
                    "text/plain; charset=utf-8",
                    &text,
                )))
            }
            Url::OpenSearch => {
                let xml = syndication::open_search(self.settings, self.origin);
                let position = self.site.changes.position();
                let media_type = "application/opensearchdescription+xml; charset=utf-8";
                Ok(Some(document(position, url, media_type, &xml)))
            }
            Url::Comments(id, page, newest_first) => {
                self.comments(url, *id, *page, *newest_first).await
            }
            Url::Search(_)
            | Url::Suggest(_)
            | Url::WriteComment(..)
            | Url::CommentAt(_)
            | Url::OwnComments
            | Url::ReportComment(_)
            | Url::CommentTicket
            | Url::CommentData
            | Url::OwnCommentData(_)
            | Url::Media(..)
            | Url::File(..)
            | Url::LiveTicker
            | Url::LiveTickerJson
            | Url::Health
            | Url::Ready
            | Url::Asset(_)
            | Url::Icon => Ok(None),
        }
    }

    fn meta(&self, json_ld: Option<String>) -> PageMeta {
        PageMeta {
            now: self.now,
            origin: self.origin.to_owned(),
            json_ld,
        }
    }

    fn article(&self, position: i64, page: &ArticlePage) -> Result<Stored, PageError> {
        let article = &page.article;
        let canonical = Url::of_article(article.kind, article.id, article.slug.clone());
        let named = (page.section.iter().map(|section| section.id))
            .chain(page.authors.iter().map(|author| author.id))
            .chain(page.tags.iter().map(|tag| tag.id))
            .chain(page.lead.iter().chain(&page.images).map(|media| media.id));
        let mut keys: Vec<_> = std::iter::once(ChangeKey::article(article.id))
            .chain(named.map(ChangeKey::named))
            .chain(page.related.iter().flat_map(summary_keys))
            .collect();
        let theme = &self.site.theme;
        let standing = Standing::of_article(article.state);
        let parts = match standing {
            Standing::Shown => {
                let json_ld = syndication::json_ld::article(self.settings, self.origin, page);
                theme.article(self.settings, page, &self.meta(Some(json_ld)))?
            }
            Standing::Gone => {
                let reason = page.corrections.last();
                theme.gone(self.settings, reason, &self.meta(None))?
            }
            _ => theme.problem(self.settings, Problem::NotFound, &self.meta(None))?,
        };
        let talk = parts.thread.as_ref().map(|thread| Talk {
            position,
            article: article.id,
            thread: respond::compress(thread.as_bytes()),
            open: self.takes_comments(article),
        });
        if talk.is_none() {
            keys.push(ChangeKey::comments(article.id));
        }
        let content = Content::page(&parts).with_talk(talk);
        Ok(Stored::new(position, canonical.to_string(), content)
            .depends_on(keys)
            .until(self.article_valid_until(page))
            .status(standing.code()))
    }

    /// The next moment at which time alone changes the page: the note on its
    /// age appears, its comments close, or related articles are chosen anew.
    fn article_valid_until(&self, page: &ArticlePage) -> Timestamp {
        let grows_old = page
            .article
            .published_at
            .filter(|_| page.article.age_note && self.settings.old_after_days > 0)
            .map(|at| at.plus(i64::from(self.settings.old_after_days) * Timestamp::DAY))
            .filter(|moment| *moment > self.now);
        let related = self.now.plus(RELATED_FOR);
        let closes =
            may_be_written_until(&page.article, self.settings).filter(|moment| *moment > self.now);
        let first = grows_old.into_iter().chain(closes).min();
        first.map_or(related, |moment| moment.min(related))
    }

    async fn list(
        &self,
        url: &Url,
        of: ListOf,
        cursor: Option<Cursor>,
    ) -> Result<Option<Stored>, PageError> {
        let read = self
            .site
            .store
            .list(&of, cursor, editorial::page::ARTICLES_PER_PAGE)
            .await?;
        let Some((subject, list)) = read.value else {
            return Ok(None);
        };
        let is_day = matches!(subject, ListSubject::Day(..));
        let standing = Standing::of_list(is_day, cursor.is_some(), list.articles.is_empty());
        let parts =
            self.site
                .theme
                .list(self.settings, &subject, &list, cursor, &self.meta(None))?;
        Ok(Some(
            Stored::new(read.position, url.to_string(), Content::page(&parts))
                .depends_on(list_keys(&subject, &list))
                .status(standing.code()),
        ))
    }

    async fn feed(
        &self,
        url: &Url,
        of: &FeedOf,
        format: FeedFormat,
    ) -> Result<Option<Stored>, PageError> {
        let Some((list_of, _)) = list_of(url, &self.settings.time_zone) else {
            return Ok(None);
        };
        let read = self
            .site
            .store
            .feed_articles(&list_of, FEED_ARTICLES)
            .await?;
        let Some((subject, articles)) = read.value else {
            return Ok(None);
        };
        let keys: Vec<_> = (articles.iter())
            .flat_map(|entry| {
                let images = entry.images.iter().map(|media| ChangeKey::named(media.id));
                summary_keys(&entry.summary).chain(images)
            })
            .collect();
        let articles: Vec<_> = articles
            .into_iter()
            .map(
                |FeedEntry {
                     summary,
                     body,
                     images,
                 }| {
                    let address = format!(
                        "{}{}",
                        self.origin,
                        Url::Article(summary.id, summary.slug.clone())
                    );
                    let place = theme::FeedPlace {
                        origin: self.origin,
                        address: &address,
                        language: &summary.language,
                    };
                    let html = theme::feed_html(&body, &images, place);
                    syndication::feeds::FeedArticle { summary, html }
                },
            )
            .collect();
        let page = syndication::feeds::FeedPage {
            settings: self.settings,
            origin: self.origin,
            of,
            subject: &subject,
            articles: &articles,
        };
        let (media_type, text) = match format {
            FeedFormat::Rss => (
                "application/rss+xml; charset=utf-8",
                syndication::feeds::rss(&page),
            ),
            FeedFormat::Atom => (
                "application/atom+xml; charset=utf-8",
                syndication::feeds::atom(&page),
            ),
            FeedFormat::Json => (
                "application/feed+json; charset=utf-8",
                syndication::feeds::json(&page),
            ),
        };
        let nothing = ArticleList {
            articles: Vec::new(),
            next: None,
            before: Before::Nothing,
        };
        Ok(Some(
            document(read.position, url, media_type, &text)
                .depends_on(keys.into_iter().chain(list_keys(&subject, &nothing))),
        ))
    }
}

/// What a line of a list shows: the article, and the names beside it.
fn summary_keys(line: &ArticleSummary) -> impl Iterator<Item = ChangeKey> + '_ {
    let named = (line.section.iter().map(|section| section.id))
        .chain(line.authors.iter().map(|author| author.id))
        .chain(line.lead.iter().map(|media| media.id));
    std::iter::once(ChangeKey::article(line.id)).chain(named.map(ChangeKey::named))
}

fn list_keys(subject: &ListSubject, list: &ArticleList) -> Vec<ChangeKey> {
    let own = match subject {
        ListSubject::Section(section) => {
            vec![ChangeKey::section(section.id), ChangeKey::named(section.id)]
        }
        ListSubject::Tag(tag) => vec![ChangeKey::tag(tag.id), ChangeKey::named(tag.id)],
        ListSubject::Author(author) => {
            vec![ChangeKey::author(author.id), ChangeKey::named(author.id)]
        }
        ListSubject::Day(..) | ListSubject::Latest => vec![ChangeKey::LATEST],
    };
    let mut keys: Vec<_> = list
        .articles
        .iter()
        .flat_map(summary_keys)
        .chain(own)
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn document(position: i64, url: &Url, media_type: &'static str, text: &str) -> Stored {
    // A document is one segment: the first of its stream.
    let body = compress_first(text.as_bytes());
    Stored::new(
        position,
        url.to_string(),
        Content::Document { media_type, body },
    )
    .depends_on([ChangeKey::LATEST])
}
