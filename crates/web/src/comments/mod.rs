//! Readers' comments: what is sent, what a reader sees of his own, reports.
//!
//! A page that is a reader's own is never kept and never compressed: it holds
//! what he typed beside what only he may know (BREACH). What everybody gets is a
//! page as any other, and the form on it is the same for all.

mod data;
mod own;
mod place;
mod remembered;
mod reply;
mod report;
mod tokens;
mod words;
mod write;

use std::{
    net::IpAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use actions::{
    comments::Comments,
    standing::{Reading, reading},
};
use bytes::Bytes;
use editorial::{Id, Timestamp, accounts::attempts::range_of, urls::Url};
use hyper::{Method, Response, StatusCode, header, http::request::Parts};

use crate::{
    clients,
    forms::Form,
    frame::Shared,
    guard::{self, Way},
    limit::Limit,
    metrics::Event,
    pages::PageError,
    peer::Peer,
    respond::{self, Body},
    site::Site,
};

pub(crate) use tokens::{PAGE_FOR, page_token};
pub(crate) use words::follow_words;

use reply::Reply;

/// How often comments may be sent.
#[derive(Clone, Copy, Debug)]
pub struct CommentLimits {
    /// From one range of addresses (/24 of IPv4, /56 of IPv6): at once, and a
    /// minute for good.
    pub range: (u32, u32),
    /// On one article.
    pub article: (u32, u32),
    /// On the whole site.
    pub site: (u32, u32),
}

impl Default for CommentLimits {
    fn default() -> Self {
        Self {
            range: (10, 12),
            article: (60, 120),
            site: (20, 1_200),
        }
    }
}

/// The comments of one node.
pub(crate) struct Talks {
    pub(crate) comments: Comments,
    ranges: Limit<IpAddr>,
    articles: Limit<Id>,
    site: Limit<()>,
    reports: Limit<IpAddr>,
    links: Limit<IpAddr>,
}

impl Talks {
    pub(crate) fn new(comments: Comments, limits: CommentLimits) -> Self {
        let CommentLimits {
            range,
            article,
            site,
        } = limits;
        Self {
            comments,
            ranges: Limit::of(range.0, range.1),
            articles: Limit::of(article.0, article.1),
            site: Limit::of(site.0, site.1),
            reports: Limit::of(range.0, range.1),
            links: Limit::of(3, 3),
        }
    }

    /// Takes one comment of all limits, or of none and says how long to wait.
    fn take(&self, from: IpAddr, article: Id) -> Result<(), Duration> {
        let (now, range) = (Instant::now(), range_of(from));
        // The one that is asked for by all goes first: what it refuses has cost
        // neither the reader nor the article anything.
        self.site.look((), now)?;
        self.ranges.look(range, now)?;
        self.articles.take(article, now)?;
        self.ranges.take(range, now)?;
        self.site.take((), now)
    }
}

/// Whether something sent to this address is a reader's.
pub(crate) fn takes(path: &str) -> bool {
    path.starts_with("/comments/") || path.starts_with("/a/")
}

/// One request, as the acts see it.
struct Asked<'a> {
    site: &'a Arc<Site>,
    talks: &'a Talks,
    parts: &'a Parts,
    form: Form,
    from: IpAddr,
    host: String,
    way: Way,
    now: Timestamp,
    shared: Arc<Shared>,
}

/// Answers a request for one of the addresses of comments that no page cache
/// holds, or something that is sent to one of them.
pub(crate) async fn answer(
    site: &Arc<Site>,
    parts: &Parts,
    body: Bytes,
    peer: Peer,
) -> Response<Body> {
    if !site.answers_to(&parts.headers, parts.uri.authority()) {
        return respond::misdirected();
    }
    let Reading::Ours(url) = reading(parts.uri.path(), parts.uri.query()) else {
        return Reply::bare(StatusCode::NOT_FOUND).response();
    };
    let (own, parts) = (Arc::clone(site), parts.clone());
    let made = site.back.run(async move {
        let done = answered(&own, &parts, &body, peer, url).await;
        done.map_err(|error| tracing::warn!(%error, "a page of comments cannot be made"))
    });
    let reply = made.await.unwrap_or(Err(())).unwrap_or_else(|()| {
        site.metrics.count(Event::PageFailed);
        Reply::bare(StatusCode::SERVICE_UNAVAILABLE).with(header::RETRY_AFTER, "5")
    });
    reply.response()
}

async fn answered(
    site: &Arc<Site>,
    parts: &Parts,
    body: &[u8],
    peer: Peer,
    url: Url,
) -> Result<Reply, PageError> {
    let Some(talks) = &site.talks else {
        // The keys of this paper are elsewhere: nothing can be taken in.
        return Ok(Reply::bare(StatusCode::SERVICE_UNAVAILABLE).with(header::RETRY_AFTER, "60"));
    };
    let (headers, proxies) = (&parts.headers, &site.config.trusted_proxies);
    let host = clients::host(peer.address, headers, parts.uri.authority(), proxies);
    let host = host.unwrap_or_default().to_owned();
    let now = site.now();
    let asked = Asked {
        way: Way::of(peer, headers, &host, proxies),
        from: clients::client(peer.address, headers, proxies),
        form: Form::read(body),
        shared: site.shared(now).await?,
        site,
        talks,
        parts,
        host,
        now,
    };
    let sent = parts.method == Method::POST;
    match url {
        Url::Article(article, _) if sent => asked.write(article, None).await,
        Url::Comments(article, ..) if sent => asked.write(article, None).await,
        Url::WriteComment(article, to) if sent => asked.write(article, to).await,
        Url::WriteComment(article, to) => asked.show_form(article, to).await,
        Url::CommentAt(id) if !sent => asked.lead_to(id).await,
        Url::OwnComments if sent => asked.change_own().await,
        Url::OwnComments => asked.show_own(None, None).await,
        Url::ReportComment(id) if sent => asked.report(id).await,
        Url::ReportComment(id) => asked.show_report(id, None).await,
        Url::CommentTicket if !sent => Ok(asked.ticket()),
        Url::CommentData if sent => asked.ask_for_data().await,
        Url::CommentData => asked.show_data_form(None, None),
        Url::OwnCommentData(token) if sent => asked.erase_data(token).await,
        Url::OwnCommentData(token) => asked.show_data(token, false).await,
        _ => Ok(Reply::bare(StatusCode::METHOD_NOT_ALLOWED).with(header::ALLOW, "GET, HEAD")),
    }
}

impl Asked<'_> {
    /// Whether what was sent comes from a page of this site. A browser that says
    /// neither of what today's say is believed by the page it says it was on.
    fn is_from_here(&self) -> bool {
        let headers = &self.parts.headers;
        let says = |name| headers.contains_key(name);
        if says("origin") || says("sec-fetch-site") {
            return guard::is_from_here(headers, &self.host, self.way);
        }
        let referer = headers.get(header::REFERER).and_then(|it| it.to_str().ok());
        referer
            .and_then(|page| page.strip_prefix(self.way.scheme()))
            .and_then(|page| page.strip_prefix(self.host.as_str()))
            .is_some_and(|path| path.starts_with('/'))
    }

    fn meta(&self) -> theme::PageMeta {
        theme::PageMeta {
            now: self.now,
            origin: String::new(),
            json_ld: None,
        }
    }

    /// A page that is the reader's own.
    fn page(&self, status: StatusCode, parts: &theme::Parts) -> Reply {
        Reply::page(status, &self.shared, parts)
    }
}
