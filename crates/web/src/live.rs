//! The live ticker: one stream for everybody, and the same as JSON for those
//! that ask again and again.

use std::{
    collections::HashMap,
    convert::Infallible,
    net::IpAddr,
    sync::{Arc, Mutex},
};

use bytes::Bytes;
use http_body_util::{BodyExt, StreamBody};
use hyper::{
    HeaderMap, Response, StatusCode,
    body::Frame,
    header::{self, HeaderValue},
};

use crate::{
    respond::{self, Body, CachePolicy},
    site::Site,
};

/// A line is sent after so much silence, so that proxies keep the stream open.
const KEEP_ALIVE: std::time::Duration = std::time::Duration::from_secs(20);

/// `/live/ticker.json`: the lines now, with an ETag of their position.
pub(crate) async fn json(site: &Arc<Site>, request: &HeaderMap) -> Response<Body> {
    let Ok(shared) = site.shared(site.now()).await else {
        return respond::text(
            StatusCode::SERVICE_UNAVAILABLE,
            "The ticker cannot be read now.\n",
        );
    };
    let tag = format!("\"t{}-{}\"", shared.position, shared.ticker_json.len());
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

/// Live streams open at the same time, in all and for one client: many readers
/// may share one address behind their provider, but none takes all places.
const STREAMS_MAX: usize = 20_000;
const STREAMS_OF_ONE: usize = 2_000;

/// The open live streams, counted by client.
#[derive(Debug, Default)]
pub(crate) struct Streams(Mutex<Counts>);

#[derive(Debug, Default)]
struct Counts {
    all: usize,
    of: HashMap<IpAddr, usize>,
}

/// A place among the live streams, given back when dropped.
struct StreamPlace {
    streams: Arc<Streams>,
    client: IpAddr,
}

impl Streams {
    fn counts(&self) -> std::sync::MutexGuard<'_, Counts> {
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn take(self: &Arc<Self>, client: IpAddr) -> Option<StreamPlace> {
        let mut counts = self.counts();
        let own = counts.of.get(&client).copied().unwrap_or(0);
        if counts.all >= STREAMS_MAX || own >= STREAMS_OF_ONE {
            return None;
        }
        counts.all += 1;
        counts.of.insert(client, own + 1);
        Some(StreamPlace {
            streams: Arc::clone(self),
            client,
        })
    }
}

impl Drop for StreamPlace {
    fn drop(&mut self) {
        let mut counts = self.streams.counts();
        counts.all -= 1;
        if let Some(own) = counts.of.get_mut(&self.client) {
            *own -= 1;
            if *own == 0 {
                counts.of.remove(&self.client);
            }
        }
    }
}

/// `/live/ticker`: server-sent events; each holds all lines, its id is the
/// position of the change log, so that a reconnect with `Last-Event-ID` gets
/// an event only if something changed since.
pub(crate) fn stream(site: &Arc<Site>, request: &HeaderMap, client: IpAddr) -> Response<Body> {
    let Some(place) = site.streams.take(client) else {
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
        .and_then(|text| text.parse().ok());
    let state = Stream {
        site: Arc::downgrade(site),
        followed: site.followed.subscribe(),
        sent: last_seen,
        first: true,
        _place: place,
    };
    let events = futures_util::stream::unfold(state, |mut state| async move {
        let event = state.next().await?;
        Some((Ok::<_, Infallible>(Frame::data(Bytes::from(event))), state))
    });
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
    sent: Option<i64>,
    first: bool,
    _place: StreamPlace,
}

impl Stream {
    /// The next event, or a comment that keeps the stream open; `None` once
    /// the site is gone.
    async fn next(&mut self) -> Option<String> {
        loop {
            if !std::mem::take(&mut self.first) {
                match tokio::time::timeout(KEEP_ALIVE, self.followed.changed()).await {
                    Err(_) => return Some(": \n\n".to_owned()),
                    Ok(Err(_)) => return None,
                    Ok(Ok(())) => {}
                }
            }
            self.followed.borrow_and_update();
            let site = self.site.upgrade()?;
            let Ok(shared) = site.shared(site.now()).await else {
                continue;
            };
            if self.sent.is_none_or(|sent| sent < shared.position) {
                self.sent = Some(shared.position);
                return Some(format!(
                    "retry: 3000\nid: {}\nevent: ticker\ndata: {}\n\n",
                    shared.position, shared.ticker_json
                ));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_client_takes_all_streams() {
        let streams = Arc::new(Streams::default());
        let (one, other) = (
            IpAddr::from([203, 0, 113, 1]),
            IpAddr::from([203, 0, 113, 2]),
        );
        let mut places: Vec<_> = std::iter::from_fn(|| streams.take(one)).collect();
        assert_eq!(places.len(), STREAMS_OF_ONE);
        assert!(streams.take(other).is_some());
        places.pop();
        assert!(streams.take(one).is_some());
        drop(places);
        assert_eq!(streams.counts().all, 0);
        assert!(streams.counts().of.is_empty());
    }
}
