//! Who may come in at all: over which connection, with which cookies, and from
//! which page a form was sent.

use std::net::IpAddr;

use credentials::Token;
use hyper::{HeaderMap, header};
use ipnet::IpNet;

use crate::peer::Peer;

/// The connection that a request came over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Encrypted, to us or to a proxy of our own.
    Encrypted,
    /// Plain, from this machine to this machine.
    PlainHere,
    /// Plain, from elsewhere: no password goes over it.
    PlainElsewhere,
}

impl Way {
    /// That of a request from `peer` to `host`. A proxy that is trusted says by
    /// `X-Forwarded-Proto` how it was reached; what it says counts more than how
    /// it reached us.
    pub(crate) fn of(peer: Peer, headers: &HeaderMap, host: &str, trusted: &[IpNet]) -> Self {
        let is_encrypted = peer.is_encrypted;
        let peer = peer.address.to_canonical();
        let is_proxy = trusted.iter().any(|net| net.contains(&peer));
        let told = headers
            .get_all("x-forwarded-proto")
            .iter()
            .next_back()
            .and_then(|told| told.to_str().ok()?.rsplit(',').next());
        let is_encrypted = match told.filter(|_| is_proxy) {
            Some(told) => told.trim().eq_ignore_ascii_case("https"),
            None => is_encrypted,
        };
        if is_encrypted {
            return Self::Encrypted;
        }
        let is_forwarded = headers.contains_key("x-forwarded-for") || told.is_some();
        if peer.is_loopback() && !is_forwarded && is_this_machine(name_of(host)) {
            Self::PlainHere
        } else {
            Self::PlainElsewhere
        }
    }

    pub(crate) const fn scheme(self) -> &'static str {
        match self {
            Self::Encrypted => "https://",
            Self::PlainHere | Self::PlainElsewhere => "http://",
        }
    }
}

/// A host without its port.
fn name_of(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

fn is_this_machine(name: &str) -> bool {
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost")
        || bare
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// What a cookie is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cookie {
    /// The session.
    Session,
    /// A browser that was signed in before.
    Browser,
    /// Whoever is not signed in and gets a form.
    Visit,
    /// The language that was chosen.
    Language,
    /// Whoever wrote a comment lately.
    Commenter,
    /// A reader's name and address, sealed, because he asked for it.
    Remembered,
}

impl Cookie {
    const fn name(self) -> &'static str {
        match self {
            Self::Session => "warraq-session",
            Self::Browser => "warraq-browser",
            Self::Visit => "warraq-visit",
            Self::Language => "warraq-language",
            Self::Commenter => "warraq-commenter",
            Self::Remembered => "warraq-remembered",
        }
    }

    /// Seconds that a browser keeps it; none: until it is closed.
    const fn age(self) -> Option<u32> {
        match self {
            Self::Session => Some(14 * 86_400),
            Self::Browser | Self::Language | Self::Remembered => Some(365 * 86_400),
            Self::Commenter => Some(86_400),
            Self::Visit => None,
        }
    }

    /// Its value in a request. Over an encrypted connection only the one with
    /// the prefix counts, which no other site and no plain page can set
    /// (RFC 6265bis, 4.1.3.2).
    pub(crate) fn read(self, headers: &HeaderMap, way: Way) -> Option<String> {
        let name = self.full_name(way);
        let lines = headers.get_all(header::COOKIE).iter();
        let mut pairs = lines
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(';'));
        pairs.find_map(|pair| {
            let (own, value) = pair.trim().split_once('=')?;
            (own == name).then(|| value.to_owned())
        })
    }

    /// The header that sets it; `value` holds no character that ends a cookie.
    pub(crate) fn set(self, value: &str, way: Way) -> String {
        let age = self
            .age()
            .map_or_else(String::new, |age| format!("; Max-Age={age}"));
        self.line(value, &age, way)
    }

    /// The header that takes it away.
    pub(crate) fn clear(self, way: Way) -> String {
        self.line("", "; Max-Age=0", way)
    }

    fn line(self, value: &str, age: &str, way: Way) -> String {
        let secure = if way == Way::Encrypted {
            "; Secure"
        } else {
            ""
        };
        format!(
            "{}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}",
            self.full_name(way)
        )
    }

    fn full_name(self, way: Way) -> String {
        match way {
            Way::Encrypted => format!("__Host-{}", self.name()),
            Way::PlainHere | Way::PlainElsewhere => self.name().to_owned(),
        }
    }
}

/// Whether a form was sent from a page of this site: by `Origin` and
/// `Sec-Fetch-Site`, of which every browser of the last years sends one. What
/// sends neither is refused.
pub(crate) fn is_from_here(headers: &HeaderMap, host: &str, way: Way) -> bool {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let site = text("sec-fetch-site");
    if site.is_some_and(|site| site != "same-origin") {
        return false;
    }
    match text("origin") {
        Some(origin) => origin
            .strip_prefix(way.scheme())
            .is_some_and(|own| own.eq_ignore_ascii_case(host)),
        None => site.is_some(),
    }
}

/// What the forms of a page send back that was made for the holder of `token`.
pub(crate) fn form_token(token: &Token) -> Token {
    token.derived("form")
}

