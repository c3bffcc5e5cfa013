//! Answers that are for one reader alone.

use hyper::{
    Response, StatusCode,
    header::{self, HeaderName, HeaderValue},
};
use theme::Parts;

use crate::{
    frame::Shared,
    respond::{self, Body, CachePolicy},
};

/// An answer in the making.
pub(super) struct Reply {
    status: StatusCode,
    body: String,
    media_type: &'static str,
    content_policy: Option<HeaderValue>,
    headers: Vec<(HeaderName, String)>,
}

impl Reply {
    /// A page in its frame.
    pub(super) fn page(status: StatusCode, shared: &Shared, parts: &Parts) -> Self {
        Self {
            status,
            body: shared.plain.around(parts),
            media_type: "text/html; charset=utf-8",
            content_policy: Some(shared.policy.clone()),
            headers: Vec::new(),
        }
    }

    /// JSON for a script.
    pub(super) fn json(value: &serde_json::Value) -> Self {
        Self {
            status: StatusCode::OK,
            body: value.to_string(),
            media_type: "application/json; charset=utf-8",
            content_policy: None,
            headers: Vec::new(),
        }
    }

    /// A status, and its words alone.
    pub(super) fn bare(status: StatusCode) -> Self {
        Self {
            status,
            body: status.canonical_reason().unwrap_or_default().to_owned(),
            media_type: "text/plain; charset=utf-8",
            content_policy: None,
            headers: Vec::new(),
        }
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

    pub(super) fn response(self) -> Response<Body> {
        let mut response =
            respond::answer(self.status, CachePolicy::Never, respond::full(self.body));
        let headers = response.headers_mut();
        if let Some(policy) = self.content_policy {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        respond::for_one(headers, self.media_type, self.headers);
        response
    }
}
