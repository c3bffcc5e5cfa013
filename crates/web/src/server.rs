//! Our own accept loop: bounded connections, deadlines, graceful end.

use std::{
    collections::HashMap,
    convert::Infallible,
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use bytes::Bytes;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::{
    Method, Request, StatusCode,
    body::{Body as _, Incoming},
    header,
    http::request::Parts,
    service::service_fn,
};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::{Notify, Semaphore, SemaphorePermit},
    task::{Id, JoinSet},
};

use crate::{
    comments,
    encrypted::{Encryption, Strict},
    forms,
    http1::{self, HEAD_BYTES_MAX, Left, Talk},
    metrics::{Event, Kind, Metrics},
    newsroom,
    peer::{Came, Peer},
    respond::{self, CachePolicy},
    rewound::Rewound,
    routes,
    site::Site,
    stream::Stream,
};

/// What one server takes on.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections open at the same time; one more is told to come back.
    pub connections_max: usize,
    /// How long a client may take to send the head of a request.
    pub header_deadline: Duration,
    /// How long a client may take until a connection is encrypted.
    pub handshake_deadline: Duration,
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
            handshake_deadline: Duration::from_secs(10),
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
/// The same for its handshake.
const REFUSED_HANDSHAKE_DEADLINE: Duration = Duration::from_secs(2);
/// How long the end of an encrypted connection may take to be said.
const GOODBYE_DEADLINE: Duration = Duration::from_secs(1);
/// What a refused client is told.
const OVERLOADED: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\n\
content-type: text/plain; charset=utf-8\r\ncontent-length: 47\r\nconnection: close\r\n\r\n\
Too many readers at once: try again in seconds.";
/// How long a form may take to come.
const BODY_DEADLINE: Duration = Duration::from_secs(15);
/// The same of files.
const FILES_DEADLINE: Duration = Duration::from_mins(5);
/// How often the requests in work are looked at while the server ends.
const ENDING_POLL: Duration = Duration::from_millis(5);

/// The end of a server, as its connections see it.
#[derive(Default)]
struct Ending {
    asked: AtomicBool,
    told: Notify,
}

/// A connection that was accepted.
pub(crate) struct Open {
    pub(crate) site: Arc<Site>,
    pub(crate) stream: TcpStream,
    pub(crate) address: IpAddr,
    ending: Arc<Ending>,
    busy: Arc<AtomicBool>,
}

/// What is done with connections: those that have a place, and those that have
/// none.
pub(crate) struct Ends<O, R> {
    pub(crate) open: O,
    pub(crate) refuse: R,
}

/// Serves `site` on `listener` until `end` completes.
pub async fn serve(
    site: Arc<Site>,
    listener: TcpListener,
    limits: Limits,
    end: impl Future<Output = ()>,
) {
    let ends = Ends {
        open: |open: Open| async move {
            let stream = open.stream;
            let came = Came {
                peer: Peer {
                    address: open.address,
                    is_encrypted: false,
                },
                strict: Strict::default(),
            };
            connection(open.site, stream, came, limits, open.ending, open.busy).await;
        },
        refuse,
    };
    accept(site, listener, limits, end, ends).await;
}

/// Serves `site` over TLS on `listener` until `end` completes.
pub async fn serve_encrypted(
    site: Arc<Site>,
    listener: TcpListener,
    encryption: Encryption,
    limits: Limits,
    end: impl Future<Output = ()>,
) {
    let ends = Ends {
        open: |open: Open| {
            let encryption = encryption.clone();
            async move {
                let handshake = encryption.accept(open.stream);
                let deadline = limits.handshake_deadline;
                let Ok(Ok(stream)) = tokio::time::timeout(deadline, handshake).await else {
                    open.site.metrics.count(Event::HandshakeFailed);
                    return;
                };
                let came = Came {
                    peer: Peer {
                        address: open.address,
                        is_encrypted: true,
                    },
                    strict: encryption.strict,
                };
                connection(open.site, stream, came, limits, open.ending, open.busy).await;
            }
        },
        refuse: |stream| {
            let encryption = encryption.clone();
            async move {
                let handshake = encryption.accept_to_refuse(stream);
                let shaken = tokio::time::timeout(REFUSED_HANDSHAKE_DEADLINE, handshake).await;
                if let Ok(Ok(stream)) = shaken {
                    refuse(stream).await;
                }
            }
        },
    };
    accept(site, listener, limits, end, ends).await;
}

