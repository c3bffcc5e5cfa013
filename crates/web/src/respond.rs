//! Answers: bodies, headers, conditions. Each kind of answer states its cache
//! policy here, in one enum.

use std::convert::Infallible;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, combinators::UnsyncBoxBody};
use hyper::{
    HeaderMap, Response, StatusCode,
    header::{self, HeaderName, HeaderValue},
};
use splice::{Encoding, Segment};

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
    /// Never kept: health, live streams, problems.
    Never,
}

impl CachePolicy {
    /// The value of `Cache-Control`.
    pub(crate) const fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Page => "public, no-cache",
            Self::Document => "public, max-age=60",
            Self::Immutable => "public, max-age=31536000, immutable",
            Self::Picture => "public, max-age=86400",
            Self::Never => "no-store",
        })
    }
}

/// Headers that stand on every answer.
const SECURITY: [(HeaderName, HeaderValue); 4] = [
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("strict-origin-when-cross-origin"),
    ),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=()"),
    ),
];

/// The content security policy of pages: nothing inline but the one style
/// whose hash is given, nothing from elsewhere.
pub(crate) fn content_policy(style_hash: &str) -> HeaderValue {
    let text = format!(
        "default-src 'none'; style-src '{}'; script-src 'self'; img-src 'self' data:; \
         connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
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
        headers.insert(name, value);
    }
    headers.insert(header::CACHE_CONTROL, policy.header());
    response
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

/// Segments joined for what the request accepts, or 304 where it has them.
pub(crate) fn joined(
    request: &HeaderMap,
    segments: &[&Segment],
    media_type: &'static str,
    status: StatusCode,
    policy: CachePolicy,
) -> Response<Body> {
    let accepted = request
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok());
    let encoding = splice::negotiate(accepted.unwrap_or(""));
    let tag = splice::etag(segments, encoding);
    let known = status == StatusCode::OK && names(request, &tag);
    let (status, body) = if known {
        (StatusCode::NOT_MODIFIED, full(Bytes::new()))
    } else {
        match splice::join(segments, encoding) {
            Ok(bytes) => (status, full(bytes)),
            Err(error) => {
                tracing::error!(%error, "a page cannot be joined");
                return text(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "The page cannot be shown now.\n",
                );
            }
        }
    };
    let mut response = answer(status, policy, body);
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(value) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, value);
    }
    if !known {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
        match encoding {
            Encoding::Gzip => {
                headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            }
            Encoding::Brotli => {
                headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
            }
            Encoding::Identity => {}
        }
    }
    response
}

/// Whether `If-None-Match` names `tag` (RFC 9110, 13.1.2: weak comparison).
pub(crate) fn names(request: &HeaderMap, tag: &str) -> bool {
    request
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','))
        .map(str::trim)
        .any(|given| given == "*" || given.trim_start_matches("W/") == tag.trim_start_matches("W/"))
}
