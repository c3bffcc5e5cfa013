//! Our own accept loop: bounded connections, deadlines, graceful end.

use std::{convert::Infallible, sync::Arc, time::Duration};

use bytes::Bytes;
use hyper::{
    Method, Request, Response, StatusCode,
    body::Incoming,
    header::{self, HeaderValue},
    service::service_fn,
};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto, graceful::GracefulShutdown},
};
use tokio::{net::TcpListener, sync::Semaphore};

use editorial::urls::Url;

use crate::{
    cache::{Content, Stored},
    live,
    pages::{Found, PageError},
    pictures,
    respond::{self, Body, CachePolicy},
    site::Site,
};

/// What one server takes on.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections open at the same time; one more waits in the backlog.
    pub connections_max: usize,
    /// How long a client may take to send the head of a request.
    pub header_deadline: Duration,
    /// How long requests in work may take after the end was asked for.
    pub shutdown_deadline: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections_max: 25_000,
            header_deadline: Duration::from_secs(10),
            shutdown_deadline: Duration::from_secs(5),
        }
    }
}

/// The longest head of a request, in bytes.
const HEAD_BYTES_MAX: usize = 16 * 1024;
/// How long to wait after a failure to accept (out of file handles).
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Serves `site` on `listener` until `end` completes.
pub async fn serve(
    site: Arc<Site>,
    listener: TcpListener,
    limits: Limits,
    end: impl Future<Output = ()>,
) {
    let connections = Arc::new(Semaphore::new(limits.connections_max));
    let graceful = GracefulShutdown::new();
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_deadline)
        .max_buf_size(HEAD_BYTES_MAX)
        .keep_alive(true);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(100)
        .max_header_list_size(16 * 1024)
        .keep_alive_interval(Duration::from_secs(30));
    tokio::pin!(end);
    loop {
        let Ok(place) = Arc::clone(&connections).acquire_owned().await else {
            break;
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut end => break,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(%error, "a connection cannot be accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        let _ = stream.set_nodelay(true);
        let site = Arc::clone(&site);
        let service = service_fn(move |request| {
            let site = Arc::clone(&site);
            async move { Ok::<_, Infallible>(handle(&site, request).await) }
        });
        let connection = builder
            .serve_connection(TokioIo::new(stream), service)
            .into_owned();
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            let _place = place;
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(limits.shutdown_deadline, graceful.shutdown()).await;
}

async fn handle(site: &Arc<Site>, request: Request<Incoming>) -> Response<Body> {
    let head_only = request.method() == Method::HEAD;
    if !head_only && request.method() != Method::GET {
        let mut response = respond::text(
            StatusCode::METHOD_NOT_ALLOWED,
            "This address can only be read.\n",
        );
        response
            .headers_mut()
            .insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    let authority = request
        .uri()
        .authority()
        .map(hyper::http::uri::Authority::as_str);
    if !site.answers_to(request.headers(), authority) {
        return respond::text(
            StatusCode::MISDIRECTED_REQUEST,
            "This site does not answer to that name.\n",
        );
    }
    let mut response = read(site, &request).await;
    if head_only {
        use hyper::body::Body as _;
        if let Some(length) = response.body().size_hint().exact() {
            response
                .headers_mut()
                .insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        }
        *response.body_mut() = respond::full(Bytes::new());
    }
    response
}

async fn read(site: &Arc<Site>, request: &Request<Incoming>) -> Response<Body> {
    let (path, query) = (request.uri().path(), request.uri().query());
    let headers = request.headers();
    if query.is_none()
        && let Some(page) = site.kept(path)
    {
        return show(site, headers, &page).await;
    }
    let old = query.filter(|query| importer::address::is_old_query(query));
    let url = Url::parse(path, query).filter(|_| old.is_none());
    let Some(url) = url else {
        return elsewhere(site, request).await;
    };
    match &url {
        Url::LiveTicker => return live::stream(site, headers),
        Url::LiveTickerJson => return live::json(site, headers).await,
        Url::Health => return respond::text(StatusCode::OK, "ok\n"),
        Url::Ready => return ready(site),
        Url::Asset(name) => return asset(site, headers, name).unwrap_or_else(not_an_asset),
        Url::Media(id, width) => {
            return match pictures::show(site, *id, *width).await {
                Some(response) => response,
                None => not_found(site, headers).await,
            };
        }
        _ => {}
    }
    match site.page(&url).await {
        Ok(Found::Page(page)) if *page.canonical != *url.to_string() => {
            respond::moved(&page.canonical)
        }
        Ok(Found::Page(page)) => show(site, headers, &page).await,
        Ok(Found::Nothing) => elsewhere(site, request).await,
        Err(error) => unavailable(&error),
    }
}

async fn show(site: &Arc<Site>, headers: &hyper::HeaderMap, page: &Stored) -> Response<Body> {
    let status = StatusCode::from_u16(page.status).unwrap_or(StatusCode::OK);
    match &page.content {
        Content::Page { .. } => {
            show_page(site, headers, &page.content, status, CachePolicy::Page).await
        }
        Content::Document { media_type, body } => {
            respond::joined(headers, &[body], media_type, status, CachePolicy::Document)
        }
    }
}

async fn show_page(
    site: &Arc<Site>,
    headers: &hyper::HeaderMap,
    content: &Content,
    status: StatusCode,
    policy: CachePolicy,
) -> Response<Body> {
    let Content::Page { head, main } = content else {
        return respond::text(
            StatusCode::INTERNAL_SERVER_ERROR,
            "The page cannot be shown now.\n",
        );
    };
    let shared = match site.shared(site.now()).await {
        Ok(shared) => shared,
        Err(error) => return unavailable(&PageError::Store(error)),
    };
    let segments = [
        &shared.opening,
        head,
        &shared.masthead,
        main,
        &shared.closing,
    ];
    let mut response = respond::joined(
        headers,
        &segments,
        "text/html; charset=utf-8",
        status,
        policy,
    );
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, shared.policy.clone());
    response
}

/// Answers an address that is none of ours: where it was one of the old site,
/// it has moved; else it is not found.
async fn elsewhere(site: &Arc<Site>, request: &Request<Incoming>) -> Response<Body> {
    let target = request
        .uri()
        .path_and_query()
        .map_or("/", |target| target.as_str());
    match site.moved_to(target).await {
        Ok(Some(url)) => respond::moved(&url.to_string()),
        Ok(None) => not_found(site, request.headers()).await,
        Err(error) => unavailable(&PageError::Store(error)),
    }
}

/// The page for an address where nothing stands.
async fn not_found(site: &Arc<Site>, headers: &hyper::HeaderMap) -> Response<Body> {
    match site.not_found().await {
        Ok(page) => {
            let status = StatusCode::NOT_FOUND;
            show_page(site, headers, &page.content, status, CachePolicy::Never).await
        }
        Err(error) => unavailable(&error),
    }
}

fn unavailable(error: &PageError) -> Response<Body> {
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

fn asset(site: &Arc<Site>, headers: &hyper::HeaderMap, name: &str) -> Option<Response<Body>> {
    let asset = site.theme.asset(name)?;
    let known = respond::names(headers, &asset.etag);
    let (status, body) = if known {
        (StatusCode::NOT_MODIFIED, Bytes::new())
    } else {
        (StatusCode::OK, Bytes::from_static(asset.bytes))
    };
    let mut response = respond::answer(status, CachePolicy::Immutable, respond::full(body));
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(asset.content_type),
    );
    response
        .headers_mut()
        .insert(header::ETAG, HeaderValue::from_str(&asset.etag).ok()?);
    Some(response)
}

fn not_an_asset() -> Response<Body> {
    respond::text(StatusCode::NOT_FOUND, "There is no such file.\n")
}
