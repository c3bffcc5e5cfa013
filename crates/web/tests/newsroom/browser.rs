//! What of a browser these tests need: cookies, forms, one request after another.

use std::{collections::BTreeMap, net::SocketAddr};

use testing::authority::connect;

use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::TcpStream,
};
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_tungstenite::{WebSocketStream, tungstenite::protocol::Role};

/// A connection, bare or encrypted.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// The client's end of a WebSocket.
pub(crate) type Line = WebSocketStream<Box<dyn Stream>>;

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
    headers: Vec<(String, String)>,
}

impl Answer {
    pub(crate) fn headers(&self, name: &str) -> Vec<&str> {
        let own = self.headers.iter().filter(|(own, _)| own == name);
        own.map(|(_, value)| value.as_str()).collect()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers(name).first().copied()
    }
}

/// A browser with its cookies.
pub(crate) struct Browser {
    address: SocketAddr,
    pub(crate) host: String,
    cookies: BTreeMap<String, String>,
    /// The root it trusts, where it speaks TLS.
    root: Option<CertificateDer<'static>>,
}

impl Browser {
    pub(crate) fn new(address: SocketAddr) -> Self {
        Self {
            address,
            host: address.to_string(),
            cookies: BTreeMap::new(),
            root: None,
        }
    }

    /// One that speaks TLS to `host`.
    pub(crate) fn over_tls(address: SocketAddr, host: &str, root: CertificateDer<'static>) -> Self {
        Self {
            host: host.to_owned(),
            root: Some(root),
            ..Self::new(address)
        }
    }

    async fn connect(&self) -> Box<dyn Stream> {
        match &self.root {
            None => Box::new(TcpStream::connect(self.address).await.expect("connected")),
            Some(root) => {
                let connected = connect(self.address, &self.host, root.clone(), &["http/1.1"]);
                Box::new(connected.await.expect("a handshake"))
            }
        }
    }

    /// The same browser, with its cookies, led to another node.
    pub(crate) fn goes_to(&mut self, address: SocketAddr) {
        self.address = address;
        self.host = address.to_string();
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.raw("GET", path, &[], &[]).await
    }

    /// As a browser sends a form of this site: with what its pages hold.
    pub(crate) async fn send(
        &mut self,
        method: &str,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        if method == "GET" {
            return self.get(path).await;
        }
        let form = self.form_of("/newsroom/account").await;
        let mut all = vec![("form", &*form)];
        all.extend_from_slice(fields);
        let scheme = self.root.as_ref().map_or("http", |_| "https");
        let origin = format!("{scheme}://{}", self.host);
        self.raw(
            method,
            path,
            &[
                ("origin", &origin),
                ("sec-fetch-site", "same-origin"),
                ("warraq-form", &form),
            ],
            &all,
        )
        .await
    }

    /// Sends bytes of a kind, from a page of the site; the token of its forms stands in a header.
    pub(crate) async fn send_bytes(&mut self, path: &str, kind: &str, bytes: &[u8]) -> Answer {
        let form = self.form_of("/newsroom/account").await;
        let origin = format!("http://{}", self.host);
        let headers = [
            ("origin", &*origin),
            ("sec-fetch-site", "same-origin"),
            ("warraq-form", &form),
            ("content-type", kind),
        ];
        self.whole("POST", path, &headers, bytes).await
    }

