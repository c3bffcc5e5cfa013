//! Which host a request may name.

use hyper::{HeaderMap, header::HOST};

use crate::site::Site;

impl Site {
    /// Whether the site answers to the host that the request names.
    pub(crate) fn answers_to(&self, headers: &HeaderMap, authority: Option<&str>) -> bool {
        let Some(named) = authority.or_else(|| headers.get(HOST)?.to_str().ok()) else {
            return false;
        };
        let name = without_port(named);
        let hosts = self.config.hosts.iter();
        matches!(name, "localhost" | "127.0.0.1" | "[::1]")
            || hosts
                .into_iter()
                .any(|host| host.eq_ignore_ascii_case(name))
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
