//! Answers of the newsroom: never kept by anybody, never compressed.

use bytes::Bytes;
use hyper::{
    Response, StatusCode,
    header::{self, HeaderName, HeaderValue},
};

use crate::respond::{self, Body, CachePolicy};

/// Nothing inline, nothing from elsewhere.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/// The same for a screen that has a script.
const SCRIPTED: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/// The same for a screen that shows a page of this site within it.
const FRAMING: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// An answer in the making.
pub(super) struct Reply {
    status: StatusCode,
    body: Body,
    media_type: &'static str,
    content_policy: HeaderValue,
    framed: bool,
    policy: CachePolicy,
    headers: Vec<(HeaderName, String)>,
}

impl Reply {
    fn new(status: StatusCode, body: impl Into<Bytes>, media_type: &'static str) -> Self {
        Self {
            status,
            body: respond::full(body),
            media_type,
            content_policy: HeaderValue::from_static(POLICY),
            framed: false,
            policy: CachePolicy::Never,
            headers: Vec::new(),
        }
    }

    /// A screen.
    pub(super) fn screen(status: StatusCode, html: String) -> Self {
        Self::new(status, html, "text/html; charset=utf-8")
    }

    /// For a script.
    pub(super) fn json(status: StatusCode, value: &serde_json::Value) -> Self {
        Self::new(status, value.to_string(), "application/json")
    }

    /// The same, where it has a script of ours.
    pub(super) fn scripted(self) -> Self {
        Self {
            content_policy: HeaderValue::from_static(SCRIPTED),
            ..self
        }
    }

    /// The same, where it shows a page of this site within it.
    pub(super) fn framing(self) -> Self {
        Self {
            content_policy: HeaderValue::from_static(FRAMING),
            ..self
        }
    }

    /// A page as readers see it, to be shown within a screen.
    pub(super) fn framed(html: String, content_policy: HeaderValue) -> Self {
        Self {
            content_policy,
            framed: true,
            ..Self::screen(StatusCode::OK, html)
        }
    }

    /// The style or a script.
    pub(super) fn asset(bytes: &'static [u8], media_type: &'static str) -> Self {
        Self {
            policy: CachePolicy::Immutable,
            ..Self::new(StatusCode::OK, bytes, media_type)
        }
    }

    /// Server-sent events, without an end.
    pub(super) fn events(body: Body) -> Self {
        let media_type = "text/event-stream; charset=utf-8";
        Self {
            body,
            ..Self::new(StatusCode::OK, Bytes::new(), media_type)
        }
        .with(HeaderName::from_static("x-accel-buffering"), "no")
    }

    /// A status, and its words alone.
    pub(super) fn bare(status: StatusCode) -> Self {
        let words = status.canonical_reason().unwrap_or_default();
        Self::new(status, words, "text/plain; charset=utf-8")
    }

    /// From here on another protocol is spoken.
    pub(super) fn switching(protocol: &str) -> Self {
        let media_type = "text/plain; charset=utf-8";
        Self::new(StatusCode::SWITCHING_PROTOCOLS, Bytes::new(), media_type)
            .with(header::CONNECTION, "Upgrade")
            .with(header::UPGRADE, protocol)
    }

    /// Go there, and read it.
    pub(super) fn see(path: &str) -> Self {
        Self::bare(StatusCode::SEE_OTHER).with(header::LOCATION, path)
    }

    pub(super) fn with(mut self, name: HeaderName, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub(super) fn cookie(self, line: &str) -> Self {
        self.with(header::SET_COOKIE, line)
    }

    pub(super) fn retry(self) -> Self {
        self.with(header::RETRY_AFTER, "5")
    }

    pub(super) fn response(self) -> Response<Body> {
        let mut response = respond::answer(self.status, self.policy, self.body);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_SECURITY_POLICY, self.content_policy);
        if self.framed {
            headers.insert(
                header::X_FRAME_OPTIONS,
                HeaderValue::from_static("SAMEORIGIN"),
            );
        }
        headers.insert(
            HeaderName::from_static("cross-origin-opener-policy"),
            HeaderValue::from_static("same-origin"),
        );
        respond::for_one(headers, self.media_type, self.headers);
        response
    }
}
