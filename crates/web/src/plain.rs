//! The plain listener beside one that is encrypted: it sends readers there,
//! answers what an authority asks before it gives a certificate, and says
//! whether the server is well to whoever watches it.

use std::{convert::Infallible, net::IpAddr, sync::Arc};

use certificates::Challenges;
use hyper::{
    Method, Request, Response, StatusCode,
    body::Incoming,
    header::{self, HeaderValue},
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};

use crate::{
    address::{named, without_port},
    http1::HEAD_BYTES_MAX,
    metrics::Kind,
    peer::Peer,
    respond::{self, Body, CachePolicy},
    routes,
    server::{self, Ends, Limits},
    site::Site,
};

/// Where readers of the plain listener are sent.
#[derive(Clone, Debug)]
pub struct Redirects {
    /// The port of the site over TLS, as readers see it.
    pub port: u16,
    /// What an authority may ask for now.
    pub challenges: Challenges,
}

/// Serves what is said over plain HTTP on `listener` until `end` completes: one
/// request for each connection, which has `limits.header_deadline` in all.
pub async fn serve_redirects(
    site: Arc<Site>,
    listener: TcpListener,
    redirects: Redirects,
    limits: Limits,
    end: impl Future<Output = ()>,
) {
    let redirects = Arc::new(redirects);
    let ends = Ends {
        open: |open: server::Open| {
            let redirects = Arc::clone(&redirects);
            async move {
                let served = connection(open.site, open.stream, open.address, redirects);
                let _ = tokio::time::timeout(limits.header_deadline, served).await;
            }
        },
        refuse: server::refuse,
    };
    server::accept(site, listener, limits, end, ends).await;
}

async fn connection(
    site: Arc<Site>,
    stream: TcpStream,
    address: IpAddr,
    redirects: Arc<Redirects>,
) {
    let peer = Peer {
        address,
        is_encrypted: false,
    };
    let service = service_fn(move |request: Request<Incoming>| {
        let (site, redirects) = (Arc::clone(&site), Arc::clone(&redirects));
        async move {
            let begun = std::time::Instant::now();
            let response = answer(&site, request, peer, &redirects).await;
            let (status, took) = (response.status(), begun.elapsed());
            site.metrics.answered(Kind::Other, status, took);
            Ok::<_, Infallible>(response)
        }
    });
    let served = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .max_buf_size(HEAD_BYTES_MAX)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service)
        .await;
    if let Err(error) = served {
        tracing::debug!(%error, "a plain connection ended early");
    }
}

async fn answer(
    site: &Arc<Site>,
    request: Request<Incoming>,
    peer: Peer,
    redirects: &Redirects,
) -> Response<Body> {
    let (parts, _) = request.into_parts();
    let path = parts.uri.path();
    let only_reads = matches!(parts.method, Method::GET | Method::HEAD);
    // An authority names the site, or one of its other names: what it may have
    // is found by the token alone.
    if only_reads && Challenges::is_one(path) {
        return match redirects.challenges.answer(path) {
            Some(answer) => {
                let body = respond::full(answer);
                let mut response = respond::answer(StatusCode::OK, CachePolicy::Never, body);
                response.headers_mut().insert(
                    header::CONTENT_TYPE,
                    HeaderValue::from_static("application/octet-stream"),
                );
                response
            }
            None => respond::text(StatusCode::NOT_FOUND, "There is no such challenge.\n"),
        };
    }
    if matches!(path, "/healthz" | "/readyz") {
        return routes::answer(site, &parts, peer).await;
    }
    let named = named(&parts.headers, parts.uri.authority());
    let Some(named) = named.filter(|named| site.answers_to_name(named)) else {
        return respond::misdirected();
    };
    if !only_reads {
        // What was sent is known to others already: a browser shall not send it
        // once more by itself.
        let mut response = respond::text(
            StatusCode::FORBIDDEN,
            "Nothing is taken over a plain connection: use https.\n",
        );
        response
            .headers_mut()
            .insert(header::CONNECTION, HeaderValue::from_static("close"));
        return response;
    }
    let port = match redirects.port {
        443 => String::new(),
        port => format!(":{port}"),
    };
    let target = parts
        .uri
        .path_and_query()
        .map_or("/", |target| target.as_str());
    respond::moved(&format!(
        "https://{}{port}{target}",
        without_port(named).to_lowercase()
    ))
}
