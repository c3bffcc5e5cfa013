//! Whose request it is, and of which host: the peer of the connection and the
//! host that it names, or, where the peer is one of our own proxies, the client
//! and the host that the proxy names.

use std::net::IpAddr;

use hyper::{HeaderMap, header::HOST, http::uri::Authority};
use ipnet::IpNet;

/// The longest chain of forwarded addresses that is looked at.
const CHAIN_MAX: usize = 32;

/// The address a request came from. `X-Forwarded-For` is read from the right:
/// each address written by a trusted proxy is believed, and the first that is
/// no trusted proxy is the client. From any other peer the header is nothing.
pub(crate) fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|net| net.contains(&address));
    let mut nearest = peer.to_canonical();
    if !is_trusted(nearest) {
        return nearest;
    }
    let lines: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|line| line.to_str().ok())
        .collect();
    let chain = lines.iter().rev().flat_map(|line| line.rsplit(','));
    for named in chain.take(CHAIN_MAX) {
        let Ok(address) = named.trim().parse::<IpAddr>() else {
            break;
        };
        nearest = address.to_canonical();
        if !is_trusted(nearest) {
            break;
        }
    }
    nearest
}

/// The host that was asked, with or without a port: what the nearest trusted
/// proxy says of it in `X-Forwarded-Host`, or else what the request itself says.
pub(crate) fn host<'a>(
    peer: IpAddr,
    headers: &'a HeaderMap,
    authority: Option<&'a Authority>,
    trusted: &[IpNet],
) -> Option<&'a str> {
    let peer = peer.to_canonical();
    let forwarded = headers
        .get_all("x-forwarded-host")
        .iter()
        .next_back()
        .filter(|_| trusted.iter().any(|net| net.contains(&peer)))
        .and_then(|line| line.to_str().ok()?.rsplit(',').next())
        .map(str::trim)
        .filter(|host| !host.is_empty());
    forwarded
        .or_else(|| authority.map(Authority::as_str))
        .or_else(|| headers.get(HOST)?.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::header::HeaderValue;

    #[test]
    fn a_forwarded_host_is_believed_from_trusted_proxies_only() {
        let trusted = ["10.0.0.0/8".parse().expect("a network")];
        for (peer, forwarded, expect) in [
            ("203.0.113.9", Some("a.example"), "news.example"),
            ("10.0.0.1", Some("a.example"), "a.example"),
            ("::ffff:10.0.0.1", Some("a.example"), "a.example"),
            ("10.0.0.1", Some("evil.example, a.example"), "a.example"),
            ("10.0.0.1", Some(" "), "news.example"),
            ("10.0.0.1", None, "news.example"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, HeaderValue::from_static("news.example"));
            if let Some(line) = forwarded {
                headers.insert("x-forwarded-host", HeaderValue::from_static(line));
            }
            let peer = peer.parse().expect("an address");
            assert_eq!(
                host(peer, &headers, None, &trusted),
                Some(expect),
                "{forwarded:?}"
            );
        }
    }

    fn check(peer: &str, forwarded: &[&str], expect: &str) {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(
                "x-forwarded-for",
                HeaderValue::from_str(line).expect("plain"),
            );
        }
        let trusted = ["10.0.0.0/8", "::1/128"].map(|net| net.parse().expect("a network"));
        let found = client(peer.parse().expect("an address"), &headers, &trusted);
        assert_eq!(found.to_string(), expect, "{peer} {forwarded:?}");
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        check("203.0.113.9", &["198.51.100.1"], "203.0.113.9");
        check("10.0.0.1", &["198.51.100.1"], "198.51.100.1");
        check("::1", &["198.51.100.1"], "198.51.100.1");
        check("::ffff:10.0.0.1", &["198.51.100.1"], "198.51.100.1");
        // What the client wrote itself stands further left.
        check("10.0.0.1", &["1.2.3.4, 198.51.100.1"], "198.51.100.1");
        check(
            "10.0.0.1",
            &["1.2.3.4, 198.51.100.1, 10.9.9.9"],
            "198.51.100.1",
        );
        check("10.0.0.1", &["1.2.3.4", "198.51.100.1"], "198.51.100.1");
        check("10.0.0.1", &["nonsense"], "10.0.0.1");
        check("10.0.0.1", &[], "10.0.0.1");
    }
}