    /// Sends a form with files.
    pub(crate) async fn send_files(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &[u8])],
    ) -> Answer {
        let form = self.form_of("/newsroom/account").await;
        let mut body = Vec::new();
        for (name, value) in [("form", &*form)].iter().chain(fields) {
            let head = format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(value.as_bytes());
            body.extend_from_slice(b"\r\n");
        }
        for (name, bytes) in files {
            let head = format!(
                "--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: image/png\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--edge--\r\n");
        self.send_bytes(path, "multipart/form-data; boundary=edge", &body)
            .await
    }

    /// Server-sent events of a path.
    pub(crate) async fn events(&self, path: &str) -> Events {
        let mut stream = self.connect().await;
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\n\r\n",
            self.host,
            self.cookies()
        );
        let sent = stream.write_all(request.as_bytes()).await;
        sent.expect("sent");
        let bytes = Vec::new();
        Events { stream, bytes }
    }

    /// A WebSocket of a path, asked for by a page of this site or of another.
    ///
    /// # Errors
    /// The status of the answer, where it is not opened.
    pub(crate) async fn line(&self, path: &str, is_own: bool) -> Result<Line, u16> {
        let mut stream = self.connect().await;
        let origin = if is_own { &*self.host } else { "evil.example" };
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nOrigin: http://{origin}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
            self.host,
            self.cookies()
        );
        stream.write_all(request.as_bytes()).await.expect("sent");
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.map_err(|_| 0_u16)?);
        }
        let head = String::from_utf8_lossy(&head).into_owned();
        let status = head.split(' ').nth(1).and_then(|text| text.parse().ok());
        match status {
            Some(101) => {
                // RFC 6455, 1.3.
                assert!(head.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), "{head}");
                Ok(WebSocketStream::from_raw_socket(stream, Role::Client, None).await)
            }
            other => Err(other.unwrap_or(0)),
        }
    }

    fn cookies(&self) -> String {
        let pairs = self.cookies.iter();
        let each: Vec<String> = pairs
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        each.join("; ")
    }

    /// The token in the forms of a page, or of the one it leads to.
    pub(crate) async fn form_of(&mut self, path: &str) -> String {
        let mut page = self.get(path).await;
        if let Some(to) = page.header("location").map(str::to_owned) {
            page = self.get(&to).await;
        }
        let mark = "name=\"form\" value=\"";
        let at = page.body.find(mark).map(|at| at + mark.len());
        at.map_or_else(String::new, |at| page.body[at..].chars().take(43).collect())
    }

    /// As anything can send it.
    pub(crate) async fn raw(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        fields: &[(&str, &str)],
    ) -> Answer {
        let body: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", editorial::urls::encode(value)))
            .collect();
        let body = body.join("&");
        let form = ("content-type", "application/x-www-form-urlencoded");
        let headers: Vec<(&str, &str)> = headers.iter().copied().chain([form]).collect();
        self.whole(method, path, &headers, body.as_bytes()).await
    }

    async fn whole(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Answer {
        let cookies = self.cookies();
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nUser-Agent: test\r\n",
            self.host
        );
        if !cookies.is_empty() {
            request.push_str(&format!("Cookie: {cookies}\r\n"));
        }
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        if method != "GET" {
            request.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        request.push_str("\r\n");
        let mut request = request.into_bytes();
        if method != "GET" {
            request.extend_from_slice(body);
        }
        let mut stream = self.connect().await;
        // A server that refuses a body early may have closed already.
        let _ = stream.write_all(&request).await;
        let mut bytes = Vec::new();
        // Events have no end: their head is the answer.
        while !String::from_utf8_lossy(&bytes).contains("text/event-stream") {
            if !matches!(stream.read_buf(&mut bytes).await, Ok(1..)) {
                break;
            }
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        let headers: Vec<(String, String)> = head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        for (_, line) in headers.iter().filter(|(name, _)| name == "set-cookie") {
            if let Some((name, rest)) = line.split_once('=') {
                let value = rest.split(';').next().unwrap_or_default();
                if line.contains("Max-Age=0") {
                    self.cookies.remove(name);
                } else {
                    self.cookies.insert(name.to_owned(), value.to_owned());
                }
            }
        }
        Answer {
            status: status.unwrap_or(0),
            body: body.to_owned(),
            headers,
        }
    }
}

/// Server-sent events that come in.
pub(crate) struct Events {
    stream: Box<dyn Stream>,
    bytes: Vec<u8>,
}

impl Events {
    /// Waits until what came holds `words`; whether it did before the stream
    /// ended.
    pub(crate) async fn hold(&mut self, words: &str) -> bool {
        while !self.hold_now(words) {
            if !matches!(self.stream.read_buf(&mut self.bytes).await, Ok(1..)) {
                return false;
            }
        }
        true
    }

    /// Whether what came so far holds `words`.
    pub(crate) fn hold_now(&self, words: &str) -> bool {
        String::from_utf8_lossy(&self.bytes).contains(words)
    }

    /// Forgets what came.
    pub(crate) fn forget(&mut self) {
        self.bytes.clear();
    }
}
