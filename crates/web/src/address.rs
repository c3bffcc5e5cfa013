//! Which host a request may name, and the origin that goes into links.

use hyper::{HeaderMap, header::HOST};

use crate::site::Site;

impl Site {
    /// The host that the request names, if the site answers to it.
    pub(crate) fn host<'a>(
        &self,
        headers: &'a HeaderMap,
        authority: Option<&'a str>,
    ) -> Option<&'a str> {
        let named = authority.or_else(|| headers.get(HOST)?.to_str().ok())?;
        let name = without_port(named);
        let loopback = matches!(name, "localhost" | "127.0.0.1" | "[::1]");
        (loopback
            || self
                .config
                .hosts
                .iter()
                .any(|host| host.eq_ignore_ascii_case(name)))
        .then_some(named)
    }
}

fn without_port(authority: &str) -> &str {
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
