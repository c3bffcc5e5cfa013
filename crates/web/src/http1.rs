//! HTTP/1.1 as nearly every reader speaks it: GET or HEAD without a body, one
//! after the other on a connection that stays open. A kept page is written
//! straight into the connection's buffer, with no map of headers between.
//!
//! Everything else (bodies, upgrades, expectations, other versions, live
//! streams) is handed over to hyper, with the bytes that were read.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use http_body_util::BodyExt as _;
use hyper::{Method, Request, StatusCode, header};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    time::Instant,
};

use crate::{
    deadline::Deadline,
    metrics::Kind,
    peer::{Came, Peer},
    respond::{write_header, write_length, write_status},
    routes,
    server::Limits,
    site::Site,
    stream::Stream,
};

/// The longest head of a request, in bytes.
pub(crate) const HEAD_BYTES_MAX: usize = 16 * 1024;
/// What is kept of a search that is longer than that, in bytes: more than is read
/// of any.
const SEARCH_KEPT: usize = 8 * 1024;
/// How many bytes of one may be left out: ten thousand letters of Arabic have
/// sixty thousand, percent-encoded.
const SEARCH_LEFT_OUT_MAX: usize = 256 * 1024;
/// Headers of a request at the most.
const HEADERS_MAX: usize = 64;
/// Room that a connection keeps for its next answer, in bytes.
const ROOM_KEPT: usize = 64 * 1024;
/// Room for the last headers of an answer: at most 19, 94, 37 and 2 bytes.
const ENDING_BYTES: usize = 160;
/// What is read at once.
const READ_BYTES: usize = 4 * 1024;

/// Why the loop is left.
pub(crate) enum Left {
    /// The connection is done.
    Closed,
    /// A request that hyper shall answer, and all after it; the bytes read.
    HandedOver(Vec<u8>),
}

/// What a connection and its server tell each other.
pub(crate) struct Talk<'a> {
    /// The server is asked to end: answer what was asked, then close.
    pub(crate) ending: &'a AtomicBool,
    /// A request is being answered.
    pub(crate) busy: &'a AtomicBool,
}

/// What the bytes read so far are.
enum Parsed<'a> {
    Partial,
    Foreign,
    Broken,
    Whole(Head<'a>),
}

/// The head of a request that is answered here.
struct Head<'a> {
    length: usize,
    without_body: bool,
    path: &'a str,
    query: Option<&'a str>,
    host: &'a str,
    accepted: &'a str,
    if_none_match: Option<&'a str>,
    close: bool,
    headers: &'a [httparse::Header<'a>],
}

/// Answers requests from `stream` until it closes or one is not for this loop.
pub(crate) async fn serve<S: Stream>(
    site: &Arc<Site>,
    stream: &mut S,
    came: &Came,
    limits: &Limits,
    talk: Talk<'_>,
) -> Left {
    let mut deadline = Deadline::new(limits.header_deadline);
    let mut buffer: Vec<u8> = Vec::with_capacity(READ_BYTES);
    let mut out: Vec<u8> = Vec::new();
    // The clock is read once after each reading and once before each writing.
    let mut read_at = None;
    let mut left_out = 0;
    loop {
        out.clear();
        let mut headers = [httparse::EMPTY_HEADER; HEADERS_MAX];
        let head = match parse(&buffer, &mut headers) {
            Parsed::Whole(head) => head,
            Parsed::Foreign => return Left::HandedOver(buffer),
            Parsed::Broken => {
                let status = StatusCode::BAD_REQUEST;
                refuse(status, site, stream, came, &mut deadline, limits).await;
                return Left::Closed;
            }
            Parsed::Partial if buffer.len() >= HEAD_BYTES_MAX => {
                let status = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
                refuse(status, site, stream, came, &mut deadline, limits).await;
                return Left::Closed;
            }
            Parsed::Partial => {
                let first = buffer.is_empty();
                if !read_more(stream, &mut buffer, &mut deadline).await {
                    return Left::Closed;
                }
                let now = Instant::now();
                if first {
                    // A head that comes in pieces has this long from its first.
                    deadline.set(now + limits.header_deadline);
                    left_out = 0;
                }
                read_at = Some(now);
                cut_search(&mut buffer, &mut left_out);
                continue;
            }
        };
        talk.busy.store(true, Ordering::Release);
        let close = head.close || talk.ending.load(Ordering::Acquire);
        let (length, kind) = (head.length, Kind::of(head.path));
        // One that came together with the one before it waited until now.
        let begun = read_at.take().unwrap_or_else(Instant::now);
        let status = if let Some(status) = kept(site, &head, &came.strict.line, close, &mut out) {
            status
        } else {
            let Some(request) = request(&head) else {
                let status = StatusCode::BAD_REQUEST;
                refuse(status, site, stream, came, &mut deadline, limits).await;
                return Left::Closed;
            };
            if routes::is_stream(&request) {
                return Left::HandedOver(buffer);
            }
            made(
                site,
                request,
                came.peer,
                (close, &came.strict.line),
                &mut out,
            )
            .await
        };
        let ready_at = Instant::now();
        site.metrics.answered(kind, status, ready_at - begun);
        buffer.drain(..length);
        let sent = write(stream, &out, ready_at, &mut deadline, limits.stall_deadline).await;
        let (Some(sent_at), false) = (sent, close) else {
            return Left::Closed;
        };
        talk.busy.store(false, Ordering::Release);
        out.shrink_to(ROOM_KEPT);
        deadline.set(sent_at + limits.idle_deadline);
    }
}

