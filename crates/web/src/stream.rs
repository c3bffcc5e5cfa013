//! What the loop for plain requests needs of a connection: TCP, or TLS over it.

use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::server::TlsStream;

/// A connection, bare or encrypted.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin + 'static {
    /// Whether it holds bytes back until it is flushed, and says goodbye.
    const IS_ENCRYPTED: bool;

    /// Writes what can be written at once; how much that was.
    fn write_now(&mut self, bytes: &[u8]) -> usize;
}

impl Stream for TcpStream {
    const IS_ENCRYPTED: bool = false;

    fn write_now(&mut self, bytes: &[u8]) -> usize {
        self.try_write(bytes).unwrap_or(0)
    }
}

impl Stream for TlsStream<TcpStream> {
    const IS_ENCRYPTED: bool = true;

    fn write_now(&mut self, _: &[u8]) -> usize {
        0
    }
}