/// Accepts connections on `listener` until `end` completes, then waits for
/// those that are busy.
pub(crate) async fn accept<O, R, Opened, Refused>(
    site: Arc<Site>,
    listener: TcpListener,
    limits: Limits,
    end: impl Future<Output = ()>,
    ends: Ends<O, R>,
) where
    O: Fn(Open) -> Opened,
    Opened: Future<Output = ()> + Send + 'static,
    R: Fn(TcpStream) -> Refused,
    Refused: Future<Output = ()> + Send + 'static,
{
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
                let refused = (ends.refuse)(stream);
                tokio::spawn(async move {
                    refused.await;
                    drop(turn);
                });
            }
            continue;
        };
        let _ = stream.set_nodelay(true);
        let flag = Arc::new(AtomicBool::new(false));
        let connection = (ends.open)(Open {
            site: Arc::clone(&site),
            stream,
            address: peer.ip(),
            ending: Arc::clone(&ending),
            busy: Arc::clone(&flag),
        });
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
pub(crate) async fn refuse<S: Stream>(mut stream: S) {
    let mut read = [0; 1024];
    let _ = tokio::time::timeout(REFUSAL_DEADLINE, async {
        let _ = stream.read(&mut read).await;
        let _ = stream.write_all(OVERLOADED).await;
        let _ = stream.flush().await;
        let _ = stream.shutdown().await;
        while stream.read(&mut read).await.is_ok_and(|count| count > 0) {}
    })
    .await;
}