/// Cuts the query of a search that is too long while it comes: what the reader
/// pasted is answered with a page that says so, and not with an error.
fn cut_search(buffer: &mut Vec<u8>, left_out: &mut usize) {
    let line = b"GET /search";
    let is_long = buffer.len() >= HEAD_BYTES_MAX && *left_out < SEARCH_LEFT_OUT_MAX;
    if is_long && buffer.starts_with(line) && !buffer[line.len()..].contains(&b' ') {
        *left_out += buffer.len() - SEARCH_KEPT;
        buffer.truncate(SEARCH_KEPT);
    }
}

/// Reads once more; false where the client is gone or too late.
async fn read_more<S: Stream>(
    stream: &mut S,
    buffer: &mut Vec<u8>,
    deadline: &mut Deadline,
) -> bool {
    buffer.reserve(READ_BYTES);
    loop {
        let Some(Ok(count)) = deadline.meet(stream.read_buf(buffer)).await else {
            return false;
        };
        // Without an end of line in it, what came cannot have ended a head.
        let came = &buffer[buffer.len() - count..];
        if count == 0 || came.contains(&b'\n') || buffer.len() >= HEAD_BYTES_MAX {
            return count > 0;
        }
    }
}

/// Writes all of `bytes`, which are ready at `now`; when that was done, or none
/// where the client is gone, or takes nothing for as long as `stall`.
async fn write<S: Stream>(
    stream: &mut S,
    bytes: &[u8],
    mut now: Instant,
    deadline: &mut Deadline,
    stall: Duration,
) -> Option<Instant> {
    // Mostly it all fits into the socket at once, and no timer is needed.
    let mut written = stream.write_now(bytes);
    while written < bytes.len() {
        deadline.set(now + stall);
        match deadline.meet(stream.write(&bytes[written..])).await {
            Some(Ok(count)) if count > 0 => written += count,
            _ => return None,
        }
        now = Instant::now();
    }
    if S::IS_ENCRYPTED {
        // What was taken may wait in the session still, some kilobytes at most.
        deadline.set(now + stall);
        deadline.meet(stream.flush()).await?.ok()?;
        now = Instant::now();
    }
    Some(now)
}

async fn refuse<S: Stream>(
    status: StatusCode,
    site: &Site,
    stream: &mut S,
    came: &Came,
    deadline: &mut Deadline,
    limits: &Limits,
) {
    site.metrics.answered(Kind::Other, status, Duration::ZERO);
    let mut out = Vec::new();
    write_status(status, &mut out);
    out.extend_from_slice(&came.strict.line);
    out.extend_from_slice(b"content-length: 0\r\nconnection: close\r\n\r\n");
    write(
        stream,
        &out,
        Instant::now(),
        deadline,
        limits.stall_deadline,
    )
    .await;
}

