//! Answers: bodies, headers, conditions. Each kind of answer states its cache
//! policy here, in one enum.

use std::convert::Infallible;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, combinators::UnsyncBoxBody};
use hyper::{
    HeaderMap, Response, StatusCode,
    header::{self, HeaderName, HeaderValue},
};
use splice::{Encoding, Etag, Segment};

use crate::hot::Joined;

/// A body: whole, or a live stream.
pub(crate) type Body = UnsyncBoxBody<Bytes, Infallible>;

/// How long an answer may be kept by others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CachePolicy {
    /// A page with the ticker: kept, but asked about each time, so that a new
    /// headline is never late. The ETag makes the question cheap.
    Page,
    /// A feed, sitemap, robots.txt: a minute.
    Document,
    /// A file whose address holds its hash: for good.
    Immutable,
    /// A picture: its address does not change with its bytes, so a day.
    Picture,
    /// The icon, at an address that never changes: a month.
    Icon,
    /// A page of results: kept by the reader's own browser alone, and asked about
    /// each time.
    Own,
    /// Never kept: health, live streams, problems.
    Never,
}

impl CachePolicy {
    /// The value of `Cache-Control`.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Page => "public, no-cache",
            Self::Document => "public, max-age=60",
            Self::Immutable => "public, max-age=31536000, immutable",
            Self::Picture => "public, max-age=86400",
            Self::Icon => "public, max-age=2592000",
            Self::Own => "private, no-cache",
            Self::Never => "no-store",
        }
    }
}

/// Headers that stand on every answer.
const SECURITY: [(&str, &str); 4] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("x-frame-options", "DENY"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=()",
    ),
];

/// The content security policy of pages: nothing inline but the one style
/// whose hash is given, nothing from elsewhere.
pub(crate) fn content_policy(style_hash: &str) -> HeaderValue {
    page_policy(style_hash, "'none'")
}

/// The same for a page that the newsroom's own screens show within them.
pub(crate) fn framed_policy(style_hash: &str) -> HeaderValue {
    page_policy(style_hash, "'self'")
}

fn page_policy(style_hash: &str, ancestors: &str) -> HeaderValue {
    let text = format!(
        "default-src 'none'; style-src '{}'; script-src 'self'; img-src 'self' data:; \
         connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}",
        style_hash.trim_matches('\'')
    );
    HeaderValue::from_str(&text).expect("a hash in base64 is plain ASCII")
}

/// A segment for any place of a page but the first.
pub(crate) fn compress(bytes: &[u8]) -> Segment {
    Segment::compress(bytes, splice::Place::Inner, splice::Effort::Publish)
}

/// A segment for the first place of a page.
pub(crate) fn compress_first(bytes: &[u8]) -> Segment {
    Segment::compress(bytes, splice::Place::First, splice::Effort::Publish)
}

/// A whole body.
pub(crate) fn full(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into()).boxed_unsync()
}

/// Headers of a page, so that their map grows once.
const HEADERS_EXPECTED: usize = 16;

/// An answer with the headers that every answer has.
pub(crate) fn answer(status: StatusCode, policy: CachePolicy, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.reserve(HEADERS_EXPECTED);
    for (name, value) in SECURITY {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static(policy.text()),
    );
    response
}

/// Where a request names a host that is not the site's.
pub(crate) fn misdirected() -> Response<Body> {
    text(
        StatusCode::MISDIRECTED_REQUEST,
        "This site does not answer to that name.\n",
    )
}

/// What every answer for one person alone has: its address is told to no other
/// site, for it may work once (without any referrer browsers would send forms with
/// the origin `null`), and nobody indexes it. Then `more`.
pub(crate) fn for_one(
    headers: &mut HeaderMap,
    media_type: &'static str,
    more: Vec<(HeaderName, String)>,
) {
    for (name, value) in [
        (header::CONTENT_TYPE, media_type),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    for (name, value) in more {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.append(name, value);
        }
    }
}

/// A short answer in plain text.
pub(crate) fn text(status: StatusCode, words: &'static str) -> Response<Body> {
    let mut response = answer(status, CachePolicy::Never, full(words));
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    response
}