/// One connection, to its end: our own loop, then, where a request asks for
/// more than that loop knows, hyper.
async fn connection<S: Stream>(
    site: Arc<Site>,
    mut stream: S,
    came: Came,
    limits: Limits,
    ending: Arc<Ending>,
    busy: Arc<AtomicBool>,
) {
    let talk = Talk {
        ending: &ending.asked,
        busy: &busy,
    };
    let read = match http1::serve(&site, &mut stream, &came, &limits, talk).await {
        Left::Closed => {
            if S::IS_ENCRYPTED {
                // The end is said, so that the client knows that nothing is missing.
                let _ = tokio::time::timeout(GOODBYE_DEADLINE, stream.shutdown()).await;
            }
            return;
        }
        Left::HandedOver(read) => read,
    };
    busy.store(true, Ordering::Release);
    let (peer, strict) = (came.peer, came.strict.value);
    let requests = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&requests);
    let service = service_fn(move |request: Request<Incoming>| {
        counted.fetch_add(1, Ordering::Relaxed);
        let (site, strict) = (Arc::clone(&site), strict.clone());
        async move {
            let begun = Instant::now();
            let (parts, body) = request.into_parts();
            let path = parts.uri.path();
            let is_post = parts.method == Method::POST;
            let (of_staff, of_readers) = (newsroom::is_own(path), comments::takes(path));
            let mut response = if is_post && (of_staff || of_readers) {
                match sent(&site, &parts, body, peer).await {
                    Ok((body, _turn)) if of_staff => {
                        newsroom::answer(&site, &parts, body, peer).await
                    }
                    Ok((body, _)) => comments::answer(&site, &parts, body, peer).await,
                    Err(StatusCode::PAYLOAD_TOO_LARGE) if newsroom::takes_text(path) => {
                        respond::text(StatusCode::PAYLOAD_TOO_LARGE, TEXT_TOO_LARGE)
                    }
                    Err(StatusCode::PAYLOAD_TOO_LARGE) if newsroom::takes_files(path) => {
                        respond::text(StatusCode::PAYLOAD_TOO_LARGE, FILES_TOO_LARGE)
                    }
                    Err(status) => respond::answer(status, CachePolicy::Never, respond::full("")),
                }
            } else {
                routes::answer(&site, &parts, peer).await
            };
            if let Some(strict) = strict {
                let headers = response.headers_mut();
                headers.insert(header::STRICT_TRANSPORT_SECURITY, strict);
            }
            let kind = if is_post && of_readers {
                Kind::Comments
            } else {
                Kind::of(path)
            };
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
    let connection = builder.serve_connection_with_upgrades(stream, service);
    tokio::pin!(connection);
    let told = ending.told.notified();
    tokio::pin!(told);
    if !ending.asked.load(Ordering::Acquire) {
        // Over HTTP/2 nothing else ends a connection that nobody asks over.
        let mut seen = 0;
        let idle = async {
            loop {
                tokio::time::sleep(limits.idle_deadline).await;
                let now = requests.load(Ordering::Relaxed);
                if std::mem::replace(&mut seen, now) == now {
                    return;
                }
            }
        };
        tokio::select! {
            done = &mut connection => return note(done),
            () = &mut told => {}
            () = idle => {}
        }
    }
    connection.as_mut().graceful_shutdown();
    note(connection.await);
}

/// What is said where a text is longer than any article: in both languages, for
/// it is said before anything is known of who sent it.
const TEXT_TOO_LARGE: &str = "هذا النص أطول مما يسع مقال، فلم يُحفظ شيء. عد إلى الصفحة السابقة في متصفحك، فنصك فيها، واقسمه مقالات.\n\nThis text is longer than an article has room for, so nothing was saved. Go back in your browser, where your text still is, and part it into several articles.\n";

/// The same of files that are larger than one form may be.
const FILES_TOO_LARGE: &str = "هذه الملفات أكبر من 40 ميغابايت معًا، فلم يُحفظ منها شيء. عد إلى الصفحة السابقة وارفع أقل منها في كل مرة.\n\nThese files are larger than 40 MB together, so none was kept. Go back and upload fewer at a time.\n";

/// What was sent, and the turn that it has where it may be long.
async fn sent<'a>(
    site: &'a Arc<Site>,
    parts: &Parts,
    body: Incoming,
    peer: Peer,
) -> Result<(Bytes, Option<SemaphorePermit<'a>>), StatusCode> {
    let path = parts.uri.path();
    if newsroom::takes_files(path) {
        // Much is read of those alone who may send it.
        if !newsroom::may_send(site, parts, peer).await {
            return Ok((
                whole(body, forms::BODY_BYTES_MAX, BODY_DEADLINE).await?,
                None,
            ));
        }
        if newsroom::takes_part(path) {
            return Ok((
                whole(body, forms::PART_BYTES_MAX, FILES_DEADLINE).await?,
                None,
            ));
        }
        let turn = tokio::time::timeout(FILES_DEADLINE, site.uploads.acquire()).await;
        let turn = turn.ok().and_then(Result::ok);
        let turn = turn.ok_or(StatusCode::SERVICE_UNAVAILABLE)?;
        let files = whole(body, forms::FILES_BYTES_MAX, FILES_DEADLINE).await?;
        return Ok((files, Some(turn)));
    }
    let length = body.size_hint().exact();
    let is_short = length.is_some_and(|length| length <= forms::BODY_BYTES_MAX as u64);
    if is_short || !newsroom::takes_text(path) {
        return Ok((
            whole(body, forms::BODY_BYTES_MAX, BODY_DEADLINE).await?,
            None,
        ));
    }
    let turn = tokio::time::timeout(BODY_DEADLINE, site.long_texts.acquire()).await;
    let turn = turn.ok().and_then(Result::ok);
    let turn = turn.ok_or(StatusCode::SERVICE_UNAVAILABLE)?;
    Ok((
        whole(body, forms::TEXT_BYTES_MAX, BODY_DEADLINE).await?,
        Some(turn),
    ))
}

/// The whole of what was sent, within limits of size and time.
async fn whole(body: Incoming, most: usize, deadline: Duration) -> Result<Bytes, StatusCode> {
    let limited = Limited::new(body, most);
    match tokio::time::timeout(deadline, limited.collect()).await {
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
