//! Which host a request may name.

use hyper::{HeaderMap, header::HOST, http::uri::Authority};

use crate::site::Site;

impl Site {
    /// Whether the site answers to the host that the request names.
    pub(crate) fn answers_to(&self, headers: &HeaderMap, authority: Option<&Authority>) -> bool {
        named(headers, authority).is_some_and(|named| self.answers_to_name(named))
    }

    /// Whether the site answers to `named`, a host with or without a port.
    pub(crate) fn answers_to_name(&self, named: &str) -> bool {
        let name = without_port(named);
        matches!(name, "localhost" | "127.0.0.1" | "[::1]")
            || self
                .config
                .hosts
                .iter()
                .any(|host| host.eq_ignore_ascii_case(name))
    }
}

/// The host that a request names, with or without a port.
pub(crate) fn named<'a>(
    headers: &'a HeaderMap,
    authority: Option<&'a Authority>,
) -> Option<&'a str> {
    match authority {
        Some(authority) => Some(authority.as_str()),
        None => headers.get(HOST).and_then(|host| host.to_str().ok()),
    }
}

pub(crate) fn without_port(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => authority,
    }
}

#[cfg(test)]
mod tests {
    use super::without_port;

    #[test]
    fn ports_are_cut() {
        for (given, expect) in [
            ("example.org:8080", "example.org"),
            ("example.org", "example.org"),
            ("[::1]:80", "[::1]"),
            ("[::1]", "[::1]"),
        ] {
            assert_eq!(without_port(given), expect);
        }
    }
}
