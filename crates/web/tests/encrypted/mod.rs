//! TLS of our own: protocols, headers, deadlines, a change of the certificate
//! under open connections; and the plain listener beside it.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use certificates::{CertificateFiles, Certificates, Challenges};
use testing::authority::{Authority, Encrypted, Pair, connect};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};
use web::{Encryption, Limits, Redirects, StrictTransport};

use crate::{
    header,
    paper::{Folder, Paper, path, read_all},
};

const STRICT: &str = "max-age=31536000";
const DAY: Duration = Duration::from_hours(24);

/// A paper over TLS, and the plain listener that leads to it.
struct Site {
    paper: Paper,
    authority: Authority,
    certificates: Certificates,
    encrypted: SocketAddr,
    plain: SocketAddr,
    end: watch::Sender<bool>,
    served: [JoinHandle<()>; 2],
}

impl Site {
    async fn serve(folder: &Folder, limits: Limits) -> Self {
        let paper = Paper::serve(folder, limits).await;
        let authority = Authority::new();
        let certificates = Certificates::none();
        show(&certificates, &authority.pair(&["news.example"], DAY));
        let encryption = Encryption::new(&certificates, StrictTransport::default());
        let encryption = encryption.expect("random numbers");
        let [one, two] = [
            TcpListener::bind("127.0.0.1:0").await.expect("a port"),
            TcpListener::bind("127.0.0.1:0").await.expect("a port"),
        ];
        let [encrypted, plain] = [&one, &two].map(|one| one.local_addr().expect("known"));
        let (end, _) = watch::channel(false);
        let ended = || {
            let mut asked = end.subscribe();
            async move {
                let _ = asked.wait_for(|asked| *asked).await;
            }
        };
        let redirects = Redirects {
            port: encrypted.port(),
            challenges: Challenges::default(),
        };
        let site = || Arc::clone(&paper.site);
        let served = [
            tokio::spawn(web::serve_encrypted(
                site(),
                one,
                encryption,
                limits,
                ended(),
            )),
            tokio::spawn(web::serve_redirects(
                site(),
                two,
                redirects,
                limits,
                ended(),
            )),
        ];
        Self {
            paper,
            authority,
            certificates,
            encrypted,
            plain,
            end,
            served,
        }
    }

    async fn connect(&self, protocols: &[&str]) -> std::io::Result<Encrypted> {
        connect(
            self.encrypted,
            "news.example",
            self.authority.root(),
            protocols,
        )
        .await
    }

    /// The answer to one request over HTTP/1.1, the head in lower case.
    async fn get(&self, path: &str) -> (String, String) {
        let mut stream = self.connect(&["http/1.1"]).await.expect("a handshake");
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: news.example\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.expect("written");
        let mut answer = Vec::new();
        // An end that is not said is an error here.
        stream
            .read_to_end(&mut answer)
            .await
            .expect("a whole answer");
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        (head.to_lowercase(), body.to_owned())
    }

    /// What the plain listener answers.
    async fn plainly(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(self.plain).await.expect("connected");
        stream.write_all(request.as_bytes()).await.expect("written");
        read_all(&mut stream).await
    }

    async fn end(self) -> Duration {
        let begun = std::time::Instant::now();
        self.end.send_replace(true);
        for served in self.served {
            served.await.expect("it ends well");
        }
        let took = begun.elapsed();
        self.paper.end().await;
        took
    }
}

fn show(certificates: &Certificates, pair: &Pair) {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let files = CertificateFiles {
        certificate: folder.path().join("chain.pem"),
        key: folder.path().join("key.pem"),
    };
    std::fs::write(&files.certificate, &pair.chain).expect("written");
    std::fs::write(&files.key, &pair.key).expect("written");
    let closed = std::fs::Permissions::from_mode(0o600);
    std::fs::set_permissions(&files.key, closed).expect("set");
    certificates.show(files.load().expect("a good pair"));
}

#[tokio::test]
async fn only_encrypted_answers_ask_for_encryption() {
    let folder = Folder::new();
    let site = Site::serve(&folder, Limits::default()).await;
    // A page is written in one way when it is made, and in others when it is
    // asked for again.
    for asked in 0..4 {
        for path in [
            "/",
            &*path(11),
            "/a/11",
            "/nothing",
            "/feed.xml",
            "/live/ticker.json",
            "/favicon.ico",
            "/healthz",
            "/newsroom",
        ] {
            let (head, _) = site.get(path).await;
            let strict = header(&head, "strict-transport-security");
            assert_eq!(strict, Some(STRICT), "{path} {asked}: {head}");
            let (head, _) = site.paper.get(path).await;
            assert!(!head.contains("strict-transport"), "{path} {asked}: {head}");
        }
    }
    let (_, plain) = site.paper.get(&path(11)).await;
    assert_eq!(site.get(&path(11)).await.1, plain);
    let mut broken = site.connect(&["http/1.1"]).await.expect("a handshake");
    broken
        .write_all(b"GET / HTTP/1.1\r\nno colon\r\n\r\n")
        .await
        .expect("written");
    let mut answer = String::new();
    broken.read_to_string(&mut answer).await.expect("answered");
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    assert!(answer.contains(STRICT), "{answer}");
    site.end().await;
}

