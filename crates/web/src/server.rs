//! Our own accept loop: bounded connections, deadlines, graceful end.

use std::{
    collections::HashMap,
    convert::Infallible,
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use bytes::Bytes;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::{Method, Request, StatusCode, body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::{Notify, Semaphore},
    task::{Id, JoinSet},
};

use crate::{
    http1::{self, HEAD_BYTES_MAX, Left, Talk},
    metrics::{Event, Kind, Metrics},
    newsroom,
    respond::{self, CachePolicy},
    rewound::Rewound,
    routes,
    site::Site,
};

/// What one server takes on.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections open at the same time; one more is told to come back.
    pub connections_max: usize,
    /// How long a client may take to send the head of a request.
    pub header_deadline: Duration,
    /// How long a connection may stay open without a request.
    pub idle_deadline: Duration,
    /// How long a client may take none of the bytes that wait for it.
    pub stall_deadline: Duration,
    /// How long requests in work may take after the end was asked for.
    pub shutdown_deadline: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections_max: 25_000,
            header_deadline: Duration::from_secs(10),
            idle_deadline: Duration::from_secs(75),
            stall_deadline: Duration::from_secs(30),
            shutdown_deadline: Duration::from_secs(5),
        }
    }
}

/// How long to wait after a failure to accept (out of file handles).
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);
/// Connections beyond the limit that are told so at the same time; any more are closed.
const REFUSALS_MAX: usize = 256;
/// How long a refused client may take to send what it came for.
const REFUSAL_DEADLINE: Duration = Duration::from_millis(500);
/// What a refused client is told.
const OVERLOADED: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\n\
content-type: text/plain; charset=utf-8\r\ncontent-length: 47\r\nconnection: close\r\n\r\n\
Too many readers at once: try again in seconds.";
/// How long a form may take to come.
const BODY_DEADLINE: Duration = Duration::from_secs(15);
/// How often the requests in work are looked at while the server ends.
const ENDING_POLL: Duration = Duration::from_millis(5);

/// The end of a server, as its connections see it.
#[derive(Default)]
struct Ending {
    asked: AtomicBool,
    told: Notify,
}

/// Serves `site` on `listener` until `end` completes.
pub async fn serve(
    site: Arc<Site>,
    listener: TcpListener,
    limits: Limits,
    end: impl Future<Output = ()>,
) {
    let places = Arc::new(Semaphore::new(limits.connections_max));
    let refusals = Arc::new(Semaphore::new(REFUSALS_MAX));
    let ending = Arc::new(Ending::default());
    let mut connections = JoinSet::new();
    let mut busy: HashMap<Id, Arc<AtomicBool>> = HashMap::new();
    tokio::pin!(end);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            Some(ended) = connections.join_next_with_id(), if !connections.is_empty() => {
                let id = match ended {
                    Ok((id, ())) => id,
                    Err(error) => error.id(),
                };
                busy.remove(&id);
                continue;
            }
            () = &mut end => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection cannot be accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else {
            site.metrics.count(Event::ConnectionRefused);
            if let Ok(turn) = Arc::clone(&refusals).try_acquire_owned() {
                tokio::spawn(async move {
                    refuse(stream).await;
                    drop(turn);
                });
            }
            continue;
        };
        let _ = stream.set_nodelay(true);
        let flag = Arc::new(AtomicBool::new(false));
        let connection = connection(
            Arc::clone(&site),
            stream,
            peer.ip(),
            limits,
            Arc::clone(&ending),
            Arc::clone(&flag),
        );
        let open = Metrics::connection(&site);
        let task = connections.spawn(async move {
            connection.await;
            drop((place, open));
        });
        busy.insert(task.id(), flag);
    }
    drop(listener);
    ending.asked.store(true, Ordering::Release);
    ending.told.notify_waiters();
    site.end_streams();
    let _ = tokio::time::timeout(limits.shutdown_deadline, async {
        while busy.values().any(|flag| flag.load(Ordering::Acquire)) {
            tokio::select! {
                Some(ended) = connections.join_next_with_id() => {
                    busy.remove(&ended.map_or_else(|error| error.id(), |(id, ())| id));
                }
                () = tokio::time::sleep(ENDING_POLL) => {}
            }
        }
    })
    .await;
    // Those left are idle, or out of time.
    connections.shutdown().await;
}

/// Tells a client to come back: after its request is read, since a connection
/// that is closed with bytes unread is reset, and the words are lost.
async fn refuse(mut stream: TcpStream) {
    let mut read = [0; 1024];
    let _ = tokio::time::timeout(REFUSAL_DEADLINE, async {
        let _ = stream.read(&mut read).await;
        let _ = stream.write_all(OVERLOADED).await;
        let _ = stream.shutdown().await;
        while stream.read(&mut read).await.is_ok_and(|count| count > 0) {}
    })
    .await;
}

/// One connection, to its end: our own loop, then, where a request asks for
/// more than that loop knows, hyper.
async fn connection(
    site: Arc<Site>,
    mut stream: TcpStream,
    peer: IpAddr,
    limits: Limits,
    ending: Arc<Ending>,
    busy: Arc<AtomicBool>,
) {
    let talk = Talk {
        ending: &ending.asked,
        busy: &busy,
    };
    let read = match http1::serve(&site, &mut stream, peer, &limits, talk).await {
        Left::Closed => return,
        Left::HandedOver(read) => read,
    };
    busy.store(true, Ordering::Release);
    let service = service_fn(move |request: Request<Incoming>| {
        let site = Arc::clone(&site);
        async move {
            let begun = Instant::now();
            let (parts, body) = request.into_parts();
            let response = if newsroom::is_own(parts.uri.path()) && parts.method == Method::POST {
                match whole(body).await {
                    Ok(body) => newsroom::answer(&site, &parts, &body, peer).await,
                    Err(status) => respond::answer(status, CachePolicy::Never, respond::full("")),
                }
            } else {
                routes::answer(&site, &parts, peer).await
            };
            let kind = Kind::of(parts.uri.path());
            let metrics = &site.metrics;
            metrics.answered(kind, response.status(), begun.elapsed());
            Ok::<_, Infallible>(response)
        }
    });
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
    let stream = TokioIo::new(Rewound::new(read, stream));
    let connection = builder.serve_connection(stream, service);
    tokio::pin!(connection);
    let told = ending.told.notified();
    tokio::pin!(told);
    if !ending.asked.load(Ordering::Acquire) {
        tokio::select! {
            done = &mut connection => return note(done),
            () = &mut told => {}
        }
    }
    connection.as_mut().graceful_shutdown();
    note(connection.await);
}

/// The whole of what was sent, within limits of size and time.
async fn whole(body: Incoming) -> Result<Bytes, StatusCode> {
    let limited = Limited::new(body, newsroom::BODY_BYTES_MAX);
    match tokio::time::timeout(BODY_DEADLINE, limited.collect()).await {
        Ok(Ok(whole)) => Ok(whole.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Ok(Err(_)) => Err(StatusCode::BAD_REQUEST),
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
    }
}

fn note(done: Result<(), Box<dyn std::error::Error + Send + Sync>>) {
    if let Err(error) = done {
        tracing::debug!(%error, "a connection ended early");
    }
}