/// A move for good.
pub(crate) fn moved(to: &str) -> Response<Body> {
    let mut response = answer(
        StatusCode::MOVED_PERMANENTLY,
        CachePolicy::Document,
        full(Bytes::new()),
    );
    if let Ok(value) = HeaderValue::from_str(to) {
        response.headers_mut().insert(header::LOCATION, value);
    }
    response
}

/// A page or document, ready to be joined for what a request accepts.
#[derive(Clone, Copy)]
pub(crate) struct Joint<'a> {
    pub(crate) segments: &'a [&'a Segment],
    pub(crate) status: StatusCode,
    pub(crate) media_type: &'static str,
    pub(crate) policy: CachePolicy,
    pub(crate) content_policy: Option<&'a HeaderValue>,
}

/// How a joint is answered to one request.
struct Decided {
    encoding: Encoding,
    tag: Etag,
    /// The client has it already.
    known: bool,
}

impl Joint<'_> {
    fn decide(&self, encoding: Encoding, has: impl FnOnce(&str) -> bool) -> Decided {
        let tag = Etag::of(self.segments, encoding);
        let known = self.status == StatusCode::OK && has(tag.as_str());
        Decided {
            encoding,
            tag,
            known,
        }
    }

    /// Every header of the answer but its length, the date and the connection:
    /// the one list for both ways of answering.
    fn each_header<'a>(
        &'a self,
        decided: &'a Decided,
        mut put: impl FnMut(&'static str, &'a [u8]),
    ) {
        for (name, value) in SECURITY {
            put(name, value.as_bytes());
        }
        put("cache-control", self.policy.text().as_bytes());
        put("vary", b"accept-encoding");
        put("etag", decided.tag.as_str().as_bytes());
        if let Some(policy) = self.content_policy {
            put("content-security-policy", policy.as_bytes());
        }
        if !decided.known {
            put("content-type", self.media_type.as_bytes());
            match decided.encoding {
                Encoding::Gzip => put("content-encoding", b"gzip"),
                Encoding::Brotli => put("content-encoding", b"br"),
                Encoding::Identity => {}
            }
        }
    }

    /// The answer as a response.
    pub(crate) fn response(&self, request: &HeaderMap) -> Response<Body> {
        let accepted = request
            .get(header::ACCEPT_ENCODING)
            .and_then(|value| value.to_str().ok());
        let encoding = splice::negotiate(accepted.unwrap_or(""));
        let decided = self.decide(encoding, |tag| names(request, tag));
        let (status, body) = if decided.known {
            (StatusCode::NOT_MODIFIED, Bytes::new())
        } else {
            match splice::join(self.segments, decided.encoding) {
                Ok(bytes) => (self.status, bytes),
                Err(error) => {
                    tracing::error!(%error, "a page cannot be joined");
                    return text(StatusCode::INTERNAL_SERVER_ERROR, NOT_JOINED);
                }
            }
        };
        let mut response = Response::new(full(body));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.reserve(HEADERS_EXPECTED);
        self.each_header(&decided, |name, value| {
            if let Ok(value) = HeaderValue::from_bytes(value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        });
        response
    }

    /// The whole answer in `encoding`, for a page that is asked for often.
    pub(crate) fn joined(&self, encoding: Encoding, shared: u64) -> Option<Joined> {
        let decided = Decided {
            encoding,
            tag: Etag::of(self.segments, encoding),
            known: false,
        };
        let body = splice::join(self.segments, encoding).ok()?;
        let mut head = Vec::with_capacity(1_024);
        write_status(self.status, &mut head);
        self.each_header(&decided, |name, value| write_header(name, value, &mut head));
        write_length(body.len() as u64, &mut head);
        Some(Joined {
            shared,
            status: self.status,
            head,
            body,
        })
    }

    /// The answer as the bytes of HTTP/1.1, appended to `out`, and its
    /// status; none where it could not be joined. `ending` is what stands after its own headers.
    pub(crate) fn write(
        &self,
        encoding: Encoding,
        if_none_match: Option<&str>,
        head_only: bool,
        ending: &[u8],
        out: &mut Vec<u8>,
    ) -> Option<StatusCode> {
        let decided = self.decide(encoding, |tag| {
            if_none_match.is_some_and(|list| list_names(list, tag))
        });
        let before = out.len();
        let status = if decided.known {
            StatusCode::NOT_MODIFIED
        } else {
            self.status
        };
        write_status(status, out);
        self.each_header(&decided, |name, value| write_header(name, value, out));
        if decided.known {
            out.extend_from_slice(ending);
            return Some(status);
        }
        let length = splice::joined_length(self.segments, decided.encoding);
        write_length(length as u64, out);
        out.extend_from_slice(ending);
        if head_only {
            return Some(status);
        }
        out.reserve(length);
        if let Err(error) = splice::join_into(self.segments, decided.encoding, out) {
            tracing::error!(%error, "a page cannot be joined");
            out.truncate(before);
            return None;
        }
        Some(status)
    }
}