#[tokio::test]
async fn http2_is_chosen_by_the_handshake() {
    let folder = Folder::new();
    let site = Site::serve(&folder, Limits::default()).await;
    for (offered, chosen) in [
        (&["h2", "http/1.1"][..], Some("h2")),
        (&["http/1.1", "h2"], Some("h2")),
        (&["http/1.1"], Some("http/1.1")),
        (&[], None),
    ] {
        let stream = site.connect(offered).await.expect("a handshake");
        let got = stream.get_ref().1.alpn_protocol();
        assert_eq!(got, chosen.map(str::as_bytes), "{offered:?}");
    }
    assert!(site.connect(&["spdy/3"]).await.is_err());
    let stream = site.connect(&["h2"]).await.expect("a handshake");
    let stream = hyper_util::rt::TokioIo::new(stream);
    let executor = hyper_util::rt::TokioExecutor::new();
    let (mut sender, connection) =
        hyper::client::conn::http2::handshake::<_, _, http_body_util::Empty<bytes::Bytes>>(
            executor, stream,
        )
        .await
        .expect("HTTP/2 is understood");
    let driven = tokio::spawn(connection);
    for _ in 0..3 {
        let request = hyper::Request::get(format!("https://news.example{}", path(11)))
            .body(http_body_util::Empty::new())
            .expect("a request");
        let response = sender.send_request(request).await.expect("answered");
        assert_eq!(response.status(), 200);
        let strict = &response.headers()["strict-transport-security"];
        assert_eq!(strict, STRICT);
    }
    drop(sender);
    let _ = driven.await;
    site.end().await;
}

#[tokio::test]
async fn a_new_certificate_cuts_no_connection() {
    let folder = Folder::new();
    let site = Site::serve(&folder, Limits::default()).await;
    let shown = |stream: &Encrypted| {
        let chain = stream.get_ref().1.peer_certificates();
        chain.expect("shown")[0].to_vec()
    };
    let mut open = site.connect(&["http/1.1"]).await.expect("a handshake");
    let first = shown(&open);
    let mut ask = async || {
        let request = b"GET /healthz HTTP/1.1\r\nHost: news.example\r\n\r\n";
        open.write_all(request).await.expect("written");
        let mut answer = [0; 1024];
        let count = open.read(&mut answer).await.expect("answered");
        assert!(answer[..count].ends_with(b"ok\n"));
    };
    ask().await;
    show(
        &site.certificates,
        &site.authority.pair(&["news.example"], DAY),
    );
    ask().await;
    let next = shown(&site.connect(&["http/1.1"]).await.expect("a handshake"));
    assert_ne!(first, next);
    ask().await;
    site.end().await;
}

#[tokio::test]
async fn a_handshake_that_does_not_come_ends_the_connection() {
    let folder = Folder::new();
    let limits = Limits {
        handshake_deadline: Duration::from_millis(300),
        header_deadline: Duration::from_millis(600),
        ..Limits::default()
    };
    let site = Site::serve(&folder, limits).await;
    let begun = std::time::Instant::now();
    // One that says nothing, and one that begins: a record of 512 bytes.
    for said in [&b""[..], b"\x16\x03\x01\x02\x00\x01"] {
        let mut stream = TcpStream::connect(site.encrypted).await.expect("connected");
        stream.write_all(said).await.expect("written");
        assert_eq!(read_all(&mut stream).await, "");
    }
    // One that does not speak TLS at all is not waited for.
    let mut stream = TcpStream::connect(site.encrypted).await.expect("connected");
    stream
        .write_all(b"GET / HTTP/1.1\r\n\r\n")
        .await
        .expect("written");
    let _ = stream.read_to_end(&mut Vec::new()).await;
    assert!(
        begun.elapsed() < Duration::from_secs(3),
        "{:?}",
        begun.elapsed()
    );
    // A head of a request has its own deadline after the handshake.
    let mut stream = site.connect(&["http/1.1"]).await.expect("a handshake");
    stream
        .write_all(b"GET / HTTP/1.1\r\nX: ")
        .await
        .expect("written");
    let begun = std::time::Instant::now();
    stream
        .read_to_end(&mut Vec::new())
        .await
        .expect("an end that is said");
    assert!(
        begun.elapsed() < Duration::from_secs(2),
        "{:?}",
        begun.elapsed()
    );
    site.end().await;
}

