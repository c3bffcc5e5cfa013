//! From a request to its answer.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use hyper::{
    Method, Request, Response, StatusCode,
    header::{self, HeaderValue},
    http::request::Parts,
};

use actions::{
    old_address::{Answer, of_old},
    standing::{Reading, is_spelled_otherwise, reading, standing},
};
use editorial::{Standing, urls::Url};

use crate::{
    cache::{Content, Stored, Talk},
    clients, comments, files, finding,
    frame::Shared,
    live,
    metrics::Event,
    newsroom,
    pages::{Found, PageError},
    peer::Peer,
    pictures,
    respond::{self, Body, CachePolicy, Joint},
    site::Site,
};

/// How long an answer may take to be made; a stream has begun by then.
const ANSWER_DEADLINE: Duration = Duration::from_secs(5);

/// Whether the answer is a stream: without an end, or of a large file.
pub(crate) fn is_stream<T>(request: &Request<T>) -> bool {
    let path = request.uri().path();
    path == "/live/ticker" || newsroom::is_live(path) || path.starts_with("/file/")
}

/// Answers a request that came over a connection from `peer`.
pub(crate) async fn answer(site: &Arc<Site>, request: &Parts, peer: Peer) -> Response<Body> {
    let head_only = request.method == Method::HEAD;
    if newsroom::is_own(request.uri.path()) {
        let mut response = newsroom::answer(site, request, Bytes::new(), peer).await;
        if head_only {
            *response.body_mut() = respond::full(Bytes::new());
        }
        return response;
    }
    if !head_only && request.method != Method::GET {
        let mut response = respond::text(
            StatusCode::METHOD_NOT_ALLOWED,
            "This address can only be read.\n",
        );
        response
            .headers_mut()
            .insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    if !site.answers_to(&request.headers, request.uri.authority()) {
        return respond::misdirected();
    }
    let answered = tokio::time::timeout(ANSWER_DEADLINE, read(site, request, peer)).await;
    let mut response = answered.unwrap_or_else(|_| unavailable(site, &PageError::Late));
    if head_only {
        use hyper::body::Body as _;
        if let Some(length) = response.body().size_hint().exact()
            && response.status() != StatusCode::NOT_MODIFIED
        {
            response
                .headers_mut()
                .insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        }
        *response.body_mut() = respond::full(Bytes::new());
    }
    response
}

async fn read(site: &Arc<Site>, request: &Parts, peer: Peer) -> Response<Body> {
    let (path, query) = (request.uri.path(), request.uri.query());
    let headers = &request.headers;
    if query.is_none()
        && let Some(page) = site.kept(path, site.now())
    {
        return show(site, headers, &page).await;
    }
    let (url, old) = match reading(path, query) {
        Reading::Ours(url) => (url, None),
        Reading::Old(then) => {
            let old = answer_of_old(site, request, peer).await;
            match then {
                Some(url) if matches!(&old, Ok(old) if old.standing == Standing::Nothing) => {
                    (url, Some(old))
                }
                _ => return elsewhere(site, headers, old).await,
            }
        }
    };
    match &url {
        Url::LiveTicker => {
            let client = clients::client(peer.address, headers, &site.config.trusted_proxies);
            return live::stream(site, headers, client);
        }
        Url::LiveTickerJson => return live::json(site, headers).await,
        Url::Search(asked) => {
            if is_spelled_otherwise(path, &url) {
                return respond::moved(&url.to_string());
            }
            let client = clients::client(peer.address, headers, &site.config.trusted_proxies);
            let answered = finding::page(site, headers, client, asked.clone()).await;
            return answered.unwrap_or_else(|error| unavailable(site, &error));
        }
        Url::WriteComment(..)
        | Url::CommentAt(_)
        | Url::OwnComments
        | Url::ReportComment(_)
        | Url::CommentTicket
        | Url::CommentData
        | Url::OwnCommentData(_) => {
            return comments::answer(site, request, Bytes::new(), peer).await;
        }
        Url::Suggest(typed) => {
            let client = clients::client(peer.address, headers, &site.config.trusted_proxies);
            return finding::suggest(site, client, typed.clone()).await;
        }
        Url::Health => return respond::text(StatusCode::OK, "ok\n"),
        Url::Ready => return ready(site),
        Url::Asset(name) => {
            let asset = site.theme.asset(name);
            return asset.map_or_else(not_an_asset, |asset| {
                file(headers, asset, CachePolicy::Immutable)
            });
        }
        Url::Icon => return file(headers, site.theme.icon(), CachePolicy::Icon),
        Url::Media(id, width) => {
            return match pictures::show(site, *id, *width).await {
                Ok(Some(response)) => response,
                Ok(None) => nothing_at(site, headers, &url).await,
                Err(error) => unavailable(site, &error),
            };
        }
        Url::File(id, name) => {
            return match files::show(site, headers, *id, name).await {
                Some(response) => response,
                None => nothing_at(site, headers, &url).await,
            };
        }
        _ => {}
    }
    match site.page(&url).await {
        Ok(Found::Page(page)) if *page.canonical != *url.to_string() => {
            respond::moved(&page.canonical)
        }
        Ok(Found::Page(_)) if is_spelled_otherwise(path, &url) => respond::moved(&url.to_string()),
        Ok(Found::Page(page)) => show(site, headers, &page).await,
        Ok(Found::Nothing) => {
            let old = match old {
                Some(known) => known,
                None => answer_of_old(site, request, peer).await,
            };
            elsewhere(site, headers, old).await
        }
        Err(error) => unavailable(site, &error),
    }
}

/// Gives `use_it` the page with the shared parts around it, ready to be joined.
pub(crate) fn with_joint<T>(
    page: &Stored,
    shared: &Shared,
    use_it: impl FnOnce(&Joint<'_>) -> T,
) -> T {
    let status = StatusCode::from_u16(page.status).unwrap_or(StatusCode::OK);
    match &page.content {
        Content::Page { head, main, talk } => {
            let (opening, masthead) = (&shared.opening, &shared.masthead);
            let (form, closing) = (&shared.comment_form, &shared.closing);
            let joint = |segments| {
                let policy = if status == StatusCode::NOT_FOUND {
                    CachePolicy::Never
                } else {
                    CachePolicy::Page
                };
                Joint {
                    segments,
                    status,
                    media_type: "text/html; charset=utf-8",
                    policy,
                    content_policy: Some(&shared.policy),
                }
            };
            match talk {
                None => use_it(&joint(&[opening, head, masthead, main, closing])),
                Some(Talk { thread, open, .. }) if *open => use_it(&joint(&[
                    opening, head, masthead, main, thread, form, closing,
                ])),
                Some(Talk { thread, .. }) => {
                    use_it(&joint(&[opening, head, masthead, main, thread, closing]))
                }
            }
        }
        Content::Document { media_type, body } => use_it(&Joint {
            segments: &[body],
            status,
            media_type,
            policy: CachePolicy::Document,
            content_policy: None,
        }),
    }
}

async fn show(site: &Arc<Site>, headers: &hyper::HeaderMap, page: &Stored) -> Response<Body> {
    match site.shared(site.now()).await {
        Ok(shared) => with_joint(page, &shared, |joint| joint.response(headers)),
        Err(error) => unavailable(site, &PageError::Store(error)),
    }
}

/// How an address that is none of ours answers as one of an old site.
async fn answer_of_old(site: &Arc<Site>, request: &Parts, peer: Peer) -> Result<Answer, PageError> {
    if site.store.health().is_some() {
        return Err(PageError::Stopped);
    }
    let target = request
        .uri
        .path_and_query()
        .map_or("/", |target| target.as_str());
    let proxies = &site.config.trusted_proxies;
    let host = clients::host(
        peer.address,
        &request.headers,
        request.uri.authority(),
        proxies,
    );
    Ok(of_old(&site.store, target, host).await?)
}

/// Answers an address that is none of ours: where it was one of an old site,
/// it has moved, or did not come with it; else it is not found.
async fn elsewhere(
    site: &Arc<Site>,
    headers: &hyper::HeaderMap,
    answer: Result<Answer, PageError>,
) -> Response<Body> {
    match answer {
        Ok(Answer {
            moved_to: Some(url),
            ..
        }) => respond::moved(&url.to_string()),
        Ok(Answer { standing, .. }) => nothing_shown(site, headers, standing).await,
        Err(error) => unavailable(site, &error),
    }
}

/// The page for a picture or file that cannot be had.
async fn nothing_at(site: &Arc<Site>, headers: &hyper::HeaderMap, url: &Url) -> Response<Body> {
    match standing(&site.store, url).await {
        Ok((_, Standing::Shown)) => nothing_shown(site, headers, Standing::Nothing).await,
        Ok((_, standing)) => nothing_shown(site, headers, standing).await,
        Err(error) => unavailable(site, &PageError::Store(error)),
    }
}

/// The page for an address where nothing is shown.
async fn nothing_shown(
    site: &Arc<Site>,
    headers: &hyper::HeaderMap,
    standing: Standing,
) -> Response<Body> {
    match site.nothing_shown(standing).await {
        Ok(page) => show(site, headers, &page).await,
        Err(error) => unavailable(site, &error),
    }
}

fn unavailable(site: &Site, error: &PageError) -> Response<Body> {
    if matches!(error, PageError::Store(_) | PageError::Late) {
        site.metrics.count(Event::PageFailed);
    }
    tracing::warn!(%error, "a page cannot be made");
    let mut response = respond::text(
        StatusCode::SERVICE_UNAVAILABLE,
        "تعذّر عرض هذه الصفحة الآن. أعد المحاولة بعد قليل.\n",
    );
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    response
}

fn ready(site: &Arc<Site>) -> Response<Body> {
    match site.store.health() {
        None => respond::text(StatusCode::OK, "ready\n"),
        Some(words) => {
            let mut response = respond::text(StatusCode::SERVICE_UNAVAILABLE, "");
            *response.body_mut() = respond::full(format!("{words}\n"));
            response
        }
    }
}

fn file(headers: &hyper::HeaderMap, asset: &theme::Asset, policy: CachePolicy) -> Response<Body> {
    let known = respond::names(headers, &asset.etag);
    let (status, body) = if known {
        (StatusCode::NOT_MODIFIED, Bytes::new())
    } else {
        (StatusCode::OK, Bytes::from_static(asset.bytes))
    };
    let mut response = respond::answer(status, policy, respond::full(body));
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(asset.content_type),
    );
    if let Ok(tag) = HeaderValue::from_str(&asset.etag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

fn not_an_asset() -> Response<Body> {
    respond::text(StatusCode::NOT_FOUND, "There is no such file.\n")
}