/// What is said where segments do not fit together.
pub(crate) const NOT_JOINED: &str = "The page cannot be shown now.\n";

/// The first line of an HTTP/1.1 response.
pub(crate) fn write_status(status: StatusCode, out: &mut Vec<u8>) {
    out.extend_from_slice(b"HTTP/1.1 ");
    out.extend_from_slice(status.as_str().as_bytes());
    out.push(b' ');
    out.extend_from_slice(status.canonical_reason().unwrap_or("").as_bytes());
    out.extend_from_slice(b"\r\n");
}

/// One header line.
pub(crate) fn write_header(name: &str, value: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b": ");
    out.extend_from_slice(value);
    out.extend_from_slice(b"\r\n");
}

/// The `Content-Length` line.
pub(crate) fn write_length(length: u64, out: &mut Vec<u8>) {
    let mut digits = [0; 20];
    let (mut at, mut rest) = (digits.len(), length);
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    write_header("content-length", &digits[at..], out);
}

/// Whether `If-None-Match` names `tag`.
pub(crate) fn names(request: &HeaderMap, tag: &str) -> bool {
    request
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|list| list_names(list, tag))
}

/// Whether a list of ETags names `tag` (RFC 9110, 13.1.2: weak comparison).
pub(crate) fn list_names(list: &str, tag: &str) -> bool {
    let bare = tag.trim_start_matches("W/");
    list.split(',')
        .map(str::trim)
        .any(|given| given == "*" || given.trim_start_matches("W/") == bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_tags_are_compared_weakly() {
        for (list, expect) in [
            ("W/\"a\"", true),
            ("\"a\"", true),
            ("\"b\", W/\"a\"", true),
            ("*", true),
            ("\"b\"", false),
            ("", false),
        ] {
            assert_eq!(list_names(list, "W/\"a\""), expect, "{list}");
        }
    }

    #[test]
    fn both_ways_of_answering_say_the_same() {
        let segments = [compress_first(b"<html>"), compress("خبر".as_bytes())];
        let policy = content_policy("'sha256-x'");
        for (media_type, content_policy, status) in [
            ("text/html; charset=utf-8", Some(&policy), StatusCode::OK),
            ("text/html; charset=utf-8", Some(&policy), StatusCode::GONE),
            ("application/xml; charset=utf-8", None, StatusCode::OK),
        ] {
            for accepted in ["gzip", "br", ""] {
                let joint = Joint {
                    segments: &segments.iter().collect::<Vec<_>>(),
                    status,
                    media_type,
                    policy: CachePolicy::Page,
                    content_policy,
                };
                let mut request = HeaderMap::new();
                let value = HeaderValue::from_static(accepted);
                request.insert(header::ACCEPT_ENCODING, value);
                let response = joint.response(&request);
                let mut expect = Vec::new();
                write_status(response.status(), &mut expect);
                for (name, value) in response.headers() {
                    write_header(name.as_str(), value.as_bytes(), &mut expect);
                }
                let mut written = Vec::new();
                let encoding = splice::negotiate(accepted);
                let status_written = joint.write(encoding, None, true, b"\r\n", &mut written);
                assert_eq!(status_written, Some(status));
                let joined = joint.joined(encoding, 1).expect("joined");
                assert_eq!([&joined.head[..], b"\r\n"].concat(), written);
                let lines = |bytes: &[u8]| {
                    let text = String::from_utf8(bytes.to_vec()).expect("plain");
                    let mut lines: Vec<String> = text
                        .lines()
                        .filter(|line| !line.is_empty() && !line.starts_with("content-length"))
                        .map(str::to_owned)
                        .collect();
                    lines.sort();
                    lines
                };
                assert_eq!(lines(&written), lines(&expect));
            }
        }
    }
}