fn parse<'a>(buffer: &'a [u8], headers: &'a mut [httparse::Header<'a>]) -> Parsed<'a> {
    if buffer.is_empty() {
        return Parsed::Partial;
    }
    let mut request = httparse::Request::new(headers);
    let length = match request.parse(buffer) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Parsed::Partial,
        // HTTP/2 begins with a line that is no request of HTTP/1.
        Err(httparse::Error::Version) => return Parsed::Foreign,
        Err(_) => return Parsed::Broken,
    };
    let without_body = match request.method {
        Some("GET") => false,
        Some("HEAD") => true,
        _ => return Parsed::Foreign,
    };
    let target = request.path.unwrap_or("");
    if request.version != Some(1) || !target.starts_with('/') || target.contains('#') {
        return Parsed::Foreign;
    }
    let (path, query) = match target.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (target, None),
    };
    let mut head = Head {
        length,
        without_body,
        path,
        query,
        host: "",
        accepted: "",
        if_none_match: None,
        close: false,
        headers: &[],
    };
    for header in request.headers.iter() {
        let value = || std::str::from_utf8(header.value).unwrap_or("");
        // Told apart by their length first: few names share one.
        match header.name.len() {
            4 if header.name.eq_ignore_ascii_case("host") => {
                if !head.host.is_empty() {
                    return Parsed::Broken;
                }
                head.host = value();
            }
            15 if header.name.eq_ignore_ascii_case("accept-encoding") => {
                if !head.accepted.is_empty() {
                    return Parsed::Foreign;
                }
                head.accepted = value();
            }
            13 if header.name.eq_ignore_ascii_case("if-none-match") => {
                if head.if_none_match.is_some() {
                    return Parsed::Foreign;
                }
                head.if_none_match = Some(value());
            }
            10 if header.name.eq_ignore_ascii_case("connection") => {
                let mut words = value().split(',').map(str::trim);
                match words.next() {
                    Some(word) if word.eq_ignore_ascii_case("keep-alive") => {}
                    Some(word) if word.eq_ignore_ascii_case("close") => head.close = true,
                    _ => return Parsed::Foreign,
                }
                if words.next().is_some() {
                    return Parsed::Foreign;
                }
            }
            14 if header.name.eq_ignore_ascii_case("content-length") => return Parsed::Foreign,
            17 if header.name.eq_ignore_ascii_case("transfer-encoding") => return Parsed::Foreign,
            7 if header.name.eq_ignore_ascii_case("upgrade") => return Parsed::Foreign,
            6 if header.name.eq_ignore_ascii_case("expect") => return Parsed::Foreign,
            _ => {}
        }
    }
    head.headers = request.headers;
    Parsed::Whole(head)
}

/// Writes the page kept for this request, joined with the shared parts; its
/// status, or none where there is no page that is fresh.
fn kept(
    site: &Arc<Site>,
    head: &Head<'_>,
    strict: &[u8],
    close: bool,
    out: &mut Vec<u8>,
) -> Option<StatusCode> {
    if head.query.is_some() || !site.answers_to_name(head.host) {
        return None;
    }
    let now = site.now();
    let shared = site.shared_now(now)?;
    let page = site.kept(head.path, now)?;
    let encoding = splice::negotiate(head.accepted);
    let plain = head.if_none_match.is_none() && !head.without_body;
    site.date.with(now, |date| {
        let ending = Ending::new(close, strict, date);
        if plain && let Some(joined) = site.hot.get(page.number, encoding, shared.number) {
            out.extend_from_slice(&joined.head);
            out.extend_from_slice(ending.as_bytes());
            out.extend_from_slice(&joined.body);
            return Some(joined.status);
        }
        routes::with_joint(&page, &shared, |joint| {
            if plain
                && page.asked_again(shared.number)
                && let Some(joined) = joint.joined(encoding, shared.number)
            {
                site.hot.put(page.number, encoding, Arc::new(joined));
            }
            joint.write(
                encoding,
                head.if_none_match,
                head.without_body,
                ending.as_bytes(),
                out,
            )
        })
    })
}

