//! The live ticker: one stream for everybody, and the same as JSON for those
//! that ask again and again.

use std::{
    convert::Infallible,
    hash::{Hash as _, Hasher as _},
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use bytes::Bytes;
use editorial::Timestamp;
use futures_util::StreamExt as _;
use http_body_util::{BodyExt, StreamBody};
use hyper::{
    HeaderMap, Response, StatusCode,
    body::Frame,
    header::{self, HeaderValue},
};

use crate::{
    frame::Shared,
    metrics::Event,
    respond::{self, Body, CachePolicy},
    site::Site,
    streams::StreamPlace,
};

/// A reader whose stream breaks comes again after so many milliseconds, each at
/// another moment of the span, so that they do not come all at once.
const RETRY_FROM: u64 = 2_000;
const RETRY_SPAN: u64 = 4_000;

/// A line is sent after so much silence, so that proxies keep the stream open.
const KEEP_ALIVE: std::time::Duration = std::time::Duration::from_secs(20);

/// `/live/ticker.json`: the lines now, with an ETag of what they say.
pub(crate) async fn json(site: &Arc<Site>, request: &HeaderMap) -> Response<Body> {
    let Ok(shared) = site.shared(site.now()).await else {
        return respond::text(
            StatusCode::SERVICE_UNAVAILABLE,
            "The ticker cannot be read now.\n",
        );
    };
    let tag = format!("\"{}\"", version(&shared));
    let known = respond::names(request, &tag);
    let (status, body) = if known {
        (StatusCode::NOT_MODIFIED, respond::full(Bytes::new()))
    } else {
        (StatusCode::OK, respond::full(shared.ticker_json.clone()))
    };
    let mut response = respond::answer(status, CachePolicy::Page, body);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json; charset=utf-8"),
    );
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// What the lines say at a position of the change log. The position alone does
/// not tell: a line that expires and the change of day alter them without a
/// commit.
fn version(shared: &Shared) -> String {
    let mut hash = std::hash::DefaultHasher::new();
    shared.ticker_json.hash(&mut hash);
    format!("{}-{:x}", shared.position, hash.finish())
}

/// From `now` to `moment`, at most a day.
fn until(now: Timestamp, moment: Timestamp) -> std::time::Duration {
    let microseconds = moment.0.saturating_sub(now.0).clamp(0, Timestamp::DAY);
    std::time::Duration::from_micros(microseconds.unsigned_abs())
}

/// The next reader's pause: one step of the golden ratio further round the span
/// than the last one's, so that any number of them is spread evenly.
fn pause() -> u64 {
    static READERS: AtomicU64 = AtomicU64::new(0);
    let step = READERS.fetch_add(RETRY_SPAN * 618 / 1_000, Ordering::Relaxed);
    RETRY_FROM + step % RETRY_SPAN
}

/// The position in a [`version`].
fn position_of(version: &str) -> Option<i64> {
    version.split('-').next()?.parse().ok()
}

/// `/live/ticker`: server-sent events; each holds all lines, its id is their
/// [`version`], so that a reconnect with `Last-Event-ID` gets an event only if
/// something changed since.
pub(crate) fn stream(site: &Arc<Site>, request: &HeaderMap, client: IpAddr) -> Response<Body> {
    let Some(place) = site.streams.take(client) else {
        site.metrics.count(Event::StreamRefused);
        let mut response =
            respond::text(StatusCode::SERVICE_UNAVAILABLE, "Too many open streams.\n");
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from_static("30"));
        return response;
    };
    let last_seen = request
        .get("last-event-id")
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned);
    let state = Stream {
        site: Arc::downgrade(site),
        followed: site.followed.subscribe(),
        sent: last_seen,
        valid_until: Timestamp(i64::MAX),
        first: true,
        _place: place,
    };
    let data = |event| Ok::<_, Infallible>(Frame::data(Bytes::from(event)));
    let retry = data(format!("retry: {}\n\n", pause()));
    let events = futures_util::stream::unfold(state, move |mut state| async move {
        let event = state.next().await?;
        Some((data(event), state))
    });
    let events = futures_util::stream::once(std::future::ready(retry)).chain(events);
    let mut response = respond::answer(
        StatusCode::OK,
        CachePolicy::Never,
        BodyExt::boxed_unsync(StreamBody::new(events)),
    );
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/event-stream; charset=utf-8"),
    );
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

struct Stream {
    site: std::sync::Weak<Site>,
    followed: tokio::sync::watch::Receiver<i64>,
    /// The version sent last.
    sent: Option<String>,
    /// When time alone changes the lines.
    valid_until: Timestamp,
    first: bool,
    _place: StreamPlace,
}

impl Stream {
    /// The next event, or a comment that keeps the stream open; `None` once
    /// the site is gone.
    async fn next(&mut self) -> Option<String> {
        let silent_until = tokio::time::Instant::now() + KEEP_ALIVE;
        loop {
            let now = self.site.upgrade()?.now();
            if !self.first && now < self.valid_until {
                let lines_stand = tokio::time::Instant::now() + until(now, self.valid_until);
                let wait = lines_stand.min(silent_until);
                match tokio::time::timeout_at(wait, self.followed.changed()).await {
                    Err(_) if wait == silent_until => return Some(": \n\n".to_owned()),
                    Err(_) | Ok(Ok(())) => {}
                    Ok(Err(_)) => return None,
                }
            }
            self.first = false;
            self.followed.borrow_and_update();
            let site = self.site.upgrade()?;
            if site.streams.ended() {
                return None;
            }
            let now = site.now();
            let Ok(shared) = site.shared(now).await else {
                // The database is away: asked again, not at once.
                self.valid_until = now.plus(Timestamp::SECOND);
                continue;
            };
            // Parts that are past their time are all there is while the database
            // is away.
            self.valid_until = if shared.valid_until > now {
                shared.valid_until
            } else {
                now.plus(Timestamp::SECOND)
            };
            let version = version(&shared);
            if self.is_news(&version) {
                let event = format!(
                    "id: {version}\nevent: ticker\ndata: {}\n\n",
                    shared.ticker_json
                );
                self.sent = Some(version);
                return Some(event);
            }
        }
    }

    /// Whether the reader does not have this version. A node that is behind
    /// the one that sent the last is not asked to go back.
    fn is_news(&self, version: &str) -> bool {
        let Some(sent) = self.sent.as_deref() else {
            return true;
        };
        sent != version && position_of(sent) <= position_of(version)
    }
}