#[tokio::test]
async fn whoever_takes_nothing_is_not_waited_for() {
    const ASKED: usize = 4_000;
    let folder = Folder::new();
    let limits = Limits {
        stall_deadline: Duration::from_millis(500),
        ..Limits::default()
    };
    let site = Site::serve(&folder, limits).await;
    let mut stream = site.connect(&["http/1.1"]).await.expect("a handshake");
    let request = "GET / HTTP/1.1\r\nHost: news.example\r\n\r\n";
    let all = request.repeat(ASKED);
    // The server stops reading while nothing of its answers is taken.
    let written = stream.write_all(all.as_bytes());
    let _ = tokio::time::timeout(Duration::from_secs(2), written).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let mut answers = Vec::new();
    let read = stream.read_to_end(&mut answers);
    let read = tokio::time::timeout(Duration::from_secs(10), read).await;
    assert!(read.is_ok(), "the connection is open still");
    let text = String::from_utf8_lossy(&answers);
    let count = text.matches("HTTP/1.1 200 OK").count();
    assert!((1..ASKED).contains(&count), "{count} answers");
    site.end().await;
}

#[tokio::test]
async fn an_idle_connection_ends_over_http2_too() {
    let folder = Folder::new();
    let limits = Limits {
        idle_deadline: Duration::from_millis(300),
        ..Limits::default()
    };
    let site = Site::serve(&folder, limits).await;
    let stream = site.connect(&["h2"]).await.expect("a handshake");
    let stream = hyper_util::rt::TokioIo::new(stream);
    let executor = hyper_util::rt::TokioExecutor::new();
    let (sender, connection) =
        hyper::client::conn::http2::handshake::<_, _, http_body_util::Empty<bytes::Bytes>>(
            executor, stream,
        )
        .await
        .expect("HTTP/2 is understood");
    // The client holds it open: the server ends it.
    let ended = tokio::time::timeout(Duration::from_secs(5), connection).await;
    assert!(ended.is_ok(), "the connection is open still");
    drop(sender);
    site.end().await;
}

#[tokio::test]
async fn one_too_many_is_told_so_over_tls() {
    let folder = Folder::new();
    let limits = Limits {
        connections_max: 1,
        ..Limits::default()
    };
    let site = Site::serve(&folder, limits).await;
    let one = site.connect(&["http/1.1"]).await.expect("a handshake");
    // It would rather speak HTTP/2, and is told in words that it can read.
    let mut two = site
        .connect(&["h2", "http/1.1"])
        .await
        .expect("a handshake");
    assert_eq!(two.get_ref().1.alpn_protocol(), Some(&b"http/1.1"[..]));
    let request = b"GET / HTTP/1.1\r\nHost: news.example\r\n\r\n";
    two.write_all(request).await.expect("written");
    let mut answer = String::new();
    two.read_to_string(&mut answer).await.expect("answered");
    assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
    drop((one, two));
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(site.get("/").await.0.starts_with("http/1.1 200 "));
    site.end().await;
}

#[tokio::test]
async fn a_server_over_tls_ends_soon() {
    let folder = Folder::new();
    let site = Site::serve(&folder, Limits::default()).await;
    let idle = site.connect(&["http/1.1"]).await.expect("a handshake");
    let mut live = site.connect(&["http/1.1"]).await.expect("a handshake");
    let silent = TcpStream::connect(site.encrypted).await.expect("connected");
    live.write_all(b"GET /live/ticker HTTP/1.1\r\nHost: news.example\r\n\r\n")
        .await
        .expect("written");
    let mut first = [0; 512];
    let count = live.read(&mut first).await.expect("answered");
    assert!(first[..count].starts_with(b"HTTP/1.1 200"));
    let took = site.end().await;
    assert!(took < Duration::from_secs(2), "{took:?}");
    drop((idle, live, silent));
}

#[tokio::test]
async fn the_plain_listener_leads_to_the_encrypted_one() {
    let folder = Folder::new();
    let site = Site::serve(&folder, Limits::default()).await;
    let to = format!("https://news.example:{}", site.encrypted.port());
    for (method, target, host, status, location) in [
        ("GET", "/", "news.example", 301, Some("/")),
        (
            "HEAD",
            "/a/11?x=1&y=%D8%A7",
            "NEWS.example:80",
            301,
            Some("/a/11?x=1&y=%D8%A7"),
        ),
        (
            "GET",
            "//evil.example/",
            "news.example",
            301,
            Some("//evil.example/"),
        ),
        (
            "GET",
            "/newsroom/sign-in",
            "news.example",
            301,
            Some("/newsroom/sign-in"),
        ),
        ("POST", "/newsroom/sign-in", "news.example", 403, None),
        ("GET", "/", "evil.example", 421, None),
        ("GET", "/", "news.example@evil.example", 421, None),
        (
            "GET",
            "/.well-known/acme-challenge/abc",
            "news.example",
            404,
            None,
        ),
        ("GET", "/healthz", "localhost", 200, None),
        ("GET", "/readyz", "news.example", 200, None),
        ("GET", "/readyz", "evil.example", 421, None),
    ] {
        let request = format!("{method} {target} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        let answer = site.plainly(&request).await;
        let expect = format!("HTTP/1.1 {status} ");
        assert!(answer.starts_with(&expect), "{request}{answer}");
        let head = answer.to_lowercase();
        let expect = location.map(|path| format!("{to}{path}").to_lowercase());
        assert_eq!(header(&head, "location"), expect.as_deref(), "{request}");
        assert!(!head.contains("strict-transport"), "{answer}");
    }
    site.end().await;
}