/// The last headers of an answer: connection, what it says of encryption, date,
/// and the empty line.
struct Ending {
    bytes: [u8; ENDING_BYTES],
    length: usize,
}

impl Ending {
    fn new(close: bool, strict: &[u8], date: &[u8; 29]) -> Self {
        let mut ending = Self {
            bytes: [0; ENDING_BYTES],
            length: 0,
        };
        if close {
            ending.push(b"connection: close\r\n");
        }
        ending.push(strict);
        ending.push(b"date: ");
        ending.push(date);
        ending.push(b"\r\n\r\n");
        ending
    }

    fn push(&mut self, bytes: &[u8]) {
        self.bytes[self.length..self.length + bytes.len()].copy_from_slice(bytes);
        self.length += bytes.len();
    }

    fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

/// The request as the routes take it; `None` where it cannot be one.
fn request(head: &Head<'_>) -> Option<Request<()>> {
    let target = match head.query {
        Some(query) => format!("{}?{query}", head.path),
        None => head.path.to_owned(),
    };
    let mut request = Request::builder()
        .method(if head.without_body {
            Method::HEAD
        } else {
            Method::GET
        })
        .uri(target);
    for header in head.headers {
        request = request.header(header.name, header.value);
    }
    request.body(()).ok()
}

/// Answers by the routes and writes what they answer; its status.
async fn made(
    site: &Arc<Site>,
    request: Request<()>,
    peer: Peer,
    (close, strict): (bool, &[u8]),
    out: &mut Vec<u8>,
) -> StatusCode {
    let head_only = *request.method() == Method::HEAD;
    let response = routes::answer(site, &request.into_parts().0, peer).await;
    let (parts, body) = response.into_parts();
    // The routes answer with whole bodies; a stream is handed over before.
    let body = body
        .collect()
        .await
        .map(http_body_util::Collected::to_bytes)
        .unwrap_or_default();
    write_status(parts.status, out);
    for (name, value) in &parts.headers {
        write_header(name.as_str(), value.as_bytes(), out);
    }
    let told = parts.headers.contains_key(header::CONTENT_LENGTH);
    if !told && parts.status != StatusCode::NOT_MODIFIED && !head_only {
        write_length(body.len() as u64, out);
    }
    site.date.with(site.now(), |date| {
        out.extend_from_slice(Ending::new(close, strict, date).as_bytes());
    });
    out.extend_from_slice(&body);
    parts.status
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> &'static str {
        let mut headers = [httparse::EMPTY_HEADER; HEADERS_MAX];
        match parse(text.as_bytes(), &mut headers) {
            Parsed::Partial => "partial",
            Parsed::Foreign => "foreign",
            Parsed::Broken => "broken",
            Parsed::Whole(head) if head.close => "whole, close",
            Parsed::Whole(_) => "whole",
        }
    }

    #[test]
    fn only_plain_requests_are_answered_here() {
        for (text, expect) in [
            ("", "partial"),
            ("GET / HT", "partial"),
            ("GET / HTTP/1.1\r\nHost: x\r\n", "partial"),
            ("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "whole"),
            (
                "HEAD / HTTP/1.1\r\nhost: x\r\nConnection: keep-alive\r\n\r\n",
                "whole",
            ),
            (
                "GET / HTTP/1.1\r\nHost: x\r\nConnection: Close\r\n\r\n",
                "whole, close",
            ),
            ("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", "broken"),
            (
                "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc",
                "foreign",
            ),
            (
                "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
                "foreign",
            ),
            (
                "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
                "foreign",
            ),
            (
                "GET / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n",
                "foreign",
            ),
            ("POST / HTTP/1.1\r\nHost: x\r\n\r\n", "foreign"),
            ("GET / HTTP/1.0\r\n\r\n", "foreign"),
            ("GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n", "foreign"),
            ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "foreign"),
            ("GET / HTTP/1.1\r\nbad header\r\n\r\n", "broken"),
            ("\0\u{1}\u{2}", "broken"),
        ] {
            assert_eq!(kind(text), expect, "{text:?}");
        }
    }
}