/// Whether a form sent back what was made for the holder of `token`. Compared
/// by hashes, so that no time tells how much of it is right.
pub(crate) fn is_form_of(token: &Token, sent: &str) -> bool {
    Token::parse(sent).is_some_and(|sent| sent.hash() == form_token(token).hash())
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::header::{HeaderName, HeaderValue};

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            let value = HeaderValue::from_str(value).expect("plain");
            headers.append(HeaderName::from_static(name), value);
        }
        headers
    }

    #[test]
    fn passwords_go_over_encrypted_connections_or_none() {
        let trusted: [IpNet; 1] = ["10.0.0.0/8".parse().expect("a network")];
        for (peer, is_encrypted, host, told, expect) in [
            (
                "127.0.0.1",
                false,
                "localhost:8080",
                &[][..],
                Way::PlainHere,
            ),
            ("127.0.0.1", false, "127.0.0.1:8080", &[], Way::PlainHere),
            ("::1", false, "[::1]:8080", &[], Way::PlainHere),
            ("127.0.0.1", false, "news.example", &[], Way::PlainElsewhere),
            (
                "127.0.0.1",
                false,
                "localhost",
                &[("x-forwarded-for", "1.2.3.4")],
                Way::PlainElsewhere,
            ),
            (
                "127.0.0.1",
                false,
                "localhost",
                &[("x-forwarded-proto", "https")],
                Way::PlainElsewhere,
            ),
            (
                "203.0.113.9",
                false,
                "news.example",
                &[],
                Way::PlainElsewhere,
            ),
            ("203.0.113.9", false, "localhost", &[], Way::PlainElsewhere),
            (
                "203.0.113.9",
                false,
                "news.example",
                &[("x-forwarded-proto", "https")],
                Way::PlainElsewhere,
            ),
            (
                "10.0.0.1",
                false,
                "news.example",
                &[("x-forwarded-proto", "https")],
                Way::Encrypted,
            ),
            (
                "10.0.0.1",
                false,
                "news.example",
                &[("x-forwarded-proto", "https, http")],
                Way::PlainElsewhere,
            ),
            (
                "10.0.0.1",
                false,
                "news.example",
                &[("x-forwarded-proto", "http")],
                Way::PlainElsewhere,
            ),
            ("10.0.0.1", false, "news.example", &[], Way::PlainElsewhere),
            // Over TLS of our own.
            ("203.0.113.9", true, "news.example", &[], Way::Encrypted),
            ("10.0.0.1", true, "news.example", &[], Way::Encrypted),
            (
                "203.0.113.9",
                true,
                "news.example",
                &[("x-forwarded-proto", "http")],
                Way::Encrypted,
            ),
            (
                "10.0.0.1",
                true,
                "news.example",
                &[("x-forwarded-proto", "http")],
                Way::PlainElsewhere,
            ),
        ] {
            let peer = Peer {
                address: peer.parse().expect("an address"),
                is_encrypted,
            };
            assert_eq!(
                Way::of(peer, &headers(told), host, &trusted),
                expect,
                "{peer:?} {host} {told:?}"
            );
        }
    }

    #[test]
    fn forms_come_from_here() {
        let host = "news.example";
        for (told, expect) in [
            (&[("origin", "https://news.example")][..], true),
            (
                &[
                    ("origin", "https://NEWS.example"),
                    ("sec-fetch-site", "same-origin"),
                ],
                true,
            ),
            (&[("sec-fetch-site", "same-origin")], true),
            (&[("origin", "https://evil.example")], false),
            (&[("origin", "https://news.example.evil.example")], false),
            (&[("origin", "http://news.example")], false),
            (&[("origin", "null")], false),
            (
                &[
                    ("origin", "https://news.example"),
                    ("sec-fetch-site", "cross-site"),
                ],
                false,
            ),
            (
                &[
                    ("origin", "https://news.example"),
                    ("sec-fetch-site", "same-site"),
                ],
                false,
            ),
            (&[("sec-fetch-site", "none")], false),
            (&[], false),
        ] {
            assert_eq!(
                is_from_here(&headers(told), host, Way::Encrypted),
                expect,
                "{told:?}"
            );
        }
    }

    #[test]
    fn cookies_have_their_prefix_where_it_counts() {
        let told = headers(&[
            ("cookie", "a=b; warraq-session=plain"),
            ("cookie", "__Host-warraq-session=whole"),
        ]);
        assert_eq!(
            Cookie::Session.read(&told, Way::Encrypted).as_deref(),
            Some("whole")
        );
        assert_eq!(
            Cookie::Session.read(&told, Way::PlainHere).as_deref(),
            Some("plain")
        );
        assert_eq!(Cookie::Browser.read(&told, Way::PlainHere), None);
        let line = Cookie::Session.set("x", Way::Encrypted);
        assert_eq!(
            line,
            "__Host-warraq-session=x; Path=/; HttpOnly; SameSite=Lax; Max-Age=1209600; Secure"
        );
        assert!(!Cookie::Session.clear(Way::PlainHere).contains("Secure"));
    }

    #[test]
    fn a_form_belongs_to_whom_it_was_made_for() {
        let (own, other) = (Token::new([1; 32]), Token::new([2; 32]));
        let sent = form_token(&own).to_text();
        assert!(is_form_of(&own, &sent));
        assert!(
            !is_form_of(&other, &sent)
                && !is_form_of(&own, &own.to_text())
                && !is_form_of(&own, "")
        );
    }
}
