//! TLS of our own: what is decided for it, and the handshake.

use std::{io, sync::Arc};

use bytes::Bytes;
use certificates::Certificates;
use hyper::header::HeaderValue;
use tokio::net::TcpStream;
use tokio_rustls::{TlsAcceptor, rustls::ServerConfig, server::TlsStream};

/// Bytes that wait encrypted for a client, at the most: so much at a time is
/// taken, or the client has stalled.
const BUFFERED_MAX: usize = 32 * 1024;

/// How long browsers shall ask for this site over TLS alone (RFC 6797).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StrictTransport {
    /// For so many days after a visit; 0: no longer.
    pub days: u32,
    /// For every name below the site's own, too.
    pub subdomains: bool,
    /// Asks to be put into the list that browsers bring along.
    pub preload: bool,
}

impl Default for StrictTransport {
    fn default() -> Self {
        Self {
            days: 365,
            subdomains: false,
            preload: false,
        }
    }
}

impl StrictTransport {
    /// The value of the header.
    pub(crate) fn text(self) -> String {
        let mut text = format!("max-age={}", u64::from(self.days) * 86_400);
        if self.subdomains {
            text.push_str("; includeSubDomains");
        }
        if self.preload {
            text.push_str("; preload");
        }
        text
    }
}

/// What a server needs to speak TLS. Cheap to share.
#[derive(Clone)]
pub struct Encryption {
    readers: Arc<ServerConfig>,
    refused: Arc<ServerConfig>,
    pub(crate) strict: Strict,
}

/// The header that says it, as a value and as a line; none on plain connections.
#[derive(Clone, Default)]
pub(crate) struct Strict {
    pub(crate) value: Option<HeaderValue>,
    pub(crate) line: Bytes,
}

impl Encryption {
    /// TLS with whatever `certificates` show, HTTP/2 before HTTP/1.1.
    ///
    /// # Errors
    /// Where the system gives no random numbers.
    pub fn new(
        certificates: &Certificates,
        strict: StrictTransport,
    ) -> Result<Self, tokio_rustls::rustls::Error> {
        let text = strict.text();
        let line = format!("strict-transport-security: {text}\r\n");
        Ok(Self {
            readers: Arc::new(certificates.server_config(&[b"h2", b"http/1.1"])?),
            // The words for it are in HTTP/1.1.
            refused: Arc::new(certificates.server_config(&[b"http/1.1"])?),
            strict: Strict {
                value: HeaderValue::from_str(&text).ok(),
                line: line.into(),
            },
        })
    }

    /// The handshake with a reader.
    pub(crate) async fn accept(&self, stream: TcpStream) -> io::Result<TlsStream<TcpStream>> {
        let acceptor = TlsAcceptor::from(Arc::clone(&self.readers));
        acceptor
            .accept_with(stream, |session| {
                session.set_buffer_limit(Some(BUFFERED_MAX));
            })
            .await
    }

    /// The handshake with whoever is told to come back.
    pub(crate) async fn accept_to_refuse(
        &self,
        stream: TcpStream,
    ) -> io::Result<TlsStream<TcpStream>> {
        TlsAcceptor::from(Arc::clone(&self.refused))
            .accept(stream)
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_for_this_name_alone_unless_told() {
        let text = |days, subdomains, preload| {
            let strict = StrictTransport {
                days,
                subdomains,
                preload,
            };
            strict.text()
        };
        assert_eq!(StrictTransport::default().text(), "max-age=31536000");
        assert_eq!(text(0, false, false), "max-age=0");
        assert_eq!(
            text(730, true, true),
            "max-age=63072000; includeSubDomains; preload"
        );
    }
}
