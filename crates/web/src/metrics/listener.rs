//! The listener for whoever watches the server: `/metrics` and nothing else, on
//! an address of its own, apart from the readers.

use std::{convert::Infallible, sync::Arc, time::Duration};

use hyper::{
    Method, Request, Response, StatusCode,
    body::Incoming,
    header::{self, HeaderValue},
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    task::JoinSet,
};

use super::text;
use crate::{
    respond::{self, Body, CachePolicy},
    site::Site,
};

/// Connections at the same time; one more is closed at once.
const CONNECTIONS_MAX: usize = 16;
/// How long a connection may take for its one request and answer.
const DEADLINE: Duration = Duration::from_secs(10);
/// How long answers in work may take after the end was asked for.
const ENDING_DEADLINE: Duration = Duration::from_secs(2);
/// How long to wait after a failure to accept.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Serves what `site` counts on `listener` until `end` completes.
pub async fn serve_metrics(site: Arc<Site>, listener: TcpListener, end: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let mut connections = JoinSet::new();
    tokio::pin!(end);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            Some(_) = connections.join_next(), if !connections.is_empty() => continue,
            () = &mut end => break,
        };
        let Ok((stream, _)) = accepted else {
            tokio::time::sleep(ACCEPT_PAUSE).await;
            continue;
        };
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else {
            continue;
        };
        let site = Arc::clone(&site);
        connections.spawn(async move {
            let _ = tokio::time::timeout(DEADLINE, connection(site, stream)).await;
            drop(place);
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(ENDING_DEADLINE, async {
        while connections.join_next().await.is_some() {}
    })
    .await;
    connections.shutdown().await;
}

/// One request and its answer.
async fn connection(site: Arc<Site>, stream: TcpStream) {
    let service = service_fn(move |request: Request<Incoming>| {
        let site = Arc::clone(&site);
        async move { Ok::<_, Infallible>(answer(site, &request).await) }
    });
    let served = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(DEADLINE)
        .max_buf_size(crate::http1::HEAD_BYTES_MAX)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service)
        .await;
    if let Err(error) = served {
        tracing::debug!(%error, "a connection for metrics ended early");
    }
}

async fn answer(site: Arc<Site>, request: &Request<Incoming>) -> Response<Body> {
    if request.uri().path() != "/metrics" {
        return respond::text(StatusCode::NOT_FOUND, "Only /metrics stands here.\n");
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return respond::text(
            StatusCode::METHOD_NOT_ALLOWED,
            "This address can only be read.\n",
        );
    }
    // It looks at files; hyper leaves the body of an answer to HEAD out.
    let written = tokio::task::spawn_blocking(move || text::write(&site)).await;
    let Ok(written) = written else {
        return respond::text(
            StatusCode::INTERNAL_SERVER_ERROR,
            "The counters cannot be read now.\n",
        );
    };
    let body = respond::full(written);
    let mut response = respond::answer(StatusCode::OK, CachePolicy::Never, body);
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(text::MEDIA_TYPE),
    );
    response
}
